//! The published findings as sheets: plain tables whose columns are named, typed and explained in one place each. The file
//! for Datasette, CSV and JSON lines are made of them.

use super::{Export, Made};
use crate::commands::{CommandError, Session};
use crate::report::story::Position;
use crate::report::view::{Format, Frame, View};
use crate::report::{Dispute, Rating, Revised, Verdict};
use crate::store::filter::Filter;
use crate::store::id::ArticleId;
use crate::store::rows::{ArticleRow, ClaimRow, RelationRow, Status};
use crate::store::sheets::Sheet;
use crate::workbench::Workbench;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

mod columns;

/// The sheets, for whoever names none.
pub(super) const NAMES: &str = "claims, contradictions, verdicts, positions or articles";

/// The version of the sheets: it rises when a column goes or means something else, not when one is added.
pub(super) const SCHEMA_VERSION: u32 = 1;

/// A verdict that stands: the last version that readers see, or a draft.
pub(super) struct Judged {
    verdict: Verdict,
    rating: Rating,
}

/// A position, and whether a person confirmed what it rests on.
pub(super) struct Held {
    position: Position,
    changed: Option<String>,
    confirmed: bool,
}

pub(super) fn csv(asked: &Export, session: &mut Session, words: &[String]) -> Result<Made, CommandError> {
    let (sheet, rows) = named(asked, session, "csv", words)?;
    let data = Value::Array(rows);
    let body = if sheet.rows.is_empty() {
        // A sheet without rows still has its columns.
        sheet.columns.iter().map(|column| column.name).collect::<Vec<_>>().join(",") + "\n"
    } else {
        View::empty().data(&data).render(Format::Csv, &Frame::plain(80)).out
    };
    Ok(Made::Document { body, rows: Some(data), count: sheet.rows.len(), what: "row" })
}

pub(super) fn jsonl(asked: &Export, session: &mut Session, words: &[String]) -> Result<Made, CommandError> {
    let (sheet, mut rows) = named(asked, session, "jsonl", words)?;
    for row in &mut rows {
        let Value::Object(fields) = row else { continue };
        let head = [("schema_version".to_owned(), json!(SCHEMA_VERSION)), ("sheet".to_owned(), json!(sheet.name))];
        *row = Value::Object(head.into_iter().chain(std::mem::take(fields)).collect());
    }
    let body = rows.iter().map(|row| format!("{row}\n")).collect();
    Ok(Made::Document { body, rows: Some(Value::Array(rows)), count: sheet.rows.len(), what: "row" })
}

/// Returns the sheet that a person names, and its rows as objects.
fn named(
    asked: &Export,
    session: &mut Session,
    form: &str,
    words: &[String],
) -> Result<(Sheet, Vec<Value>), CommandError> {
    let (name, filter) = Export::taken(form, words)?;
    let unknown = || {
        CommandError::usage(format!("there is no sheet `{name}`"))
            .with_hint(format!("the sheets are {NAMES}: `export {form} claims`"))
    };
    if !NAMES.split([' ', ',']).any(|known| known == name && known != "or") {
        return Err(unknown());
    }
    let sheet = gather(asked, session, filter)?.into_iter().find(|sheet| sheet.name == name).ok_or_else(unknown)?;
    let row = |row: &Vec<Value>| {
        Value::Object(sheet.columns.iter().map(|column| column.name.to_owned()).zip(row.iter().cloned()).collect())
    };
    let rows = sheet.rows.iter().map(row).collect();
    Ok((sheet, rows))
}

/// Returns every sheet. Of contradictions and positions there is what a person confirmed, of verdicts what is published;
/// more only where it was asked for, and marked.
pub(super) fn gather(asked: &Export, session: &mut Session, words: &[String]) -> Result<Vec<Sheet>, CommandError> {
    let findings = asked.findings(session, words, false)?;
    let changed = changed(&findings.revised);
    let mut verdicts: Vec<Judged> = findings.verdicts.into_iter().filter_map(in_force).collect();
    if asked.drafts {
        let all = asked.findings(session, words, true)?.verdicts;
        verdicts.extend(all.into_iter().filter_map(in_force).filter(|judged| judged.rating.draft));
    }
    let disputes: Vec<Dispute> =
        findings.disputes.into_iter().filter(|dispute| columns::is_shown(dispute, asked.suggested)).collect();
    let filter = session.filter(words)?;
    let workbench = session.workbench()?;
    let mut claims = workbench.claims(&filter)?;
    let positions = positions(workbench, &filter, &claims, asked)?;
    cited_too(workbench, &mut claims, &disputes)?;
    let articles = articles(workbench, &filter, &claims)?;
    Ok(vec![
        columns::claims(&claims, asked.drafts, &changed),
        columns::contradictions(&disputes),
        columns::verdicts(&verdicts),
        columns::positions(&positions),
        columns::articles(&articles, &changed),
    ])
}

/// What was changed silently in each article, a sentence a line: in a later version, and from an earlier one.
fn changed(revised: &[Revised]) -> columns::Changed {
    let mut out = columns::Changed::new();
    for one in revised {
        let told = one.altered.iter().map(|altered| altered.sentence.as_str()).collect::<Vec<_>>().join("\n");
        for id in [&one.before.id, &one.after.id].into_iter().filter_map(|id| id.parse().ok()) {
            let lines = out.entry(id).or_default();
            if !lines.is_empty() {
                lines.push('\n');
            }
            lines.push_str(&told);
        }
    }
    out
}

/// The version of a verdict that counts: the last one.
fn in_force(verdict: Verdict) -> Option<Judged> {
    let rating = verdict.ratings.last()?.clone();
    Some(Judged { verdict, rating })
}

/// Adds the claims that a contradiction cites although the filter leaves them out.
fn cited_too(workbench: &Workbench, claims: &mut Vec<ClaimRow>, disputes: &[Dispute]) -> Result<(), CommandError> {
    let mut known: BTreeSet<String> = claims.iter().map(|claim| claim.id.to_string()).collect();
    for cited in disputes.iter().flat_map(|dispute| [&dispute.earlier.id, &dispute.later.id]) {
        if let Ok(id) = cited.parse()
            && known.insert(cited.clone())
        {
            claims.push(workbench.claim(id)?);
        }
    }
    claims.sort_by_key(|claim| claim.id);
    Ok(())
}

/// The articles that pass the filter, and those of the claims.
fn articles(workbench: &Workbench, filter: &Filter, claims: &[ClaimRow]) -> Result<Vec<ArticleRow>, CommandError> {
    let read = workbench.articles(&filter.of_articles())?;
    let mut articles: BTreeMap<ArticleId, ArticleRow> = read.into_iter().map(|row| (row.id, row)).collect();
    for id in claims.iter().filter_map(|claim| claim.article) {
        if let std::collections::btree_map::Entry::Vacant(place) = articles.entry(id) {
            place.insert(workbench.article(id)?.article);
        }
    }
    Ok(articles.into_values().collect())
}

/// Who holds what, by the relations that a person confirmed and no others; with those that a machine found too where they are
/// asked for.
fn positions(
    workbench: &Workbench,
    filter: &Filter,
    claims: &[ClaimRow],
    asked: &Export,
) -> Result<Vec<Held>, CommandError> {
    // A verdict makes no position: what a sheet holds rests on repeats and changes alone.
    let mut claims = claims.to_vec();
    claims.iter_mut().for_each(|claim| claim.verdicts.clear());
    let claims = &claims;
    let mut relations = workbench.relations(filter, &[])?;
    relations.retain(|row| row.status != Status::Rejected);
    let confirmed: Vec<RelationRow> = relations.iter().filter(|row| row.status == Status::Confirmed).cloned().collect();
    let day = |relation: &str| {
        let row = relations.iter().find(|row| row.id.to_string() == relation)?;
        row.later.date().map(|day| day.to_string())
    };
    let held = |position: Position, confirmed: bool| {
        let changed = position.left.as_deref().and_then(day);
        Held { position, changed, confirmed }
    };
    let mut found: Vec<Held> =
        Workbench::story_page(claims, &confirmed).positions.into_iter().map(|one| held(one, true)).collect();
    if asked.suggested {
        let more = Workbench::story_page(claims, &relations).positions.into_iter();
        let is_new = |one: &Position| {
            let same = |known: &Held| known.position.claim == one.claim && known.position.times == one.times;
            !found.iter().any(same)
        };
        let more: Vec<Held> = more.filter(is_new).map(|one| held(one, false)).collect();
        found.extend(more);
    }
    Ok(found)
}
