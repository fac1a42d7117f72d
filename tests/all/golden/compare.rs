//! Holds what the program gives against the marks: which are reached, which are not, and what is given that nobody marked.

use super::case::{Article, Case, Claim, Field, Relation, Verb, Wanted};
use super::given::{Given, Pair, Place, Reading};
use onrecord::span::Span;
use std::collections::BTreeSet;

/// What one reader reaches of one article. The claims stand in the order of their lines.
#[derive(Debug, Default)]
pub struct Reached {
    pub claims: Vec<Outcome>,
    /// Places of claims that the program gives and nobody marked.
    pub unmarked: Vec<usize>,
}

/// What becomes of one marked claim.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The words are found; which of the fields are right.
    Found { place: usize, right: Vec<bool> },
    /// The words are not found; places of what is given instead of them.
    Lost { instead: Vec<usize> },
    /// Words that are no claim; places of what is given within them.
    NoClaim { given: Vec<usize> },
}

/// Compares the claims of one article with its marks.
pub fn reached(article: &Article, given: &[Given]) -> Reached {
    let spans: Vec<Vec<Span>> = given.iter().map(|one| article.joined(one.spans.iter().copied())).collect();
    let mut left: BTreeSet<usize> = (0..given.len()).collect();
    let mut places = Vec::new();
    for claim in article.claims() {
        let wanted = article.spans(claim.number);
        let place = left.iter().copied().find(|place| !claim.is_no_claim() && spans[*place] == wanted);
        if let Some(place) = place {
            left.remove(&place);
        }
        places.push(place);
    }
    let mut instead = BTreeSet::new();
    let mut outcomes = Vec::new();
    for (claim, place) in article.claims().zip(places) {
        let wanted = article.spans(claim.number);
        outcomes.push(match place {
            Some(place) => {
                let right = |field: &Field| is_right(&field.wanted, article, given, place);
                Outcome::Found { place, right: claim.fields.iter().map(right).collect() }
            }
            None if claim.is_no_claim() => {
                let within: Vec<usize> = left.iter().copied().filter(|at| lies_in(&spans[*at], &wanted)).collect();
                left.retain(|place| !within.contains(place));
                Outcome::NoClaim { given: within }
            }
            None => {
                let near: Vec<usize> = left.iter().copied().filter(|at| shared(&spans[*at], &wanted) > 0).collect();
                instead.extend(near.iter().copied());
                Outcome::Lost { instead: near }
            }
        });
    }
    Reached { claims: outcomes, unmarked: left.difference(&instead).copied().collect() }
}

fn is_right(wanted: &Wanted, article: &Article, all: &[Given], place: usize) -> bool {
    let given = &all[place];
    match wanted {
        Wanted::NoClaim => false,
        Wanted::Speaker(names) => match (names, &given.speaker) {
            (Some(names), Some(speaker)) => names.iter().any(|name| plain(name) == plain(speaker)),
            (names, speaker) => names.is_none() && speaker.is_none(),
        },
        Wanted::NotBy(name) => given.speaker.as_deref().map(plain) != Some(plain(name)),
        Wanted::Kind(kind) => given.kind == *kind,
        Wanted::Status(status) => given.status == *status,
        Wanted::Quotation(quotation) => given.quotation == *quotation,
        Wanted::Said(day) => given.said == *day,
        Wanted::ReportedBy(name) => given.reported_by.as_deref().map(plain) == Some(plain(name)),
        Wanted::Answers(number) => {
            let answered = given.answers.and_then(|place| all.get(place));
            answered.and_then(|answered| nearest(article, &answered.spans)) == Some(*number)
        }
    }
}

/// A name without what does not count.
fn plain(name: &str) -> String {
    let name = name.trim().to_lowercase();
    name.strip_prefix("the ").map(str::to_owned).unwrap_or(name)
}

/// How many code points two lists of spans have in common.
fn shared(one: &[Span], other: &[Span]) -> u32 {
    let common = |a: Span, b: Span| Span::new(a.start.max(b.start), a.end.min(b.end)).len();
    one.iter().flat_map(|a| other.iter().map(move |b| common(*a, *b))).sum()
}

fn lies_in(inner: &[Span], outer: &[Span]) -> bool {
    inner.iter().all(|inner| outer.iter().any(|outer| outer.contains(*inner)))
}

/// The marked claim whose words are most like these; `None` where no mark touches them.
fn nearest(article: &Article, spans: &[Span]) -> Option<u32> {
    let spans = article.joined(spans.iter().copied());
    let length = |spans: &[Span]| spans.iter().map(|span| span.len()).sum::<u32>();
    let likeness = |number: u32| {
        let marked = article.spans(number);
        let common = shared(&spans, &marked);
        f64::from(common) / f64::from((length(&spans) + length(&marked) - common).max(1))
    };
    let likely = article.claims().map(|claim| (likeness(claim.number), claim.number)).filter(|(like, _)| *like > 0.0);
    likely.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, number)| number)
}

/// What one reader reaches of the relations of a desk.
#[derive(Debug, Default)]
pub struct Related {
    /// Whether each holds, in the order of their lines.
    pub holds: Vec<bool>,
    /// What is called and stands in no line: the numbers where both claims are marked, and the words.
    pub unlisted: Vec<Unlisted>,
}

#[derive(Debug)]
pub struct Unlisted {
    pub verb: Verb,
    pub numbers: Option<(u32, u32)>,
    pub words: String,
}

/// Compares what the desk calls with the relations of a case.
pub fn related(case: &Case, reading: &Reading) -> Related {
    let marked = |place: &Place| nearest(&case.articles[place.article], &place.spans);
    let numbers = |pair: &Pair| Some((marked(&pair.one)?, marked(&pair.other)?));
    let is_of = |pair: &Pair, relation: &Relation| {
        let (one, other) = (relation.one, relation.other);
        numbers(pair).is_some_and(|pair| pair == (one, other) || pair == (other, one))
    };
    let relations: Vec<&Relation> = case.articles.iter().flat_map(Article::relations).collect();
    let mut listed = BTreeSet::new();
    let mut holds = Vec::new();
    for relation in relations {
        let mut found = false;
        for (at, finding) in reading.findings.iter().enumerate() {
            let mut pairs = finding.pairs.iter().filter(|pair| is_of(pair, relation)).peekable();
            if pairs.peek().is_none() {
                continue;
            }
            // What is called otherwise than the line wants is given instead of it.
            listed.insert(at);
            found |= match relation.verb {
                Verb::Nothing => true,
                verb => {
                    let fits = |pair: &Pair| relation.dispute.is_none() || pair.dispute == relation.dispute;
                    finding.verb == verb && pairs.any(fits)
                }
            };
        }
        holds.push(found == (relation.verb != Verb::Nothing));
    }
    let rest = reading.findings.iter().enumerate().filter(|(at, _)| !listed.contains(at));
    let unlisted = rest.map(|(_, finding)| Unlisted {
        verb: finding.verb,
        numbers: numbers(&finding.pairs[0]),
        words: finding.pairs[0].words.clone(),
    });
    Related { holds, unlisted: unlisted.collect() }
}

/// Tells in a line what is given: who, and which words.
pub fn told(article: &Article, given: &Given) -> String {
    let words = article.words(&article.joined(given.spans.iter().copied()));
    format!("{}  {words}", given.speaker.as_deref().unwrap_or("?"))
}

/// Tells in a line what a field got instead of what it wants.
pub fn instead(claim: &Claim, field: usize, given: &Given, all: &[Given], article: &Article) -> String {
    let open = |value: &Option<String>| value.clone().unwrap_or_else(|| "?".to_owned());
    match &claim.fields[field].wanted {
        Wanted::NoClaim | Wanted::Speaker(_) | Wanted::NotBy(_) => open(&given.speaker),
        Wanted::Kind(_) => given.kind.clone(),
        Wanted::Status(_) => given.status.clone(),
        Wanted::Quotation(_) => given.quotation.clone(),
        Wanted::Said(_) => format!("said {}", open(&given.said)),
        Wanted::ReportedBy(_) => format!("reported by {}", open(&given.reported_by)),
        Wanted::Answers(_) => match given.answers.and_then(|place| all.get(place)) {
            Some(answered) => format!("answers: {}", told(article, answered)),
            None => "answers nothing".to_owned(),
        },
    }
}
