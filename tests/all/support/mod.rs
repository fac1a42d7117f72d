//! What tests of several topics share.

#[cfg(unix)]
pub mod desk;
pub mod golden;
pub mod hand;
#[cfg(unix)]
pub mod old;
pub mod packed;
#[cfg(unix)]
pub mod prompt;
pub mod random;
#[cfg(feature = "fetch")]
pub mod server;
pub mod wait;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Says how a long test went; cargo shows it with `--nocapture`.
#[allow(clippy::print_stderr)]
pub fn tell(words: &str) {
    eprintln!("{words}");
}

/// A file or folder of the source tree.
pub fn source(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// A folder in which `samples` and `tests/data` stand as in the source tree, and in which commands may leave files.
pub fn workplace() -> &'static Path {
    static PLACE: OnceLock<PathBuf> = OnceLock::new();
    PLACE.get_or_init(|| {
        let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("workplace");
        let _ = std::fs::remove_dir_all(&place);
        for folder in ["samples", "tests/data"] {
            copy(&source(folder), &place.join(folder));
        }
        place
    })
}

/// Moves the process into the [`workplace`], for commands in it that name files as a person at their desk would.
///
/// Nothing else sets the folder of the process, and no other test reads a file by a path that begins there.
pub fn enter_workplace() {
    std::env::set_current_dir(workplace()).unwrap();
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(std::fs::copy(entry.path(), target).unwrap()),
        }
    }
}

/// A file of the shared folder beside the source tree; where it is absent, says that the test is skipped.
pub fn shared(name: &str) -> Option<Vec<u8>> {
    let found = ["../shared", "../../shared"].iter().find_map(|folder| std::fs::read(source(folder).join(name)).ok());
    if found.is_none() {
        use std::io::Write;
        let test = std::thread::current().name().unwrap_or_default().to_owned();
        // Written past what the test harness keeps of a test that passes.
        let _ = writeln!(std::io::stderr(), "{test}: skipped, there is no ../shared/{name}");
    }
    found
}
