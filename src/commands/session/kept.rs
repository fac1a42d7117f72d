//! What a person sets at the prompt and finds again in the next session: aliases, name, order of dates, pager, timer.
//!
//! It lies in `prompt.toml` of the configuration folder. A file that cannot be read is told once and left alone; what is
//! written replaces it whole. Scripts change nothing here.

use crate::commands::common::output_file::{Rights, put_whole};
use crate::commands::session::shell::Switch;
use crate::commands::{CommandError, Session, common::dates, shell::set};
use crate::store::folder_of;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The file as it is written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dates: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pager: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timer: Option<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    aliases: BTreeMap<String, String>,
}

impl Session {
    /// Takes over what was kept, and keeps what is set from now on.
    ///
    /// # Errors
    /// When the file is there and cannot be understood; it is then neither used nor written.
    pub fn keep_settings_in(&mut self, file: PathBuf) -> Result<(), CommandError> {
        let kept = read(&file)?;
        // A name given for this run alone goes before the one that was kept.
        if let Some(user) = kept.user.as_ref().filter(|_| std::env::var_os("ONRECORD_USER").is_none()) {
            self.settings_changed(|settings| settings.user.clone_from(user));
        }
        self.shell.user = kept.user;
        if let Some(order) = kept.dates.as_deref().and_then(dates::order) {
            self.shell.dates = order;
        }
        if let Some(pager) = kept.pager.as_deref() {
            self.shell.pager = set::pager(pager);
        }
        if let Some(timer) = kept.timer.as_deref().and_then(|word| Switch::of(word).ok()) {
            self.shell.timer = timer;
        }
        for (name, words) in &kept.aliases {
            // A name that has become a command since then is passed over.
            let _ = self.shell.alias(name, words);
        }
        self.kept_in = Some(file);
        Ok(())
    }

    /// Keeps aliases and settings for the next session, unless a script runs.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(in crate::commands) fn keep(&self) -> Result<(), CommandError> {
        let Some(file) = self.kept_in.as_ref().filter(|_| self.depth == 0) else { return Ok(()) };
        let shell = &self.shell;
        let kept = Kept {
            user: shell.user.clone(),
            dates: shell.dates.map(|order| dates::order_word(Some(order)).to_owned()),
            pager: Some(set::pager_word(&shell.pager).to_owned()).filter(|word| word != "on"),
            timer: Some(shell.timer.word().to_owned()).filter(|word| word == "on"),
            aliases: shell.aliases.clone(),
        };
        write(file, &kept)
    }
}

fn read(file: &Path) -> Result<Kept, CommandError> {
    let text = match crate::workbench::files::read_text(file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Kept::default()),
        Err(error) => return Err(CommandError::file(file, &error)),
    };
    toml::from_str(&text).map_err(|error| {
        let reason = error.message().to_owned();
        CommandError::failed(format!("{}: invalid settings: {reason}", file.display()))
            .with_hint("correct the file or move it away; settings are not kept until then")
    })
}

fn write(file: &Path, kept: &Kept) -> Result<(), CommandError> {
    let text = toml::to_string(kept).map_err(|error| CommandError::failed(format!("settings: {error}")))?;
    write_whole(file, &text)
}

/// Writes a small file of ours whole or not at all; its folder is made where there is none.
///
/// # Errors
/// When it cannot be written.
pub fn write_whole(file: &Path, text: &str) -> Result<(), CommandError> {
    let failed = |error: std::io::Error| CommandError::file(file, &error);
    std::fs::create_dir_all(folder_of(file)).map_err(failed)?;
    put_whole(file, text.as_bytes(), Rights::Owner).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::screen::Screen;
    use crate::commands::script::{self, Echo, OnError};
    use crate::store::Place;
    use crate::workbench::Settings;

    fn session(file: &Path) -> Session {
        let settings = Settings { user: "ada".into(), ..Settings::default() };
        let mut session = Session::new(Place::Memory, settings, Screen::captured(90));
        session.keep_settings_in(file.to_owned()).unwrap();
        session
    }

    #[test]
    fn aliases_and_settings_are_there_in_the_next_session() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("onrecord/prompt.toml");
        let mut first = session(&file);
        for line in [
            ".alias mine claims speaker:Wells",
            ".set dates month-first",
            ".timer on",
            ".pager \"less -S\"",
            ".set user bea",
        ] {
            first.perform(line).unwrap();
        }
        let mut second = session(&file);
        assert_eq!(second.user(), "bea");
        second.perform(".set").unwrap();
        let shown = second.screen().take();
        for word in ["month-first", "less -S", "bea", "on"] {
            assert!(shown.contains(word), "{word}: {shown}");
        }
        assert_eq!(second.shell.expanded("mine after:2018"), "claims speaker:Wells after:2018");
        second.perform(".alias mine").unwrap();
        second.perform(".pager on").unwrap();
        assert_eq!(session(&file).shell.expanded("mine"), "mine");
        assert!(!std::fs::read_to_string(&file).unwrap().contains("pager"));
    }

    #[test]
    fn a_script_keeps_nothing_and_a_broken_file_is_told_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("prompt.toml");
        let mut one = session(&file);
        let lines = ".alias mine claims\n.set user bea\n";
        script::run(&mut one, lines.as_bytes(), "s", OnError::Stop, Echo::Nothing).unwrap();
        assert!(!file.exists());
        for broken in ["user = ", "aliases = 3\n", "\u{0}"] {
            std::fs::write(&file, broken).unwrap();
            let mut other = Session::new(Place::Memory, Settings::default(), Screen::captured(90));
            assert!(other.keep_settings_in(file.clone()).is_err(), "{broken:?}");
            other.perform(".set user bea").unwrap();
            assert_eq!(std::fs::read_to_string(&file).unwrap(), broken);
        }
    }
}
