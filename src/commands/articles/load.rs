//! `load`: articles come onto the desk, with their claims, repeats and contradictions.
//!
//! Each file is told apart: added, duplicate, revision, or failed and why. One bad file never stops the others.

use crate::article::{Given, Mapping};
use crate::commands::common::input::{self, Found};
use crate::commands::common::metadata::Metadata;
use crate::commands::common::reader_choice::ReaderChoice;
use crate::commands::layout::{self, count, labelled};
use crate::commands::{Command, CommandError, Group, Session, common::progress};
use crate::report::view::{Aside, Block, Format, Paragraph, Role, Run, Table, View};
use crate::store::id::ArticleId;
use crate::workbench::fetch;
use crate::workbench::{Content, FileOutcome, Originals, Outcome, Revision, Source, Workbench};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// Files that are listed one by one for a person; of more only those that need a look.
const LISTED: usize = 40;

/// Changed versions whose changes are told; of more `revisions` tells.
const CHANGED: usize = 20;

/// Claims checked before that are named one by one when somebody says the same again.
const PRECEDENTS: usize = 10;

/// Loads articles
#[derive(Debug, clap::Args)]
pub struct Load {
    /// Files of any format that `convert` reads, folders with everything in them, and addresses (https://…); `-` reads
    /// standard input
    #[arg(value_name = "PATH|LINK", required = true)]
    paths: Vec<PathBuf>,
    /// The day the articles were published
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// The outlet that published them
    #[arg(long, value_name = "OUTLET")]
    outlet: Option<String>,
    /// The address of the article
    #[arg(long, value_name = "LINK")]
    url: Option<String>,
    /// The title of the article
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// A table (TSV or CSV) that gives date, outlet, title and url of each file
    #[arg(long, value_name = "FILE")]
    metadata: Option<PathBuf>,
    /// Which field of JSON or a table is which part of an article: title=headline,text=body; `dates=day-first` or
    /// `dates=month-first` reads 03/04/2025
    #[arg(long, value_name = "PART=FIELD", default_value = "", hide_default_value = true)]
    map: Mapping,
    /// Tell what would be loaded and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Keep only the hash of the files, not their bytes (`read a1 --original FILE` writes kept ones back)
    #[arg(long)]
    no_original: bool,
    /// Fetch addresses of this computer and of the local network too
    #[arg(long)]
    allow_local: bool,
    #[command(flatten)]
    reader: ReaderChoice,
}

/// As many files are read by the deep reader unless the person says otherwise, where a person waits at the prompt.
const PATIENT: usize = 20;

/// Tells which reader was taken and how to have the other.
fn choice(reader: &str) -> &'static str {
    match reader {
        "deep" => "read by the deep reader; `load --reader fast` is about 30 times faster, finds fewer claims",
        _ => "read by the fast reader, as there are many files; `reread a1 a2 …` finds more, at thirty times the time",
    }
}

/// What is to be loaded, and the folders that could not be read, each with the reason.
struct Listed {
    sources: Vec<Source>,
    unread: Vec<(String, String)>,
    passed: Vec<String>,
}

/// One file, as programs read it.
#[derive(Debug, Serialize)]
struct Line<'a> {
    path: &'a str,
    outcome: &'static str,
    article: Option<String>,
    claims: usize,
    repeats: usize,
    contradictions: usize,
    /// What was changed, in a changed version of an article.
    #[serde(skip_serializing_if = "Option::is_none")]
    changed: Option<String>,
    warnings: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

impl Command for Load {
    const NAME: &'static str = "load";
    const PURPOSE: &'static str = "Load articles: files, folders, addresses, or one pasted on standard input";
    const EXAMPLE: &'static str = "load samples";
    const GROUP: Group = Group::Articles;

    fn begins_desk(&self) -> bool {
        true
    }

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let Listed { sources, unread, passed } = self.sources(session)?;
        if sources.is_empty() && unread.is_empty() {
            return Ok(accounted(View::empty().hint("there is no file to load"), &passed, session.mode()));
        }
        if self.dry_run {
            let bar = progress::bar(session.screen.progress(), sources.len(), "reading");
            let stop = session.interrupt_flag();
            let foreseen = session.on_no_new_desk(|session| {
                Ok(session.workbench()?.foresee(&sources, &stop, |read| bar.inc(read as u64)))
            })?;
            bar.finish_and_clear();
            session.check_interrupt()?;
            return Ok(accounted(layout::foreseen::table(&foreseen?, &unread), &passed, session.mode()));
        }
        let bar = progress::bar(session.screen.progress(), sources.len(), "loading");
        let stop = session.interrupt_flag();
        let total = sources.len();
        let standard = if session.is_at_prompt() && total <= PATIENT { "deep" } else { "fast" };
        let reader = self.reader.or(standard)?;
        let told = (session.is_at_prompt() && !self.reader.is_given()).then(|| choice(standard));
        let mode = session.mode();
        let workbench = session.workbench()?;
        workbench.settings_mut().reader = reader;
        workbench.settings_mut().originals = if self.no_original { Originals::Told } else { Originals::Kept };
        let outcomes = workbench.load_many(sources, &stop, |_| bar.inc(1));
        bar.finish_and_clear();
        let mut view = accounted(account(workbench, &outcomes, &unread)?, &passed, mode);
        let added: Vec<ArticleId> = outcomes
            .iter()
            .filter_map(|outcome| outcome.result.as_ref().ok())
            .filter(|loaded| loaded.outcome != Outcome::Duplicate)
            .map(|loaded| loaded.article)
            .collect();
        // Who stopped it wants no more questions asked.
        let before = if outcomes.len() < total { Vec::new() } else { workbench.precedents_of(&added)? };
        view.blocks.extend(before.iter().take(PRECEDENTS).map(layout::claims::precedent));
        if before.len() > PRECEDENTS {
            view = view.hint(format!(
                "{} more repeat claims already checked: `checked` lists them",
                before.len() - PRECEDENTS
            ));
        }
        if let (Some(told), false) = (told, added.is_empty()) {
            view = view.hint(told);
        }
        if outcomes.len() < total {
            let left = count(total - outcomes.len(), "file");
            let kept = match added.len() {
                0 => "nothing was loaded".to_owned(),
                number => format!("{} kept (`undo` takes them back)", count(number, "article")),
            };
            view = view.warning(format!("stopped with {left} left: {kept}; loading again goes on"));
            view.failed = true;
        }
        Ok(view)
    }
}

impl Load {
    /// Lists what is to be loaded, and the folders that could not be read.
    fn sources(&self, session: &mut Session) -> Result<Listed, CommandError> {
        let given = Given {
            date: self.date.as_deref().map(|written| session.date(written)).transpose()?,
            outlet: self.outlet.clone(),
            url: self.url.clone(),
            title: self.title.clone(),
            fields: self.map.clone().or_order(session.shell.dates),
            ..Given::default()
        };
        let mut rules = session.fetching();
        if self.allow_local {
            rules.may_reach = fetch::anywhere;
        }
        let metadata = match &self.metadata {
            Some(file) => Metadata::read(&session.path(file), session.today().first(), session.shell.dates)?,
            None => Metadata::default(),
        };
        let (mut sources, mut unread, mut passed) = (Vec::new(), Vec::new(), Vec::new());
        for typed in &self.paths {
            if typed.as_os_str() == "-" {
                let bytes = session.pasted_or_typed()?;
                sources.push(Source { path: "-".to_owned(), content: Content::Bytes(bytes), given: given.clone() });
                continue;
            }
            if let Some(address) = session.address(typed) {
                let path = fetch::shown(&address);
                sources.push(Source { path, content: Content::Address { address, rules }, given: given.clone() });
                continue;
            }
            for found in input::files(&session.paths(typed)?, &self.map) {
                match found {
                    Found::File(path) => {
                        let given = merged(&given, metadata.of(&path));
                        sources.push(Source { path: shown(&path, session), content: Content::File(path), given });
                    }
                    Found::Passed(path) => passed.push(shown(&path, session)),
                    Found::Failed { path, reason } => unread.push((path.display().to_string(), reason)),
                }
            }
        }
        Ok(Listed { sources, unread, passed })
    }
}

/// Tells of the files that were passed over: above the sums, which end the view, or beside what programs read.
fn accounted(mut view: View, passed: &[String], mode: Format) -> View {
    match (input::passed_over(passed), mode) {
        (None, _) => view,
        (Some(told), Format::Json | Format::Jsonl | Format::Csv) => view.hint(told),
        (Some(told), _) => {
            let sums = view.blocks.len().saturating_sub(1);
            view.blocks.insert(sums, Block::Paragraph(Paragraph::new([Run::new(Role::Plain, told)])));
            view
        }
    }
}

/// The path as the person knows it: without the folder that the session counts from.
fn shown(path: &Path, session: &Session) -> String {
    let base = session.base.as_deref();
    base.and_then(|base| path.strip_prefix(base).ok()).unwrap_or(path).display().to_string()
}

/// What the person said for all files wins over the table's row for one.
fn merged(given: &Given, row: Option<&Given>) -> Given {
    let Some(row) = row else { return given.clone() };
    Given {
        date: given.date.or(row.date),
        outlet: given.outlet.clone().or_else(|| row.outlet.clone()),
        url: given.url.clone().or_else(|| row.url.clone()),
        title: given.title.clone().or_else(|| row.title.clone()),
        fields: given.fields.clone(),
        ..Given::default()
    }
}

impl Line<'_> {
    /// What became of the file; of a duplicate, which article has its words already.
    fn told(&self) -> String {
        match &self.article {
            Some(article) if self.outcome == Outcome::Duplicate.name() => format!("duplicate of {article}"),
            _ => self.outcome.to_owned(),
        }
    }
}

fn line<'a>(outcome: &'a FileOutcome, revisions: &[Revision]) -> Line<'a> {
    let path = &outcome.path;
    match &outcome.result {
        Ok(loaded) => Line {
            path,
            outcome: loaded.outcome.name(),
            article: Some(loaded.article.to_string()),
            claims: loaded.claims,
            repeats: loaded.repeats,
            contradictions: loaded.contradictions,
            changed: revisions
                .iter()
                .find(|revision| [&revision.after, &revision.before].iter().any(|one| one.article.id == loaded.article))
                .map(|revision| layout::revisions::changed(loaded.article, revision)),
            warnings: &loaded.warnings,
            error: None,
        },
        Err(error) => failed(path, error.to_string()),
    }
}

/// Tells of a file that could not be loaded.
const fn failed(path: &str, reason: String) -> Line<'_> {
    Line {
        path,
        outcome: "failed",
        article: None,
        claims: 0,
        repeats: 0,
        contradictions: 0,
        changed: None,
        warnings: &[],
        error: Some(reason),
    }
}

/// What became of each file, and what was changed in the articles that came again.
pub(in crate::commands) fn account(
    workbench: &Workbench,
    outcomes: &[FileOutcome],
    unread: &[(String, String)],
) -> Result<View, CommandError> {
    let changed: Vec<ArticleId> = outcomes
        .iter()
        .filter_map(|outcome| outcome.result.as_ref().ok())
        .filter(|loaded| loaded.outcome == Outcome::Revision)
        .map(|loaded| loaded.article)
        .take(CHANGED)
        .collect();
    let revisions = workbench.revisions_of(&changed)?;
    let view = report(outcomes, unread, &revisions);
    Ok(match workbench.articles_unread()? {
        0 => view,
        waiting => view.hint(format!(
            "{} not read together with the others yet; `contradictions` and `review` do it first",
            count(waiting, "article")
        )),
    })
}

/// The table of files and the sums below it.
fn report(outcomes: &[FileOutcome], unread: &[(String, String)], revisions: &[Revision]) -> View {
    let mut lines: Vec<Line<'_>> = outcomes.iter().map(|outcome| line(outcome, revisions)).collect();
    lines.extend(unread.iter().map(|(path, reason)| failed(path, reason.clone())));
    let mut table = Table::new([
        ("id", Role::Id),
        ("file", Role::Plain),
        ("", Role::Plain),
        ("claims", Role::Number),
        ("repeats", Role::Number),
        ("contradictions", Role::Number),
    ]);
    let (mut view, mut failures, mut warnings) = (View::empty(), Vec::new(), Vec::new());
    for line in &lines {
        let number = |n: usize| {
            if line.outcome == "added" || line.outcome == "revision" { n.to_string() } else { String::new() }
        };
        if lines.len() <= LISTED || line.outcome == "failed" || line.outcome == "revision" {
            let role = if line.error.is_some() { Role::Bad } else { Role::Plain };
            table.rows.push(vec![
                Run::new(Role::Id, line.article.clone().unwrap_or_default()),
                Run::new(Role::Plain, line.path),
                Run::new(role, line.told()),
                Run::new(Role::Number, number(line.claims)),
                Run::new(Role::Number, number(line.repeats)),
                Run::new(Role::Number, number(line.contradictions)),
            ]);
        }
        if let Some(error) = &line.error {
            failures.push(labelled("failed", [Run::new(Role::Plain, &**error)]));
        }
        for warning in line.warnings {
            warnings.push((line.path.to_owned(), warning.clone()));
        }
    }
    view.failed = lines.iter().any(|line| line.outcome == "failed");
    if !table.rows.is_empty() {
        view = view.with(Block::Table(table));
    }
    view.blocks.extend(failures);
    view.blocks.extend(revisions.iter().map(layout::revisions::line));
    view.asides.extend(input::condensed(warnings).into_iter().map(Aside::Warning));
    view.text([Run::new(Role::Heading, sums(&lines))]).data(&lines)
}

fn sums(lines: &[Line<'_>]) -> String {
    let number = |outcome: &str| lines.iter().filter(|line| line.outcome == outcome).count();
    let total = |field: fn(&Line<'_>) -> usize| lines.iter().map(field).sum::<usize>();
    let mut parts = vec![format!("{} added", count(number("added") + number("revision"), "article"))];
    for (outcome, one) in [("duplicate", "duplicate"), ("failed", "failure")] {
        if number(outcome) > 0 {
            parts.push(count(number(outcome), one));
        }
    }
    parts.push(count(total(|line| line.claims), "claim"));
    parts.push(count(total(|line| line.repeats), "repeat"));
    parts.push(count(total(|line| line.contradictions), "contradiction"));
    parts.join(", ")
}
