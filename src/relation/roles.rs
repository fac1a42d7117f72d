//! Who does what to whom: the same words with two of them in one another's place ("Reyes beat Whitlock", "Whitlock beat Reyes").
//!
//! Found by the order of words where one sentence is the other with two phrases exchanged, and by subject and object where one of
//! the two stands in the passive. Words that say the same both ways ("met", "and") exchange nothing.

use super::align::{Alignment, Pair};
use super::judge::{Finding, Opposition};
use super::parsed::{Parsed, Word};
use super::words::{Order, hash};
use std::ops::Range;

/// Two words in one another's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Swap {
    /// The first of the two words, on each side.
    pub a: usize,
    pub b: usize,
    /// The last word of the second phrase of the first side.
    pub a_end: usize,
    /// The two sentences cannot both hold: "older than", "beat".
    pub excludes: bool,
}

const AS: u64 = hash("as");
const OF: u64 = hash("of");
const WITH: u64 = hash("with");
const AND: u64 = hash("and");
const OR: u64 = hash("or");
const NOT: u64 = hash("not");
const SHORT_NOT: u64 = hash("n't");
const THAN: u64 = hash("than");
const TO: u64 = hash("to");
const DETERMINERS: [u64; 3] = [hash("a"), hash("an"), hash("the")];
/// Forms of "be", without which no verb is passive.
pub(super) const BE: [u64; 8] =
    [hash("is"), hash("are"), hash("was"), hash("were"), hash("be"), hash("been"), hash("being"), hash("am")];
const PREPOSITIONS: [u64; 14] = [
    OF,
    hash("in"),
    hash("on"),
    hash("at"),
    hash("by"),
    hash("for"),
    TO,
    hash("from"),
    WITH,
    hash("into"),
    hash("about"),
    hash("over"),
    hash("between"),
    hash("against"),
];
/// Words of the longest phrase that is exchanged.
const PHRASE: usize = 4;
/// Words of the longest sentence that is looked at.
const SENTENCE: usize = 60;

/// Least coverage of both sides at which their order is compared.
const COVERED: f32 = 0.7;

/// Notes in a finding that two words stand in one another's place; where only one order can hold that is what sets the two against
/// one another, and "older" beside "younger" then says the same.
pub(super) fn apply(a: &Parsed, b: &Parsed, alignment: &Alignment, finding: &mut Finding) {
    let plain = match finding.opposition {
        Opposition::None => finding.opposing == 0 && finding.clash.is_none(),
        Opposition::Antonym => finding.opposing == 1,
        _ => false,
    };
    if !plain || finding.covered_a.min(finding.covered_b) < COVERED {
        return;
    }
    let opposites = finding.pair.filter(|_| finding.opposition == Opposition::Antonym);
    let Some(swap) = swap(a, b, alignment, opposites) else { return };
    if let Some(pair) = opposites {
        let converse = swap.excludes && pair.a <= swap.a_end;
        if converse {
            (finding.opposition, finding.pair, finding.opposing) = (Opposition::None, None, 0);
        }
        return;
    }
    finding.swap = Some(swap);
    if swap.excludes {
        finding.opposition = Opposition::Order;
    }
}

/// Returns two words that stand in one another's place, in the sentences that an alignment links.
/// Two opposites, where there are any, count as one word.
fn swap(a: &Parsed, b: &Parsed, alignment: &Alignment, opposites: Option<Pair>) -> Option<Swap> {
    let first = alignment.pairs.first()?;
    let of_a = sentence(a, a.words[first.a].sentence);
    let of_b = sentence(b, b.words[first.b].sentence);
    if of_a.len() > SENTENCE || of_b.len() > SENTENCE {
        return None;
    }
    match exchanged(a, &of_a, b, &of_b, opposites) {
        Some(exchange) => exchange,
        None if opposites.is_some() => None,
        None => turned_round(a, b, alignment),
    }
}

/// Numbers of the words of a sentence, without articles.
fn sentence(side: &Parsed, sentence: u16) -> Vec<usize> {
    let words = side.words.iter().enumerate();
    let own = words.filter(|(_, word)| word.sentence == sentence && !DETERMINERS.contains(&word.surface));
    own.map(|(number, _)| number).collect()
}

/// What a word is compared by: its stem, or itself where it carries no weight.
fn id(word: &Word) -> u64 {
    match word.surface {
        SHORT_NOT => NOT,
        surface if word.weight == 0.0 => surface,
        _ => word.stem,
    }
}

/// Finds two phrases of which each stands in the other's place, everything else being the same; no swap where that says the same.
fn exchanged(a: &Parsed, of_a: &[usize], b: &Parsed, of_b: &[usize], opposites: Option<Pair>) -> Option<Option<Swap>> {
    if of_a.len() != of_b.len() {
        return None;
    }
    let ids = |side: &Parsed, words: &[usize], opposite: Option<usize>| {
        let id = |&n: &usize| if opposite == Some(n) { 0 } else { id(&side.words[n]) };
        words.iter().map(id).collect::<Vec<u64>>()
    };
    let (x, y) = (ids(a, of_a, opposites.map(|pair| pair.a)), ids(b, of_b, opposites.map(|pair| pair.b)));
    let start = x.iter().zip(&y).take_while(|(x, y)| x == y).count();
    let end = x.len() - x[start..].iter().rev().zip(y[start..].iter().rev()).take_while(|(x, y)| x == y).count();
    let (x, y) = (&x[start..end], &y[start..end]);
    let long = x.len();
    for first in 1..=PHRASE.min(long) {
        for second in 1..=PHRASE.min(long - first) {
            let same = x[..first] == y[long - first..] && x[long - second..] == y[..second];
            let between = long - first - second;
            if !same || between == 0 || x[first..first + between] != y[second..second + between] {
                continue;
            }
            let (one, other) = (start..start + first, end - second..end);
            let named = |range: &Range<usize>| of_a[range.clone()].iter().any(|&n| a.words[n].weight > 0.0);
            let is = of_a[one.end..other.start].iter().all(|&n| is_copula(&a.words[n]));
            if !named(&one) || !named(&other) || is || both_ways(a, &of_a[one.start..other.end]) {
                return Some(None);
            }
            let excludes = excludes(a, of_a, &one, &other);
            let word = |side: &Parsed, of: &[usize], range: Range<usize>| {
                range.map(|n| of[n]).find(|&n| side.words[n].weight > 0.0)
            };
            let a_end = of_a[other.end - 1];
            let (first, second) = (word(a, of_a, one)?, word(b, of_b, start..start + second)?);
            return Some(Some(Swap { a: first, b: second, a_end, excludes }));
        }
    }
    None
}

/// Tells whether a word is a form of "be" or a negator: "the mayor is Okoye" says what "Okoye is the mayor" says.
fn is_copula(word: &Word) -> bool {
    BE.contains(&word.surface) || id(word) == NOT
}

/// Tells whether a word that says the same both ways ("met", "agreed with") is among some words, or all of them are a list.
fn both_ways(side: &Parsed, words: &[usize]) -> bool {
    let has = |word: u64| words.iter().any(|&n| side.words[n].surface == word);
    let symmetric = |&n: &usize| match side.words[n].order() {
        Some(Order::Symmetric) => true,
        Some(Order::SymmetricWith) => has(WITH),
        _ => false,
    };
    // "As old as".
    let equals = words.iter().filter(|&&n| side.words[n].surface == AS).count() == 2;
    equals || words.iter().any(symmetric) || list(side, words)
}

/// Tells whether words are joined by nothing but "and", "or" and commas.
fn list(side: &Parsed, words: &[usize]) -> bool {
    let mut joined = false;
    for two in words.windows(2) {
        let (one, other) = (&side.words[two[0]], &side.words[two[1]]);
        let comma = side.text.get(one.at.end..other.at.start).is_some_and(|between| between.contains(','));
        let conjunction = |word: &Word| word.surface == AND || word.surface == OR;
        joined |= comma || conjunction(one) || conjunction(other);
        let parts = comma || conjunction(one) || conjunction(other) || one.name && other.name;
        if !parts {
            return false;
        }
    }
    joined
}

/// Tells whether two sentences that differ by an exchange cannot both hold: a comparison, or an act that only one of two can do to
/// the other.
fn excludes(side: &Parsed, of: &[usize], one: &Range<usize>, other: &Range<usize>) -> bool {
    if side.operations.iter().any(super::judge::turns) {
        return false;
    }
    let word = |n: usize| &side.words[of[n]];
    // "Less than" may be one word.
    let than = |n: usize| side.words[n].surface == THAN || side.written(n).ends_with(" than");
    let before = |range: &Range<usize>| range.start.checked_sub(1).map(word);
    let preposition = |word: Option<&Word>| word.map(|word| word.surface).filter(|word| PREPOSITIONS.contains(word));
    let between = || one.end..other.start;
    let led = preposition(before(one));
    let last = before(other);
    let compares = between().any(|n| than(of[n]));
    if compares {
        return match last {
            Some(_) if than(of[other.start - 1]) => led.is_none(),
            last => led.is_some() && led == preposition(last),
        };
    }
    let asymmetric = (one.start.saturating_sub(1)..other.start).any(|n| word(n).order() == Some(Order::Asymmetric));
    let direct =
        last.is_some_and(|last| last.order() == Some(Order::Asymmetric) || last.surface == TO || last.surface == OF);
    asymmetric && direct && led.is_none()
}

/// Finds a predicate whose subject and object change places, whatever the order of the words.
fn turned_round(a: &Parsed, b: &Parsed, alignment: &Alignment) -> Option<Swap> {
    let agree =
        |x: usize, y: usize| alignment.pairs.iter().any(|pair| pair.a == x && pair.b == y && !pair.bond.opposes());
    let passive = |side: &Parsed| side.words.iter().any(|word| BE.contains(&word.surface));
    if !passive(a) && !passive(b) {
        return None;
    }
    for pair in alignment.pairs.iter().filter(|pair| !pair.bond.opposes()) {
        let (syntax_a, syntax_b) = (a.syntax(), b.syntax());
        if !syntax_a.is_predicate(pair.a) || !syntax_b.is_predicate(pair.b) {
            continue;
        }
        if a.words[pair.a].order() == Some(Order::Symmetric) {
            continue;
        }
        let (x, y) = (syntax_a.frame(pair.a), syntax_b.frame(pair.b));
        let crossed = |one: Option<usize>, other: Option<usize>| one.zip(other).is_some_and(|(x, y)| agree(x, y));
        let one_way = crossed(x.agent, y.theme) && x.theme.is_some() && !crossed(x.theme, y.theme);
        let other_way = crossed(x.theme, y.agent) && y.theme.is_some() && !crossed(x.theme, y.theme);
        let voices = syntax_a.passive(pair.a) != syntax_b.passive(pair.b);
        if one_way && other_way || voices && (one_way && x.theme.is_some() || other_way && x.agent.is_none()) {
            let (first, second) = (x.agent.or(x.theme)?, y.agent.or(y.theme)?);
            return Some(Swap { a: first, b: second, a_end: first, excludes: false });
        }
    }
    None
}
