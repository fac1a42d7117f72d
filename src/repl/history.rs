//! Where the prompt remembers its lines: a file in the user's state directory, shared by all sessions.
//!
//! A line with a byte that is no UTF-8 is taken out of the file, so that it costs one line and not the history.

use std::path::{Path, PathBuf};

/// The most lines kept.
pub const LINES: usize = 5_000;

/// Returns `$XDG_STATE_HOME/onrecord/history`, its folder made; `None` where there is no place to keep it.
pub fn file() -> Option<PathBuf> {
    let folder = folder()?;
    std::fs::create_dir_all(&folder).ok()?;
    Some(folder.join("history"))
}

/// Returns the file that keeps when sessions ended; `None` where there is no place to keep it.
pub fn sessions_file() -> Option<PathBuf> {
    Some(folder()?.join("sessions.toml"))
}

fn folder() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let places = etcetera::choose_base_strategy().ok()?;
    Some(places.state_dir().unwrap_or_else(|| places.data_dir()).join("onrecord"))
}

/// Takes the lines out of the file that no editor could read; what cannot be mended is left as it is.
pub fn mend(file: &Path) {
    let Ok(bytes) = std::fs::read(file) else { return };
    if std::str::from_utf8(&bytes).is_ok() && !bytes.contains(&0) {
        return;
    }
    let whole = bytes.split_inclusive(|byte| *byte == b'\n');
    let readable: Vec<&[u8]> = whole.filter(|line| std::str::from_utf8(line).is_ok() && !line.contains(&0)).collect();
    let folder = file.parent().unwrap_or(Path::new("."));
    let Ok(mut mended) = tempfile::NamedTempFile::new_in(folder) else { return };
    if std::io::Write::write_all(&mut mended, &readable.concat()).is_ok() {
        let _ = mended.persist(file);
    }
}

#[cfg(test)]
mod tests {
    use super::mend;

    #[test]
    fn a_bad_byte_costs_one_line() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("history");
        for (written, expected) in [
            (&b"#V2\nclaims\nfind \xff\nstats\n"[..], &b"#V2\nclaims\nstats\n"[..]),
            (b"\xfe\xffx\nstats", b"stats"),
            (b"claims\nfind \0\0\n", b"claims\n"),
            ("find é\n".as_bytes(), "find é\n".as_bytes()),
            (b"", b""),
        ] {
            std::fs::write(&file, written).unwrap();
            mend(&file);
            assert_eq!(std::fs::read(&file).unwrap(), expected);
        }
        mend(&folder.path().join("missing"));
    }
}
