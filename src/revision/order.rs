//! Which of two versions of an article came first, and what tells it: an old copy may come onto the desk last, so the order of
//! loading proves nothing.

use crate::article::Moment;
use crate::date::{Date, Precision};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

/// What tells which of two versions came first, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// When they say that they were last changed.
    Updated,
    /// The days on which they say that they were published.
    Published,
    /// When they were fetched.
    Fetched,
    /// The days on which they were loaded: taken as the order, but a copy may be older than the day that it came.
    Loaded,
    /// Nothing tells it; they stand as they were loaded.
    Unknown,
}

impl Order {
    /// Tells whether it is known which text stood first: only then may somebody be said to have altered it.
    pub const fn is_known(self) -> bool {
        matches!(self, Self::Updated | Self::Published | Self::Fetched)
    }

    /// Says what the order was taken from.
    pub const fn told(self) -> &'static str {
        match self {
            Self::Updated => "order by when they say they were updated",
            Self::Published => "order by the days they were published",
            Self::Fetched => "order by when they were fetched",
            Self::Loaded => "order not known: they stand by the days they were loaded",
            Self::Unknown => "order not known: neither says when it was updated",
        }
    }
}

/// What a version says of its last change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Updated<'a> {
    At(&'a Moment),
    /// It is of a format that tells it, and tells none: it was not changed yet.
    Never,
    /// It is plain text, which tells nothing.
    Unsaid,
}

/// When a version was made and came.
#[derive(Debug, Clone, Copy)]
pub struct When<'a> {
    pub updated: Updated<'a>,
    pub published: Option<Date>,
    /// RFC 3339, UTC.
    pub fetched: Option<&'a str>,
    /// RFC 3339, UTC.
    pub loaded: &'a str,
}

/// What a version says of its own age: a day in its own zone, and the moment where it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Stamp {
    day: NaiveDate,
    instant: Option<DateTime<Utc>>,
}

impl When<'_> {
    fn stamp(&self) -> Option<Stamp> {
        match self.updated {
            Updated::At(moment) => Some(Stamp { day: moment.day.first(), instant: moment.instant() }),
            Updated::Never | Updated::Unsaid => {
                let day = self.published.filter(|day| day.precision() == Precision::Day)?;
                Some(Stamp { day: day.first(), instant: None })
            }
        }
    }

    fn seen(&self) -> &str {
        self.fetched.unwrap_or(self.loaded)
    }
}

/// Returns the places of versions, which are given as they were loaded, the earliest version first. One that says nothing of
/// its age stays behind the one that was loaded before it.
pub fn sorted(versions: &[When<'_>]) -> Vec<usize> {
    let mut last = None;
    let stamps: Vec<Option<Stamp>> = versions
        .iter()
        .map(|when| {
            last = when.stamp().or(last);
            last
        })
        .collect();
    // Days are of their own zones: moments are compared where all have one.
    let all = stamps.iter().flatten().all(|stamp| stamp.instant.is_some());
    let mut places: Vec<usize> = (0..versions.len()).collect();
    places.sort_by_key(|&place| {
        let instant = stamps[place].filter(|_| all).and_then(|stamp| stamp.instant);
        (instant, stamps[place], versions[place].seen(), place)
    });
    places
}

/// Tells what shows that one version came before another, which [`sorted`] put behind it.
pub fn order(before: &When<'_>, after: &When<'_>) -> Order {
    if let (Some(was), Some(is)) = (before.stamp(), after.stamp()) {
        let by = if matches!(after.updated, Updated::At(_)) { Order::Updated } else { Order::Published };
        match (was.instant, is.instant) {
            (Some(was), Some(is)) if was != is => return if was < is { by } else { Order::Unknown },
            _ if was.day != is.day => return if was.day < is.day { by } else { Order::Unknown },
            (None, Some(_)) if before.updated == Updated::Never => return by,
            _ => {}
        }
    }
    match (before.fetched, after.fetched) {
        (Some(was), Some(is)) if was < is => Order::Fetched,
        _ if before.seen().get(..10) < after.seen().get(..10) => Order::Loaded,
        _ => Order::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(written: &str) -> Moment {
        Moment::read(written).unwrap()
    }

    fn when<'a>(updated: Updated<'a>, published: &str) -> When<'a> {
        When { updated, published: Date::parse_iso(published), fetched: None, loaded: "2025-03-01T09:00:00Z" }
    }

    #[test]
    fn an_old_copy_that_came_last_stands_first() {
        let (noon, night) = (moment("2024-05-03T12:00:00Z"), moment("2024-05-03T23:30:00+02:00"));
        let at = |moment| when(Updated::At(moment), "2024-05-03");
        let all = [at(&night), at(&noon)];
        assert_eq!(sorted(&all), [1, 0]);
        assert_eq!(order(&all[1], &all[0]), Order::Updated);
        // A page that tells of no change was not changed yet; of plain text nothing is known.
        let all = [at(&noon), when(Updated::Never, "2024-05-03"), when(Updated::Unsaid, "2024-05-03")];
        assert_eq!(sorted(&all), [1, 2, 0]);
        assert_eq!(order(&all[1], &all[0]), Order::Updated);
        assert_eq!(order(&all[2], &all[0]), Order::Unknown);
        let days = [when(Updated::Never, "2024-05-04"), when(Updated::Unsaid, "2024-05-03")];
        assert_eq!((sorted(&days), order(&days[1], &days[0])), (vec![1, 0], Order::Published));
    }

    #[test]
    fn where_the_dates_do_not_tell_it_the_time_of_fetching_does_and_a_day_of_loading_only_orders() {
        let same = when(Updated::Never, "2024-05-03");
        assert_eq!((sorted(&[same, same]), order(&same, &same)), (vec![0, 1], Order::Unknown));
        let at = |fetched| When { fetched: Some(fetched), ..same };
        let all = [at("2025-03-01T08:00:00Z"), at("2025-03-01T07:00:00Z")];
        assert_eq!((sorted(&all), order(&all[1], &all[0])), (vec![1, 0], Order::Fetched));
        let later = When { loaded: "2025-03-02T01:00:00Z", ..same };
        assert_eq!(order(&same, &later), Order::Loaded);
        assert!(!Order::Loaded.is_known());
        // A month is no day, and odd times are no reason to stop.
        let month = When { published: Date::parse_iso("2024-05"), loaded: "", ..same };
        assert_eq!((sorted(&[same, month, same]).len(), order(&month, &month)), (3, Order::Unknown));
    }

    #[test]
    fn zones_do_not_turn_the_order_round() {
        let (east, west) = (moment("2024-05-04T01:00:00+10:00"), moment("2024-05-03T18:00:00-05:00"));
        let all = [when(Updated::At(&west), "2024-05-03"), when(Updated::At(&east), "2024-05-03")];
        assert_eq!((sorted(&all), order(&all[1], &all[0])), (vec![1, 0], Order::Updated));
    }
}
