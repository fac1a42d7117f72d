//! `import`: claims and fact-checks of others, as JSON lines. A rating stays theirs.

use super::layout::count;
use super::{Command, CommandError, Group, Session, input};
use crate::report::view::{Role, Run, View};
use std::io::Read;
use std::path::PathBuf;

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
}

impl Command for Import {
    const NAME: &'static str = "import";
    const PURPOSE: &'static str = "Import claims and fact-checks of others from JSON lines";
    const EXAMPLE: &'static str = "import claims samples/factchecks.jsonl --origin \"Kestria Check\"";
    const GROUP: Group = Group::Desk;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let What::Claims { file, origin } = self.what;
        let mut bytes = Vec::new();
        let path = if file.as_os_str() == "-" { file.clone() } else { session.path(&file) };
        input::open(&path)?.read_to_end(&mut bytes).map_err(|error| CommandError::file(&file, &error))?;
        let named = file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let origin = origin.or(named).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
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
}
