//! Interviews and hearings printed as a dialogue, whose paragraphs open with who speaks: "Weekly: Did you know? / Pell: Nobody told me."
//!
//! All that follows the label is what they say. Who only asks, and is nobody the text tells of, says nothing of their own. Refuses lists
//! ("When: Friday"): a label must come again, or answer the question right before it.

use super::decode::{Part, Piece};
use crate::article::BlockKind;
use crate::text::Document;
use std::collections::HashMap;
use std::ops::Range;

/// Tokens of the longest label.
const LONGEST: usize = 5;
/// How sure it is that what follows a label is what they say; set by hand.
const LABELLED: f32 = 0.95;

/// A paragraph that opens with who speaks.
pub(super) struct Turn {
    /// Number of the paragraph among the blocks with tokens.
    pub paragraph: usize,
    pub label: Range<usize>,
    pub colon: usize,
    pub words: Range<usize>,
    asks: bool,
}

/// Returns the turns of a dialogue in text order; nothing where the text is none.
pub(super) fn turns(document: &Document, paragraphs: &[(usize, Range<usize>)]) -> Vec<Turn> {
    let labelled = |(number, (block, tokens)): (usize, &(usize, Range<usize>))| {
        let story = document.blocks.get(*block).is_some_and(|block| block.kind == BlockKind::Paragraph);
        story.then(|| turn(document, number, tokens)).flatten()
    };
    let all: Vec<Turn> = paragraphs.iter().enumerate().filter_map(labelled).collect();
    let mut times: HashMap<String, usize> = HashMap::new();
    for turn in &all {
        *times.entry(named(document, turn)).or_default() += 1;
    }
    let recurs = |turn: &Turn| times.get(&named(document, turn)).is_some_and(|times| *times > 1);
    let answers = |one: &Turn, next: &Turn| {
        one.asks && one.paragraph + 1 == next.paragraph && named(document, one) != named(document, next)
    };
    let beside = |n: usize| {
        let before = n.checked_sub(1).and_then(|before| all.get(before));
        before.is_some_and(|before| answers(before, &all[n]))
            || all.get(n + 1).is_some_and(|next| answers(&all[n], next))
    };
    let kept: Vec<bool> = (0..all.len()).map(|n| recurs(&all[n]) || beside(n)).collect();
    let mut kept = kept.into_iter();
    let turns: Vec<Turn> = all.into_iter().filter(|_| kept.next().unwrap_or(false)).collect();
    let several = turns.iter().any(|turn| named(document, turn) != named(document, &turns[0]));
    if several && turns.iter().any(|turn| turn.asks) { turns } else { Vec::new() }
}

/// Puts what each says in the place of what the reader made of the paragraph; pieces stay in text order.
pub(super) fn complete(document: &Document, paragraphs: &[(usize, Range<usize>)], pieces: &mut Vec<Piece>) {
    let turns = turns(document, paragraphs);
    if turns.is_empty() {
        return;
    }
    for turn in &turns {
        let own = |piece: &Piece| piece.paragraph == turn.paragraph;
        if !only_asks(document, &turns, turn) {
            pieces.retain(|piece| !own(piece));
            let piece = |part, tokens| Piece { part, tokens, paragraph: turn.paragraph, probability: LABELLED };
            pieces.push(piece(Part::Source, turn.label.clone()));
            pieces.push(piece(Part::Cue, turn.colon..turn.colon + 1));
            pieces.push(piece(Part::Content, turn.words.clone()));
        } else if turn.asks {
            pieces.retain(|piece| !own(piece));
        } else {
            pieces.retain(|piece| !own(piece) || piece.tokens.start > turn.colon);
        }
    }
    pieces.sort_by_key(|piece| (piece.paragraph, piece.tokens.start));
}

/// Tells whether who speaks asks in most of their turns and is nobody of whom the text tells: "Q:", "Weekly:".
fn only_asks(document: &Document, turns: &[Turn], turn: &Turn) -> bool {
    let name = named(document, turn);
    let own = || turns.iter().filter(|other| named(document, other) == name);
    own().filter(|turn| turn.asks).count() * 2 >= own().count() && !is_told_of(document, turn)
}

/// Tells whether the text tells of who is called so: their name stands behind another name or a title, "Gordon Pell", "Mr Pell".
fn is_told_of(document: &Document, turn: &Turn) -> bool {
    let last = document.word(turn.label.end - 1);
    (1..document.tokens.len()).any(|at| {
        let before = &document.tokens[at - 1];
        let named = document.word(at).eq_ignore_ascii_case(last) && document.word(at).starts_with(char::is_uppercase);
        !turn.label.contains(&at) && named && before.tag.name() == "NNP"
    })
}

fn named(document: &Document, turn: &Turn) -> String {
    document.text.slice(document.cover(&turn.label)).to_lowercase()
}

/// Reads the label of a paragraph, when it has one and says something after it.
fn turn(document: &Document, paragraph: usize, tokens: &Range<usize>) -> Option<Turn> {
    let colon = tokens.clone().take(LONGEST + 1).find(|&at| document.word(at) == ":")?;
    let (label, words) = (tokens.start..colon, colon + 1..tokens.end);
    let named = |at: usize| {
        let word = document.word(at);
        let small = matches!(word, "of" | "the" | "and" | "for");
        word.starts_with(char::is_uppercase) && !document.tokens[at].tag.is_verb() || small && at > label.start
    };
    let noun = |at: usize| document.tokens[at].tag.is_noun() || document.word(at).chars().count() < 4;
    let is_label = !label.is_empty() && label.clone().all(named) && label.clone().any(noun);
    let said = |at: &usize| document.word(*at).contains(char::is_alphabetic);
    let asks = tokens.clone().rev().find(|&at| !super::rules::is_mark(document.word(at)));
    let asks = asks.is_some_and(|at| document.word(at).ends_with('?'));
    (is_label && words.clone().any(|at| said(&at))).then_some(Turn { paragraph, label, colon, words, asks })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Given, read};
    use crate::attribution::fast::facts;

    /// Labels of the turns, with "?" behind those of who only asks.
    fn labels(text: &str) -> Vec<String> {
        let document = crate::text::analyze(&read(text.as_bytes(), "a.txt", &Given::default()).unwrap());
        let turns = turns(&document, &facts::paragraphs(&document));
        let asks = |turn: &Turn| if only_asks(&document, &turns, turn) { "?" } else { "" };
        turns.iter().map(|turn| named(&document, turn) + asks(turn)).collect()
    }

    #[test]
    fn who_speaks_opens_the_paragraph() {
        let told = "Gordon Vane was minister when the dam was built. He spoke at his house in Orlund.";
        let talk = "Courier: Did you know of the cracks?\n\nVane: No. Nobody told me.\n\nCourier: And the mayor?\n\n\
                    Vane: She reads too little.";
        assert_eq!(labels(&format!("{told}\n\n{talk}")), ["courier?", "vane", "courier?", "vane"]);
        let once = "Courier: Did you know of the cracks?\n\nVane: No. Nobody told me.";
        assert_eq!(labels(&format!("{told}\n\n{once}")), ["courier?", "vane"]);
        let hearing = "Senator Ann Hill opened the hearing. Mark Vane was the witness.\n\nHill: Did you know of the cracks?\n\n\
                       Vane: No.\n\nHill: You signed the plan.\n\nVane: I did.";
        assert_eq!(labels(hearing), ["hill", "vane", "hill", "vane"]);
    }

    #[test]
    fn lists_are_no_dialogue() {
        for list in [
            "The fair opens on Friday.\n\nWhen: Friday at noon.\n\nWhere: Town hall.\n\nTickets: Five pounds.",
            "The count is done.\n\nOrlund: 400 votes.\n\nTarn: 300 votes.\n\nOrlund: 20 spoilt papers.",
            "He asked one thing: who knew?\n\nNobody did.",
        ] {
            assert!(labels(list).is_empty(), "{list}");
        }
    }
}
