//! What a page says of itself in JSON-LD, broken blocks mended as far as they can be.

use serde_json::{Map, Value};

/// Types of schema.org that are an article.
const ARTICLES: [&str; 14] = [
    "newsarticle",
    "article",
    "reportagenewsarticle",
    "analysisnewsarticle",
    "opinionnewsarticle",
    "backgroundnewsarticle",
    "reviewnewsarticle",
    "askpublicnewsarticle",
    "blogposting",
    "liveblogposting",
    "techarticle",
    "scholarlyarticle",
    "report",
    "satiricalarticle",
];

/// Types that tell less, asked when there is no article.
const PAGES: [&str; 4] = ["webpage", "videoobject", "newsvideoobject", "itempage"];

/// What the JSON-LD of a page tells of its article.
#[derive(Debug, Default)]
pub(super) struct Linked {
    pub headline: Option<String>,
    pub published: Option<String>,
    pub modified: Option<String>,
    pub authors: Vec<String>,
    pub publisher: Option<String>,
    pub address: Option<String>,
    pub updates: Vec<Update>,
}

/// One update of a live page.
#[derive(Debug)]
pub(super) struct Update {
    pub headline: Option<String>,
    pub published: Option<String>,
    pub body: String,
    pub authors: Vec<String>,
    pub address: Option<String>,
}

impl Linked {
    /// Reads all blocks of a page.
    pub fn of(scripts: &[String]) -> Self {
        let mut nodes = Vec::new();
        for value in scripts.iter().filter_map(|script| parse(script)) {
            collect(value, &mut nodes, 0);
        }
        let mut linked = Self::default();
        let mut wanted: Vec<&Map<String, Value>> = nodes.iter().filter(|node| is(node, &ARTICLES)).collect();
        wanted.extend(nodes.iter().filter(|node| is(node, &PAGES)));
        for node in wanted {
            linked.take(node, &nodes);
        }
        linked
    }

    fn take(&mut self, node: &Map<String, Value>, nodes: &[Map<String, Value>]) {
        let text = |key: &str| node.get(key).and_then(text);
        let set = |slot: &mut Option<String>, found: Option<String>| {
            if slot.is_none() {
                *slot = found;
            }
        };
        set(&mut self.headline, text("headline").or_else(|| text("name").filter(|_| is(node, &ARTICLES))));
        set(&mut self.published, text("datePublished").or_else(|| text("dateCreated")).or_else(|| text("uploadDate")));
        set(&mut self.modified, text("dateModified"));
        if self.authors.is_empty() {
            self.authors = ["author", "creator"]
                .iter()
                .map(|key| people(node.get(*key), nodes, 0))
                .find(|a| !a.is_empty())
                .unwrap_or_default();
        }
        set(&mut self.publisher, people(node.get("publisher"), nodes, 0).into_iter().next());
        let page = node.get("mainEntityOfPage").and_then(|page| {
            self::text(page)
                .or_else(|| page.get("@id").and_then(self::text))
                .or_else(|| page.get("url").and_then(self::text))
        });
        set(&mut self.address, text("url").or(page).filter(|url| url.starts_with("http")));
        for update in node.get("liveBlogUpdate").into_iter().flat_map(list) {
            let Some(update) = update.as_object() else { continue };
            let text = |key: &str| update.get(key).and_then(self::text);
            let body = ["articleBody", "text"].iter().find_map(|key| update.get(*key).and_then(Value::as_str));
            if let Some(body) = body.map(super::entities) {
                self.updates.push(Update {
                    headline: text("headline"),
                    published: text("datePublished").or_else(|| text("dateModified")),
                    authors: people(update.get("author"), nodes, 0),
                    address: text("url"),
                    body,
                });
            }
        }
    }
}

/// Parses a block; control characters inside strings, comment marks and commas too many are mended first.
fn parse(script: &str) -> Option<Value> {
    let plain = script.trim().trim_start_matches("<!--").trim_end_matches("-->").trim();
    let plain =
        plain.trim_start_matches("//<![CDATA[").trim_start_matches("/*<![CDATA[*/").trim_start_matches("<![CDATA[");
    let plain = plain
        .trim_end_matches("//]]>")
        .trim_end_matches("/*]]>*/")
        .trim_end_matches("]]>")
        .trim()
        .trim_end_matches(';');
    if let Ok(value) = serde_json::from_str(plain) {
        return Some(value);
    }
    let spaced: String = plain.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let mut mended = String::with_capacity(spaced.len());
    let (mut quoted, mut escaped) = (false, false);
    for c in spaced.chars() {
        if quoted {
            if escaped && !matches!(c, '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u') {
                mended.pop();
            }
            quoted = escaped || c != '"';
            escaped = !escaped && c == '\\';
        } else {
            if matches!(c, '}' | ']') {
                let kept = mended.trim_end().trim_end_matches(',').len();
                mended.truncate(kept);
            }
            quoted = c == '"';
        }
        mended.push(c);
    }
    // Whatever follows the first whole value is left.
    serde_json::Deserializer::from_str(&mended).into_iter::<Value>().next()?.ok()
}

/// Puts every object with a type or an id into one list, nested ones after their holder.
fn collect(value: Value, out: &mut Vec<Map<String, Value>>, depth: usize) {
    match value {
        Value::Array(values) if depth < 8 => values.into_iter().for_each(|value| collect(value, out, depth + 1)),
        Value::Object(mut object) if depth < 8 => {
            let inner: Vec<Value> = ["@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement"]
                .iter()
                .filter_map(|key| match *key {
                    "@graph" => object.remove(*key),
                    _ => object.get(*key).filter(|value| value.is_object() || value.is_array()).cloned(),
                })
                .collect();
            out.push(object);
            inner.into_iter().for_each(|value| collect(value, out, depth + 1));
        }
        _ => {}
    }
}

fn is(node: &Map<String, Value>, types: &[&str]) -> bool {
    let named = |value: &Value| {
        value.as_str().is_some_and(|name| {
            let name = name.rsplit(['/', ':']).next().unwrap_or(name).to_ascii_lowercase();
            types.contains(&name.as_str())
        })
    };
    node.get("@type").is_some_and(|kind| list(kind).any(named))
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    let (many, one) = match value {
        Value::Array(values) => (values.as_slice(), None),
        other => (&[][..], Some(other)),
    };
    many.iter().chain(one)
}

/// The words of a string or number, entities decoded.
fn text(value: &Value) -> Option<String> {
    let words = match value {
        Value::String(words) => words.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(values) => return values.iter().find_map(text),
        Value::Object(object) => return object.get("@value").and_then(text),
        _ => return None,
    };
    let words = super::entities(&words);
    let words = super::page::one_line(&words);
    (!words.is_empty()).then_some(words)
}

/// The names of people or bodies: strings, objects with a name, or references to objects elsewhere on the page.
fn people(value: Option<&Value>, nodes: &[Map<String, Value>], depth: usize) -> Vec<String> {
    let mut out = Vec::new();
    for one in value.into_iter().flat_map(list) {
        match one {
            Value::String(name) => out.push(super::page::one_line(&super::entities(name))),
            Value::Object(object) => {
                if let Some(name) = object.get("name") {
                    out.extend(list(name).filter_map(text));
                } else if let Some(id) = object.get("@id").and_then(Value::as_str)
                    && depth < 3
                {
                    let target = nodes
                        .iter()
                        .find(|node| node.get("@id").and_then(Value::as_str) == Some(id) && node.contains_key("name"));
                    out.extend(target.and_then(|node| node.get("name")).into_iter().flat_map(list).filter_map(text));
                }
            }
            _ => {}
        }
    }
    out.retain(|name| !name.is_empty());
    out
}
