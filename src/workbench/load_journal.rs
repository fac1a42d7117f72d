//! What the journal tells of a load: one line for all the articles that were kept, with the command that brought them.

use super::Result;
use crate::store::Writer;
use crate::store::id::{ArticleId, OperationId};
use crate::store::journal::Act;

/// The one operation of a load, begun with the first article that is kept.
#[derive(Debug, Clone)]
pub(super) struct Journal {
    /// The command that loads.
    command: &'static str,
    pub operation: Option<OperationId>,
    first: String,
    articles: usize,
    claims: usize,
    /// Files that were read whole and are not noted as such yet: the digest of each, and its articles by their names.
    read: Vec<(String, Vec<(String, ArticleId)>)>,
}

impl Journal {
    pub const fn of(command: &'static str) -> Self {
        Self { command, operation: None, first: String::new(), articles: 0, claims: 0, read: Vec::new() }
    }

    pub fn begin(&mut self, writer: &Writer<'_>, path: &str, at: &str, by: &str) -> Result<OperationId> {
        if let Some(operation) = self.operation {
            return Ok(operation);
        }
        let words = format!("{} {path}", self.command);
        let operation = writer.operation(&Act { at, by, name: "load", words: &words })?;
        self.operation = Some(operation);
        path.clone_into(&mut self.first);
        Ok(operation)
    }

    /// Takes a file that was read whole, to be noted with the next write, so that a load that is killed does not read it again.
    pub fn has_read(&mut self, digest: String, articles: Vec<(String, ArticleId)>) {
        self.read.push((digest, articles));
    }

    /// Notes the files that were read whole.
    pub fn note_files(&mut self, writer: &Writer<'_>) -> Result<()> {
        Ok(writer.note_files_read(self.read.drain(..))?)
    }

    pub fn count(&mut self, writer: &Writer<'_>, claims: usize) -> Result<()> {
        let Some(operation) = self.operation else { return Ok(()) };
        self.articles += 1;
        self.claims += claims;
        let words = match self.articles {
            1 => format!("{} {} ({} claims)", self.command, self.first, self.claims),
            more => format!("{} {} and {} more ({} claims)", self.command, self.first, more - 1, self.claims),
        };
        Ok(writer.reword(operation, &words)?)
    }
}
