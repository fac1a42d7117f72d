//! Words of which a piece was lost: a "the" or "which" alone, the end of another sentence, a noun that only takes up what was said;
//! sources that are a clause about somebody ("who left in May"), and words that say nothing by themselves ("them", "it out").
//!
//! Gives the whole or nothing. Refuses to touch what stands in quotation marks.

use super::subjects::noun_phrase;
use super::{source_tokens, span, tokens, verb};
use crate::attribution::assemble::quotation;
use crate::attribution::cues::{self, Cue};
use crate::attribution::{Attribution, Attributions, Kind, Quotation, kind};
use crate::lexicon::speech;
use crate::span::{Span, Spans};
use crate::text::Document;

/// Sets sources and words right, and takes out what then says nothing.
pub(super) fn mend(document: &Document, found: &mut Attributions) {
    for attribution in &mut found.attributions {
        neither_nor(document, attribution);
        about(document, attribution);
        cut_off(document, attribution);
        let kept = whole(document, attribution);
        if kept != attribution.content {
            attribution.content = kept;
            attribution.quotation = quotation(document, &attribution.content);
        }
    }
    found
        .attributions
        .retain(|attribution| !says_nothing(document, attribution) && !is_narrator(document, attribution));
}

/// "A spokesman neither confirmed nor | denied": both verbs are the cue's.
fn neither_nor(document: &Document, attribution: &mut Attribution) {
    let Some(source) = source_tokens(document, attribution) else { return };
    let Some(head) = verb(document, &attribution.cue) else { return };
    let nor = source.end.checked_sub(1).is_some_and(|last| document.word(last) == "nor") && source.end <= head;
    let neither = source.clone().find(|&at| document.word(at) == "neither").filter(|&at| at > source.start);
    let Some(neither) = neither.filter(|_| nor) else { return };
    // "Would neither confirm nor deny".
    let opens = |at: usize| document.tokens[at].tag.name() == "MD";
    let from = if neither > source.start + 1 && opens(neither - 1) { neither - 1 } else { neither };
    attribution.source = Some(span(document, &(source.start..from)).into());
    attribution.cue = span(document, &(from..head + 1)).into();
    attribution.kind = kind::classify(document, &attribution.cue, &attribution.content);
}

/// "Hill, who left in May, said": the one about whom the clause is, and not the clause.
fn about(document: &Document, attribution: &mut Attribution) {
    let Some(source) = source_tokens(document, attribution) else { return };
    let relative = matches!(document.tokens.get(source.start).map_or("", |t| t.tag.name()), "WP" | "WP$" | "WDT");
    let finite = |at: usize| matches!(document.tokens[at].tag.name(), "VBD" | "VBZ" | "VBP" | "MD");
    let before = source.start.checked_sub(1).map(|at| if document.word(at) == "," { at.saturating_sub(1) } else { at });
    let Some(noun) = before.filter(|_| relative && source.clone().any(finite)) else { return };
    let one_sentence = document.sentence_of(noun) == document.sentence_of(source.start);
    if one_sentence && document.tokens[noun].tag.is_noun() {
        attribution.source = Some(span(document, &noun_phrase(document, noun)).into());
    }
}

/// "The | port has held": an article without its noun has the noun that stands before the cue.
fn cut_off(document: &Document, attribution: &mut Attribution) {
    let Some(source) = source_tokens(document, attribution) else { return };
    let Some(&cue) = tokens(document, &attribution.cue).first() else { return };
    let article = source.len() == 1 && matches!(&*document.word(source.start).to_lowercase(), "the" | "a" | "an");
    let part =
        |at: usize| matches!(document.tokens[at].tag.name(), "NN" | "NNS" | "NNP" | "NNPS" | "JJ" | "POS" | "CD");
    let between = source.end..cue;
    if article && !between.is_empty() && between.len() < 6 && { between }.all(part) {
        attribution.source = Some(span(document, &(source.start..cue)).into());
    }
}

/// Returns the pieces of a content without those that were cut off from something else; all of them where none would be left.
fn whole(document: &Document, attribution: &Attribution) -> Spans {
    let pieces: Vec<Span> = attribution.content.iter().map(|piece| trimmed(document, piece)).collect();
    if pieces.len() < 2 {
        return Spans::new(pieces);
    }
    let cue = tokens(document, &attribution.cue);
    let kept = |&(number, piece): &(usize, Span)| {
        let quoted = quotation(document, &piece.into()) != Quotation::Indirect;
        let others = || pieces.iter().enumerate().filter(move |(other, _)| *other != number).map(|(_, piece)| *piece);
        quoted
            || !(is_bare(document, piece)
                || takes_up(document, piece) && number > 0
                || is_elsewhere(document, piece, &cue, others())
                || is_of_another_verb(document, attribution, piece, &cue))
    };
    let rest: Vec<Span> = pieces.iter().copied().enumerate().filter(kept).map(|(_, piece)| piece).collect();
    Spans::new(if rest.is_empty() { pieces } else { rest })
}

/// Returns a piece without the "and" at which it breaks off, and with the sign of its last figure: "47 to 46 | %".
fn trimmed(document: &Document, piece: Span) -> Span {
    let mut inside = document.tokens_in(piece);
    if inside.is_empty() {
        return piece;
    }
    if document.word(inside.end) == "%" {
        return span(document, &(inside.start..inside.end + 1));
    }
    let joins = |at: usize| matches!(document.word(at), "and" | "but" | "or");
    if inside.len() < 3 || !joins(inside.end - 1) {
        return piece;
    }
    inside.end -= 1;
    if document.word(inside.end - 1) == "," {
        inside.end -= 1;
    }
    span(document, &inside)
}

/// "The" without its noun, "which" without its clause; "That, he said, was safe" has its comma.
fn is_bare(document: &Document, piece: Span) -> bool {
    let inside = document.tokens_in(piece);
    let word = |at: usize| document.word(at).to_lowercase();
    let next = document.word(inside.end);
    inside.len() == 1
        && matches!(&*word(inside.start), "the" | "a" | "an" | "which" | "who" | "that" | "only")
        && next != ","
}

/// ", a claim (that could not be checked)": the reporter's word for what was said.
fn takes_up(document: &Document, piece: Span) -> bool {
    let mut inside = document.tokens_in(piece);
    if document.word(inside.start) == "," {
        inside.start += 1;
    } else if inside.start.checked_sub(1).is_none_or(|at| document.word(at) != ",") {
        return false;
    }
    let article = matches!(document.word(inside.start), "a" | "an");
    let noun = inside.take(4).find(|&at| document.tokens[at].tag.is_noun());
    let of_speech = noun.is_some_and(|at| {
        let token = &document.tokens[at];
        cues::class(&token.lemma, token.tag) == Some(Cue::Noun) || speech::earlier(&token.lemma).is_some()
    });
    article && of_speech
}

/// The end of a sentence in which neither the cue nor another piece stands.
fn is_elsewhere(document: &Document, piece: Span, cue: &[usize], others: impl Iterator<Item = Span>) -> bool {
    let first = document.tokens_in(piece).start;
    let Some(sentence) = document.sentence_of(first) else { return false };
    let here = |at: usize| document.sentence_of(at) == Some(sentence);
    let begins = document.sentences[sentence].tokens.start;
    let alone = !cue.iter().any(|&at| here(at)) && !{ others }.any(|other| here(document.tokens_in(other).start));
    alone && first > begins + 1
}

/// "Hill orders a tea, sits down and apologises for …": what another verb of the source governs.
fn is_of_another_verb(document: &Document, attribution: &Attribution, piece: Span, cue: &[usize]) -> bool {
    let Some(source) = source_tokens(document, attribution) else { return false };
    let inside = document.tokens_in(piece);
    let Some(&first) = cue.first() else { return false };
    let between = source.end <= inside.start && inside.end <= first;
    let finite = |at: usize| matches!(document.tokens[at].tag.name(), "VBD" | "VBZ" | "VBP");
    let one_sentence = document.sentence_of(source.start) == document.sentence_of(first);
    between && one_sentence && (source.end..inside.start).any(finite)
}

/// Tells whether words hold nothing that could be said: "them", "it out", "I would".
fn says_nothing(document: &Document, attribution: &Attribution) -> bool {
    let content = tokens(document, &attribution.content);
    let head = verb(document, &attribution.cue)
        .map(|at| (at, cues::class(&document.tokens[at].lemma, document.tokens[at].tag)));
    // "Not everybody believes her", "he denied it", "she said so".
    if matches!(head, Some((_, Some(Cue::Believe | Cue::Deny)))) || attribution.kind == Kind::Accusation {
        return false;
    }
    let promises = matches!(head, Some((_, Some(Cue::Promise))));
    let words = || content.iter().map(|&at| document.word(at).to_lowercase());
    let empty = |&at: &usize| {
        let word = document.word(at).to_lowercase();
        let tag = document.tokens[at].tag.name();
        // "She said she would" answers; "I promised I would" tells of nothing.
        matches!(tag, "PRP" | "RP" | "IN" | "WDT" | "WP" | "TO") && word != "so"
            || tag == "MD" && promises
            || matches!(&*word, "as" | "much" | "out" | "off" | "," | ".")
    };
    let points = words().any(|word| {
        matches!(
            &*word,
            "him" | "her" | "them" | "me" | "us" | "you" | "it" | "which" | "who" | "whom" | "would" | "will"
        )
    });
    let as_much = words().eq(["as", "much"].map(str::to_owned)) || words().eq(["at", "as", "much"].map(str::to_owned));
    as_much || content.len() < 4 && points && content.iter().all(empty) && !is_it(document, &content)
}

/// "That contradicts the port's own count": what shows it is no speaker, and neither is the one whose count it is.
fn is_narrator(document: &Document, attribution: &Attribution) -> bool {
    let cue = tokens(document, &attribution.cue);
    let Some(before) = cue.first().and_then(|at| at.checked_sub(1)) else { return false };
    let token = &document.tokens[before];
    let points = matches!(&*document.word(before).to_lowercase(), "this" | "that" | "these" | "those");
    let opens = document.sentence_of(before).is_some_and(|s| document.sentences[s].tokens.start == before);
    let subject = points && opens && matches!(token.tag.name(), "DT" | "IN" | "WDT");
    let nobody = source_tokens(document, attribution).is_none_or(|source| {
        let last = source.end.saturating_sub(1);
        source.start > before && (document.word(last) == "own" || document.tokens[last].tag.name() == "POS")
    });
    subject && nobody && attribution.quotation == Quotation::Indirect
}

/// "Confirmed it": what "it" is stands before.
fn is_it(document: &Document, content: &[usize]) -> bool {
    matches!(content, [only] if document.word(*only).eq_ignore_ascii_case("it"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::marked::attributed;

    /// What is left of one attribution, `<source>`, `[cue]` and `{content}` marked, as `source | cue | content`.
    fn mended(marked: &str) -> Option<String> {
        let (document, mut found) = attributed(marked);
        mend(&document, &mut found);
        let words = |spans: &Spans| spans.words(&document.text);
        let line = |one: &Attribution| {
            let source = one.source.as_ref().map_or_else(String::new, words);
            format!("{source} | {} | {}", words(&one.cue), words(&one.content))
        };
        found.attributions.first().map(line)
    }

    #[test]
    fn a_piece_that_was_cut_off_goes() {
        for (marked, left) in [
            (
                "{The} vote is a blow to <Ada Brook>, who [promised] {that the quay would stay}.",
                "Ada Brook | promised | that the quay would stay",
            ),
            (
                "The quay closed amid talk of {a lasting rift}. {Nine boats have left}, [according to] <the port>.",
                "the port | according to | Nine boats have left",
            ),
            ("<Brook> [said] {the quay was safe}, {a claim} the port rejected.", "Brook | said | the quay was safe"),
            ("<Brook> [said] {the quay was safe and} denied that it leaked.", "Brook | said | the quay was safe"),
            ("A poll [showed] {Brook ahead, 40 to 39}% on Monday.", " | showed | Brook ahead, 40 to 39%"),
            (
                "<Brook> ordered {a tea} and [apologised] {for the late start}.",
                "Brook | apologised | for the late start",
            ),
        ] {
            assert_eq!(mended(marked).as_deref(), Some(left), "{marked}");
        }
    }

    #[test]
    fn a_clause_about_somebody_is_no_source() {
        let found = mended("Ada Brook, <who left the board in May>, [said] {that the quay was safe}.");
        assert_eq!(found.as_deref(), Some("Ada Brook | said | that the quay was safe"));
        let found = mended("Until May <the> port [maintained] {that the quay was safe}.");
        assert_eq!(found.as_deref(), Some("the port | maintained | that the quay was safe"));
        let found = mended("<A porter neither confirmed nor> [denied] {that the quay was shut}.");
        assert_eq!(found.as_deref(), Some("A porter | neither confirmed nor denied | that the quay was shut"));
    }

    #[test]
    fn words_that_say_nothing_go() {
        for marked in [
            "<Brook> [would not rule] {it out}.",
            "<Brook> [thanked] {them}.",
            "<Brook> [hinted at] {as much}.",
            "<I> [promised] {I would}.",
            "{That} [contradicts] <the port's own> count.",
        ] {
            assert_eq!(mended(marked), None, "{marked}");
        }
    }

    #[test]
    fn whole_words_stay_as_they_are() {
        for (marked, content) in [
            ("{That}, <Brook> [said], {was the end of the quay}.", "was the end of the quay"),
            ("{The quay}, <Brook> [said], {was never safe}.", "was never safe"),
            ("{“I left.”} The hall was full. {“I came back,”} <Brook> [said].", "I left."),
            ("<Brook> [denied] {it}.", "it"),
            ("<Not all voters> [believe] {her}.", "her"),
        ] {
            assert!(mended(marked).is_some_and(|found| found.contains(content)), "{marked}");
        }
        let found = mended("{That}, <Brook> [said], {was the end of the quay}.");
        assert!(found.is_some_and(|found| found.contains("That")));
    }
}
