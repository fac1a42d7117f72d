//! What a load would bring.

use super::count;
use crate::report::view::{Block, Role, Run, Table, View};
use crate::workbench::{Foreseen, Outcome, WorkbenchError};
use serde::Serialize;

/// One article, as programs read it.
#[derive(Debug, Serialize)]
struct Line<'a> {
    path: &'a str,
    #[serde(flatten)]
    foreseen: Option<&'a Foreseen>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

/// Lists the articles of a load that was not done; `unread` are the folders that could not be followed.
pub fn table(all: &[(String, Result<Foreseen, WorkbenchError>)], unread: &[(String, String)]) -> View {
    let mut table = Table::new([
        ("file", Role::Plain),
        ("would be", Role::Plain),
        ("id", Role::Id),
        ("format", Role::Dim),
        ("date", Role::Plain),
        ("title", Role::Words),
    ]);
    let (mut view, mut lines, mut new) = (View::empty(), Vec::new(), 0);
    for (path, foreseen) in all {
        match foreseen {
            Ok(found) => {
                let would = match found.outcome {
                    Outcome::Added => "added",
                    Outcome::Duplicate => "duplicate",
                    Outcome::Revision => "revision",
                };
                new += usize::from(found.outcome != Outcome::Duplicate);
                table.row([
                    path.clone(),
                    would.to_owned(),
                    found.article.map(|id| id.to_string()).unwrap_or_default(),
                    found.format.to_owned(),
                    found.published.clone().unwrap_or_default(),
                    found.title.clone().unwrap_or_default(),
                ]);
                lines.push(Line { path, foreseen: Some(found), error: None });
            }
            Err(error) => {
                view = view.warning(error.to_string());
                view.failed = true;
                lines.push(Line { path, foreseen: None, error: Some(error.to_string()) });
            }
        }
    }
    for (path, reason) in unread {
        view = view.warning(format!("{path}: {reason}"));
        view.failed = true;
        lines.push(Line { path, foreseen: None, error: Some(reason.clone()) });
    }
    if !table.rows.is_empty() {
        view = view.with(Block::Table(table));
    }
    let said = format!("{} would come onto the desk; nothing was written", count(new, "article"));
    let view = view.text([Run::new(Role::Plain, said)]);
    view.data(serde_json::to_value(lines).unwrap_or_default())
}
