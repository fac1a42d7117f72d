//! The cells of rows that move: as JSON there, and as they are here, with the numbers that rows have here.

use super::super::error::Result;
use super::super::to_json;
use super::tables::{Column, Table};
use super::{Fields, Transfer, refused};
use rusqlite::types::Value as Cell;
use serde_json::Value;

impl Transfer<'_> {
    /// Returns the cells of a row as they are here.
    pub(super) fn cells(&self, table: &Table, row: &Fields) -> Result<Vec<Cell>> {
        let mut cells: Vec<Cell> = Vec::with_capacity(table.columns.len());
        for (name, column) in table.columns {
            let value = row.get(*name);
            let before = cells.last();
            cells.push(match column {
                Column::Derived => Cell::Integer(0),
                Column::Bytes => value
                    .and_then(Value::as_str)
                    .and_then(|digits| base16ct::mixed::decode_vec(digits).ok())
                    .map_or(Cell::Null, Cell::Blob),
                Column::Text => {
                    let number = row.get("id").and_then(Value::as_i64).unwrap_or_default();
                    let own = value.and_then(Value::as_str);
                    let text = own.or_else(|| self.texts.get(&number).map(String::as_str));
                    Cell::Text(text.ok_or_else(|| refused(table, "an article has no text"))?.to_owned())
                }
                Column::Plain => cell(value),
                Column::Row(of) => self.row(of, value),
                Column::Id => Cell::Text(self.id(value.and_then(Value::as_str).unwrap_or_default())),
                Column::Claims => Cell::Text(self.claims(value.and_then(Value::as_str).unwrap_or("[]"))?),
                Column::Speaker if before == Some(&Cell::Text("speaker".into())) => {
                    match value.and_then(Value::as_str).and_then(|number| number.parse().ok()) {
                        Some(there) => Cell::Text(self.here("speaker", there).unwrap_or(there).to_string()),
                        None => Cell::Null,
                    }
                }
                Column::Speaker => cell(value),
                Column::Named => match before {
                    Some(Cell::Text(of)) => self.row(of, value),
                    _ => Cell::Null,
                },
            });
        }
        Ok(cells)
    }

    fn row(&self, of: &str, value: Option<&Value>) -> Cell {
        let here = value.and_then(Value::as_i64).map(|there| self.here(of, there).unwrap_or(there));
        here.map_or(Cell::Null, Cell::Integer)
    }

    /// An id with its letter, as it is here.
    fn id(&self, there: &str) -> String {
        let tables = [
            ("a", "article"),
            ("c", "claim"),
            ("m", "relation"),
            ("v", "verdict"),
            ("e", "evidence"),
            ("p", "speaker"),
            ("s", "story"),
            ("o", "operation"),
            ("n", "note"),
            ("f", "fact_check"),
        ];
        let found = tables.iter().find_map(|(letter, table)| {
            let number: i64 = there.strip_prefix(letter)?.parse().ok()?;
            Some(format!("{letter}{}", self.here(table, number)?))
        });
        found.unwrap_or_else(|| there.to_owned())
    }

    fn claims(&self, list: &str) -> Result<String> {
        let there: Vec<Value> = serde_json::from_str(list)?;
        let here = there.iter().map(|id| match id {
            Value::Number(number) => {
                Value::from(number.as_i64().map_or(0, |there| self.here("claim", there).unwrap_or(there)))
            }
            Value::String(id) => Value::from(self.id(id)),
            other => other.clone(),
        });
        to_json(&here.collect::<Vec<_>>())
    }
}

/// Returns a cell as JSON: bytes in hexadecimal, nothing for an empty one.
pub(super) fn json(cell: Cell) -> Option<Value> {
    match cell {
        Cell::Null => None,
        Cell::Blob(bytes) => Some(base16ct::lower::encode_string(&bytes).into()),
        Cell::Integer(number) => Some(Value::from(number)),
        Cell::Real(number) => Some(Value::from(number)),
        Cell::Text(text) => Some(Value::from(text)),
    }
}

fn cell(value: Option<&Value>) -> Cell {
    match value {
        Some(Value::Number(number)) => {
            number.as_i64().map_or_else(|| Cell::Real(number.as_f64().unwrap_or_default()), Cell::Integer)
        }
        Some(Value::String(text)) => Cell::Text(text.clone()),
        Some(Value::Bool(flag)) => Cell::Integer(i64::from(*flag)),
        _ => Cell::Null,
    }
}
