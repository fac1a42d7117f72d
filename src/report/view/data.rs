//! The formats that programs read: JSON, JSON lines, CSV, `list` and `line`, all made from the view's data.
//!
//! A finished document is written as it is. Rows within rows become columns with a dotted name (`speaker.name`); lists
//! become JSON text in one column.

use super::{Block, Format, Frame, Run, Table, View};
use crate::report::visible::{acts, visible, visible_line};
use serde_json::{Map, Value};

/// Writes the data of a view in one of the data formats.
pub fn render(view: &View, format: Format, frame: &Frame) -> String {
    let data = match (&view.data, view.blocks.as_slice()) {
        // A command that only sets something says nothing, unless it is asked itself to answer a program.
        (None, []) if view.asides.is_empty() && view.format.is_none() => return String::new(),
        (Some(data), _) => data.clone(),
        (None, [Block::Document(body)]) if format.is_data() => return body.clone(),
        (None, blocks) => from_blocks(blocks),
    };
    match format {
        Format::Json => json(&data, Layout::Indented),
        Format::Jsonl => match &data {
            Value::Array(rows) => rows.iter().map(|row| json(row, Layout::OneLine)).collect(),
            Value::Null => String::new(),
            one => json(one, Layout::OneLine),
        },
        _ => rows_as_text(view.flat.clone().map_or(data, Value::Array), format, frame),
    }
}

/// How JSON is laid out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    OneLine,
    Indented,
}

/// Writes JSON in which characters that a terminal would obey are escaped; the value read back is the same.
fn json(value: &Value, layout: Layout) -> String {
    let text = match layout {
        Layout::OneLine => serde_json::to_string(value),
        Layout::Indented => serde_json::to_string_pretty(value),
    };
    let mut text = text.unwrap_or_default();
    let unsafe_here = |c: char| c != '\n' && acts(c);
    if text.chars().any(unsafe_here) {
        let mut units = [0; 2];
        let mut escaped = String::with_capacity(text.len() + 16);
        for c in text.chars() {
            if unsafe_here(c) {
                for unit in c.encode_utf16(&mut units) {
                    escaped.push_str(&format!("\\u{unit:04x}"));
                }
            } else {
                escaped.push(c);
            }
        }
        text = escaped;
    }
    text.push('\n');
    text
}

/// Makes data from blocks: the rows of the tables, the records, or the text as `message`.
fn from_blocks(blocks: &[Block]) -> Value {
    let mut rows = Vec::new();
    let mut messages = Vec::new();
    let mut tables = 0;
    for block in blocks {
        match block {
            Block::Table(table) => {
                tables += 1;
                rows.extend(table_rows(table));
            }
            Block::Record(fields) => {
                let object = fields.iter().map(|(name, run)| (name.clone(), Value::from(run.text.clone())));
                rows.push(Value::Object(object.collect()));
            }
            Block::Paragraph(part) => messages.push(part.runs.iter().map(|run| run.text.as_str()).collect::<String>()),
            Block::Sides(columns) => {
                let text = |runs: &Vec<Run>| runs.iter().map(|run| run.text.as_str()).collect::<String>();
                messages.extend(columns.iter().flatten().map(text));
            }
            Block::Document(body) => messages.push(body.clone()),
            Block::Heading(_) | Block::Space => {}
        }
    }
    match (tables, rows.len()) {
        (0, 0) if messages.is_empty() => Value::Null,
        (0, 0) => Value::Object(Map::from_iter([("message".to_owned(), Value::from(messages.join("\n")))])),
        (0, 1) => rows.remove(0),
        _ => Value::Array(rows),
    }
}

fn table_rows(table: &Table) -> impl Iterator<Item = Value> + '_ {
    table.rows.iter().map(|row| {
        let cells = table.columns.iter().zip(row);
        Value::Object(cells.map(|(column, run)| (column.name.clone(), Value::from(run.text.clone()))).collect())
    })
}

/// Writes rows as CSV, `list` or `line`.
fn rows_as_text(data: Value, format: Format, frame: &Frame) -> String {
    let rows: Vec<Map<String, Value>> = match data {
        Value::Array(rows) => rows.into_iter().map(flat).collect(),
        Value::Null => Vec::new(),
        one => vec![flat(one)],
    };
    let mut columns: Vec<String> = Vec::new();
    for row in &rows {
        for name in row.keys().filter(|name| !columns.contains(name)).cloned().collect::<Vec<_>>() {
            columns.push(name);
        }
    }
    let shown = |text: String| if frame.terminal { visible(&text).into_owned() } else { text };
    let cells = rows.iter().map(|row| columns.iter().map(|name| shown(scalar(row.get(name)))).collect::<Vec<_>>());
    match format {
        Format::Csv => {
            let mut writer = csv::Writer::from_writer(Vec::new());
            let written = std::iter::once(columns.clone()).chain(cells).try_for_each(|row| writer.write_record(&row));
            let bytes = if columns.is_empty() || written.is_err() {
                Vec::new()
            } else {
                writer.into_inner().unwrap_or_default()
            };
            String::from_utf8_lossy(&bytes).into_owned()
        }
        Format::Line => {
            let width = columns.iter().map(|name| textwrap::core::display_width(name)).max().unwrap_or(0);
            let blocks = cells.map(|row| {
                let lines =
                    columns.iter().zip(row).map(|(name, value)| format!("{name:>width$} = {}\n", visible_line(&value)));
                lines.collect::<String>()
            });
            blocks.collect::<Vec<_>>().join("\n")
        }
        _ => cells
            .map(|row| format!("{}\n", row.iter().map(|value| visible_line(value)).collect::<Vec<_>>().join("|")))
            .collect(),
    }
}

/// Turns objects within an object into dotted names; what is no object becomes one `value`.
fn flat(value: Value) -> Map<String, Value> {
    fn add(out: &mut Map<String, Value>, name: String, value: Value) {
        match value {
            Value::Object(fields) => {
                for (key, value) in fields {
                    add(out, format!("{name}.{key}"), value);
                }
            }
            other => {
                out.insert(name, other);
            }
        }
    }
    let mut out = Map::new();
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                add(&mut out, key, value);
            }
        }
        other => {
            out.insert("value".to_owned(), other);
        }
    }
    out
}

fn scalar(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        // A spreadsheet takes such a beginning for a formula, and would run it.
        Some(Value::String(text)) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}
