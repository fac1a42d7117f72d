//! What a command works on: the desk it is about, the screen, the mode, and how it was called.
//!
//! A session is made once per process (or once per demo) and outlives every command. The database is opened when the
//! first command needs it, so that `extract` and `help` touch no file.

pub mod shell;

mod acting;
mod desk;
pub(in crate::commands) mod kept;
mod pasted;

use crate::commands::common::narrow::by_id;
use crate::commands::error::CommandError;
use crate::commands::screen::Screen;
use crate::commands::session::shell::{Pager, Shell, Switch};
use crate::date::Date;
use crate::report::view::{Format, Paragraph, Role, Run, View};
use crate::store::Place;
use crate::store::filter::{Filter, saved_name};
use crate::store::id::{ClaimId, OperationId};
use crate::workbench::fetch::Rules;
use crate::workbench::{Settings, Workbench};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Saved filters may name one another, this deep.
const DEEPEST_FILTER: usize = 8;

/// The state that commands share.
#[derive(Debug)]
pub struct Session {
    place: Place,
    pub(in crate::commands) settings: Settings,
    pub(in crate::commands) workbench: Option<Workbench>,
    pub(in crate::commands) mode: Format,
    pub(in crate::commands) screen: Screen,
    /// The folder that relative paths count from, where it is not the process's own.
    pub(in crate::commands) base: Option<PathBuf>,
    /// How many scripts are running within one another.
    pub(in crate::commands) depth: usize,
    /// How many commands are running within one another.
    pub(in crate::commands) steps: usize,
    /// Lines of standard input are being run as a script.
    pub(in crate::commands) input_is_script: bool,
    /// The file of the desk, where it was made in this session and no command has told of it.
    pub(in crate::commands) made: Option<PathBuf>,
    /// The command that runs may make the desk that is named.
    may_make_desk: bool,
    /// What the opening found to be damaged, where no command has told of it.
    pub(in crate::commands) damage: Option<String>,
    interrupt: Arc<AtomicBool>,
    staying: bool,
    pub(in crate::commands) at_prompt: bool,
    leaving: bool,
    /// The queue of suggestions, while one is open: lines are answers then.
    pub(in crate::commands) review: Option<crate::commands::relations::review::Queue>,
    pub(in crate::commands) shell: Shell,
    /// Where settings are kept for the next session; `None` keeps nothing.
    pub(in crate::commands) kept_in: Option<PathBuf>,
    /// Where the ends of sessions are kept, by desk.
    pub(in crate::commands) sessions: Option<PathBuf>,
    /// The desk that is opened when none is named; the prompt does not name it.
    home: Option<Place>,
    /// Up to which operation a desk in memory was copied, or the person was told that it is kept nowhere.
    kept_to: Option<OperationId>,
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
            steps: 0,
            input_is_script: false,
            made: None,
            may_make_desk: false,
            damage: None,
            interrupt: Arc::default(),
            staying: false,
            at_prompt: false,
            leaving: false,
            review: None,
            shell: Shell::default(),
            kept_in: None,
            sessions: None,
            home: None,
            kept_to: None,
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

    /// Returns the moment of the session's clock, RFC 3339, UTC.
    pub(in crate::commands) fn now(&self) -> String {
        self.settings.clock.now()
    }

    /// Returns the day that dates without a year count from.
    pub const fn today(&self) -> Date {
        Date::day(self.settings.today)
    }

    /// Notes that a person waits at a prompt.
    pub const fn sit_at_prompt(&mut self) {
        self.at_prompt = true;
    }

    /// Tells whether a person waits at a prompt.
    pub const fn is_at_prompt(&self) -> bool {
        self.at_prompt
    }

    /// Returns how many bytes of a file, or of one line, are read.
    pub const fn max_size(&self) -> u64 {
        self.settings.max_size
    }

    /// Returns the bounds of what is fetched.
    pub const fn fetching(&self) -> Rules {
        self.settings.fetching
    }

    /// Returns who acts.
    pub fn user(&self) -> &str {
        &self.settings.user
    }

    /// Reads the trailing words of a command as a filter.
    ///
    /// # Errors
    /// [`CommandError::Usage`] names the key and suggests the nearest.
    pub fn filter(&mut self, words: &[String]) -> Result<Filter, CommandError> {
        let words = self.with_saved(words)?;
        let words = words.iter().map(|word| by_id(self, word)).collect::<Result<Vec<_>, _>>()?;
        let words = words.iter().map(|word| self.filter_word(word)).collect::<Result<Vec<_>, _>>()?;
        Filter::parse(&words, self.settings.today)
            .map_err(|error| CommandError::usage(error.to_string()).with_hint("`help filters` explains them all"))
    }

    /// Puts the words of saved filters in the place of their names; a saved filter may name others.
    fn with_saved(&mut self, words: &[String]) -> Result<Vec<String>, CommandError> {
        let mut out = Vec::new();
        let mut pending: Vec<(usize, String)> = words.iter().rev().map(|word| (0, word.clone())).collect();
        while let Some((depth, word)) = pending.pop() {
            let Some(name) = saved_name(&word) else {
                out.push(word);
                continue;
            };
            if depth >= DEEPEST_FILTER {
                return Err(CommandError::failed(format!("the filter `{name}` names itself"))
                    .with_hint("`filter list` shows the saved filters"));
            }
            let line = self.workbench()?.saved_filter(&name)?;
            let inner = crate::commands::line::split(&line).map_err(|open| CommandError::failed(open.to_string()))?;
            pending.extend(inner.into_iter().rev().map(|word| (depth + 1, word.text)));
        }
        Ok(out)
    }

    /// Changes what the desk is told: who sits there, which day it is.
    pub(in crate::commands) fn settings_changed(&mut self, change: impl Fn(&mut Settings)) {
        change(&mut self.settings);
        if let Some(desk) = &mut self.workbench {
            change(desk.settings_mut());
        }
    }

    /// Adds a line to those that `.history` lists.
    pub fn remember(&mut self, line: &str) {
        let line = line.trim();
        if !line.is_empty() && self.shell.history.last().is_none_or(|last| last != line) {
            self.shell.history.push(line.to_owned());
        }
    }

    /// Tells whether a script stops at its first error.
    pub fn bails(&self) -> bool {
        self.shell.bail == Switch::On
    }

    /// Returns the pager that was chosen.
    pub const fn pager(&self) -> &Pager {
        &self.shell.pager
    }

    /// Tells how long a command took, where that is wanted.
    pub fn tell_time(&mut self, begun: std::time::Instant) {
        if self.shell.timer == Switch::On {
            let told = format!("{:.3} s\n", begun.elapsed().as_secs_f64());
            self.screen.write_err(&told);
        }
    }

    /// Tells whether a queue of suggestions is open, so that the next line is an answer.
    pub const fn is_reviewing(&self) -> bool {
        self.review.is_some()
    }

    /// Returns the later claim of the suggestion that waits for an answer.
    pub fn claim_under_review(&mut self) -> Option<ClaimId> {
        let id = self.review.as_ref()?.current()?;
        self.workbench().ok()?.relation(id).ok().map(|row| row.later.id)
    }

    pub const fn mode(&self) -> Format {
        self.mode
    }

    /// Sets the format that results are written in when a command asks for none.
    pub const fn set_mode(&mut self, mode: Format) {
        self.mode = mode;
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
        self.screen.write(&rendered)?;
        self.screen.end_once()
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
    pub(in crate::commands) fn echo(&mut self, line: &str) -> Result<(), CommandError> {
        self.show(&View::empty().space().text([Run::new(Role::Dim, "onrecord> "), Run::new(Role::Heading, line)]))
    }

    /// Runs one line and shows its result; the error is returned and not shown.
    ///
    /// # Errors
    /// The command's own, or [`CommandError::Output`].
    pub fn perform(&mut self, line: &str) -> Result<Outcome, CommandError> {
        self.clear_interrupt();
        self.remember(line);
        let begun = std::time::Instant::now();
        let view = crate::commands::run_line(self, line)?;
        self.show(&view)?;
        self.tell_time(begun);
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
