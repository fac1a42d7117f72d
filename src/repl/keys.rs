//! The review by single keys: what is pressed is the answer, without Enter. Only on a terminal; elsewhere lines answer.
//!
//! `e` opens a line with the beginning of the command that corrects the later claim, so that a slip of the machine is
//! mended on the spot.

use crate::commands::review::Answer;
use crate::commands::{CommandError, Session, run_line};
use console::{Key, Term};
use rustyline::DefaultEditor;

/// Answers the open queue with keys until it is closed.
///
/// # Errors
/// When the terminal cannot be read, or nobody reads the output any more.
pub fn review(session: &mut Session) -> Result<(), CommandError> {
    let terminal = Term::stdout();
    while session.is_reviewing() {
        session.clear_interrupt();
        let line = match terminal.read_key_raw() {
            Ok(key) => match line_of(&key, session)? {
                Some(line) => line,
                None => continue,
            },
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => "quit".to_owned(),
            Err(error) => return Err(CommandError::failed(format!("the terminal cannot be read: {error}"))),
        };
        match run_line(session, &line) {
            Ok(view) => session.show(&view)?,
            Err(gone @ CommandError::Output(_)) => return Err(gone),
            Err(error) => session.complain(&error),
        }
    }
    Ok(())
}

/// Returns the line that a key stands for; `None` for a key that means nothing here.
fn line_of(key: &Key, session: &mut Session) -> Result<Option<String>, CommandError> {
    let answer = match key {
        Key::Char('\u{4}') | Key::CtrlC | Key::Escape => Some(Answer::Quit),
        Key::Enter => return Ok(Some(String::new())),
        Key::Char(c) => Answer::of(&c.to_string()),
        _ => None,
    };
    match answer {
        Some(Answer::Edit) => correction(session),
        Some(answer) => Ok(Answer::ALL.iter().find(|(known, _)| *known == answer).map(|(_, word)| (*word).to_owned())),
        None => Ok(None),
    }
}

/// Reads a line that begins with the command to correct the later claim; an empty one changes nothing.
fn correction(session: &mut Session) -> Result<Option<String>, CommandError> {
    let Some(claim) = session.claim_under_review() else { return Ok(None) };
    let mut editor = DefaultEditor::new().map_err(|error| CommandError::failed(error.to_string()))?;
    let beginning = format!("edit {claim} --");
    match editor.readline_with_initial("correct> ", (&beginning, "")) {
        Ok(line) if line.trim() != beginning.trim() => Ok(Some(line)),
        _ => Ok(None),
    }
}
