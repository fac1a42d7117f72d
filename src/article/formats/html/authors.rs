//! Who wrote a page: JSON-LD, then `meta`, then links and lines marked as a byline.

use super::linked::Linked;
use super::page::Page;
use crate::article::{BlockKind, blocks};
use std::collections::BTreeSet;

/// How many leaves after the headline a byline stands at most.
const NEAR: usize = 12;

/// Wire agencies and desks, lower case: no authors, unless nobody else is named.
const DESKS: &[&str] = &[
    "associated press",
    "the associated press",
    "ap",
    "reuters",
    "afp",
    "agence france-presse",
    "pa media",
    "press association",
    "pa",
    "upi",
    "dpa",
    "ians",
    "pti",
    "ani",
    "xinhua",
    "bloomberg",
    "staff",
    "news staff",
    "staff reporter",
    "staff writer",
    "staff report",
    "staff reports",
    "newsroom",
    "news desk",
    "newsdesk",
    "web desk",
    "editorial",
    "editorial board",
    "editor",
    "editors",
    "admin",
    "administrator",
    "guest",
    "guest author",
    "contributor",
    "wire",
    "wire services",
    "cnn newsource",
    "tribune news service",
    "stringer",
    "online desk",
    "digital desk",
    "agencies",
    "agency",
    "pr newswire",
];

/// Words that no name holds.
const NO_NAMES: &[&str] = &[
    "read",
    "more",
    "share",
    "follow",
    "subscribe",
    "published",
    "updated",
    "minutes",
    "ago",
    "http",
    "www",
    "news.com",
    "posted",
    "view",
    "see",
    "all",
    "posts",
    "comments",
    "twitter",
    "facebook",
    "email",
    "photo",
    "photos",
    "click",
    "here",
    "about",
    "profile",
    "min",
    "updates",
];

/// Last words of a title or office.
const JOBS: &[&str] = &[
    "reporter",
    "editor",
    "writer",
    "correspondent",
    "producer",
    "columnist",
    "journalist",
    "analyst",
    "contributor",
    "author",
    "phd",
    "ph.d",
    "md",
    "m.d",
    "esq",
    "officer",
    "director",
    "head",
    "chief",
    "president",
    "professor",
    "university",
    "labs",
    "photographer",
    "critic",
    "fellow",
    "intern",
    "blogger",
    "founder",
    "ceo",
    "manager",
    "anchor",
    "host",
];

/// Last words of the name of a newspaper.
const PAPERS: &[&str] = &[
    "courier-post",
    "enquirer",
    "times",
    "gazette",
    "herald",
    "tribune",
    "journal",
    "courier",
    "post",
    "telegram",
    "today",
    "network",
    "register",
    "chronicle",
    "dispatch",
    "observer",
    "news",
    "press",
    "examiner",
    "sentinel",
];

/// What comes before a name in a byline, lower case.
const BEFORE: &[&str] = &[
    "by:",
    "by",
    "written by",
    "story by",
    "words by",
    "reported by",
    "reporting by",
    "authored by",
    "author:",
    "author",
    "posted by",
    "from",
    "text by",
    "von",
    "par",
    "por",
    "di",
    "review by",
    "opinion by",
    "analysis by",
    "guest post by",
];

/// The authors in order, each once.
pub(super) fn authors(page: &Page, linked: &Linked) -> Vec<String> {
    let outlet = super::titles::outlet(page, linked).map(|outlet| fold(&outlet));
    let metas: Vec<&str> = [
        "author",
        "article:author",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "dc.contributor",
        "byl",
        "citation_author",
        "article.author",
        "og:article:author",
        "cxenseparse:author",
        "twitter:creator:name",
        "creator",
    ]
    .into_iter()
    .map(|name| page.all_metas(name).collect::<Vec<_>>())
    .find(|found| found.iter().any(|name| !names(name).is_empty()))
    .unwrap_or_default();
    let signed = |wanted: &dyn Fn(&str) -> bool| -> Vec<&str> {
        page.signed.iter().filter(|(_, mark, _)| wanted(mark)).map(|(text, _, _)| text.as_str()).collect()
    };
    // Where a byline stands: from just before the headline to a little after it.
    let headline = page.headlines.first().map_or(0, |(_, at)| *at);
    let near = |at: usize| at + 3 >= headline && at <= headline + NEAR;
    let lines = page.leaves.iter().enumerate().filter(|(at, _)| near(*at)).map(|(_, leaf)| leaf.text.as_str());
    let lines: Vec<&str> = lines.filter(|line| blocks::furniture(line) == Some(BlockKind::Byline)).collect();
    let sources: Vec<Vec<&str>> = vec![
        linked.authors.iter().map(String::as_str).collect(),
        metas,
        signed(&|mark| mark.contains("rel-author")),
        signed(&|mark| {
            ["author-name", "authorname", "byline-name", "author__name", "author_name", "byline__name"]
                .iter()
                .any(|name| mark.contains(name))
        }),
        signed(&|mark| mark.contains("byline") || mark.contains("vcard")).into_iter().take(1).collect(),
        signed(&|mark| mark.contains("author")).into_iter().take(1).collect(),
        page.signed
            .iter()
            .filter(|(_, mark, at)| mark == "link" && near(*at))
            .map(|(text, ..)| text.as_str())
            .take(1)
            .collect(),
        lines.into_iter().take(1).collect(),
    ];
    let mut desks: Vec<String> = Vec::new();
    for source in sources {
        let found = source.into_iter().flat_map(names).map(|name| without_affiliation(&name, outlet.as_deref()));
        let found: Vec<String> = found.filter(|name| !name.is_empty()).collect();
        let (bodies, people): (Vec<String>, Vec<String>) = found.into_iter().partition(|name| {
            let folded = fold(name);
            DESKS.contains(&folded.as_str()) || outlet.as_deref() == Some(folded.as_str()) || is_desk(&folded)
        });
        if !people.is_empty() {
            return once(people);
        }
        if desks.is_empty() {
            desks = bodies;
        }
    }
    once(desks)
}

fn is_desk(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    words.iter().any(|word| {
        matches!(
            *word,
            "staff"
                | "desk"
                | "newsroom"
                | "team"
                | "editors"
                | "news"
                | "press"
                | "correspondent"
                | "reporters"
                | "bureau"
                | "agency"
                | "magazine"
                | "editorial"
        )
    }) || name.ends_with(".com")
}

fn fold(name: &str) -> String {
    name.to_lowercase()
}

fn once(names: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    names.into_iter().filter(|name| seen.insert(fold(name))).collect()
}

/// The names in a byline: "By A and B, Harbour Post" gives A and B.
pub(in crate::article::formats) fn names(line: &str) -> Vec<String> {
    let line = super::entities(line);
    let mut line = line.trim();
    if line.contains("://") || line.starts_with("www.") {
        return Vec::new();
    }
    loop {
        let cut = BEFORE.iter().find_map(|before| {
            let head = line.get(..before.len())?;
            let rest = &line[before.len()..];
            (head.eq_ignore_ascii_case(before) && (before.ends_with(':') || rest.starts_with([' ', '\u{a0}', ':'])))
                .then_some(rest)
        });
        match cut {
            Some(rest) => line = rest.trim_start_matches([' ', ':', '\u{a0}']),
            None => break,
        }
    }
    let line = line.split(['|', '•', '·', '(', '[', '—', '–', '\n']).next().unwrap_or_default();
    let line = line.split(" - ").next().unwrap_or_default();
    let mut out = Vec::new();
    for part in line
        .split([',', ';', '/', '&'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" And "))
        .flat_map(|part| part.split(" AND "))
    {
        let name = part
            .trim()
            .trim_start_matches("and ")
            .trim_start_matches("by ")
            .trim_start_matches("By ")
            .trim_matches(['.', ':', '@', '-', '"', ' ']);
        // After the first name come more names, or a title and a place.
        let more = out.is_empty() || name.split_whitespace().count() > 1 && !has_job(&name.to_lowercase());
        if is_name(name) && more {
            out.push(name.to_owned());
        }
    }
    out
}

/// One to five words, mostly with capitals, no digits.
fn is_name(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let lower = name.to_lowercase();
    (1..=5).contains(&words.len())
        && name.chars().count() >= 2
        && !name.contains(['@', '?', '!', '='])
        && !name.chars().any(|c| c.is_ascii_digit())
        && words.iter().filter(|word| word.starts_with(|c: char| !c.is_lowercase())).count() * 2 >= words.len()
        && !lower.split_whitespace().any(|word| NO_NAMES.contains(&word))
        && !is_job(&lower)
}

/// What people are and not who: "senior reporter", "Political Editor".
fn is_job(lower: &str) -> bool {
    lower.split_whitespace().last().is_some_and(|word| JOBS.contains(&word)) && !DESKS.contains(&lower)
}

/// A title, an office or a body behind a name.
fn has_job(lower: &str) -> bool {
    lower.split_whitespace().any(|word| JOBS.contains(&word)) || DESKS.contains(&lower) || is_desk(lower)
}

/// Cuts what stands behind a name without a comma: degrees, and the outlet or agency a person works for.
fn without_affiliation(name: &str, outlet: Option<&str>) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    if words.len() < 3 || words[0].eq_ignore_ascii_case("the") {
        return name.to_owned();
    }
    let plain =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let capitals = |word: &&str| {
        word.len() > 1
            && !matches!(*word, "II" | "III" | "IV" | "JR" | "SR")
            && word.chars().all(|c| c.is_uppercase() || c == '.')
    };
    let shouted = words.iter().all(capitals);
    for at in 2..words.len() {
        let rest = words[at..].join(" ");
        let outlet = outlet.map(plain).filter(|outlet| outlet.len() > 4);
        let own = outlet.is_some_and(|outlet| {
            plain(&rest).contains(&outlet) || plain(&rest).len() > 4 && outlet.contains(&plain(&rest))
        });
        let degrees = !shouted && words[at..].iter().all(capitals);
        let paper = PAPERS.iter().any(|paper| rest.to_lowercase().ends_with(paper)) && at + 1 < words.len();
        if own || degrees || paper || DESKS.contains(&rest.to_lowercase().as_str()) {
            return words[..at].join(" ");
        }
    }
    name.to_owned()
}
