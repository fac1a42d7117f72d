//! `confirm`: a person agrees with what the machine suggests.

use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::View;
use crate::store::id::RelationId;
use crate::store::rows::Decision;

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
        crate::commands::common::chosen::decide(session, &self.relations, Decision::Confirm, &self.note, self.only)
    }
}
