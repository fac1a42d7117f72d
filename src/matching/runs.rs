//! The longest run of terms that a query and a claim both have, in one order.

use super::align::Tie;

/// A run as far as it goes.
#[derive(Debug, Clone, Copy)]
struct Run {
    /// Its last place in the query's sequence.
    at: u32,
    weight: f32,
    length: f32,
}

/// Returns the rarity and the length of the longest run. `sequence` is the query's terms with their rarity, `places` what the ties of
/// the claim's terms point into.
pub(crate) fn longest(sequence: &[(u32, f32)], places: &[u32], ties: &[Tie]) -> (f32, usize) {
    let (mut best, mut best_length) = (0.0f32, 0.0f32);
    let (mut before, mut now): (Vec<Run>, Vec<Run>) = (Vec::new(), Vec::new());
    for tie in ties {
        now.clear();
        for &at in &places[tie.places.0 as usize..tie.places.1 as usize] {
            let led = before.iter().find(|run| run.at + 1 == at);
            let (weight, length) = led.map_or((0.0, 0.0), |run| (run.weight, run.length));
            let run = Run { at, weight: weight + sequence[at as usize].1, length: length + 1.0 };
            if run.weight > best {
                (best, best_length) = (run.weight, run.length);
            }
            now.push(run);
        }
        std::mem::swap(&mut before, &mut now);
    }
    (best, best_length as usize)
}
