//! Bodies by their initials and by what an article calls them, counted people, shares, and those who speak together.

use super::check;

#[test]
fn initials_are_the_body_that_the_article_writes_out() {
    check(
        "[Customs and Excise Board, part of the Treasury,=Customs and Excise Board] said no. \
         Guards wait at CEB depots. [The CEB=Customs and Excise Board] said the depots were clean.",
    );
    check(
        "The Ministry of Trade, Industry and Energy (MOTIE) wants more farms. \
         [MOTIE=Ministry of Trade, Industry and Energy] said the sea was wide.",
    );
    check(
        "[The Sudland Center for Disease Control and Prevention=Sudland Center for Disease Control and Prevention] said no. \
         [The CDC=Sudland Center for Disease Control and Prevention] said there was no danger.",
    );
}

#[test]
fn a_group_that_is_named_later_is_the_one_told_of() {
    check(
        "Many will lose their jobs, according to [a group of cleaners=Harbour Workers Coalition]. \
         The group, Harbour Workers Coalition, was formed in May. [The group=Harbour Workers Coalition] said it was unfair.",
    );
}

#[test]
fn the_police_are_those_of_the_town() {
    check("[Lundby police=Lundby police] said a man was held. [Police=Lundby police] said he had a knife.");
}

#[test]
fn a_given_name_before_and_shares_the_surname() {
    check("Melody and Thomas Task sat at the table. [Melody=Melody Task] said it was late.");
}

#[test]
fn what_stands_behind_a_name_is_no_second_speaker() {
    check("[Ann Baker — head of sales at the fair and director of the shop — =Ann Baker] said that sales were good.");
    check("[Ann Baker, a chemist at the Port Museum and Orlund University,=Ann Baker] said the water was real.");
}

#[test]
fn those_who_are_counted_are_people() {
    check("Fans were angry. \"A shame,\" said [a second=second fan]. [A fourth=fourth fan] said it was sad.");
    check("[76% of last year's pupils=76% of last year's pupils] said they had applied.");
}

#[test]
fn a_plural_title_takes_up_those_who_spoke_together() {
    check(
        "[Ron Baker and Ann Holt=Ron Baker and Ann Holt] wrote to the agency. \
         [The senators=Ron Baker and Ann Holt] said the answer was late.",
    );
}

#[test]
fn one_company_is_not_many() {
    check("[Many companies=Many companies] want to bury wood. [The company=company] said it had sunk 20 tons.");
}

#[test]
fn the_head_of_a_long_name_is_the_body() {
    check("[The Writers Guild of Norland=Writers Guild of Norland] met. [The Guild=Writers Guild of Norland] said no.");
}

#[test]
fn idle_words_are_no_part_of_a_name() {
    check("[One Norland official=Norland official] said it was over. [A recent poll=poll] found the same.");
    check("[Dana Velk MS=Dana Velk] said so. [Velk=Dana Velk] added that it was late.");
    check("[Holm-based Tidewater=Tidewater] said it had sunk it.");
}

#[test]
fn a_group_without_a_name_is_they() {
    check("[Climate hawks=Climate hawks] warn of it. [They=Climate hawks] have also called for new power.");
}

#[test]
fn an_office_of_many_words_is_no_part_of_the_name() {
    check("[Deputy Director of Public Prosecution Eva-Marie Persson=Eva-Marie Persson] said the case was weak.");
}

#[test]
fn a_business_is_called_by_its_first_word() {
    check("[Halcyon Ferries Group=Halcyon Ferries Group] will sail. [Halcyon=Halcyon Ferries Group] said so.");
    check("[Orlund Ferries=Orlund Ferries] will sail from Orlund. [Orlund=Orlund] said no.");
}

#[test]
fn a_noun_for_what_a_body_does_takes_it_up() {
    check("[Holm Care Services=Holm Care Services] ran it. [The company=Holm Care Services] denied any fault.");
    check("The Civic Front holds the town. [The party=Civic Front] said it would act.");
    check("The Waste Standards Office came. [The watchdog=Waste Standards Office] found no fault.");
    check("The \"Petrel\" sank in May, off Orlund. [The insurer=insurer] said it would not pay.");
}

#[test]
fn it_is_the_letter_or_the_body_just_named() {
    check("The hospital got a letter on Friday. [It=letter] accuses the managers of neglect.");
    check("A study followed 300 patients. [It=study] found that a third had fallen.");
    check("Holm Care Services answered at once. In a statement, [it=Holm Care Services] said all was well.");
}

#[test]
fn a_body_is_called_what_it_does() {
    check("Orlund Ferries closed its yard on Monday. [The struggling company=Orlund Ferries] said it had no choice.");
}

#[test]
fn a_paper_that_is_told_something_is_no_company() {
    check("Mayor Ann Hill told the Courier that she was sad. [The firm=firm] said it had no choice.");
}

#[test]
fn who_was_minister_is_the_former_minister() {
    check("Gordon Vane was transport minister until 2020. [The former minister=Gordon Vane] said the dam was dear.");
}

#[test]
fn one_of_several_stays_one_of_them() {
    check("Three welders spoke to the Post. [One of them=one of them] said the crane was old.");
}

#[test]
fn a_name_with_shareholders_is_a_firm() {
    check("Norrvik's shareholders met in Larn. [The company=Norrvik] said its plant would stay.");
    check("Doctors' groups said no. [Patients' groups=Patients' groups] said yes.");
}
