//! Reads what stands around a statement in its article: the sentences beside it, the occasion, conditions, and whether the
//! change is called one. Every word returned stands in the article; nothing is inferred from words that are not there.

use crate::article::{Block, BlockKind};
use crate::lexicon::letters::one_line;
use crate::lexicon::tables;
use crate::matching::content_terms;
use crate::report::statement::{Passage, Turn, TurnBy};
use crate::span::{Span, Spans, Text};
use crate::text::sentences::sentences;
use crate::text::tokens::tokenize;
use std::ops::Range;
use std::sync::LazyLock;

/// The most conditions that are told of one statement.
const MOST: usize = 3;

static TURNS: LazyLock<Vec<&str>> = LazyLock::new(|| tables::TURNS.words().collect());
static OCCASIONS: LazyLock<Vec<&str>> = LazyLock::new(|| tables::OCCASIONS.words().collect());
static CONDITIONS: LazyLock<Vec<(&str, Vec<&str>)>> =
    LazyLock::new(|| tables::CONDITIONS.rows().map(|row| (row[0], row[1].split(',').collect())).collect());

/// An article cut into its sentences.
pub struct Sentences<'a> {
    text: &'a Text,
    headlines: Vec<Span>,
    /// Those of paragraphs.
    told: Vec<Span>,
}

impl<'a> Sentences<'a> {
    /// Cuts an article; `blocks` are its own.
    pub fn of(text: &'a Text, blocks: &[Block]) -> Self {
        let of_kind = |kind| blocks.iter().filter(move |block| block.kind == kind).map(|block| block.span);
        let cut = |block: Span| {
            let tokens = tokenize(text.slice(block), block.start);
            let cover = |range: Range<usize>| Some(tokens.get(range.start)?.cover(*tokens.get(range.end - 1)?));
            let found = sentences(text, &tokens, 0..tokens.len()).into_iter().filter(|range| !range.is_empty());
            found.filter_map(cover).collect::<Vec<_>>()
        };
        Self {
            text,
            headlines: of_kind(BlockKind::Headline).collect(),
            told: of_kind(BlockKind::Paragraph).flat_map(cut).collect(),
        }
    }

    /// Returns what stands around a statement; `title` is the article's and `others` are the words of what the same speaker
    /// says elsewhere in it: a condition counts where it stands in the same sentence or beside words on the same matter.
    pub fn around(&self, content: &Spans, title: &str, others: &[&str]) -> Passage {
        let Some(cover) = content.cover() else { return Passage::default() };
        let touched: Vec<usize> = (0..self.told.len()).filter(|&number| self.told[number].overlaps(cover)).collect();
        let (Some(&from), Some(&to)) = (touched.first(), touched.last()) else { return Passage::default() };
        let words = |span: Span| one_line(self.text.slice(span));
        let beside =
            |number: Option<usize>| number.and_then(|at| self.told.get(at)).map_or_else(String::new, |s| words(*s));
        let within = words(self.told[from].cover(self.told[to]));
        let (before, after) = (beside(from.checked_sub(1)), beside(Some(to + 1)));
        let said: String = content.iter().map(|span| self.text.slice(span)).collect::<Vec<_>>().join(" ");
        let (occasion, place) = occasion(&self.beside(self.told[from].cover(self.told[to]), content));
        let lead = self.told.first().map_or_else(String::new, |span| words(*span));
        let headlines = self.headlines.iter().map(|span| words(*span));
        let outlet =
            [title.to_owned(), within.clone(), before.clone(), after.clone(), lead].into_iter().chain(headlines);
        let turn = match acknowledged(&said) {
            Some(_) => Some(Turn { words: within.clone(), by: TurnBy::Speaker }),
            None => outlet
                .filter(|sentence| acknowledged(sentence).is_some())
                .map(|words| Turn { words, by: TurnBy::Outlet })
                .next(),
        };
        let mut conditions: Vec<String> = Vec::new();
        let matter = content_terms(&said);
        let of_it = |words: &&String| {
            within.contains(words.as_str()) || content_terms(words).iter().any(|term| matter.contains(term))
        };
        let others: Vec<String> = others.iter().map(|words| one_line(words)).collect();
        for condition in others.iter().filter(of_it).filter_map(|words| condition(words)) {
            if !conditions.contains(&condition) && !said.contains(&condition) && conditions.len() < MOST {
                conditions.push(condition);
            }
        }
        Passage { before, within, after, occasion, place, conditions, turn }
    }

    /// Returns the words of a span that are not the statement's own, its pieces apart.
    fn beside(&self, span: Span, content: &Spans) -> String {
        let mut from = span.start;
        let mut pieces = Vec::with_capacity(content.len() + 1);
        for own in content.iter() {
            pieces.push(one_line(self.text.slice(Span::new(from, own.start.max(from)))));
            from = own.end.max(from);
        }
        pieces.push(one_line(self.text.slice(Span::new(from, span.end.max(from)))));
        pieces.join(" | ")
    }
}

/// Returns the first place (bytes) of lower-case words in a text, ASCII case left aside, as whole words.
fn place_of(text: &str, phrase: &str) -> Option<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let whole = |&(at, _): &(usize, &str)| {
        let beside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !beside(text[..at].chars().next_back()) && !beside(text[at + phrase.len()..].chars().next())
    };
    lower.match_indices(phrase).find(whole).map(|(at, _)| at..at + phrase.len())
}

fn acknowledged(text: &str) -> Option<Range<usize>> {
    TURNS.iter().find_map(|phrase| place_of(text, phrase))
}

/// Returns the occasion as written, and the place named right after it.
fn occasion(text: &str) -> (String, String) {
    let Some(at) = OCCASIONS.iter().find_map(|phrase| place_of(text, phrase)) else { return Default::default() };
    let capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    let place = text[at.end..].strip_prefix(" in ").map_or_else(String::new, |rest| {
        let end = rest.find([',', '.', ';']).unwrap_or(rest.len());
        rest[..end].split(' ').take_while(capital).collect::<Vec<_>>().join(" ")
    });
    (text[at].to_owned(), place)
}

/// Returns the condition that some words hold, from its first word to the end of its clause.
fn condition(text: &str) -> Option<String> {
    let found = CONDITIONS.iter().find_map(|(phrase, not_after)| {
        let at = place_of(text, phrase)?;
        let before = text[..at.start].split_whitespace().next_back().unwrap_or_default().to_ascii_lowercase();
        (!not_after.contains(&before.as_str()) || before.is_empty()).then_some(at)
    })?;
    let clause = &text[found.start..];
    let end = clause.find([',', '.', ';', '”', '"', '!', '?', '[']).unwrap_or(clause.len());
    let clause = clause[..end].trim();
    (clause.split(' ').count() > 2).then(|| clause.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_finds_its_example() {
        for row in [tables::TURNS, tables::OCCASIONS, tables::CONDITIONS].iter().flat_map(tables::Table::rows) {
            assert!(place_of(row[row.len() - 1], row[0]).is_some(), "{row:?}");
        }
    }

    #[track_caller]
    fn around(article: &str, said: &str, others: &[&str]) -> Passage {
        let text = Text::new(article);
        let mut blocks = Vec::new();
        let mut at = 0;
        for line in article.split('\n') {
            let kind = if at == 0 { BlockKind::Headline } else { BlockKind::Paragraph };
            blocks.push(Block { span: text.span_of_bytes(at..at + line.len()), kind });
            at += line.len() + 1;
        }
        let from = article.find(said).unwrap();
        let content = Spans::new([text.span_of_bytes(from..from + said.len())]);
        Sentences::of(&text, &blocks).around(&content, "", others)
    }

    #[test]
    fn a_statement_keeps_what_stands_around_it() {
        let found = around(
            "In reversal, the quay reopens\nThe quay was shut in May. “It opens,” Mr. Hale told reporters in Port Larn, smiling. He left.",
            "It opens",
            &[
                "that it stays open only if the wall holds, he said",
                "even if it rains",
                "the ferry sails if nobody else pays",
            ],
        );
        assert_eq!(found.before, "The quay was shut in May.");
        assert_eq!(found.within, "“It opens,” Mr. Hale told reporters in Port Larn, smiling.");
        assert_eq!(found.after, "He left.");
        assert_eq!((found.occasion.as_str(), found.place.as_str()), ("told reporters", "Port Larn"));
        assert_eq!(found.conditions, ["only if the wall holds"]);
        let turn = found.turn.unwrap();
        assert_eq!((turn.words.as_str(), turn.by), ("In reversal, the quay reopens", TurnBy::Outlet));
    }

    #[test]
    fn the_speakers_own_words_acknowledge_first_and_odd_texts_give_nothing() {
        let found = around("Quay\nHale said: “I have changed my mind.” He left.", "I have changed my mind", &[]);
        assert_eq!(found.turn.unwrap().by, TurnBy::Speaker);
        let plain = around("Quay\nÉlan said “no”.", "no", &[""]);
        assert_eq!((plain.turn, plain.before, plain.occasion), (None, String::new(), String::new()));
        let text = Text::new("");
        assert_eq!(Sentences::of(&text, &[]).around(&Spans::default(), "", &[]), Passage::default());
    }
}
