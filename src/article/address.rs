//! Addresses as they are compared: one page has one, however a reader came to it.
//!
//! The scheme, `www.`, the mobile and the AMP twin of a page, parameters that only track (`lexicon/tracking.tsv`) and the
//! place within the page do not make another page.

use crate::lexicon::tables;
use std::sync::LazyLock;
use url::Url;

struct Row {
    begins: bool,
    name: &'static str,
}

static ROWS: LazyLock<Vec<Row>> =
    LazyLock::new(|| tables::TRACKING.rows().map(|row| Row { begins: row[0] == "start", name: row[1] }).collect());

/// Parts of a host name that tell how a page is shown.
const SHOWN: [&str; 4] = ["www", "m", "mobile", "amp"];

/// Returns an address in the form in which addresses are compared; `None` for what is no address of the web.
pub fn plain(address: &str) -> Option<String> {
    let url = Url::parse(&unwrapped(address.trim())).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let labels: Vec<&str> = url.host_str()?.split('.').collect();
    let last = labels.len().saturating_sub(2);
    let shown = labels.iter().enumerate().filter(|(at, label)| *at >= last || !SHOWN.contains(label));
    let host = shown.map(|(_, label)| *label).collect::<Vec<_>>().join(".");
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let parts: Vec<&str> = url.path().split('/').filter(|part| !part.is_empty()).collect();
    let parts = match &parts[..] {
        ["amp", rest @ ..] if !rest.is_empty() => rest,
        [rest @ .., "amp"] => rest,
        all => all,
    };
    let path = parts.join("/");
    let path = path.strip_suffix(".amp").map(str::to_owned).unwrap_or_else(|| path.replace(".amp.html", ".html"));
    let kept = url.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty() && !tracks(pair));
    let mut kept: Vec<&str> = kept.collect();
    kept.sort_unstable();
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    Some(format!("{host}{port}/{path}{query}"))
}

fn tracks(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
    ROWS.iter().any(|row| if row.begins { name.starts_with(row.name) } else { name == row.name })
}

/// The address inside one of an AMP cache or viewer: `www.google.com/amp/s/…`, `….cdn.ampproject.org/c/s/…`.
fn unwrapped(address: &str) -> String {
    let Some((_, rest)) = address.split_once("://") else { return address.to_owned() };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let inner = if host.starts_with("www.google.") {
        path.strip_prefix("amp/")
    } else if host.ends_with(".cdn.ampproject.org") || host == "cdn.ampproject.org" {
        ["c/", "v/", "a/"].iter().find_map(|kind| path.strip_prefix(kind))
    } else {
        None
    };
    match inner {
        Some(inner) => format!("https://{}", inner.strip_prefix("s/").unwrap_or(inner)),
        None => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_page_has_one_address() {
        let page = plain("https://harbourpost.example/2024/ferry?id=7").unwrap();
        for other in [
            "http://www.harbourpost.example/2024/ferry/?id=7",
            "https://m.harbourpost.example/2024/ferry?utm_source=letter&id=7&fbclid=IwAR#comments",
            "https://amp.harbourpost.example/2024/ferry?id=7",
            "https://harbourpost.example/amp/2024/ferry?id=7",
            "https://harbourpost.example/2024/ferry/amp?id=7",
            "https://www.google.com/amp/s/www.harbourpost.example/2024/ferry/amp/?id=7",
            "https://harbourpost-example.cdn.ampproject.org/c/s/harbourpost.example/2024/ferry?id=7&usqp=mq331",
        ] {
            assert_eq!(plain(other).unwrap(), page, "{other}");
        }
        for another in [
            "https://harbourpost.example/2024/ferry?id=8",
            "https://harbourpost.example/2024/ferry",
            "https://news.harbourpost.example/2024/ferry?id=7",
            "https://harbourpost.example:8080/2024/ferry?id=7",
        ] {
            assert_ne!(plain(another).unwrap(), page, "{another}");
        }
        assert_eq!(plain("https://m.example/a").unwrap(), "m.example/a");
        assert_eq!(plain("mailto:desk@harbourpost.example"), None);
        assert_eq!(plain("ferry"), None);
    }

    #[test]
    fn every_row_fires_on_its_example() {
        for row in tables::TRACKING.rows() {
            assert!(tracks(row[2]), "{row:?}");
        }
        for page in ["id=7", "p=12", "article=utm", "page=2", "story=ref"] {
            assert!(!tracks(page), "{page}");
        }
    }
}
