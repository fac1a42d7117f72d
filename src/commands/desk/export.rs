//! `export`: what is on the desk for other programs: the whole desk, or its published findings in one of the forms that
//! others read.

use crate::commands::common::output_file::OutputFile;
use crate::commands::stories::report::Report;
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::Contradictions;
use crate::report::exchange::Publication;
use crate::report::view::{Block, View};
use crate::store::id::AnyId;
use crate::workbench::web_address;
use serde_json::Value;
use std::path::PathBuf;

mod annotations;
mod datasette;
mod desk;
mod sheets;

/// Exports the desk, or its published findings
#[derive(Debug, clap::Args)]
pub struct Export {
    /// A form (datasette FILE, csv SHEET, jsonl SHEET, annotations, claimreview, rss; without one: the whole desk), then only
    /// what matches: after:2024-05 (see `help filters`)
    #[arg(value_name = "FORM|FILTER")]
    words: Vec<String>,
    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Of claimreview and rss: the address of the page on which the verdicts are published
    #[arg(long, value_name = "LINK")]
    address: Option<String>,
    /// Of claimreview and rss: the name of the house that publishes them; without it the author of each verdict is named
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,
    /// Of claimreview: a schema.org data feed, or the page of the Fact Check Tools Markup service
    #[arg(long, value_name = "CHOICE", value_parser = ["feed", "markup"], default_value = "feed")]
    shape: String,
    /// Verdicts that are not published too, each marked as a draft
    #[arg(long)]
    drafts: bool,
    /// What the machine suggests and nobody reviewed too, marked as such
    #[arg(long)]
    suggested: bool,
}

/// A form: its name, what comes after it (empty: nothing), which marked extras it takes, and how it is made.
struct Form {
    name: &'static str,
    takes: &'static str,
    extras: Extras,
    make: fn(&Export, &mut Session, &[String]) -> Result<Made, CommandError>,
}

/// What of the unpublished a form has marks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extras {
    Marked,
    /// Only what readers may see.
    Never,
}

const FORMS: [Form; 6] = [
    Form { name: "datasette", takes: "a file", extras: Extras::Marked, make: datasette::make },
    Form { name: "csv", takes: sheets::NAMES, extras: Extras::Marked, make: sheets::csv },
    Form { name: "jsonl", takes: sheets::NAMES, extras: Extras::Marked, make: sheets::jsonl },
    Form { name: "annotations", takes: "", extras: Extras::Never, make: annotations::make },
    Form { name: "claimreview", takes: "", extras: Extras::Never, make: claimreview },
    Form { name: "rss", takes: "", extras: Extras::Never, make: rss },
];

/// What a form makes.
enum Made {
    /// Written to `--out` or shown; with the rows for `--json` where the document is no JSON itself.
    Document { body: String, rows: Option<Value>, count: usize, what: &'static str },
    /// Written already.
    Done(View),
}

impl Command for Export {
    const NAME: &'static str = "export";
    const PURPOSE: &'static str = "Export the desk as JSON lines, or findings for Datasette, CSV, ClaimReview, RSS …";
    const EXAMPLE: &'static str = "export speaker:Whitlock";
    const GROUP: Group = Group::Desk;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let form = self.words.first().and_then(|word| FORMS.iter().find(|form| form.name.eq_ignore_ascii_case(word)));
        if let (Some(word), None) = (self.words.first(), form)
            && !word.contains(':')
            && word.parse::<AnyId>().is_err()
        {
            let forms: Vec<&str> = FORMS.iter().map(|form| form.name).collect();
            return Err(CommandError::usage(format!("`export` has no form `{word}`")).with_hint(format!(
                "the forms are {}; what holds the word `{word}`: `export text:{word}`",
                forms.join(", ")
            )));
        }
        let (name, extras) = form.map_or(("", Extras::Never), |form| (form.name, form.extras));
        if extras == Extras::Never && (self.drafts || self.suggested) {
            let what = if name.is_empty() { "an export of the desk".to_owned() } else { format!("`export {name}`") };
            return Err(CommandError::usage(format!("{what} takes neither --drafts nor --suggested"))
                .with_hint("the whole desk holds everything; datasette, csv and jsonl mark what is not published"));
        }
        let made = match form {
            Some(form) => (form.make)(&self, session, &self.words[1..])?,
            None => desk::make(session, &self.words)?,
        };
        let (body, rows, count, what) = match made {
            Made::Document { body, rows, count, what } => (body, rows, count, what),
            Made::Done(view) => return Ok(view),
        };
        let Some(file) = &self.out else {
            let view = View::empty().with(Block::Document(body));
            return Ok(match rows {
                Some(rows) => view.data(rows),
                None => view,
            });
        };
        OutputFile::new(session, file)?.write_whole(body.as_bytes())?;
        Ok(View::done(format!("{} written to {}", crate::commands::layout::count(count, what), file.display())))
    }
}

impl Export {
    /// Returns the word that a form takes, and the filter after it.
    fn taken<'a>(name: &str, words: &'a [String]) -> Result<(&'a str, &'a [String]), CommandError> {
        let form = FORMS.iter().find(|form| form.name == name);
        match words.split_first() {
            Some((word, filter)) if !word.contains(':') => Ok((word, filter)),
            _ => {
                let takes = form.map_or("", |form| form.takes);
                Err(CommandError::usage(format!("`export {name}` needs {takes}"))
                    .with_hint(format!("write it after the form: `export {name} … FILTER`")))
            }
        }
    }

    /// Returns the findings that a report of the same filter tells; with drafts where they are wanted.
    fn findings(&self, session: &mut Session, filter: &[String], drafts: bool) -> Result<Contradictions, CommandError> {
        let mut report = Report::of(filter);
        report.drafts = drafts;
        report.suggested = self.suggested;
        report.value(session)
    }

    /// Returns where and by whom the verdicts are published.
    fn publication(&self, name: &str) -> Result<Publication<'_>, CommandError> {
        let Some(address) = &self.address else {
            let lacks = format!("`export {name}` needs the address of the page with the verdicts");
            let hint = format!("`export {name} --address https://example.org/checks`");
            return Err(CommandError::usage(lacks).with_hint(hint));
        };
        let publisher = self.publisher.as_deref().unwrap_or_default();
        Ok(Publication { address: web_address(address)?, publisher })
    }
}

fn claimreview(asked: &Export, session: &mut Session, filter: &[String]) -> Result<Made, CommandError> {
    let publication = asked.publication("claimreview")?;
    let verdicts = asked.findings(session, filter, false)?.verdicts;
    let value = match asked.shape.as_str() {
        "markup" => publication.markup_page(&verdicts),
        _ => publication.data_feed(&verdicts),
    };
    let body = serde_json::to_string_pretty(&value).map_err(|error| CommandError::failed(error.to_string()))? + "\n";
    Ok(Made::Document { body, rows: None, count: verdicts.len(), what: "verdict" })
}

fn rss(asked: &Export, session: &mut Session, filter: &[String]) -> Result<Made, CommandError> {
    let publication = asked.publication("rss")?;
    let verdicts = asked.findings(session, filter, false)?.verdicts;
    let body = publication.rss(&verdicts);
    let rows = Some(Value::from(vec![serde_json::json!({"rss": body})]));
    Ok(Made::Document { body, rows, count: verdicts.len(), what: "verdict" })
}
