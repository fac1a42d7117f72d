//! `compare`: how two claims stand to each other, and in which words; `--pairs` compares a whole file.

use crate::commands::common::input::{self, Key};
use crate::commands::layout::words::{self, Depth};
use crate::commands::{Command, CommandError, Group, Session};
use crate::date::Date;
use crate::relation::model::relate_texts;
use crate::relation::{RelationKind, Side};
use crate::report::view::{Role, Table, View};
use crate::score::Score;
use crate::store::id::ClaimId;
use crate::store::stored::name_of;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Compares two claims
#[derive(Debug, clap::Args)]
pub struct Compare {
    /// Two claims, or two texts in quotation marks; the earlier one first
    #[arg(value_name = "CLAIM|TEXT", num_args = 2, required_unless_present = "pairs")]
    sides: Vec<String>,
    /// Compare the pairs of this file: JSON lines {"id", "a", "b"}
    #[arg(long, value_name = "FILE", conflicts_with = "sides")]
    pairs: Option<PathBuf>,
    /// Everything: links, the words that turn each side, and each feature's part in the confidence
    #[arg(long, conflicts_with = "pairs")]
    all: bool,
}

impl Command for Compare {
    const NAME: &'static str = "compare";
    const PURPOSE: &'static str = "Compare two claims or texts: repeat, update, contradiction …";
    const EXAMPLE: &'static str = "compare \"The port will stay open\" \"The port will not stay open\"";
    const GROUP: Group = Group::Relations;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        match self.pairs {
            Some(file) => pairs(session, &session.path(&file)),
            None => {
                let depth = if self.all { Depth::All } else { Depth::Told };
                sides(session, &self.sides[0], &self.sides[1], depth)
            }
        }
    }
}

/// A line of a file of pairs; `a` is the earlier claim.
#[derive(Debug, Deserialize)]
struct Pair {
    id: Key,
    a: String,
    b: String,
    #[serde(default)]
    speaker_a: Option<String>,
    #[serde(default)]
    speaker_b: Option<String>,
    #[serde(default)]
    date_a: Option<Date>,
    #[serde(default)]
    date_b: Option<Date>,
}

/// The answer to a pair.
#[derive(Debug, Serialize)]
struct Compared<'a> {
    id: &'a Key,
    relation: RelationKind,
    /// Confidence that the two contradict.
    score: Score,
    because: String,
}

fn pairs(session: &Session, file: &Path) -> Result<View, CommandError> {
    let pairs: Vec<Pair> = input::json_lines(session, file)?;
    let compared = pairs.par_iter().map(|pair| {
        let a = Side { text: &pair.a, speaker: pair.speaker_a.as_deref(), date: pair.date_a, ..Side::default() };
        let b = Side { text: &pair.b, speaker: pair.speaker_b.as_deref(), date: pair.date_b, ..Side::default() };
        let found = relate_texts(&a, &b);
        Compared { id: &pair.id, relation: found.kind, score: found.score, because: found.summary }
    });
    let answers: Vec<Compared<'_>> = compared.collect();
    let mut table =
        Table::new([("id", Role::Id), ("relation", Role::Plain), ("score", Role::Number), ("because", Role::Words)]);
    for answer in &answers {
        let relation = name_of(&answer.relation);
        table.row([answer.id.to_string(), relation, answer.score.to_string(), answer.because.clone()]);
    }
    Ok(View::table(table).data(&answers))
}

/// Compares two claims of the desk, by the same path as when they were loaded, or two texts.
fn sides(session: &mut Session, one: &str, other: &str, depth: Depth) -> Result<View, CommandError> {
    match (one.parse::<ClaimId>(), other.parse::<ClaimId>()) {
        (Ok(one), Ok(other)) => {
            let view = words::answer(&session.workbench()?.compare(one, other)?, depth);
            Ok(view.hint(format!("`confirm {one} {other}` records a contradiction that you find yourself")))
        }
        (Err(_), Err(_)) => Ok(texts(one, other, depth)),
        _ => Err(CommandError::failed("one side is the id of a claim, the other is not")
            .with_hint("compare two claims, such as `compare c1 c2`, or two texts in quotation marks")),
    }
}

/// Compares two texts that nobody stored.
fn texts(a: &str, b: &str, depth: Depth) -> View {
    let found = relate_texts(&Side { text: a, ..Side::default() }, &Side { text: b, ..Side::default() });
    words::answer(&found, depth)
}
