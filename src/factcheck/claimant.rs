//! Who claims something: somebody by name, nobody in particular ("Facebook posts", "viral image"), or the checker itself. The
//! words are rows of `lexicon/nobodies.tsv`.

use super::Claimant;
use crate::lexicon::letters::one_line;
use crate::lexicon::tables;
use serde::{Deserialize, Serialize};

/// Whether a claimant is somebody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Who {
    #[default]
    Named,
    Nobody,
    /// The checker put its own name.
    Checker,
}

/// Makes the claimant of a name; nothing for no name.
pub(super) fn claimant(name: &str, title: &str, same_as: &str, reviewer: &str, site: &str) -> Option<Claimant> {
    let name = name.trim();
    if !name.contains(char::is_alphanumeric) {
        return None;
    }
    let who = if is_checker(name, reviewer, site) {
        Who::Checker
    } else if is_nobody(name) {
        Who::Nobody
    } else {
        Who::Named
    };
    Some(Claimant { name: name.to_owned(), title: title.trim().to_owned(), same_as: same_as.to_owned(), who })
}

fn plain(name: &str) -> String {
    let kept = name
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .flat_map(char::to_lowercase)
        .collect::<String>();
    one_line(&kept)
}

/// The name of the checker, or that of its site: `politifact.com`.
fn is_checker(name: &str, reviewer: &str, site: &str) -> bool {
    let joined = |name: &str| plain(name).replace(' ', "");
    let own = joined(name);
    let host = host(site);
    let domain = host.rsplit_once('.').map_or("", |(domain, _)| domain);
    own == joined(reviewer) || !host.is_empty() && (own == joined(&host) || own == joined(domain))
}

/// The host of an address without `www.`, or nothing.
pub(super) fn host(address: &str) -> String {
    let host = url::Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_lowercase)).unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(&host).to_owned()
}

fn is_nobody(name: &str) -> bool {
    let name = format!(" {} ", plain(name));
    tables::NOBODIES.rows().any(|row| match row.as_slice() {
        ["is", words, ..] => name.trim() == *words,
        ["has", words, ..] => name.contains(&format!(" {words} ")),
        ["start", words, ..] => name.trim_start().starts_with(&format!("{words} ")),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_is_nobody_by_its_example() {
        for row in tables::NOBODIES.rows() {
            assert!(is_nobody(row[2]), "{row:?}");
        }
    }

    #[test]
    fn people_bodies_and_papers_are_somebody() {
        for name in [
            "Dana Whitlock",
            "The Washington Post",
            "Daily Mail",
            "Harbour Board",
            "Ann Page",
            "Internet Archive",
            "Mark Post",
            "Image Comics",
            "Message Group",
        ] {
            assert!(!is_nobody(name), "{name}");
        }
        let of =
            |name: &str| claimant(name, "", "", "Kestria Check", "https://www.kestriacheck.example/1").map(|c| c.who);
        assert_eq!(of("Kestria Check"), Some(Who::Checker));
        assert_eq!(of("KestriaCheck.example"), Some(Who::Checker));
        assert_eq!(of("Sena Tarn"), Some(Who::Named));
        assert_eq!(of(" - "), None);
    }
}
