//! Splits a block of text into Penn Treebank tokens (the conventions of Stanford CoreNLP), in one pass.
//!
//! Refuses to normalise: a token is a span of the text, never a rewritten word. Hyphenated words, URLs, handles and
//! abbreviations stay whole; clitics (`'s`, `n't`), quotation marks and the period that ends a sentence are split off.

use crate::lexicon::words;
use crate::span::Span;

/// A run without white space longer than this many code points is cut, so that no step is ever quadratic.
const LONGEST_RUN: usize = 2_000;

/// Returns the token spans of `words`, which begins at code point `start` of its text.
pub fn tokenize(words: &str, start: u32) -> Vec<Span> {
    let mut out = Vec::with_capacity(words.len() / 5);
    let mut run: Vec<char> = Vec::new();
    let mut at = start;
    let mut margin = false;
    for c in words.chars() {
        // "> " in front of a line inside a block marks quoted mail, and is no word.
        margin = c == '\n' || margin && (c == '>' || c.is_whitespace());
        let invisible = matches!(c, '\u{feff}' | '\u{200b}');
        let blank = c.is_whitespace() || c.is_control() || invisible || margin && c == '>';
        if blank || run.len() >= LONGEST_RUN {
            split_run(&run, at - run.len() as u32, &mut out);
            run.clear();
        }
        if !blank {
            run.push(c);
        }
        at += 1;
    }
    split_run(&run, at - run.len() as u32, &mut out);
    out
}

/// Tells whether a character is an apostrophe or a single quotation mark that may be one.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`')
}

/// Tells whether a character is a double quotation mark of any style.
pub fn is_double_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂' | '″')
}

fn always_alone(c: char) -> bool {
    is_double_mark(c)
        || matches!(
            c,
            '(' | ')' | '[' | ']' | '{' | '}' | ';' | '!' | '?' | '—' | '–' | '…' | '•' | '¿' | '¡' | '|' | '‹' | '›'
        )
}

fn split_run(run: &[char], start: u32, out: &mut Vec<Span>) {
    if run.is_empty() {
        return;
    }
    let mut push = |from: usize, to: usize| {
        if from < to {
            out.push(Span::new(start + from as u32, start + to as u32));
        }
    };
    if run.iter().all(|c| c.is_alphabetic()) {
        split_word(run, 0, run.len(), &mut push);
        return;
    }
    let mut from = 0;
    let mut at = 0;
    while at < run.len() {
        if at == from
            && let Some(end) = whole_token(run, at)
        {
            push(at, end);
            at = end;
            from = end;
            continue;
        }
        let width = mark_width(run, at);
        if width == 0 {
            at += 1;
            continue;
        }
        split_word(run, from, at, &mut push);
        push(at, at + width);
        at += width;
        from = at;
    }
    split_word(run, from, run.len(), &mut push);
}

/// Returns the end of a URL, e-mail address, markup tag, handle or elision that begins at `at`.
fn whole_token(run: &[char], at: usize) -> Option<usize> {
    let rest = &run[at..];
    let starts =
        |head: &str| rest.len() > head.len() && head.chars().zip(rest).all(|(a, &b)| a == b.to_ascii_lowercase());
    if starts("http://") || starts("https://") || starts("www.") {
        let mut end =
            rest.iter().position(|&c| is_double_mark(c) || matches!(c, ')' | '<' | '>' | '’')).unwrap_or(rest.len());
        while end > 1 && matches!(rest[end - 1], '.' | ',' | ';' | ':' | '!' | '?' | '\'') {
            end -= 1;
        }
        return Some(at + end);
    }
    match rest[0] {
        '<' => rest.iter().take(200).position(|&c| c == '>').filter(|&p| p > 1).map(|p| at + p + 1),
        '@' | '#' if rest.len() > 1 && rest[1].is_alphabetic() => {
            let end = rest[1..].iter().position(|&c| !(c.is_alphanumeric() || c == '_')).map_or(rest.len(), |p| p + 1);
            Some(at + end)
        }
        c if is_apostrophe(c) && rest.len() > 1 && rest[1].is_ascii_digit() => {
            let end = rest[1..].iter().position(|c| !c.is_alphanumeric()).map_or(rest.len(), |p| p + 1);
            (end <= 4).then_some(at + end)
        }
        c if is_apostrophe(c) && rest.len() > 1 && rest[1].is_alphabetic() => {
            let end = rest[1..].iter().take(8).position(|c| !c.is_alphabetic()).map_or(rest.len().min(9), |p| p + 1);
            let word: String =
                std::iter::once('\'').chain(rest[1..end].iter().flat_map(|c| c.to_lowercase())).collect();
            words::is_elision(&word).then_some(at + end)
        }
        _ => None,
    }
}

/// Returns how many characters at `at` make a mark that stands alone, 0 when the character belongs to a word.
fn mark_width(run: &[char], at: usize) -> usize {
    let c = run[at];
    let before = at.checked_sub(1).map(|i| run[i]);
    let after = run.get(at + 1).copied();
    let same = run[at..].iter().take_while(|&&d| d == c).count();
    let digits = before.is_some_and(|b| b.is_ascii_digit()) && after.is_some_and(|a| a.is_ascii_digit());
    match c {
        '.' if same >= 2 => same,
        '-' if same >= 2 => same,
        '`' | '\'' if same == 2 => 2,
        '_' | '*' | '=' | '~' if same >= 2 => same,
        '!' | '?' => run[at..].iter().take_while(|&&d| d == '!' || d == '?').count().min(1),
        _ if always_alone(c) => 1,
        ',' if digits => 0,
        ':' if digits => 0,
        ',' | ':' => 1,
        '$' | '£' | '€' | '¥' | '%' | '‰' => 1,
        '#' | '*' | '~' | '=' | '+' | '<' | '>' if before.is_none() || after.is_none() => 1,
        '-' if before.is_none() && after.is_some_and(|a| !a.is_ascii_digit()) => 1,
        '-' if after.is_none() || after.is_some_and(is_double_mark) => 1,
        '/' if before.is_none() || after.is_none() => 1,
        '&' if before.is_none() || after.is_none() => 1,
        _ if is_apostrophe(c) => usize::from(!joins(run, at)),
        '.' if ends_word(run, at) => 1,
        _ => 0,
    }
}

/// Tells whether an apostrophe stands between two letters or digits, as in `don't`.
fn joins(run: &[char], at: usize) -> bool {
    at > 0 && run[at - 1].is_alphanumeric() && run.get(at + 1).is_some_and(|c| c.is_alphanumeric())
        || at > 0 && run[at - 1] == '.' && run.get(at + 1).is_some_and(|c| c.is_alphabetic())
}

/// Tells whether the period at `at` ends its word instead of belonging to an abbreviation or a number.
fn ends_word(run: &[char], at: usize) -> bool {
    let begin = run[..at].iter().rposition(|&c| !(c.is_alphanumeric() || c == '.' || c == '&')).map_or(0, |p| p + 1);
    let word = &run[begin..at];
    let after = run.get(at + 1).copied();
    match after {
        Some(a) if a.is_uppercase() => {
            let next_lower = run.get(at + 2).is_some_and(|c| c.is_lowercase());
            return word.len() >= 3 && word.iter().all(|c| c.is_lowercase()) && next_lower;
        }
        Some(a) if a.is_alphanumeric() => return false,
        _ => {}
    }
    if word.is_empty() {
        return true;
    }
    if word.contains(&'.')
        && word.iter().all(|&c| c.is_alphabetic() || c == '.')
        && word.split(|&c| c == '.').all(|p| p.len() <= 2)
    {
        return false;
    }
    if word.len() == 1 && word[0].is_uppercase() {
        return false;
    }
    let full: String = word.iter().chain(std::iter::once(&'.')).collect();
    words::abbreviation(&full).is_none()
}

/// Splits clitics off a word: `Wells's`, `don't`, `they're`, `cannot`.
fn split_word(run: &[char], from: usize, to: usize, push: &mut impl FnMut(usize, usize)) {
    if from >= to {
        return;
    }
    let word = &run[from..to];
    if let Some(cut) = clitic(word) {
        let at = from + cut;
        if cut > 0 {
            push(from, at);
        }
        push(at, to);
        return;
    }
    if (5..=6).contains(&word.len()) {
        let lower: String = word.iter().flat_map(|c| c.to_lowercase()).collect();
        if let Some(cut) = words::contraction(&lower) {
            push(from, from + cut);
            push(from + cut, to);
            return;
        }
    }
    push(from, to);
}

/// Returns where the clitic of a word begins, in characters.
fn clitic(word: &[char]) -> Option<usize> {
    let at = word.iter().rposition(|&c| is_apostrophe(c))?;
    let tail: [char; 2] = match word[at + 1..] {
        [a] => [a.to_ascii_lowercase(), ' '],
        [a, b] => [a.to_ascii_lowercase(), b.to_ascii_lowercase()],
        _ => return None,
    };
    match tail {
        ['t', ' '] if at >= 2 && word[at - 1].eq_ignore_ascii_case(&'n') => Some(at - 1),
        ['s' | 'm' | 'd', ' '] | ['r' | 'v', 'e'] | ['l', 'l'] if at >= 1 => Some(at),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Text;

    fn check(words: &str, expected: &str) {
        let text = Text::new(words);
        let found: Vec<&str> = tokenize(words, 0).into_iter().map(|s| text.slice(s)).collect();
        assert_eq!(found.join(" "), expected);
    }

    #[test]
    fn clitics_and_possessives_are_split() {
        check(
            "Alder's aides don't say they're late, can't they?",
            "Alder 's aides do n't say they 're late , ca n't they ?",
        );
        check("The voters’ choice isn’t Birch’s", "The voters ’ choice is n’t Birch ’s");
        check("They cannot stay; it's gonna rain", "They can not stay ; it 's gon na rain");
    }

    #[test]
    fn abbreviations_keep_their_period_and_sentences_lose_it() {
        check("Mr. Alder left the U.S. at 8 p.m. He won.", "Mr. Alder left the U.S. at 8 p.m. He won .");
        check("It rose 3.5% to $1,200.", "It rose 3.5 % to $ 1,200 .");
        check("It ended.Then it began", "It ended . Then it began");
    }

    #[test]
    fn quotation_marks_stand_alone() {
        check("“It’s ‘over,’” he said.", "“ It ’s ‘ over , ’ ” he said .");
        check("(He said \"no.\")", "( He said \" no . \" )");
        check("the '90s and 'em all", "the '90s and 'em all");
    }

    #[test]
    fn addresses_handles_and_hyphens_stay_whole() {
        check(
            "See https://example.org/a?b=1. Or @alder_1 #vote!",
            "See https://example.org/a?b=1 . Or @alder_1 #vote !",
        );
        check("a U.S.-led, well-known plan—or not--ok…", "a U.S.-led , well-known plan — or not -- ok …");
    }

    #[test]
    fn offsets_count_code_points_of_the_whole_text() {
        assert_eq!(tokenize("é “a”", 10), [Span::new(10, 11), Span::new(12, 13), Span::new(13, 14), Span::new(14, 15)]);
    }
}
