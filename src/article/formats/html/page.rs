//! A page, flattened: its blocks of words in order, each with where it stands, and what its tags say of it.

use trafilatura::dom::{Document, NodeId};

/// Elements that begin a block of their own.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "figure",
    "figcaption",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "aside",
    "nav",
    "table",
    "tbody",
    "thead",
    "tr",
    "td",
    "th",
    "pre",
    "form",
    "fieldset",
    "address",
    "center",
    "hr",
    "body",
    "html",
    "details",
    "summary",
    "button",
    "label",
    "caption",
    "menu",
    "dialog",
];

/// An element that holds blocks.
#[derive(Debug, Default)]
pub(super) struct Place {
    pub parent: usize,
    pub tag: String,
    /// Class, id, role, itemprop and test id, as they are.
    pub names: String,
    pub hidden: bool,
}

/// A run of words that no block element parts.
#[derive(Debug)]
pub(super) struct Leaf {
    pub place: usize,
    pub text: String,
    /// Code points of the text inside links.
    pub linked: usize,
    pub length: usize,
}

/// A dated element: `<time>` or one with a date's class.
#[derive(Debug)]
pub(super) struct Dated {
    pub written: String,
    /// What of it is read: a `datetime`, or the words.
    pub names: String,
    /// How many leaves stand before it.
    pub at: usize,
}

/// A page and all that was seen on the way through it.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub places: Vec<Place>,
    pub leaves: Vec<Leaf>,
    /// `name`, `property` or `itemprop` of a `meta`, lower case, and its content.
    pub metas: Vec<(String, String)>,
    pub title: Option<String>,
    /// The `h1`s, each with how many leaves stand before it.
    pub headlines: Vec<(String, usize)>,
    pub dated: Vec<Dated>,
    /// Words of elements marked as an author, with their mark and how many leaves stand before.
    pub signed: Vec<(String, String, usize)>,
    pub canonical: Option<String>,
    pub language: Option<String>,
}

impl Page {
    /// Walks a document; its scripts and styles are gone already, and its depth is bounded.
    pub fn of(document: &Document) -> Self {
        let mut walk = Walk { document, page: Self::default(), run: Run::default(), links: 0 };
        walk.page.places.push(Place::default());
        walk.node(document.root(), 0);
        walk.flush(0);
        walk.page
    }

    /// The content of the first meta of one of these names, in their order.
    pub fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.all_metas(name).next())
    }

    pub fn all_metas<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let name = name.to_owned();
        self.metas.iter().filter(move |(key, value)| *key == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    /// A leaf's places, from the one that holds it outwards.
    pub fn around(&self, leaf: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(self.leaves[leaf].place), |&at| (at > 0).then(|| self.places[at].parent))
    }
}

/// Words that are gathered until a block begins or ends.
#[derive(Default)]
struct Run {
    text: String,
    linked: usize,
    length: usize,
    breaks: usize,
}

struct Walk<'a> {
    document: &'a Document,
    page: Page,
    run: Run,
    links: usize,
}

impl Walk<'_> {
    fn node(&mut self, id: NodeId, place: usize) {
        for child in self.document.child_nodes(id) {
            if self.document.is_text(child) {
                let text = self.document.text_content(child);
                self.words(&text, place);
            } else if self.document.is_element(child) {
                self.element(child, place);
            }
        }
    }

    fn element(&mut self, id: NodeId, place: usize) {
        let tag = self.document.tag_name(id);
        match tag {
            "head" => return self.head(id),
            "meta" => return self.meta(id),
            "link" => return self.link(id),
            "input" | "textarea" | "img" | "video" | "audio" | "math" => return,
            "br" => {
                self.run.breaks += 1;
                return;
            }
            "html" => self.page.language = self.attribute(id, "lang").filter(|lang| !lang.is_empty()),
            _ => {}
        }
        let names = self.names(id);
        self.note(id, tag, &names);
        if BLOCKS.contains(&tag) {
            self.flush(place);
            let own = self.page.places.len();
            let hidden = self.is_hidden(id);
            self.page.places.push(Place { parent: place, tag: tag.to_owned(), names, hidden });
            self.node(id, own);
            self.flush(own);
        } else {
            let link = usize::from(tag == "a");
            self.links += link;
            self.node(id, place);
            self.links -= link;
        }
    }

    fn attribute(&self, id: NodeId, name: &str) -> Option<String> {
        self.document.get_attribute(id, name)
    }

    fn names(&self, id: NodeId) -> String {
        let names = ["class", "id", "role", "itemprop", "data-testid", "data-component", "data-type", "rel"];
        names.iter().filter_map(|name| self.attribute(id, name)).collect::<Vec<_>>().join(" ")
    }

    fn is_hidden(&self, id: NodeId) -> bool {
        let style = self.attribute(id, "style").unwrap_or_default().replace(' ', "").to_ascii_lowercase();
        self.attribute(id, "hidden").is_some()
            || style.contains("display:none")
            || style.contains("visibility:hidden")
            || self.attribute(id, "aria-hidden").is_some_and(|value| value == "true")
    }

    /// Keeps what an element says of the page.
    fn note(&mut self, id: NodeId, tag: &str, names: &str) {
        let at = self.page.leaves.len();
        let lower = names.to_ascii_lowercase();
        if tag == "h1" {
            let text = one_line(&self.spaced(id));
            self.page.headlines.push((text, at));
        }
        let dated = ["date", "time", "publish", "posted"].iter().any(|word| lower.contains(word));
        if tag == "time" || dated {
            let machine = ["datetime", "content", "data-date", "data-datetime", "data-time"];
            let machine = machine.iter().find_map(|name| self.attribute(id, name)).filter(|value| !value.is_empty());
            let written = machine.unwrap_or_else(|| one_line(&self.spaced(id)));
            if !written.is_empty() && written.len() < 120 {
                self.page.dated.push(Dated { written, names: format!("{tag} {lower}"), at });
            }
        }
        let rel = self.attribute(id, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("author"));
        let signed =
            rel || ["author", "byline", "writer", "contributor", "reporter"].iter().any(|word| lower.contains(word));
        if tag == "a" && self.attribute(id, "href").is_some_and(|href| leads_to_author(&href)) {
            let text = one_line(&self.spaced(id));
            if !text.is_empty() && text.len() < 80 {
                self.page.signed.push((text, "link".to_owned(), at));
            }
        }
        if signed && tag != "body" && tag != "html" {
            let text = one_line(&self.spaced(id));
            if !text.is_empty() && text.len() < 200 {
                let mark = if rel { format!("rel-author {lower}") } else { lower };
                self.page.signed.push((text, mark, at));
            }
        }
    }

    /// The words of an element with spaces where its children meet.
    fn spaced(&self, id: NodeId) -> String {
        self.document.iter_text(id, " ")
    }

    fn head(&mut self, id: NodeId) {
        for child in self.document.children(id) {
            match self.document.tag_name(child) {
                "title" if self.page.title.is_none() => {
                    self.page.title = Some(one_line(&self.document.text_content(child)));
                }
                "meta" => self.meta(child),
                "link" => self.link(child),
                _ => {}
            }
        }
    }

    fn meta(&mut self, id: NodeId) {
        let Some(content) = self.attribute(id, "content") else { return };
        for name in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(key) = self.attribute(id, name) {
                self.page.metas.push((key.to_ascii_lowercase(), one_line(&content)));
            }
        }
    }

    fn link(&mut self, id: NodeId) {
        let rel = self.attribute(id, "rel").unwrap_or_default();
        if rel.eq_ignore_ascii_case("canonical") && self.page.canonical.is_none() {
            self.page.canonical = self.attribute(id, "href");
        }
    }

    fn words(&mut self, text: &str, place: usize) {
        if text.trim().is_empty() && self.run.text.is_empty() {
            return;
        }
        if self.run.breaks > 0 {
            if self.run.breaks > 1 && !text.trim().is_empty() {
                self.flush(place);
            } else if !text.trim().is_empty() {
                self.run.text.push(' ');
            }
            if !text.trim().is_empty() {
                self.run.breaks = 0;
            }
        }
        let length = text.chars().filter(|c| !c.is_whitespace()).count();
        self.run.length += length;
        self.run.linked += if self.links > 0 { length } else { 0 };
        self.run.text.push_str(text);
    }

    fn flush(&mut self, place: usize) {
        let run = std::mem::take(&mut self.run);
        let text = one_line(&run.text);
        if !text.is_empty() {
            let Run { linked, length, .. } = run;
            self.page.leaves.push(Leaf { place, text, linked, length });
        }
    }
}

/// Tells the address of an author's own page, such as `/author/ada-brook`.
fn leads_to_author(href: &str) -> bool {
    let parts = [
        "/author/",
        "/authors/",
        "/staff/",
        "/writer/",
        "/writers/",
        "/bios/",
        "/people/",
        "/contributors/",
        "/contributor/",
        "/journalist/",
        "/profile/",
        "/by/",
        "/reporter/",
        "/reporters/",
    ];
    parts.iter().any(|part| href.contains(part)) && !href.contains("/category/")
}

/// The words with one space between them; characters without width go.
pub(super) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let word = word.trim_matches(['\u{200b}', '\u{feff}', '\u{200c}', '\u{ad}']);
        if !word.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.extend(word.chars().filter(|c| !matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}')));
        }
    }
    out
}
