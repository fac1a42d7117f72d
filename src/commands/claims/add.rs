//! `add`: a claim that the machine missed, by quoting its words.

use crate::commands::claims::edit::{KINDS, kind, shown, somebody};
use crate::commands::{Command, CommandError, Group, Session};
use crate::date::Date;
use crate::report::view::View;
use crate::store::id::ArticleId;
use crate::workbench::Missed;

/// Adds a claim that was missed
#[derive(Debug, clap::Args)]
pub struct Add {
    /// The article
    #[arg(value_name = "ARTICLE")]
    article: ArticleId,
    /// The words as they stand there; marks, case and line breaks do not matter, `…` leaves some out
    #[arg(value_name = "TEXT")]
    words: String,
    /// Who says them: a name or an id
    #[arg(long, value_name = "SPEAKER", default_value = "none", hide_default_value = true)]
    speaker: String,
    /// Where nobody on the desk has that name: make a new speaker
    #[arg(long, requires = "speaker")]
    new: bool,
    /// What kind of speech it is
    #[arg(long, value_name = "CHOICE", value_parser = KINDS)]
    kind: Option<String>,
    /// The day it was said, where it is not that of the article
    #[arg(long, value_name = "DATE")]
    said: Option<String>,
    /// Which of several places with these words
    #[arg(long, value_name = "NUMBER")]
    place: Option<usize>,
}

impl Command for Add {
    const NAME: &'static str = "add";
    const PURPOSE: &'static str = "Add a claim that was missed, by quoting its words";
    const EXAMPLE: &'static str = "add a1 \"the tunnel\" --place 1 --speaker Whitlock";
    const GROUP: Group = Group::Claims;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let published = session.workbench()?.article(self.article)?.article.published.map(Date::last);
        let from = published.unwrap_or_else(|| session.today().first());
        let missed = Missed {
            words: self.words,
            place: self.place,
            speaker: somebody(&self.speaker)?,
            speaker_is: crate::commands::claims::edit::speaker_is(self.new),
            kind: self.kind.as_deref().and_then(kind),
            said: self.said.as_deref().map(|written| session.date_from(written, from)).transpose()?,
        };
        let written = session.workbench()?.add_claim(self.article, &missed)?;
        let view = shown(&written);
        Ok(match written.claims.first() {
            Some(row) if row.speaker.is_none() => {
                view.hint(format!("name the speaker with `edit {} --speaker NAME`", row.id))
            }
            _ => view,
        })
    }
}
