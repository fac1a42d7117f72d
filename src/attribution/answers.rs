//! Ties a denial to the allegation it denies: to the attribution nested in its content ("dismissed U.S. assertions
//! that …"), or to one in the sentences before ("… Baker denies the accusations").
//!
//! Refuses to tie a denial to its own speaker's words, to a question, or to words that allege nothing ("the allegations"), and
//! ties nothing that no one, or no verb of denial, denies. Further back than the paragraph before only a verb of accusation counts.

use super::points_back::{LEAD, Pointer, calls_untrue, noun, pointer};
use super::{Attribution, Attributions, Category, Form, Kind, Status, within};
use crate::lexicon::people;
use crate::lexicon::speech::{self, Earlier};
use crate::score::Reason;
use crate::span::{Span, Spans};
use crate::text::Document;
use std::collections::BTreeSet;

/// Letters of a name part that says little ("Mr.", "of").
const SHORT: usize = 3;
/// How many attributions before the denial are looked at.
const BACK: usize = 12;
/// How many paragraphs back an accusation is looked for where the paragraph before has none.
const PARAGRAPHS: usize = 4;
/// An earlier content of fewer tokens says nothing that could be denied.
const STATED: usize = 4;
/// Least share of the denied words that an earlier content must hold when no noun points back to it.
const OVERLAP: f64 = 0.4;
/// Sentences before "he denies it" in which "it" was said.
const NEXT: f64 = 1.0;
/// What it counts that the earlier words name the one who denies: "told by the *trust* to be silent".
const OF_HIM: f64 = 0.25;
/// Words that open a condition.
const SUPPOSES: [&str; 2] = ["if", "unless"];

/// Sets `answers` of every denial whose allegation is in reach, with a reason; earlier values are replaced.
pub fn tie(document: &Document, found: &mut Attributions) {
    for number in 0..found.attributions.len() {
        found.attributions[number].answers = None;
        if !answers_something(document, &found.attributions[number]) {
            continue;
        }
        let Some((answered, rule)) = nested(document, found, number).or_else(|| before(document, found, number)) else {
            continue;
        };
        let words = found.attributions[answered].content.words(&document.text);
        let detail = format!("answers \"{}\"", shorten(&words));
        let attribution = &mut found.attributions[number];
        attribution.answers = Some(answered);
        attribution.because.push(Reason::new(rule, detail, 0.0));
    }
}

fn shorten(words: &str) -> String {
    let short: String = words.chars().take(60).collect();
    if short.len() < words.len() { format!("{}…", short.trim_end()) } else { short }
}

/// A denial by somebody answers; so does a rejection that names what it rejects.
fn answers_something(document: &Document, attribution: &Attribution) -> bool {
    // "Did not deny the remark" rejects nothing.
    let asserted = attribution.status == Status::Asserted;
    let rejects = || asserted && matches!(attribution.kind, Kind::Statement) && noun(document, attribution).is_some();
    if attribution.kind == Kind::Statement && asserted && calls_untrue(document, attribution) {
        return attribution.source.is_some();
    }
    attribution.source.is_some()
        && denies(document, attribution)
        && (attribution.kind == Kind::Denial || rejects())
        && !belies(document, attribution)
}

/// Tells whether the source only owns what is set against the words: "that contradicts the ministry's own figures" is nobody's denial.
fn belies(document: &Document, attribution: &Attribution) -> bool {
    let Some((cue, source)) = attribution.cue.cover().zip(attribution.source.as_ref().and_then(Spans::cover)) else {
        return false;
    };
    let after = document.tokens_in(source).end + 1;
    let own = document.tokens_in(source).start..after.min(document.tokens.len());
    // "The minister's spokesman" is somebody; "the minister's own" is not.
    let owner = own.clone().rev().find(|&t| document.tokens[t].tag.name() == "POS");
    let owns = owner.is_some_and(|mark| !(mark..own.end - 1).any(|t| document.tokens[t].tag.is_noun()));
    cue.end <= source.start && owns
}

/// Tells whether the cue has a verb of denial.
fn denies(document: &Document, attribution: &Attribution) -> bool {
    let cue = attribution.cue.iter().flat_map(|s| document.tokens_in(s));
    let lemmas: Vec<&str> = cue.map(|t| &*document.tokens[t].lemma).collect();
    let whole = |row: &speech::CueRow| row.kind == "denial" && row.lemmas.iter().all(|lemma| lemmas.contains(lemma));
    lemmas.iter().flat_map(|lemma| speech::cue_rows(lemma)).any(whole)
}

/// Tells whether an attribution says something that somebody may deny.
fn alleges(document: &Document, attribution: &Attribution) -> bool {
    let words: Vec<usize> = attribution.content.iter().flat_map(|s| document.tokens_in(s)).collect();
    // "Shared the details of the allegations" does not say what they are.
    let verb = |&t: &usize| document.tokens[t].tag.is_verb();
    let noun = |&t: &usize| speech::earlier(&document.word(t).to_lowercase()).is_some();
    let points = words.last().is_some_and(noun) && !words.iter().any(verb);
    let states = !matches!(attribution.kind, Kind::Denial | Kind::Question | Kind::Refusal)
        && attribution.status != Status::Negated;
    let written = words.iter().filter(|&&t| document.word(t).chars().any(char::is_alphanumeric)).count();
    states && written >= STATED && !points && !accused(document, attribution) && !supposes(document, &words)
}

/// Tells whether words open with a condition: "if that is not odd, what is?" says what would be, and nobody denies that.
fn supposes(document: &Document, words: &[usize]) -> bool {
    let mut written = words.iter().map(|&t| document.word(t)).filter(|word| word.chars().any(char::is_alphanumeric));
    let first = written.next().unwrap_or_default().to_lowercase();
    SUPPOSES.contains(&first.as_str())
}

/// Tells whether the source is the one accused: "has been criticized for".
fn accused(document: &Document, attribution: &Attribution) -> bool {
    let cue: Vec<usize> = attribution.cue.iter().flat_map(|s| document.tokens_in(s)).collect();
    cue.iter().enumerate().any(|(n, &t)| {
        let token = &document.tokens[t];
        let passive =
            token.tag.name() == "VBN" && cue[..n].iter().any(|&before| &*document.tokens[before].lemma == "be");
        passive && speech::accuses(&token.lemma)
    })
}

/// Returns the outermost attribution that stands inside the content: its cue lies there and so does its own content.
fn nested(document: &Document, found: &Attributions, number: usize) -> Option<(usize, &'static str)> {
    let outer = &found.attributions[number];
    let inside =
        |inner: &Attribution| inner.content.iter().all(|span| outer.holds(span)) && inner.content != outer.content;
    let near = number.saturating_sub(BACK)..(number + BACK).min(found.attributions.len());
    // "Denied that they had been told to stay": nobody is there who said it.
    let told =
        |inner: &Attribution| inner.source.is_some() || !inner.because.iter().any(|reason| reason.rule == within::RULE);
    let denied = |n: &usize| inside(&found.attributions[*n]) && told(&found.attributions[*n]);
    near.filter(|&n| n != number && denied(&n) && !is_by_the_way(document, outer, &found.attributions[n]))
        .max_by_key(|&n| found.attributions[n].content.cover().map_or(0, Span::len))
        .map(|n| (n, "answers.nested"))
}

/// Tells whether a denial says itself what it denies, and what somebody said is only told in it: "denied that he had lied when he said that",
/// "denied that she had told anybody that". Words that a noun names ("the claim that") are what is denied.
fn is_by_the_way(document: &Document, outer: &Attribution, inner: &Attribution) -> bool {
    let Some(cue) = inner.cue.cover() else { return false };
    let content: Vec<usize> = outer.content.iter().flat_map(|s| document.tokens_in(s)).collect();
    let tag = |t: usize| document.tokens[t].tag;
    let named = |&t: &usize| speech::earlier(&document.word(t).to_lowercase()).is_some() && tag(t).is_noun();
    let before: Vec<usize> = content.iter().copied().filter(|&t| document.tokens[t].span.end <= cue.start).collect();
    let clause =
        content.first().is_some_and(|&t| tag(t).name() == "IN" && document.word(t).eq_ignore_ascii_case("that"));
    let verb = before.iter().any(|&t| tag(t).is_verb());
    let noun = document.tokens_in(cue).any(|t| named(&t));
    verb || clause && !noun && !before.iter().any(named)
}

/// Returns the allegation that the denial points back to: in the same paragraph or the one before, else further back.
fn before(document: &Document, found: &Attributions, number: usize) -> Option<(usize, &'static str)> {
    let denial = &found.attributions[number];
    let place = |a: &Attribution| {
        let at = a.cue.cover().or_else(|| a.content.cover())?.start;
        document.sentence_of(document.tokens_in(Span::new(at, at + 1)).start)
    };
    let here = place(denial)?;
    let content: Vec<usize> = denial.content.iter().flat_map(|s| document.tokens_in(s)).take(64).collect();
    let noun = noun(document, denial);
    let telling = noun.is_some_and(|noun| noun.1 == Earlier::Telling);
    let untrue = denial.kind == Kind::Statement && calls_untrue(document, denial);
    let pointer = match pointer(document, &content, noun.map(|noun| noun.0)) {
        _ if untrue => Some(Pointer::Bare),
        Some(Pointer::Bare) if telling => Some(Pointer::Noun),
        pointer => pointer,
    };
    let denied = keywords(document, &content);
    // The best near it, and the best further back: score and number.
    let mut near: Option<(f64, usize)> = None;
    let mut far: Option<(f64, usize)> = None;
    for other in (number.saturating_sub(BACK)..number).rev() {
        let earlier = &found.attributions[other];
        let Some(there) = place(earlier).filter(|&s| s <= here) else { continue };
        let blocks = document.sentences[here].block - document.sentences[there].block;
        let own = earlier.speaker.is_some() && earlier.speaker == denial.speaker || one_camp(document, earlier, denial);
        let own = own || owned(document, found, &content, earlier) == Some(Owner::Another);
        // Who tells of the denial is not who is denied.
        let tells = denial.cue.cover().is_some_and(|cue| earlier.holds(cue));
        if blocks > PARAGRAPHS || own || tells || !alleges(document, earlier) {
            continue;
        }
        let words: Vec<usize> = earlier.content.iter().flat_map(|s| document.tokens_in(s)).take(64).collect();
        // A scrap without a verb tells nothing that could be untrue.
        if untrue && !words.iter().any(|&t| document.tokens[t].tag.is_verb()) {
            continue;
        }
        let theirs = keywords(document, &words);
        let common = denied.intersection(&theirs).count();
        let shared = common as f64 / denied.len().max(1) as f64;
        let accuses =
            accuses(document, earlier, noun.map(|n| n.1)) && !accuses_another(document, found, denial, &words);
        // A belief, what is yet to come or the wrong kind of words is meant only where it accuses.
        let told = !matches!(earlier.kind, Kind::Belief | Kind::Forecast | Kind::Promise);
        let meant = accuses || told && noun.is_none_or(|noun| noun.1 != Earlier::Demand);
        let apart = (here - there) as f64;
        let of_him = if is_of(document, denial, &theirs) { OF_HIM } else { 0.0 };
        let score = match pointer {
            Some(Pointer::Sentence) if here > there => continue,
            Some(Pointer::Sentence) => 1.0,
            // "It" is what was said last: words further back are another thing.
            Some(Pointer::Thing) if apart > NEXT => continue,
            Some(Pointer::Thing) if blocks <= 1 => (if accuses { 2.0 } else { 0.7 }) - 0.3 * apart,
            Some(Pointer::Noun) if !accuses && shared == 0.0 => continue,
            Some(Pointer::Noun | Pointer::Bare) if meant && blocks <= 1 => {
                (if accuses { 2.0 } else { 0.6 }) - 0.3 * apart + 0.2 * shared + of_him
            }
            Some(Pointer::Bare) if accuses => 2.0 - 0.1 * apart,
            Some(Pointer::Bare) if meant && blocks == 2 => 0.3 - 0.01 * apart + of_him,
            // What tells of the one who denies needs less in common: "Haddad's own officers told me so".
            None if blocks <= 1
                && (shared >= OVERLAP && common > 1 || common > 0 && names(document, found, denial, &words)) =>
            {
                shared + if accuses { 0.3 } else { 0.0 }
            }
            _ => continue,
        };
        let best = if blocks <= 1 { &mut near } else { &mut far };
        // Who calls an account untrue means all of it, and not what somebody else says in it.
        let whole = untrue && best.is_some_and(|(top, inner)| score >= top && is_told_in(found, inner, other));
        if score > 0.0 && best.is_none_or(|(top, _)| score > top || whole) {
            *best = Some((score, other));
        }
    }
    let rule = if pointer.is_some() { "answers.anaphor" } else { "answers.words" };
    near.or(far).map(|(_, n)| (n, rule))
}

/// Tells whether the words of one attribution stand within those of another.
fn is_told_in(found: &Attributions, inner: usize, outer: usize) -> bool {
    found.attributions[inner].content.iter().all(|span| found.attributions[outer].holds(span))
}

/// Tells whether an attribution is an allegation (or a demand, where that is what is rejected) by its own words.
fn accuses(document: &Document, attribution: &Attribution, wanted: Option<Earlier>) -> bool {
    if wanted == Some(Earlier::Demand) {
        return attribution.kind == Kind::Demand;
    }
    let cue = attribution.cue.iter().flat_map(|s| document.tokens_in(s));
    let words: Vec<usize> = cue.collect();
    words.iter().any(|&t| {
        let token = &document.tokens[t];
        token.tag.is_noun() && speech::earlier(&document.word(t).to_lowercase()).is_some()
            || speech::accuses(&token.lemma)
    })
}

/// Whether the words that a denial names are those of the one who said the earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    Same,
    Another,
}

/// Compares the owner named in a denial ("Clinton's claim", "her statements") with the source of earlier words.
fn owned(document: &Document, found: &Attributions, content: &[usize], earlier: &Attribution) -> Option<Owner> {
    let source: Vec<usize> = earlier.source.iter().flat_map(Spans::iter).flat_map(|s| document.tokens_in(s)).collect();
    let lower = |t: usize| document.word(t).to_lowercase();
    let lead = content.get(..content.len().min(LEAD))?;
    let speaker = earlier.speaker.and_then(|n| found.speakers.get(n));
    if let Some(at) = lead.iter().position(|&t| document.tokens[t].tag.name() == "POS").filter(|&at| at > 0) {
        let owner = lower(lead[at - 1]);
        let speaker = speaker.map_or_else(String::new, |speaker| speaker.name.to_lowercase());
        let same = speaker.contains(&owner) || source.iter().any(|&t| lower(t) == owner);
        return Some(if same { Owner::Same } else { Owner::Another });
    }
    let first = *lead.first()?;
    let own = people::pronoun(&lower(first)).filter(|_| document.tokens[first].tag.name() == "PRP$")?;
    let other = match source[..] {
        [source] => people::pronoun(&lower(source)),
        _ => None,
    };
    // "Their account" is no single person's, "his comments" no group's, and "her claim" not his.
    let person = speaker.map(|speaker| speaker.category == Category::Person && speaker.members.is_empty());
    let number = match own.number {
        people::Number::One => own.gender.is_some() && person == Some(false),
        people::Number::Many => person == Some(true),
        people::Number::Any => false,
    };
    // "His", "her": as the article calls the source anywhere.
    let called = speaker.iter().flat_map(|speaker| &speaker.mentions).filter(|mention| mention.form == Form::Pronoun);
    let mut called =
        called.filter_map(|mention| people::pronoun(&document.text.slice(mention.span).to_lowercase())?.gender);
    let theirs = other.and_then(|other| other.gender).or_else(|| called.next());
    let gender = matches!((own.gender, theirs), (Some(own), Some(theirs)) if own != theirs);
    (number || gender).then_some(Owner::Another)
}

/// Tells whether words name the person who denies.
fn names(document: &Document, found: &Attributions, denial: &Attribution, words: &[usize]) -> bool {
    let speaker = denial.speaker.and_then(|number| found.speakers.get(number));
    let person = speaker.filter(|speaker| speaker.category == Category::Person && speaker.members.is_empty());
    let surname = person.and_then(|person| person.name.split(' ').next_back());
    surname.is_some_and(|surname| words.iter().any(|&t| document.word(t) == surname))
}

/// Tells whether a body denies, and the words that accuse begin with "her" or "him": "accused her of theft".
fn accuses_another(document: &Document, found: &Attributions, denial: &Attribution, words: &[usize]) -> bool {
    let speaker = denial.speaker.and_then(|number| found.speakers.get(number));
    let body = speaker.is_some_and(|speaker| matches!(speaker.category, Category::Organization | Category::Group));
    let first = words
        .first()
        .filter(|&&t| document.tokens[t].tag.name().starts_with("PRP"))
        .map(|&t| document.word(t).to_lowercase());
    body && first.is_some_and(|first| people::pronoun(&first).is_some_and(|pronoun| pronoun.gender.is_some()))
}

/// Tells whether earlier words, by their lemmas, name the one who denies as he is named there: "the trust".
fn is_of(document: &Document, denial: &Attribution, words: &BTreeSet<&str>) -> bool {
    let source: Vec<usize> = denial.source.iter().flat_map(Spans::iter).flat_map(|s| document.tokens_in(s)).collect();
    let nouns: Vec<usize> = source.into_iter().filter(|&t| document.tokens[t].tag.is_noun()).collect();
    nouns.last().is_some_and(|&t| words.contains(&*document.tokens[t].lemma))
}

/// Tells whether two sources share a name: "Paul Ryan" and "Ryan's campaign".
fn one_camp(document: &Document, one: &Attribution, other: &Attribution) -> bool {
    let names = |attribution: &Attribution| -> BTreeSet<String> {
        let spans = attribution.source.iter().flat_map(Spans::iter);
        let tag = |t: usize| document.tokens.get(t).map_or("", |token| token.tag.name());
        // "Clinton's allies" are not Clinton.
        let written = spans.flat_map(|s| document.tokens_in(s)).filter(|&t| tag(t) == "NNP" && tag(t + 1) != "POS");
        written.map(|t| document.word(t).to_lowercase()).filter(|name| name.chars().count() > SHORT).collect()
    };
    !names(one).is_disjoint(&names(other))
}

/// Returns the lemmas of the content words.
fn keywords<'a>(document: &'a Document, tokens: &[usize]) -> BTreeSet<&'a str> {
    let open = |t: usize| {
        let name = document.tokens[t].tag.name();
        let verb = name.starts_with("VB") && !matches!(&*document.tokens[t].lemma, "be" | "have" | "do");
        verb || name.starts_with("NN") || name.starts_with("JJ")
    };
    tokens.iter().filter(|&&t| open(t)).map(|&t| &*document.tokens[t].lemma).collect()
}
