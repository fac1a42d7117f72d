//! `story suggest`: what may still belong to a story, and why.

use crate::commands::common::chosen::{self, Among};
use crate::commands::layout::act::{self, Denied};
use crate::commands::layout::{self, claims, count};
use crate::commands::{CommandError, Session};
use crate::report::view::{Role, Table, View};
use crate::store::rows::ClaimRow;

/// Keeps what does not belong, then lists what may.
///
/// # Errors
/// For an unknown story, for ids of something else or of what is in the story, or when the desk cannot be read.
pub fn suggest(session: &mut Session, story: &str, limit: usize, not: &[String]) -> Result<View, CommandError> {
    if !not.is_empty() {
        let members = chosen::members(session, not, Among::Claims)?;
        session.workbench()?.refuse_for_story(story, &members)?;
    }
    let workbench = session.workbench()?;
    let named = workbench.story_named(story)?;
    let found = workbench.suggest_for_story(named.id, limit)?;
    let said: Vec<ClaimRow> = found.claims.iter().map(|one| one.claim.clone()).collect();
    let denied = Denied::of(session, &said)?;
    let mut table = Table::new([
        ("claim", Role::Id),
        ("article", Role::Id),
        ("said", Role::Date),
        ("speaker", Role::Speaker),
        ("words", Role::Words),
        ("because", Role::Dim),
    ]);
    for one in &found.claims {
        let row = &one.claim;
        let because: Vec<&str> = one.because.iter().map(|reason| reason.detail.as_str()).collect();
        table.row([
            row.id.to_string(),
            row.article.map(|id| id.to_string()).unwrap_or_default(),
            claims::said(row),
            claims::who(row),
            act::whole(row, &denied),
            because.join("; "),
        ]);
    }
    let mut view = View::table(table);
    if !found.articles.is_empty() {
        let mut table = Table::new([
            ("article", Role::Id),
            ("published", Role::Date),
            ("outlet", Role::Speaker),
            ("title", Role::Words),
            ("because", Role::Dim),
        ]);
        for one in &found.articles {
            let row = &one.article;
            table.row([
                row.id.to_string(),
                row.published.map(|day| day.to_string()).unwrap_or_default(),
                row.outlet.clone().unwrap_or_default(),
                layout::title(row),
                format!("{} of {} are like the story", one.like, count(one.claims, "claim")),
            ]);
        }
        view = view.space().heading("Whole articles").with(crate::report::view::Block::Table(table));
    }
    let view = match found.claims.first() {
        Some(one) => view
            .hint(format!("`story add {} {}` adds one", named.id, one.claim.id))
            .hint(format!("`story suggest {} --not {}` says that one does not belong", named.id, one.claim.id)),
        None => view.hint("nothing else on the desk is like the claims of this story"),
    };
    Ok(view.data(found))
}
