//! People of one surname, offices of other countries, names behind what somebody is, bodies called by their kind.

use super::{attribution, check, read, resolve, resolved};
use crate::attribution::{Attributions, Quotation};
use crate::span::Span;

#[test]
fn a_surname_is_hers_of_whom_the_article_is() {
    check(
        "[Irene Sandoz=Irene Sandoz], the candidate, spoke in Lund. Her husband, Paul Sandoz, sat in front. \
         [Sandoz=Irene Sandoz] said she would raise wages.",
    );
    check("Ruben Aker dined with his wife, Lia Aker, in Orlund. [Aker=Ruben Aker] said the soup was cold.");
}

#[test]
fn a_surname_that_two_bear_alike_is_left_open() {
    let (found, _) = resolved("Lia Aker and Ruben Aker ran the inn. [Aker=?] said it was sold.");
    let candidates = &found.attributions[0].candidates;
    assert!(found.attributions[0].speaker.is_none() == (candidates.len() == 2));
}

#[test]
fn honorifics_choose_among_namesakes() {
    check(
        "Sam and Pat Doyle sat an exam. Their mother, Bridie Doyle, waited. [Mrs. Doyle=Bridie Doyle] said it was hard.",
    );
}

#[test]
fn somebody_named_later_with_another_office_is_somebody_else() {
    check(
        "[The mayor, Kray,=Kray] said the bridge was safe. Later [Anna Kray, a nurse,=Anna Kray] said her brother had lied.",
    );
}

#[test]
fn families_are_both() {
    let marked = "Ann Baker met Tom Baker. [The Bakers=Ann Baker and Tom Baker] said the house was sold.";
    check(marked);
    assert_eq!(resolved(marked).0.speakers.iter().map(|s| s.members.len()).max(), Some(2));
}

#[test]
fn the_office_of_another_country_has_another_holder() {
    check("Barack Obama met his allies in Lund. [The French president=French president] said the treaty was dead.");
    check(
        "Norland President Rhea Stone landed on Monday. [The Norland president=Rhea Stone] said it rained. \
         [The Sudland president=?] said the border would be closed.",
    );
    check(
        "The Orlund police chief, Rolf Maier, spoke. [The Lundby police chief=Lundby police chief] said the case was closed.",
    );
    check("French President Emmanuel Macron came to Lund. [The French president=Emmanuel Macron] said it was late.");
}

#[test]
fn trades_and_adverbs_are_no_part_of_a_name() {
    check("[Broker Nils Ames=Nils Ames] said the fund was empty. [Goalkeeper Piet Vos=Piet Vos] said it was cold.");
    check(
        "[Afterwards Anna Nagel=Anna Nagel] said the dog was gone. [Constable Ulla Lund=Ulla Lund] said it was found.",
    );
    check("[Orlund State Board of Trustees chairman Peter Collins=Peter Collins] said the suit was needed.");
    check("[Inter Orlund managing owner Jorge Mas=Jorge Mas] said the fans were happy.");
}

#[test]
fn names_with_a_word_that_is_none_are_the_known_person() {
    check("Hillary Clinton spoke. [Team Clinton=Hillary Clinton] said so. [Clinton gingerly=Hillary Clinton] said no.");
    check("Hillary Clinton spoke. [The Clinton Foundation=Clinton Foundation] said the gift was late.");
}

#[test]
fn an_apposition_names_whom_the_noun_means() {
    check("[Another organizer=Laurence Reed], Laurence Reed, said the hall was full.");
    check("[The union, Dockers United,=Dockers United] said the strike goes on.");
}

#[test]
fn relations_are_no_titles() {
    for words in ["His wife, Lia Aker,", "Another critic, Lia Aker,", "Her opponent, Lia Aker,"] {
        let (found, _) = resolved(&format!("Ruben Dahl spoke. [{words}=Lia Aker] said the soup was cold."));
        let speaker = found.attributions[0].speaker.map(|n| found.speakers[n].clone()).unwrap();
        assert_eq!((speaker.name.as_str(), speaker.titles.as_slice()), ("Lia Aker", [].as_slice()), "{words}");
    }
}

#[test]
fn bodies_are_told_apart_by_where_they_are_and_known_by_their_kind() {
    let (found, _) = resolved("[Tarn's navy=?] said it was ready. [Kestria's navy=?] said it was not.");
    assert_ne!(found.attributions[0].speaker, found.attributions[1].speaker);
    check("The Denver Zoo closed on Monday. [The zoo=Denver Zoo] said a lion had died.");
    check(
        "Clean Rivers, a campaign group, took on Altor Inc. in court. [The group=Clean Rivers] said the fish were dying.",
    );
    check(
        "The Harbour Graduate Students Union met on Monday. [The union=Harbour Graduate Students Union] said the talks failed.",
    );
}

#[test]
fn who_means_a_body_where_it_is_written_so() {
    check("Tom Baker came to Geneva. [WHO=WHO] said the virus was slowing.");
}

#[test]
fn sources_keep_what_says_who_they_are() {
    check("[People familiar with the plan=People familiar with the plan] said it was dropped.");
    check("[Two aides briefed on the talks=Two aides briefed on the talks] said they were over.");
}

#[test]
fn a_trade_told_of_somebody_is_taken_up() {
    check("Piet Vos, a baker from Lundby, won. His cousin Max Keller watched. [The baker=Piet Vos] said it was cold.");
    check("Goalkeeper Piet Vos saved two. Max Keller watched. [The goalkeeper=Piet Vos] said it was cold.");
    check(
        "Donald Trump phoned the Turkish president. [The Turkish president=Turkish president] said no promise was made.",
    );
}

#[test]
fn a_quotation_without_a_source_is_hers_of_whom_the_sentence_before_tells() {
    for lead in ["Ilka Maar shrugged.", "Ilka Maar was blunt.", "Ilka Maar's reaction was swift."] {
        let text = format!("Otto Bing praised the guards. {lead} “This was theft, plain and simple.”");
        let at = |words: &str| {
            let start = text[..text.find(words).unwrap()].chars().count() as u32;
            Span::new(start, start + words.chars().count() as u32)
        };
        let mut found = Attributions::default();
        let guards = attribution(Some(at("Otto Bing").into()), at("the guards").into(), Quotation::Indirect);
        let theft = attribution(None, at("“This was theft, plain and simple.”").into(), Quotation::Direct);
        found.attributions = vec![guards, theft];
        resolve(&read(&text), &mut found);
        let speaker = found.attributions[1].speaker.map(|n| found.speakers[n].name.as_str());
        assert_eq!(speaker, Some("Ilka Maar"), "{lead}");
    }
}

#[test]
fn of_two_named_once_the_first_is_not_taken_for_granted() {
    check(
        "Former President Paul Sandoz backed the pact. Irene Sandoz, his wife, said she opposed it. \
         [Sandoz=?] said every page was read.",
    );
}

#[test]
fn a_month_is_no_given_name() {
    check(
        "Lib leader Colin Frayne spoke in Lund. He smiled. In May and in April [Frayne=Colin Frayne] said he would look at it.",
    );
}

#[test]
fn somebody_behind_an_apposition_is_another() {
    check(
        "Cross-examined by his barrister, Daniel Osei, [Detective Sergeant Ruth Lamb=Ruth Lamb] accepted that no letter was sent.",
    );
}

#[test]
fn an_authority_is_no_news_agency() {
    check(
        "MARSTAD (CNA) - Ships wait. [CNA=CNA] said it rained. [The port authority=port authority] said it was full.",
    );
}

#[test]
fn a_name_in_what_is_said_is_not_the_one_who_says_it() {
    check("The spill reached the River Asker, [a former guard=former guard] told the panel.");
    check("The fire began in the Hotel Miramar, [a waiter=waiter] told police.");
    check("Leon Abara will leave for Carrow United, [his agent=Abara's agent] said.");
    check("Ann Baker, [a former guard=Ann Baker] told the panel.");
}

#[test]
fn their_lawyer_is_nobody_who_was_not_called_so() {
    check(
        "Hugh Lacey told the court that he was at home. The brothers had no car, [their lawyer=brothers' lawyer] said.",
    );
    check("Hugh Lacey spoke. Night trains will run again, [their operator=operator] said.");
    check("Hugh Lacey, a lawyer, came with two clients. [Their lawyer=Hugh Lacey] said they were innocent.");
}

#[test]
fn a_lone_name_that_he_takes_up_is_a_persons() {
    check(
        "Tomas Renn has resigned, he said on Monday.\n\nOkafor called on the council to publish the review in full. [He=Okafor] does not expect it soon.",
    );
    check("[Okaro=Okaro] said he was not surprised. [He=Okaro] left.");
}

#[test]
fn somebody_of_a_body_is_not_the_namesake_who_is_named_later() {
    check("[The Harbour Authority's Whitt=Whitt] said he would see to it. Farmer Joan Whitt watched.");
}

#[test]
fn an_epithet_means_whom_the_sentence_before_tells_of() {
    check("Tom Hale answered her. [The Labour MP=Tom Hale] said nothing could be done.");
    check("Cabinet Secretary Joseph Orwa blamed the board. [The CS=Joseph Orwa] said the boats would run.");
    check(
        "Linda Berg left early. [The Swede=Linda Berg] said the boats were old. [The Swede, 52,=Linda Berg] told them to wait.",
    );
    check("Peter Lund rose. [The firebrand=Peter Lund] said it was late.");
    check(
        "Among those in the hall was Nina Orr, whose son Ben was born there. [The 29-year-old=Nina Orr] said nobody came.",
    );
    // Offices of which there is one stay open.
    check("Tom Hale resigned on Monday. [The prime minister=?] said he was sorry.");
}

#[test]
fn who_answers_is_not_who_asked() {
    check("Mayor Ada Brook was asked by a teacher whether she would stay. “I will,” [she=Ada Brook] replied.");
}

#[test]
fn a_clause_names_whom_a_description_means() {
    check("The front has a commander. [Its commander, who goes by the name of Karst,=Karst] said the road was open.");
    check("[The Larn firm, through its lawyer Ida Orr,=Larn firm] said it would pay.");
}

#[test]
fn who_is_told_of_is_called_something_new() {
    check("Apisai Tula was unrepentant. [The former rugby international=Apisai Tula] said he had said worse.");
    check("Kit Halloway watched from the stand, and [the retired postman=Kit Halloway] said it was late.");
    check("Ida Lorn left the court. [The local doctor=local doctor] said she was well.");
    check("Ida Lorn drove on. [The driver=driver] said the road was wet.");
}
