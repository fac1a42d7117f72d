//! Acts that are no speech: "signed the law", "posted a photo", "named as Witness 2", "embrace his style".
//!
//! A row of `lexicon/grammar_rules.tsv` names a verb that reports nothing when a bare thing follows it. Refuses what is quoted, and
//! whatever has a verb of its own: "posted that the hall was open" stays.

use super::{is_passive, tokens, verb};
use crate::attribution::{Attribution, Attributions, Quotation};
use crate::lexicon::speech::{self, Act};
use crate::text::{Document, Entity};

/// Takes the acts out.
pub(super) fn drop(document: &Document, found: &mut Attributions) {
    found.attributions.retain(|attribution| !is_day(document, attribution) && !is_act(document, attribution));
}

/// "Sunday calls for a coat": a day says nothing.
fn is_day(document: &Document, attribution: &Attribution) -> bool {
    let source: Vec<usize> = attribution.source.as_ref().map(|source| tokens(document, source)).unwrap_or_default();
    let [only] = source.as_slice() else { return false };
    let word = document.word(*only);
    word.ends_with("day") && document.tokens[*only].entity == Entity::Date
}

fn is_act(document: &Document, attribution: &Attribution) -> bool {
    let Some(verb) = verb(document, &attribution.cue) else { return false };
    let Some(act) = speech::act(&document.tokens[verb].lemma) else { return false };
    let content = tokens(document, &attribution.content);
    let clause = content.iter().any(|&at| {
        let token = &document.tokens[at];
        token.tag.is_verb() && !matches!(token.tag.name(), "VBG" | "VBN")
            || matches!(document.word(at), "that" | "whether")
    });
    match act {
        Act::Thing => !clause && attribution.quotation == Quotation::Indirect,
        Act::Toll => content.iter().any(|&at| matches!(&*document.tokens[at].lemma, "life" | "victim")),
        Act::Named => {
            let as_follows =
                document.word(verb + 1) == "as" || content.first().is_some_and(|&at| document.word(at) == "as");
            is_passive(document, verb) || as_follows
        }
    }
}
