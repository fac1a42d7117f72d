//! Looking into linked data: keys and types by their last part whatever stands before it, references followed.

use crate::article::formats::html::words;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

pub(super) type Node = Map<String, Value>;

/// How far references and nested values are followed.
const DEEPEST: usize = 32;

/// The nodes of one file by their `@id`.
#[derive(Debug, Default)]
pub(super) struct Nodes(BTreeMap<String, Node>);

impl Nodes {
    pub fn add(&mut self, value: &Value) {
        self.collect(value, 0);
    }

    fn collect(&mut self, value: &Value, depth: usize) {
        match value {
            Value::Array(values) if depth < DEEPEST => values.iter().for_each(|one| self.collect(one, depth + 1)),
            Value::Object(node) if depth < DEEPEST => {
                if let Some(id) = node.get("@id").and_then(Value::as_str).filter(|_| node.len() > 1) {
                    let known = self.0.get(id).map_or(0, Map::len);
                    if node.len() > known {
                        self.0.insert(id.to_owned(), node.clone());
                    }
                }
                node.values().for_each(|one| self.collect(one, depth + 1));
            }
            _ => {}
        }
    }

    /// Returns the objects that a value stands for: its own, or those it refers to by their id alone.
    pub fn objects<'a>(&'a self, value: Option<&'a Value>) -> Vec<&'a Node> {
        let objects = value.into_iter().flat_map(list).filter_map(Value::as_object);
        objects.map(|node| self.meant(node)).collect()
    }

    fn meant<'a>(&'a self, node: &'a Node) -> &'a Node {
        let id = node.get("@id").and_then(Value::as_str);
        let alone = node.keys().all(|key| key == "@id" || key == "@type");
        id.filter(|_| alone).and_then(|id| self.0.get(id)).unwrap_or(node)
    }

    /// As [`Nodes::objects`] for a string that is the id of a node.
    pub fn named(&self, id: &str) -> Option<&Node> {
        self.0.get(id)
    }
}

/// The members of a list, or the value itself.
pub(super) fn list(value: &Value) -> impl Iterator<Item = &Value> {
    let (many, one) = match value {
        Value::Array(values) => (values.as_slice(), None),
        other => (&[][..], Some(other)),
    };
    many.iter().chain(one)
}

/// The last part of a name: `https://schema.org/ClaimReview` and `schema:claimReview` end alike.
fn last(name: &str) -> &str {
    name.trim_end_matches('/').rsplit(['/', ':', '#']).next().unwrap_or(name)
}

/// Returns the value of a key, also under a full address or a prefix, or in other case.
pub(super) fn get<'a>(node: &'a Node, key: &str) -> Option<&'a Value> {
    let found = node.get(key).or_else(|| {
        let other = node.iter().find(|(name, _)| last(name).eq_ignore_ascii_case(key));
        other.map(|(_, value)| value)
    });
    found.filter(|value| !value.is_null())
}

/// Tells whether a node is of a type, by its last part and in whatever case.
pub(super) fn is(node: &Node, kind: &str) -> bool {
    let types = get(node, "@type").or_else(|| node.get("type"));
    types.into_iter().flat_map(list).filter_map(Value::as_str).any(|name| last(name.trim()).eq_ignore_ascii_case(kind))
}

/// The words of a value, without tags and entities: of the first that has any.
pub(super) fn text(value: &Value) -> Option<String> {
    let found = match value {
        Value::String(written) => words(written),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Array(values) => return values.iter().find_map(text),
        Value::Object(node) => {
            return ["@value", "name", "text", "headline", "alternateName", "url", "@id"]
                .iter()
                .find_map(|key| get(node, key).and_then(text));
        }
        Value::Null => return None,
    };
    Some(found).filter(|found| !found.is_empty())
}

/// The words of the first of some keys that has any.
pub(super) fn first(node: &Node, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| get(node, key).and_then(text))
}

/// As [`first`], where only an address of the web will do.
pub(super) fn address(node: &Node, keys: &[&str]) -> Option<String> {
    keys.iter()
        .find_map(|key| get(node, key).into_iter().flat_map(list).filter_map(text).find(|found| is_address(found)))
}

pub(super) fn is_address(written: &str) -> bool {
    written.starts_with("http://") || written.starts_with("https://")
}
