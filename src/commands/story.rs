//! `story`: articles and claims that belong together, followed over time.

use super::layout::{claims, relations, tables};
use super::{Command, CommandError, Group, Session};
use crate::relation::RelationKind;
use crate::report::view::{Block, Role, Run, View};
use crate::store::filter::{Filter, Test};
use crate::store::id::{AnyId, StoryId};
use crate::store::rows::Named;
use crate::store::stories::Member;

/// Makes and follows stories
#[derive(Debug, clap::Args)]
pub struct Story {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, clap::Subcommand)]
enum Act {
    /// Make a story; filters put what fits into it at once
    Create {
        /// The name
        #[arg(value_name = "NAME")]
        name: String,
        /// Articles that fit go into it (see `help filters`)
        #[arg(value_name = "FILTER")]
        filter: Vec<String>,
    },
    /// Put articles and claims into a story
    Add {
        /// A name or an id
        #[arg(value_name = "STORY")]
        story: String,
        /// Ids of articles and claims, or filters that choose articles
        #[arg(value_name = "ARTICLE|CLAIM|FILTER", required = true)]
        what: Vec<String>,
    },
    /// Take articles and claims out of a story
    Remove {
        /// A name or an id
        #[arg(value_name = "STORY")]
        story: String,
        /// Ids of articles and claims, or filters that choose articles
        #[arg(value_name = "ARTICLE|CLAIM|FILTER", required = true)]
        what: Vec<String>,
    },
    /// Show a story: its articles, who says what, what contradicts
    Show {
        /// A name or an id
        #[arg(value_name = "STORY")]
        story: String,
    },
    /// List the stories
    List {},
}

impl Command for Story {
    const NAME: &'static str = "story";
    const PURPOSE: &'static str = "Make stories of articles and claims, and follow them";
    const EXAMPLE: &'static str = "story create tunnel text:tunnel";
    const GROUP: Group = Group::Stories;
    const ALIASES: &'static [&'static str] = &["stories"];

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        match self.act {
            Act::Create { name, filter } => {
                let members = if filter.is_empty() { Vec::new() } else { members(session, &filter)? };
                let story = session.workbench()?.create_story(&name)?;
                if !members.is_empty() {
                    session.workbench()?.add_to_story(&story.id.to_string(), &members)?;
                }
                brief(session, story.id)
            }
            Act::Add { story, what } => {
                let members = members(session, &what)?;
                let story = session.workbench()?.add_to_story(&story, &members)?;
                brief(session, story.id)
            }
            Act::Remove { story, what } => {
                let members = members(session, &what)?;
                let story = session.workbench()?.remove_from_story(&story, &members)?;
                brief(session, story.id)
            }
            Act::Show { story } => {
                let named = session.workbench()?.story_named(&story)?;
                page(session, &named)
            }
            Act::List {} => {
                let rows = session.workbench()?.stories()?;
                let view = tables::stories(&rows);
                Ok(if rows.is_empty() { view.hint("`story create NAME` makes one") } else { view })
            }
        }
    }
}

/// Reads ids as they are; other words are filters that choose articles.
fn members(session: &mut Session, words: &[String]) -> Result<Vec<Member>, CommandError> {
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
        out.extend(session.workbench()?.articles(&filter)?.iter().map(|row| Member::Article(row.id)));
    }
    if out.is_empty() {
        return Err(CommandError::failed("nothing fits").with_hint("`articles` with the same filters shows what would"));
    }
    Ok(out)
}

fn brief(session: &mut Session, id: StoryId) -> Result<View, CommandError> {
    let rows: Vec<_> = session.workbench()?.stories()?.into_iter().filter(|row| row.id == id).collect();
    Ok(tables::stories(&rows))
}

/// The page of a story: articles, then contradictions, then updates, then the claims.
///
/// # Errors
/// When the desk cannot be read.
pub fn page(session: &mut Session, story: &Named<StoryId>) -> Result<View, CommandError> {
    let workbench = session.workbench()?;
    let filter = Filter::default().with(Test::Story(story.id.to_string()));
    let articles = workbench.articles(&filter)?;
    let said = workbench.claims(&filter)?;
    let disputes = workbench.relations(&filter, &[RelationKind::Contradiction])?;
    let updates = workbench.relations(&filter, &[RelationKind::Update])?;
    let mut view =
        View::empty().text([Run::new(Role::Id, format!("{}  ", story.id)), Run::new(Role::Heading, &*story.name)]);
    if !articles.is_empty() {
        view = view.space();
    }
    view.blocks.extend(tables::articles(&articles).blocks);
    for (title, rows) in [("Contradictions", &disputes), ("Changed figures", &updates)] {
        for (number, row) in rows.iter().enumerate() {
            view = view.space();
            if number == 0 {
                view = view.heading(title);
            }
            view.blocks.extend(relations::whole(row));
        }
    }
    if !said.is_empty() {
        view = view.space().heading("Claims").with(Block::Table(claims::table(&said)));
    }
    let data = serde_json::json!({
        "story": story, "articles": articles, "contradictions": disputes, "updates": updates, "claims": said,
    });
    Ok(view.data(data))
}
