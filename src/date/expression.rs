//! Dates as people write them, found in a text: "Tuesday", "on July 5", "last month", "three days ago", "May 2017".

use super::meaning::{Word, dates, meaning, words};
use super::named::{day_number, month, weekday, year};
use std::ops::Range;

/// A date expression found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    /// Where it stands, in bytes of the text given, end exclusive.
    pub bytes: Range<usize>,
    /// The words as written, without a leading "on" or "in".
    pub written: String,
}

/// Longest expression in words: "earlier this month", "Thursday, 5 July 2018".
const LONGEST: usize = 5;

/// Finds every date expression of a text, left to right and apart; linear in its length.
pub fn find_expressions(text: &str) -> Vec<Expression> {
    let words = words(text);
    let dating: Vec<bool> = words.iter().map(|word| dates(&word.lower)).collect();
    let mut out: Vec<Expression> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let most = LONGEST.min(words.len() - at);
        let Some(first) = dating[at..at + most].iter().position(|&dates| dates) else {
            at += 1;
            continue;
        };
        let figures = in_figures(text, &words[at..]);
        let longest = figures.or_else(|| (first + 1..=most).rev().find(|&n| is_expression(&words[at..at + n])));
        let Some(n) = longest else {
            at += 1;
            continue;
        };
        let bytes = words[at].bytes.start..words[at + n - 1].bytes.end;
        out.push(Expression { written: text[bytes.clone()].to_owned(), bytes });
        at += n;
    }
    out
}

/// "05/03/2024": a date in figures, which may have two readings.
fn in_figures(text: &str, words: &[Word<'_>]) -> Option<usize> {
    let [day, month, year, ..] = words else { return None };
    let figures =
        |word: &Word<'_>, most: usize| word.written.len() <= most && word.written.bytes().all(|b| b.is_ascii_digit());
    let between = |a: &Word<'_>, b: &Word<'_>| matches!(&text[a.bytes.end..b.bytes.start], "/" | ".");
    let apart = between(day, month) && between(month, year);
    (figures(day, 2) && figures(month, 2) && figures(year, 4) && year.written.len() == 4 && apart).then_some(3)
}

/// In running text a date must look like one: months and weekdays are capitalised, and a bare number is none.
fn is_expression(words: &[Word<'_>]) -> bool {
    let capital = |word: &Word<'_>| word.written.starts_with(char::is_uppercase);
    let named = |word: &Word<'_>| weekday(&word.lower).is_some() || month(&word.lower).is_some();
    if words.iter().any(|word| named(word) && !capital(word)) {
        return false;
    }
    if let [word] = words {
        // "May" and "March" alone are verbs or names as often as months; "in May" is read by its neighbour below.
        if month(&word.lower).is_some() || word.lower.parse::<u32>().is_ok() {
            return false;
        }
    }
    let lower: Vec<&str> = words.iter().map(|word| word.lower.as_str()).collect();
    match lower.as_slice() {
        // "Feb. 29, 2023" is no day, and not another year's either: it is found, and resolves to nothing.
        [a, b, c]
            if year(c).is_some()
                && (month(a).is_some() && day_number(b).is_some() || month(b).is_some() && day_number(a).is_some()) =>
        {
            true
        }
        // A bare "the 5th" may count anything.
        ["the", _] => false,
        ["on", "the", _, "of", ..] => meaning(&lower[1..]).is_some(),
        ["on", "the", day] => day.ends_with(char::is_alphabetic) && day_number(day).is_some(),
        ["in" | "since" | "by" | "until", word] => month(word).is_some() || year(word).is_some(),
        ["in" | "since" | "by" | "until", a, b] => month(a).is_some() && year(b).is_some(),
        _ => meaning(&lower).is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_found_in_running_text() {
        let text =
            "On Tuesday she may march, he said in May; on July 5, 2018 they met three days ago in Paris in 2016.";
        let found: Vec<String> = find_expressions(text).into_iter().map(|e| e.written).collect();
        assert_eq!(found, ["Tuesday", "in May", "July 5, 2018", "three days ago", "in 2016"]);
        assert!(find_expressions("“— é 12 of 30").is_empty());
    }
}
