//! `timeline`: claims day by day, with what each of them repeats, updates or contradicts.

use super::layout::words::{manner, ratings, relation};
use super::layout::{ID_WIDTH, claims};
use super::narrow::{Narrow, Page};
use super::{Command, CommandError, Group, Session};
use crate::report::view::{Aside, Block, Paragraph, Role, Run, View};
use crate::store::rows::Status;
use crate::workbench::TimelineRow;

/// Shows claims day by day
#[derive(Debug, clap::Args)]
pub struct Timeline {
    /// Only claims that repeat, update or contradict an earlier one, or carry a verdict
    #[arg(long)]
    changes: bool,
    #[command(flatten)]
    narrow: Narrow,
}

impl Command for Timeline {
    const NAME: &'static str = "timeline";
    const PURPOSE: &'static str = "Show claims day by day, with what each repeats or contradicts";
    const EXAMPLE: &'static str = "timeline story:tunnel";
    const GROUP: Group = Group::Stories;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let limit = self.narrow.limit(session);
        let page = if self.changes {
            // What changes is known only after the whole is read; then the limit counts.
            let filter = self.narrow.whole(session)?;
            let mut rows = session.workbench()?.timeline(&filter)?;
            rows.retain(|row| !row.relations.is_empty() || !row.claim.verdicts.is_empty());
            if limit.is_some() {
                rows.reverse();
            }
            Page::new(rows, limit)
        } else {
            let filter = self.narrow.newest(session)?;
            Page::new(session.workbench()?.timeline(&filter)?, limit)
        };
        let mut view = View::empty();
        let mut day = String::new();
        for row in &page.rows {
            let said = claims::said(&row.claim);
            if said != day {
                view = if day.is_empty() { view } else { view.space() };
                view = view.heading(&*said);
                day = said;
            }
            view.blocks.extend(entry(row));
        }
        if page.rows.is_empty() {
            view = view.hint("no claim fits");
        }
        view.asides.extend(page.hint().map(Aside::Hint));
        Ok(view.data(page.rows))
    }
}

/// A claim of that day, and below it how it stands to earlier ones.
fn entry(row: &TimelineRow) -> Vec<Block> {
    let claim = &row.claim;
    let mut runs = vec![Run::new(Role::Speaker, claims::who(claim)), Run::new(Role::Plain, "  ")];
    runs.extend(claims::plain(claim));
    runs.push(Run::new(Role::Dim, format!("  {}  {}", manner(claim), claim.outlet)));
    let rated = ratings(claim);
    if !rated.is_empty() {
        runs.push(Run::new(Role::Caution, format!("  {rated}")));
    }
    let id = Run::new(Role::Id, claim.id.to_string());
    let mut out = vec![Block::Paragraph(Paragraph::new(runs).beside(id, ID_WIDTH))];
    for found in row.relations.iter().filter(|found| found.status != Status::Rejected) {
        let mut runs = vec![Run::new(Role::Dim, "↳ "), relation(found)];
        let earlier = &found.earlier;
        runs.push(Run::new(Role::Id, format!("  {} ", earlier.id)));
        runs.push(Run::new(Role::Dim, format!("{}, {}", claims::who(earlier), claims::said(earlier))));
        runs.push(Run::new(Role::Id, format!("  {}", found.id)));
        if found.status == Status::Confirmed {
            runs.push(Run::new(Role::Good, "  confirmed"));
        }
        out.push(Block::Paragraph(Paragraph::new(runs).indented(ID_WIDTH)));
    }
    out
}
