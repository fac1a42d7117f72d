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

/// Words that call something a change.
struct ChangeWords {
    phrase: &'static str,
    /// They count in all that stands around a statement, not only in its own words and in a headline on the same matter.
    around: bool,
    not_after: Vec<&'static str>,
}

static TURNS: LazyLock<Vec<ChangeWords>> = LazyLock::new(|| {
    let row = |row: Vec<&'static str>| {
        let not_after = row.get(2)?.split(',').collect();
        Some(ChangeWords { phrase: row.first()?, around: *row.get(1)? == "around", not_after })
    };
    tables::TURNS.rows().filter_map(row).collect()
});
static OCCASIONS: LazyLock<Vec<&str>> = LazyLock::new(|| tables::OCCASIONS.words().collect());
static CONDITIONS: LazyLock<Vec<(&str, Vec<&str>)>> =
    LazyLock::new(|| tables::CONDITIONS.rows().map(|row| (row[0], row[1].split(',').collect())).collect());

/// An article cut into its sentences.
pub struct Sentences<'a> {
    text: &'a Text,
    headlines: Vec<Span>,
    /// Those of paragraphs.
    told: Vec<Told>,
}

/// A sentence and the number of the paragraph that it stands in.
#[derive(Clone, Copy)]
struct Told {
    span: Span,
    paragraph: usize,
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
            told: of_kind(BlockKind::Paragraph)
                .enumerate()
                .flat_map(|(paragraph, block)| cut(block).into_iter().map(move |span| Told { span, paragraph }))
                .collect(),
        }
    }

    /// Returns what stands around a statement; `title` is the article's and `others` are the words of what the same speaker
    /// says elsewhere in it: a condition counts where it stands in the same sentence or beside words on the same matter.
    pub fn around(&self, content: &Spans, title: &str, others: &[&str]) -> Passage {
        let Some(cover) = content.cover() else { return Passage::default() };
        let touched: Vec<usize> =
            (0..self.told.len()).filter(|&number| self.told[number].span.overlaps(cover)).collect();
        let (Some(&from), Some(&to)) = (touched.first(), touched.last()) else { return Passage::default() };
        let words = |span: Span| one_line(self.text.slice(span));
        let within = self.shown(from, to);
        let (before, after) = (self.before(from), self.after(to));
        let said: String = content.iter().map(|span| self.text.slice(span)).collect::<Vec<_>>().join(" ");
        let own = self.told[from].span.cover(self.told[to].span);
        let (occasion, place) = occasion(&self.beside(own, content));
        let lead = self.told.first().map_or_else(String::new, |told| words(told.span));
        let matter = content_terms(&said);
        let headlines: Vec<String> =
            std::iter::once(title.to_owned()).chain(self.headlines.iter().map(|span| words(*span))).collect();
        let turn = own_turn(&said).or_else(|| {
            let around = headlines.iter().chain([&within, &before, &after, &lead]);
            let told = around.filter_map(|sentence| Some((sentence, called(sentence, |row| row.around)?)));
            let on_it = |headline: &&String| content_terms(headline).iter().any(|term| matter.contains(term));
            let headed = headlines.iter().filter(on_it);
            let headed = headed.filter_map(|headline| Some((headline, called(headline, |_| true)?)));
            let (sentence, phrase) = told.chain(headed).next()?;
            Some(Turn { words: sentence.trim_matches(['¶', ' ']).to_owned(), phrase, by: TurnBy::Outlet })
        });
        let mut conditions: Vec<String> = Vec::new();
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

    /// Returns some sentences on one line, with a mark where a paragraph ends.
    fn shown(&self, from: usize, to: usize) -> String {
        let mut out = String::new();
        for (number, told) in self.told.iter().enumerate().take(to + 1).skip(from) {
            if number > from {
                out.push_str(self.gap(number));
            }
            out.push_str(&one_line(self.text.slice(told.span)));
        }
        out
    }

    /// What stands between a sentence and the one before it.
    fn gap(&self, number: usize) -> &'static str {
        let same =
            number.checked_sub(1).is_none_or(|before| self.told[before].paragraph == self.told[number].paragraph);
        if same { " " } else { " ¶ " }
    }

    fn before(&self, number: usize) -> String {
        let Some(before) = number.checked_sub(1) else { return String::new() };
        format!("{}{}", self.shown(before, before), self.gap(number)).trim_end().to_owned()
    }

    fn after(&self, number: usize) -> String {
        let next = number + 1;
        if next >= self.told.len() {
            return String::new();
        }
        format!("{}{}", self.gap(next), self.shown(next, next)).trim_start().to_owned()
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

/// Returns the words by which a statement itself tells of a change.
fn own_turn(said: &str) -> Option<Turn> {
    let phrase = called(said, |_| true)?;
    Some(Turn { words: one_line(said), phrase, by: TurnBy::Speaker })
}

/// Returns the first words of the table that call something a change in a text, as it writes them.
fn called(text: &str, counts: impl Fn(&ChangeWords) -> bool) -> Option<String> {
    TURNS.iter().filter(|row| counts(row)).find_map(|row| {
        let at = place_of(text, row.phrase)?;
        may_stand(text, at.start, &row.not_after).then(|| text[at].to_owned())
    })
}

/// Tells whether the word before a place lets what begins there count.
fn may_stand(text: &str, at: usize, not_after: &[&str]) -> bool {
    let before = text[..at].split_whitespace().next_back().unwrap_or_default().to_ascii_lowercase();
    before.is_empty() || !not_after.contains(&before.as_str())
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
        may_stand(text, at.start, not_after).then_some(at)
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
    fn a_paragraph_that_ends_is_shown() {
        let article = "Quay\nOne. “It opens,” Hale said.\n“It leaks,” Dahl said. Two.";
        let found = around(article, "“It opens,”", &[]);
        assert_eq!((found.before.as_str(), found.after.as_str()), ("One.", "¶ “It leaks,” Dahl said."));
        let found = around(article, "“It leaks,”", &[]);
        assert_eq!((found.before.as_str(), found.after.as_str()), ("“It opens,” Hale said. ¶", "Two."));
        let both = around(article, "“It opens,” Hale said.\n“It leaks,”", &[]);
        assert_eq!(both.within, "“It opens,” Hale said. ¶ “It leaks,” Dahl said.");
    }

    #[test]
    fn words_of_change_count_where_they_speak_of_the_statement() {
        for (article, said, expected) in [
            ("Quay\nHolm said she no longer wanted the quay.", "she no longer wanted the quay", Some("no longer")),
            ("Quay\nHolm said she now wants the quay.", "she now wants the quay", Some("now")),
            ("Quay\nHolm said “I used to want a quay”.", "I used to want a quay", Some("used to")),
            ("Holm drops quay\nHolm said the quay costs too much.", "the quay costs too much", Some("drops")),
            ("Holm drops ferry\nHolm said the quay costs too much.", "the quay costs too much", None),
            ("Quay\nHolm said the quay is used to land fish.", "the quay is used to land fish", None),
            ("Quay\nIt rains now. Holm said the quay is shut.", "the quay is shut", None),
            (
                "Quay\nHolm said the quay is shut, reversing a promise of hers.",
                "the quay is shut",
                Some("reversing a promise"),
            ),
            (
                "Quay\nThe port has changed its account of the spill. Holm said oil leaked.",
                "oil leaked",
                Some("changed its account"),
            ),
            (
                "Quay\nThe harbour leader no longer sat there. Holm said the quay is shut.",
                "the quay is shut",
                Some("no longer"),
            ),
        ] {
            let turn = around(article, said, &[]).turn;
            assert_eq!(turn.map(|turn| turn.phrase).as_deref(), expected, "{article}");
        }
    }

    #[test]
    fn the_speakers_own_words_acknowledge_first_and_odd_texts_give_nothing() {
        let found = around("Quay\nHale said: “I have changed my mind.” He left.", "I have changed my mind", &[]);
        let turn = found.turn.unwrap();
        assert_eq!((turn.by, turn.phrase.as_str()), (TurnBy::Speaker, "changed my mind"));
        let plain = around("Quay\nÉlan said “no”.", "no", &[""]);
        assert_eq!((plain.turn, plain.before, plain.occasion), (None, String::new(), String::new()));
        let text = Text::new("");
        assert_eq!(Sentences::of(&text, &[]).around(&Spans::default(), "", &[]), Passage::default());
    }
}
