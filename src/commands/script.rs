//! Scripts: the prompt's lines without an editor, from a file or from standard input.
//!
//! Lines are read as bytes, so that a stray byte stops nothing. A quotation ends with its line: one that is left open is an error
//! of that line alone. A backslash at the end of a line takes the next one in.

use super::{CommandError, Outcome, Session, line};
use crate::report::view::View;
use crate::workbench::files;
use std::io::BufRead;

/// Scripts may run scripts, this deep.
const DEEPEST: usize = 8;

/// What a script does when a line fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnError {
    Stop,
    KeepGoing,
}

/// Whether the lines of a script are shown before their results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Echo {
    Lines,
    Nothing,
}

/// Runs the lines of standard input.
///
/// # Errors
/// As [`run`]; and when the script that runs is standard input already.
pub fn run_input(session: &mut Session, on_error: OnError, echo: Echo) -> Result<(), CommandError> {
    session.input_is_free()?;
    session.input_is_script = true;
    let ended = run(session, std::io::stdin().lock(), "standard input", on_error, echo);
    session.input_is_script = false;
    ended
}

/// Runs every line of a script and shows each result at once; ends early at `.quit`.
///
/// # Errors
/// The first error, with the script's name and the line before it. With [`OnError::KeepGoing`] errors are shown as they
/// come and the last one, counted, is returned at the end.
pub fn run(
    session: &mut Session,
    lines: impl BufRead,
    name: &str,
    on_error: OnError,
    echo: Echo,
) -> Result<(), CommandError> {
    if session.depth >= DEEPEST {
        return Err(CommandError::failed(format!("{name}: scripts run one another {DEEPEST} deep"))
            .with_hint("does this script run itself?"));
    }
    session.depth += 1;
    let ended = run_lines(session, lines, name, on_error, echo);
    session.depth -= 1;
    ended
}

fn run_lines(
    session: &mut Session,
    mut lines: impl BufRead,
    name: &str,
    on_error: OnError,
    echo: Echo,
) -> Result<(), CommandError> {
    let mut number = 0;
    let mut failures = 0;
    let mut odd = Vec::new();
    while let Some((first, text)) = next_line(&mut lines, &mut number, &mut odd, session.max_size())
        .map_err(|error| CommandError::file(name.as_ref(), &error))?
    {
        for line in odd.drain(..) {
            let warning = format!("{name}:{line}: this line is no UTF-8; what cannot be read stands as \u{fffd}");
            session.show(&View::empty().warning(warning))?;
        }
        if echo == Echo::Lines && !text.trim().is_empty() {
            session.echo(&text)?;
        }
        let failure = match session.perform(&text) {
            Ok(Outcome::Done) => None,
            Ok(Outcome::Partly) => Some(CommandError::failed("part of the work failed, as told above")),
            Err(stop @ (CommandError::Interrupted | CommandError::Output(_))) => return Err(stop),
            Err(error) => Some(error),
        };
        if let Some(error) = failure {
            let error = at_line(error, name, first);
            if on_error == OnError::Stop && session.bails() {
                return Err(error);
            }
            session.complain(&error);
            failures += 1;
        }
        if session.is_leaving() {
            break;
        }
    }
    match failures {
        0 => Ok(()),
        1 => Err(CommandError::failed(format!("{name}: one line failed"))),
        n => Err(CommandError::failed(format!("{name}: {n} lines failed"))),
    }
}

/// Names the line in the error's message.
fn at_line(error: CommandError, name: &str, number: usize) -> CommandError {
    match error {
        CommandError::Usage { message, hint } => {
            CommandError::Usage { message: format!("{name}:{number}: {message}"), hint }
        }
        CommandError::Failed { message, hint } => {
            CommandError::Failed { message: format!("{name}:{number}: {message}"), hint }
        }
        other => other,
    }
}

/// Reads one line, or several where a backslash ends it; returns the number of the first and the text.
fn next_line(
    lines: &mut impl BufRead,
    number: &mut usize,
    warnings: &mut Vec<usize>,
    most: u64,
) -> std::io::Result<Option<(usize, String)>> {
    let mut text = String::new();
    let first = *number + 1;
    loop {
        let Some(bytes) = files::line(lines, most)? else {
            return Ok((!text.is_empty()).then_some((first, text)));
        };
        *number += 1;
        let line = String::from_utf8_lossy(&bytes);
        if matches!(line, std::borrow::Cow::Owned(_)) {
            warnings.push(*number);
        }
        text.push_str(&line);
        if first == 1 && text.starts_with('\u{feff}') {
            text.remove(0);
        }
        if text.len() as u64 > most {
            return Err(std::io::Error::new(
                std::io::ErrorKind::FileTooLarge,
                format!("the command that line {first} begins is too long"),
            ));
        }
        text.truncate(text.trim_end_matches(['\n', '\r']).len());
        match line::split(&text) {
            Err(open) if open.mark == '\\' => text.truncate(open.at),
            _ => return Ok(Some((first, text))),
        }
    }
}
