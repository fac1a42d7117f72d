//! The desk as a person uses it: what is loaded stays, what is suggested can be decided, what was done can be undone.

use crate::support::hand::{Said, article, desk, filter, load, said, settings};
use onrecord::attribution::{Category, Kind};
use onrecord::matching::Tier;
use onrecord::relation::RelationKind;
use onrecord::store::Place;
use onrecord::store::id::{ClaimId, OperationId, RelationId};
use onrecord::store::rows::{Decision, Dispute, EvidenceKind, Found, Status, VerdictRow};
use onrecord::store::stories::Member;
use onrecord::workbench::{Judgement, Outcome, Pairs, Workbench};

const OPEN: &str = "the harbour bridge will be closed for repairs in October";
const SHUT: &str = "the harbour bridge will not be closed for repairs in October";

/// A desk on which Ann Baker turns round and Tom Reed disputes her.
fn bridge() -> Workbench {
    let mut desk = desk();
    load(
        &mut desk,
        "The Example",
        "2030-03-01",
        &[said("Ann Baker", OPEN), said("Tom Reed", "ferries run twice a day")],
    );
    load(&mut desk, "Morning Wire", "2030-04-02", &[said("Ann Baker", SHUT)]);
    load(&mut desk, "Morning Wire", "2030-05-03", &[said("Tom Reed", SHUT)]);
    desk
}

fn judge(
    desk: &mut Workbench,
    claim: ClaimId,
    rating: &str,
    scale: &str,
    rationale: &str,
) -> onrecord::workbench::Result<VerdictRow> {
    desk.judge(claim, &Judgement { rating, scale: Some(scale), rationale, long: "" })
}

fn words(desk: &Workbench, line: &str) -> Vec<String> {
    desk.claims(&filter(line)).unwrap().into_iter().map(|claim| format!("{} {}", claim.id, claim.who())).collect()
}

#[test]
fn the_same_words_are_a_duplicate_and_other_words_a_revision() {
    let mut desk = desk();
    let first = article("The Example", "2030-03-01", "Bridge", &[said("Ann Baker", OPEN)]);
    let added = desk.load_prepared(&first, "one.txt").unwrap();
    assert_eq!((added.outcome, added.claims), (Outcome::Added, 1));
    let again = desk.load_prepared(&first, "copy.txt").unwrap();
    assert_eq!((again.outcome, again.article, again.claims), (Outcome::Duplicate, added.article, 0));
    assert_eq!(desk.log(9).unwrap().len(), 1, "a duplicate is no operation");
    let other = article("The Example", "2030-03-01", "Bridge", &[said("Ann Baker", SHUT)]);
    let revision = desk.load_prepared(&other, "one.txt").unwrap();
    assert_eq!((revision.outcome, revision.revises), (Outcome::Revision, Some(added.article)));
    assert_eq!(desk.article(added.article).unwrap().text, first.article.text.as_str());
}

#[test]
fn a_claim_keeps_its_evidence() {
    let desk = bridge();
    let claim = desk.claim(ClaimId(1)).unwrap();
    let text = onrecord::span::Text::new(desk.article(claim.article.unwrap()).unwrap().text);
    assert_eq!(claim.content.words(&text), claim.words);
    assert_eq!(text.slice(claim.sentence_span), claim.sentence);
    assert_eq!(claim.date().unwrap().to_string(), "2030-03-01");
    assert_eq!((claim.outlet.as_str(), claim.reader.as_str()), ("The Example", "hand"));
}

#[test]
fn who_spoke_makes_the_contradiction() {
    let desk = bridge();
    let found = desk.contradictions(&filter("")).unwrap();
    let told: Vec<_> = found
        .iter()
        .map(|row| (row.earlier.id.0, row.later.id.0, row.dispute.as_ref().and_then(|d| d.known()), row.status))
        .collect();
    assert_eq!(
        told,
        [(1, 3, Some(Dispute::ChangeOfPosition), Status::Suggested), (1, 4, Some(Dispute::Dispute), Status::Suggested),]
    );
    assert!(found.iter().all(|row| row.score.get() > 0.5 && !row.because.is_empty() && !row.alignment.is_empty()));
    let repeats = desk.relations(&filter(""), &[RelationKind::Repeat]).unwrap();
    assert_eq!(repeats.iter().map(|row| (row.earlier.id.0, row.later.id.0)).collect::<Vec<_>>(), [(3, 4)]);
    assert!(!repeats[0].same_speaker && !repeats[0].syndicated);
}

#[test]
fn a_rejected_suggestion_does_not_come_back() {
    let mut desk = bridge();
    let first = desk.contradictions(&filter("")).unwrap()[0].id;
    assert_eq!(desk.decide(first, Decision::Reject, "two bridges", Pairs::All).unwrap().status, Status::Rejected);
    assert_eq!(desk.contradictions(&filter("")).unwrap().len(), 1);
    let rejected = desk.contradictions(&filter("status:rejected")).unwrap();
    assert_eq!((rejected.len(), rejected[0].note.as_str()), (1, "two bridges"));
    let relation = desk.relation(first).unwrap();
    let found = desk.matches_of(relation.later.id, 9).unwrap();
    let row = found.iter().find(|found| found.claim.id == relation.earlier.id).unwrap();
    assert_eq!((row.tier, row.because[0].rule.as_ref()), (Tier::Related, "rejected"));
    // The same two wordings in another article are the same suggestion.
    load(&mut desk, "Evening Post", "2030-06-01", &[said("Ann Baker", SHUT), said("Ann Baker", "lamps are new")]);
    let pairs = desk.contradictions(&filter("status:rejected")).unwrap();
    assert_eq!(pairs.len(), 2);
    assert_eq!(pairs[1].alike, Some(first));
    // A decision on the pair itself counts more, and the last one counts.
    desk.decide(pairs[1].id, Decision::Confirm, "", Pairs::All).unwrap();
    assert_eq!(desk.relation(pairs[1].id).unwrap().status, Status::Confirmed);
    desk.undo(1).unwrap();
    assert_eq!(desk.relation(pairs[1].id).unwrap().status, Status::Rejected);
    assert!(desk.decide(RelationId(99), Decision::Confirm, "", Pairs::All).unwrap_err().to_string().contains("m99"));
}

#[test]
fn an_undone_load_is_gone_and_comes_back_whole() {
    let mut desk = bridge();
    let before = (desk.stats().unwrap(), words(&desk, ""));
    desk.undo(1).unwrap();
    assert_eq!(words(&desk, "").len(), 3);
    assert_eq!(desk.articles(&filter("")).unwrap().len(), 2);
    assert_eq!(desk.contradictions(&filter("")).unwrap().len(), 1);
    assert!(desk.matches_of(ClaimId(3), 9).unwrap().iter().all(|found| found.claim.id != ClaimId(4)));
    desk.redo(1).unwrap();
    assert_eq!(words(&desk, ""), before.1);
    desk.undo(1).unwrap();
    let again = load(&mut desk, "Morning Wire", "2030-05-03", &[said("Tom Reed", SHUT)]);
    assert_eq!(again.outcome, Outcome::Added);
    assert_eq!(words(&desk, ""), before.1, "the same claims with the same ids");
    assert_eq!(desk.stats().unwrap().contradictions(), before.0.contradictions());
}

#[test]
fn undo_and_redo_go_step_by_step_and_outlive_the_session() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::File(folder.path().join("desk.db"));
    {
        let mut desk = Workbench::open(place.clone(), settings()).unwrap();
        load(&mut desk, "The Example", "2030-03-01", &[said("Ann Baker", OPEN)]);
        judge(&mut desk, ClaimId(1), "true", "truth", "The council says so too.").unwrap();
        judge(&mut desk, ClaimId(1), "false", "truth", "It was open all month.").unwrap();
    }
    let mut desk = Workbench::open(place, settings()).unwrap();
    let rating = |desk: &Workbench| desk.claim(ClaimId(1)).unwrap().verdicts.last().map(|label| label.rating.clone());
    assert_eq!(rating(&desk).as_deref(), Some("false"));
    assert_eq!(desk.undo(1).unwrap()[0].words, "verdict c1 false");
    assert_eq!(rating(&desk).as_deref(), Some("true"));
    desk.undo(1).unwrap();
    assert_eq!(rating(&desk), None);
    assert_eq!(desk.redo(2).unwrap().len(), 2);
    assert_eq!(rating(&desk).as_deref(), Some("false"));
    desk.undo(1).unwrap();
    desk.create_story("Bridge").unwrap();
    assert!(desk.redo(1).unwrap().is_empty(), "a new command ends what can be done again");
    let versions = desk.verdicts_of(ClaimId(1)).unwrap();
    let told: Vec<_> = versions.iter().map(|v| (v.version, v.rating.as_str(), v.current, v.undone)).collect();
    assert_eq!(told, [(1, "true", true, false), (2, "false", false, true)]);
    desk.undo_operation(OperationId(2)).unwrap();
    assert_eq!(rating(&desk), None);
    assert!(desk.undo_operation(OperationId(2)).unwrap_err().to_string().contains("already"));
    assert!(desk.undo_operation(OperationId(4)).unwrap_err().to_string().contains("undo"));
    assert_eq!(desk.undo(99).unwrap().len(), 2, "the story and the load");
    assert!(desk.undo(1).unwrap().is_empty());
    let log = desk.log(99).unwrap();
    assert!(log.iter().all(|line| line.by == "tester" && line.at == "2030-07-06T12:00:00Z" && !line.words.is_empty()));
    assert_eq!(log.last().unwrap().words, "load The Example-2030-03-01.txt (1 claims)");
}

#[test]
fn verdicts_keep_their_versions_and_their_evidence() {
    let mut desk = bridge();
    let first = judge(&mut desk, ClaimId(1), " mostly true ", "truth", "As far as it goes.").unwrap();
    assert_eq!((first.version, first.rating.as_str(), first.by.as_str()), (1, "mostly true", "tester"));
    desk.add_evidence(first.id, EvidenceKind::Link, "https://example.org/bridge", "minutes").unwrap();
    let second = judge(&mut desk, ClaimId(1), "false", "truth", "").unwrap();
    assert_eq!((second.version, second.evidence.len()), (2, 1));
    let other = judge(&mut desk, ClaimId(1), "full flip", "consistency", "").unwrap();
    assert_eq!((other.version, other.evidence.len()), (1, 0));
    assert_eq!(desk.claim(ClaimId(1)).unwrap().verdicts.len(), 2);
    assert_eq!(desk.verdicts(&filter("speaker:Baker")).unwrap().len(), 2);
    assert!(judge(&mut desk, ClaimId(1), " ", "truth", "").is_err());
    assert!(judge(&mut desk, ClaimId(77), "true", "truth", "").is_err());
    assert!(desk.add_evidence(first.id, EvidenceKind::Note, " ", "").is_err());
}

#[test]
fn one_person_under_several_forms_and_two_of_one_surname() {
    let mut desk = desk();
    load(&mut desk, "The Example", "2030-01-01", &[said("Donald Marsh", "the tax will fall")]);
    load(&mut desk, "The Example", "2030-01-02", &[said("Mr. Marsh", "the budget is ready")]);
    load(&mut desk, "The Example", "2030-01-03", &[said("Eric Marsh", "the gardens are open")]);
    load(&mut desk, "The Example", "2030-01-04", &[said("Marsh", "it rained on the parade")]);
    let named: Vec<_> = desk.speakers(&filter("")).unwrap().into_iter().map(|p| (p.id.0, p.name, p.claims)).collect();
    assert_eq!(
        named,
        [(1, "Donald Marsh".to_owned(), 2), (2, "Eric Marsh".to_owned(), 1), (3, "Marsh".to_owned(), 1)],
        "two could be meant by the last, so it is a speaker of its own"
    );
    let suggested = desk.merge_suggestions().unwrap();
    assert_eq!(suggested.iter().map(|m| (m.speaker.id.0, m.into.id.0)).collect::<Vec<_>>(), [(3, 1), (3, 2)]);

    let (marsh, donald) = (suggested[0].speaker.id, suggested[0].into.id);
    desk.keep_apart(marsh, suggested[1].into.id).unwrap();
    assert_eq!(desk.merge_suggestions().unwrap().len(), 1);
    desk.merge(marsh, donald, None).unwrap();
    assert!(desk.merge(marsh, donald, None).unwrap_err().to_string().contains("already"));
    assert_eq!(desk.claims(&filter("speaker:p1")).unwrap().len(), 3);
    assert_eq!(desk.claim(ClaimId(4)).unwrap().speaker.unwrap().name, "Donald Marsh");
    assert_eq!(desk.speaker(marsh).unwrap().id, donald);
    desk.undo(1).unwrap();
    assert_eq!(desk.claims(&filter("speaker:p1")).unwrap().len(), 2);
    desk.alias(donald, "Don the Builder").unwrap();
    assert_eq!(desk.speaker_named("don the builder").unwrap().id, donald);
    assert!(desk.speaker_named("Marsch").unwrap_err().hint().contains("Marsh"));
}

#[test]
fn an_unnamed_source_belongs_to_its_article() {
    let mut desk = desk();
    let unnamed = |words: &str| Said { category: Category::Anonymous, ..said("A port official", words) };
    load(&mut desk, "The Example", "2030-01-01", &[unnamed("the port is closed"), unnamed("it will stay closed")]);
    load(&mut desk, "The Example", "2030-02-01", &[unnamed("the port is not closed")]);
    let named: Vec<_> = desk.speakers(&filter("")).unwrap().into_iter().map(|p| p.claims).collect();
    assert_eq!(named, [2, 1]);
    let found = desk.contradictions(&filter("")).unwrap();
    assert!(found.iter().all(|row| !row.dispute.as_ref().unwrap().is(Dispute::ChangeOfPosition)));
}

#[test]
fn a_denial_is_tied_to_its_allegation_inside_one_article() {
    let mut desk = desk();
    let denial =
        Said { kind: Kind::Denial, cue: "denied", answers: Some(0), ..said("Tom Reed", "there was any such order") };
    let loaded =
        load(&mut desk, "The Example", "2030-01-01", &[said("Ann Baker", "Reed ordered the gates shut"), denial]);
    assert_eq!(loaded.contradictions, 1);
    let found = desk.contradictions(&filter("")).unwrap();
    assert_eq!((found[0].earlier.id, found[0].later.id), (ClaimId(1), ClaimId(2)));
    assert!(found[0].dispute.as_ref().unwrap().is(Dispute::Denial));
    assert_eq!(found[0].later.answers, Some(ClaimId(1)));
    assert!(found[0].summary.contains("Tom Reed") && found[0].summary.contains("Ann Baker"));
}

#[test]
fn the_same_report_in_two_outlets_is_one_statement() {
    let mut desk = desk();
    load(&mut desk, "The Example", "2030-01-01", &[said("Ann Baker", OPEN)]);
    let carried =
        load(&mut desk, "Morning Wire", "2030-01-01", &[said("Ann Baker", OPEN), said("Tom Reed", "he agrees")]);
    assert_eq!((carried.repeats, carried.syndicated), (0, 1));
    let later =
        load(&mut desk, "Morning Wire", "2030-02-01", &[said("Ann Baker", OPEN), said("Tom Reed", "snow fell")]);
    assert!(later.repeats >= 1 && later.syndicated == 0);
}

#[test]
fn stories_hold_articles_and_claims() {
    let mut desk = bridge();
    let story = desk.create_story("The bridge").unwrap();
    assert!(desk.create_story("the BRIDGE").unwrap_err().to_string().contains("already"));
    let first = desk.claim(ClaimId(1)).unwrap().article.unwrap();
    desk.add_to_story("the bridge", &[Member::Article(first), Member::Claim(ClaimId(4))]).unwrap();
    assert_eq!(words(&desk, "story:bridge"), ["c1 Ann Baker", "c2 Tom Reed", "c4 Tom Reed"]);
    desk.remove_from_story("s1", &[Member::Claim(ClaimId(2))]).unwrap();
    assert_eq!(words(&desk, "story:s1"), ["c1 Ann Baker", "c4 Tom Reed"]);
    assert_eq!(words(&desk, "not:story:s1"), ["c2 Tom Reed", "c3 Ann Baker"]);
    let row = desk.stories().unwrap().remove(0);
    let second = desk.claim(ClaimId(4)).unwrap().article.unwrap();
    assert_eq!((row.id, row.claims, row.articles), (story.id, 2, vec![first, second]));
    assert_eq!((row.first.as_str(), row.last.as_str()), ("2030-03-01", "2030-05-03"));
    desk.undo(2).unwrap();
    assert_eq!(desk.stories().unwrap()[0].claims, 0);
    assert!(desk.add_to_story("tunnel", &[Member::Claim(ClaimId(1))]).is_err());
    assert!(desk.add_to_story("s1", &[Member::Claim(ClaimId(91))]).is_err());
}

#[test]
fn filters_mean_the_same_everywhere() {
    let mut desk = bridge();
    judge(&mut desk, ClaimId(3), "False", "truth", "").unwrap();
    let check = |desk: &Workbench, line: &str, expected: &[&str]| {
        let ids: Vec<String> = desk.claims(&filter(line)).unwrap().iter().map(|claim| claim.id.to_string()).collect();
        assert_eq!(ids, expected, "{line}");
        assert_eq!(desk.count_claims(&filter(line)).unwrap(), expected.len(), "{line}");
    };
    check(&desk, "", &["c1", "c2", "c3", "c4"]);
    check(&desk, "speaker:Baker", &["c1", "c3"]);
    check(&desk, "not:speaker:p1", &["c2", "c4"]);
    check(&desk, "speaker:Baker speaker:Reed", &["c1", "c2", "c3", "c4"]);
    check(&desk, "outlet:\"morning wire\"", &["c3", "c4"]);
    check(&desk, "outlet:wire not:speaker:Reed", &["c3"]);
    check(&desk, "article:a1", &["c1", "c2"]);
    check(&desk, "not:article:a1", &["c3", "c4"]);
    check(&desk, "after:2030-04-02", &["c3", "c4"]);
    check(&desk, "before:2030-04-02", &["c1", "c2"]);
    check(&desk, "on:2030-04", &["c3"]);
    check(&desk, "not:on:2030-04", &["c1", "c2", "c4"]);
    check(&desk, "after:2030-04 before:2030-05", &["c3"]);
    check(&desk, "ferries", &["c2"]);
    check(&desk, "not:bridge", &["c2"]);
    check(&desk, "bridge closed text:\"harbour bridge\"", &["c1", "c3", "c4"]);
    check(&desk, "kind:statement quotation:indirect", &["c1", "c2", "c3", "c4"]);
    check(&desk, "not:kind:statement", &[]);
    check(&desk, "verdict:false", &["c3"]);
    check(&desk, "verdict:any", &["c3"]);
    check(&desk, "verdict:none", &["c1", "c2", "c4"]);
    check(&desk, "not:verdict:false", &["c1", "c2", "c4"]);
    check(&desk, "status:suggested", &["c1", "c3", "c4"]);
    check(&desk, "not:status:suggested", &["c2"]);
    assert_eq!(desk.articles(&filter("speaker:Reed")).unwrap().len(), 2);
    assert_eq!(desk.articles(&filter("outlet:wire after:2030-05")).unwrap().len(), 1);
    assert_eq!(desk.articles(&filter("ferries")).unwrap().len(), 1);
    assert_eq!(desk.contradictions(&filter("speaker:Reed")).unwrap().len(), 1);
    assert_eq!(desk.contradictions(&filter("status:confirmed")).unwrap().len(), 0);
    let newest = filter("").limited(1, onrecord::store::filter::Order::Newest);
    assert_eq!(desk.claims(&newest).unwrap()[0].id, ClaimId(4));
    let unknown = desk.claims(&filter("speaker:Bakker")).unwrap_err();
    assert_eq!(unknown.hint(), "did you mean Ann Baker?");
}

#[test]
fn a_dropped_claim_leaves_the_lists_until_it_is_brought_back() {
    let mut desk = bridge();
    desk.drop_claims(&[ClaimId(3)]).unwrap();
    assert_eq!(words(&desk, "").len(), 3);
    assert!(desk.claim(ClaimId(3)).unwrap().dropped);
    assert_eq!(desk.contradictions(&filter("")).unwrap().len(), 1);
    desk.undo(1).unwrap();
    assert_eq!(words(&desk, "").len(), 4);
}

#[test]
fn words_are_found_in_claims_and_articles() {
    let desk = bridge();
    let found = desk.find("\"harbour bridge\" repair*", 9).unwrap();
    let claims = found.iter().filter(|hit| matches!(hit, Found::Claim { .. })).count();
    let snippets: Vec<&str> = found
        .iter()
        .filter_map(|hit| match hit {
            Found::Article { snippet, .. } => Some(snippet.as_str()),
            Found::Claim { .. } => None,
        })
        .collect();
    assert_eq!((claims, snippets.len()), (3, 3));
    assert!(snippets[0].contains('\u{E000}'));
    assert!(desk.find("\" ' * (", 9).unwrap().is_empty());
}

#[test]
fn everything_can_be_exported_and_explained() {
    let mut desk = bridge();
    let export = serde_json::to_value(desk.export(&filter("")).unwrap()).unwrap();
    assert_eq!(export["claims"].as_array().unwrap().len(), 4);
    assert_eq!(export["relations"][0]["earlier"]["id"], "c1");
    let relation = desk.contradictions(&filter("")).unwrap()[0].id;
    let why = desk.why(relation).unwrap();
    assert_eq!(why.compared.kind, RelationKind::Contradiction);
    assert_eq!(why.relation.id, relation);
    let timeline = desk.timeline(&filter("speaker:Baker")).unwrap();
    assert_eq!(timeline.iter().map(|row| row.relations.len()).collect::<Vec<_>>(), [0, 1]);
}
