//! Lists as a person and a spreadsheet read them: the whole act in a row, nothing wider than the screen, flat columns,
//! filters that mean one person, stories that show what they take.

use crate::support::enter_workplace;
use chrono::NaiveDate;
use onrecord::commands::{Session, registry, run_line, screen::Screen};
use onrecord::report::view::{Format, Frame};
use onrecord::store::Place;
use onrecord::workbench::Settings;
use std::path::Path;

fn session() -> Session {
    let settings =
        Settings { today: NaiveDate::from_ymd_opt(2025, 3, 1).unwrap(), user: "ada".to_owned(), ..Settings::default() };
    enter_workplace();
    Session::new(Place::Memory, settings, Screen::captured(90))
}

fn samples() -> Session {
    let mut session = session();
    run_line(&mut session, "load samples").unwrap();
    session
}

fn shown(session: &mut Session, line: &str, format: Format, width: usize) -> String {
    let view = run_line(session, line).unwrap_or_else(|error| panic!("{line}: {error} ({:?})", error.hint()));
    view.render(format, &Frame::plain(width)).out
}

/// A desk with one article of some text.
fn desk_of(folder: &Path, text: &str) -> Session {
    let file = folder.join("article.txt");
    std::fs::write(&file, text).unwrap();
    let mut session = session();
    run_line(&mut session, &format!("load {} --date 2025-02-03", file.display())).unwrap();
    session
}

#[test]
fn a_row_says_the_whole_act() {
    let mut desk = samples();
    let wide = shown(&mut desk, "claims kind:denial", Format::Table, 300);
    for act in ["denied that any jobs would be lost", "denied the allegation: “Everybody on the fourth floor knew"] {
        assert!(wide.contains(act), "{act}:\n{wide}");
    }
    // A plain "said" is left out, and so is the cue of a quotation that stands for itself.
    let all = shown(&mut desk, "claims --all", Format::Table, 400);
    assert!(!all.contains("said the ") && !all.contains("told reporters"), "{all}");
    // Programs get the words alone.
    let json = shown(&mut desk, "claims kind:denial", Format::Json, 90);
    assert!(json.contains("\"words\": \"that any jobs would be lost\""), "{json}");
}

#[test]
fn nothing_is_wider_than_a_screen_of_sixty_columns() {
    let mut desk = samples();
    for line in
        ["story create tunnel text:tunnel", "verdict record c1 false", "note c1 \"look again\"", "tag add budget c1"]
    {
        run_line(&mut desk, line).unwrap();
    }
    // Finished documents and files have a width of their own.
    let left_out =
        ["report", "completions", "man", "demo", "run", "help", "extract", "export", "review", "load", ".sql"];
    let examples = registry().iter().filter(|entry| !entry.name.starts_with('.') && !left_out.contains(&entry.name));
    let more = [
        "claims",
        "articles",
        "verdict list",
        "speaker list",
        "log",
        "story show tunnel",
        "timeline",
        "timeline --days",
        "contradictions",
    ];
    let mut wrong = Vec::new();
    for line in examples.map(|entry| entry.example).chain(more) {
        desk.screen().set_width(60);
        let Ok(view) = run_line(&mut desk, line) else { continue };
        let out = view.render(Format::Table, &Frame::plain(60)).out;
        wrong.extend(
            out.lines().filter(|text| textwrap::core::display_width(text) > 60).map(|text| format!("{line}: {text}")),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn csv_has_the_columns_that_help_names() {
    let mut desk = samples();
    let help = shown(&mut desk, "help formats", Format::Table, 200);
    for (line, name) in [("claims", "claims"), ("articles", "articles")] {
        let csv = shown(&mut desk, line, Format::Csv, 90);
        let columns = csv.lines().next().unwrap().replace(',', ", ");
        assert!(help.lines().any(|text| text.trim().starts_with(name) && text.ends_with(&columns)), "{columns}");
        let rows = csv::Reader::from_reader(csv.as_bytes()).into_records().map(Result::unwrap).count();
        assert_eq!(shown(&mut desk, line, Format::List, 90).lines().count(), rows);
        assert!(!csv.contains("[{") && !csv.contains("[["), "{csv}");
    }
    assert!(shown(&mut desk, "claims --limit 1", Format::Csv, 90).contains("https://"));
    let both = shown(&mut desk, "contradictions", Format::Csv, 90);
    assert!(both.starts_with("id,relation,confidence,status,earlier claim,earlier speaker,"), "{both}");
}

#[test]
fn a_speaker_is_the_person_of_that_name() {
    let folder = tempfile::tempdir().unwrap();
    let text = "“The road is safe,” Minister Donald Quint said on Monday.\n\n“The bridge is old,” engineer Ivana Quint said on \
                Monday.\n\n“The port is open,” Quintana Brook said on Monday.\n\n“The ferry will sail,” Ada Larch said on \
                Monday.\n";
    let mut desk = desk_of(folder.path(), text);
    let count = |desk: &mut Session, filter: &str| {
        let json = shown(desk, &format!("claims {filter}"), Format::Json, 90);
        serde_json::from_str::<serde_json::Value>(&json).unwrap().as_array().unwrap().len()
    };
    for (filter, expected) in [
        ("speaker:Larch", 1),
        ("speaker:\"Donald Quint\"", 1),
        ("speaker:~Quint", 3),
        ("speaker:~quint not:speaker:~Brook", 2),
        ("speaker:~Larch", 1),
        ("speaker:Larch speaker:Brook", 2),
        ("speaker:Larch text:bridge", 0),
        ("text:ferry text:sail", 1),
        ("ferry bridge", 0),
    ] {
        assert_eq!(count(&mut desk, filter), expected, "{filter}");
    }
    let error = run_line(&mut desk, "claims speaker:Quint").unwrap_err().to_string();
    assert!(error.contains("Donald Quint") && error.contains("Ivana Quint") && !error.contains("Brook"), "{error}");
    for missing in ["speaker:Nobody", "speaker:~Nobody"] {
        assert!(run_line(&mut desk, &format!("claims {missing}")).is_err(), "{missing}");
    }
}

#[test]
fn a_story_shows_what_it_takes_and_takes_claims() {
    let mut desk = samples();
    let preview = shown(&mut desk, "story create port text:port --dry-run", Format::Table, 120);
    assert!(preview.contains("claim") && !preview.contains("article"), "{preview}");
    assert!(run_line(&mut desk, "story show port").is_err(), "nothing is created by a dry run");
    let made = shown(&mut desk, "story create port text:port", Format::Table, 120);
    assert!(made.starts_with(preview.lines().next().unwrap()), "{made}");
    let claims = |desk: &mut Session, story: &str| {
        shown(desk, &format!("claims story:{story}"), Format::Csv, 120).lines().count() - 1
    };
    let (port, matching) =
        (claims(&mut desk, "port"), shown(&mut desk, "claims text:port", Format::Csv, 120).lines().count() - 1);
    assert_eq!(port, matching);
    let first = shown(&mut desk, "claims story:port --limit 1", Format::Csv, 120);
    let id = first.lines().nth(1).unwrap().split(',').next().unwrap().to_owned();
    run_line(&mut desk, &format!("story remove port {id}")).unwrap();
    assert_eq!(claims(&mut desk, "port"), port - 1);
    run_line(&mut desk, "story create ports text:port --articles").unwrap();
    assert!(claims(&mut desk, "ports") > port);
}

#[test]
fn bare_words_name_a_speaker_among_speakers() {
    let mut desk = samples();
    let one = shown(&mut desk, "speaker list Orlova", Format::Table, 90);
    assert!(one.contains("Lena Orlova") && !one.contains("Whitlock"), "{one}");
    assert!(shown(&mut desk, "speaker list lena orlova", Format::Table, 90).contains("Lena Orlova"));
    assert!(shown(&mut desk, "speaker list text:tunnel", Format::Table, 90).contains("Whitlock"));
}

#[test]
fn a_title_of_thousands_of_characters_is_cut_in_a_list() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("Title: {}\n\nThe works will close, minister Ada Holm said.\n", "x".repeat(9_000));
    let mut desk = desk_of(folder.path(), &text);
    let list = shown(&mut desk, "articles", Format::Table, 90);
    assert!(list.lines().count() < 6 && list.contains('…'), "{list}");
    assert!(shown(&mut desk, "articles", Format::Json, 90).len() > 9_000, "programs get it whole");
}

#[test]
fn what_was_meant_is_said() {
    let mut desk = samples();
    let mut asides = |line: &str| {
        let view = run_line(&mut desk, line).unwrap_or_else(|error| panic!("{line}: {error}"));
        view.render(Format::Table, &Frame::plain(300)).err
    };
    asides("filter save w speaker:Whitlock");
    assert!(asides("claims w").contains("`filter:w`"), "{}", asides("claims w"));
    assert!(asides("articles w").contains("`filter:w`"));
    assert!(!asides("claims nosuchword").contains("filter:w"));
    let refused = |line: &str| run_line(&mut session(), line).unwrap_err().hint().unwrap_or_default().to_owned();
    assert!(refused("contradictions --speaker Solheim").contains("`speaker:VALUE`"));
    assert!(refused("verdict review v1").contains("`verdict submit v1`"), "{}", refused("verdict review v1"));
    assert!(refused("link c3 c41").contains("`confirm c3 c41`"));
    run_line(&mut session(), "note list").unwrap();
}

#[test]
fn a_story_made_of_claims_says_that_more_articles_have_the_words() {
    let folder = tempfile::tempdir().unwrap();
    let text = "Title: The spill\n\nThe Veltrex works will close, minister Ada Holm said.\n";
    let mut desk = desk_of(folder.path(), text);
    let other = folder.path().join("other.txt");
    std::fs::write(&other, "Title: Veltrex under fire\n\n“No chemical left our site,” Ruth Denning said.\n").unwrap();
    run_line(&mut desk, &format!("load {} --date 2025-02-04", other.display())).unwrap();
    let made = run_line(&mut desk, "story create spill Veltrex").unwrap().render(Format::Table, &Frame::plain(400));
    assert!(made.out.contains("1 claim"), "{}", made.out);
    assert!(made.err.contains("2 articles have these words") && made.err.contains("stand in 1:"), "{}", made.err);
    assert!(made.err.contains("`story add s1 --articles Veltrex`"), "{}", made.err);
    let whole =
        run_line(&mut desk, "story add s1 --articles Veltrex").unwrap().render(Format::Table, &Frame::plain(90));
    assert!(whole.out.contains("spill"), "{}", whole.out);
    let again =
        run_line(&mut desk, "story create all Veltrex --articles").unwrap().render(Format::Table, &Frame::plain(400));
    assert!(!again.err.contains("articles have these words"), "{}", again.err);
}

#[test]
fn a_duplicate_names_the_article_that_has_its_words() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk_of(folder.path(), "The works will close, minister Ada Holm said.\n");
    let twin = folder.path().join("twin.txt");
    std::fs::copy(folder.path().join("article.txt"), &twin).unwrap();
    let told = shown(&mut desk, &format!("load {}", twin.display()), Format::Table, 300);
    assert!(told.contains("duplicate of a1"), "{told}");
}

#[test]
fn undo_and_redo_answer_in_one_form() {
    let mut desk = samples();
    for line in
        ["tag add budget c1", "note c1 \"a note of many words, so that no column could hold it beside the others\""]
    {
        run_line(&mut desk, line).unwrap();
        let undone = shown(&mut desk, "undo", Format::Table, 300);
        assert!(undone.starts_with('o') && undone.lines().count() == 1 && undone.contains("undone"), "{undone}");
        assert!(shown(&mut desk, "redo", Format::Table, 300).contains("in effect again"));
    }
}
