//! `edit`: what a person corrects of claims (who, what kind, when, other words of the article) and of articles (title,
//! outlet, byline, date, address).

use crate::article::Moment;
use crate::attribution::Kind;
use crate::commands::layout::{claims, count};
use crate::commands::{Command, CommandError, Group, Session, common::chosen};
use crate::date::Date;
use crate::report::view::View;
use crate::store::amendments::Fact;
use crate::store::id::ArticleId;
use crate::store::stored::value_of;
use crate::workbench::{Changes, SpeakerIs, Written};

/// Edited claims that are shown one by one.
const SHOWN: usize = 5;

/// Corrects claims or an article
#[derive(Debug, clap::Args)]
pub struct Edit {
    /// Claims, by their ids or by a filter, or one article
    #[arg(value_name = "CLAIM|ARTICLE|FILTER", required = true)]
    what: Vec<String>,
    /// Who says it: a name or an id; `none` when nobody is named
    #[arg(long, value_name = "SPEAKER")]
    speaker: Option<String>,
    /// Where nobody on the desk has that name: make a new speaker
    #[arg(long, requires = "speaker")]
    new: bool,
    /// What kind of speech it is
    #[arg(long, value_name = "CHOICE", value_parser = KINDS)]
    kind: Option<String>,
    /// Whether the article says that it was said; another kind than a question takes `asked` away by itself
    #[arg(long, value_name = "CHOICE", value_parser = STATUSES)]
    status: Option<String>,
    /// The day it was said
    #[arg(long, value_name = "DATE")]
    said: Option<String>,
    /// Its words as they stand in the article; whole words are taken, and a claim of its own stands for them
    #[arg(long, value_name = "TEXT")]
    words: Option<String>,
    /// Although a verdict on it is published: it becomes a new version, and readers are told why
    #[arg(long, value_name = "TEXT")]
    anyway: Option<String>,
    #[command(flatten)]
    facts: Facts,
}

/// Facts of an article; an empty one is taken away.
#[derive(Debug, Default, clap::Args)]
struct Facts {
    /// An article's title
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// An article's outlet
    #[arg(long, value_name = "OUTLET")]
    outlet: Option<String>,
    /// An article's authors
    #[arg(long, value_name = "NAME")]
    byline: Option<String>,
    /// The day an article was published; the days its words name are counted anew
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// When the page was last changed, as a day or `2024-05-03 16:00`: versions stand in that order
    #[arg(long, value_name = "DATE")]
    updated: Option<String>,
    /// An article's address on the web
    #[arg(long, value_name = "LINK")]
    url: Option<String>,
    /// Where a copy of the page is kept for good
    #[arg(long, value_name = "LINK")]
    archive: Option<String>,
}

/// The kinds as a person names them.
pub const KINDS: [&str; 9] =
    ["statement", "denial", "question", "demand", "promise", "forecast", "belief", "refusal", "accusation"];

/// Whether it was said, as a person names it.
const STATUSES: [&str; 9] =
    ["asserted", "negated", "conditional", "asked", "future", "disputed", "retracted", "joking", "unsettled"];

impl Command for Edit {
    const NAME: &'static str = "edit";
    const PURPOSE: &'static str =
        "Correct claims (speaker, kind, status, date, words) or an article (title, outlet, date)";
    const EXAMPLE: &'static str = "edit c1 --kind promise";
    const GROUP: Group = Group::Claims;

    fn is_signed(&self) -> bool {
        self.anyway.is_some()
    }

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let facts = self.facts.read(session)?;
        let article = match self.what.as_slice() {
            [one] => one.parse::<ArticleId>().ok(),
            _ => None,
        };
        let own = [&self.speaker, &self.kind, &self.status, &self.said, &self.words].into_iter().any(Option::is_some);
        match article {
            Some(_) if own => {
                Err(CommandError::usage("--speaker, --kind, --status, --said and --words correct claims, not articles")
                    .with_hint("name claims, or choose them: `edit article:a1 --speaker …`"))
            }
            Some(article) => amend(session, article, &facts),
            None if !facts.is_empty() => Err(CommandError::usage(
                "--title, --outlet, --byline, --date, --updated, --url and --archive correct an article",
            )
            .with_hint("name the article: `edit a1 --date 2024-03-05`; a claim has --said")),
            None => self.claims(session),
        }
    }
}

impl Edit {
    fn claims(self, session: &mut Session) -> Result<View, CommandError> {
        let claims = chosen::claims(session, &self.what)?;
        // "Tuesday" is the one before the article, not the one before today.
        let published = match claims.as_slice() {
            [claim] => session.workbench()?.claim(*claim)?.published.map(Date::last),
            _ => None,
        };
        let from = published.unwrap_or_else(|| session.today().first());
        let changes = Changes {
            speaker: self.speaker.as_deref().map(somebody).transpose()?,
            speaker_is: speaker_is(self.new),
            kind: self.kind.as_deref().and_then(kind),
            status: self.status.as_deref().and_then(value_of),
            said: self.said.as_deref().map(|written| session.date_from(written, from)).transpose()?,
            words: self.words,
            notice: self.anyway,
        };
        let words = changes.words.is_some();
        let confirmed = if words { session.workbench()?.confirmed_of(claims[0])? } else { Vec::new() };
        let written = session.workbench()?.edit(&claims, &changes)?;
        if let (true, Some(row)) = (words, written.claims.first()) {
            let view = shown(&written).hint(format!("{} replaces {}", row.id, claims[0]));
            return Ok(match confirmed.is_empty() {
                true => view,
                false => view.warning(format!(
                    "{} was confirmed for {} and its words: confirm it again for {}, or `undo`",
                    confirmed.join(", "),
                    claims[0],
                    row.id
                )),
            });
        }
        if written.claims.len() > SHOWN {
            let done = format!("{} edited", count(written.claims.len(), "claim"));
            return Ok(View::done(done).hint("`undo` restores them all").data(&written.claims));
        }
        Ok(shown(&written))
    }
}

impl Facts {
    fn read(&self, session: &Session) -> Result<Vec<Fact>, CommandError> {
        let given = |value: &Option<String>| value.as_deref().map(|value| value.trim().to_owned());
        let date = self.date.as_deref().map(|written| session.date(written)).transpose()?;
        let moment = |written: &str| match Moment::read(written) {
            Some(moment) => Ok(moment),
            None => session.date(written).map(Moment::from),
        };
        let updated = self.updated.as_deref().map(moment).transpose()?;
        let facts = [
            given(&self.title).map(Fact::Title),
            given(&self.outlet).map(Fact::Outlet),
            given(&self.byline).map(Fact::Byline),
            date.map(Fact::Published),
            updated.map(Fact::Updated),
            given(&self.url).map(Fact::Url),
            given(&self.archive).map(Fact::Archive),
        ];
        Ok(facts.into_iter().flatten().collect())
    }
}

fn amend(session: &mut Session, article: ArticleId, facts: &[Fact]) -> Result<View, CommandError> {
    let row = session.workbench()?.amend(article, facts)?;
    let view = crate::commands::layout::tables::articles(std::slice::from_ref(&row));
    Ok(view.hint("`undo` restores what was read").data(row))
}

/// Reads the flag that allows a new speaker.
pub const fn speaker_is(new: bool) -> SpeakerIs {
    if new { SpeakerIs::New } else { SpeakerIs::Known }
}

/// Reads who is meant; `nobody` and `none` are nobody.
///
/// # Errors
/// For no name at all.
pub fn somebody(written: &str) -> Result<String, CommandError> {
    match written.trim() {
        "" => Err(CommandError::usage("--speaker has no name")
            .with_hint("write whom you mean, or `--speaker none` where nobody is named")),
        none if ["nobody", "none"].iter().any(|word| none.eq_ignore_ascii_case(word)) => Ok(String::new()),
        name => Ok(name.to_owned()),
    }
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
