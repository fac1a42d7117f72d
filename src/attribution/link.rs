//! Which cue a content belongs to, and which source a cue has: a linear ranker over the pieces of a paragraph.
//!
//! `link.bin` holds the weights, `examples/train_link.rs` makes it from the links marked in PolNeAR. Refuses to link across
//! paragraphs, but for a quotation that goes on from the paragraph before.

use crate::attribution::cues;
use crate::attribution::decode::{Part, Piece};
use crate::text::linear::{Bytes, Dense, hash, mix};
use crate::text::{Document, Token};
use std::sync::LazyLock;

/// The pieces of one attribution, as numbers in the list of pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub source: Option<usize>,
    pub cue: usize,
    pub contents: Vec<usize>,
}

/// The weights of the ranker.
#[derive(Debug, Clone, Copy)]
pub struct Linker<'a>(Dense<'a, 1>);

impl<'a> Linker<'a> {
    /// Reads the weights; malformed bytes give a linker without preferences, which takes the first candidate.
    pub fn read(bytes: &'a [u8]) -> Self {
        Self(Dense::read(&mut Bytes(bytes)))
    }

    /// Returns the linker that ships with the program.
    pub fn shipped() -> &'static Linker<'static> {
        static SHIPPED: LazyLock<Linker<'static>> = LazyLock::new(|| Linker::read(include_bytes!("link.bin")));
        &SHIPPED
    }

    /// Groups pieces into attributions, by cue; a content without any cue in reach stays out.
    pub fn links(&self, document: &Document, pieces: &[Piece]) -> Vec<Link> {
        let mut out: Vec<Link> = Vec::new();
        let mut from = 0;
        while from < pieces.len() {
            let len = pieces[from..].iter().take_while(|p| p.paragraph == pieces[from].paragraph).count();
            self.paragraph(document, pieces, from..from + len, &mut out);
            from += len;
        }
        out
    }

    fn paragraph(&self, document: &Document, pieces: &[Piece], range: std::ops::Range<usize>, out: &mut Vec<Link>) {
        let of = |part: Part| range.clone().filter(move |&i| pieces[i].part == part);
        let first = out.len();
        let sources: Vec<usize> = of(Part::Source).collect();
        for cue in of(Part::Cue) {
            let nobody = std::iter::once((None, self.score(&nobody_features(document, pieces, &range, cue))));
            let near = nearest(&sources, cue, 8);
            let named = near.iter().map(|&s| (Some(s), self.score(&features(document, pieces, &range, s, cue))));
            out.push(Link { source: highest(nobody.chain(named)).flatten(), cue, contents: Vec::new() });
        }
        let cues: Vec<usize> = of(Part::Cue).collect();
        for content in of(Part::Content) {
            let near = nearest(&cues, content, 8);
            let ranked = near.iter().map(|&c| (c, self.score(&features(document, pieces, &range, content, c))));
            let Some(chosen) = highest(ranked) else {
                carry_over(document, pieces, content, first, out);
                continue;
            };
            if let Some(link) = out[first..].iter_mut().find(|l| l.cue == chosen) {
                link.contents.push(content);
            }
        }
    }

    fn score(&self, features: &[u64]) -> f32 {
        let mut sum = [0.0];
        self.0.add(features, &mut sum);
        sum[0]
    }
}

/// Gives a content without cue in its paragraph to the attribution before, when that one announces it with a colon.
///
/// A quotation that goes on over paragraphs is an attribution of its own (`rules::continued`).
fn carry_over(document: &Document, pieces: &[Piece], content: usize, first: usize, out: &mut [Link]) {
    let Some(last) = out[..first].last_mut() else { return };
    let end = last.contents.iter().map(|&c| pieces[c].tokens.end).max().unwrap_or(0).max(pieces[last.cue].tokens.end);
    let end = end.max(last.source.map_or(0, |s| pieces[s].tokens.end));
    let announced = document.word(end) == ":" || document.word(end.saturating_sub(1)) == ":";
    if announced && pieces[content].paragraph - pieces[last.cue].paragraph <= 1 {
        last.contents.push(content);
    }
}

/// Returns the `most` candidates nearest to a piece in the order of pieces.
fn nearest(candidates: &[usize], piece: usize, most: usize) -> Vec<usize> {
    let here = candidates.partition_point(|&c| c < piece);
    let (mut low, mut high) = (here, here);
    while high - low < most && (low > 0 || high < candidates.len()) {
        let left = if low > 0 { piece - candidates[low - 1] } else { usize::MAX };
        let right = if high < candidates.len() { candidates[high] - piece } else { usize::MAX };
        if left <= right {
            low -= 1;
        } else {
            high += 1;
        }
    }
    candidates[low..high].to_vec()
}

fn highest<T>(ranked: impl Iterator<Item = (T, f32)>) -> Option<T> {
    let mut best: Option<(T, f32)> = None;
    for (candidate, score) in ranked {
        if best.as_ref().is_none_or(|b| score > b.1) {
            best = Some((candidate, score));
        }
    }
    best.map(|b| b.0)
}

fn bucket(n: usize) -> u64 {
    match n {
        0..=3 => n as u64,
        4..=6 => 4,
        7..=12 => 5,
        13..=25 => 6,
        _ => 7,
    }
}

/// Returns the features of a cue that has no source.
pub fn nobody_features(document: &Document, pieces: &[Piece], range: &std::ops::Range<usize>, cue: usize) -> Vec<u64> {
    let tokens = &pieces[cue].tokens;
    let head = &document.tokens[tokens.end - 1];
    let last = hash(&head.lemma);
    let first = hash(&document.tokens[tokens.start].lemma);
    let sources = pieces[range.clone()].iter().filter(|p| p.part == Part::Source).count();
    let cues = pieces[range.clone()].iter().filter(|p| p.part == Part::Cue).count();
    let mut out = Vec::new();
    let mut push = |n: u64, a: u64, b: u64| out.push(mix(mix(mix(5_000 + n, a), b), 1));
    push(1, 0, 0);
    push(2, last, 0);
    push(3, first, u64::from(head.tag.0));
    push(4, u64::from(document.tokens[tokens.start].tag.0), u64::from(head.tag.0));
    push(5, sources.min(3) as u64, cues.min(4) as u64);
    push(6, head.role as u64, u64::from(head.tag.0));
    out
}

/// Returns the features of a pair: a source or a content, and a cue of the same paragraph.
pub fn features(
    document: &Document,
    pieces: &[Piece],
    range: &std::ops::Range<usize>,
    piece: usize,
    cue: usize,
) -> Vec<u64> {
    let (this, that) = (&pieces[piece], &pieces[cue]);
    let before = u64::from(this.tokens.start < that.tokens.start);
    let (low, high) = if before == 1 { (this, that) } else { (that, this) };
    let gap = low.tokens.end..high.tokens.start.max(low.tokens.end);
    let kind = this.part as u64 * 2 + before;
    let between: Vec<Part> = pieces[piece.min(cue) + 1..piece.max(cue)].iter().take(12).map(|p| p.part).collect();
    let count = |part: Part| between.iter().filter(|&&p| p == part).count().min(3) as u64;
    let order = between.iter().take(4).fold(1, |s, &p| s * 4 + p as u64 + 1);
    let sentence = |token: usize| document.sentence_of(token).unwrap_or(0);
    let apart = sentence(high.tokens.start).saturating_sub(sentence(low.tokens.end - 1)).min(3) as u64;
    let head = head_of(document, &that.tokens);
    let cue_token = &document.tokens[head];
    let cue_class = cues::class_number(&cue_token.lemma, cue_token.tag);
    let cue_tag = u64::from(cue_token.tag.0);
    let governs = governs(document, &that.tokens, &this.tokens);
    let top = &document.tokens[head_of(document, &this.tokens)];
    let word = |at: usize| hash(document.word(at));
    let next = if gap.is_empty() { 0 } else { word(gap.start) };
    let last = if gap.is_empty() { 0 } else { word(gap.end - 1) };
    let quoted = u64::from(is_quote_mark(document.word(this.tokens.start)));
    let others = pieces[range.clone()].iter().filter(|p| p.part == Part::Cue).count().min(4) as u64;
    // What stands next to the cue on its other side tells whether it is already served.
    let beyond = if before == 1 { cue + 1 } else { cue.wrapping_sub(1) };
    let beyond = if range.contains(&beyond) { pieces[beyond].part as u64 + 1 } else { 0 };
    let inner = if before == 1 { piece.wrapping_sub(1) } else { piece + 1 };
    let inner = if range.contains(&inner) { pieces[inner].part as u64 + 1 } else { 0 };
    let mut out = Vec::with_capacity(40);
    let mut n = 4_000;
    let mut push = |a: u64, b: u64, c: u64| {
        n += 1;
        out.push(mix(mix(mix(mix(n, kind), a), b), c));
    };
    push(0, 0, 0);
    push(bucket(gap.len()), 0, 0);
    push(bucket(gap.len()), apart, quoted);
    push(order, 0, 0);
    push(order, apart, 0);
    push(order, quoted, beyond);
    push(count(Part::Cue), count(Part::Content), count(Part::Source));
    push(apart, quoted, 0);
    push(governs, 0, 0);
    push(governs, apart, top.role as u64);
    push(governs, cue_class, cue_tag);
    push(next, last, 0);
    push(next, order, 0);
    push(last, order, 0);
    push(cue_class, apart, bucket(gap.len()));
    push(hash(&cue_token.lemma), order, 0);
    push(hash(&cue_token.lemma), 0, 0);
    push(cue_tag, order, 0);
    push(word(that.tokens.end - 1), order, 0);
    push(top.role as u64, u64::from(top.tag.0), cue_tag);
    push(beyond, inner, order);
    push(others, count(Part::Cue), apart);
    push(word(this.tokens.start), cue_tag, order);
    push(word(this.tokens.end - 1), order, quoted);
    push(u64::from(top.tag.0), order, cue_tag);
    push(inner, governs, order);
    out
}

fn is_quote_mark(word: &str) -> bool {
    word.chars().next().is_some_and(crate::text::tokens::is_double_mark)
}

/// Returns the token of a span whose governor lies outside it, the first one.
pub fn head_of(document: &Document, tokens: &std::ops::Range<usize>) -> usize {
    let outside = |t: &Token| t.head.is_none_or(|h| !tokens.contains(&(h as usize)));
    tokens
        .clone()
        .find(|&at| outside(&document.tokens[at]) && document.tokens[at].span.len() > 1)
        .unwrap_or(tokens.start)
}

/// Tells how the trees of two spans meet: 1 the cue governs the piece, 2 through one token, 3 the piece governs the cue, 0 not.
fn governs(document: &Document, cue: &std::ops::Range<usize>, piece: &std::ops::Range<usize>) -> u64 {
    let up = |at: usize| document.tokens[at].head.map(|h| h as usize);
    for at in piece.clone().take(60) {
        if let Some(head) = up(at) {
            if cue.contains(&head) {
                return 1 + 4 * document.tokens[at].role as u64;
            }
            if !piece.contains(&head) && up(head).is_some_and(|h| cue.contains(&h)) {
                return 2;
            }
        }
    }
    if cue.clone().any(|at| up(at).is_some_and(|h| piece.contains(&h))) { 3 } else { 0 }
}
