//! How much of the golden articles each reader reaches, by genre.

use super::case::{Case, Reader, Verb};
use super::compare::{Outcome, Reached, Related};
use std::collections::BTreeMap;
use std::ops::AddAssign;

#[derive(Debug, Default)]
pub struct Table(BTreeMap<(Reader, String), Row>);

#[derive(Debug, Default, Clone, Copy)]
struct Row {
    claims: usize,
    /// Claims whose words are found; of these the ones by the right speaker; of these the ones with all fields right.
    words: usize,
    speaker: usize,
    all: usize,
    /// Claims that are given and are none.
    beyond: usize,
    relations: usize,
    holding: usize,
    /// Relations that are called and must not be.
    called: usize,
}

impl AddAssign for Row {
    fn add_assign(&mut self, other: Self) {
        self.claims += other.claims;
        self.words += other.words;
        self.speaker += other.speaker;
        self.all += other.all;
        self.beyond += other.beyond;
        self.relations += other.relations;
        self.holding += other.holding;
        self.called += other.called;
    }
}

impl Table {
    pub fn add(&mut self, case: &Case, reader: Reader, reached: &[Reached], related: &Related) {
        let mut row = Row::default();
        for one in reached {
            row.beyond += one.unmarked.len();
            for outcome in &one.claims {
                match outcome {
                    Outcome::NoClaim { given } => row.beyond += given.len(),
                    Outcome::Lost { .. } => row.claims += 1,
                    Outcome::Found { right, .. } => {
                        row.claims += 1;
                        row.words += 1;
                        row.speaker += usize::from(right[0]);
                        row.all += usize::from(right.iter().all(|right| *right));
                    }
                }
            }
        }
        let relations = case.articles.iter().flat_map(|article| article.relations());
        for (relation, holds) in relations.zip(&related.holds) {
            match relation.verb {
                Verb::Nothing => row.called += usize::from(!holds),
                _ => {
                    row.relations += 1;
                    row.holding += usize::from(*holds);
                }
            }
        }
        row.called += related.unlisted.len();
        for genre in [case.genre(), "(all)"] {
            *self.0.entry((reader, genre.to_owned())).or_default() += row;
        }
    }

    pub fn told(&self) -> String {
        let mut told = format!(
            "{:<6}{:<16}{:>8}{:>8}{:>10}{:>8}{:>10}{:>11}{:>7}{:>8}\n",
            "reader", "genre", "claims", "words", "speaker", "all", "no claim", "relations", "hold", "called"
        );
        for ((reader, genre), row) in &self.0 {
            told.push_str(&format!(
                "{:<6}{:<16}{:>8}{:>8}{:>10}{:>8}{:>10}{:>11}{:>7}{:>8}\n",
                reader.name(),
                genre,
                row.claims,
                row.words,
                row.speaker,
                row.all,
                row.beyond,
                row.relations,
                row.holding,
                row.called
            ));
        }
        told
    }
}
