//! Sheets: the findings of a desk as plain tables, and a SQLite file made of them for other programs. Nothing of a desk's own
//! schema is in such a file, and it is no desk.

use super::error::{Result, StoreError};
use rusqlite::types::Value as Cell;
use rusqlite::{Connection, OpenFlags, params_from_iter};
use serde_json::Value;

/// One table, ready to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// One word: `claims`.
    pub name: &'static str,
    /// What a row is, and which rows there are.
    pub about: &'static str,
    /// The first one names the row.
    pub columns: Vec<Column>,
    /// One value a column, in their order: text, numbers, or null.
    pub rows: Vec<Vec<Value>>,
}

/// One column of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// One word: `said`.
    pub name: &'static str,
    pub holds: Holds,
    pub about: &'static str,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// The id of the row, as the desk shows it: `c41`.
    Id,
    /// The id of a row of another sheet.
    IdOf(&'static str),
    Text,
    /// Text that full-text search finds.
    Searched,
    /// An ISO date: 2018-07-05, 2018-07 or 2018.
    Day,
    /// A whole number or one between 0 and 1.
    Number,
}

impl Holds {
    /// Says it in a word or two.
    pub fn told(self) -> String {
        match self {
            Self::Id => "id".into(),
            Self::IdOf(sheet) => format!("id of {sheet}"),
            Self::Text | Self::Searched => "text".into(),
            Self::Day => "day".into(),
            Self::Number => "number".into(),
        }
    }
}

/// Returns the bytes of a SQLite file with a table a sheet. References are declared; sheets with searched columns have a
/// full-text index beside them, `claims_fts` for `claims`. The same sheets give the same bytes.
///
/// # Errors
/// [`StoreError`] when a temporary file cannot be written.
pub fn file(sheets: &[Sheet]) -> Result<Vec<u8>> {
    let cannot = |error: std::io::Error| StoreError::Disk(error.to_string());
    let begun = tempfile::Builder::new().prefix("onrecord-").tempfile().map_err(cannot)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut file = Connection::open_with_flags(begun.path(), flags)?;
    file.pragma_update(None, "encoding", "UTF-8")?;
    // A row may refer to one that a filter left out.
    file.pragma_update(None, "foreign_keys", false)?;
    let writing = file.transaction()?;
    for sheet in sheets {
        writing.execute_batch(&table(sheet))?;
        let marks = vec!["?"; sheet.columns.len()].join(", ");
        let mut insert = writing.prepare(&format!("INSERT INTO {} VALUES ({marks})", sheet.name))?;
        for row in &sheet.rows {
            insert.execute(params_from_iter(row.iter().map(cell)))?;
        }
        if let Some(index) = index(sheet) {
            writing.execute_batch(&index)?;
        }
    }
    writing.commit()?;
    file.close().map_err(|(_, error)| error)?;
    std::fs::read(begun.path()).map_err(cannot)
}

/// The statement that makes the table; names come from the program alone.
fn table(sheet: &Sheet) -> String {
    let column = |column: &Column| {
        let name = column.name;
        match column.holds {
            Holds::Id => format!("{name} TEXT PRIMARY KEY"),
            Holds::IdOf(other) => format!("{name} TEXT REFERENCES {other} (id)"),
            Holds::Text | Holds::Searched | Holds::Day => format!("{name} TEXT"),
            Holds::Number => format!("{name} NUMERIC"),
        }
    };
    let columns: Vec<String> = sheet.columns.iter().map(column).collect();
    format!("CREATE TABLE {} ({})", sheet.name, columns.join(", "))
}

/// The statements that make the full-text index; programs find it by the name of the table in it.
fn index(sheet: &Sheet) -> Option<String> {
    let searched = sheet.columns.iter().filter(|column| column.holds == Holds::Searched);
    let searched: Vec<&str> = searched.map(|column| column.name).collect();
    let (name, columns) = (sheet.name, searched.join(", "));
    (!searched.is_empty()).then(|| {
        format!(
            "CREATE VIRTUAL TABLE {name}_fts USING fts5 ({columns}, content=\"{name}\",
                 tokenize = 'porter unicode61 remove_diacritics 2');
             INSERT INTO {name}_fts ({name}_fts) VALUES ('rebuild')"
        )
    })
}

fn cell(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::Null,
        Value::Bool(yes) => Cell::Integer(i64::from(*yes)),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => Cell::Integer(whole),
            None => Cell::Real(number.as_f64().unwrap_or_default()),
        },
        Value::String(text) => Cell::Text(text.clone()),
        other => Cell::Text(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn sheets() -> Vec<Sheet> {
        let column = |name, holds| Column { name, holds, about: "" };
        let columns = vec![column("id", Holds::Id), column("words", Holds::Searched), column("times", Holds::Number)];
        let rows = vec![
            vec![json!("c1"), json!("Trains will run every day"), json!(2)],
            vec![json!("c2"), json!("'; DROP TABLE claims; --"), Value::Null],
        ];
        vec![Sheet { name: "claims", about: "", columns, rows }]
    }

    #[test]
    fn a_file_holds_the_rows_finds_their_words_and_is_the_same_each_time() {
        let bytes = file(&sheets()).unwrap();
        assert_eq!(bytes, file(&sheets()).unwrap());
        let place = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(place.path(), &bytes).unwrap();
        let read = Connection::open(place.path()).unwrap();
        let found = "SELECT group_concat(id) FROM claims WHERE rowid IN
                     (SELECT rowid FROM claims_fts WHERE claims_fts MATCH ?1)";
        let found = |words: &str| read.query_row(found, [words], |row| row.get::<_, Option<String>>(0)).unwrap();
        assert_eq!(found("train").as_deref(), Some("c1"));
        assert_eq!(found("plane"), None);
        let rows: i64 = read.query_row("SELECT count(*) FROM claims", [], |row| row.get(0)).unwrap();
        assert_eq!(rows, 2);
    }

    #[test]
    fn such_a_file_is_no_desk() {
        let place = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(place.path(), file(&sheets()).unwrap()).unwrap();
        let opened = super::super::Store::open(super::super::Place::File(place.path().to_owned()));
        assert!(matches!(opened, Err(StoreError::NotOurs(_))));
    }
}
