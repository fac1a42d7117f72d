//! Articles that were changed after they were published: found at one address however it is written, told word by word,
//! and counted once.

use chrono::{TimeZone, Utc};
use onrecord::article::{Given, Moment};
use onrecord::date::Date;
use onrecord::relation::RelationKind;
use onrecord::revision::{ChangeKind, Order};
use onrecord::store::Place;
use onrecord::store::amendments::Fact;
use onrecord::store::filter::{Filter, Test, Versions};
use onrecord::store::id::ArticleId;
use onrecord::store::rows::RelationRow;
use onrecord::store::stories::{Member, Membership};
use onrecord::workbench::{Clock, Loaded, Outcome, Settings, Workbench};

fn desk() -> Workbench {
    Workbench::open(Place::Memory, Settings::default()).unwrap()
}

const SAFE: &str = "“The pier will reopen in June,” Mayor Ada Brook said on Friday.";
const UNSAFE: &str = "“The pier will not reopen in June,” Mayor Ada Brook said on Friday.";

fn page(address: &str, modified: &str, headline: &str, words: &str) -> String {
    format!(
        "<!doctype html><html><head><title>{headline}</title><meta property=\"og:site_name\" content=\"Harbour Post\">\
         <meta property=\"article:published_time\" content=\"2024-05-03T08:00:00Z\">{modified}\
         <link rel=\"canonical\" href=\"{address}\"></head><body><article><h1>{headline}</h1>\
         <p>The long pier of Larnsea was closed in March after a storm tore three planks from its head.</p>\
         <p>{words}</p></article></body></html>"
    )
}

fn load(desk: &mut Workbench, address: &str, headline: &str, words: &str) -> Loaded {
    let hour = 9 + desk.articles(&Filter::default()).unwrap().len();
    load_at(desk, &at(hour), address, headline, words)
}

fn load_at(desk: &mut Workbench, modified: &str, address: &str, headline: &str, words: &str) -> Loaded {
    desk.load(page(address, modified, headline, words).as_bytes(), "pier.html", &Given::default()).unwrap()
}

fn at(hour: usize) -> String {
    format!("<meta property=\"article:modified_time\" content=\"2024-05-03T{hour:02}:00:00Z\">")
}

#[test]
fn one_address_however_it_is_written_is_one_article_with_its_versions() {
    let mut desk = desk();
    let first = load(&mut desk, "http://www.harbourpost.example/pier?utm_source=letter", "Pier safe", SAFE);
    let addresses = [
        "https://harbourpost.example/pier",
        "https://m.harbourpost.example/pier?fbclid=IwAR",
        "https://harbourpost.example/pier/amp#top",
    ];
    for (number, address) in addresses.into_iter().enumerate() {
        let same = load(&mut desk, address, "Pier safe", SAFE);
        assert_eq!((same.outcome, same.article), (Outcome::Duplicate, first.article), "{address}");
        let altered = SAFE.replace("June", ["July", "August", "September"][number]);
        let changed = load(&mut desk, address, "Pier safe", &altered);
        assert_eq!(changed.outcome, Outcome::Revision, "{address}");
    }
    let history = desk.history(first.article).unwrap();
    assert_eq!((history.versions.len(), history.revisions.len()), (4, 3));
    assert!(history.revisions.iter().all(|revision| revision.silent));
    assert_eq!(desk.histories(&Filter::default(), None).unwrap().len(), 1);
    desk.undo(2).unwrap();
    assert_eq!(desk.history(first.article).unwrap().versions.len(), 2);
}

#[test]
fn an_editor_who_turns_a_quotation_round_makes_no_contradiction() {
    let mut desk = desk();
    load(&mut desk, "https://harbourpost.example/pier", "Pier safe", SAFE);
    let changed = load(&mut desk, "https://harbourpost.example/pier", "Pier not safe", UNSAFE);
    assert_eq!((changed.outcome, changed.contradictions), (Outcome::Revision, 0));
    let opposed = [RelationKind::Contradiction, RelationKind::Update, RelationKind::Offered];
    assert!(desk.relations(&Filter::default(), &opposed).unwrap().is_empty());
    let revision = desk.revisions_of(&[changed.article]).unwrap().remove(0);
    let kinds: Vec<ChangeKind> = revision.changes.list.iter().map(|change| change.kind).collect();
    assert_eq!(kinds, [ChangeKind::QuotationAltered, ChangeKind::HeadlineChanged]);
    assert!(revision.silent);
    // Through a version in between, too.
    let again = load(&mut desk, "https://harbourpost.example/pier", "Pier safe", &SAFE.replace("June", "July"));
    assert_eq!(again.contradictions, 0);
    assert!(desk.relations(&Filter::default(), &opposed).unwrap().is_empty());
}

#[test]
fn what_both_versions_say_counts_once() {
    let mut desk = desk();
    let more = "Engineer Tom Vale said the cracks had been known to the town since the autumn.";
    load(&mut desk, "https://harbourpost.example/pier", "Pier safe", SAFE);
    load(&mut desk, "https://harbourpost.example/pier", "Pier safe", &format!("{SAFE}</p><p>{more}"));
    let other = "“The pier will not reopen in June,” Mayor Ada Brook said on Sunday.";
    let given = Given { date: Date::parse_iso("2024-06-09"), outlet: Some("Wire".into()), ..Given::default() };
    let loaded = desk.load(other.as_bytes(), "wire.txt", &given).unwrap();
    assert_eq!((loaded.repeats, loaded.contradictions), (0, 1));
    assert_eq!(desk.count_findings().unwrap().contradictions, 1);
    let repeats = desk.relations(&Filter::default(), &[RelationKind::Repeat, RelationKind::Reworded]).unwrap();
    assert!(repeats.iter().all(|row| row.syndicated), "the two versions say it once");
}

const ADDRESS: &str = "https://harbourpost.example/pier";

#[test]
fn an_old_copy_that_is_loaded_last_accuses_nobody_the_wrong_way_round() {
    let mut desk = desk();
    let now = load_at(&mut desk, &at(17), ADDRESS, "Pier not safe", UNSAFE);
    let old = load_at(&mut desk, &at(9), ADDRESS, "Pier safe", SAFE);
    assert_eq!(old.outcome, Outcome::Revision);
    let revision = desk.revisions_of(&[old.article]).unwrap().remove(0);
    assert_eq!((revision.before.article.id, revision.after.article.id), (old.article, now.article));
    assert_eq!((revision.order, revision.silent), (Order::Updated, true));
    assert!(revision.changes.list[0].before.as_ref().unwrap().words.contains("will reopen"));
}

#[test]
fn where_nothing_tells_the_order_nobody_is_said_to_have_altered_anything() {
    let mut desk = desk();
    let one = load_at(&mut desk, "", ADDRESS, "Pier not safe", UNSAFE);
    let other = load_at(&mut desk, "", ADDRESS, "Pier safe", SAFE);
    let revision = desk.revisions_of(&[other.article]).unwrap().remove(0);
    assert_eq!((revision.order, revision.silent), (Order::Unknown, false));
    assert!(revision.told().contains("order not known"), "{}", revision.told());
    // A person knows it.
    let updated = |written| [Fact::Updated(Moment::read(written).unwrap())];
    desk.amend(one.article, &updated("2024-05-03 17:00")).unwrap();
    desk.amend(other.article, &updated("2024-05-03 09:00")).unwrap();
    let revision = desk.revisions_of(&[other.article]).unwrap().remove(0);
    assert_eq!((revision.after.article.id, revision.order, revision.silent), (one.article, Order::Updated, true));
    desk.undo(2).unwrap();
    assert_eq!(desk.history(one.article).unwrap().revisions[0].order, Order::Unknown);
}

#[test]
fn a_notice_excuses_the_quotation_that_it_speaks_of_and_no_other_change() {
    let mut desk = desk();
    let cost = "Engineer Tom Vale said the repairs would cost 1.2 million crowns.";
    let notice = "Correction: Ms Brook was misquoted in an earlier version of this article.";
    load(&mut desk, ADDRESS, "Pier safe", &format!("{SAFE}</p><p>{cost}"));
    let after = format!("{}</p><p>{}</p><p>{notice}", SAFE.replace("June", "July"), cost.replace("1.2", "2.1"));
    let changed = load(&mut desk, ADDRESS, "Pier safe", &after);
    let revision = desk.revisions_of(&[changed.article]).unwrap().remove(0);
    let untold: Vec<ChangeKind> = revision.changes.untold().map(|change| change.kind).collect();
    assert_eq!(untold, [ChangeKind::FigureChanged], "{:#?}", revision.changes.list);
    assert!(revision.told().ends_with("the notice does not speak of: 1 figure changed"), "{}", revision.told());
}

#[test]
fn the_same_words_at_a_second_address_are_one_article_that_keeps_both() {
    let mut desk = desk();
    let first = load(&mut desk, ADDRESS, "Pier safe", SAFE);
    let second = "https://wire.example/news/pier";
    let same = load(&mut desk, second, "Pier safe", SAFE);
    assert_eq!((same.outcome, same.article), (Outcome::Duplicate, first.article));
    assert!(same.warnings.iter().any(|warning| warning.contains(ADDRESS)), "{:?}", same.warnings);
    assert_eq!(desk.also_at(first.article).unwrap(), [second]);
    assert!(load(&mut desk, second, "Pier safe", SAFE).warnings.is_empty());
    let changed = load(&mut desk, second, "Pier safe", &SAFE.replace("June", "July"));
    assert_eq!(changed.revises, Some(first.article));
    desk.undo(2).unwrap();
    assert!(desk.also_at(first.article).unwrap().is_empty());
}

/// The words of the listed claims and the articles they are taken from.
fn listed(desk: &Workbench, versions: Versions, article: Option<ArticleId>) -> Vec<(String, i64)> {
    let filter = Filter { versions, ..Filter::default() };
    let filter = article.into_iter().fold(filter, |filter, id| filter.with(Test::Article(id)));
    let claims = desk.claims(&filter).unwrap();
    assert_eq!(desk.count_claims(&filter).unwrap(), claims.len());
    claims.into_iter().map(|claim| (claim.words, claim.article.unwrap().0)).collect()
}

const CRACKS: &str = "Engineer Tom Vale said the cracks had been known to the town since the autumn.";

/// A page in two versions that share two claims; the later one adds a third.
fn two_versions() -> (Workbench, ArticleId, ArticleId) {
    let mut desk = desk();
    let first = load(&mut desk, ADDRESS, "Pier safe", &format!("{SAFE}</p><p>{CRACKS}"));
    let more = "Harbour master Joan Pike said the gate would be painted in May.";
    let second = load(&mut desk, ADDRESS, "Pier safe", &format!("{SAFE}</p><p>{CRACKS}</p><p>{more}"));
    assert_eq!((first.claims, second.claims), (2, 3));
    (desk, first.article, second.article)
}

#[test]
fn a_claim_of_two_versions_is_listed_once_from_the_newest_that_fits() {
    let (mut desk, first, second) = two_versions();
    assert_eq!(listed(&desk, Versions::Each, None).len(), 5);
    let once = listed(&desk, Versions::Once, None);
    assert_eq!(once.len(), 3);
    assert!(once.iter().all(|(_, article)| *article == second.0), "{once:?}");
    assert_eq!(desk.count_copies(&Filter { versions: Versions::Once, ..Filter::default() }).unwrap(), 2);
    // A filter that the newest does not pass leaves nothing unsaid.
    assert_eq!(listed(&desk, Versions::Once, Some(first)).len(), 2);
    // What an editor altered are two wordings.
    load(&mut desk, ADDRESS, "Pier safe", UNSAFE);
    assert_eq!(listed(&desk, Versions::Once, None).len(), 4);
    desk.undo(1).unwrap();
    desk.undo(1).unwrap();
    assert_eq!(listed(&desk, Versions::Once, None).len(), 2);
}

#[test]
fn a_claim_that_a_person_has_worked_with_is_never_left_out() {
    let (mut desk, first, second) = two_versions();
    let old = desk.claims(&Filter::default().with(Test::Article(first))).unwrap();
    desk.tag("cracks", Membership::Add, &[Member::Claim(old[0].id)]).unwrap();
    let once = listed(&desk, Versions::Once, None);
    assert_eq!(once.iter().filter(|(words, _)| *words == old[0].words).count(), 1, "{once:?}");
    assert!(once.contains(&(old[0].words.clone(), first.0)), "{once:?}");
    // With work on both, both are there.
    let new = desk.claims(&Filter::default().with(Test::Article(second))).unwrap();
    let same = new.iter().find(|claim| claim.words == old[0].words).unwrap();
    desk.tag("cracks", Membership::Add, &[Member::Claim(same.id)]).unwrap();
    assert_eq!(listed(&desk, Versions::Once, None).len(), 4);
}

#[test]
fn what_an_earlier_version_said_is_not_new() {
    let (desk, ..) = two_versions();
    assert_eq!(desk.since("").unwrap().claims, 3);
    let folder = tempfile::tempdir().unwrap();
    let on = |day: u32| {
        let clock = Clock::fixed(Utc.with_ymd_and_hms(2025, 3, day, 9, 0, 0).unwrap());
        Workbench::open(Place::File(folder.path().join("d.db")), Settings { clock, ..Settings::default() }).unwrap()
    };
    load(&mut on(1), ADDRESS, "Pier safe", SAFE);
    let mut later = on(2);
    load(&mut later, ADDRESS, "Pier safe", &format!("{SAFE}</p><p>{CRACKS}"));
    assert_eq!(later.since("2025-03-02").unwrap().claims, 1);
    assert_eq!(later.since("2025-03-01").unwrap().claims, 2);
}

#[test]
fn what_the_first_version_was_compared_for_is_not_offered_again() {
    let both = "“There are no cracks in the pier,” Mayor Ada Brook said on Friday.</p><p>“There are cracks in the pier and it must close,” \
         engineer Tom Vale said.";
    let mut desk = desk();
    load(&mut desk, ADDRESS, "Pier safe", both);
    let waiting = desk.waiting(&Filter::default(), &[]).unwrap();
    load(&mut desk, ADDRESS, "Pier safe", &format!("{both}</p><p>{CRACKS}"));
    let shared: Vec<_> = desk.relations(&Filter::default(), &[]).unwrap();
    let of_pair = |row: &RelationRow| {
        !row.syndicated && [&row.earlier, &row.later].iter().all(|claim| !claim.words.contains("autumn"))
    };
    assert_eq!(shared.iter().filter(|row| of_pair(row)).count(), waiting.len());
}
