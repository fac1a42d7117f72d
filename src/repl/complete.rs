//! Completion: what may stand at the cursor, asked of the registry and of the desk, ready to be put into the line.
//!
//! A value with white space is quoted as the line's own grammar quotes; a filter (`speaker:"Ada Brook"`) is completed key
//! first, then value.

use super::lookup::{Lookup, Offer, fits};
use crate::commands::completion::{ValueKind, expected};
use crate::commands::line::{self, Word, quoted};
use crate::lexicon::letters::one_line;
use crate::report::visible::visible;
use crate::store::filter::KEYS;
use std::path::Path;

/// Longest note shown beside a candidate, in characters; the list is a reminder, the commands show the whole.
const NOTE: usize = 60;

/// One way to go on: how it is listed, and what is put in the place of the word at the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub listed: String,
    pub inserted: String,
}

/// Returns the byte where the word at the end of `before` begins, and what may take its place.
///
/// `before` is the line up to the cursor.
pub fn complete(before: &str, desk: &mut dyn Lookup) -> (usize, Vec<Candidate>) {
    let Some((words, current)) = at_cursor(before) else { return (before.len(), Vec::new()) };
    let typed = current.text.as_str();
    let expected = expected(&words, typed);
    let mut out: Vec<Candidate> = Vec::new();
    let named = |(name, note): &(String, String)| Offer::new(name.clone(), note.clone());
    out.extend(plain(expected.commands.iter().map(named), typed));
    if typed.starts_with('-') {
        out.extend(plain(expected.flags.iter().map(named), typed));
    }
    for kind in expected.values {
        match kind {
            ValueKind::Choice => out.extend(plain(expected.choices.iter().map(named), typed)),
            ValueKind::Filter => out.extend(filters(typed, desk)),
            ValueKind::Path => out.extend(paths(typed)),
            ValueKind::Topic => out.extend(plain(topics().into_iter(), typed)),
            ValueKind::Free => {}
            kind => out.extend(desk.offers(kind, typed).into_iter().map(|offer| candidate("", offer))),
        }
    }
    (current.range.start, out)
}

/// Returns the words before the cursor's own, and that one; `None` within a comment or after a lone backslash.
fn at_cursor(before: &str) -> Option<(Vec<String>, Word)> {
    let mut words = match line::split(before) {
        Ok(words) => words,
        // What a quotation has so far is completed as if it were closed.
        Err(open) if open.mark == '\\' => return None,
        Err(open) => line::split(&format!("{before}{}", closing(open.mark))).ok()?,
    };
    let rest = words.last().map_or(0, |word| word.range.end.min(before.len()));
    let current = if rest < before.len() || words.is_empty() {
        let is_blank = before[rest..].chars().all(char::is_whitespace);
        if !is_blank {
            return None;
        }
        Word { text: String::new(), range: before.len()..before.len() }
    } else {
        words.pop()?
    };
    Some((words.into_iter().map(|word| word.text).collect(), current))
}

const fn closing(mark: char) -> char {
    if mark == '“' { '”' } else { mark }
}

fn plain(offers: impl Iterator<Item = Offer>, typed: &str) -> impl Iterator<Item = Candidate> {
    offers.filter(move |offer| offer.value.starts_with(typed)).map(|offer| candidate("", offer))
}

/// Every topic and command that help explains.
fn topics() -> Vec<Offer> {
    let registry = crate::commands::registry().iter();
    registry.map(|entry| Offer::new(entry.name, entry.purpose)).collect()
}

fn filters(typed: &str, desk: &mut dyn Lookup) -> Vec<Candidate> {
    let (not, rest) = typed.strip_prefix("not:").map_or(("", typed), |rest| ("not:", rest));
    let Some((key, value)) = rest.split_once(':') else {
        let keys = KEYS.iter().filter(|(key, _)| key.starts_with(rest) && (not.is_empty() || *key != "not"));
        return keys
            .map(|(key, takes)| Candidate {
                listed: listed(&format!("{key}:"), takes),
                inserted: format!("{not}{key}:"),
            })
            .collect();
    };
    let takes = KEYS.iter().find(|(known, _)| *known == key).map_or("", |(_, takes)| takes);
    let kind = match key {
        "speaker" => ValueKind::Speaker,
        "outlet" => ValueKind::Outlet,
        "story" => ValueKind::Story,
        "article" => ValueKind::Article,
        "tag" => ValueKind::Tag,
        "filter" => ValueKind::Saved,
        "verdict" => ValueKind::Rating,
        "after" | "before" | "on" => ValueKind::Date,
        "kind" | "quotation" | "status" => {
            let names = takes.split(", ").filter(|name| name.starts_with(value));
            return names.map(|name| candidate(&format!("{not}{key}:"), Offer::new(name, ""))).collect();
        }
        _ => return Vec::new(),
    };
    let prefix = format!("{not}{key}:");
    desk.offers(kind, value).into_iter().map(|offer| candidate(&prefix, offer)).collect()
}

fn candidate(prefix: &str, offer: Offer) -> Candidate {
    let ending = if prefix.is_empty() && offer.value.ends_with(['/', ':']) { "" } else { " " };
    let inserted = format!("{prefix}{}{ending}", quoted(&offer.value));
    Candidate { listed: listed(&offer.value, &offer.note), inserted }
}

fn listed(value: &str, note: &str) -> String {
    let note: String = one_line(note);
    let mut short: String = note.chars().take(NOTE).collect();
    if short.len() < note.len() {
        short.push('…');
    }
    let value = visible(value);
    if short.is_empty() { value.into_owned() } else { format!("{value}  {}", visible(&short)) }
}

/// Returns the files and folders that a path may go on with; hidden ones only once the dot is typed.
fn paths(typed: &str) -> Vec<Candidate> {
    let (folder, beginning) = typed.rfind('/').map_or(("", typed), |at| typed.split_at(at + 1));
    let place = if folder.is_empty() { Path::new(".") } else { Path::new(folder) };
    let Ok(entries) = std::fs::read_dir(place) else { return Vec::new() };
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let shown = name.starts_with(beginning) && (beginning.starts_with('.') || !name.starts_with('.'));
            let ending = if entry.path().is_dir() { "/" } else { "" };
            shown.then(|| format!("{name}{ending}"))
        })
        .collect();
    names.sort_unstable();
    let whole = |name: String| Candidate {
        inserted: candidate("", Offer::new(format!("{folder}{name}"), "")).inserted,
        listed: visible(&name).into_owned(),
    };
    names.into_iter().map(whole).collect()
}

/// Keeps those of many names that fit what is typed, in their order.
pub fn fitting(names: impl Iterator<Item = Offer>, typed: &str) -> Vec<Offer> {
    names.filter(|offer| fits(&offer.value, typed)).take(super::lookup::MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Desk;

    impl Lookup for Desk {
        fn offers(&mut self, kind: ValueKind, typed: &str) -> Vec<Offer> {
            let offers: &[(&str, &str)] = match kind {
                ValueKind::Claim => &[("c4", "“We will sail.”"), ("c41", "no ferry\nwill sail")],
                ValueKind::Speaker => &[("Ada Brook", "Minister"), ("Adam", "")],
                ValueKind::Rating => &[("False", ""), ("Mostly \"False\"", "")],
                _ => &[],
            };
            fitting(offers.iter().map(|&(value, note)| Offer::new(value, note)), typed)
        }

        fn has(&mut self, _: crate::store::id::AnyId) -> bool {
            true
        }
    }

    #[track_caller]
    fn check(before: &str, start: usize, expected: &[&str]) {
        let (from, candidates) = complete(before, &mut Desk);
        let inserted: Vec<&str> = candidates.iter().map(|candidate| candidate.inserted.as_str()).collect();
        assert_eq!((from, inserted.as_slice()), (start, expected), "{before}");
    }

    #[test]
    fn commands_and_flags_come_from_the_registry() {
        check("extr", 0, &["extract "]);
        check("  .qu", 2, &[".quit "]);
        assert!(complete("", &mut Desk).1.len() >= crate::commands::registry().len());
        let (_, flags) = complete("extract --form", &mut Desk);
        assert_eq!(flags.iter().map(|flag| flag.inserted.as_str()).collect::<Vec<_>>(), ["--format "]);
        check("extract --format js", 17, &["json ", "jsonl "]);
        check("# extr", 6, &[]);
    }

    #[test]
    fn values_are_quoted_as_the_line_reads_them() {
        let filtered = |typed: &str| filters(typed, &mut Desk).into_iter().map(|c| c.inserted).collect::<Vec<_>>();
        assert_eq!(filtered("spe"), ["speaker:"]);
        assert_eq!(filtered("not:out"), ["not:outlet:"]);
        assert_eq!(filtered("speaker:bro"), ["speaker:\"Ada Brook\" "]);
        assert_eq!(filtered("not:speaker:Adam"), ["not:speaker:Adam "]);
        assert_eq!(filtered("verdict:m"), ["verdict:\"Mostly \\\"False\\\"\" "]);
        assert_eq!(filtered("status:s"), ["status:suggested "]);
        for value in ["Ada Brook", "a\\b", "\"", "", "'twas", "#1", "“x”"] {
            let words = line::split(&format!("x {}", quoted(value))).unwrap();
            assert_eq!(words[1].text, value);
        }
    }

    #[test]
    fn the_word_at_the_cursor_is_found_in_open_quotations() {
        let at =
            |before: &str| at_cursor(before).map(|(words, current)| (words.len(), current.text, current.range.start));
        assert_eq!(at("find speaker:\"Ada B"), Some((1, "speaker:Ada B".to_owned(), 5)));
        assert_eq!(at("find “Ada B"), Some((1, "Ada B".to_owned(), 5)));
        assert_eq!(at("find "), Some((1, String::new(), 5)));
        assert_eq!(at(""), Some((0, String::new(), 0)));
        assert_eq!(at("find \\"), None);
        assert_eq!(at("find x # not"), None);
    }

    #[test]
    fn a_long_or_hostile_note_stays_on_one_line() {
        let shown = listed("c1", &format!("a\n\u{1b}[31m{}", "é".repeat(100)));
        assert!(!shown.contains(['\n', '\u{1b}']) && shown.ends_with('…') && shown.chars().count() < 70, "{shown}");
    }
}
