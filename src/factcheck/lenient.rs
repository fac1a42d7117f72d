//! JSON as it is found in pages: read strictly where it is right, else with its faults passed over, each of them said.

use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Values nested deeper than this are left out.
const DEEPEST: usize = 64;

/// What was read, and what was wrong with it.
#[derive(Debug, Default)]
pub(super) struct Mended {
    pub value: Value,
    pub faults: Vec<&'static str>,
}

/// Reads a block; `None` where it holds no object at all.
pub(super) fn parse(text: &str) -> Option<Mended> {
    let plain = unwrapped(text);
    if let Ok(value) = serde_json::from_str(plain) {
        return Some(Mended { value, faults: Vec::new() });
    }
    // A whole block whose marks were encoded.
    let decoded = (!plain.contains('"') && plain.contains("&quot;")).then(|| plain.replace("&quot;", "\""));
    let plain = decoded.as_deref().unwrap_or(plain);
    let mut reader = Reader { text: plain, at: 0, faults: BTreeSet::new() };
    if decoded.is_some() {
        reader.faults.insert("quotation marks as entities");
    }
    let mut values = Vec::new();
    while let Some(start) = plain[reader.at..].find(['{', '[']) {
        if !plain[reader.at..reader.at + start].trim_matches([' ', '\n', '\r', '\t', ',', ';']).is_empty() {
            reader.faults.insert("words beside the data");
        }
        reader.at += start;
        values.push(reader.value(0, Ends::Top));
    }
    if !plain[reader.at..].trim_matches([' ', '\n', '\r', '\t', ',', ';', '}', ']']).is_empty() {
        reader.faults.insert("words beside the data");
    }
    let value = if values.len() == 1 { values.pop()? } else { Value::Array(values) };
    let faults = reader.faults.into_iter().collect();
    has_object(&value).then_some(Mended { value, faults })
}

fn has_object(value: &Value) -> bool {
    match value {
        Value::Object(object) => !object.is_empty(),
        Value::Array(values) => values.iter().any(has_object),
        _ => false,
    }
}

/// The block without the marks of comments and CDATA around it.
fn unwrapped(text: &str) -> &str {
    let mut plain = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    loop {
        let before = plain;
        for open in ["<!--", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "/* <![CDATA[ */", "<![CDATA["] {
            plain = plain.strip_prefix(open).unwrap_or(plain).trim_start();
        }
        for close in ["-->", "//]]>", "// ]]>", "/*]]>*/", "/* ]]> */", "]]>", ";", "//"] {
            plain = plain.strip_suffix(close).unwrap_or(plain).trim_end();
        }
        if plain == before {
            return plain;
        }
    }
}

/// What ends a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ends {
    Top,
    Key,
    InObject,
    InList,
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    faults: BTreeSet<&'static str>,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// Passes over white space and comments.
    fn space(&mut self) {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}');
            self.at += rest.len() - trimmed.len();
            let comment = [("/*", "*/"), ("//", "\n"), ("<!--", "-->")].into_iter().find_map(|(open, close)| {
                let inside = self.rest().strip_prefix(open)?;
                Some(open.len() + inside.find(close).map_or(inside.len(), |end| end + close.len()))
            });
            let Some(length) = comment else { return };
            self.at += length;
            self.faults.insert("comments inside");
        }
    }

    fn value(&mut self, depth: usize, ends: Ends) -> Value {
        self.space();
        match self.peek() {
            Some('{') if depth < DEEPEST => self.object(depth),
            Some('[') if depth < DEEPEST => self.list(depth),
            Some('{' | '[') => {
                self.faults.insert("values nested too deep");
                self.at = self.text.len();
                Value::Null
            }
            Some(quote @ ('"' | '\'' | '“' | '”')) => Value::String(self.string(quote, ends)),
            _ => self.word(),
        }
    }

    fn object(&mut self, depth: usize) -> Value {
        self.next();
        let mut object = Map::new();
        while self.goes_on('}', ']') {
            let before = self.at;
            let key = match self.peek() {
                Some(quote @ ('"' | '\'' | '“' | '”')) => self.string(quote, Ends::Key),
                _ => {
                    self.faults.insert("words without quotation marks");
                    self.bare()
                }
            };
            self.space();
            if self.peek() == Some(':') {
                self.next();
                let value = self.value(depth + 1, Ends::InObject);
                if !key.is_empty() {
                    object.insert(key, value);
                }
            } else {
                self.faults.insert("a key without its value");
            }
            self.between('}', before);
        }
        Value::Object(object)
    }

    fn list(&mut self, depth: usize) -> Value {
        self.next();
        let mut values = Vec::new();
        while self.goes_on(']', '}') {
            let before = self.at;
            values.push(self.value(depth + 1, Ends::InList));
            self.between(']', before);
        }
        Value::Array(values)
    }

    /// Goes to the next member; `false` behind the end (`close`), and where what is around it goes on (`outer`): its end is missing.
    fn goes_on(&mut self, close: char, outer: char) -> bool {
        loop {
            self.space();
            match self.peek() {
                None => {
                    self.faults.insert("an end too early");
                    return false;
                }
                Some(end) if end == close => {
                    self.next();
                    return false;
                }
                Some(end) if end == outer => {
                    self.faults.insert("a bracket is missing");
                    return false;
                }
                Some(',') => {
                    self.next();
                    self.faults.insert("a comma too many");
                }
                Some(_) => return true,
            }
        }
    }

    /// What stands between two members; nothing may hold it up.
    fn between(&mut self, close: char, before: usize) {
        self.space();
        match self.peek() {
            Some(',') => {
                self.next();
                self.space();
                if self.peek() == Some(close) {
                    self.faults.insert("a comma too many");
                }
            }
            Some('}' | ']') | None => {}
            Some(_) => {
                self.faults.insert("a comma is missing");
                if self.at == before {
                    self.next();
                }
            }
        }
    }

    /// A string up to the quotation mark that ends it: one that a comma, a colon or a bracket follows.
    fn string(&mut self, quote: char, ends: Ends) -> String {
        self.next();
        let close = if quote == '“' { '”' } else { quote };
        if quote != '"' {
            self.faults.insert("other quotation marks");
        }
        let mut out = String::new();
        while let Some(c) = self.next() {
            match c {
                '\\' => self.escape(&mut out),
                c if c == close => {
                    if self.is_end(ends) {
                        return out;
                    }
                    self.faults.insert("quotation marks inside a string");
                    out.push(c);
                }
                '\n' | '\r' | '\t' => {
                    self.faults.insert("a line break inside a string");
                    out.push(' ');
                }
                c if c.is_control() => {
                    self.faults.insert("control characters inside a string");
                    out.push(' ');
                }
                c => out.push(c),
            }
        }
        self.faults.insert("an end too early");
        out
    }

    /// Tells whether what follows a quotation mark is what follows a string.
    fn is_end(&self, ends: Ends) -> bool {
        let rest = self.rest();
        let after = rest.trim_start();
        let next = after.chars().next();
        match (ends, next) {
            (_, None) => true,
            (Ends::Key, next) => next == Some(':'),
            (_, Some('}' | ']')) => true,
            (Ends::InObject, Some(',')) => {
                let beyond = after[1..].trim_start();
                beyond.is_empty() || beyond.starts_with(['"', '}', '\'', ',', '/'])
            }
            (_, Some(',')) => {
                let beyond = after[1..].trim_start();
                beyond.is_empty() || beyond.starts_with(['"', '{', '[', ']', '\'', ',', '-', '/']) || is_literal(beyond)
            }
            // A comma is missing between two lines.
            (_, Some('"')) => rest[..rest.len() - after.len()].contains('\n'),
            _ => false,
        }
    }

    fn escape(&mut self, out: &mut String) {
        match self.next() {
            Some('n' | 'r' | 't' | 'f' | 'b') => out.push(' '),
            Some('u') => {
                let first = self.unit();
                let pair = first.filter(|unit| (0xd800..0xdc00).contains(unit)).and_then(|high| {
                    let low = self.rest().strip_prefix("\\u").and_then(hexadecimal)?;
                    self.at += 6;
                    char::decode_utf16([high, low]).next()?.ok()
                });
                out.push(pair.or_else(|| char::from_u32(u32::from(first?))).unwrap_or('\u{fffd}'));
            }
            Some(c) => {
                if !matches!(c, '"' | '\\' | '/') {
                    self.faults.insert("an escape that means nothing");
                }
                out.push(c);
            }
            None => {}
        }
    }

    fn unit(&mut self) -> Option<u16> {
        let unit = hexadecimal(self.rest())?;
        self.at += 4;
        Some(unit)
    }

    /// A number, a literal, or words that lack their quotation marks.
    fn word(&mut self) -> Value {
        let word = self.bare();
        serde_json::from_str(&word).unwrap_or_else(|_| {
            self.faults.insert("words without quotation marks");
            Value::String(word)
        })
    }

    fn bare(&mut self) -> String {
        let rest = self.rest();
        let end = rest.find([',', '}', ']', ':', '\n', '"', '{', '[']).unwrap_or(rest.len());
        let word = rest[..end].trim().to_owned();
        self.at += end;
        word
    }
}

fn hexadecimal(text: &str) -> Option<u16> {
    text.get(..4)
        .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
        .and_then(|digits| u16::from_str_radix(digits, 16).ok())
}

fn is_literal(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        || ["true", "false", "null"].iter().any(|word| text.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(text: &str, expected: &Value, fault: &str) {
        let mended = parse(text).unwrap_or_else(|| panic!("nothing of {text}"));
        assert_eq!(mended.value, *expected, "{text}");
        assert_eq!(mended.faults.is_empty(), fault.is_empty(), "{text}: {:?}", mended.faults);
        assert!(fault.is_empty() || mended.faults.contains(&fault), "{text}: {:?}", mended.faults);
    }

    #[test]
    fn faults_are_mended_and_said() {
        let one = json!({"a": "x", "b": 1});
        check("{\"a\": \"x\", \"b\": 1}", &one, "");
        check("<!-- {\"a\": \"x\", \"b\": 1} -->", &one, "");
        check("//<![CDATA[\n{\"a\": \"x\", \"b\": 1}\n//]]>", &one, "");
        check("{\"a\": \"x\", \"b\": 1,}", &one, "a comma too many");
        check("{\"a\": \"x\"\n\"b\": 1}", &one, "a comma is missing");
        check("{\"a\": \"x\", \"b\": 1", &one, "an end too early");
        check("{'a': 'x', 'b': 1}", &one, "other quotation marks");
        check("{&quot;a&quot;: &quot;x&quot;, &quot;b&quot;: 1}", &one, "quotation marks as entities");
        check("{/* mine */\"a\": \"x\", \"b\": 1}", &one, "comments inside");
        check("{\"a\": \"two\nlines\"}", &json!({"a": "two lines"}), "a line break inside a string");
        check(
            "{\"a\": \"he said \"no\", and left\"}",
            &json!({"a": "he said \"no\", and left"}),
            "quotation marks inside a string",
        );
        check("{\"a\": \"it\\'s\"}", &json!({"a": "it's"}), "an escape that means nothing");
        let two = parse("{\"a\": 1} {\"b\": 2}").map(|mended| mended.value);
        assert_eq!(two, Some(json!([{"a": 1}, {"b": 2}])));
        check("[{\"a\": 1}, {\"b\": 2]", &json!([{"a": 1}, {"b": 2}]), "a bracket is missing");
        check("{\"a\": False}", &json!({"a": "False"}), "words without quotation marks");
    }

    #[test]
    fn what_is_no_data_gives_nothing_and_holds_nothing_up() {
        for text in ["", "no data", "{", "[[[[", "{]}[{", "\"", "{\"", "}}}", "{:::}", "[,,,]", "{\\"] {
            assert!(parse(text).is_none(), "{text}");
        }
        assert!(parse(&"[".repeat(100_000)).is_none());
        assert!(parse(&"{\"a\":".repeat(100_000)).is_some());
    }
}
