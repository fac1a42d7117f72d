//! `confirm`: a person agrees with what the machine suggests.

use super::{Command, CommandError, Group, Session, layout};
use crate::report::view::View;
use crate::store::id::RelationId;
use crate::store::rows::Decision;
use crate::workbench::Pairs;

/// A person agrees with a suggestion
#[derive(Debug, clap::Args)]
pub struct Confirm {
    /// The relations
    #[arg(value_name = "RELATION", required = true)]
    relations: Vec<RelationId>,
    /// Why; kept with the decision
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    note: String,
    /// Only this pair of statements, not the others that tell the same finding
    #[arg(long)]
    only: bool,
}

impl Command for Confirm {
    const NAME: &'static str = "confirm";
    const PURPOSE: &'static str = "Confirm a suggested repeat or contradiction";
    const EXAMPLE: &'static str = "confirm m1 --note \"heard it myself\"";
    const GROUP: Group = Group::Relations;

    fn is_signed(&self) -> bool {
        true
    }

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let pairs = if self.only { Pairs::One } else { Pairs::All };
        let workbench = session.workbench()?;
        let mut rows = Vec::new();
        for id in &self.relations {
            workbench.relation(*id)?;
        }
        for id in &self.relations {
            rows.push(workbench.decide(*id, Decision::Confirm, &self.note, pairs)?);
        }
        Ok(layout::relations::list(&rows))
    }
}
