//! `story show`: a story on one screen.

use crate::commands::layout::words::own_ratings;
use crate::commands::layout::{claims, count, relations, tables, wait};
use crate::commands::{CommandError, Session, stories::note};
use crate::date::Date;
use crate::report;
use crate::report::view::{Block, Role, Run, Table, View};
use crate::store::filter::{Filter, Test};
use crate::store::id::{AnyId, StoryId};
use crate::store::rows::{ClaimRow, Named, RelationRow};
use crate::workbench::Workbench;

/// How much of a story is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// What fits on about one screen.
    Screen,
    Whole,
}

/// What is shown of each on one screen.
const POSITIONS: usize = 8;
const CHANGES: usize = 2;
const DISPUTES: usize = 2;
const CHECKED: usize = 4;
const ARTICLES: usize = 4;

/// The page of a story: what it is about, who holds which position since when, what changed last, what is disputed, what is
/// checked, what waits; then its articles.
///
/// # Errors
/// When the desk cannot be read.
pub fn page(session: &mut Session, story: &Named<StoryId>, extent: Extent) -> Result<View, CommandError> {
    let workbench = session.workbench()?;
    let filter = Filter::default().with(Test::Story(story.id.to_string()));
    let articles = workbench.articles(&filter)?;
    let said = workbench.claims(&filter)?;
    let mut related = workbench.relations(&filter, &[])?;
    // One change is one finding, in however many pairs it is told.
    let first = workbench.findings()?.first_of_each(related.iter().map(|row| row.id).collect());
    related.retain(|row| first.contains(&row.id));
    let notes = workbench.notes(Some(AnyId::Story(story.id)))?;
    let told = Workbench::story_page(&said, &related);
    let matter = workbench.story_matter(&said)?;
    let words = workbench.story_words(story.id)?;
    let mut view = View::empty().text([
        Run::new(Role::Id, format!("{}  ", story.id)),
        Run::new(Role::Heading, &*story.name),
        Run::new(Role::Dim, format!("  {}, {}", count(articles.len(), "article"), count(said.len(), "claim"))),
    ]);
    let most = |lines: usize| if extent == Extent::Whole { usize::MAX } else { lines };
    if !words.title.is_empty() || !words.summary.is_empty() {
        view = view.text([Run::new(Role::Words, format!("{} {}", words.title, words.summary).trim().to_owned())]);
    }
    if !matter.is_empty() {
        view = view.text([Run::new(Role::Dim, format!("about {}{}", matter.join(", "), period(&said)))]);
    }
    view.blocks.extend(notes.iter().map(|row| note::line(row, "")));
    if !told.positions.is_empty() {
        view = view.space().heading("Positions").with(Block::Table(positions(&told, most(POSITIONS))));
        view = left(view, told.positions.len().saturating_sub(most(POSITIONS)), "position");
    }
    if told.others > 0 {
        view = view.text([Run::new(
            Role::Dim,
            format!("and {} said once (`claims story:{}`)", count(told.others, "claim"), story.id),
        )]);
    }
    let newest: Vec<_> = told.changes.iter().rev().take(most(CHANGES)).cloned().collect();
    view = relations_of(view, "What changed, the last first", &newest, &related);
    view = left(view, told.changes.len() - newest.len(), "earlier change");
    let disputes = &told.disputes[..told.disputes.len().min(most(DISPUTES))];
    view = relations_of(view, "Disputed, without a verdict", disputes, &related);
    view = left(view, told.disputes.len() - disputes.len(), "dispute");
    view = checked(view, &said, most(CHECKED));
    if !articles.is_empty() {
        view = view.space().heading("Articles, the last first");
        let mut newest = articles.clone();
        newest.reverse();
        newest.truncate(most(ARTICLES));
        view.blocks.extend(tables::articles(&newest).blocks);
        view = left(view, articles.len() - newest.len(), "article");
    }
    if told.waiting > 0 {
        let (waiting, wait) = (count(told.waiting, "suggestion"), wait(told.waiting));
        view = view.hint(format!("{waiting} about it {wait} for a decision: `review story:{}`", story.id));
    }
    let data = serde_json::json!({
        "story": story, "about": matter, "page": told, "articles": articles, "claims": said, "relations": related, "notes": notes,
    });
    Ok(view.data(data))
}

/// Says from when to when claims were made.
fn period(said: &[ClaimRow]) -> String {
    let days = || said.iter().filter_map(ClaimRow::date);
    match days().min().zip(days().max()) {
        Some((first, last)) if first == last => format!("; {first}"),
        Some((first, last)) => format!("; from {first} to {last}"),
        None => String::new(),
    }
}

/// Says how many more there are.
fn left(view: View, number: usize, what: &str) -> View {
    if number == 0 {
        return view;
    }
    view.text([Run::new(Role::Dim, format!("and {} more; --all shows them", count(number, what)))])
}

/// What was found about claims of the story, here or elsewhere.
fn checked(mut view: View, said: &[ClaimRow], most: usize) -> View {
    let known: Vec<&ClaimRow> = said.iter().filter(|row| !row.verdicts.is_empty() || !row.checked.is_empty()).collect();
    for (number, row) in known.iter().take(most).enumerate() {
        if number == 0 {
            view = view.space().heading("Checked");
        }
        let found = if row.verdicts.is_empty() { claims::checked(row) } else { own_ratings(row) };
        view = view.text([
            Run::new(Role::Id, format!("{}  ", row.id)),
            Run::new(Role::Caution, found),
            Run::new(Role::Speaker, format!("  {}  ", claims::who(row))),
            Run::new(Role::Words, row.alone()),
        ]);
    }
    left(view, known.len().saturating_sub(most), "checked claim")
}

/// Who holds what since when.
fn positions(told: &report::story::Story, most: usize) -> Table {
    let mut table = Table::new([
        ("speaker", Role::Speaker),
        ("since", Role::Date),
        ("last", Role::Date),
        ("times", Role::Number),
        ("claim", Role::Id),
        ("position", Role::Words),
        ("", Role::Caution),
    ]);
    let day = |date: Option<Date>| date.map_or_else(|| "undated".to_owned(), |date| date.to_string());
    let mut before = "";
    for row in told.positions.iter().take(most) {
        let name = if row.speaker == before { "" } else { &row.speaker };
        before = &row.speaker;
        let left = row.left.as_ref().map(|id| format!("changed later, {id}")).unwrap_or_default();
        let draft = if row.draft.is_empty() { String::new() } else { format!("{} (draft)", row.draft) };
        let state: Vec<&str> = [row.manner.as_str(), row.rating.as_str(), draft.as_str(), left.as_str()]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect();
        let state = state.join("; ");
        table.row([
            name.to_owned(),
            day(row.since),
            if row.times > 1 { day(row.last) } else { String::new() },
            row.times.to_string(),
            row.claim.clone(),
            row.words.clone(),
            state,
        ]);
    }
    table
}

fn relations_of(mut view: View, title: &str, wanted: &[report::story::Tied], rows: &[RelationRow]) -> View {
    let found = wanted.iter().filter_map(|tie| rows.iter().find(|row| row.id.to_string() == tie.id));
    for (number, row) in found.enumerate() {
        view = view.space();
        if number == 0 {
            view = view.heading(title);
        }
        view.blocks.extend(relations::whole(row));
    }
    view
}
