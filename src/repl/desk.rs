//! The session's desk as the prompt asks it: rows of the database become values to complete.
//!
//! A desk that cannot be opened or read offers nothing; the command that needs it will say why.

use super::complete::fitting;
use super::lookup::{Lookup, MOST, Offer};
use crate::commands::Session;
use crate::commands::completion::ValueKind;
use crate::date::{Date, parse_by_person};
use crate::store::filter::{Filter, Order};
use crate::store::id::{AnyId, ClaimId, RelationId, SpeakerId};
use crate::store::rows::{ClaimRow, RelationRow};
use crate::workbench::{Result, Workbench};

/// Dates as people write them, offered with the day they mean.
const DAYS: [&str; 5] = ["today", "yesterday", "last week", "last month", "last year"];

impl Lookup for Session {
    fn offers(&mut self, kind: ValueKind, typed: &str) -> Vec<Offer> {
        if kind == ValueKind::Date {
            return fitting(days(self.today()).into_iter(), typed);
        }
        let Ok(desk) = self.workbench() else { return Vec::new() };
        stored(desk, kind, typed).unwrap_or_default()
    }

    fn has(&mut self, id: AnyId) -> bool {
        // A desk that no command has opened yet is not opened for a colour.
        self.open_workbench().is_none_or(|desk| desk.has(id))
    }
}

impl<T: Lookup + ?Sized> Lookup for &mut T {
    fn offers(&mut self, kind: ValueKind, typed: &str) -> Vec<Offer> {
        (**self).offers(kind, typed)
    }

    fn has(&mut self, id: AnyId) -> bool {
        (**self).has(id)
    }
}

fn days(today: Date) -> Vec<Offer> {
    let meant = |written: &&str| parse_by_person(written, today.first());
    DAYS.iter().filter_map(|written| Some(Offer::new(*written, meant(written)?.to_string()))).collect()
}

/// Returns what the desk has of one kind; ids newest first.
fn stored(desk: &Workbench, kind: ValueKind, typed: &str) -> Result<Vec<Offer>> {
    let newest = Filter::default().limited(MOST, Order::Newest);
    let plain = |names: Vec<String>| fitting(names.into_iter().map(|name| Offer::new(name, "")), typed);
    let begun = |offers: Vec<Offer>| offers.into_iter().filter(|offer| offer.value.starts_with(typed)).collect();
    Ok(match kind {
        ValueKind::Article => begun(
            desk.articles(&newest)?
                .into_iter()
                .map(|row| Offer::new(row.id.to_string(), row.title.or(row.outlet).unwrap_or(row.path)))
                .collect(),
        ),
        ValueKind::Claim => {
            let mut rows: Vec<Offer> = begun(desk.claims(&newest)?.iter().map(claim).collect());
            // An id written out is known even where the newest do not reach it.
            let named = typed.parse::<ClaimId>().ok().filter(|_| rows.iter().all(|offer| offer.value != typed));
            rows.extend(named.and_then(|id| desk.claim(id).ok()).as_ref().map(claim));
            rows
        }
        ValueKind::Relation => {
            let mut rows: Vec<Offer> = begun(desk.relations(&newest, &[])?.iter().map(relation).collect());
            let named = typed.parse::<RelationId>().ok().filter(|_| rows.iter().all(|offer| offer.value != typed));
            rows.extend(named.and_then(|id| desk.relation(id).ok()).as_ref().map(relation));
            rows
        }
        ValueKind::Verdict => begun(
            desk.verdicts(&newest)?
                .into_iter()
                .map(|row| Offer::new(row.id.to_string(), format!("{} on {}", row.rating, row.claim)))
                .collect(),
        ),
        ValueKind::Evidence => begun(
            desk.verdicts(&newest)?
                .into_iter()
                .flat_map(|row| row.evidence)
                .map(|row| Offer::new(row.id.to_string(), row.words))
                .collect(),
        ),
        ValueKind::Speaker => match typed.parse::<SpeakerId>() {
            Ok(id) => desk.speaker(id).map(|row| vec![Offer::new(id.to_string(), row.name)]).unwrap_or_default(),
            Err(_) => plain(desk.speaker_names()?),
        },
        ValueKind::Story => fitting(
            desk.stories()?.into_iter().map(|row| Offer::new(row.name, format!("{}, {} claims", row.id, row.claims))),
            typed,
        ),
        ValueKind::Operation => begun(
            desk.log(MOST)?
                .into_iter()
                .map(|row| Offer::new(row.id.to_string(), format!("{} {}", row.name, row.words)))
                .collect(),
        ),
        ValueKind::Note => {
            begun(desk.notes(None)?.into_iter().map(|row| Offer::new(row.id.to_string(), row.words)).collect())
        }
        ValueKind::Tag => fitting(
            desk.tags()?
                .into_iter()
                .map(|row| Offer::new(row.name, format!("{} articles, {} claims", row.articles, row.claims))),
            typed,
        ),
        ValueKind::Saved => {
            fitting(desk.saved_filters()?.into_iter().map(|row| Offer::new(row.name, row.words)), typed)
        }
        ValueKind::Feed => fitting(desk.feeds()?.into_iter().map(|row| Offer::new(row.name, row.address)), typed),
        ValueKind::Outlet => plain(desk.outlets()?),
        ValueKind::Rating => {
            let scales = &desk.settings().scales;
            let steps = scales.iter().flat_map(|scale| {
                scale.ratings.iter().map(|step| Offer::new(&*step.name, format!("{}: {}", scale.name, step.means)))
            });
            let mut offers = fitting(steps, typed);
            // Ratings of other times are still filtered by.
            let stored = desk.ratings()?.into_iter().map(|name| Offer::new(name, ""));
            let known: Vec<String> = offers.iter().map(|offer| offer.value.to_lowercase()).collect();
            offers.extend(fitting(stored.filter(|offer| !known.contains(&offer.value.to_lowercase())), typed));
            offers
        }
        ValueKind::Scale => {
            fitting(desk.settings().scales.iter().map(|scale| Offer::new(&*scale.name, &*scale.title)), typed)
        }
        _ => Vec::new(),
    })
}

fn claim(row: &ClaimRow) -> Offer {
    Offer::new(row.id.to_string(), format!("{}: {}", row.who(), row.words))
}

fn relation(row: &RelationRow) -> Offer {
    Offer::new(row.id.to_string(), format!("{}, {} {}: {}", row.relation, row.earlier.id, row.later.id, row.summary))
}
