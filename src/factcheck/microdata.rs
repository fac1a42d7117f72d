//! Microdata and RDFa in a page, as the objects that JSON-LD would have.

use super::node::Node;
use serde_json::Value;
use trafilatura::dom::{Document, NodeId};

/// The attributes of one way to mark data up.
struct Marks {
    kind: &'static str,
    property: &'static str,
    id: &'static str,
}

const WAYS: [Marks; 2] = [
    Marks { kind: "itemtype", property: "itemprop", id: "itemid" },
    Marks { kind: "typeof", property: "property", id: "resource" },
];

/// Elements nested deeper than this are left out.
const DEEPEST: usize = 200;

/// Returns the objects that stand by themselves in a page, in order.
pub(super) fn objects(document: &Document) -> Vec<Value> {
    let mut out = Vec::new();
    for marks in &WAYS {
        let mut walk = Walk { document, marks, top: Vec::new() };
        walk.children(document.root(), None, 0);
        out.append(&mut walk.top);
    }
    out
}

struct Walk<'a> {
    document: &'a Document,
    marks: &'a Marks,
    top: Vec<Value>,
}

impl Walk<'_> {
    fn children(&mut self, id: NodeId, mut holder: Option<&mut Node>, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        for child in self.document.children(id) {
            self.element(child, holder.as_deref_mut(), depth);
        }
    }

    fn element(&mut self, id: NodeId, holder: Option<&mut Node>, depth: usize) {
        let attribute = |name: &str| self.document.get_attribute(id, name).filter(|value| !value.trim().is_empty());
        let property = attribute(self.marks.property);
        let bare = self.marks.kind == "itemtype" && self.document.get_attribute(id, "itemscope").is_some();
        let kind = attribute(self.marks.kind).or_else(|| bare.then(String::new));
        if let Some(kind) = kind {
            let mut own = Node::new();
            let types: Vec<Value> = kind.split_whitespace().map(Value::from).collect();
            own.insert("@type".to_owned(), Value::Array(types));
            if let Some(name) = attribute(self.marks.id) {
                own.insert("@id".to_owned(), Value::from(name));
            }
            self.children(id, Some(&mut own), depth + 1);
            match (holder, property) {
                (Some(holder), Some(property)) => put(holder, &property, Value::Object(own)),
                _ => self.top.push(Value::Object(own)),
            }
            return;
        }
        match (holder, property) {
            (Some(holder), Some(property)) => {
                put(holder, &property, Value::from(self.value(id, &property)));
                self.children(id, Some(holder), depth + 1);
            }
            (holder, _) => self.children(id, holder, depth + 1),
        }
    }

    /// What an element says: an attribute where its kind has one, else its words.
    fn value(&self, id: NodeId, property: &str) -> String {
        // A name that is a link is meant by its words.
        let is_name = ["name", "claimReviewed", "alternateName", "headline", "author"].contains(&property);
        let from = match self.document.tag_name(id) {
            "a" if is_name => "content",
            "a" | "link" | "area" => "href",
            "img" | "audio" | "video" | "source" | "iframe" => "src",
            "time" => "datetime",
            "data" | "meter" => "value",
            _ => "content",
        };
        let told = self.document.get_attribute(id, "content").or_else(|| self.document.get_attribute(id, from));
        told.unwrap_or_else(|| self.document.iter_text(id, " "))
    }
}

/// Adds a value; a second one of the same name makes a list.
fn put(holder: &mut Node, names: &str, value: Value) {
    for name in names.split_whitespace() {
        match holder.get_mut(name) {
            Some(Value::Array(values)) => values.push(value.clone()),
            Some(before) => *before = Value::Array(vec![before.take(), value.clone()]),
            None => {
                holder.insert(name.to_owned(), value.clone());
            }
        }
    }
}
