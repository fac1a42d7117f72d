//! `report`: the contradiction report of the desk or of a speaker, a story, a claim, in any form, to a file or to standard
//! output.
//!
//! The report's value is filled here from the desk's rows; the documents are made by [`crate::report`].

use crate::commands::common::output_file::OutputFile;
use crate::commands::layout::{count, wait};
use crate::commands::{Command, CommandError, Group, Session, usage};
use crate::relation::RelationKind;
use crate::report::Position;
use crate::report::repeat;
use crate::report::view::{Aside, Format as Shape, View};
use crate::report::{self, Contradictions, Format, Language, RenderError, Standing, Suggestions};
use crate::store::filter::Test;
use crate::store::id::{ArticleId, ClaimId};
use crate::store::rows::{ClaimRow, RelationRow, Status, VerdictRow};
use crate::workbench::findings::Finding;
use crate::workbench::{Workbench, files};
use clap::builder::PossibleValuesParser;
use std::collections::BTreeSet;
use std::path::PathBuf;

mod cite;
mod kind;
mod over_time;

use cite::{Cite, passages, source};
use kind::{Positions, Scope, scope};
use over_time::over_time;

/// Writes the contradiction report
#[derive(Debug, Default, clap::Args)]
pub struct Report {
    /// What it is about: contradictions, speaker NAME, story NAME, verdict ID, claim ID or new; then only what
    /// matches: after:2024-05 (see `help filters`)
    #[arg(value_name = "FILTER")]
    about: Vec<String>,
    /// Write to this file; its ending (.md, .html, .docx, .txt, .csv, .json) chooses the form
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// The form of the document
    #[arg(long = "as", value_name = "CHOICE", value_parser = ["markdown", "html", "docx", "text", "csv", "json"])]
    form: Option<String>,
    /// Fill this file instead of the program's own page (minijinja; its ending chooses what is escaped)
    #[arg(long, value_name = "FILE", conflicts_with = "form")]
    template: Option<PathBuf>,
    /// The address it will be published at: for the canonical link and the ClaimReview records
    #[arg(long, value_name = "LINK")]
    address: Option<String>,
    /// The headline; without it one is made of the findings, and said to be
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// The first sentences; without them they are made of the findings, and said to be
    #[arg(long, value_name = "WORDS")]
    summary: Option<String>,
    /// The language of the fixed words
    #[arg(long, value_name = "CHOICE", value_parser = PossibleValuesParser::new(Language::codes()))]
    lang: Option<String>,
    /// Verdicts that are not published too, each marked as a draft
    #[arg(long)]
    pub(in crate::commands) drafts: bool,
    /// What the machine suggests and nobody reviewed too, in a part of its own
    #[arg(long)]
    pub(in crate::commands) suggested: bool,
}

impl Command for Report {
    const NAME: &'static str = "report";
    const PURPOSE: &'static str = "Write a report of the desk, a speaker, a story, a claim or a verdict";
    const EXAMPLE: &'static str = "report story:tunnel --as markdown";
    const GROUP: Group = Group::Stories;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let form = self.form(session)?;
        let scope = scope(session, &self.about)?;
        let value = gather(session, &scope, &self)?;
        let left_out = self.drafts_left_out(session, &scope)?;
        let document = match form {
            Form::Text(form) => self.document(session, &value, form)?.into_bytes(),
            Form::Word => report::docx(&value, self.language()).map_err(|error| fault(&error))?,
        };
        let Some(file) = self.out else {
            if form == Form::Word {
                return Err(CommandError::usage("a Word file is not for the screen")
                    .with_hint("name it: `report … --out findings.docx`"));
            }
            let mut view = View::document(String::from_utf8_lossy(&document));
            view.asides.extend(left_out);
            return Ok(if session.mode() == Shape::Json && self.form.is_none() { view.data(value) } else { view });
        };
        OutputFile::new(session, &file)?.write_whole(&document)?;
        let confirmed = value.disputes.iter().filter(|one| matches!(one.standing, Standing::Confirmed { .. })).count();
        let open = value.disputes.iter().filter(|one| matches!(one.standing, Standing::Suggested)).count();
        let done = format!("{}: {}", file.display(), count(confirmed, "contradiction"));
        let mut view = match open {
            0 => View::done(done),
            open if self.suggested => View::done(format!("{done}, and {open} suggested, not reviewed")),
            left => {
                let view = View::done(done);
                let wait = wait(left);
                view.hint(format!("{left} more {wait} for review: `review` decides, `report --suggested` shows them"))
            }
        };
        view.asides.extend(left_out);
        Ok(view)
    }
}

impl Report {
    /// Returns the report of what a filter leaves.
    pub(in crate::commands) fn of(filter: &[String]) -> Self {
        Self { about: filter.to_vec(), ..Self::default() }
    }

    /// Returns what the report of a filter tells, for other forms of the same findings.
    ///
    /// # Errors
    /// When a word is no filter, or something that it names is not on the desk.
    pub(in crate::commands) fn value(&self, session: &mut Session) -> Result<Contradictions, CommandError> {
        let scope = kind::whole(session, &self.about)?;
        gather(session, &scope, self)
    }

    /// Says how many claims have a verdict that nobody published yet, where these are left out.
    fn drafts_left_out(&self, session: &mut Session, scope: &Scope) -> Result<Option<Aside>, CommandError> {
        if self.drafts {
            return Ok(None);
        }
        let verdicts = session.workbench()?.verdicts(&scope.filter)?;
        let left_out = |verdict: &&VerdictRow| {
            !verdict.undone && !verdict.is_public() && scope.claim.is_none_or(|claim| claim == verdict.claim)
        };
        let drafts = match verdicts.iter().filter(left_out).count() {
            0 => return Ok(None),
            1 => "1 verdict that is not published is left out; --drafts shows it".to_owned(),
            many => format!("{many} verdicts that are not published are left out; --drafts shows them"),
        };
        Ok(Some(Aside::Hint(drafts)))
    }

    fn language(&self) -> &'static Language {
        self.lang.as_deref().and_then(Language::of).unwrap_or_else(Language::english)
    }

    fn document(&self, session: &Session, value: &Contradictions, form: Format) -> Result<String, CommandError> {
        let Some(typed) = &self.template else {
            return report::render(value, form, self.language()).map_err(|error| fault(&error));
        };
        let name = typed.display();
        let template = files::read_text(&session.path(typed)).map_err(|error| {
            CommandError::failed(format!("cannot read the template {name}: {}", files::told(&error)))
        })?;
        report::render_with(value, &typed.to_string_lossy(), &template, self.language()).map_err(|error| {
            CommandError::failed(format!("the template {name} cannot be filled: {error}")).with_hint(
                "`report --as json` shows what there is; values of the page are `page.title`, `page.parts` …",
            )
        })
    }

    /// The form asked for, else that of the file's ending, else that of the session: JSON, CSV, or Markdown for a person.
    fn form(&self, session: &Session) -> Result<Form, CommandError> {
        if let Some(form) = &self.form {
            return if form == WORD {
                Ok(Form::Word)
            } else {
                Ok(Form::Text(form.parse().map_err(CommandError::usage)?))
            };
        }
        if let Some(file) = &self.out
            && self.template.is_none()
            && file.extension().is_some()
        {
            if file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(WORD)) {
                return Ok(Form::Word);
            }
            if file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf")) {
                return Err(CommandError::usage("no PDF is written").with_hint(usage::PDF));
            }
            return Format::of_path(file).map(Form::Text).ok_or_else(|| {
                CommandError::usage(format!("unknown report format: {}", file.display()))
                    .with_hint("end the name in .md, .html, .docx, .txt, .csv or .json, or give --as")
            });
        }
        Ok(Form::Text(match session.mode() {
            Shape::Json => Format::Json,
            Shape::Csv => Format::Csv,
            _ => Format::Markdown,
        }))
    }
}

/// What a report is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Text(Format),
    Word,
}

/// The form, and the ending of the file.
const WORD: &str = "docx";

fn fault(error: &RenderError) -> CommandError {
    CommandError::failed(error.to_string()).with_hint("this is a fault of the program: please report it")
}

/// Fills the report from the desk.
fn gather(session: &mut Session, scope: &Scope, asked: &Report) -> Result<Contradictions, CommandError> {
    let filter = &scope.filter;
    let (made_on, made_by) = (session.today(), session.user().to_owned());
    let workbench = session.workbench()?;
    let mut read = workbench.articles(&filter.of_articles())?;
    // Articles answer only what was asked of articles alone.
    let of_articles = filter.of_articles().terms.len() == filter.terms.len() && !read.is_empty();
    if !filter.is_empty() && !of_articles && workbench.count_claims(filter)? == 0 {
        let said = format!("nothing on the desk fits `{}`", asked.about.join(" "));
        return Err(CommandError::failed(said)
            .with_hint("a report takes `speaker NAME`, `story NAME`, `claim ID`, `verdict ID`, `new`, or a filter (`help filters`)"));
    }
    let about = |row: &RelationRow| scope.claim.is_none_or(|claim| row.earlier.id == claim || row.later.id == claim);
    let about_found = |found: &Finding| about(&found.pair) || found.others.iter().any(about);
    let mut repeated = workbench.relations(filter, &[RelationKind::Repeat, RelationKind::Reworded])?;
    repeated.retain(about);
    let mut opposed = workbench.found(filter, &[RelationKind::Contradiction], None)?;
    opposed.retain(about_found);
    let mut updated = workbench.found(filter, &[RelationKind::Update], None)?;
    updated.retain(about_found);
    let claims: BTreeSet<_> = workbench.verdicts(filter)?.into_iter().map(|verdict| verdict.claim).collect();
    let claims = claims.into_iter().filter(|claim| scope.claim.is_none_or(|only| only == *claim));
    let verdicts = claims
        .map(|claim| Ok((workbench.claim(claim)?, workbench.verdicts_of(claim)?)))
        .collect::<Result<Vec<_>, CommandError>>()?;
    let about = scope.claim.map(|claim| workbench.claim(claim)).transpose()?;
    let found = opposed.iter().chain(&updated).flat_map(|found| std::iter::once(&found.pair).chain(&found.others));
    let cited = found.flat_map(|row| [&row.earlier, &row.later]).chain(verdicts.iter().map(|(claim, _)| claim));
    let cited = cited.chain(&about);
    let passages = passages(workbench, cited.clone())?;
    let standing: BTreeSet<ArticleId> =
        cited.chain(repeated.iter().flat_map(sides)).filter_map(|claim| claim.article).collect();
    let standing: Vec<ArticleId> = standing.into_iter().collect();
    let sources = workbench.articles_by_id(&standing)?.into_iter().map(|row| (row.id, row)).collect();
    let cite = Cite { sources: &sources, passages, scales: &workbench.settings().scales };
    let judged = verdicts.iter().flat_map(|(claim, versions)| cite.verdicts(claim, versions, asked.drafts)).collect();
    let beside = || opposed.iter().chain(&updated).flat_map(claims_of).chain(repeated.iter().flat_map(sides));
    if let Some(claim) = scope.claim {
        // What was found about one claim stands in its own article and in those of the claims it is cited beside.
        let mut cited: BTreeSet<ArticleId> = workbench.claim(claim)?.article.into_iter().collect();
        cited.extend(beside().filter_map(|one| one.article));
        read.retain(|row| cited.contains(&row.id));
    }
    if scope.claim.is_none() && filter.of_articles().terms.len() < filter.terms.len() {
        // An article in which nothing is of whom the report is about is no part of what it covers.
        let mut own: BTreeSet<ArticleId> = workbench.articles(filter)?.iter().map(|row| row.id).collect();
        own.extend(beside().filter_map(|one| one.article));
        read.retain(|row| own.contains(&row.id));
    }
    let covered: Vec<_> = read.iter().map(|row| row.id).collect();
    let revised = workbench.revisions_of(&covered)?;
    let altered: BTreeSet<ClaimId> = revised.iter().flat_map(cite::altered).collect();
    // What an editor did to the words of others is not about this speaker or claim.
    let speaker = filter.terms.iter().any(|term| matches!(term.test, Test::Speaker(_)));
    let own: Option<BTreeSet<ClaimId>> = match scope.claim {
        Some(claim) => Some(BTreeSet::from([claim])),
        None if speaker => Some(workbench.claims(filter)?.into_iter().map(|row| row.id).collect()),
        None => None,
    };
    let (all, imported) = workbench.count_brought()?;
    let lang = asked.language();
    let is_whole = read.len() == all;
    let (fitting, all) = (lang.count(read.len(), "count.article"), all.to_string());
    let mut notes = vec![match scope.claim {
        Some(claim) => {
            let claim = claim.to_string();
            lang.fill("note.claim", &[("claim", &claim), ("articles", &fitting), ("all", &all)])
        }
        None if is_whole => lang.fill("note.whole", &[("articles", &fitting)]),
        None => lang.fill("note.filter", &[("articles", &fitting), ("all", &all)]),
    }];
    if imported > 0 {
        notes.push(lang.fill("note.imported", &[("number", &imported.to_string())]));
    }
    if asked.suggested {
        notes.push(lang.say("note.offered").to_owned());
    }
    let (reviewed, suggested): (Vec<_>, Vec<_>) = repeated
        .iter()
        .filter(|row| cite.is_position(row))
        .partition(|row| row.status == Status::Confirmed || row.syndicated);
    let group = |rows: Vec<&RelationRow>| repeat::group(rows.into_iter().filter_map(|row| cite.pair(row)).collect());
    // A report that was only carried elsewhere is said once: by itself it is no repeat.
    let repeats: Vec<_> = group(reviewed).into_iter().filter(|repeat| repeat.occasions.len() > 1).collect();
    let repeats_suggested = group(suggested);
    let mut disputes: Vec<_> = opposed.iter().filter_map(|found| cite.dispute(found, &repeated)).collect();
    // Changes of position first.
    disputes.sort_by_key(|dispute| dispute.kind);
    let shown = disputes.iter().filter(|one| match one.standing {
        Standing::Confirmed { .. } => true,
        Standing::Suggested => asked.suggested,
        Standing::Rejected { .. } => false,
    });
    let over_time = over_time(workbench, scope, asked, shown)?;
    let (claims, filter_told) = match scope.claim {
        None => (workbench.count_claims(filter)?, filter.to_string()),
        Some(claim) => {
            let mut cited: BTreeSet<ClaimId> = BTreeSet::from([claim]);
            cited.extend(beside().map(|one| one.id));
            (cited.len(), [format!("claim {claim}"), filter.to_string()].join(" ").trim_end().to_owned())
        }
    };
    Ok(Contradictions {
        subject: scope.subject.clone(),
        claim: scope.claim.map(|claim| claim.to_string()),
        about: about.as_ref().map(|claim| cite.statement(claim)),
        title: asked.title.clone().unwrap_or_else(|| scope.words.title.clone()),
        summary: asked.summary.clone().unwrap_or_else(|| scope.words.summary.clone()),
        address: asked.address.clone(),
        made_on,
        made_by,
        made_with: concat!("onrecord ", env!("CARGO_PKG_VERSION")).to_owned(),
        filter: filter_told,
        articles: read.iter().map(source).collect(),
        claims,
        disputes,
        series: updated.iter().map(|found| cite.series(found)).collect(),
        revised: revised
            .iter()
            .filter(|revision| revision.silent)
            .filter_map(|revision| cite::revised(revision, own.as_ref()))
            .collect(),
        repeats,
        repeats_suggested,
        suggestions: if asked.suggested { Suggestions::Shown } else { Suggestions::LeftOut },
        verdicts: judged,
        positions: positions(workbench, scope, asked, &altered)?,
        over_time,
        notes,
    })
}

/// The statements of a relation.
fn sides(row: &RelationRow) -> [&ClaimRow; 2] {
    [&row.earlier, &row.later]
}

/// The statements that tell a finding.
fn claims_of(found: &Finding) -> impl Iterator<Item = &ClaimRow> {
    std::iter::once(&found.pair).chain(&found.others).flat_map(sides)
}

/// Who holds what since when, by the relations that a person confirmed, and those suggested where they are asked for. Of
/// somebody whom a verdict or a change is told of, a story tells every position; nobody holds what an editor `altered`.
fn positions(
    workbench: &Workbench,
    scope: &Scope,
    asked: &Report,
    altered: &BTreeSet<ClaimId>,
) -> Result<Vec<Position>, CommandError> {
    if scope.positions == Positions::LeftOut {
        return Ok(Vec::new());
    }
    let mut claims = workbench.claims(&scope.filter)?;
    claims.retain(|claim| !altered.contains(&claim.id));
    if !asked.drafts {
        claims.iter_mut().for_each(|claim| claim.verdicts.retain(|label| !label.draft));
    }
    let mut relations = workbench.relations(&scope.filter, &[])?;
    relations.retain(|row| asked.suggested || row.status == Status::Confirmed || row.syndicated);
    let relation = |id: &str| relations.iter().find(|row| row.id.to_string() == id);
    let told = Workbench::story_page(&claims, &relations);
    let mut positions = told.positions;
    if scope.positions == Positions::Every {
        let is_told =
            |one: &report::story::Position| !one.speaker.is_empty() && (!one.rating.is_empty() || one.left.is_some());
        let of: BTreeSet<String> = positions.iter().filter(|one| is_told(one)).map(|one| one.speaker.clone()).collect();
        let held = |one: &report::story::Position| of.contains(&one.speaker) && report::story::can_be_held(&one.words);
        positions.extend(told.single.into_iter().filter(held));
        // Those of one speaker together, in order of time, where the first of them stands.
        let order: Vec<String> = positions.iter().map(|one| one.speaker.clone()).collect();
        let place = |speaker: &str| order.iter().position(|known| known == speaker);
        positions.sort_by_cached_key(|one| (place(&one.speaker), one.since.is_none(), one.since));
    }
    let position = |one: report::story::Position| Position {
        suggested: one
            .left
            .as_deref()
            .or(one.came.as_deref())
            .and_then(relation)
            .is_some_and(|row| row.status != Status::Confirmed),
        changed: one.left.as_deref().and_then(relation).and_then(|row| row.later.date()),
        reverses: one.came.as_deref().and_then(relation).and_then(|row| row.earlier.date()),
        speaker: one.speaker,
        title: one.title,
        words: one.words,
        since: one.since,
        last: one.last,
        times: one.times,
        rating: one.rating,
        draft: one.draft,
    };
    Ok(positions.into_iter().map(position).collect())
}
