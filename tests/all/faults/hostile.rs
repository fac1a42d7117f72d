//! Files that were made to do harm: each is refused or read within bounds of time and memory, and writes nowhere.
//!
//! `cargo test --test all hostile -- --nocapture` tells what each cost.

use crate::support::desk::{Answer, Desk, answer};
use crate::support::packed::zipped;
use crate::support::tell;
use crate::support::wait;
use flate2::{Compression, write::GzEncoder};
use std::io::Write;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// No file has reason to take as long.
const LONGEST: Duration = Duration::from_secs(20);
/// Most memory that reading one may take, in MB; the program at rest has some 100.
const MOST: u64 = 600;

const STORY: &str = "The quay will open in May, minister Ada Brook said on Monday.";

fn gzipped(parts: usize) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    let zeros = vec![0u8; 1 << 20];
    (0..parts).for_each(|_| packed.write_all(&zeros).unwrap());
    packed.finish().unwrap()
}

/// A tape whose one member bears a name that the program that made it would have refused.
fn taped(name: &str) -> Vec<u8> {
    let mut header = tar::Header::new_gnu();
    header.as_gnu_mut().unwrap().name[..name.len()].copy_from_slice(name.as_bytes());
    header.set_size(STORY.len() as u64);
    header.set_mode(0o644);
    header.set_cksum();
    let mut tape = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    tape.append(&header, STORY.as_bytes()).unwrap();
    tape.into_inner().unwrap().finish().unwrap()
}

/// Entities that name one another: ten of each make the one before.
fn laughs(within: &str) -> String {
    let entity = |n: usize| format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10));
    let entities: String = (1..12).map(entity).collect();
    let head = "<?xml version=\"1.0\"?>";
    format!("{head}<!DOCTYPE x [<!ENTITY a0 \"ha ha ha\"><!ENTITY f SYSTEM \"file:///etc/passwd\">{entities}]>{within}")
}

fn document(entity: &str) -> Vec<u8> {
    let body = format!("<w:document><w:body><w:p><w:r><w:t>{STORY} &{entity};</w:t></w:r></w:p></w:body></w:document>");
    zipped(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", laughs(&body).as_bytes())])
}

/// Name, bytes.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let nested = |open: &str, times: usize| open.repeat(times);
    let feed = |words: &str| {
        let item = format!("<item><title>{words}</title><description>{STORY}</description></item>");
        laughs(&format!("<rss version=\"2.0\"><channel><title>t</title>{item}</channel></rss>"))
    };
    let mail = |depth: usize| {
        let part = |n: usize| format!("Content-Type: multipart/mixed; boundary=\"b{n}\"\r\n\r\n--b{n}\r\n");
        format!("From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n{}", (0..depth).map(part).collect::<String>())
    };
    let crawl = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\nContent-Length: 99999999999\r\n\r\nHTTP/1.1 \
         200 OK\r\n\r\n{STORY}"
    );
    vec![
        ("a gigabyte of zeros, gzipped", gzipped(1024)),
        ("zeros in a zip", zipped(&[("a.txt", &vec![0u8; 100 << 20])])),
        ("zeros in a Word file", zipped(&[("word/document.xml", &vec![0u8; 100 << 20])])),
        ("zips in zips", (0..40).fold(zipped(&[("a.txt", STORY.as_bytes())]), |inner, _| zipped(&[("a.zip", &inner)]))),
        (
            "paths out of a zip",
            zipped(&[("../../outside.txt", STORY.as_bytes()), ("/tmp/outside.txt", STORY.as_bytes())]),
        ),
        ("a path out of a tape", taped("../../outside.txt")),
        ("entities of a feed", feed("&a11;").into_bytes()),
        ("a file as an entity of a feed", feed("&f;").into_bytes()),
        ("entities of a Word file", document("a11")),
        ("a file as an entity of a Word file", document("f")),
        ("deep JSON", nested("[", 2_000_000).into_bytes()),
        ("deep JSON in a record", format!("{{\"text\":{}", nested("[", 500_000)).into_bytes()),
        ("deep markup", format!("<html><body>{}{STORY}", nested("<div>", 400_000)).into_bytes()),
        ("tables in tables", format!("<html><body>{}{STORY}", nested("<table><tr><td>", 100_000)).into_bytes()),
        ("marks that are never closed", format!("<html><body>{STORY}{}", nested("<a href='", 200_000)).into_bytes()),
        ("deep markup in a feed", format!("<rss><channel>{}", nested("<item>", 300_000)).into_bytes()),
        ("parts in parts of a letter", mail(20_000).into_bytes()),
        ("a table of a million columns", format!("title,text{}\n{STORY}", nested(",x", 1_000_000)).into_bytes()),
        ("one word of 20 MB", nested("a", 20 << 20).into_bytes()),
        ("quotation marks without end", nested("“a” 'b \"c ", 60_000).into_bytes()),
        ("a paragraph of 1 MB", nested(&format!("{STORY} "), 16_000).into_bytes()),
        ("a record that says it is huge", crawl.into_bytes()),
        ("marks that turn the line", format!("\u{202e}{STORY}\u{2066}{}", nested("\u{202a}", 100_000)).into_bytes()),
    ]
}

/// Runs the program and returns its answer with the most memory that it held, in MB, where the system tells.
fn watched(desk: &Desk, line: &[&str]) -> (Answer, Option<u64>) {
    let mut child = desk.command(line).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (status, mut most) = (format!("/proc/{}/status", child.id()), None);
    let readers = [
        child.stdout.take().map(|out| std::thread::spawn(move || read(out))),
        child.stderr.take().map(|err| std::thread::spawn(move || read(err))),
    ];
    while child.try_wait().unwrap().is_none() {
        let held = std::fs::read_to_string(&status).ok().and_then(|status| {
            let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().to_owned();
            line.strip_suffix(" kB")?.parse::<u64>().ok()
        });
        most = most.max(held.map(|kilobytes| kilobytes / 1024));
        std::thread::sleep(Duration::from_millis(5));
    }
    let [stdout, stderr] = readers.map(|reader| reader.unwrap().join().unwrap());
    (answer(&std::process::Output { status: child.wait().unwrap(), stdout, stderr }), most)
}

fn read(mut from: impl std::io::Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes).unwrap();
    bytes
}

#[test]
fn hostile_files_cost_bounded_time_and_memory_and_write_nowhere() {
    let desk = Desk::new();
    std::fs::create_dir_all(desk.path("in/here")).unwrap();
    for (name, bytes) in files() {
        std::fs::write(desk.path("in/here/file"), &bytes).unwrap();
        let begun = Instant::now();
        let (loaded, most) = watched(&desk, &["load", "in/here/file", "--reader", "fast"]);
        let took = begun.elapsed();
        assert!((0..=1).contains(&loaded.code), "{name}: ended with {}: {}", loaded.code, loaded.err);
        assert!(loaded.code == 0 || loaded.out.len() + loaded.err.len() > 20, "{name}: refused without a word");
        wait::within(LONGEST, begun, name);
        assert!(most.is_none_or(|most| most < MOST), "{name}: {most:?} MB");
        let told = if loaded.code == 0 { "read" } else { "refused" };
        let (size, most) = (bytes.len() / 1024, most.map_or("?".into(), |most| most.to_string()));
        tell(&format!("{name} ({size} KB): {told}, {:.1} s, {most} MB", took.as_secs_f64()));
    }
    let mut left: Vec<String> = std::fs::read_dir(desk.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    left.retain(|name| !name.starts_with("d.db") && name != "in" && !name.starts_with('.'));
    assert!(left.is_empty(), "files that nobody asked for: {left:?}");
    assert!(!std::path::Path::new("/tmp/outside.txt").exists());
    assert!(!desk.export().contains("root:"), "a file of this computer was read into an article");
}
