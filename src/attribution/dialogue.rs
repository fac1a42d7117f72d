//! Interviews and hearings printed as a dialogue, whose paragraphs open with who speaks: "Weekly: Did you know? / Pell: Nobody told me."
//!
//! All that follows the label is what they say. Who only asks, and is nobody the text tells of, says nothing of their own. Refuses lists
//! ("When: Friday"): a label must come again, or answer the question right before it.

use super::decode::{Part, Piece};
use crate::article::BlockKind;
use crate::text::Document;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Tokens of the longest label.
const LONGEST: usize = 5;
/// How sure it is that what follows a label is what they say; set by hand.
const LABELLED: f32 = 0.95;
/// Labels that mean a part of the talk and nobody's name.
const QUESTION: [&str; 2] = ["q", "question"];
const ANSWER: [&str; 2] = ["a", "answer"];

/// A paragraph that opens with who speaks.
struct Turn {
    /// Number of the paragraph among the blocks with tokens.
    paragraph: usize,
    label: Range<usize>,
    /// The label in lower case.
    name: String,
    /// The mark behind the label; nothing where the label holds it: "Q."
    colon: Range<usize>,
    words: Range<usize>,
    asks: bool,
}

/// Returns the turns of a dialogue in text order; nothing where the text is none.
fn turns(document: &Document, paragraphs: &[(usize, Range<usize>)]) -> Vec<Turn> {
    let labelled = |(number, (block, tokens)): (usize, &(usize, Range<usize>))| {
        let story = document.blocks.get(*block).is_some_and(|block| block.kind == BlockKind::Paragraph);
        story.then(|| turn(document, number, tokens)).flatten()
    };
    let mut turns: Vec<Turn> = paragraphs.iter().enumerate().filter_map(labelled).collect();
    let mut times: HashMap<&str, usize> = HashMap::new();
    for turn in &turns {
        *times.entry(&turn.name).or_default() += 1;
    }
    let answered = |two: &[Turn]| two[0].asks && two[0].paragraph + 1 == two[1].paragraph && two[0].name != two[1].name;
    let beside = |n: usize| {
        n.checked_sub(1).is_some_and(|before| answered(&turns[before..=n])) || turns.get(n..n + 2).is_some_and(answered)
    };
    let kept: Vec<bool> = (0..turns.len()).map(|n| times[&*turns[n].name] > 1 || beside(n)).collect();
    let mut kept = kept.into_iter();
    turns.retain(|_| kept.next().unwrap_or(false));
    let several = turns.iter().any(|turn| turn.name != turns[0].name) && turns.iter().any(|turn| turn.asks);
    let marked = turns.iter().any(|turn| is_one(&turn.name, &ANSWER));
    if several || marked { turns } else { Vec::new() }
}

fn is_one(name: &str, labels: &[&str]) -> bool {
    labels.contains(&name)
}

/// Tells whether a source is the label of an answer: the first token of a paragraph of an interview, "A: …".
pub(super) fn is_answer(document: &Document, source: &Range<usize>) -> bool {
    let opens = document.sentence_of(source.start).is_some_and(|n| {
        let sentence = &document.sentences[n];
        sentence.tokens.start == source.start && (n == 0 || document.sentences[n - 1].block != sentence.block)
    });
    let name = || document.text.slice(document.cover(source)).trim_end_matches(['.', ':']).to_lowercase();
    opens && source.len() == 1 && is_one(&name(), &ANSWER)
}

/// Puts what each says in the place of what the reader made of the paragraph; pieces stay in text order. Returns the paragraphs without a
/// label that go on what was said before them.
pub(super) fn complete(
    document: &Document,
    paragraphs: &[(usize, Range<usize>)],
    pieces: &mut Vec<Piece>,
) -> Vec<Range<usize>> {
    let turns = turns(document, paragraphs);
    if turns.is_empty() {
        return Vec::new();
    }
    let askers = askers(document, &turns);
    let further = further(document, paragraphs, &turns, &askers);
    let by_paragraph: HashMap<usize, &Turn> = turns.iter().map(|turn| (turn.paragraph, turn)).collect();
    pieces.retain(|piece| match by_paragraph.get(&piece.paragraph) {
        // What others are said to say in what is no question.
        Some(turn) => {
            let reports = askers.contains(&*turn.name) && !is_one(&turn.name, &QUESTION) && !turn.asks;
            reports && piece.tokens.start >= turn.words.start
        }
        None => !further.contains(&piece.paragraph),
    });
    for turn in turns.iter().filter(|turn| !askers.contains(&*turn.name)) {
        let piece = |part, tokens| Piece { part, tokens, paragraph: turn.paragraph, probability: LABELLED };
        pieces.push(piece(Part::Source, turn.label.clone()));
        pieces.push(piece(Part::Cue, if turn.colon.is_empty() { turn.label.clone() } else { turn.colon.clone() }));
        pieces.push(piece(Part::Content, turn.words.clone()));
    }
    pieces.sort_by_key(|piece| (piece.paragraph, piece.tokens.start));
    further.into_iter().map(|number| paragraphs[number].1.clone()).collect()
}

/// Returns the token with which the questions and answers of an interview begin.
pub(super) fn first_turn(document: &Document) -> Option<usize> {
    let paragraphs = super::fast::facts::paragraphs(document);
    let label = |turn: &Turn| is_one(&turn.name, &QUESTION) || is_one(&turn.name, &ANSWER);
    let mut turns = paragraphs.iter().filter_map(|(_, tokens)| turn(document, 0, tokens));
    turns.find(label).map(|turn| turn.label.start)
}

/// Returns the numbers of the paragraphs that go on an answer: between two turns, right behind the one who speaks, in the first person.
fn further(
    document: &Document,
    paragraphs: &[(usize, Range<usize>)],
    turns: &[Turn],
    askers: &HashSet<&str>,
) -> Vec<usize> {
    let mine = |at: usize| matches!(&*document.word(at).to_lowercase(), "i" | "we" | "my" | "our" | "me" | "us");
    let goes_on = |number: &usize| {
        let (block, tokens) = &paragraphs[*number];
        let story = document.blocks.get(*block).is_some_and(|block| block.kind == BlockKind::Paragraph);
        let quoted = |at: usize| document.quotes.iter().any(|quote| quote.span.contains(document.tokens[at].span));
        story && tokens.clone().any(|at| mine(at) && !quoted(at))
    };
    let pairs = turns.windows(2).filter(|pair| !askers.contains(&*pair[0].name));
    pairs.flat_map(|pair| (pair[0].paragraph + 1..pair[1].paragraph).take_while(goes_on)).collect()
}

/// Returns the names of those who ask in most of their turns and are nobody of whom the text tells: "Q", "Weekly". Whom it tells of stands
/// behind another name or a title there: "Gordon Pell", "Mr Pell".
fn askers<'a>(document: &Document, turns: &'a [Turn]) -> HashSet<&'a str> {
    let mut all: HashMap<&str, (usize, usize, &Range<usize>)> = HashMap::new();
    for turn in turns {
        let (asked, spoken, _) = all.entry(&turn.name).or_insert((0, 0, &turn.label));
        (*asked, *spoken) = (*asked + usize::from(turn.asks), *spoken + 1);
    }
    let mut told: HashMap<String, Vec<usize>> = HashMap::new();
    for at in 1..document.tokens.len() {
        if document.tokens[at - 1].tag.name() == "NNP" && document.word(at).starts_with(char::is_uppercase) {
            told.entry(document.word(at).to_lowercase()).or_default().push(at);
        }
    }
    let is_told_of = |label: &Range<usize>| {
        let places = told.get(&document.word(label.end - 1).to_lowercase());
        places.is_some_and(|places| places.iter().any(|at| !label.contains(at)))
    };
    let ask = all.into_iter().filter(|(name, (asked, spoken, label))| {
        let asks = asked * 2 >= *spoken && !is_told_of(label);
        is_one(name, &QUESTION) || asks && !is_one(name, &ANSWER)
    });
    ask.map(|(name, _)| name).collect()
}

/// Reads the label of a paragraph, when it has one and says something after it.
fn turn(document: &Document, paragraph: usize, tokens: &Range<usize>) -> Option<Turn> {
    let letter = tokens.clone().next().filter(|&at| matches!(document.word(at), "Q." | "A." | "Q:" | "A:"));
    let dotted =
        |at: usize| at == tokens.start + 1 && matches!(document.word(at - 1), "Q" | "A") && document.word(at) == ".";
    let mark = tokens.clone().take(LONGEST + 1).find(|&at| document.word(at) == ":" || dotted(at));
    let colon = letter.map_or_else(|| mark.map(|at| at..at + 1), |at| Some(at + 1..at + 1))?;
    let (label, words) = (tokens.start..colon.start, colon.end..tokens.end);
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
    (is_label && words.clone().any(|at| said(&at))).then(|| {
        let name = document.text.slice(document.cover(&label)).trim_end_matches(['.', ':']).to_lowercase();
        Turn { paragraph, label, name, colon, words, asks }
    })
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
        let askers = askers(&document, &turns);
        let asks = |turn: &Turn| if askers.contains(&*turn.name) { "?" } else { "" };
        turns.iter().map(|turn| turn.name.clone() + asks(turn)).collect()
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
