//! Tells what speech act a cue makes of its content: statement, denial, question, demand, promise, forecast, belief, refusal.
//!
//! Refuses to judge the content itself: "said he would win" is a statement, whatever it says of the future.

use super::Kind;
use crate::lexicon::speech::{self, Condition, CueRow, Earlier};
use crate::span::Spans;
use crate::text::Document;

/// How many tokens at the front of the content are read.
const FRONT: usize = 8;

/// How many words of the content may belong to what the cue says: "to comment".
const AFTER: usize = 2;

/// What the cue and the content show, as far as a row of the lexicon can ask for it.
struct Signs {
    /// The lemmas of the cue, and those of the first words after it, so that "declined | to comment" is found.
    lemmas: Vec<String>,
    /// How many of them are the cue's.
    cue: usize,
    negated: bool,
    infinitive: bool,
    /// Whether somebody who is to do it opens the content: "residents to stay".
    object: bool,
    demand: bool,
    whether: bool,
    /// Where a "no" opens the content: whether it says no, and is not "no jobs were lost".
    says_no: bool,
}

/// Returns the kind of an attribution from its cue, its grammar and the front of its content.
///
/// A cue that no row of `kinds.tsv` knows makes a statement, or a question where the content is one that asks.
pub fn classify(document: &Document, cue: &Spans, content: &Spans) -> Kind {
    let signs = signs(document, cue, content);
    let row = best(&signs);
    let kind = row.map_or(Kind::Statement, |row| kind_of(row.kind));
    if is_no_comment(document, content) {
        return Kind::Refusal;
    }
    if kind == Kind::Statement && row.is_none() && is_question(document, content) {
        return Kind::Question;
    }
    kind
}

/// “No comment”: words that refuse, whatever the cue.
fn is_no_comment(document: &Document, content: &Spans) -> bool {
    let mut words = content.iter().flat_map(|span| document.tokens_in(span)).map(|at| document.word(at).to_lowercase());
    let mut next = || words.by_ref().find(|word| word.chars().any(char::is_alphanumeric));
    next().as_deref() == Some("no") && next().as_deref() == Some("comment") && next().is_none()
}

fn kind_of(name: &str) -> Kind {
    match name {
        "denial" => Kind::Denial,
        "question" => Kind::Question,
        "demand" => Kind::Demand,
        "promise" => Kind::Promise,
        "forecast" => Kind::Forecast,
        "belief" => Kind::Belief,
        "accusation" => Kind::Accusation,
        "refusal" => Kind::Refusal,
        _ => Kind::Statement,
    }
}

fn signs(document: &Document, cue: &Spans, content: &Spans) -> Signs {
    let tokens = |spans: &Spans| -> Vec<usize> { spans.iter().flat_map(|s| document.tokens_in(s)).collect() };
    let cue = tokens(cue);
    let alphabetic = |&t: &usize| document.word(t).chars().any(char::is_alphanumeric);
    let front: Vec<usize> = content
        .iter()
        .take(1)
        .flat_map(|s| document.tokens_in(s).filter(alphabetic).take(FRONT).collect::<Vec<_>>())
        .collect();
    let tag = |t: usize| document.tokens.get(t).map_or("", |t| t.tag.name());
    let lower = |t: usize| document.word(t).to_lowercase();
    let first = front.first().copied();
    let names_demand = |t: &usize| {
        let word = lower(*t);
        tag(*t).starts_with("NN") && speech::earlier(&word) == Some(Earlier::Demand)
    };
    let lemma = |&t: &usize| document.tokens.get(t).map_or(String::new(), |t| t.lemma.to_string());
    // "Warned a plan to close the mill would cost jobs": whoever is to do it has no verb of its own.
    let opening = content.iter().take(1).flat_map(|s| document.tokens_in(s).take(2 * FRONT));
    let states = { opening }.any(|t| matches!(tag(t), "VBD" | "VBZ" | "VBP" | "MD"));
    Signs {
        lemmas: cue.iter().chain(front.iter().take(AFTER)).map(lemma).collect(),
        cue: cue.len(),
        negated: cue.iter().any(|&t| speech::negates(&lower(t))),
        infinitive: first.is_some_and(|t| tag(t) == "TO") || cue.last().is_some_and(|&t| tag(t) == "TO"),
        object: opens_with_object(document, &front) && !states,
        says_no: first.is_some_and(|t| says_no(document, t)),
        demand: front.iter().chain(cue.iter().skip(1)).any(names_demand),
        whether: first
            .is_some_and(|t| matches!(tag(t), "WRB" | "WP") || document.tokens[t].lemma.as_ref() == "whether"),
    }
}

/// Tells whether words open with somebody and what they are to do: "her to stay", "the residents of the town to leave".
fn opens_with_object(document: &Document, front: &[usize]) -> bool {
    let tag = |at: usize| document.tokens[at].tag.name();
    let Some(to) = front.iter().position(|&at| tag(at) == "TO") else { return false };
    let nominal = |&at: &usize| {
        matches!(tag(at), "NN" | "NNS" | "NNP" | "NNPS" | "DT" | "JJ" | "PRP" | "PRP$" | "CD" | "POS")
            || document.word(at) == "of"
    };
    let act = front.get(to + 1).is_some_and(|&at| tag(at) == "VB");
    // "Told reporters the plan to …": the noun before it is another's.
    let one = front[1..to.max(1)].iter().all(|&at| tag(at) != "DT" || document.word(at - 1) == "of");
    to > 0 && act && one && front[..to].iter().all(nominal)
}

/// Tells whether a token is a "no" that stands for itself: "said no to the claim".
fn says_no(document: &Document, at: usize) -> bool {
    let next = document.tokens.get(at + 1).map(|token| token.tag.name());
    let noun =
        next.is_some_and(|tag| tag.starts_with("NN") || tag.starts_with("JJ") || matches!(tag, "CD" | "VBG" | "VBN"));
    document.word(at).eq_ignore_ascii_case("no") && !noun
}

/// Returns the row that fits best: longest, then conditional, then earliest in the cue.
fn best(signs: &Signs) -> Option<&'static CueRow> {
    let mut best: Option<((usize, bool, usize), &'static CueRow)> = None;
    for (at, lemma) in signs.lemmas.iter().enumerate().take(signs.cue) {
        for row in speech::cue_rows(lemma).iter().filter(|row| fits(row, signs, at)) {
            let rank = (row.lemmas.len(), row.condition != Condition::Always, signs.lemmas.len() - at);
            if best.is_none_or(|(top, _)| rank > top) {
                best = Some((rank, row));
            }
        }
    }
    best.map(|(_, row)| row)
}

fn fits(row: &CueRow, signs: &Signs, at: usize) -> bool {
    let condition = match row.condition {
        Condition::Always => true,
        Condition::Negated => signs.negated,
        Condition::Infinitive => signs.infinitive,
        Condition::Object => signs.object,
        Condition::Demand => signs.demand,
        Condition::Whether => signs.whether,
    };
    let mut rest = signs.lemmas[at..].iter();
    // "Said no jobs were lost" says no such thing as no.
    let no = row.lemmas.len() > 1 && row.lemmas.last() == Some(&"no") && !signs.says_no;
    let in_cue = || signs.lemmas[..signs.cue].iter().any(|lemma| lemma == "no");
    condition && (!no || in_cue()) && row.lemmas.iter().all(|lemma| rest.any(|word| word == lemma))
}

/// Tells whether the content is one sentence that asks.
fn is_question(document: &Document, content: &Spans) -> bool {
    let words = content.words(&document.text);
    let bare = words.trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '?' | '!' | '.'));
    bare.ends_with('?') && !bare.contains(". ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{self, Given};
    use crate::attribution::marked::{Marked, marked};
    use crate::text;

    /// `[cue]` and `{content}` are marked in the sentence.
    fn check(sentence: &str, expected: Kind) {
        let Marked { plain, cue, content, .. } = marked(sentence);
        let article = article::read(plain.as_bytes(), "test", &Given::default()).unwrap();
        let document = text::analyze(&article);
        assert_eq!(classify(&document, &cue, &content), expected, "{sentence}");
    }

    #[test]
    fn cues_and_grammar_tell_the_kind() {
        check("The minister [said] {the port would close}.", Kind::Statement);
        check("The minister [denied] {the reports}.", Kind::Denial);
        check("The minister [did not deny] {the reports}.", Kind::Statement);
        check("The union [has rejected] {assertions it was paid}.", Kind::Denial);
        check("The union [rejected] {calls to resign}.", Kind::Statement);
        check("A reporter [asked] {whether the port would close}.", Kind::Question);
        check("The mayor [asked] residents {to stay at home}.", Kind::Demand);
        check("The mayor [told] residents {to stay at home}.", Kind::Demand);
        check("The mayor [told] residents {that the storm had passed}.", Kind::Statement);
        check("The party [vowed] {to lower the fare}.", Kind::Promise);
        check("The bank [predicted] {a fall in prices}.", Kind::Forecast);
        check("Prices [are expected to] {fall}.", Kind::Forecast);
        check("The coach [hopes] {the team will win}.", Kind::Belief);
        check("The firm [declined to comment on] {the lawsuit}.", Kind::Refusal);
        check("The firm [did not respond to] {a request for comment}.", Kind::Refusal);
        check("The firm [would not say] {when the plant would open}.", Kind::Refusal);
        check("The firm [said] {no wells were drilled}.", Kind::Statement);
        check("{No wells had been drilled}, the firm [said].", Kind::Statement);
        check("The minister [laughed off] {a suggestion that he would leave}.", Kind::Denial);
        check("The minister [would not rule out] {a new tax}.", Kind::Statement);
        check("The minister [declined to rule out] {a new tax}.", Kind::Statement);
        check("The minister [ruled out] {a new tax}.", Kind::Denial);
        check("We [never said] {that the well was dry}.", Kind::Statement);
        check("The mayor [asked] {residents to stay at home}.", Kind::Demand);
        check("The mayor [told] {them to stay at home}.", Kind::Demand);
        check("The mayor [warned] {a plan to close the mill would cost jobs}.", Kind::Forecast);
        check("The mayor [asked] {whether they would stay}.", Kind::Question);
        check("The voters [are demanding] {to know why the well was dry}.", Kind::Question);
        check("I [never asked] {to leave the choir}.", Kind::Statement);
    }
}
