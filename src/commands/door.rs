//! How a line of words becomes a command that runs: through one tree for the command line, the prompt and scripts.

use super::{Command, CommandError, Session, line, registry, relations, shell, typed, usage};
use crate::report::view::{Format, View};
use crate::workbench::files;

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
        .after_help(shell::help::listing());
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
        return session.as_one_step(|session| relations::review::answer(session, line));
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
            if matches.subcommand_name() != Some(<shell::history::Last as Command>::NAME) && !view.is_empty() {
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
    let view = session.said_if_new(answer)?;
    let mut view = session.said_if_damaged(view);
    view.format = view.format.or(asked);
    Ok(view)
}
