//! A score in [0, 1] and the reasons behind it: every score says why.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The lowest probability that is told apart from 0.
const LEAST: f64 = 1e-5;

/// A confidence in [0, 1]; the one constructor clamps, and NaN becomes 0.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default, Serialize, Deserialize)]
#[serde(from = "f64", into = "f64")]
pub struct Score(f32);

impl Score {
    pub fn new(value: f64) -> Self {
        Self(if value.is_nan() { 0.0 } else { value.clamp(0.0, 1.0) as f32 })
    }

    pub fn get(self) -> f64 {
        f64::from(self.0)
    }

    /// Returns the score whose log-odds are higher by so much; 0 and 1 are taken for what is next to them.
    #[must_use]
    pub fn moved(self, log_odds: f64) -> Self {
        let near = self.get().clamp(LEAST, 1.0 - LEAST);
        Self::new(1.0 / (1.0 + (-(near / (1.0 - near)).ln() - log_odds).exp()))
    }
}

impl From<f64> for Score {
    fn from(value: f64) -> Self {
        Self::new(value)
    }
}

impl From<Score> for f64 {
    /// Rounds to four decimals, so that JSON stays readable and stable.
    fn from(score: Score) -> Self {
        (Self::from(score.0) * 10_000.0).round() / 10_000.0
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.2}", self.0)
    }
}

/// One reason for a score: the rule or feature, what it saw, and what it added (positive) or took away (negative).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// The rule, feature or lexicon row, by its stable name: `cue.verb`, `speaker.same`, `antonym`.
    pub rule: Cow<'static, str>,
    /// What was seen, in words a person reads: `"denied" is a denial cue`.
    pub detail: String,
    /// The part this reason has in the score, in the scorer's own units.
    pub weight: f64,
}

impl Reason {
    pub fn new(rule: impl Into<Cow<'static, str>>, detail: impl Into<String>, weight: f64) -> Self {
        Self { rule: rule.into(), detail: detail.into(), weight }
    }
}
