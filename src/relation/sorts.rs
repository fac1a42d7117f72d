//! What the word tables say of a word: which operator, modality, quantifier, bound, number, unit or person it is.
//!
//! Refuses to hold words: they are in the lexicon files that `words` reads.

/// Which polarity an operator gives to what it reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    Turn,
    Keep,
}

/// How far an operator reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// To the end of the clause that follows.
    After,
    /// The whole clause.
    Clause,
    /// The whole clause, but not as something one is doing by hand ("is cutting bread").
    Act,
    /// The next few words.
    Local,
}

/// The table an operator comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Negator,
    Implicative,
    Stance,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Operator {
    pub family: Family,
    pub effect: Effect,
    pub reach: Reach,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Modality {
    Forecast,
    Promise,
    Condition,
    Possibility,
    Obligation,
    /// The speaker speaks of himself.
    Own,
    /// What follows is wanted or hoped for: "want".
    Wish,
    /// What is said beside it is not meant: "pigs will fly".
    Scorn,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quantifier {
    /// Brings somebody new: the next such phrase may mean another.
    Indefinite,
    /// As indefinite, and speaks of a part: "some".
    Partial,
    Universal,
    /// Fewer than all: "only some".
    Less,
    /// Others too: "not only".
    More,
    Only,
}

impl Quantifier {
    /// Tells whether the phrase may mean another each time.
    pub const fn brings_new(self) -> bool {
        matches!(self, Self::Indefinite | Self::Partial)
    }
}

/// What becomes of a statement when the two that it speaks of change places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// It says the same: "met".
    Symmetric,
    /// It says the same where "with" follows: "spoke with".
    SymmetricWith,
    /// It cannot hold too: "exceeds".
    Asymmetric,
}

/// How a verb brings something about, so that it is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Existence {
    /// What comes about is its subject: "the strike begins".
    Occurs,
    /// What comes about is its object: "the town gets a runway".
    Brings,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    About,
    /// A little less: "nearly 40".
    Nearly,
    /// "Fewer than 40".
    Below,
    /// "At most 40".
    Most,
    /// "More than 40".
    Above,
    /// "At least 40".
    Least,
}

/// A unit: the number of what it measures, how many base units it is, and how many base units its zero is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Unit {
    pub measure: u8,
    pub size: f64,
    pub zero: f64,
}

/// The grammatical person of a pronoun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Person {
    First,
    Second,
    Third,
    /// "who", "which".
    Relative,
}
