//! Names of outlets (`lexicon/outlets.tsv`): by the host of an address, and in the place of a slug that somebody took from
//! a file's name. What the table does not know has no name here; nothing is guessed.

use super::address;
use crate::lexicon::letters::bare;
use crate::lexicon::tables;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

/// Host and name.
static HOSTS: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| rows().map(|[host, name, _]| (host, name)).collect());

/// What each name is written like where only letters and digits count; what two names share stands for neither.
static SLUGS: LazyLock<BTreeMap<String, &str>> = LazyLock::new(|| {
    let mut written: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for [host, name, others] in rows() {
        let short = name.strip_prefix("The ").filter(|short| short.contains(' '));
        let forms = [name, host].into_iter().chain(short).chain(others.split(" | "));
        for form in forms.map(bare).filter(|form| !form.is_empty()) {
            written.entry(form).or_default().insert(name);
        }
    }
    let single = |(form, names): (String, BTreeSet<&'static str>)| Some((form, names.first().copied()?, names.len()));
    written
        .into_iter()
        .filter_map(single)
        .filter(|(.., names)| *names == 1)
        .map(|(form, name, _)| (form, name))
        .collect()
});

/// Host, name, other words.
fn rows() -> impl Iterator<Item = [&'static str; 3]> {
    tables::OUTLETS.rows().map(|row| [row[0], row[1], row.get(2).copied().unwrap_or_default()])
}

/// Returns the name of the outlet that an address belongs to, where the table knows its host.
///
/// ```
/// use onrecord::article::outlets::of_address;
/// assert_eq!(of_address("https://eu.usatoday.com/story/1"), Some("USA Today"));
/// assert_eq!(of_address("https://harbourpost.example/1"), None);
/// ```
pub fn of_address(address: &str) -> Option<&'static str> {
    of_host(address::plain(address)?.split(['/', ':']).next()?)
}

fn of_host(host: &str) -> Option<&'static str> {
    nearest(host, |host| HOSTS.get(host).copied())
}

/// The name of a host, else that of the nearest host above it that has one.
fn nearest<'a>(mut host: &str, name: impl Fn(&str) -> Option<&'a str>) -> Option<&'a str> {
    loop {
        if let Some(name) = name(host) {
            return Some(name);
        }
        host = host.split_once('.')?.1;
    }
}

/// Returns the host of an address, or a host that stands alone, as hosts are compared; `None` for what is neither.
///
/// ```
/// use onrecord::article::outlets::host_of;
/// assert_eq!(host_of("https://www.HarbourPost.example/a/1").as_deref(), Some("harbourpost.example"));
/// assert_eq!(host_of("m.harbourpost.example").as_deref(), Some("harbourpost.example"));
/// assert_eq!(host_of("Harbour Post"), None);
/// ```
pub fn host_of(written: &str) -> Option<String> {
    let written = written.trim();
    let plain = address::plain(written).or_else(|| address::plain(&format!("https://{written}")))?;
    let host = plain.split(['/', ':']).next()?;
    let is_host = host.contains('.') && !host.contains(|c: char| c.is_whitespace() || c == '%');
    is_host.then(|| host.to_owned())
}

/// Names that a person gave to hosts; they come before what a page says of itself and before the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnNames(Arc<BTreeMap<String, String>>);

impl OwnNames {
    /// Returns the name of the outlet that an address belongs to.
    pub fn of_address(&self, address: &str) -> Option<&str> {
        nearest(&host_of(address)?, |host| self.0.get(host).map(String::as_str))
    }
}

/// Hosts as [`host_of`] gives them, each with its name.
impl FromIterator<(String, String)> for OwnNames {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(names: T) -> Self {
        Self(Arc::new(names.into_iter().collect()))
    }
}

/// Returns the name that a slug, a host or the address of a site stands for; `None` for what is a name already.
///
/// ```
/// use onrecord::article::outlets::of_slug;
/// assert_eq!(of_slug("usa-today"), Some("USA Today"));
/// assert_eq!(of_slug("nytimes.com"), Some("The New York Times"));
/// assert_eq!(of_slug("harbour-post"), None);
/// ```
pub fn of_slug(written: &str) -> Option<&'static str> {
    let written = written.trim();
    if written.contains(|c: char| c.is_whitespace() || c.is_uppercase()) {
        return None;
    }
    of_address(written).or_else(|| of_host(written)).or_else(|| SLUGS.get(&bare(written)).copied())
}

/// The name that a slug stands for; anything else as it is.
pub fn named(written: String) -> String {
    of_slug(&written).map_or(written, str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_and_hosts_become_names_and_names_stay() {
        for (written, name) in [
            ("usa-today", Some("USA Today")),
            ("usa_today", Some("USA Today")),
            ("new-york-times", Some("The New York Times")),
            ("nyt", Some("The New York Times")),
            ("the-guardian", Some("The Guardian")),
            ("bbc", Some("BBC")),
            ("nytimes.com", Some("The New York Times")),
            ("www.bbc.co.uk", Some("BBC")),
            ("https://www.bbc.co.uk", Some("BBC")),
            ("USA Today", None),
            ("harbour-post", None),
            ("times", None),
            ("guardian", None),
            ("independent", None),
            ("-", None),
            ("", None),
        ] {
            assert_eq!(of_slug(written), name, "{written}");
        }
        assert_eq!(named("usa-today".into()), "USA Today");
        assert_eq!(named("harbour-post".into()), "harbour-post");
    }

    #[test]
    fn an_address_gives_the_outlet_of_its_host_and_of_no_other() {
        for (address, name) in [
            ("https://timesofindia.indiatimes.com/a", Some("The Times of India")),
            ("https://recipes.indiatimes.com/a", None),
            ("http://m.huffpost.com:80/a", Some("HuffPost")),
            ("https://www.google.com/amp/s/www.reuters.com/a/amp", Some("Reuters")),
            ("https://notreuters.com/a", None),
            ("https://reuters.com.harbour.example/a", None),
            ("https://com/", None),
            ("reuters.com", None),
        ] {
            assert_eq!(of_address(address), name, "{address}");
        }
    }

    #[test]
    fn every_host_stands_once_and_every_other_word_stands_for_its_name() {
        assert_eq!(rows().count(), HOSTS.len());
        for [host, name, others] in rows() {
            assert!(host.contains('.') && !host.starts_with("www.") && !host.contains(char::is_uppercase), "{host}");
            for other in others.split(" | ").filter(|other| !other.is_empty()) {
                assert_eq!(of_slug(other), Some(name), "{other}");
            }
        }
    }
}
