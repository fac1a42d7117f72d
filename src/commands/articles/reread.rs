//! `reread`: articles are read again with the other reader; what a person has done stays.

use crate::commands::common::reader_choice::ReaderChoice;
use crate::commands::layout::count;
use crate::commands::{Command, CommandError, Group, Session, common::progress};
use crate::report::view::{Block, Role, Run, Table, View};
use crate::store::id::ArticleId;

/// Reads articles again with the other reader
#[derive(Debug, clap::Args)]
pub struct Reread {
    /// The articles
    #[arg(value_name = "ARTICLE", required = true)]
    articles: Vec<ArticleId>,
    #[command(flatten)]
    reader: ReaderChoice,
}

impl Command for Reread {
    const NAME: &'static str = "reread";
    const PURPOSE: &'static str = "Read articles again with another reader; your decisions are kept";
    const EXAMPLE: &'static str = "reread a1";
    const GROUP: Group = Group::Articles;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let bar = progress::bar(session.screen.progress(), self.articles.len(), "reading");
        let reader = self.reader.or("deep")?;
        let read = session.workbench()?.reread(&self.articles, reader, || bar.inc(1));
        bar.finish_and_clear();
        let read = read?;
        let mut table = Table::new([
            ("id", Role::Id),
            ("same", Role::Number),
            ("new", Role::Number),
            ("gone", Role::Number),
            ("held by you", Role::Number),
            ("repeats", Role::Number),
            ("contradictions", Role::Number),
        ]);
        for one in &read {
            let numbers = [one.same, one.new, one.gone, one.held, one.repeats, one.contradictions];
            let mut row = vec![Run::new(Role::Id, one.article.to_string())];
            row.extend(numbers.map(|number| Run::new(Role::Number, number.to_string())));
            table.rows.push(row);
        }
        let done = format!("{} read again with the {} reader", count(read.len(), "article"), reader.name());
        let view = View::empty().with(Block::Table(table)).text([Run::new(Role::Heading, done)]);
        Ok(view.hint("`undo` restores the earlier reading").data(&read))
    }
}
