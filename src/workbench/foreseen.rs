//! What a load would bring, told without writing anything and without looking for claims.

use super::parts::InParts;
use super::preparing::sent;
use super::revisions::earlier_version;
use super::sources::{Content, Outcome, Source};
use super::{Result, Workbench, WorkbenchError, fetch, files};
use crate::article::{self, Article, Part};
use crate::store::id::ArticleId;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

/// Files that are read at once, and parts of long files.
const BATCH: usize = 64;
const PARTS: usize = 4;

/// One article that a load would meet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Foreseen {
    pub outcome: Outcome,
    /// The article on the desk that has the same words, or that would be revised.
    pub article: Option<ArticleId>,
    pub format: &'static str,
    pub title: Option<String>,
    pub published: Option<String>,
    /// Of the text, in code points.
    pub length: u32,
}

impl Workbench {
    /// Tells what loading these files would bring, in their order; calls `progress` after each batch with how many were
    /// read. Once `stop` is set, no further batch is begun.
    ///
    /// # Errors
    /// When the database cannot be read; what is wrong with a file stands in its place.
    pub fn foresee(
        &self,
        sources: &[Source],
        stop: &AtomicBool,
        mut progress: impl FnMut(usize),
    ) -> Result<Vec<(String, Result<Foreseen>)>> {
        let (mut out, mut met) = (Vec::new(), BTreeSet::new());
        let most = self.settings.max_size;
        let mut sources = InParts::of(sources.to_vec(), most);
        while !stop.load(Ordering::Relaxed) {
            let before = sources.waiting();
            let batch = batch(&mut sources);
            if batch.is_empty() {
                break;
            }
            let read: Vec<Vec<(String, Result<article::Opened>)>> =
                batch.into_par_iter().map(|source| open(source, most, stop)).collect();
            for (name, opened) in read.into_iter().flatten() {
                let foreseen = match opened {
                    Ok(opened) => {
                        let format = opened.origin.format;
                        let again = !met.insert(opened.article.hash.clone());
                        Ok(self.outcome(&name, &opened.article, format, again)?)
                    }
                    Err(error) => Err(error),
                };
                out.push((name, foreseen));
            }
            progress(before - sources.waiting());
        }
        Ok(out)
    }

    fn outcome(&self, name: &str, article: &Article, format: &'static str, again: bool) -> Result<Foreseen> {
        let twin = self.store.twin(&article.hash)?.filter(|twin| twin.live);
        let earlier = earlier_version(&self.store.kin(article)?, article, name);
        let (outcome, known) = match (twin, earlier) {
            (Some(twin), _) => (Outcome::Duplicate, Some(twin.id)),
            (None, _) if again => (Outcome::Duplicate, None),
            (None, Some(earlier)) => (Outcome::Revision, Some(earlier)),
            (None, None) => (Outcome::Added, None),
        };
        Ok(Foreseen {
            outcome,
            article: known,
            format,
            title: article.title.clone(),
            published: article.published.map(|day| day.to_string()),
            length: article.text.len(),
        })
    }
}

/// Takes the next files: few where they are parts of long ones.
fn batch(sources: &mut InParts) -> Vec<Source> {
    let (mut batch, mut parts) = (Vec::new(), 0);
    while batch.len() < BATCH && parts < PARTS {
        let Some(source) = sources.next() else { break };
        parts += usize::from(matches!(source.content, Content::Part { .. }));
        batch.push(source);
    }
    batch
}

fn open(source: Source, most: u64, stop: &AtomicBool) -> Vec<(String, Result<article::Opened>)> {
    let Source { path, content, mut given } = source;
    let unread = |reason: String| vec![(path.clone(), Err(WorkbenchError::File { path: path.clone(), reason }))];
    let (bytes, part) = match content {
        Content::Bytes(bytes) => (bytes, Part::default()),
        Content::Part { bytes, part } => (bytes, part),
        Content::Article { opened, .. } => return vec![(path, Ok(*opened))],
        Content::Unreadable(reason) => return unread(reason),
        Content::File(file) => match files::read(&file, most) {
            Ok(bytes) => (bytes, Part::default()),
            Err(error) => return unread(files::told(&error)),
        },
        Content::Address { address, rules } => match fetch::page(&address, rules, stop) {
            Ok(page) => {
                given.sent = Some(sent(&page));
                (page.bytes, Part::default())
            }
            Err(error) => return vec![(path.clone(), Err(error.into()))],
        },
    };
    match article::open_part(&bytes, &path, &given, part) {
        Ok(all) => all.into_iter().map(|(name, opened)| (name, opened.map_err(Into::into))).collect(),
        Err(error) => vec![(path, Err(error.into()))],
    }
}
