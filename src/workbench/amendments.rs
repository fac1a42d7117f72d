//! Putting right what is not a claim: the facts of an article, with the dates and relations that hang on them; a speaker's
//! name; and taking away an alias, a title or a piece of evidence. Each is one act that can be taken back.

use super::{Result, Workbench, WorkbenchError};
use crate::date::{self, Date};
use crate::matching::Name;
use crate::store::amendments::{Amended, Fact, Removed};
use crate::store::corrections::Correction;
use crate::store::filter::{Filter, Test};
use crate::store::fold;
use crate::store::id::{ArticleId, EvidenceId, SpeakerId};
use crate::store::rows::{ArticleRow, ClaimRow, Named};

impl Workbench {
    /// Corrects facts of an article. With another date the days that its words name ("on Tuesday") are counted anew.
    ///
    /// # Errors
    /// For an unknown article, an address that does not lead to the web, or when nothing is to change.
    pub fn amend(&mut self, article: ArticleId, facts: &[Fact]) -> Result<ArticleRow> {
        if facts.is_empty() {
            let hint = "say --title, --outlet, --byline, --date, --updated, --url or --archive";
            return Err(WorkbenchError::asked("nothing is to be changed", hint));
        }
        self.store.article_on_desk(article)?;
        let mut published = None;
        let mut names = Vec::new();
        for fact in facts {
            match fact {
                Fact::Url(url) | Fact::Archive(url) if !url.is_empty() => {
                    super::link::web_address(url)?;
                }
                Fact::Published(date) if date.first() > self.settings.today => {
                    let hint = "an article is published on a day that has come";
                    return Err(WorkbenchError::asked(format!("{date} is in the future"), hint));
                }
                Fact::Published(date) => published = Some(*date),
                _ => {}
            }
            names.push(told(fact));
        }
        let filter = Filter::default().with(Test::Article(article));
        let claims = self.store.claims(&filter)?;
        let line = format!("edit {article} {}", super::acts::short(&names.join(" ")));
        self.act("edit", &line, |writer, operation| {
            for fact in facts {
                writer.correct_article(article, fact, operation)?;
            }
            if published.is_some() {
                let said = |claim: &ClaimRow| Correction::Resolved(resolved(&claim.said.written, published));
                let said: Vec<_> = claims.iter().map(|claim| (claim.id, said(claim))).collect();
                writer.correct(&said, operation)?;
            }
            Ok(())
        })?;
        Ok(self.store.article(article)?.article)
    }

    /// Returns what persons corrected of an article.
    pub fn amended(&self, article: ArticleId) -> Result<Vec<Amended>> {
        Ok(self.store.amended(article)?)
    }

    /// Gives a speaker another name; the one before stays as an alias.
    ///
    /// # Errors
    /// For an unknown speaker, a name without letters or of somebody else, or one under a published verdict of which no
    /// notice tells readers.
    pub fn rename_speaker(&mut self, speaker: SpeakerId, name: &str, notice: Option<&str>) -> Result<()> {
        let name = name.trim();
        let folded = folded(name)?;
        if let Ok(other) = self.store.speaker_named(name)
            && other.id != speaker
            && fold(&other.name) == fold(name)
        {
            return Err(WorkbenchError::asked(
                format!("{} is called {} already", other.id, other.name),
                format!("`speaker merge {speaker} {}` makes them one", other.id),
            ));
        }
        let person = self.store.speaker(speaker)?.category.is(crate::attribution::Category::Person);
        let surname = if person { Name::new(name).last().to_owned() } else { String::new() };
        self.act_telling("rename", &format!("speaker rename {speaker} {name}"), notice, |writer, operation| {
            Ok(writer.rename_speaker(speaker, name, &folded, &surname, operation)?)
        })
    }

    /// Takes an alias of a speaker away; articles that use it do not bring it back.
    ///
    /// # Errors
    /// For an unknown speaker, or an alias that is not theirs.
    pub fn remove_alias(&mut self, speaker: &Named<SpeakerId>, alias: &str) -> Result<()> {
        let folds = [folded(alias)?, fold(alias)];
        self.take_away(
            speaker,
            &format!("alias `{alias}`"),
            &format!("speaker alias {} {alias} --remove", speaker.id),
            |writer| {
                let mut found = writer.aliases_called(speaker.id, &folds[0])?;
                if found.is_empty() {
                    found = writer.aliases_called(speaker.id, &folds[1])?;
                }
                Ok(found)
            },
        )
    }

    /// Takes a title of a speaker away, wherever it came from.
    ///
    /// # Errors
    /// For an unknown speaker, or a title that is not theirs.
    pub fn remove_title(&mut self, speaker: &Named<SpeakerId>, title: &str) -> Result<()> {
        let line = format!("speaker title {} {title} --remove", speaker.id);
        self.take_away(speaker, &format!("title `{title}`"), &line, |writer| {
            Ok(writer.titles_called(speaker.id, title.trim())?)
        })
    }

    fn take_away(
        &mut self,
        speaker: &Named<SpeakerId>,
        what: &str,
        line: &str,
        find: impl FnOnce(&crate::store::Writer<'_>) -> Result<Vec<Removed>>,
    ) -> Result<()> {
        self.act("remove", line, |writer, operation| {
            let found = find(writer)?;
            if found.is_empty() {
                return Err(WorkbenchError::asked(
                    format!("{} has no {what}", speaker.name),
                    format!("`speaker show {}` lists the names and titles", speaker.id),
                ));
            }
            Ok(found.into_iter().try_for_each(|one| writer.remove(one, operation))?)
        })
    }

    /// Takes pieces of evidence away from their verdicts; the journal keeps them.
    ///
    /// # Errors
    /// For unknown evidence, or that of a published verdict where no notice tells readers.
    pub fn drop_evidence(&mut self, evidence: &[EvidenceId], notice: Option<&str>) -> Result<()> {
        let ids: Vec<String> = evidence.iter().map(ToString::to_string).collect();
        self.act_telling("evidence", &format!("evidence drop {}", ids.join(" ")), notice, |writer, operation| {
            Ok(evidence.iter().try_for_each(|one| writer.drop_evidence(*one, operation))?)
        })
    }
}

/// The day that an article's words mean, now that it was published on another; its own day where they name none.
fn resolved(written: &str, published: Option<Date>) -> Option<Date> {
    let published = published?;
    if written.is_empty() { Some(published) } else { date::resolve(written, published) }
}

/// A name for comparison.
pub(super) fn folded(name: &str) -> Result<String> {
    let full = Name::new(name).full();
    let folded = if full.is_empty() { fold(name) } else { full };
    if folded.is_empty() {
        return Err(WorkbenchError::asked(format!("invalid name `{name}`"), "a name needs letters"));
    }
    Ok(folded)
}

/// A fact as the log tells it.
fn told(fact: &Fact) -> String {
    match fact {
        Fact::Title(value) => format!("title {value}"),
        Fact::Outlet(value) => format!("outlet {value}"),
        Fact::Byline(value) => format!("byline {value}"),
        Fact::Published(date) => format!("date {date}"),
        Fact::Url(value) => format!("url {value}"),
        Fact::Updated(moment) => format!("updated {}", moment.written),
        Fact::Archive(value) => format!("archive {value}"),
    }
}
