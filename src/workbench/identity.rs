//! Who a speaker of an article is over all articles.
//!
//! A full name is the person of that full name; a surname alone is the one person on the desk who bears it, and, when two
//! could be meant, a speaker of its own with a merge suggested for each. Unnamed sources belong to their article alone.
//! Nothing is merged here: that is a person's decision.

use super::Result;
use crate::article::Article;
use crate::attribution::Category;
use crate::claim::Claimant;
use crate::lexicon::people;
use crate::lexicon::tables;
use crate::lexicon::words::modifies_title;
use crate::matching::{Likeness, Name};
use crate::score::Score;
use crate::store::claims::Resolved;
use crate::store::id::{ArticleId, OperationId, SpeakerId};
use crate::store::speakers::{Bearer, NewSpeaker};
use crate::store::stored::name_of;
use crate::store::{Writer, fold};
use std::collections::BTreeMap;

/// A place has at least so many letters before the ending of its people.
const SHORTEST_STEM: usize = 3;

/// The speakers of one article while it is loaded.
pub(super) struct Identities<'a> {
    writer: &'a Writer<'a>,
    article: ArticleId,
    operation: OperationId,
    day: String,
    /// The article's.
    text: &'a str,
    known: BTreeMap<(String, String), (SpeakerId, Resolved)>,
}

impl<'a> Identities<'a> {
    pub fn new(writer: &'a Writer<'a>, article: ArticleId, operation: OperationId, of: &'a Article) -> Self {
        let day = of.published.map(|date| date.first().format("%Y-%m-%d").to_string()).unwrap_or_default();
        Self { writer, article, operation, day, text: of.text.as_str(), known: BTreeMap::new() }
    }

    /// Returns the speaker behind a claimant, a new one when nobody on the desk is meant for sure.
    pub fn resolve(&mut self, claimant: &Claimant) -> Result<(SpeakerId, Resolved)> {
        let key = (claimant.name.clone(), name_of(&claimant.category));
        if let Some(found) = self.known.get(&key) {
            return Ok(*found);
        }
        // An adjective is nobody: "Kestrian" is Kestria, where the article names it.
        let found = match (claimant.category, self.place(&claimant.name)) {
            (Category::Anonymous, _) => self.unnamed(&claimant.name, Category::Anonymous)?,
            (category, None) if is_nameless(&claimant.name, category) => self.unnamed(&claimant.name, category)?,
            (_, Some(place)) => self.body(&place, Category::Government)?,
            (Category::Person, None) => self.person(claimant)?,
            (other, None) => self.body(&claimant.name, other)?,
        };
        self.describe(found.0, claimant)?;
        self.known.insert(key, found);
        Ok(found)
    }

    fn person(&self, claimant: &Claimant) -> Result<(SpeakerId, Resolved)> {
        called(self.writer, &claimant.name, claimant.title.as_deref(), self.operation)
    }

    /// Returns the place that a single word for its people is made of, when the article names that place.
    fn place(&self, name: &str) -> Option<String> {
        if name.contains(char::is_whitespace) || !name.starts_with(char::is_uppercase) {
            return None;
        }
        let places = tables::DEMONYM_ENDINGS.rows().filter_map(|row| {
            let stem = name.strip_suffix(*row.first()?)?;
            (stem.chars().count() >= SHORTEST_STEM)
                .then(|| format!("{stem}{}", row.get(1).copied().unwrap_or_default()))
        });
        places.into_iter().find(|place| names(self.text, place))
    }

    fn unnamed(&self, written: &str, category: Category) -> Result<(SpeakerId, Resolved)> {
        let folded = fold(written);
        if let Some(speaker) = self.writer.unnamed(&folded, self.article)? {
            return Ok((speaker, Resolved::Name));
        }
        let category = name_of(&category);
        let article = Some(self.article);
        let new = NewSpeaker { name: written, fold: &folded, surname: "", category: &category, article };
        Ok((self.writer.add_speaker(&new, self.operation)?, Resolved::New))
    }

    fn body(&self, written: &str, category: Category) -> Result<(SpeakerId, Resolved)> {
        let folded = fold(written);
        let folded = folded.strip_prefix("the ").unwrap_or(&folded);
        let person = name_of(&Category::Person);
        let bearers = self.writer.bearers(folded)?;
        if let Some(bearer) = bearers.iter().find(|bearer| bearer.category != person) {
            return Ok((bearer.id, Resolved::Name));
        }
        let category = name_of(&category);
        let new = NewSpeaker { name: written, fold: folded, surname: "", category: &category, article: None };
        Ok((self.writer.add_speaker(&new, self.operation)?, Resolved::New))
    }

    /// Keeps the title and the other forms of the name that this article uses; descriptions ("the spokesman") are no names.
    fn describe(&self, speaker: SpeakerId, claimant: &Claimant) -> Result<()> {
        if let Some(title) = claimant.title.as_deref().filter(|title| !title.is_empty()) {
            self.writer.add_title(speaker, title, self.article, &self.day)?;
        }
        let first_is_capital = |name: &&String| name.chars().next().is_some_and(char::is_uppercase);
        let person = claimant.category == Category::Person;
        let last = Name::new(&claimant.name).last().to_owned();
        for alias in claimant.aliases.iter().filter(first_is_capital) {
            // Another form of a person's name keeps the surname; "The diplomat" does not.
            if !person || Name::new(alias).last() == last {
                self.writer.add_article_alias(speaker, alias, self.operation)?;
            }
        }
        Ok(())
    }
}

/// Tells whether a group, a text or a body has no name, so that the "officials" of two articles are not one speaker.
fn is_nameless(name: &str, category: Category) -> bool {
    let common = |word: &str| {
        let lower = word.to_lowercase();
        let noun = people::role(&lower).is_some() || people::collective(&lower).is_some();
        noun || people::determiner(&lower).is_some() || people::pronoun(&lower).is_some()
    };
    let named = |word: &str| word.starts_with(char::is_uppercase) && !common(word);
    let known =
        people::place(name).is_some() || people::organisation(name).is_some() || people::metonym(name).is_some();
    match category {
        Category::Group | Category::Document => !known && !name.split(' ').any(named),
        Category::Organization => !name.contains(char::is_uppercase),
        _ => false,
    }
}

/// Tells whether a text has a word, whole and as written.
fn names(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let apart = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        apart(text[..at].chars().next_back()) && apart(text[at + word.len()..].chars().next())
    })
}

/// Of several people of one name the one whose titles share a word with this one's, when it is only one.
fn by_title<'a>(writer: &Writer<'_>, bearers: &'a [Bearer], title: Option<&str>) -> Result<Option<&'a Bearer>> {
    let words =
        |title: &str| fold(title).split(' ').filter(|word| tells_apart(word)).map(str::to_owned).collect::<Vec<_>>();
    let own = words(title.unwrap_or_default());
    let mut fitting = Vec::new();
    for bearer in bearers {
        let titles = writer.titles_of(bearer.id)?;
        if titles.iter().flat_map(|title| words(title)).any(|word| own.contains(&word)) {
            fitting.push(bearer);
        }
    }
    Ok(if let [one] = fitting.as_slice() { Some(one) } else { None })
}

/// Tells whether a word of a title says who bears it.
fn tells_apart(word: &str) -> bool {
    word.len() > 2 && people::determiner(word).is_none() && !modifies_title(word) && people::name_part(word).is_none()
}

/// Returns the person of a name.
pub(super) fn person(writer: &Writer<'_>, written: &str, operation: OperationId) -> Result<(SpeakerId, Resolved)> {
    called(writer, written, None, operation)
}

/// Returns the person of a name; the title tells apart two who bear the same.
fn called(
    writer: &Writer<'_>,
    written: &str,
    title: Option<&str>,
    operation: OperationId,
) -> Result<(SpeakerId, Resolved)> {
    let name = Name::new(written);
    // Father and son are two people.
    let full = [name.full().as_str(), name.suffix()].join(" ").trim_end().to_owned();
    let category = name_of(&Category::Person);
    let is_person = |bearer: &Bearer| bearer.category == category || bearer.category.is_empty();
    let exact: Vec<Bearer> = writer.bearers(&full)?.into_iter().filter(is_person).collect();
    if name.has_given() {
        let meant = if exact.len() > 1 { by_title(writer, &exact, title)? } else { exact.first() };
        if let Some(bearer) = meant {
            return Ok((bearer.id, Resolved::Name));
        }
    }
    let namesakes = writer.of_surname(name.last())?;
    let may_be: Vec<(Likeness, &Bearer)> = namesakes
        .iter()
        .map(|bearer| (name.compare(&Name::new(&bearer.name)), bearer))
        .filter(|(likeness, _)| likeness.may_be_one())
        .collect();
    // The same but for initials and middle names is one person, when only one on the desk can be meant.
    let surely: Vec<&Bearer> =
        may_be.iter().map(|(_, bearer)| *bearer).filter(|b| name.is_surely(&Name::new(&b.name))).collect();
    if let ([], [one]) = (exact.as_slice(), surely.as_slice()) {
        return Ok((one.id, Resolved::Name));
    }
    if !name.has_given() {
        match (exact.as_slice(), may_be.as_slice()) {
            ([one], _) => return Ok((one.id, Resolved::Name)),
            ([], [(_, one)]) => return Ok((one.id, Resolved::Surname)),
            // "President Holt": of several Holts the one who bears the title.
            ([], several) => {
                let several: Vec<Bearer> = several.iter().map(|(_, bearer)| (*bearer).clone()).collect();
                if let Some(one) = by_title(writer, &several, title)? {
                    return Ok((one.id, Resolved::Surname));
                }
            }
            _ => {}
        }
    }
    let new = NewSpeaker { name: written, fold: &full, surname: name.last(), category: &category, article: None };
    let speaker = writer.add_speaker(&new, operation)?;
    for (likeness, bearer) in may_be {
        let (score, because) = match likeness {
            Likeness::Same if exact.len() > 1 => (0.5, "one name, which several people on the desk bear"),
            Likeness::Same => (0.9, "one surname, and given names that go together"),
            Likeness::Misspelt => (0.7, "names differ by one typo"),
            _ => (0.6, "one surname, and one of the two has no given name"),
        };
        // The fuller name is the one to keep.
        let fuller = name.has_given() && !Name::new(&bearer.name).has_given();
        let (from, into) = if fuller { (bearer.id, speaker) } else { (speaker, bearer.id) };
        writer.suggest_merge(from, into, Score::new(score), because, operation)?;
    }
    Ok((speaker, Resolved::New))
}

/// Returns the speaker that an import names: whoever is called so on the desk, and otherwise a new one. What others call a
/// speaker need not be a person ("Facebook posts"), so a surname alone is never taken for somebody.
pub(super) fn imported(writer: &Writer<'_>, written: &str, operation: OperationId) -> Result<(SpeakerId, Resolved)> {
    let folded = fold(written);
    let body = folded.strip_prefix("the ").unwrap_or(&folded);
    let full = Name::new(written).full();
    for called in [full.as_str(), body] {
        if let Some(bearer) = writer.bearers(called)?.first() {
            return Ok((bearer.id, Resolved::Name));
        }
    }
    let new = NewSpeaker { name: written, fold: body, surname: "", category: "", article: None };
    Ok((writer.add_speaker(&new, operation)?, Resolved::New))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_name_belongs_to_its_article() {
        for (name, category) in [
            ("Officials", Category::Group),
            ("black voters", Category::Group),
            ("report", Category::Document),
            ("campaign", Category::Organization),
        ] {
            assert!(is_nameless(name, category), "{name}");
        }
        for (name, category) in [
            ("Republicans", Category::Group),
            ("Holt supporters", Category::Group),
            ("Harbour News poll", Category::Document),
            ("Holt campaign", Category::Organization),
            ("officials", Category::Government),
        ] {
            assert!(!is_nameless(name, category), "{name}");
        }
    }

    #[test]
    fn small_words_of_a_title_tell_nobody_apart() {
        assert!(["president", "harbour", "sen"].iter().all(|word| tells_apart(word)));
        assert!(!["the", "former", "for", "of"].iter().any(|word| tells_apart(word)));
    }
}
