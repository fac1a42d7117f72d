//! The one interface of all readers: a score for each token and each of seven labels.

use crate::attribution::deep::pointer::Pointer;
use crate::attribution::fast::Fast;
use crate::attribution::pooled::Pooled;
use crate::text::Document;
use std::sync::LazyLock;

/// Number of labels.
pub const LABELS: usize = 7;

/// The seven labels, in the order of the columns of [`Reader::scores`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Label {
    Outside,
    BeginSource,
    InSource,
    BeginCue,
    InCue,
    BeginContent,
    InContent,
}

impl Label {
    /// Every label, in column order.
    pub const ALL: [Self; LABELS] = [
        Self::Outside,
        Self::BeginSource,
        Self::InSource,
        Self::BeginCue,
        Self::InCue,
        Self::BeginContent,
        Self::InContent,
    ];

    /// Tells whether this label may follow `before`: an inside needs its begin or inside before it.
    pub const fn may_follow(self, before: Self) -> bool {
        match self {
            Self::InSource => matches!(before, Self::BeginSource | Self::InSource),
            Self::InCue => matches!(before, Self::BeginCue | Self::InCue),
            Self::InContent => matches!(before, Self::BeginContent | Self::InContent),
            _ => true,
        }
    }
}

/// How the product of a reader's span probabilities becomes the probability that an attribution is right.
///
/// Platt scaling (Platt 1999): the logistic function of `slope` times the log-odds plus `offset`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calibration {
    pub slope: f64,
    pub offset: f64,
}

impl Calibration {
    /// Returns the probability that an attribution is right, in 0 to 1.
    pub fn apply(self, raw: f64) -> f64 {
        let raw = raw.clamp(1e-4, 1.0 - 1e-4);
        1.0 / (1.0 + (-(self.slope * (raw / (1.0 - raw)).ln() + self.offset)).exp())
    }
}

/// What a reader makes of a document.
#[derive(Debug, Clone)]
pub struct Reading<'a> {
    /// One row a token of `document.tokens`.
    pub scores: Vec<[f32; LABELS]>,
    /// Points from a source to its speaker; the deep reader has one.
    pub pointer: Option<Pointer<'a>>,
}

/// Gives each token of a document a score for each label; higher is likelier, in log-probability units.
pub trait Reader: Send + Sync {
    /// The name stored with each claim: `rules`, `fast`, `deep`.
    fn name(&self) -> &'static str;
    /// Fitted by `training/calibrate.py`; what is right is said there.
    fn calibration(&self) -> Calibration;
    /// One row a token of `document.tokens`.
    fn scores(&self, document: &Document) -> Vec<[f32; LABELS]>;
    /// The scores, and what else the reader can tell.
    fn read(&self, document: &Document) -> Reading<'_> {
        Reading { scores: self.scores(document), pointer: None }
    }
}

/// The readers that a person can choose, the default first.
pub const NAMES: [&str; 2] = ["fast", "deep"];

/// Returns the reader of a name in [`NAMES`], with the weights that ship with the program.
pub fn by_name(name: &str) -> Option<&'static dyn Reader> {
    static POOLED: LazyLock<Option<Pooled>> = LazyLock::new(Pooled::shipped);
    match name {
        "deep" => POOLED.as_ref().map(|reader| reader as &dyn Reader),
        "fast" => Some(Fast::shipped()),
        _ => None,
    }
}

/// Returns the reader that everything uses unless another is asked for.
pub fn standard() -> &'static dyn Reader {
    super::fast::Fast::shipped()
}
