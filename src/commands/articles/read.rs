//! `read`: an article with its claims marked in place.

use crate::commands::common::output_file::OutputFile;
use crate::commands::{Command, CommandError, Group, Session, layout};
use crate::report::view::{Role, Run, View};
use crate::store::filter::{Filter, Test};
use crate::store::id::ArticleId;
use std::path::{Path, PathBuf};

/// Shows an article with its claims
#[derive(Debug, clap::Args)]
pub struct Read {
    /// The article
    #[arg(value_name = "ARTICLE")]
    article: ArticleId,
    /// Write the bytes that it was read from into a file, as they were
    #[arg(long, value_name = "FILE")]
    original: Option<PathBuf>,
}

impl Command for Read {
    const NAME: &'static str = "read";
    const PURPOSE: &'static str = "Read an article, its claims marked in place";
    const EXAMPLE: &'static str = "read a1";
    const GROUP: Group = Group::Articles;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        if let Some(file) = self.original {
            return write_original(session, self.article, &file);
        }
        let workbench = session.workbench()?;
        let article = workbench.article(self.article)?;
        let claims = workbench.claims(&Filter::default().with(Test::Article(self.article)))?;
        Ok(layout::article::page(&article, &claims))
    }
}

/// Writes back the bytes that an article was read from.
fn write_original(session: &mut Session, article: ArticleId, file: &Path) -> Result<View, CommandError> {
    let place = OutputFile::new(session, file)?;
    let workbench = session.workbench()?;
    let (told, bytes) = (workbench.original(article)?, workbench.original_bytes(article)?);
    let (Some(told), Some(bytes)) = (told, bytes) else {
        let path = workbench.article(article)?.article.path;
        return Err(CommandError::failed(format!("the bytes of {article} were not kept"))
            .with_hint(format!("it was read from {path}; plain text is kept as the article's text alone")));
    };
    place.write_whole(&bytes)?;
    let said = format!("{}: {} bytes of {}, SHA-256 {}", file.display(), told.size, told.format, told.hash);
    Ok(View::empty().text([Run::new(Role::Plain, said)]).data(told))
}
