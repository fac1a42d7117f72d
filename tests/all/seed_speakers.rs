//! The article this project began with: who stands behind its sources. Offsets and names only; skipped where the shared
//! folder is absent.

use crate::support::shared;
use onrecord::article::{self, BlockKind, Given};
use onrecord::attribution::{Attribution, Attributions, Category, Kind, Quotation, Speaker, Status, speakers};
use onrecord::score::Score;
use onrecord::span::{Span, Spans};
use onrecord::text;

fn source(start: u32, length: u32) -> Attribution {
    Attribution {
        source: Some(Span::new(start, start + length).into()),
        cue: Spans::default(),
        content: Spans::default(),
        speaker: None,
        candidates: Vec::new(),
        kind: Kind::Statement,
        status: Status::Asserted,
        quotation: Quotation::Indirect,
        place: BlockKind::Paragraph,
        answers: None,
        score: Score::new(1.0),
        because: Vec::new(),
    }
}

#[test]
fn the_seed_article_has_its_speakers() {
    let Some(bytes) = shared("seed/article.txt") else { return };
    let document = text::analyze(&article::read(&bytes, "seed", &Given::default()).unwrap());
    let places = [
        (637, 41),
        (1013, 6),
        (1027, 13),
        (1337, 6),
        (1594, 5),
        (1745, 21),
        (1992, 9),
        (2451, 25),
        (2737, 22),
        (2797, 19),
        (1396, 50),
    ];
    let attributions = places.iter().map(|&(start, length)| source(start, length)).collect();
    let mut found = Attributions { attributions, speakers: Vec::new() };
    speakers::resolve(&document, &mut found);
    let speaker = |n: usize| -> &Speaker { &found.speakers[found.attributions[n].speaker.unwrap()] };
    for faisal in 0..4 {
        assert_eq!(speaker(faisal).name, "Mohammad Faisal", "source {faisal}");
    }
    assert!(speaker(0).titles.iter().any(|t| t.ends_with("spokesman")));
    assert_eq!((speaker(4).name.as_str(), speaker(5).name.as_str()), ("Alice Wells", "Alice Wells"));
    assert_eq!(speaker(6).category, Category::Government);
    assert_eq!(speaker(7).category, Category::Anonymous);
    assert_eq!(speaker(7), speaker(8));
    assert_eq!(speaker(9).category, Category::Group);
    assert_eq!(speaker(10).name, "Alice Wells");
}
