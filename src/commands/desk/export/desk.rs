//! Everything on the desk, one JSON object a line; the field `type` says what a line is.

use super::Made;
use crate::commands::common::paths;
use crate::commands::{CommandError, Session};
use serde::Serialize;
use serde_json::Value;

pub(super) fn make(session: &mut Session, words: &[String]) -> Result<Made, CommandError> {
    let filter = session.filter(words)?;
    let all = session.workbench()?.export(&filter)?;
    let whole = words.is_empty();
    let (head, desk) = if whole { session.workbench()?.desk_lines(&all.articles)? } else { (Value::Null, Vec::new()) };
    let mut rows = Vec::new();
    rows.extend(whole.then_some(head));
    add(&mut rows, "article", &all.articles)?;
    add(&mut rows, "speaker", &all.speakers)?;
    add(&mut rows, "claim", &all.claims)?;
    add(&mut rows, "relation", &all.relations)?;
    add(&mut rows, "verdict", &all.verdicts)?;
    add(&mut rows, "story", &all.stories)?;
    add(&mut rows, "note", &all.notes)?;
    add(&mut rows, "filter", &all.filters)?;
    add(&mut rows, "feed", &all.feeds)?;
    add(&mut rows, "operation", &all.operations)?;
    rows.extend(desk);
    if let Some(home) = paths::home() {
        rows.iter_mut().for_each(|row| leave_out(&home, row));
    }
    let body = rows.iter().map(|row| format!("{row}\n")).collect();
    Ok(Made::Document { body, count: rows.len(), what: "line", rows: Some(Value::Array(rows)) })
}

/// Writes `~` for the home folder where a row tells from which file something came: its name is the person's alone.
fn leave_out(home: &str, row: &mut Value) {
    let told = match row["table"].as_str().or(row["type"].as_str()) {
        Some("article") => "path",
        Some("operation") => "words",
        _ => return,
    };
    for place in [format!("/{told}"), format!("/article/{told}"), format!("/row/{told}")] {
        if let Some(value) = row.pointer_mut(&place)
            && let Some(words) = value.as_str()
        {
            *value = words.replace(&format!("{home}/"), "~/").into();
        }
    }
}

/// Adds rows, each with its type before its own fields.
fn add<T: Serialize>(out: &mut Vec<Value>, kind: &str, rows: &[T]) -> Result<(), CommandError> {
    for row in rows {
        let row =
            serde_json::to_value(row).map_err(|error| CommandError::failed(format!("cannot be exported: {error}")))?;
        let mut object = serde_json::Map::from_iter([("type".to_owned(), Value::from(kind))]);
        match row {
            Value::Object(fields) => object.extend(fields),
            other => object.extend([("value".to_owned(), other)]),
        }
        out.push(Value::Object(object));
    }
    Ok(())
}
