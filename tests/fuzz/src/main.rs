//! A coverage-guided fuzzer over the targets; `ONRECORD_TARGET` names the one.

#![no_main]

mod targets;

use std::sync::LazyLock;

static TARGET: LazyLock<targets::Target> = LazyLock::new(|| {
    let name = std::env::var("ONRECORD_TARGET").unwrap_or_default();
    let known = targets::TARGETS.iter().find(|(known, _)| *known == name);
    *known.unwrap_or_else(|| panic!("ONRECORD_TARGET is one of {:?}", targets::TARGETS.map(|(name, _)| name)))
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    // The library that reads PDF panics on purpose, in a thread that the program lets fall; a fuzzer takes that for an end.
    if !bytes.windows(5).any(|five| five == b"%PDF-") {
        (TARGET.1)(bytes);
    }
});
