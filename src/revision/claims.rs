//! The claims of two versions: which are the same, which were altered, added, removed or given to somebody else.

use super::aligned::{Aligned, End};
use super::passage::{Mark, Passage, Piece, likeness, pieces, plain};
use super::{Change, ChangeKind, Side, Stated, Version};
use crate::attribution::{Kind, Quotation};
use crate::lexicon::numbers::number_word;
use std::collections::BTreeSet;

/// Share of words in common from which two claims of one speaker are one that was altered.
const ALTERED: f64 = 0.5;
/// The same where the speakers differ.
const HANDED_ON: f64 = 0.8;
/// The same where both stand in one paragraph that was altered.
const MOVED: f64 = 0.3;

/// Returns the words of a text in lower case, one space before, between and after them: whole words are found in it.
pub(super) fn padded(text: &str) -> String {
    let mut out = String::from(" ");
    for word in plain(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        out.extend(word.chars().flat_map(char::to_lowercase));
        out.push(' ');
    }
    out
}

/// The stretches of a claim's words, each as [`padded`] gives them.
pub(super) fn stretches(words: &str) -> impl Iterator<Item = String> {
    words.split("[...]").map(padded).filter(|stretch| stretch.len() > 1)
}

/// Tells whether figures differ, and nothing else.
pub(super) fn other_figures(pieces: &[Piece]) -> bool {
    let is_figure = |text: &str| {
        let mut words =
            text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | ','))).filter(|word| !word.is_empty());
        words.any(|word| word.contains(|c: char| c.is_ascii_digit()) || number_word(&word.to_lowercase()).is_some())
    };
    let mut changed = pieces.iter().filter(|piece| piece.mark != Mark::Same).peekable();
    if changed.peek().is_none() {
        return false;
    }
    let mut last = Mark::Added;
    // Each figure that went has one that came in its place.
    changed.all(|piece| is_figure(&piece.text) && std::mem::replace(&mut last, piece.mark) != piece.mark)
        && last == Mark::Added
}

/// The claims of both versions that found no partner yet.
struct Open<'a, I> {
    before: Vec<&'a Stated<I>>,
    after: Vec<&'a Stated<I>>,
}

impl<'a, I: Copy> Open<'a, I> {
    /// Takes out the pairs that `alike` gives a share above zero, the most alike first.
    fn pair(&mut self, alike: impl Fn(&Stated<I>, &Stated<I>) -> f64) -> Vec<(&'a Stated<I>, &'a Stated<I>)> {
        let mut pairs = Vec::new();
        for (i, was) in self.before.iter().enumerate() {
            for (j, is) in self.after.iter().enumerate() {
                let share = alike(was, is);
                if share > 0.0 {
                    pairs.push((share, i, j));
                }
            }
        }
        // Of pairs that are as much alike, those stand first that stand alike in their versions.
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.abs_diff(a.2).cmp(&b.1.abs_diff(b.2))).then(a.1.cmp(&b.1)));
        let (mut old, mut new, mut out) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
        for (_, i, j) in pairs {
            if !old.contains(&i) && !new.contains(&j) {
                old.insert(i);
                new.insert(j);
                out.push((i, self.before[i], self.after[j]));
            }
        }
        let rest = |list: &mut Vec<&'a Stated<I>>, gone: &BTreeSet<usize>| {
            let mut place = 0..;
            list.retain(|_| place.next().is_none_or(|place| !gone.contains(&place)));
        };
        rest(&mut self.before, &old);
        rest(&mut self.after, &new);
        out.sort_by_key(|(place, ..)| *place);
        out.into_iter().map(|(_, was, is)| (was, is)).collect()
    }
}

/// Returns what was changed in the claims, in the order of the earlier version; what was added comes last.
pub(super) fn changes<I: Copy>(before: &Version<'_, I>, after: &Version<'_, I>, text: &[Passage]) -> Vec<Change<I>> {
    let mut open = Open { before: before.claims.iter().collect(), after: after.claims.iter().collect() };
    let (old, new) = (padded(before.text), padded(after.text));
    let stands_in = |claim: &Stated<I>, text: &str| stretches(&claim.words).all(|stretch| text.contains(&stretch));
    let same = |a: &Stated<I>, b: &Stated<I>| padded(&a.words) == padded(&b.words);
    let share = |most: f64, a: &Stated<I>, b: &Stated<I>| {
        Some(likeness(&a.words, &b.words)).filter(|x| *x >= most).unwrap_or(0.0)
    };

    open.pair(|a, b| f64::from(u8::from(same(a, b) && !is_another(a, b))));
    let mut out: Vec<Change<I>> = Vec::new();
    let handed = open.pair(|a, b| f64::from(u8::from(same(a, b))));
    out.extend(handed.into_iter().map(|(was, is)| Change::between(ChangeKind::SpeakerChanged, side(was), side(is))));
    let altered = open.pair(|a, b| if is_another(a, b) { 0.0 } else { share(ALTERED, a, b) });
    // Both wordings in both texts: the reader took another part of the same sentence.
    let altered = altered.into_iter().filter(|(was, is)| !(stands_in(was, &new) && stands_in(is, &old)));
    out.extend(altered.map(|(was, is)| Change::between(sort(was, is), side(was), side(is))));
    let handed = open.pair(|a, b| share(HANDED_ON, a, b));
    out.extend(handed.into_iter().map(|(was, is)| Change::between(ChangeKind::SpeakerChanged, side(was), side(is))));
    // What is left is looked for in the text: the reader may have taken only one of two wordings for a claim, or another
    // speaker for its own.
    let altered: Vec<Aligned> = text.iter().filter_map(Aligned::of).collect();
    let home = |claim: &Stated<I>, end: End| altered.iter().position(|one| one.holds(&claim.words, end));
    let moved = open.pair(|a, b| match (home(a, End::Before), home(b, End::After)) {
        (Some(was), Some(is)) if was == is => share(MOVED, a, b),
        _ => 0.0,
    });
    out.extend(moved.into_iter().map(|(was, is)| Change::between(sort(was, is), side(was), side(is))));
    let other = |claim: &Stated<I>, end: End| {
        altered.iter().find_map(|one| one.other(&claim.words, end)).filter(|other| other.share >= ALTERED)
    };
    let unread = |claim: &Stated<I>, words: String| Side { words, who: claim.who.clone(), claim: None };
    for claim in open.before.iter().filter(|claim| !stands_in(claim, &new)) {
        out.push(match other(claim, End::Before) {
            Some(other) => Change::between(sort_of(claim, &other.words), side(claim), unread(claim, other.words)),
            None => Change::removed(removed(claim.kind), side(claim)),
        });
    }
    for claim in open.after.iter().filter(|claim| !stands_in(claim, &old)) {
        out.push(match other(claim, End::After) {
            Some(other) => Change::between(sort_of(claim, &other.words), unread(claim, other.words), side(claim)),
            None => Change::added(added(claim.kind), side(claim)),
        });
    }
    // Cut otherwise out of a sentence that was a claim before, it is nothing new.
    let known = |claim: &Stated<I>| before.claims.iter().any(|other| overlap(&other.words, &claim.words));
    let anew = open.after.iter().filter(|claim| stands_in(claim, &old) && !known(claim));
    out.extend(anew.map(|claim| Change::added(ChangeKind::ReadAnew, side(claim))));
    out
}

/// Tells whether the words of one claim stand in those of another.
fn overlap(a: &str, b: &str) -> bool {
    let (a, b) = (padded(a), padded(b));
    a.contains(&b) || b.contains(&a)
}

fn side<I: Copy>(claim: &Stated<I>) -> Side<I> {
    Side { words: claim.words.clone(), who: claim.who.clone(), claim: Some(claim.id) }
}

/// Tells whether two claims are surely given to different speakers: what the article around them does to a pronoun counts
/// only where both are known.
fn is_another<I>(a: &Stated<I>, b: &Stated<I>) -> bool {
    if a.who.is_empty() || b.who.is_empty() || a.speaker.is_some() && a.speaker == b.speaker {
        return false;
    }
    let (one, other) = (padded(&a.who), padded(&b.who));
    if one.contains(&other) || other.contains(&one) {
        return false;
    }
    let known = a.speaker.is_some() && b.speaker.is_some();
    known || padded(&a.sentence) != padded(&b.sentence)
}

fn sort<I>(was: &Stated<I>, is: &Stated<I>) -> ChangeKind {
    let indirect = if is.quotation == Quotation::Indirect { is } else { was };
    sort_of(indirect, if std::ptr::eq(indirect, is) { &was.words } else { &is.words })
}

/// The sort of change between a claim and another wording of it.
fn sort_of<I>(claim: &Stated<I>, other: &str) -> ChangeKind {
    if other_figures(&pieces(other, &claim.words)) {
        ChangeKind::FigureChanged
    } else if claim.quotation == Quotation::Indirect {
        ChangeKind::ReportAltered
    } else {
        ChangeKind::QuotationAltered
    }
}

const fn removed(kind: Kind) -> ChangeKind {
    match kind {
        Kind::Denial => ChangeKind::DenialRemoved,
        Kind::Refusal => ChangeKind::RefusalRemoved,
        _ => ChangeKind::ClaimRemoved,
    }
}

const fn added(kind: Kind) -> ChangeKind {
    match kind {
        Kind::Denial => ChangeKind::DenialAdded,
        Kind::Refusal => ChangeKind::RefusalAdded,
        _ => ChangeKind::ClaimAdded,
    }
}
