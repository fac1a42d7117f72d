//! The registry walked from end to end: every command is helped, completed and described the same way.

use super::completion::{ValueKind, expected};
use super::screen::Screen;
use super::*;
use crate::report::view::Format;
use crate::store::Place;
use crate::workbench::Settings;

fn session() -> Session {
    let today = chrono::NaiveDate::from_ymd_opt(2025, 3, 1).unwrap();
    let settings = Settings { today, user: "ada".to_owned(), ..Settings::default() };
    Session::new(Place::Memory, settings, Screen::captured(100))
}

#[track_caller]
fn refused(line: &str, message: &str, hint: &str) {
    let error = run_line(&mut session(), line).unwrap_err();
    assert_eq!((error.to_string().as_str(), error.hint().unwrap_or_default()), (message, hint));
    assert_eq!(error.exit_code(), 2);
}

#[test]
fn slips_are_answered_with_the_nearest_command() {
    refused("clams", "unknown command `clams`", "did you mean `claims`? `help` lists all commands");
    refused("con", "`con` is ambiguous: `convert`, `contradictions` or `confirm`", "type one more letter");
    refused("exctract x", "unknown command `exctract`", "did you mean `extract`? `help` lists all commands");
    refused(
        "help nonsense",
        "unknown command or topic `nonsense`",
        "`help` lists the commands; topics are filters, formats, json, dates, codes, scales and startup",
    );
    refused(
        "find \"open",
        "the quotation that \" opens is never closed",
        "close it, or write \\\" for a literal quotation mark",
    );
}

#[test]
fn a_beginning_is_enough_when_only_one_command_fits() {
    let view = run_line(&mut session(), "hel formats").unwrap();
    assert!(view.render(Format::Table, &crate::report::view::Frame::plain(80)).out.contains("jsonl"));
}

#[test]
fn json_works_for_one_command_and_leaves_the_mode_alone() {
    let mut session = session();
    session.perform("help --json").unwrap();
    let shown = session.screen().take();
    assert!(serde_json::from_str::<serde_json::Value>(&shown).unwrap().is_array(), "{shown}");
    assert_eq!(session.mode(), Format::Table);
    session.perform(".mode jsonl").unwrap();
    session.perform("help").unwrap();
    assert_eq!(session.screen().take().lines().count(), registry().len());
}

#[test]
fn every_value_of_every_command_has_a_kind_to_complete() {
    fn walk(command: &clap::Command, path: &str) {
        for argument in command.get_arguments().filter(|argument| argument.get_action().takes_values()) {
            assert!(ValueKind::of(argument).is_some(), "{path}: {:?} has an unknown value name", argument.get_id());
            assert!(argument.get_help().is_some(), "{path}: {:?} has no help", argument.get_id());
        }
        for part in command.get_subcommands() {
            assert!(part.get_about().is_some(), "{path} {} has no help", part.get_name());
            walk(part, &format!("{path} {}", part.get_name()));
        }
    }
    let mut root = tree(Door::Line);
    root.build();
    walk(&root, "");
}

#[test]
fn completion_knows_commands_flags_and_values() {
    let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert!(expected(&[], "").commands.iter().any(|(name, _)| name == ".mode"));
    assert_eq!(expected(&words("extract a.txt"), "").values, [ValueKind::Path]);
    assert_eq!(expected(&words("compare"), "").values, [ValueKind::Claim, ValueKind::Free]);
    assert_eq!(expected(&words("compare --pairs"), "").values, [ValueKind::Path]);
    assert!(expected(&words("run"), "--").flags.iter().any(|(name, _)| name == "--keep-going"));
    assert!(expected(&words(".mode"), "").choices.iter().any(|(name, _)| name == "markdown"));
}

#[test]
fn purposes_are_one_line_that_begins_with_a_verb() {
    for entry in registry() {
        assert!(entry.purpose.len() < 90 && !entry.purpose.ends_with('.'), "{}: {}", entry.name, entry.purpose);
        assert!(entry.purpose.starts_with(char::is_uppercase), "{}", entry.name);
        let words = line::split(entry.example).unwrap();
        assert_eq!(completion::command_named(&words[0].text), Some(entry.name), "{}", entry.example);
        assert!(
            tree(Door::Line).try_get_matches_from(words.into_iter().map(|word| word.text)).is_ok(),
            "{}",
            entry.example
        );
    }
}

#[test]
fn a_script_stops_at_the_first_error_and_names_the_line() {
    let mut session = session();
    let run = |session: &mut Session, on_error| {
        script::run(
            session,
            "# first\nhelp formats\nnonsense\n.mode json\n".as_bytes(),
            "tour",
            on_error,
            script::Echo::Nothing,
        )
    };
    let error = run(&mut session, script::OnError::Stop).unwrap_err();
    assert_eq!(error.to_string(), "tour:3: unknown command `nonsense`");
    assert_eq!(session.mode(), Format::Table);
    let error = run(&mut session, script::OnError::KeepGoing).unwrap_err();
    assert_eq!(error.to_string(), "tour: one line failed");
    assert_eq!(session.mode(), Format::Json);
}

#[test]
fn a_quotation_ends_with_its_line_and_a_backslash_takes_the_next_one_in() {
    let mut session = session();
    let lines = "compare \"The port\ncompare \"The port stays open\" \\\n\"The port is shut\"\n.quit\nnonsense\n";
    let run = |session: &mut Session, on_error| {
        script::run(session, lines.as_bytes(), "-", on_error, script::Echo::Nothing).unwrap_err().to_string()
    };
    assert!(run(&mut session, script::OnError::Stop).starts_with("-:1: the quotation that"));
    assert_eq!(run(&mut session, script::OnError::KeepGoing), "-: one line failed");
    assert!(session.is_leaving());
}
