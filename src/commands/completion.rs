//! What may stand next on a line: the facts that completion, hints and highlighting are made from.
//!
//! The facts come from the clap tree alone. A value's kind is told by its name in the help (`CLAIM`, `FILE`), so that a
//! new command is completed without a word more; the data behind a kind (ids, names) are the caller's to look up.

use super::{Door, registry, tree};
use clap::{Arg, ArgAction, Command};

/// What a value is, told by its name in the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ValueKind {
    Article,
    Claim,
    Relation,
    Verdict,
    Evidence,
    Speaker,
    Story,
    Operation,
    Note,
    Tag,
    /// A filter that was saved under a name.
    Saved,
    /// A feed by its name.
    Feed,
    /// A rating of a scale.
    Rating,
    Scale,
    /// `speaker:`, `after:` and the other keys, each with its own values.
    Filter,
    /// A file or a folder.
    Path,
    Date,
    Outlet,
    /// A command or a topic of help.
    Topic,
    /// One of the choices given beside it.
    Choice,
    /// Free text, a number, a link: nothing to complete.
    Free,
}

impl ValueKind {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("ARTICLE", Self::Article),
        ("CLAIM", Self::Claim),
        ("RELATION", Self::Relation),
        ("VERDICT", Self::Verdict),
        ("EVIDENCE", Self::Evidence),
        ("SPEAKER", Self::Speaker),
        ("STORY", Self::Story),
        ("INTO", Self::Story),
        ("OPERATION", Self::Operation),
        ("NOTE", Self::Note),
        ("CHECK", Self::Free),
        ("TAG", Self::Tag),
        ("SAVED", Self::Saved),
        ("FEED", Self::Feed),
        ("RATING", Self::Rating),
        ("SCALE", Self::Scale),
        ("FILTER", Self::Filter),
        ("FILE", Self::Path),
        ("PATH", Self::Path),
        ("DATE", Self::Date),
        ("OUTLET", Self::Outlet),
        ("TOPIC", Self::Topic),
        ("FORM", Self::Free),
        ("FORMAT", Self::Choice),
        ("CHOICE", Self::Choice),
        ("TEXT", Self::Free),
        ("WORDS", Self::Free),
        ("NAME", Self::Free),
        ("TITLE", Self::Free),
        ("HOST", Self::Free),
        ("LINK", Self::Free),
        ("NUMBER", Self::Free),
        ("SIZE", Self::Free),
        ("SQL", Self::Free),
        ("PART=FIELD", Self::Free),
    ];

    /// Returns the kinds of an argument's value: `CLAIM|TEXT` has two. `None` for a name that is not known here.
    pub fn of(argument: &Arg) -> Option<Vec<Self>> {
        if !argument.get_possible_values().is_empty() {
            return Some(vec![Self::Choice]);
        }
        let name = argument.get_value_names()?.first()?;
        name.split('|')
            .map(|part| Self::NAMES.iter().find(|(known, _)| *known == part).map(|(_, kind)| *kind))
            .collect()
    }
}

/// What may stand at one place of a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expected {
    /// Commands (or the parts of one, `speaker merge`) with their purposes.
    pub commands: Vec<(String, String)>,
    /// Flags with their help.
    pub flags: Vec<(String, String)>,
    /// Kinds of values; empty where none is expected.
    pub values: Vec<ValueKind>,
    /// The choices, where `values` has [`ValueKind::Choice`].
    pub choices: Vec<(String, String)>,
}

/// Tells what may stand after `words`; `current` is the word being written, possibly empty.
///
/// ```
/// use onrecord::commands::completion::{ValueKind, expected};
/// assert_eq!(expected(&["extract".into()], "art").values, [ValueKind::Path]);
/// assert!(expected(&[], "ext").commands.iter().any(|(name, _)| name == "extract"));
/// ```
pub fn expected(words: &[String], current: &str) -> Expected {
    let mut root = tree(Door::Line);
    root.build();
    let mut command = &root;
    let mut positionals = 0;
    let mut awaiting: Option<&Arg> = None;
    for word in words {
        if awaiting.take().is_some() {
            continue;
        }
        if word.starts_with("--") {
            awaiting = flag(command, word).filter(|argument| takes_value(argument) && !word.contains('='));
        } else if let Some(part) = subcommand(command, word).filter(|_| positionals == 0) {
            command = part;
        } else {
            positionals += 1;
        }
    }
    let mut out = Expected::default();
    if let Some(argument) = awaiting {
        add_values(&mut out, argument);
        return out;
    }
    if current.starts_with('-') {
        out.flags = flags(command);
        return out;
    }
    if positionals == 0 {
        out.commands = parts(command);
    }
    let places: Vec<&Arg> = command.get_positionals().collect();
    let last = places.last().filter(|argument| matches!(argument.get_action(), ArgAction::Append) || repeats(argument));
    if let Some(argument) = places.get(positionals).or(last) {
        add_values(&mut out, argument);
    }
    out
}

fn repeats(argument: &Arg) -> bool {
    argument.get_num_args().is_some_and(|range| range.max_values() > 1)
}

fn takes_value(argument: &Arg) -> bool {
    argument.get_action().takes_values()
}

fn add_values(out: &mut Expected, argument: &Arg) {
    out.values = ValueKind::of(argument).unwrap_or_else(|| vec![ValueKind::Free]);
    let choices = argument.get_possible_values().into_iter().filter(|choice| !choice.is_hide_set());
    out.choices = choices
        .map(|choice| (choice.get_name().to_owned(), choice.get_help().map(ToString::to_string).unwrap_or_default()))
        .collect();
}

fn flag<'a>(command: &'a Command, word: &str) -> Option<&'a Arg> {
    let name = word.trim_start_matches('-').split('=').next().unwrap_or_default();
    command.get_arguments().find(|argument| argument.get_long() == Some(name))
}

fn flags(command: &Command) -> Vec<(String, String)> {
    let named = command.get_arguments().filter_map(|argument| {
        let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
        Some((format!("--{}", argument.get_long()?), help))
    });
    named.collect()
}

/// The part of a command that a word names, in full or by a beginning that fits no other.
fn subcommand<'a>(command: &'a Command, word: &str) -> Option<&'a Command> {
    if let Some(exact) = command.find_subcommand(word) {
        return Some(exact);
    }
    let mut fitting = command.get_subcommands().filter(|part| part.get_name().starts_with(word));
    fitting.next().filter(|_| fitting.next().is_none())
}

fn parts(command: &Command) -> Vec<(String, String)> {
    let about = |part: &Command| part.get_about().map(ToString::to_string).unwrap_or_default();
    command.get_subcommands().map(|part| (part.get_name().to_owned(), about(part))).collect()
}

/// Tells whether a flag (`--limit`, `--limit=3`) is one that the command of these words takes, or the beginning of one.
pub fn is_flag(words: &[String], written: &str) -> bool {
    let name = written.split('=').next().unwrap_or(written);
    expected(words, "--").flags.iter().any(|(flag, _)| flag.starts_with(name))
        || "--help".starts_with(name)
        || name == "-h"
}

/// Returns the name of the command that a first word stands for: its name, an alias, or a beginning that fits no other.
pub fn command_named(word: &str) -> Option<&'static str> {
    let exact = registry().iter().find(|entry| entry.name == word || entry.aliases.contains(&word));
    let mut fitting = registry().iter().filter(|entry| !word.is_empty() && entry.name.starts_with(word));
    exact.or_else(|| fitting.next().filter(|_| fitting.next().is_none())).map(|entry| entry.name)
}
