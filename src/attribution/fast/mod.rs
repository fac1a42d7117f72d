//! The fast reader: two linear-chain conditional random fields over hashed features, the second reading the first's labels.
//!
//! The method is Lafferty, McCallum and Pereira (2001). Each paragraph is a chain of its own, as PolNeAR marks no span across
//! paragraphs. `model.bin` holds the weights; `examples/train_reader.rs` makes it and `model.md` is its card.

pub mod chain;
pub mod facts;
pub mod features;

use crate::attribution::reader::{Calibration, LABELS, Label, Reader};
use crate::text::Document;
use crate::text::linear::{Aligned, Bytes, Dense};
use chain::{Factors, Row, Transitions, Want};
use facts::Paragraph;
use features::Passed;
use std::sync::LazyLock;

/// Labels of both passes side by side: those of the first, then those of the second.
pub type Both = [f32; 2 * LABELS];

/// The fast reader with its weights.
#[derive(Debug, Clone)]
pub struct Fast<'a> {
    /// Weights of the features that both passes share.
    shared: Dense<'a, { 2 * LABELS }>,
    /// Weights of what the labels of the first pass give to the second.
    passed: Dense<'a, LABELS>,
    factors: [Factors; 2],
}

impl<'a> Fast<'a> {
    /// Reads a weights file; malformed bytes give a reader that finds nothing likely.
    pub fn read(bytes: &'a [u8]) -> Self {
        let mut bytes = Bytes(bytes);
        let factors = std::array::from_fn(|_| Transitions::read(&mut bytes).factors());
        Self { shared: Dense::read(&mut bytes), passed: Dense::read(&mut bytes), factors }
    }

    /// Writes a weights file: rows of weights with what a full byte stands for, and the transitions of both passes.
    pub fn write(
        shared: (&[(u64, Both)], f32),
        passed: (&[(u64, Row)], f32),
        transitions: [&Transitions; 2],
        out: &mut Vec<u8>,
    ) {
        for transitions in transitions {
            transitions.write(out);
        }
        Dense::write(shared.0, shared.1, out);
        Dense::write(passed.0, passed.1, out);
    }

    /// Returns the reader that ships with the program.
    pub fn shipped() -> &'static Fast<'static> {
        static BYTES: &Aligned<[u8]> = &Aligned(*include_bytes!("model.bin"));
        static SHIPPED: LazyLock<Fast<'static>> = LazyLock::new(|| Fast::read(&BYTES.0));
        &SHIPPED
    }

    /// Returns the label probabilities of one paragraph.
    pub fn marginals(&self, paragraph: &Paragraph) -> Vec<Row> {
        let len = paragraph.facts.len();
        let contexts: Vec<u8> = (0..len).map(|at| features::context(paragraph, at)).collect();
        let mut features = Vec::with_capacity(256);
        let (mut first, mut second) = (Vec::with_capacity(len), Vec::with_capacity(len));
        for at in 0..len {
            features::first(paragraph, at, &mut features);
            let mut both = [0.0; 2 * LABELS];
            self.shared.add(&features, &mut both);
            first.push(std::array::from_fn(|label| both[label]));
            second.push(std::array::from_fn(|label| both[LABELS + label]));
        }
        let labels = chain::marginals(&first, &contexts, &self.factors[0], Want::Labels).labels;
        let passed = Passed::new(paragraph, &labels);
        for (at, row) in second.iter_mut().enumerate() {
            features.clear();
            features::second(paragraph, &passed, at, &mut features);
            self.passed.add(&features, row);
        }
        chain::marginals(&second, &contexts, &self.factors[1], Want::Labels).labels
    }
}

impl Reader for Fast<'_> {
    fn name(&self) -> &'static str {
        "fast"
    }

    fn calibration(&self) -> Calibration {
        Calibration { slope: 0.735, offset: 0.386 }
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
