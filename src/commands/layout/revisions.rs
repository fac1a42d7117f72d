//! The versions of an article: in a line, as a list, and with every word that was changed.

use super::claims::day;
use super::{LABEL_WIDTH, labelled};
use crate::report::view::{Block, Paragraph, Role, Run, Table, View};
use crate::revision::{Change, ChangeKind, Mark, Order, Passage, Piece};
use crate::store::id::{ArticleId, ClaimId};
use crate::workbench::{History, Revision, VersionRow};
use serde::Serialize;

/// A revision as lists of other things tell it to programs.
#[derive(Debug, Serialize)]
pub struct Short<'a> {
    article: ArticleId,
    before: ArticleId,
    silent: bool,
    order: Order,
    summary: &'a str,
}

/// Returns revisions without their words.
pub fn short(revisions: &[Revision]) -> Vec<Short<'_>> {
    let short = revisions.iter().map(|revision| Short {
        article: revision.after.article.id,
        before: revision.before.article.id,
        silent: revision.silent,
        order: revision.order,
        summary: &revision.summary,
    });
    short.collect()
}

/// Says what tells one of two versions from the other: "a changed version of a3: 1 quotation altered; no notice tells of it".
pub fn changed(article: ArticleId, revision: &Revision) -> String {
    let (before, after) = (revision.before.article.id, revision.after.article.id);
    match (revision.order.is_known(), article == after) {
        (true, true) => format!("a changed version of {before}: {}", revision.told()),
        (true, false) => format!("an earlier version of {after}: {}", revision.told()),
        (false, true) => format!("another version of {before}: {}", revision.told()),
        (false, false) => format!("another version of {after}: {}", revision.told()),
    }
}

/// A revision in one line.
pub fn line(revision: &Revision) -> Block {
    let role = if revision.silent { Role::Caution } else { Role::Plain };
    let id = revision.after.article.id;
    labelled("changed", [Run::new(Role::Id, format!("{id}  ")), Run::new(role, changed(id, revision))])
}

/// Articles with more than one version: every step from one to the next is a row.
pub fn list(found: &[History]) -> View {
    let mut table = Table::new([
        ("id", Role::Id),
        ("seen", Role::Date),
        ("outlet", Role::Plain),
        ("title", Role::Words),
        ("before", Role::Id),
        ("change", Role::Plain),
    ]);
    for revision in found.iter().flat_map(|history| &history.revisions) {
        let article = &revision.after.article;
        table.row([
            article.id.to_string(),
            day(revision.after.seen()).to_owned(),
            article.outlet.clone().unwrap_or_default(),
            super::title(article),
            revision.before.article.id.to_string(),
            revision.told(),
        ]);
    }
    View::table(table).data(found)
}

/// The versions of one article and what was changed between each two.
pub fn page(id: ArticleId, history: &History) -> View {
    let title = history.versions.last().and_then(|version| version.article.title.as_deref()).unwrap_or("(no title)");
    let mut view =
        View::empty().text([Run::new(Role::Id, format!("{id}  ")), Run::new(Role::Heading, title)]).data(history);
    if history.revisions.is_empty() {
        return view.hint(format!("{id} has no other version on the desk; load the page again after it was changed"));
    }
    view.blocks.extend(history.versions.iter().map(version));
    for revision in &history.revisions {
        let role = if revision.silent { Role::Caution } else { Role::Plain };
        view = view.space().text([
            Run::new(Role::Heading, format!("{} → {}", revision.before.article.id, revision.after.article.id)),
            Run::new(role, format!("  {}", revision.told())),
            Run::new(
                Role::Dim,
                if revision.order.is_known() { format!("  ({})", revision.order.told()) } else { String::new() },
            ),
        ]);
        let marked = revision.silent && revision.has_notice();
        let listed = revision.changes.list.iter().filter(|change| is_listed(change));
        for one in listed {
            view.blocks.extend(change(one));
            if marked && one.kind.needs_notice() {
                view.blocks.push(told(one));
            }
        }
        let text = text(&revision.changes.text);
        if !text.is_empty() {
            view = view.space();
            view.blocks.extend(text);
        }
    }
    match history.revisions.iter().find(|revision| !revision.order.is_known()) {
        Some(open) => view.hint(format!(
            "`edit {} --updated \"2024-05-03 16:00\"` says when a version was changed, where you know it",
            open.after.article.id
        )),
        None => view,
    }
}

fn version(version: &VersionRow) -> Block {
    let article = &version.article;
    let moment = |at: &str| at.replace('T', " ").trim_end_matches('Z').to_owned();
    let mut published = article.published.map_or_else(|| "undated".to_owned(), |date| format!("published {date}"));
    if let Some(updated) = &article.updated {
        published.push_str(&format!(", updated {}", moment(&updated.written)));
    }
    let seen = match &version.fetched {
        Some(at) => format!("fetched {}", moment(at)),
        None => format!("loaded {}", moment(&version.loaded)),
    };
    labelled(
        &article.id.to_string(),
        [Run::new(Role::Date, format!("{published}, {seen}  ")), Run::new(Role::Dim, article.path.clone())],
    )
}

/// Paragraphs stand in the text below; they are not listed too.
const fn is_listed(change: &Change<ClaimId>) -> bool {
    !matches!(change.kind, ChangeKind::ParagraphAltered | ChangeKind::ParagraphAdded | ChangeKind::ParagraphRemoved)
}

/// A change: the sentence that says it, and the words.
fn change(change: &Change<ClaimId>) -> Vec<Block> {
    let ids = [&change.before, &change.after];
    let ids: Vec<String> = ids.into_iter().flatten().filter_map(|side| side.claim).map(|id| id.to_string()).collect();
    let head = [Run::new(Role::Plain, change.sentence()), Run::new(Role::Id, format!("  {}", ids.join(" → ")))];
    let head = head.into_iter().filter(|run| !run.text.trim().is_empty());
    let mut out = vec![Block::Paragraph(Paragraph::new(head).indented(2))];
    let words = change.words();
    if !words.is_empty() {
        out.push(Block::Paragraph(Paragraph::new(marked(&words)).indented(4)));
    }
    out
}

/// Whether a notice speaks of a change, where the page has one.
fn told(change: &Change<ClaimId>) -> Block {
    let run = match change.notice {
        Some(_) => Run::new(Role::Dim, "(the notice speaks of it)"),
        None => Run::new(Role::Caution, "(the notice does not speak of it)"),
    };
    Block::Paragraph(Paragraph::new([run]).indented(4))
}

/// The text with its changes; paragraphs that stayed are counted.
fn text(passages: &[Passage]) -> Vec<Block> {
    let mut out = Vec::new();
    let mut same = 0;
    let counted = |same: &mut usize| {
        let count = std::mem::take(same);
        let words = format!("({} unchanged)", super::count(count, "paragraph"));
        (count > 0).then(|| Block::Paragraph(Paragraph::new([Run::new(Role::Dim, words)]).indented(LABEL_WIDTH)))
    };
    if passages.iter().all(|passage| matches!(passage, Passage::Same(_))) {
        return out;
    }
    for passage in passages {
        let (label, runs) = match passage {
            Passage::Same(_) => {
                same += 1;
                continue;
            }
            Passage::Altered(pieces) => ("altered", marked(pieces)),
            Passage::Removed(text) => ("removed", marked(&[Piece { mark: Mark::Removed, text: text.clone() }])),
            Passage::Added(text) => ("added", marked(&[Piece { mark: Mark::Added, text: text.clone() }])),
        };
        out.extend(counted(&mut same));
        out.push(labelled(label, runs));
    }
    out.extend(counted(&mut same));
    out
}

/// Words with what went in [-brackets-] and what came in {+braces+}, so that it reads without colour too.
fn marked(pieces: &[Piece]) -> Vec<Run> {
    let run = |piece: &Piece| match piece.mark {
        Mark::Same => Run::new(Role::Words, piece.text.clone()),
        Mark::Removed => Run::new(Role::Bad, format!("[-{}-]", piece.text)),
        Mark::Added => Run::new(Role::Good, format!("{{+{}+}}", piece.text)),
    };
    pieces.iter().map(run).collect()
}
