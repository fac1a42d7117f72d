//! Which words with a capital may be part of a name where they stand.
//!
//! Refuses to put them together: that is the work of `names`.

use super::view::View;
use crate::lexicon::people;
use crate::text::Entity;
use std::ops::Range;

/// Tells whether a token opens a sentence, a quotation or a bracket.
pub(super) fn opens(view: &View<'_>, token: usize, sentence: &Range<usize>) -> bool {
    token == sentence.start || matches!(view.tag(token - 1), "``" | "''" | ":" | "-LRB-")
}

/// Tells whether a token can be part of a name where it stands.
pub(super) fn can_name(view: &View<'_>, token: usize, sentence: &Range<usize>) -> bool {
    let word = view.word(token);
    // "April Holt" is no month, "in April Holt said" is.
    let dated = token > sentence.start
        && matches!(&*view.lower(token - 1), "in" | "since" | "until" | "last" | "next" | "early" | "late");
    let person =
        || !dated && people::given_name(word).is_some() && view.is_capital(token + 1) && token + 1 < sentence.end;
    // "May says", where Clara May is known, and no "in May".
    let before = token.checked_sub(1).map_or("", |t| view.tag(t));
    // "USA TODAY" is no day.
    let masthead = || word.len() > 3 && is_acronym(word) && token > sentence.start && view.is_capital(token - 1);
    let surname = || view.is_surname(word) && !matches!(before, "IN" | "CD") && view.tag(token + 1) != "CD";
    if !view.is_capital(token) || view.entity(token) == Entity::Date && !person() && !surname() && !masthead() {
        return false;
    }
    let month = dated && crate::date::is_month(&view.lower(token)) && !surname();
    if month || is_sum(word) || BASED.iter().any(|ending| word.ends_with(ending)) {
        return false;
    }
    // "WHO" is a body.
    let body = is_acronym(word) && people::organisation(word).is_some();
    if people::pronoun(&word.to_lowercase()).is_some() && !body || word.contains(['<', '>', '=', '@', '#', '/']) {
        return false;
    }
    let proper = view.tag(token).starts_with("NNP") || surname();
    let known = || {
        people::given_name(word).is_some()
            || people::title(word).is_some()
            || people::place(word).is_some()
            || people::organisation(word).is_some()
    };
    let named = matches!(view.entity(token), Entity::Person | Entity::Organization | Entity::Place);
    if opens(view, token, sentence) {
        // "Priorities USA says": a noun that a body's name opens with.
        let opening =
            view.is_noun(token) && people::place(view.word(token + 1)).is_some() && is_acronym(view.word(token + 1));
        // "Karoly, a general, …" looks like an adverb.
        let adverb = view.tag(token) == "RB" && !view.is_common(&view.lower(token));
        let seems = (view.is_noun(token) || adverb) && view.seems_surname(word);
        return body
            || opening
            || proper
            || named
            || seems
            || (view.is_noun(token) || view.tag(token) == "JJ") && known();
    }
    proper || named || view.is_noun(token) || known() || matches!(view.tag(token), "JJ" | "FW" | "CD" | "VBG" | "VBN")
}

/// How adjectives end that open with a name: "the Larn-based firm".
const BASED: [&str; 6] = ["-based", "-born", "-backed", "-owned", "-led", "-listed"];

/// Tells whether a word is a sum of money: "SFr2.3bn".
fn is_sum(word: &str) -> bool {
    let figure = word.trim_start_matches(char::is_alphabetic);
    figure.len() < word.len() && figure.starts_with(|c: char| c.is_ascii_digit()) && figure.contains('.')
}

/// Tells whether a word is written in capitals alone.
pub(super) fn is_acronym(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(|c| c.is_uppercase() || c == '.')
}
