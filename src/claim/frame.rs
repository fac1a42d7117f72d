//! What of its article must stand around a claim's words when they are quoted alone: the cue that opens them ("denied that
//! jobs would be lost", not "that jobs would be lost"), and whatever turns them ("Neither Pryce nor his lawyer would say
//! whether …"). All of it in the exact words.

use crate::attribution::{Kind, Quotation, Status};
use crate::lexicon::letters::one_line;
use crate::lexicon::speech::{self, Stand};
use crate::lexicon::tables;
use crate::span::{Span, Spans};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// Code points that may stand between a cue and the words it opens: a space, a colon, "that", "on Monday".
const NEAR: u32 = 16;
/// Code points before the words that are quoted at most.
const LONG: u32 = 240;

static NEUTRAL: LazyLock<Vec<&str>> = LazyLock::new(|| tables::NEUTRAL_CUES.words().collect());

/// The words around a claim's own without which they would say something else; empty on both sides where they stand for
/// themselves.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Frame {
    /// "denied ", with the space that follows it.
    pub before: String,
    /// " was denied by the mayor", with the space before it.
    pub after: String,
}

impl Frame {
    pub const fn is_empty(&self) -> bool {
        self.before.is_empty() && self.after.is_empty()
    }

    /// Returns words as they may be quoted alone.
    pub fn around(&self, words: &str) -> String {
        format!("{}{words}{}", self.before, self.after)
    }
}

/// Who says where the words of a claim begin and end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    ByReader,
    /// A person gave them: only a cue or source that turns them stands before them.
    ByPerson,
}

/// What the frame of a claim is read from; spans count code points of the article's text, end exclusive.
#[derive(Debug, Clone, Copy)]
pub struct Attributed<'a> {
    pub content: &'a Spans,
    pub cue: &'a Spans,
    pub cue_words: &'a str,
    pub source: Option<&'a Spans>,
    pub source_words: &'a str,
    /// The words of the sentences that hold the attribution, and where they stand.
    pub sentence: &'a str,
    pub sentence_span: Span,
    pub kind: Kind,
    pub status: Status,
    pub quotation: Quotation,
    pub chosen: Chosen,
}

impl Attributed<'_> {
    /// Returns what must stand around the words.
    pub fn frame(&self) -> Frame {
        let (Some(content), Some(cue)) = (self.content.cover(), self.cue.cover()) else { return Frame::default() };
        let turning = self.chosen == Chosen::ByReader || self.cue_turns() || self.source_turns();
        if turning && self.is_turned() { self.turned(content, cue) } else { self.opened(content) }
    }

    /// The cue before words that it opens; words in quotation marks and "said" need none.
    fn opened(&self, content: Span) -> Frame {
        let opens =
            self.cue.iter().last().is_some_and(|cue| cue.end <= content.start && content.start - cue.end <= NEAR);
        // A colon is no word that anybody says.
        let opens = opens && self.cue_words.contains(char::is_alphabetic);
        let needed = opens && self.quotation != Quotation::Direct && !self.is_neutral();
        Frame { before: if needed { format!("{} ", self.cue_words) } else { String::new() }, after: String::new() }
    }

    /// From the word that turns the content up to it, or, where that stands behind, to the end of the sentence.
    fn turned(&self, content: Span, cue: Span) -> Frame {
        let from = match self.source.and_then(Spans::cover) {
            Some(source) if self.source_turns() => source.start.min(cue.start),
            _ if self.cue_turns() => cue.start,
            _ => self.sentence_span.start,
        };
        let from = if content.start.saturating_sub(from) > LONG { cue.start } else { from };
        let before = self.slice(from, content.start);
        if !before.is_empty() {
            return Frame { before: format!("{before} "), after: String::new() };
        }
        // "I never did," he denied: the words are the denial.
        if self.quotation == Quotation::Direct && self.status == Status::Asserted {
            return Frame::default();
        }
        let after = self.slice(content.end, self.sentence_span.end);
        let after = after.trim_end_matches(['.', ' ']);
        let after = if cue.start >= content.end && !after.is_empty() {
            if after.starts_with(',') { after.to_owned() } else { format!(" {after}") }
        } else {
            format!(" [{}]", [self.source_words, self.cue_words].join(" ").trim())
        };
        Frame { before: String::new(), after }
    }

    /// Tells whether the words alone would say the opposite of the report, or what it leaves open.
    fn is_turned(&self) -> bool {
        let denies = matches!(self.kind, Kind::Denial | Kind::Refusal) && !self.is_neutral();
        self.status != Status::Asserted || denies || self.negates()
    }

    fn is_neutral(&self) -> bool {
        let first = self.cue_words.split_whitespace().next().unwrap_or_default().to_lowercase();
        // A colon or a dash behind a name reports and says nothing more.
        NEUTRAL.contains(&first.as_str()) || !self.cue_words.contains(char::is_alphabetic)
    }

    /// Tells whether the cue has a "not" of its own: "did not say".
    fn negates(&self) -> bool {
        self.cue_words
            .to_lowercase()
            .split_whitespace()
            .any(|word| speech::negates(word) || word.ends_with("n't") || word.ends_with("n’t"))
    }

    fn source_turns(&self) -> bool {
        let lower = self.source_words.to_lowercase();
        let opens = |row: &speech::StatusRow| {
            let opening = row.lemmas.join(" ");
            lower.strip_prefix(&opening).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        };
        speech::status_rows().iter().any(|row| row.stand == Stand::Source && opens(row))
    }

    /// Tells whether what turns the words stands in the cue: a "not", or a verb such as "deny" or "refuse".
    fn cue_turns(&self) -> bool {
        if self.status == Status::Asserted || self.negates() {
            return true;
        }
        let lower = self.cue_words.to_lowercase();
        let stands =
            |row: &&speech::StatusRow| matches!(row.stand, Stand::Group | Stand::Head | Stand::Cue | Stand::Passive);
        let has = |lemma: &&str| {
            // "deny" in "denied", "refuse" in "refusing".
            let stem = lemma.get(..lemma.len().saturating_sub(1).max(3)).unwrap_or(lemma);
            lower.split_whitespace().any(|word| word.starts_with(stem))
        };
        speech::status_rows().iter().filter(stands).any(|row| row.lemmas.iter().all(&has))
    }

    /// The words of the article from one place to another, on one line; empty outside of the sentence.
    fn slice(&self, from: u32, to: u32) -> String {
        let start = self.sentence_span.start;
        let (Some(skip), true) = (from.checked_sub(start), from < to) else { return String::new() };
        let words: String = self.sentence.chars().skip(skip as usize).take((to - from) as usize).collect();
        one_line(&words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{self, Given};
    use crate::{attribution, text};

    #[track_caller]
    fn alone(paragraph: &str) -> String {
        chosen(paragraph, Chosen::ByReader)
    }

    fn chosen(paragraph: &str, chosen: Chosen) -> String {
        let article = format!("The quay\n\n{paragraph}\n");
        let article = article::read(article.as_bytes(), "test", &Given::default()).unwrap();
        let document = text::analyze(&article);
        let claim = &crate::claim::claims(
            &article,
            &document,
            &attribution::attribute(&document, attribution::reader::standard()),
        )[0];
        let attributed = Attributed {
            content: &claim.content,
            cue: &claim.cue,
            cue_words: &claim.cue_words,
            source: claim.source.as_ref(),
            source_words: &claim.source_words,
            sentence: article.text.slice(claim.sentence),
            sentence_span: claim.sentence,
            kind: claim.kind,
            status: claim.status,
            quotation: claim.quotation,
            chosen,
        };
        attributed.frame().around(&claim.words)
    }

    #[test]
    fn what_turns_the_words_goes_with_them() {
        for (article, expected) in [
            ("Ada Holm denied that she had voted for a toll.", "denied that she had voted for a toll"),
            ("Ada Holm denied “taking money from the port”.", "denied “taking money from the port”"),
            ("Ada Holm did not say that the ferries would stop.", "did not say that the ferries would stop"),
            ("Ada Holm never claimed that he had paid.", "never claimed that he had paid"),
            ("Ada Holm refused to say if the quay would shut.", "refused to say if the quay would shut"),
            (
                "None of the ministers claimed that the crane was old.",
                "None of the ministers claimed that the crane was old",
            ),
            (
                "Neither Paul Pryce nor his lawyer would say whether the ledger was kept.",
                "Neither Paul Pryce nor his lawyer would say whether the ledger was kept",
            ),
            ("That the ferries were late was denied by Ada Holm.", "That the ferries were late was denied by Ada Holm"),
            ("Ada Holm promised to build ten schools.", "promised to build ten schools"),
        ] {
            assert_eq!(alone(article), expected);
        }
    }

    #[test]
    fn words_that_a_person_gave_stand_as_they_were_given() {
        let spans = |start, end| Spans::from(Span::new(start, end));
        let (content, cue, source) = (spans(6, 22), spans(4, 5), spans(0, 4));
        let asked = Attributed {
            content: &content,
            cue: &cue,
            cue_words: ":",
            source: Some(&source),
            source_words: "Pell",
            sentence: "Pell: I am against it.",
            sentence_span: Span::new(0, 22),
            kind: Kind::Question,
            status: Status::Asked,
            quotation: Quotation::Indirect,
            chosen: Chosen::ByPerson,
        };
        assert_eq!(asked.frame(), Frame::default());
        assert_eq!(Attributed { chosen: Chosen::ByReader, ..asked }.frame().before, "Pell: ");
        let denied = "Ada Holm denied that she had voted for a toll.";
        assert_eq!(chosen(denied, Chosen::ByPerson), alone(denied));
    }

    #[test]
    fn words_that_stand_for_themselves_stand_alone() {
        for (article, expected) in [
            ("Ada Holm said that the road is safe.", "that the road is safe"),
            ("“I never took a penny,” Ada Holm insisted.", "“I never took a penny,”"),
            ("The road is safe, Ada Holm insisted.", "The road is safe"),
        ] {
            assert_eq!(alone(article), expected);
        }
    }

    #[test]
    fn every_neutral_cue_opens_its_example() {
        for row in tables::NEUTRAL_CUES.rows() {
            assert!(row[1].to_lowercase().contains(row[0]), "{row:?}");
        }
    }
}
