//! The statements of the findings as rows for a spreadsheet: one a statement, in the order of the report.

use super::cite::cited;
use super::headline::headline;
use super::is_shown;
use crate::report::RenderError;
use crate::report::contradictions::{Contradictions, Dispute};
use crate::report::language::Language;
use crate::report::statement::Statement;

const HEADER: [&str; 15] = [
    "finding",
    "headline",
    "kind",
    "standing",
    "speaker",
    "title",
    "said",
    "published",
    "outlet",
    "words",
    "how",
    "link",
    "archive",
    "hash",
    "changed",
];

/// Writes the rows; a cell that a spreadsheet would run as a formula is written as text.
///
/// # Errors
/// When a row cannot be written.
pub(in crate::report) fn csv(report: &Contradictions, lang: &Language) -> Result<String, RenderError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADER)?;
    for dispute in report.disputes.iter().filter(|dispute| is_shown(&dispute.standing, report)) {
        for statement in dispute.said() {
            writer.write_record(row(report, dispute, statement, lang).map(|cell| as_text(&cell)))?;
        }
    }
    let bytes = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn row(report: &Contradictions, dispute: &Dispute, statement: &Statement, lang: &Language) -> [String; 15] {
    let cited = cited(statement, lang);
    let day = |date: Option<crate::date::Date>| date.map_or_else(String::new, |date| date.to_string());
    [
        dispute.id.clone(),
        headline(dispute, lang),
        lang.dispute(dispute.kind).0.to_owned(),
        lang.standing(&dispute.standing),
        cited.who,
        cited.title.unwrap_or_default(),
        day(statement.said.date),
        day(statement.article.published),
        cited.place.outlet.unwrap_or_default(),
        super::cite::text(&statement.alone()),
        cited.how,
        cited.place.link.unwrap_or_default(),
        cited.place.archive.unwrap_or_default(),
        cited.place.hash.unwrap_or_default(),
        changed(report, &statement.article.id, lang),
    ]
}

/// What was changed in an article after it was published, without a notice that speaks of it.
fn changed(report: &Contradictions, article: &str, lang: &Language) -> String {
    let own = report.revised.iter().filter(|one| one.before.id == article || one.after.id == article);
    let told = own.flat_map(|one| &one.altered).map(|altered| super::cite::text(&lang.kept(&altered.sentence)));
    told.collect::<Vec<_>>().join("; ")
}

fn as_text(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@']) { format!("'{cell}") } else { cell.to_owned() }
}
