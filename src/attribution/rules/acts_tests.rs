//! Sentences of our own for each kind of act, and some that look alike and report.

use super::*;
use crate::attribution::marked::attributed;

/// `<source>`, `[cue]` and `{content}` are marked in the sentence.
fn stays(marked: &str) -> bool {
    let (document, mut found) = attributed(marked);
    drop(&document, &mut found);
    !found.attributions.is_empty()
}

#[test]
fn acts_report_nothing() {
    for marked in [
        "<Ada Brook> [signed] {that bill in 2019}.",
        "<The members> [voted] {to raise the mooring fee}.",
        "<The board> [voted] {7-2 to close the hall}.",
        "<She> [voted for] {a toll} that the port has described as fair.",
        "<The two towns> [signed] {a pact that neither council read}.",
        "<The keeper> [learned of] {the fire on the bus}.",
        "<The ferry firm> [raised] {its fares on Monday}.",
        "<Regulators> [approved] {the quay} in July.",
        "<She> [has endorsed] {neither candidate}.",
        "<Brook> [welcomed] {the governor to the race}.",
        "<She> [thanked] {them}.",
        "<The aldermen> [had read] {it but could not say whether it was safe}.",
        "<The suit> [cites] {an email in which an engineer wrote to her chief}.",
        "<Brook> [pointed to] {a report}.",
        "<Brook> said that tolls must rise, [reversing] {a pledge she made in May}.",
        "<He> [wanted] {to be a pilot}.",
        "<He> [bears no grudge against] {the keeper}.",
        "<The harbour office> [did not offer] {one of its own}.",
        "<She> [refused] {to appear with him in 2021}.",
        "{That account} [was challenged] by Brook.",
        "<They> [were not authorized to discuss] {private talks}.",
        "<A porter, who> [asked] {not to be named}, said it was late.",
        "The contest, {which} [is expected] {to be among the dearest in years}, begins on Friday.",
        "<Brook's friends> think that she will stay, [provided] {that nobody finds the letter}.",
        "[Asked about] {the quay}, Brook smiled.",
        "<The port authority> [refused] {permission for a new quay}.",
        "<A docker, who> [wished] {to remain anonymous}, said it was late.",
        "{The ruling}, [announced] on Wednesday evening, leaves the club without a ground.",
        "<The ruling>, [announced] {on Wednesday evening, leaves the club without a ground}.",
    ] {
        assert!(!stays(marked), "{marked}");
    }
}

#[test]
fn what_looks_like_an_act_and_reports_stays() {
    for marked in [
        "<Brook> [voted] {that the fee be raised}.",
        "<Brook> [raised] {the prospect of a toll}.",
        "<Brook> [raised] {her concerns about the quay}.",
        "<Brook> [approves of] {the quay}.",
        "<Brook> [welcomed] {the plan for the quay}.",
        "<Brook> [thanked] {them for “ten good years”}.",
        "<Brook> [pointed to] {a rise in costs}.",
        "<Brook> [declined to endorse] {her}.",
        "<The union> [wants] {to raise wages}.",
        "<She> [wanted] {to know who had paid}.",
        "<Brook> [offered] {no comment}.",
        "<Brook> [refused] {to say who had paid}.",
        "<Brook> [refused] {to accept the finding}.",
        "<Brook> [asked] {to be heard}.",
        "<Brook> [feared] {anonymous letters}.",
        "<Brook> [is expected to say] {that the quay is safe}.",
        "{The contest} [is expected] {to be among the dearest in years}.",
        "<Brook> [refused] {an interview}.",
        "[Asked] {whether the quay was safe}, Brook smiled.",
        "<The sign> [showed] {that the quay was shut}.",
        "<The survey> [shows] {a loss of nine jobs}.",
        "<Brook> [called for] {an inquiry}.",
        "<Brook, mayor of the town>, [said] on Monday {the quay was safe}.",
        "<Brook>, a pilot, [announced] on Wednesday {that the quay was safe}.",
    ] {
        assert!(stays(marked), "{marked}");
    }
}
