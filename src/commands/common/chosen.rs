//! Articles and claims that a person chooses: by their ids, or by filters.

use crate::commands::layout::{by, claims as layout, count, relations, title};
use crate::commands::{CommandError, Session};
use crate::report::view::{Block, Role, Run, Table, View};
use crate::store::id::{AnyId, ClaimId, RelationId};
use crate::store::rows::Decision;
use crate::store::stories::Member;
use crate::workbench::Pairs;
use std::collections::BTreeSet;
use std::io::IsTerminal;

/// What filters choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among {
    Articles,
    Claims,
}

/// Reads ids as they are; all other words together are one filter.
///
/// # Errors
/// For an id of something else, words that are no filter, or when nothing is chosen.
pub fn members(session: &mut Session, words: &[String], among: Among) -> Result<Vec<Member>, CommandError> {
    let mut out = Vec::new();
    let mut filter = Vec::new();
    for word in words {
        match word.parse::<AnyId>() {
            Ok(AnyId::Article(id)) => out.push(Member::Article(id)),
            Ok(AnyId::Claim(id)) => out.push(Member::Claim(id)),
            Ok(other) => return Err(CommandError::usage(format!("`{other}` is neither an article nor a claim"))),
            Err(_) => filter.push(word.clone()),
        }
    }
    if !filter.is_empty() {
        let filter = session.filter(&filter)?;
        let workbench = session.workbench()?;
        match among {
            Among::Articles => out.extend(workbench.articles(&filter)?.iter().map(|row| Member::Article(row.id))),
            Among::Claims => out.extend(workbench.claims(&filter)?.iter().map(|row| Member::Claim(row.id))),
        }
    }
    if out.is_empty() {
        let list = if among == Among::Articles { "articles" } else { "claims" };
        return Err(CommandError::failed("nothing matches").with_hint(format!("check the filters with `{list}` first")));
    }
    Ok(out)
}

/// Reads claims: ids as they are, all other words together as one filter.
///
/// # Errors
/// For an id of something else, words that are no filter, or when nothing is chosen.
pub fn claims(session: &mut Session, words: &[String]) -> Result<Vec<ClaimId>, CommandError> {
    let members = members(session, words, Among::Claims)?;
    let claim = |member: &Member| match member {
        Member::Claim(id) => Ok(*id),
        Member::Article(id) => Err(CommandError::usage(format!("{id} is an article, not a claim"))
            .with_hint(format!("`article:{id}` chooses its claims"))),
    };
    members.iter().map(claim).collect()
}

/// Rows of what is chosen that are shown.
const SHOWN: usize = 10;

/// Shows what is chosen: how many, and the first of them.
///
/// # Errors
/// When the desk cannot be read.
pub fn shown(session: &mut Session, members: &[Member]) -> Result<View, CommandError> {
    let (mut articles, mut claims) = (Vec::new(), Vec::new());
    for member in members {
        match member {
            Member::Article(id) => articles.push(*id),
            Member::Claim(id) => claims.push(*id),
        }
    }
    let mut parts = Vec::new();
    if !articles.is_empty() {
        parts.push(count(articles.len(), "article"));
    }
    if !claims.is_empty() {
        parts.push(count(claims.len(), "claim"));
    }
    let desk = session.workbench()?;
    let mut table = Table::new([("id", Role::Id), ("day", Role::Date), ("who", Role::Speaker), ("words", Role::Words)]);
    for id in articles.iter().take(SHOWN) {
        let row = desk.article(*id)?.article;
        table.row([
            row.id.to_string(),
            row.published.map(|day| day.to_string()).unwrap_or_default(),
            row.outlet.clone().unwrap_or_default(),
            title(&row),
        ]);
    }
    for id in claims.iter().take(SHOWN.saturating_sub(articles.len())) {
        let row = desk.claim(*id)?;
        table.row([row.id.to_string(), layout::said(&row), layout::who(&row), row.alone()]);
    }
    let left = members.len().saturating_sub(table.rows.len());
    let mut view = View::empty().text([Run::new(Role::Heading, parts.join(", "))]).with(Block::Table(table));
    if left > 0 {
        view = view.text([Run::new(Role::Dim, format!("and {left} more"))]);
    }
    Ok(view)
}

impl Session {
    /// Shows something to a person at the prompt and asks about it; `None` elsewhere, where nobody can be asked.
    ///
    /// # Errors
    /// When it cannot be shown or no answer can be read.
    pub(in crate::commands) fn agrees(&mut self, shown: &View, question: &str) -> Result<Option<bool>, CommandError> {
        if !self.is_at_prompt() || self.depth > 0 || !std::io::stdin().is_terminal() {
            return Ok(None);
        }
        self.show(shown)?;
        self.screen.write_err(&format!("{question} [Y/n] "));
        let mut answer = String::new();
        let read = std::io::stdin().read_line(&mut answer).map_err(CommandError::Output)?;
        self.check_interrupt()?;
        let answer = answer.trim().to_lowercase();
        Ok(Some(read > 0 && (answer.is_empty() || answer.starts_with('y'))))
    }
}

/// How suggestions are decided.
#[derive(Debug, Clone, Copy)]
pub struct Deciding<'a> {
    pub decision: Decision,
    pub note: &'a str,
    /// Only the pairs that are named, not the others that tell the same.
    pub only: bool,
    /// Although a colleague decided otherwise.
    pub over: bool,
}

/// Says who else decided a relation and what to do to decide it anew; nothing where nobody else did.
///
/// # Errors
/// When the desk cannot be read.
pub fn settled(
    session: &mut Session,
    id: RelationId,
    decision: Decision,
) -> Result<Option<(String, String)>, CommandError> {
    let Some(before) = session.workbench()?.decided_by_another(id)? else { return Ok(None) };
    let ((was, _), (_, command)) = (decided(before.decision), decided(decision));
    let said = format!("{id} was {was} by {} on {}", by(&before.by), when(&before.at));
    let does = if before.decision == decision { "puts your name in the place of theirs" } else { "decides otherwise" };
    Ok(Some((said, format!("`{command} {id} --over` {does}; `why {id}` keeps both"))))
}

/// A decision as it is told, and the command for it.
pub const fn decided(decision: Decision) -> (&'static str, &'static str) {
    match decision {
        Decision::Confirm => ("confirmed", "confirm"),
        Decision::Reject => ("rejected", "reject"),
    }
}

/// A moment as a person reads it, to the minute.
fn when(at: &str) -> String {
    at.get(..16).unwrap_or(at).replace('T', " ")
}

/// Confirms or rejects suggestions, each with the other pairs of statements that tell the same, unless `only` that pair is
/// meant.
///
/// # Errors
/// For an unknown id, or when the desk cannot be written; nothing is decided then.
pub fn decide(session: &mut Session, wanted: &[RelationId], deciding: Deciding<'_>) -> Result<View, CommandError> {
    let Deciding { decision, note, only, over } = deciding;
    // Nobody overrules a colleague unawares.
    for id in wanted.iter().filter(|_| !over) {
        if let Some((said, hint)) = settled(session, *id, decision)? {
            return Err(CommandError::failed(said).with_hint(hint));
        }
    }
    let pairs = if only { Pairs::One } else { Pairs::All };
    let workbench = session.workbench()?;
    let (mut rows, mut also) = (Vec::new(), BTreeSet::new());
    if !only {
        let findings = workbench.findings()?;
        also.extend(wanted.iter().flat_map(|id| findings.decided_with(*id)));
    }
    for id in wanted {
        rows.push(workbench.decide(*id, decision, note, pairs)?);
    }
    also.retain(|id| !wanted.contains(id));
    let view = relations::list(&rows);
    let also: Vec<String> = also.iter().map(ToString::to_string).collect();
    Ok(match also.is_empty() {
        true => view,
        false => {
            view.hint(format!("{} tell the same and are decided with it; --only decides one pair", also.join(", ")))
        }
    })
}
