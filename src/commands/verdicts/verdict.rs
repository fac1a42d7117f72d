//! `verdict`: what a person found about a claim, on a scale. A verdict is never overwritten; a new one is the next version.

use crate::commands::layout::{claims, count, tables};
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::{Block, Paragraph, Role, Run, View};
use crate::store::id::{ClaimId, VerdictId};
use crate::store::rows::{EvidenceKind, VerdictRow, VerdictState};
use crate::store::stored::name_of;
use crate::workbench::Judgement;
use std::path::PathBuf;

/// Records, publishes and lists verdicts
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
        /// The rating: false, mostly true, full flip … (`verdict scales` lists them)
        #[arg(value_name = "RATING")]
        rating: String,
        /// Why, in a sentence
        #[arg(value_name = "TEXT", default_value = "", hide_default_value = true)]
        rationale: String,
        /// Why, in full; `@FILE` reads a file
        #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
        long: String,
        /// The scale of the rating, where it is not told by the rating
        #[arg(long, value_name = "SCALE")]
        scale: Option<String>,
        /// A link that shows it; more evidence goes in with `evidence add`
        #[arg(long, value_name = "LINK")]
        link: Option<String>,
    },
    /// Ask a second person to review a verdict
    Submit {
        /// The verdict
        #[arg(value_name = "VERDICT")]
        verdict: VerdictId,
        /// What to look at
        #[arg(value_name = "TEXT", default_value = "", hide_default_value = true)]
        note: String,
    },
    /// Approve a verdict that someone else wrote
    Approve {
        /// The verdict
        #[arg(value_name = "VERDICT")]
        verdict: VerdictId,
        /// A remark
        #[arg(value_name = "TEXT", default_value = "", hide_default_value = true)]
        note: String,
    },
    /// Return a verdict to its author, with the objection
    Return {
        /// The verdict
        #[arg(value_name = "VERDICT")]
        verdict: VerdictId,
        /// The objection
        #[arg(value_name = "TEXT")]
        note: String,
    },
    /// Publish a verdict, if nothing is missing
    Publish {
        /// The verdict
        #[arg(value_name = "VERDICT")]
        verdict: VerdictId,
        /// Publish it although something is missing, and say why
        #[arg(long, value_name = "TEXT")]
        anyway: Option<String>,
    },
    /// List the verdicts: what readers see, and newer versions that they do not see yet
    List {
        /// Only claims that match (see `help filters`)
        #[arg(value_name = "FILTER")]
        filter: Vec<String>,
    },
    /// Show every version of the verdicts on a claim
    History {
        /// The claim
        #[arg(value_name = "CLAIM")]
        claim: ClaimId,
    },
    /// List the scales with their ratings
    Scales {},
}

impl Command for Verdict {
    const NAME: &'static str = "verdict";
    const PURPOSE: &'static str = "Record a verdict on a claim, have it reviewed, publish it, show its history";
    const EXAMPLE: &'static str = "verdict record c1 false \"The auditor's figure is higher.\"";
    const GROUP: Group = Group::Verdicts;
    const ALIASES: &'static [&'static str] = &["verdicts"];

    fn is_signed(&self) -> bool {
        !matches!(self.act, Act::List { .. } | Act::History { .. } | Act::Scales {})
    }

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        match self.act {
            Act::Record { claim, rating, rationale, long, scale, link } => {
                let long = text_or_file(session, &long)?;
                let judgement =
                    Judgement { rating: &rating, scale: scale.as_deref(), rationale: &rationale, long: &long };
                record(session, claim, &judgement, link.as_deref())
            }
            Act::Submit { verdict, note } => moved(session, verdict, VerdictState::Review, &note),
            Act::Approve { verdict, note } => moved(session, verdict, VerdictState::Approved, &note),
            Act::Return { verdict, note } => moved(session, verdict, VerdictState::Returned, &note),
            Act::Publish { verdict, anyway } => publish(session, verdict, anyway.as_deref()),
            Act::List { filter } => {
                let filter = session.filter(&filter)?;
                let rows = session.workbench()?.verdicts_seen(&filter)?;
                let view = tables::verdicts(&rows);
                let waiting = rows.iter().filter(|row| !row.is_public()).count();
                Ok(match (rows.len(), waiting) {
                    (0, _) => view.hint("no verdict fits; `verdict record CLAIM RATING` records one"),
                    (_, 0) => view,
                    (_, waiting) => view.hint(format!(
                        "readers do not see {} of these: what is published stays in force until it is",
                        count(waiting, "version")
                    )),
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
            Act::Scales {} => Ok(scales(session)?),
        }
    }
}

/// Reads words from the line, or from a file where they are `@FILE`.
///
/// # Errors
/// When the file cannot be read.
pub fn text_or_file(session: &Session, written: &str) -> Result<String, CommandError> {
    let Some(path) = written.strip_prefix('@') else { return Ok(written.to_owned()) };
    let path = session.path(&PathBuf::from(path));
    std::fs::read_to_string(&path).map_err(|error| CommandError::file(&path, &error))
}

fn record(
    session: &mut Session,
    claim: ClaimId,
    judgement: &Judgement<'_>,
    link: Option<&str>,
) -> Result<View, CommandError> {
    let workbench = session.workbench()?;
    let mut row = workbench.judge(claim, judgement)?;
    if let Some(link) = link {
        workbench.add_evidence(row.id, EvidenceKind::Link, link, "")?;
        row = workbench.verdict(row.id)?;
    }
    let mut view = shown(session, &row)?;
    let before = session.workbench()?.precedents(&[claim])?;
    view.blocks.extend(before.iter().map(claims::precedent));
    if row.evidence.is_empty() {
        view = view.hint(format!("add evidence with `evidence add {} --link URL`", row.id));
    }
    Ok(view.data(row))
}

/// A verdict below its claim.
///
/// # Errors
/// When the desk cannot be read.
pub fn shown(session: &mut Session, row: &VerdictRow) -> Result<View, CommandError> {
    let on = session.workbench()?.claim(row.claim)?;
    let mut view = View::empty();
    view.blocks.extend(claims::card(&on, claims::plain(&on), 0));
    view.blocks.extend(claims::verdict(row));
    Ok(view.data(row))
}

fn moved(session: &mut Session, verdict: VerdictId, state: VerdictState, note: &str) -> Result<View, CommandError> {
    let row = session.workbench()?.move_verdict(verdict, state, note)?;
    let view = shown(session, &row)?;
    Ok(match state {
        VerdictState::Review | VerdictState::Approved | VerdictState::Returned if row.is_public() => {
            view.hint(format!("{verdict} stays published; `correct {verdict} RATING \"what was wrong\"` corrects it"))
        }
        VerdictState::Review => {
            view.hint(format!("`verdict approve {verdict}` or `verdict return {verdict} \"why\"`, by somebody else"))
        }
        VerdictState::Approved => view.hint(format!("`verdict publish {verdict}` publishes it")),
        _ => view,
    })
}

fn publish(session: &mut Session, verdict: VerdictId, anyway: Option<&str>) -> Result<View, CommandError> {
    let checked = session.workbench()?.check_one(verdict)?;
    if checked.verdict.is_public() {
        return moved(session, verdict, VerdictState::Published, "");
    }
    if anyway.is_none() && !checked.lacks.is_empty() {
        let lacks: Vec<&str> = checked.lacks.iter().map(|lack| lack.told()).collect();
        return Err(CommandError::failed(format!("{verdict} is not ready: {}", lacks.join("; ")))
            .with_hint(format!("`check {verdict}` says what to do; --anyway \"why\" publishes it as it is")));
    }
    moved(session, verdict, VerdictState::Published, anyway.unwrap_or_default())
}

fn scales(session: &mut Session) -> Result<View, CommandError> {
    let scales = session.workbench()?.settings().scales.clone();
    let mut view = View::empty();
    for (number, scale) in scales.iter().enumerate() {
        if number > 0 {
            view = view.space();
        }
        view = view.text([
            Run::new(Role::Heading, &*scale.name),
            Run::new(Role::Dim, format!("  {}, measures {}", scale.title, name_of(&scale.measures))),
        ]);
        for step in &scale.ratings {
            let means = Paragraph::new([Run::new(Role::Plain, &*step.means)]);
            view = view.with(Block::Paragraph(means.beside(Run::new(Role::Caution, &*step.name), 16).indented(2)));
        }
    }
    Ok(view.data(scales.iter().collect::<Vec<_>>()))
}
