//! `convert`: what is read of files of any format, without a desk.

use crate::article::{self, Article, Block, FORMATS, Given, Mapping, Named, Opened};
use crate::commands::common::input::{self, Found};
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::{Aside, Block as Shown, Format, Role, Run, Table, View};
use crate::workbench::files as bounded;
use rayon::prelude::*;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// Shows what is read of files: text, blocks and what the file says of itself
#[derive(Debug, clap::Args)]
pub struct Convert {
    /// Files and folders; `-` reads one file from standard input; without any, the formats that are read are listed
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Which field of JSON or a table is which part of an article: title=headline,text=body; `dates=day-first` or
    /// `dates=month-first` reads 03/04/2025
    #[arg(long, value_name = "PART=FIELD", default_value = "", hide_default_value = true)]
    map: Mapping,
}

/// One article, as programs read it. Spans of blocks count code points of `text`, end exclusive.
#[derive(Debug, Serialize)]
struct Line<'a> {
    path: &'a str,
    format: &'a str,
    title: Option<&'a str>,
    authors: &'a [String],
    outlet: Option<&'a str>,
    /// The news agency whose copy it is.
    agency: Option<&'a str>,
    published: Option<&'a str>,
    updated: Option<&'a str>,
    url: Option<&'a str>,
    language: Option<&'a str>,
    text: &'a str,
    blocks: &'a [Block],
    warnings: Vec<&'a str>,
}

/// A row of the table of formats.
#[derive(Debug, Serialize)]
struct Row {
    format: &'static str,
    title: &'static str,
    keeps: &'static str,
}

impl Command for Convert {
    const NAME: &'static str = "convert";
    const PURPOSE: &'static str = "Show what is read of files of any format, without a database";
    const EXAMPLE: &'static str = "convert samples/2024-02-06_northern-wire_tunnel-announced.txt";
    const GROUP: Group = Group::Articles;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        if self.paths.is_empty() {
            return Ok(formats());
        }
        let given = Given { fields: self.map.or_order(session.shell.dates), ..Given::default() };
        let (most, streams) = (session.max_size(), session.mode() == Format::Jsonl);
        let mut files = Vec::new();
        for path in &self.paths {
            if path.as_os_str() == "-" {
                files.push(Found::File(path.clone()));
            } else {
                files.extend(input::files(&session.paths(path)?, &given.fields));
            }
        }
        let (mut view, mut rows, mut passed) = (View::empty(), Vec::new(), Vec::new());
        for batch in files.chunks(8 * rayon::current_num_threads()) {
            session.check_interrupt()?;
            let mut part = View::empty();
            let pasted = if batch.iter().any(is_standard_input) { Some(session.pasted_or_typed()?) } else { None };
            let read: Vec<Vec<Named>> =
                batch.par_iter().map(|found| read(found, pasted.as_deref(), &given, most)).collect();
            for found in batch {
                if let Found::Passed(path) = found {
                    passed.push(path.display().to_string());
                }
            }
            for (name, opened) in read.into_iter().flatten() {
                match opened {
                    Ok(opened) if streams => rows.push(data(&name, &opened)),
                    Ok(opened) => {
                        view = shown(view, &name, &opened);
                        rows.push(data(&name, &opened));
                    }
                    Err(error) => {
                        part = part.warning(error.to_string());
                        view.failed = true;
                    }
                }
            }
            if streams {
                part.format = Some(Format::Jsonl);
                session.show(&part.data(std::mem::take(&mut rows)))?;
            } else {
                view.asides.extend(part.asides);
            }
        }
        view.asides.extend(input::passed_over(&passed).map(Aside::Hint));
        Ok(if streams { view } else { view.data(rows) })
    }
}

fn is_standard_input(found: &Found) -> bool {
    matches!(found, Found::File(path) if path.as_os_str() == "-")
}

/// Reads all articles of one file.
fn read(found: &Found, pasted: Option<&[u8]>, given: &Given, most: u64) -> Vec<Named> {
    let (path, bytes) = match (found, pasted) {
        (Found::Passed(_), _) => return Vec::new(),
        (Found::Failed { path, reason }, _) => return vec![unread(path, reason)],
        (Found::File(path), Some(bytes)) if is_standard_input(found) => (path, bytes.to_vec()),
        (Found::File(path), _) => match bounded::read(path, most) {
            Ok(bytes) => (path, bytes),
            Err(error) => return vec![unread(path, &error.to_string())],
        },
    };
    let name = path.display().to_string();
    article::open(&bytes, &name, given).unwrap_or_else(|error| vec![(name, Err(error))])
}

fn unread(path: &Path, reason: &str) -> Named {
    let name = path.display().to_string();
    (name.clone(), Err(article::ReadError::File { name, reason: reason.to_owned() }))
}

fn agency(article: &Article) -> Option<&'static str> {
    article::agency(&article.text, &article.blocks, article.byline.as_deref())
}

fn data(name: &str, opened: &Opened) -> serde_json::Value {
    let article = &opened.article;
    let line = Line {
        path: name,
        format: opened.origin.format,
        title: article.title.as_deref(),
        authors: &opened.authors,
        outlet: article.outlet.as_deref(),
        agency: agency(article),
        published: opened.published.as_ref().map(|moment| moment.written.as_str()),
        updated: article.updated.as_ref().map(|moment| moment.written.as_str()),
        url: article.url.as_deref(),
        language: article.language.as_deref(),
        text: article.text.as_str(),
        blocks: &article.blocks,
        warnings: article.warnings.iter().map(|warning| warning.0.as_str()).collect(),
    };
    serde_json::to_value(line).unwrap_or_default()
}

/// The article for a person: what is known of it, then its text.
fn shown(mut view: View, name: &str, opened: &Opened) -> View {
    let article = &opened.article;
    let published = opened.published.as_ref().map(|moment| moment.written.clone());
    let updated = article.updated.as_ref().map(|moment| moment.written.clone());
    let authors = (!opened.authors.is_empty()).then(|| opened.authors.join(", "));
    let known = [
        ("format", Some(opened.origin.format.to_owned())),
        ("title", article.title.clone()),
        ("authors", authors.or_else(|| article.byline.clone())),
        ("outlet", article.outlet.clone()),
        ("agency", agency(article).map(str::to_owned)),
        ("published", published),
        ("updated", updated),
        ("address", article.url.clone()),
        ("language", article.language.clone()),
    ];
    view = view.with(Shown::Heading(name.to_owned()));
    for (label, value) in known {
        if let Some(value) = value {
            view = view.text([Run::new(Role::Dim, format!("{label}: ")), Run::new(Role::Plain, value)]);
        }
    }
    for block in &article.blocks {
        let role = match block.kind {
            article::BlockKind::Paragraph => Role::Plain,
            article::BlockKind::Headline => Role::Heading,
            _ => Role::Dim,
        };
        view = view.space().text([Run::new(role, article.text.slice(block.span))]);
    }
    for warning in &article.warnings {
        view = view.warning(format!("{name}: {}", warning.0));
    }
    view.space()
}

/// The formats that are read, each with what is kept of it.
fn formats() -> View {
    let mut table = Table::new([("format", Role::Id), ("what it is", Role::Plain), ("what is kept", Role::Plain)]);
    for format in FORMATS {
        table.row([format.name, format.title, format.keeps].map(str::to_owned));
    }
    let rows: Vec<Row> =
        FORMATS.iter().map(|format| Row { format: format.name, title: format.title, keeps: format.keeps }).collect();
    View::empty()
        .with(Shown::Table(table))
        .data(rows)
        .hint("a format is told by the content of a file, never by its name")
}
