//! Days, labels and types as they are found in the field.

use super::*;

fn checks(text: &str) -> Vec<FactCheck> {
    read(text.as_bytes(), "a.json", &Columns::default(), "Kestria Check").unwrap().checks
}

#[test]
fn days_are_read_as_checks_write_them() {
    for (written, expected) in [
        ("2020-10-07 20:05", Some("2020-10-07")),
        ("2021-7-16", Some("2021-07-16")),
        ("2021-07-16T08:00:00+02:00", Some("2021-07-16")),
        ("July 5, 2018", Some("2018-07-05")),
        ("1956", Some("1956")),
        ("0001-01-01", None),
        ("0001-01-01T00:00:00Z", None),
        ("1970-01-01T00:00:00Z", None),
        ("soon", None),
        ("", None),
    ] {
        assert_eq!(day(written).map(|day| day.to_string()).as_deref(), expected, "{written}");
    }
}

#[test]
fn the_label_decides_and_the_number_never() {
    for (rating, label) in [
        (r#"{"ratingValue": 5, "bestRating": 1, "worstRating": 5, "alternateName": "False"}"#, "False"),
        (r#"{"ratingValue": -1, "bestRating": -1, "worstRating": -1, "alternateName": "Partly"}"#, "Partly"),
        (r#"{"ratingValue": "Falso"}"#, "Falso"),
        (r#"{"ratingValue": 3}"#, ""),
        (r#""Pants on Fire""#, "Pants on Fire"),
        (r#"[{"ratingValue": 1}, {"alternateName": ["Wrong", "Falsch"]}]"#, "Wrong"),
        ("null", ""),
    ] {
        let text =
            format!(r#"{{"@type": "ClaimReview", "claimReviewed": "The port closed.", "reviewRating": {rating}}}"#);
        assert_eq!(checks(&text)[0].label, label, "{rating}");
    }
}

#[test]
fn types_and_keys_are_known_however_they_are_written() {
    for text in [
        r#"{"@type": "ClaimReview", "claimReviewed": "The port closed."}"#,
        r#"{"@type": ["Review", "claimreview"], "claimReviewed": "The port closed."}"#,
        r#"{"@type": "https://schema.org/ClaimReview", "https://schema.org/claimReviewed": [{"@value": "The port closed."}]}"#,
        r#"{"@type": "schema:ClaimReview", "schema:claimReviewed": "<p>The port&nbsp;closed.</p>"}"#,
        r#"{"@graph": [{"@type": "WebPage"}, {"@type": "ClaimReview", "claimReviewed": "The port closed."}]}"#,
        r#"{"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [{"@type": "ClaimReview", "claimReviewed": "The port closed."}, null]}]}"#,
        r#"{"@type": "ClaimReview", "claimReviewed": "", "itemReviewed": {"@type": "Claim", "text": "The port closed."}}"#,
        r#"{"@type": "ClaimReview", "itemReviewed": "The port closed."}"#,
        r##"[{"@type": "ClaimReview", "itemReviewed": {"@id": "#c"}}, {"@type": "Claim", "@id": "#c", "name": "The port closed."}]"##,
    ] {
        let found = checks(text);
        assert_eq!(found.iter().map(|check| check.claim.as_str()).collect::<Vec<_>>(), ["The port closed."], "{text}");
    }
}
