//! Loading: bytes become an article with its claims and their relations, in one transaction an article.
//!
//! Many files are read and analysed in parallel and written one after the other, in the order given, so the ids do not
//! depend on the machine. One bad file never stops the others; what was committed stays when the person interrupts.

use super::identity::Identities;
use super::linking::Linked;
use super::live::Live;
use super::load_journal::Journal;
use super::preparing::{Found, How, Made, Preparing};
use super::revisions::earlier_version;
use super::sources::{FileOutcome, Loaded, Outcome, Prepared, Source, prepare};
use super::{Result, Workbench, WorkbenchError};
use crate::article::Given;
use crate::store::Writer;
use crate::store::articles::Twin;
use crate::store::claims::{NewClaim, Resolved};
use crate::store::id::{ArticleId, ClaimId, OperationId};
use std::sync::atomic::{AtomicBool, Ordering};

impl Workbench {
    /// Loads one article.
    ///
    /// # Errors
    /// [`WorkbenchError`] when the bytes hold no text or the database cannot be written; nothing is kept then.
    pub fn load(&mut self, bytes: &[u8], path: &str, given: &Given) -> Result<Loaded> {
        let given = Given { outlets: self.own_outlets()?, ..given.clone() };
        let prepared = prepare(bytes, path, &given, self.settings.reader)?;
        self.load_prepared(&prepared, path)
    }

    /// Loads an article that was read and attributed before.
    ///
    /// # Errors
    /// [`WorkbenchError`] when the database cannot be written; nothing is kept then.
    pub fn load_prepared(&mut self, prepared: &Prepared, path: &str) -> Result<Loaded> {
        let mut journal = Journal::of("load");
        let mut kept = self.keep(prepared, path, None, &mut journal);
        self.keep_index();
        self.read_few(&AtomicBool::new(false))?;
        if let Ok(loaded) = &mut kept {
            self.count_contradictions(&journal, &mut [loaded])?;
        }
        kept
    }

    /// Puts the numbers of contradictions into what a load gave: each is counted once, at the article that brought its first
    /// pair of statements.
    fn count_contradictions(&self, journal: &Journal, loaded: &mut [&mut Loaded]) -> Result<()> {
        let Some(operation) = journal.operation else { return Ok(()) };
        for articles in self.found_first(operation)? {
            let place = articles.iter().find_map(|article| {
                loaded.iter().position(|one| one.article == *article && one.outcome != Outcome::Duplicate)
            });
            if let Some(place) = place {
                loaded[place].contradictions += 1;
            }
        }
        Ok(())
    }

    /// Loads many files as one operation, and calls `progress` after each, in the order given. Stops as soon as
    /// `stop` is set, within a file too, or when the database cannot be written any more; what was committed is kept.
    pub fn load_many(
        &mut self,
        sources: impl IntoIterator<Item = Source>,
        stop: &AtomicBool,
        progress: impl FnMut(&FileOutcome),
    ) -> Vec<FileOutcome> {
        self.load_as("load", sources, stop, progress)
    }

    /// Loads many files; `command` is what the journal tells.
    pub(super) fn load_as(
        &mut self,
        command: &'static str,
        sources: impl IntoIterator<Item = Source>,
        stop: &AtomicBool,
        mut progress: impl FnMut(&FileOutcome),
    ) -> Vec<FileOutcome> {
        let mut outcomes = Vec::new();
        let mut journal = Journal::of(command);
        let how = How {
            reader: self.settings.reader,
            most: self.settings.max_size,
            originals: self.settings.originals,
            clock: self.settings.clock.clone(),
            // Where the database cannot be read, the first write says so.
            known: self.store.files_read().unwrap_or_default(),
            outlets: self.own_outlets().unwrap_or_default(),
        };
        let mut preparing = Preparing::begin(sources.into_iter().collect(), how);
        self.store.hasten();
        let (mut file, mut failed) = (Vec::new(), false);
        // The next files are analysed on the other cores while one is written here.
        while let Some((path, found)) = preparing.next(stop) {
            let result = match found {
                Ok(Found::Article { prepared, made }) => self.keep(&prepared, &path, Some(&made), &mut journal),
                Ok(Found::Known(article)) => Ok(Loaded::known(article)),
                Ok(Found::End(digest)) => {
                    let articles = std::mem::take(&mut file);
                    if let Some(digest) = digest.filter(|_| !failed) {
                        journal.has_read(digest, articles);
                    }
                    failed = false;
                    continue;
                }
                Err(error) => Err(error),
            };
            match &result {
                Ok(loaded) => file.push((path.clone(), loaded.article)),
                Err(_) => failed = true,
            }
            let stops = result.as_ref().is_err_and(WorkbenchError::stops_everything);
            let outcome = FileOutcome { path, result };
            progress(&outcome);
            outcomes.push(outcome);
            if stops {
                break;
            }
        }
        // Without this note the last files are read again next time, no more.
        let _ = self.store.write(|writer| journal.note_files(writer));
        if let Err(error) = self.store.settle() {
            outcomes.push(FileOutcome { path: self.store.place().to_string(), result: Err(error.into()) });
        }
        self.keep_index();
        // What is not read now is read when somebody asks for contradictions.
        let _ = self.read_few(stop);
        self.count_all(&journal, &mut outcomes);
        outcomes
    }

    /// Keeps articles that are ready, as one operation, one transaction each. Stops between two when `stop` is set, or when the
    /// database cannot be written any more.
    pub(super) fn keep_each(
        &mut self,
        articles: impl Iterator<Item = (String, Result<Prepared>)>,
        stop: &AtomicBool,
    ) -> Vec<FileOutcome> {
        let (mut outcomes, mut journal) = (Vec::new(), Journal::of("import articles"));
        for (path, prepared) in articles {
            let result = prepared.and_then(|prepared| self.keep(&prepared, &path, None, &mut journal));
            let stops = result.as_ref().is_err_and(WorkbenchError::stops_everything) || stop.load(Ordering::Relaxed);
            outcomes.push(FileOutcome { path, result });
            if stops {
                break;
            }
        }
        self.keep_index();
        let _ = self.read_few(stop);
        self.count_all(&journal, &mut outcomes);
        outcomes
    }

    fn count_all(&self, journal: &Journal, outcomes: &mut [FileOutcome]) {
        let mut loaded: Vec<&mut Loaded> = outcomes.iter_mut().filter_map(|one| one.result.as_mut().ok()).collect();
        // Where the database cannot be read any more, the outcomes have said so.
        let _ = self.count_contradictions(journal, &mut loaded);
    }

    /// Writes one article in one transaction; the index in memory follows only when it is kept.
    fn keep(&mut self, prepared: &Prepared, path: &str, made: Option<&Made>, journal: &mut Journal) -> Result<Loaded> {
        let (at, by) = (self.settings.clock.now(), self.settings.user.clone());
        let live = &mut self.live;
        let mut entry = journal.clone();
        let mut added: Vec<ClaimId> = Vec::new();
        let before = self.store.writes();
        let kept = self.store.write(|writer| {
            live.read.begin(writer.moment(before)?);
            entry.note_files(writer)?;
            if let Some(twin) = writer.twin(&prepared.article.hash)? {
                live.catch_up(writer)?;
                let loaded = again(writer, live, twin, prepared, || entry.begin(writer, path, &at, &by))?;
                if loaded.outcome == Outcome::Duplicate {
                    live.read.end(writer.moment(before + 1)?);
                }
                return Ok(loaded);
            }
            let operation = entry.begin(writer, path, &at, &by)?;
            live.catch_up(writer)?;
            let revises = earlier_version(&writer.kin(&prepared.article)?, &prepared.article, path);
            let article = writer.add_article(&prepared.article, path, &prepared.reader, revises)?;
            writer.load_article(article, operation, None)?;
            if let Some(made) = made {
                writer.add_original(article, &made.original, &made.format, made.version)?;
                made.fetched.as_ref().map_or(Ok(()), |fetched| writer.add_fetch(article, fetched))?;
            }
            added = add_claims(writer, prepared, article, operation, &[])?;
            live.catch_up(writer)?;
            let linked = live.link(writer, &added, operation)?;
            live.compare_checks(writer, &[])?;
            let outcome = if revises.is_some() { Outcome::Revision } else { Outcome::Added };
            entry.count(writer, prepared.claims.len())?;
            live.read.end(writer.moment(before + 1)?);
            Ok(loaded(outcome, article, revises, added.len(), &linked, prepared))
        });
        match kept {
            Ok(loaded) => {
                *journal = entry;
                Ok(loaded)
            }
            Err(error) => {
                self.live.forget(&added);
                Err(error)
            }
        }
    }
}

/// The same words again: a duplicate or, when every load of them was taken back, the same article on the desk once more.
fn again(
    writer: &Writer<'_>,
    live: &mut Live,
    twin: Twin,
    prepared: &Prepared,
    operation: impl FnOnce() -> Result<OperationId>,
) -> Result<Loaded> {
    if twin.live {
        let mut same = loaded(Outcome::Duplicate, twin.id, None, 0, &Linked::default(), prepared);
        let mut offered = Vec::new();
        offered.extend(prepared.article.published.filter(|_| twin.undated).map(|date| format!("--date {date}")));
        let outlet = prepared.article.outlet.as_deref().filter(|_| twin.without_outlet);
        offered.extend(outlet.map(|outlet| format!("--outlet \"{outlet}\"")));
        let url = prepared.article.url.as_deref();
        if let Some(found) = url.map(|url| writer.other_address(twin.id, url)).transpose()?.flatten() {
            let operation = operation()?;
            writer.add_address(twin.id, &found.other, operation)?;
            let own = found.own.map(|own| format!(" ({own})")).unwrap_or_default();
            same.warnings.push(format!(
                "its words are those of {}{own}; its own address is kept there: `show {}`",
                twin.id, twin.id
            ));
        }
        if !offered.is_empty() {
            let (id, facts) = (twin.id, offered.join(" "));
            same.warnings.push(format!("{id} lacks what this file or its table gives: `edit {id} {facts}` sets it"));
        }
        return Ok(same);
    }
    let operation = operation()?;
    writer.load_article(twin.id, operation, Some(twin))?;
    // What came onto the desk in between has not been compared with what comes back now.
    let back = writer.claims_brought(operation)?;
    let linked = live.link(writer, &back, operation)?;
    Ok(loaded(Outcome::Added, twin.id, None, back.len(), &linked, prepared))
}

fn loaded(
    outcome: Outcome,
    article: ArticleId,
    revises: Option<ArticleId>,
    claims: usize,
    linked: &Linked,
    prepared: &Prepared,
) -> Loaded {
    let Linked { repeats, syndicated, updates, .. } = *linked;
    let warnings = prepared.article.warnings.iter().map(|warning| warning.0.clone()).collect();
    Loaded { outcome, article, revises, claims, repeats, syndicated, updates, contradictions: 0, warnings }
}

/// Stores the claims of an article but those `known` already; returns the ids of all, in their order.
pub(super) fn add_claims(
    writer: &Writer<'_>,
    prepared: &Prepared,
    article: ArticleId,
    operation: OperationId,
    known: &[Option<ClaimId>],
) -> Result<Vec<ClaimId>> {
    let mut identities = Identities::new(writer, article, operation, &prepared.article);
    let mut ids = Vec::with_capacity(prepared.claims.len());
    for (number, claim) in prepared.claims.iter().enumerate() {
        if let Some(id) = known.get(number).copied().flatten() {
            ids.push(id);
            continue;
        }
        let (speaker, resolved) = match &claim.claimant {
            Some(claimant) => {
                let (speaker, resolved) = identities.resolve(claimant)?;
                (Some(speaker), resolved)
            }
            None => (None, Resolved::None),
        };
        let new = NewClaim {
            claim,
            article,
            outlet: prepared.article.outlet.as_deref().unwrap_or_default(),
            speaker,
            resolved,
            sentence: prepared.article.text.slice(claim.sentence),
            fold: &super::linking::fold_of(&claim.words),
            reader: &prepared.reader,
        };
        ids.push(if known.is_empty() { writer.add_claim(&new)? } else { writer.add_reread(&new, operation)? });
    }
    for (number, (vector, id)) in prepared.vectors.iter().zip(&ids).enumerate() {
        if known.get(number).is_none_or(Option::is_none) {
            super::meaning::keep(writer, *id, vector.as_ref())?;
        }
    }
    for (number, (claim, id)) in prepared.claims.iter().zip(&ids).enumerate() {
        if known.get(number).is_some_and(Option::is_some) {
            continue;
        }
        let allegation = claim.answers.and_then(|number| ids.get(number)).filter(|allegation| *allegation != id);
        if let Some(allegation) = allegation {
            writer.answers(*id, *allegation)?;
        }
    }
    Ok(ids)
}
