//! Sentences of our own for each way in which an article does not assert that something was said.

use super::*;
use crate::article::{Given, read};
use crate::attribution::kind::classify;
use crate::attribution::marked::{Marked, marked};
use crate::text::analyze;

fn check(marked: &str, expected: Status) {
    assert_eq!(read_marked(marked, false).1, expected, "{marked}");
}

/// `<source>`, `[cue]` and `{content}` are marked in the sentence; the kind is read off the cue where it is asked for.
fn read_marked(sentence: &str, with_kind: bool) -> (Kind, Status) {
    let Marked { plain, source, cue, content } = marked(sentence);
    let article = read(plain.as_bytes(), "test", &Given::default()).unwrap();
    let document = analyze(&article);
    let attribution = Attribution {
        source: Some(source).filter(|source| source.cover().is_some()),
        kind: if with_kind { classify(&document, &cue, &content) } else { Kind::Statement },
        cue,
        content,
        speaker: None,
        candidates: Vec::new(),
        status: Status::Asserted,
        quotation: crate::attribution::Quotation::Indirect,
        place: crate::article::BlockKind::Paragraph,
        answers: None,
        score: crate::score::Score::new(1.0),
        because: Vec::new(),
    };
    let mut found = Attributions { attributions: vec![attribution], speakers: Vec::new() };
    mark(&document, &mut found);
    (found.attributions[0].kind, found.attributions[0].status)
}

#[test]
fn what_is_said_is_asserted() {
    for marked in [
        "<Dana Cole> [said] {the mill may not reopen}.",
        "“{The mill will not reopen},” <Cole> [said].",
        "<Cole, not Marsh,> [said] {the mill was shut}.",
        "<She> not only [said] {the mill was shut} but proved it.",
        "{If the mill is shut, workers will leave}, <Cole> [said].",
        "<The council> does not own the mill, and <Cole> [said] {it was shut}.",
        "“{Is the mill shut?}” <Cole> [asked].",
        "It is false, <Cole> [said], {that the mill is shut}.",
        "<Cole> [wrongly claimed] {the mill was shut}.",
        "<Cole> did not hesitate to [say] {the mill was shut}.",
        "<Cole> could not resist [saying] {the mill was shut}.",
        "<Cole> never tired of [saying] {the mill was shut}.",
        "Until now <Cole> [has maintained] {that the mill was shut}.",
        "<Cole> had no trouble [saying] {the mill was shut}.",
    ] {
        check(marked, Status::Asserted);
    }
}

#[test]
fn what_nobody_said_is_negated() {
    for marked in [
        "<Nobody> [claimed] {the mill was shut}.",
        "<No one at the mill> [said] {it was shut}.",
        "<None of the owners> [admitted] {the mill was shut}.",
        "<Neither owner> [thinks] {the mill will reopen}.",
        "Neither <Cole> nor Marsh [said] {the mill was shut}.",
        "Neither Marsh nor <Cole> [said] {the mill was shut}.",
        "<Cole> [did not say] {the mill was shut}.",
        "<Cole> has never [said] {that the mill was shut}.",
        "<Cole> [denied saying] {the mill was shut}.",
        "<Cole> [stopped short of saying] {the mill was shut}.",
        "<Cole> [did not deny] {that the mill was shut}.",
        "<Cole> left without [saying] {the mill was shut}.",
        "Nor did <Cole> [say] {the mill was shut}.",
        "At no point did <Cole> [say] {the mill was shut}.",
        "Under no circumstances did <Cole> [say] {the mill was shut}.",
        "In no way did <Cole> [say] {the mill was shut}.",
        "<Scarcely a worker> [thinks] {the mill is shut}.",
        "<Cole> has yet to [say] {the mill was shut}.",
        "The owners denied that <Cole> had [said] {the mill was shut}.",
    ] {
        check(marked, Status::Negated);
    }
}

#[test]
fn what_is_supposed_is_conditional() {
    for marked in [
        "If <Cole> [says] {the mill is shut}, workers will leave.",
        "Workers will leave if <Cole> [says] {the mill is shut}.",
        "Unless <the owner> [says] {the mill is safe}, it stays shut.",
        "Should <Cole> [say] {the mill is shut}, workers will leave.",
        "Even if, as some fear, <Cole> [says] {the mill is shut}, they will stay.",
        "<Cole> might [say] {the mill is shut}.",
    ] {
        check(marked, Status::Conditional);
    }
}

#[test]
fn what_is_asked_is_asked() {
    for marked in [
        "Did <Cole> [say] {the mill was shut}?",
        "Why has <the owner> [said] {the mill was shut}?",
        "<Who> [said] {the mill was shut}?",
        "They asked whether <Cole> had [said] {the mill was shut}.",
        "They wondered if <Cole> had [said] {the mill was shut}.",
    ] {
        check(marked, Status::Asked);
    }
}

#[test]
fn what_is_to_come_is_future() {
    for marked in [
        "<Cole> [will say] {the mill is shut}.",
        "<Cole> is expected to [announce] {that the mill is shut}.",
        "<Cole> is going to [tell] workers {the mill is shut}.",
        "<Cole> plans to [argue] {the mill is shut}.",
        "<The owner> is due to [say] {the mill is shut}.",
    ] {
        check(marked, Status::Future);
    }
}

#[test]
fn what_is_called_false_is_disputed() {
    for marked in [
        "It is false that <Cole> [said] {the mill was shut}.",
        "It is simply not true that <Cole> [said] {the mill was shut}.",
        "There is no evidence that <Cole> ever [said] {the mill was shut}.",
        "<Cole> [was wrongly quoted as saying] {the mill was shut}.",
        "<Cole> was falsely [reported to have said] {the mill was shut}.",
        "<Cole> [was misquoted as saying] {the mill was shut}.",
        "The claim is a lie that <Cole> [told] {the mill was shut}.",
    ] {
        check(marked, Status::Disputed);
    }
}

#[test]
fn what_is_taken_back_or_no_earnest_is_told_apart() {
    check("<Cole> apologised for [saying] {the mill was shut}.", Status::Retracted);
    check("<Cole> [retracted] {the claim that the mill was shut}.", Status::Retracted);
    check("<Cole> [joked] {that the mill was shut}.", Status::Joking);
    check("<Cole> [said jokingly] {that the mill was shut}.", Status::Joking);
}

#[test]
fn what_is_not_settled_or_still_owed_is_unsettled() {
    for marked in [
        "[It is unclear] {whether the mill will reopen}.",
        "[It's not clear] {why the mill was shut}.",
        "<The owners> [were uncertain] {whether the mill would reopen}.",
        "[It remains to be seen] {whether the mill reopens}.",
        "<Cole> [must decide] {whether the mill reopens}.",
        "<The owners> [should say] {that the mill is shut}.",
        "<Cole> [needs to explain] {why the mill was shut}.",
    ] {
        check(marked, Status::Unsettled);
    }
    check("<Cole> [made clear] {that the mill was shut}.", Status::Asserted);
    check("“{The owners must say why},” <Cole> [said].", Status::Asserted);
}

#[test]
fn what_is_taken_back_is_retracted() {
    check("<Cole> [took back] {the claim that the mill was shut}.", Status::Retracted);
    check("<The owners> later [withdrew] {the claim that the mill was shut}.", Status::Retracted);
    check("<Cole> [walked back] {his claim that the mill was shut}.", Status::Retracted);
}

#[test]
fn what_was_not_said_is_no_refusal_unless_somebody_keeps_silent() {
    for (marked, kind) in [
        ("<Cole> [would not say] {why the mill was shut}.", Kind::Refusal),
        ("<Cole> [declined to back] {the mill}.", Kind::Refusal),
        ("<Cole> [neither confirmed nor denied] {that the mill was shut}.", Kind::Refusal),
        ("<Cole> [did not respond to] {a letter about the mill}.", Kind::Refusal),
        ("“<I> [never asked] {to run the mill},” Cole said.", Kind::Statement),
        ("“<We> [never said] {the mill was shut},” Cole said.", Kind::Statement),
        ("<Nobody> [claimed] {the mill was shut}.", Kind::Refusal),
        ("<Cole> [would not rule out] {a new mill}.", Kind::Statement),
        ("<Cole> [has yet to take a stand on] {the mill}.", Kind::Statement),
        ("<The owners> [do not expect] {the mill to reopen}.", Kind::Forecast),
        ("<Not all workers> [believe] {her}.", Kind::Belief),
    ] {
        assert_eq!(read_marked(marked, true), (kind, Status::Negated), "{marked}");
    }
    check("<Readers of this page> [will recall] {that the mill was shut}.", Status::Asserted);
    check("<Cole> [will say] {that the mill was shut}.", Status::Future);
}

#[test]
fn a_refusal_that_is_supposed_or_asked_is_none() {
    for (marked, status) in [
        ("If <Cole> [refuses] {to shut the mill}, workers will leave.", Status::Conditional),
        ("Unless <the owner> [declines] {the offer}, the mill is sold.", Status::Conditional),
        ("She was asked whether <she> [would still refuse] {to shut the mill}.", Status::Asked),
    ] {
        assert_eq!(read_marked(marked, true), (Kind::Question, status), "{marked}");
    }
    check("Asked whether the mill was safe, <Cole> [refused] {to say}.", Status::Negated);
    check("<Cole> [declined to say] {whether the mill was shut}.", Status::Negated);
}
