//! Typed offsets: where words stand in a text, counted in Unicode code points, end exclusive.
//!
//! Text is sliced in one place, [`Text::slice`]. Nothing here panics on offsets outside the text: they are clamped.
//!
//! ```
//! use onrecord::span::{Span, Text};
//! let text = Text::new("“Né”, she said");
//! assert_eq!(text.slice(Span::new(1, 3)), "Né");
//! ```

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A half-open range `[start, end)` of code points of one text; written in JSON as `[start, end]`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "(u32, u32)", into = "(u32, u32)")]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// Returns the span from `start` to `end`; an end before the start gives an empty span at `start`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end: if end < start { start } else { end } }
    }

    /// Returns the number of code points.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    pub const fn is_empty(self) -> bool {
        self.end == self.start
    }

    /// Tells whether the two spans share at least one code point.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Tells whether `other` lies wholly inside this span.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Returns the code points that two spans share; nothing where they share none.
    #[must_use]
    pub fn shared(self, other: Self) -> Option<Self> {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        (start < end).then(|| Self::new(start, end))
    }

    /// Returns the smallest span that covers both.
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

impl From<(u32, u32)> for Span {
    fn from((start, end): (u32, u32)) -> Self {
        Self::new(start, end)
    }
}

impl From<Span> for (u32, u32) {
    fn from(span: Span) -> Self {
        (span.start, span.end)
    }
}

/// One code point in every `STRIDE` has its byte offset remembered.
const STRIDE: usize = 32;

/// A text with its code-point index; cheap to clone.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "String")]
pub struct Text(Arc<Indexed>);

impl From<String> for Text {
    fn from(words: String) -> Self {
        Self::new(words)
    }
}

impl Serialize for Text {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[derive(Debug)]
struct Indexed {
    words: String,
    /// Byte offset of every `STRIDE`-th code point; empty when the text is plain ASCII.
    marks: Vec<usize>,
    /// Length in code points.
    len: u32,
}

impl Text {
    pub fn new(words: impl Into<String>) -> Self {
        let words = words.into();
        if words.is_ascii() {
            let len = words.len() as u32;
            return Self(Arc::new(Indexed { words, marks: Vec::new(), len }));
        }
        let mut marks = Vec::with_capacity(words.len() / STRIDE + 1);
        let mut len = 0usize;
        for (byte, _) in words.char_indices() {
            if len.is_multiple_of(STRIDE) {
                marks.push(byte);
            }
            len += 1;
        }
        Self(Arc::new(Indexed { words, marks, len: len as u32 }))
    }

    pub fn as_str(&self) -> &str {
        &self.0.words
    }

    /// Returns the length in code points.
    pub fn len(&self) -> u32 {
        self.0.len
    }

    pub fn is_empty(&self) -> bool {
        self.0.len == 0
    }

    /// Returns the exact words at a span (code points, end exclusive), clamped to the text.
    pub fn slice(&self, span: Span) -> &str {
        let (start, end) = (self.byte_of(span.start), self.byte_of(span.end));
        &self.0.words[start..end.max(start)]
    }

    /// Returns the byte offset of a code point; past the end gives the length in bytes.
    pub fn byte_of(&self, point: u32) -> usize {
        let words = &self.0.words;
        if point >= self.0.len {
            return words.len();
        }
        if self.0.marks.is_empty() {
            return point as usize;
        }
        let (mark, within) = (point as usize / STRIDE, point as usize % STRIDE);
        let from = self.0.marks[mark];
        if self.is_plain(mark) {
            return from + within;
        }
        match words[from..].char_indices().nth(within) {
            Some((byte, _)) => from + byte,
            None => words.len(),
        }
    }

    /// Returns the code point at or before a byte offset; past the end gives the length in code points.
    pub fn point_of(&self, byte: usize) -> u32 {
        if byte >= self.0.words.len() {
            return self.0.len;
        }
        if self.0.marks.is_empty() {
            return byte as u32;
        }
        let mark = self.0.marks.partition_point(|&m| m <= byte).saturating_sub(1);
        let from = self.0.marks[mark];
        if self.is_plain(mark) {
            return (mark * STRIDE + byte - from) as u32;
        }
        let within = self.0.words[from..].char_indices().take_while(|&(at, _)| from + at <= byte).count();
        (mark * STRIDE + within.saturating_sub(1)) as u32
    }

    /// Tells whether the code points from one mark to the next are a byte each, as most are in most texts.
    fn is_plain(&self, mark: usize) -> bool {
        self.0.marks.get(mark..mark + 2).is_some_and(|ends| ends[1] - ends[0] == STRIDE)
    }

    /// Returns the span of a byte range.
    pub fn span_of_bytes(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.point_of(range.start), self.point_of(range.end))
    }
}

/// Several spans of one text, in order and apart: a quotation that its cue interrupts has two.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Spans(Vec<Span>);

impl Spans {
    /// Sorts the spans and joins those that touch or overlap; empty spans are dropped.
    pub fn new(spans: impl IntoIterator<Item = Span>) -> Self {
        let mut spans: Vec<Span> = spans.into_iter().filter(|s| !s.is_empty()).collect();
        spans.sort_unstable();
        let mut out: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match out.last_mut() {
                Some(last) if span.start <= last.end => *last = last.cover(span),
                _ => out.push(span),
            }
        }
        Self(out)
    }

    pub fn iter(&self) -> impl Iterator<Item = Span> + '_ {
        self.0.iter().copied()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the number of pieces.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns the smallest span that covers all pieces, or `None` when there is none.
    pub fn cover(&self) -> Option<Span> {
        Some(self.0.first()?.cover(*self.0.last()?))
    }

    pub fn overlaps(&self, other: Span) -> bool {
        self.0.iter().any(|s| s.overlaps(other))
    }

    /// Tells whether any of these spans overlaps any of the others.
    pub fn overlaps_any(&self, others: &Self) -> bool {
        others.iter().any(|other| self.overlaps(other))
    }

    /// Returns the words of all pieces, joined by one ellipsis in brackets: `text [...] text`.
    pub fn words(&self, text: &Text) -> String {
        self.0.iter().map(|&s| text.slice(s)).collect::<Vec<_>>().join(" [...] ")
    }
}

impl From<Span> for Spans {
    fn from(span: Span) -> Self {
        Self::new([span])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_and_bytes_agree_on_mixed_text() {
        let text = Text::new("aé“z”—".repeat(40));
        for (point, (byte, _)) in text.as_str().char_indices().enumerate() {
            assert_eq!(text.byte_of(point as u32), byte);
            assert_eq!(text.point_of(byte), point as u32);
        }
        assert_eq!(text.byte_of(9_999), text.as_str().len());
        assert_eq!(text.point_of(9_999), text.len());
    }

    #[test]
    fn spans_are_sorted_and_joined() {
        let spans = Spans::new([Span::new(5, 9), Span::new(0, 2), Span::new(8, 12), Span::new(3, 3)]);
        assert_eq!(spans.iter().collect::<Vec<_>>(), [Span::new(0, 2), Span::new(5, 12)]);
    }
}
