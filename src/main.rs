//! The program: arguments, the desk they name, and the exit code. Everything else is in the library.

use onrecord::article::PDF_THREAD;
use onrecord::commands::screen::Screen;
use onrecord::commands::script::{self, Echo, OnError};
use onrecord::commands::{CommandError, Door, Outcome, Session, Unread, read_arguments, run_matches, tree};
use onrecord::date::{self, Date};
use onrecord::report::view::View;
use onrecord::store::Place;
use onrecord::workbench::Settings;
use onrecord::workbench::scales::{Scale, Scales};
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    quiet_panics();
    let parsed = arguments();
    let db = parsed.as_ref().ok().and_then(|matches| matches.get_one::<String>("db").cloned());
    let place = match db.as_deref().map_or_else(|| Ok(default_place()), Place::of) {
        Ok(place) => place,
        Err(error) => {
            let error = CommandError::usage(error.to_string());
            Session::new(Place::Memory, Settings::default(), Screen::standard()).complain(&error);
            return ExitCode::from(error.exit_code());
        }
    };
    let (scales, broken) = scales();
    let settings = Settings { today: today(), user: user(), scales, ..Settings::default() };
    let mut session = Session::new(place, settings, Screen::standard());
    session.at_home_in(default_place());
    let kept = settings_folder().map_or(Ok(()), |folder| session.keep_settings_in(folder.join("prompt.toml")));
    if let Some(file) = onrecord::repl::sessions_file() {
        session.remember_sessions_in(file);
    }
    for error in broken.iter().chain(kept.as_ref().err()) {
        session.complain(error);
    }
    let ended = match parsed {
        Ok(matches) if matches.subcommand_name().is_none() => {
            let on_error = if matches.get_flag("keep_going") { OnError::KeepGoing } else { OnError::Stop };
            converse(&mut session, on_error)
        }
        Ok(matches) => {
            run_matches(&mut session, &matches).and_then(|view| show(&mut session, &view)).and_then(|ended| {
                if session.is_reviewing() {
                    go_on_reviewing(&mut session)?;
                }
                let stays = session.is_staying() && on_a_terminal();
                if stays { onrecord::repl::converse(&mut session).map(|()| ended) } else { Ok(ended) }
            })
        }
        Err(unread) => unread.answer().and_then(|view| show(&mut session, &view)),
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

/// A reader whose panic is caught and told as an error says nothing of it itself.
fn quiet_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(PDF_THREAD) {
            usual(panic);
        }
    }));
}

/// The arguments of the program, read as a command.
fn arguments() -> Result<clap::ArgMatches, Unread> {
    let words: Result<Vec<String>, _> = std::env::args_os().map(std::ffi::OsString::into_string).collect();
    match words {
        Ok(words) => read_arguments(&words),
        // A file name that is no UTF-8 is left as it is.
        Err(_) => Ok(tree(Door::CommandLine).try_get_matches()?),
    }
}

/// Without a command: the prompt where there is a terminal, else a script from standard input.
fn converse(session: &mut Session, on_error: OnError) -> Result<Outcome, CommandError> {
    if on_a_terminal() {
        onrecord::repl::converse(session)?;
        return Ok(Outcome::Done);
    }
    script::run_input(session, on_error, Echo::Nothing)?;
    Ok(Outcome::Done)
}

/// A review begun on the command line: keys answer where there is a terminal, else the lines of standard input.
fn go_on_reviewing(session: &mut Session) -> Result<(), CommandError> {
    if on_a_terminal() {
        return onrecord::repl::review(session);
    }
    script::run_input(session, OnError::Stop, Echo::Nothing)
}

fn on_a_terminal() -> bool {
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}

fn show(session: &mut Session, view: &View) -> Result<Outcome, CommandError> {
    session.show(view)?;
    Ok(if view.failed { Outcome::Partly } else { Outcome::Done })
}

/// The desk in the user's data directory; in this folder where there is no home.
fn default_place() -> Place {
    use etcetera::BaseStrategy;
    match etcetera::choose_base_strategy() {
        Ok(places) => Place::File(places.data_dir().join("onrecord").join("desk.db")),
        Err(_) => Place::File(PathBuf::from("onrecord.db")),
    }
}

/// The local day; `ONRECORD_TODAY` sets another, so that a session can be repeated later.
fn today() -> chrono::NaiveDate {
    let now = chrono::Local::now().date_naive();
    let given = std::env::var("ONRECORD_TODAY").ok().and_then(|written| date::parse_by_person(&written, now));
    given.map_or(now, Date::first)
}

/// The folder of what a person sets and writes for this program.
fn settings_folder() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    etcetera::choose_base_strategy().ok().map(|places| places.config_dir().join("onrecord"))
}

/// The scales of the program and those of the person: TOML files in `scales/` of the settings folder. A file that is no
/// scale is told and passed over.
fn scales() -> (Scales, Vec<CommandError>) {
    let (mut scales, mut broken) = (Scales::default(), Vec::new());
    let folder = settings_folder().map(|folder| folder.join("scales"));
    let entries = folder.and_then(|folder| std::fs::read_dir(folder).ok()).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    for file in files {
        let read = onrecord::workbench::files::read_text(&file).map_err(|error| error.to_string());
        match read.and_then(|text| Scale::parse(&text)) {
            Ok(scale) => scales.add(scale),
            Err(reason) => broken.push(CommandError::failed(format!("{}: {reason}", file.display()))),
        }
    }
    (scales, broken)
}

/// The name that decisions and verdicts are signed with; empty where nothing says who sits at the desk.
fn user() -> String {
    let names = ["ONRECORD_USER", "USER", "LOGNAME", "USERNAME"];
    let name = names.iter().filter_map(|name| std::env::var(name).ok()).find(|name| !name.trim().is_empty());
    name.unwrap_or_default()
}
