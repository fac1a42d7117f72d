//! The program: arguments, the desk they name, and the exit code. Everything else is in the library.

use onrecord::commands::screen::Screen;
use onrecord::commands::script::{self, Echo, OnError};
use onrecord::commands::session::{Desk, Options};
use onrecord::commands::{CommandError, Door, Outcome, Session, parse_failure, run_matches, tree};
use onrecord::date::Date;
use onrecord::report::view::View;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let parsed = tree(Door::CommandLine).try_get_matches();
    let db = parsed.as_ref().ok().and_then(|matches| matches.get_one::<String>("db").cloned());
    let desk = db.as_deref().map_or_else(default_desk, Desk::named);
    let mut session = Session::new(Options { desk, today: today(), user: user() }, Screen::standard());
    let ended = match parsed {
        Ok(matches) if matches.subcommand_name().is_none() => {
            let on_error = if matches.get_flag("keep_going") { OnError::KeepGoing } else { OnError::Stop };
            converse(&mut session, on_error)
        }
        Ok(matches) => run_matches(&mut session, &matches).and_then(|view| show(&mut session, &view)),
        Err(error) => parse_failure(error).and_then(|view| show(&mut session, &view)),
    };
    match ended {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Partly) => ExitCode::FAILURE,
        Err(error) => {
            session.complain(&error);
            ExitCode::from(error.exit_code())
        }
    }
}

/// Without a command: the prompt where there is a terminal, else a script from standard input.
fn converse(session: &mut Session, on_error: OnError) -> Result<Outcome, CommandError> {
    if std::io::stdin().is_terminal() && std::io::stdout().is_terminal() {
        onrecord::repl::converse(session)?;
        return Ok(Outcome::Done);
    }
    script::run(session, std::io::stdin().lock(), "standard input", on_error, Echo::Nothing)?;
    Ok(Outcome::Done)
}

fn show(session: &mut Session, view: &View) -> Result<Outcome, CommandError> {
    session.show(view)?;
    Ok(if view.failed { Outcome::Partly } else { Outcome::Done })
}

/// The desk in the user's data directory; in this folder where there is no home.
fn default_desk() -> Desk {
    use etcetera::BaseStrategy;
    match etcetera::choose_base_strategy() {
        Ok(places) => Desk::File(places.data_dir().join("onrecord").join("desk.db")),
        Err(_) => Desk::File(PathBuf::from("onrecord.db")),
    }
}

/// The local day; `ONRECORD_TODAY` sets another, so that a session can be repeated later.
fn today() -> Date {
    let given = std::env::var("ONRECORD_TODAY").ok().and_then(|written| Date::parse_iso(&written));
    given.unwrap_or_else(|| Date::day(chrono::Local::now().date_naive()))
}

/// The name that verdicts are signed with.
fn user() -> String {
    let names = ["ONRECORD_USER", "USER", "LOGNAME", "USERNAME"];
    let name = names.iter().filter_map(|name| std::env::var(name).ok()).find(|name| !name.trim().is_empty());
    name.unwrap_or_else(|| "somebody".to_owned())
}
