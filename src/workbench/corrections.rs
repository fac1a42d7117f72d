//! Corrections by hand: who, what kind, when; other words; a claim the machine missed; one that is none, two that are one.
//! Each command is one operation. What was read is kept; a claim with other words is another claim.

use super::linking::{Linked, fold_of};
use super::placed::{Place, again, blank, status_as};
use super::{Result, Workbench, WorkbenchError, identity, quoting};
use crate::attribution::{Kind, Status};
use crate::claim::Claim;
use crate::date::{Date, When};
use crate::span::Spans;
use crate::store::claims::NewClaim;
use crate::store::corrections::{Correction, HAND};
use crate::store::id::{ArticleId, ClaimId, OperationId, SpeakerId};
use crate::store::rows::ClaimRow;
use crate::store::{StoreError, Writer};

/// What a person says of a claim; `None` leaves it as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// A name, an alias or an id; empty for nobody.
    pub speaker: Option<String>,
    pub speaker_is: SpeakerIs,
    pub kind: Option<Kind>,
    /// Whether it was said.
    pub status: Option<Status>,
    pub said: Option<Date>,
    /// As they stand in the article.
    pub words: Option<String>,
    /// What readers are told where a verdict on it is published; without one such a change is refused.
    pub notice: Option<String>,
}

/// A claim that the machine missed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Missed {
    /// As they stand in the article.
    pub words: String,
    /// Which of several places with these words, counted from 1.
    pub place: Option<usize>,
    /// A name, an alias or an id; empty for nobody.
    pub speaker: String,
    pub speaker_is: SpeakerIs,
    pub kind: Option<Kind>,
    pub said: Option<Date>,
}

/// Claims written by hand, and what they were found to repeat or contradict.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Written {
    pub claims: Vec<ClaimRow>,
    pub repeats: usize,
    pub contradictions: usize,
    /// The name of a speaker who is new on the desk.
    pub new_speaker: Option<String>,
}

impl Workbench {
    /// Corrects claims. Other words make another claim, which stands for the one that is corrected from then on.
    ///
    /// # Errors
    /// For an unknown claim, a speaker that cannot be told, a day after that of the article, words that are not in the
    /// article, other words for several claims, what changes under a published verdict without a notice, or when nothing is
    /// to change.
    pub fn edit(&mut self, claims: &[ClaimId], changes: &Changes) -> Result<Written> {
        if *changes == (Changes { notice: changes.notice.clone(), ..Changes::default() }) {
            return Err(WorkbenchError::asked(
                "nothing is to be changed",
                "say --speaker, --kind, --status, --said or --words",
            ));
        }
        let rows: Vec<ClaimRow> =
            claims.iter().map(|claim| self.store.claim(*claim)).collect::<std::result::Result<_, _>>()?;
        let words = match (&changes.words, rows.as_slice()) {
            (None, _) => None,
            (Some(words), [row]) => {
                let place = self.place_of(row)?;
                let found = quoting::nearest(&place.text, words, row.sentence_span)?;
                Some((place, found))
            }
            (Some(_), _) => {
                return Err(WorkbenchError::asked(
                    "--words corrects one claim",
                    "name the claim: `edit c12 --words …`",
                ));
            }
        };
        if let Some(said) = changes.said {
            rows.iter().try_for_each(|row| self.said_by(row.article, said))?;
        }
        let which = match claims {
            [claim] => claim.to_string(),
            several => format!("{} claims", several.len()),
        };
        let (line, notice) = (format!("edit {which}{}", told(changes)), changes.notice.as_deref());
        self.writing("edit", &line, notice, |writer, operation| {
            let mut written = Written::default();
            let who = match &changes.speaker {
                Some(name) => {
                    let (speaker, new) = speaker(writer, name, changes.speaker_is, operation)?;
                    written.new_speaker = new;
                    Some(speaker)
                }
                None => None,
            };
            let (mut targets, mut corrections) = (Vec::with_capacity(rows.len()), Vec::new());
            for row in &rows {
                let target = match &words {
                    Some((place, content)) => {
                        let new = write(writer, place, again(place, row, content), row, &[row.id], operation)?;
                        writer.drop_claim(row.id, operation)?;
                        new
                    }
                    None => row.id,
                };
                corrections.extend(who.map(|speaker| (target, Correction::Speaker(speaker))));
                corrections.extend(changes.kind.map(|kind| (target, Correction::Kind(kind))));
                let status = changes.status.or_else(|| status_as(row, changes.kind));
                corrections.extend(status.map(|status| (target, Correction::Status(status))));
                corrections.extend(changes.said.map(|date| (target, Correction::Said(date))));
                targets.push(target);
            }
            writer.correct(&corrections, operation)?;
            Ok((targets, written))
        })
    }

    /// Adds a claim that the machine missed, by quoting its words.
    ///
    /// # Errors
    /// For an unknown article, a speaker that cannot be told, or words that are not in the article or stand in several
    /// places of it.
    pub fn add_claim(&mut self, article: ArticleId, missed: &Missed) -> Result<Written> {
        let place = Place::of(self.store.article_on_desk(article)?);
        if let Some(said) = missed.said {
            self.said_by(Some(article), said)?;
        }
        let content = quoting::chosen(&place.text, place.id, &missed.words, missed.place)?;
        let claim = Claim {
            kind: missed.kind.unwrap_or(Kind::Statement),
            said: When { written: String::new(), date: missed.said },
            ..blank(&place, &content)
        };
        let line = format!("add {article} {}", super::acts::short(&claim.words));
        self.writing("add", &line, None, |writer, operation| {
            let (who, new_speaker) = match missed.speaker.as_str() {
                "" => (None, None),
                name => speaker(writer, name, missed.speaker_is, operation)?,
            };
            let id = store(writer, &place, &claim, who, &[], operation)?;
            Ok((vec![id], Written { new_speaker, ..Written::default() }))
        })
    }

    /// Hides claims: they are none.
    ///
    /// # Errors
    /// For an unknown claim, or one that is off the lists already.
    pub fn drop_claims(&mut self, claims: &[ClaimId]) -> Result<()> {
        let rows = self.live_claims(claims)?;
        let line = format!("drop {}", listed(rows.iter().map(|row| row.id)));
        self.act("drop", &line, |writer, operation| {
            Ok(claims.iter().try_for_each(|claim| writer.drop_claim(*claim, operation))?)
        })
    }

    /// Splits a claim into several. One piece of words cuts before it; several are the new claims themselves.
    ///
    /// # Errors
    /// For an unknown claim, or words that are not in it.
    pub fn split(&mut self, claim: ClaimId, pieces: &[String]) -> Result<Written> {
        let row = self.live_claims(&[claim])?.remove(0);
        let place = self.place_of(&row)?;
        let within = |words: &String| {
            let inside = |spans: &Spans| row.content.overlaps(spans.cover().unwrap_or_default());
            let found = quoting::places(&place.text, words).into_iter().find(inside);
            found.ok_or_else(|| {
                WorkbenchError::asked(format!("{claim} does not hold these words: {words}"), format!("`show {claim}`"))
            })
        };
        let contents: Vec<Spans> = match pieces {
            [] => {
                return Err(WorkbenchError::asked("say where to split", "quote the words the second part begins with"));
            }
            [at] => {
                let at = within(at)?.cover().unwrap_or_default();
                let (first, second) = quoting::cut_before(&place.text, &row.content, at);
                vec![first, second]
            }
            pieces => pieces.iter().map(within).collect::<Result<_>>()?,
        };
        if contents.iter().any(Spans::is_empty) {
            return Err(WorkbenchError::asked(
                "one of the parts would be empty",
                "quote the words the second part begins with",
            ));
        }
        self.writing("split", &format!("split {claim}"), None, |writer, operation| {
            let mut ids = Vec::new();
            for content in &contents {
                ids.push(write(writer, &place, again(&place, &row, content), &row, &[claim], operation)?);
            }
            writer.drop_claim(claim, operation)?;
            Ok((ids, Written::default()))
        })
    }

    /// Makes one claim of several of one article; speaker, kind and date are those of the first.
    ///
    /// # Errors
    /// For unknown claims, fewer than two, or claims of several articles.
    pub fn join(&mut self, claims: &[ClaimId]) -> Result<Written> {
        let rows = self.live_claims(claims)?;
        let (Some(first), true) = (rows.first(), rows.len() > 1) else {
            return Err(WorkbenchError::asked("one claim cannot be merged with itself", "name two or more claims"));
        };
        if let Some(other) = rows.iter().find(|row| row.article != first.article) {
            let (one, other) = (first.id, other.id);
            return Err(WorkbenchError::asked(
                "the claims stand in several articles",
                format!(
                    "claims of one article become one; `confirm {one} {other} --as repeat` says that two repeat each other"
                ),
            ));
        }
        let place = self.place_of(first)?;
        let content = Spans::new(rows.iter().flat_map(|row| row.content.iter()));
        let line = format!("merge {}", listed(claims.iter()));
        self.writing("join", &line, None, |writer, operation| {
            let id = write(writer, &place, again(&place, first, &content), first, claims, operation)?;
            for old in claims {
                writer.drop_claim(*old, operation)?;
            }
            Ok((vec![id], Written::default()))
        })
    }

    /// Returns claims that are on the lists.
    pub(super) fn live_claims(&self, claims: &[ClaimId]) -> Result<Vec<ClaimRow>> {
        let rows: Vec<ClaimRow> =
            claims.iter().map(|id| self.store.claim(*id)).collect::<std::result::Result<_, _>>()?;
        match rows.iter().find(|row| row.dropped) {
            Some(row) => Err(WorkbenchError::asked(
                format!("{} is off the lists already", row.id),
                format!("`show {}` says why; `undo` restores what was hidden last", row.id),
            )),
            None => Ok(rows),
        }
    }

    /// Refuses a day on which an article could not yet tell what was said.
    fn said_by(&self, article: Option<ArticleId>, said: Date) -> Result<()> {
        let row = article.map(|id| self.store.article_on_desk(id)).transpose()?.map(|found| found.article);
        let changed = row.as_ref().and_then(|row| row.updated.as_ref()).map(|moment| moment.day);
        let days = row.as_ref().and_then(|row| row.published).into_iter().chain(changed).map(Date::last);
        let latest = days.max().unwrap_or(self.settings.today);
        if said.first() <= latest {
            return Ok(());
        }
        Err(match row {
            Some(row) if row.published.is_some() => WorkbenchError::asked(
                format!("{said} is after {latest}, the day of {}: it cannot tell what was not yet said", row.id),
                format!("give an earlier day; `edit {} --date DATE` corrects the day of the article", row.id),
            ),
            _ => WorkbenchError::asked(format!("{said} is in the future"), "a claim is said on a day that has come"),
        })
    }

    fn place_of(&self, row: &ClaimRow) -> Result<Place> {
        let Some(article) = row.article else {
            return Err(WorkbenchError::asked(
                format!("{} was imported: its words stand in no article here", row.id),
                "its speaker, kind and date can be corrected",
            ));
        };
        Ok(Place::of(self.store.article_on_desk(article)?))
    }

    /// Runs one act that may write claims, and relates those to all others.
    fn writing(
        &mut self,
        name: &str,
        words: &str,
        notice: Option<&str>,
        act: impl FnOnce(&Writer<'_>, OperationId) -> Result<(Vec<ClaimId>, Written)>,
    ) -> Result<Written> {
        self.act_with_index(name, words, notice, |writer, live, operation| {
            let (ids, mut written) = act(writer, operation)?;
            // A claim whose words are the same says nothing that was not compared before.
            let new = writer.claims_written(operation)?;
            if !new.is_empty() {
                live.catch_up(writer)?;
                let Linked { repeats, contradictions, .. } = live.link(writer, &new, operation)?;
                (written.repeats, written.contradictions) = (repeats, contradictions);
            }
            written.claims = writer.claims_by_id(&ids)?;
            Ok(written)
        })
    }
}

/// Stores a claim that stands in the place of others, with the speaker of one of them.
fn write(
    writer: &Writer<'_>,
    place: &Place,
    claim: Claim,
    old: &ClaimRow,
    made_of: &[ClaimId],
    operation: OperationId,
) -> Result<ClaimId> {
    let (speaker, _) = writer.speaker_of(old.id)?;
    store(writer, place, &claim, speaker, made_of, operation)
}

fn store(
    writer: &Writer<'_>,
    place: &Place,
    claim: &Claim,
    speaker: Option<SpeakerId>,
    made_of: &[ClaimId],
    operation: OperationId,
) -> Result<ClaimId> {
    use crate::store::claims::Resolved;
    let new = NewClaim {
        claim,
        article: place.id,
        outlet: &place.outlet,
        speaker,
        resolved: if speaker.is_some() { Resolved::Name } else { Resolved::None },
        sentence: place.text.slice(claim.sentence),
        fold: &fold_of(&claim.words),
        reader: HAND,
    };
    Ok(writer.add_by_hand(&new, made_of, operation)?)
}

/// Whether a name that nobody on the desk has may make a new speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SpeakerIs {
    /// Somebody who is there.
    #[default]
    Known,
    /// Somebody new, where nobody is called so.
    New,
}

/// Returns who is meant by a name, and the name when a person of that name was made.
pub(super) fn speaker(
    writer: &Writer<'_>,
    name: &str,
    is: SpeakerIs,
    operation: OperationId,
) -> Result<(Option<SpeakerId>, Option<String>)> {
    let name = name.trim();
    if name.is_empty() {
        return Ok((None, None));
    }
    match (writer.speaker_named(name), is) {
        (Ok(named), _) => Ok((Some(named.id), None)),
        (Err(StoreError::NoSuchName { .. }), SpeakerIs::New) => {
            let (speaker, _) = identity::person(writer, name, operation)?;
            Ok((Some(speaker), Some(name.to_owned())))
        }
        (Err(StoreError::NoSuchName { nearest, .. }), SpeakerIs::Known) => {
            let new = format!("--new makes a new speaker of the name {name}");
            Err(match nearest.first() {
                Some(near) => {
                    let question = format!("nobody on the desk is called `{name}`: {near}?");
                    WorkbenchError::asked(question, format!("--speaker \"{near}\" if so; {new}"))
                }
                None => WorkbenchError::asked(format!("nobody on the desk is called `{name}`"), new),
            })
        }
        (Err(error), _) => Err(error.into()),
    }
}

pub(super) fn listed<T: std::fmt::Display>(ids: impl Iterator<Item = T>) -> String {
    ids.map(|id| id.to_string()).collect::<Vec<_>>().join(" ")
}

/// The changes as the log tells them.
fn told(changes: &Changes) -> String {
    let mut out = String::new();
    if let Some(name) = &changes.speaker {
        out.push_str(&format!(" speaker {}", if name.is_empty() { "nobody" } else { name }));
    }
    if let Some(kind) = changes.kind {
        out.push_str(&format!(" kind {}", crate::store::stored::name_of(&kind)));
    }
    if let Some(status) = changes.status {
        out.push_str(&format!(" status {}", crate::store::stored::name_of(&status)));
    }
    if let Some(date) = changes.said {
        out.push_str(&format!(" said {date}"));
    }
    if let Some(words) = &changes.words {
        out.push_str(&format!(" words {}", super::acts::short(words)));
    }
    out
}
