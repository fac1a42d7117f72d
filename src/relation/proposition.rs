//! Whether an opposition lies in one proposition: the same predicate, said of the same subject, with the same object.
//!
//! "She did nothing wrong" and "everything we do is wrong" share words and oppose one another, but not of one subject. What cannot
//! be told stays untold: a pronoun may mean anybody.

use super::align::Alignment;
use super::arguments::{Likeness, Links, Part, argument, speakers};
use super::judge::Finding;
use super::parsed::Parsed;
use super::syntax::{Frame, Syntax};
use super::words::{Existence, Family, Person};

/// Where an opposition lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Proposition {
    /// What opposes belongs to predicates that are linked with one another.
    pub predicate: bool,
    pub subject: Likeness,
    pub object: Likeness,
    /// Exactly one of the two stands under "if" or "whether".
    pub conditional: bool,
    /// One of the two predicates is what somebody said inside the claim ("that he said that").
    pub depth_differs: bool,
    /// Exactly one of the two predicates is a command.
    pub command: bool,
    /// One says only that something is there or not, the other that it comes about.
    pub comes_about: bool,
    /// What opposes is the main predicate of the shorter side, and the other's own predicate.
    pub main: bool,
    /// One of the two has no predicate.
    pub fragment: bool,
    /// The two predicates are linked with one another, and what turns either stands with it: one act.
    pub one_act: bool,
    /// Neither predicate has an object: "the streets are empty".
    pub bare: bool,
}

impl Proposition {
    /// Nothing was compared.
    pub const UNREAD: Self = Self {
        predicate: false,
        subject: Likeness::Untold,
        object: Likeness::Untold,
        conditional: false,
        depth_differs: false,
        command: false,
        comes_about: false,
        main: false,
        fragment: false,
        one_act: false,
        bare: false,
    };
}

impl Proposition {
    /// Tells whether both say something of one subject; what is said of "it" and "they" may be said of anything.
    pub fn is_of_one_subject(&self) -> bool {
        self.predicate && self.subject == Likeness::Same
    }
}

/// Compares the propositions in which an opposition lies.
pub(super) fn compare(a: &Parsed, b: &Parsed, alignment: &Alignment, finding: &Finding) -> Proposition {
    let parsed = by_parse(a, b, alignment, finding);
    if !word_by_word(a, b, alignment, finding) {
        return parsed;
    }
    // What the parse of so few words makes of them does not matter then.
    Proposition {
        predicate: true,
        subject: Likeness::Same,
        depth_differs: false,
        command: false,
        fragment: false,
        ..parsed
    }
}

/// Returns the word on each side that an opposition bears on.
pub(super) fn opposed(
    a: &Parsed,
    b: &Parsed,
    alignment: &Alignment,
    finding: &Finding,
) -> (Option<usize>, Option<usize>) {
    let (of_a, of_b, _) = loci(a, b, &Links(alignment), finding);
    (of_a, of_b)
}

fn by_parse(a: &Parsed, b: &Parsed, alignment: &Alignment, finding: &Finding) -> Proposition {
    let (syntax_a, syntax_b) = (a.syntax(), b.syntax());
    let fragment = !syntax_a.states_something() || !syntax_b.states_something();
    let links = Links(alignment);
    let (of_a, of_b, predicate) = loci(a, b, &links, finding);
    let frame =
        |syntax: &Syntax, word: Option<usize>| word.and_then(|word| syntax.predicate(word)).map(|p| syntax.frame(p));
    let (frame_a, frame_b) = (frame(syntax_a, of_a), frame(syntax_b, of_b));
    let (Some(x), Some(y)) = (frame_a, frame_b) else {
        return Proposition { fragment, ..Proposition::UNREAD };
    };
    let open = |side: &Parsed, predicate: usize| side.syntax().conditional(predicate) || side.holds_if(predicate);
    let conditional = open(a, x.predicate) != open(b, y.predicate);
    let main = main_predicate(a, b, x.predicate, y.predicate);
    if let Some(arguments) = comes_about(a, x, b, y, &links) {
        return Proposition { main, fragment, conditional, ..arguments };
    }
    let voices = syntax_a.passive(x.predicate) != syntax_b.passive(y.predicate);
    let object = match argument(Part::Object, a, x.theme, b, y.theme, &links) {
        _ if voices && a.is_claim() && b.is_claim() && is_done_to_one(a, x, b, y, &links) => Likeness::Same,
        object => object,
    };
    // "The bridge will be closed": who closes it is told on neither side, and what is closed stands for it.
    let nobody_acts = x.agent.is_none() && y.agent.is_none();
    let passive = nobody_acts && syntax_a.passive(x.predicate) && syntax_b.passive(y.predicate);
    // "The letters are genuine", "the letters are forged": the one of whom something is said, whatever the form.
    let described =
        |syntax: &Syntax, frame: Frame| if syntax.passive(frame.predicate) { frame.theme } else { frame.agent };
    let mixed = voices && (x.agent.is_none() || y.agent.is_none());
    let subject = match (passive, mixed) {
        (true, _) => object,
        // "We will put a toll on it", "a toll would be put on it": who will do it is told once.
        (_, true) if object == Likeness::Same => {
            let own = |side: &Parsed, agent: Option<usize>| {
                agent.is_some_and(|agent| side.words[agent].person() == Some(Person::First))
            };
            let himself = speakers(a, b) == Likeness::Same && (own(a, x.agent) || own(b, y.agent));
            if himself { Likeness::Same } else { Likeness::Untold }
        }
        (_, true) => argument(Part::Subject, a, described(syntax_a, x), b, described(syntax_b, y), &links),
        _ => argument(Part::Subject, a, x.agent, b, y.agent, &links),
    };
    Proposition {
        predicate: predicate && (touching(&links, x, y) || a.words[x.predicate].lemma == b.words[y.predicate].lemma),
        subject,
        object,
        conditional,
        depth_differs: syntax_a.depth(x.predicate) != syntax_b.depth(y.predicate),
        command: syntax_a.commands(x.predicate) != syntax_b.commands(y.predicate),
        comes_about: false,
        main,
        fragment,
        one_act: links.partner(x.predicate) == Some(y.predicate)
            && !syntax_a.has_content(x.predicate)
            && !syntax_b.has_content(y.predicate)
            && (finding.pair.is_some()
                || turn_itself(a, &finding.turned_a, x.predicate) && turn_itself(b, &finding.turned_b, y.predicate)),
        bare: x.theme.is_none_or(|word| a.is_time(word)) && y.theme.is_none_or(|word| b.is_time(word)),
    }
}

/// Tells whether what something is done to in the passive is named after the predicate of the other side, in whatever part.
fn is_done_to_one(a: &Parsed, x: Frame, b: &Parsed, y: Frame, links: &Links<'_>) -> bool {
    if a.syntax().passive(x.predicate) {
        x.theme.and_then(|theme| links.partner(theme)).is_some_and(|theme| b.syntax().follows(theme, y.predicate))
    } else {
        y.theme.and_then(|theme| links.partner_of_b(theme)).is_some_and(|theme| a.syntax().follows(theme, x.predicate))
    }
}

/// Tells whether all that turns a side are negators of one predicate.
fn turn_itself(side: &Parsed, turned: &[usize], predicate: usize) -> bool {
    turned.iter().all(|&number| {
        let operation = &side.operations[number];
        operation.operator.family == Family::Negator && side.syntax().predicate(operation.word) == Some(predicate)
    })
}

/// Compares "there will be no strike" with "the strike will begin" and "Orlund will get no runway": that something is there with its
/// coming about; nothing where neither or both say only that it is there, or what comes about is not the same.
fn comes_about(a: &Parsed, x: Frame, b: &Parsed, y: Frame, links: &Links<'_>) -> Option<Proposition> {
    let (exists_a, exists_b) = (a.syntax().exists(x.predicate), b.syntax().exists(y.predicate));
    let (thing, own, other, side) = match (exists_a, exists_b) {
        (true, false) => (x.theme?, a, y, b),
        (false, true) => (y.theme?, b, x, a),
        _ => return None,
    };
    let same = |word: usize| if exists_a { links.agree(thing, word) } else { links.agree(word, thing) };
    let one_word = own.written(thing).eq_ignore_ascii_case(side.written(other.predicate));
    if one_word && other.agent.is_some() && same(other.predicate) {
        // "There will be no vote", "they will vote".
        let told = Proposition { predicate: true, comes_about: true, ..Proposition::UNREAD };
        return Some(Proposition { subject: Likeness::Same, ..told });
    }
    let (subject, object) = match side.words[other.predicate].entry?.existence? {
        Existence::Occurs if other.agent.is_some_and(same) => (Likeness::Same, Likeness::Untold),
        Existence::Brings if other.theme.is_some_and(same) => {
            let who = other.agent?;
            let named =
                (0..own.words.len()).any(|word| if exists_a { links.agree(word, who) } else { links.agree(who, word) });
            (if named { Likeness::Same } else { Likeness::Untold }, Likeness::Same)
        }
        _ => return None,
    };
    Some(Proposition { predicate: true, comes_about: true, subject, object, ..Proposition::UNREAD })
}

/// Tells whether two sentences open with one subject and go on in the same words but for those that oppose.
fn word_by_word(a: &Parsed, b: &Parsed, alignment: &Alignment, finding: &Finding) -> bool {
    let Some(first) = alignment.pairs.first() else { return false };
    let opener = |side: &Parsed, word: usize| {
        let sentence = side.words[word].sentence;
        side.words.iter().position(|word| word.sentence == sentence && word.stands_for_something())
    };
    let (Some(x), Some(y)) = (opener(a, first.a), opener(b, first.b)) else { return false };
    let agrees = x == first.a && y == first.b && !first.bond.opposes();
    let speaker = |side: &Parsed, word: usize| side.words[word].person() == Some(Person::First);
    let one_speaker = speaker(a, x) && speaker(b, y) && speakers(a, b) == Likeness::Same;
    let whole = alignment.free_a.is_empty() && alignment.free_b.is_empty();
    let in_order = alignment.pairs.windows(2).all(|two| two[0].b < two[1].b);
    let quantified = |side: &Parsed, word: usize| side.quantified(word).is_some();
    whole && in_order && finding.opposing <= 1 && (agrees || one_speaker) && !quantified(a, x) && !quantified(b, y)
}

/// Tells how the subject of the predicate of one word stands to that of another's.
pub(super) fn subjects(a: &Parsed, of_a: usize, b: &Parsed, of_b: usize, alignment: &Alignment) -> Likeness {
    let agent = |side: &Parsed, word: usize| {
        let syntax = side.syntax();
        syntax.predicate(word).and_then(|predicate| syntax.frame(predicate).agent)
    };
    argument(Part::Subject, a, agent(a, of_a), b, agent(b, of_b), &Links(alignment))
}

/// Tells whether of two predicates the one of the shorter side is its main one.
fn main_predicate(a: &Parsed, b: &Parsed, of_a: usize, of_b: usize) -> bool {
    if a.words.len() < b.words.len() { a.syntax().root() == Some(of_a) } else { b.syntax().root() == Some(of_b) }
}

/// Tells whether two predicates, or the words that carry them, are linked in whatever way.
fn touching(links: &Links<'_>, x: Frame, y: Frame) -> bool {
    links.partner(x.predicate) == Some(y.predicate)
        || x.theme.zip(y.theme).is_some_and(|(x, y)| links.partner(x) == Some(y))
        || x.agent.zip(y.agent).is_some_and(|(x, y)| links.partner(x) == Some(y))
}

/// Returns the word on each side that the opposition bears on, and whether the two are linked.
fn loci(a: &Parsed, b: &Parsed, links: &Links<'_>, finding: &Finding) -> (Option<usize>, Option<usize>, bool) {
    if let Some(pair) = finding.pair {
        return (Some(pair.a), Some(pair.b), true);
    }
    for &turned in &finding.turned_a {
        for word in governed(a, turned) {
            if let Some(partner) = links.partner(word) {
                return (Some(word), Some(partner), true);
            }
        }
    }
    for &turned in &finding.turned_b {
        for word in governed(b, turned) {
            if let Some(partner) = links.partner_of_b(word) {
                return (Some(partner), Some(word), true);
            }
        }
    }
    let stated = links.0.pairs.iter().find(|pair| b.syntax().is_predicate(pair.b));
    let first = stated.or_else(|| links.0.pairs.first());
    (first.map(|pair| pair.a), first.map(|pair| pair.b), stated.is_some())
}

/// Returns the words that an operator bears on first: its predicate, or the complement or object of an operator that is a verb.
fn governed(side: &Parsed, number: usize) -> impl Iterator<Item = usize> {
    let operation = &side.operations[number];
    let syntax = side.syntax();
    let own = syntax.predicate(operation.word);
    let found = if operation.operator.family == Family::Negator {
        // "No soldiers are there": the negator bears on the noun it determines.
        [own, syntax.governor(operation.word), own.and_then(|own| syntax.frame(own).theme)]
    } else {
        let complement = syntax.complement(operation.word);
        let frame = syntax.frame(operation.word);
        [complement, frame.theme, Some(operation.word + 1)]
    };
    found.into_iter().flatten().filter(|&word| word < side.words.len())
}
