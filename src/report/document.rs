//! Fills the templates with a page; every value is escaped for the language it lands in, whatever the template says.
//!
//! One formatter does the escaping for HTML and for Markdown, so a template cannot forget it.

use crate::report::RenderError;
use crate::report::language::{Language, Piece, pieces};
use crate::report::page::Page;
use crate::report::page::over_time::OverTime;
use minijinja::value::{Kwargs, Serde, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, context};

const HTML: &str = include_str!("templates/report.html");
const CSS: &str = include_str!("templates/report.css");
const OVER_TIME: &str = include_str!("templates/over_time.html");
const OVER_TIME_ALONE: &str = include_str!("templates/over_time.svg");
const MARKDOWN: &str = include_str!("templates/report.md");
const TEXT: &str = include_str!("templates/report.txt");
/// Columns of the plain text.
const WIDTH: usize = 80;
const MARKDOWN_ESCAPES: &str = "markdown";

pub(super) fn html(page: &Page, language: &'static Language) -> Result<String, RenderError> {
    let css = Value::from_safe_string(CSS.trim_end().to_owned());
    Ok(environment(language)?
        .get_template("report.html")?
        .render(context! { page => Value::from(Serde(page)), css })?
        .trim_start()
        .to_owned())
}

pub(super) fn markdown(page: &Page, language: &'static Language) -> Result<String, RenderError> {
    let filled =
        environment(language)?.get_template("report.md")?.render(context! { page => Value::from(Serde(page)) })?;
    Ok(one_blank_line(&filled))
}

pub(super) fn text(page: &Page, language: &'static Language) -> Result<String, RenderError> {
    let filled =
        environment(language)?.get_template("report.txt")?.render(context! { page => Value::from(Serde(page)) })?;
    let wrapped = |line: &str| {
        let indent = &line[..line.len() - line.trim_start().len()];
        let options =
            textwrap::Options::new(WIDTH).subsequent_indent(indent).word_separator(textwrap::WordSeparator::AsciiSpace);
        textwrap::fill(line, options.break_words(false))
    };
    Ok(one_blank_line(&filled.lines().map(wrapped).collect::<Vec<_>>().join("\n")))
}

/// Draws claims over time as a picture of its own.
pub(super) fn svg(over: &OverTime, language: &'static Language) -> Result<String, RenderError> {
    let over = Value::from(Serde(over));
    let code = language.code();
    Ok(environment(language)?
        .get_template("over_time.svg")?
        .render(context! { over, language => code })?
        .trim()
        .to_owned()
        + "\n")
}

/// Fills a template of somebody else's.
pub(super) fn filled(
    page: &Page,
    language: &'static Language,
    name: &str,
    template: &str,
) -> Result<String, RenderError> {
    let mut environment = environment(language)?;
    environment.add_template(name, template)?;
    Ok(environment.get_template(name)?.render(context! { page => Value::from(Serde(page)) })?)
}

/// The templates with their escaping.
pub(super) fn environment<'a>(language: &'static Language) -> Result<Environment<'a>, Error> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|name| match name.rsplit('.').next() {
        Some("md") => AutoEscape::Custom(MARKDOWN_ESCAPES.into()),
        Some("html" | "htm" | "xhtml" | "xml" | "svg") => AutoEscape::Html,
        _ => AutoEscape::None,
    });
    environment.set_formatter(format);
    environment.add_filter("address", |url: String| Value::from_safe_string(address(&url)));
    environment.add_filter("code", |words: String| Value::from_safe_string(words.replace('`', "'")));
    environment.add_function("say", move |state: &State, key: &str, places: Kwargs| say(state, language, key, &places));
    environment.add_template("report.html", HTML)?;
    environment.add_template("over_time.html", OVER_TIME)?;
    environment.add_template("over_time.svg", OVER_TIME_ALONE)?;
    environment.add_template("report.md", MARKDOWN)?;
    environment.add_template("report.txt", TEXT)?;
    Ok(environment)
}

fn format(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    let words = value.to_string();
    if value.is_safe() {
        out.write_str(&words)?;
        return Ok(());
    }
    out.write_str(&escaped(state, words))?;
    Ok(())
}

/// Escapes words for the language of the template.
fn escaped(state: &State, words: String) -> String {
    match state.auto_escape() {
        AutoEscape::Html => escape_html(&words),
        AutoEscape::Custom(name) if name == MARKDOWN_ESCAPES => escape_markdown(&words),
        _ => words,
    }
}

/// Gives a template the fixed words under a key, their places filled: `say("published", day=place.published)`. Marked words
/// (of a macro) may stand in a place; then all else is escaped here.
fn say(state: &State, language: &Language, key: &str, places: &Kwargs) -> Result<Value, Error> {
    let words = language
        .find(key)
        .ok_or_else(|| Error::new(ErrorKind::InvalidOperation, format!("there are no fixed words `{key}`")))?;
    let mut parts = Vec::new();
    for piece in pieces(words) {
        parts.push(match piece {
            Piece::Words(words) => Value::from(words),
            Piece::Place(name) => places.get::<Value>(name)?,
        });
    }
    places.assert_all_used()?;
    if !parts.iter().any(Value::is_safe) {
        return Ok(parts.iter().map(Value::to_string).collect::<String>().into());
    }
    let marked = |part: &Value| if part.is_safe() { part.to_string() } else { escaped(state, part.to_string()) };
    Ok(Value::from_safe_string(parts.iter().map(marked).collect()))
}

fn escape_html(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 16);
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Escapes what Markdown would read as a mark anywhere, and what it would read so at the start of a line.
fn escape_markdown(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 16);
    let mut chars = words.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let before_space = chars.peek().is_none_or(|(_, next)| next.is_whitespace());
        let marks = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '$' => true,
            '-' | '+' | '=' => at == 0 && before_space,
            '.' | ')' => at > 0 && before_space && words[..at].bytes().all(|byte| byte.is_ascii_digit()),
            _ => false,
        };
        if marks {
            out.push('\\');
        }
        out.push(if matches!(c, '\n' | '\t') { ' ' } else { c });
    }
    out
}

/// Writes an address so that it can stand in the round brackets of a Markdown link.
fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '(' | ')' | '<' | '>' | '\\' | '"' | '`' | '|' => out.push_str(&format!("%{:02X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// Leaves at most one blank line between two lines, none at the ends, and one line break at the very end.
fn one_blank_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines().map(str::trim_end) {
        if !line.is_empty() || !(out.is_empty() || out.ends_with("\n\n")) {
            out.push_str(line);
            out.push('\n');
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_value_acts_as_markup() {
        assert_eq!(escape_html(r#"<b a="1">'&"#), "&lt;b a=&quot;1&quot;&gt;&#39;&amp;");
        let cases = [
            ("# no_heading *x*", r"\# no\_heading \*x\*"),
            ("1. no list", r"1\. no list"),
            ("3.5 per cent", "3.5 per cent"),
            ("-0.30", "-0.30"),
            ("- [x](y) |", r"\- \[x\](y) \|"),
            ("<script>&amp;", r"\<script\>\&amp;"),
        ];
        for (words, expected) in cases {
            assert_eq!(escape_markdown(words), expected);
        }
        assert_eq!(address("https://x.org/a_(b)"), "https://x.org/a_%28b%29");
        assert_eq!(one_blank_line("\n\na \n\n\n\nb\n\n"), "a\n\nb\n");
    }
}
