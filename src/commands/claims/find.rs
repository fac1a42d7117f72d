//! `find`: full text search over claims and articles.

use crate::commands::layout::{ID_WIDTH, claims};
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::{Block, Paragraph, Role, Run, View};
use crate::store::rows::{ArticleRow, Found};
use crate::store::search::MARKS;

/// Searches the words of claims and articles
#[derive(Debug, clap::Args)]
pub struct Find {
    /// Words that must all occur; quotation marks hold a phrase together
    #[arg(value_name = "WORDS", required = true)]
    words: Vec<String>,
    /// Show at most so many claims and so many articles
    #[arg(long, value_name = "NUMBER", default_value_t = 20)]
    limit: usize,
}

impl Command for Find {
    const NAME: &'static str = "find";
    const PURPOSE: &'static str = "Search the words of claims and articles";
    const EXAMPLE: &'static str = "find tunnel crowns";
    const GROUP: Group = Group::Claims;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        // A word with spaces in it was quoted on the line: it is a phrase.
        let quoted =
            self.words.iter().map(|word| if word.contains(' ') { format!("\"{word}\"") } else { word.clone() });
        let words = quoted.collect::<Vec<_>>().join(" ");
        let found = session.workbench()?.find(&words, self.limit)?;
        let mut view = View::empty();
        for hit in &found {
            match hit {
                Found::Claim { claim } => view.blocks.extend(claims::card(claim, claims::plain(claim), 0)),
                Found::Article { article, snippet } => view.blocks.extend(in_article(article, snippet)),
            }
        }
        if found.is_empty() {
            view = view.hint("no match; try fewer words, or a prefix*");
        }
        Ok(view.data(found))
    }
}

/// An article with the words around the hit, the hit marked.
fn in_article(article: &ArticleRow, snippet: &str) -> [Block; 2] {
    let day = article.published.map(|day| format!("{day}  ")).unwrap_or_default();
    let head = [
        Run::new(Role::Date, day),
        Run::new(Role::Heading, article.title.as_deref().unwrap_or(&article.path)),
        Run::new(Role::Dim, format!("  {}", article.outlet.as_deref().unwrap_or_default())),
    ];
    let id = Run::new(Role::Id, article.id.to_string());
    let mut runs = Vec::new();
    let mut role = Role::Words;
    for piece in snippet.split_inclusive([MARKS.0, MARKS.1]) {
        runs.push(Run::new(role, piece.trim_end_matches([MARKS.0, MARKS.1])));
        role = if piece.ends_with(MARKS.0) { Role::Marked } else { Role::Words };
    }
    [
        Block::Paragraph(Paragraph::new(head).beside(id, ID_WIDTH)),
        Block::Paragraph(Paragraph::new(runs).indented(ID_WIDTH)),
    ]
}
