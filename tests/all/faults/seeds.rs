//! What once was read wrongly is read as promised ever after: the files of `tests/fuzz/corpus`, each by its target.

use crate::support::source;
use crate::support::wait;
use std::time::{Duration, Instant};

#[path = "../../fuzz/src/targets.rs"]
mod targets;

#[test]
fn every_file_of_the_corpus_is_read_as_promised() {
    let folder = source("tests/fuzz/corpus");
    let mut kinds: Vec<String> =
        std::fs::read_dir(&folder).unwrap().map(|kind| kind.unwrap().file_name().into_string().unwrap()).collect();
    kinds.sort();
    for (name, target) in targets::TARGETS {
        kinds.retain(|kind| kind != name);
        let mut files: Vec<_> =
            std::fs::read_dir(folder.join(name)).unwrap().map(|file| file.unwrap().path()).collect();
        files.sort();
        assert!(!files.is_empty(), "{name} has no files");
        for file in files {
            let (bytes, begun) = (std::fs::read(&file).unwrap(), Instant::now());
            target(&bytes);
            wait::within(Duration::from_secs(5), begun, &file.display().to_string());
        }
    }
    assert!(kinds.is_empty(), "folders without a target: {kinds:?}");
}
