//! What people type who know other programs, read as they mean it: `search tunnel` is `find tunnel`, `CLAIMS;` is
//! `claims`, `verdict c1 false` is answered with the command that records one. The words lie in `typed.tsv`.
//!
//! Only what reads is run in the place of something else; what would write is said, and left to the person.

use super::line::{self, Word};
use super::{CommandError, Door, completion, tree};
use crate::report::view::View;
use clap::ArgMatches;
use clap::error::ErrorKind;
use std::sync::LazyLock;

/// What is done with a line that a row fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Does {
    /// Another line is run in its place.
    Run,
    /// The error ends with these words.
    Say,
    /// The words after the command are free text.
    Free,
}

/// A row of `typed.tsv`.
#[derive(Debug)]
struct Row {
    pattern: Vec<&'static str>,
    does: Does,
    goes: &'static str,
    #[cfg(test)]
    example: &'static str,
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let lines = include_str!("typed.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
    let row = |line: &'static str| {
        let mut columns = line.split('\t');
        let (pattern, does, goes) = (columns.next()?, columns.next()?, columns.next()?);
        let does = match does {
            "run" => Does::Run,
            "say" => Does::Say,
            "free" => Does::Free,
            _ => return None,
        };
        let pattern = pattern.split(' ').collect();
        #[cfg(test)]
        let example = columns.next()?;
        Some(Row {
            pattern,
            does,
            goes,
            #[cfg(test)]
            example,
        })
    };
    lines.filter_map(row).collect()
});

impl Row {
    /// Returns the words that `*` holds; `None` when the row does not fit.
    fn rest<'w>(&self, words: &'w [String]) -> Option<&'w [String]> {
        let open = self.pattern.last() == Some(&"*");
        let fixed = self.pattern.len() - usize::from(open);
        let long_enough = if open { words.len() > fixed } else { words.len() == fixed };
        let same = self.pattern[..fixed].iter().zip(words).all(|(want, word)| word.eq_ignore_ascii_case(want));
        (long_enough && same).then(|| &words[fixed..])
    }

    /// Returns the line that is run in the place of the words.
    fn line(&self, rest: &[String]) -> Vec<String> {
        let words = line::split(self.goes).unwrap_or_default().into_iter().map(|word| word.text);
        let name = rest.iter().take_while(|word| !word.starts_with("--")).cloned().collect::<Vec<_>>();
        let put = |word: String| match word.as_str() {
            "$" => rest.to_vec(),
            "$$" => std::iter::once(name.join(" ")).chain(rest[name.len()..].iter().cloned()).collect(),
            _ => vec![word.replace('$', &rest.join(" "))],
        };
        words.flat_map(put).collect()
    }
}

/// Why words were not read as a command.
#[derive(Debug)]
pub enum Unread {
    Clap(Box<clap::Error>),
    Said(CommandError),
}

impl From<clap::Error> for Unread {
    fn from(error: clap::Error) -> Self {
        Self::Clap(Box::new(error))
    }
}

impl Unread {
    /// Turns it into a view, where help was asked for, or an error.
    ///
    /// # Errors
    /// Unless help or the version was asked for.
    pub fn answer(self) -> Result<View, CommandError> {
        match self {
            Self::Clap(error) => super::usage::parse_failure(*error),
            Self::Said(error) => Err(error),
        }
    }

    /// Returns the first word where it names no command.
    pub fn names_no_command(&self) -> bool {
        matches!(self, Self::Clap(error) if error.kind() == ErrorKind::InvalidSubcommand)
    }
}

/// Reads words as a command, as they are or as the table has them; `before` stands in front of them unread.
///
/// # Errors
/// [`Unread`] when they make no command, or when help is asked for.
pub fn read(door: Door, before: &[String], words: &[String]) -> Result<ArgMatches, Unread> {
    let parse = |words: &[String]| tree(door).try_get_matches_from(before.iter().chain(words));
    let words = small(words);
    let is_exact =
        |row: &&Row| row.does != Does::Free && row.pattern.last() != Some(&"*") && row.rest(&words).is_some();
    if let Some(row) = ROWS.iter().find(is_exact) {
        return if row.does == Does::Run { Ok(parse(&row.line(&[]))?) } else { Err(said(&words, row, &[])) };
    }
    let error = match parse(&words) {
        Ok(matches) => return Ok(matches),
        Err(error) if error.kind() != ErrorKind::InvalidSubcommand => return Err(error.into()),
        Err(error) => error,
    };
    if let Some(read) = by_shape(&words) {
        return Ok(parse(&read)?);
    }
    let fitting = ROWS.iter().filter(|row| row.does != Does::Free).find_map(|row| Some((row, row.rest(&words)?)));
    match fitting {
        Some((row, rest)) if row.does == Does::Run => Ok(parse(&row.line(rest))?),
        Some((row, rest)) => Err(said(&words, row, rest)),
        None => Err(error.into()),
    }
}

/// Reads the arguments of the program; options that stand before the command keep their place.
///
/// # Errors
/// [`Unread`] when they make no command, or when help is asked for.
pub fn read_arguments(arguments: &[String]) -> Result<ArgMatches, Unread> {
    const TAKE_A_VALUE: [&str; 3] = ["--db", "--format", "--as-of"];
    let mut at = 1;
    while let Some(word) = arguments.get(at).filter(|word| word.starts_with('-')) {
        at += if TAKE_A_VALUE.contains(&word.as_str()) { 2 } else { 1 };
    }
    let (before, words) = arguments.split_at(at.min(arguments.len()));
    if words.is_empty() {
        return Ok(tree(Door::CommandLine).try_get_matches_from(arguments)?);
    }
    read(Door::CommandLine, before, words)
}

fn said(words: &[String], row: &Row, rest: &[String]) -> Unread {
    let typed: Vec<String> = words.iter().take(row.pattern.len().clamp(1, 2)).cloned().collect();
    let known = completion::command_named(&typed[0]).is_some();
    let shown = if known { typed.join(" ") } else { typed[0].clone() };
    Unread::Said(
        CommandError::usage(format!("unknown command `{shown}`")).with_hint(row.goes.replace('$', &line::typed(rest))),
    )
}

/// Puts a command, and the part of it that the second word names, in small letters where only the case is other.
fn small(words: &[String]) -> Vec<String> {
    let mut words = words.to_vec();
    if let Some(first) = words.first_mut() {
        let lower = first.to_lowercase();
        if completion::command_named(first).is_none() && completion::command_named(&lower).is_some() {
            *first = lower;
        }
    }
    if let [first, second, ..] = words.as_mut_slice()
        && let Some(name) = completion::command_named(first)
        && tree(Door::Line).find_subcommand(name).is_some_and(|command| {
            command.find_subcommand(&*second).is_none() && command.find_subcommand(second.to_lowercase()).is_some()
        })
    {
        *second = second.to_lowercase();
    }
    words
}

/// Reads an id alone as `show`, and filters alone as `claims`.
fn by_shape(words: &[String]) -> Option<Vec<String>> {
    use crate::store::filter::KEYS;
    use crate::store::id::AnyId;
    let first = words.first()?;
    let is_filter = |word: &String| {
        word.split_once(':')
            .is_some_and(|(key, value)| KEYS.iter().any(|(known, _)| *known == key) && !value.is_empty())
    };
    let alone = words.iter().skip(1).all(|word| word.starts_with('-'));
    let verb = if alone && first.parse::<AnyId>().is_ok() {
        "show"
    } else if is_filter(first) {
        "claims"
    } else {
        return None;
    };
    Some(std::iter::once(verb.to_owned()).chain(words.iter().cloned()).collect())
}

/// Takes a `;` off the end of a line, and refuses what only a shell understands: `> file`, `| less`.
///
/// # Errors
/// For a redirection or a pipe, with what to write instead.
pub fn tidied(line: &str, words: Vec<Word>) -> Result<Vec<String>, CommandError> {
    let is_free = words.first().is_some_and(|first| {
        ROWS.iter().any(|row| row.does == Does::Free && row.pattern[0].eq_ignore_ascii_case(&first.text))
    });
    if is_free {
        return Ok(words.into_iter().map(|word| word.text).collect());
    }
    for (number, word) in words.iter().enumerate().skip(1) {
        shell_only(line, &words, number, &line[word.range.clone()])?;
    }
    let ends = words.last().is_some_and(|last| {
        let raw = &line[last.range.clone()];
        raw.ends_with(';') && !raw.ends_with("\\;")
    });
    let mut words: Vec<String> = words.into_iter().map(|word| word.text).collect();
    if let Some(last) = words.last_mut().filter(|_| ends) {
        last.truncate(last.trim_end_matches(';').len());
    }
    if ends && words.last().is_some_and(String::is_empty) {
        words.pop();
    }
    Ok(words)
}

/// Refuses an unquoted `>`, `>>`, `>file` or `|` with what to write in its place.
fn shell_only(line: &str, words: &[Word], number: usize, raw: &str) -> Result<(), CommandError> {
    let command = line[..words[number].range.start].trim();
    let after = words.get(number + 1).map_or("", |word| word.text.as_str());
    let target = raw.trim_start_matches('>');
    let is_redirection = raw.starts_with('>') && (target.is_empty() || target.contains(['.', '/']));
    if is_redirection {
        let file = if target.is_empty() { after } else { target };
        let file = if file.is_empty() { "FILE".to_owned() } else { line::quoted(file) };
        return Err(CommandError::usage(format!("`{raw}` does not write to a file here"))
            .with_hint(format!("write `.once {file}`, then `{command}`; `.mode csv` sets the format")));
    }
    if raw == "|" {
        let hint = match after {
            "less" | "more" | "most" | "cat" => "long output goes to the pager by itself: `.pager on`".to_owned(),
            "head" | "tail" => format!("`{command} --limit 10` shows the newest ten"),
            "grep" => format!("narrow the list with filters: `{command} text:WORD`"),
            _ => format!("write `.once FILE`, then `{command}`; in your shell: onrecord {command} | …"),
        };
        return Err(CommandError::usage("`|` does not start another program here").with_hint(hint));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        tidied(line, line::split(line).unwrap()).unwrap()
    }

    /// The command that a line is read as, or the hint of the error.
    fn meant(line: &str) -> String {
        match read(Door::Line, &[], &words(line)) {
            Ok(matches) => matches.subcommand_name().unwrap_or_default().to_owned(),
            Err(Unread::Said(error)) => error.hint().unwrap_or_default().to_owned(),
            Err(Unread::Clap(error)) => error.to_string(),
        }
    }

    #[test]
    fn every_row_is_read_and_does_what_it_says() {
        let lines = include_str!("typed.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
        assert_eq!(ROWS.len(), lines.count(), "a row that is not understood");
        for row in ROWS.iter() {
            let typed: Vec<String> = line::split(row.example).unwrap().into_iter().map(|word| word.text).collect();
            let answer = read(Door::Line, &[], &typed);
            match row.does {
                Does::Run => {
                    let wanted = completion::command_named(row.goes.split(' ').next().unwrap());
                    let read = answer.unwrap_or_else(|error| panic!("{}: {error:?}", row.example));
                    assert_eq!(read.subcommand_name(), wanted, "{}", row.example);
                }
                Does::Say => {
                    let Err(Unread::Said(error)) = answer else { panic!("{} is read", row.example) };
                    // What is named in backticks is a command.
                    let hint = error.hint().unwrap_or_default().to_owned();
                    for named in hint.split('`').skip(1).step_by(2) {
                        let first = named.split(' ').next().unwrap_or_default();
                        assert!(completion::command_named(first).is_some(), "{}: `{named}`", row.example);
                    }
                }
                Does::Free => assert!(completion::command_named(row.pattern[0]).is_some(), "{}", row.pattern[0]),
            }
        }
    }

    #[test]
    fn verbs_are_read_without_regard_to_case() {
        for (line, command) in [
            ("CLAIMS", "claims"),
            ("Stats", "stats"),
            ("STORY LIST", "story"),
            (".Mode", ".mode"),
            ("Search x", "find"),
        ] {
            assert_eq!(meant(line), command, "{line}");
        }
    }

    #[test]
    fn a_semicolon_at_the_end_is_no_part_of_the_words() {
        for line in ["quit;", ".quit ;", "quit;;", "QUIT;"] {
            assert_eq!(meant(line), ".quit", "{line}");
        }
        assert_eq!(words("find tunnel;"), ["find", "tunnel"]);
        assert_eq!(words("match \"a; b;\""), ["match", "a; b;"]);
        assert_eq!(words("find x\\;"), ["find", "x;"]);
        assert_eq!(words("note c1 he left;"), ["note", "c1", "he", "left;"]);
    }

    #[test]
    fn what_only_a_shell_understands_is_answered_with_what_to_write() {
        for (line, hint) in [
            ("claims > out.csv", ".once out.csv"),
            ("claims >out.csv", ".once out.csv"),
            ("claims speaker:Wells >> \"my file.txt\"", ".once \"my file.txt\""),
            ("claims | less", ".pager on"),
            ("claims | head", "--limit"),
            ("articles | wc -l", "onrecord articles | …"),
        ] {
            let error = tidied(line, line::split(line).unwrap()).unwrap_err();
            assert!(error.hint().unwrap_or_default().contains(hint), "{line}: {:?}", error.hint());
        }
        for line in ["find \">\" x", "note c1 a > b", ".sql SELECT 2 > 1", "match “more > less”", "find a->b"] {
            assert!(tidied(line, line::split(line).unwrap()).is_ok(), "{line}");
        }
    }

    #[test]
    fn what_stands_for_itself_is_shown() {
        for (line, command) in [
            ("c1", "show"),
            ("m12", "show"),
            ("c1 --json", "show"),
            ("speaker:Wells after:2018", "claims"),
            ("not:outlet:wire", "claims"),
            ("story tunnel", "story"),
            ("speaker Ann Wells", "speaker"),
        ] {
            assert_eq!(meant(line), command, "{line}");
        }
        assert!(meant("verdict c1 false").contains("`verdict record c1 false`"), "{}", meant("verdict c1 false"));
        assert!(meant("verdict c1 \"mostly false\"").contains("`verdict record c1 \"mostly false\"`"));
    }

    #[test]
    fn arguments_of_the_program_are_read_the_same_way() {
        for (line, command) in [
            ("onrecord --db x.db SEARCH tunnel", "find"),
            ("onrecord --json story tunnel", "story"),
            ("onrecord c1", "show"),
            ("onrecord --db x.db c1 --json", "show"),
            ("onrecord claims --db y.db", "claims"),
        ] {
            let arguments: Vec<String> = line.split(' ').map(str::to_owned).collect();
            let read = read_arguments(&arguments).unwrap_or_else(|error| panic!("{line}: {error:?}"));
            assert_eq!(read.subcommand_name(), Some(command), "{line}");
        }
    }
}
