//! Tables: comma, tab or semicolon between the columns, the first row their names.

use super::days::Orders;
use super::json::record_of;
use super::mapping::{Field, Mapping};
use super::{Entry, Format, Input};
use crate::article::{ReadError, decode};

pub const FORMAT: Format = Format {
    name: "csv",
    title: "table (CSV, TSV)",
    fits,
    read,
    version: 2,
    records: None,
    keeps: "as JSON, each row an article of its own; columns by their names in the first row",
    sample: "tests/data/formats/table.csv",
};

/// What may part the columns.
const MARKS: [u8; 3] = *b"\t,;";

/// A table by its first row: short names without marks of a sentence, one of them the text, one more that is known.
fn fits(bytes: &[u8]) -> bool {
    let columns = first_fields(bytes);
    let there: Vec<&str> = columns.iter().map(String::as_str).collect();
    let fields = Mapping::default().fields(&there);
    let names = there.iter().all(|name| name.len() < 40 && !name.ends_with('.'));
    names && fields.len() >= 2 && there.len() >= 2 && fields.contains_key(&Field::Text)
}

/// The names in the first row.
pub(super) fn first_fields(bytes: &[u8]) -> Vec<String> {
    let first = super::opening(bytes).split(|byte| *byte == b'\n').next().unwrap_or_default();
    std::str::from_utf8(&first[..first.len().min(2_000)]).map(columns).unwrap_or_default()
}

fn mark(first: &str) -> u8 {
    MARKS.into_iter().max_by_key(|mark| first.bytes().filter(|byte| byte == mark).count()).unwrap_or(b',')
}

fn columns(first: &str) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().delimiter(mark(first)).has_headers(false).from_reader(first.as_bytes());
    let row = reader.records().next().and_then(Result::ok).unwrap_or_default();
    row.iter().map(|name| name.trim().to_owned()).collect()
}

fn read(input: &Input<'_>) -> Result<Vec<Entry>, ReadError> {
    let text = decode::decode(input.bytes, input.name, &mut Vec::new())?;
    let first = text.trim_start().lines().next().unwrap_or_default();
    let columns = columns(first);
    let there: Vec<&str> = columns.iter().map(String::as_str).collect();
    let fields = input.mapping.fields(&there);
    let mut reader =
        csv::ReaderBuilder::new().delimiter(mark(first)).flexible(true).from_reader(text.trim_start().as_bytes());
    let rows: Vec<_> = reader.records().collect();
    let value = |row: &csv::StringRecord, field: Field| {
        let column = fields.get(&field).and_then(|wanted| there.iter().position(|name| name == wanted));
        column.and_then(|at| row.get(at)).map(str::to_owned)
    };
    let column = |field| rows.iter().flatten().filter_map(|row| value(row, field)).collect();
    let orders = Orders::of(column, input.mapping.order());
    Ok(rows
        .into_iter()
        .enumerate()
        .map(|(at, row)| {
            let name = format!("{}#{}", input.name, at + 1);
            let row = row.map_err(|error| ReadError::Broken {
                name: name.clone(),
                format: "a table",
                reason: error.to_string(),
            })?;
            let values = |field: Field| value(&row, field).into_iter().collect();
            record_of(&fields, &there, values, &name, input.mapping, &orders)
        })
        .collect())
}
