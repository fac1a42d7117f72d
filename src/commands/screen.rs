//! Where results go: the one place of the commands that writes to standard output and standard error.

use super::CommandError;
use crate::commands::common::output_file::OutputFile;
use crate::report::view::{Frame, Rendered, Styling};
use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

/// Columns where nothing says how wide the output is: a file or a pipe.
const PLAIN_WIDTH: usize = 100;

/// Whether progress of long work is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    Shown,
    Silent,
}

/// Where standard output goes at the moment.
#[derive(Debug)]
enum Target {
    Standard,
    File {
        path: PathBuf,
        file: File,
    },
    /// One result, which is put into its file when it is whole.
    Once {
        file: OutputFile,
        text: String,
    },
    Captured,
    /// Kept until it is taken, to be shown as one.
    Gathered,
}

/// The two streams of a session, and what is known of the terminal behind them.
#[derive(Debug)]
pub struct Screen {
    frame: Frame,
    err_frame: Frame,
    target: Target,
    /// Where results go again after a file.
    home: Target,
    progress: Progress,
    captured: Vec<u8>,
}

impl Screen {
    /// Returns the screen of this process: width and colours as the terminal has them, `NO_COLOR` and `COLUMNS` heeded.
    pub fn standard() -> Self {
        let (out, err) = (io::stdout(), io::stderr());
        let columns = std::env::var("COLUMNS").ok().and_then(|value| value.parse().ok()).filter(|&width| width > 0);
        let terminal_width = textwrap::termwidth();
        let frame = |terminal: bool, choice: anstream::ColorChoice| Frame {
            width: columns.unwrap_or(if terminal { terminal_width } else { PLAIN_WIDTH }),
            styling: if choice == anstream::ColorChoice::Never { Styling::Plain } else { Styling::Styled },
            terminal,
        };
        Self {
            frame: frame(out.is_terminal(), anstream::AutoStream::choice(&out)),
            err_frame: frame(err.is_terminal(), anstream::AutoStream::choice(&err)),
            target: Target::Standard,
            home: Target::Standard,
            progress: if err.is_terminal() { Progress::Shown } else { Progress::Silent },
            captured: Vec::new(),
        }
    }

    /// Returns a screen that keeps what is written, both streams in order, for tests and embedding.
    pub const fn captured(width: usize) -> Self {
        let frame = Frame::plain(width);
        Self {
            frame,
            err_frame: frame,
            target: Target::Captured,
            home: Target::Standard,
            progress: Progress::Silent,
            captured: Vec::new(),
        }
    }

    /// Takes what was written since the last call; empty unless the screen is a captured one.
    pub fn take(&mut self) -> String {
        String::from_utf8_lossy(&std::mem::take(&mut self.captured)).into_owned()
    }

    /// Returns the frame that results are shown in.
    pub fn frame(&self) -> Frame {
        match self.target {
            Target::File { .. } | Target::Once { .. } => Frame::plain(PLAIN_WIDTH),
            _ => self.frame,
        }
    }

    pub const fn progress(&self) -> Progress {
        self.progress
    }

    /// Changes the width that results are fitted to, as when a terminal is resized.
    pub const fn set_width(&mut self, width: usize) {
        self.frame.width = width;
        self.err_frame.width = width;
    }

    /// Sends results to a file from now on, written anew.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn send_to(&mut self, to: &OutputFile) -> io::Result<()> {
        let file = to.open()?;
        self.turn_to(Target::File { path: to.typed().to_owned(), file });
        Ok(())
    }

    /// Sends the next result, and only that, to a file.
    pub fn send_once(&mut self, file: OutputFile) {
        self.turn_to(Target::Once { file, text: String::new() });
    }

    fn turn_to(&mut self, target: Target) {
        let before = std::mem::replace(&mut self.target, target);
        if !matches!(before, Target::File { .. } | Target::Once { .. }) {
            self.home = before;
        }
    }

    /// Sends results to standard output again; returns the file they went to.
    pub fn send_back(&mut self) -> Option<PathBuf> {
        let path = match &self.target {
            Target::File { path, .. } => path.clone(),
            Target::Once { file, .. } => file.typed().to_owned(),
            _ => return None,
        };
        self.target = std::mem::replace(&mut self.home, Target::Standard);
        Some(path)
    }

    /// Ends what [`Screen::send_once`] began, if a result was written since.
    ///
    /// # Errors
    /// When the file cannot be written; results go where they went before all the same.
    pub fn end_once(&mut self) -> Result<(), CommandError> {
        if !matches!(&self.target, Target::Once { text, .. } if !text.is_empty()) {
            return Ok(());
        }
        let home = std::mem::replace(&mut self.home, Target::Standard);
        match std::mem::replace(&mut self.target, home) {
            Target::Once { file, text } => file.write_whole(text.as_bytes()),
            _ => Ok(()),
        }
    }

    /// Gathers what is written from now on, both streams in order.
    pub fn gather(&mut self) {
        if matches!(self.target, Target::Standard) {
            self.target = Target::Gathered;
        }
    }

    /// Returns what was gathered, and writes straight to the terminal again.
    pub fn gathered(&mut self) -> String {
        if matches!(self.target, Target::Gathered) {
            self.target = Target::Standard;
            return self.take();
        }
        String::new()
    }

    /// Writes a rendered view: results to standard output (or the file), asides to standard error.
    ///
    /// # Errors
    /// When the output cannot be written; a closed pipe is [`io::ErrorKind::BrokenPipe`].
    pub fn write(&mut self, rendered: &Rendered) -> io::Result<()> {
        if !rendered.out.is_empty() {
            self.write_out(&rendered.out)?;
        }
        if !rendered.err.is_empty() {
            self.write_err(&rendered.err);
        }
        Ok(())
    }

    fn write_out(&mut self, text: &str) -> io::Result<()> {
        match &mut self.target {
            Target::Captured | Target::Gathered => self.captured.extend_from_slice(text.as_bytes()),
            Target::File { file, .. } => file.write_all(text.as_bytes())?,
            Target::Once { text: gathered, .. } => gathered.push_str(text),
            Target::Standard => {
                let mut out = io::stdout().lock();
                out.write_all(text.as_bytes())?;
                out.flush()?;
            }
        }
        Ok(())
    }

    /// Writes to standard error; a standard error that is closed is nobody's problem.
    pub fn write_err(&mut self, text: &str) {
        match self.target {
            Target::Captured | Target::Gathered => self.captured.extend_from_slice(text.as_bytes()),
            _ => {
                let _ = io::stderr().lock().write_all(text.as_bytes());
            }
        }
    }

    /// Returns the frame of standard error.
    pub const fn err_frame(&self) -> Frame {
        self.err_frame
    }
}
