//! `confirm`: a person agrees with what the machine suggests, or records what it did not suggest.

use crate::commands::common::chosen::{self, Deciding};
use crate::commands::layout::relations;
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::View;
use crate::store::id::{ClaimId, RelationId};
use crate::store::rows::Decision;
use crate::workbench::{Finds, Pairs};

/// A person agrees with a suggestion, or records a finding
#[derive(Debug, clap::Args)]
pub struct Confirm {
    /// Suggestions, such as m1; or two claims, to record what you find between them yourself
    #[arg(value_name = "RELATION|CLAIM", required = true)]
    which: Vec<String>,
    /// Of two claims, what the later one is to the earlier: a contradiction unless said otherwise
    #[arg(long = "as", value_name = "CHOICE", value_enum)]
    finds: Option<Finds>,
    /// Why; kept with the decision
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    note: String,
    /// Only this pair of statements, not the others that tell the same finding
    #[arg(long)]
    only: bool,
    /// Although a colleague decided otherwise; both decisions stay in the journal
    #[arg(long)]
    over: bool,
}

impl Command for Confirm {
    const NAME: &'static str = "confirm";
    const PURPOSE: &'static str = "Confirm a suggested repeat or contradiction, or record one between two claims";
    const EXAMPLE: &'static str = "confirm m1 --note \"heard it myself\"";
    const GROUP: Group = Group::Relations;

    fn is_signed(&self) -> bool {
        true
    }

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let claims: Vec<ClaimId> = self.which.iter().filter_map(|word| word.parse().ok()).collect();
        if claims.is_empty() {
            return self.suggestions(session);
        }
        let &[one, other] = claims.as_slice() else { return Err(not_two()) };
        if self.which.len() > 2 {
            return Err(not_two());
        }
        let finds = self.finds.unwrap_or(Finds::Contradiction);
        let pairs = if self.only { Pairs::One } else { Pairs::All };
        let row = session.workbench()?.record([one, other], finds, &self.note, pairs)?;
        Ok(relations::list(&[row]))
    }
}

impl Confirm {
    fn suggestions(self, session: &mut Session) -> Result<View, CommandError> {
        let wanted = self.which.iter().map(|word| word.parse::<RelationId>());
        let wanted = wanted.collect::<Result<Vec<_>, _>>().map_err(|error| CommandError::usage(error.to_string()))?;
        if self.finds.is_some() {
            return Err(CommandError::usage("--as says what two claims are to each other")
                .with_hint("write `confirm c3 c41 --as repeat`; a suggestion is confirmed as what it is"));
        }
        let Self { note, only, over, .. } = self;
        chosen::decide(session, &wanted, Deciding { decision: Decision::Confirm, note: &note, only, over })
    }
}

fn not_two() -> CommandError {
    CommandError::usage("name two claims, and nothing else").with_hint(
        "`confirm c3 c41` records that they contradict each other; `--as repeat` or `--as update` says otherwise",
    )
}
