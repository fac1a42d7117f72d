//! What each format makes of one view, and what never reaches a terminal.

use super::*;

fn claims() -> View {
    let mut table =
        Table::new([("id", Role::Id), ("speaker", Role::Speaker), ("words", Role::Words), ("n", Role::Number)]);
    table.row(["c1", "Ada Brook", "The bridge | will open in May, and nobody has asked us to wait for it.", "2"]);
    table.row(["c12", "Tor", "橋は五月に開く", "11"]);
    View::table(table)
}

#[track_caller]
fn check(view: &View, format: Format, width: usize, expected: &str) {
    let shown = view.render(format, &Frame::plain(width)).out;
    assert_eq!(shown, expected, "\n{shown}");
}

#[test]
fn table_wraps_words_where_the_frame_is_wide_and_is_a_list_where_it_is_narrow() {
    let mut wide = claims();
    let Some(Block::Table(table)) = wide.blocks.first_mut() else { panic!("no table") };
    table.row(["c13", "Ada Brook", &"The bridge will open in May. ".repeat(5), "3"]);
    let shown = wide.render(Format::Table, &Frame::plain(110)).out;
    assert!(shown.starts_with("id   speaker    words") && shown.lines().count() > 4, "{shown}");
    assert!(shown.lines().all(|line| textwrap::core::display_width(line) <= 110), "{shown}");
    let expected = "\
c1   Ada Brook  n 2
     The bridge | will open in May, and nobody
     has asked us to wait for it.
c12  Tor  n 11
     橋は五月に開く
";
    check(&claims(), Format::Table, 46, expected);
}

#[test]
fn no_word_is_lost_however_narrow_the_frame() {
    let shown = claims().render(Format::Table, &Frame::plain(12)).out;
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<std::collections::BTreeSet<_>>();
    assert!(letters("The bridge will open in May and nobody has asked us to wait for it").is_subset(&letters(&shown)));
    let wide = "x".repeat(500);
    let shown = View::done(wide.clone()).render(Format::Table, &Frame::plain(40)).out;
    assert_eq!(shown.replace('\n', ""), wide);
}

#[test]
fn data_formats_agree_on_rows() {
    let rows = View::empty().data(serde_json::json!([
        {"id": "c1", "speaker": {"id": "p1", "name": "Ada"}, "words": "one, \"two\"", "spans": [[0, 2]]},
        {"id": "c2", "speaker": null, "words": "a\nb"}
    ]));
    check(
        &rows,
        Format::Csv,
        80,
        "id,speaker.id,speaker.name,words,spans,speaker\nc1,p1,Ada,\"one, \"\"two\"\"\",\"[[0,2]]\",\nc2,,,\"a\nb\",,\n",
    );
    check(&rows, Format::List, 80, "c1|p1|Ada|one, \"two\"|[[0,2]]|\nc2|||a b||\n");
    let lines = rows.render(Format::Jsonl, &Frame::plain(80)).out;
    assert_eq!(lines.lines().count(), 2);
    let back: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(Some(Value::Array(back)), rows.data);
}

#[test]
fn a_cell_that_a_spreadsheet_would_run_is_made_safe_and_json_keeps_it() {
    let rows = serde_json::json!([{"a": "=1+2", "b": "+3", "c": "-4", "d": "@x", "e": -5.5, "f": "a=b", "g": "\t=6"}]);
    let view = View::empty().data(rows.clone());
    check(&view, Format::Csv, 80, "a,b,c,d,e,f,g\n'=1+2,'+3,'-4,'@x,-5.5,a=b,'\t=6\n");
    assert!(view.render(Format::List, &Frame::plain(80)).out.starts_with("'=1+2|'+3|'-4|'@x|-5.5|a=b|"));
    let back: Value = serde_json::from_str(&view.render(Format::Json, &Frame::plain(80)).out).unwrap();
    assert_eq!(back, rows);
    let flat = view.flat(vec![serde_json::json!({"id": "c1"})]);
    check(&flat, Format::Csv, 80, "id\nc1\n");
    check(
        &flat,
        Format::Jsonl,
        80,
        "{\"a\":\"=1+2\",\"b\":\"+3\",\"c\":\"-4\",\"d\":\"@x\",\"e\":-5.5,\"f\":\"a=b\",\"g\":\"\\t=6\"}\n",
    );
}

#[test]
fn line_format_names_every_value() {
    check(
        &View::empty().data(serde_json::json!({"id": "c1", "words": "Yes"})),
        Format::Line,
        80,
        "   id = c1\nwords = Yes\n",
    );
}

#[test]
fn markdown_escapes_bars() {
    let expected = "\
| id | speaker | words | n |
| --- | --- | --- | --: |
| c1 | Ada Brook | The bridge \\| will open in May, and nobody has asked us to wait for it. | 2 |
| c12 | Tor | 橋は五月に開く | 11 |
";
    check(&claims(), Format::Markdown, 40, expected);
}

#[test]
fn terminal_escapes_are_shown_and_never_sent() {
    let evil = "red\u{1b}[31m \u{9b}2J \u{202e}over\u{7}\u{7f}";
    let mut table = Table::new([("words", Role::Words)]);
    table.row([evil]);
    let view =
        View::table(table).text([Run::new(Role::Words, evil)]).warning(evil).with(Block::Document(evil.to_owned()));
    let frame = Frame { width: 60, styling: Styling::Plain, terminal: true };
    for format in [Format::Table, Format::List, Format::Line, Format::Csv, Format::Json, Format::Jsonl] {
        let Rendered { out, err } = view.render(format, &frame);
        let odd: Vec<char> =
            (out + &err).chars().filter(|c| (c.is_control() && *c != '\n') || *c == '\u{202e}').collect();
        assert!(odd.is_empty(), "{format:?}: {odd:?}");
    }
}

#[test]
fn json_with_escaped_characters_reads_back_the_same() {
    let view = View::empty().data(serde_json::json!({"words": "\u{9b}\u{202e}\u{e0041}\u{7f}"}));
    let shown = view.render(Format::Json, &Frame::plain(80)).out;
    assert!(shown.is_ascii());
    assert_eq!(serde_json::from_str::<Value>(&shown).unwrap(), view.data.unwrap());
}

#[test]
fn styles_are_added_only_when_asked_for() {
    let styled = Frame { width: 60, styling: Styling::Styled, terminal: true };
    assert!(claims().render(Format::Table, &styled).out.contains("\u{1b}[1m"));
    assert!(!claims().render(Format::Table, &Frame::plain(60)).out.contains('\u{1b}'));
    assert!(!claims().render(Format::Json, &styled).out.contains('\u{1b}'));
}

#[test]
fn margin_holds_the_label_and_text_wraps_beside_it() {
    let part = Paragraph::new([
        Run::new(Role::Words, "“The harbour stays open,” "),
        Run::new(Role::Speaker, "Ada Brook"),
        Run::new(Role::Plain, " said on Monday."),
    ]);
    let view = View::empty().with(Block::Paragraph(part.beside(Run::new(Role::Id, "c7"), 5).indented(2)));
    check(&view, Format::Table, 34, "  c7   “The harbour stays open,”\n       Ada Brook said on Monday.\n");
}
