//! The words that narrow a list: filters, and how many rows a person wants to see.

use super::{CommandError, Session};
use crate::report::view::Format;
use crate::store::filter::{Filter, Order};

/// Rows that a person is shown unless more are asked for.
pub const SHOWN: usize = 100;

/// The arguments of every command that lists things.
#[derive(Debug, Clone, clap::Args)]
pub struct Narrow {
    /// Only what matches: speaker:Brook after:2018-06 not:outlet:wire (see `help filters`)
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    /// Show at most this many, the newest
    #[arg(long, value_name = "NUMBER")]
    limit: Option<usize>,
    /// Show them all
    #[arg(long, conflicts_with = "limit")]
    all: bool,
}

impl Narrow {
    /// Narrows to one word of a filter.
    pub fn to(word: String) -> Self {
        Self { filter: vec![word], limit: None, all: false }
    }

    /// Takes the words `key:value` out whose values are wanted, and returns these.
    pub fn take(&mut self, key: &str, wanted: impl Fn(&str) -> bool) -> Vec<String> {
        let value = |word: &str| Some(word.strip_prefix(key)?.strip_prefix(':')?.trim_matches('"').to_owned());
        let values = self.filter.iter().filter_map(|word| value(word)).filter(|value| wanted(value)).collect();
        self.filter.retain(|word| !value(word).is_some_and(|value| wanted(&value)));
        values
    }

    /// Returns the filter without any limit.
    ///
    /// # Errors
    /// When a word is no filter.
    pub fn whole(&self, session: &mut Session) -> Result<Filter, CommandError> {
        session.filter(&self.filter)
    }

    /// Returns how many rows are wanted: what was asked for, else a hundred for a person and all for a program.
    pub fn limit(&self, session: &Session) -> Option<usize> {
        self.limit_or(session, SHOWN)
    }

    /// As [`Narrow::limit`], with another number for a person who asked for none.
    pub fn limit_or(&self, session: &Session, shown: usize) -> Option<usize> {
        match self.limit {
            None if self.all || session.mode() != Format::Table => None,
            None => Some(shown),
            limit => limit,
        }
    }

    /// Returns the filter that takes the newest rows up to the limit, one more than that to tell whether there are more.
    ///
    /// # Errors
    /// When a word is no filter.
    pub fn newest(&self, session: &mut Session) -> Result<Filter, CommandError> {
        let filter = self.whole(session)?;
        Ok(match self.limit(session) {
            Some(limit) => filter.limited(limit.saturating_add(1), Order::Newest),
            None => filter,
        })
    }
}

/// Rows in order of time, and whether some older ones were left out.
#[derive(Debug)]
pub struct Page<T> {
    pub rows: Vec<T>,
    pub more: bool,
}

impl<T> Page<T> {
    /// Makes a page of rows that came newest first when there was a limit.
    pub fn new(mut rows: Vec<T>, limit: Option<usize>) -> Self {
        let Some(limit) = limit else { return Self { rows, more: false } };
        let more = rows.len() > limit;
        rows.truncate(limit);
        rows.reverse();
        Self { rows, more }
    }

    /// Says that only the newest rows are shown, where that is so.
    pub fn hint(&self) -> Option<String> {
        let shown = self.rows.len();
        self.more.then(|| format!("the newest {shown} are shown; narrow the list with filters, or use --all"))
    }
}
