//! `story`: articles and claims that belong together, followed over time.

use super::chosen::{self, Among};
use super::layout::{claims, count, relations, tables};
use super::{Command, CommandError, Group, Session};
use crate::date::Date;
use crate::report;
use crate::report::view::{Block, Role, Run, Table, View};
use crate::store::filter::{Filter, Test};
use crate::store::id::{AnyId, StoryId};
use crate::store::rows::{Named, RelationRow};
use crate::workbench::Workbench;

/// Claims suggested for a story.
const SUGGESTED: usize = 20;

/// Creates and follows stories
#[derive(Debug, clap::Args)]
pub struct Story {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, clap::Subcommand)]
enum Act {
    /// Create a story; filters add what matches
    Create {
        /// The name
        #[arg(value_name = "NAME")]
        name: String,
        /// Claims that match are taken (see `help filters`)
        #[arg(value_name = "FILTER")]
        filter: Vec<String>,
        /// Take whole articles that match, with every claim in them
        #[arg(long)]
        articles: bool,
        /// Only show what would be taken
        #[arg(long)]
        dry_run: bool,
    },
    /// Set the headline and the first sentences that a report of the story begins with
    Set {
        /// A name or an id
        #[arg(value_name = "STORY")]
        story: String,
        /// The headline; empty removes it
        #[arg(long, value_name = "TITLE", required_unless_present = "summary")]
        title: Option<String>,
        /// The first sentences; empty removes them
        #[arg(long, value_name = "WORDS")]
        summary: Option<String>,
    },
    /// Add articles and claims to a story
    Add {
        /// A name or an id
        #[arg(value_name = "STORY")]
        story: String,
        /// Ids of articles and claims, or filters that choose claims
        #[arg(value_name = "ARTICLE|CLAIM|FILTER", required = true)]
        what: Vec<String>,
        /// Filters choose whole articles
        #[arg(long)]
        articles: bool,
    },
    /// Remove articles and claims from a story
    Remove {
        /// A name or an id
        #[arg(value_name = "STORY")]
        story: String,
        /// Ids of articles and claims, or filters that choose claims
        #[arg(value_name = "ARTICLE|CLAIM|FILTER", required = true)]
        what: Vec<String>,
        /// Filters choose whole articles
        #[arg(long)]
        articles: bool,
    },
    /// Show a story: who holds which position since when, what changed, what is open
    Show {
        /// A name or an id
        #[arg(value_name = "STORY")]
        story: String,
    },
    /// Suggest claims that may belong to a story: those most like its own
    Suggest {
        /// A name or an id
        #[arg(value_name = "STORY")]
        story: String,
    },
    /// List the stories
    List {},
}

impl Command for Story {
    const NAME: &'static str = "story";
    const PURPOSE: &'static str = "Group articles and claims into stories, and follow them";
    const EXAMPLE: &'static str = "story create tunnel text:tunnel";
    const GROUP: Group = Group::Stories;
    const ALIASES: &'static [&'static str] = &["stories"];

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        match self.act {
            Act::Create { name, filter, articles, dry_run } => {
                let among = if articles { Among::Articles } else { Among::Claims };
                create(session, &name, &filter, among, if dry_run { Take::Nothing } else { Take::All })
            }
            Act::Set { story, title, summary } => {
                let story = session.workbench()?.describe_story(&story, title.as_deref(), summary.as_deref())?;
                let done = |what: &str, words: &Option<String>| {
                    let removed = words.as_ref()?.trim().is_empty();
                    Some(if removed {
                        format!("{what} removed, reports make their own")
                    } else {
                        format!("{what} kept for its reports")
                    })
                };
                let done = [done("headline", &title), done("summary", &summary)];
                let done = done.into_iter().flatten().collect::<Vec<_>>().join("; ");
                Ok(View::done(format!("{} {}: {done}", story.id, story.name))
                    .hint(format!("`report story {}` prints them", story.id)))
            }
            Act::Add { story, what, articles } => {
                let among = if articles { Among::Articles } else { Among::Claims };
                let members = chosen::members(session, &what, among)?;
                let story = session.workbench()?.add_to_story(&story, &members)?;
                brief(session, story.id)
            }
            Act::Remove { story, what, articles } => {
                let among = if articles { Among::Articles } else { Among::Claims };
                let members = chosen::members(session, &what, among)?;
                let story = session.workbench()?.remove_from_story(&story, &members)?;
                brief(session, story.id)
            }
            Act::Show { story } => {
                let named = session.workbench()?.story_named(&story)?;
                page(session, &named)
            }
            Act::Suggest { story } => suggest(session, &story),
            Act::List {} => {
                let rows = session.workbench()?.stories()?;
                let view = tables::stories(&rows);
                Ok(if rows.is_empty() { view.hint("`story create NAME` creates one") } else { view })
            }
        }
    }
}

/// Whether a story is made, or only what it would take is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Take {
    All,
    Nothing,
}

/// Shows what a story would take; then makes it, once a person at the prompt has agreed.
fn create(
    session: &mut Session,
    name: &str,
    filter: &[String],
    among: Among,
    take: Take,
) -> Result<View, CommandError> {
    let members = if filter.is_empty() { Vec::new() } else { chosen::members(session, filter, among)? };
    let preview = chosen::shown(session, &members)?;
    if take == Take::Nothing {
        return Ok(preview.hint("nothing is created yet: leave out --dry-run to create the story"));
    }
    let asked = match members.first() {
        Some(_) => session.agrees(&preview, &format!("Create the story {name} with these?"))?,
        None => Some(true),
    };
    if asked == Some(false) {
        return Ok(View::empty().hint("nothing was created; more filters narrow it, `not:` leaves some out"));
    }
    let story = session.workbench()?.create_story(name)?;
    if !members.is_empty() {
        session.workbench()?.add_to_story(&story.id.to_string(), &members)?;
    }
    let mut view = brief(session, story.id)?;
    if asked.is_none() {
        view.blocks.splice(0..0, preview.blocks.into_iter().chain([Block::Space]));
    }
    Ok(match members.first() {
        Some(one) => view.hint(format!("`story remove {} {one}` takes one out again", story.id)),
        None => view,
    })
}

fn brief(session: &mut Session, id: StoryId) -> Result<View, CommandError> {
    let rows: Vec<_> = session.workbench()?.stories()?.into_iter().filter(|row| row.id == id).collect();
    Ok(tables::stories(&rows))
}

/// The page of a story: who holds which position since when, what changed, what is open; then its articles.
///
/// # Errors
/// When the desk cannot be read.
pub fn page(session: &mut Session, story: &Named<StoryId>) -> Result<View, CommandError> {
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
    let mut view = View::empty().text([
        Run::new(Role::Id, format!("{}  ", story.id)),
        Run::new(Role::Heading, &*story.name),
        Run::new(Role::Dim, format!("  {}, {}", count(articles.len(), "article"), count(said.len(), "claim"))),
    ]);
    view.blocks.extend(notes.iter().map(|row| super::note::line(row, "")));
    if !told.positions.is_empty() {
        view = view.space().heading("Positions").with(Block::Table(positions(&told)));
    }
    if told.others > 0 {
        view = view.text([Run::new(
            Role::Dim,
            format!("and {} said once (`claims story:{}`)", count(told.others, "claim"), story.id),
        )]);
    }
    view = relations_of(view, "What changed", &told.changes, &related);
    view = relations_of(view, "Disputed, without a verdict", &told.disputes, &related);
    if !articles.is_empty() {
        view = view.space().heading("Articles");
        view.blocks.extend(tables::articles(&articles).blocks);
    }
    if told.waiting > 0 {
        let waiting = count(told.waiting, "suggestion");
        view = view.hint(format!("{waiting} about it wait for a decision: `review story:{}`", story.id));
    }
    let data = serde_json::json!({
        "story": story, "page": told, "articles": articles, "claims": said, "relations": related, "notes": notes,
    });
    Ok(view.data(data))
}

/// Who holds what since when.
fn positions(told: &report::story::Story) -> Table {
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
    for row in &told.positions {
        let name = if row.speaker == before { "" } else { &row.speaker };
        before = &row.speaker;
        let left = row.left.as_ref().map(|id| format!("changed later, {id}")).unwrap_or_default();
        let state: Vec<&str> = [row.manner.as_str(), row.rating.as_str(), left.as_str()]
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

/// Claims that may belong to a story and do not yet.
fn suggest(session: &mut Session, story: &str) -> Result<View, CommandError> {
    let workbench = session.workbench()?;
    let named = workbench.story_named(story)?;
    let rows = workbench.story_candidates(named.id, SUGGESTED)?;
    let mut table = Table::new([
        ("claim", Role::Id),
        ("article", Role::Id),
        ("said", Role::Date),
        ("speaker", Role::Speaker),
        ("words", Role::Words),
        ("likeness", Role::Number),
    ]);
    for (row, score) in &rows {
        table.row([
            row.id.to_string(),
            row.article.map(|id| id.to_string()).unwrap_or_default(),
            claims::said(row),
            claims::who(row),
            row.words.clone(),
            score.to_string(),
        ]);
    }
    let view = View::table(table);
    let view = match rows.first() {
        Some((row, _)) => view.hint(format!("`story add {} {}` adds one", named.id, row.id)),
        None => view.hint("nothing else on the desk is like the claims of this story"),
    };
    let data: Vec<_> = rows.iter().map(|(row, score)| serde_json::json!({"claim": row, "likeness": score})).collect();
    Ok(view.data(data))
}
