//! What a person does beyond confirming: corrections, tags, notes, verdicts on their way, the past. Each act is one
//! operation, and taking it back leaves nothing behind.

use crate::support::hand::{Said, desk, filter, load, said};
use chrono::DateTime;
use onrecord::attribution::{Kind, Status as Told};
use onrecord::date::Date;
use onrecord::span::Text;
use onrecord::store::id::{AnyId, ArticleId, ClaimId, NoteId, OperationId, RelationId, SpeakerId, VerdictId};
use onrecord::store::rows::{Decision, Dispute, EvidenceKind, Status, VerdictState};
use onrecord::store::stories::{Member, Membership};
use onrecord::workbench::{Changes, Clock, Judgement, Lack, Missed, Pairs, Record, SpeakerIs, Workbench};

const OPEN: &str = "the harbour bridge will be closed for repairs in October";
const SHUT: &str = "the harbour bridge will not be closed for repairs in October";

fn bridge() -> Workbench {
    let mut desk = desk();
    load(
        &mut desk,
        "The Example",
        "2030-03-01",
        &[said("Ann Baker", OPEN), said("Tom Reed", "ferries run twice a day")],
    );
    load(&mut desk, "Morning Wire", "2030-04-02", &[said("Ann Baker", SHUT)]);
    desk
}

/// Everything that lists show of the claims, to be held against what it was before an act.
fn shown(desk: &Workbench) -> String {
    let claims = serde_json::to_string(&desk.claims(&filter("")).unwrap()).unwrap();
    let relations = serde_json::to_string(&desk.relations(&filter(""), &[]).unwrap()).unwrap();
    let rest = serde_json::to_string(&(desk.tags().unwrap(), desk.notes(None).unwrap(), desk.saved_filters().unwrap()));
    format!("{claims}\n{relations}\n{}", rest.unwrap())
}

/// An act changes the desk, undo restores it to the letter, redo does it again.
#[track_caller]
fn one_step(act: impl FnOnce(&mut Workbench)) {
    let mut desk = bridge();
    let before = shown(&desk);
    let operations = desk.log(99).unwrap().len();
    act(&mut desk);
    let after = shown(&desk);
    assert_ne!(before, after);
    assert_eq!(desk.log(99).unwrap().len(), operations + 1, "one command is one operation");
    desk.undo(1).unwrap();
    assert_eq!(shown(&desk), before);
    desk.redo(1).unwrap();
    assert_eq!(shown(&desk), after);
}

#[test]
fn every_correction_is_one_step_back_and_forth() {
    let changes = Changes {
        speaker: Some("Carla Stone".into()),
        speaker_is: SpeakerIs::New,
        kind: Some(Kind::Promise),
        status: None,
        said: Date::parse_iso("2030-02"),
        words: None,
        notice: None,
    };
    one_step(|desk| drop(desk.edit(&[ClaimId(1)], &changes).unwrap()));
    let words = Changes { words: Some("closed for repairs".into()), ..Changes::default() };
    one_step(|desk| drop(desk.edit(&[ClaimId(1)], &words).unwrap()));
    let missed = Missed {
        words: "ferries run".into(),
        speaker: "Tom Reed".into(),
        speaker_is: SpeakerIs::New,
        ..Missed::default()
    };
    one_step(|desk| drop(desk.add_claim(ArticleId(1), &missed).unwrap()));
    one_step(|desk| desk.drop_claims(&[ClaimId(1), ClaimId(2)]).unwrap());
    one_step(|desk| drop(desk.split(ClaimId(1), &["repairs in October".into()]).unwrap()));
    one_step(|desk| drop(desk.join(&[ClaimId(1), ClaimId(2)]).unwrap()));
    one_step(|desk| desk.tag("port", Membership::Add, &[Member::Claim(ClaimId(1))]).unwrap());
    one_step(|desk| drop(desk.note(AnyId::Claim(ClaimId(1)), "ask again").unwrap()));
    one_step(|desk| desk.save_filter("baker", "speaker:Baker").unwrap());
    one_step(|desk| drop(desk.split_speaker(SpeakerId(1), "", &[ClaimId(3)], None).unwrap()));
    one_step(|desk| desk.give_title(SpeakerId(1), "Mayor", Date::parse_iso("2030"), None).unwrap());
    one_step(|desk| drop(desk.restore(OperationId(1)).unwrap()));
}

#[test]
fn what_is_no_question_any_more_is_not_asked() {
    let mut desk = bridge();
    let status = |desk: &Workbench| desk.claim(ClaimId(1)).unwrap().status.known().unwrap();
    let kind = |kind| Changes { kind: Some(kind), ..Changes::default() };
    let asked = Changes { status: Some(Told::Asked), ..kind(Kind::Question) };
    desk.edit(&[ClaimId(1)], &asked).unwrap();
    assert_eq!(status(&desk), Told::Asked);
    assert_eq!(desk.claims(&filter("status:asked")).unwrap().len(), 1);
    desk.edit(&[ClaimId(1)], &kind(Kind::Statement)).unwrap();
    assert_eq!(status(&desk), Told::Asserted);
    desk.undo(1).unwrap();
    assert_eq!(status(&desk), Told::Asked);
    desk.undo(1).unwrap();
    assert_eq!(status(&desk), Told::Asserted, "as it was read");
    let told: Vec<String> = desk.handwork(ClaimId(1)).unwrap().into_iter().map(|act| act.words).collect();
    assert!(told.is_empty(), "{told:?}");
    desk.redo(1).unwrap();
    let told: Vec<String> = desk.handwork(ClaimId(1)).unwrap().into_iter().map(|act| act.words).collect();
    assert!(told.contains(&"status asked, read as asserted".to_owned()), "{told:?}");
}

#[test]
fn a_corrected_claim_keeps_its_evidence_and_says_what_was_read() {
    let mut desk = bridge();
    let changes = Changes { words: Some("closed… in OCTOBER".into()), ..Changes::default() };
    let new = desk.edit(&[ClaimId(1)], &changes).unwrap().claims.remove(0);
    assert_eq!((new.id, new.words.as_str(), new.who()), (ClaimId(4), "closed [...] in October", "Ann Baker"));
    let text = Text::new(desk.article(ArticleId(1)).unwrap().text);
    assert_eq!(new.content.words(&text), new.words);
    assert!(desk.claim(ClaimId(1)).unwrap().dropped);
    let told: Vec<String> =
        desk.handwork(ClaimId(1)).unwrap().into_iter().map(|act| format!("{} {}", act.act, act.words)).collect();
    assert_eq!(told, ["made into c4"]);
    assert_eq!(desk.handwork(ClaimId(4)).unwrap()[0].words, "c1");
    let nobody = Changes { speaker: Some(String::new()), ..Changes::default() };
    assert_eq!(desk.edit(&[ClaimId(2)], &nobody).unwrap().claims[0].speaker, None);
    assert!(
        desk.edit(&[ClaimId(2)], &Changes::default()).unwrap_err().to_string().contains("nothing is to be changed")
    );
    let elsewhere = Changes { words: Some("ferries run on Sundays".into()), ..Changes::default() };
    assert!(desk.edit(&[ClaimId(2)], &elsewhere).unwrap_err().hint().contains("“ferries run”"));
}

#[test]
fn a_turn_of_one_speaker_becomes_a_dispute_when_the_speaker_is_corrected() {
    let mut desk = bridge();
    let kind = |desk: &Workbench| desk.relation(RelationId(1)).unwrap().dispute.and_then(|dispute| dispute.known());
    assert_eq!(kind(&desk), Some(Dispute::ChangeOfPosition));
    let reed = Changes { speaker: Some("Reed".into()), ..Changes::default() };
    desk.edit(&[ClaimId(3)], &reed).unwrap();
    assert_eq!(kind(&desk), Some(Dispute::Dispute));
    desk.undo(1).unwrap();
    assert_eq!(kind(&desk), Some(Dispute::ChangeOfPosition));
}

#[test]
fn what_was_put_off_waits_at_the_end_and_decisions_name_who_decided() {
    let mut desk = bridge();
    load(&mut desk, "The Example", "2030-05-03", &[said("Tom Reed", SHUT)]);
    let waiting = desk.waiting(&filter(""), &[]).unwrap();
    assert!(waiting.len() > 1, "{waiting:?}");
    desk.skip(waiting[0]).unwrap();
    let then = desk.waiting(&filter(""), &[]).unwrap();
    assert_eq!((then.last(), then.len()), (Some(&waiting[0]), waiting.len()));
    let row = desk.decide(waiting[1], Decision::Confirm, "", Pairs::All).unwrap();
    assert_eq!((row.status, row.decided_by.as_str()), (Status::Confirmed, "tester"));
    assert_eq!(desk.waiting(&filter(""), &[]).unwrap().len(), waiting.len() - 1);
    assert!(desk.waiting(&filter("speaker:Reed on:2030-03-01"), &[]).unwrap().is_empty());
}

#[test]
fn tags_notes_and_saved_filters_choose_and_tell() {
    let mut desk = bridge();
    desk.tag("Port  works", Membership::Add, &[Member::Article(ArticleId(1))]).unwrap();
    desk.tag("later", Membership::Add, &[Member::Claim(ClaimId(3))]).unwrap();
    let ids = |desk: &Workbench, line: &str| {
        desk.claims(&filter(line)).unwrap().iter().map(|row| row.id.0).collect::<Vec<_>>()
    };
    assert_eq!(ids(&desk, "tag:\"port works\""), [1, 2]);
    assert_eq!(ids(&desk, "tag:later tag:\"port works\""), [1, 2, 3]);
    assert_eq!(ids(&desk, "not:tag:later"), [1, 2]);
    assert_eq!(desk.articles(&filter("tag:later")).unwrap()[0].id, ArticleId(2));
    desk.tag("later", Membership::Remove, &[Member::Claim(ClaimId(3))]).unwrap();
    assert!(desk.claims(&filter("tag:later")).is_err(), "a tag that nothing carries is no tag");
    let note = desk.note(AnyId::Claim(ClaimId(1)), "ask the council").unwrap();
    let changed = desk.change_note(note.id, "the council was asked").unwrap().unwrap();
    assert_eq!(desk.notes(None).unwrap().as_slice(), std::slice::from_ref(&changed));
    assert_eq!(desk.change_note(changed.id, "").unwrap(), None);
    assert!(desk.notes(None).unwrap().is_empty() && desk.change_note(NoteId(9), "x").is_err());
    desk.save_filter("Bakers", "speaker:Baker").unwrap();
    desk.save_filter("bakers", "speaker:Baker not:kind:denial").unwrap();
    assert_eq!(desk.saved_filter("BAKERS").unwrap(), "speaker:Baker not:kind:denial");
    assert!(desk.saved_filter("baker").unwrap_err().hint().contains("bakers"));
    desk.forget_filter("bakers").unwrap();
    assert!(desk.saved_filters().unwrap().is_empty());
}

#[test]
fn a_verdict_goes_its_way_with_a_second_reader() {
    let mut desk = bridge();
    let rating = |rating| Judgement { rating, scale: None, rationale: "As the council says.", long: "" };
    let first = desk.judge(ClaimId(1), &rating("Mostly False")).unwrap();
    assert_eq!((first.scale.as_str(), first.rating.as_str()), ("truth", "mostly false"));
    let open = desk.check_one(first.id).unwrap().lacks;
    assert_eq!(open, [Lack::Evidence, Lack::DirectWords, Lack::SecondReader, Lack::Response]);
    desk.add_evidence(first.id, EvidenceKind::Link, "https://council.example", "").unwrap();
    desk.add_evidence(first.id, EvidenceKind::Asked, "by letter", "").unwrap();
    assert_eq!(desk.check_one(first.id).unwrap().lacks, [Lack::Archive, Lack::DirectWords, Lack::SecondReader]);
    assert!(desk.move_verdict(first.id, VerdictState::Approved, "").unwrap_err().hint().contains(".set user"));
    assert!(desk.correct(first.id, &rating("false"), "wrong", None).unwrap_err().to_string().contains("not published"));
    desk.settings_mut().user = "second".into();
    desk.move_verdict(first.id, VerdictState::Approved, "").unwrap();
    assert!(!desk.check_one(first.id).unwrap().lacks.contains(&Lack::SecondReader));
    desk.move_verdict(first.id, VerdictState::Published, "").unwrap();
    let second = desk.correct(first.id, &rating("false"), "The letter was overlooked.", None).unwrap();
    assert!(second.state.is(VerdictState::Review) && second.version == 2 && second.evidence.len() == 2);
    assert!(desk.check_one(second.id).unwrap().lacks.contains(&Lack::SecondReader), "nobody read the correction");
    desk.settings_mut().user = "third".into();
    desk.move_verdict(second.id, VerdictState::Approved, "").unwrap();
    let second = desk.move_verdict(second.id, VerdictState::Published, "").unwrap();
    assert!(second.state.is(VerdictState::Corrected));
    assert!(desk.verdict(first.id).unwrap().state.is(VerdictState::Published), "the old version stays as it was");
    assert!(desk.move_verdict(first.id, VerdictState::Published, "").unwrap_err().hint().contains("v2"));
    desk.undo(2).unwrap();
    desk.settings_mut().user = "second".into();
    desk.undo(1).unwrap();
    assert!(desk.verdict(first.id).unwrap().current && desk.verdict(VerdictId(2)).unwrap().undone);
    load(&mut desk, "Late Post", "2030-06-01", &[said("Ann Baker", OPEN)]);
    let before = desk.precedents(&[ClaimId(4)]).unwrap();
    assert_eq!((before[0].rating.as_str(), before[0].other), ("mostly false", Some(ClaimId(1))));
}

#[test]
fn the_past_shows_what_was_known_and_decided_and_takes_no_changes() {
    let mut desk = desk();
    let on = |desk: &mut Workbench, day: &str| {
        let at = DateTime::parse_from_rfc3339(&format!("{day}T12:00:00Z")).unwrap().to_utc();
        desk.settings_mut().clock = Clock::fixed(at);
    };
    on(&mut desk, "2030-07-01");
    load(&mut desk, "The Example", "2030-03-01", &[said("Ann Baker", OPEN)]);
    on(&mut desk, "2030-07-02");
    load(&mut desk, "Morning Wire", "2030-04-02", &[said("Ann Baker", SHUT)]);
    desk.decide(RelationId(1), Decision::Confirm, "", Pairs::All).unwrap();
    on(&mut desk, "2030-07-03");
    desk.undo(1).unwrap();
    desk.drop_claims(&[ClaimId(1)]).unwrap();
    let past = |day: &str| desk.as_of(Date::parse_iso(day).unwrap().last()).unwrap();
    let counts = |desk: &Workbench| {
        let stats = desk.stats().unwrap();
        (stats.claims, stats.confirmed, stats.operations)
    };
    assert_eq!(counts(&past("2030-06-30")), (0, 0, 0));
    assert_eq!(counts(&past("2030-07-01")), (1, 0, 1));
    assert_eq!(counts(&past("2030-07-02")), (2, 1, 3));
    assert_eq!(counts(&past("2030-07-03")), counts(&desk));
    let mut yesterday = past("2030-07-02");
    assert!(yesterday.skip(RelationId(1)).unwrap_err().to_string().contains("2030-07-02"));
    assert_eq!(counts(&desk), (1, 0, 5), "the present is untouched");
}

#[test]
fn what_comes_back_is_compared_with_what_came_in_between() {
    let mut desk = desk();
    load(&mut desk, "The Example", "2030-03-01", &[said("Ann Baker", OPEN)]);
    load(&mut desk, "Morning Wire", "2030-04-02", &[said("Tom Reed", "ferries run twice a day")]);
    desk.undo(1).unwrap();
    desk.undo(1).unwrap();
    desk.redo(1).unwrap();
    desk.redo(1).unwrap();
    // The second is taken back alone; what is loaded meanwhile ends the redo, so the load itself brings it back.
    desk.undo_operation(OperationId(1)).unwrap();
    load(&mut desk, "Late Post", "2030-05-01", &[said("Ann Baker", SHUT)]);
    assert!(desk.contradictions(&filter("")).unwrap().is_empty());
    let again = load(&mut desk, "The Example", "2030-03-01", &[said("Ann Baker", OPEN)]);
    assert_eq!((again.article, again.contradictions), (ArticleId(1), 1));
    assert_eq!(desk.contradictions(&filter("")).unwrap().len(), 1);
}

#[test]
fn imported_claims_are_compared_with_one_another_and_with_the_desk() {
    let mut desk = bridge();
    let record = |id: &str, text: &str| Record {
        id: id.into(),
        text: text.into(),
        speaker: Some("Ann Baker".into()),
        date: Some("2030-05-01".into()),
        rating: Some("false".into()),
        ..Record::default()
    };
    let report = desk.import_claims(&[record("1", OPEN), record("2", SHUT)], "Checkers", "claims.jsonl").unwrap();
    assert_eq!(report.compared, 2);
    assert!(report.repeats > 0 && report.contradictions > 0, "{report:?}");
    let before = desk.precedents(&[ClaimId(1)]).unwrap();
    assert_eq!((before[0].id, before[0].by.as_str()), (None, "Checkers"));
}

#[test]
fn two_people_of_one_name_are_told_apart_by_their_titles() {
    let mut desk = desk();
    let titled = |title, words| Said { title: Some(title), ..said("Ann Baker", words) };
    load(&mut desk, "The Example", "2030-01-01", &[titled("city engineer", "the bridge is safe")]);
    load(&mut desk, "Morning Wire", "2030-02-01", &[titled("opera singer", "the season opens in May")]);
    let singer = desk.split_speaker(SpeakerId(1), "Ann Baker (singer)", &[ClaimId(2)], None).unwrap();
    desk.give_title(singer.id, "opera singer", None, None).unwrap();
    load(&mut desk, "Late Post", "2030-03-01", &[titled("retired opera singer", "the hall is cold")]);
    load(&mut desk, "Evening Sun", "2030-04-01", &[titled("engineer", "the bridge needs paint")]);
    let who = |id| desk.claim(ClaimId(id)).unwrap().speaker.unwrap().id;
    assert_eq!([who(1), who(2), who(3), who(4)], [SpeakerId(1), singer.id, singer.id, SpeakerId(1)]);
    assert!(desk.merge_suggestions().unwrap().is_empty());
}
