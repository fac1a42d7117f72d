//! `story new`: what came to a story since a day.

use crate::commands::layout::act::Denied;
use crate::commands::layout::{claims, count, relations, tables};
use crate::commands::{CommandError, Session};
use crate::report::view::{Role, Run, View};
use crate::store::filter::{Filter, Test};

/// Lists the articles, claims and changes of a story that came since a day or the last session.
///
/// # Errors
/// For an unknown story, a day that cannot be read, or when the desk cannot be read.
pub fn new(session: &mut Session, story: &str, since: Option<&str>) -> Result<View, CommandError> {
    let (moment, told) = session.since(since)?;
    let workbench = session.workbench()?;
    let named = workbench.story_named(story)?;
    let came = workbench.since(&moment)?;
    let filter = Filter::default().with(Test::Story(named.id.to_string()));
    let mut articles = workbench.articles(&filter)?;
    articles.retain(|row| came.articles.contains(&row.id));
    let mut said = workbench.claims(&filter)?;
    said.retain(|row| row.article.is_some_and(|article| came.articles.contains(&article)));
    let mut related = workbench.relations(&filter, &[])?;
    let first = workbench.findings()?.first_of_each(related.iter().map(|row| row.id).collect());
    let found = [&came.contradictions[..], &came.updates[..]].concat();
    related.retain(|row| first.contains(&row.id) && found.contains(&row.id));
    let counts = [
        count(articles.len(), "article"),
        count(said.len(), "claim"),
        format!(
            "{} found",
            count(related.len(), "change or dispute").replace("change or disputes", "changes or disputes")
        ),
    ];
    let mut view = View::empty().text([
        Run::new(Role::Id, format!("{}  ", named.id)),
        Run::new(Role::Heading, format!("{}  ", named.name)),
        Run::new(Role::Plain, counts.join(", ")),
        Run::new(Role::Dim, format!("  {told}")),
    ]);
    if !articles.is_empty() {
        view = view.space();
        view.blocks.extend(tables::articles(&articles).blocks);
    }
    if !said.is_empty() {
        let denied = Denied::of(session, &said)?;
        view = view.space();
        view.blocks.extend(claims::list(&said, &denied).blocks);
    }
    for row in &related {
        view = view.space();
        view.blocks.extend(relations::whole(row));
    }
    let data = serde_json::json!({
        "story": named, "since": moment, "articles": articles, "claims": said, "relations": related,
    });
    Ok(view.hint(format!("`story suggest {}` shows what else may belong to it", named.id)).data(data))
}
