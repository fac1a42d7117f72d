//! Letters with their places become lines: runs of words on one height of a page, in the order in which the file draws them.

use crate::lexicon::letters::one_line;
use pdf_extract::{MediaBox, OutputDev, OutputError, Transform};
use std::sync::atomic::{AtomicBool, Ordering};

/// Letters of one file.
const MOST: usize = 20_000_000;

/// A gap of this many letter heights parts two columns, and a smaller one of this many two words.
const COLUMN_GAP: f64 = 2.0;
const WORD_GAP: f64 = 0.15;

/// A run of words on one height. Lengths are in points, heights counted from the top of the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub page: u32,
    pub left: f64,
    pub right: f64,
    pub height: f64,
    /// Of the letters.
    pub size: f64,
    pub page_height: f64,
    pub text: String,
}

/// Why reading stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    TooLong,
    Halted,
}

/// The lines of a file as they come.
pub struct Lines<'a> {
    lines: Vec<Line>,
    page: u32,
    page_height: f64,
    flip: Transform,
    letters: usize,
    /// Nothing was drawn on this page yet.
    fresh: bool,
    halt: &'a AtomicBool,
    fault: Option<Fault>,
}

impl<'a> Lines<'a> {
    pub fn new(halt: &'a AtomicBool) -> Self {
        let flip = Transform::identity();
        Self { lines: Vec::new(), page: 0, page_height: 0.0, flip, letters: 0, fresh: true, halt, fault: None }
    }

    pub fn fault(&self) -> Option<Fault> {
        self.fault
    }

    pub fn finish(self) -> Vec<Line> {
        let lines = self.lines.into_iter().map(|line| Line { text: one_line(&line.text), ..line });
        lines.filter(|line| !line.text.is_empty()).collect()
    }
}

impl OutputDev for Lines<'_> {
    fn begin_page(&mut self, page: u32, sheet: &MediaBox, _: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        self.page = page;
        self.page_height = sheet.ury - sheet.lly;
        self.flip = Transform::row_major(1.0, 0.0, 0.0, -1.0, 0.0, sheet.ury);
        self.fresh = true;
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        _: f64,
        size: f64,
        letter: &str,
    ) -> Result<(), OutputError> {
        self.letters += 1;
        if self.halt.load(Ordering::Relaxed) {
            self.fault = Some(Fault::Halted);
        } else if self.letters > MOST {
            self.fault = Some(Fault::TooLong);
        }
        if self.fault.is_some() {
            return Err(OutputError::FormatError(std::fmt::Error));
        }
        // Words that run up the page are of its frame or stamped over it.
        if place.m12.abs() > place.m11.abs() {
            return Ok(());
        }
        let at = place.post_transform(&self.flip);
        let size = (size * place.m22.abs()).max(0.1);
        let (left, right) =
            (at.m31, at.m31 + width * size * if place.m22 == 0.0 { 1.0 } else { (place.m11 / place.m22).abs() });
        let letter = match letter {
            "ﬁ" => "fi",
            "ﬂ" => "fl",
            "ﬀ" => "ff",
            "ﬃ" => "ffi",
            "ﬄ" => "ffl",
            "\u{ad}" => "-",
            other => other,
        };
        let same = self.lines.last_mut().filter(|line| {
            let gap = left - line.right;
            !self.fresh
                && (at.m32 - line.height).abs() < size.max(line.size) * 0.5
                && gap < size * COLUMN_GAP
                && gap > -size
        });
        match same {
            Some(line) => {
                if left - line.right > size * WORD_GAP {
                    line.text.push(' ');
                }
                line.text.push_str(letter);
                if !letter.trim().is_empty() {
                    line.right = right;
                    line.size = line.size.max(size);
                }
            }
            None if letter.trim().is_empty() => {}
            None => {
                self.fresh = false;
                self.lines.push(Line {
                    page: self.page,
                    left,
                    right,
                    height: at.m32,
                    size,
                    page_height: self.page_height,
                    text: letter.to_owned(),
                });
            }
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}
