//! A table of metadata for many files: which date, outlet, title and URL belong to which file.
//!
//! The table is CSV or, where its first line holds a tab, TSV, with a header; the names of its columns are in
//! `columns.tsv`. A row belongs to a file by its path, its name, or its name without the ending.

use crate::article::{Given, outlets};
use crate::commands::CommandError;
use crate::date::{self, DayOrder};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::path::Path;

const COLUMNS: &str = include_str!("columns.tsv");

/// What is given for each file.
#[derive(Debug, Default)]
pub struct Metadata {
    rows: BTreeMap<String, Given>,
}

impl Metadata {
    /// Reads a table; of days that may be two the other rows tell the order, else `order`.
    ///
    /// # Errors
    /// When the file cannot be read, has no column of file names, or a date in it is none.
    pub fn read(path: &Path, today: NaiveDate, order: Option<DayOrder>) -> Result<Self, CommandError> {
        let bytes = crate::workbench::files::read(path, crate::workbench::files::MOST)
            .map_err(|error| CommandError::file(path, &error))?;
        let text = String::from_utf8_lossy(&bytes);
        Self::parse(text.trim_start_matches('\u{feff}'), today, order).map_err(|reason| {
            CommandError::failed(format!("{}: {reason}", path.display()))
                .with_hint("the table needs a header with a column `file` and some of: date, outlet, title, url")
        })
    }

    fn parse(text: &str, today: NaiveDate, order: Option<DayOrder>) -> Result<Self, String> {
        let tabs = text.lines().next().is_some_and(|line| line.contains('\t'));
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(if tabs { b'\t' } else { b',' })
            .quoting(!tabs)
            .flexible(true)
            .from_reader(text.as_bytes());
        let header = reader.headers().map_err(|error| error.to_string())?.clone();
        let place = |field: &str| header.iter().position(|name| field_of(name) == Some(field));
        let file = place("file").ok_or("there is no column of file names")?;
        let (date, outlet, title, url) = (place("date"), place("outlet"), place("title"), place("url"));
        let records: Vec<csv::StringRecord> =
            reader.records().collect::<Result<_, _>>().map_err(|error| error.to_string())?;
        let days = records.iter().filter_map(|record| record.get(date?));
        let order = DayOrder::shown(days).or(order);
        let mut rows = BTreeMap::new();
        for record in records {
            let line = record.position().map_or(0, csv::Position::line);
            let value = |place: Option<usize>| {
                place.and_then(|at| record.get(at)).map(str::trim).filter(|v| !v.is_empty()).map(str::to_owned)
            };
            let Some(name) = value(Some(file)) else { continue };
            let date = match value(date) {
                None => None,
                Some(written) => match (date::figures(&written), date::parse_by_person(&written, today)) {
                    (Some(found), None) if found.resolved(order).is_some() => found.resolved(order),
                    (Some(date::Numeric::Either { day_first, month_first }), None) => {
                        let set = "`.set dates day-first` or `.set dates month-first` says which";
                        return Err(format!("line {line}: `{written}` may be {day_first} or {month_first}; {set}"));
                    }
                    (_, None) => return Err(format!("line {line}: invalid date `{written}`")),
                    (_, day) => day,
                },
            };
            rows.insert(
                name,
                Given {
                    date,
                    outlet: value(outlet).map(outlets::named),
                    url: value(url),
                    title: value(title),
                    ..Given::default()
                },
            );
        }
        Ok(Self { rows })
    }

    /// Returns what is given for a file.
    pub fn of(&self, path: &Path) -> Option<&Given> {
        let name = path.file_name().and_then(|name| name.to_str());
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        [path.to_str(), name, stem].into_iter().flatten().find_map(|key| self.rows.get(key))
    }
}

/// The field that a column of this name fills.
fn field_of(name: &str) -> Option<&'static str> {
    let rows = COLUMNS.lines().filter(|line| !line.starts_with('#')).skip(1);
    let mut rows = rows.filter_map(|line| line.split_once('\t'));
    let fits = |rest: &str| rest.split('\t').next().is_some_and(|known| known.eq_ignore_ascii_case(name.trim()));
    rows.find(|(_, rest)| fits(rest)).map(|(field, _)| field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Date;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2025, 3, 1).unwrap()
    }

    #[track_caller]
    fn check(table: &str, path: &str, expected: Option<(&str, &str, &str)>) {
        let metadata = Metadata::parse(table, today(), None).unwrap();
        let given = metadata.of(Path::new(path)).map(|given| {
            let date = given.date.map(|date: Date| date.to_string()).unwrap_or_default();
            (date, given.outlet.clone().unwrap_or_default(), given.title.clone().unwrap_or_default())
        });
        assert_eq!(given, expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned())));
    }

    #[test]
    fn a_row_belongs_to_a_file_by_path_name_or_stem() {
        let tsv =
            "level\tfilename\tpublisher\tpublication_date\ttitle\n3\tharbour\tThe Wire\t2024-02-06\t\"No\" to tunnel\n";
        let row = Some(("2024-02-06", "The Wire", "\"No\" to tunnel"));
        check(tsv, "texts/harbour.txt", row);
        check(tsv, "texts/harbour", row);
        check(tsv, "texts/other.txt", None);
        let csv = "File,Date,Outlet\na/b.txt,\"July 5, 2024\",\"Wire, The\"\n";
        check(csv, "a/b.txt", Some(("2024-07-05", "Wire, The", "")));
    }

    #[test]
    fn the_other_rows_tell_the_order_of_day_and_month_else_the_setting() {
        let day = |table: &str, order| {
            Metadata::parse(table, today(), order)
                .map(|read| read.of(Path::new("a.txt")).unwrap().date.unwrap().to_string())
        };
        assert_eq!(day("file,date\na.txt,03/05/2025\nb.txt,25/05/2025\n", None).unwrap(), "2025-05-03");
        let open = "file,date\na.txt,03/05/2025\n";
        assert_eq!(day(open, Some(DayOrder::MonthFirst)).unwrap(), "2025-03-05");
        assert!(day(open, None).unwrap_err().starts_with("line 2: `03/05/2025` may be 2025-05-03 or 2025-03-05"));
    }

    #[test]
    fn a_table_that_cannot_be_used_says_why() {
        assert_eq!(Metadata::parse("date,outlet\n", today(), None).unwrap_err(), "there is no column of file names");
        let error = Metadata::parse("file,date\na.txt,soonish\n", today(), None).unwrap_err();
        assert_eq!(error, "line 2: invalid date `soonish`");
    }
}
