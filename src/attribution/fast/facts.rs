//! What the fast reader knows of each token of one paragraph before it scores labels: words, tags, quotations, governors.
//!
//! Refuses to look outside the paragraph, but for its place in the article.

use crate::article::BlockKind;
use crate::attribution::cues;
use crate::text::atoms::{Atom, atom};
use crate::text::linear::hash;
use crate::text::parser::Role;
use crate::text::{Document, Quote, Tag};
use std::ops::Range;

/// Where a token stands towards the quotations around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Quoted {
    #[default]
    Outside,
    Inside,
    Opening,
    Closing,
}

/// The facts of one token.
#[derive(Debug, Clone, Default)]
pub struct Fact {
    pub atom: Atom,
    pub lemma: u64,
    pub tag: u64,
    pub entity: u64,
    pub role: u64,
    /// Governor, as a token number of the paragraph.
    pub head: Option<usize>,
    /// Class of the cue lexicon, 0 where the lemma is in none.
    pub cue: u64,
    pub quoted: Quoted,
    /// Number of the quotation in the paragraph's list, where the token is in one.
    pub quote: Option<usize>,
    /// Number of its sentence in the paragraph, and its distance to the sentence's ends.
    pub sentence: usize,
    pub from_start: usize,
    pub to_end: usize,
    /// First and last token of the subtree below this token.
    pub edges: (usize, usize),
    /// The topmost token whose subtree begins here, and the topmost whose subtree ends here.
    pub opens: usize,
    pub ends: usize,
    /// Which dependents it has, one bit a [`Role`].
    pub dependents: u32,
    /// Its subject's head word.
    pub subject: Option<usize>,
    /// Nearest word of the cue lexicon to the left and to the right in the sentence.
    pub cue_before: Option<usize>,
    pub cue_after: Option<usize>,
    /// Nearest verb or cue above it: the token and the roles on the way, hashed.
    pub above: Option<(usize, u64)>,
}

/// A quotation in token numbers of the paragraph: marks included.
#[derive(Debug, Clone)]
pub struct Quoting {
    pub tokens: Range<usize>,
    pub closed: bool,
    pub continues: bool,
}

/// One paragraph.
#[derive(Debug, Clone, Default)]
pub struct Paragraph {
    pub facts: Vec<Fact>,
    pub quotes: Vec<Quoting>,
    pub sentences: Vec<Range<usize>>,
    /// Number of the paragraph in the article, and whether it is a headline.
    pub number: usize,
    pub headline: bool,
    /// Share of the paragraph's tokens inside quotations, in tenths.
    pub quoted_share: usize,
}

/// Returns the token ranges of the blocks that hold tokens, with the block numbers.
pub fn paragraphs(document: &Document) -> Vec<(usize, Range<usize>)> {
    let mut out: Vec<(usize, Range<usize>)> = Vec::new();
    for sentence in &document.sentences {
        match out.last_mut() {
            Some((block, range)) if *block == sentence.block => range.end = sentence.tokens.end,
            _ => out.push((sentence.block, sentence.tokens.clone())),
        }
    }
    out
}

/// Collects the facts of the tokens in `range`, which are the block with that number.
pub fn collect(document: &Document, block: usize, range: Range<usize>, number: usize) -> Paragraph {
    let first = range.start;
    let mut scratch = String::new();
    let mut facts: Vec<Fact> = document.tokens[range.clone()]
        .iter()
        .map(|token| {
            let head = token.head.map(|h| h as usize).filter(|h| range.contains(h)).map(|h| h - first);
            Fact {
                atom: atom(document.text.slice(token.span), &mut scratch),
                lemma: hash(&token.lemma),
                tag: u64::from(token.tag.0),
                entity: token.entity as u64,
                role: token.role as u64,
                head,
                cue: cues::class_number(&token.lemma, token.tag),
                ..Fact::default()
            }
        })
        .collect();
    let sentences = sentences(document, &range);
    for (number, sentence) in sentences.iter().enumerate() {
        for at in sentence.clone() {
            facts[at].sentence = number;
            facts[at].from_start = at - sentence.start;
            facts[at].to_end = sentence.end - 1 - at;
        }
        cue_neighbours(&mut facts, sentence.clone());
        tree(&mut facts, sentence.clone());
    }
    let quotes = quotes(document, &range);
    for (number, quote) in quotes.iter().enumerate() {
        for at in quote.tokens.clone() {
            facts[at].quote = Some(number);
            facts[at].quoted = Quoted::Inside;
        }
        facts[quote.tokens.start].quoted = Quoted::Opening;
        if quote.closed {
            facts[quote.tokens.end - 1].quoted = Quoted::Closing;
        }
    }
    let inside = facts.iter().filter(|f| f.quoted != Quoted::Outside).count();
    let quoted_share = inside * 10 / facts.len().max(1);
    let headline = document.blocks.get(block).is_some_and(|b| b.kind == BlockKind::Headline);
    Paragraph { facts, quotes, sentences, number, headline, quoted_share }
}

fn sentences(document: &Document, range: &Range<usize>) -> Vec<Range<usize>> {
    let from = document.sentences.partition_point(|s| s.tokens.end <= range.start);
    document.sentences[from..]
        .iter()
        .take_while(|s| s.tokens.start < range.end)
        .map(|s| s.tokens.start - range.start..s.tokens.end - range.start)
        .collect()
}

/// The outermost quotations of two tokens or more, in token numbers.
fn quotes(document: &Document, range: &Range<usize>) -> Vec<Quoting> {
    let Some(last) = document.tokens[range.clone()].last() else { return Vec::new() };
    let start = document.tokens[range.start].span.start;
    let from = document.quotes.partition_point(|q| q.span.start < start);
    let inside = |q: &&Quote| q.span.start < last.span.end;
    let mut out: Vec<Quoting> = Vec::new();
    for quote in document.quotes[from..].iter().take_while(inside) {
        let tokens = document.tokens_in(quote.span);
        let tokens =
            tokens.start.max(range.start) - range.start..tokens.end.min(range.end).max(range.start) - range.start;
        let apart = out.last().is_none_or(|o| o.tokens.end <= tokens.start);
        if tokens.len() > 1 && apart {
            out.push(Quoting { tokens, closed: quote.closed, continues: quote.continues });
        }
    }
    out
}

fn cue_neighbours(facts: &mut [Fact], sentence: Range<usize>) {
    let mut last = None;
    for at in sentence.clone() {
        facts[at].cue_before = last;
        if facts[at].cue != 0 {
            last = Some(at);
        }
    }
    let mut next = None;
    for at in sentence.rev() {
        facts[at].cue_after = next;
        if facts[at].cue != 0 {
            next = Some(at);
        }
    }
}

/// Fills in what the dependency tree of one sentence tells of each token.
fn tree(facts: &mut [Fact], sentence: Range<usize>) {
    for at in sentence.clone() {
        facts[at].edges = (at, at);
        facts[at].opens = at;
        facts[at].ends = at;
    }
    for at in sentence.clone() {
        let role = facts[at].role;
        if let Some(head) = facts[at].head {
            facts[head].dependents |= 1 << role;
            if role == Role::Subject as u64 && facts[head].subject.is_none() {
                facts[head].subject = Some(at);
            }
        }
    }
    let depth = depths(facts, &sentence);
    let mut order: Vec<usize> = sentence.clone().collect();
    order.sort_by_key(|&at| std::cmp::Reverse(depth[at - sentence.start]));
    for &at in &order {
        if let Some(head) = facts[at].head {
            let (left, right) = facts[at].edges;
            let edges = &mut facts[head].edges;
            *edges = (edges.0.min(left), edges.1.max(right));
        }
    }
    // Deepest first, so that the topmost token is the one that stays.
    for &at in &order {
        let (left, right) = facts[at].edges;
        facts[left].opens = at;
        facts[right].ends = at;
    }
    let modal = Tag::of("MD").map_or(0, |t| u64::from(t.0));
    for at in sentence {
        let mut path = facts[at].role;
        let mut climb = facts[at].head;
        for _ in 0..6 {
            let Some(here) = climb else { break };
            let is_verb = Tag(facts[here].tag as u8).is_verb() || facts[here].tag == modal;
            if is_verb || facts[here].cue != 0 {
                facts[at].above = Some((here, path));
                break;
            }
            path = path * 32 + facts[here].role + 1;
            climb = facts[here].head;
        }
    }
}

/// Distance of each token to its root; chains that never reach one count as long.
fn depths(facts: &[Fact], sentence: &Range<usize>) -> Vec<usize> {
    let mut out = vec![usize::MAX; sentence.len()];
    let mut path = Vec::new();
    for at in sentence.clone() {
        let mut here = at;
        path.clear();
        let base = loop {
            if out[here - sentence.start] != usize::MAX {
                break out[here - sentence.start];
            }
            path.push(here);
            match facts[here].head.filter(|h| sentence.contains(h)) {
                Some(head) if path.len() <= sentence.len() => here = head,
                _ => break 0,
            }
        };
        for (up, &token) in path.iter().rev().enumerate() {
            out[token - sentence.start] = base + up + 1;
        }
    }
    out
}
