//! The words that narrow a list: filters, and how many rows a person wants to see.

use crate::commands::layout::count;
use crate::commands::{CommandError, Session};
use crate::report::view::Format;
use crate::store::filter::{Filter, Order, Test, Versions};
use crate::store::id::{AnyId, ClaimId};

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

/// How a list of claims takes the versions of an article.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct OfVersions {
    /// List a claim that several versions of an article hold word for word as often as it stands there, and not once
    #[arg(long)]
    all_versions: bool,
}

impl OfVersions {
    /// Returns the filter with these versions.
    pub fn of(self, filter: Filter) -> Filter {
        let versions = if self.all_versions { Versions::Each } else { Versions::Once };
        Filter { versions, ..filter }
    }

    /// Says how many claims of other versions are left out of a list.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn hint(session: &mut Session, filter: &Filter) -> Result<Option<String>, CommandError> {
        if filter.versions == Versions::Each {
            return Ok(None);
        }
        let left = session.workbench()?.count_copies(filter)?;
        let told = format!(
            "{} of other versions of an article left out, for the words are the same; --all-versions lists them",
            count(left, "claim")
        );
        Ok((left > 0).then_some(told))
    }
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

    /// Says of a bare word that a filter was saved under that name, which is called by `filter:NAME`.
    ///
    /// # Errors
    /// When the desk cannot be read.
    pub fn saved_hint(&self, session: &mut Session) -> Result<Option<String>, CommandError> {
        let saved = session.workbench()?.saved_filters()?;
        let is_word = |name: &str| self.filter.iter().any(|word| word.eq_ignore_ascii_case(name));
        let named = saved.iter().find(|filter| is_word(&filter.name));
        Ok(named.map(|filter| {
            let name = crate::commands::line::quoted(&filter.name);
            format!("the filter saved under that name is `filter:{name}`")
        }))
    }

    /// Takes the ids of claims out and returns them.
    ///
    /// # Errors
    /// When there is no such claim.
    pub fn claims(&mut self, session: &mut Session) -> Result<Vec<ClaimId>, CommandError> {
        let ids: Vec<ClaimId> = self.filter.iter().filter_map(|word| word.parse().ok()).collect();
        self.filter.retain(|word| word.parse::<ClaimId>().is_err());
        for id in &ids {
            session.workbench()?.claim(*id)?;
        }
        Ok(ids)
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

/// Says that nothing fits, and which days were looked for: "12 May" is a day of one year.
pub fn none_fits(one: &str, filter: &Filter) -> String {
    let is_day = |test: &Test| matches!(test, Test::On(_) | Test::After(_) | Test::Before(_));
    let terms: Vec<_> = filter.terms.iter().filter(|term| is_day(&term.test)).cloned().collect();
    match terms.is_empty() {
        true => format!("no {one} fits"),
        false => format!("no {one} fits; looked for {}", Filter { terms, ..Filter::default() }),
    }
}

/// Turns an id into the filter that it means; other words stay as they are.
///
/// # Errors
/// When nothing has that id, or nothing can be filtered by it.
pub fn by_id(session: &mut Session, word: &str) -> Result<String, CommandError> {
    let Ok(id) = word.parse::<AnyId>() else { return Ok(word.to_owned()) };
    let workbench = session.workbench()?;
    match id {
        AnyId::Article(id) => workbench.article(id).map(drop)?,
        AnyId::Speaker(id) => workbench.speaker(id).map(drop)?,
        AnyId::Story(id) => workbench.story_named(&id.to_string()).map(drop)?,
        _ => {
            return Err(CommandError::usage(format!("`{word}` is an id, and no list is narrowed by one of its sort"))
                .with_hint(format!("`show {word}` shows it; `text:{word}` looks for the word")));
        }
    }
    let key = match id {
        AnyId::Article(_) => "article",
        AnyId::Speaker(_) => "speaker",
        _ => "story",
    };
    Ok(format!("{key}:{word}"))
}

/// Rows in order of time or of likelihood.
#[derive(Debug)]
pub struct Page<T> {
    pub rows: Vec<T>,
    /// Which of all these are, where others were left out.
    more: Option<&'static str>,
}

impl<T> Page<T> {
    /// Makes a page of rows that came newest first when there was a limit.
    pub fn new(mut rows: Vec<T>, limit: Option<usize>) -> Self {
        let Some(limit) = limit else { return Self { rows, more: None } };
        let more = (rows.len() > limit).then_some("newest");
        rows.truncate(limit);
        rows.reverse();
        Self { rows, more }
    }

    /// Makes a page of rows that come likeliest first, and stay so.
    pub fn likeliest(mut rows: Vec<T>, limit: Option<usize>) -> Self {
        let most = limit.unwrap_or(usize::MAX);
        let more = (rows.len() > most).then_some("likeliest");
        rows.truncate(most);
        Self { rows, more }
    }

    /// Says that only some rows are shown, where that is so, and which.
    pub fn hint(&self) -> Option<String> {
        let (which, shown) = (self.more?, self.rows.len());
        Some(format!("the {which} {shown} are shown; narrow the list with filters, or use --all"))
    }
}
