//! Whether two claims assert the same, so that what was found of the one holds of the other.
//!
//! More is asked than of a repeat: every statement of either has its counterpart in the other, with the same negations, limits,
//! figures and names. Refuses half a quotation, a quotation with one word more that limits it, and whatever opposes.

use super::Side;
use super::align::{Alignment, align};
use super::parsed::Parsed;
use crate::lexicon::tables;
use crate::lexicon::words::function_word;

/// Least share of the weight of a statement that its counterpart has.
const COVERED: f32 = 0.85;
/// Kinds of words that say nothing of their own and yet limit or turn what is said.
const LIMITING: [&str; 4] = ["adverb", "conjunction", "modal", "quantifier"];
/// Conjunctions that only join.
const JOINING: [&str; 3] = ["and", "but", "that"];
/// What is reported, and what was said.
const REPORTED: [(&str, &str); 5] =
    [("would", "will"), ("'ll", "will"), ("could", "can"), ("might", "may"), ("'d", "will")];

/// Tells whether two claims assert the same: a verdict on the one holds of the other. The same words always do.
pub fn asserts_same(a: &str, b: &str) -> bool {
    let (words_a, words_b) = (words(a), words(b));
    if words_a == words_b {
        return true;
    }
    if limits(&words_a) != limits(&words_b) {
        return false;
    }
    let (a, b) = (read(a), read(b));
    a.mood.question == b.mood.question && figures(&a) == figures(&b) && has_all_of(&a, &b) && has_all_of(&b, &a)
}

fn read(text: &str) -> Parsed {
    Parsed::of(&Side { text, ..Side::default() })
}

/// The words in lower case, "isn't" as "is" and "n't".
fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace('’', "'");
    let parts = text.split(|c: char| !(c.is_alphanumeric() || c == '\'')).map(|word| word.trim_matches('\''));
    let mut out = Vec::new();
    for word in parts.filter(|word| !word.is_empty()) {
        match word.strip_suffix("n't").filter(|verb| !verb.is_empty()) {
            Some(verb) => out.extend([whole(verb).to_owned(), "n't".to_owned()]),
            None if word == "cannot" => out.extend(["can".to_owned(), "n't".to_owned()]),
            None => out.push(word.to_owned()),
        }
    }
    out
}

/// The verb that "wo" and "ca" stand for before "n't".
fn whole(verb: &str) -> &str {
    match verb {
        "wo" => "will",
        "ca" => "can",
        "sha" => "shall",
        other => other,
    }
}

/// The words that limit or turn, in any order; all that negate are one.
fn limits(words: &[String]) -> Vec<String> {
    let class = |word: &str| function_word(word).map_or("", |listed| listed.class);
    let negates = |word: &str| class(word) == "negation" || tables::NEGATORS.words().any(|negator| negator == word);
    let limit = |word: &String| -> Option<String> {
        let said = REPORTED.iter().find(|(reported, _)| reported == word).map_or(word.as_str(), |(_, said)| said);
        let limiting = LIMITING.contains(&class(word)) && !JOINING.contains(&said);
        if negates(word) { Some("not".to_owned()) } else { limiting.then(|| said.to_owned()) }
    };
    let mut out: Vec<String> = words.iter().filter_map(limit).collect();
    out.sort_unstable();
    out
}

/// The least and the most of each figure, in any order.
fn figures(side: &Parsed) -> Vec<(u64, u64)> {
    let bounds = |(low, high): (f64, f64)| (low.to_bits(), high.to_bits());
    let mut out: Vec<(u64, u64)> =
        side.quantities.iter().map(|quantity| bounds((quantity.low, quantity.high))).collect();
    out.sort_unstable();
    out
}

/// Tells whether every statement of one side has its counterpart in the other; nothing has none.
fn has_all_of(whole: &Parsed, part: &Parsed) -> bool {
    let stated = || part.content.iter().filter(|words| !words.is_empty());
    let found = |words: &Vec<usize>| whole.content.iter().any(|other| says(part, words, whole, other));
    stated().next().is_some() && stated().all(found)
}

/// Tells whether a statement of one side stands in one of the other, with no name left and nothing turned.
fn says(part: &Parsed, words: &[usize], whole: &Parsed, other: &[usize]) -> bool {
    let Alignment { pairs, free_a, .. } = align(part, words, whole, other);
    let agree =
        pairs.iter().all(|pair| !pair.bond.opposes() && part.words[pair.a].negated == whole.words[pair.b].negated);
    let weight = |word: usize| part.words[word].weight;
    let linked: f32 = pairs.iter().map(|pair| weight(pair.a)).sum();
    let free: f32 = free_a.iter().map(|&word| weight(word)).sum();
    let names = free_a.iter().any(|&word| part.words[word].name);
    agree && !names && linked > 0.0 && linked >= COVERED * (linked + free)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_holds_of_the_same_words_however_they_are_marked() {
        for (a, b) in [
            ("The ferry is sound", "“The ferry is sound,”"),
            ("the quay would cost 650 million crowns", "The quay will cost 650 million crowns."),
            ("“The ferry isn’t sound,” [...] “We will not sail.”", "The ferry is not sound. We won't sail."),
        ] {
            assert!(asserts_same(a, b) && asserts_same(b, a), "{a} | {b}");
        }
    }

    #[test]
    fn a_verdict_holds_of_nothing_that_says_less_more_or_the_reverse() {
        for (a, b) in [
            ("The ferry is sound", "The ferry is not sound"),
            ("The ferry is sound", "The ferry is sound for now"),
            ("The ferry is sound", "The ferry may be sound"),
            ("All ferries are sound", "Most ferries are sound"),
            ("The quay will cost 650 million crowns", "The quay will cost 660 million crowns"),
            ("The ferry to Aune is sound", "The ferry to Larn is sound"),
            (
                "“The ferry is sound,” [...] “No passenger has to wait on the quay.”",
                "“The ferry is not sound,” [...] “No passenger has to wait on the quay.”",
            ),
            (
                "“The ferry is sound,” [...] “No passenger has to wait on the quay.”",
                "“No passenger has to wait on the quay”",
            ),
            ("The ferry is sound and the quay is not", "The ferry is not sound and the quay is"),
        ] {
            assert!(!asserts_same(a, b) && !asserts_same(b, a), "{a} | {b}");
        }
    }
}
