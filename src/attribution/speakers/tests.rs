//! Sentences of our own for each way a source can name its speaker.

use super::resolve;
use crate::article::{self, Given};
use crate::attribution::Attributions;
use crate::text;

#[test]
fn odd_text_gives_no_speakers_and_no_panic() {
    for words in ["?", "\u{0}\u{1b}[31m", "“““", "A, B, C, and , (", "Mr.", "the of the of", "— — who who"] {
        let article = article::read(words.as_bytes(), "odd", &Given::default());
        let Ok(article) = article else { continue };
        let mut found = Attributions::default();
        resolve(&text::analyze(&article), &mut found);
        assert!(found.speakers.is_empty(), "{words:?}");
    }
}
