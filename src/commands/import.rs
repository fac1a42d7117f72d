//! `import`: claims and fact-checks of others, as JSON lines. A rating stays theirs.

use super::layout::count;
use super::{Command, CommandError, Group, Session, input};
use crate::report::view::{Role, Run, View};
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
    /// Import another desk: what `export` wrote, with all that was done there; work of both is kept
    Desk {
        /// The file; `-` is standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

impl Command for Import {
    const NAME: &'static str = "import";
    const PURPOSE: &'static str = "Import claims and fact-checks of others, or a whole desk, from JSON lines";
    const EXAMPLE: &'static str = "import claims samples/factchecks.jsonl --origin \"Kestria Check\"";
    const GROUP: Group = Group::Desk;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        match self.what {
            What::Claims { file, origin } => claims(session, &file, origin),
            What::Desk { file } => desk(session, &file),
        }
    }
}

/// Reads a file that a person named; bytes that are no UTF-8 stand as the replacement character.
fn read(session: &Session, file: &Path) -> Result<String, CommandError> {
    let most = session.max_size().max(DESK);
    let mut bytes = Vec::new();
    let path = if file.as_os_str() == "-" { file.to_owned() } else { session.path(file) };
    let mut input = input::open(&path)?.take(most + 1);
    input.read_to_end(&mut bytes).map_err(|error| CommandError::file(file, &error))?;
    if bytes.len() as u64 > most {
        return Err(CommandError::failed(format!("{} is larger than {} MB", file.display(), most >> 20))
            .with_hint("--max-size 4G allows more"));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
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
