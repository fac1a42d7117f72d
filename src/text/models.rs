//! The weights behind [`analyze`](crate::text::analyze): tagger, parser and lemma exceptions, read from one file.
//!
//! The file ships inside the program; `examples/train_text.rs` makes it, and `models.md` is its card.

use crate::text::lemma::Lemmas;
use crate::text::linear::{Aligned, Bytes};
use crate::text::parser::Parser;
use crate::text::tagger::Tagger;
use std::sync::LazyLock;

/// Everything learned that analysis needs.
#[derive(Debug, Clone)]
pub struct Models<'a> {
    pub tagger: Tagger<'a>,
    pub parser: Parser<'a>,
    pub lemmas: Lemmas<'a>,
}

impl<'a> Models<'a> {
    /// Reads a weights file; malformed bytes give models that know nothing.
    pub fn read(bytes: &'a [u8]) -> Self {
        let mut bytes = Bytes(bytes);
        let tagger = Tagger::read(&mut bytes);
        let parser = Parser::read(&mut bytes);
        let lemmas = Lemmas::read(std::str::from_utf8(bytes.0).unwrap_or_default());
        Self { tagger, parser, lemmas }
    }

    /// Returns the models that ship with the program.
    pub fn shipped() -> &'static Models<'static> {
        static BYTES: &Aligned<[u8]> = &Aligned(*include_bytes!("models.bin"));
        static SHIPPED: LazyLock<Models<'static>> = LazyLock::new(|| Models::read(&BYTES.0));
        &SHIPPED
    }
}
