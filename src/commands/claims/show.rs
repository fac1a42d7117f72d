//! `show`: everything about one thing, whatever its id.

use crate::article::agency;
use crate::article::formats::PLAIN;
use crate::commands::layout::act::Denied;
use crate::commands::layout::words::Depth;
use crate::commands::layout::{self, article, claims, relations, tables};
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::{Block, Role, Run, View};
use crate::span::Text;
use crate::store::filter::{Filter, Order, Test};
use crate::store::id::{AnyId, ArticleId, EvidenceId, OperationId, SpeakerId, StoryId};
use crate::store::originals::OriginalRow;
use crate::store::rows::ArticleText;
use crate::workbench::Voices;

/// Shows everything about one thing
#[derive(Debug, clap::Args)]
pub struct Show {
    /// An id: claim c41, article a12, relation m9, verdict v3, evidence e5, speaker p7, story s2, operation o14, note n6, fact-check f8
    #[arg(value_name = "CLAIM|ARTICLE|RELATION|VERDICT|EVIDENCE|SPEAKER|STORY|OPERATION|NOTE|CHECK")]
    id: AnyId,
}

/// Claims shown on the page of a speaker or a story.
const RECENT: usize = 10;

impl Command for Show {
    const NAME: &'static str = "show";
    const PURPOSE: &'static str = "Show everything about a claim, a relation, a speaker, or any other id";
    const EXAMPLE: &'static str = "show c1";
    const GROUP: Group = Group::Claims;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        page(session, self.id)
    }
}

/// The page of anything that has an id.
///
/// # Errors
/// When there is no such thing, or the desk cannot be read.
pub fn page(session: &mut Session, id: AnyId) -> Result<View, CommandError> {
    let workbench = session.workbench()?;
    match id {
        AnyId::Claim(id) => {
            let claim = workbench.claim(id)?;
            let denied = Denied::of(session, std::slice::from_ref(&claim))?;
            let workbench = session.workbench()?;
            let about = claims::About {
                relations: workbench.relations_of(id)?,
                verdicts: workbench.verdicts_of(id)?,
                notes: workbench.notes(Some(AnyId::Claim(id)))?,
                handwork: workbench.handwork(id)?,
                precedents: workbench.precedents(&[id])?,
                denied,
            };
            Ok(claims::page(&claim, &about))
        }
        AnyId::Relation(id) => {
            let mut view = relations::page(&workbench.relation(id)?, Depth::Told);
            view.blocks.extend(relations::overruled(&workbench.decisions(id)?));
            Ok(view)
        }
        AnyId::Verdict(id) => {
            let verdict = workbench.verdict(id)?;
            let claim = workbench.claim(verdict.claim)?;
            let mut view = View::empty();
            view.blocks.extend(claims::card(&claim, claims::plain(&claim), 0));
            view.blocks.extend(claims::verdict(&verdict));
            Ok(view.data(verdict))
        }
        AnyId::Article(id) => self::article(session, id),
        AnyId::Evidence(id) => evidence(session, id),
        AnyId::Speaker(id) => speaker(session, id),
        AnyId::Story(id) => story(session, id),
        AnyId::Operation(id) => operation(session, id),
        AnyId::FactCheck(id) => {
            let row = workbench.fact_check(id)?;
            let (claims, notes) = (workbench.claims_of_check(id)?, workbench.notes(Some(AnyId::FactCheck(id)))?);
            Ok(layout::checks::page(&row, &claims, &notes))
        }
        AnyId::Note(id) => {
            let row = workbench.note_row(id)?;
            Ok(View::empty().with(crate::commands::stories::note::line(&row, &row.about)).data(row))
        }
    }
}

fn article(session: &mut Session, id: ArticleId) -> Result<View, CommandError> {
    let workbench = session.workbench()?;
    let ArticleText { article: row, text, blocks } = workbench.article(id)?;
    let agency = agency(&Text::new(text), &blocks, row.byline.as_deref());
    let rows = workbench.claims(&Filter::default().with(Test::Article(id)))?;
    let original = workbench.original(id)?;
    let made = original.as_ref().filter(|one| one.format != PLAIN);
    let fetched = workbench.fetched(id)?;
    let history = workbench.history(id).map(|history| history.revisions).unwrap_or_default();
    let also = workbench.also_at(id)?;
    let kept = |one: &OriginalRow| if one.kept { "kept" } else { "not kept" };
    let fields = [
        ("from", row.path.clone()),
        ("format", made.map(|one| format!("{}, reader version {}", one.format, one.version)).unwrap_or_default()),
        (
            "original",
            made.map(|one| format!("{} bytes, {}, SHA-256 {}", one.size, kept(one), one.hash)).unwrap_or_default(),
        ),
        ("fetched", fetched.as_ref().map(|one| format!("{} from {}", one.at, one.address)).unwrap_or_default()),
        ("updated", row.updated.as_ref().map(|moment| moment.written.clone()).unwrap_or_default()),
        ("archive", row.archive.clone().unwrap_or_default()),
        ("address", row.address.clone().filter(|_| made.is_some()).unwrap_or_default()),
        ("also at", also.join(", ")),
        ("agency", agency.unwrap_or_default().to_owned()),
        ("language", row.language.clone().unwrap_or_default()),
        ("reader", row.reader.clone()),
        ("hash", row.hash.clone()),
        ("revises", row.revises.map(|id| id.to_string()).unwrap_or_default()),
        ("stories", row.stories.iter().map(|story| story.name.as_str()).collect::<Vec<_>>().join(", ")),
    ];
    let fields = fields.into_iter().filter(|(_, text)| !text.is_empty());
    let fields = fields.map(|(name, text)| (name.to_owned(), Run::new(Role::Plain, text)));
    let view = article::head(&row).with(Block::Record(fields.collect())).space();
    let denied = Denied::of(session, &rows)?;
    let mut view = view.with(Block::Table(claims::table(&rows, &denied)));
    if !history.is_empty() {
        view = view.space();
        view.blocks.extend(history.iter().map(layout::revisions::line));
        view = view.hint(format!("`revisions {id}` shows the words"));
    }
    Ok(view.data(
        serde_json::json!({"article": row, "agency": agency, "original": original, "fetched": fetched, "also_at": also, "claims": rows,
        "revisions": layout::revisions::short(&history)}),
    ))
}

fn evidence(session: &mut Session, id: EvidenceId) -> Result<View, CommandError> {
    let workbench = session.workbench()?;
    for verdict in workbench.verdicts(&Filter::default())? {
        for version in workbench.verdicts_of(verdict.claim)? {
            if let Some(found) = version.evidence.iter().find(|evidence| evidence.id == id) {
                let on = Run::new(Role::Dim, format!("for {} on {}", found.verdict, version.claim));
                return Ok(View::empty().with(claims::evidence(found)).text([on]).data(found));
            }
        }
    }
    Err(CommandError::failed(format!("there is no evidence `{id}`")).with_hint("`evidence list` lists all evidence"))
}

fn speaker(session: &mut Session, id: SpeakerId) -> Result<View, CommandError> {
    let workbench = session.workbench()?;
    let row = workbench.speaker(id)?;
    let filter = Filter::default().with(Test::Speaker(id.to_string()));
    let mut rows = workbench.claims(&filter.limited(RECENT, Order::Newest))?;
    rows.reverse();
    let Voices { speaks_for, spoken_for_by } = workbench.voices(row.id)?;
    let notes = workbench.notes(Some(AnyId::Speaker(row.id)))?;
    let mut view = tables::speaker(&row);
    for (label, all) in [("speaks for", &speaks_for), ("spoken for by", &spoken_for_by)] {
        let names: Vec<String> = all.iter().map(|named| format!("{} {}", named.id, named.name)).collect();
        if !names.is_empty() {
            view = view.with(layout::labelled(label, [Run::new(Role::Speaker, names.join(", "))]));
        }
    }
    view.blocks.extend(notes.iter().map(|row| crate::commands::stories::note::line(row, "")));
    if !rows.is_empty() {
        let denied = Denied::of(session, &rows)?;
        view = view.space().with(Block::Table(claims::table(&rows, &denied)));
    }
    if row.claims > rows.len() {
        view = view.hint(format!("`claims speaker:{id}` lists all {}", row.claims));
    }
    Ok(view.data(serde_json::json!({
        "speaker": row, "speaks_for": speaks_for, "spoken_for_by": spoken_for_by, "notes": notes, "claims": rows,
    })))
}

fn story(session: &mut Session, id: StoryId) -> Result<View, CommandError> {
    let workbench = session.workbench()?;
    let name = workbench.story_named(&id.to_string())?;
    crate::commands::stories::story::page(session, &name, crate::commands::stories::story::Extent::Screen)
}

fn operation(session: &mut Session, id: OperationId) -> Result<View, CommandError> {
    let rows: Vec<_> = session.workbench()?.log(usize::MAX)?.into_iter().filter(|row| row.id == id).collect();
    match rows.first() {
        Some(row) => Ok(tables::operations(&rows).data(row)),
        None => {
            Err(CommandError::failed(format!("there is no operation `{id}`")).with_hint("`log` lists the operations"))
        }
    }
}
