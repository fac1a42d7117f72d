//! A golden case as it is written: articles with marks in the text, and a line a claim below them. `tests/golden/README.md` is the format.
//!
//! What is read is written back the same, line by line, but for the marks of what is known to be wrong.

use super::lines::read;
use super::marks::{Pieces, marked, unmarked};
use onrecord::span::{Span, Text};
use std::collections::BTreeSet;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reader {
    Fast,
    Deep,
}

impl Reader {
    pub const ALL: [Self; 2] = [Self::Fast, Self::Deep];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Fast => "fast",
            Self::Deep => "deep",
        }
    }
}

/// The readers with which something is known to be wrong.
pub type Wrong = BTreeSet<Reader>;

/// One text file.
#[derive(Debug)]
pub struct Case {
    /// The name of the file, without folder and ending.
    pub name: String,
    pub articles: Vec<Article>,
}

#[derive(Debug)]
pub struct Article {
    /// The line of the file in which the text begins, from 1.
    line: usize,
    /// The text without its marks, as the program reads it.
    pub text: Text,
    pub pieces: Pieces,
    /// The lines below the text; `None` where nobody has marked the article yet.
    pub notes: Option<Vec<Note>>,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Note {
    /// A remark, a setting or an empty line, as it is written.
    Plain(String),
    Claim(Claim),
    Relation(Relation),
}

#[derive(Debug, PartialEq, Eq)]
pub struct Claim {
    pub number: u32,
    /// Readers that do not find these words.
    pub wrong: Wrong,
    /// Who says it, then what else is wanted.
    pub fields: Vec<Field>,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    pub written: String,
    pub wanted: Wanted,
    /// Readers that give something else.
    pub wrong: Wrong,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    NoClaim,
    /// The names that will do for the speaker; `None` where it must stay open.
    Speaker(Option<Vec<String>>),
    NotBy(String),
    Kind(String),
    Status(String),
    Quotation(String),
    /// The day, ISO; `None` where it must not be known.
    Said(Option<String>),
    ReportedBy(String),
    Answers(u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    Contradicts,
    Repeats,
    Updates,
    Nothing,
}

impl Verb {
    pub const ALL: [Self; 4] = [Self::Contradicts, Self::Repeats, Self::Updates, Self::Nothing];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Contradicts => "contradicts",
            Self::Repeats => "repeats",
            Self::Updates => "updates",
            Self::Nothing => "nothing",
        }
    }
}

/// How two claims of a desk stand to each other, in either order.
#[derive(Debug, PartialEq, Eq)]
pub struct Relation {
    pub one: u32,
    pub verb: Verb,
    pub other: u32,
    /// The dispute that a contradiction must be; `None` where any will do.
    pub dispute: Option<String>,
    /// Readers with which it does not hold.
    pub wrong: Wrong,
}

impl Case {
    /// Reads a file; an error names the line and says what to write.
    pub fn parse(name: &str, written: &str) -> Result<Self, String> {
        let lines: Vec<&str> = written.lines().collect();
        let mut articles = Vec::new();
        let mut first = 1;
        for part in lines.split(|line| line.trim_end() == "===") {
            articles.push(article(part, first)?);
            first += part.len() + 1;
        }
        let case = Self { name: name.to_owned(), articles };
        case.checked()
    }

    /// Holds that numbers are of one claim each, and that relations name claims of the file.
    fn checked(self) -> Result<Self, String> {
        let mut all = BTreeSet::new();
        for article in &self.articles {
            let Some(notes) = &article.notes else { continue };
            for claim in claims(notes) {
                if !all.insert(claim.number) {
                    return Err(format!("two lines are of claim {}; number it anew", claim.number));
                }
                if !article.pieces.contains_key(&claim.number) {
                    return Err(format!("no words are marked {{{} …}} in the article above its line", claim.number));
                }
            }
            if let Some(number) = article.pieces.keys().find(|number| claims(notes).all(|c| c.number != **number)) {
                return Err(format!("{{{number} …}} has no line below `---`; write `{number} NAME`"));
            }
        }
        for relation in self.articles.iter().flat_map(Article::relations) {
            if let Some(number) = [relation.one, relation.other].into_iter().find(|number| !all.contains(number)) {
                return Err(format!("a relation names claim {number}, which the file lacks"));
            }
        }
        Ok(self)
    }

    pub fn written(&self) -> String {
        self.articles.iter().map(Article::written).collect::<Vec<_>>().join("===\n")
    }

    /// Tells whether its claims are read from a desk: they stand in several articles, or one tells what another said.
    pub fn needs_desk(&self) -> bool {
        let reported = |claim: &Claim| claim.fields.iter().any(|f| matches!(f.wanted, Wanted::ReportedBy(_)));
        self.articles.len() > 1 || self.articles.iter().flat_map(Article::claims).any(reported)
    }

    pub fn genre(&self) -> &str {
        self.setting("genre: ").unwrap_or("other")
    }

    pub fn is_partial(&self) -> bool {
        self.setting("partial: ") == Some("yes")
    }

    pub fn readers(&self) -> Vec<Reader> {
        let named = self.setting("readers: ");
        Reader::ALL.into_iter().filter(|reader| named.is_none_or(|named| named.contains(reader.name()))).collect()
    }

    fn setting(&self, key: &str) -> Option<&str> {
        let notes = self.articles.iter().filter_map(|article| article.notes.as_deref()).flatten();
        let mut plain = notes.filter_map(|note| match note {
            Note::Plain(written) => Some(written),
            Note::Claim(_) | Note::Relation(_) => None,
        });
        plain.find_map(|written| written.strip_prefix(key)).map(str::trim)
    }
}

impl Article {
    pub fn claims(&self) -> impl Iterator<Item = &Claim> {
        claims(self.notes.as_deref().unwrap_or_default())
    }

    pub fn relations(&self) -> impl Iterator<Item = &Relation> {
        self.notes.as_deref().unwrap_or_default().iter().filter_map(|note| match note {
            Note::Relation(relation) => Some(relation),
            Note::Plain(_) | Note::Claim(_) => None,
        })
    }

    /// The words of a marked claim, pieces with nothing between them joined.
    pub fn spans(&self, number: u32) -> Vec<Span> {
        self.joined(self.pieces.get(&number).into_iter().flatten().copied())
    }

    /// Returns the spans in order without white space at their ends; those with nothing else between them are one.
    pub fn joined(&self, spans: impl IntoIterator<Item = Span>) -> Vec<Span> {
        let mut spans: Vec<Span> = spans.into_iter().collect();
        spans.sort();
        let mut joined: Vec<Span> = Vec::new();
        for span in spans {
            let words = self.text.slice(span);
            let before = words.chars().take_while(|c| c.is_whitespace()).count() as u32;
            let start = span.start + before;
            let span = Span::new(start, start + words.trim().chars().count() as u32);
            match joined.last_mut() {
                Some(last) if self.text.slice(Span::new(last.end, span.start)).trim().is_empty() => {
                    *last = last.cover(span);
                }
                _ => joined.push(span),
            }
        }
        joined
    }

    /// The line of the file in which these words begin.
    pub fn line_of(&self, spans: &[Span]) -> usize {
        let start = spans.first().map_or(0, |span| span.start);
        self.line + self.text.slice(Span::new(0, start)).matches('\n').count()
    }

    pub fn words(&self, spans: &[Span]) -> String {
        spans.iter().map(|span| self.text.slice(*span)).collect::<Vec<_>>().join(" [...] ").replace('\n', " ")
    }

    fn written(&self) -> String {
        let text = marked(&self.text, &self.pieces);
        let Some(notes) = &self.notes else { return text };
        let lines: String = notes.iter().map(|note| format!("{}\n", note.written())).collect();
        format!("{text}\n---\n{lines}")
    }
}

fn claims(notes: &[Note]) -> impl Iterator<Item = &Claim> {
    notes.iter().filter_map(|note| match note {
        Note::Claim(claim) => Some(claim),
        Note::Plain(_) | Note::Relation(_) => None,
    })
}

impl Claim {
    pub fn new(number: u32, fields: Vec<Field>) -> Self {
        Self { number, wrong: Wrong::new(), fields }
    }

    pub fn is_no_claim(&self) -> bool {
        self.fields.iter().any(|field| field.wanted == Wanted::NoClaim)
    }
}

impl Field {
    pub fn new(written: &str, wanted: Wanted) -> Self {
        Self { written: written.to_owned(), wanted, wrong: Wrong::new() }
    }
}

fn article(part: &[&str], first: usize) -> Result<Article, String> {
    let end = part.iter().position(|line| line.trim_end() == "---");
    let above = &part[..end.unwrap_or(part.len())];
    let empty = above.iter().take_while(|line| line.trim().is_empty()).count();
    let line = first + empty;
    let (text, pieces) = unmarked(&above[empty..].join("\n"), line)?;
    // Without its lines it is to be marked anew, whatever marks are left.
    let Some(end) = end else { return Ok(Article { line, text, pieces: Pieces::new(), notes: None }) };
    let mut notes = Vec::new();
    for (at, line) in part[end + 1..].iter().enumerate() {
        notes.push(read(line).map_err(|why| format!("line {}: {why}", first + end + 1 + at))?);
    }
    Ok(Article { line, text, pieces, notes: Some(notes) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const YARD: &str = "Title: Yard\nDate: 2024-03-05\n\n\
        {1 “The yard is {2 lost},”} Ann Alder said. {1 “Go \\{home\\}.”}\n\n\
        ---\n# why\ngenre: court\n1!deep Ann Alder!fast; direct!; said ?\n2 not Tom Reed\n\
        ===\n{3 It is not}, he said.\n\n---\n3 ?; denial; answers 1\n\n3 contradicts 1!; denial\n3 nothing 2\n";

    #[test]
    fn a_case_is_written_back_as_it_was() {
        let case = Case::parse("yard", YARD).unwrap();
        assert_eq!(case.written(), YARD);
        assert_eq!((case.genre(), case.is_partial(), case.readers()), ("court", false, Reader::ALL.to_vec()));
        assert!(case.needs_desk());
    }

    #[test]
    fn marks_give_words_and_lines_give_what_is_wanted() {
        let case = Case::parse("yard", YARD).unwrap();
        let article = &case.articles[0];
        assert_eq!(article.words(&article.spans(1)), "“The yard is lost,” [...] “Go {home}.”");
        assert_eq!(article.words(&article.spans(2)), "lost");
        assert_eq!((article.line_of(&article.spans(2)), case.articles[1].line_of(&[])), (4, 12));
        let claim = article.claims().next().unwrap();
        assert_eq!(claim.wrong, Wrong::from([Reader::Deep]));
        assert_eq!(claim.fields[0].wanted, Wanted::Speaker(Some(vec!["Ann Alder".to_owned()])));
        assert_eq!(claim.fields[0].wrong, Wrong::from([Reader::Fast]));
        assert_eq!(claim.fields[1].wrong, Wrong::from(Reader::ALL));
        assert_eq!(claim.fields[2].wanted, Wanted::Said(None));
        let relation = case.articles[1].relations().next().unwrap();
        assert_eq!((relation.one, relation.verb, relation.other), (3, Verb::Contradicts, 1));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let cases = [
            ("{1 It is lost\n---\n1 Ann\n", "line 1: {1 …} is not closed"),
            ("a\nIt is} lost\n---\n", "line 2: } closes nothing"),
            ("{one It} is\n---\n", "line 1: { without a number"),
            ("{1 It} is\n---\n", "{1 …} has no line"),
            ("It is\n---\n1 Ann\n", "no words are marked {1 …}"),
            ("{1 It} is\n---\n1 Ann; shouted\n", "line 3: unknown field `shouted`"),
            ("{1 It} is\n---\n1 Ann\n1 repeats 2\n", "names claim 2"),
            ("{1 It} is\n---\n1\n", "line 3: nobody says it"),
            ("{1 It} is\n---\nAnn said\n", "line 3: `Ann said` is no line"),
            ("{1 It} is\n---\n1 Ann\n===\n{1 It} was\n---\n1 Ann\n", "two lines are of claim 1"),
        ];
        for (written, why) in cases {
            let given = Case::parse("case", written).unwrap_err();
            assert!(given.contains(why), "{written}: {given}");
        }
    }
}
