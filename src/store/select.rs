//! A filter bound to fixed statements: names are looked up first, then every test is a parameter, NULL when it is not asked.

use super::error::Result;
use super::filter::{Filter, Sense, Test, Versions};
use super::names::{outlets, speakers, stories, tags};
use super::stored::name_of;
use super::{copies, day, to_json};
use crate::date::Date;
use rusqlite::{Connection, ToSql};

/// The tests on a claim `c`, for use inside a statement; the parameters are those of [`Bound::parameters`]. Days are tested so that
/// an index by days is entered where they begin.
macro_rules! claim_tests {
    () => {
        concat!(
            "c.live = 1
         AND (:copies IS NULL OR c.id NOT IN (SELECT value FROM json_each(:copies)))
         AND c.day >= ifnull(:after, '') AND c.day < ifnull(:before, '~')
         AND (:before IS NULL OR c.day <> '')
         AND (:articles IS NULL OR c.article IN (SELECT value FROM json_each(:articles)))
         AND (:not_articles IS NULL OR c.article IS NULL
              OR c.article NOT IN (SELECT value FROM json_each(:not_articles)))
         AND (:speakers IS NULL OR c.speaker IN (SELECT value FROM json_each(:speakers)))
         AND (:not_speakers IS NULL OR c.speaker IS NULL
              OR c.speaker NOT IN (SELECT value FROM json_each(:not_speakers)))
         AND (:outlets IS NULL OR c.outlet IN (SELECT value FROM json_each(:outlets)))
         AND (:not_outlets IS NULL OR c.outlet NOT IN (SELECT value FROM json_each(:not_outlets)))
         AND (:kinds IS NULL OR c.kind IN (SELECT value FROM json_each(:kinds)))
         AND (:not_kinds IS NULL OR c.kind NOT IN (SELECT value FROM json_each(:not_kinds)))
         AND (:quotations IS NULL OR c.quotation IN (SELECT value FROM json_each(:quotations)))
         AND (:not_quotations IS NULL OR c.quotation NOT IN (SELECT value FROM json_each(:not_quotations)))
         AND (:text IS NULL OR c.id IN (SELECT rowid FROM claim_words WHERE claim_words MATCH :text))
         AND (:not_text IS NULL OR c.id NOT IN (SELECT rowid FROM claim_words WHERE claim_words MATCH :not_text))
         AND (:not_on IS NULL OR NOT EXISTS (
              SELECT 1 FROM json_each(:not_on) n WHERE c.day >= n.value ->> 0 AND c.day < n.value ->> 1))
         AND (:stories IS NULL OR c.id IN (
              SELECT claim FROM story_claim WHERE story IN (SELECT value FROM json_each(:stories))))
         AND (:not_stories IS NULL OR c.id NOT IN (
              SELECT claim FROM story_claim WHERE story IN (SELECT value FROM json_each(:not_stories))))
         AND (:verdicts IS NULL
              OR c.id IN (SELECT v.claim FROM verdict_in_force v WHERE 1
                          AND (lower(v.rating) IN (SELECT value FROM json_each(:verdicts))
                               OR 'any' IN (SELECT value FROM json_each(:verdicts))))
              OR ('none' IN (SELECT value FROM json_each(:verdicts))
                  AND c.id NOT IN (SELECT claim FROM verdict WHERE current = 1)))
         AND (:not_verdicts IS NULL
              OR (c.id NOT IN (SELECT v.claim FROM verdict_in_force v WHERE 1
                               AND (lower(v.rating) IN (SELECT value FROM json_each(:not_verdicts))
                                    OR 'any' IN (SELECT value FROM json_each(:not_verdicts))))
                  AND ('none' NOT IN (SELECT value FROM json_each(:not_verdicts))
                       OR c.id IN (SELECT claim FROM verdict WHERE current = 1))))
         AND (:said IS NULL OR c.status IN (SELECT value FROM json_each(:said)))
         AND (:not_said IS NULL OR c.status NOT IN (SELECT value FROM json_each(:not_said)))
         AND (:statuses IS NULL OR c.id IN (SELECT value FROM json_each(:statuses)))
         AND (:not_statuses IS NULL OR c.id NOT IN (SELECT value FROM json_each(:not_statuses)))
         AND (:tags IS NULL
              OR c.id IN (SELECT t.claim FROM tag t WHERE t.current = 1 AND t.act = 'add'
                          AND t.fold IN (SELECT value FROM json_each(:tags)))
              OR c.article IN (SELECT t.article FROM tag t WHERE t.current = 1 AND t.act = 'add'
                               AND t.fold IN (SELECT value FROM json_each(:tags))))
         AND (:not_tags IS NULL
              OR NOT EXISTS (SELECT 1 FROM tag t WHERE (t.claim = c.id OR t.article = c.article) AND t.current = 1
                             AND t.act = 'add' AND t.fold IN (SELECT value FROM json_each(:not_tags))))"
        )
    };
}
pub(super) use claim_tests;

/// The values of several terms of one key: those that must hold and those that must not, as JSON lists.
#[derive(Debug, Clone, Default)]
pub(super) struct Either {
    pub is: Option<String>,
    pub not: Option<String>,
}

impl Either {
    fn add(&mut self, sense: Sense, values: impl IntoIterator<Item = serde_json::Value>) {
        let side = if sense == Sense::Is { &mut self.is } else { &mut self.not };
        let list = side.get_or_insert_with(|| "[]".to_owned());
        for value in values {
            list.pop();
            if list.len() > 1 {
                list.push(',');
            }
            list.push_str(&value.to_string());
            list.push(']');
        }
    }

    pub fn is_empty(&self) -> bool {
        self.is.is_none() && self.not.is_none()
    }
}

/// A filter with its names looked up, ready to be bound.
#[derive(Debug, Clone, Default)]
pub(super) struct Bound {
    pub speakers: Either,
    pub outlets: Either,
    pub stories: Either,
    pub articles: Either,
    pub kinds: Either,
    pub quotations: Either,
    /// Claims with a relation that stands as asked.
    pub statuses: Either,
    pub said: Either,
    pub verdicts: Either,
    pub tags: Either,
    pub text: Either,
    pub after: Option<String>,
    pub before: Option<String>,
    pub not_on: Either,
    /// Claims that stand for another: see `copies`.
    pub copies: Option<String>,
    pub limit: i64,
}

impl Bound {
    /// Looks the names of a filter up.
    ///
    /// # Errors
    /// [`StoreError::NoSuchName`] or [`StoreError::NoSuchId`] for a speaker, outlet or story that is not there.
    pub fn new(connection: &Connection, filter: &Filter) -> Result<Self> {
        let limit = filter.limit.map_or(-1, |limit| i64::try_from(limit).unwrap_or(i64::MAX));
        let mut bound = Self { limit, ..Self::default() };
        for term in &filter.terms {
            bound.add(connection, term.sense, &term.test)?;
        }
        for statuses in [&mut bound.statuses.is, &mut bound.statuses.not].into_iter().flatten() {
            *statuses = super::relation_rows::claims_standing(connection, statuses)?;
        }
        if filter.versions == Versions::Once {
            let left_out: Vec<i64> = copies::left_out(connection, &bound)?.iter().map(|id| id.0).collect();
            bound.copies = Some(to_json(&left_out)?);
        }
        Ok(bound)
    }

    fn add(&mut self, connection: &Connection, sense: Sense, test: &Test) -> Result<()> {
        let one = |name: String| [serde_json::Value::from(name)];
        match test {
            Test::Speaker(name) => self.speakers.add(sense, speakers(connection, name)?),
            Test::Outlet(name) => self.outlets.add(sense, outlets(connection, name)?),
            Test::Story(name) => self.stories.add(sense, stories(connection, name)?),
            Test::Article(id) => self.articles.add(sense, [id.0.into()]),
            Test::Kind(kind) => self.kinds.add(sense, one(name_of(kind))),
            Test::Quotation(quotation) => self.quotations.add(sense, one(name_of(quotation))),
            Test::Status(status) => self.statuses.add(sense, one(name_of(status))),
            Test::Said(status) => self.said.add(sense, one(name_of(status))),
            Test::Verdict(rating) => self.verdicts.add(sense, one(rating.to_lowercase())),
            Test::Tag(name) => self.tags.add(sense, tags(connection, name)?),
            Test::Text(words) => self.add_text(sense, words),
            Test::After(date) if sense == Sense::Is => self.from(day(Some(*date))),
            Test::After(date) => self.until(day(Some(*date))),
            Test::Before(date) if sense == Sense::Is => self.until(day(Some(*date))),
            Test::Before(date) => self.from(day(Some(*date))),
            Test::On(date) if sense == Sense::Is => {
                self.from(day(Some(*date)));
                self.until(next_day(*date));
            }
            Test::On(date) => {
                let range = serde_json::json!([day(Some(*date)), next_day(*date)]);
                self.not_on.add(Sense::Is, [range]);
            }
        }
        Ok(())
    }

    fn from(&mut self, first: String) {
        self.after = Some(self.after.take().map_or(first.clone(), |before| before.max(first)));
    }

    fn until(&mut self, end: String) {
        self.before = Some(self.before.take().map_or(end.clone(), |before| before.min(end)));
    }

    fn add_text(&mut self, sense: Sense, words: &str) {
        let Some(phrase) = phrase(words) else { return };
        let (side, join) = if sense == Sense::Is { (&mut self.text.is, " AND ") } else { (&mut self.text.not, " OR ") };
        *side = Some(side.take().map_or(phrase.clone(), |before| format!("{before}{join}{phrase}")));
    }

    /// Tells whether any test needs the claims, and not the articles alone.
    pub fn asks_claims(&self) -> bool {
        let parts = [&self.speakers, &self.kinds, &self.quotations, &self.statuses, &self.said, &self.verdicts];
        parts.iter().any(|part| !part.is_empty())
    }

    /// Tells whether everything is let through.
    pub fn is_open(&self) -> bool {
        !self.asks_claims()
            && [&self.outlets, &self.stories, &self.articles, &self.tags, &self.text, &self.not_on]
                .iter()
                .all(|part| part.is_empty())
            && self.after.is_none()
            && self.before.is_none()
    }

    /// Returns the parameters that [`claim_tests`] names.
    pub fn parameters(&self) -> Vec<(&'static str, &dyn ToSql)> {
        vec![
            (":copies", &self.copies),
            (":after", &self.after),
            (":before", &self.before),
            (":articles", &self.articles.is),
            (":not_articles", &self.articles.not),
            (":speakers", &self.speakers.is),
            (":not_speakers", &self.speakers.not),
            (":outlets", &self.outlets.is),
            (":not_outlets", &self.outlets.not),
            (":kinds", &self.kinds.is),
            (":not_kinds", &self.kinds.not),
            (":quotations", &self.quotations.is),
            (":not_quotations", &self.quotations.not),
            (":text", &self.text.is),
            (":not_text", &self.text.not),
            (":not_on", &self.not_on.is),
            (":stories", &self.stories.is),
            (":not_stories", &self.stories.not),
            (":verdicts", &self.verdicts.is),
            (":not_verdicts", &self.verdicts.not),
            (":statuses", &self.statuses.is),
            (":not_statuses", &self.statuses.not),
            (":said", &self.said.is),
            (":not_said", &self.said.not),
            (":tags", &self.tags.is),
            (":not_tags", &self.tags.not),
        ]
    }
}

fn next_day(date: Date) -> String {
    let last = date.last();
    last.succ_opt().unwrap_or(last).format("%Y-%m-%d").to_string()
}

/// Turns words into one phrase of a full-text query; a `*` at the end finds longer words too. `None` without a letter or digit.
pub(super) fn phrase(words: &str) -> Option<String> {
    if !words.chars().any(char::is_alphanumeric) {
        return None;
    }
    let (words, star) = words.strip_suffix('*').map_or((words, ""), |stem| (stem, " *"));
    Some(format!("\"{}\"{star}", words.replace('"', "\"\"").replace('\0', " ")))
}
