//! What was entered at once becomes the commands in it: a paste of many lines is many commands, a quotation is one.

use crate::commands::line;

/// Whether an entry is a whole, or goes on in the next line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entered {
    Whole,
    /// A quotation that this mark opened, or a `\` at the end, takes the next line in.
    GoesOn(char),
}

/// Tells whether an entry is complete as it stands.
pub fn entered(text: &str) -> Entered {
    match commands(text).1 {
        None => Entered::Whole,
        Some(mark) => Entered::GoesOn(mark),
    }
}

/// Cuts an entry into commands; the mark is that of a quotation the last one leaves open.
pub fn commands(text: &str) -> (Vec<String>, Option<char>) {
    let mut out: Vec<String> = Vec::new();
    let mut current = String::new();
    let mut open = None;
    for part in text.split('\n') {
        let part = part.strip_suffix('\r').unwrap_or(part);
        if open == Some('"') || open == Some('“') {
            current.push('\n');
        }
        current.push_str(part);
        open = line::split(&current).err().map(|unclosed| unclosed.mark);
        match open {
            None => out.push(std::mem::take(&mut current)),
            // The backslash only says that the command goes on.
            Some('\\') if current.ends_with('\\') => current.truncate(current.len() - 1),
            Some(_) => {}
        }
    }
    if !current.is_empty() {
        out.push(current);
    }
    out.retain(|command| !command.trim().is_empty());
    (out, open)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str], open: Option<char>) {
        let (commands, left) = commands(text);
        assert_eq!(commands, expected, "{text}");
        assert_eq!(left, open, "{text}");
    }

    #[test]
    fn a_paste_is_many_commands_and_a_quotation_is_one() {
        check("claims", &["claims"], None);
        check("claims\r\n\r\nstats\n", &["claims", "stats"], None);
        check("match “one\ntwo”\nstats", &["match “one\ntwo”", "stats"], None);
        check("match \"one\ntwo", &["match \"one\ntwo"], Some('"'));
        check("claims \\\nafter:2018", &["claims after:2018"], None);
        check("claims \\", &["claims "], Some('\\'));
        check("", &[], None);
        assert_eq!(entered("find “x"), Entered::GoesOn('“'));
        assert_eq!(entered("find Brook's"), Entered::Whole);
    }
}
