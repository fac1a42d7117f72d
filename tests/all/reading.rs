//! Reading never fails: any text gives tokens, quotations and attributions whose spans lie inside it, the same each time.

use onrecord::article::{Given, read};
use onrecord::attribution::{Attributions, attribute, fast::Fast};
use onrecord::text::{Document, analyze};
use proptest::prelude::*;

fn analyzed(words: &str) -> Option<(Document, Attributions)> {
    let article = read(words.as_bytes(), "test", &Given::default()).ok()?;
    let document = analyze(&article);
    let found = attribute(&document, Fast::shipped());
    Some((document, found))
}

fn holds(words: &str) {
    let Some((document, found)) = analyzed(words) else { return };
    let len = document.text.len();
    let mut last = 0;
    for token in &document.tokens {
        assert!(token.span.start >= last && token.span.end <= len && !token.span.is_empty());
        last = token.span.end;
    }
    let mut next = 0;
    for sentence in &document.sentences {
        assert_eq!(sentence.tokens.start, next);
        assert!(!sentence.tokens.is_empty());
        next = sentence.tokens.end;
    }
    assert_eq!(next, document.tokens.len());
    for quote in &document.quotes {
        assert!(quote.span.contains(quote.inner) && quote.span.end <= len);
    }
    for one in &found.attributions {
        let spans = one.source.iter().chain([&one.cue, &one.content]).flat_map(|s| s.iter());
        for span in spans {
            assert!(span.end <= len);
            assert_eq!(document.text.slice(span).chars().count() as u32, span.len());
        }
        assert!(!one.content.is_empty() && !one.because.is_empty());
    }
    let (_, again) = analyzed(words).expect("the same text is read again");
    assert_eq!(format!("{found:?}"), format!("{again:?}"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_text_holds(words in any::<String>()) {
        holds(&words);
    }

    #[test]
    fn any_news_like_text_holds(parts in prop::collection::vec(prop::sample::select(vec![
        "Alder", "said", "that", "“", "”", "\"", "'", "‘", "’", ".", ",", "\n", "\n\n", "told", "Mr.", "the mayor",
        "denied", "claims", "according to", ":", "—", "p.m.", "«", "»", "\u{7}", "é", "?", "he", "rejected U.S. assertions",
    ]), 0..60)) {
        holds(&parts.join(" "));
        holds(&parts.concat());
    }
}

#[test]
fn plain_quotations_are_read() {
    let (document, found) =
        analyzed("“The bridge is safe,” Mayor Ann Alder said on Monday.\n\nShe denied the accusations.").unwrap();
    let first = &found.attributions[0];
    assert_eq!(first.content.words(&document.text), "“The bridge is safe,”");
    assert_eq!(first.source.as_ref().unwrap().words(&document.text), "Mayor Ann Alder");
}

#[test]
fn one_long_line_takes_time_in_proportion() {
    let line = "\"A 'b (c “d ".repeat(40_000);
    assert!(analyzed(&line).is_some());
}

/// Returns the words that the denial with these words in it is tied to; empty where it is tied to nothing.
fn denied(words: &str, denial: &str) -> String {
    let (document, found) = analyzed(words).expect("a text");
    let holds = |one: &&onrecord::attribution::Attribution| one.content.words(&document.text).contains(denial);
    let one = found.attributions.iter().rfind(holds).unwrap_or_else(|| panic!("no denial of `{denial}` in {found:#?}"));
    one.answers.map_or_else(String::new, |n| found.attributions[n].content.words(&document.text))
}

#[test]
fn denials_are_tied_to_what_they_deny() {
    let cases = [
        ("The union said that the port hides its losses.\n\nMayor Ann Alder denied the claims.", "the claims", "hides"),
        (
            "Ruben Vale accused the port of hiding its losses.\n\nThe tide was high.\n\nMayor Ann Alder denied the accusations.",
            "the accusations",
            "hiding",
        ),
        (
            "The union claimed that the port hides its losses.\n\nMayor Ann Alder dismissed that idea as a fairy tale.",
            "that idea",
            "hides",
        ),
        // Nobody's words, a question, and a pointer to somebody else's words tie nothing.
        ("The union asked whether the port hides its losses.\n\nMayor Ann Alder denied the claims.", "the claims", ""),
        ("The union said that the port hides its losses.\n\nMayor Ann Alder rejected Vale's comments.", "comments", ""),
    ];
    for (text, denial, allegation) in cases {
        let tied = denied(text, denial);
        let right = if allegation.is_empty() { tied.is_empty() } else { tied.contains(allegation) };
        assert!(right, "{text}\n`{denial}` is tied to `{tied}`");
    }
}
