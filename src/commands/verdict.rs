//! `verdict`: what a person found about a claim. A verdict is never overwritten; a new one is the next version.

use super::layout::{claims, tables};
use super::{Command, CommandError, Group, Session};
use crate::report::view::View;
use crate::store::id::ClaimId;

/// Records and lists verdicts
#[derive(Debug, clap::Args)]
pub struct Verdict {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, clap::Subcommand)]
enum Act {
    /// Record a verdict on a claim; an earlier one stays as an earlier version
    Record {
        /// The claim
        #[arg(value_name = "CLAIM")]
        claim: ClaimId,
        /// The rating: false, mostly true, flip …
        #[arg(value_name = "RATING")]
        rating: String,
        /// Why, in a sentence or more
        #[arg(value_name = "TEXT", default_value = "", hide_default_value = true)]
        rationale: String,
        /// The scale of the rating; truth and consistency are judged apart
        #[arg(long, value_name = "SCALE", default_value = "truth")]
        scale: String,
        /// A link that shows it; more evidence goes in with `evidence add`
        #[arg(long, value_name = "LINK")]
        link: Option<String>,
    },
    /// List the verdicts in effect
    List {
        /// Only claims that fit (see `help filters`)
        #[arg(value_name = "FILTER")]
        filter: Vec<String>,
    },
    /// Show every version of the verdicts on a claim
    History {
        /// The claim
        #[arg(value_name = "CLAIM")]
        claim: ClaimId,
    },
}

impl Command for Verdict {
    const NAME: &'static str = "verdict";
    const PURPOSE: &'static str = "Record a verdict on a claim, list the verdicts, show their history";
    const EXAMPLE: &'static str = "verdict record c1 false \"The auditor's figure is higher.\"";
    const GROUP: Group = Group::Verdicts;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        match self.act {
            Act::Record { claim, rating, rationale, scale, link } => {
                let workbench = session.workbench()?;
                let mut row = workbench.record_verdict(claim, &rating, &scale, &rationale)?;
                if let Some(link) = link {
                    workbench.add_evidence(row.id, crate::store::rows::EvidenceKind::Link, &link, "")?;
                    row = workbench.verdict(row.id)?;
                }
                let on = workbench.claim(claim)?;
                let mut view = View::empty();
                view.blocks.extend(claims::card(&on, claims::plain(&on), 0));
                view.blocks.extend(claims::verdict(&row));
                if row.evidence.is_empty() {
                    view = view.hint(format!("`evidence add {} --link URL` says what it rests on", row.id));
                }
                Ok(view.data(row))
            }
            Act::List { filter } => {
                let filter = session.filter(&filter)?;
                let rows = session.workbench()?.verdicts(&filter)?;
                let view = tables::verdicts(&rows);
                Ok(if rows.is_empty() {
                    view.hint("no verdict fits; `verdict record CLAIM RATING` records one")
                } else {
                    view
                })
            }
            Act::History { claim } => {
                let workbench = session.workbench()?;
                let on = workbench.claim(claim)?;
                let rows = workbench.verdicts_of(claim)?;
                let mut view = View::empty();
                view.blocks.extend(claims::card(&on, claims::plain(&on), 0));
                for row in &rows {
                    view.blocks.extend(claims::verdict(row));
                }
                if rows.is_empty() {
                    view = view.hint(format!("`verdict record {claim} RATING` records the first"));
                }
                Ok(view.data(rows))
            }
        }
    }
}
