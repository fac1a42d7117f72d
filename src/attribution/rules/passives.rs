//! Whose words a passive reports: of "Moss was called a thief by Stern" it is Stern, of "Reed is accused of theft" nobody named.
//!
//! Rows: `lexicon/grammar_rules.tsv`. The gravest fault of a reader is to make the accused the source of the charge.

use super::{is_passive, source_tokens, span, tokens, verb};
use crate::attribution::cues::{self, Cue};
use crate::attribution::{Attribution, Attributions};
use crate::lexicon::speech::{self, Voice};
use crate::text::Document;
use std::ops::Range;

/// No agent after "by" is longer, in tokens.
const LONGEST: usize = 14;

/// Gives each passive its agent as the source.
pub(super) fn turn(document: &Document, found: &mut Attributions) {
    for attribution in &mut found.attributions {
        let Some(verb) = verb(document, &attribution.cue) else { continue };
        let source = source_tokens(document, attribution);
        let before = source.as_ref().is_none_or(|s| s.end <= verb);
        let turned = match speech::accused(&document.tokens[verb].lemma) {
            Some(Voice::Passive) => before && (is_passive(document, verb) || reduced(document, verb)),
            Some(Voice::Active) => before && faces(document, attribution, verb),
            None => false,
        };
        if turned || opens(document, verb) && source.is_some_and(|s| s.start > verb) {
            attribution.source = agent(document, verb).map(|agent| span(document, &agent).into());
        }
    }
}

/// "Reed, accused of theft,": a participle without "be", with its preposition.
fn reduced(document: &Document, verb: usize) -> bool {
    document.tokens[verb].tag.name() == "VBN" && matches!(document.word(verb + 1), "of" | "with" | "as" | "by")
}

/// "Asked whether it was safe, Reed left": a participle that opens a clause is what somebody else did to its subject.
fn opens(document: &Document, verb: usize) -> bool {
    let token = &document.tokens[verb];
    let asks = cues::class(&token.lemma, token.tag) == Some(Cue::Ask) || speech::tells(&token.lemma);
    let sentence = document.sentence_of(verb).map(|s| document.sentences[s].tokens.start);
    let first = Some(verb) == sentence || verb.checked_sub(1).is_some_and(|at| joins(document, at));
    asks && first && matches!(token.tag.name(), "VBN" | "VBD")
}

/// Tells whether a word stands before a participle that opens a clause: "When asked", "; asked".
fn joins(document: &Document, token: usize) -> bool {
    let word = document.word(token).to_lowercase();
    matches!(&*word, "when" | "if" | "once" | "while" | ";" | "—" | "–")
}

/// "Faces complaints that": the noun of the charge stands in the cue or opens the content.
fn faces(document: &Document, attribution: &Attribution, verb: usize) -> bool {
    let content = tokens(document, &attribution.content);
    let near = (verb + 1..verb + 6).filter(|&at| at < document.tokens.len());
    let near =
        near.filter(|at| content.first().is_none_or(|first| at < first) || content.iter().take(4).any(|c| c == at));
    near.into_iter().any(|at| speech::earlier(&document.word(at).to_lowercase()).is_some())
}

/// Returns the noun phrase after "by" in the sentence of a passive verb, up to the words that it reports.
fn agent(document: &Document, verb: usize) -> Option<Range<usize>> {
    let sentence = document.sentence_of(verb).map(|s| document.sentences[s].tokens.clone())?;
    let by = (verb + 1..sentence.end).take(LONGEST).find(|&at| document.word(at) == "by")?;
    if (verb + 1..by).any(|at| document.tokens[at].tag.is_verb()) {
        return None;
    }
    let start = by + 1;
    let noun = document.tokens.get(start)?.tag;
    if !(noun.is_noun() || matches!(noun.name(), "DT" | "PRP" | "PRP$" | "JJ" | "CD" | "NNP")) {
        return None;
    }
    let stop = |at: &usize| {
        let (word, tag) = (document.word(*at), document.tokens[*at].tag);
        tag.is_verb()
            || matches!(tag.name(), "MD" | "WP" | "WDT" | "``" | "''" | ":" | "." | "TO")
            || matches!(tag.name(), "WRB" | "IN") && matches!(word, "whether" | "if" | "why" | "how" | "when" | "where")
            || matches!(word, "as" | "for" | "over" | "after" | "on" | "in" | "that" | "with" | "—" | "(")
    };
    let mut end = (start..sentence.end.min(start + LONGEST)).find(stop).unwrap_or(sentence.end.min(start + LONGEST));
    while end > start && !document.word(end - 1).chars().any(char::is_alphanumeric) {
        end -= 1;
    }
    // A comma that opens no apposition ends it.
    let comma = (start..end).find(|&at| document.word(at) == ",");
    if let Some(comma) = comma
        && !document.tokens.get(comma + 1).is_some_and(|t| t.tag.is_noun() || t.tag.name() == "DT")
    {
        end = comma;
    }
    (end > start).then_some(start..end)
}
