//! What may set two claims against one another, with the stable name of each rule.

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
