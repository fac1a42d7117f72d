//! `edit`: a claim as a person corrects it: who, what kind, when, and other words of the article.

use super::layout::{claims, count};
use super::{Command, CommandError, Group, Session};
use crate::attribution::Kind;
use crate::date::Date;
use crate::report::view::View;
use crate::store::id::ClaimId;
use crate::store::stored::value_of;
use crate::workbench::{Changes, Written};

/// Corrects a claim
#[derive(Debug, clap::Args)]
pub struct Edit {
    /// The claim
    #[arg(value_name = "CLAIM")]
    claim: ClaimId,
    /// Who says it: a name or an id; `nobody` when nobody is named
    #[arg(long, value_name = "SPEAKER")]
    speaker: Option<String>,
    /// What kind of speech it is
    #[arg(long, value_name = "CHOICE", value_parser = KINDS)]
    kind: Option<String>,
    /// The day it was said
    #[arg(long, value_name = "DATE")]
    said: Option<String>,
    /// Its words as they stand in the article; whole words are taken, and a claim of its own stands for them
    #[arg(long, value_name = "TEXT")]
    words: Option<String>,
}

/// The kinds as a person names them.
pub const KINDS: [&str; 8] = ["statement", "denial", "question", "demand", "promise", "forecast", "belief", "refusal"];

impl Command for Edit {
    const NAME: &'static str = "edit";
    const PURPOSE: &'static str = "Correct a claim: its speaker, kind, date or words";
    const EXAMPLE: &'static str = "edit c1 --kind promise";
    const GROUP: Group = Group::Claims;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        // "Tuesday" is the one before the article, not the one before today.
        let published = session.workbench()?.claim(self.claim)?.published.map(Date::last);
        let from = published.unwrap_or_else(|| session.today().first());
        let changes = Changes {
            speaker: self.speaker.as_deref().map(somebody),
            kind: self.kind.as_deref().and_then(kind),
            said: self.said.as_deref().map(|written| session.date_from(written, from)).transpose()?,
            words: self.words,
        };
        let words = changes.words.is_some();
        let written = session.workbench()?.edit(self.claim, &changes)?;
        let view = shown(&written);
        Ok(match written.claims.first() {
            Some(row) if words => view.hint(format!("{} stands in the place of {}", row.id, self.claim)),
            _ => view,
        })
    }
}

/// Reads who is meant; `nobody` is nobody.
pub fn somebody(written: &str) -> String {
    let written = written.trim();
    if written.eq_ignore_ascii_case("nobody") { String::new() } else { written.to_owned() }
}

pub fn kind(written: &str) -> Option<Kind> {
    value_of(written)
}

/// Claims that were written, and what they were found to repeat or contradict.
pub fn shown(written: &Written) -> View {
    let mut view = View::empty();
    for row in &written.claims {
        view.blocks.extend(claims::card(row, claims::plain(row), 0));
    }
    let found = [(written.repeats, "repeat"), (written.contradictions, "contradiction")];
    let found: Vec<String> =
        found.iter().filter(|(number, _)| *number > 0).map(|(number, one)| count(*number, one)).collect();
    if !found.is_empty() {
        view = view.hint(format!("found: {}; go through them with `review`", found.join(", ")));
    }
    if let Some(name) = &written.new_speaker {
        view = view.hint(format!("{name} is new on the desk"));
    }
    view.data(&written.claims)
}
