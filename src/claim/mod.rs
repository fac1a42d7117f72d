//! An [`Attribution`] becomes a [`Claim`]: the record that is stored, matched and compared.
//!
//! Refuses to change a word: `words` is the text at `content`, and a date that cannot be told stays as written.

pub mod frame;
mod said;

use crate::article::{Article, BlockKind};
use crate::attribution::cues::{self, Cue};
use crate::attribution::{Attribution, Attributions, Category, Form, Kind, Quotation, Speaker, Status};
use crate::date::{Date, When};
use crate::lexicon::letters::one_line;
use crate::lexicon::people;
use crate::score::{Reason, Score};
use crate::span::{Span, Spans};
use crate::text::Document;
use serde::{Deserialize, Serialize};

/// The person, body or unnamed source behind a claim, as one article shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claimant {
    pub name: String,
    pub category: Category,
    /// The title or role the article gives, longest first mention: "Foreign Ministry spokesman".
    pub title: Option<String>,
    /// Every other form used in the article: "Faisal", "the spokesman".
    pub aliases: Vec<String>,
}

/// One attributed claim with its evidence; spans count code points of the article's text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// The exact words of the content; pieces are joined by ` [...] `.
    pub words: String,
    pub content: Spans,
    pub cue: Spans,
    pub cue_words: String,
    pub source: Option<Spans>,
    /// The source as written ("The spokesman"), or empty.
    pub source_words: String,
    pub claimant: Option<Claimant>,
    /// Names the claimant may be when it could not be told.
    pub candidates: Vec<String>,
    /// The sentences that hold the whole attribution.
    pub sentence: Span,
    pub kind: Kind,
    /// Whether the article asserts that it was said.
    pub status: Status,
    pub quotation: Quotation,
    pub said: When,
    pub published: Option<Date>,
    /// Number, in the list `claims` returns, of the claim this one answers.
    pub answers: Option<usize>,
    pub score: Score,
    pub because: Vec<Reason>,
}

/// Makes the claims of an article from its attributions, in text order (paragraphs only: headlines, captions and
/// furniture are no claims). What stands in a speaker's own words is none beside them: “I think it is late,” she said. What they once
/// said or promised is.
///
/// A claim whose content only points back ("the accusations") keeps these exact words and is tied to the claim it
/// answers.
pub fn claims(article: &Article, document: &Document, found: &Attributions) -> Vec<Claim> {
    let is_kept = |attribution: &Attribution| {
        attribution.place == BlockKind::Paragraph && !repeats_itself(document, found, attribution)
    };
    let kept: Vec<usize> = (0..found.attributions.len()).filter(|&n| is_kept(&found.attributions[n])).collect();
    let mut number_of: Vec<Option<usize>> = vec![None; found.attributions.len()];
    for (claim, &attribution) in kept.iter().enumerate() {
        number_of[attribution] = Some(claim);
    }
    let claimants: Vec<Claimant> = found.speakers.iter().map(|s| claimant(document, s)).collect();
    kept.iter()
        .map(|&number| {
            let attribution = &found.attributions[number];
            let said = said::when(article, document, attribution);
            let mut because = attribution.because.clone();
            because.extend(said.warning);
            Claim {
                words: attribution.content.words(&document.text),
                content: attribution.content.clone(),
                cue: attribution.cue.clone(),
                cue_words: attribution.cue.words(&document.text),
                source: attribution.source.clone(),
                source_words: attribution.source.as_ref().map_or_else(String::new, |s| s.words(&document.text)),
                claimant: attribution.speaker.and_then(|s| claimants.get(s).cloned()),
                candidates: attribution
                    .candidates
                    .iter()
                    .filter_map(|&s| found.speakers.get(s).map(|s| s.name.clone()))
                    .collect(),
                sentence: sentence(document, attribution),
                kind: attribution.kind,
                status: attribution.status,
                quotation: attribution.quotation,
                said: said.when,
                published: article.published,
                answers: attribution.answers.and_then(|n| number_of.get(n).copied().flatten()),
                score: attribution.score,
                because,
            }
        })
        .collect()
}

/// Tells whether an attribution stands in the words of its own speaker and tells of nothing that they said at another time.
fn repeats_itself(document: &Document, found: &Attributions, inner: &Attribution) -> bool {
    let (Some(cue), Some(speaker)) = (inner.cue.cover(), inner.speaker) else { return false };
    let said = |at: usize| {
        let token = &document.tokens[at];
        let says = matches!(cues::class(&token.lemma, token.tag), Some(Cue::Say | Cue::Promise));
        says && matches!(token.tag.name(), "VBD" | "VBN")
    };
    let own = |outer: &Attribution| outer.speaker == Some(speaker) && outer.holds(cue);
    !document.tokens_in(cue).any(said) && found.attributions.iter().any(own)
}

/// Returns a speaker as a claim shows it: the longest title, and every other form of the name, pronouns left out.
fn claimant(document: &Document, speaker: &Speaker) -> Claimant {
    let mut aliases: Vec<String> = Vec::new();
    for mention in speaker.mentions.iter().filter(|m| m.form != Form::Pronoun) {
        let written = one_line(document.text.slice(mention.span));
        if written != speaker.name && !aliases.contains(&written) {
            aliases.push(written);
        }
    }
    // Of equally long titles the first one used stands.
    let titles: Vec<&str> = speaker.titles.iter().map(|t| without_determiner(t)).collect();
    let title = held(&titles).into_iter().rev().max_by_key(|t| t.chars().count());
    Claimant { name: speaker.name.clone(), category: speaker.category, title: title.map(str::to_owned), aliases }
}

/// Returns the titles that a person has; those that they had where there are no others. Who is called "former minister" is no minister.
fn held<'a>(titles: &[&'a str]) -> Vec<&'a str> {
    let past = |title: &str| {
        title
            .split_once(' ')
            .filter(|(first, _)| first.eq_ignore_ascii_case("former"))
            .map(|(_, rest)| rest.to_lowercase())
    };
    let had: Vec<String> = titles.iter().filter_map(|title| past(title)).collect();
    let has = |title: &&&str| past(title).is_none() && !had.contains(&title.to_lowercase());
    let held: Vec<&str> = titles.iter().filter(has).copied().collect();
    if held.is_empty() { titles.to_vec() } else { held }
}

fn without_determiner(title: &str) -> &str {
    match title.split_once(' ') {
        Some((first, rest)) if people::determiner(&first.to_lowercase()).is_some() => rest,
        _ => title,
    }
}

/// Returns the sentences that hold source, cue and content.
fn sentence(document: &Document, attribution: &Attribution) -> Span {
    let pieces = [Some(&attribution.content), Some(&attribution.cue), attribution.source.as_ref()];
    let covers: Vec<Span> = pieces.into_iter().flatten().filter_map(Spans::cover).collect();
    let Some(whole) = covers.into_iter().reduce(Span::cover) else { return Span::new(0, 0) };
    let tokens = document.tokens_in(whole);
    let at = |token: usize| document.sentence_of(token).and_then(|s| document.sentences.get(s)).map(|s| s.span);
    [at(tokens.start), at(tokens.end.saturating_sub(1))].into_iter().flatten().fold(whole, Span::cover)
}

#[cfg(test)]
mod tests;
