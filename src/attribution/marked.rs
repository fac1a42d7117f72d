//! Sentences for tests, in which source, cue and content are marked: `<Ada Brook> [said] {the quay was safe}`.

use super::Attributions;
use super::assemble::ruled;
use crate::article::{BlockKind, Given, read};
use crate::score::Reason;
use crate::span::{Span, Spans};
use crate::text::{Document, analyze};

/// A sentence without its marks, and what was marked.
pub struct Marked {
    pub plain: String,
    pub source: Spans,
    pub cue: Spans,
    pub content: Spans,
}

/// Reads the marks.
pub fn marked(text: &str) -> Marked {
    let mut plain = String::new();
    let (mut source, mut cue, mut content, mut open) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for c in text.chars() {
        let at = plain.chars().count() as u32;
        match c {
            '<' | '[' | '{' => open = at,
            '>' => source.push(Span::new(open, at)),
            ']' => cue.push(Span::new(open, at)),
            '}' => content.push(Span::new(open, at)),
            c => plain.push(c),
        }
    }
    Marked { plain, source: Spans::new(source), cue: Spans::new(cue), content: Spans::new(content) }
}

/// Returns the sentence as an article under a title, with what is marked as its one attribution.
pub fn attributed(text: &str) -> (Document, Attributions) {
    let Marked { plain, source, cue, content } = marked(text);
    let given = Given { title: Some("A title".into()), ..Given::default() };
    let document = analyze(&read(plain.as_bytes(), "test", &given).unwrap());
    let spans = (source.cover(), cue.cover().unwrap(), content);
    let one = ruled(&document, spans, BlockKind::Paragraph, 1.0, Reason::new("test", String::new(), 0.0));
    (document, Attributions { attributions: vec![one], speakers: Vec::new() })
}
