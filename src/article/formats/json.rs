//! JSON records: one object, a list of them, or one a line.

use super::days::{self, Orders};
use super::mapping::{self, Field, Mapping};
use super::{Body, Entry, Format, Input, Reading, feed, html, opening};
use crate::article::{ReadError, Warning, decode};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

pub const ONE: Format = Format {
    name: "json",
    title: "JSON",
    fits: |bytes| {
        starts(bytes)
            && serde_json::from_slice::<serde::de::IgnoredAny>(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
                .is_ok()
    },
    read: read_one,
    version: 2,
    records: None,
    keeps: "text, title, authors, outlet, published, updated, address and language, by the names of the fields",
    sample: "tests/data/formats/record.json",
};

pub const LINES: Format = Format {
    name: "jsonl",
    title: "JSON lines",
    fits: |bytes| {
        let first = opening(bytes).split(|byte| *byte == b'\n').next().unwrap_or_default();
        first.starts_with(b"{") && serde_json::from_slice::<Map<String, Value>>(first).is_ok()
    },
    read: read_lines,
    version: 2,
    records: Some(|_| true),
    keeps: "as JSON, each line an article of its own",
    sample: "tests/data/formats/records.jsonl",
};

pub(super) fn starts(bytes: &[u8]) -> bool {
    matches!(opening(bytes).first(), Some(b'{' | b'['))
}

fn read_one(input: &Input<'_>) -> Result<Vec<Entry>, ReadError> {
    let bytes = input.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(input.bytes);
    let value = serde_json::from_slice(bytes).map_err(|error| broken(input.name, &told(&error)))?;
    let records = match value {
        Value::Array(records) => records,
        Value::Object(object) => records(object),
        _ => return Err(broken(input.name, "it holds no object")),
    };
    let many = records.len() > 1;
    let orders = orders(records.iter(), input.mapping);
    Ok(records
        .into_iter()
        .enumerate()
        .map(|(at, record)| {
            let name = if many { format!("{}#{}", input.name, at + 1) } else { input.name.to_owned() };
            entry(record, &name, input.mapping, &orders)
        })
        .collect())
}

/// The records of an object: `{"articles": [...]}` and the like hold them one floor down, any other is one itself.
fn records(mut object: Map<String, Value>) -> Vec<Value> {
    let lists = ["articles", "items", "data", "results", "docs", "documents", "hits"];
    match lists.iter().find(|key| {
        object.get(**key).is_some_and(|list| list.as_array().is_some_and(|l| l.iter().any(Value::is_object)))
    }) {
        Some(key) => match object.remove(*key) {
            Some(Value::Array(records)) => records,
            _ => Vec::new(),
        },
        None => vec![Value::Object(object)],
    }
}

/// The names of the fields of the first record in bytes that may break off; none where it cannot be read.
pub(super) fn first_fields(bytes: &[u8]) -> Vec<String> {
    let own = opening(bytes);
    let mut objects = serde_json::Deserializer::from_slice(own.strip_prefix(b"[").unwrap_or(own)).into_iter();
    let first = objects.next().and_then(Result::ok).map(records).and_then(|records| records.into_iter().next());
    first.as_ref().and_then(Value::as_object).map(|object| object.keys().cloned().collect()).unwrap_or_default()
}

fn read_lines(input: &Input<'_>) -> Result<Vec<Entry>, ReadError> {
    let text = decode::decode(input.bytes, input.name, &mut Vec::new())?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let records: Vec<_> = lines.map(|(at, line)| (at, line, serde_json::from_str::<Value>(line))).collect();
    let orders = orders(records.iter().filter_map(|(.., record)| record.as_ref().ok()), input.mapping);
    Ok(records
        .into_iter()
        .map(|(at, line, record)| {
            let name = format!("{}#{}", input.name, input.first + at);
            let record = record.map_err(|error| broken(&name, &told(&error)))?;
            let reading = entry(record, &name, input.mapping, &orders)?;
            Ok(Reading { original: Some(line.as_bytes().to_vec()), ..reading })
        })
        .collect())
}

/// Where JSON is broken, in words.
fn told(error: &serde_json::Error) -> String {
    match error.is_eof() {
        true => format!("it breaks off in line {}; fetch or export it again", error.line()),
        false => format!(
            "it is broken in line {}, column {}; mend it there or export it again",
            error.line(),
            error.column()
        ),
    }
}

/// Tells what is wrong with bytes that were meant to be JSON: a member or a list of objects begins, and it cannot be read.
pub(super) fn fault(bytes: &[u8], name: &str) -> Option<ReadError> {
    let own = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut marks = own.iter().filter(|byte| !byte.is_ascii_whitespace());
    let meant = matches!((marks.next(), marks.next()), (Some(b'{'), Some(b'"')) | (Some(b'['), Some(b'{')));
    let error = serde_json::from_slice::<serde::de::IgnoredAny>(own).err().filter(|_| meant)?;
    Some(broken(name, &told(&error)))
}

fn broken(name: &str, reason: &str) -> ReadError {
    ReadError::Broken { name: name.to_owned(), format: "JSON", reason: reason.to_owned() }
}

/// In which order day and month stand in the dates of some records.
fn orders<'a>(records: impl Iterator<Item = &'a Value> + Clone, mapping: &Mapping) -> Orders {
    let column = |field: Field| {
        let objects = records.clone().filter_map(Value::as_object);
        objects.flat_map(|object| values(object, &mapping.fields(&keys(object)), field)).collect()
    };
    Orders::of(column, mapping.order())
}

fn keys(object: &Map<String, Value>) -> Vec<&str> {
    object.keys().map(String::as_str).collect()
}

fn values(object: &Map<String, Value>, fields: &BTreeMap<Field, &str>, field: Field) -> Vec<String> {
    fields.get(&field).and_then(|key| object.get(*key)).map(words).unwrap_or_default()
}

fn entry(record: Value, name: &str, mapping: &Mapping, orders: &Orders) -> Entry {
    let Value::Object(object) = record else {
        return Err(broken(name, "an article is an object, such as {\"title\": …, \"text\": …}"));
    };
    let there = keys(&object);
    let fields = mapping.fields(&there);
    record_of(&fields, &there, |field| values(&object, &fields, field), name, mapping, orders)
}

/// Makes an article of a record whose fields are known.
pub(super) fn record_of(
    fields: &BTreeMap<Field, &str>,
    there: &[&str],
    values: impl Fn(Field) -> Vec<String>,
    name: &str,
    mapping: &Mapping,
    orders: &Orders,
) -> Entry {
    if let Some(missing) = mapping.missing(there) {
        return Err(ReadError::Fields {
            name: name.to_owned(),
            reason: format!("it has no field `{missing}`"),
            there: there.join(", "),
        });
    }
    let text = values(Field::Text).join("\n\n");
    if !fields.contains_key(&Field::Text) {
        return Err(ReadError::Fields {
            name: name.to_owned(),
            reason: "no field looks like its text".into(),
            there: there.join(", "),
        });
    }
    if text.trim().is_empty() {
        return Err(ReadError::Empty(name.to_owned()));
    }
    let mut warnings = Vec::new();
    if mapping.is_empty() {
        warnings.extend(mapping::told(fields).map(Warning));
    }
    let first = |field| values(field).into_iter().find(|value| !value.trim().is_empty());
    let day = |field, warnings: &mut Vec<Warning>| {
        let written = first(field)?;
        let found = orders.moment(field, &written);
        if found.is_none() {
            let place = fields.get(&field).map(|name| format!(" of the field `{name}`")).unwrap_or_default();
            warnings.push(Warning(days::unread(&written, &place)));
        }
        found
    };
    Ok(Reading {
        body: body(text),
        title: first(Field::Title),
        authors: values(Field::Authors).iter().flat_map(|names| html::names(names)).collect(),
        outlet: first(Field::Outlet),
        published: day(Field::Published, &mut warnings),
        updated: day(Field::Updated, &mut warnings),
        url: first(Field::Url).filter(|url| url.contains("://")),
        language: first(Field::Language),
        warnings,
        ..Reading::default()
    })
}

/// Text as it stands, or its blocks where it is marked up.
pub(in crate::article::formats) fn body(text: String) -> Body {
    let lower = text.get(..2_000).unwrap_or(&text).to_ascii_lowercase();
    if ["<p>", "<p ", "<br", "<div", "</p>"].iter().any(|tag| lower.contains(tag)) {
        let blocks = html::fragment(&text);
        if !blocks.is_empty() {
            return Body::Blocks(blocks);
        }
    }
    Body::Plain(text)
}

/// The words of a value: strings, numbers, lists of them, objects by their name.
fn words(value: &Value) -> Vec<String> {
    match value {
        Value::String(words) => vec![words.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Array(values) => values.iter().flat_map(words).collect(),
        Value::Object(object) => {
            ["name", "title", "text", "value"].iter().find_map(|key| object.get(*key)).map(words).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// A JSON feed names its version.
pub(super) fn is_feed(bytes: &[u8]) -> bool {
    starts(bytes) && feed::says_json_feed(bytes)
}
