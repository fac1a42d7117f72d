//! Two versions of one article → what was changed: in the words, the claims, the headline, the date, and whether a notice
//! tells of it.
//!
//! What only the reader of attributions reads otherwise is no change: words that stand in both texts were neither added nor
//! removed.

mod aligned;
mod claims;
mod notice;
mod order;
mod passage;
mod told;
mod wording;

pub use notice::is_notice;
pub use order::{Order, Updated, When, order, sorted};
pub use passage::{Mark, Passage, Piece, likeness, passages, pieces};
pub use wording::summary;

use crate::article::{Block, BlockKind};
use crate::attribution::{Kind, Quotation};
use crate::date::Date;
use crate::span::Text;
use passage::plain;
use serde::Serialize;
use std::collections::BTreeSet;

/// One version of an article; `I` names its claims.
#[derive(Debug, Clone)]
pub struct Version<'a, I> {
    pub title: Option<&'a str>,
    pub published: Option<Date>,
    pub text: &'a str,
    pub blocks: &'a [Block],
    pub claims: Vec<Stated<I>>,
}

/// A claim as one version has it.
#[derive(Debug, Clone)]
pub struct Stated<I> {
    pub id: I,
    /// Stretches are joined by ` [...] `.
    pub words: String,
    /// The speaker's name, or the source as written, or empty.
    pub who: String,
    /// Tells speakers apart, where it is known who speaks.
    pub speaker: Option<String>,
    pub kind: Kind,
    pub quotation: Quotation,
    /// The sentences that hold words, cue and source.
    pub sentence: String,
}

/// What sort of change it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// Other words in the quotation of the same speaker.
    QuotationAltered,
    /// Other words in what the same speaker is reported to have said.
    ReportAltered,
    /// Another figure, and nothing else, in a claim or a paragraph.
    FigureChanged,
    /// The same words are given to somebody else.
    SpeakerChanged,
    ClaimRemoved,
    DenialRemoved,
    /// A refusal to comment.
    RefusalRemoved,
    HeadlineChanged,
    DateChanged,
    ClaimAdded,
    DenialAdded,
    RefusalAdded,
    /// A notice that tells of a change.
    CorrectionAdded,
    ParagraphAltered,
    ParagraphRemoved,
    ParagraphAdded,
    /// Words that stood there before are read as a claim now.
    ReadAnew,
    /// Only page furniture, white space or the shape of marks.
    FurnitureOnly,
}

impl ChangeKind {
    /// Tells whether readers of the earlier version should be told of it: something that stood there does so no more.
    pub const fn needs_notice(self) -> bool {
        matches!(
            self,
            Self::QuotationAltered
                | Self::ReportAltered
                | Self::FigureChanged
                | Self::SpeakerChanged
                | Self::ClaimRemoved
                | Self::DenialRemoved
                | Self::RefusalRemoved
                | Self::HeadlineChanged
        )
    }
}

/// One side of a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Side<I> {
    pub words: String,
    /// Who says it, or empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub who: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<I>,
}

/// One change between two versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change<I> {
    pub kind: ChangeKind,
    /// `None` where it is new.
    pub before: Option<Side<I>>,
    /// `None` where it is gone.
    pub after: Option<Side<I>>,
    /// Both sides word by word, where both are there.
    pub difference: Vec<Piece>,
    /// The notice in the later version that speaks of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
}

/// All that was changed between two versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changes<I> {
    /// Those of claims first, then headline, date, notices and paragraphs.
    pub list: Vec<Change<I>>,
    /// The story, paragraph by paragraph.
    pub text: Vec<Passage>,
}

impl<I> Changes<I> {
    /// Tells whether something was altered or removed and no notice that was added speaks of it: a stealth edit.
    pub fn is_silent(&self) -> bool {
        self.untold().next().is_some()
    }

    /// What was altered or removed, and no notice speaks of it.
    pub fn untold(&self) -> impl Iterator<Item = &Change<I>> {
        self.list.iter().filter(|change| change.kind.needs_notice() && change.notice.is_none())
    }

    /// The notices that the later version has and the earlier one has not.
    pub fn notices(&self) -> impl Iterator<Item = &str> {
        let added = self.list.iter().filter(|change| change.kind == ChangeKind::CorrectionAdded);
        added.filter_map(|change| change.after.as_ref()).map(|side| &*side.words)
    }
}

impl<I> Change<I> {
    fn between(kind: ChangeKind, before: Side<I>, after: Side<I>) -> Self {
        let difference = pieces(&before.words, &after.words);
        Self { kind, before: Some(before), after: Some(after), difference, notice: None }
    }

    /// Returns both sides word by word; where there is one side alone, all of it is removed or added.
    pub fn words(&self) -> Vec<Piece> {
        let whole = |mark: Mark, side: &Side<I>| vec![Piece { mark, text: side.words.clone() }];
        match (&self.before, &self.after) {
            (Some(gone), None) => whole(Mark::Removed, gone),
            (None, Some(new)) => whole(Mark::Added, new),
            _ => self.difference.clone(),
        }
    }

    const fn removed(kind: ChangeKind, before: Side<I>) -> Self {
        Self { kind, before: Some(before), after: None, difference: Vec::new(), notice: None }
    }

    const fn added(kind: ChangeKind, after: Side<I>) -> Self {
        Self { kind, before: None, after: Some(after), difference: Vec::new(), notice: None }
    }
}

impl<I> Side<I> {
    fn text(words: impl Into<String>) -> Self {
        Self { words: words.into(), who: String::new(), claim: None }
    }
}

/// Returns what was changed from one version of an article to a later one.
pub fn changes<I: Copy>(before: &Version<'_, I>, after: &Version<'_, I>) -> Changes<I> {
    let (old, new) = (Text::new(before.text), Text::new(after.text));
    let text = passages(&story(&old, before), &story(&new, after));
    let mut list = claims::changes(before, after, &text);
    if let (Some(was), Some(is)) = (before.title, after.title)
        && plain(was) != plain(is)
    {
        list.push(Change::between(ChangeKind::HeadlineChanged, Side::text(was), Side::text(is)));
    }
    if let (Some(was), Some(is)) = (before.published, after.published)
        && was != is
    {
        let (was, is) = (Side::text(was.to_string()), Side::text(is.to_string()));
        list.push(Change { difference: Vec::new(), ..Change::between(ChangeKind::DateChanged, was, is) });
    }
    list.extend(notices(before, after));
    let told: Vec<String> = list
        .iter()
        .filter(|change| change.kind < ChangeKind::HeadlineChanged || is_claim_added(change.kind))
        .flat_map(|change| [&change.before, &change.after])
        .flatten()
        .flat_map(|side| claims::stretches(&side.words))
        .collect();
    list.extend(text.iter().filter_map(|passage| paragraph(passage, &told)));
    if list.iter().all(|change| change.kind == ChangeKind::ReadAnew) {
        let kind = ChangeKind::FurnitureOnly;
        list.insert(0, Change { kind, before: None, after: None, difference: Vec::new(), notice: None });
    }
    told::tell(&mut list);
    Changes { list, text }
}

const fn is_claim_added(kind: ChangeKind) -> bool {
    matches!(kind, ChangeKind::ClaimAdded | ChangeKind::DenialAdded | ChangeKind::RefusalAdded)
}

/// The paragraphs of the story; the headline is compared by itself.
fn story<'t, I>(text: &'t Text, version: &Version<'_, I>) -> Vec<&'t str> {
    let title = version.title.map(plain);
    let told = |block: &&Block| match block.kind {
        BlockKind::Headline => title.as_deref() != Some(&plain(text.slice(block.span))),
        kind => is_story(kind),
    };
    version.blocks.iter().filter(told).map(|block| text.slice(block.span)).collect()
}

const fn is_story(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Paragraph | BlockKind::Caption | BlockKind::Foreign)
}

/// Returns the words of the story without headline, head and page furniture; all words where no block is of the story.
pub fn story_words(text: &Text, blocks: &[Block]) -> String {
    let told: Vec<&str> =
        blocks.iter().filter(|block| is_story(block.kind)).map(|block| text.slice(block.span)).collect();
    if told.is_empty() { text.as_str().to_owned() } else { told.join("\n") }
}

/// The notices that the later version has and the earlier one has not, wherever on the page.
fn notices<I>(before: &Version<'_, I>, after: &Version<'_, I>) -> Vec<Change<I>> {
    let (old, new) = (Text::new(before.text), Text::new(after.text));
    let known: BTreeSet<String> = before.blocks.iter().map(|block| plain(old.slice(block.span))).collect();
    let lines = after.blocks.iter().map(|block| new.slice(block.span));
    let fresh = lines.filter(|line| is_notice(line) && !known.contains(&plain(line)));
    fresh.map(|line| Change::added(ChangeKind::CorrectionAdded, Side::text(line))).collect()
}

/// What a paragraph tells beyond the claims; `told` are the words of changed claims.
fn paragraph<I>(passage: &Passage, told: &[String]) -> Option<Change<I>> {
    let is_told = |text: &str| {
        let text = claims::padded(text);
        told.iter().any(|stretch| text.contains(stretch))
    };
    match passage {
        Passage::Same(_) => None,
        Passage::Removed(text) => {
            (!is_told(text)).then(|| Change::removed(ChangeKind::ParagraphRemoved, Side::text(text)))
        }
        Passage::Added(text) => {
            (!is_told(text) && !is_notice(text)).then(|| Change::added(ChangeKind::ParagraphAdded, Side::text(text)))
        }
        Passage::Altered(pieces) => {
            let side = |other: Mark| {
                pieces.iter().filter(|piece| piece.mark != other).map(|piece| &*piece.text).collect::<String>()
            };
            let (was, is) = (side(Mark::Added), side(Mark::Removed));
            if is_told(&was) || is_told(&is) || is_notice(&is) {
                return None;
            }
            let kind =
                if claims::other_figures(pieces) { ChangeKind::FigureChanged } else { ChangeKind::ParagraphAltered };
            Some(Change::between(kind, Side::text(was), Side::text(is)))
        }
    }
}

#[cfg(test)]
mod tests;
