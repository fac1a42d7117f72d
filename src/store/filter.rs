//! Filters, the same everywhere: `speaker:Wells story:talks after:2018-06-01 status:suggested not:outlet:VOA pipeline`.
//!
//! Several values of one key widen (`outlet:VOA outlet:BBC`: either), different keys narrow; bare words are searched in the
//! claims. `after:` takes the day itself in, `before:` leaves it out, `on:` is the whole day, month or year. A filter is
//! only read here; the store binds it to fixed statements.
//!
//! ```
//! use onrecord::store::filter::Filter;
//! let today = chrono::NaiveDate::from_ymd_opt(2018, 7, 6).unwrap();
//! let filter = Filter::parse(&["speaker:\"Alice Wells\"", "after:2018-06", "not:status:rejected", "ceasefire"], today);
//! assert_eq!(filter.unwrap().to_string(), "speaker:\"Alice Wells\" after:2018-06 not:status:rejected ceasefire");
//! assert!(Filter::parse(&["speeker:Wells"], today).unwrap_err().to_string().contains("speaker:"));
//! ```

use super::id::{AnyId, ArticleId};
use super::rows::Status;
use super::stored::{name_of, value_of};
use crate::attribution::{Kind, Quotation};
use crate::date::Date;
use chrono::NaiveDate;

/// Every key with what it takes, in the order help shows them.
pub const KEYS: [(&str, &str); 15] = [
    ("speaker", "a name, an alias or an id: speaker:Wells, speaker:p7; any name that holds it: speaker:~Wells"),
    ("outlet", "outlet:Reuters"),
    ("story", "a name or an id: story:talks, story:s2"),
    ("article", "article:a12"),
    ("kind", "statement, denial, question, demand, promise, forecast, belief, refusal, accusation"),
    ("quotation", "direct, mixed, indirect"),
    (
        "status",
        "suggested, confirmed, rejected, or whether it was said: asserted, negated, conditional, asked, future, disputed, retracted, joking, unsettled",
    ),
    ("tag", "tag:budget"),
    ("filter", "a filter that was saved under a name: filter:morning"),
    ("verdict", "a rating, `any` or `none`: verdict:false"),
    ("after", "on that day or later: after:2018-06-01, after:\"last week\""),
    ("before", "before that day: before:2018-07"),
    ("on", "that day, month or year: on:2018-07-05, on:2018"),
    ("text", "words that occur in the claim: text:pipeline (a bare word does the same)"),
    ("not", "turns any of them round: not:outlet:VOA"),
];

/// Whether a test must hold or must not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    Is,
    Not,
}

/// What one term asks of a claim, an article or a relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    Speaker(String),
    Outlet(String),
    Story(String),
    Article(ArticleId),
    Kind(Kind),
    Quotation(Quotation),
    Status(Status),
    /// Whether the article asserts that it was said.
    Said(crate::attribution::Status),
    Verdict(String),
    Tag(String),
    After(Date),
    Before(Date),
    On(Date),
    Text(String),
}

/// One term of a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub sense: Sense,
    pub test: Test,
}

/// Which end a list with a limit keeps; the rows come in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// By day, then by id.
    #[default]
    Oldest,
    Newest,
}

/// How a claim that several versions of an article hold word for word is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Versions {
    /// As often as it stands there.
    #[default]
    Each,
    /// Once, from the newest version that the filter lets through; what a person has worked with is never left out.
    Once,
}

/// What a list is narrowed to; the default lets everything through.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    pub terms: Vec<Term>,
    pub versions: Versions,
    /// The most rows a list gives; `None` for all.
    pub limit: Option<usize>,
    pub order: Order,
}

/// Why words are no filter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FilterError {
    #[error("unknown filter `{key}:`{}", nearest.as_ref().map(|near| format!("; did you mean `{near}:`?")).unwrap_or_default())]
    Key { key: String, nearest: Option<String> },
    #[error("`{key}:` wants a value: {takes}")]
    Empty { key: String, takes: &'static str },
    #[error("`{key}:{value}` is not understood: it takes {takes}{}", nearest.as_ref().map(|near| format!("; did you mean `{near}`?")).unwrap_or_default())]
    Value { key: String, value: String, takes: &'static str, nearest: Option<String> },
    #[error("there is no such day: `{key}:{value}`")]
    NoDay { key: String, value: String },
    #[error("a quotation mark is not closed in `{0}`")]
    Unclosed(String),
}

impl Filter {
    /// Reads a filter from words that are split already (`speaker:Alice Wells` may be one of them).
    ///
    /// # Errors
    /// [`FilterError`] names the key and suggests the nearest.
    pub fn parse(words: &[impl AsRef<str>], today: NaiveDate) -> Result<Self, FilterError> {
        let terms = words.iter().filter(|word| !word.as_ref().trim().is_empty());
        let terms = terms.map(|word| Term::parse(word.as_ref(), today)).collect::<Result<_, _>>()?;
        Ok(Self { terms, ..Self::default() })
    }

    /// Reads a filter from one line; quotation marks hold words together.
    ///
    /// # Errors
    /// As [`Filter::parse`], and for a quotation mark that is not closed.
    pub fn parse_line(line: &str, today: NaiveDate) -> Result<Self, FilterError> {
        let words = shlex::split(line).ok_or_else(|| FilterError::Unclosed(line.to_owned()))?;
        Self::parse(&words, today)
    }

    /// Adds a term that must hold.
    #[must_use]
    pub fn with(mut self, test: Test) -> Self {
        self.terms.push(Term { sense: Sense::Is, test });
        self
    }

    /// Returns what the filter asks of articles alone: those that were read for it, whatever their claims say.
    #[must_use]
    pub fn of_articles(&self) -> Self {
        let asks = |term: &&Term| {
            let Term { test, .. } = term;
            matches!(
                test,
                Test::Outlet(_) | Test::Story(_) | Test::Article(_) | Test::After(_) | Test::Before(_) | Test::On(_)
            )
        };
        Self { terms: self.terms.iter().filter(asks).cloned().collect(), ..Self::default() }
    }

    /// Keeps at most so many rows, from the end that `order` names.
    #[must_use]
    pub const fn limited(mut self, limit: usize, order: Order) -> Self {
        self.limit = Some(limit);
        self.order = order;
        self
    }

    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }
}

/// Returns the name of a saved filter that a word stands for: `filter:morning`. Whoever reads a filter puts the saved
/// words in its place first.
pub fn saved_name(word: &str) -> Option<String> {
    let (key, rest) = split_key(word.trim())?;
    (key == "filter" && !rest.is_empty()).then(|| unquote(rest).to_owned())
}

impl Term {
    fn parse(word: &str, today: NaiveDate) -> Result<Self, FilterError> {
        let word = word.trim();
        let Some((key, rest)) = split_key(word) else {
            return Ok(Self { sense: Sense::Is, test: Test::parse("text", unquote(word), today)? });
        };
        if key != "not" {
            return Ok(Self { sense: Sense::Is, test: Test::parse(&key, unquote(rest), today)? });
        }
        let Some((key, rest)) = split_key(rest) else {
            let test = Test::parse("text", unquote(rest), today)?;
            return Ok(Self { sense: Sense::Not, test });
        };
        Ok(Self { sense: Sense::Not, test: Test::parse(&key, unquote(rest), today)? })
    }
}

/// Splits `key:value`; a word whose key is not made of letters (`12:30`, `https://…`) is no term with a key.
fn split_key(word: &str) -> Option<(String, &str)> {
    let (key, rest) = word.split_once(':')?;
    let named = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphabetic()) && !rest.starts_with("//");
    named.then(|| (key.to_ascii_lowercase(), rest.trim()))
}

fn unquote(value: &str) -> &str {
    let value = value.trim();
    for (open, close) in [("\"", "\""), ("'", "'"), ("“", "”")] {
        if let Some(inner) = value.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)) {
            return inner.trim();
        }
    }
    value
}

impl Test {
    fn parse(key: &str, value: &str, today: NaiveDate) -> Result<Self, FilterError> {
        let Some((_, takes)) = KEYS.iter().find(|(name, _)| *name == key && *name != "not") else {
            let nearest = nearest(key, KEYS.iter().map(|(name, _)| *name));
            return Err(FilterError::Key { key: key.to_owned(), nearest });
        };
        if value.is_empty() {
            return Err(FilterError::Empty { key: key.to_owned(), takes });
        }
        let wrong = |nearest| FilterError::Value { key: key.to_owned(), value: value.to_owned(), takes, nearest };
        let lower = value.to_lowercase();
        let named = || wrong(nearest(&lower, takes.split(", ")));
        let date = || {
            crate::date::parse_by_person(value, today).ok_or_else(|| {
                let (key, value) = (key.to_owned(), value.to_owned());
                if crate::date::is_no_day(&value, today) {
                    return FilterError::NoDay { key, value };
                }
                let takes = "a date such as 2018-07-05, 2018-07, \"July 5\" or \"last week\"";
                FilterError::Value { key, value, takes, nearest: None }
            })
        };
        Ok(match key {
            "speaker" => Self::Speaker(value.to_owned()),
            "outlet" => Self::Outlet(value.to_owned()),
            "story" => Self::Story(value.to_owned()),
            "article" => match value.parse() {
                Ok(AnyId::Article(id)) => Self::Article(id),
                _ => return Err(wrong(None)),
            },
            "kind" => Self::Kind(value_of(&lower).ok_or_else(named)?),
            "quotation" => Self::Quotation(value_of(&lower).ok_or_else(named)?),
            "status" => match value_of(&lower) {
                Some(status) => Self::Status(status),
                None => Self::Said(value_of(&lower).ok_or_else(named)?),
            },
            "verdict" => Self::Verdict(value.to_owned()),
            "tag" => Self::Tag(value.to_owned()),
            "filter" => return Err(wrong(None)),
            "after" => Self::After(date()?),
            "before" => Self::Before(date()?),
            "on" => Self::On(date()?),
            _ => Self::Text(value.to_owned()),
        })
    }

    /// Returns the key and the value as a person would write them.
    fn written(&self) -> (&'static str, String) {
        match self {
            Self::Speaker(name) => ("speaker", name.clone()),
            Self::Outlet(name) => ("outlet", name.clone()),
            Self::Story(name) => ("story", name.clone()),
            Self::Article(id) => ("article", id.to_string()),
            Self::Kind(kind) => ("kind", name_of(kind)),
            Self::Quotation(quotation) => ("quotation", name_of(quotation)),
            Self::Status(status) => ("status", name_of(status)),
            Self::Said(status) => ("status", name_of(status)),
            Self::Verdict(rating) => ("verdict", rating.clone()),
            Self::Tag(name) => ("tag", name.clone()),
            Self::After(date) => ("after", date.to_string()),
            Self::Before(date) => ("before", date.to_string()),
            Self::On(date) => ("on", date.to_string()),
            Self::Text(words) => ("text", words.clone()),
        }
    }
}

/// Returns the nearest of some names when it is near enough to be meant.
pub fn nearest<'a>(written: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let near = names.map(|name| (strsim::damerau_levenshtein(written, name), name)).min()?;
    (near.0 <= 1 + near.1.len() / 4).then(|| near.1.to_owned())
}

/// Writes a word so that it is read as one, whatever marks stand in it.
fn quote(word: &str) -> std::borrow::Cow<'_, str> {
    // Only NUL cannot be quoted, and a filter that holds it finds nothing.
    shlex::try_quote(word).unwrap_or(std::borrow::Cow::Borrowed(word))
}

impl std::fmt::Display for Filter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (number, term) in self.terms.iter().enumerate() {
            let space = if number > 0 { " " } else { "" };
            let not = if term.sense == Sense::Not { "not:" } else { "" };
            let (key, value) = term.test.written();
            // Marks around the whole value would be taken off when it is read.
            let value = if unquote(&value) == value { value } else { format!("\"{value}\"") };
            let bare = matches!(term.test, Test::Text(_)) && term.sense == Sense::Is && split_key(&value).is_none();
            let key = if bare { String::new() } else { format!("{not}{key}:") };
            let marked = value.contains(['"', '\'', '\\', '#']) || value.contains(char::is_control);
            match (marked, value.contains(char::is_whitespace)) {
                (true, _) => write!(f, "{space}{}", quote(&format!("{key}{value}")))?,
                (false, true) if bare => write!(f, "{space}text:\"{value}\"")?,
                (false, true) => write!(f, "{space}{key}\"{value}\"")?,
                (false, false) => write!(f, "{space}{key}{value}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2018, 7, 6).unwrap()
    }

    /// What is written is read, and written again the same way.
    fn check(line: &str, expected: &str) {
        let filter = Filter::parse_line(line, today()).unwrap();
        assert_eq!(filter.to_string(), expected);
        assert_eq!(Filter::parse_line(expected, today()).unwrap(), filter, "{expected}");
    }

    fn fails(line: &str, expected: &str) {
        let error = Filter::parse_line(line, today()).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }

    #[test]
    fn terms_keep_their_keys_and_values() {
        check("speaker:Wells outlet:VOA", "speaker:Wells outlet:VOA");
        check("speaker:\"Alice Wells\" story:s2 article:A12", "speaker:\"Alice Wells\" story:s2 article:a12");
        check("not:speaker:Wells not:pipeline", "not:speaker:Wells not:text:pipeline");
        check("status:negated not:status:asked", "status:negated not:status:asked");
        check("KIND:Denial quotation:direct status:Suggested", "kind:denial quotation:direct status:suggested");
        check("after:2018-06 before:2018-07-05 on:2018", "after:2018-06 before:2018-07-05 on:2018");
        check(
            "ceasefire \"two words\" 12:30 https://example.org/a:b",
            "ceasefire text:\"two words\" 12:30 https://example.org/a:b",
        );
        check("", "");
    }

    #[test]
    fn errors_name_the_key_and_the_nearest() {
        fails("speeker:Wells", "did you mean `speaker:`?");
        fails("not:outlett:VOA", "did you mean `outlet:`?");
        fails("speaker:", "`speaker:` wants a value");
        fails("kind:denail", "did you mean `denial`?");
        fails("status:open", "suggested, confirmed, rejected");
        fails("after:soon", "a date such as");
        fails("article:c3", "article:a12");
        fails("speaker:\"Alice", "not closed");
        fails("xyzzy:1", "unknown filter `xyzzy:`");
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        check("after:\"last week\"", "after:2018-06-29");
    }
}
