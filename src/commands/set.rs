//! `.set`: what holds for the rest of the session: who sits at the desk, the day, the width, pager, timer, bail. `.timer`,
//! `.bail` and `.pager` are short for three of them.

use super::shell::{Pager, Switch};
use super::{Command, CommandError, Group, Session};
use crate::date::{Date, parse_by_person};
use crate::report::view::{Block, Role, Run, View};

/// Changes a setting
#[derive(Debug, clap::Args)]
pub struct Set {
    /// Which; without it all are shown
    #[arg(value_name = "CHOICE", value_parser = ["user", "today", "width", "pager", "timer", "bail"])]
    name: Option<String>,
    /// To what
    #[arg(value_name = "WORDS", requires = "name")]
    value: Vec<String>,
}

impl Command for Set {
    const NAME: &'static str = ".set";
    const PURPOSE: &'static str = "Show or change a setting: user, today, width, pager, timer, bail";
    const EXAMPLE: &'static str = ".set timer off";
    const GROUP: Group = Group::Shell;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let value = self.value.join(" ");
        match self.name.as_deref() {
            None => return Ok(shown(session)),
            Some(_) if value.trim().is_empty() => return Ok(shown(session)),
            Some("user") => session.settings_changed(|settings| settings.user = value.trim().to_owned()),
            Some("today") => {
                let now = session.today().first();
                let day = parse_by_person(&value, now).map(Date::first).ok_or_else(|| {
                    CommandError::usage(format!("invalid date `{value}`")).with_hint("write 2018-07-05 or \"July 5\"")
                })?;
                session.settings_changed(|settings| settings.today = day);
            }
            Some("width") => {
                let width = value.parse().ok().filter(|width| (20..=1_000).contains(width));
                let width =
                    width.ok_or_else(|| CommandError::usage("the width is a number of columns from 20 to 1000"))?;
                session.screen().set_width(width);
            }
            Some("timer") => session.shell.timer = Switch::of(&value)?,
            Some("bail") => session.shell.bail = Switch::of(&value)?,
            Some(_) => session.shell.pager = pager(&value),
        }
        Ok(View::empty())
    }
}

fn pager(written: &str) -> Pager {
    match written.trim() {
        "on" => Pager::Usual,
        "off" => Pager::Off,
        command => Pager::Command(command.to_owned()),
    }
}

fn shown(session: &mut Session) -> View {
    let width = session.screen().frame().width.to_string();
    let pager = match &session.shell.pager {
        Pager::Usual => "on".to_owned(),
        Pager::Off => "off".to_owned(),
        Pager::Command(command) => command.clone(),
    };
    let fields = [
        ("user", session.user().to_owned()),
        ("today", session.today().to_string()),
        ("width", width),
        ("pager", pager),
        ("timer", session.shell.timer.word().to_owned()),
        ("bail", session.shell.bail.word().to_owned()),
    ];
    let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), Run::new(Role::Plain, value)));
    View::empty().with(Block::Record(fields.collect()))
}

/// A command that is short for `.set` of one thing.
macro_rules! short {
    ($name:ident, $command:literal, $key:literal, $purpose:literal, $about:literal, $example:literal) => {
        #[doc = $about]
        #[derive(Debug, clap::Args)]
        pub struct $name {
            /// `on` or `off`; a pager may be named; without a word the setting is shown
            #[arg(value_name = "WORDS")]
            value: Vec<String>,
        }

        impl Command for $name {
            const NAME: &'static str = $command;
            const PURPOSE: &'static str = $purpose;
            const EXAMPLE: &'static str = $example;
            const GROUP: Group = Group::Shell;

            fn run(self, session: &mut Session) -> Result<View, CommandError> {
                Set { name: Some($key.to_owned()), value: self.value }.run(session)
            }
        }
    };
}

short!(Timer, ".timer", "timer", "Show how long each command took: on or off", "Switches the timer", ".timer off");
short!(Bail, ".bail", "bail", "Stop a script at the first error: on or off", "Switches stopping at errors", ".bail on");
short!(
    PagerSwitch,
    ".pager",
    "pager",
    "Show long output in the pager: on, off, or its command",
    "Chooses the pager",
    ".pager on"
);
