//! A [`Document`] gives attributions: source, cue and content, and the speaker behind the source.
//!
//! One interface ([`reader::Reader`]), several readers behind it; decoding, linking, kinds and speakers are shared.

use crate::article::BlockKind;
use crate::score::{Reason, Score};
use crate::span::{Span, Spans};
use crate::text::Document;
use reader::Reader;
use serde::{Deserialize, Serialize};

/// What kind of speech act the cue makes of the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Statement,
    Denial,
    Question,
    Demand,
    Promise,
    Forecast,
    /// Belief or wish: thinks, hopes, wants.
    Belief,
    /// Refusal to comment.
    Refusal,
    /// Says that somebody did wrong: accuses, blames, charges.
    Accusation,
}

/// Whether the article asserts that the source said it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    #[default]
    Asserted,
    /// "Did not say", "nobody said", "denied saying".
    Negated,
    /// "If she says".
    Conditional,
    /// "Did she say?", "whether she said".
    Asked,
    /// "Will say".
    Future,
    /// "It is false that she said", "was wrongly quoted as saying".
    Disputed,
    /// "Apologised for saying".
    Retracted,
    /// "Joked that".
    Joking,
    /// Not settled, or still owed: "it is unclear whether she said", "she must say".
    Unsettled,
}

/// How the content is quoted: all of it in quotation marks, some of it, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Quotation {
    Direct,
    Mixed,
    Indirect,
}

/// One attributed content: who (source), by which words (cue), what (content).
#[derive(Debug, Clone)]
pub struct Attribution {
    /// `None` when nobody is named ("It was reported that …").
    pub source: Option<Spans>,
    pub cue: Spans,
    pub content: Spans,
    /// Number of the speaker in [`Attributions::speakers`]; `None` when unresolved or nobody is named.
    pub speaker: Option<usize>,
    /// When `speaker` is `None`: the speakers it may be, best first.
    pub candidates: Vec<usize>,
    pub kind: Kind,
    pub status: Status,
    pub quotation: Quotation,
    /// Where the content stands; the desk takes `Paragraph` only.
    pub place: BlockKind,
    /// Number of the attribution this one answers (a denial and the allegation it denies), earlier or nested.
    pub answers: Option<usize>,
    /// Probability that somebody said this: the content is mostly right and so is the source.
    pub score: Score,
    pub because: Vec<Reason>,
}

impl Attribution {
    /// Tells whether a stretch lies within a piece of its content.
    pub(crate) fn holds(&self, span: Span) -> bool {
        self.content.iter().any(|piece| piece.contains(span))
    }

    /// Returns the stretches of its content, cue and source, each from the first word to the last.
    fn covers(&self) -> impl Iterator<Item = Span> {
        let source = self.source.as_ref().and_then(Spans::cover);
        [self.content.cover(), self.cue.cover(), source].into_iter().flatten()
    }
}

/// What kind of speaker stands behind a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Category {
    Person,
    Organization,
    /// A country, government or its metonym: Islamabad, the White House, the Kremlin.
    Government,
    /// Several people without names of their own: "Pakistani officials", "voters".
    Group,
    Document,
    /// One source who is not named: "a senior Taliban official".
    Anonymous,
}

/// How a source names its speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    Name,
    Surname,
    Pronoun,
    /// "the spokesman", "the American diplomat".
    Nominal,
}

/// One place where a speaker is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    pub span: Span,
    pub form: Form,
}

/// One speaker within one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// The fullest name used: "Mohammad Faisal"; for an anonymous source its first description.
    pub name: String,
    pub category: Category,
    /// Titles and roles as written, in order of appearance: "Foreign Ministry spokesman".
    pub titles: Vec<String>,
    pub mentions: Vec<Mention>,
    /// Numbers of the speakers that a joint source is made of ("Baker and Cole"); empty for anybody else.
    pub members: Vec<usize>,
}

/// What `attribute` finds in one document; attributions in text order of their first span.
#[derive(Debug, Clone, Default)]
pub struct Attributions {
    pub attributions: Vec<Attribution>,
    pub speakers: Vec<Speaker>,
}

/// Finds what a document itself reports with the reader given, and the speakers behind it; of what others report in their words only what
/// grammar shows.
pub fn attribute(document: &Document, reader: &dyn Reader) -> Attributions {
    let reading = reader.read(document);
    let own = assemble::assemble(document, &reading.scores, reader.calibration());
    settle(document, &reading, own)
}

/// Finds what a document reports and what is reported in the words of others: "Holm said that Reed had promised a quay" gives two.
pub fn attribute_nested(document: &Document, reader: &dyn Reader) -> Attributions {
    let reading = reader.read(document);
    let mut all = assemble::assemble(document, &reading.scores, reader.calibration());
    within::complement(document, reader, &mut all);
    settle(document, &reading, all)
}

/// Sets right by grammar what a reader found, and tells who speaks, whether it was asserted and what it answers.
fn settle(document: &Document, reading: &reader::Reading<'_>, attributions: Vec<Attribution>) -> Attributions {
    let mut found = Attributions { attributions, speakers: Vec::new() };
    rules::apply(document, &mut found);
    denials::complement(document, &mut found);
    speakers::resolve_pointed(document, &mut found, reading.pointer.as_ref());
    status::mark_pointed(document, &mut found, reading.pointer.as_ref());
    answers::tie(document, &mut found);
    found
}

pub mod answers;
pub mod assemble;
pub(crate) mod cues;
pub mod decode;
pub mod deep;
pub mod denials;
mod dialogue;
pub mod fast;
pub mod kind;
pub mod layout;
pub mod link;
#[cfg(test)]
mod marked;
mod points_back;
pub mod pooled;
pub mod reader;
mod rules;
pub mod speakers;
pub mod status;
mod within;
