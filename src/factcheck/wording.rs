//! Whether a check words the claim or its own headline; the openings are rows of `lexicon/check_headlines.tsv`.

use crate::lexicon::letters::one_line;
use crate::lexicon::tables;
use serde::{Deserialize, Serialize};

/// What stands where the claim should.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Wording {
    #[default]
    Claim,
    /// "Did the tunnel cost two billion?", "No, the port did not close".
    Headline,
}

/// Tells what some words are, beside the headline of the review.
pub(super) fn wording(claim: &str, headline: &str) -> Wording {
    let plain = |words: &str| crate::factcheck::wording::plain(words);
    let same = !headline.is_empty() && plain(claim) == plain(headline);
    if same || is_headline(claim) { Wording::Headline } else { Wording::Claim }
}

pub(super) fn plain(words: &str) -> String {
    let kept = words.chars().filter(|c| c.is_alphanumeric() || c.is_whitespace()).flat_map(char::to_lowercase);
    one_line(&kept.collect::<String>())
}

fn is_headline(words: &str) -> bool {
    let lower = words.trim().to_lowercase();
    tables::CHECK_HEADLINES.rows().any(|row| match row.as_slice() {
        ["start", opening, ..] => lower.starts_with(opening),
        ["ask", opening, ..] => {
            lower.ends_with('?') && lower.strip_prefix(opening).is_some_and(|rest| rest.starts_with(' '))
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_is_told_by_its_example() {
        for row in tables::CHECK_HEADLINES.rows() {
            assert!(is_headline(row[2]), "{row:?}");
        }
    }

    #[test]
    fn a_claim_is_no_headline() {
        for claim in ["The tunnel cost two billion crowns.", "No dock worker will lose a job.", "Is what he said"] {
            assert_eq!(wording(claim, "Tunnel costs in doubt"), Wording::Claim, "{claim}");
        }
        assert_eq!(wording("Tunnel costs in doubt.", "Tunnel costs in doubt"), Wording::Headline);
    }
}
