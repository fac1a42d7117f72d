//! A stored enum: the value this program knows, or the words of one it does not, which survive a round trip.

use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, IntoDeserializer};
use serde::{Deserialize, Serialize};

/// A value of an enum as the database holds it; written by its serde name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Stored<T> {
    Known(T),
    Unknown(String),
}

impl<T: Copy> Stored<T> {
    /// Returns the value, or `None` when this program does not know it.
    pub const fn known(&self) -> Option<T> {
        match self {
            Self::Known(value) => Some(*value),
            Self::Unknown(_) => None,
        }
    }
}

impl<T: PartialEq> Stored<T> {
    /// Tells whether this is the value given.
    pub fn is(&self, value: T) -> bool {
        matches!(self, Self::Known(known) if *known == value)
    }
}

/// Returns the serde name of an enum value without fields; empty for anything else.
pub fn name_of<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// Reads a serde name of an enum.
pub fn value_of<T: DeserializeOwned>(name: &str) -> Option<T> {
    let name: StrDeserializer<'_, serde::de::value::Error> = name.into_deserializer();
    T::deserialize(name).ok()
}

impl<T: Serialize> std::fmt::Display for Stored<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Known(value) => f.pad(&name_of(value)),
            Self::Unknown(words) => f.pad(words),
        }
    }
}

impl<T: DeserializeOwned> From<&str> for Stored<T> {
    fn from(words: &str) -> Self {
        value_of(words).map_or_else(|| Self::Unknown(words.to_owned()), Self::Known)
    }
}

impl<T: DeserializeOwned> FromSql for Stored<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str().map(Self::from)
    }
}

impl<T: Serialize> ToSql for Stored<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::Kind;

    #[test]
    fn an_unknown_value_survives() {
        let known: Stored<Kind> = "denial".into();
        assert!(known.is(Kind::Denial));
        let unknown: Stored<Kind> = "prophecy".into();
        assert_eq!(unknown.known(), None);
        assert_eq!(unknown.to_string(), "prophecy");
        assert_eq!(serde_json::to_string(&unknown).unwrap(), "\"prophecy\"");
        assert_eq!(name_of(&Kind::Refusal), "refusal");
    }
}
