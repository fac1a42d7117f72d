//! Pairs of small invented articles, and what was changed between them.

use super::ChangeKind::*;
use super::*;
use crate::article::{Article, Given, read};
use crate::attribution::{attribute, reader};
use crate::claim::claims;
use crate::text::analyze;

fn article(text: &str) -> Article {
    read(text.as_bytes(), "pier.txt", &Given { date: Date::parse_iso("2024-05-03"), ..Given::default() }).unwrap()
}

/// The claims that the program finds in an article, by number.
fn stated(article: &Article) -> Vec<Stated<usize>> {
    let document = analyze(article);
    let found = attribute(&document, reader::by_name("fast").unwrap());
    let stated = claims(article, &document, &found).into_iter().enumerate().map(|(id, claim)| {
        let speaker = claim.claimant.map(|one| one.name);
        let who = speaker.clone().unwrap_or_default();
        let sentence = article.text.slice(claim.sentence).to_owned();
        Stated { id, words: claim.words, who, speaker, kind: claim.kind, quotation: claim.quotation, sentence }
    });
    stated.collect()
}

fn found(before: &str, after: &str) -> Changes<usize> {
    let (was, is) = (article(before), article(after));
    let version = |article| -> Version<'_, usize> {
        let article: &Article = article;
        Version {
            title: article.title.as_deref(),
            published: article.published,
            text: article.text.as_str(),
            blocks: &article.blocks,
            claims: stated(article),
        }
    };
    changes(&version(&was), &version(&is))
}

const HEAD: &str = "Title: Pier to reopen in June\n\n";
const STORY: &str = "The long pier of Larnsea was closed in March after a storm.\n\n\
    “The pier is safe and will reopen in June,” Mayor Ada Brook said on Monday.\n\n\
    The harbour trust denied that it had known of the cracks, its director Tom Vale said.\n\n\
    Brook said the repairs cost 1.2 million crowns.\n";

#[track_caller]
fn check(changed: impl Fn(&str) -> String, kinds: &[ChangeKind], silent: bool) -> Changes<usize> {
    let whole = format!("{HEAD}{STORY}");
    let changes = found(&whole, &changed(&whole));
    let got: Vec<ChangeKind> = changes.list.iter().map(|change| change.kind).collect();
    assert_eq!(got, kinds, "{:#?}", changes.list);
    assert_eq!(changes.is_silent(), silent);
    changes
}

#[test]
fn an_altered_quotation_shows_the_words() {
    let changes = check(|text| text.replace("is safe and will", "is not safe but will"), &[QuotationAltered], true);
    let change = &changes.list[0];
    assert_eq!(change.sentence(), "the quotation of Ada Brook was altered");
    let added: Vec<&str> =
        change.difference.iter().filter(|piece| piece.mark == Mark::Added).map(|piece| piece.text.trim()).collect();
    assert_eq!(added, ["not", "but"]);
    assert_eq!(summary(&changes.list), "1 quotation altered");
}

#[test]
fn a_notice_that_speaks_of_it_makes_it_no_stealth_edit() {
    for (notice, silent) in [
        ("Correction: Ms Brook was misquoted.", false),
        ("Editor’s note: A quotation was put right.", false),
        ("This article has been updated.", true),
        ("Editor’s note: We erred.", true),
    ] {
        check(
            |text| format!("{}\n{notice}\n", text.replace("is safe and will", "is not safe but will")),
            &[QuotationAltered, CorrectionAdded],
            silent,
        );
    }
}

#[test]
fn a_figure_alone_is_told_as_a_figure() {
    let changes = check(|text| text.replace("1.2 million", "2.1 million"), &[FigureChanged], true);
    assert_eq!(changes.list[0].sentence(), "a figure was changed in a claim of Ada Brook: 1.2 became 2.1");
}

#[test]
fn a_figure_of_the_article_itself_counts_too() {
    let before = "The pier of Larnsea is 400 metres long and was built in oak.\n\nNobody was hurt in the storm.\n";
    let changes = found(before, &before.replace("400", "460"));
    assert_eq!(changes.list[0].kind, FigureChanged);
    assert_eq!(changes.list[0].sentence(), "a figure was changed: 400 became 460");
}

#[test]
fn claims_come_and_go_with_their_sort() {
    let without = |from: &'static str| {
        move |text: &str| text.split("\n\n").filter(|one| !one.starts_with(from)).collect::<Vec<_>>().join("\n\n")
    };
    check(without("Brook said"), &[ClaimRemoved], true);
    let denial = "\nVale denied that the trust had been warned by its engineers.\n";
    check(|text| format!("{text}{denial}"), &[DenialAdded], false);
    let whole = format!("{HEAD}{STORY}{denial}");
    let changes = found(&whole, &format!("{HEAD}{STORY}"));
    assert_eq!(changes.list[0].kind, DenialRemoved);
    assert!(changes.is_silent());
    let refusal = "\nThe engineers declined to comment.\n";
    check(|text| format!("{text}{refusal}"), &[RefusalAdded], false);
}

#[test]
fn words_that_change_hands_are_told() {
    let changes = check(
        |text| text.replace("June,” Mayor Ada Brook said", "June,” Deputy Mayor Lise Orne said"),
        &[SpeakerChanged],
        true,
    );
    assert_eq!(changes.list[0].sentence(), "words given to Ada Brook are now given to Lise Orne");
}

#[test]
fn headline_and_date_are_compared_by_themselves() {
    check(|text| text.replace("Pier to reopen in June", "Pier may reopen in June"), &[HeadlineChanged], true);
    let (mut was, is) = (article(STORY), article(STORY));
    was.published = Date::parse_iso("2024-05-01");
    let version = |article: &Article| (article.published, article.text.as_str().to_owned(), article.blocks.clone());
    let ((old, words, blocks), (new, ..)) = (version(&was), version(&is));
    let at = |published| Version::<usize> { title: None, published, text: &words, blocks: &blocks, claims: Vec::new() };
    let changes = changes(&at(old), &at(new));
    assert_eq!(changes.list[0].sentence(), "the date was changed from 2024-05-01 to 2024-05-03");
}

#[test]
fn space_marks_and_what_the_reader_cuts_otherwise_are_no_change() {
    check(|text| text.replace('“', "\"").replace(",”", ",\""), &[FurnitureOnly], false);
    check(|text| text.replace(' ', "  "), &[FurnitureOnly], false);
    // The same words in both texts, cut otherwise by the reader.
    let (text, blocks) = (article(STORY).text, article(STORY).blocks);
    let claim = |words: &str| Stated {
        id: 0,
        words: words.into(),
        who: "Ada Brook".into(),
        speaker: None,
        kind: Kind::Statement,
        quotation: Quotation::Direct,
        sentence: String::new(),
    };
    let version = |claims| Version { title: None, published: None, text: text.as_str(), blocks: &blocks, claims };
    let cut = changes(
        &version(vec![claim("The pier is safe and will reopen in June")]),
        &version(vec![claim("is safe and will reopen in June"), claim("closed in March after a storm")]),
    );
    assert_eq!(cut.list[0].kind, FurnitureOnly);
}

#[test]
fn paragraphs_without_claims_are_told_too() {
    let changes = check(
        |text| {
            text.replace("after a storm.", "after a storm and a fire.").replacen(
                "\n\n“The",
                "\n\nThe town has forty piers and no bridge.\n\n“The",
                1,
            )
        },
        &[ParagraphAltered, ParagraphAdded],
        false,
    );
    assert_eq!(summary(&changes.list), "1 paragraph altered, 1 paragraph added");
    assert_eq!(changes.text.len(), 5);
}

#[test]
fn odd_input_gives_a_value() {
    let empty = Version::<usize> { title: None, published: None, text: "", blocks: &[], claims: Vec::new() };
    assert_eq!(changes(&empty, &empty).list[0].kind, FurnitureOnly);
    assert_eq!(likeness("", ""), 1.0);
    assert_eq!(likeness("a", ""), 0.0);
}

/// Two versions whose claims are given.
fn given(before: (&str, &[Stated<usize>]), after: (&str, &[Stated<usize>])) -> Changes<usize> {
    let (was, is) = (article(before.0), article(after.0));
    let version = |article, claims: &[Stated<usize>]| -> Version<'_, usize> {
        let article: &Article = article;
        let claims = claims.to_vec();
        Version { title: None, published: None, text: article.text.as_str(), blocks: &article.blocks, claims }
    };
    changes(&version(&was, before.1), &version(&is, after.1))
}

fn claim_of(id: usize, who: &str, words: &str, sentence: &str) -> Stated<usize> {
    Stated {
        id,
        words: words.into(),
        who: who.into(),
        speaker: Some(who.into()),
        kind: Kind::Statement,
        quotation: Quotation::Direct,
        sentence: sentence.into(),
    }
}

#[test]
fn what_stood_there_before_is_read_anew_and_not_added() {
    let claim = claim_of(7, "Ada Brook", "The pier is safe and will reopen in June", "");
    let changes = given((STORY, &[]), (STORY, &[claim]));
    let kinds: Vec<ChangeKind> = changes.list.iter().map(|change| change.kind).collect();
    assert_eq!(kinds, [FurnitureOnly, ReadAnew]);
    assert!(!changes.is_silent());
    assert_eq!(summary(&changes.list[1..]), "1 claim read anew");
}

#[test]
fn a_quotation_that_only_one_version_reads_as_a_claim_was_altered() {
    let after = STORY.replace("is safe and will", "is not safe but may");
    let claim = |words: &str| claim_of(3, "Ada Brook", words, "");
    let changes = given((STORY, &[]), (&after, &[claim("The pier is not safe but may reopen in June")]));
    let [change] = &changes.list[..] else { panic!("{:#?}", changes.list) };
    assert_eq!(change.kind, QuotationAltered);
    assert_eq!(change.before.as_ref().unwrap().words, "The pier is safe and will reopen in June");
    let changes = given((STORY, &[claim("The pier is safe and will reopen in June")]), (&after, &[]));
    assert_eq!(changes.list.iter().map(|change| change.kind).collect::<Vec<_>>(), [QuotationAltered]);
    assert_eq!(changes.list[0].after.as_ref().unwrap().words, "The pier is not safe but may reopen in June");
    // Numbers of claims tell nothing, nor does whom the reader took for the speaker of an altered sentence.
    let (was, is) = (claim_of(1, "Tom Vale", "The pier is safe and will reopen in June", STORY), after);
    let changes =
        given((STORY, &[was]), (&is, &[claim_of(9, "Ada Brook", "The pier is not safe but may reopen in June", &is)]));
    assert_eq!(changes.list.iter().map(|change| change.kind).collect::<Vec<_>>(), [QuotationAltered]);
}
