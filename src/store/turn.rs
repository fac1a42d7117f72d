//! Whose turn it is to write: programs that share a desk wait in line, so that one that writes much does not keep the
//! others out.
//!
//! SQLite lets one program write and has the others ask again until they find the database free; a program that begins its
//! next write at once is always there first. So who wants to write holds the folder's lock until its transaction has begun:
//! nobody else can begin in between. Where a folder cannot be locked, SQLite's own waiting is all there is.

use super::{Place, Result, StoreError, folder_of};
use rusqlite::Connection;
use std::fs::{File, TryLockError};
use std::time::{Duration, Instant};

/// How long a write waits for other programs.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);
/// Between two looks at whether the database is free.
const PAUSE: Duration = Duration::from_millis(2);
/// Looks in [`PATIENCE`].
const LOOKS: i32 = (PATIENCE.as_millis() / PAUSE.as_millis()) as i32;

/// The lock of the folder; given back when it is dropped.
#[derive(Debug)]
pub(super) struct Turn(Option<File>);

/// Waits for this program's turn.
///
/// # Errors
/// [`StoreError::Locked`] when it does not come.
pub(super) fn take(place: &Place) -> Result<Turn> {
    let Place::File(path) = place else { return Ok(Turn(None)) };
    let folder = folder_of(path);
    let Ok(folder) = File::open(folder) else { return Ok(Turn(None)) };
    let begun = Instant::now();
    loop {
        match folder.try_lock() {
            Ok(()) => return Ok(Turn(Some(folder))),
            Err(TryLockError::WouldBlock) if begun.elapsed() < PATIENCE => std::thread::sleep(PAUSE),
            Err(TryLockError::WouldBlock) => return Err(StoreError::Locked),
            Err(TryLockError::Error(_)) => return Ok(Turn(None)),
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(folder) = &self.0 {
            // Closing the folder gives the lock back too.
            let _ = folder.unlock();
        }
    }
}

/// Lets a connection wait for a database that another program writes to.
pub(super) fn wait(connection: &mut Connection) -> Result<()> {
    Ok(connection.busy_handler(Some(|looks| {
        std::thread::sleep(PAUSE);
        looks < LOOKS
    }))?)
}

/// Lets a connection fail at once where it would have to wait.
pub(super) fn wait_no_longer(connection: &Connection) -> Result<()> {
    Ok(connection.busy_timeout(Duration::ZERO)?)
}
