//! `demo`: a guided tour over the sample articles, on a desk of its own that is gone when the tour ends.
//!
//! The samples are in the program itself, so that an installed one has them; they are written into a fresh folder of
//! the system's temporary directory, where the tour's report stays to be looked at.

use crate::commands::script::{self, Echo, OnError};
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::{Role, Run, View};
use crate::store::Place;
use std::path::{Path, PathBuf};

/// Takes a tour
#[derive(Debug, clap::Args)]
pub struct Demo {}

macro_rules! samples {
    ($($name:literal)*) => {
        /// The files of `samples/`, by name; a test holds this list to the folder.
        const SAMPLES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../../samples/", $name)))),*];
    };
}

samples! {
    "2024-02-06_northern-wire_tunnel-announced.txt"
    "2024-02-07_larnsea-courier_tunnel-announced.txt"
    "2024-03-04_northern-wire_kestria-rejects-talks.txt"
    "2024-03-19_capital-ledger_envoy-visit.txt"
    "2024-04-18_harbour-post_tunnel-vote.txt"
    "2024-05-14_harbour-post_front-divided.txt"
    "2024-06-27_capital-ledger_auditor-report.txt"
    "2024-07-09_northern-wire_kestria-offers-talks.txt"
    "2024-07-10_larnsea-courier_kestria-offers-talks.txt"
    "2024-08-22_capital-ledger_tarn-advisers.txt"
    "2024-09-12_northern-wire_tunnel-cost-revised.txt"
    "2024-10-30_harbour-post_talks-open.txt"
    "2024-11-05_harbour-post_port-closure.txt"
    "2025-01-21_capital-ledger_reyes-coalition.txt"
    "2025-02-11_northern-wire_ceasefire-signed.txt"
    "factchecks.jsonl"
    "tour.onrecord"
}

impl Command for Demo {
    const NAME: &'static str = "demo";
    const PURPOSE: &'static str = "Take a tour of the sample articles, in a database of its own";
    const EXAMPLE: &'static str = "demo";
    const GROUP: Group = Group::Desk;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let folder = unpack()?;
        let aside = session.turn_aside(Place::Memory);
        let before = session.base.replace(folder.clone());
        let tour = SAMPLES.iter().find(|(name, _)| *name == "tour.onrecord").map_or("", |(_, text)| *text);
        // The tour decides something; where nobody's name is known, it is the demo's.
        let nobody = session.user().trim().is_empty();
        if nobody {
            session.settings_changed(|settings| "demo".clone_into(&mut settings.user));
        }
        let ended = script::run(session, tour.as_bytes(), "tour.onrecord", OnError::Stop, Echo::Lines);
        session.base = before;
        if nobody {
            session.settings_changed(|settings| settings.user.clear());
        }
        session.come_back(aside);
        ended?;
        session.stay();
        let samples = folder.join("samples");
        let samples = crate::commands::line::quoted(&samples.display().to_string());
        let told = format!(
            "The sample articles and the report of this tour are in {}. You are back on your desk, {}, which is as it was.",
            folder.display(),
            session.desk(),
        );
        let view = View::empty().space().text([Run::new(Role::Plain, told)]);
        Ok(view.hint(format!("to go on with the samples: `.open :memory:`, then `load {samples}`")))
    }
}

/// Writes the samples into a folder of their own, `samples/` in a fresh temporary one; returns the latter.
fn unpack() -> Result<PathBuf, CommandError> {
    let folder = fresh(&std::env::temp_dir())?;
    let samples = folder.join("samples");
    std::fs::create_dir(&samples).map_err(|error| CommandError::file(&samples, &error))?;
    for (name, text) in SAMPLES {
        let path = samples.join(name);
        std::fs::write(&path, text).map_err(|error| CommandError::file(&path, &error))?;
    }
    Ok(folder)
}

/// Makes a folder that nobody had before.
fn fresh(within: &Path) -> Result<PathBuf, CommandError> {
    for number in 1..10_000 {
        let folder = within.join(format!("onrecord-demo-{}-{number}", std::process::id()));
        match std::fs::create_dir(&folder) {
            Ok(()) => return Ok(folder),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(CommandError::file(&folder, &error)),
        }
    }
    Err(CommandError::failed(format!("{} is full of old demos", within.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_holds_every_sample() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut files: Vec<String> = files.collect();
        files.sort();
        let mut held: Vec<&str> = SAMPLES.iter().map(|(name, _)| *name).collect();
        held.sort_unstable();
        assert_eq!(held, files);
    }
}
