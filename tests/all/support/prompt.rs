//! The real program in a real pseudo-terminal, with a home of its own.

use rexpect::ReadUntil;
use rexpect::session::{PtySession, spawn_command};
use std::path::Path;
use std::process::Command;

/// The prompt of a desk in memory.
pub const PROMPT: &str = "onrecord (memory)> ";

/// A home with nothing in it, and the program started there.
pub struct Desk {
    home: tempfile::TempDir,
}

impl Desk {
    pub fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self) -> &Path {
        self.home.path()
    }

    /// Starts the program in a terminal of 80 columns; `settings` are shell assignments.
    pub fn start(&self, rows: u16, settings: &str) -> PtySession {
        self.start_on(":memory:", rows, settings)
    }

    /// As [`Desk::start`], with the desk of that name; an empty one is the usual desk.
    pub fn start_on(&self, desk: &str, rows: u16, settings: &str) -> PtySession {
        let home = self.path();
        let mut command = Command::new("sh");
        command
            .arg("-c")
            .arg(format!("stty rows {rows} cols 80; {settings} exec '{}'", env!("CARGO_BIN_EXE_onrecord")));
        command.current_dir(home).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", home).env("TERM", "xterm").env("ONRECORD_TODAY", "2031-06-20").env("ONRECORD_USER", "ada");
        if !desk.is_empty() {
            command.env("ONRECORD_DB", desk);
        }
        spawn_command(command, Some(90_000)).unwrap()
    }

    pub fn plain(&self) -> PtySession {
        let mut session = self.start(40, "NO_COLOR=1 PAGER=");
        session.exp_string(PROMPT).unwrap();
        session
    }
}

/// Waits for the line to be taken and for the prompt after it; returns what stood between.
///
/// The editor draws its prompt anew while a line is written, so the prompt alone is no sign that a command has ended.
pub fn answer(session: &mut PtySession) -> String {
    session.exp_string("\u{1b}[?2004l").unwrap();
    session.exp_string(PROMPT).unwrap()
}

pub fn key(session: &mut PtySession, keys: &str) {
    session.send(keys).unwrap();
    session.flush().unwrap();
}

pub fn leaves_well(mut session: PtySession) {
    session.send_control('d').unwrap();
    let (_, said) = session.exp_any(vec![ReadUntil::String("is lost when you leave".into()), ReadUntil::EOF]).unwrap();
    if said.contains("is lost") {
        // A desk in memory that holds work asks once.
        session.exp_string(PROMPT).unwrap();
        session.send_control('d').unwrap();
        session.exp_eof().unwrap();
    }
    let ended = format!("{:?}", session.process().wait().unwrap());
    assert!(ended.starts_with("Exited(") && ended.ends_with(", 0)"), "{ended}");
}
