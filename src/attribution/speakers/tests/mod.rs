//! Sentences of our own for each way a source can name its speaker.

mod bodies;
mod namesakes;

use super::resolve;
use crate::article::{self, BlockKind, Given};
use crate::attribution::{Attribution, Attributions, Category, Kind, Quotation, Status};
use crate::score::Score;
use crate::span::{Span, Spans};
use crate::text::{self, Document};

fn attribution(source: Option<Spans>, content: Spans, quotation: Quotation) -> Attribution {
    Attribution {
        source,
        cue: Spans::default(),
        content,
        speaker: None,
        candidates: Vec::new(),
        kind: Kind::Statement,
        status: Status::Asserted,
        quotation,
        place: BlockKind::Paragraph,
        answers: None,
        score: Score::new(1.0),
        because: Vec::new(),
    }
}

fn read(words: &str) -> Document {
    text::analyze(&article::read(words.as_bytes(), "test", &Given::default()).unwrap())
}

/// `[source=Speaker]` marks each source and the name its speaker must bear; `?` stands for nobody.
fn resolved(marked: &str) -> (Attributions, Vec<(String, String)>) {
    let (mut plain, mut found, mut expected) = (String::new(), Attributions::default(), Vec::new());
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('[') {
        let (source, tail) = after.split_once(']').unwrap();
        let (words, name) = source.split_once('=').unwrap();
        plain.push_str(before);
        let start = plain.chars().count() as u32;
        plain.push_str(words);
        let span = Span::new(start, plain.chars().count() as u32);
        found.attributions.push(attribution(Some(span.into()), Spans::default(), Quotation::Indirect));
        expected.push((words.to_owned(), name.to_owned()));
        rest = tail;
    }
    plain.push_str(rest);
    resolve(&read(&plain), &mut found);
    (found, expected)
}

fn check(marked: &str) {
    let (found, expected) = resolved(marked);
    for (attribution, (words, name)) in found.attributions.iter().zip(expected) {
        let speaker = attribution.speaker.map_or("?", |n| &found.speakers[n].name);
        assert_eq!(speaker, name, "{words:?} in {marked:?}");
    }
}

#[test]
fn odd_text_gives_no_speakers_and_no_panic() {
    for words in ["1 ?", "\u{1b}[31m", "“““ 1", "A, B, C, and , (", "Mr.", "the of the of", "— — who who"] {
        let mut found = Attributions::default();
        resolve(&read(words), &mut found);
        assert!(found.speakers.is_empty(), "{words:?}");
    }
}

#[test]
fn sources_that_lie_anywhere_are_no_reason_to_panic() {
    let document = read("“Ann Holt” and the (who, of “her’s said; he, she & Mr. Jr. — “they");
    let mut found = Attributions::default();
    for start in 0..document.text.len() + 3 {
        for length in [1, 4, 9, 40] {
            let span = Span::new(start, start + length);
            found.attributions.push(attribution(Some(span.into()), span.into(), Quotation::Direct));
        }
    }
    resolve(&document, &mut found);
    assert!(found.attributions.iter().all(|a| a.speaker.is_none_or(|n| n < found.speakers.len())));
}

#[test]
fn surnames_pronouns_and_roles_lead_to_the_person_introduced_with_a_title() {
    check(
        "[Harbour Ministry spokesman Edmund Falk=Edmund Falk] said the pier was safe. [He=Edmund Falk] said it was new. \
         The inspectors left. [The spokesman=Edmund Falk] said they were free to return. [Falk=Edmund Falk] said so twice.",
    );
}

#[test]
fn a_person_introduced_outside_any_attribution_is_known() {
    check(
        "Senator Clara Whitlock of Texas, a former judge, toured the mill on Monday. [She=Clara Whitlock] said it was a \
         model. [The former judge=Clara Whitlock] said jobs would follow.",
    );
}

#[test]
fn nationality_and_role_tell_two_diplomats_apart() {
    check(
        "U.S. deputy assistant secretary of state Laura Penn met Canadian foreign minister Louis Gagnon. \
         [The American diplomat=Laura Penn] said the talks went well. [The Canadian minister=Louis Gagnon] said they were long.",
    );
}

#[test]
fn gender_comes_from_given_names_and_titles() {
    check(
        "Robert Dunne met Susan Keller at the fair. [She=Susan Keller] said the fair was small. [He=Robert Dunne] said it was loud.",
    );
    check("Mr. Olin and Mrs. Olin sold the farm. [Mrs. Olin=Mrs. Olin] said it was time.");
}

#[test]
fn family_members_with_one_surname_are_two_people() {
    let (found, _) =
        resolved("[David Marsh=] spoke. His sister [Karen Marsh=] spoke. [Karen Marsh=] left, [David Marsh=] stayed.");
    let speakers: Vec<Option<usize>> = found.attributions.iter().map(|a| a.speaker).collect();
    assert_eq!(speakers, [Some(0), Some(1), Some(1), Some(0)]);
}

#[test]
fn asides_and_appositions_belong_to_the_name() {
    check("[Paul Reiter, who left in May,=Paul Reiter] said the plan failed. [Reiter=Paul Reiter] gave no date.");
    check(
        "[The finance minister, Joan Adler,=Joan Adler] said taxes would fall. [The minister=Joan Adler] gave no date.",
    );
    check(
        "[James “Buck” Tolliver=James “Buck” Tolliver] said rain was near. [Tolliver=James “Buck” Tolliver] was wrong.",
    );
}

#[test]
fn a_description_before_a_name_is_no_third_person() {
    check(
        "The envoy spoke just two days after [a senior Canadian diplomat for the coast, Joan Adler,=Joan Adler] said the \
         port was closed. [The Canadian diplomat=Joan Adler] gave no date.",
    );
}

#[test]
fn who_is_the_noun_before() {
    check("The prize went to Paul Reiter, [who=Paul Reiter] said he was glad.");
}

#[test]
fn several_sources_at_once_are_one_joint_speaker_with_members() {
    let (found, _) = resolved("[Paul Reiter=] and others met. [Paul Reiter and Joan Adler=] said the vote was fair.");
    let joint = &found.speakers[found.attributions[1].speaker.unwrap()];
    let members: Vec<&str> = joint.members.iter().map(|&m| found.speakers[m].name.as_str()).collect();
    assert_eq!((joint.category, members), (Category::Group, vec!["Paul Reiter", "Joan Adler"]));
}

#[test]
fn an_unnamed_source_stays_one_and_apart_from_its_organisation() {
    let (found, _) = resolved(
        "The Dawn League refused the offer. [A senior Dawn League official=] has rejected claims that it was paid. \
         “Nobody pays us,” [the rebel official=] told a reporter. [The Dawn League=] said nothing more.",
    );
    let speakers: Vec<usize> = found.attributions.iter().filter_map(|a| a.speaker).collect();
    assert_eq!(speakers.len(), 3);
    assert_eq!(found.speakers[speakers[0]].category, Category::Anonymous);
    assert_eq!(speakers[0], speakers[1]);
    assert_ne!(speakers[0], speakers[2]);
}

#[test]
fn governments_go_by_their_capitals() {
    let (found, _) =
        resolved("[Canada=] said the talks were over. [Ottawa=] denies the charge. [The Kremlin=] said nothing.");
    let speakers: Vec<usize> = found.attributions.iter().filter_map(|a| a.speaker).collect();
    assert_eq!(speakers[0], speakers[1]);
    assert_ne!(speakers[0], speakers[2]);
    assert!(speakers.iter().all(|&n| found.speakers[n].category == Category::Government));
}

#[test]
fn groups_and_documents_have_their_own_categories() {
    let (found, _) = resolved("[Canadian officials=] said so. [A new poll=] shows a tie. [The poll=] was small.");
    let category = |n: usize| found.attributions[n].speaker.map(|s| found.speakers[s].category);
    assert_eq!((category(0), category(1)), (Some(Category::Group), Some(Category::Document)));
    assert_eq!(found.attributions[1].speaker, found.attributions[2].speaker);
}

#[test]
fn a_quotation_left_open_keeps_its_speaker_in_the_next_paragraph() {
    let words = "“The river is high,” Joan Adler said. “The boats are in.\n\n“The gates are shut.”\n";
    let document = read(words);
    let span = |part: &str| {
        let at = document.text.as_str().find(part).unwrap();
        document.text.span_of_bytes(at..at + part.len())
    };
    let mut found = Attributions::default();
    let quotes =
        [(Some("Joan Adler"), "“The river is high,”"), (None, "“The boats are in."), (None, "“The gates are shut.”")];
    for (source, content) in quotes {
        found.attributions.push(attribution(source.map(|s| span(s).into()), span(content).into(), Quotation::Direct));
    }
    resolve(&document, &mut found);
    assert_eq!(found.speakers[0].name, "Joan Adler");
    assert!(found.attributions.iter().all(|a| a.speaker == Some(0)));
}

#[test]
fn first_persons_inside_a_quotation_are_the_one_quoted() {
    let words = "“I think it will rain,” Joan Adler said.";
    let document = read(words);
    let mut found = Attributions::default();
    let inner = attribution(Some(Span::new(1, 2).into()), Span::new(9, 21).into(), Quotation::Direct);
    let outer = attribution(Some(Span::new(24, 34).into()), Span::new(0, 23).into(), Quotation::Direct);
    found.attributions = vec![outer, inner];
    resolve(&document, &mut found);
    assert_eq!(found.attributions[1].speaker, Some(0));
    assert_eq!(found.attributions[0].speaker, Some(0));
}

#[test]
fn where_two_could_be_meant_nobody_is_named() {
    let (found, _) = resolved("Then [she=] said it was over.");
    assert_eq!(found.attributions[0].speaker, None);
    assert!(found.attributions[0].candidates.is_empty());
}

#[test]
fn a_modified_title_is_another_person_than_the_one_who_has_the_plain_one() {
    for (title, modified) in [
        ("mayor", "former mayor"),
        ("minister", "deputy minister"),
        ("minister", "prime minister"),
        ("minister", "shadow minister"),
        ("director", "acting director"),
        ("president", "vice president"),
    ] {
        let (found, _) = resolved(&format!(
            "The {title}, [Ada Brook=Ada Brook], said the quay was full. [The {modified}=?] said it was empty."
        ));
        let speaker = found.attributions[1].speaker.map(|n| found.speakers[n].name.as_str());
        assert_ne!(speaker, Some("Ada Brook"), "the {modified}");
    }
    let (found, _) =
        resolved("Mayor [Tom Reed=Tom Reed] said the quay was full. [The mayor of Orlund=?] said it was empty.");
    assert_ne!(found.attributions[1].speaker.map(|n| found.speakers[n].name.as_str()), Some("Tom Reed"));
}

#[test]
fn a_modified_title_is_the_persons_who_was_given_it() {
    check(
        "The former mayor, [Ada Brook=Ada Brook], said the quay was full. [The former mayor=Ada Brook] said it was late.",
    );
    check(
        "[Ada Brook=Ada Brook], the foreign minister, said the quay was full. [The foreign minister=Ada Brook] said it was late.",
    );
    check("The mayor, [Ada Brook=Ada Brook], said the quay was full. [The mayor=Ada Brook] said it was late.");
    check(
        "[Ada Brook=Ada Brook], the mayor of Orlund, said the quay was full. [The mayor of Orlund=Ada Brook] said it was late.",
    );
}

#[test]
fn a_surname_of_two_words_is_the_persons_named_in_full() {
    check(
        "Oluchi Harbord Adan, the harbour secretary, came by. [Mr. Harbord Adan=Oluchi Harbord Adan] said no. \
         [Harbord Adan=Oluchi Harbord Adan] said yes.",
    );
}

#[test]
fn the_headline_may_hold_the_only_full_name() {
    check(
        "Mary Brook Takes The Harbour Board To Court Over Quay.\n\nThe quay is full. [Brook=Mary Brook] said it on \
         Monday. [She=Mary Brook] said it was late.",
    );
}

#[test]
fn the_form_used_most_is_the_name() {
    check(
        "Mary Holt Brook was born in Orlund. [Mary Brook=Mary Brook] said the quay was full. [Mary Brook=Mary Brook] said \
         it was late.",
    );
}

#[test]
fn compounds_and_offices_are_no_part_of_a_name() {
    check("[MARY Brook=Mary Brook] spoke on Monday. [Mary=Mary Brook] said it was late.");
    check("[Oslo-born Mary Brook=Mary Brook] said the quay was full. [Brook=Mary Brook] said it was late.");
    check("[Secretary of State for Trade Mary Brook=Mary Brook] said the quay was full.");
    check("[Prince Andrew=Prince Andrew] said the quay was full. [Andrew=Prince Andrew] said it was late.");
    check("[The Linn County Sheriff's Office=Linn County Sheriff's Office] said the quay was full.");
}

#[test]
fn a_surname_that_is_nearly_known_is_misspelt() {
    check("[Mary McClenney=Mary McClenney] spoke on Monday. [McLenney=Mary McClenney] said the quay was full.");
}

#[test]
fn two_titles_may_be_one_persons() {
    let (found, _) = resolved(
        "[Mary Brook=Mary Brook], the former mayor, spoke on Monday. [The former mayor and U.S. senator=?] said it was late.",
    );
    let speaker = found.attributions[1].speaker.map(|n| &found.speakers[n]);
    assert!(speaker.is_some_and(|s| s.category != Category::Group), "{speaker:?}");
}

#[test]
fn lists_with_brackets_are_all_their_people() {
    check(
        "[Mary Brook (D-Ohio), Ann Holt (D-Iowa) and Carl Reed (R-Utah)=Mary Brook, Ann Holt and Carl Reed] said it was late.",
    );
    check("[Two rivals, Sens. Mary Brook of Ohio and Carl Reed of Utah,=Mary Brook and Carl Reed] said it was late.");
}

#[test]
fn the_people_of_a_place_are_not_the_place() {
    let (found, _) = resolved("Mexico City is large. [Many Mexicans=?] said the quay was full.");
    let speaker = found.attributions[0].speaker.map(|n| &found.speakers[n]);
    assert!(speaker.is_some_and(|s| s.category == Category::Group), "{speaker:?}");
}

#[test]
fn most_of_whom_is_the_noun_before() {
    check(
        "They asked the retired generals and admirals, [most of whom=retired generals and admirals] said it was late.",
    );
}

#[test]
fn two_people_taken_up_together_are_the_two_named_last() {
    check("Ann Baker met Carl Holt on Monday. [Both=Ann Baker and Carl Holt] said the talks went well.");
    check("Ann Baker met Carl Holt on Monday. [The two=Ann Baker and Carl Holt] said the talks went well.");
    check("Ann Baker, Carl Holt and Dora Lind met on Monday. [Both=?] said the talks went well.");
}

#[test]
fn names_after_a_preposition_go_on_with_one_phrase() {
    check("[Polls in Ohio and Iowa=Polls in Ohio and Iowa] show a close race.");
    check("[Ann Baker and Carl Holt=Ann Baker and Carl Holt] said the talks went well.");
}

#[test]
fn who_after_a_body_is_the_person_who_leads_it() {
    check("Ann Baker, the director of the River Group, [who=Ann Baker] said it would close, left.");
}

#[test]
fn an_office_that_the_article_does_not_tie_stays_open() {
    check("The town waited in the rain. [The senator=?] said the yard would close.");
    check("A senator spoke to the teachers. [The senator=senator] said the yard would close.");
}

#[test]
fn an_interview_gives_nobodys_words_to_its_writer() {
    check("Q: What was it like?\n\nA: [I=?] thought it would end.\n\nQ: And then?\n\nA: It went on.");
    check("It was a long day. [I=author] thought it would end.");
}

#[test]
fn nobody_is_his_own_lawyer() {
    check("Omar Lund was arrested. [Lund's attorney=Lund's attorney] said he was innocent.");
    check("Rita Holt wore white. [Her \"Nights\" make-up artist=Holt's \"Nights\" make-up artist] said she was calm.");
}

#[test]
fn names_of_bodies_are_whole() {
    check(
        "[The U.S. Attorney's Office for the Western District of Norland=U.S. Attorney's Office for the Western District of Norland] said so.",
    );
    check("[The National Library of Medicine=National Library of Medicine] says the tea is safe.");
    check("The results are old, [WHO=WHO] said.");
}

#[test]
fn a_body_is_taken_up_by_its_noun() {
    check("Bergen Zoo opened in 1920. [The zoo=Bergen Zoo] said it would close.");
}

#[test]
fn nouns_before_a_name_are_no_part_of_it() {
    check("The elections were close. The vote stands, said [supervisor of Elections Susan Holt=Susan Holt].");
    check("[As Politico=Politico] reported, the vote stands.");
}

#[test]
fn a_quoted_pronoun_is_whom_the_quotation_tells_of() {
    check("\"My mother rang on Sunday,\" [Dora Pell=Dora Pell] said. \"[She=mother] said the roads were shut.\"");
}

#[test]
fn i_is_the_writer_whom_the_last_line_introduces() {
    check("[I=Ada Brook] believe that the bridge will fall.\n\nAda Brook is an engineer in Orlund.");
}
