//! Whether one statement is another with more said of it: "nobody was in danger", "nobody was in danger on the footbridge".

use crate::lexicon::tables;
use crate::lexicon::words::{FunctionWord, Reader, function_word};
use crate::relation::sentences;
use crate::store::fold;

/// Least words of the shorter statement.
const LEAST: usize = 5;

/// Tells whether a sentence of some words, or a piece of their quotation, says the same as a statement, or a part of it, or all of
/// it and more. What the longer has beyond the shorter stands behind prepositions; it neither turns it round nor gives a figure.
pub(super) fn says_in_part(words: &str, statement: &str) -> bool {
    let statement = fold(statement);
    // "It will cost 3.1 million, not 2.4" says that it will cost 3.1 million.
    let mut pieces = sentences(words).flat_map(|sentence| sentence.split(", not ").take(1)).map(fold);
    pieces.any(|piece| holds(&statement, &piece) || holds(&piece, &statement))
}

/// Tells whether the words of the shorter stand in the longer in their order, all of them; both are folded.
fn holds(longer: &str, shorter: &str) -> bool {
    let wanted: Vec<&str> = shorter.split(' ').collect();
    if wanted.len() < LEAST || wanted.iter().all(|word| function_word(word).is_some()) {
        return false;
    }
    let (mut found, mut beyond) = (0, Vec::new());
    for word in longer.split(' ') {
        if wanted.get(found).is_some_and(|wanted| is_same(wanted, word)) {
            if !only_adds(&beyond) {
                return false;
            }
            beyond.clear();
            found += 1;
        } else {
            beyond.push(word);
        }
    }
    found == wanted.len() && only_adds(&beyond)
}

/// What "will" happen "would", once it is reported.
fn is_same(a: &str, b: &str) -> bool {
    a == b || [a, b].iter().all(|word| matches!(*word, "will" | "would"))
}

/// Tells whether words tell no more than where, of what or for whom: a phrase behind a preposition, without a clause in it.
fn only_adds(words: &[&str]) -> bool {
    let Some(first) = words.first() else { return true };
    let opens = function_word(first)
        .is_some_and(|FunctionWord { class, reader }| class == "preposition" && reader == Reader::Both);
    let of_a_clause = |word: &&str| {
        let class = function_word(word).map_or("", |listed| listed.class);
        let listed = ["negation", "conjunction", "modal", "relative", "speech", "be", "have", "do"].contains(&class);
        listed || tables::NEGATORS.words().any(|negator| negator == *word)
    };
    opens && !words.iter().any(|word| of_a_clause(word) || word.contains(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_adds_a_place_or_a_matter_says_the_same_in_part() {
        let danger = "Nobody was ever in danger on the Aune footbridge";
        let cost = "The repair of the Aune footbridge will cost 3.1 million pounds";
        for (words, statement, part) in [
            ("“Nobody was ever in danger,”", danger, true),
            ("“The bridge will reopen,” [...] “Nobody was ever in danger.”", danger, true),
            ("It reopens in June. Nobody was ever in danger on the Aune footbridge in March.", danger, true),
            ("the repair would cost 3.1 million pounds", cost, true),
            ("the repair will cost 3.1 million pounds, not 2.4 million as the paper had said", cost, true),
            ("“The company was never warned,” [...] “We received no letter.”", "The company was never warned", true),
            ("Everybody was ever in danger", danger, false),
            ("somebody said nobody was ever in danger", danger, false),
            ("Nobody was ever in danger until the storm came", "Nobody was ever in danger", false),
            (
                "Nobody was ever in danger in the opinion of those who were not there",
                "Nobody was ever in danger",
                false,
            ),
            ("the repair would not cost 3.1 million pounds", cost, false),
            (
                "the first half of the repair will cost 3.1 million pounds",
                "the repair will cost 3.1 million pounds",
                false,
            ),
            ("crime has fallen in the town", "crime has fallen in the town by 40 percent", false),
            ("We will pay", "We will pay for the repair of the bridge", false),
            ("It was what it was", "It was what it was on the bridge", false),
        ] {
            assert_eq!(says_in_part(words, statement), part, "{words} | {statement}");
        }
    }
}
