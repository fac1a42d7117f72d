//! Bytes become articles: the format is recognised, files in files are opened, and what a person gave, the file says and its
//! name tells is put together.

use super::formats::{self, Body, Piece, Reading};
use super::{About, Article, Block, BlockKind, Given, Moment, Named, Opened, Origin, ReadError, Warning};
use super::{blocks, dateline, decode, front, language, outlets};
use crate::span::{Span, Text};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// Reads all articles in the bytes of one file, of whatever format; `name` (a path or URL) names it in errors.
///
/// What a person gave wins over what the file says; a date in the file's name comes last, with a warning.
///
/// # Errors
/// [`ReadError`] when nothing of it can be read; odd content gives warnings instead.
pub fn open(bytes: &[u8], name: &str, given: &Given) -> Result<Vec<Named>, ReadError> {
    open_part(bytes, name, given, Part::default())
}

/// Which part of a long file some bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The number of its first record in the file, from 1.
    pub first: usize,
    /// The formats that the file is packed in.
    pub within: &'static [&'static str],
}

impl Default for Part {
    fn default() -> Self {
        Self { first: 1, within: &[] }
    }
}

/// Reads a part of a long file whose records stand by themselves.
///
/// # Errors
/// As [`open`].
pub fn open_part(bytes: &[u8], name: &str, given: &Given, part: Part) -> Result<Vec<Named>, ReadError> {
    let mut out = Vec::new();
    let opening = Opening { given, room: formats::Room::default() };
    let around = Around { formats: part.within.to_vec(), ..Around::default() };
    let Some(sent) = &given.sent else {
        opening.read(bytes, name, part.first, &around, &mut out)?;
        return Ok(out);
    };
    let text = sent.charset.as_deref().and_then(|charset| decode::as_sent(bytes, charset));
    opening.read(text.as_deref().unwrap_or(bytes), name, part.first, &around, &mut out)?;
    if let Some(text) = text {
        let raw: Arc<[u8]> = bytes.into();
        let whole = out.iter_mut().filter_map(|(_, opened)| opened.as_mut().ok());
        whole.filter(|opened| *opened.origin.bytes == *text).for_each(|opened| opened.origin.bytes = Arc::clone(&raw));
    }
    // Of many articles none has the address of all.
    if let [(_, Ok(only))] = &mut out[..] {
        let url = only.article.url.get_or_insert_with(|| sent.address.clone());
        let outlet = &mut only.article.outlet;
        let own = given.outlets.of_address(url).filter(|_| given.outlet.is_none()).map(str::to_owned);
        *outlet = own.or_else(|| outlet.take()).or_else(|| outlets::of_address(url).map(str::to_owned));
    }
    Ok(out)
}

/// What stays the same while a file and the files in it are read.
struct Opening<'a> {
    given: &'a Given,
    room: formats::Room,
}

/// What the files around a file say of it.
#[derive(Default)]
struct Around {
    formats: Vec<&'static str>,
    about: Reading,
}

impl Opening<'_> {
    fn read(
        &self,
        bytes: &[u8],
        name: &str,
        first: usize,
        around: &Around,
        out: &mut Vec<Named>,
    ) -> Result<(), ReadError> {
        let format = formats::recognise(bytes, name)?;
        let input = formats::Input { bytes, name, mapping: &self.given.fields, room: &self.room, first };
        let entries = (format.read)(&input)?;
        let many = first > 1 || entries.iter().filter(|entry| !is_member(entry)).count() > 1;
        let mut whole: Option<Arc<[u8]>> = None;
        for (number, entry) in (first..).zip(entries) {
            let inner = match &entry {
                Ok(Reading { member: Some(member), .. }) => format!("{name}:{member}"),
                Ok(Reading { body: Body::File(_), .. }) => name.to_owned(),
                _ if many => format!("{name}#{number}"),
                _ => name.to_owned(),
            };
            let mut reading = match entry {
                Ok(reading) => reading,
                Err(error) => {
                    out.push((inner, Err(error)));
                    continue;
                }
            };
            let original = reading.original.take();
            if let Body::File(file) = &mut reading.body {
                let file = std::mem::take(file);
                let mut formats = around.formats.clone();
                formats.push(format.name);
                let below = Around { formats, about: reading.or(&around.about) };
                let from = out.len();
                let read = self.room.below(&inner, || self.read(&file, &inner, 1, &below, out));
                if let Err(error) = read.and_then(|read| read) {
                    out.push((inner, Err(error)));
                }
                // The bytes as they came, where they had to be changed to be read.
                if let (Some(original), [(_, Ok(only))]) = (original, &mut out[from..]) {
                    only.origin.bytes = original.into();
                }
                continue;
            }
            let bytes = match original {
                Some(own) => own.into(),
                None => Arc::clone(whole.get_or_insert_with(|| bytes.into())),
            };
            let within = around.formats.clone();
            let origin = Origin { format: format.name, version: format.version, within, bytes };
            let opened = opened(reading.or(&around.about), origin, &inner, self.given);
            out.push((inner, Ok(opened)));
        }
        Ok(())
    }
}

/// One entry of a feed, with the article that it makes.
#[derive(Debug)]
pub struct FeedEntry {
    pub about: About,
    /// `feed.xml#3`
    pub name: String,
    pub opened: Result<Opened, ReadError>,
}

/// Reads all entries of a feed.
///
/// # Errors
/// [`ReadError`] when it is no feed or cannot be read at all.
pub fn feed(bytes: &[u8], name: &str, given: &Given) -> Result<Vec<FeedEntry>, ReadError> {
    let charset = given.sent.as_ref().and_then(|sent| sent.charset.as_deref());
    let text = charset.and_then(|charset| decode::as_sent(bytes, charset));
    let room = formats::Room::default();
    let own = text.as_deref().unwrap_or(bytes);
    let input = formats::Input { bytes: own, name, mapping: &given.fields, room: &room, first: 1 };
    let format = formats::recognise_feed(own, name)?;
    let entries = formats::feed_entries(&input)?;
    let bytes: Arc<[u8]> = bytes.into();
    let entries = (1..).zip(entries).map(|(number, (about, entry))| {
        let name = format!("{name}#{number}");
        let origin =
            Origin { format: format.name, version: format.version, within: Vec::new(), bytes: Arc::clone(&bytes) };
        let opened = entry.map(|reading| opened(reading, origin, &name, given));
        FeedEntry { about, name, opened }
    });
    Ok(entries.collect())
}

fn is_member(entry: &formats::Entry) -> bool {
    entry.as_ref().is_ok_and(|reading| reading.member.is_some() || matches!(reading.body, Body::File(_)))
}

/// Reads a file that is one article.
///
/// # Errors
/// [`ReadError`] when it cannot be read, or holds several.
pub fn read(bytes: &[u8], name: &str, given: &Given) -> Result<Article, ReadError> {
    let mut all = open(bytes, name, given)?;
    match all.pop() {
        Some((_, opened)) if all.is_empty() => opened.map(|opened| opened.article),
        Some(_) => Err(ReadError::Many { name: name.to_owned(), count: all.len() + 1 }),
        None => Err(ReadError::Empty(name.to_owned())),
    }
}

/// Reads bytes that are known to be plain text, whatever they look like.
///
/// # Errors
/// [`ReadError`] when the bytes hold no text.
pub fn plain(bytes: &[u8], name: &str, given: &Given) -> Result<Article, ReadError> {
    let mut warnings = Vec::new();
    let text = decode::decode(bytes, name, &mut warnings)?;
    let reading = Reading { body: Body::Plain(text), warnings, ..Reading::default() };
    let origin = Origin { format: formats::PLAIN, version: 1, within: Vec::new(), bytes: bytes.into() };
    Ok(opened(reading, origin, name, given).article)
}

/// Makes an article of what a reader found.
fn opened(reading: Reading, origin: Origin, name: &str, given: &Given) -> Opened {
    let Reading { body, title, authors, outlet, published, updated, url, language: told, mut warnings, .. } = reading;
    let (text, mut blocks, head) = match body {
        Body::Plain(text) => {
            let text = Text::new(text);
            let head = front::head(&text, given.fields.order());
            let known = given.title.as_deref().or(title.as_deref()).or(head.given.title.as_deref());
            let blocks = blocks::blocks(&text, head.end, known);
            (text, blocks, head)
        }
        Body::Blocks(pieces) => {
            let (text, blocks) = joined(pieces);
            (text, blocks, front::Head::default())
        }
        Body::File(_) => (Text::new(String::new()), Vec::new(), front::Head::default()),
    };
    if !blocks.iter().any(|block| is_sentence(block.kind, text.slice(block.span))) {
        warnings.push(Warning("no sentence was found in it, and so no claim can be".into()));
    }
    let language = language::of(text.as_str());
    let unread = language::set_aside(&text, &mut blocks);
    let front::Head { given: head, byline: author, warnings: odd_dates, updated: head_updated, .. } = head;
    warnings.extend(odd_dates);
    let first = |kind| blocks.iter().find(|block| block.kind == kind).map(|block| text.slice(block.span));
    let signed = |line: &str| line.split_once(' ').map_or(line, |(_, names)| names).to_owned();
    let listed = (!authors.is_empty()).then(|| authors.join(", "));
    let byline = listed.or(author).or_else(|| first(BlockKind::Byline).map(signed));
    let mut day = given.date.or(published.as_ref().map(|moment| moment.day)).or(head.date);
    if day.is_none() {
        day = front::date_in_name(name);
        warnings.push(Warning(match day {
            Some(date) => format!("the date {date} is taken from the file's name; --date sets another"),
            None => "no date is known; dates such as “Tuesday” cannot be resolved (give --date)".into(),
        }));
    }
    if let (Some(code), true) = (language.as_deref().filter(|code| *code != "eng"), unread.is_empty()) {
        warnings.push(Warning(format!("the text looks like language `{code}`; only English is understood")));
    }
    warnings.extend(unread);
    let plain = origin.format == formats::PLAIN;
    let headline = || first(BlockKind::Headline).filter(|_| plain).map(str::to_owned);
    let url = given.url.clone().or(url).or(head.url);
    let own = || url.as_deref().and_then(|url| given.outlets.of_address(url)).map(str::to_owned);
    let by_host = || url.as_deref().and_then(outlets::of_address).map(str::to_owned);
    let article = Article {
        title: given.title.clone().or(title).or(head.title).or_else(headline),
        byline,
        dateline: first(BlockKind::Paragraph).and_then(dateline).map(str::to_owned),
        outlet: given
            .outlet
            .clone()
            .or_else(own)
            .or(outlet.or(head.outlet).map(outlets::named))
            .or_else(by_host)
            .or_else(|| given.feed.clone()),
        published: day,
        updated: updated.or(head_updated),
        url,
        hash: hash(text.as_str()),
        language: language.or(told),
        warnings,
        blocks,
        text,
    };
    let published = published.filter(|moment| Some(moment.day) == day).or(day.map(Moment::from));
    Opened { origin, authors, published, article }
}

/// Tells whether a block looks like a sentence: by its end, or by its length where it is no headline.
fn is_sentence(kind: BlockKind, words: &str) -> bool {
    let ends =
        words.trim_end_matches(|c: char| !c.is_alphanumeric() && !SENTENCE_ENDS.contains(&c)).ends_with(SENTENCE_ENDS);
    match (kind, words.split_whitespace().count()) {
        (BlockKind::Byline | BlockKind::Furniture, _) => false,
        (BlockKind::Headline, _) => ends,
        (_, count) => ends || count > SHORT,
    }
}

const SENTENCE_ENDS: [char; 9] = ['.', '!', '?', '…', '。', '！', '？', '।', '؟'];
/// So many words are read as a sentence only where their end is one.
const SHORT: usize = 5;

/// The text that blocks of markup make: joined by blank lines.
fn joined(pieces: Vec<Piece>) -> (Text, Vec<Block>) {
    let (mut text, mut blocks, mut at) = (String::new(), Vec::new(), 0u32);
    for Piece { kind, text: words } in pieces {
        if !text.is_empty() {
            text.push_str("\n\n");
            at += 2;
        }
        let start = at;
        at += words.chars().count() as u32;
        text.push_str(&words);
        blocks.push(Block { span: Span::new(start, at), kind });
    }
    (Text::new(text), blocks)
}

/// Returns SHA-256 of the words with one space between them, in hexadecimal: line ends do not make another article.
pub(crate) fn hash(text: &str) -> String {
    let mut hasher = Sha256::new();
    for word in text.split_whitespace() {
        hasher.update(word.as_bytes());
        hasher.update(b" ");
    }
    base16ct::lower::encode_string(&hasher.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Date;

    #[test]
    fn a_person_wins_over_the_head_and_the_head_over_the_name() {
        let bytes = b"Date: 2018-07-05\nOutlet: Harbour Post\n\nThe port will close in the summer, the minister said.";
        let given = Given { outlet: Some("Wire".into()), ..Given::default() };
        let article = read(bytes, "2017-01-01.txt", &given).unwrap();
        assert_eq!(article.outlet.as_deref(), Some("Wire"));
        assert_eq!(article.published, Date::parse_iso("2018-07-05"));
        let named = read(b"The port will close in the summer.", "2017-01-01.txt", &given).unwrap();
        assert_eq!(named.published, Date::parse_iso("2017-01-01"));
        assert!(named.warnings.iter().any(|warning| warning.0.contains("2017-01-01")));
    }

    #[test]
    fn a_file_without_a_sentence_is_read_and_said_to_have_none() {
        for (words, warned) in [
            ("workstation-17\n", true),
            ("Name\n\nAnother name\n", true),
            ("The port will close.\n", false),
            ("“The port will close.”\n", false),
            ("Port to close\n\nThe port will close in the summer, the minister said\n", false),
        ] {
            let article = read(words.as_bytes(), "a", &Given::default()).unwrap();
            let found = article.warnings.iter().any(|warning| warning.0.contains("no sentence was found"));
            assert_eq!(found, warned, "{words}");
        }
    }

    #[test]
    fn line_ends_do_not_make_another_article() {
        let given = Given::default();
        let unix = read(b"The port will close.\n\nSoon.\n", "a", &given).unwrap();
        let dos = read(b"The port will close.\r\n\r\nSoon.", "b", &given).unwrap();
        assert_eq!(unix.hash, dos.hash);
        assert_eq!(unix.hash.len(), 64);
    }
}
