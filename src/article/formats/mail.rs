//! E-mail: one message, or a mailbox of them. What a reply quotes is no word of its sender.

use super::{Body, Entry, Format, Input, Piece, Reading, html, refused};
use crate::article::{BlockKind, ReadError, Warning, blocks};
use crate::lexicon::letters::one_line;
use crate::span::Text;
use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

pub const ONE: Format = Format {
    name: "mail",
    title: "e-mail (.eml)",
    fits: is_message,
    read: |input| Ok(message(input.bytes, input.name)),
    version: 1,
    records: None,
    keeps: "subject, sender, date, text without quoted replies; a newsletter by its HTML part; each attachment that can \
            be read as an article of its own",
    sample: "tests/data/formats/message.eml",
};

pub const BOX: Format = Format {
    name: "mbox",
    title: "mailbox (mbox)",
    fits: |bytes| begins_message(bytes.split(|byte| *byte == b'\n').next().unwrap_or_default()),
    read: read_box,
    version: 1,
    records: Some(begins_message),
    keeps: "as e-mail, each message an article of its own",
    sample: "tests/data/formats/mailbox.mbox",
};

/// How many lines of head are looked at.
const HEAD: usize = 80;

/// A head as mail has it: lines `Name: value` alone, with who sent it and one more that only mail has.
fn is_message(bytes: &[u8]) -> bool {
    let mut names = Vec::new();
    for line in bytes.split(|byte| *byte == b'\n').take(HEAD) {
        let line = line.trim_ascii_end();
        if line.is_empty() {
            break;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { return false };
        if colon == 0 || !line[..colon].iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-') {
            return false;
        }
        names.push(String::from_utf8_lossy(&line[..colon]).to_ascii_lowercase());
    }
    let has = |name: &str| names.iter().any(|known| known == name);
    has("from")
        && (["message-id", "received", "mime-version", "to"].iter().any(|name| has(name))
            || has("subject") && has("date"))
}

/// `From jane@harbour.example Fri May  3 07:15:00 2024`: the line that begins a message in a mailbox.
pub(super) fn begins_message(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let words: Vec<&[u8]> = rest.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).collect();
    let year = |word: &&[u8]| word.len() == 4 && word.iter().all(u8::is_ascii_digit);
    words.len() >= 5
        && words[words.len().saturating_sub(3)..].iter().any(year)
        && words.iter().any(|word| word.contains(&b':'))
}

fn read_box(input: &Input<'_>) -> Result<Vec<Entry>, ReadError> {
    let (mut out, mut one) = (Vec::new(), Vec::new());
    let mut number = input.first;
    let mut finish = |one: &mut Vec<u8>| {
        if !one.is_empty() {
            out.extend(message(one, &format!("{}#{number}", input.name)));
            number += 1;
            one.clear();
        }
    };
    for line in input.bytes.split_inclusive(|byte| *byte == b'\n') {
        if begins_message(line) {
            finish(&mut one);
            continue;
        }
        let quoted =
            line.iter().position(|byte| *byte != b'>').is_some_and(|at| at > 0 && line[at..].starts_with(b"From "));
        one.extend_from_slice(if quoted { &line[1..] } else { line });
    }
    finish(&mut one);
    Ok(out)
}

/// The message and what is attached to it.
fn message(bytes: &[u8], name: &str) -> Vec<Entry> {
    let Some(mail) = MessageParser::default().parse(bytes) else {
        let reason = "its head cannot be told".to_owned();
        return vec![Err(ReadError::Broken { name: name.to_owned(), format: "an e-mail", reason })];
    };
    let mut reading = about(&mail);
    reading.original = Some(bytes.to_vec());
    let mut attached = Vec::new();
    for (number, part) in mail.attachments().enumerate() {
        let called = part.attachment_name().map_or_else(|| format!("attachment-{}", number + 1), str::to_owned);
        let bytes = match &part.body {
            PartType::Message(inner) => inner.raw_message().to_vec(),
            _ => part.contents().to_vec(),
        };
        match no_article(part, &called, &bytes) {
            Some(what) => reading.warnings.push(Warning(format!("the attachment {called} is {what} and was not read"))),
            None => attached.push(Reading {
                body: Body::File(bytes),
                member: Some(called),
                authors: reading.authors.clone(),
                outlet: reading.outlet.clone(),
                published: reading.published.clone(),
                ..Reading::default()
            }),
        }
    }
    let pieces = body(&mail, reading.title.as_deref(), &mut reading.warnings);
    let mut out = Vec::new();
    if !pieces.is_empty() {
        reading.body = Body::Blocks(pieces);
        out.push(Ok(reading));
    } else if attached.is_empty() {
        out.push(Err(ReadError::Empty(name.to_owned())));
    }
    out.extend(attached.into_iter().map(Ok));
    out
}

/// What an attachment is, when it is no article.
fn no_article(part: &mail_parser::MessagePart<'_>, name: &str, bytes: &[u8]) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    if part.content_type().is_some_and(|kind| kind.ctype().eq_ignore_ascii_case("image")) {
        return Some("a picture");
    }
    if [".p7s", ".asc", ".sig", ".vcf", ".ics"].iter().any(|end| lower.ends_with(end)) {
        return Some("a signature, card or calendar");
    }
    if bytes.trim_ascii().is_empty() {
        return Some("empty");
    }
    refused::known(bytes).map(|(what, _)| what)
}

fn about(mail: &Message<'_>) -> Reading {
    let sender = mail.from().and_then(|from| from.first());
    let address = sender.and_then(|sender| sender.address());
    let named = sender.and_then(|sender| sender.name()).map(|name| name.trim_matches(['"', '\'', ' ']).to_owned());
    // Who writes to a list of readers is a house, not a person.
    let newsletter = mail.header("List-Unsubscribe").is_some() || mail.header("List-Id").is_some();
    let published = mail.date().and_then(|date| html::moment(&date.to_rfc3339()));
    let (outlet, authors) = match named.filter(|name| !name.is_empty()) {
        Some(name) if newsletter => (Some(name), Vec::new()),
        Some(name) => (None, vec![name]),
        None => (None, address.map(str::to_owned).into_iter().collect()),
    };
    Reading { title: mail.subject().and_then(subject), outlet, authors, published, ..Reading::default() }
}

/// The subject without marks of answering and passing on.
fn subject(written: &str) -> Option<String> {
    let mut rest = written.trim();
    while let Some((mark, more)) = rest.split_once(':') {
        if !["re", "fw", "fwd", "aw", "wg", "sv", "tr"].contains(&mark.trim().to_ascii_lowercase().as_str()) {
            break;
        }
        rest = more.trim();
    }
    (!rest.is_empty()).then(|| one_line(rest))
}

/// The words of a message: the text part, or the HTML part where that says more or is a newsletter's.
fn body(mail: &Message<'_>, title: Option<&str>, warnings: &mut Vec<Warning>) -> Vec<Piece> {
    let text: String = mail
        .text_bodies()
        .filter_map(|part| match &part.body {
            PartType::Text(text) => Some(format!("{text}\n")),
            _ => None,
        })
        .collect();
    let html: String = mail
        .html_bodies()
        .filter_map(|part| match &part.body {
            PartType::Html(html) => Some(html.as_ref()),
            _ => None,
        })
        .collect();
    let newsletter = mail.header("List-Unsubscribe").is_some();
    let mut pieces = Vec::new();
    if !html.trim().is_empty() && (newsletter || text.trim().is_empty()) {
        pieces = from_html(&html);
    }
    if pieces.is_empty() {
        let flowed = mail.text_part(0).and_then(|part| part.content_type()).and_then(|kind| kind.attribute("format"));
        pieces = from_text(&if flowed == Some("flowed") { unflowed(&text) } else { text }, title);
    }
    if pieces.is_empty() {
        pieces = from_html(&html);
    }
    if !pieces.is_empty() && pieces.iter().all(|piece| piece.kind == BlockKind::Furniture) {
        warnings
            .push(Warning("the message only quotes or passes on another; its words are taken as they stand".into()));
        pieces.iter_mut().for_each(|piece| piece.kind = BlockKind::Paragraph);
    }
    pieces
}

/// Where mail programs begin what they quote.
const QUOTES: [&str; 7] = [
    "<blockquote type=\"cite\"",
    "<blockquote type=cite",
    "class=\"gmail_quote",
    "class=\"moz-cite-prefix",
    "id=\"divRplyFwdMsg",
    "id=\"appendonsend",
    "class=\"yahoo_quoted",
];

fn from_html(html: &str) -> Vec<Piece> {
    let at = QUOTES.iter().filter_map(|mark| html.find(mark)).min().unwrap_or(html.len());
    let at = html[..at].rfind('<').filter(|_| at < html.len()).unwrap_or(at);
    let mut pieces = html::fragment(&html[..at]);
    let quoted = html::fragment(&html[at..]);
    pieces.extend(quoted.into_iter().map(|piece| Piece { kind: BlockKind::Furniture, ..piece }));
    pieces
}

/// Joins the lines that a program broke and marked with a blank at their end.
fn unflowed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        out.push_str(line);
        if !line.ends_with(' ') || line == "-- " {
            out.push('\n');
        }
    }
    out
}

fn from_text(text: &str, title: Option<&str>) -> Vec<Piece> {
    let lines: Vec<&str> = text.lines().collect();
    let mut own = vec![true; lines.len()];
    let after = lines.iter().enumerate().find(|(at, line)| ends_own(line, &lines[*at + 1..])).map(|(at, _)| at);
    for (at, line) in lines.iter().enumerate() {
        let quoted = line.trim_start().starts_with('>');
        own[at] = !quoted && after.is_none_or(|after| at < after);
        let told = line.trim_end().ends_with("wrote:") || line.trim_end().ends_with("writes:");
        if told && lines[at + 1..].iter().find(|line| !line.trim().is_empty()).is_some_and(|next| next.starts_with('>'))
        {
            own[at] = false;
            // "On Friday, 3 May 2024 at 07:15, Jane Writer" may stand on a line of its own.
            if at > 0 && !line.trim_start().starts_with("On ") && lines[at - 1].trim_start().starts_with("On ") {
                own[at - 1] = false;
            }
        }
    }
    let mut pieces = Vec::new();
    for run in own.iter().zip(&lines).collect::<Vec<_>>().chunk_by(|a, b| a.0 == b.0) {
        let unquoted = |line: &&str| line.trim_start_matches(['>', ' ']).to_owned();
        let mine = *run[0].0;
        let words: Vec<String> =
            run.iter().map(|(_, line)| if mine { (**line).to_owned() } else { unquoted(line) }).collect();
        let words = Text::new(words.join("\n"));
        for block in blocks::blocks(&words, 0, title) {
            let kind = if mine { block.kind } else { BlockKind::Furniture };
            pieces.push(Piece { kind, text: words.slice(block.span).to_owned() });
        }
    }
    pieces
}

/// A signature, or the head of the message that is answered: all that comes after is not of this message.
fn ends_own(line: &str, after: &[&str]) -> bool {
    let plain = line.trim().trim_matches(['-', '_', ' ']);
    let next: Vec<&str> = after.iter().take(4).map(|line| line.trim()).collect();
    let head = |name: &str| next.iter().any(|line| line.starts_with(name));
    line == "-- "
        || line == "--"
        || plain == "Original Message"
        || line.trim().starts_with("From: ")
            && (head("Sent: ") || head("Date: "))
            && (head("To: ") || head("Subject: "))
}
