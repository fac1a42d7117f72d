//! The features of the fast reader: what each token, its neighbours, its quotation and its governor say about its label.
//!
//! Two sets: those of the first pass, and those that the labels of the first pass give to the second (stacking, after
//! Cohen and Carvalho 2005). Features are hashes; refuses to keep their names.

use crate::attribution::fast::chain::Row;
use crate::attribution::fast::facts::{Fact, Paragraph, Quoted};
use crate::attribution::reader::{LABELS, Label};
use crate::text::linear::mix;
use crate::text::tagger::best;

/// Collects features under numbered templates.
struct Sheet<'a> {
    out: &'a mut Vec<u64>,
    template: u64,
}

impl Sheet<'_> {
    fn add(&mut self, a: u64, b: u64, c: u64) {
        self.template += 1;
        self.out.push(mix(mix(mix(self.template, a), b), c));
    }
}

const NOWHERE: u64 = 77;

fn bucket(n: usize) -> u64 {
    match n {
        0..=4 => n as u64,
        5..=7 => 5,
        8..=12 => 6,
        13..=25 => 7,
        _ => 8,
    }
}

/// Returns the context of the transition into token `at`: what kind of boundary stands there.
pub fn context(paragraph: &Paragraph, at: usize) -> u8 {
    let fact = &paragraph.facts[at];
    if fact.quoted == Quoted::Opening {
        return if fact.from_start == 0 { 1 } else { 2 };
    }
    let Some(last) = at.checked_sub(1).map(|i| &paragraph.facts[i]) else { return 0 };
    if fact.quoted == Quoted::Closing {
        return 3;
    }
    if last.quoted == Quoted::Closing {
        return if fact.from_start == 0 { 4 } else { 5 };
    }
    if last.quoted == Quoted::Opening {
        return 6;
    }
    if fact.from_start == 0 {
        return if fact.quoted == Quoted::Inside { 7 } else { 8 };
    }
    if fact.quoted == Quoted::Inside {
        return 9;
    }
    let mark = crate::text::atoms::Case::Mark;
    if last.atom.case == mark || fact.atom.case == mark { 10 } else { 11 }
}

/// Fills `out` with the first-pass features of token `at`.
pub fn first(paragraph: &Paragraph, at: usize, out: &mut Vec<u64>) {
    out.clear();
    let mut sheet = Sheet { out, template: 1_000 };
    words(paragraph, at, &mut sheet);
    quotation(paragraph, at, &mut sheet);
    place(paragraph, at, &mut sheet);
    governor(paragraph, at, &mut sheet);
}

fn words(paragraph: &Paragraph, at: usize, sheet: &mut Sheet<'_>) {
    let empty = Fact { tag: NOWHERE, lemma: NOWHERE, entity: NOWHERE, ..Fact::default() };
    let near: [&Fact; 7] = std::array::from_fn(|i| {
        at.checked_add_signed(i as isize - 3).and_then(|j| paragraph.facts.get(j)).unwrap_or(&empty)
    });
    let [_, b, a, here, x, y, _] = near;
    sheet.add(0, 0, 0);
    for fact in near {
        sheet.add(fact.tag, 0, 0);
    }
    for fact in &near[1..6] {
        sheet.add(fact.atom.word, 0, 0);
        sheet.add(fact.lemma, fact.tag, 0);
        sheet.add(fact.entity, fact.atom.case as u64, 0);
        sheet.add(fact.cue, 0, 0);
    }
    sheet.add(here.atom.suffix[1], 0, 0);
    sheet.add(here.atom.suffix[2], 0, 0);
    sheet.add(here.atom.prefix, here.tag, 0);
    sheet.add(here.atom.shape, 0, 0);
    sheet.add(a.tag, here.tag, 0);
    sheet.add(here.tag, x.tag, 0);
    sheet.add(b.tag, a.tag, here.tag);
    sheet.add(a.tag, here.tag, x.tag);
    sheet.add(here.tag, x.tag, y.tag);
    sheet.add(a.lemma, here.lemma, 0);
    sheet.add(here.lemma, x.lemma, 0);
    sheet.add(a.atom.word, here.tag, x.atom.word);
    sheet.add(b.lemma, a.lemma, 0);
    sheet.add(x.lemma, y.lemma, 0);
    sheet.add(here.lemma, x.tag, 0);
    sheet.add(here.entity, x.lemma, 0);
    sheet.add(a.cue, here.cue, x.cue);
    sheet.add(here.cue, a.tag, x.tag);
    sheet.add(here.tag, a.cue, b.cue);
    sheet.add(here.tag, a.entity, x.entity);
    sheet.add(here.lemma, here.quoted as u64, x.quoted as u64);
}

fn quotation(paragraph: &Paragraph, at: usize, sheet: &mut Sheet<'_>) {
    let facts = &paragraph.facts;
    let here = &facts[at];
    let state = here.quoted as u64;
    let around = |i: Option<usize>| i.and_then(|i| facts.get(i)).map_or(9, |f| f.quoted as u64);
    let neighbours = around(at.checked_sub(1)) * 16 + around(Some(at + 1));
    sheet.add(state, here.tag, 0);
    sheet.add(state, neighbours, 0);
    sheet.add(state, neighbours, here.tag);
    match here.quote.map(|q| &paragraph.quotes[q]) {
        Some(quote) => {
            let len = bucket(quote.tokens.len() - 1);
            let (start, end) = (quote.tokens.start, quote.tokens.end);
            let before = start.checked_sub(1).map(|i| &facts[i]);
            let after = facts.get(end);
            let inner = end.checked_sub(2).map_or(NOWHERE, |i| facts[i].atom.word);
            let capital = facts.get(start + 1).map_or(0, |f| f.atom.case as u64);
            let opens_sentence = u64::from(facts[start].from_start == 0);
            let before_lemma = before.map_or(NOWHERE, |f| f.lemma);
            let after_lemma = after.map_or(NOWHERE, |f| f.lemma);
            let flags = u64::from(quote.closed) + 2 * u64::from(quote.continues) + 4 * opens_sentence;
            sheet.add(len, state, capital);
            sheet.add(len, inner, opens_sentence);
            sheet.add(state, inner, 0);
            sheet.add(before_lemma, state, 0);
            sheet.add(after_lemma, state, 0);
            sheet.add(before.map_or(0, |f| f.tag), after.map_or(0, |f| f.tag), state);
            sheet.add(before.map_or(0, |f| f.cue), after.map_or(0, |f| f.cue), state);
            sheet.add(flags, state, paragraph.quoted_share as u64);
            sheet.add(bucket(at - start), len, capital);
            sheet.add(bucket(end - 1 - at), len, opens_sentence);
            sheet.add(u64::from(start == 0) + 2 * u64::from(end == facts.len()), flags, state);
        }
        None => {
            sheet.template += 50;
            let last = paragraph.quotes.iter().rev().find(|q| q.tokens.end <= at);
            let next = paragraph.quotes.iter().find(|q| q.tokens.start > at);
            let back = last.map_or(30, |q| bucket(at - q.tokens.end));
            let ahead = next.map_or(30, |q| bucket(q.tokens.start - at - 1));
            let same_back = last.is_some_and(|q| facts[q.tokens.end - 1].sentence == here.sentence);
            let same_ahead = next.is_some_and(|q| facts[q.tokens.start].sentence == here.sentence);
            let inner = last.map_or(NOWHERE, |q| facts[q.tokens.end.saturating_sub(2)].atom.word);
            sheet.add(back, here.tag, u64::from(same_back));
            sheet.add(ahead, here.tag, u64::from(same_ahead));
            sheet.add(back, here.lemma, inner);
            sheet.add(back, here.cue, here.entity);
            sheet.add(ahead, here.cue, here.entity);
            sheet.add(back, inner, here.role);
            sheet.add(u64::from(same_back) * 2 + u64::from(same_ahead), here.lemma, 0);
            sheet.add(u64::from(same_back) * 2 + u64::from(same_ahead), here.role, here.tag);
        }
    }
}

fn place(paragraph: &Paragraph, at: usize, sheet: &mut Sheet<'_>) {
    let facts = &paragraph.facts;
    let here = &facts[at];
    let sentence = &paragraph.sentences[here.sentence];
    let opening = &facts[sentence.start];
    let closing = &facts[sentence.end - 1];
    let article = bucket(paragraph.number.min(3)) + if paragraph.headline { 10 } else { 0 };
    sheet.template = 1_200;
    sheet.add(bucket(here.from_start), 0, 0);
    sheet.add(bucket(here.to_end), 0, 0);
    sheet.add(here.from_start.min(3) as u64, here.tag, 0);
    sheet.add(here.to_end.min(3) as u64, here.tag, 0);
    sheet.add(here.sentence.min(4) as u64, paragraph.sentences.len().min(5) as u64, here.quoted as u64);
    sheet.add(article, here.tag, 0);
    sheet.add(article, here.cue, 0);
    sheet.add(opening.lemma, u64::from(here.from_start == 0), here.quoted as u64);
    sheet.add(opening.tag, here.tag, here.quoted as u64);
    sheet.add(closing.atom.word, here.quoted as u64, here.tag);
    sheet.add(paragraph.quoted_share as u64, here.quoted as u64, u64::from(here.from_start == 0));
    let near = |i: Option<usize>| match i {
        Some(i) => (facts[i].cue, facts[i].lemma, bucket(i.abs_diff(at)), u64::from(facts[i].quoted == here.quoted)),
        None => (NOWHERE, NOWHERE, 9, 0),
    };
    let (class, lemma, distance, same) = near(here.cue_before);
    sheet.add(class, distance, here.tag);
    sheet.add(lemma, same, here.quoted as u64);
    sheet.add(class, same, here.role);
    sheet.add(class, distance, same);
    let (next_class, next_lemma, next_distance, next_same) = near(here.cue_after);
    sheet.add(next_class, next_distance, here.tag);
    sheet.add(next_lemma, next_same, here.quoted as u64);
    sheet.add(next_class, next_same, here.role);
    sheet.add(next_class, next_distance, next_same);
    sheet.add(class, next_class, here.quoted as u64);
}

fn governor(paragraph: &Paragraph, at: usize, sheet: &mut Sheet<'_>) {
    let facts = &paragraph.facts;
    let here = &facts[at];
    let empty = Fact { tag: NOWHERE, lemma: NOWHERE, entity: NOWHERE, role: NOWHERE, ..Fact::default() };
    let head = here.head.map_or(&empty, |h| &facts[h]);
    let direction = here.head.map_or(2, |h| u64::from(h < at));
    let distance = here.head.map_or(0, |h| bucket(h.abs_diff(at))) * 4 + direction;
    let grand = head.head.map_or(&empty, |h| &facts[h]);
    sheet.template = 1_300;
    sheet.add(here.role, here.tag, direction);
    sheet.add(here.role, head.lemma, 0);
    sheet.add(here.role, head.tag, direction);
    sheet.add(here.role, head.cue, direction);
    sheet.add(head.lemma, direction, 0);
    sheet.add(here.lemma, head.lemma, here.role);
    sheet.add(distance, here.tag, head.tag);
    sheet.add(here.role, head.role, grand.tag);
    sheet.add(here.role, head.role, grand.lemma);
    sheet.add(here.role, head.role, grand.cue);
    // What it governs.
    sheet.add(u64::from(here.dependents), here.tag, 0);
    sheet.add(u64::from(here.dependents & 0b111_1110), here.lemma, 0);
    sheet.add(u64::from(here.dependents & 0b111_1110), here.cue, here.tag);
    let subject = here.subject.map_or(&empty, |s| &facts[s]);
    let side = here.subject.map_or(2, |s| u64::from(s < at));
    sheet.add(subject.lemma, here.lemma, 0);
    sheet.add(subject.entity, subject.tag, mix(here.cue, side));
    sheet.add(subject.tag, here.lemma, side);
    // The nearest verb or cue above.
    let (above, path, above_side) = match here.above {
        Some((token, path)) => (&facts[token], path, u64::from(token < at)),
        None => (&empty, 0, 2),
    };
    sheet.add(path, above.lemma, above_side);
    sheet.add(path, above.cue, above_side);
    sheet.add(above.lemma, above_side, here.quoted as u64);
    sheet.add(above.cue, above.tag, above_side);
    let over = here.above.and_then(|(token, _)| facts[token].above);
    let (over, over_path) = over.map_or((&empty, 0), |(token, path)| (&facts[token], path));
    sheet.add(over.lemma, over_path, 0);
    sheet.add(over.cue, over_path, path);
    // The clause or phrase that begins here, and those that end here or just before.
    let mut edge = |top: usize, width: usize| {
        let top = &facts[top];
        let head = top.head.map_or(&empty, |h| &facts[h]);
        let side = top.head.map_or(2, |h| u64::from(h < at));
        sheet.add(top.role, head.lemma, side);
        sheet.add(top.role, head.cue, mix(side, top.tag));
        sheet.add(top.role, bucket(width), head.tag);
        sheet.add(head.role, mix(top.role, head.cue), side);
    };
    edge(here.opens, facts[here.opens].edges.1 - at);
    edge(here.ends, at - facts[here.ends].edges.0);
    let before = at.saturating_sub(1);
    edge(facts[before].ends, before - facts[facts[before].ends].edges.0.min(before));
}

/// Fills `out` with what the first pass's label probabilities say about token `at`.
pub fn second(paragraph: &Paragraph, passed: &Passed, at: usize, out: &mut Vec<u64>) {
    let mut sheet = Sheet { out, template: 2_000 };
    let facts = &paragraph.facts;
    let here = &facts[at];
    let label = |offset: isize| {
        at.checked_add_signed(offset).and_then(|i| passed.labels.get(i)).map_or(NOWHERE, |&l| u64::from(l))
    };
    let sure = |offset: isize| {
        at.checked_add_signed(offset).and_then(|i| passed.sure.get(i)).map_or(NOWHERE, |&s| u64::from(s))
    };
    for offset in -3..=3 {
        sheet.add(label(offset), sure(offset), 0);
    }
    sheet.add(label(-1), label(0), label(1));
    sheet.add(mix(label(-2), label(-1)), label(0), mix(label(1), label(2)));
    sheet.add(label(0), here.lemma, 0);
    sheet.add(label(0), here.tag, label(1));
    sheet.add(label(0), label(-1), here.tag);
    sheet.add(u64::from(passed.second[at]), label(0), sure(0));
    sheet.add(u64::from(passed.second[at]), label(0), here.tag);
    for role in 0..3 {
        let (back, ahead) = (passed.before[at][role], passed.after[at][role]);
        let far = |i: Option<u32>| match i {
            Some(i) => {
                let i = i as usize;
                let same = u64::from(facts[i].sentence == here.sentence);
                (bucket(i.abs_diff(at)), same, facts[i].lemma, u64::from(facts[i].quoted != Quoted::Outside))
            }
            None => (20, 0, NOWHERE, 2),
        };
        let ((d, same, lemma, quoted), (e, same_ahead, lemma_ahead, quoted_ahead)) = (far(back), far(ahead));
        sheet.add(d, same, label(0));
        sheet.add(e, same_ahead, label(0));
        sheet.add(lemma, same, label(0));
        sheet.add(lemma_ahead, same_ahead, label(0));
        sheet.add(same * 2 + same_ahead, here.tag, here.role);
        sheet.add(same * 2 + same_ahead, mix(label(0), sure(0)), quoted * 4 + quoted_ahead);
    }
    let counts = passed.counts[here.sentence];
    let signature = counts.iter().fold(0, |s, &n| s * 4 + u64::from(n.min(3)));
    sheet.add(signature, label(0), sure(0));
    sheet.add(signature, here.tag, here.quoted as u64);
    sheet.add(signature, here.cue, label(0));
    let beside = |number: Option<usize>| {
        number
            .and_then(|n| passed.counts.get(n))
            .map_or(NOWHERE, |c| c.iter().fold(0, |s, &n| s * 3 + u64::from(n.min(2))))
    };
    sheet.add(beside(here.sentence.checked_sub(1)), signature, label(0));
    sheet.add(beside(Some(here.sentence + 1)), signature, label(0));
    let head = here.head.map_or(NOWHERE, |h| u64::from(passed.labels[h]));
    sheet.add(head, here.role, label(0));
    sheet.add(head, here.head.map_or(0, |h| facts[h].lemma), here.role);
    if let Some((token, path)) = here.above {
        sheet.add(u64::from(passed.labels[token]), path, label(0));
    } else {
        sheet.add(NOWHERE, NOWHERE, label(0));
    }
    let top = &facts[here.opens];
    sheet.add(top.head.map_or(NOWHERE, |h| u64::from(passed.labels[h])), top.role, label(0));
    let last = &facts[facts[at.saturating_sub(1)].ends];
    sheet.add(last.head.map_or(NOWHERE, |h| u64::from(passed.labels[h])), last.role, label(0));
    if let Some(quote) = here.quote.map(|q| &paragraph.quotes[q]) {
        let first = u64::from(passed.labels[quote.tokens.start]);
        let last = u64::from(passed.labels[quote.tokens.end - 1]);
        let inside = quote.tokens.len() / 2 + quote.tokens.start;
        let middle = u64::from(passed.labels[inside]);
        sheet.add(first, last, here.quoted as u64);
        sheet.add(middle, label(0), here.quoted as u64);
        sheet.add(first * 8 + last, middle, label(0));
    }
}

/// The first pass's answer, in the form the second pass asks for.
#[derive(Debug, Clone, Default)]
pub struct Passed {
    labels: Vec<u8>,
    /// How sure the label is, in four steps.
    sure: Vec<u8>,
    /// The second likeliest label where it has a tenth or more, else the first.
    second: Vec<u8>,
    /// Last and next token of a source, cue or content, not counting this one.
    before: Vec<[Option<u32>; 3]>,
    after: Vec<[Option<u32>; 3]>,
    /// For each sentence: how many sources, cues and contents begin in it.
    counts: Vec<[u8; 3]>,
}

impl Passed {
    /// Reads the label probabilities of a paragraph.
    pub fn new(paragraph: &Paragraph, marginals: &[Row]) -> Self {
        let len = marginals.len();
        let labels: Vec<u8> = marginals.iter().map(|row| best(row) as u8).collect();
        let sure = marginals.iter().zip(&labels).map(|(row, &l)| match row[usize::from(l)] {
            p if p > 0.95 => 3,
            p if p > 0.8 => 2,
            p if p > 0.5 => 1,
            _ => 0,
        });
        let second = marginals.iter().zip(&labels).map(|(row, &l)| {
            let other = (0..LABELS).filter(|&y| y != usize::from(l)).max_by(|&a, &b| row[a].total_cmp(&row[b]));
            other.filter(|&y| row[y] >= 0.1).map_or(l, |y| y as u8)
        });
        let role = |l: u8| match Label::ALL[usize::from(l)] {
            Label::Outside => None,
            Label::BeginSource | Label::InSource => Some(0),
            Label::BeginCue | Label::InCue => Some(1),
            Label::BeginContent | Label::InContent => Some(2),
        };
        let mut before = vec![[None; 3]; len];
        let mut last = [None; 3];
        for at in 0..len {
            before[at] = last;
            if let Some(role) = role(labels[at]) {
                last[role] = Some(at as u32);
            }
        }
        let mut after = vec![[None; 3]; len];
        let mut next = [None; 3];
        for at in (0..len).rev() {
            after[at] = next;
            if let Some(role) = role(labels[at]) {
                next[role] = Some(at as u32);
            }
        }
        let mut counts = vec![[0u8; 3]; paragraph.sentences.len()];
        for (at, &label) in labels.iter().enumerate() {
            if let (Some(role), 1) = (role(label), label % 2) {
                let count = &mut counts[paragraph.facts[at].sentence][role];
                *count = count.saturating_add(1);
            }
        }
        Self { sure: sure.collect(), second: second.collect(), labels, before, after, counts }
    }
}
