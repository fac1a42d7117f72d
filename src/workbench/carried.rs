//! An article with the claims found in it, as one line of JSON: what a large corpus becomes on other machines, for the desk to
//! take without reading it again.

use super::sources::{FileOutcome, Prepared};
use super::{Result, Workbench, WorkbenchError, meaning};
use crate::article::{self, Article};
use crate::attribution::reader::by_name;
use crate::claim::Claim;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::sync::atomic::AtomicBool;

/// Lines that are read side by side.
const BATCH: usize = 64;

/// What `extract --articles` writes and `import articles` reads; spans count code points of the article's text.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Carried {
    /// The file or record that the article was read from.
    pub path: String,
    /// Which reader found the attributions.
    pub reader: String,
    pub article: Article,
    pub claims: Vec<Claim>,
}

impl Carried {
    pub fn of(path: String, prepared: Prepared) -> Self {
        let Prepared { article, claims, reader, .. } = prepared;
        Self { path, reader, article, claims }
    }

    /// Checks that every claim stands in the text, word for word, and makes ready for the desk what is not carried.
    fn prepared(self) -> Result<Prepared> {
        let Self { path, reader: name, mut article, claims } = self;
        let asked = |message: String| {
            WorkbenchError::asked(message, "`extract --articles` writes such lines; load the article itself instead")
        };
        let reader = by_name(&name).ok_or_else(|| asked(format!("{path}: there is no reader `{name}`")))?;
        let text = &article.text;
        let stands = |claim: &Claim| {
            let spans = claim
                .content
                .iter()
                .chain(claim.cue.iter())
                .chain(claim.source.iter().flat_map(|source| source.iter()));
            let within = spans.chain([claim.sentence]).all(|span| span.start <= span.end && span.end <= text.len());
            within && claim.content.words(text) == claim.words && claim.answers.is_none_or(|n| n < claims.len())
        };
        if let Some(odd) = claims.iter().position(|claim| !stands(claim)) {
            return Err(asked(format!("{path}: claim {} does not stand in its text", odd + 1)));
        }
        if let Some(odd) = article.blocks.iter().find(|block| block.span.end > text.len()) {
            return Err(asked(format!("{path}: a block ends at {}, behind its text", odd.span.end)));
        }
        article.hash = article::hash(text.as_str());
        let vectors = meaning::vectors_for(reader, &claims);
        Ok(Prepared { article, claims, reader: name, vectors })
    }
}

impl Workbench {
    /// Takes articles with their claims, one line of JSON each, as one operation; a line that cannot be taken stops no other.
    ///
    /// Stops between articles when `stop` is set; what was committed is kept.
    pub fn import_articles(
        &mut self,
        path: &str,
        lines: impl Iterator<Item = std::io::Result<Vec<u8>>>,
        stop: &AtomicBool,
    ) -> Vec<FileOutcome> {
        let mut lines = lines.enumerate().peekable();
        let batches = std::iter::from_fn(|| {
            lines.peek()?;
            let batch: Vec<_> = lines.by_ref().take(BATCH).collect();
            Some(batch.into_par_iter().filter_map(|(number, line)| taken(path, number + 1, line)).collect::<Vec<_>>())
        });
        self.keep_each(batches.flatten(), stop)
    }
}

/// Reads one line; nothing for an empty one.
fn taken(path: &str, number: usize, line: std::io::Result<Vec<u8>>) -> Option<(String, Result<Prepared>)> {
    let name = format!("{path}:{number}");
    let failed = |reason: String| WorkbenchError::File { path: name.clone(), reason };
    let line = match line {
        Ok(line) if line.iter().all(u8::is_ascii_whitespace) => return None,
        Ok(line) => line,
        Err(error) => return Some((name.clone(), Err(failed(super::files::told(&error))))),
    };
    Some(match serde_json::from_slice::<Carried>(&line) {
        Ok(carried) => (carried.path.clone(), carried.prepared()),
        Err(error) => (
            name.clone(),
            Err(failed(match error.is_eof() {
                true => {
                    "the line breaks off: it is no article with its claims; write it again with `extract --articles`"
                        .to_owned()
                }
                false => format!("this is no article with its claims: {error}"),
            })),
        ),
    })
}
