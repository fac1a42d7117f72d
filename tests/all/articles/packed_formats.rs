//! Office documents, books, PDF, mail and archives: what is read of each sample, and that hostile ones cost little.

use crate::support::packed::zipped;
use crate::support::{source, wait};
use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use onrecord::article::{self, BlockKind, Given, Named, Opened};
use std::io::Write;
use std::time::{Duration, Instant};

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(source("tests/data/formats").join(name)).unwrap()
}

fn open(name: &str) -> Vec<(String, Opened)> {
    let all = article::open(&sample(name), name, &Given::default()).unwrap();
    all.into_iter().map(|(name, opened)| (name, opened.unwrap())).collect()
}

fn blocks(opened: &Opened) -> Vec<(BlockKind, &str)> {
    opened.article.blocks.iter().map(|block| (block.kind, opened.article.text.slice(block.span))).collect()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn errors(bytes: &[u8]) -> Vec<String> {
    match article::open(bytes, "file", &Given::default()) {
        Ok(all) => {
            all.into_iter().filter_map(|(_, opened): Named| opened.err()).map(|error| error.to_string()).collect()
        }
        Err(error) => vec![error.to_string()],
    }
}

use BlockKind::{Furniture, Headline, Paragraph};

#[test]
fn a_word_document_gives_its_text_as_a_reader_sees_it() {
    let (_, document) = &open("document.docx")[0];
    assert_eq!(document.article.title.as_deref(), Some("Lock gates to be rebuilt by autumn"));
    assert_eq!(document.authors, ["Ines Marrow"]);
    assert_eq!(document.article.updated.as_ref().unwrap().written, "2024-05-04T09:00:00+00:00");
    assert_eq!(
        blocks(document),
        [
            (Headline, "Lock gates to be rebuilt by autumn"),
            (Paragraph, "The lock at Veld will close for eleven weeks, the water board said on Friday."),
            (Paragraph, "“We looked at every hinge,” said Maren Holt, the board’s engineer."),
            (Headline, "What it costs"),
            (Paragraph, "Part | Crowns"),
            (Paragraph, "Gates | 4,200,000"),
            (Paragraph, "Skippers get a discount."),
            (Paragraph, "The report is dated 2 May."),
        ]
    );
}

#[test]
fn an_open_document_gives_the_same_things() {
    let (_, document) = &open("document.odt")[0];
    assert_eq!(document.article.title.as_deref(), Some("Ferry fares frozen for a year"));
    assert_eq!(document.authors, ["Tomas Reyl"]);
    assert_eq!(
        blocks(document),
        [
            (Headline, "Ferry fares frozen for a year"),
            (Paragraph, "Fares will stay as they are, Odile Brandt said on Monday."),
            (Headline, "The reaction"),
            (Paragraph, "“A good day for the island,” Piet Aldous said."),
            (Paragraph, "Cars | 60 crowns"),
            (Paragraph, "Her office confirmed it later."),
        ]
    );
}

#[test]
fn text_that_is_only_set_in_a_table_stays_paragraphs() {
    let long =
        "The board has looked at all offers for the gates and will take none of them, Odile Brandt said. ".repeat(2);
    let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let body = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", cell("Press notice 12"), cell(&long));
    let xml = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let all = article::open(&zipped(&[("word/document.xml", xml.as_bytes())]), "a.docx", &Given::default()).unwrap();
    let opened = all[0].1.as_ref().unwrap();
    assert_eq!(blocks(opened), [(Paragraph, "Press notice 12"), (Paragraph, long.trim())]);
}

#[test]
fn a_damaged_document_gives_what_stands_before_the_damage() {
    let xml =
        b"<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>The gates will hold, she said.</w:t></w:r></w:p><w:p <";
    let all = article::open(&zipped(&[("word/document.xml", xml)]), "a.docx", &Given::default()).unwrap();
    let opened = all[0].1.as_ref().unwrap();
    assert_eq!(opened.article.text.as_str(), "The gates will hold, she said.");
    assert!(opened.article.warnings.iter().any(|warning| warning.0.contains("damaged")));
}

#[test]
fn a_book_gives_its_chapters_in_order() {
    let chapters = open("book.epub");
    let titles: Vec<&str> = chapters.iter().map(|(_, chapter)| chapter.article.title.as_deref().unwrap()).collect();
    assert_eq!(titles, ["Mud and Ice: Shovels", "Mud and Ice: The council"]);
    assert_eq!(chapters[1].0, "book.epub#2");
    assert_eq!(chapters[1].1.article.outlet.as_deref(), Some("Quay Press"));
    assert!(chapters[1].1.article.text.as_str().contains("Mayor Anna Tol said"));
}

#[test]
fn a_pdf_gives_paragraphs_over_lines_and_columns() {
    let (_, document) = &open("document.pdf")[0];
    assert_eq!(document.article.title.as_deref(), Some("Larnsea bridge closes to lorries"));
    assert_eq!(document.published.as_ref().unwrap().written, "2024-05-17T14:30:00+02:00");
    let text = document.article.text.as_str();
    for kept in [
        "will be shut to lorries from Monday, the roads office said on Friday.",
        "the council has asked for two reports before it.",
        "the hauliers’ league said. It wants the long-term plan now.",
    ] {
        assert!(text.contains(kept), "{kept}\n{text}");
    }
    assert_eq!(document.article.blocks.len(), 5, "{text}");
    assert!(!text.contains("Press notice") && !text.contains("Page 1"), "{text}");
}

#[test]
fn scanned_pages_say_that_they_hold_no_text() {
    let said = errors(&sample("scan.pdf"));
    assert!(said[0].contains("only pictures of it") && said[0].contains("ocrmypdf"), "{said:?}");
}

#[test]
fn what_a_reply_quotes_is_not_its_senders() {
    let all = open("message.eml");
    let (_, message) = &all[0];
    assert_eq!(message.article.title.as_deref(), Some("Lock at Veld – your questions"));
    assert_eq!(message.authors, ["Maren Holt"]);
    let own: Vec<&str> =
        blocks(message).into_iter().filter(|(kind, _)| *kind != Furniture).map(|(_, text)| text).collect();
    assert_eq!(own.len(), 2, "{own:?}");
    assert!(own[1].contains("“We looked at every hinge,” the board's director"));
    assert!(message.article.warnings.iter().any(|warning| warning.0.contains("logo.png is a picture")));
    let (name, attached) = &all[1];
    assert_eq!(name, "message.eml:statement.html");
    assert_eq!((attached.origin.format, &attached.origin.within[..]), ("html", &["mail"][..]));
    assert_eq!(attached.published.as_ref().unwrap().written, "2024-05-03T07:15:00+02:00");
}

#[test]
fn every_message_of_a_mailbox_is_an_article() {
    let all = open("mailbox.mbox");
    assert_eq!(all.len(), 2);
    assert_eq!(all[0].1.article.outlet.as_deref(), Some("Port Letter"));
    assert!(all[0].1.article.text.as_str().ends_with("Gerrit Veen said at the café on the quay."));
    assert!(all[1].1.article.text.as_str().contains("\"in weeks, not months\""));
    assert!(all[1].1.article.text.as_str().contains("\nFrom what I heard"));
    assert!(all[1].1.origin.bytes.starts_with(b"From: Ines Marrow"));
}

#[test]
fn a_web_archive_gives_its_pages_with_their_addresses() {
    for bytes in [sample("crawl.warc"), gzipped(&sample("crawl.warc"))] {
        let all = article::open(&bytes, "crawl", &Given::default()).unwrap();
        let all: Vec<&Opened> = all.iter().map(|(_, opened)| opened.as_ref().unwrap()).collect();
        assert_eq!(all.len(), 2);
        assert_eq!(all[0].article.url.as_deref(), Some("https://harbourpost.example/ferry"));
        assert_eq!(all[0].origin.within.last(), Some(&"warc"));
        assert!(all[0].article.warnings.iter().any(|warning| warning.0.contains("logo.png")));
        assert!(all[1].article.text.as_str().contains("Renée Aubert said"));
        assert!(std::str::from_utf8(&all[1].origin.bytes).is_err(), "the bytes as they came");
    }
    let wacz = zipped(&[
        ("datapackage.json", b"{}"),
        ("pages/pages.jsonl", b"{\"url\": \"x\"}"),
        ("archive/data.warc.gz", &gzipped(&sample("crawl.warc"))),
    ]);
    assert_eq!(article::open(&wacz, "a.wacz", &Given::default()).unwrap().len(), 2);
}

#[test]
fn files_in_an_archive_are_read_and_no_path_leaves_it() {
    for name in ["archive.zip", "archive.tar.gz"] {
        let all = open(name);
        let mut names: Vec<&str> = all.iter().map(|(name, _)| name.split_once(':').unwrap().1).collect();
        names.sort_unstable();
        assert_eq!(names, ["notes.txt", "pages/page.html"]);
        let told = all.iter().flat_map(|(_, one)| &one.article.warnings).any(|told| told.0.contains("style.css"));
        assert!(told, "what is passed over is told");
        let page = all.iter().find(|(name, _)| name.ends_with("html")).unwrap();
        assert_eq!(&page.1.origin.bytes[..], &sample("page.html")[..], "the member, not the archive");
    }
}

#[test]
fn a_bomb_is_refused_with_its_figure() {
    let zeros = vec![0u8; 20 << 20];
    let begun = Instant::now();
    for bytes in [gzipped(&zeros), zipped(&[("word/document.xml", &zeros)]), zipped(&[("a.txt", &zeros)])] {
        let said = errors(&bytes);
        assert!(said[0].contains("unpack to more than 8388608") && said[0].contains("bomb"), "{said:?}");
    }
    let mut nested = zipped(&[("a.txt", b"The gates will hold, she said.")]);
    for _ in 0..6 {
        nested = zipped(&[("a.zip", &nested)]);
    }
    assert!(errors(&nested)[0].contains("nested in it more than 3 deep"), "{:?}", errors(&nested));
    let mut stream = ZlibEncoder::new(Vec::new(), Compression::fast());
    for _ in 0..150 {
        stream.write_all(&zeros[..1 << 20]).unwrap();
    }
    let mut pdf = b"%PDF-1.4\n4 0 obj << /Filter /FlateDecode >>\nstream\n".to_vec();
    pdf.extend(stream.finish().unwrap());
    assert!(errors(&pdf)[0].contains("unpack to more than 128 MB"), "{:?}", errors(&pdf));
    wait::within(Duration::from_secs(10), begun, "refusing bombs");
}

#[test]
fn an_archive_of_very_many_files_is_given_up() {
    let names: Vec<String> = (0..20_010).map(|number| format!("{number}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    assert!(errors(&zipped(&files)).iter().any(|error| error.contains("more than 20000 files")));
}

#[test]
fn damaged_files_cost_no_panic_and_little_time() {
    for name in ["document.pdf", "document.docx", "crawl.warc", "message.eml", "archive.tar.gz", "book.epub"] {
        let bytes = sample(name);
        let begun = Instant::now();
        for at in (0..bytes.len()).step_by(bytes.len() / 60 + 1) {
            let mut odd = bytes.clone();
            odd[at] ^= 0x5a;
            let _ = article::open(&odd, name, &Given::default());
            odd.drain(at..(at + 9).min(bytes.len()));
            let _ = article::open(&odd, name, &Given::default());
        }
        wait::within(Duration::from_secs(10), begun, name);
    }
}
