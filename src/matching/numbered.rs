//! The features of a pair in the order of the weight table, each with the way in which it may count.

/// Which way a feature may count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// More of it never makes a match less likely.
    For,
    /// More of it never makes a match more likely.
    Against,
    Either,
}

/// The features in the order of the weight table.
pub(crate) const NAMES: [(&str, Sign); COUNT] = [
    ("bm25 share", Sign::For),
    ("share of best", Sign::For),
    ("covered by text", Sign::For),
    ("covered by title", Sign::For),
    ("covered by either", Sign::For),
    ("text covered", Sign::For),
    ("title covered", Sign::For),
    ("cosine", Sign::For),
    ("like words", Sign::For),
    ("word pairs", Sign::For),
    ("longest run", Sign::For),
    ("run length", Sign::For),
    ("names shared", Sign::For),
    ("names missing", Sign::Against),
    ("names added", Sign::Against),
    ("figures shared", Sign::For),
    ("figures near", Sign::For),
    ("figures differ", Sign::Against),
    ("speaker same", Sign::For),
    ("speaker differs", Sign::Against),
    ("speaker named", Sign::Either),
    ("query speaker named", Sign::Either),
    ("negation differs", Sign::Against),
    ("opposites", Sign::Against),
    ("information", Sign::For),
    ("rarest", Sign::For),
    ("query length", Sign::Either),
    ("claim length", Sign::Either),
    ("cover squared", Sign::Either),
    ("text covered x cover", Sign::For),
    ("speaker x cover", Sign::For),
    ("run x text covered", Sign::For),
    ("letter runs", Sign::For),
    ("letter runs of best", Sign::For),
    ("years apart", Sign::Against),
];

/// The number of features.
pub const COUNT: usize = 35;
