//! A desk brought over from its export: onto an empty desk as it was, number for number, onto one that holds work beside it.

use super::import::COMPARED;
use super::{Result, Workbench, WorkbenchError};
use crate::store::rows::ArticleText;
use crate::store::transfer::{Brought, Conflict, FORMAT, Fields, Onto, Records};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What came with a desk.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Transferred {
    pub articles: usize,
    /// That were here already.
    pub same: usize,
    pub claims: usize,
    pub verdicts: usize,
    pub decisions: usize,
    pub operations: usize,
    /// Relations found between what came and what was here.
    pub repeats: usize,
    pub contradictions: usize,
    pub conflicts: Vec<Conflict>,
}

/// The field that says what a line of an export is.
pub const TYPE: &str = "type";

impl Workbench {
    /// Returns the lines that make an export one that can be brought onto another desk: what it is, then every row. The
    /// texts of `articles`, which have lines of their own, are not repeated.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn desk_lines(&self, articles: &[ArticleText]) -> Result<(Value, Vec<Value>)> {
        let told: BTreeSet<i64> = articles.iter().map(|article| article.article.id.0).collect();
        let head =
            json!({TYPE: "desk", "format": FORMAT, "made_with": concat!("onrecord ", env!("CARGO_PKG_VERSION"))});
        let mut rows = Vec::new();
        self.store.records(|table, mut fields| {
            if table == "article" && fields.get("id").and_then(Value::as_i64).is_some_and(|id| told.contains(&id)) {
                fields.remove("text");
            }
            rows.push(json!({TYPE: "row", "table": table, "row": fields}));
        })?;
        Ok((head, rows))
    }

    /// Brings the desk of an export onto this one, in one step.
    ///
    /// # Errors
    /// For lines that are no export of a whole desk, or one of a newer format; nothing is kept then.
    pub fn import_desk(&mut self, lines: &str, path: &str) -> Result<Transferred> {
        let records = read(lines, path)?;
        if self.store.is_untouched()? {
            let live = &mut self.live;
            let brought = self.store.write(|writer| {
                let brought = writer.bring(records, Onto::Nothing)?;
                live.compare_checks(writer, &[])?;
                Ok::<_, WorkbenchError>(brought)
            })?;
            self.follow_index()?;
            return Ok(counted(brought));
        }
        let kept =
            self.act_with_index("import desk", &format!("import desk {path}"), None, |writer, live, operation| {
                let brought = writer.bring(records, Onto::Work)?;
                writer.note_brought(operation, &brought.operations)?;
                let new = brought.claims.clone();
                let mut counts = counted(brought);
                if new.len() <= COMPARED {
                    live.catch_up(writer)?;
                    let linked = live.link(writer, &new, operation)?;
                    (counts.repeats, counts.contradictions) = (linked.repeats, linked.contradictions);
                }
                Ok(counts)
            });
        if kept.is_ok() {
            let _ = self.follow_index();
        }
        kept
    }
}

/// Tells whether lines are an export, and not claims of others.
pub(super) fn is_export(lines: &str) -> bool {
    let first =
        lines.lines().find(|line| !line.trim().is_empty()).and_then(|line| serde_json::from_str::<Value>(line).ok());
    first.is_some_and(|line| {
        line.get(TYPE).is_some_and(Value::is_string) && line.get("text").is_none_or(|_| line["type"] == "article")
    })
}

fn counted(brought: Brought) -> Transferred {
    Transferred {
        articles: brought.articles,
        same: brought.same,
        claims: brought.claims.len(),
        verdicts: brought.verdicts,
        decisions: brought.decisions,
        operations: brought.operations.len(),
        conflicts: brought.conflicts,
        ..Transferred::default()
    }
}

fn read(lines: &str, path: &str) -> Result<Records> {
    let mut records = Records::default();
    let mut whole = false;
    for (number, line) in (1..).zip(lines.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let bad = |why: &str| {
            WorkbenchError::asked(format!("{path}:{number}: {why}"), "`export --out FILE` writes a whole desk")
        };
        let mut value: Value = serde_json::from_str(line).map_err(|error| bad(&format!("no JSON ({error})")))?;
        match value.get(TYPE).and_then(Value::as_str) {
            Some("desk") => {
                let format = value.get("format").and_then(Value::as_i64).unwrap_or_default();
                if format > i64::from(FORMAT) {
                    let hint = "update onrecord, or export from an older one";
                    return Err(WorkbenchError::asked(format!("{path} was written by a newer onrecord"), hint));
                }
                whole = true;
            }
            Some("row") => {
                let table = value.get("table").and_then(Value::as_str).unwrap_or_default().to_owned();
                let Some(Value::Object(row)) = value.get_mut("row").map(Value::take) else {
                    return Err(bad("a row without its fields"));
                };
                let rows: &mut Vec<Fields> = records.rows.entry(table).or_default();
                rows.push(row);
            }
            Some("article") => {
                let id = value.pointer("/article/id").and_then(Value::as_str).unwrap_or_default().to_owned();
                let number = id.strip_prefix('a').and_then(|number| number.parse().ok());
                let Some(Value::String(text)) = value.get_mut("text").map(Value::take) else { continue };
                records.texts.extend(number.map(|number| (number, text)));
            }
            Some(_) => {}
            None => return Err(bad("no line of an export; claims of others come in with `import claims`")),
        }
    }
    if !whole {
        return Err(WorkbenchError::asked(
            format!("{path} is not the export of a whole desk"),
            "`export --out FILE` without a filter writes one",
        ));
    }
    Ok(records)
}
