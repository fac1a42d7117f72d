//! `extract`: the attributed claims of files, without a database; one line of JSON a claim is the interface for programs.
//!
//! Files are read in parallel and written in the order given. A file that cannot be read is a warning and an exit code,
//! never an end.

use crate::article::{self, Article, BlockKind, Given, Mapping};
use crate::attribution::reader::Reader;
use crate::attribution::{self, Attribution, Attributions, Kind, Quotation, Status};
use crate::commands::common::input::{self, Found, Key};
use crate::commands::common::reader_choice::ReaderChoice;
use crate::commands::{Command, CommandError, Group, Session};
use crate::date::Date;
use crate::report::view::{Aside, Format, Role, Table, View};
use crate::score::{Reason, Score};
use crate::span::{Spans, Text};
use crate::text;
use crate::workbench::{Carried, files as bounded, prepare_article};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// How many files a thread has in work at once; results are written after each batch, so that a folder of any size takes
/// the memory of a batch.
const FILES_A_THREAD: usize = 8;

fn batch() -> usize {
    FILES_A_THREAD * rayon::current_num_threads()
}

/// Extracts attributed claims from files, without a database
#[derive(Debug, clap::Args)]
pub struct Extract {
    /// Files and folders of articles; `-` reads JSON lines {"id", "text"} from standard input
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// Which field of JSON or a table is which part of an article: title=headline,text=body; `dates=day-first` or
    /// `dates=month-first` reads 03/04/2025
    #[arg(long, value_name = "PART=FIELD", default_value = "", hide_default_value = true)]
    map: Mapping,
    /// Write each article whole, with its claims, one line of JSON each: `import articles` takes such lines onto a desk; `-`
    /// then reads lines of articles in whatever fields they have
    #[arg(long)]
    articles: bool,
    /// Give what is reported in the words of others too, as the desk does, and what they tell of their own mind
    #[arg(long, conflicts_with = "articles")]
    nested: bool,
    #[command(flatten)]
    reader: ReaderChoice,
}

/// One attribution, as programs read it. Offsets count code points of the decoded text, end exclusive.
#[derive(Debug, Serialize)]
struct Extracted<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Key>,
    source: Option<Piece>,
    cue: Piece,
    content: Piece,
    speaker: Option<Speaker<'a>>,
    /// When the speaker could not be told: who it may be, best first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    candidates: Vec<&'a str>,
    kind: Kind,
    status: Status,
    quotation: Quotation,
    place: BlockKind,
    /// Number, within this article's lines from 0, of the attribution that this one answers.
    answers: Option<usize>,
    score: Score,
    because: &'a [Reason],
}

#[derive(Debug, Serialize)]
struct Piece {
    text: String,
    spans: Spans,
}

impl Piece {
    fn of(spans: &Spans, text: &Text) -> Self {
        Self { text: spans.words(text), spans: spans.clone() }
    }
}

#[derive(Debug, Serialize)]
struct Speaker<'a> {
    name: &'a str,
    category: attribution::Category,
    title: Option<&'a str>,
}

/// A line of standard input.
#[derive(Debug, Deserialize)]
struct Input {
    id: Key,
    text: String,
}

/// Where a text comes from, as the output names it.
enum Origin {
    Path(String),
    Id(Key),
}

/// What one text gave: its rows, or why there are none.
struct Outcome {
    rows: Vec<serde_json::Value>,
    warnings: Vec<(String, String)>,
    failure: Option<String>,
}

impl Command for Extract {
    const NAME: &'static str = "extract";
    const PURPOSE: &'static str = "Extract attributed claims from files, without a database";
    const EXAMPLE: &'static str = "extract samples/2024-02-06_northern-wire_tunnel-announced.txt";
    const GROUP: Group = Group::Articles;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let reader = self.reader.or("fast")?;
        let given = if self.articles { Given::default() } else { undated() };
        let how = How {
            reader,
            most: session.max_size(),
            given: Given { fields: self.map.or_order(session.shell.dates), ..given },
            whole: self.articles,
            nested: self.nested,
        };
        let streams = self.articles || session.mode() == Format::Jsonl;
        let mut gathered = Gathered { streams, ..Gathered::default() };
        let (mut files, mut passed) = (Vec::new(), Vec::new());
        for path in &self.paths {
            if path.as_os_str() == "-" {
                gathered.take(session, read_files(std::mem::take(&mut files), &how, &mut passed))?;
                from_json_lines(session, &mut gathered, &how)?;
            } else {
                files.extend(input::files(&session.paths(path)?, &how.given.fields));
            }
            while files.len() >= batch() {
                let rest = files.split_off(batch());
                gathered.take(session, read_files(std::mem::replace(&mut files, rest), &how, &mut passed))?;
            }
        }
        gathered.take(session, read_files(files, &how, &mut passed))?;
        let mut view = gathered.view();
        view.asides.extend(input::passed_over(&passed).map(Aside::Hint));
        Ok(view)
    }
}

/// The results so far: written at once as JSON lines, or kept for a table.
#[derive(Debug, Default)]
struct Gathered {
    streams: bool,
    warnings: Vec<(String, String)>,
    view: View,
    rows: Vec<serde_json::Value>,
}

impl Gathered {
    fn take(&mut self, session: &mut Session, outcomes: Vec<Outcome>) -> Result<(), CommandError> {
        session.check_interrupt()?;
        let mut part = View::empty();
        for outcome in outcomes {
            self.warnings.extend(outcome.warnings);
            if let Some(failure) = outcome.failure {
                part = part.warning(failure);
                self.view.failed = true;
            }
            self.rows.extend(outcome.rows);
        }
        if self.streams {
            part.format = Some(Format::Jsonl);
            return session.show(&part.data(std::mem::take(&mut self.rows)));
        }
        self.view.asides.extend(part.asides);
        Ok(())
    }

    fn view(mut self) -> View {
        self.view.asides.extend(input::condensed(std::mem::take(&mut self.warnings)).into_iter().map(Aside::Warning));
        if self.streams {
            return self.view;
        }
        let mut table = Table::new([
            ("speaker", Role::Speaker),
            ("cue", Role::Dim),
            ("words", Role::Words),
            ("kind", Role::Dim),
            ("score", Role::Number),
        ]);
        let text = |row: &serde_json::Value, path: &str| {
            row.pointer(path).and_then(|v| v.as_str()).unwrap_or_default().to_owned()
        };
        for row in &self.rows {
            let named = text(row, "/speaker/name");
            let who = if named.is_empty() { text(row, "/source/text") } else { named };
            let score = row.get("score").and_then(serde_json::Value::as_f64).unwrap_or_default();
            table.row([
                who,
                text(row, "/cue/text"),
                text(row, "/content/text"),
                text(row, "/kind"),
                format!("{score:.2}"),
            ]);
        }
        self.view = self.view.with(crate::report::view::Block::Table(table));
        if self.rows.is_empty() && !self.view.failed {
            self.view = self.view.hint("no attributed claim was found");
        }
        let rows = self.rows;
        self.view.data(rows)
    }
}

/// How files are read.
struct How {
    reader: &'static dyn Reader,
    most: u64,
    given: Given,
    /// An article a line, not an attribution.
    whole: bool,
    /// What is reported in the words of others, too.
    nested: bool,
}

fn read_files(files: Vec<Found>, how: &How, passed: &mut Vec<String>) -> Vec<Outcome> {
    passed.extend(files.iter().filter_map(|found| match found {
        Found::Passed(path) => Some(path.display().to_string()),
        _ => None,
    }));
    files
        .into_par_iter()
        .flat_map_iter(|found| match found {
            Found::File(path) => match bounded::read(&path, how.most) {
                Ok(bytes) => from_file(&bytes, &path.display().to_string(), how),
                Err(error) => vec![failed(&path, &error.to_string())],
            },
            Found::Failed { path, reason } => vec![failed(&path, &reason)],
            Found::Passed(_) => Vec::new(),
        })
        .collect()
}

fn failed(path: &Path, reason: &str) -> Outcome {
    unread(&format!("{}: {reason}", path.display()))
}

fn unread(why: &impl ToString) -> Outcome {
    Outcome { rows: Vec::new(), warnings: Vec::new(), failure: Some(why.to_string()) }
}

/// Reads lines of JSON from standard input, batch by batch.
fn from_json_lines(session: &mut Session, gathered: &mut Gathered, how: &How) -> Result<(), CommandError> {
    let mut input = input::open(session, Path::new("-"))?;
    let mut lines = bounded::lines(&mut input, session.max_size()).enumerate().peekable();
    while lines.peek().is_some() {
        let batch: Vec<_> = lines.by_ref().take(batch()).collect();
        let outcomes = batch.into_par_iter().flat_map_iter(|(number, line)| {
            let name = format!("standard input:{}", number + 1);
            match line {
                Ok(line) if line.iter().all(u8::is_ascii_whitespace) => Vec::new(),
                Ok(line) if how.whole => from_file(&line, &named(&line).unwrap_or(name), how),
                Ok(line) => vec![match serde_json::from_slice::<Input>(&line) {
                    Ok(read) => from_record(&read.text, read.id, how),
                    Err(error) => failed(Path::new(&name), &error.to_string()),
                }],
                Err(error) => vec![failed(Path::new("standard input"), &error.to_string())],
            }
        });
        gathered.take(session, outcomes.collect())?;
    }
    Ok(())
}

/// Returns the id of a line, which names its article.
fn named(line: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Named {
        id: Key,
    }
    serde_json::from_slice::<Named>(line).ok().map(|named| named.id.to_string())
}

/// Dates play no part in what is extracted: with any date given, none is looked for or missed.
fn undated() -> Given {
    Given { date: Date::year(1970), ..Given::default() }
}

/// Extracts from every article of a file.
fn from_file(bytes: &[u8], path: &str, how: &How) -> Vec<Outcome> {
    match article::open(bytes, path, &how.given) {
        Ok(all) => {
            let each = all.into_iter().map(|(name, opened)| match opened {
                Ok(opened) if how.whole => carried(opened.article, name, how),
                Ok(opened) => outcome(&opened.article, &Origin::Path(name), how),
                Err(error) => unread(&error),
            });
            each.collect()
        }
        Err(error) => vec![unread(&error)],
    }
}

/// Extracts from the text of one line of JSON.
fn from_record(text: &str, id: Key, how: &How) -> Outcome {
    match article::plain(text.as_bytes(), &id.to_string(), &undated()) {
        Ok(article) => outcome(&article, &Origin::Id(id), how),
        Err(error) => unread(&error),
    }
}

/// Reads an article and keeps it whole, with its claims.
fn carried(article: Article, path: String, how: &How) -> Outcome {
    let carried = Carried::of(path, prepare_article(article, how.reader));
    let rows = vec![serde_json::to_value(carried).unwrap_or_default()];
    // The warnings of the article travel with it.
    Outcome { rows, warnings: Vec::new(), failure: None }
}

fn outcome(article: &Article, origin: &Origin, how: &How) -> Outcome {
    let name = match origin {
        Origin::Path(path) => path.clone(),
        Origin::Id(id) => id.to_string(),
    };
    let document = text::analyze(article);
    let attribute = if how.nested { attribution::attribute_nested } else { attribution::attribute };
    let found = attribute(&document, how.reader);
    let rows = found.attributions.iter().map(|one| row(one, &found, &document.text, origin)).collect();
    let warnings = article.warnings.iter().map(|warning| (name.clone(), warning.0.clone())).collect();
    Outcome { rows, warnings, failure: None }
}

fn row(one: &Attribution, found: &Attributions, text: &Text, origin: &Origin) -> serde_json::Value {
    let speaker = |number: usize| found.speakers.get(number);
    let extracted = Extracted {
        path: if let Origin::Path(path) = origin { Some(path) } else { None },
        id: if let Origin::Id(id) = origin { Some(id) } else { None },
        source: one.source.as_ref().map(|spans| Piece::of(spans, text)),
        cue: Piece::of(&one.cue, text),
        content: Piece::of(&one.content, text),
        speaker: one.speaker.and_then(speaker).map(|speaker| Speaker {
            name: &speaker.name,
            category: speaker.category,
            title: speaker.titles.first().map(String::as_str),
        }),
        candidates: one.candidates.iter().filter_map(|&number| speaker(number)).map(|s| s.name.as_str()).collect(),
        kind: one.kind,
        status: one.status,
        quotation: one.quotation,
        place: one.place,
        answers: one.answers,
        score: one.score,
        because: &one.because,
    };
    serde_json::to_value(extracted).unwrap_or_default()
}
