//! With what words a denial points back to what it denies: "it", "the accusations", or "called the account a fiction".

use super::Attribution;
use crate::lexicon::people;
use crate::lexicon::speech::{self, Earlier};
use crate::lexicon::tables;
use crate::text::Document;

/// An anaphor ("the accusations") is short; a longer content says itself what is denied.
const ANAPHOR: usize = 7;
/// No pointer is longer: "the recent fraud claims".
pub(super) const LEAD: usize = 4;
/// Words of "the claim a pure invention from beginning to end".
const VERDICT: usize = 12;

/// Returns the noun for earlier words that the content or the cue points back with.
pub(super) fn noun(document: &Document, attribution: &Attribution) -> Option<(usize, Earlier)> {
    let content = attribution.content.iter().flat_map(|s| document.tokens_in(s)).take(ANAPHOR);
    let cue = attribution.cue.iter().flat_map(|s| document.tokens_in(s)).skip(1);
    content.chain(cue).find_map(|t| Some((t, speech::earlier(&document.word(t).to_lowercase())?)))
}

/// How a denial points back to what it denies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pointer {
    /// "Which he denies", "contradicted him": within the sentence.
    Sentence,
    /// "It happened", "this".
    Thing,
    /// A noun for earlier words with more about it: "criticism of the plan".
    Noun,
    /// The noun by itself: "the accusations".
    Bare,
}

/// Returns how the content of a denial points back; `None` where it says itself what is denied.
pub(super) fn pointer(document: &Document, content: &[usize], noun: Option<usize>) -> Option<Pointer> {
    let tag = |t: usize| document.tokens[t].tag.name();
    let verb = |&t: &usize| tag(t).starts_with("VB") || tag(t) == "MD";
    // "That this happened": the conjunction is no pronoun.
    let said = match content {
        [first, second, ..] if tag(*first) == "IN" && tag(*second) == "DT" => &content[1..],
        _ => content,
    };
    // "The idea as ludicrous", "the charges through his lawyer"; but "the idea that it rains" says what is denied.
    let ends = |t: usize| tag(t) == "IN" || tag(t) == "," || tag(t) == ".";
    let end = said.iter().skip(1).position(|&t| ends(t)).map_or(said.len(), |n| n + 1);
    let (lead, rest) = said.split_at(end.min(said.len()));
    if rest.first().is_some_and(|&t| document.word(t).eq_ignore_ascii_case("that")) {
        return None;
    }
    let first = *lead.first()?;
    let pronoun = people::pronoun(&document.word(first).to_lowercase());
    let thing = pronoun.is_some_and(|p| p.person == people::Person::Third && p.thing == people::Thing::Only);
    if lead.len() <= LEAD && (thing || tag(first) == "DT") && (lead.len() == 1 || verb(&lead[1])) {
        return Some(Pointer::Thing);
    }
    if lead.len() == 1 && pronoun.is_some() {
        return Some(Pointer::Sentence);
    }
    let noun = noun?;
    if lead.len() <= LEAD && lead.contains(&noun) && !lead.iter().any(verb) {
        // "Claims of plagiarism" has more about the claims, "the charges through his lawyer" has not.
        let more = rest.iter().any(|&t| document.tokens[t].head == Some(noun as u32) && tag(t) != ",");
        return Some(if more { Pointer::Noun } else { Pointer::Bare });
    }
    // A clause says itself what is denied: "that the party is split", "the plan that the mayor drew up".
    (content.len() <= ANAPHOR && !content.iter().any(verb)).then_some(Pointer::Noun)
}

/// Tells whether what was said before is called untrue: "described that account as fiction", "termed the charge baseless". Refuses words that
/// say what was said ("the claim that it rained"), for these point at nothing, and what is untrue only in part.
pub(super) fn calls_untrue(document: &Document, attribution: &Attribution) -> bool {
    let content: Vec<usize> = attribution.content.iter().flat_map(|s| document.tokens_in(s)).collect();
    let lower = |t: usize| document.word(t).to_lowercase();
    let tag = |t: usize| document.tokens[t].tag;
    let lead = content.iter().take(LEAD).position(|&t| tag(t).is_noun());
    let Some(noun) = lead.filter(|&at| at > 0) else { return false };
    let said = speech::earlier(&lower(content[noun])).is_some_and(|earlier| earlier != Earlier::Demand);
    let pointing = matches!(&*lower(content[0]), "the" | "that" | "this" | "these" | "those" | "such");
    let after = &content[noun + 1..];
    let clause = after.iter().any(|&t| matches!(&*lower(t), "that" | "of" | "about" | "by"));
    let untrue = |&t: &usize| {
        let lemma = &*document.tokens[t].lemma;
        tables::DISMISSALS.rows().any(|row| row.get(1) == Some(&"false") && (row[0] == lemma || row[0] == lower(t)))
    };
    let in_part =
        after.iter().any(|&t| matches!(&*lower(t), "partly" | "partially" | "half" | "mostly" | "not" | "largely"));
    said && pointing && !clause && !in_part && content.len() <= VERDICT && after.iter().any(untrue)
}
