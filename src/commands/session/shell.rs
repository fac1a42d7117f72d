//! What the shell remembers between two commands: aliases, the last result, the lines, the switches. What a person sets at
//! the prompt is kept in a file (`kept`); the rest ends with the session.

use crate::commands::{CommandError, line, registry};
use crate::date::DayOrder;
use crate::report::view::View;
use std::collections::BTreeMap;

/// Whether a switch is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Switch {
    On,
    Off,
}

impl Switch {
    /// Reads `on` or `off`.
    ///
    /// # Errors
    /// For any other word.
    pub fn of(written: &str) -> Result<Self, CommandError> {
        match written.to_lowercase().as_str() {
            "on" | "yes" => Ok(Self::On),
            "off" | "no" => Ok(Self::Off),
            _ => Err(CommandError::usage(format!("`{written}` is neither on nor off"))),
        }
    }

    pub const fn word(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Off => "off",
        }
    }
}

/// Which pager shows long output at the prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pager {
    /// That of `PAGER`, else `less`.
    Usual,
    Off,
    Command(String),
}

/// The memory of a shell.
#[derive(Debug)]
pub struct Shell {
    pub timer: Switch,
    pub bail: Switch,
    pub pager: Pager,
    /// The name that a person gave with `.set user`.
    pub user: Option<String>,
    /// Which of two figures in a date is the day; `None` asks.
    pub dates: Option<DayOrder>,
    pub aliases: BTreeMap<String, String>,
    /// An article that was pasted at the prompt and not yet loaded.
    pub pasted: Option<String>,
    /// The lines entered, oldest first.
    pub history: Vec<String>,
    pub last: Option<View>,
}

impl Default for Shell {
    fn default() -> Self {
        Self {
            timer: Switch::Off,
            bail: Switch::On,
            pager: Pager::Usual,
            user: None,
            dates: None,
            pasted: None,
            aliases: BTreeMap::new(),
            history: Vec::new(),
            last: None,
        }
    }
}

/// An alias may name another, this deep.
const DEEPEST: usize = 8;

impl Shell {
    /// Puts the words of an alias in the place of its name at the start of a line; a command's name is never an alias.
    pub fn expanded(&self, written: &str) -> String {
        let mut out = written.to_owned();
        for _ in 0..DEEPEST {
            let first = out.split_whitespace().next().unwrap_or_default();
            let Some(words) = self.aliases.get(first).filter(|_| !is_command(first)) else { return out };
            let at = out.find(first).unwrap_or(0) + first.len();
            out = format!("{words}{}", &out[at..]);
        }
        out
    }

    /// Gives some words a name.
    ///
    /// # Errors
    /// For the name of a command, or a name with white space or marks.
    pub fn alias(&mut self, name: &str, words: &str) -> Result<(), CommandError> {
        let plain = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
        if !plain || is_command(name) {
            return Err(CommandError::usage(format!("`{name}` cannot be an alias"))
                .with_hint("choose one word that is not the name of a command"));
        }
        line::split(words).map_err(|open| CommandError::usage(open.to_string()))?;
        self.aliases.insert(name.to_owned(), words.to_owned());
        Ok(())
    }
}

fn is_command(name: &str) -> bool {
    registry().iter().any(|entry| entry.name == name || entry.aliases.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_stands_for_its_words_and_never_for_a_command() {
        let mut shell = Shell::default();
        shell.alias("mine", "claims speaker:Brook").unwrap();
        shell.alias("m", "mine --limit 3").unwrap();
        shell.alias("x", "x").unwrap();
        assert_eq!(shell.expanded("  m after:2018"), "  claims speaker:Brook --limit 3 after:2018".trim_start());
        assert_eq!(shell.expanded("claims m"), "claims m");
        assert_eq!(shell.expanded("x"), "x");
        for wrong in ["claims", "a b", "", "\""] {
            assert!(shell.alias(wrong, "stats").is_err(), "{wrong}");
        }
        assert!(shell.alias("open-quotation", "find \"a").is_err());
    }
}
