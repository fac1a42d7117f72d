//! One line of the prompt or of a script, split into words the way a shell does it, but with a reporter's apostrophes.
//!
//! `shlex` reads `Wells's position` as an unclosed quotation, so the split is our own: an apostrophe within or after a
//! word is a letter; `'…'` quotes only where a word (or the value after `:` or `=`) begins and when it is closed before
//! white space. `"…"` and `“…”` quote as they are, so words pasted from an article need no escaping. `\` keeps the next character.
//! A `#` at the start of a line, or between white space, opens a comment.

/// A word of a line, quotation marks and escapes taken off, and where it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub text: String,
    /// Bytes of the line, marks included, end exclusive.
    pub range: std::ops::Range<usize>,
}

/// A quotation that the line does not close: the next line may go on with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the quotation that {mark} opens is never closed")]
pub struct Unclosed {
    pub mark: char,
    /// Byte of the opening mark.
    pub at: usize,
}

/// Splits a line into words.
///
/// # Errors
/// [`Unclosed`] when a `"` or `“` has no partner, or a `\` ends the line.
///
/// ```
/// use onrecord::commands::line::split;
/// let words = split(r#"claims speaker:"Ada Brook" Brook's # both"#).unwrap();
/// let words: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
/// assert_eq!(words, ["claims", "speaker:Ada Brook", "Brook's"]);
/// ```
pub fn split(line: &str) -> Result<Vec<Word>, Unclosed> {
    let mut words = Vec::new();
    let mut at = 0;
    // Behind the last `'` that closes, none opens: it need not be looked for from each.
    let closes = line.match_indices('\'').map(|(at, _)| at).rfind(|at| ends_quotation(line, *at));
    loop {
        let rest = &line[at..];
        at += rest.len() - rest.trim_start().len();
        let rest = &line[at..];
        if rest.is_empty() || is_comment(rest, words.is_empty()) {
            return Ok(words);
        }
        let (text, end) = word(line, at, closes)?;
        words.push(Word { text, range: at..end });
        at = end;
    }
}

/// Writes a value so that the line's grammar reads it as one word.
pub fn quoted(value: &str) -> String {
    let bare = !value.is_empty()
        && !value.starts_with(['\'', '“', '#'])
        && !value.contains(|c: char| c.is_whitespace() || matches!(c, '"' | '\\'));
    if bare {
        return value.to_owned();
    }
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Writes words as they are typed.
pub fn typed(words: &[String]) -> String {
    words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
}

fn is_comment(rest: &str, first: bool) -> bool {
    let Some(after) = rest.strip_prefix('#') else { return false };
    first || after.is_empty() || after.starts_with(char::is_whitespace)
}

/// Reads the word that begins at byte `start`; returns it and the byte after it.
fn word(line: &str, start: usize, closes: Option<usize>) -> Result<(String, usize), Unclosed> {
    let mut text = String::new();
    let mut at = start;
    let mut before = ' ';
    while let Some(c) = line[at..].chars().next() {
        let after = at + c.len_utf8();
        let opens = matches!(before, ' ' | ':' | '=');
        match c {
            c if c.is_whitespace() => break,
            '\\' => {
                let next = line[after..].chars().next().ok_or(Unclosed { mark: c, at })?;
                text.push(next);
                at = after + next.len_utf8();
            }
            '"' => at = in_quotation(line, at, &mut text)?,
            '“' if opens => {
                let length = line[after..].find('”').ok_or(Unclosed { mark: c, at })?;
                text.push_str(&line[after..after + length]);
                at = after + length + '”'.len_utf8();
            }
            '\'' if opens => match closes.filter(|last| *last >= after).and_then(|_| single(&line[after..])) {
                Some(length) => {
                    text.push_str(&line[after..after + length]);
                    at = after + length + 1;
                }
                None => {
                    text.push(c);
                    at = after;
                }
            },
            c => {
                text.push(c);
                at = after;
            }
        }
        before = c;
    }
    Ok((text, at))
}

/// Reads `"…"` from byte `open`, in which `\"` and `\\` stand for the characters themselves.
fn in_quotation(line: &str, open: usize, text: &mut String) -> Result<usize, Unclosed> {
    let mut inside = line[open + 1..].char_indices();
    while let Some((offset, c)) = inside.next() {
        match c {
            '"' => return Ok(open + 1 + offset + 1),
            '\\' => match inside.next() {
                Some((_, next @ ('"' | '\\'))) => text.push(next),
                Some((_, next)) => text.extend(['\\', next]),
                None => break,
            },
            c => text.push(c),
        }
    }
    Err(Unclosed { mark: '"', at: open })
}

/// Returns the length in bytes of what a closing `'` before white space or the end ends, if there is one.
fn single(rest: &str) -> Option<usize> {
    let mut marks = rest.match_indices('\'').map(|(at, _)| at);
    marks.find(|at| ends_quotation(rest, *at))
}

/// Tells whether a `'` is followed by white space or the end.
fn ends_quotation(line: &str, at: usize) -> bool {
    line[at + 1..].chars().next().is_none_or(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &[&str]) {
        let words = split(line).unwrap();
        assert_eq!(words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>(), expected, "{line}");
        for word in words {
            assert!(!line[word.range.clone()].is_empty());
        }
    }

    #[test]
    fn lines_are_split_as_a_reporter_means_them() {
        check("claims after:2018-06-01", &["claims", "after:2018-06-01"]);
        check("find Brook's harbour", &["find", "Brook's", "harbour"]);
        check("find the ministers' words don't", &["find", "the", "ministers'", "words", "don't"]);
        check("find 'we don't know' now", &["find", "we don't know", "now"]);
        check("find 'twas", &["find", "'twas"]);
        check("speaker:'Ada Brook' x", &["speaker:Ada Brook", "x"]);
        check("not:speaker:\"Ada \\\"B\\\" Brook\"", &["not:speaker:Ada \"B\" Brook"]);
        check("match “There is no \"plan\".”", &["match", "There is no \"plan\"."]);
        check("load a\\ b.txt", &["load", "a b.txt"]);
        check("find \"\"", &["find", ""]);
    }

    #[test]
    fn comments_end_a_line_and_tags_do_not() {
        check("# a comment", &[]);
        check("claims # of today", &["claims"]);
        check("find #harbour", &["find", "#harbour"]);
        check("   ", &[]);
    }

    #[test]
    fn an_open_quotation_says_where_it_opens() {
        assert_eq!(split("find \"a"), Err(Unclosed { mark: '"', at: 5 }));
        assert_eq!(split("é “a"), Err(Unclosed { mark: '“', at: 3 }));
        assert_eq!(split("a \\"), Err(Unclosed { mark: '\\', at: 2 }));
    }
}
