//! `report`: the contradiction report, as Markdown, HTML or JSON, to a file or to standard output.
//!
//! The report's value is filled here from the desk's rows; the documents are made by [`crate::report`].

use super::layout::count;
use super::output_file::OutputFile;
use super::{Command, CommandError, Group, Session};
use crate::relation::RelationKind;
use crate::report::repeat;
use crate::report::view::{Format as Shape, View};
use crate::report::{self, Contradictions, Format, Standing, Suggestions};
use crate::store::filter::Filter;
use crate::store::rows::{RelationRow, Status};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

mod cite;

use cite::{Cite, source};

/// Writes the contradiction report
#[derive(Debug, clap::Args)]
pub struct Report {
    /// Only what matches: story:tunnel, speaker:Brook (see `help filters`)
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    /// Write to this file; its ending (.md, .html, .json) chooses the form
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// The form of the document
    #[arg(long = "as", value_name = "CHOICE", value_parser = ["markdown", "html", "json"])]
    form: Option<String>,
    /// The title of the report
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// Verdicts that are not published too, each marked as a draft
    #[arg(long)]
    drafts: bool,
    /// What the machine suggests and nobody reviewed too, in a part of its own
    #[arg(long)]
    suggested: bool,
}

impl Command for Report {
    const NAME: &'static str = "report";
    const PURPOSE: &'static str = "Write the contradiction report as Markdown, HTML or JSON";
    const EXAMPLE: &'static str = "report story:tunnel --as markdown";
    const GROUP: Group = Group::Stories;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let form = self.form(session)?;
        let filter = session.filter(&self.filter)?;
        let value = gather(session, &filter, &self)?;
        let document = report::render(&value, form).map_err(|error| {
            CommandError::failed(error.to_string()).with_hint("this is a fault of the program: please report it")
        })?;
        let Some(file) = self.out else {
            let view = View::document(document);
            return Ok(if session.mode() == Shape::Json && self.form.is_none() { view.data(value) } else { view });
        };
        OutputFile::new(session, &file)?.write_whole(document.as_bytes())?;
        let confirmed = value.disputes.iter().filter(|one| matches!(one.standing, Standing::Confirmed { .. })).count();
        let all = value.disputes.len();
        let shown = if self.suggested { all } else { confirmed };
        let done = format!("{}: {}", file.display(), count(shown, "contradiction"));
        let view = View::done(done);
        Ok(match all - shown {
            0 => view,
            left => {
                view.hint(format!("{left} more wait for review: `review` decides, `report --suggested` shows them"))
            }
        })
    }
}

impl Report {
    /// The form asked for, else that of the file's ending, else JSON for a program and Markdown for a person.
    fn form(&self, session: &Session) -> Result<Format, CommandError> {
        if let Some(form) = &self.form {
            return form.parse().map_err(CommandError::usage);
        }
        if let Some(file) = &self.out
            && file.extension().is_some()
        {
            return Format::of_path(file).ok_or_else(|| {
                CommandError::usage(format!("unknown report format: {}", file.display()))
                    .with_hint("end the name in .md, .html or .json, or give --as")
            });
        }
        Ok(if session.mode() == Shape::Json { Format::Json } else { Format::Markdown })
    }
}

/// Fills the report from the desk.
fn gather(session: &mut Session, filter: &Filter, asked: &Report) -> Result<Contradictions, CommandError> {
    let (made_on, made_by) = (session.today(), session.user().to_owned());
    let workbench = session.workbench()?;
    let read = workbench.articles(&filter.of_articles())?;
    let sources: BTreeMap<_, _> =
        workbench.articles(&Filter::default())?.into_iter().map(|row| (row.id, row)).collect();
    let cite = Cite { sources: &sources };
    let repeated = workbench.relations(filter, &[RelationKind::Repeat, RelationKind::Reworded])?;
    let opposed = workbench.found(filter, &[RelationKind::Contradiction], None)?;
    let updated = workbench.found(filter, &[RelationKind::Update], None)?;
    let mut judged = Vec::new();
    let claims: BTreeSet<_> = workbench.verdicts(filter)?.into_iter().map(|verdict| verdict.claim).collect();
    for claim in claims {
        judged.extend(cite.verdicts(&workbench.claim(claim)?, &workbench.verdicts_of(claim)?, asked.drafts));
    }
    let covered: Vec<_> = read.iter().map(|row| row.id).collect();
    let revised = workbench.revisions_of(&covered)?;
    let imported = workbench.stats()?.imported;
    let scope = if read.len() == sources.len() {
        format!("All {} on the desk were read for this report.", count(read.len(), "article"))
    } else {
        let (read, all) = (count(read.len(), "article"), sources.len());
        format!("{read} of the {all} on the desk fit the filter and were read for this report; the others were not.")
    };
    let mut notes = vec![scope];
    if imported > 0 {
        notes.push(format!("The desk also holds {imported} imported claims; they are compared too."));
    }
    let (reviewed, suggested): (Vec<_>, Vec<_>) = repeated
        .iter()
        .filter(|row| cite.is_position(row))
        .partition(|row| row.status == Status::Confirmed || row.syndicated);
    let group = |rows: Vec<&RelationRow>| repeat::group(rows.into_iter().filter_map(|row| cite.pair(row)).collect());
    // A report that was only carried elsewhere is said once: by itself it is no repeat.
    let repeats: Vec<_> = group(reviewed).into_iter().filter(|repeat| repeat.occasions.len() > 1).collect();
    let repeats_suggested = group(suggested);
    Ok(Contradictions {
        title: asked.title.clone().unwrap_or_else(|| "Contradictions on record".to_owned()),
        made_on,
        made_by,
        made_with: concat!("onrecord ", env!("CARGO_PKG_VERSION")).to_owned(),
        filter: filter.to_string(),
        articles: read.iter().map(source).collect(),
        claims: workbench.count_claims(filter)?,
        disputes: opposed.iter().filter_map(|found| cite.dispute(found, &repeated)).collect(),
        series: updated.iter().map(|found| cite.series(found)).collect(),
        revised: revised.iter().filter(|revision| revision.silent).map(cite::revised).collect(),
        repeats,
        repeats_suggested,
        suggestions: if asked.suggested { Suggestions::Shown } else { Suggestions::LeftOut },
        verdicts: judged,
        notes,
    })
}
