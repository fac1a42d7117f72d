//! The prompt: a line editor over the registry, with completion, history, hints and colours.
//!
//! Ctrl-C at the prompt clears the line; while a command runs it asks the command to stop between two steps, so that
//! nothing stored is lost. Ctrl-D leaves. Scripts and pipes never come here: [`crate::commands::script`] reads those.

mod article;
mod complete;
mod desk;
mod editor;
mod history;
mod keys;
mod lines;
mod lookup;
mod pager;

pub use history::sessions_file;
pub use keys::review;
pub use lookup::{Lookup, Offer};

use crate::commands::script::{self, Echo, OnError};
use crate::commands::{CommandError, Session, completion, registry, run_line};
use crate::report::view::{Block, Paragraph, Role, Run, Styling, View};
use editor::Prompting;
use pager::Paged;
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use rustyline::{ColorMode, CompletionType, Config, Editor};
use std::cell::RefCell;
use std::path::Path;
use std::sync::atomic::Ordering;

/// The prompt, plain and styled; it names the desk where that is not the usual one.
fn prompt(session: &Session) -> (String, String) {
    let name = match session.desk_name() {
        Some(name) => format!("onrecord ({})>", crate::report::visible::visible_line(&name)),
        None => "onrecord>".to_owned(),
    };
    (format!("{name} "), format!("\u{1b}[1m{name}\u{1b}[0m "))
}

/// The commands a new person is shown first.
const FIRST: [&str; 3] = ["demo", "load", "help"];

/// Reads commands from the terminal and runs them until the person leaves.
///
/// # Errors
/// When the terminal cannot be used, or nobody reads the output any more.
pub fn converse(session: &mut Session) -> Result<(), CommandError> {
    heed_interrupts(session);
    let styling = session.screen().frame().styling;
    let remembered = history::file();
    let is_new = remembered.as_ref().is_none_or(|file| !file.exists());
    let greeting = greeting(session, is_new);
    session.show(&greeting)?;

    session.sit_at_prompt();
    begin(session)?;
    let desk = RefCell::new(session);
    let config = config(styling)?;
    let history = FileHistory::with_config(&config);
    let mut editor = Editor::with_history(config, history).map_err(terminal)?;
    editor.set_helper(Some(Prompting::new(&desk)));
    if let Some(file) = &remembered {
        history::mend(file);
        // A history that cannot be read is an empty one.
        let _ = editor.load_history(file);
        editor.history().iter().for_each(|line| desk.borrow_mut().remember(line));
    }
    let mut interrupted = false;
    loop {
        let (plain, styled) = prompt(&desk.borrow());
        let entered = match editor.readline(&(plain.as_str(), styled.as_str())) {
            Ok(entered) => entered,
            Err(ReadlineError::Interrupted) => {
                if interrupted {
                    desk.borrow_mut().show(&View::empty().hint("Ctrl-D or `.quit` leaves"))?;
                }
                interrupted = !interrupted;
                continue;
            }
            Err(ReadlineError::Eof) => {
                let mut session = desk.borrow_mut();
                match session.may_leave_desk() {
                    Ok(()) => return ended(&mut session),
                    Err(error) => session.complain(&error),
                }
                continue;
            }
            Err(error) => return Err(terminal(error)),
        };
        interrupted = false;
        if entered.trim().is_empty() {
            continue;
        }
        remember(&mut editor, remembered.as_deref(), &entered);
        let size = editor.dimensions();
        let mut session = desk.borrow_mut();
        run(&mut session, &entered, size)?;
        if session.is_leaving() {
            return ended(&mut session);
        }
    }
}

/// Notes when the session ended, for `new`; that it cannot be noted is no reason not to leave.
fn ended(session: &mut Session) -> Result<(), CommandError> {
    if let Err(error) = session.end_session() {
        session.complain(&error);
    }
    Ok(())
}

/// Runs the person's startup file, where there is one; what fails in it is told and stops nothing.
fn begin(session: &mut Session) -> Result<(), CommandError> {
    use etcetera::BaseStrategy;
    let Ok(places) = etcetera::choose_base_strategy() else { return Ok(()) };
    let file = places.config_dir().join("onrecord").join("startup.onrecord");
    let Ok(lines) = std::fs::read(&file) else { return Ok(()) };
    let name = file.display().to_string();
    match script::run(session, lines.as_slice(), &name, OnError::KeepGoing, Echo::Nothing) {
        Err(gone @ CommandError::Output(_)) => Err(gone),
        _ => Ok(()),
    }
}

/// Runs the commands of one entry; the first that fails ends it.
fn run(session: &mut Session, entered: &str, size: Option<(u16, u16)>) -> Result<(), CommandError> {
    if let Some(error) = article::offered(session, entered) {
        session.complain(&error);
        return Ok(());
    }
    for command in lines::commands(entered).0 {
        match perform(session, &command, size) {
            Ok(()) => {}
            Err(gone @ CommandError::Output(_)) => return Err(gone),
            Err(error) => {
                session.complain(&error);
                if session.bails() {
                    return Ok(());
                }
            }
        }
        if session.is_leaving() {
            return Ok(());
        }
    }
    Ok(())
}

/// Runs one command and shows its result, in the pager where it is longer than the screen.
fn perform(session: &mut Session, command: &str, size: Option<(u16, u16)>) -> Result<(), CommandError> {
    session.clear_interrupt();
    if let (Some((columns, _)), None) = (size, std::env::var_os("COLUMNS")) {
        session.screen().set_width(usize::from(columns));
    }
    session.remember(command);
    let begun = std::time::Instant::now();
    if is_told_line_by_line(command) {
        return told(session, command, rows(size));
    }
    let view = run_line(session, command)?;
    if session.is_reviewing() {
        session.show(&view)?;
        return keys::review(session);
    }
    let frame = session.screen().frame();
    let mut rendered = view.render(view.format.unwrap_or_else(|| session.mode()), &frame);
    if frame.terminal
        && pager::is_long(&rendered.out, rows(size))
        && pager::page(&rendered.out, session.pager()) == Paged::Shown
    {
        rendered.out.clear();
    }
    session.screen().write(&rendered)?;
    session.screen().end_once()?;
    session.tell_time(begun);
    Ok(())
}

fn rows(size: Option<(u16, u16)>) -> usize {
    size.map_or(usize::MAX, |(_, rows)| usize::from(rows))
}

/// Tells whether a command shows its results as it goes, one after the other.
fn is_told_line_by_line(command: &str) -> bool {
    let first = command.split_whitespace().next().and_then(completion::command_named);
    matches!(first, Some("demo" | "run"))
}

/// Runs a script or the demo: what it shows is gathered, and paged as one where it is longer than the screen.
fn told(session: &mut Session, command: &str, rows: usize) -> Result<(), CommandError> {
    if !session.screen().frame().terminal {
        let view = run_line(session, command)?;
        return session.show(&view);
    }
    session.screen().gather();
    let ended = run_line(session, command).and_then(|view| session.show(&view));
    let text = session.screen().gathered();
    if !pager::is_long(&text, rows) || pager::page(&text, session.pager()) == Paged::NoPager {
        let rendered = crate::report::view::Rendered { out: text, err: String::new() };
        session.screen().write(&rendered)?;
    }
    ended?;
    // A review that a script began goes on with keys.
    if session.is_reviewing() { keys::review(session) } else { Ok(()) }
}

fn remember(editor: &mut Editor<Prompting<'_>, FileHistory>, file: Option<&Path>, entered: &str) {
    // What cannot be remembered is no reason not to run it.
    let _ = editor.add_history_entry(entered.trim_end());
    if let Some(file) = file {
        let _ = editor.append_history(file);
    }
}

/// While a command runs, Ctrl-C raises the session's flag and ends nothing; the editor reads the key by itself.
fn heed_interrupts(session: &Session) {
    let flag = session.interrupt_flag();
    // A handler that is there already is one of ours, from an earlier prompt of this process.
    let _ = ctrlc::set_handler(move || flag.store(true, Ordering::Relaxed));
}

fn config(styling: Styling) -> Result<Config, CommandError> {
    let colours = if styling == Styling::Styled { ColorMode::Enabled } else { ColorMode::Disabled };
    let config = Config::builder()
        .max_history_size(history::LINES)
        .and_then(|config| config.history_ignore_dups(true))
        .map_err(terminal)?
        .history_ignore_space(true)
        .completion_type(CompletionType::List)
        .completion_show_all_if_ambiguous(true)
        .auto_add_history(false)
        .color_mode(colours)
        .bracketed_paste(true);
    Ok(config.build())
}

fn terminal(error: ReadlineError) -> CommandError {
    CommandError::failed(format!("the terminal cannot be used: {error}"))
        .with_hint("commands also run from the command line (`onrecord claims`) and from standard input")
}

/// Greets a new person with three commands to try; somebody known, with the desk's place only.
fn greeting(session: &Session, is_new: bool) -> View {
    let desk = if session.missing_desk().is_some() { "new desk" } else { "desk" };
    let place = format!("onrecord {}, {desk} {}", env!("CARGO_PKG_VERSION"), session.desk());
    if !is_new {
        return View::empty().text([Run::new(Role::Dim, place)]);
    }
    let entries = FIRST.iter().filter_map(|name| registry().iter().find(|entry| entry.name == *name));
    let lines = entries.map(|entry| {
        let purpose = Paragraph::new([Run::new(Role::Plain, entry.purpose)]);
        Block::Paragraph(purpose.beside(Run::new(Role::Heading, entry.name), 8).indented(2))
    });
    let head = View::empty()
        .text([Run::new(Role::Dim, place)])
        .text([Run::new(Role::Plain, "Welcome. Three commands to begin with (Tab completes, Ctrl-D leaves):")]);
    lines.fold(head, View::with)
}
