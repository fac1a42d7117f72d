//! Sentences of our own for each rule.

use crate::article::{Given, read};
use crate::attribution::{attribute, reader};
use crate::text::analyze;

/// Every attribution as `speaker | cue | content`.
fn found(words: &str) -> Vec<String> {
    let article = read(words.as_bytes(), "test", &Given { title: Some("A title".into()), ..Given::default() }).unwrap();
    let document = analyze(&article);
    let found = attribute(&document, reader::standard());
    let speaker = |number: Option<usize>| number.map_or("?", |n| found.speakers[n].name.as_str()).to_owned();
    let line = |a: &crate::attribution::Attribution| {
        format!("{} | {} | {}", speaker(a.speaker), a.cue.words(&document.text), a.content.words(&document.text))
    };
    found.attributions.iter().map(line).collect()
}

fn has(words: &str, speaker: &str, content: &str) {
    let found = found(words);
    let fits =
        |line: &String| line.starts_with(speaker) && line.split(" | ").nth(2).is_some_and(|c| c.contains(content));
    assert!(found.iter().any(fits), "{content:?} by {speaker} in {found:#?}");
}

fn lacks(words: &str, part: &str) {
    let found = found(words);
    assert!(!found.iter().any(|line| line.contains(part)), "{part:?} in {found:#?}");
}

#[test]
fn a_quotation_goes_on_over_paragraphs() {
    let story = "“The harbour froze in the night,” Ada Brook said. “We lost two boats.\n\n“Nobody came to help us before noon.\n\n“We shall not forget that.”\n\nThe council met on Friday.";
    has(story, "Ada Brook", "Nobody came to help us");
    has(story, "Ada Brook", "We shall not forget");
    let late = "The crowd waited in the rain for hours.\n\n“The bridge shook and then it fell.\n\n“I have never run so fast,” Ada Brook said.\n\nThe council met on Friday.";
    has(late, "Ada Brook", "The bridge shook");
}

#[test]
fn the_accused_is_not_the_source() {
    lacks("Mayor Tom Reed was accused of hiding the letters. The council meets on Friday.", "Tom Reed | was accused");
    has("Reed has been described by Ada Brook, his rival, as a “coward”.", "Ada Brook", "coward");
}

#[test]
fn the_inner_speaker_of_a_nested_report_speaks() {
    has("Ada Brook was quoted as saying the bridge would fall.", "Ada Brook", "the bridge would fall");
    has("The Courier quoted Ada Brook as saying that the bridge would fall.", "Ada Brook", "the bridge would fall");
}

#[test]
fn a_letter_speaks_and_not_who_signed_it() {
    has("The letter, signed by Ada Brook, states that the bridge would fall.", "letter", "that the bridge would fall");
}

#[test]
fn what_a_reporter_adds_is_not_said() {
    lacks("The bridge will stand, she said, prompting laughter in the crowded hall.", "prompting");
    lacks(
        "Night boats will run again, Ada Brook said on Tuesday, in what critics hailed as a turn.",
        "in what critics",
    );
}

#[test]
fn who_is_told_and_when_is_no_part_of_it() {
    lacks("Ada Brook told her in May that the bridge would fall.", "| her in May");
    has("Ada Brook told her in May that the bridge would fall.", "Ada Brook", "that the bridge would fall");
}

#[test]
fn acts_are_no_claims() {
    lacks("Ada Brook signed the law on Friday. She shared a photo of the harbour.", "the law");
}

/// The chains that are noted, in order.
fn chains(words: &str) -> Vec<String> {
    let article = read(words.as_bytes(), "test", &Given { title: Some("A title".into()), ..Given::default() }).unwrap();
    let found = attribute(&analyze(&article), reader::standard());
    let because = found.attributions.into_iter().flat_map(|one| one.because);
    because.filter(|reason| reason.rule == "reported_by").map(|reason| reason.detail).collect()
}

#[test]
fn a_report_inside_a_report_says_whose_report_it_stands_in() {
    for words in [
        "The Courier quoted Ada Brook as saying that the bridge would fall.",
        "Ada Brook was quoted by the Courier as saying the bridge would fall.",
    ] {
        let found = chains(words);
        assert!(found.iter().any(|chain| chain.to_lowercase() == "as reported by the courier"), "{words}: {found:?}");
    }
    assert!(chains("Ada Brook said the bridge would fall.").is_empty());
}

#[test]
fn who_is_only_named_as_a_witness_says_nothing() {
    lacks("Ada Brook, listed as \"Member 4\" in the register, stayed away.", "Member 4");
}

#[test]
fn a_cue_without_a_source_has_its_own_subject() {
    has(
        "Harbour minister Oscar Brandt on Friday denied that he had taken the boats.",
        "Oscar Brandt",
        "he had taken the boats",
    );
    has(
        "Oscar Brandt, the harbour minister, denied on Friday that he had taken the boats.",
        "Oscar Brandt",
        "he had taken",
    );
}

#[test]
fn a_dateline_is_no_speaker_and_no_words() {
    let story = "HARBOUR CITY, 17 September 2024 - Ada Brook said the bridge would fall.\n\nThe harbour office said the ferry was late.";
    has(story, "Ada Brook", "the bridge would fall");
    lacks(story, "HARBOUR CITY");
    has(
        "HARBOUR CITY (UPI) - The count went on.\n\nBrook had half of the votes, the electoral office said.",
        "electoral office",
        "half of the votes",
    );
}

#[test]
fn a_name_beside_the_subject_is_the_subject() {
    let story = "The mayor, Ada Brook, apologised on Monday for the raids.\n\n“I gave an order to clear the pavement,” she wrote.";
    has(story, "Ada Brook", "I gave an order");
    let story = "The leader of the opposition, Ida Lorn, listened from a chair. Afterwards she said the plan would cost the town dear.";
    has(story, "Ida Lorn", "the plan");
}

#[test]
fn a_union_is_no_bank_and_an_insurer_no_boat() {
    let story = "The chairman of Holm Bank, Edmund Gray, said on Monday that the bank would close 40 branches.\n\nThe union fears that every second branch will go.";
    has(story, "union", "every second branch");
    let story = "The \"Petrel\" sank in May, harbour master Ellen Voss said. The insurer has said it will not pay.";
    has(story, "insurer", "it will not pay");
}

#[test]
fn what_a_cue_interrupts_keeps_its_beginning() {
    has(
        "The hospital, Ada Brook told reporters in the corridor, was not short of blood. The ferry, said Ida Lorn, will run again.",
        "Ada Brook",
        "The hospital",
    );
    let ferry = "Nobody was hurt. The ferry, said Ida Lorn, will run again. Rents in the north had risen.";
    has(ferry, "Ida Lorn", "The ferry");
    lacks(ferry, "Rents");
    has("Rents in the north, Ada Brook said on Friday, had risen since May.", "Ada Brook", "Rents in the north");
    lacks("On Friday, Ada Brook said, was late.", "On Friday");
}

#[test]
fn turns_of_phrase_report_the_rest_of_their_sentence() {
    let lead = "Ada Brook, the engineer, looked at the bridge for an hour. ";
    let has_after = |words: &str, content: &str| has(&format!("{lead}{words}"), "Ada Brook", content);
    has_after("“Old but sound,” was how she put it.", "“Old but sound,”");
    has_after("The bridge, as she put it, was “older than the town”.", "was “older than the town”");
    has_after("The bridge, in her words, is “older than the town”.", "is “older than the town”");
    has("The bridge, in the words of Ada Brook, is “older than the town”.", "Ada Brook", "is “older than the town”");
    has("“Let them swim,” was the reply of Councillor Ada Brook.", "Ada Brook", "“Let them swim,”");
    has("The money, per the audit, went to ferries.", "audit", "went to ferries");
    lacks("The toll is two crowns per car, and the bridge is old.", "per |");
}

#[test]
fn a_cue_that_closes_or_interrupts_its_sentence_reports_it() {
    has("A guard was hit in the yard after a row over a van, a court heard.", "court", "A guard was hit in the yard");
    has("The bridge is older than the town, Ada Brook joked.", "Ada Brook", "The bridge is older than the town");
    has("Takings, Ada Brook went on, had come in below budget.", "Ada Brook", "had come in below budget");
    lacks("The bridge, built by the town, was closed.", "built");
}

#[test]
fn who_is_told_is_no_part_of_what_is_told() {
    lacks("Ada Brook told him that the bridge was old.", "him that");
    has("Ada Brook told him that the bridge was old.", "Ada Brook", "that the bridge was old");
    lacks("In January he was told to stop writing it down.", "he |");
    has("The board was told by Ada Brook that the bridge was sound.", "Ada Brook", "that the bridge");
}

#[test]
fn verbs_that_go_on_share_their_subject() {
    has(
        "Mayor Ada Brook came on Monday, bought a paper and promised to build the bridge.",
        "Ada Brook",
        "to build the bridge",
    );
    has("Ada Brook said the bridge was old and denied that it had cracked.", "Ada Brook", "that it had cracked");
}

#[test]
fn who_goes_on_to_say_something_else_says_it_apart() {
    let words = "Ada Brook thinks the bridge is safe but warns that the ferry “leaks”.";
    has(words, "Ada Brook", "that the ferry “leaks”");
    lacks(words, "safe but");
}

#[test]
fn who_is_asked_does_not_ask() {
    let asked = |words: &str| format!("Ada Brook met the mayor, Ida Lorn, on Monday. {words}");
    lacks(&asked("Asked whether the bridge was safe, Brook left the room."), "Ada Brook | Asked");
    has(&asked("Asked by Lorn whether the bridge was safe, Brook left the room."), "Ida Lorn", "the bridge was safe");
}

#[test]
fn whoever_is_quoted_says_it_however_far_the_words_stand() {
    has(
        "Ada Brook, for her part, was once quoted by a newspaper as saying that the bridge “sings”.",
        "Ada Brook",
        "the bridge “sings”",
    );
    has(
        "The engineer, Ada Brook, is quoted in the minutes as saying that the bridge is sound.",
        "Ada Brook",
        "the bridge is sound",
    );
}

#[test]
fn frames_report() {
    has("Ada Brook would not be drawn on the date of the opening.", "Ada Brook", "on the date");
    has("Ada Brook put the number of cracks at 40, up from 12 in May.", "Ada Brook", "the number of cracks at 40");
    lacks("Ada Brook put the number of cracks at 40, up from 12 in May.", "up from 12");
    has("CCTV played to the jury showed two men on the bridge.", "CCTV", "two men on the bridge");
    has("She held up a sign that read “No bridge today”.", "sign", "“No bridge today”");
    lacks("Ada Brook put the cup at the edge of the table.", "put");
}

#[test]
fn a_sentence_that_breaks_off_is_read() {
    has("Ada Brook said the bridge would fall, swiping at the mayor and", "Ada Brook", "the bridge would fall");
    lacks("Ada Brook thinks the bridge is safe but", "| but");
}

#[test]
fn a_quotation_behind_a_sentence_about_somebody_is_theirs() {
    has(
        "Mr Vane, the union secretary, was scathing. “She had our letter on her desk before May.”",
        "Vane",
        "She had our letter",
    );
    lacks("The yard was closed on Friday. “Keep out of the yard at all times.”", "Keep out");
}

#[test]
fn a_day_is_no_part_of_who_speaks() {
    lacks("In March the mayor said that the bridge would reopen within three weeks.", "March");
    has("On Tuesday the council said that the bridge would reopen.", "council", "the bridge would reopen");
}

#[test]
fn who_asks_who_told_speaks_of_nobody() {
    lacks("Ada Brook warned of the cracks. Who told whom that the letter was lost?", "Ada Brook | told");
}

#[test]
fn a_denial_answers_no_sentence_that_only_stands_near() {
    let answered = |words: &str| {
        let article = read(words.as_bytes(), "test", &Given { title: Some("A".into()), ..Given::default() }).unwrap();
        attribute(&analyze(&article), reader::standard()).attributions.iter().any(|one| one.answers.is_some())
    };
    let account =
        "Gordon Vane said the ministry had paid two million crowns. His deputy, Alan Reed, disputes this account.";
    assert!(!answered(account), "an account is all that was told");
    let steel = "Tests show that 12 of the cracks are old and were there when the steel was delivered. The company denies that a \
                 cheaper grade of steel was used.";
    assert!(!answered(steel), "what is, was and has is no word in common");
    assert!(answered("Ada Brook accused Tom Reed of hiding the letters. Reed denied the accusation."));
}
