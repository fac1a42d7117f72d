//! `speaker`: the people and bodies behind the claims; a person tells which of them are one.

use crate::commands::common::narrow::SHOWN;
use crate::commands::layout::tables;
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::{Format, View};
use crate::store::id::{AnyId, ClaimId};
use crate::store::stories::Membership;

/// Lists, shows and merges speakers
#[derive(Debug, clap::Args)]
pub struct Speaker {
    #[command(subcommand)]
    act: Option<Act>,
}

#[derive(Debug, clap::Subcommand)]
enum Act {
    /// List the speakers, those with most claims first
    List {
        /// Only those of this name, or with claims that match (see `help filters`)
        #[arg(value_name = "FILTER")]
        filter: Vec<String>,
        /// Show them all
        #[arg(long)]
        all: bool,
    },
    /// Show a speaker: names, titles with their time, latest claims
    Show {
        /// A name or an id
        #[arg(value_name = "SPEAKER")]
        speaker: String,
    },
    /// Give a speaker another name, take one away, or list the names
    #[command(visible_alias = "alias")]
    Aliases {
        /// A name or an id
        #[arg(value_name = "SPEAKER")]
        speaker: String,
        /// The other name
        #[arg(value_name = "NAME")]
        alias: Option<String>,
        /// Take it away: they are not called so
        #[arg(long, requires = "alias")]
        remove: bool,
    },
    /// Give a speaker the right name; the one before stays as an alias
    Rename {
        /// A name or an id
        #[arg(value_name = "SPEAKER")]
        speaker: String,
        /// The right name
        #[arg(value_name = "NAME")]
        name: String,
        /// Although a verdict on it is published: it becomes a new version, and readers are told why
        #[arg(long, value_name = "TEXT")]
        anyway: Option<String>,
    },
    /// Merge two speakers; the claims of the first go to the second
    Merge {
        /// The speaker that goes into the other
        #[arg(value_name = "SPEAKER")]
        speaker: String,
        /// The speaker that stays; of one person, the fuller of the two names does
        #[arg(value_name = "SPEAKER")]
        into: String,
        /// Although a verdict on it is published: it becomes a new version, and readers are told why
        #[arg(long, value_name = "TEXT")]
        anyway: Option<String>,
    },
    /// Keep two speakers apart, so that merging them is not suggested again
    Apart {
        /// One
        #[arg(value_name = "SPEAKER")]
        speaker: String,
        /// The other
        #[arg(value_name = "SPEAKER")]
        other: String,
    },
    /// Move some claims of a speaker to another person of the same name
    Split {
        /// The speaker who keeps the other claims
        #[arg(value_name = "SPEAKER")]
        speaker: String,
        /// The claims that go
        #[arg(value_name = "CLAIM", required = true)]
        claims: Vec<ClaimId>,
        /// What the other is called on the desk, such as "Ann Baker (engineer)"
        #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
        name: String,
        /// Although a verdict on it is published: it becomes a new version, and readers are told why
        #[arg(long, value_name = "TEXT")]
        anyway: Option<String>,
    },
    /// Give a speaker a title for a period
    Title {
        /// A name or an id
        #[arg(value_name = "SPEAKER")]
        speaker: String,
        /// The title
        #[arg(value_name = "TITLE")]
        title: String,
        /// The first day; without it, always
        #[arg(long, value_name = "DATE")]
        from: Option<String>,
        /// The last day; without it, until now
        #[arg(long, value_name = "DATE")]
        to: Option<String>,
        /// Take it away: they do not have it
        #[arg(long, conflicts_with_all = ["from", "to"])]
        remove: bool,
    },
    /// Record the organisation a speaker speaks for
    SpeaksFor {
        /// A name or an id
        #[arg(value_name = "SPEAKER")]
        speaker: String,
        /// The body: a name or an id
        #[arg(value_name = "SPEAKER")]
        body: String,
        /// No longer
        #[arg(long)]
        remove: bool,
    },
    /// List pairs that may be the same person
    Suggestions {},
}

impl Command for Speaker {
    const NAME: &'static str = "speaker";
    const PURPOSE: &'static str = "List and show speakers, give them names and titles, merge or split them";
    const EXAMPLE: &'static str = "speaker list";
    const GROUP: Group = Group::Claims;
    const ALIASES: &'static [&'static str] = &["speakers"];

    fn is_signed(&self) -> bool {
        let told = |act: &Act| match act {
            Act::Rename { anyway, .. } | Act::Merge { anyway, .. } | Act::Split { anyway, .. } => anyway.is_some(),
            _ => false,
        };
        self.act.as_ref().is_some_and(told)
    }

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        match self.act.unwrap_or(Act::List { filter: Vec::new(), all: false }) {
            Act::List { filter, all } => {
                let mut filter = session.filter(&by_name(filter))?;
                let person = session.mode() == Format::Table && !all;
                if person {
                    filter.limit = Some(SHOWN + 1);
                }
                let mut rows = session.workbench()?.speakers(&filter)?;
                let more = person && rows.len() > SHOWN;
                if more {
                    rows.truncate(SHOWN);
                }
                let view = tables::speakers(&rows);
                Ok(match (rows.is_empty(), more) {
                    (true, _) => view.hint("no speaker fits"),
                    (_, true) => view.hint(format!(
                        "these {SHOWN} have most claims; narrow the list with filters, or ask for --all"
                    )),
                    _ => view,
                })
            }
            Act::Show { speaker } => {
                let id = session.workbench()?.speaker_named(&speaker)?.id;
                crate::commands::claims::show::page(session, AnyId::Speaker(id))
            }
            Act::Rename { speaker, name, anyway } => {
                let workbench = session.workbench()?;
                let named = workbench.speaker_named(&speaker)?;
                workbench.rename_speaker(named.id, &name, anyway.as_deref())?;
                let view = tables::speaker(&workbench.speaker(named.id)?);
                Ok(view.hint(format!("{} stays as an alias; `undo` restores it", named.name)))
            }
            Act::Aliases { speaker, alias, remove } => {
                let workbench = session.workbench()?;
                let named = workbench.speaker_named(&speaker)?;
                match alias {
                    Some(alias) if remove => workbench.remove_alias(&named, &alias)?,
                    Some(alias) => workbench.alias(named.id, &alias)?,
                    None => {}
                }
                Ok(tables::speaker(&workbench.speaker(named.id)?))
            }
            Act::Merge { speaker, into, anyway } => {
                let workbench = session.workbench()?;
                let (from, into) = (workbench.speaker_named(&speaker)?, workbench.speaker_named(&into)?);
                let (from, into) = (workbench.speaker(from.id)?, workbench.speaker(into.id)?);
                // The fuller name is the one that says who it is: "Okafor" may be anybody.
                let turned = from.is_named_more_fully_than(&into);
                let (from, into) = if turned { (into, from) } else { (from, into) };
                workbench.merge(from.id, into.id, anyway.as_deref())?;
                let view = tables::speaker(&workbench.speaker(into.id)?);
                Ok(match turned {
                    false => view.hint("`undo` separates them again"),
                    true => view.hint(format!(
                        "{} is the fuller name and stays; `undo` separates them again, `speaker rename {} NAME` gives another name",
                        into.name, into.id
                    )),
                })
            }
            Act::Apart { speaker, other } => {
                let workbench = session.workbench()?;
                let (one, other) = (workbench.speaker_named(&speaker)?, workbench.speaker_named(&other)?);
                workbench.keep_apart(one.id, other.id)?;
                Ok(View::done(format!("{} {} and {} {} stay apart", one.id, one.name, other.id, other.name)))
            }
            Act::Split { speaker, claims, name, anyway } => {
                let workbench = session.workbench()?;
                let own = workbench.speaker_named(&speaker)?;
                let other = workbench.split_speaker(own.id, &name, &claims, anyway.as_deref())?;
                let page = crate::commands::claims::show::page(session, AnyId::Speaker(other.id))?;
                Ok(page
                    .hint(format!("{} keeps the rest of {}'s claims; `undo` makes them one again", own.id, own.name)))
            }
            Act::Title { speaker, title, from, to, remove } => {
                let read = |written: Option<String>| written.map(|day| session.date(&day)).transpose();
                let (from, to) = (read(from)?, read(to)?);
                let workbench = session.workbench()?;
                let named = workbench.speaker_named(&speaker)?;
                match remove {
                    true => workbench.remove_title(&named, &title)?,
                    false => workbench.give_title(named.id, &title, from, to)?,
                }
                crate::commands::claims::show::page(session, AnyId::Speaker(named.id))
            }
            Act::SpeaksFor { speaker, body, remove } => {
                let workbench = session.workbench()?;
                let (named, body) = (workbench.speaker_named(&speaker)?, workbench.speaker_named(&body)?);
                let act = if remove { Membership::Remove } else { Membership::Add };
                workbench.speaks_for(named.id, body.id, act)?;
                crate::commands::claims::show::page(session, AnyId::Speaker(named.id))
            }
            Act::Suggestions {} => {
                let rows = session.workbench()?.merge_suggestions()?;
                let view = tables::merges(&rows);
                Ok(match rows.first() {
                    None => view.hint("no two speakers look like one"),
                    Some(row) => {
                        let (one, other) = (row.speaker.id, row.into.id);
                        view.hint(format!(
                            "`speaker merge {one} {other}` makes them one, `speaker apart {one} {other}` keeps them two"
                        ))
                    }
                })
            }
        }
    }
}

/// Takes bare words as the name of a speaker; what has a colon is a filter as it is everywhere.
fn by_name(filter: Vec<String>) -> Vec<String> {
    let (mut rest, name): (Vec<String>, Vec<String>) = filter.into_iter().partition(|word| word.contains(':'));
    if !name.is_empty() {
        rest.push(format!("speaker:~{}", name.join(" ")));
    }
    rest
}
