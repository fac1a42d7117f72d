//! `story`: articles and claims that belong together, followed over time.

mod changed;
mod page;
mod suggest;

pub use page::{Extent, page};

use crate::commands::common::chosen::{self, Among};
use crate::commands::layout::tables;
use crate::commands::stories::timeline::Timeline;
use crate::commands::{Command, CommandError, Group, Session, line};
use crate::report::view::{Block, View};
use crate::store::id::{AnyId, StoryId};
use crate::store::stories::Member;
use std::path::PathBuf;

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
    /// Show a story on one screen: what it is about, who holds which position since when, what changed, what is open
    Show {
        /// A name or an id
        #[arg(value_name = "STORY")]
        story: String,
        /// All of it, however long
        #[arg(long)]
        all: bool,
    },
    /// Show what came to a story lately: articles, claims, changes
    New {
        /// A name or an id
        #[arg(value_name = "STORY")]
        story: String,
        /// Since this day; without it since the last session
        #[arg(long, value_name = "DATE")]
        since: Option<String>,
    },
    /// Draw a story over time, one row a speaker
    Timeline {
        /// A name or an id
        #[arg(value_name = "STORY")]
        story: String,
        /// Write the drawing to this file as a picture (.svg)
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Put a story into another one
    Merge {
        /// The story that becomes a part: a name or an id
        #[arg(value_name = "STORY")]
        story: String,
        /// The story that it is put into
        #[arg(value_name = "INTO")]
        into: String,
    },
    /// Move claims of a story into a new one
    Split {
        /// A name or an id
        #[arg(value_name = "STORY")]
        story: String,
        /// The name of the new story
        #[arg(long = "as", value_name = "NAME")]
        name: String,
        /// Ids of articles and claims, or filters that choose claims of the story
        #[arg(value_name = "ARTICLE|CLAIM|FILTER", required = true)]
        what: Vec<String>,
    },
    /// Suggest claims and articles that may belong to a story, with the reasons; nothing is added
    Suggest {
        /// A name or an id
        #[arg(value_name = "STORY")]
        story: String,
        /// At most so many claims, and so many articles
        #[arg(long, value_name = "NUMBER", default_value_t = 20)]
        limit: usize,
        /// These do not belong to it: they are not offered again, and their like comes later
        #[arg(long, value_name = "ARTICLE|CLAIM", num_args = 1..)]
        not: Vec<String>,
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

    fn begins_desk(&self) -> bool {
        matches!(self.act, Act::Create { dry_run: false, .. })
    }

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
            Act::Show { story, all } => {
                let named = session.workbench()?.story_named(&story)?;
                page(session, &named, if all { Extent::Whole } else { Extent::Screen })
            }
            Act::New { story, since } => changed::new(session, &story, since.as_deref()),
            Act::Timeline { story, out } => {
                let named = session.workbench()?.story_named(&story)?;
                Timeline::of(&named, out).run(session)
            }
            Act::Merge { story, into } => {
                let into = session.workbench()?.merge_stories(&story, &into)?;
                brief(session, into.id)
            }
            Act::Split { story, name, what } => split(session, &story, &name, &what),
            Act::Suggest { story, limit, not } => suggest::suggest(session, &story, limit, &not),
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
        Some(one) => {
            let view = view.hint(format!("`story remove {} {one}` takes one out again", story.id));
            match beyond(session, filter, among, &members)? {
                Some((held, all)) => view.hint(format!(
                    "{all} articles have these words, these claims stand in {held}: `story add {} --articles {}` takes the \
                     articles whole, `story add {} a6 a7` single ones",
                    story.id,
                    line::typed(filter),
                    story.id
                )),
                None => view,
            }
        }
        None => view,
    })
}

/// Returns in how many articles the claims that a filter took stand, and how many articles fit it, where these are more.
fn beyond(
    session: &mut Session,
    filter: &[String],
    among: Among,
    members: &[Member],
) -> Result<Option<(usize, usize)>, CommandError> {
    let words: Vec<String> = filter.iter().filter(|word| word.parse::<AnyId>().is_err()).cloned().collect();
    if among == Among::Articles || words.is_empty() {
        return Ok(None);
    }
    let filter = session.filter(&words)?;
    let workbench = session.workbench()?;
    let all = workbench.articles(&filter)?.len();
    let mut held = std::collections::BTreeSet::new();
    for member in members {
        match member {
            Member::Article(id) => held.extend([*id]),
            Member::Claim(id) => held.extend(workbench.claim(*id)?.article),
        }
    }
    Ok((all > held.len()).then_some((held.len(), all)))
}

fn brief(session: &mut Session, id: StoryId) -> Result<View, CommandError> {
    let rows: Vec<_> = session.workbench()?.stories()?.into_iter().filter(|row| row.id == id).collect();
    Ok(tables::stories(&rows))
}

/// Moves what is chosen of a story into a new one.
fn split(session: &mut Session, story: &str, name: &str, what: &[String]) -> Result<View, CommandError> {
    let named = session.workbench()?.story_named(story)?;
    let (ids, mut filter): (Vec<String>, Vec<String>) =
        what.iter().cloned().partition(|word| word.parse::<AnyId>().is_ok());
    if !filter.is_empty() {
        filter.push(format!("story:{}", named.id));
    }
    let members = chosen::members(session, &[ids, filter].concat(), Among::Claims)?;
    let (from, made) = session.workbench()?.split_story(named.id, name, &members)?;
    let rows = session.workbench()?.stories()?;
    let rows: Vec<_> = rows.into_iter().filter(|row| row.id == from.id || row.id == made.id).collect();
    Ok(tables::stories(&rows))
}
