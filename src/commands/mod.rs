//! The commands, and the one registry that serves the command line, the prompt and scripts.
//!
//! A command is one file: a type with clap's derive, a name, a one-line purpose, an example that runs, and `run`. Its
//! line in [`registry`] is all that has to be added for it to work everywhere: help, "did you mean", unambiguous
//! prefixes, `--json`, completion and the README's table come from the registry.
//!
//! ```
//! use onrecord::commands::{Session, registry, run_line, screen::Screen};
//! use onrecord::store::Place;
//! use onrecord::workbench::Settings;
//! let mut session = Session::new(Place::Memory, Settings::default(), Screen::captured(80));
//! assert!(registry().iter().any(|entry| entry.name == "extract"));
//! let error = run_line(&mut session, "clams").unwrap_err();
//! assert_eq!(error.to_string(), "unknown command `clams`");
//! ```

pub mod completion;
pub mod error;
pub mod line;
pub mod schema;
pub mod screen;
pub mod script;
pub mod session;

mod acting;
mod add;
mod alias;
mod articles;
mod backup;
mod check;
mod checked;
mod chosen;
mod claims;
mod compare;
mod completions;
mod confirm;
mod contradictions;
mod convert;
mod correct;
mod dates;
mod demo;
mod doctor;
mod drop;
mod edit;
mod edit_line;
mod evidence;
mod export;
mod extract;
mod feed;
mod filter;
mod find;
mod help;
mod history;
mod import;
mod input;
mod kept;
mod layout;
mod load;
mod log;
mod matches;
mod merge;
mod metadata;
mod mode;
mod narrow;
mod new;
mod note;
mod once;
mod open;
mod outlet;
mod output;
mod output_file;
mod pasted;
mod paths;
mod positions;
mod progress;
mod quit;
mod read;
mod reader_choice;
mod redo;
mod reindex;
mod reject;
mod report;
mod reread;
mod restore;
pub mod review;
mod revisions;
mod run;
mod set;
pub mod shell;
mod show;
mod speaker;
mod split;
mod sql;
mod stats;
mod story;
mod tag;
mod timeline;
mod typed;
mod undo;
mod usage;
mod verdict;
mod why;

pub use error::CommandError;
pub use session::{Outcome, Session};
pub use typed::{Unread, read_arguments};
pub use usage::parse_failure;

use crate::report::view::{Format, View};
use crate::workbench::files;

/// What a command is about; help lists the groups in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Articles,
    Claims,
    Relations,
    Verdicts,
    Stories,
    Desk,
    Shell,
}

impl Group {
    pub const ALL: [Self; 7] =
        [Self::Articles, Self::Claims, Self::Relations, Self::Verdicts, Self::Stories, Self::Desk, Self::Shell];

    pub const fn title(self) -> &'static str {
        match self {
            Self::Articles => "Articles",
            Self::Claims => "Claims and speakers",
            Self::Relations => "Repeats and contradictions",
            Self::Verdicts => "Verdicts",
            Self::Stories => "Stories and reports",
            Self::Desk => "The desk",
            Self::Shell => "The shell",
        }
    }
}

/// A command: its words on the line, read by clap, and what it does with them.
pub trait Command: clap::Args + Sized {
    const NAME: &'static str;
    /// One line, without a full stop, that begins with a verb.
    const PURPOSE: &'static str;
    /// A line that runs on the sample desk.
    const EXAMPLE: &'static str;
    const GROUP: Group;
    const ALIASES: &'static [&'static str] = &[];

    /// Tells whether this is an act that stands under a person's name: a decision, a verdict.
    fn is_signed(&self) -> bool {
        false
    }

    /// Does the work and returns what to show; nothing is printed here.
    ///
    /// # Errors
    /// What stopped the command, with a hint what to try.
    fn run(self, session: &mut Session) -> Result<View, CommandError>;
}

/// A command as the registry knows it.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    pub name: &'static str,
    pub purpose: &'static str,
    pub example: &'static str,
    pub group: Group,
    pub aliases: &'static [&'static str],
    arguments: fn(clap::Command) -> clap::Command,
    run: fn(&clap::ArgMatches, &mut Session) -> Result<View, CommandError>,
}

impl Entry {
    const fn of<C: Command>() -> Self {
        Self {
            name: C::NAME,
            purpose: C::PURPOSE,
            example: C::EXAMPLE,
            group: C::GROUP,
            aliases: C::ALIASES,
            arguments: C::augment_args,
            run: |matches, session| {
                let command = C::from_arg_matches(matches).map_err(|error| CommandError::usage(error.to_string()))?;
                if command.is_signed() {
                    session.signer()?;
                }
                command.run(session)
            },
        }
    }

    /// Returns the clap command: arguments, flags and help.
    pub fn clap(&self) -> clap::Command {
        // The arguments come first: clap would take their type's documentation for the command's own.
        (self.arguments)(clap::Command::new(self.name))
            .about(self.purpose)
            .long_about(None)
            .after_help(format!("Example:\n  {}", self.example))
            .aliases(self.aliases.iter().copied())
    }
}

/// Every command, group by group; the order is that of help and of the README.
pub const fn registry() -> &'static [Entry] {
    const ENTRIES: &[Entry] = &[
        Entry::of::<load::Load>(),
        Entry::of::<feed::Feed>(),
        Entry::of::<outlet::Outlet>(),
        Entry::of::<extract::Extract>(),
        Entry::of::<convert::Convert>(),
        Entry::of::<articles::Articles>(),
        Entry::of::<read::Read>(),
        Entry::of::<revisions::Revisions>(),
        Entry::of::<claims::Claims>(),
        Entry::of::<show::Show>(),
        Entry::of::<find::Find>(),
        Entry::of::<reread::Reread>(),
        Entry::of::<edit::Edit>(),
        Entry::of::<add::Add>(),
        Entry::of::<split::Split>(),
        Entry::of::<merge::Merge>(),
        Entry::of::<drop::Drop>(),
        Entry::of::<speaker::Speaker>(),
        Entry::of::<matches::Match>(),
        Entry::of::<checked::Checked>(),
        Entry::of::<contradictions::Contradictions>(),
        Entry::of::<positions::Positions>(),
        Entry::of::<compare::Compare>(),
        Entry::of::<review::Review>(),
        Entry::of::<why::Why>(),
        Entry::of::<confirm::Confirm>(),
        Entry::of::<reject::Reject>(),
        Entry::of::<verdict::Verdict>(),
        Entry::of::<evidence::Evidence>(),
        Entry::of::<check::Check>(),
        Entry::of::<correct::Correct>(),
        Entry::of::<story::Story>(),
        Entry::of::<tag::Tag>(),
        Entry::of::<note::Note>(),
        Entry::of::<timeline::Timeline>(),
        Entry::of::<report::Report>(),
        Entry::of::<import::Import>(),
        Entry::of::<export::Export>(),
        Entry::of::<filter::SavedFilter>(),
        Entry::of::<reindex::Reindex>(),
        Entry::of::<doctor::Doctor>(),
        Entry::of::<stats::Stats>(),
        Entry::of::<new::New>(),
        Entry::of::<undo::Undo>(),
        Entry::of::<redo::Redo>(),
        Entry::of::<log::Log>(),
        Entry::of::<restore::Restore>(),
        Entry::of::<run::RunFile>(),
        Entry::of::<demo::Demo>(),
        Entry::of::<help::Help>(),
        Entry::of::<mode::Mode>(),
        Entry::of::<output::Output>(),
        Entry::of::<once::Once>(),
        Entry::of::<open::Open>(),
        Entry::of::<backup::Backup>(),
        Entry::of::<history::History>(),
        Entry::of::<history::Last>(),
        Entry::of::<edit_line::EditLine>(),
        Entry::of::<alias::Alias>(),
        Entry::of::<set::Set>(),
        Entry::of::<set::Timer>(),
        Entry::of::<set::Bail>(),
        Entry::of::<set::PagerSwitch>(),
        Entry::of::<sql::Sql>(),
        Entry::of::<completions::Completions>(),
        Entry::of::<completions::Man>(),
        Entry::of::<quit::Quit>(),
    ];
    ENTRIES
}

/// Through which door a line of words comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// The arguments of the program: its name first, `--db` and `--version` known.
    CommandLine,
    /// A line at the prompt or in a script.
    Line,
}

/// The argument of every command that chooses the format.
#[derive(Debug, clap::Args)]
struct Shape {
    /// Write the result in this format
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "FORMAT",
        conflicts_with = "json",
        hide_possible_values = true
    )]
    format: Option<Format>,
    /// Write the result as JSON, as `--format json` does
    #[arg(long, global = true)]
    json: bool,
    /// Read at most so much of a file, or of one line: 500K, 64M, 2G
    #[arg(long, global = true, value_name = "SIZE")]
    max_size: Option<String>,
    /// Answer as of the end of that day
    #[arg(long, global = true, value_name = "DATE")]
    as_of: Option<String>,
}

/// Returns the tree of all commands for a door.
pub fn tree(door: Door) -> clap::Command {
    let root = clap::Command::new("onrecord")
        .infer_subcommands(true)
        .disable_help_subcommand(true)
        .max_term_width(100)
        .override_usage("onrecord [OPTIONS] [COMMAND]")
        .help_template("{about}\n\n{usage-heading} {usage}\n\n{after-help}\n\nOptions:\n{options}\n");
    let root = <Shape as clap::Args>::augment_args(root)
        .about("Keeps track of who said what, in which words, and when it changed.")
        .after_help(help::listing());
    let root = match door {
        Door::CommandLine => {
            use clap::{Arg, ArgAction};
            root.version(env!("CARGO_PKG_VERSION"))
                .arg(
                    Arg::new("db")
                        .long("db")
                        .value_name("FILE")
                        .env("ONRECORD_DB")
                        .global(true)
                        .hide_env_values(true)
                        .help("The database file, or `:memory:` to keep nothing"),
                )
                .arg(
                    Arg::new("keep_going")
                        .long("keep-going")
                        .action(ArgAction::SetTrue)
                        .help("When a script is read from standard input: continue after an error"),
                )
        }
        Door::Line => root.no_binary_name(true).subcommand_required(true).disable_version_flag(true),
    };
    root.subcommands(registry().iter().enumerate().map(|(order, entry)| entry.clap().display_order(order)))
}

/// Runs one line of the prompt or of a script; an empty line or a comment gives an empty view.
///
/// # Errors
/// [`CommandError::Usage`] when the words make no command, else what the command says.
pub fn run_line(session: &mut Session, line: &str) -> Result<View, CommandError> {
    if session.is_reviewing() {
        return session.as_one_step(|session| review::answer(session, line));
    }
    let line = &session.shell.expanded(line);
    let words = line::split(line).map_err(|open| {
        CommandError::usage(open.to_string()).with_hint("close it, or write \\\" for a literal quotation mark")
    })?;
    if words.is_empty() {
        return Ok(View::empty());
    }
    let words = typed::tidied(line, words)?;
    match typed::read(Door::Line, &[], &words) {
        Ok(matches) => {
            let view = run_matches(session, &matches)?;
            if matches.subcommand_name() != Some(<history::Last as Command>::NAME) && !view.is_empty() {
                session.shell.last = Some(view.clone());
            }
            Ok(view)
        }
        Err(unread) if unread.names_no_command() => {
            let known = usage::known_name(session, &words);
            unread.answer().map_err(|error| known.map_or(error, |hint| usage::hinted(&words, hint)))
        }
        Err(unread) => unread.answer(),
    }
}

/// Runs the command that clap found; without one there is nothing to show.
///
/// # Errors
/// What the command says.
pub fn run_matches(session: &mut Session, matches: &clap::ArgMatches) -> Result<View, CommandError> {
    let Some((name, arguments)) = matches.subcommand() else { return Ok(View::empty()) };
    let Some(entry) = registry().iter().find(|entry| entry.name == name) else {
        return Err(CommandError::usage(format!("unknown command `{name}`")));
    };
    let asked = if arguments.get_flag("json") { Some(Format::Json) } else { arguments.get_one("format").copied() };
    let before = session.mode;
    session.mode = asked.unwrap_or(before);
    let usual_size = session.max_size();
    if let Some(written) = arguments.get_one::<String>("max_size") {
        let size = files::size(written)
            .ok_or_else(|| CommandError::usage(format!("`{written}` is no size")).with_hint("write 500K, 64M or 2G"))?;
        session.settings_changed(|settings| settings.max_size = size);
    }
    let answer = match arguments.get_one::<String>("as_of") {
        Some(written) => session.in_the_past(written, |session| {
            let view = (entry.run)(arguments, session)?;
            session.said_if_empty_then(view)
        }),
        None => session.as_one_step(|session| (entry.run)(arguments, session)),
    };
    if asked.is_some() {
        session.mode = before;
    }
    session.settings_changed(|settings| settings.max_size = usual_size);
    let mut view = session.said_if_new(answer)?;
    view.format = view.format.or(asked);
    Ok(view)
}

#[cfg(test)]
mod tests;
