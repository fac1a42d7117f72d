//! `import`: claims and fact-checks of others, and whole desks. What others found stays theirs.

use crate::article::Mapping;
use crate::commands::common::input::{self, Found};
use crate::commands::layout::count;
use crate::commands::{Command, CommandError, Group, Session, layout};
use crate::factcheck::Columns;
use crate::report::view::{Role, Run, View};
use crate::workbench::{CheckSource, files};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Bytes of an import that are read unless more are allowed.
const DESK: u64 = 1 << 30;
/// Failed lines that are named one by one.
const NAMED: usize = 10;

/// Imports claims and fact-checks of others
#[derive(Debug, clap::Args)]
pub struct Import {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Import claims: JSON lines {"id", "text", "speaker", "date", "title", "rating", "url"}; only the text is needed
    Claims {
        /// The file; `-` is standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Who wrote these claims down; without it the name of the file
        #[arg(long, value_name = "OUTLET")]
        origin: Option<String>,
    },
    /// Import fact-checks: ClaimReview in saved pages or JSON, answers of services, JSON lines, CSV; what was found stays theirs
    Checks {
        /// Files, and folders with everything in them; `-` is standard input
        #[arg(value_name = "PATH", required = true)]
        paths: Vec<PathBuf>,
        /// Who checked, where a record does not tell; without it the name of the file
        #[arg(long, value_name = "OUTLET")]
        origin: Option<String>,
        /// Which field of JSON lines or a table is which part of a check: claim=statement,label=ruling; `dates=day-first` or
        /// `dates=month-first` reads 03/04/2025
        #[arg(long, value_name = "PART=FIELD", default_value = "", hide_default_value = true)]
        map: Columns,
    },
    /// Import articles with their claims: lines that `extract --articles` wrote, here or on many machines
    Articles {
        /// The files; `-` is standard input
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
    },
    /// Import another desk: what `export` wrote, with all that was done there; work of both is kept
    Desk {
        /// The file; `-` is standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

impl Command for Import {
    const NAME: &'static str = "import";
    const PURPOSE: &'static str = "Import claims and fact-checks of others, articles read elsewhere, or a whole desk";
    const EXAMPLE: &'static str = "import claims samples/factchecks.jsonl --origin \"Kestria Check\"";
    const GROUP: Group = Group::Desk;

    fn begins_desk(&self) -> bool {
        true
    }

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        match self.what {
            What::Claims { file, origin } => claims(session, &file, origin),
            What::Checks { paths, origin, map } => {
                let map = map.or_order(session.shell.dates);
                checks(session, &paths, origin.as_deref(), &map)
            }
            What::Articles { files } => articles(session, &files),
            What::Desk { file } => desk(session, &file),
        }
    }
}

/// Reads a file that a person named; bytes that are no UTF-8 stand as the replacement character.
fn read(session: &Session, file: &Path) -> Result<String, CommandError> {
    let most = session.max_size().max(DESK);
    let mut bytes = Vec::new();
    let path = if file.as_os_str() == "-" { file.to_owned() } else { session.path(file) };
    let mut input = input::open(session, &path)?.take(most + 1);
    input.read_to_end(&mut bytes).map_err(|error| CommandError::file(file, &error))?;
    if bytes.len() as u64 > most {
        return Err(CommandError::failed(format!("{} is larger than {} MB", file.display(), most >> 20))
            .with_hint("--max-size 4G allows more"));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn articles(session: &mut Session, typed: &[PathBuf]) -> Result<View, CommandError> {
    let (most, stop) = (session.max_size(), session.interrupt_flag());
    let mut outcomes = Vec::new();
    for file in typed {
        let path = if file.as_os_str() == "-" { file.clone() } else { session.path(file) };
        let mut input = input::open(session, &path)?;
        let lines = files::lines(&mut input, most);
        outcomes.extend(session.workbench()?.import_articles(&file.display().to_string(), lines, &stop));
        session.check_interrupt()?;
    }
    crate::commands::articles::load::account(session.workbench()?, &outcomes, &[])
}

fn desk(session: &mut Session, file: &Path) -> Result<View, CommandError> {
    let text = read(session, file)?;
    let came = session.workbench()?.import_desk(&text, &file.display().to_string())?;
    let parts = [
        count(came.articles, "article"),
        count(came.claims, "claim"),
        count(came.decisions, "decision"),
        count(came.verdicts, "verdict"),
        count(came.operations, "operation"),
    ];
    let mut view = View::empty().text([Run::new(Role::Heading, format!("{} imported", parts.join(", ")))]);
    if came.same > 0 {
        view = view.text([Run::new(Role::Plain, format!("{} already here", count(came.same, "article")))]);
    }
    for one in &came.conflicts {
        let told = format!(
            "{} on {}: {} ({}) here, {} ({}) there; what was imported counts",
            one.what, one.on, one.here, one.by_here, one.brought, one.by_brought
        );
        view = view.warning(told);
    }
    Ok(view.hint("`reindex --meaning` finds paraphrases among what was imported").data(came))
}

fn checks(
    session: &mut Session,
    paths: &[PathBuf],
    origin: Option<&str>,
    columns: &Columns,
) -> Result<View, CommandError> {
    let most = session.max_size().max(DESK);
    let mut sources = Vec::new();
    for typed in paths {
        if typed.as_os_str() == "-" {
            let bytes = session.pasted_or_typed()?;
            sources.push(CheckSource { path: "-".to_owned(), bytes: Ok(bytes) });
            continue;
        }
        for found in input::files(&session.paths(typed)?, &Mapping::default()) {
            let (path, bytes) = match found {
                Found::File(path) | Found::Passed(path) => {
                    let bytes = files::read(&path, most).map_err(|error| files::told(&error));
                    (path, bytes)
                }
                Found::Failed { path, reason } => (path, Err(reason)),
            };
            let base = session.base.as_deref();
            let shown = base.and_then(|base| path.strip_prefix(base).ok()).unwrap_or(&path).display().to_string();
            sources.push(CheckSource { path: shown, bytes });
        }
    }
    let report = session.workbench()?.import_checks(sources, columns, origin)?;
    Ok(layout::checks::report(&report))
}

fn claims(session: &mut Session, file: &Path, origin: Option<String>) -> Result<View, CommandError> {
    let text = read(session, file)?;
    let named = file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let origin = origin.or(named).unwrap_or_default();
    let report = session.workbench()?.import_lines(&text, &origin, &file.display().to_string())?;
    let mut sums = format!("{} imported, {} with a rating", count(report.added, "claim"), report.rated);
    for (number, one) in [(report.repeats, "repeat"), (report.contradictions, "contradiction")] {
        if number > 0 {
            sums.push_str(&format!(", {}", count(number, one)));
        }
    }
    if report.duplicates > 0 {
        sums.push_str(&format!(", {}", count(report.duplicates, "duplicate")));
    }
    let mut view = View::empty().text([Run::new(Role::Heading, sums)]);
    if report.compared < report.added {
        view = view.hint("so many are not compared with the rest at once; `match CLAIM` compares any of them");
    }
    for (line, why) in report.failed.iter().take(NAMED) {
        view = view.warning(format!("{}:{line}: {why}", file.display()));
    }
    if report.failed.len() > NAMED {
        view = view.warning(format!("{} more lines failed", report.failed.len() - NAMED));
    }
    view.failed = !report.failed.is_empty();
    Ok(view.data(report))
}
