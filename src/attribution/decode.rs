//! Label scores become pieces: the spans of sources, cues and contents, with how likely each is.
//!
//! Refuses label sequences that are no spans (Viterbi with hard constraints) and spans that cross a paragraph.

use crate::attribution::fast::chain::{Row, Transitions, best_path};
use crate::attribution::fast::facts;
use crate::attribution::reader::Label;
use crate::text::Document;
use std::ops::Range;

/// What a piece is in its attribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    Source,
    Cue,
    Content,
}

/// A span of tokens that plays one part.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    pub part: Part,
    /// Token numbers of the document.
    pub tokens: Range<usize>,
    /// Number of the paragraph (a block with tokens) it stands in.
    pub paragraph: usize,
    /// Probability of its labels: the lowest of its first, last and following token.
    pub probability: f32,
}

/// Returns the pieces of a document in text order.
pub fn pieces(document: &Document, scores: &[Row]) -> Vec<Piece> {
    let transitions = Transitions::flat();
    let mut out = Vec::new();
    for (paragraph, (_, range)) in facts::paragraphs(document).into_iter().enumerate() {
        let Some(rows) = scores.get(range.clone()) else { continue };
        let path = best_path(rows, &[], &transitions);
        let mut at = 0;
        while at < path.len() {
            let part = match Label::ALL[path[at]] {
                Label::Outside => {
                    at += 1;
                    continue;
                }
                Label::BeginSource | Label::InSource => Part::Source,
                Label::BeginCue | Label::InCue => Part::Cue,
                Label::BeginContent | Label::InContent => Part::Content,
            };
            let inside = path[at] + 1;
            let end = at + 1 + path[at + 1..].iter().take_while(|&&l| l == inside).count();
            let label = |i: usize| (rows[i][path[i]] - log_sum(&rows[i])).exp();
            let after = if end < path.len() { label(end) } else { 1.0 };
            let probability = label(at).min(label(end - 1)).min(after);
            out.push(Piece { part, tokens: range.start + at..range.start + end, paragraph, probability });
            at = end;
        }
    }
    out
}

fn log_sum(row: &Row) -> f32 {
    let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    top + row.iter().map(|s| (s - top).exp()).sum::<f32>().ln()
}
