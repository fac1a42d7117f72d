//! A desk in a folder of its own, and the program called on it.

use super::source;
use onrecord::store::Place;
use onrecord::workbench::{Settings, Workbench};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

pub struct Desk {
    pub folder: tempfile::TempDir,
}

/// What a call gave.
pub struct Answer {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Desk {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A desk with the samples loaded: a copy of one that is loaded once.
    pub fn with_samples() -> Self {
        static LOADED: OnceLock<Vec<u8>> = OnceLock::new();
        let bytes = LOADED.get_or_init(|| {
            let desk = Self::new();
            desk.run(&["load", source("samples").to_str().unwrap(), "--reader", "fast"]);
            std::fs::read(desk.path("d.db")).unwrap()
        });
        let desk = Self::new();
        std::fs::write(desk.path("d.db"), bytes).unwrap();
        desk
    }

    /// A new desk with a folder `texts` beside it, of so many files, each with so many paragraphs of its own.
    pub fn with_texts(files: usize, paragraphs: usize) -> Self {
        let desk = Self::new();
        std::fs::create_dir(desk.path("texts")).unwrap();
        for number in 0..files {
            let paragraph = |at: usize| {
                format!(
                    "Mayor Lena Orlova said on Monday that ferry {number} would make {} trips a week. “Line {number} will \
                     cost {} crowns,” Tom Whitlock told the council of ward {at}.\n\n",
                    number * 3 + at,
                    number * 1000 + at * 7
                )
            };
            let text: String = (1..=paragraphs).map(paragraph).collect();
            desk.write(&format!("texts/{number:03}.txt"), &format!("Ferry line {number}\n\n{text}"));
        }
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) -> String {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// The program on this desk, in its folder; by Ada, on one day.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        command.current_dir(self.folder.path()).env_clear().env("HOME", self.folder.path());
        command.env("ONRECORD_DB", self.path("d.db")).env("ONRECORD_USER", "ada").env("ONRECORD_TODAY", "2025-03-01");
        command.args(arguments).stdin(Stdio::null());
        command
    }

    pub fn call(&self, arguments: &[&str]) -> Answer {
        answer(&self.command(arguments).output().unwrap())
    }

    pub fn call_as(&self, user: &str, arguments: &[&str]) -> Answer {
        answer(&self.command(arguments).env("ONRECORD_USER", user).output().unwrap())
    }

    /// Calls the program and expects it to succeed.
    pub fn run(&self, arguments: &[&str]) -> String {
        let answer = self.call(arguments);
        assert_eq!(answer.code, 0, "{arguments:?}: {}{}", answer.out, answer.err);
        answer.out
    }

    /// Calls the program and expects it to fail with these words.
    pub fn refuse(&self, arguments: &[&str], words: &str) {
        let answer = self.call(arguments);
        assert_ne!(answer.code, 0, "{arguments:?} was done: {}", answer.out);
        assert!(answer.err.contains(words), "{arguments:?}: {}", answer.err);
    }

    /// Returns the rows of a command's JSON.
    pub fn rows(&self, arguments: &[&str]) -> Vec<serde_json::Value> {
        let arguments: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
        serde_json::from_str(&self.run(&arguments)).unwrap()
    }

    pub fn export(&self) -> String {
        self.run(&["export"])
    }

    /// The desk as it is exported, without the journal, which keeps what was taken back, and the rows that hang on it.
    /// One that was not begun yet is empty.
    pub fn state(&self) -> String {
        if !self.path("d.db").exists() {
            Workbench::open(Place::File(self.path("d.db")), Settings::default()).unwrap();
        }
        self.export().lines().filter(|line| !is_kept(line)).map(|line| format!("{line}\n")).collect()
    }
}

/// Tells whether a line of an export is an operation.
pub fn is_operation(line: &str) -> bool {
    line.starts_with("{\"type\":\"operation\"")
}

fn is_kept(line: &str) -> bool {
    is_operation(line) || line.starts_with("{\"type\":\"row\"")
}

pub fn answer(output: &Output) -> Answer {
    Answer {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}
