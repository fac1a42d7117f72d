//! Fetching, from a small server of the test's own.

#![cfg(feature = "fetch")]

use crate::support::server::{OK, server};
use crate::support::wait;
use flate2::{Compression, write::GzEncoder};
use onrecord::workbench::fetch::{Answer, FetchError, Page, Rules, page, public, since};
use std::io::Write;
use std::net::{IpAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

fn answer(path: &str, request: &str, to: &mut TcpStream) -> std::io::Result<()> {
    match path {
        "/packed" => {
            let mut packed = GzEncoder::new(Vec::new(), Compression::default());
            packed.write_all(b"The quay is open.")?;
            to.write_all(format!("{OK}Content-Encoding: gzip\r\n\r\n").as_bytes())?;
            to.write_all(&packed.finish()?)
        }
        "/bomb" => {
            let mut packed = GzEncoder::new(Vec::new(), Compression::best());
            packed.write_all(&vec![b'a'; 4 << 20])?;
            to.write_all(format!("{OK}Content-Encoding: gzip\r\n\r\n").as_bytes())?;
            to.write_all(&packed.finish()?)
        }
        "/damaged" => to.write_all(format!("{OK}Content-Encoding: gzip\r\n\r\nno gzip at all").as_bytes()),
        "/brotli" => to.write_all(format!("{OK}Content-Encoding: br\r\n\r\nabc").as_bytes()),
        "/short" => to.write_all(format!("{OK}Content-Length: 99\r\n\r\nabc").as_bytes()),
        "/said" => to.write_all(
            format!("{OK}Content-Type: text/html; Charset=\"ISO-8859-2\"\r\nETag: \"7\"\r\n\r\nabc").as_bytes(),
        ),
        "/picture" => to.write_all(format!("{OK}Content-Type: image/png\r\n\r\nabc").as_bytes()),
        "/known" if request.contains("if-none-match: \"7\"") => to.write_all(b"HTTP/1.1 304 Not Modified\r\n\r\n"),
        "/known" => to.write_all(format!("{OK}\r\nnew").as_bytes()),
        "/moved" => to.write_all(b"HTTP/1.1 301 Moved\r\nLocation: /packed\r\nContent-Length: 0\r\n\r\n"),
        "/loop" => to.write_all(b"HTTP/1.1 302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\n\r\n"),
        "/inward" => to.write_all(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.2:1/\r\nContent-Length: 0\r\n\r\n"),
        "/file" => to.write_all(b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n"),
        "/endless" => {
            to.write_all(format!("{OK}\r\n").as_bytes())?;
            loop {
                to.write_all(&[b'a'; 65_536])?;
            }
        }
        "/silent" => {
            std::thread::sleep(Duration::from_secs(3));
            Ok(())
        }
        "/drops" => {
            to.write_all(format!("{OK}\r\n").as_bytes())?;
            for _ in 0..60 {
                to.write_all(b"a")?;
                std::thread::sleep(Duration::from_millis(50));
            }
            Ok(())
        }
        "/gone" => to.write_all(b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n"),
        _ => to.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"),
    }
}

fn rules() -> Rules {
    Rules {
        time: Duration::from_millis(700),
        most: 1 << 20,
        redirects: 3,
        may_reach: |ip| ip == IpAddr::from([127, 0, 0, 1]),
    }
}

fn fetched(address: &str) -> Result<Page, FetchError> {
    page(address, rules(), &AtomicBool::new(false))
}

#[test]
fn what_is_sent_arrives_unpacked_with_what_was_said_of_it() {
    let at = server(answer);
    for path in ["/packed", "/moved"] {
        let page = fetched(&format!("{at}{path}#place")).unwrap();
        assert_eq!((page.bytes.as_slice(), page.address), (&b"The quay is open."[..], format!("{at}/packed")));
    }
    let said = fetched(&format!("{at}/said")).unwrap();
    assert_eq!(said.charset(), Some("ISO-8859-2"));
    let known = said.validators();
    assert_eq!(known.etag.as_deref(), Some("\"7\""));
    let stop = AtomicBool::new(false);
    assert_eq!(since(&format!("{at}/known"), &known, rules(), &stop).unwrap(), Answer::Unchanged);
    assert_eq!(fetched(&format!("{at}/known")).unwrap().bytes, b"new");
}

#[test]
fn what_goes_wrong_is_told_with_the_address_and_what_to_try() {
    let at = server(answer);
    for (path, told) in [
        ("/none", "404 (there is no such page): check the address"),
        ("/gone", "410 (there is no such page)"),
        ("/loop", "redirects more than 3 times"),
        ("/inward", "redirected to http://127.0.0.2:1/) is refused: 127.0.0.2 is no public address"),
        ("/file", "invalid address file:///etc/passwd: file is not fetched, only http and https"),
        ("/endless", "larger than 1 MB"),
        ("/bomb", "larger than 1 MB"),
        ("/damaged", "cannot be fetched"),
        ("/brotli", "packed as br"),
        ("/short", "cannot be fetched"),
        ("/picture", "is image/png, which holds no article"),
        ("/silent", "took longer than 700 ms: try again later"),
        ("/drops", "took longer than 700 ms: try again later"),
    ] {
        let begun = Instant::now();
        let error = fetched(&format!("{at}{path}")).unwrap_err().to_string();
        assert!(error.contains(told), "{path}: {error}");
        assert!(path == "/file" || error.contains(&at), "{path}: {error}");
        wait::within(Duration::from_secs(2), begun, path);
    }
}

#[test]
fn only_what_may_be_reached_is_asked() {
    let at = server(answer);
    let usual = Rules { may_reach: public, ..rules() };
    let port = at.rsplit(':').next().unwrap();
    for host in ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]"] {
        let error = page(&format!("http://{host}:{port}/packed"), usual, &AtomicBool::new(false)).unwrap_err();
        assert!(matches!(error, FetchError::Refused { .. }), "{host}: {error}");
    }
    for (address, told) in [
        ("http://ada:secret@harbourpost.example/a", "http://…@harbourpost.example/a holds a user name"),
        ("ftp://harbourpost.example/a", "only http and https"),
        ("https://", "invalid address"),
        ("http://harbourpost.invalid/a", "no such host"),
        ("http://127.0.0.1:1/a", "cannot be fetched"),
    ] {
        let error = fetched(address).unwrap_err().to_string();
        assert!(error.contains(told) && !error.contains("secret"), "{address}: {error}");
    }
}

#[test]
fn a_connection_that_is_not_secure_is_told() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
            std::thread::sleep(Duration::from_millis(200));
        }
    });
    let error = fetched(&format!("https://127.0.0.1:{port}/")).unwrap_err();
    assert!(matches!(error, FetchError::Tls { .. }), "{error}");
}

#[test]
fn who_stops_does_not_wait_for_the_server() {
    let at = server(answer);
    let (stop, begun) = (AtomicBool::new(false), Instant::now());
    let slow = Rules { time: Duration::from_secs(20), ..rules() };
    let error = std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(Duration::from_millis(50));
            stop.store(true, Ordering::Relaxed);
        });
        page(&format!("{at}/silent"), slow, &stop).unwrap_err()
    });
    assert!(matches!(error, FetchError::Stopped(_)), "{error}");
    wait::within(Duration::from_secs(1), begun, "stopping");
}
