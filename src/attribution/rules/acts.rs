//! Acts that are no speech: "signed the law", "voted to close the road", "named as Witness 2", "asked not to be named".
//!
//! A row of `lexicon/acts.tsv` names a verb that reports nothing where a bare thing, a person or a document follows it. Refuses what is
//! quoted, and whatever has a clause of its own: "posted that the hall was open" stays.

use super::{is_passive, tokens, verb};
use crate::attribution::cues::{self, Cue};
use crate::attribution::{Attribution, Attributions, Quotation};
use crate::lexicon::people::{self, Collective};
use crate::lexicon::speech::{self, Act};
use crate::lexicon::tables;
use crate::text::{Document, Entity};

/// Takes the acts out.
pub(super) fn drop(document: &Document, found: &mut Attributions) {
    found.attributions.retain(|attribution| {
        let day = is_day(document, attribution);
        let open = attribution.quotation == Quotation::Indirect
            && (is_anonymity(document, attribution)
                || awaits(document, attribution)
                || is_topic(document, attribution)
                || is_dated(document, attribution));
        !day && !open && !is_condition(document, attribution) && !is_act(document, attribution)
    });
}

/// "Sunday calls for a coat": a day says nothing.
fn is_day(document: &Document, attribution: &Attribution) -> bool {
    let source: Vec<usize> = attribution.source.as_ref().map(|source| tokens(document, source)).unwrap_or_default();
    let [only] = source.as_slice() else { return false };
    let word = document.word(*only);
    word.ends_with("day") && document.tokens[*only].entity == Entity::Date
}

/// "They stay, provided that the road is safe": nobody provides it.
fn is_condition(document: &Document, attribution: &Attribution) -> bool {
    let [only] = tokens(document, &attribution.cue)[..] else { return false };
    let opens = document.word(only + 1) == "that" && only.checked_sub(1).is_some_and(|at| document.word(at) == ",");
    opens && tables::CONDITIONS.words().any(|word| document.word(only).eq_ignore_ascii_case(word))
}

/// "Who asked not to be named": why a source has no name.
fn is_anonymity(document: &Document, attribution: &Attribution) -> bool {
    let cue = tokens(document, &attribution.cue);
    let words: Vec<usize> = cue.iter().copied().chain(tokens(document, &attribution.content)).collect();
    let lemma = |at: usize| &*document.tokens[at].lemma;
    let named = |end: &[usize]| {
        matches!(end, [not, .., be, name] if document.word(*not) == "not" && lemma(*be) == "be"
            && matches!(lemma(*name), "name" | "identify" | "quote"))
    };
    // "Wished to remain anonymous", but not "feared anonymous letters".
    let stays = |at: usize| at > 0 && matches!(lemma(at - 1), "remain" | "stay" | "be");
    let nameless = words.iter().any(|&at| match document.word(at) {
        "anonymity" => true,
        "anonymous" => stays(at),
        _ => false,
    });
    let asks = |&at: &usize| {
        let token = &document.tokens[at];
        let class = cues::class(&token.lemma, token.tag);
        matches!(class, Some(Cue::Ask | Cue::Demand | Cue::Believe)) || lemma(at) == "request"
    };
    let asked = cue.iter().any(asks) && words.len() < 8;
    asked && (nameless || words.windows(4).any(named))
}

/// "The bridge, which is expected to be costly": said by the way, and nobody is there who expects it.
fn awaits(document: &Document, attribution: &Attribution) -> bool {
    let cue = tokens(document, &attribution.cue);
    let expected = cue.iter().copied().find(|&at| &*document.tokens[at].lemma == "expect");
    let Some(expected) = expected.filter(|&at| attribution.source.is_none() && is_passive(document, at)) else {
        return false;
    };
    let group = cue.first().copied().unwrap_or(expected);
    let by_the_way = group.checked_sub(1).is_some_and(|at| matches!(document.tokens[at].tag.name(), "WDT" | "WP"));
    let behind = |&at: &usize| at > expected && document.tokens[at].tag.is_verb();
    let content = tokens(document, &attribution.content);
    let told = cue.into_iter().chain(content).find(behind);
    let by = document.word(expected + 1) == "by";
    by_the_way
        && !by
        && told.is_some_and(|at| cues::class(&document.tokens[at].lemma, document.tokens[at].tag).is_none())
}

/// "Asked about the quay, she smiled": what somebody was asked about, and nothing that anybody asked.
fn is_topic(document: &Document, attribution: &Attribution) -> bool {
    let Some(&first) = tokens(document, &attribution.cue).first() else { return false };
    let token = &document.tokens[first];
    let participle =
        matches!(token.tag.name(), "VBN" | "VBD") && cues::class(&token.lemma, token.tag) == Some(Cue::Ask);
    let opens = document.sentence_of(first).is_some_and(|s| document.sentences[s].tokens.start == first);
    let content = tokens(document, &attribution.content);
    let asks =
        |&at: &usize| document.tokens[at].tag.name().starts_with('W') || matches!(document.word(at), "if" | "to");
    participle && opens && attribution.source.is_none() && !has_clause(document, &content) && !content.iter().any(asks)
}

/// "The ruling, | announced | on Monday, leaves …": when it was announced, and nothing that was. The ruling is the subject or the words.
fn is_dated(document: &Document, attribution: &Attribution) -> bool {
    let cue = tokens(document, &attribution.cue);
    let [only] = cue[..] else { return false };
    let Some(noun) = only.checked_sub(2).filter(|_| document.word(only - 1) == ",") else { return false };
    let preposition = matches!(document.word(only + 1), "on" | "in" | "at" | "late" | "early" | "last");
    let day =
        document.tokens.get(only + 1 + usize::from(preposition)).is_some_and(|token| token.entity == Entity::Date);
    let token = &document.tokens[noun];
    let somebody = people::role(&token.lemma).is_some()
        || people::is_person_noun(&token.lemma)
        || people::collective(&token.lemma).is_some_and(|kind| kind != Collective::Document);
    let thing = matches!(token.tag.name(), "NN" | "NNS") && !somebody;
    let participle = matches!(document.tokens[only].tag.name(), "VBN" | "VBD");
    let content = tokens(document, &attribution.content);
    let source = attribution.source.as_ref().map(|source| tokens(document, source)).unwrap_or_default();
    let words = source.is_empty() && content.last() == Some(&noun) && !has_clause(document, &content);
    let says = content.iter().any(|&at| matches!(document.word(at), "that" | "whether"));
    let subject = source.last() == Some(&noun) && content.first() == Some(&(only + 1)) && !says;
    participle && day && thing && (words || subject)
}

fn is_act(document: &Document, attribution: &Attribution) -> bool {
    let cue = tokens(document, &attribution.cue);
    let bound = |&at: &usize| speech::act(&document.tokens[at].lemma) == Some(Act::Bound) && is_passive(document, at);
    if cue.iter().any(bound) && negated(document, &cue) {
        return true;
    }
    let content = tokens(document, &attribution.content);
    let indirect = attribution.quotation == Quotation::Indirect;
    if indirect && is_bodily(document, &cue, &content) {
        return true;
    }
    let Some(verb) = verb(document, &attribution.cue) else { return false };
    let Some(act) = speech::act(&document.tokens[verb].lemma) else { return false };
    let bare = indirect && !has_clause(document, &content);
    // "Declined to endorse her" says that she declined.
    let spoken = cue.iter().any(|&at| at != verb && document.tokens[at].tag.is_verb() && speaks(document, at));
    let object =
        cue.iter().filter(|&&at| at > verb).chain(&content).copied().find(|&at| document.tokens[at].tag.is_noun());
    let owed = |at: usize| is_of_speech(document, at) || speech::is_owed(&document.tokens[at].lemma);
    match act {
        Act::Thing => bare && !exhibits(document, attribution, verb),
        Act::Deed => {
            // "Voted 9-6 to close it".
            let mut words =
                content.iter().map(|&at| document.word(at)).filter(|word| word.contains(char::is_alphabetic));
            indirect && !spoken && (bare || words.next() == Some("to"))
        }
        Act::Own => {
            let own = content.first().is_some_and(|&at| document.tokens[at].tag.name() == "PRP$");
            bare && !spoken && own && object.is_some_and(|at| !owed(at))
        }
        Act::Goods => bare && !spoken && object.is_some_and(|at| !owed(at)),
        Act::Ruled => {
            let past = matches!(document.tokens[verb].tag.name(), "VBD" | "VBN");
            bare && !spoken && past && !follows(document, verb, "of")
        }
        Act::Whom => bare && !spoken && is_somebody(document, &content),
        Act::Paper => bare && object.is_some_and(|at| is_paper(document, at)),
        Act::Words => {
            indirect && !spoken && object.is_some_and(|at| is_of_speech(document, at) && !opens(document, at + 1))
        }
        Act::Wish => indirect && is_wish(document, attribution, verb, &content),
        Act::Withheld => {
            let none = negated(document, &cue) || content.first().is_some_and(|&at| document.word(at) == "no");
            bare && none && !spoken && !object.is_some_and(owed)
        }
        Act::Borne => bare && is_passive(document, verb),
        Act::Toll => content.iter().any(|&at| matches!(&*document.tokens[at].lemma, "life" | "victim")),
        Act::Named => {
            let as_follows =
                follows(document, verb, "as") || content.first().is_some_and(|&at| document.word(at) == "as");
            is_passive(document, verb) || as_follows
        }
        Act::Bodily | Act::Bound => false,
    }
}

/// Tells whether words have a clause of their own, and not only one that goes with a noun: "a law that nobody read" has none.
fn has_clause(document: &Document, content: &[usize]) -> bool {
    // "Read it but could not say why": the clause is another verb's.
    if let [object, next, ..] = content
        && matches!(document.word(*object), "it" | "him" | "her" | "them" | "me" | "us")
        && matches!(document.word(*next), "," | "and" | "but")
    {
        return false;
    }
    for (number, &at) in content.iter().enumerate() {
        let token = &document.tokens[at];
        let which = matches!(token.tag.name(), "WDT" | "WP" | "WP$") && number > 0;
        // "A levy that the port called unfair", but "a claim that the port lied".
        let before = number.checked_sub(1).map(|before| content[before]);
        let of_noun = before.is_some_and(|at| document.tokens[at].tag.is_noun() && !is_of_speech(document, at));
        if which || document.word(at) == "that" && of_noun {
            return false;
        }
        let verb = token.tag.is_verb() && !matches!(token.tag.name(), "VBG" | "VBN") || token.tag.name() == "MD";
        if verb || document.word(at) == "whether" {
            return true;
        }
    }
    false
}

/// "The count showed a rise": a document shows what it says.
fn exhibits(document: &Document, attribution: &Attribution, verb: usize) -> bool {
    let source = attribution.source.as_ref().map(|source| tokens(document, source)).unwrap_or_default();
    &*document.tokens[verb].lemma == "show" && source.iter().any(|&at| is_paper(document, at))
}

fn is_paper(document: &Document, at: usize) -> bool {
    people::collective(&document.tokens[at].lemma) == Some(Collective::Document)
}

fn follows(document: &Document, at: usize, word: &str) -> bool {
    document.word(at + 1) == word
}

fn speaks(document: &Document, at: usize) -> bool {
    cues::class(&document.tokens[at].lemma, document.tokens[at].tag).is_some()
}

/// Tells whether a noun is one of speech: "doubts", "a promise".
fn is_of_speech(document: &Document, at: usize) -> bool {
    let token = &document.tokens[at];
    cues::class(&token.lemma, token.tag) == Some(Cue::Noun) || speech::earlier(&token.lemma).is_some()
}

/// Tells whether the words of a noun of speech follow it: "a promise that", "a promise to".
fn opens(document: &Document, at: usize) -> bool {
    matches!(document.word(at), "that" | "to" | "not")
}

fn negated(document: &Document, words: &[usize]) -> bool {
    words.iter().any(|&at| speech::negates(&document.word(at).to_lowercase()))
}

/// Tells whether words open with somebody: "her", "neither candidate", "the governor to the race".
fn is_somebody(document: &Document, content: &[usize]) -> bool {
    let Some(&first) = content.first() else { return false };
    if matches!(document.word(first), "him" | "her" | "them" | "neither" | "nobody")
        && document.tokens[first].tag.name() != "PRP$"
    {
        return true;
    }
    // Every word in "-er" would be somebody: "the offer".
    let noun = |at: &usize| document.tokens[*at].tag.is_noun();
    let Some(from) = content.iter().position(noun) else { return false };
    let Some(&head) = content[from..].iter().take_while(|at| noun(at)).last() else { return false };
    let token = &document.tokens[head];
    token.entity == Entity::Person || people::role(&token.lemma).is_some()
}

/// Tells whether a narrator tells the wish of one person: "his father wanted him to run".
fn is_wish(document: &Document, attribution: &Attribution, verb: usize, content: &[usize]) -> bool {
    let source = attribution.source.as_ref().map(|source| tokens(document, source)).unwrap_or_default();
    let one = source.first().is_some_and(|&at| {
        matches!(&*document.word(at).to_lowercase(), "he" | "she") || document.tokens[at].tag.name() == "PRP$"
    }) || source.iter().any(|&at| document.tokens[at].entity == Entity::Person);
    let whom = usize::from(content.first().is_some_and(|&at| document.tokens[at].tag.name() == "PRP"));
    let done = match content.get(whom..) {
        Some([to, what, ..]) if document.word(*to) == "to" => !speaks(document, *what),
        _ => false,
    };
    // "Wanted to know" asks.
    let knows = content.get(whom + 1).is_some_and(|&at| matches!(&*document.tokens[at].lemma, "know" | "see" | "hear"));
    one && done && !knows && document.tokens[verb].tag.name() == "VBD"
}

/// "Refused to appear with him": an act, and no refusal to speak.
fn is_bodily(document: &Document, cue: &[usize], content: &[usize]) -> bool {
    let lemma = |at: usize| &*document.tokens[at].lemma;
    let Some(refuses) = cue.iter().position(|&at| matches!(lemma(at), "refuse" | "decline")) else { return false };
    let mut behind = cue[refuses + 1..].iter().chain(content).copied();
    let (Some(to), Some(what)) = (behind.next(), behind.next()) else { return false };
    let stays = behind.next().is_some_and(|at| matches!(document.word(at), "for" | "by" | "down" | "it"));
    document.word(to) == "to" && speech::act(lemma(what)) == Some(Act::Bodily) && !stays
}

#[cfg(test)]
#[path = "acts_tests.rs"]
mod tests;
