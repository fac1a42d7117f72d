//! `.edit`: lines are written in the editor of one's choice and run when it is left.

use crate::commands::script::{self, Echo, OnError};
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::View;
use std::io::Write;

/// Writes commands in an editor
#[derive(Debug, clap::Args)]
pub struct EditLine {
    /// The editor; without it `VISUAL`, `EDITOR`, or vi
    #[arg(long, value_name = "WORDS")]
    editor: Option<String>,
    /// What to begin with; without it the last line
    #[arg(value_name = "WORDS")]
    line: Vec<String>,
}

impl Command for EditLine {
    const NAME: &'static str = ".edit";
    const PURPOSE: &'static str = "Edit the last line in your editor and run it";
    const EXAMPLE: &'static str = ".edit --editor true stats";
    const GROUP: Group = Group::Shell;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let named = ["VISUAL", "EDITOR"].iter().find_map(|name| std::env::var(name).ok());
        let editor = self.editor.or(named).unwrap_or_else(|| "vi".to_owned());
        let last = || session.shell.history.iter().rev().find(|line| !line.trim_start().starts_with(".edit"));
        let begun = if self.line.is_empty() { last().cloned().unwrap_or_default() } else { self.line.join(" ") };
        let text = edited(&editor, &begun)?;
        script::run(session, text.as_bytes(), "edited lines", OnError::Stop, Echo::Lines)?;
        Ok(View::empty())
    }
}

/// Lets a person edit a text; returns what it has become.
fn edited(editor: &str, text: &str) -> Result<String, CommandError> {
    let failed = |reason: String| {
        CommandError::failed(format!("the editor `{editor}` cannot be used: {reason}"))
            .with_hint("EDITOR names the one to use")
    };
    let mut file =
        tempfile::Builder::new().suffix(".onrecord").tempfile().map_err(|error| failed(error.to_string()))?;
    writeln!(file, "{text}").map_err(|error| failed(error.to_string()))?;
    let mut command = std::process::Command::new("sh");
    command.arg("-c").arg(format!("{editor} \"$1\"")).arg("sh").arg(file.path());
    let ended = command.status().map_err(|error| failed(error.to_string()))?;
    if !ended.success() {
        return Err(failed("the editor ended with an error, nothing was run".to_owned()));
    }
    std::fs::read_to_string(file.path()).map_err(|error| CommandError::file(file.path(), &error))
}
