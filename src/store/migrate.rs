//! Bringing an older database up to date: copied beside itself first, then changed, all under one write lock, so that of
//! several programs that open it at once one does the work and the others find it done.

use super::error::{Result, StoreError};
use super::past::copy;
use super::{Place, Store, Writer};
use rusqlite::{Connection, OpenFlags};
use std::path::PathBuf;

/// The steps that bring version n to version n + 1, from version 1 on; only ever appended to.
const MIGRATIONS: [&str; 18] = [
    include_str!("migration-2.sql"),
    include_str!("migration-3.sql"),
    include_str!("migration-4.sql"),
    include_str!("migration-5.sql"),
    include_str!("migration-6.sql"),
    include_str!("migration-7.sql"),
    include_str!("migration-8.sql"),
    include_str!("migration-9.sql"),
    include_str!("migration-10.sql"),
    include_str!("migration-11.sql"),
    include_str!("migration-12.sql"),
    include_str!("migration-13.sql"),
    include_str!("migration-14.sql"),
    include_str!("migration-15.sql"),
    include_str!("migration-16.sql"),
    include_str!("migration-17.sql"),
    include_str!("migration-18.sql"),
    include_str!("migration-19.sql"),
];
/// The version that `schema.sql` makes.
pub(super) const VERSION: i32 = 1 + MIGRATIONS.len() as i32;

impl Store {
    /// Copies an older database beside itself and changes it to the present format.
    pub(super) fn bring_up_to_date(&mut self) -> Result<()> {
        migrate(self, &MIGRATIONS)
    }

    /// Copies the database beside itself, whatever other copies are there; returns the copy's name.
    fn back_up(&self, version: i32) -> Result<Option<PathBuf>> {
        let Place::File(path) = &self.place else { return Ok(None) };
        // A connection that writes cannot be copied from; one that reads sees what is there, while the lock is held.
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let reading = Connection::open_with_flags(path, flags)?;
        for number in 1.. {
            let mut name = path.as_os_str().to_owned();
            name.push(format!(".backup-version-{version}"));
            if number > 1 {
                name.push(format!("-{number}"));
            }
            let name = PathBuf::from(name);
            match copy(&reading, &name) {
                Err(StoreError::Exists(_)) => {}
                done => return done.map(|()| Some(name)),
            }
        }
        Ok(None)
    }
}

pub(super) fn migrate(store: &mut Store, migrations: &[&str]) -> Result<()> {
    let known = 1 + i32::try_from(migrations.len()).unwrap_or(i32::MAX);
    store.begin_step()?;
    let done = change(store, migrations, known);
    let keep = if done.is_ok() { super::Keep::All } else { super::Keep::Nothing };
    store.end_step(keep)?;
    done
}

fn change(store: &Store, migrations: &[&str], known: i32) -> Result<()> {
    // Another program may have done it while this one waited.
    let version = store.version()?;
    if version >= known {
        return Ok(());
    }
    let copy = store.back_up(version)?;
    let done = run(&Writer(&store.connection), version, migrations).map_err(|error| match error {
        StoreError::Other(reason) => StoreError::Migration { from: version, to: known, reason },
        plain => plain,
    });
    if let (Err(_), Some(copy)) = (&done, copy) {
        // Nothing was changed, so the copy is of no use.
        let _ = std::fs::remove_file(copy);
    }
    done
}

fn run(writer: &Writer<'_>, version: i32, migrations: &[&str]) -> Result<()> {
    for (step, migration) in (1i32..).zip(migrations).filter(|(step, _)| *step >= version) {
        writer.0.execute_batch(migration)?;
        writer.0.pragma_update(None, "user_version", step + 1)?;
    }
    Ok(())
}
