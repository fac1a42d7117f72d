//! What a person does about speakers: aliases, titles for a period, merging and keeping apart, two people of one name, and
//! whom somebody speaks for. Claims keep their evidence wherever they go.

use super::{Result, Workbench, WorkbenchError};
use crate::date::Date;
use crate::store::fold;
use crate::store::id::{ClaimId, SpeakerId};
use crate::store::rows::Named;
use crate::store::stories::Membership;

/// Whom a speaker speaks for, and who speaks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voices {
    pub speaks_for: Vec<Named<SpeakerId>>,
    pub spoken_for_by: Vec<Named<SpeakerId>>,
}

impl Workbench {
    /// Gives a speaker another name, by which claims are resolved from now on.
    ///
    /// # Errors
    /// For an unknown speaker or an empty name, or when the database cannot be written.
    pub fn alias(&mut self, speaker: SpeakerId, alias: &str) -> Result<()> {
        let folded = super::amendments::folded(alias)?;
        self.act("alias", &format!("speaker alias {speaker} {alias}"), |writer, operation| {
            writer.speaker(speaker)?;
            Ok(writer.add_alias(speaker, alias.trim(), &folded, operation)?)
        })
    }

    /// Gives a speaker a title for a period; it stands beside claims of that time whose article gives none.
    ///
    /// # Errors
    /// For an unknown speaker, a title without letters, or a period that ends before it begins.
    pub fn give_title(
        &mut self,
        speaker: SpeakerId,
        title: &str,
        first: Option<Date>,
        last: Option<Date>,
    ) -> Result<()> {
        let title = title.trim();
        if fold(title).is_empty() {
            return Err(WorkbenchError::asked(
                "a title needs letters",
                "`speaker title p7 \"Foreign Minister\" --from 2016`",
            ));
        }
        if let (Some(first), Some(last)) = (first, last)
            && last.last() < first.first()
        {
            return Err(WorkbenchError::asked(format!("{last} is before {first}"), "--from comes before --to"));
        }
        let day =
            |day: Option<chrono::NaiveDate>| day.map(|day| day.format("%Y-%m-%d").to_string()).unwrap_or_default();
        let (first, last) = (day(first.map(Date::first)), day(last.map(Date::last)));
        let line = format!("speaker title {speaker} {title} {first}…{last}");
        self.act("title", &line, |writer, operation| {
            let speaker = writer.speaker(speaker)?.id;
            Ok(writer.give_title(speaker, title, &first, &last, operation)?)
        })
    }

    /// Says that a speaker speaks for a body, or does so no longer.
    ///
    /// # Errors
    /// For unknown speakers, or somebody who would speak for themselves.
    pub fn speaks_for(&mut self, speaker: SpeakerId, body: SpeakerId, act: Membership) -> Result<()> {
        let verb = if act == Membership::Add { "speaks-for" } else { "speaks-for --remove" };
        self.act("speaks for", &format!("speaker {verb} {speaker} {body}"), |writer, operation| {
            let (speaker, body) = (writer.speaker(speaker)?.id, writer.speaker(body)?.id);
            Ok(writer.speaks_for(speaker, body, act, operation)?)
        })
    }

    /// Says that some claims of a speaker were said by somebody else of the same name, who becomes a speaker of their own.
    ///
    /// # Errors
    /// For an unknown speaker, no claims, claims that are not of that speaker, or another name under a published verdict of
    /// which no notice tells readers.
    pub fn split_speaker(
        &mut self,
        speaker: SpeakerId,
        name: &str,
        claims: &[ClaimId],
        notice: Option<&str>,
    ) -> Result<Named<SpeakerId>> {
        if claims.is_empty() {
            return Err(WorkbenchError::asked(
                "nothing says which claims are the other's",
                "name them: `speaker split p7 c3 c9`",
            ));
        }
        let words: Vec<String> = claims.iter().map(ToString::to_string).collect();
        let line = format!("speaker split {speaker} {}", super::acts::short(&words.join(" ")));
        self.act_telling("split speaker", &line, notice, |writer, operation| {
            let own = writer.speaker(speaker)?;
            let name = if name.trim().is_empty() { own.name.as_str() } else { name.trim() };
            let id = writer.split_speaker(own.id, name, claims, operation)?;
            Ok(Named { id, name: name.to_owned() })
        })
    }

    /// Makes two speakers one: the claims of the first, with their evidence, go to the second.
    ///
    /// # Errors
    /// For unknown speakers or two that are one already, for another name under a published verdict of which no notice tells
    /// readers, or when the database cannot be written.
    pub fn merge(&mut self, speaker: SpeakerId, into: SpeakerId, notice: Option<&str>) -> Result<()> {
        self.act_telling("merge", &format!("speaker merge {speaker} into {into}"), notice, |writer, operation| {
            Ok(writer.merge(speaker, into, operation)?)
        })
    }

    /// Says that two speakers are two: the suggestion to merge them does not come back.
    ///
    /// # Errors
    /// For unknown speakers, or when the database cannot be written.
    pub fn keep_apart(&mut self, speaker: SpeakerId, other: SpeakerId) -> Result<()> {
        self.act("apart", &format!("speaker apart {speaker} {other}"), |writer, operation| {
            writer.speaker(speaker)?;
            writer.speaker(other)?;
            Ok(writer.refuse_merge(speaker, other, operation)?)
        })
    }

    /// Returns the bodies that a speaker speaks for, and who speaks for it.
    pub fn voices(&self, speaker: SpeakerId) -> Result<Voices> {
        Ok(Voices { speaks_for: self.store.bodies_of(speaker)?, spoken_for_by: self.store.voices_of(speaker)? })
    }
}
