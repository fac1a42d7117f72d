//! Fact-checks of others: what an import gave, one check in full, and the claims that repeat a checked one.

use super::claims::{card, plain, precedent_in_full};
use super::{ID_WIDTH, count, labelled};
use crate::commands::common::input::condensed;
use crate::commands::stories::note::line as note_line;
use crate::factcheck::{Who, Wording};
use crate::report::view::{Aside, Block, Paragraph, Role, Run, Table, View};
use crate::store::checks::FactCheckRow;
use crate::store::rows::{ClaimRow, NoteRow};
use crate::workbench::{CheckedClaim, ChecksReport, FileReport};

/// Files that are listed one by one; of more only those that need a look.
const LISTED: usize = 40;
/// Lost blocks that are named one by one.
const NAMED: usize = 20;

/// What an import of checks gave: every file, and every block that could not be taken.
pub fn report(report: &ChecksReport) -> View {
    let mut table = Table::new([
        ("file", Role::Plain),
        ("new", Role::Number),
        ("changed", Role::Number),
        ("known", Role::Number),
        ("lost", Role::Number),
    ]);
    let needs_look = |file: &&FileReport| report.files.len() <= LISTED || !file.lost.is_empty() || file.checks() == 0;
    for file in report.files.iter().filter(needs_look) {
        let numbers = [file.added, file.changed, file.same, file.lost.len()].map(|number| number.to_string());
        let mut cells = vec![file.path.clone()];
        cells.extend(numbers);
        table.row(cells);
    }
    let total = |field: fn(&FileReport) -> usize| report.files.iter().map(field).sum::<usize>();
    let mut sums = format!("{} added", count(total(|file| file.added), "fact-check"));
    for (number, what) in [(total(|file| file.changed), "changed"), (total(|file| file.same), "known")] {
        if number > 0 {
            sums.push_str(&format!(", {number} {what}"));
        }
    }
    if report.repeated > 0 {
        sums.push_str(&format!(
            ", {} on the desk {} one of them",
            count(report.repeated, "claim"),
            repeat(report.repeated)
        ));
    }
    let mut view = View::table(table).text([Run::new(Role::Heading, sums)]);
    let warnings =
        report.files.iter().flat_map(|file| file.warnings.iter().map(|text| (file.path.clone(), text.clone())));
    view.asides.extend(condensed(warnings.collect()).into_iter().map(Aside::Warning));
    let lost: Vec<String> = report
        .files
        .iter()
        .flat_map(|file| file.lost.iter().map(|lost| format!("{}: {}: {}", file.path, lost.place, lost.reason)))
        .collect();
    let empty: Vec<&FileReport> =
        report.files.iter().filter(|file| file.checks() == 0 && file.lost.is_empty()).collect();
    for line in lost.iter().take(NAMED) {
        view = view.warning(line.as_str());
    }
    if lost.len() > NAMED {
        view = view.warning(format!("{} more could not be taken; --json lists them all", lost.len() - NAMED));
    }
    view = match (&empty[..], report.files.len()) {
        ([], _) => view,
        ([only], 1) => view.warning(format!(
            "{}: no fact-check is in it (ClaimReview, answers of services, or records with a claim)",
            only.path
        )),
        (all, _) => view.hint(format!("no fact-check in {} of {}", all.len(), count(report.files.len(), "file"))),
    };
    // A record that is lost stops no script; a file that gives nothing is a failure, as with `load`.
    view.failed = report.files.iter().any(|file| file.checks() == 0 && !file.lost.is_empty())
        || report.files.iter().all(|file| file.checks() == 0);
    view.data(report)
}

/// Everything that is kept of one check, the claims that repeat it, and what persons noted.
pub fn page(row: &FactCheckRow, claims: &[ClaimRow], notes: &[NoteRow]) -> View {
    let check = &row.check;
    let mut view = View::empty().text([
        Run::new(Role::Id, format!("{}  ", row.id)),
        Run::new(Role::Speaker, &*check.reviewer),
        Run::new(Role::Caution, format!("  {}", check.label)),
    ]);
    view.blocks.push(Block::Paragraph(Paragraph::new([Run::new(Role::Words, &*check.claim)]).indented(2)));
    view = view.space();
    let day = |date: Option<crate::date::Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let claimant = check.claimant.as_ref().map(|claimant| {
        let kind = match claimant.who {
            Who::Named => "",
            Who::Nobody => "(nobody in particular)",
            Who::Checker => "(the checker itself)",
        };
        let parts = [claimant.name.as_str(), claimant.title.as_str(), claimant.same_as.as_str(), kind];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ")
    });
    let rating = &check.rating;
    let scale = [("", &rating.value), ("best ", &rating.best), ("worst ", &rating.worst)];
    let scale =
        scale.into_iter().filter(|(_, number)| !number.is_empty()).map(|(what, number)| format!("{what}{number}"));
    let versions: Vec<String> = row.versions.iter().map(ToString::to_string).collect();
    let fields = [
        (
            "wording",
            if check.wording == Wording::Headline {
                "a headline of the checker, not the claim's own words".to_owned()
            } else {
                String::new()
            },
        ),
        ("claimed by", claimant.unwrap_or_default()),
        ("said", day(check.said)),
        ("appeared", check.appearances.join(", ")),
        ("reviewed", day(check.reviewed)),
        ("number", scale.collect::<Vec<_>>().join(", ")),
        ("explanation", check.explanation.clone()),
        ("review", check.url.clone()),
        ("headline", check.title.clone()),
        ("language", check.language.clone()),
        ("id there", check.external.clone()),
        ("from", row.path.clone()),
        ("versions", if versions.len() > 1 { versions.join(", ") } else { String::new() }),
        (
            "state",
            match row.versions.last() {
                _ if row.current => String::new(),
                Some(last) if row.versions.contains(&row.id) => format!("superseded: {last} counts now"),
                Some(last) => format!("its import was taken back; {last} counts"),
                None => "its import was taken back".to_owned(),
            },
        ),
    ];
    let fields = fields.into_iter().filter(|(_, text)| !text.is_empty());
    view.blocks.extend(fields.map(|(label, text)| labelled(label, [Run::new(Role::Plain, text)])));
    view.blocks.extend(notes.iter().map(|note| note_line(note, "")));
    if !claims.is_empty() {
        let sum = format!("{} on the desk {} it", count(claims.len(), "claim"), repeat(claims.len()));
        view = view.space().heading(sum);
        view.blocks.extend(claims.iter().flat_map(|claim| card(claim, plain(claim), 0)));
        view = view.hint("`checked` says what makes the two the same");
    }
    view.data(serde_json::json!({"check": row, "claims": claims, "notes": notes}))
}

const fn repeat(claims: usize) -> &'static str {
    if claims == 1 { "repeats" } else { "repeat" }
}

/// Claims with what was found about the same before.
pub fn list(rows: &[CheckedClaim]) -> View {
    let mut view = View::empty();
    for row in rows {
        let mut claim = row.claim.clone();
        // It stands below, in full.
        claim.checked.clear();
        view.blocks.extend(card(&claim, plain(&claim), 0));
        for one in &row.precedents {
            let blocks = precedent_in_full(one).into_iter().map(|block| match block {
                Block::Paragraph(paragraph) => Block::Paragraph(paragraph.indented(ID_WIDTH)),
                other => other,
            });
            view.blocks.extend(blocks);
        }
    }
    view.data(rows)
}
