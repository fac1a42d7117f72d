//! Makes a page safe and small before it is parsed: scripts, styles, drawings and comments go (JSON-LD is kept aside), and
//! tags nested deeper than any real page go, because every HTML parser is quadratic on nesting.

use crate::article::Warning;

/// Tags nested deeper than this are left out; their words stay.
const DEEPEST: usize = 200;
/// Tables in tables beyond this are left out: what is taken of a page is held once for each table around it.
const DEEPEST_TABLE: usize = 12;
/// Bytes of markup that are parsed.
const LARGEST: usize = 8 << 20;
/// How far up the open tags the partner of a closing tag is looked for.
const REACH: usize = 64;

/// Elements that go with all that is in them.
const DROPPED: [&str; 9] = ["script", "style", "svg", "noscript", "iframe", "template", "select", "object", "canvas"];

/// Elements without a closing tag, or whose closing tag may be missing.
const UNCLOSED: [&str; 28] = [
    "br", "img", "meta", "link", "input", "hr", "source", "wbr", "area", "base", "col", "embed", "param", "track", "p",
    "li", "td", "tr", "th", "dd", "dt", "option", "thead", "tbody", "tfoot", "html", "body", "head",
];

/// Parts of a table, which go with it.
const OF_TABLE: [&str; 6] = ["tr", "td", "th", "thead", "tbody", "tfoot"];

/// Returns the page to parse, and the JSON-LD that stood in it.
pub(super) fn clean(html: &str, warnings: &mut Vec<Warning>) -> (String, Vec<String>) {
    let html = match html.char_indices().find(|(at, _)| *at >= LARGEST) {
        Some((end, _)) => {
            warnings.push(Warning(format!("the page is larger than {} MB; the rest was left out", LARGEST >> 20)));
            &html[..end]
        }
        None => html,
    };
    let mut cleaner = Cleaner {
        out: String::with_capacity(html.len() / 2),
        scripts: Vec::new(),
        open: Vec::new(),
        tables: 0,
        cut: 0,
        quotes: true,
    };
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        cleaner.out.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = cleaner.tag(rest);
        rest = &rest[taken..];
    }
    cleaner.out.push_str(rest);
    if cleaner.cut > 0 {
        warnings.push(Warning(format!("{} tags nested deeper than {DEEPEST} were left out", cleaner.cut)));
    }
    (cleaner.out, cleaner.scripts)
}

struct Cleaner<'a> {
    out: String,
    scripts: Vec<String>,
    /// Open tags, and whether each was written.
    open: Vec<(&'a str, bool)>,
    /// Tables among them.
    tables: usize,
    cut: usize,
    /// No quoted value was found to be without its end yet.
    quotes: bool,
}

impl<'a> Cleaner<'a> {
    /// Takes what begins with a `<`; returns how many bytes it was.
    fn tag(&mut self, rest: &'a str) -> usize {
        if let Some(inside) = rest.strip_prefix("<!--") {
            return inside.find("-->").map_or(rest.len(), |end| end + 7);
        }
        let closing = rest.starts_with("</");
        let from = 1 + usize::from(closing);
        let name_end = rest[from..].find(|c: char| !c.is_ascii_alphanumeric()).map_or(rest.len(), |end| from + end);
        let name = &rest[from..name_end];
        let end = self.tag_end(rest);
        if name.is_empty() {
            // A doctype, or a `<` of the text.
            let taken = if rest[1..].starts_with(['!', '?', '/']) { end } else { 1 };
            self.out.push_str(if taken == 1 { "&lt;" } else { &rest[..taken] });
            return taken;
        }
        if !closing && let Some(dropped) = DROPPED.iter().find(|dropped| dropped.eq_ignore_ascii_case(name)) {
            let body = &rest[end..];
            let close = find_close(body, dropped);
            if *dropped == "script" && rest[..end].to_ascii_lowercase().contains("ld+json") {
                self.scripts.push(body[..close].to_owned());
            }
            return end + close + body[close..].find('>').map_or(body.len() - close, |at| at + 1);
        }
        if is_one_of(&UNCLOSED, name) {
            if self.tables <= DEEPEST_TABLE || !is_one_of(&OF_TABLE, name) {
                self.out.push_str(&rest[..end]);
            }
        } else if closing {
            let reach = self.open.len().saturating_sub(REACH);
            let partner = self.open[reach..].iter().rposition(|(open, _)| open.eq_ignore_ascii_case(name));
            let written = partner.is_none_or(|at| self.open[reach + at].1);
            for (closed, _) in self.open.drain(partner.map_or(self.open.len(), |at| reach + at)..) {
                self.tables -= usize::from(is_table(closed));
            }
            if written {
                self.out.push_str(&rest[..end]);
            }
        } else {
            let written = self.open.len() < DEEPEST && (self.tables < DEEPEST_TABLE || !is_table(name));
            if !rest[..end].ends_with("/>") || !written {
                self.open.push((name, written));
                self.tables += usize::from(is_table(name));
            }
            if written {
                self.out.push_str(&rest[..end]);
            } else {
                self.cut += 1;
            }
        }
        end
    }

    /// The byte after the tag's `>`, quoted values passed over.
    fn tag_end(&mut self, tag: &str) -> usize {
        let (mut quote, mut before) = (None, b' ');
        for (at, byte) in tag.bytes().enumerate() {
            match (quote, byte) {
                (None, b'>') => return at + 1,
                (None, b'"' | b'\'') if before == b'=' && self.quotes => quote = Some(byte),
                (Some(open), _) if open == byte => quote = None,
                _ => {}
            }
            if !byte.is_ascii_whitespace() {
                before = byte;
            }
        }
        // A quotation mark that is never closed ends with its tag, and is asked for no second time.
        self.quotes = false;
        tag.find('>').map_or(tag.len(), |at| at + 1)
    }
}

fn is_one_of(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn is_table(name: &str) -> bool {
    name.eq_ignore_ascii_case("table")
}

/// The byte where `</name` begins; the end when it never does.
fn find_close(body: &str, name: &str) -> usize {
    let mut from = 0;
    while let Some(at) = body[from..].find("</") {
        let rest = &body.as_bytes()[from + at + 2..];
        if rest.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes())) {
            return from + at;
        }
        from += at + 2;
    }
    body.len()
}
