//! `feed`: feeds get a name and are polled on command; their new entries are loaded as articles.

use crate::commands::common::reader_choice::ReaderChoice;
use crate::commands::layout::{count, labelled};
use crate::commands::{Command, CommandError, Group, Session, common::progress};
use crate::report::view::{Block, Role, Run, Table, View};
use crate::workbench::feeds::{How, Polled, Words};
use crate::workbench::{FileOutcome, fetch};
use serde::Serialize;
use std::path::Path;

/// Keeps feeds and polls them
#[derive(Debug, clap::Args)]
pub struct Feed {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, clap::Subcommand)]
enum Act {
    /// Give the address of a feed a name; it is fetched when it is polled
    Add {
        /// The address of the feed: RSS, Atom or JSON feed
        #[arg(value_name = "LINK")]
        address: String,
        /// Its name; without it that of the server
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        /// It is on this computer or on the local network: `feed poll` needs the same flag
        #[arg(long)]
        allow_local: bool,
    },
    /// List the feeds, with what their last poll gave
    List {},
    /// Load what is new in feeds: the article of each entry, once
    Poll(Poll),
    /// Remove a feed; its articles stay
    Remove {
        /// The feed
        #[arg(value_name = "FEED")]
        name: String,
    },
}

#[derive(Debug, clap::Args)]
struct Poll {
    /// The feeds; all of them where none is named
    #[arg(value_name = "FEED")]
    names: Vec<String>,
    /// Take what the feed itself says, also where it is only a summary, and fetch no pages
    #[arg(long)]
    entries_only: bool,
    /// Fetch addresses of this computer and of the local network too
    #[arg(long)]
    allow_local: bool,
    #[command(flatten)]
    reader: ReaderChoice,
}

/// One feed, as programs read it.
#[derive(Debug, Serialize)]
struct Line<'a> {
    feed: &'a str,
    address: &'a str,
    outcome: &'static str,
    known: usize,
    left: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    entries: Vec<Entry<'a>>,
}

#[derive(Debug, Serialize)]
struct Entry<'a> {
    path: &'a str,
    outcome: &'static str,
    article: Option<String>,
    claims: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

impl Command for Feed {
    const NAME: &'static str = "feed";
    const PURPOSE: &'static str = "Add, list, poll or remove feeds (RSS, Atom, JSON feed)";
    const EXAMPLE: &'static str = "feed add https://harbourpost.example/feed.xml --name harbour";
    const GROUP: Group = Group::Articles;
    const ALIASES: &'static [&'static str] = &["feeds"];

    fn begins_desk(&self) -> bool {
        matches!(self.act, Act::Add { .. })
    }

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        match self.act {
            Act::Add { address, name, allow_local } => {
                if session.path(Path::new(&address)).exists() {
                    return Err(CommandError::usage(format!("a feed is an address, and {address} is a file"))
                        .with_hint(format!("`load {}` reads the file", crate::commands::line::quoted(&address))));
                }
                let name = session.workbench()?.add_feed(&address, name.as_deref())?;
                let flag = if allow_local { " --allow-local" } else { "" };
                let hint = format!("`feed poll {}{flag}` loads its articles", crate::commands::line::quoted(&name));
                Ok(View::done(format!("feed {name} added")).hint(hint))
            }
            Act::Remove { name } => {
                let feed = session.workbench()?.remove_feed(&name)?;
                let stay = match feed.articles {
                    0 => String::new(),
                    articles => format!("; {} of it on the desk", count(articles, "article")),
                };
                let said = format!("feed {} removed{stay}", feed.name);
                Ok(View::done(said).hint("`undo` restores it"))
            }
            Act::List {} => list(session),
            Act::Poll(poll) => poll.run(session),
        }
    }
}

fn list(session: &mut Session) -> Result<View, CommandError> {
    let feeds = session.workbench()?.feeds()?;
    let mut table = Table::new([
        ("feed", Role::Heading),
        ("address", Role::Plain),
        ("articles", Role::Number),
        ("polled", Role::Plain),
        ("", Role::Words),
    ]);
    for feed in &feeds {
        table.row([
            feed.name.clone(),
            feed.address.clone(),
            feed.articles.to_string(),
            feed.polled.clone().unwrap_or_else(|| "never".to_owned()),
            feed.outcome.clone().unwrap_or_default(),
        ]);
    }
    let view = View::table(table);
    let view = if feeds.is_empty() { view.hint("`feed add LINK` adds one") } else { view };
    Ok(view.data(feeds))
}

impl Poll {
    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let bar = progress::counter(session.screen.progress(), "loading");
        let stop = session.interrupt_flag();
        let mut rules = session.fetching();
        if self.allow_local {
            rules.may_reach = fetch::anywhere;
        }
        let words = if self.entries_only { Words::Entry } else { Words::Whole };
        let reader = self.reader.or("fast")?;
        let workbench = session.workbench()?;
        workbench.settings_mut().reader = reader;
        let polled = workbench.poll(&self.names, How { words, rules }, &stop, |_| bar.inc(1));
        bar.finish_and_clear();
        let polled = polled?;
        if polled.is_empty() {
            return Ok(View::empty().hint("there is no feed; `feed add LINK` adds one"));
        }
        let stopped = session.check_interrupt().is_err();
        let mut view = report(&polled);
        if stopped {
            view = view.warning("stopped; what was loaded is kept, and polling again goes on");
            view.failed = true;
        }
        Ok(view)
    }
}

fn entry(outcome: &FileOutcome) -> Entry<'_> {
    let path = &outcome.path;
    match &outcome.result {
        Ok(loaded) => Entry {
            path,
            outcome: loaded.outcome.name(),
            article: Some(loaded.article.to_string()),
            claims: loaded.claims,
            error: None,
        },
        Err(error) => Entry { path, outcome: "failed", article: None, claims: 0, error: Some(error.to_string()) },
    }
}

fn line(polled: &Polled) -> Line<'_> {
    Line {
        feed: &polled.feed.name,
        address: &polled.feed.address,
        outcome: match polled {
            Polled { failed: Some(_), .. } => "failed",
            Polled { unchanged: true, .. } => "unchanged",
            _ => "polled",
        },
        known: polled.known,
        left: polled.left,
        error: polled.failed.as_ref().map(ToString::to_string),
        entries: polled.entries.iter().map(entry).collect(),
    }
}

/// One row a feed, then what was loaded, what failed and the sums.
fn report(polled: &[Polled]) -> View {
    let lines: Vec<Line<'_>> = polled.iter().map(line).collect();
    let mut feeds = Table::new([
        ("feed", Role::Heading),
        ("", Role::Plain),
        ("new", Role::Number),
        ("known", Role::Number),
        ("failed", Role::Number),
        ("left", Role::Number),
    ]);
    let mut articles =
        Table::new([("id", Role::Id), ("from", Role::Plain), ("", Role::Plain), ("claims", Role::Number)]);
    let mut failures = Vec::new();
    for line in &lines {
        let failed = line.entries.iter().filter(|entry| entry.error.is_some()).count();
        let numbers = [line.entries.len() - failed, line.known, failed, line.left].map(|number| number.to_string());
        let role = if line.error.is_some() { Role::Bad } else { Role::Plain };
        let mut row = vec![Run::new(Role::Heading, line.feed), Run::new(role, line.outcome)];
        row.extend(numbers.map(|number| Run::new(Role::Number, number)));
        feeds.rows.push(row);
        failures.extend(line.error.clone());
        for entry in &line.entries {
            failures.extend(entry.error.clone());
            if let Some(article) = &entry.article {
                articles.row([
                    article.clone(),
                    entry.path.to_owned(),
                    entry.outcome.to_owned(),
                    entry.claims.to_string(),
                ]);
            }
        }
    }
    let entries = || lines.iter().flat_map(|line| &line.entries);
    let added = entries().filter(|entry| matches!(entry.outcome, "added" | "revision")).count();
    let claims = entries().map(|entry| entry.claims).sum();
    let mut view = View::table(feeds);
    if !articles.rows.is_empty() {
        view = view.space().with(Block::Table(articles));
    }
    view.failed = !failures.is_empty();
    view.blocks.extend(failures.into_iter().map(|error| labelled("failed", [Run::new(Role::Plain, error)])));
    let sums = format!("{} added, {}", count(added, "article"), count(claims, "claim"));
    view.text([Run::new(Role::Heading, sums)]).data(&lines)
}
