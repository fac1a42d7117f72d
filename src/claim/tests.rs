//! Claims from attributions made by hand over sentences of our own.

use super::claims;
use crate::article::{self, Article, BlockKind, Given};
use crate::attribution::{Attribution, Attributions, Category, Form, Kind, Mention, Quotation, Speaker, Status};
use crate::date::Date;
use crate::score::Score;
use crate::span::{Span, Spans};
use crate::text::{self, Document};

fn read(words: &str) -> (Article, Document) {
    let given = Given { date: Date::parse_iso("2018-07-06"), ..Given::default() };
    let article = article::read(words.as_bytes(), "test", &given).unwrap();
    let document = text::analyze(&article);
    (article, document)
}

fn span(document: &Document, words: &str) -> Span {
    let at = document.text.as_str().find(words).unwrap();
    document.text.span_of_bytes(at..at + words.len())
}

fn attribution(document: &Document, source: &str, cue: &str, content: &str) -> Attribution {
    Attribution {
        source: (!source.is_empty()).then(|| span(document, source).into()),
        cue: span(document, cue).into(),
        content: Spans::new([span(document, content)]),
        speaker: None,
        candidates: Vec::new(),
        kind: Kind::Statement,
        status: Status::Asserted,
        quotation: Quotation::Indirect,
        place: BlockKind::Paragraph,
        answers: None,
        score: Score::new(0.9),
        because: Vec::new(),
    }
}

/// The written date and the resolved one, as the claim of one sentence shows them.
fn check_said(words: &str, source: &str, cue: &str, content: &str, expected: (&str, &str)) {
    let (article, document) = read(words);
    let found = Attributions { attributions: vec![attribution(&document, source, cue, content)], speakers: vec![] };
    let claim = &claims(&article, &document, &found)[0];
    let date = claim.said.date.map(|d| d.to_string()).unwrap_or_default();
    assert_eq!((claim.said.written.as_str(), date.as_str()), expected, "{words}");
    assert_eq!(claim.because.iter().any(|r| r.rule == "said.unresolved"), expected.1.is_empty(), "{words}");
}

#[test]
fn the_date_beside_the_cue_is_counted_back_from_publication() {
    check_said(
        "Ana Reyes said on Tuesday the bridge was safe.",
        "Ana Reyes",
        "said",
        "the bridge was safe",
        ("Tuesday", "2018-07-03"),
    );
    check_said("The bridge is safe, Reyes said in May.", "Reyes", "said", "The bridge is safe", ("in May", "2018-05"));
    check_said(
        "At a hearing on July 5, Reyes said the bridge was safe.",
        "Reyes",
        "said",
        "the bridge was safe",
        ("July 5", "2018-07-05"),
    );
    check_said("Reyes said last week the bridge was safe.", "Reyes", "said", "the bridge was safe", ("last week", ""));
}

#[test]
fn days_of_other_things_are_not_when_it_was_said() {
    for (words, content) in [
        ("Reyes said of Monday's vote that it was lost.", "that it was lost"),
        ("Reyes, hurt on Friday, said it was lost.", "it was lost"),
    ] {
        check_said(words, "Reyes", "said", content, ("", "2018-07-06"));
    }
}

#[test]
fn a_day_of_another_clause_is_not_when_it_was_said() {
    for (words, source, cue, content) in [
        ("In 2014 she backed a levy that the port has called a gift.", "the port", "has called", "a gift"),
        ("Four in ten trust Reyes; in February it was six in ten.", "Four in ten", "trust", "Reyes"),
        ("In May Holt met the crew; Reyes says it was late.", "Reyes", "says", "it was late"),
    ] {
        check_said(words, source, cue, content, ("", "2018-07-06"));
    }
    // The clause above is the cue's own.
    check_said(
        "In May the pilot who left said the quay was safe.",
        "the pilot who left",
        "said",
        "the quay was safe",
        ("In May", "2018-05"),
    );
}

#[test]
fn a_day_to_come_is_not_when_it_was_said() {
    let (article, document) = read("Reyes will speak on September 30 of the quay.");
    let mut one = attribution(&document, "Reyes", "will speak", "of the quay");
    one.status = crate::attribution::Status::Future;
    let found = Attributions { attributions: vec![one], speakers: vec![] };
    let said = &claims(&article, &document, &found)[0].said;
    assert_eq!((said.written.as_str(), said.date.map(|d| d.to_string()).as_deref()), ("", Some("2018-07-06")));
}

#[test]
fn what_was_said_before_a_day_is_counted_from_it() {
    check_said(
        "Reyes left in May, two months after she told the crew that the quay was safe.",
        "she",
        "told",
        "that the quay was safe",
        ("in May, two months after", "2018-03"),
    );
    check_said(
        "Reyes has left, six months after she told the crew that the quay was safe.",
        "she",
        "told",
        "that the quay was safe",
        ("six months after", "2018-01"),
    );
}

#[test]
fn dates_of_content_and_source_are_not_when_it_was_said() {
    check_said(
        "Reyes said the flood on May 3 was small.",
        "Reyes",
        "said",
        "the flood on May 3 was small",
        ("", "2018-07-06"),
    );
    check_said(
        "Reyes, who left in June, said the flood was small.",
        "Reyes, who left in June,",
        "said",
        "the flood was small",
        ("", "2018-07-06"),
    );
}

#[test]
fn headlines_are_no_claims_and_answers_are_renumbered() {
    let (article, document) = read("Reyes said it leaks. The mayor blamed Holt. Holt denies the charge.");
    let mut headline = attribution(&document, "Reyes", "said", "it leaks");
    headline.place = BlockKind::Headline;
    let blame = attribution(&document, "The mayor", "blamed", "Holt");
    let mut denial = attribution(&document, "Holt denies", "denies", "the charge");
    denial.kind = Kind::Denial;
    denial.answers = Some(1);
    let found = Attributions { attributions: vec![headline, blame, denial], speakers: vec![] };
    let claims = claims(&article, &document, &found);
    assert_eq!(claims.len(), 2);
    assert_eq!(claims[1].words, "the charge");
    assert_eq!((claims[0].answers, claims[1].answers), (None, Some(0)));
    assert_eq!(document.text.slice(claims[1].sentence), "Holt denies the charge.");
}

#[test]
fn the_claimant_carries_the_longest_title_and_every_other_form() {
    let (article, document) =
        read("Harbour director Ana Reyes spoke. The director said it leaks. Reyes left. She said so.");
    let mut said = attribution(&document, "The director", "said", "it leaks");
    said.speaker = Some(0);
    let mention = |words: &str, form| Mention { span: span(&document, words), form };
    let speaker = Speaker {
        name: "Ana Reyes".into(),
        category: Category::Person,
        titles: vec!["director".into(), "the harbour director".into()],
        mentions: vec![
            mention("Ana Reyes", Form::Name),
            mention("The director", Form::Nominal),
            Mention { span: span(&document, "Reyes left").cover(span(&document, "Reyes left")), form: Form::Surname },
            mention("She", Form::Pronoun),
        ],
        members: vec![],
    };
    let found = Attributions { attributions: vec![said], speakers: vec![speaker] };
    let claim = &claims(&article, &document, &found)[0];
    let claimant = claim.claimant.as_ref().unwrap();
    assert_eq!((claimant.name.as_str(), claimant.title.as_deref()), ("Ana Reyes", Some("harbour director")));
    assert_eq!(claimant.aliases, ["The director", "Reyes left"]);
}

#[test]
fn what_stands_in_its_own_speakers_words_is_no_claim_beside_them() {
    let (article, document) = read("“I think it leaks,” Reyes said. “I told them in May that it rusts.”");
    let said = |cue: &str, content: &str| Attribution { speaker: Some(0), ..attribution(&document, "I", cue, content) };
    let outer = Attribution {
        content: Spans::new([
            span(&document, "“I think it leaks,”"),
            span(&document, "“I told them in May that it rusts.”"),
        ]),
        ..said("said", "it leaks")
    };
    let reyes =
        Speaker { name: "Reyes".into(), category: Category::Person, titles: vec![], mentions: vec![], members: vec![] };
    let all = vec![outer, said("think", "it leaks"), said("told", "that it rusts")];
    let kept = claims(&article, &document, &Attributions { attributions: all, speakers: vec![reyes] });
    assert_eq!(kept.iter().map(|claim| claim.cue_words.as_str()).collect::<Vec<_>>(), ["said", "told"]);
}

#[test]
fn who_was_minister_is_not_called_minister_and_who_is_one_is_not_called_what_they_were() {
    assert_eq!(super::held(&["former harbour lawyer", "mayor"]), ["mayor"]);
    assert_eq!(super::held(&["former mayor"]), ["former mayor"]);
    assert_eq!(super::held(&["mayor", "former mayor", "chair"]), ["chair"]);
}
