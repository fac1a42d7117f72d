//! What a command works on: the desk it is about, the screen, the mode, and how it was called.
//!
//! A session is made once per process (or once per demo) and outlives every command. The database is opened when the
//! first command needs it, so that `extract` and `help` touch no file.

use super::error::CommandError;
use super::screen::Screen;
use crate::date::Date;
use crate::report::view::{Format, Paragraph, Role, Run, View};
use crate::store::Place;
use crate::store::filter::Filter;
use crate::workbench::{Settings, Workbench};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The state that commands share.
#[derive(Debug)]
pub struct Session {
    place: Place,
    settings: Settings,
    workbench: Option<Workbench>,
    pub(super) mode: Format,
    pub(super) screen: Screen,
    /// The folder that relative paths count from, where it is not the process's own.
    pub(super) base: Option<PathBuf>,
    /// How many scripts are running within one another.
    pub(super) depth: usize,
    interrupt: Arc<AtomicBool>,
    staying: bool,
    leaving: bool,
}

impl Session {
    /// Returns a session on a desk that is opened when a command first needs it.
    pub fn new(place: Place, settings: Settings, screen: Screen) -> Self {
        Self {
            place,
            settings,
            workbench: None,
            mode: Format::Table,
            screen,
            base: None,
            depth: 0,
            interrupt: Arc::default(),
            staying: false,
            leaving: false,
        }
    }

    /// Returns the screen, to set its width or to take what a captured one holds.
    pub const fn screen(&mut self) -> &mut Screen {
        &mut self.screen
    }

    /// Returns where the desk is kept.
    pub const fn desk(&self) -> &Place {
        &self.place
    }

    /// Returns the desk; the first call opens it, and makes it where there is none.
    ///
    /// # Errors
    /// When the file is no desk of ours, is newer than the program, is damaged or may not be opened.
    pub fn workbench(&mut self) -> Result<&mut Workbench, CommandError> {
        let open = match self.workbench.take() {
            Some(open) => open,
            None => Workbench::open(self.place.clone(), self.settings.clone())?,
        };
        Ok(self.workbench.insert(open))
    }

    /// Returns the desk if a command has opened it: for completion, which must open nothing.
    pub const fn open_workbench(&mut self) -> Option<&mut Workbench> {
        self.workbench.as_mut()
    }

    /// Turns to another desk; the present one is closed.
    pub(super) fn turn_to(&mut self, place: Place) {
        self.place = place;
        self.workbench = None;
    }

    /// Returns the day that dates without a year count from.
    pub const fn today(&self) -> Date {
        Date::day(self.settings.today)
    }

    /// Returns who acts.
    pub fn user(&self) -> &str {
        &self.settings.user
    }

    /// Reads the trailing words of a command as a filter.
    ///
    /// # Errors
    /// [`CommandError::Usage`] names the key and suggests the nearest.
    pub fn filter(&self, words: &[String]) -> Result<Filter, CommandError> {
        Filter::parse(words, self.settings.today)
            .map_err(|error| CommandError::usage(error.to_string()).with_hint("`help filters` explains them all"))
    }

    pub const fn mode(&self) -> Format {
        self.mode
    }

    /// Sets the format that results are written in when a command asks for none.
    pub const fn set_mode(&mut self, mode: Format) {
        self.mode = mode;
    }

    /// Resolves a path that a person typed.
    pub fn path(&self, typed: &Path) -> PathBuf {
        match &self.base {
            Some(base) => base.join(typed),
            None => typed.to_owned(),
        }
    }

    /// Returns the flag that a signal handler raises to stop the running command.
    pub fn interrupt_flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.interrupt)
    }

    /// Lowers the flag; called before each command.
    pub fn clear_interrupt(&self) {
        self.interrupt.store(false, Ordering::Relaxed);
    }

    /// Fails when a person asked to stop; long work calls this between its steps.
    ///
    /// # Errors
    /// [`CommandError::Interrupted`] once the flag is raised.
    pub fn check_interrupt(&self) -> Result<(), CommandError> {
        if self.interrupt.load(Ordering::Relaxed) { Err(CommandError::Interrupted) } else { Ok(()) }
    }

    /// Asks the prompt or script to end after this command.
    pub const fn leave(&mut self) {
        self.leaving = true;
    }

    pub const fn is_leaving(&self) -> bool {
        self.leaving
    }

    /// Asks for a prompt after this command, where there is a terminal: what `demo` does.
    pub const fn stay(&mut self) {
        self.staying = true;
    }

    pub const fn is_staying(&self) -> bool {
        self.staying
    }

    /// Writes a view in the format it asks for, or in the session's mode.
    ///
    /// # Errors
    /// [`CommandError::Output`] when the output cannot be written or nobody reads it any more.
    pub fn show(&mut self, view: &View) -> Result<(), CommandError> {
        let frame = self.screen.frame();
        let rendered = view.render(view.format.unwrap_or(self.mode), &frame);
        Ok(self.screen.write(&rendered)?)
    }

    /// Writes an error and its hint to standard error; a closed pipe is passed over in silence.
    pub fn complain(&mut self, error: &CommandError) {
        if matches!(error, CommandError::Output(_)) && error.exit_code() == 0 {
            return;
        }
        let frame = self.screen.err_frame();
        let said = Paragraph::new([Run::new(Role::Plain, error.to_string())]).beside(Run::new(Role::Bad, "error:"), 7);
        let mut view = View::empty().with(crate::report::view::Block::Paragraph(said));
        if let Some(hint) = error.hint() {
            view = view.hint(hint);
        }
        let rendered = view.render(Format::Table, &frame);
        self.screen.write_err(&rendered.out);
        self.screen.write_err(&rendered.err);
    }

    /// Shows a line of a script before its result.
    pub(super) fn echo(&mut self, line: &str) -> Result<(), CommandError> {
        self.show(&View::empty().space().text([Run::new(Role::Dim, "onrecord> "), Run::new(Role::Heading, line)]))
    }

    /// Runs one line and shows its result; the error is returned and not shown.
    ///
    /// # Errors
    /// The command's own, or [`CommandError::Output`].
    pub fn perform(&mut self, line: &str) -> Result<Outcome, CommandError> {
        self.clear_interrupt();
        let view = super::run_line(self, line)?;
        self.show(&view)?;
        Ok(if view.failed { Outcome::Partly } else { Outcome::Done })
    }
}

/// How a command that gave a view went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// Part of the work failed, and the view says which.
    Partly,
}
