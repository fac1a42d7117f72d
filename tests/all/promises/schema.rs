//! Holds what commands give as JSON to the table that `help json` prints: every field is in it, and none of it is missing.

use crate::support::desk::Desk;
use onrecord::commands::registry;
use onrecord::commands::schema::{GIVES, SchemaRow, rows};
use onrecord::date::Date;
use serde_json::Value;

/// Tells what of a command's JSON is not as the table says.
pub fn check(command: &str, value: &Value) -> Result<(), String> {
    let row = rows().find(|row| row.field == GIVES && row.of == command);
    fits(value, row.ok_or(format!("`help json` does not know {command}"))?.holds)
}

fn fits(value: &Value, holds: &str) -> Result<(), String> {
    if holds.contains('|') {
        let tried: Vec<_> = holds.split('|').map(|one| fits(value, one)).collect();
        let wrong: Vec<String> = tried.iter().filter_map(|one| one.clone().err()).collect();
        return if tried.iter().any(Result::is_ok) { Ok(()) } else { Err(wrong.join("; or ")) };
    }
    if let Some(inner) = holds.strip_suffix('?') {
        return if value.is_null() { Ok(()) } else { fits(value, inner) };
    }
    if let Some(inner) = holds.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        let items = value.as_array().ok_or(format!("no list of {inner}: {}", short(value)))?;
        return items.iter().try_for_each(|item| fits(item, inner));
    }
    let right = match holds {
        "any" => true,
        "text" => value.is_string(),
        "number" => value.is_number(),
        "yes-no" => value.is_boolean(),
        "day" => value.as_str().is_some_and(|day| Date::parse_iso(day).is_some()),
        "span" => value.as_array().is_some_and(|span| span.len() == 2 && span.iter().all(Value::is_u64)),
        object => return has_fields(value, object),
    };
    if right { Ok(()) } else { Err(format!("no {holds}: {}", short(value))) }
}

fn has_fields(value: &Value, object: &str) -> Result<(), String> {
    let fields = value.as_object().ok_or(format!("no {object}: {}", short(value)))?;
    let told: Vec<SchemaRow> = rows().filter(|row| row.of == object && row.field != GIVES).collect();
    assert!(!told.is_empty(), "`help json` names {object} and does not explain it");
    if let Some(unknown) = fields.keys().find(|name| !told.iter().any(|row| row.field.trim_end_matches('?') == **name))
    {
        return Err(format!("{object} has no field {unknown}"));
    }
    for row in told {
        let name = row.field.trim_end_matches('?');
        match fields.get(name) {
            Some(value) => fits(value, row.holds).map_err(|wrong| format!("{object}.{name}: {wrong}"))?,
            None if row.field.ends_with('?') => {}
            None => return Err(format!("{object} lacks {name}")),
        }
    }
    Ok(())
}

fn short(value: &Value) -> String {
    value.to_string().chars().take(80).collect()
}

#[test]
fn the_table_knows_every_command_and_explains_every_object() {
    // These run other lines, wait for an editor, end the session, take the rest of the line, or write for a shell.
    let without = ["run", "demo", ".alias", ".edit", ".last", ".quit", "completions", "man"];
    for entry in registry() {
        let told = rows().any(|row| row.of == entry.name && row.field == GIVES);
        assert_ne!(told, without.contains(&entry.name), "{}", entry.name);
    }
    let plain = ["any", "text", "number", "yes-no", "day", "span"];
    for row in rows() {
        assert!(!row.meaning.is_empty());
        for one in row.holds.split('|') {
            let name = one.trim_matches(['[', ']', '?']);
            let explained = rows().any(|other| other.of == name && other.field != GIVES);
            assert!(plain.contains(&name) || explained, "{}.{} holds {name}", row.of, row.field);
        }
    }
}

#[test]
fn what_subcommands_give_is_as_the_table_says() {
    let desk = Desk::with_samples();
    let calls: [&[&str]; 36] = [
        &["story", "create", "tunnel", "text:tunnel"],
        &["story", "list"],
        &["story", "show", "tunnel"],
        &["verdict", "record", "c1", "false", "It was more.", "--link", "https://a.example/1"],
        &["verdict", "publish", "v1", "--anyway", "a test"],
        &["correct", "v1", "mostly false", "It was less.", "--anyway", "a test"],
        &["verdict", "list"],
        &["verdict", "scales"],
        &["evidence", "add", "v2", "--link", "https://a.example/2"],
        &["evidence", "list", "v2"],
        &["check"],
        &["show", "c1"],
        &["show", "a1"],
        &["show", "m1"],
        &["show", "p1"],
        &["show", "v2"],
        &["show", "s1"],
        &["tag", "add", "budget", "c1"],
        &["tag", "list"],
        &["note", "c1", "look again"],
        &["note"],
        &["filter", "save", "mine", "speaker:Whitlock"],
        &["filter", "list"],
        &["feed", "add", "https://a.example/f.xml", "--name", "post"],
        &["feed", "list"],
        &["outlet", "set", "a.example", "The Post"],
        &["outlet", "list"],
        &["speaker", "list"],
        &["speaker", "show", "Whitlock"],
        &["contradictions", "--updates"],
        &["contradictions", "--tier", "review"],
        &["positions"],
        &["find", "tunnel"],
        &["timeline", "--days"],
        &["log"],
        &["help"],
    ];
    let mut wrong = Vec::new();
    for call in calls {
        let arguments: Vec<&str> = call.iter().copied().chain(["--json"]).collect();
        let out = desk.run(&arguments);
        let value = serde_json::from_str(&out).unwrap_or_else(|error| panic!("{call:?}: {error}: {out}"));
        wrong.extend(check(call[0], &value).err().map(|error| format!("{}: {error}", call.join(" "))));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
