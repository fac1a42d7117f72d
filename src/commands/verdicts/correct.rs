//! `correct`: a published verdict that was wrong gets a new version and a note that tells readers what was wrong.

use crate::commands::verdicts::verdict::{shown, text_or_file};
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::View;
use crate::store::id::VerdictId;
use crate::workbench::Judgement;

/// Corrects a published verdict
#[derive(Debug, clap::Args)]
pub struct Correct {
    /// The verdict that was wrong
    #[arg(value_name = "VERDICT")]
    verdict: VerdictId,
    /// The rating it should have
    #[arg(value_name = "RATING")]
    rating: String,
    /// The correction note: what was wrong, for readers
    #[arg(value_name = "TEXT")]
    note: String,
    /// Why, in a sentence, where that changes
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    rationale: String,
    /// Why, in full, where that changes; `@FILE` reads a file
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    long: String,
    /// Publish it without a second reader, and say why; the reason is printed
    #[arg(long, value_name = "TEXT")]
    anyway: Option<String>,
}

impl Command for Correct {
    const NAME: &'static str = "correct";
    const PURPOSE: &'static str = "Correct a published verdict, with a note for readers; the old version is kept";
    const EXAMPLE: &'static str = "correct v1 \"mostly false\" \"An earlier version overlooked the access roads.\"";
    const GROUP: Group = Group::Verdicts;

    fn is_signed(&self) -> bool {
        true
    }

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let long = text_or_file(session, &self.long)?;
        let judgement = Judgement { rating: &self.rating, scale: None, rationale: &self.rationale, long: &long };
        let row = session.workbench()?.correct(self.verdict, &judgement, &self.note, self.anyway.as_deref())?;
        let view = shown(session, &row)?;
        let id = row.id;
        Ok(match self.anyway {
            Some(_) => view,
            None => view.hint(format!(
                "readers see {} until somebody else says `verdict approve {id}` and it is published: `verdict publish {id}`",
                self.verdict
            )),
        })
    }
}
