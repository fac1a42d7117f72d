//! The fast reader: two linear-chain conditional random fields over hashed features, the second reading the first's labels.
//!
//! The method is Lafferty, McCallum and Pereira (2001). Each paragraph is a chain of its own, as PolNeAR marks no span across
//! paragraphs. `model.bin` holds the weights; `examples/train_reader.rs` makes it and `model.md` is its card.

pub mod chain;
pub mod facts;
pub mod features;

use crate::attribution::reader::{LABELS, Label, Reader};
use crate::text::Document;
use crate::text::linear::{Bytes, Dense};
use chain::{CONTEXTS, NEVER, Row, Transitions, Want};
use facts::Paragraph;
use features::Passed;
use std::sync::LazyLock;

/// One pass: the weights of the features and of the transitions.
#[derive(Debug, Clone)]
pub struct Pass<'a> {
    pub weights: Dense<'a, LABELS>,
    pub transitions: Transitions,
}

impl<'a> Pass<'a> {
    /// Reads a pass off the front of `bytes`.
    pub fn read(bytes: &mut Bytes<'a>) -> Self {
        let mut transitions = Transitions::flat();
        for weight in transitions.0.iter_mut().flatten().flatten() {
            let read = bytes.real();
            if *weight > NEVER {
                *weight = read;
            }
        }
        Self { weights: Dense::read(bytes), transitions }
    }

    /// Writes a pass.
    pub fn write(rows: &[(u64, Row)], largest: f32, transitions: &Transitions, out: &mut Vec<u8>) {
        for weight in transitions.0.iter().take(CONTEXTS).flatten().flatten() {
            out.extend(weight.to_bits().to_le_bytes());
        }
        Dense::<LABELS>::write(rows, largest, out);
    }

    fn marginals(&self, scores: &[Row], contexts: &[u8]) -> Vec<Row> {
        chain::marginals(scores, contexts, &self.transitions, Want::Labels).labels
    }
}

/// The fast reader with its weights.
#[derive(Debug, Clone)]
pub struct Fast<'a> {
    first: Pass<'a>,
    second: Option<Pass<'a>>,
}

impl<'a> Fast<'a> {
    /// Reads a weights file; malformed bytes give a reader that finds nothing likely.
    pub fn read(bytes: &'a [u8]) -> Self {
        let mut bytes = Bytes(bytes);
        let first = Pass::read(&mut bytes);
        let second = (!bytes.0.is_empty()).then(|| Pass::read(&mut bytes));
        Self { first, second }
    }

    /// Returns the reader that ships with the program.
    pub fn shipped() -> &'static Fast<'static> {
        static SHIPPED: LazyLock<Fast<'static>> = LazyLock::new(|| Fast::read(include_bytes!("model.bin")));
        &SHIPPED
    }

    /// Returns the label probabilities of one paragraph.
    pub fn marginals(&self, paragraph: &Paragraph) -> Vec<Row> {
        let len = paragraph.facts.len();
        let contexts: Vec<u8> = (0..len).map(|at| features::context(paragraph, at)).collect();
        let mut features = Vec::with_capacity(256);
        let mut scores = vec![[0.0; LABELS]; len];
        let mut again = vec![[0.0; LABELS]; len];
        for at in 0..len {
            features::first(paragraph, at, &mut features);
            self.first.weights.add(&features, &mut scores[at]);
            if let Some(second) = &self.second {
                second.weights.add(&features, &mut again[at]);
            }
        }
        let labels = self.first.marginals(&scores, &contexts);
        let Some(second) = &self.second else { return labels };
        let passed = Passed::new(paragraph, &labels);
        for (at, row) in again.iter_mut().enumerate() {
            features.clear();
            features::second(paragraph, &passed, at, &mut features);
            second.weights.add(&features, row);
        }
        second.marginals(&again, &contexts)
    }
}

impl Reader for Fast<'_> {
    fn name(&self) -> &'static str {
        "fast"
    }

    fn scores(&self, document: &Document) -> Vec<[f32; LABELS]> {
        let outside: Row = std::array::from_fn(|y| if y == Label::Outside as usize { 0.0 } else { -20.0 });
        let mut out = vec![outside; document.tokens.len()];
        for (number, (block, range)) in facts::paragraphs(document).into_iter().enumerate() {
            let paragraph = facts::collect(document, block, range.clone(), number);
            for (row, marginal) in out[range].iter_mut().zip(self.marginals(&paragraph)) {
                *row = marginal.map(|p| p.max(1e-9).ln());
            }
        }
        out
    }
}
