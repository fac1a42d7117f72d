//! A file that a command writes for a person: never the desk or another database, and whole or not there at all.
//!
//! A whole file is written beside its place, synced, and renamed. What is no regular file (`/dev/null`, a pipe) is written
//! as it comes.

use crate::commands::{CommandError, Session};
use crate::store::{Place, folder_of};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// How a database begins, and a write-ahead log of one in either byte order.
const DATABASE: [&[u8]; 3] = [b"SQLite format 3\0", &[0x37, 0x7f, 0x06, 0x82], &[0x37, 0x7f, 0x06, 0x83]];
/// What SQLite keeps beside a database.
const BESIDE: [&str; 4] = ["", "-wal", "-shm", "-journal"];

/// A checked place for a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// As the person typed it.
    typed: PathBuf,
    path: PathBuf,
}

impl OutputFile {
    /// Returns the place of a file that a person named.
    ///
    /// # Errors
    /// When it is the open desk, by whatever name, another database, or a folder.
    pub(in crate::commands) fn new(session: &Session, typed: &Path) -> Result<Self, CommandError> {
        let path = session.path(typed);
        let refused = |what: &str| {
            let words = format!("{} is {what}: it is not written over", typed.display());
            Err(CommandError::failed(words).with_hint("choose another name; `.backup FILE` copies the desk"))
        };
        if let Place::File(desk) = session.desk()
            && BESIDE.iter().any(|ending| same(&path, &with_ending(desk, ending)))
        {
            return refused("the open desk");
        }
        if path.is_dir() {
            return Err(CommandError::failed(format!("{} is a folder", typed.display()))
                .with_hint("write the name of a file in it"));
        }
        if is_database(&path) {
            return refused("a database");
        }
        Ok(Self { typed: typed.to_owned(), path })
    }

    /// Returns the name as the person typed it.
    pub fn typed(&self) -> &Path {
        &self.typed
    }

    /// Puts a document into the file: all of it, or the file stays as it was.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_whole(&self, document: &[u8]) -> Result<(), CommandError> {
        self.replace(document).map_err(|error| CommandError::file(&self.typed, &error))
    }

    fn replace(&self, document: &[u8]) -> io::Result<()> {
        // A link stays a link: what it points to is written.
        let path = fs::canonicalize(&self.path).unwrap_or_else(|_| self.path.clone());
        let before = fs::metadata(&path).ok();
        if before.as_ref().is_some_and(|before| !before.is_file()) {
            return fs::OpenOptions::new().write(true).open(&path)?.write_all(document);
        }
        let rights = before.map_or(Rights::Usual, |before| Rights::As(before.permissions()));
        put_whole(&path, document, rights)?;
        // The name is kept once the folder is; where a folder cannot be synced, nothing more can be done.
        if let Ok(folder) = File::open(folder_of(&path)) {
            let _ = folder.sync_all();
        }
        Ok(())
    }

    /// Opens the file for results as they come; what it held is gone.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(&self) -> io::Result<File> {
        File::create(&self.path)
    }
}

/// Who may read a file that is put in its place.
#[derive(Debug)]
pub(in crate::commands) enum Rights {
    /// As files of this person usually are.
    Usual,
    Owner,
    /// As the file before it.
    As(fs::Permissions),
}

/// Puts a document into a file by way of another one beside it, so that it is there whole or not at all.
///
/// # Errors
/// When it cannot be written; what was there before stays then.
pub(in crate::commands) fn put_whole(path: &Path, document: &[u8], rights: Rights) -> io::Result<()> {
    let mut begun = tempfile::Builder::new();
    begun.prefix(".onrecord-").suffix(".part");
    #[cfg(unix)]
    if matches!(rights, Rights::Usual) {
        begun.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    }
    let mut begun = begun.tempfile_in(folder_of(path))?;
    if let Rights::As(rights) = rights {
        begun.as_file().set_permissions(rights)?;
    }
    begun.write_all(document)?;
    begun.as_file().sync_all()?;
    begun.persist(path).map(drop).map_err(|error| error.error)
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Tells whether two paths are one file, by a link or another way of writing it too; files that are not there yet are one
/// when they have one name in one folder.
fn same(a: &Path, b: &Path) -> bool {
    #[cfg(unix)]
    if let (Ok(a), Ok(b)) = (fs::metadata(a), fs::metadata(b)) {
        use std::os::unix::fs::MetadataExt;
        return a.dev() == b.dev() && a.ino() == b.ino();
    }
    let place = |path: &Path| {
        let folder = folder_of(path);
        let whole = fs::canonicalize(path);
        whole.or_else(|_| Ok::<_, io::Error>(fs::canonicalize(folder)?.join(path.file_name().unwrap_or_default()))).ok()
    };
    place(a).is_some_and(|a| Some(a) == place(b))
}

fn is_database(path: &Path) -> bool {
    // A pipe would be waited for.
    if !fs::metadata(path).is_ok_and(|about| about.is_file()) {
        return false;
    }
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(16).read_to_end(&mut head));
    read.is_ok() && DATABASE.iter().any(|begin| head.starts_with(begin))
}
