//! The encoder against the Python model on a stored sample, level against level; claims gather on their sides.

use super::*;
use crate::encoder::kernel::Level;
use crate::matching::meaning::Meaning;
use crate::relation::model::{Model, Told};

type Claim = (String, String, String);

fn sample() -> Vec<(Claim, Claim, [f32; 3])> {
    let rows = include_str!("sample.jsonl").lines().map(|line| {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |side: &str, key: &str| row[side][key].as_str().unwrap().to_owned();
        let claim = |side: &str| (text(side, "speaker"), text(side, "cue"), text(side, "words"));
        (claim("a"), claim("b"), [0, 1, 2].map(|n| row["scores"][n].as_f64().unwrap() as f32))
    });
    rows.collect()
}

fn stance(encoder: &Encoder<'_>, speaker: &str, cue: &str, words: &str) -> Stance {
    encoder.stance(&Model::shipped().unwrap().side(&Told { speaker, cue, words, sentence: "" }))
}

fn opinion(encoder: &Encoder<'_>, (a, b): (&Claim, &Claim)) -> Opinion {
    let read = |claim: &Claim| stance(encoder, &claim.0, &claim.1, &claim.2);
    encoder.opinion(&read(a), &read(b))
}

#[test]
fn the_sample_has_the_answers_that_the_python_model_gives() {
    let sample = sample();
    assert!(sample.len() >= 8);
    for (a, b, expected) in &sample {
        let found = opinion(Encoder::shipped().unwrap(), (a, b));
        let off = (found.opposed - expected[0]).abs().max((found.same - expected[1]).abs());
        assert!(off < 0.25, "{a:?} {b:?}: {found:?} {expected:?}");
    }
}

#[test]
fn every_level_of_instructions_gives_the_same_answer() {
    let (a, b, _) = &sample()[0];
    let expected = opinion(Encoder::shipped().unwrap(), (a, b));
    for level in Level::all() {
        let encoder = Encoder::new(include_bytes!("model.bin"), Meaning::shipped().unwrap()).unwrap().at(level);
        assert_eq!(opinion(&encoder, (a, b)), expected, "{level:?}");
    }
}

#[test]
fn a_stance_survives_being_kept_and_odd_bytes_are_none() {
    let kept = stance(Encoder::shipped().unwrap(), "Ada Lorn", "supports", "the new bridge");
    assert_eq!(Stance::from_bytes(&kept.bytes()), Some(kept.clone()));
    assert_eq!(Stance::from_bytes(&kept.bytes()[1..]), None);
    assert_eq!(Stance::from_bytes(&[]), None);
}

#[test]
fn a_file_cut_off_or_too_long_is_refused() {
    use crate::encoder::weights::BadWeights;
    let (bytes, base) = (include_bytes!("model.bin"), Meaning::shipped().unwrap());
    assert!(matches!(Encoder::new(&bytes[..bytes.len() / 2], base).unwrap_err(), BadWeights::Short(_)));
    assert_eq!(Encoder::new(&[bytes.as_slice(), &[0; 3]].concat(), base).unwrap_err(), BadWeights::Long(3));
    assert_eq!(Encoder::new(b"ONRRELA1", base).unwrap_err(), BadWeights::Magic);
}

#[test]
fn claims_gather_on_the_two_sides_of_a_matter() {
    let encoder = Encoder::shipped().unwrap();
    let claims = [
        ("Ada Lorn", "said", "the minimum wage must be raised"),
        ("Ben Tarrow", "opposes", "raising the minimum wage"),
        ("Carl Voss", "promised", "to raise the minimum wage to 15 dollars"),
        ("Dora Quill", "said", "the minimum wage should not be raised"),
        ("Emil Rask", "wants", "a higher minimum wage"),
        ("Fay Orlund", "said", "it rained all week"),
    ];
    let stances: Vec<Stance> = claims.iter().map(|(who, cue, words)| stance(encoder, who, cue, words)).collect();
    let said: Vec<Said<'_>> =
        stances.iter().zip(1..).map(|(stance, article)| Said { stance, article: Some(article) }).collect();
    let model = Model::shipped().unwrap();
    let pieces: Vec<Vec<u32>> =
        claims.iter().map(|(speaker, cue, words)| model.side(&Told { speaker, cue, words, sentence: "" })).collect();
    let read = |one: usize, others: &[usize]| {
        Some(others.iter().map(|&other| model.read(&pieces[one], &pieces[other]).three()).collect())
    };
    let found = targets(encoder, &said, 1_000, read);
    let places = &found[0].places;
    let side = |claim: usize| places.iter().find(|place| place.claim == claim).map(|place| place.polarity);
    assert_eq!(side(0), side(2), "{places:?}");
    assert_eq!(side(1), side(3), "{places:?}");
    assert_eq!(side(0).map(Polarity::turned), side(3), "{places:?}");
    assert_eq!(side(5), None, "{places:?}");
}

#[test]
fn a_target_is_called_by_what_its_claims_share_and_said_by_the_one_that_says_it_best() {
    let worded = |words, polarity, score| Worded { words, polarity, score, turned: false };
    let claims = [
        worded("that the harbour toll is not fair", Polarity::For, 1.0),
        worded("the council should keep the harbour toll", Polarity::Against, 0.8),
        worded("“the toll on the harbour costs us jobs,”", Polarity::For, 0.7),
        worded("a harbour toll pays for itself", Polarity::Against, 0.6),
    ];
    assert_eq!(name(&claims), "harbour toll");
    assert_eq!(clause(&claims), 1);
    assert_eq!((name(&claims[..1]), name(&[])), (String::new(), String::new()));
    assert_eq!(clause(&[]), 0);
    // "denied that the harbour toll is fair" is against, its words are for.
    let denied =
        Worded { words: "that the harbour toll is fair", polarity: Polarity::Against, score: 1.0, turned: true };
    assert_eq!((clause(&[denied, claims[1]]), denied.side_of_words()), (1, Polarity::For));
}
