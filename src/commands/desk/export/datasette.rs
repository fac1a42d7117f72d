//! The sheets as a SQLite file for Datasette, with the file that describes them beside it.

use super::sheets::{self, SCHEMA_VERSION};
use super::{Export, Made};
use crate::commands::common::output_file::OutputFile;
use crate::commands::layout::count;
use crate::commands::{CommandError, Session};
use crate::report::view::View;
use crate::store::sheets::{Holds, Sheet, file};
use crate::workbench::WorkbenchError;
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

/// What Datasette calls the file that describes a database.
const METADATA: &str = "metadata.json";
/// Columns whose values are few, to narrow by.
const FACETS: [&str; 7] = ["speaker", "outlet", "kind", "rating", "standing", "earlier_speaker", "state"];
/// The day that a sheet is sorted by, the newest first.
const DAYS: [&str; 4] = ["published", "later_day", "published_on", "last"];

pub(super) fn make(asked: &Export, session: &mut Session, words: &[String]) -> Result<Made, CommandError> {
    let (typed, filter) = match &asked.out {
        Some(file) => (file.clone(), words),
        None => {
            let (file, filter) = Export::taken("datasette", words)?;
            (PathBuf::from(file), filter)
        }
    };
    let place = OutputFile::new(session, &typed)?;
    let sheets = sheets::gather(asked, session, filter)?;
    place.write_whole(&file(&sheets).map_err(WorkbenchError::from)?)?;
    let beside = typed.with_file_name(METADATA);
    let rows: Vec<String> =
        sheets.iter().map(|sheet| count(sheet.rows.len(), sheet.name.trim_end_matches('s'))).collect();
    let done = format!("{}: {}", typed.display(), rows.join(", "));
    let tell = |view: View| view.data(json!({"file": typed, "metadata": beside, "rows": counts(&sheets)}));
    // Beside a stream nothing is written.
    if !session.path(&typed).is_file() {
        return Ok(Made::Done(tell(View::done(done))));
    }
    if session.path(&beside).exists() {
        // Licence and source in it may be a person's.
        let words = format!("{} is there already and stays as it is", beside.display());
        return Ok(Made::Done(tell(View::done(done).hint(format!("{words}; move it away for a new one")))));
    }
    let described = described(asked, session, &typed, &sheets)?;
    OutputFile::new(session, &beside)?.write_whole(described.as_bytes())?;
    let open = format!("datasette {} --metadata {}", typed.display(), beside.display());
    let told = format!("{done}; {} of them explained in {}", count(columns(&sheets), "column"), beside.display());
    Ok(Made::Done(tell(View::done(told).hint(format!("open it with `{open}`")))))
}

fn columns(sheets: &[Sheet]) -> usize {
    sheets.iter().map(|sheet| sheet.columns.len()).sum()
}

fn counts(sheets: &[Sheet]) -> Map<String, Value> {
    sheets.iter().map(|sheet| (sheet.name.to_owned(), sheet.rows.len().into())).collect()
}

/// The metadata: what each table and column is; licence and source are left for the person who publishes.
fn described(asked: &Export, session: &Session, file: &Path, sheets: &[Sheet]) -> Result<String, CommandError> {
    let database = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let tables: Map<String, Value> = sheets.iter().map(|sheet| (sheet.name.to_owned(), table(sheet))).collect();
    let made = concat!("onrecord ", env!("CARGO_PKG_VERSION"));
    let extras = match (asked.drafts, asked.suggested) {
        (false, false) => "Only what persons confirmed and published.",
        (true, false) => "Drafts of verdicts are marked as such.",
        (false, true) => "What a machine suggests and nobody reviewed is marked as such.",
        (true, true) => "Drafts, and what a machine suggests and nobody reviewed, are marked as such.",
    };
    let written = json!({
        "title": "Who said what, in which words, and when it changed",
        "description": format!("Made by {made} on {}, sheets version {SCHEMA_VERSION}. {extras}", session.today()),
        "license": "",
        "license_url": "",
        "source": asked.publisher.as_deref().unwrap_or_default(),
        "source_url": asked.address.as_deref().unwrap_or_default(),
        "databases": {database: {"tables": tables}},
    });
    serde_json::to_string_pretty(&written)
        .map(|text| text + "\n")
        .map_err(|error| CommandError::failed(format!("{METADATA} cannot be written: {error}")))
}

fn table(sheet: &Sheet) -> Value {
    let has = |name: &&str| sheet.columns.iter().any(|column| column.name == *name);
    let columns: Map<String, Value> =
        sheet.columns.iter().map(|column| (column.name.to_owned(), column.about.into())).collect();
    let label = ["words", "summary", "title"].into_iter().find(has);
    let searched = sheet.columns.iter().any(|column| column.holds == Holds::Searched);
    let mut out = Map::from_iter([
        ("description".to_owned(), Value::from(sheet.about)),
        ("columns".to_owned(), columns.into()),
        ("facets".to_owned(), FACETS.iter().filter(|name| has(name)).copied().collect::<Vec<_>>().into()),
    ]);
    out.extend(DAYS.iter().find(|name| has(name)).map(|name| ("sort_desc".to_owned(), (*name).into())));
    out.extend(label.map(|name| ("label_column".to_owned(), name.into())));
    if searched {
        out.insert("fts_table".to_owned(), format!("{}_fts", sheet.name).into());
    }
    Value::Object(out)
}
