//! `check`: what verdicts still lack before they are published.

use crate::commands::layout::{ID_WIDTH, count};
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::{Block, Paragraph, Role, Run, View};
use crate::store::id::VerdictId;
use crate::store::rows::VerdictState;
use crate::workbench::{Checked, Lack};

/// Lists what verdicts are missing
#[derive(Debug, clap::Args)]
pub struct Check {
    /// A verdict, or filters that choose claims; without them every verdict that is not published yet
    #[arg(value_name = "VERDICT|FILTER")]
    what: Vec<String>,
}

impl Command for Check {
    const NAME: &'static str = "check";
    const PURPOSE: &'static str = "List what is missing before verdicts can be published";
    const EXAMPLE: &'static str = "check";
    const GROUP: Group = Group::Verdicts;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let verdicts: Vec<VerdictId> = self.what.iter().filter_map(|word| word.parse().ok()).collect();
        let rows: Vec<Checked> = if verdicts.is_empty() {
            let filter = session.filter(&self.what)?;
            let mut rows = session.workbench()?.check(&filter)?;
            if self.what.is_empty() {
                rows.retain(|row| !row.verdict.is_public());
            }
            rows
        } else {
            let workbench = session.workbench()?;
            verdicts.iter().map(|id| workbench.check_one(*id)).collect::<Result<_, _>>()?
        };
        let mut view = View::empty();
        for row in &rows {
            view.blocks.extend(lines(row));
        }
        if rows.is_empty() {
            view = view.hint("no verdict waits for publication");
        }
        Ok(view.data(rows))
    }
}

/// A verdict with what it lacks, and what to do about it.
fn lines(row: &Checked) -> Vec<Block> {
    let verdict = &row.verdict;
    let head = [
        Run::new(Role::Caution, &*verdict.rating),
        Run::new(Role::Id, format!("  on {}", verdict.claim)),
        Run::new(Role::Dim, format!("  {}, {}", verdict.state, verdict.by)),
        match row.lacks.len() {
            0 => Run::new(Role::Good, "  nothing is missing"),
            number => Run::new(Role::Bad, format!("  {} open", count(number, "point"))),
        },
    ];
    let mut out =
        vec![Block::Paragraph(Paragraph::new(head).beside(Run::new(Role::Id, verdict.id.to_string()), ID_WIDTH))];
    for lack in &row.lacks {
        let waits = *lack == Lack::SecondReader && verdict.state.is(VerdictState::Review);
        let remedy = if waits { "verdict approve {v}, by somebody else" } else { lack.remedy() };
        let remedy = remedy.replace("{v}", &verdict.id.to_string()).replace("{c}", &verdict.claim.to_string());
        let runs = [Run::new(Role::Plain, lack.told()), Run::new(Role::Dim, format!("  {remedy}"))];
        out.push(Block::Paragraph(Paragraph::new(runs).indented(ID_WIDTH)));
    }
    out
}
