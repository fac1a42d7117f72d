//! Fact-checks of others: each oddity of the field is taken or said, a review counts once, and a claim that repeats a checked one
//! says so. All samples were written for this.

use crate::support::source;
use onrecord::commands::{Session, screen::Screen};
use onrecord::factcheck::{Columns, FactCheck, Found, Who, Wording, read};
use onrecord::store::Place;
use onrecord::store::filter::Filter;
use onrecord::workbench::{CheckSource, ChecksReport, Settings, Workbench};

const FILES: [&str; 10] = [
    "graph.html",
    "broken.html",
    "microdata.html",
    "feed.json",
    "search.json",
    "markup.json",
    "dump.csv",
    "lines.jsonl",
    "changed.json",
    "none.html",
];

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(source("tests/data/checks").join(name)).unwrap()
}

fn found(name: &str) -> Found {
    let columns = "claim=Statement,label=Ruling".parse().unwrap();
    let told = if name == "dump.csv" { columns } else { Columns::default() };
    read(&sample(name), name, &told, "Lamp Log").unwrap()
}

fn day(check: &FactCheck) -> (Option<String>, Option<String>) {
    (check.said.map(|day| day.to_string()), check.reviewed.map(|day| day.to_string()))
}

fn who(check: &FactCheck) -> Option<(&str, Who)> {
    check.claimant.as_ref().map(|claimant| (claimant.name.as_str(), claimant.who))
}

#[test]
fn references_scales_and_days_of_a_graph() {
    let Found { checks, lost, warnings } = found("graph.html");
    assert!(lost.is_empty() && warnings.is_empty(), "{lost:?} {warnings:?}");
    let [tunnel, ferries] = checks.as_slice() else { panic!("{checks:?}") };
    assert_eq!((tunnel.reviewer.as_str(), tunnel.label.as_str()), ("Kestria Check", "half true"));
    assert_eq!(day(tunnel), (Some("2024-02-06".into()), Some("2024-07-02".into())));
    let claimant = tunnel.claimant.as_ref().unwrap();
    assert_eq!((claimant.name.as_str(), claimant.title.as_str()), ("Dana Whitlock", "Transport Minister"));
    assert_eq!(claimant.same_as, "https://who.example/whitlock");
    assert_eq!(tunnel.appearances, ["https://northernwire.example/tunnel", "https://video.example/77"]);
    let rating = &tunnel.rating;
    assert_eq!([&*rating.value, &rating.best, &rating.worst], ["3", "1", "5"]);
    assert_eq!((tunnel.explanation.as_str(), tunnel.language.as_str()), ("The link roads are left out.", "en"));
    assert_eq!(ferries.label, "Sin pruebas: no hay cifras publicadas desde 2019");
    assert_eq!(who(ferries), Some(("Multiple Sources", Who::Nobody)));
    assert_eq!(day(ferries), (None, Some("2021-07-16".into())));
    assert_eq!(ferries.language, "en-GB", "the page tells it");
}

#[test]
fn one_bad_block_never_stops_the_rest() {
    let Found { checks, lost, warnings } = found("broken.html");
    let claims: Vec<&str> = checks.iter().map(|check| check.claim.as_str()).collect();
    assert_eq!(
        claims,
        [
            "Not one dock worker \"will lose a job\" over the tunnel.",
            "The harbour board said \"the quay is safe\" last year."
        ]
    );
    assert_eq!(who(&checks[0]), Some(("Kestria Check", Who::Checker)));
    assert_eq!(checks[0].somebody(), None);
    assert_eq!(checks[1].appearances, ["https://video.example/9"]);
    let places: Vec<&str> = lost.iter().map(|lost| lost.place.as_str()).collect();
    assert_eq!(places, ["block 2", "block 4"], "{lost:?}");
    assert!(lost[1].reason.contains("neither a claim nor a headline"));
    assert!(warnings.iter().any(|said| said.contains("block 1") && said.contains("a comma too many")), "{warnings:?}");
    assert!(warnings.iter().any(|said| said.contains("block 3") && said.contains("an end too early")), "{warnings:?}");
}

#[test]
fn microdata_says_what_linked_data_says() {
    let checks = found("microdata.html").checks;
    let [check] = checks.as_slice() else { panic!("{checks:?}") };
    assert_eq!(check.claim, "Le tunnel sera gratuit pour les habitants.");
    assert_eq!((check.reviewer.as_str(), check.label.as_str()), ("Vérif du Port", "Plutôt faux"));
    assert_eq!((check.url.as_str(), check.language.as_str()), ("https://verif.example/tunnel", "fr"));
    assert_eq!(day(check), (Some("2024-05-01".into()), Some("2024-05-04".into())));
    assert_eq!(who(check), Some(("Publications Facebook", Who::Nobody)));
}

#[test]
fn a_headline_gives_way_to_the_claim_and_is_marked_where_it_stands() {
    let checks = found("feed.json").checks;
    let [closed, sank] = checks.as_slice() else { panic!("{checks:?}") };
    assert_eq!((closed.claim.as_str(), closed.wording), ("The port of Larnsea has closed for good.", Wording::Claim));
    assert_eq!((closed.reviewer.as_str(), closed.url.as_str()), ("baywatch.example", "https://baywatch.example/1"));
    assert_eq!((sank.claim.as_str(), sank.wording), ("Did the ferry sink?", Wording::Headline));
    assert_eq!((sank.label.as_str(), who(sank)), ("Wrong", Some(("Ole Varga", Who::Named))));
}

#[test]
fn answers_of_services_are_read() {
    let checks = found("search.json").checks;
    let [one, other] = checks.as_slice() else { panic!("{checks:?}") };
    assert_eq!((one.claim.as_str(), one.reviewer.as_str()), ("The night ferry was never insured.", "Bay Watch"));
    assert_eq!(day(one), (Some("2024-01-02".into()), Some("2024-01-09".into())));
    assert_eq!((other.reviewer.as_str(), other.language.as_str()), ("kestriacheck.example", "de"));
    assert_eq!(other.label, "Die Fähre war versichert; die Behauptung ist falsch.");
    let checks = found("markup.json").checks;
    let [fares] = checks.as_slice() else { panic!("{checks:?}") };
    assert_eq!((fares.label.as_str(), fares.url.as_str()), ("Mostly false", "https://baywatch.example/pages/5"));
    assert_eq!(fares.appearances, ["https://radio.example/3", "https://radio.example/4"]);
    assert_eq!(day(fares), (Some("2024-05-30".into()), Some("2024-06-01".into())));
}

#[test]
fn records_give_checks_by_the_names_of_their_fields() {
    let Found { checks, lost, .. } = found("dump.csv");
    assert_eq!(checks.len(), 2);
    assert_eq!((checks[0].claim.as_str(), checks[0].label.as_str()), ("The quay was sold \"in secret\".", "false"));
    assert_eq!(day(&checks[0]), (None, Some("2024-08-01".into())), "the day of the review is not that of the claim");
    assert_eq!(lost.iter().map(|lost| lost.place.as_str()).collect::<Vec<_>>(), ["line 3"]);
    let Found { checks, lost, warnings } = found("lines.jsonl");
    assert_eq!(checks.len(), 3);
    assert_eq!((checks[0].reviewer.as_str(), checks[0].external.as_str()), ("Lamp Log", "q-1"));
    assert_eq!(lost.iter().map(|lost| lost.place.as_str()).collect::<Vec<_>>(), ["line 3"]);
    assert!(warnings[0].contains("line 2"), "{warnings:?}");
    let error = read(&sample("dump.csv"), "dump.csv", &"claim=Nope".parse().unwrap(), "").unwrap().lost.remove(0);
    assert!(error.reason.contains("there is no field `Nope`") && error.reason.contains("Statement"), "{error:?}");
    assert!("claims=x".parse::<Columns>().unwrap_err().contains("parts: claim, claimant"));
}

#[test]
fn any_bytes_give_checks_or_reasons_and_no_panic() {
    for name in FILES {
        let bytes = sample(name);
        for end in (0..bytes.len()).step_by(7) {
            let _ = read(&bytes[..end], name, &Columns::default(), "x");
            let _ = read(&bytes[end..], name, &Columns::default(), "x");
        }
    }
    let deep = "{\"@graph\":[".repeat(5_000);
    assert!(read(deep.as_bytes(), "deep.json", &Columns::default(), "x").unwrap().checks.is_empty());
}

fn desk() -> Workbench {
    Workbench::open(Place::Memory, Settings::default()).unwrap()
}

fn import(desk: &mut Workbench, names: &[&str]) -> ChecksReport {
    let source = |name: &&str| CheckSource { path: (*name).to_owned(), bytes: Ok(sample(name)) };
    desk.import_checks(names.iter().map(source), &Columns::default(), None).unwrap()
}

fn numbers(report: &ChecksReport) -> Vec<(usize, usize, usize, usize)> {
    report.files.iter().map(|file| (file.added, file.changed, file.same, file.lost.len())).collect()
}

#[test]
fn every_file_is_accounted_for_and_a_review_counts_once() {
    let mut desk = desk();
    let names = ["graph.html", "broken.html", "none.html"];
    assert_eq!(numbers(&import(&mut desk, &names)), [(2, 0, 0, 0), (2, 0, 0, 2), (0, 0, 0, 0)]);
    assert_eq!(numbers(&import(&mut desk, &names)), [(0, 0, 2, 0), (0, 0, 2, 2), (0, 0, 0, 0)]);
    assert_eq!(numbers(&import(&mut desk, &["changed.json"])), [(0, 1, 0, 0)]);
    let id = |id: &str| id.parse().unwrap();
    let changed = desk.fact_check(id("f5")).unwrap();
    assert_eq!(changed.versions, [id("f1"), id("f5")]);
    assert!(changed.current && !desk.fact_check(id("f1")).unwrap().current);
    desk.undo(1).unwrap();
    assert!(desk.fact_check(id("f1")).unwrap().current);
    let missing = CheckSource { path: "gone.json".into(), bytes: Err("no such file".into()) };
    let report = desk.import_checks([missing], &Columns::default(), None).unwrap();
    assert_eq!(report.files[0].lost[0].reason, "no such file");
}

const STORY: &str = "Title: The tunnel\n\nThe Larnsea harbour tunnel will cost 1.2 billion crowns and open in 2027, Transport \
                     Minister Dana Whitlock said on Monday.\n\nThe harbour is full of herring this year, fisher Ole Varga said.\n";

fn session() -> Session {
    Session::new(Place::Memory, Settings::default(), Screen::captured(120))
}

fn run(session: &mut Session, line: &str) -> String {
    session.perform(line).unwrap();
    session.screen().take()
}

/// What a claim of the story is told to be.
fn told(desk: &Workbench) -> Vec<String> {
    let claims = desk.claims(&Filter::default()).unwrap();
    claims.iter().flat_map(|claim| claim.checked.iter().map(|one| one.told())).collect()
}

#[test]
fn a_repeated_claim_says_so_whichever_came_first() {
    for first in ["checks", "story"] {
        let mut desk = desk();
        if first == "checks" {
            import(&mut desk, &["graph.html"]);
        }
        desk.load(STORY.as_bytes(), "story.txt", &onrecord::article::Given::default()).unwrap();
        if first == "story" {
            assert_eq!(import(&mut desk, &["graph.html"]).repeated, 1);
        }
        assert_eq!(told(&desk), ["Kestria Check, half true, 2024-07-02"], "{first} first");
        let checked = desk.checked_claims(&Filter::default()).unwrap();
        assert_eq!(checked.len(), 1);
        let precedent = &checked[0].precedents[0];
        assert!(!precedent.because.is_empty() && precedent.claimant == "Dana Whitlock");
        // It is theirs: neither a verdict of this desk nor a contradiction nor a speaker.
        assert!(desk.verdicts(&Filter::default()).unwrap().is_empty());
        assert!(checked[0].claim.verdicts.is_empty());
        let changed = import(&mut desk, &["changed.json"]);
        assert_eq!(changed.files[0].changed, 1);
        assert_eq!(told(&desk), ["Kestria Check, mostly false, 2024-09-01"]);
        desk.undo(2).unwrap();
        assert!(told(&desk).is_empty(), "undo takes the checks back");
        desk.redo(2).unwrap();
        assert_eq!(told(&desk), ["Kestria Check, mostly false, 2024-09-01"]);
    }
}

#[test]
fn a_claim_that_says_a_checked_one_in_part_is_told_and_nobody_else_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str, words: &str| {
        std::fs::write(folder.path().join(name), words).unwrap();
        folder.path().join(name).display().to_string()
    };
    let story = "Title: Zero\nOutlet: Radio\n\n\"Nobody was ever in danger,\" Mayor Helen Marsh said.\n\nThe repair would cost 3.1 million pounds, Owen Lyle said.\n";
    let checks = "claim,rating,claimant,publisher\nNobody was ever in danger on the Aune footbridge,False,Helen Marsh,Fact Desk\n\
                  The repair of the Aune footbridge will cost 3.1 million pounds,Outdated,Owen Lyle,Fact Desk\n\
                  Nobody was ever in danger on the quay,True,Ned Ford,Fact Desk\n";
    let mut session = session();
    run(&mut session, &format!("load {} --date 2025-03-09 --reader fast", path("story.txt", story)));
    run(&mut session, &format!("import checks {}", path("checks.csv", checks)));
    let mut told = told(session.workbench().unwrap());
    told.sort_unstable();
    assert_eq!(told, ["Fact Desk, False", "Fact Desk, Outdated"]);
    let checked = session.workbench().unwrap().checked_claims(&Filter::default()).unwrap();
    let because = checked.iter().flat_map(|claim| &claim.precedents).flat_map(|one| &one.because);
    assert_eq!(because.filter(|reason| reason.detail == "one holds all words of the other").count(), 2);
}

#[test]
fn a_claimant_never_changes_position() {
    let mut desk = desk();
    import(&mut desk, &["graph.html", "broken.html", "feed.json"]);
    assert!(desk.claims(&Filter::default()).unwrap().is_empty());
    assert!(desk.speakers(&Filter::default()).unwrap().is_empty());
}

#[test]
fn checks_move_with_an_exported_desk() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(folder.path().join("story.txt"), STORY).unwrap();
    let samples = source("tests/data/checks").display().to_string();
    let mut one = session();
    run(&mut one, &format!("load {} --reader fast", path("story.txt")));
    run(&mut one, &format!("import checks {samples}/graph.html"));
    run(&mut one, &format!("export --out {}", path("desk.jsonl")));
    for before in ["", "other.txt"] {
        let mut other = session();
        if !before.is_empty() {
            std::fs::write(folder.path().join(before), "The quay is dry, engineer Ned Ford said on Monday.\n").unwrap();
            run(&mut other, &format!("load {} --reader fast", path(before)));
        }
        run(&mut other, &format!("import desk {}", path("desk.jsonl")));
        assert_eq!(told(other.workbench().unwrap()), ["Kestria Check, half true, 2024-07-02"], "onto {before:?}");
    }
}
