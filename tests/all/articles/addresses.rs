//! Articles by address and feeds that are polled, from a small server of the test's own.

#![cfg(feature = "fetch")]

use crate::support::server::{OK, server};
use onrecord::commands::script::{self, Echo, OnError};
use onrecord::commands::{Session, screen::Screen};
use onrecord::report::view::Format;
use onrecord::store::Place;
use onrecord::store::filter::Filter;
use onrecord::workbench::{Settings, fetch::Rules};
use std::io::Write;
use std::net::TcpStream;
use std::time::Duration;

fn page(headline: &str, words: &str) -> String {
    format!(
        "<!doctype html><html><head><title>{headline}</title></head><body><article><h1>{headline}</h1><p>{words}</p>\
         <p>The ferry between Larnsea and Veld will sail again from the first of June, Odile Brandt said.</p>\
         </article></body></html>"
    )
}

fn item(guid: &str, link: &str, words: &str) -> String {
    format!("<item><title>{guid}</title><guid isPermaLink=\"false\">{guid}</guid><link>{link}</link>{words}</item>")
}

fn rss(items: &[String]) -> String {
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Harbour Post</title>{}</channel></rss>",
        items.concat()
    )
}

const WHOLE: &str = "<content:encoded><![CDATA[<p>The crane is safe, engineer Ned Ford said on Monday.</p>\
                     <p>It will be painted in May, he said.</p>]]></content:encoded>";
const SUMMARY: &str = "<description>The berth was mended.</description>";

fn answer(path: &str, request: &str, to: &mut TcpStream) -> std::io::Result<()> {
    let send = |to: &mut TcpStream, headers: &str, body: &[u8]| {
        to.write_all(format!("{OK}{headers}\r\n").as_bytes())?;
        to.write_all(body)
    };
    let berth = page("Night ferry to sail", "The berth was mended in the winter, Odile Brandt said on Thursday.");
    match path {
        "/ferry" => {
            send(to, "Content-Type: text/html\r\nLast-Modified: Thu, 02 May 2024 08:00:00 GMT\r\n", berth.as_bytes())
        }
        "/old" => to.write_all(b"HTTP/1.1 301 Moved\r\nLocation: /ferry\r\nContent-Length: 0\r\n\r\n"),
        "/polish" => {
            let words = page(
                "Szcz\u{119}sny sails",
                "\u{201e}The quay will open in May,\u{201d} minister \u{141}ucja S\u{119}k said on Monday.",
            );
            let (bytes, _, _) = encoding_rs::ISO_8859_2.encode(&words);
            // The quotation marks are not of that charset: they come as references.
            send(to, "Content-Type: text/html; charset=iso-8859-2\r\n", &bytes)
        }
        "/feed" if request.contains("if-none-match: \"1\"") => {
            to.write_all(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 0\r\n\r\n")
        }
        "/feed" => {
            let items =
                [item("one", "/crane", WHOLE), item("two", "/ferry", SUMMARY), item("three", "/ferry#again", SUMMARY)];
            send(to, "ETag: \"1\"\r\n", rss(&items).as_bytes())
        }
        "/partly" => {
            let items = [item("four", "/missing", SUMMARY), item("five", "/polish", SUMMARY), item("six", "", "")];
            send(to, "ETag: \"1\"\r\n", rss(&items).as_bytes())
        }
        "/entries" => send(to, "", rss(&[item("seven", "/missing", SUMMARY)]).as_bytes()),
        "/home" => send(to, "", berth.as_bytes()),
        _ => to.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"),
    }
}

fn desk() -> Session {
    let fetching = Rules { time: Duration::from_secs(2), ..Rules::default() };
    Session::new(Place::Memory, Settings { user: "ada".into(), fetching, ..Settings::default() }, Screen::captured(160))
}

/// What a line shows; a part of the work may fail.
fn shown(session: &mut Session, line: &str) -> String {
    let error = script::run(session, line.as_bytes(), "test", OnError::Stop, Echo::Nothing).err();
    let shown = session.screen().take();
    let error = error.map(|error| error.to_string()).unwrap_or_default();
    format!("{shown} {error}").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn rows(session: &mut Session, line: &str) -> serde_json::Value {
    session.set_mode(Format::Json);
    let _ = script::run(session, line.as_bytes(), "test", OnError::Stop, Echo::Nothing);
    let shown = session.screen().take();
    session.set_mode(Format::Table);
    let end = shown.rfind(['}', ']']).unwrap() + 1;
    serde_json::from_str(&shown[..end]).unwrap_or_else(|error| panic!("{error}: {shown}"))
}

fn articles(session: &mut Session) -> usize {
    session.workbench().unwrap().articles(&Filter::default()).unwrap().len()
}

#[test]
fn a_page_comes_with_its_bytes_its_address_and_its_time() {
    let (at, mut session) = (server(answer), desk());
    let dry = shown(&mut session, &format!("load --dry-run --allow-local {at}/ferry"));
    assert!(dry.contains("1 article would come onto the desk"), "{dry}");
    let told = shown(&mut session, &format!("load --allow-local {at}/old {at}/missing {at}/ferry"));
    assert!(told.contains("1 article added, 1 duplicate, 1 failure"), "{told}");
    assert!(told.contains(&format!("{at}/missing: the server answers 404")), "{told}");
    let desk = session.workbench().unwrap();
    let id = "a1".parse().unwrap();
    let fetched = desk.fetched(id).unwrap().unwrap();
    assert_eq!((fetched.asked, fetched.address), (format!("{at}/old"), format!("{at}/ferry")));
    assert!(
        fetched.at.ends_with('Z')
            && fetched.headers.iter().any(|(name, value)| name == "last-modified" && value.contains("2024"))
    );
    assert_eq!(desk.article(id).unwrap().article.url, Some(format!("{at}/ferry")));
    let bytes = String::from_utf8(desk.original_bytes(id).unwrap().unwrap()).unwrap();
    assert!(bytes.starts_with("<!doctype html>") && bytes.contains("mended in the winter"));
    let show = shown(&mut session, "show a1");
    assert!(show.contains(&format!("from {at}/ferry")), "{show}");
}

#[test]
fn the_charset_of_the_header_is_used_and_the_bytes_stay_as_sent() {
    let (at, mut session) = (server(answer), desk());
    shown(&mut session, &format!("load --allow-local {at}/polish"));
    let desk = session.workbench().unwrap();
    let article = desk.article("a1".parse().unwrap()).unwrap();
    assert!(article.text.contains("minister \u{141}ucja S\u{119}k said"), "{}", article.text);
    assert!(
        !article.article.warnings.iter().any(|warning| warning.contains("UTF-8")),
        "{:?}",
        article.article.warnings
    );
    let bytes = desk.original_bytes("a1".parse().unwrap()).unwrap().unwrap();
    assert!(bytes.windows(6).any(|part| part == b"\xa3ucja "), "the bytes were changed");
}

#[test]
fn without_the_flag_nothing_of_this_computer_is_fetched() {
    let (at, mut session) = (server(answer), desk());
    for line in [format!("load {at}/ferry"), format!("load --dry-run {at}/ferry")] {
        let told = shown(&mut session, &line);
        assert!(
            told.contains("is refused: 127.0.0.1 is no public address") && told.contains("--allow-local"),
            "{told}"
        );
    }
    // The flag holds for one command.
    shown(&mut session, &format!("load --allow-local {at}/ferry"));
    assert!(shown(&mut session, &format!("load {at}/polish")).contains("is refused"));
    shown(&mut session, &format!("feed add {at}/feed"));
    let told = shown(&mut session, "feed poll");
    assert!(told.contains("is refused"), "{told}");
    assert_eq!(articles(&mut session), 1);
}

#[test]
fn a_feed_gives_each_article_once_and_says_when_nothing_has_changed() {
    let (at, mut session) = (server(answer), desk());
    shown(&mut session, &format!("feed add {at}/feed --name harbour"));
    let first = rows(&mut session, "feed poll harbour --allow-local");
    assert_eq!((first[0]["entries"].as_array().unwrap().len(), first[0]["known"].as_u64()), (2, Some(1)), "{first}");
    assert_eq!(articles(&mut session), 2);
    // The first gives its article itself, of the second the page was read.
    let crane = session.workbench().unwrap().article("a1".parse().unwrap()).unwrap();
    assert!(crane.text.contains("It will be painted in May"));
    assert_eq!(crane.article.url, Some(format!("{at}/crane")));
    let ferry = session.workbench().unwrap().article("a2".parse().unwrap()).unwrap();
    assert!(ferry.text.contains("mended in the winter"));
    let again = rows(&mut session, "feed poll --allow-local");
    assert_eq!((again[0]["outcome"].as_str(), again[0]["known"].as_u64()), (Some("unchanged"), Some(2)), "{again}");
    // The feed's title is the outlet where nothing else names one, and the journal says what brought the articles.
    assert_eq!([&crane, &ferry].map(|one| one.article.outlet.as_deref()), [Some("Harbour Post"); 2]);
    let log = shown(&mut session, "log 1");
    assert!(log.contains("feed poll") && log.contains("and 1 more"), "{log}");
    // One undo takes the poll back, and what was taken back comes again.
    shown(&mut session, "undo");
    assert_eq!(articles(&mut session), 0);
    let back = rows(&mut session, "feed poll --allow-local");
    assert_eq!(back[0]["entries"].as_array().unwrap().len(), 2, "{back}");
    assert_eq!(articles(&mut session), 2);
    let listed = rows(&mut session, "feed list");
    assert_eq!((listed[0]["name"].as_str(), listed[0]["articles"].as_u64()), (Some("harbour"), Some(2)));
    shown(&mut session, "feed remove harbour");
    assert_eq!((rows(&mut session, "feed list").as_array().unwrap().len(), articles(&mut session)), (0, 2));
}

#[test]
fn one_broken_feed_or_link_never_stops_the_others() {
    let (at, mut session) = (server(answer), desk());
    for (feed, name) in [("gone", "a"), ("home", "b"), ("partly", "c"), ("entries", "d")] {
        shown(&mut session, &format!("feed add {at}/{feed} --name {name}"));
    }
    let told = shown(&mut session, "feed poll --allow-local --entries-only");
    assert!(told.contains(&format!("{at}/gone: the server answers 404")), "{told}");
    assert!(told.contains(&format!("{at}/home is no feed but")), "{told}");
    shown(&mut session, "undo");
    let polled = rows(&mut session, "feed poll c --allow-local");
    let outcomes: Vec<&str> =
        polled[0]["entries"].as_array().unwrap().iter().map(|entry| entry["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == "failed").count(), 2, "{polled}");
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == "added").count(), 1, "{polled}");
    // What failed is asked for again, though the server could say that nothing has changed.
    let again = rows(&mut session, "feed poll c --allow-local");
    assert_eq!((again[0]["outcome"].as_str(), again[0]["known"].as_u64()), (Some("polled"), Some(1)), "{again}");
    let entries = rows(&mut session, "feed poll d --allow-local --entries-only");
    assert_eq!(entries[0]["entries"][0]["outcome"], "added", "{entries}");
}
