//! What a command is, and the one list of them all.

use super::{CommandError, Session};
use super::{articles, claims, desk, relations, shell, stories, verdicts};
use crate::report::view::View;

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

    /// Tells whether it may be the first thing done on a desk, so that the file is made where there is none. What only reads a
    /// desk, or works on what is there, is refused then: the name may be a slip.
    fn begins_desk(&self) -> bool {
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
    pub(super) arguments: fn(clap::Command) -> clap::Command,
    pub(super) run: fn(&clap::ArgMatches, &mut Session) -> Result<View, CommandError>,
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
                session.beginning_desk(command.begins_desk(), |session| command.run(session))
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
        Entry::of::<articles::load::Load>(),
        Entry::of::<articles::feed::Feed>(),
        Entry::of::<articles::outlet::Outlet>(),
        Entry::of::<articles::extract::Extract>(),
        Entry::of::<articles::convert::Convert>(),
        Entry::of::<articles::list::Articles>(),
        Entry::of::<articles::read::Read>(),
        Entry::of::<articles::revisions::Revisions>(),
        Entry::of::<claims::list::Claims>(),
        Entry::of::<claims::show::Show>(),
        Entry::of::<claims::find::Find>(),
        Entry::of::<articles::reread::Reread>(),
        Entry::of::<claims::edit::Edit>(),
        Entry::of::<claims::add::Add>(),
        Entry::of::<claims::split::Split>(),
        Entry::of::<claims::merge::Merge>(),
        Entry::of::<claims::drop::Drop>(),
        Entry::of::<claims::speaker::Speaker>(),
        Entry::of::<relations::matches::Match>(),
        Entry::of::<relations::checked::Checked>(),
        Entry::of::<relations::contradictions::Contradictions>(),
        Entry::of::<relations::positions::Positions>(),
        Entry::of::<relations::compare::Compare>(),
        Entry::of::<relations::review::Review>(),
        Entry::of::<relations::why::Why>(),
        Entry::of::<relations::confirm::Confirm>(),
        Entry::of::<relations::reject::Reject>(),
        Entry::of::<verdicts::verdict::Verdict>(),
        Entry::of::<verdicts::evidence::Evidence>(),
        Entry::of::<verdicts::check::Check>(),
        Entry::of::<verdicts::correct::Correct>(),
        Entry::of::<stories::story::Story>(),
        Entry::of::<stories::tag::Tag>(),
        Entry::of::<stories::note::Note>(),
        Entry::of::<stories::timeline::Timeline>(),
        Entry::of::<stories::report::Report>(),
        Entry::of::<desk::import::Import>(),
        Entry::of::<desk::export::Export>(),
        Entry::of::<desk::filter::SavedFilter>(),
        Entry::of::<desk::reindex::Reindex>(),
        Entry::of::<desk::doctor::Doctor>(),
        Entry::of::<desk::stats::Stats>(),
        Entry::of::<desk::new::New>(),
        Entry::of::<desk::undo::Undo>(),
        Entry::of::<desk::redo::Redo>(),
        Entry::of::<desk::log::Log>(),
        Entry::of::<desk::restore::Restore>(),
        Entry::of::<desk::run::RunFile>(),
        Entry::of::<desk::demo::Demo>(),
        Entry::of::<shell::help::Help>(),
        Entry::of::<shell::mode::Mode>(),
        Entry::of::<shell::output::Output>(),
        Entry::of::<shell::once::Once>(),
        Entry::of::<shell::open::Open>(),
        Entry::of::<shell::backup::Backup>(),
        Entry::of::<shell::history::History>(),
        Entry::of::<shell::history::Last>(),
        Entry::of::<shell::edit_line::EditLine>(),
        Entry::of::<shell::alias::Alias>(),
        Entry::of::<shell::set::Set>(),
        Entry::of::<shell::set::Timer>(),
        Entry::of::<shell::set::Bail>(),
        Entry::of::<shell::set::PagerSwitch>(),
        Entry::of::<shell::sql::Sql>(),
        Entry::of::<shell::completions::Completions>(),
        Entry::of::<shell::completions::Man>(),
        Entry::of::<shell::quit::Quit>(),
    ];
    ENTRIES
}
