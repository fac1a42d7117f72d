//! `contradictions`: changes of position, disputes between speakers, denials; suggested or confirmed.

use super::together;
use crate::commands::common::narrow::{Narrow, Page};
use crate::commands::layout::{self, count, wait};
use crate::commands::{Command, CommandError, Group, Session};
use crate::relation::RelationKind;
use crate::report::view::{Aside, Format, View};
use crate::store::id::RelationId;
use crate::store::rows::Status;
use crate::workbench::findings::surer;

/// Lists contradictions
#[derive(Debug, clap::Args)]
pub struct Contradictions {
    /// Updates too: the same measure with another figure
    #[arg(long)]
    updates: bool,
    /// What is called a contradiction, or what is only offered to be looked at side by side, the likeliest first
    #[arg(long, value_name = "CHOICE", value_enum, default_value = "called")]
    tier: Tier,
    #[command(flatten)]
    narrow: Narrow,
}

/// How sure a contradiction is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Tier {
    Called,
    Review,
}

impl Command for Contradictions {
    const NAME: &'static str = "contradictions";
    const PURPOSE: &'static str = "List changes of position, disputes and denials, with both sides";
    const EXAMPLE: &'static str = "contradictions status:suggested";
    const GROUP: Group = Group::Relations;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        // A person sees what is known before the long reading begins; a program gets all of it at once.
        let looks_on = session.mode() == Format::Table && session.screen().frame().terminal;
        if !looks_on || !together::is_long(session)? {
            together::read(session)?;
            return Ok(self.list(session)?.0);
        }
        let (known, before) = self.list(session)?;
        session
            .show(&known.hint("this is known so far; Ctrl-C stops the reading of the rest, and keeps what was read"))?;
        together::read(session)?;
        let (view, after) = self.list(session)?;
        Ok(if before == after { View::empty().hint("the rest was read: nothing new in this list") } else { view })
    }
}

impl Contradictions {
    /// The list as far as it is known, and the findings in it.
    fn list(&self, session: &mut Session) -> Result<(View, Vec<RelationId>), CommandError> {
        let (filter, limit) = (self.narrow.newest(session)?, self.narrow.limit(session));
        let kinds = [RelationKind::Contradiction, RelationKind::Update];
        let kinds = match self.tier {
            Tier::Review => &[RelationKind::Offered][..],
            Tier::Called if self.updates => &kinds[..],
            Tier::Called => &kinds[..1],
        };
        let most = limit.map(|limit| limit.saturating_add(1));
        // What is offered comes likeliest first, as does the whole list; else the newest come first.
        let by_score = self.tier == Tier::Review || limit.is_none();
        let mut rows = session.workbench()?.found(&filter, kinds, if by_score { None } else { most })?;
        if by_score {
            rows.sort_by(|a, b| surer(&b.pair, &a.pair));
        }
        let page = if by_score { Page::likeliest(rows, limit) } else { Page::new(rows, limit) };
        let mut view = layout::relations::findings(&page.rows);
        match page.rows.first() {
            None if self.tier == Tier::Review => {
                view = view.hint(
                    "nothing is offered; `contradictions` lists what is called, `confirm CLAIM CLAIM` records what you see yourself",
                );
            }
            None => {
                view = view.hint("no contradiction fits; `contradictions --updates` lists changed figures too");
                let offered = self.narrow.whole(session)?;
                let offered = session.workbench()?.waiting(&offered, &[RelationKind::Offered])?.len();
                if offered > 0 {
                    let (pairs, wait) = (count(offered, "pair"), wait(offered));
                    view =
                        view.hint(format!("{pairs} {wait} to be looked at side by side: `--tier review` lists them"));
                }
            }
            Some(row) if page.rows.iter().all(|row| row.pair.status == Status::Suggested) => {
                let id = row.pair.id;
                view = view.hint(format!("`why {id}` explains one, `confirm {id}` or `reject {id}` decides"));
            }
            Some(_) => {}
        }
        view.asides.extend(page.hint().map(Aside::Hint));
        Ok((view, page.rows.iter().map(|row| row.pair.id).collect()))
    }
}
