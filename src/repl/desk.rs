//! The session's desk as the prompt asks it: rows of the database become values to complete.

use super::complete::fitting;
use super::lookup::{Lookup, Offer};
use crate::commands::Session;
use crate::commands::completion::ValueKind;
use crate::date::{Date, parse_by_person};

/// Dates as people write them, offered with the day they mean.
const DAYS: [&str; 5] = ["today", "yesterday", "last week", "last month", "last year"];

impl Lookup for Session {
    fn offers(&mut self, kind: ValueKind, typed: &str) -> Vec<Offer> {
        match kind {
            ValueKind::Date => fitting(days(self.today()).into_iter(), typed),
            _ => Vec::new(),
        }
    }
}

fn days(today: Date) -> Vec<Offer> {
    let meant = |written: &&str| parse_by_person(written, today.first());
    DAYS.iter().filter_map(|written| Some(Offer::new(*written, meant(written)?.to_string()))).collect()
}

impl<T: Lookup + ?Sized> Lookup for &mut T {
    fn offers(&mut self, kind: ValueKind, typed: &str) -> Vec<Offer> {
        (**self).offers(kind, typed)
    }
}
