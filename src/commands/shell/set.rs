//! `.set`: who works, the day, the order of dates, the width, pager, timer, bail. `.timer`, `.bail` and `.pager` are short
//! for three of them. User, dates, pager and timer are kept for the next session when they are set at the prompt or on the
//! command line; today, width and bail end with the session.

use crate::commands::session::shell::{Pager, Switch};
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::{Block, Role, Run, View};

/// Changes a setting
#[derive(Debug, clap::Args)]
pub struct Set {
    /// Which; without it all are shown
    #[arg(value_name = "CHOICE", value_parser = ["user", "today", "dates", "width", "pager", "timer", "bail"])]
    name: Option<String>,
    /// To what
    #[arg(value_name = "WORDS", requires = "name")]
    value: Vec<String>,
}

impl Command for Set {
    const NAME: &'static str = ".set";
    const PURPOSE: &'static str = "Show or change a setting: user, today, dates, width, pager, timer, bail";
    const EXAMPLE: &'static str = ".set timer off";
    const GROUP: Group = Group::Shell;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let value = self.value.join(" ");
        match self.name.as_deref() {
            None => return Ok(shown(session)),
            Some(_) if value.trim().is_empty() => return Ok(shown(session)),
            Some("user") => {
                session.settings_changed(|settings| settings.user = value.trim().to_owned());
                session.shell.user = Some(value.trim().to_owned());
            }
            Some("today") => {
                let day = session.date(&value)?.first();
                session.settings_changed(|settings| settings.today = day);
            }
            Some("dates") => {
                session.shell.dates = crate::commands::common::dates::order(&value).ok_or_else(|| {
                    CommandError::usage(format!("invalid order of dates `{value}`"))
                        .with_hint("`day-first` reads 05/07/2018 as 5 July, `month-first` as May 7, `ask` asks")
                })?;
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
        session.keep()?;
        Ok(View::empty())
    }
}

pub fn pager(written: &str) -> Pager {
    match written.trim() {
        "on" => Pager::Usual,
        "off" => Pager::Off,
        command => Pager::Command(command.to_owned()),
    }
}

/// Returns the words that [`pager`] reads.
pub fn pager_word(pager: &Pager) -> &str {
    match pager {
        Pager::Usual => "on",
        Pager::Off => "off",
        Pager::Command(command) => command,
    }
}

fn shown(session: &mut Session) -> View {
    let width = session.screen().frame().width.to_string();
    let pager = pager_word(&session.shell.pager).to_owned();
    let fields = [
        ("user", session.user().to_owned()),
        ("today", session.today().to_string()),
        ("dates", crate::commands::common::dates::order_word(session.shell.dates).to_owned()),
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
