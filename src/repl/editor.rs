//! The line editor's helper: completion, hints, colours and the question whether the line is finished.
//!
//! It asks the registry and the desk only; what it shows is never sent to a command.

use super::complete;
use super::lines::{Entered, entered};
use super::lookup::Lookup;
use crate::commands::{completion, line, registry};
use crate::store::id::AnyId;
use anstyle::{AnsiColor, Style};
use rustyline::completion::{Candidate, Completer};
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::{Hint, Hinter, HistoryHinter};
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{Context, Helper};
use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr;

const VERB: Style = AnsiColor::Cyan.on_default().bold();
const UNKNOWN: Style = AnsiColor::Red.on_default();
const FLAG: Style = AnsiColor::Blue.on_default();
const KEY: Style = AnsiColor::Magenta.on_default();
const QUOTATION: Style = AnsiColor::Green.on_default();
const DIM: Style = Style::new().dimmed();

/// What the editor asks while a line is being written.
pub struct Prompting<'a> {
    desk: &'a RefCell<dyn Lookup + 'a>,
    history: HistoryHinter,
}

impl<'a> Prompting<'a> {
    pub fn new(desk: &'a RefCell<dyn Lookup + 'a>) -> Self {
        Self { desk, history: HistoryHinter::new() }
    }
}

impl Helper for Prompting<'_> {}

impl Candidate for complete::Candidate {
    fn display(&self) -> &str {
        &self.listed
    }

    fn replacement(&self) -> &str {
        &self.inserted
    }
}

impl Completer for Prompting<'_> {
    type Candidate = complete::Candidate;

    fn complete(&self, line: &str, pos: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Self::Candidate>)> {
        // The desk is lent to a command while it runs; no key is read then.
        let Ok(mut desk) = self.desk.try_borrow_mut() else { return Ok((pos, Vec::new())) };
        Ok(complete::complete(&line[..pos], &mut *desk))
    }
}

/// Columns from which a line of the history is not offered: it would fill the screen below what is written.
const LONGEST_HINT: usize = 160;

/// A hint after the cursor: something from history, which the right arrow takes over, or a word on what is expected.
#[derive(Debug, PartialEq, Eq)]
pub struct Remark {
    text: String,
    is_taken: Taken,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taken {
    Over,
    OnlyShown,
}

impl Hint for Remark {
    fn display(&self) -> &str {
        &self.text
    }

    fn completion(&self) -> Option<&str> {
        (self.is_taken == Taken::Over).then_some(self.text.as_str())
    }
}

impl Hinter for Prompting<'_> {
    type Hint = Remark;

    fn hint(&self, line: &str, pos: usize, context: &Context<'_>) -> Option<Remark> {
        if pos < line.len() {
            return None;
        }
        if let (Entered::GoesOn(mark @ ('"' | '“')), true) = (entered(line), line.contains('\n')) {
            let text = format!("   (continues until the {} is closed; Ctrl-C cancels)", quotation_mark(mark));
            return Some(Remark { text, is_taken: Taken::OnlyShown });
        }
        let fits = |text: &String| !text.contains('\n') && line.width() + text.width() <= LONGEST_HINT;
        let remembered = self.history.hint(line, pos, context).filter(fits);
        match remembered {
            Some(text) => Some(Remark { text, is_taken: Taken::Over }),
            None => grammar(line).map(|text| Remark { text, is_taken: Taken::OnlyShown }),
        }
    }
}

const fn quotation_mark(mark: char) -> &'static str {
    if mark == '“' { "“" } else { "\"" }
}

/// Says what a command takes, once its name and a space are written.
fn grammar(line: &str) -> Option<String> {
    let name = line.strip_suffix(' ')?.trim_start();
    let entry = registry().iter().find(|entry| entry.name == name || entry.aliases.contains(&name))?;
    let command = entry.clap();
    let shown: Vec<String> = command
        .get_positionals()
        .filter_map(|argument| {
            let value = argument.get_value_names()?.first()?.to_lowercase();
            Some(if argument.is_required_set() { value } else { format!("[{value}]") })
        })
        .collect();
    if !shown.is_empty() {
        return Some(shown.join(" "));
    }
    let parts: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
    (!parts.is_empty()).then(|| parts.join(" | "))
}

impl Highlighter for Prompting<'_> {
    fn highlight<'l>(&self, line: &'l str, pos: usize) -> Cow<'l, str> {
        let exists = |id: AnyId| self.desk.try_borrow_mut().is_ok_and(|mut desk| desk.has(id));
        Cow::Owned(coloured(line, pos, &exists))
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        Cow::Owned(format!("{DIM}{hint}{DIM:#}"))
    }

    fn highlight_char(&self, _: &str, _: usize, _: CmdKind) -> bool {
        true
    }
}

/// Colours a line: its verb, flags, filter keys and quotations; red is what is not known: a first word that no command
/// begins with, a flag that the command does not take, an id that the desk does not have.
fn coloured(line: &str, pos: usize, exists: &dyn Fn(AnyId) -> bool) -> String {
    let mut out = String::with_capacity(line.len() + 32);
    let mut at = 0;
    let (words, end) = match line::split(line) {
        Ok(words) => (words, line.len()),
        Err(open) => (line::split(&line[..open.at]).unwrap_or_default(), open.at),
    };
    for (number, word) in words.iter().enumerate() {
        out.push_str(&line[at..word.range.start]);
        at = word.range.end;
        let written = &line[word.range.clone()];
        let is_being_written = pos <= word.range.end;
        let style = match style(number, written, is_being_written) {
            FLAG if !is_being_written && !is_known(&words[..number], written) => UNKNOWN,
            style if style == Style::new() && number > 0 && !is_being_written => match written.parse() {
                Ok(id) if !exists(id) => UNKNOWN,
                _ => style,
            },
            style => style,
        };
        paint(&mut out, written, style);
    }
    let rest = &line[at..];
    let style = if end < line.len() || rest.contains('“') {
        QUOTATION
    } else if rest.trim_start().starts_with('#') {
        DIM
    } else {
        Style::new()
    };
    paint(&mut out, rest, style);
    out
}

/// Tells whether the command before a flag takes it; behind a word that is no command nothing is wrong with it.
fn is_known(before: &[line::Word], flag: &str) -> bool {
    let words: Vec<String> = before.iter().map(|word| word.text.clone()).collect();
    let command = words.first().and_then(|first| completion::command_named(first));
    command.is_none() || completion::is_flag(&words, flag)
}

fn style(number: usize, written: &str, is_being_written: bool) -> Style {
    if number == 0 {
        let begins = registry().iter().any(|entry| entry.name.starts_with(written));
        return match completion::command_named(written) {
            Some(_) => VERB,
            None if is_being_written && begins => Style::new(),
            None => UNKNOWN,
        };
    }
    let is_key = |(key, _): &(&str, &str)| written.strip_prefix(key).is_some_and(|rest| rest.starts_with(':'));
    match written.chars().next() {
        Some('-') if written.len() > 1 => FLAG,
        Some('"' | '“') => QUOTATION,
        _ if crate::store::filter::KEYS.iter().any(is_key) => KEY,
        _ => Style::new(),
    }
}

fn paint(out: &mut String, text: &str, style: Style) {
    // Writing to a string cannot fail.
    let _ = if text.is_empty() { Ok(()) } else { write!(out, "{style}{text}{style:#}") };
}

impl Validator for Prompting<'_> {
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        Ok(match entered(context.input()) {
            Entered::Whole => ValidationResult::Valid(None),
            Entered::GoesOn(_) => ValidationResult::Incomplete,
        })
    }
}
