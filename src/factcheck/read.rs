//! From the bytes of a file to its checks: a saved page, JSON in any of its shapes, or a table.

use super::lenient::{self, Mended};
use super::node::{Node, Nodes, address, get, is};
use super::table::{self, Columns};
use super::{FactCheck, linked, microdata, services};
use crate::article::formats::packed::gunzip;
use crate::article::formats::{Room, html};
use crate::article::{ReadError, decode};
use serde_json::Value;

/// Values nested deeper than this are not looked into.
const DEEPEST: usize = 32;
/// Lists of records in an object that is nothing else.
const LISTS: [&str; 6] = ["claims", "items", "data", "results", "checks", "records"];

/// What a file gives.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    pub checks: Vec<FactCheck>,
    pub lost: Vec<Lost>,
    /// What was mended to read it.
    pub warnings: Vec<String>,
}

/// Something that could not be taken: where in the file, and why.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Lost {
    /// `block 2`, `line 14`, `item 3`.
    pub place: String,
    pub reason: String,
}

/// What the page or record around a check tells of it.
#[derive(Debug, Clone, Default)]
pub(super) struct Around {
    pub url: Option<String>,
    pub title: String,
    pub language: Option<String>,
}

/// Reads every check in the bytes of one file; one bad block never stops the others. `origin` names who checked where a record
/// does not.
///
/// # Errors
/// When the bytes are no text, or cannot be unpacked.
pub fn read(bytes: &[u8], name: &str, columns: &Columns, origin: &str) -> Result<Found, ReadError> {
    let unpacked = if bytes.starts_with(b"\x1f\x8b") { Some(gunzip(bytes, name, &Room::default())?) } else { None };
    let bytes = unpacked.as_deref().unwrap_or(bytes);
    let mut reader = Reader { found: Found::default(), nodes: Nodes::default(), columns, origin };
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let opening = start.iter().find(|byte| !byte.is_ascii_whitespace());
    let mut warnings = Vec::new();
    match opening {
        Some(b'<') if !start.trim_ascii_start().starts_with(b"<!--{") => reader.page(bytes, name, &mut warnings)?,
        Some(b'{' | b'[') => reader.json(&decode::decode(bytes, name, &mut warnings)?),
        _ => {
            let text = decode::decode(bytes, name, &mut warnings)?;
            if text.contains('{') && text.contains("claimReviewed") {
                reader.json(&text);
            } else if !columns.is_empty() || table::is_table(&text) {
                reader.table(&text);
            }
        }
    }
    let Found { checks, lost, warnings: mut said } = reader.found;
    said.splice(0..0, warnings.into_iter().map(|warning| warning.0));
    Ok(Found { checks, lost, warnings: said })
}

struct Reader<'a> {
    found: Found,
    nodes: Nodes,
    columns: &'a Columns,
    origin: &'a str,
}

impl Reader<'_> {
    fn page(&mut self, bytes: &[u8], name: &str, warnings: &mut Vec<crate::article::Warning>) -> Result<(), ReadError> {
        let page = html::open(bytes, name, warnings)?;
        let mut blocks = Vec::new();
        for (number, script) in (1..).zip(&page.scripts) {
            let place = format!("block {number}");
            match self.mended(script, &place) {
                Some(value) => blocks.push((place, value)),
                None => self.lose(&place, "no JSON that could be read"),
            }
        }
        let marked = microdata::objects(&page.document);
        blocks.extend((1..).zip(marked).map(|(number, value)| (format!("marked-up item {number}"), value)));
        blocks.iter().for_each(|(_, value)| self.nodes.add(value));
        let around = around(&page.document);
        for (place, value) in &blocks {
            self.walk(value, &around, place, 0);
        }
        // One check may be marked up in both ways.
        let mut seen = std::collections::BTreeSet::new();
        self.found.checks.retain(|check| seen.insert((check.url.clone(), super::wording::plain(&check.claim))));
        Ok(())
    }

    fn json(&mut self, text: &str) {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let whole = |line: &str| line.starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok();
        if lines.clone().take(2).count() == 2 && lines.clone().take(2).any(|line| whole(line.trim())) {
            return self.lines(text);
        }
        let Some(value) = self.mended(text, "the file") else {
            return self.lose("the file", "no JSON that could be read");
        };
        self.nodes.add(&value);
        let before = self.found.checks.len() + self.found.lost.len();
        self.walk(&value, &Around::default(), "", 0);
        if self.found.checks.len() + self.found.lost.len() == before {
            self.records(&value);
        }
    }

    fn lines(&mut self, text: &str) {
        for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
            let place = format!("line {number}");
            let Some(value) = self.mended(line.trim().trim_end_matches(','), &place) else {
                self.lose(&place, "no JSON that could be read");
                continue;
            };
            let before = self.found.checks.len() + self.found.lost.len();
            self.nodes = Nodes::default();
            self.nodes.add(&value);
            self.walk(&value, &Around::default(), &place, 0);
            if self.found.checks.len() + self.found.lost.len() == before {
                self.record(&value, &place);
            }
        }
    }

    /// Reads a block, and says what was mended in it.
    fn mended(&mut self, text: &str, place: &str) -> Option<Value> {
        let Mended { value, faults } = lenient::parse(text)?;
        if !faults.is_empty() {
            self.found.warnings.push(format!("{place} is no right JSON and was mended: {}", faults.join(", ")));
        }
        Some(value)
    }

    fn lose(&mut self, place: &str, reason: &str) {
        self.found.lost.push(Lost { place: place.to_owned(), reason: reason.to_owned() });
    }

    fn keep(&mut self, checks: impl IntoIterator<Item = Result<FactCheck, String>>, place: &str) {
        for check in checks {
            match check {
                Ok(check) if !check.claim.contains(char::is_alphanumeric) => {
                    self.lose(place, "its claim holds no words");
                }
                Ok(check) => self.found.checks.push(check),
                Err(reason) => self.lose(place, &reason),
            }
        }
    }

    /// Looks for checks in a value, however deep they stand.
    fn walk(&mut self, value: &Value, around: &Around, place: &str, depth: usize) {
        match value {
            Value::Array(values) if depth < DEEPEST => {
                for (number, one) in (1..).zip(values) {
                    let inner = format!("item {number}");
                    let inner = if place.is_empty() { inner } else { place.to_owned() };
                    self.walk(one, around, &inner, depth + 1);
                }
            }
            Value::Object(node) if depth < DEEPEST => {
                if is(node, "ClaimReview") && !is_reference(node) {
                    return self.keep([linked::fact_check(node, &self.nodes, around)], stands_at(place));
                }
                if let Some(checks) = services::searched(node).or_else(|| services::marked(node)) {
                    return self.keep(checks, stands_at(place));
                }
                let own = if is(node, "DataFeedItem") {
                    Around { url: address(node, &["url"]).or_else(|| around.url.clone()), ..around.clone() }
                } else {
                    around.clone()
                };
                node.values().for_each(|one| self.walk(one, &own, place, depth + 1));
            }
            _ => {}
        }
    }

    /// Takes objects of no known type as records with fields.
    fn records(&mut self, value: &Value) {
        match value {
            Value::Array(values) => {
                for (number, one) in (1..).zip(values) {
                    self.record(one, &format!("item {number}"));
                }
            }
            Value::Object(node) => match LISTS.iter().find_map(|key| node.get(*key)?.as_array()) {
                Some(list) => self.records(&Value::Array(list.clone())),
                None => self.record(value, "the file"),
            },
            _ => {}
        }
    }

    fn record(&mut self, value: &Value, place: &str) {
        let Some(node) = value.as_object() else { return self.lose(place, "a record is an object with fields") };
        if node.contains_key("@type") || node.contains_key("@context") {
            return;
        }
        let there: Vec<&str> = node.keys().map(String::as_str).collect();
        let values: Vec<String> = node.values().map(|value| super::node::text(value).unwrap_or_default()).collect();
        let check = self.columns.places(&there).and_then(|places| {
            let value = |at: usize| values[at].clone();
            let odd = table::odd_days(self.columns, &places, &value);
            self.found.warnings.extend(odd.into_iter().map(|odd| format!("{place}: {odd}")));
            table::fact_check(self.columns, &places, value, self.origin)
        });
        self.keep([check], place);
    }

    fn table(&mut self, text: &str) {
        let mut reader = table::rows(text);
        let names: Vec<String> = match reader.headers() {
            Ok(names) => names.iter().map(|name| name.trim().to_owned()).collect(),
            Err(error) => return self.lose("line 1", &error.to_string()),
        };
        let there: Vec<&str> = names.iter().map(String::as_str).collect();
        let places = match self.columns.places(&there) {
            Ok(places) => places,
            Err(reason) => return self.lose("line 1", &reason),
        };
        self.found.warnings.extend(table::unused(&places, &there));
        let above = text.lines().take_while(|line| line.trim().is_empty()).count() as u64;
        for row in reader.records() {
            let at = match &row {
                Ok(row) => row.position(),
                Err(error) => error.position(),
            };
            let place = at.map_or_else(|| "a line".to_owned(), |at| format!("line {}", above + at.line()));
            let check = row.map_err(|error| error.to_string()).and_then(|row| {
                let value = |at: usize| row.get(at).map(html::words).unwrap_or_default();
                let odd = table::odd_days(self.columns, &places, &value);
                self.found.warnings.extend(odd.into_iter().map(|odd| format!("{place}: {odd}")));
                table::fact_check(self.columns, &places, value, self.origin)
            });
            self.keep([check], &place);
        }
    }
}

const fn stands_at(place: &str) -> &str {
    if place.is_empty() { "the file" } else { place }
}

/// A node that only points to another by its id.
fn is_reference(node: &Node) -> bool {
    get(node, "@id").is_some() && node.keys().all(|key| key == "@id" || key == "@type")
}

/// What a page says of itself.
fn around(document: &trafilatura::dom::Document) -> Around {
    let root = document.root();
    let of =
        |selector: &str, attribute: &str| document.get_attribute(document.query_selector(root, selector)?, attribute);
    let title = document.query_selector(root, "h1").or_else(|| document.query_selector(root, "title"));
    Around {
        url: of("link[rel=canonical]", "href")
            .or_else(|| of("meta[property='og:url']", "content"))
            .filter(|url| url.contains("://")),
        title: title.map(|id| html::words(&document.text_content(id))).unwrap_or_default(),
        language: of("html", "lang").filter(|language| !language.is_empty()),
    }
}
