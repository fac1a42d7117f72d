//! What may set two claims against one another, with the stable name of each rule; and all that was found between two.

use super::align::Pair;
use super::proposition::Proposition;
use super::roles::Swap;

/// What sets two claims against one another; the strongest names the relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opposition {
    None,
    /// An odd number of negators and implicatives.
    Negation,
    /// An odd number of turns, at least one of them a stance or a denial.
    Stance,
    /// Both take a position on the same matter, and the ledgers of the whole claims differ in parity.
    Position,
    Antonym,
    DerivedAntonym,
    Exclusive,
    /// "All" against "only some".
    Quantifier,
    /// "Everyone" against "not everyone", of one and the same.
    Amount,
    Number,
    /// One is for what the other is against.
    Side,
    /// Two that stand in one another's place where only one order can hold: "older than".
    Order,
}

impl Opposition {
    /// Returns the stable name of the rule.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Negation => "negation",
            Self::Stance => "stance",
            Self::Position => "position",
            Self::Antonym => "antonym",
            Self::DerivedAntonym => "antonym.wordnet",
            Self::Exclusive => "exclusive",
            Self::Quantifier | Self::Amount => "quantifier",
            Self::Number => "number",
            Self::Side => "side",
            Self::Order => "order",
        }
    }
}

/// How the quantities of two sentences that are no times stand to one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Figures {
    /// None is linked.
    #[default]
    Untold,
    Same,
    Differ(Pair),
}

/// What was found between two sentences.
#[derive(Debug)]
pub(super) struct Finding {
    pub opposition: Opposition,
    /// The pair that opposes, where it is a pair.
    pub pair: Option<Pair>,
    /// Operators that count, by number in each side's ledger.
    pub turned_a: Vec<usize>,
    pub turned_b: Vec<usize>,
    /// Share of each side's weight that is linked.
    pub covered_a: f32,
    pub covered_b: f32,
    /// Share of the weight of the side whose words are turned (the smaller of the two for other oppositions).
    pub covered_turned: f32,
    /// Share of the weight in reach of the operators that count which is linked; 1 where none counts.
    pub covered_reach: f32,
    /// Weight of the links that agree.
    pub shared: f32,
    /// Pairs that oppose.
    pub opposing: usize,
    /// Each side has a name that the other lacks.
    pub names_differ: bool,
    /// The opposition lies in a phrase that brings somebody new: the two may speak of two.
    pub vague: bool,
    /// One of the two speaks of somebody new.
    pub indefinite: bool,
    /// Both sides have words without a link.
    pub both_free: bool,
    /// Pairs of weighty words that are linked.
    pub linked: usize,
    /// The two name different times beside what opposes.
    pub other_years: bool,
    /// Both name one time: "on Monday".
    pub one_time: bool,
    /// What opposes is a time and nothing else.
    pub times_only: bool,
    /// The two are the same word by word.
    pub parallel: bool,
    /// Quantities of one measure that exclude one another.
    pub clash: Option<Pair>,
    /// Quantities that are no times: whether two of them clash, or two are the same.
    pub figures: Figures,
    /// Two words stand in one another's place: who does what to whom differs.
    pub swap: Option<Swap>,
    /// One speaks of all, the other of a part of the same.
    pub scope_differs: bool,
    /// One is a short sentence held against a long passage: the share of the weight of the short one that the passage has
    /// somewhere.
    pub passage: Option<f32>,
    /// Both are what somebody said, and not only sentences.
    pub claims: bool,
    /// Whether the opposition lies in one proposition.
    pub proposition: Proposition,
    /// The words that set each side against what it is about, where two positions are compared.
    pub positions: (Vec<usize>, Vec<usize>),
}
