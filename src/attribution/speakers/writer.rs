//! Who wrote the article, where "I" means them: the byline, or the line at the end that tells who the writer is.
//!
//! Refuses interviews, in which "I" is whoever is asked.

use super::figure::Figure;
use super::resolver::{Resolver, Verdict};
use super::view::View;
use crate::article::BlockKind;
use crate::attribution::{Attribution, Category, Form};
use crate::lexicon::people;
use std::ops::Range;

impl Resolver<'_, '_> {
    /// Gives "I" outside any quotation, and outside what somebody else says, to the writer of the article.
    pub(super) fn author(&mut self, attributions: &[Attribution], first_person: &[usize], verdicts: &mut [Verdict]) {
        // In an interview "I" is whoever is asked.
        if is_interview(self.view) {
            return;
        }
        let named = self.signed();
        for &number in first_person {
            let Some(cover) = attributions[number].source.as_ref().and_then(crate::span::Spans::cover) else {
                continue;
            };
            let tokens = self.view.document.tokens_in(cover);
            let one = people::pronoun(&self.view.lower(tokens.start)).is_some_and(|p| p.number == people::Number::One);
            let said = attributions.iter().enumerate().any(|(n, a)| n != number && a.content.overlaps(cover));
            let quoted = self.view.document.quotes.iter().any(|q| q.span.contains(cover));
            if !one || said || quoted || verdicts[number].figure.is_some() {
                continue;
            }
            let figure = match named.or_else(|| self.cast.keyed("author")) {
                Some(figure) => figure,
                None => {
                    let figure = Figure::new("author".to_owned(), Category::Anonymous, tokens.start);
                    self.cast.add_unnamed("author".to_owned(), figure)
                }
            };
            self.mention(figure, &tokens, Form::Pronoun);
            verdicts[number] = Verdict { figure: Some(figure), candidates: Vec::new() };
        }
    }

    /// Tells whether somebody is named in a byline and nowhere else.
    pub(super) fn only_signs(&self, figure: usize) -> bool {
        let blocks = &self.view.document.blocks;
        let mut uses = self.cast.uses.iter().filter(|used| used.figure == figure).peekable();
        let signs = |token: usize| blocks.get(self.view.block(token)).is_some_and(|b| b.kind == BlockKind::Byline);
        uses.peek().is_some() && uses.all(|used| signs(used.name.tokens.start))
    }

    /// Returns the one person whom the byline names, or whom the last line introduces: "Ann Hill is a nurse in Larn."
    fn signed(&self) -> Option<usize> {
        let blocks = &self.view.document.blocks;
        let people = |tokens: &Range<usize>| {
            let uses = self.cast.uses_in(tokens).iter().filter(|used| used.name.tokens.len() > 1);
            let people = uses.filter(|used| self.cast.figures[used.figure].category == Category::Person);
            people.cloned().collect::<Vec<_>>()
        };
        let byline = blocks.iter().filter(|block| block.kind == BlockKind::Byline);
        let above: Vec<_> = byline.flat_map(|block| people(&self.view.document.tokens_in(block.span))).collect();
        if let [only] = above.as_slice() {
            return Some(only.figure);
        }
        let last = self.view.document.tokens_in(blocks.last()?.span);
        let first = people(&last).into_iter().next()?;
        let opens = !(last.start..first.name.whole.start).any(|t| self.view.word(t).contains(char::is_alphanumeric));
        let introduced = opens && matches!(self.view.word(first.name.tokens.end), "is" | "was" | "writes");
        // Somebody of whom the article told is no writer of it.
        let new = self.cast.figures[first.figure].first >= last.start;
        (above.is_empty() && introduced && new).then_some(first.figure)
    }
}

/// Tells whether an article is printed as questions and answers: several paragraphs open with "Q:" or "A:".
fn is_interview(view: &View<'_>) -> bool {
    let sentences = &view.document.sentences;
    let opens = |number: usize| number == 0 || sentences[number - 1].block != sentences[number].block;
    let marked = |number: &usize| {
        let first = sentences[*number].tokens.start;
        matches!(view.word(first), "Q:" | "A:") || matches!(view.word(first), "Q" | "A") && view.word(first + 1) == ":"
    };
    (0..sentences.len()).filter(|&number| opens(number)).filter(marked).count() > 1
}
