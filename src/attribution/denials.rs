//! Rules for what journalists need and the training data rarely marks: denials of words that a noun names ("dismissed
//! assertions that …"), and the earlier attribution nested in such a denial ("U.S. assertions that …").
//!
//! Refuses to touch what the reader found: a rule only adds, where no cue of the reader stands, and with a modest score.

use crate::article::BlockKind;
use crate::attribution::assemble::{first_span, quotation, ruled};
use crate::attribution::cues::{self, Cue};
use crate::attribution::{Attribution, Attributions, Kind, Status};
use crate::lexicon::speech;
use crate::score::{Reason, Score};
use crate::span::{Span, Spans};
use crate::text::Document;
use crate::text::parser::Role;
use std::ops::Range;

/// What a rule's find is worth; set by hand, not measured.
const DENIAL: f64 = 0.55;
/// What a nested earlier attribution is worth; set by hand too.
const NESTED: f64 = 0.5;
/// No noun phrase of interest is longer, in tokens.
const LONGEST: usize = 80;

/// Adds the attributions that the rules find, and sorts all by place.
pub fn complement(document: &Document, found: &mut Attributions) {
    let denials = denials(document, &found.attributions);
    found.attributions.extend(denials);
    let nested: Vec<Attribution> = found
        .attributions
        .iter()
        .filter(|a| a.kind == Kind::Denial)
        .flat_map(|a| a.content.iter())
        .filter_map(|content| nested(document, document.tokens_in(content)))
        .filter(|new| !covered(&found.attributions, new))
        .collect();
    found.attributions.extend(nested);
    found.attributions.sort_by_key(first_span);
}

/// Tells whether the reader already has a cue where this attribution's cue stands.
fn covered(known: &[Attribution], new: &Attribution) -> bool {
    known.iter().any(|a| new.cue.iter().any(|cue| a.cue.overlaps(cue)))
}

fn denials(document: &Document, known: &[Attribution]) -> Vec<Attribution> {
    // One pass over the tokens; the cues and contents of the reader are in text order of their first span.
    let mut taken = vec![false; document.tokens.len()];
    for attribution in known {
        for span in attribution.cue.iter().chain(attribution.content.iter()) {
            taken[document.tokens_in(span)].fill(true);
        }
    }
    let mut out = Vec::new();
    for sentence in &document.sentences {
        let place = document.blocks.get(sentence.block).map_or(BlockKind::Paragraph, |b| b.kind);
        if !matches!(place, BlockKind::Paragraph | BlockKind::Headline) {
            continue;
        }
        for at in sentence.tokens.clone().filter(|&at| !taken[at]) {
            let token = &document.tokens[at];
            if token.tag.is_verb() && cues::class(&token.lemma, token.tag) == Some(Cue::Deny) {
                out.extend(denial(document, &sentence.tokens, at, place));
            }
        }
    }
    out
}

/// Reads a denial off the verb at `verb`: its subject, and an object that names earlier words.
fn denial(document: &Document, sentence: &Range<usize>, verb: usize, place: BlockKind) -> Option<Attribution> {
    let cue = verb_group(document, sentence, verb);
    let noun = (verb + 1..sentence.end.min(verb + 10)).find(|&at| {
        let tag = document.tokens[at].tag;
        tag.is_noun() && speech::earlier(&document.word(at).to_lowercase()).is_some()
    })?;
    if (verb + 1..noun).any(|at| document.tokens[at].tag.is_verb() || is_break(document.word(at))) {
        return None;
    }
    let subject = (sentence.start..cue.start).rev().take(LONGEST).find(|&at| {
        document.tokens[at].role == Role::Subject
            && document.tokens[at].head.is_some_and(|h| cue.contains(&(h as usize)))
    })?;
    let source = noun_phrase(document, sentence, subject, cue.start);
    let content = verb + 1..clause_end(document, sentence, noun);
    let spans = (Some(span(document, &source)), span(document, &cue), span(document, &content).into());
    let reason = Reason::new("rule.denial", format!("denies {}", document.word(noun)), DENIAL);
    Some(ruled(document, spans, place, DENIAL, reason))
}

/// Finds in the content of a denial the earlier words that it names, with whose they are: "U.S. assertions that …".
fn nested(document: &Document, content: Range<usize>) -> Option<Attribution> {
    let noun = content.clone().take(12).find(|&at| {
        document.tokens[at].tag.is_noun() && speech::earlier(&document.word(at).to_lowercase()).is_some()
    })?;
    let mut opening = noun + 1;
    let mut source = owner(document, content.start..noun);
    if matches!(document.word(opening), "by" | "from") && source.is_none() {
        let end = (opening + 1..content.end).find(|&at| document.word(at) == "that" || is_break(document.word(at)))?;
        source = Some(opening + 1..end);
        opening = end;
    }
    let source = source.filter(|s| !s.is_empty())?;
    if document.word(opening) != "that" || content.end <= opening + 2 {
        return None;
    }
    let end = content.end - usize::from(is_break(document.word(content.end - 1)));
    let content = Spans::from(span(document, &(opening..end)));
    let place = document.sentence_of(noun).and_then(|s| document.blocks.get(document.sentences[s].block));
    Some(Attribution {
        source: Some(span(document, &source).into()),
        cue: document.tokens[noun].span.into(),
        kind: Kind::Statement,
        status: Status::Asserted,
        quotation: quotation(document, &content),
        content,
        speaker: None,
        candidates: Vec::new(),
        place: place.map_or(BlockKind::Paragraph, |b| b.kind),
        answers: None,
        score: Score::new(NESTED),
        because: vec![Reason::new("rule.nested", format!("{} inside a denial", document.word(noun)), NESTED)],
    })
}

/// Returns whose words a noun names, from the tokens before it: a possessor, or names and demonyms that modify it.
fn owner(document: &Document, before: Range<usize>) -> Option<Range<usize>> {
    let tag = |at: usize| document.tokens[at].tag.name();
    if let Some(mark) = before.clone().find(|&at| tag(at) == "POS") {
        return Some(before.start..mark);
    }
    let named = |at: usize| matches!(tag(at), "NNP" | "NNPS") || is_demonym(document, at);
    let first = before.clone().find(|&at| named(at))?;
    let last = before.rev().find(|&at| named(at))?;
    Some(first..last + 1)
}

fn is_demonym(document: &Document, at: usize) -> bool {
    document.tokens[at].tag.name() == "JJ" && document.word(at).chars().next().is_some_and(char::is_uppercase)
}

/// Returns the verb with the auxiliaries, negation and adverbs right before it.
pub fn verb_group(document: &Document, sentence: &Range<usize>, verb: usize) -> Range<usize> {
    let mut start = verb;
    while start > sentence.start
        && matches!(document.tokens[start - 1].tag.name(), "RB" | "MD" | "VBD" | "VBZ" | "VBP" | "VBN" | "VB")
    {
        start -= 1;
    }
    start..verb + 1
}

/// Returns the noun phrase headed at `head`: its subtree without clauses that follow it, ending before `end`.
fn noun_phrase(document: &Document, sentence: &Range<usize>, head: usize, end: usize) -> Range<usize> {
    let under = |at: usize| document.tokens[at].head.is_some_and(|h| h as usize == head);
    let modifies = |at: usize| {
        matches!(
            document.tokens[at].role,
            Role::Determiner | Role::Compound | Role::Attribute | Role::Possessive | Role::Case | Role::Coordinator
        )
    };
    let mut start = head;
    while start > sentence.start {
        let at = start - 1;
        let chained = document.tokens[at].head.is_some_and(|h| (start..=head).contains(&(h as usize)));
        if !(under(at) || chained) || !modifies(at) || is_break(document.word(at)) {
            break;
        }
        start = at;
    }
    let mut last = head + 1;
    while last < end
        && !is_break(document.word(last))
        && !matches!(document.tokens[last].tag.name(), "WP" | "WDT" | "WRB")
    {
        last += 1;
    }
    start..if last == end || is_break(document.word(last)) { last } else { head + 1 }
}

/// Returns where the phrase of a speech noun ends: with its that-clause, or before the next clause or mark.
fn clause_end(document: &Document, sentence: &Range<usize>, noun: usize) -> usize {
    let has_clause = (noun + 1..sentence.end).take(8).any(|at| document.word(at) == "that");
    let stops = |at: usize| {
        let word = document.word(at);
        matches!(word, ";" | "." | "!" | "?" | "—" | "--" | "”" | "\"") || !has_clause && is_break(word)
    };
    (noun + 1..sentence.end).find(|&at| stops(at)).unwrap_or(sentence.end)
}

fn is_break(word: &str) -> bool {
    matches!(word, "," | ";" | ":" | "." | "!" | "?" | "—" | "–" | "--" | "(" | ")" | "”" | "“" | "\"")
}

fn span(document: &Document, tokens: &Range<usize>) -> Span {
    let last = tokens.end.saturating_sub(1).max(tokens.start);
    document.tokens[tokens.start].span.cover(document.tokens[last].span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Given, read};
    use crate::text::analyze;

    /// Each attribution as `source | cue | content`.
    fn check(words: &str, expected: &[&str]) {
        let article = read(words.as_bytes(), "test", &Given::default()).unwrap();
        let document = analyze(&article);
        let mut found = Attributions::default();
        complement(&document, &mut found);
        let text = &document.text;
        let lines: Vec<String> = found
            .attributions
            .iter()
            .map(|a| {
                let source = a.source.as_ref().map_or(String::new(), |s| s.words(text));
                format!("{source} | {} | {}", a.cue.words(text), a.content.words(text))
            })
            .collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn a_denial_of_named_words_is_an_attribution() {
        check(
            "The mayor flatly denied the accusations, and the vote went on as planned.",
            &["The mayor | flatly denied | the accusations"],
        );
    }

    #[test]
    fn the_words_denied_are_nested_in_the_denial() {
        check(
            "The minister has repeatedly dismissed French assertions that the ministry hid the report.",
            &[
                "The minister | has repeatedly dismissed | French assertions that the ministry hid the report",
                "French | assertions | that the ministry hid the report",
            ],
        );
    }

    #[test]
    fn a_denial_of_things_that_are_no_words_is_left_alone() {
        check("The mayor rejected the bid for the new bridge on Monday.", &[]);
    }
}
