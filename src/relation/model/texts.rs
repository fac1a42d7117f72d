//! Two bare texts, by the rules and by an encoder that reads them together; and which checked claim somebody's words repeat.

use super::encoder::{Encoder, SENTENCE, Told, sum};
use crate::encoder::weights::BadWeights;
use crate::matching::meaning::Meaning;
use crate::relation::{Relation, RelationKind, Side, relate};
use crate::score::{Reason, Score};
use std::sync::LazyLock;

/// Reads two bare texts: contradiction, the same, neither; and words beside a checked claim: it is the one, or another.
pub type Texts<'a> = Encoder<'a, 5>;

/// How much the encoder's log-odds count beside those of the rules; the card has what other weights give.
const WEIGHT: f64 = 0.5;
/// What the rules leave possible where they see nothing.
const UNSEEN: f64 = 0.004;
/// Log-odds from which two texts in nearly the same words are not called the same, and from which others are offered.
const NOT_THE_SAME: f32 = 2.0;
const OFFERED: f32 = 3.0;

impl Texts<'_> {
    /// Returns the model that ships with the program, or why its weights are refused; a test reads them.
    ///
    /// # Errors
    /// [`BadWeights`] when the program was built with a damaged weights file.
    pub fn shipped() -> Result<&'static Texts<'static>, &'static BadWeights> {
        static SHIPPED: LazyLock<Result<Texts<'static>, BadWeights>> =
            LazyLock::new(|| Texts::new(include_bytes!("texts.bin"), Meaning::shipped().map_err(Clone::clone)?));
        SHIPPED.as_ref()
    }

    /// Returns the log-odds that two bare texts contradict one another, the mean over both orders.
    pub fn contradicted(&self, a: &[u32], b: &[u32]) -> f32 {
        let once = |a: &[u32], b: &[u32]| {
            let [contradiction, same, neither, ..] = self.ordered(a, b);
            contradiction - sum(same, neither)
        };
        f32::midpoint(once(a, b), once(b, a))
    }

    /// Returns the pieces of a checked claim and its headline, for [`Texts::is_the_one`].
    pub fn checked(&self, speaker: &str, words: &str, headline: &str) -> Vec<u32> {
        let mut out = self.side(&Told { speaker, words, ..Told::default() });
        if !headline.is_empty() {
            out.push(self.open);
            out.extend(self.cut(headline, SENTENCE));
        }
        out
    }

    /// Returns the log-odds that a checked claim is the one that somebody's words repeat.
    pub fn is_the_one(&self, words: &[u32], checked: &[u32]) -> f32 {
        let [_, _, _, one, another] = self.ordered(words, checked);
        one - another
    }
}

/// Compares two texts of which nothing else is known. What is called, the rules call; the encoder moves the confidence, and what
/// it alone takes for opposed is offered at most.
pub fn relate_texts(a: &Side<'_>, b: &Side<'_>) -> Relation {
    let mut found = relate(a, b);
    let Ok(model) = Texts::shipped() else { return found };
    let pieces = |side: &Side<'_>| model.side(&Told { words: side.text, ..Told::default() });
    let odds = model.contradicted(&pieces(a), &pieces(b));
    let part = WEIGHT * f64::from(odds);
    found.score = Score::new(found.score.get().max(UNSEEN)).moved(part);
    let opposed = match found.kind {
        RelationKind::Reworded => odds >= NOT_THE_SAME,
        RelationKind::Related => odds >= OFFERED,
        _ => false,
    };
    if opposed {
        found.kind = RelationKind::Offered;
        found.summary = "read together, the two are opposed; no single word decides".to_owned();
    }
    found.because.push(Reason::new("read together", spoken(odds), part));
    found
}

fn spoken(odds: f32) -> String {
    let said = if odds > 0.0 { "opposed" } else { "not opposed" };
    format!("an encoder that reads both takes them for {said}")
}
