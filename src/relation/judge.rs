//! From an alignment to an opposition: the one polarity ledger of both sides, and what else excludes the other.

use super::align::{Alignment, Bond, Pair};
use super::ledger::Operation;
use super::limits::{self, Lifted};
pub(super) use super::opposition::{Figures, Finding, Opposition};
use super::parsed::{Parsed, Word};
use super::passage::{found_anywhere, is_passage};
use super::position;
use super::proposition::Proposition;
use super::scope::{self, Amounts};
use super::words::{Effect, Family, Reach};

/// Fewest words that agree where two words exclude one another; and where one claim brings somebody new: with fewer, the two may
/// speak of two.
const FEW: usize = 2;
const FEW_OF_ANYBODY: usize = 6;
/// Words in common from which "not" alone makes the difference.
const SAME_WORDS: usize = 3;
/// Least coverage of both sides where amounts alone set them against one another.
const AMOUNTS_COVERED: f32 = 0.95;
/// Share of the reached weight that must differ.
const MOSTLY: f32 = 0.6;
/// Part of its weight that a synonym shares.
const LOOSE: f32 = 0.8;

pub(super) fn turns(operation: &Operation) -> bool {
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

/// The ledger of both sides over the links that agree.
#[derive(Default)]
struct Tally {
    /// Operators that count, by number.
    turned_a: Vec<usize>,
    turned_b: Vec<usize>,
    /// What turns a whole side around: cues, and exceptions that the other side speaks of.
    whole: usize,
    denials: usize,
    /// Weight of the links that an operator reaches, and of those whose parity differs.
    reached: f32,
    differing: f32,
    shared: f32,
    agreeing: usize,
}

impl Tally {
    fn read(a: &Parsed, b: &Parsed, alignment: &Alignment, lifted: &Lifted) -> Self {
        let denials = usize::from(a.denial.is_some()) + usize::from(b.denial.is_some());
        let whole = denials + lifted.excepted;
        let mut tally = Self { whole, denials, ..Self::default() };
        let ends = alignment.pairs.iter().filter(|pair| !pair.bond.opposes()).map(|pair| (pair.a, pair.b));
        let mut replaced_a = replaced(a, b, ends.clone(), &alignment.free_b);
        let mut replaced_b = replaced(b, a, ends.map(|(a, b)| (b, a)), &alignment.free_a);
        replaced_a.extend(&lifted.silent_a);
        replaced_b.extend(&lifted.silent_b);
        for pair in alignment.pairs.iter().filter(|pair| !pair.bond.opposes()) {
            let value = a.words[pair.a].weight.min(b.words[pair.b].weight);
            tally.shared += if pair.bond == Bond::Synonym { LOOSE * value } else { value };
            tally.agreeing += 1;
            let count = count(a, pair.a, &replaced_a, &mut tally.turned_a)
                + count(b, pair.b, &replaced_b, &mut tally.turned_b)
                + whole;
            let one = operator(a, pair.a).is_some_and(turns);
            let own = one != operator(b, pair.b).is_some_and(turns);
            if count > 0 && !own {
                tally.reached += value;
                tally.differing += if count % 2 == 1 { value } else { 0.0 };
            }
        }
        tally
    }

    /// Tells whether the words that are reached differ in parity, and the ledger as a whole is odd.
    fn odd(&self) -> bool {
        let turned = self.turned_a.len() + self.turned_b.len() + self.whole;
        self.reached > 0.0 && self.differing >= MOSTLY * self.reached && turned % 2 == 1
    }

    /// Tells whether one side turns each of its clauses by itself, and all that they reach: "I was not there and I gave no order".
    fn odd_by_clause(&self, a: &Parsed, b: &Parsed) -> bool {
        let alone = |side: &Parsed, turned: &[usize], other: &[usize]| {
            let mut clauses: Vec<u16> = turned.iter().map(|&n| side.words[side.operations[n].word].clause).collect();
            clauses.sort_unstable();
            other.is_empty() && clauses.len() > 1 && clauses.windows(2).all(|two| two[0] != two[1])
        };
        self.whole == 0
            && self.differing > 0.0
            && self.differing >= self.reached
            && (alone(a, &self.turned_a, &self.turned_b) || alone(b, &self.turned_b, &self.turned_a))
    }

    /// Tells whether one "not" is all that turns either side, and the other side has the words that it turns in the same order.
    fn negates_alone(&self, a: &Parsed, b: &Parsed, alignment: &Alignment) -> bool {
        let negator = |side: &Parsed, turned: &[usize]| {
            turned.iter().all(|&n| side.operations[n].operator.family == Family::Negator)
        };
        self.whole == 0
            && self.turned_a.len() + self.turned_b.len() == 1
            && negator(a, &self.turned_a)
            && negator(b, &self.turned_b)
            && (alignment.free_a.is_empty() || alignment.free_b.is_empty())
            && alignment.pairs.len() >= SAME_WORDS
            && alignment.pairs.iter().all(|pair| pair.bond == Bond::Exact)
            && alignment.pairs.windows(2).all(|two| two[0].b < two[1].b)
    }

    fn takes_stance(&self, a: &Parsed, b: &Parsed) -> bool {
        let stance = |side: &Parsed, turned: &[usize]| {
            turned.iter().any(|&n| side.operations[n].operator.family == Family::Stance)
        };
        self.denials % 2 == 1 || stance(a, &self.turned_a) || stance(b, &self.turned_b)
    }
}

/// Counts the operators over a word and notes them among those that count.
fn count(side: &Parsed, word: usize, replaced: &[usize], turned: &mut Vec<usize>) -> usize {
    let mut count = 0;
    for n in over(side, word).filter(|n| !replaced.contains(n)) {
        count += 1;
        let n = side.operations[n].goes_on.unwrap_or(n);
        if !turned.contains(&n) {
            turned.push(n);
        }
    }
    count
}

/// What the links that oppose come to.
#[derive(Default)]
struct Opposites {
    found: Option<(Opposition, Pair)>,
    opposing: usize,
    clash: Option<Pair>,
    /// A word of stance and its opposite: the ledger says the same, and the pair says it better.
    answered: Option<Pair>,
    /// Two different times are named.
    times: bool,
    /// Something else than a time opposes.
    timeless: bool,
    vague: bool,
    /// An opposite and a negator pay for one another: "did not win" and "lost" agree, "no red boats" and "blue boats" may.
    paid: bool,
}

fn opposites(a: &Parsed, b: &Parsed, alignment: &Alignment, tally: &Tally) -> Opposites {
    let mut all = Opposites::default();
    for &pair in alignment.pairs.iter().filter(|pair| pair.bond.opposes()) {
        let in_ledger = operator(a, pair.a).is_some_and(turns) != operator(b, pair.b).is_some_and(turns);
        if pair.bond == Bond::Clash {
            all.clash = all.clash.or(Some(pair));
        }
        let time = matches!(pair.bond, Bond::Clash | Bond::Exclusive(_)) && a.is_time(pair.a);
        all.times |= time;
        if in_ledger && tally.reached > 0.0 {
            if pair.bond == Bond::Antonym && over(a, pair.a).count() + over(b, pair.b).count() == 0 {
                all.answered = all.answered.or(Some(pair));
            }
            continue;
        }
        if (over(a, pair.a).count() + over(b, pair.b).count() + tally.whole) % 2 == 1 {
            all.paid = true;
            continue;
        }
        if a.words[pair.a].negated && b.words[pair.b].negated {
            continue;
        }
        all.opposing += 1;
        let few = if a.indefinite(pair.a) || b.indefinite(pair.b) { FEW_OF_ANYBODY } else { FEW };
        let guessed = !matches!(pair.bond, Bond::Clash | Bond::Antonym);
        all.timeless |= !time;
        let whole = alignment.free_a.is_empty() && alignment.free_b.is_empty();
        all.vague |= guessed && tally.agreeing < few && !(time && whole);
        all.vague |= pair.bond == Bond::Clash && a.is_numbered(pair.a);
        all.vague |= pair.bond != Bond::Clash && (a.indefinite_subject(pair.a) || b.indefinite_subject(pair.b));
        let kind = match pair.bond {
            Bond::Antonym => Opposition::Antonym,
            Bond::DerivedAntonym => Opposition::DerivedAntonym,
            Bond::Exclusive(_) => Opposition::Exclusive,
            _ => Opposition::Number,
        };
        if all.found.is_none_or(|(best, _)| rank(kind) < rank(best)) {
            all.found = Some((kind, pair));
        }
    }
    all
}

/// Judges an alignment: which opposition, how much of each side it rests on, and what speaks against it.
pub(super) fn judge(a: &Parsed, b: &Parsed, alignment: &Alignment) -> Finding {
    let lifted = limits::lift(a, b, alignment);
    let tally = Tally::read(a, b, alignment, &lifted);
    let mut opposites = opposites(a, b, alignment, &tally);
    if lifted.open {
        opposites.found = None;
    }
    if opposites.found.is_none() && tally.whole + tally.turned_a.len() + tally.turned_b.len() == 0 {
        opposites.found = scope::quantifiers(a, b, alignment).map(|pair| (Opposition::Quantifier, pair));
    }
    let amounts = scope::amounts(a, b, alignment);
    let together = amounts == Some(Amounts::Together);
    let odd = (tally.odd() || tally.odd_by_clause(a, b)) && !opposites.paid && !together;
    let prescribed = position::prescribes(a) && position::prescribes(b) || !is_passage(a, b);
    let positions = position::compare(a, b, alignment)
        .filter(|_| tally.shared > 0.0 && !opposites.paid && prescribed && !lifted.open);
    let answered =
        opposites.answered.filter(|_| odd && tally.whole == 0 && tally.turned_a.len() + tally.turned_b.len() == 1);
    if let Some(pair) = answered {
        opposites.found = Some((Opposition::Antonym, pair));
        opposites.opposing += 1;
    }
    let opposition = match opposites.found {
        Some((kind, _)) if answered.is_some() && positions.is_none() => kind,
        _ if odd && tally.negates_alone(a, b, alignment) => Opposition::Negation,
        _ if positions.is_some() => Opposition::Position,
        _ if odd && tally.takes_stance(a, b) => Opposition::Stance,
        _ if odd => Opposition::Negation,
        Some((kind, _)) => kind,
        None => Opposition::None,
    };
    let covered_a = covered(a, alignment.pairs.iter().map(|pair| pair.a), &alignment.free_a);
    let covered_b = covered(b, alignment.pairs.iter().map(|pair| pair.b), &alignment.free_b);
    let opposition = match amounts {
        Some(Amounts::Apart(pair))
            if tally.whole == 0
                && beside_amounts(a, b, alignment, pair) >= AMOUNTS_COVERED
                && (opposition == Opposition::None || odd) =>
        {
            opposites.found = Some((Opposition::Amount, pair));
            Opposition::Amount
        }
        _ => opposition,
    };
    let limited = !a.limits.is_empty() || !b.limits.is_empty();
    let times = opposites.times && !limited || scope::other_period(a, b, alignment);
    let by_ledger = matches!(opposition, Opposition::Negation | Opposition::Stance | Opposition::Position);
    let covered_turned = match (tally.turned_a.is_empty(), tally.turned_b.is_empty()) {
        (false, true) => covered_a,
        (true, false) => covered_b,
        _ => covered_a.min(covered_b),
    };
    let missing = unlinked(a, &tally.turned_a, &alignment.free_a) + unlinked(b, &tally.turned_b, &alignment.free_b);
    let covered_reach = if missing > 0.0 { tally.reached / (tally.reached + missing) } else { 1.0 };
    let names = |side: &Parsed, free: &[usize]| free.iter().any(|&word| side.words[word].name && !side.is_time(word));
    Finding {
        opposition,
        pair: opposites.found.map(|(_, pair)| pair).filter(|_| !by_ledger),
        covered_a,
        covered_b,
        covered_turned,
        covered_reach,
        shared: tally.shared,
        opposing: opposites.opposing,
        names_differ: names(a, &alignment.free_a) && names(b, &alignment.free_b),
        clash: opposites.clash,
        figures: figures(a, alignment),
        swap: None,
        linked: alignment.pairs.len(),
        both_free: !alignment.free_a.is_empty() && !alignment.free_b.is_empty(),
        times_only: opposites.times && !opposites.timeless && !by_ledger,
        parallel: parallel(a, b),
        one_time: alignment.pairs.iter().any(|pair| !pair.bond.opposes() && a.is_time(pair.a)),
        other_years: times && (by_ledger || opposites.timeless),
        vague: opposites.vague
            || odd && (scope::parts(a, b, alignment) || vague(a, &tally.turned_a) || vague(b, &tally.turned_b)),
        indefinite: alignment.pairs.first().is_some_and(|pair| a.indefinite(pair.a) || b.indefinite(pair.b)),
        turned_a: tally.turned_a,
        turned_b: tally.turned_b,
        positions: positions.unwrap_or_default(),
        scope_differs: scope::differs(a, b, alignment) || together || lifted.differs || lifted.excepted % 2 == 1,
        passage: is_passage(a, b).then(|| found_anywhere(a, b)),
        claims: a.is_claim() && b.is_claim(),
        proposition: Proposition::UNREAD,
    }
}

/// Tells how the quantities that are no times stand to one another.
fn figures(a: &Parsed, alignment: &Alignment) -> Figures {
    let quantities = alignment.pairs.iter().filter(|pair| a.words[pair.a].quantity.is_some() && !a.is_time(pair.a));
    quantities.fold(Figures::Untold, |told, &pair| match told {
        Figures::Differ(_) => told,
        _ if pair.bond == Bond::Clash => Figures::Differ(pair),
        _ => Figures::Same,
    })
}

/// Returns the least coverage of both sides beside the two amounts and the words for anybody whom they count.
fn beside_amounts(a: &Parsed, b: &Parsed, alignment: &Alignment, amounts: Pair) -> f32 {
    let own = |side: &Parsed, amount: usize, linked: &mut dyn Iterator<Item = usize>, free: &[usize]| {
        let counts = |&word: &usize| word != amount && !scope::is_anybody(side, word);
        let free: Vec<usize> = free.iter().copied().filter(counts).collect();
        covered(side, linked, &free)
    };
    let of_a = own(a, amounts.a, &mut alignment.pairs.iter().map(|pair| pair.a), &alignment.free_a);
    of_a.min(own(b, amounts.b, &mut alignment.pairs.iter().map(|pair| pair.b), &alignment.free_b))
}

/// Words that are no phrase but a statement.
const STATEMENT: usize = 3;

/// Tells whether two claims are the same word by word, however "not" is written.
fn parallel(a: &Parsed, b: &Parsed) -> bool {
    let negates =
        |word: &Word| word.entry.and_then(|entry| entry.operator).is_some_and(|o| o.family == Family::Negator);
    let same = |(x, y): (&Word, &Word)| x.lemma == y.lemma || negates(x) && negates(y);
    a.words.len() == b.words.len() && a.words.len() >= STATEMENT && a.words.iter().zip(&b.words).all(same)
}

/// Tells whether what is turned only modifies somebody new: "a man with no hat".
fn vague(side: &Parsed, turned: &[usize]) -> bool {
    modified(side, turned) && turned.iter().any(|&n| side.indefinite(side.operations[n].word))
}

/// Returns the weight of the words without a link in reach of the operators that count.
fn unlinked(side: &Parsed, turned: &[usize], free: &[usize]) -> f32 {
    let reached = |word: usize| turned.iter().any(|&n| side.operations[n].reach.contains(&word));
    let counts = |word: usize| operator(side, word).is_none() && !side.is_alternative(word) && reached(word);
    let free = free.iter().filter(|&&word| counts(word));
    free.map(|&word| side.words[word].weight).sum()
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
            // A like word that is no operator says the same, and an operator that stands on both sides cancels out.
            if links.clone().any(|(own, _)| own == word) {
                return true;
            }
            let (start, end) = match (before, after) {
                (Some((_, start)), Some((_, end))) if start < end => (start, end),
                (None, Some((_, end))) => (0, end),
                (Some((_, start)), None) => (start, other.words.len()),
                _ => return false,
            };
            let own = |&&word: &&usize| word > start && word < end && operator(other, word).is_none();
            free.iter().filter(own).count() == 1
        })
        .map(|(n, _)| n)
        .collect()
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
    let limited = |word: usize| side.limits.iter().any(|limit| limit.reach.contains(&word));
    let counts = |&word: &usize| operator(side, word).is_none() && !side.is_alternative(word) && !limited(word);
    let free: Vec<usize> = free.iter().copied().filter(counts).collect();
    let missing = weight(side, &free);
    if linked + missing > 0.0 { linked / (linked + missing) } else { 0.0 }
}
