//! `why`: everything that speaks for a relation, and what may explain it away.

use crate::commands::layout::words::Depth;
use crate::commands::layout::{relations, words};
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::View;
use crate::store::id::RelationId;

/// Explains a relation
#[derive(Debug, clap::Args)]
pub struct Why {
    /// The relation
    #[arg(value_name = "RELATION")]
    relation: RelationId,
    /// Everything: links, the words that turn each side, and each feature's part in the confidence
    #[arg(long)]
    all: bool,
}

impl Command for Why {
    const NAME: &'static str = "why";
    const PURPOSE: &'static str = "Explain a repeat or contradiction: the words, rules and weights";
    const EXAMPLE: &'static str = "why m1";
    const GROUP: Group = Group::Relations;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let explained = session.workbench()?.why(self.relation)?;
        let depth = if self.all { Depth::All } else { Depth::Told };
        let mut view = relations::page(&explained.relation, depth);
        view.blocks.extend(relations::overruled(&session.workbench()?.decisions(self.relation)?));
        if !explained.relation.recorded_by.is_empty() {
            // Nothing that the program sees stands behind it.
            let (earlier, later) = (explained.relation.earlier.id, explained.relation.later.id);
            let view = view.hint(format!("`compare {earlier} {later}` says what the program sees between the two"));
            return Ok(view.data(serde_json::json!({"relation": explained.relation, "likeness": []})));
        }
        if !self.all {
            view =
                view.hint(format!("`why {} --all` shows the links, and how the confidence was reached", self.relation));
        }
        if self.all && !explained.likeness.is_empty() {
            view = view.space().heading("Why these two are compared");
            view.blocks.extend(explained.likeness.iter().map(words::reason));
        }
        let now = &explained.compared;
        if !explained.relation.relation.is(now.kind) && explained.relation.dispute.is_none() {
            view = view.space();
            view.blocks.extend(words::answer(now, depth).blocks);
        }
        Ok(view.data(serde_json::json!({"relation": explained.relation, "likeness": explained.likeness})))
    }
}
