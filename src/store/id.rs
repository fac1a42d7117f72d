//! Typed ids, written with one letter: article `a12`, claim `c41`, relation `m9`, verdict `v3`, evidence `e5`,
//! speaker `p7`, story `s2`, operation `o14`, note `n6`, fact-check `f8`. An id of one type is never taken for another.
//!
//! ```
//! use onrecord::store::id::ClaimId;
//! assert_eq!("c41".parse::<ClaimId>().unwrap().to_string(), "c41");
//! assert!("a41".parse::<ClaimId>().is_err());
//! ```

use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

/// Why words are no id: what was written, and what an id of this type looks like.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("invalid {} id `{written}` (expected something like {letter}12)", super::error::bare(what))]
pub struct IdError {
    pub written: String,
    pub what: &'static str,
    pub letter: char,
}

fn parse(written: &str, letter: char, what: &'static str) -> Result<i64, IdError> {
    let error = || IdError { written: written.to_owned(), what, letter };
    let trimmed = written.trim();
    let digits = trimmed
        .strip_prefix(letter)
        .or_else(|| trimmed.strip_prefix(letter.to_ascii_uppercase()))
        .filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
        .ok_or_else(error)?;
    digits.parse::<i64>().ok().filter(|number| *number > 0).ok_or_else(error)
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $letter:literal $what:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl $name {
            /// The letter that opens an id of this type.
            pub const LETTER: char = $letter;
            /// What the id names, in words: `a claim`.
            pub const WHAT: &'static str = $what;
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&format!("{}{}", $letter, self.0))
            }
        }

        impl std::str::FromStr for $name {
            type Err = IdError;

            fn from_str(written: &str) -> Result<Self, IdError> {
                parse(written, $letter, $what).map(Self)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let written = <String as serde::Deserialize>::deserialize(deserializer)?;
                written.parse().map_err(serde::de::Error::custom)
            }
        }

        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                self.0.to_sql()
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                i64::column_result(value).map(Self)
            }
        }
    )*};
}

ids! {
    /// An article, `a12`.
    ArticleId 'a' "an article";
    /// A claim, `c41`.
    ClaimId 'c' "a claim";
    /// A stored relation between two claims, `m9`.
    RelationId 'm' "a match or contradiction";
    /// One version of a verdict, `v3`.
    VerdictId 'v' "a verdict";
    /// A piece of evidence, `e5`.
    EvidenceId 'e' "a piece of evidence";
    /// A speaker, `p7`.
    SpeakerId 'p' "a speaker";
    /// A story, `s2`.
    StoryId 's' "a story";
    /// An operation of the journal, `o14`.
    OperationId 'o' "an operation";
    /// A note, `n6`.
    NoteId 'n' "a note";
    /// A fact-check that others published, `f8`.
    FactCheckId 'f' "a fact-check";
}

/// An id of any type, told by its letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnyId {
    Article(ArticleId),
    Claim(ClaimId),
    Relation(RelationId),
    Verdict(VerdictId),
    Evidence(EvidenceId),
    Speaker(SpeakerId),
    Story(StoryId),
    Operation(OperationId),
    Note(NoteId),
    FactCheck(FactCheckId),
}

impl std::fmt::Display for AnyId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Article(id) => id.fmt(f),
            Self::Claim(id) => id.fmt(f),
            Self::Relation(id) => id.fmt(f),
            Self::Verdict(id) => id.fmt(f),
            Self::Evidence(id) => id.fmt(f),
            Self::Speaker(id) => id.fmt(f),
            Self::Story(id) => id.fmt(f),
            Self::Operation(id) => id.fmt(f),
            Self::Note(id) => id.fmt(f),
            Self::FactCheck(id) => id.fmt(f),
        }
    }
}

impl serde::Serialize for AnyId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl std::str::FromStr for AnyId {
    type Err = AnyIdError;

    fn from_str(written: &str) -> Result<Self, AnyIdError> {
        let error = || AnyIdError(written.to_owned());
        let letter = written.trim().chars().next().map(|c| c.to_ascii_lowercase()).ok_or_else(error)?;
        let id = match letter {
            ArticleId::LETTER => written.parse().map(Self::Article),
            ClaimId::LETTER => written.parse().map(Self::Claim),
            RelationId::LETTER => written.parse().map(Self::Relation),
            VerdictId::LETTER => written.parse().map(Self::Verdict),
            EvidenceId::LETTER => written.parse().map(Self::Evidence),
            SpeakerId::LETTER => written.parse().map(Self::Speaker),
            StoryId::LETTER => written.parse().map(Self::Story),
            OperationId::LETTER => written.parse().map(Self::Operation),
            NoteId::LETTER => written.parse().map(Self::Note),
            FactCheckId::LETTER => written.parse().map(Self::FactCheck),
            _ => return Err(error()),
        };
        id.map_err(|_| error())
    }
}

/// Why words are no id of any type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "invalid id `{0}` (expected something like c12: articles are a1, claims c1, matches m1, verdicts v1, evidence e1, speakers p1, stories s1, operations o1, notes n1, fact-checks f1)"
)]
pub struct AnyIdError(pub String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_keeps_its_type_and_its_number() {
        assert_eq!("C41".parse(), Ok(ClaimId(41)));
        assert_eq!(" m9 ".parse(), Ok(RelationId(9)));
        assert_eq!("s2".parse(), Ok(AnyId::Story(StoryId(2))));
        for wrong in ["", "c", "c0", "c-1", "c+1", "41", "a41", "c99999999999999999999", "cé"] {
            assert!(wrong.parse::<ClaimId>().is_err(), "{wrong}");
        }
        for wrong in ["", "x1", "é1", "a"] {
            assert!(wrong.parse::<AnyId>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_id_is_written_with_its_letter_in_json() {
        assert_eq!(serde_json::to_string(&ArticleId(12)).unwrap(), "\"a12\"");
        assert_eq!(serde_json::from_str::<ArticleId>("\"a12\"").unwrap(), ArticleId(12));
    }
}
