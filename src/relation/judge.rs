//! From an alignment to an opposition: the one polarity ledger of both sides, and what else excludes the other.

use super::align::{Alignment, Bond, Pair};
use super::parsed::{Operation, Parsed};
use super::words::{Effect, Family, Reach};

/// What sets two claims against one another; the strongest names the relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opposition {
    None,
    /// An odd number of negators and implicatives.
    Negation,
    /// An odd number of turns, at least one of them a stance or a denial.
    Stance,
    /// Both take a position on the same matter, and the ledgers of the whole claims differ in parity.
    Position,
    Antonym,
    DerivedAntonym,
    Exclusive,
    Number,
}

impl Opposition {
    /// Returns the stable name of the rule.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Negation => "negation",
            Self::Stance => "stance",
            Self::Position => "position",
            Self::Antonym => "antonym",
            Self::DerivedAntonym => "antonym.wordnet",
            Self::Exclusive => "exclusive",
            Self::Number => "number",
        }
    }
}

/// What was found between two sentences.
#[derive(Debug)]
pub(super) struct Finding {
    pub opposition: Opposition,
    /// The pair that opposes, where it is a pair.
    pub pair: Option<Pair>,
    /// Operators that count, by number in each side's ledger.
    pub turned_a: Vec<usize>,
    pub turned_b: Vec<usize>,
    /// Share of each side's weight that is linked.
    pub covered_a: f32,
    pub covered_b: f32,
    /// Share of the weight of the side whose words are turned (the smaller of the two for other oppositions).
    pub covered_turned: f32,
    /// Share of the weight in reach of the operators that count which is linked; 1 where none counts.
    pub covered_reach: f32,
    /// Weight of the links that agree.
    pub shared: f32,
    /// Pairs that oppose.
    pub opposing: usize,
    /// Each side has a name that the other lacks.
    pub names_differ: bool,
    /// The opposition lies in a phrase that brings somebody new: the two may speak of two.
    pub vague: bool,
    /// One of the two speaks of somebody new.
    pub indefinite: bool,
    /// Quantities of one measure that exclude one another.
    pub clash: Option<Pair>,
}

/// Fewest words that agree where two words exclude one another; and where one claim brings somebody new: with fewer, the two may
/// speak of two.
const FEW: usize = 2;
const FEW_OF_ANYBODY: usize = 6;

fn turns(operation: &Operation) -> bool {
    operation.operator.effect == Effect::Turn
}

/// Numbers of the operators that reach a word by turning it.
fn over(side: &Parsed, word: usize) -> impl Iterator<Item = usize> {
    let operations = side.operations.iter().enumerate();
    operations.filter(move |(_, o)| turns(o) && (o.reach.contains(&word) && o.word != word)).map(|(n, _)| n)
}

fn weight(side: &Parsed, words: &[usize]) -> f32 {
    words.iter().map(|&word| side.words[word].weight).sum()
}

fn operator(side: &Parsed, word: usize) -> Option<&Operation> {
    side.operations.iter().find(|operation| operation.word == word)
}

/// Reads the ledger of both sides over an alignment.
pub(super) fn judge(a: &Parsed, b: &Parsed, alignment: &Alignment) -> Finding {
    let (mut reached, mut differing, mut shared) = (0.0f32, 0.0f32, 0.0f32);
    let (mut turned_a, mut turned_b): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    let mut agreeing = 0;
    let ends = |pair: &Pair| (pair.a, pair.b);
    let replaced_a = replaced(a, b, alignment.pairs.iter().map(ends), &alignment.free_b);
    let replaced_b = replaced(b, a, alignment.pairs.iter().map(ends).map(|(a, b)| (b, a)), &alignment.free_a);
    let whole = usize::from(a.denial.is_some()) + usize::from(b.denial.is_some());
    for pair in &alignment.pairs {
        let (word_a, word_b) = (&a.words[pair.a], &b.words[pair.b]);
        if pair.bond.opposes() {
            continue;
        }
        let value = word_a.weight.min(word_b.weight);
        let loose = if pair.bond == Bond::Synonym { 0.8 } else { 1.0 };
        shared += value * loose;
        agreeing += 1;
        let (mut count_a, mut count_b) = (0, 0);
        for n in over(a, pair.a).filter(|&n| !replaced_a.contains(&n)) {
            count_a += 1;
            if !turned_a.contains(&n) {
                turned_a.push(n);
            }
        }
        for n in over(b, pair.b).filter(|&n| !replaced_b.contains(&n)) {
            count_b += 1;
            if !turned_b.contains(&n) {
                turned_b.push(n);
            }
        }
        // An operator that is itself linked with the same operator stands on both sides and cancels out.
        let own =
            usize::from(operator(a, pair.a).is_some_and(turns)) + usize::from(operator(b, pair.b).is_some_and(turns));
        if count_a + count_b + whole > 0 && own == 0 {
            reached += value;
            if (count_a + count_b + whole) % 2 == 1 {
                differing += value;
            }
        }
    }
    // Both must hold: the words that are reached differ, and the ledger as a whole is odd.
    let mut odd = reached > 0.0 && differing >= 0.6 * reached && (turned_a.len() + turned_b.len() + whole) % 2 == 1;
    let mut pair_found: Option<(Opposition, Pair)> = None;
    let (mut opposing, mut clash, mut vague) = (0, None, false);
    for &pair in alignment.pairs.iter().filter(|pair| pair.bond.opposes()) {
        let (of_a, of_b) = (operator(a, pair.a), operator(b, pair.b));
        let in_ledger = of_a.is_some_and(turns) != of_b.is_some_and(turns);
        if pair.bond == Bond::Clash {
            clash = clash.or(Some(pair));
        }
        if in_ledger && reached > 0.0 {
            continue;
        }
        let (count_a, count_b) = (over(a, pair.a).count(), over(b, pair.b).count());
        if (count_a + count_b + whole) % 2 == 1 {
            // "did not win" and "lost" agree, "no red boats" and "blue boats" may: the opposite pays for the negator.
            odd = false;
            continue;
        }
        if a.words[pair.a].negated && b.words[pair.b].negated {
            continue;
        }
        opposing += 1;
        let few = if a.indefinite(pair.a) || b.indefinite(pair.b) { FEW_OF_ANYBODY } else { FEW };
        vague |= pair.bond != Bond::Clash && pair.bond != Bond::Antonym && agreeing < few;
        vague |= pair.bond != Bond::Clash && (a.indefinite_subject(pair.a) || b.indefinite_subject(pair.b));
        let kind = match pair.bond {
            Bond::Antonym => Opposition::Antonym,
            Bond::DerivedAntonym => Opposition::DerivedAntonym,
            Bond::Exclusive(_) => Opposition::Exclusive,
            _ => Opposition::Number,
        };
        if pair_found.is_none_or(|(best, _)| rank(kind) < rank(best)) {
            pair_found = Some((kind, pair));
        }
    }
    let vaguely = |side: &Parsed, turned: &[usize]| {
        modified(side, turned) && turned.iter().any(|&n| side.indefinite(side.operations[n].word))
    };
    vague |= odd && (vaguely(a, &turned_a) || vaguely(b, &turned_b));
    let stance =
        |side: &Parsed, turned: &[usize]| turned.iter().any(|&n| side.operations[n].operator.family == Family::Stance);
    let opposition = match pair_found {
        _ if odd && (whole % 2 == 1 || stance(a, &turned_a) || stance(b, &turned_b)) => Opposition::Stance,
        _ if odd => Opposition::Negation,
        Some((kind, _)) => kind,
        None if opposing == 0 && clash.is_none() && takes_sides(a) && takes_sides(b) => {
            let (of_a, of_b) = (turning(a), turning(b));
            if shared > 0.0 && (of_a.len() + of_b.len()) % 2 == 1 {
                (turned_a, turned_b) = (of_a, of_b);
                Opposition::Position
            } else {
                Opposition::None
            }
        }
        None => Opposition::None,
    };
    let covered_a = covered(a, alignment.pairs.iter().map(|pair| pair.a), &alignment.free_a);
    let covered_b = covered(b, alignment.pairs.iter().map(|pair| pair.b), &alignment.free_b);
    let covered_turned = match (turned_a.is_empty(), turned_b.is_empty()) {
        (false, true) => covered_a,
        (true, false) => covered_b,
        _ => covered_a.min(covered_b),
    };
    let free_reach = |side: &Parsed, turned: &[usize], free: &[usize]| -> f32 {
        let within = |word: &&usize| turned.iter().any(|&n| side.operations[n].reach.contains(word));
        free.iter()
            .filter(|word| operator(side, **word).is_none())
            .filter(within)
            .map(|&word| side.words[word].weight)
            .sum()
    };
    let missing = free_reach(a, &turned_a, &alignment.free_a) + free_reach(b, &turned_b, &alignment.free_b);
    let covered_reach = if missing > 0.0 { reached / (reached + missing) } else { 1.0 };
    let names = |side: &Parsed, free: &[usize]| free.iter().any(|&word| side.words[word].name);
    Finding {
        opposition,
        pair: pair_found
            .map(|(_, pair)| pair)
            .filter(|_| !matches!(opposition, Opposition::Negation | Opposition::Stance | Opposition::Position)),
        turned_a,
        turned_b,
        covered_a,
        covered_b,
        covered_turned,
        covered_reach,
        shared,
        opposing,
        names_differ: names(a, &alignment.free_a) && names(b, &alignment.free_b),
        clash,
        vague,
        indefinite: alignment.pairs.first().is_some_and(|pair| a.indefinite(pair.a) || b.indefinite(pair.b)),
    }
}

/// Returns the stance operators of `side` in whose place the other side has a word of its own ("will ban", "will study"): that
/// is another act, not the opposite one. Takes the links as (word of `side`, word of the other).
fn replaced(
    side: &Parsed,
    other: &Parsed,
    links: impl Iterator<Item = (usize, usize)> + Clone,
    free: &[usize],
) -> Vec<usize> {
    let stance = |operation: &Operation| turns(operation) && operation.operator.family == Family::Stance;
    let operations = side.operations.iter().enumerate().filter(|(_, operation)| stance(operation));
    operations
        .filter(|(_, operation)| {
            let word = operation.word;
            let before = links.clone().filter(|&(own, _)| own < word).max_by_key(|&(own, _)| own);
            let after = links.clone().filter(|&(own, _)| own > word).min_by_key(|&(own, _)| own);
            let linked = links.clone().any(|(own, _)| own == word);
            let (start, end) = match (before, after) {
                (Some((_, start)), Some((_, end))) if start < end => (start, end),
                (None, Some((_, end))) => (0, end),
                (Some((_, start)), None) => (start, other.words.len()),
                _ => return false,
            };
            let own = |&&word: &&usize| word > start && word < end && operator(other, word).is_none();
            !linked && free.iter().filter(own).count() == 1
        })
        .map(|(n, _)| n)
        .collect()
}

/// Tells whether a claim takes a position: what should be, or a stance for or against something.
pub(super) fn takes_sides(side: &Parsed) -> bool {
    side.mood.obligation || side.operations.iter().any(|operation| operation.operator.family == Family::Stance)
}

/// Returns the operators that turn, where those joined by "and" or "or" ("cuts and reductions") count once.
fn turning(side: &Parsed) -> Vec<usize> {
    let mut turning: Vec<usize> = Vec::new();
    for (n, operation) in side.operations.iter().enumerate().filter(|(_, operation)| turns(operation)) {
        let joined = turning.last().is_some_and(|&last| {
            let before = side.operations[last].word;
            operation.word == before + 2 && side.joins(before + 1)
        });
        if !joined {
            turning.push(n);
        }
    }
    turning
}

/// Tells whether an operator that counts only modifies a phrase ("with no hat", "without a hat").
fn modified(side: &Parsed, turned: &[usize]) -> bool {
    turned.iter().any(|&n| {
        let operation = &side.operations[n];
        operation.operator.reach == Reach::Local || side.modifies(operation.word)
    })
}

const fn rank(kind: Opposition) -> u8 {
    match kind {
        Opposition::Antonym => 0,
        Opposition::Exclusive => 1,
        Opposition::DerivedAntonym => 2,
        _ => 3,
    }
}

/// Share of the weight that is linked; operators are the ledger's business and do not count against it.
fn covered(side: &Parsed, linked: impl Iterator<Item = usize>, free: &[usize]) -> f32 {
    let linked: f32 = linked.map(|word| side.words[word].weight).sum();
    let free: Vec<usize> = free.iter().copied().filter(|&word| operator(side, word).is_none()).collect();
    let missing = weight(side, &free);
    if linked + missing > 0.0 { linked / (linked + missing) } else { 0.0 }
}
