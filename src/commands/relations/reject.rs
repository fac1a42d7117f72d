//! `reject`: a person disagrees with what the machine suggests; a rejected suggestion never comes back by itself.

use crate::commands::common::chosen::{self, Deciding};
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::View;
use crate::store::id::RelationId;
use crate::store::rows::Decision;

/// A person disagrees with a suggestion
#[derive(Debug, clap::Args)]
pub struct Reject {
    /// The relations
    #[arg(value_name = "RELATION", required = true)]
    relations: Vec<RelationId>,
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

impl Command for Reject {
    const NAME: &'static str = "reject";
    const PURPOSE: &'static str = "Reject a suggested repeat or contradiction; it is not suggested again";
    const EXAMPLE: &'static str = "reject m2";
    const GROUP: Group = Group::Relations;

    fn is_signed(&self) -> bool {
        true
    }

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let Self { relations, note, only, over } = self;
        chosen::decide(session, &relations, Deciding { decision: Decision::Reject, note: &note, only, over })
    }
}
