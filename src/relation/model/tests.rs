//! The model against the Python model on a stored sample, and level against level.

use super::*;
use crate::encoder::kernel::Level;
use crate::matching::meaning::Meaning;
use crate::relation::{RelationKind, Side};

/// Pairs of sides (speaker, cue, words), and what the Python model says of them.
fn sample<const N: usize>(lines: &str) -> Vec<([String; 6], [f32; N])> {
    let rows = lines.lines().map(|line| {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |side: &str, key: &str| row[side][key].as_str().unwrap().to_owned();
        let keys = [("a", "speaker"), ("a", "cue"), ("a", "words"), ("b", "speaker"), ("b", "cue"), ("b", "words")];
        (keys.map(|(side, key)| text(side, key)), std::array::from_fn(|n| row["scores"][n].as_f64().unwrap() as f32))
    });
    rows.collect()
}

fn told(texts: &[String; 6], at: usize) -> Told<'_> {
    Told { speaker: &texts[at], cue: &texts[at + 1], words: &texts[at + 2], sentence: "" }
}

fn read(model: &Model<'_>, texts: &[String; 6]) -> [f32; 4] {
    let answer = model.read(&model.side(&told(texts, 0)), &model.side(&told(texts, 3)));
    [answer.plain, answer.inferred, answer.same, answer.neither]
}

#[test]
fn the_sample_has_the_answers_that_the_python_model_gives() {
    let files = [
        (Model::shipped().unwrap(), include_str!("sample.jsonl")),
        (Model::across().unwrap(), include_str!("across_sample.jsonl")),
    ];
    for (model, lines) in files {
        let sample = sample::<4>(lines);
        assert!(sample.len() >= 8);
        for (texts, expected) in &sample {
            let found = read(model, texts);
            let off = found.iter().zip(expected).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            assert!(off < 0.15, "{texts:?}: {found:?} {expected:?}");
        }
    }
}

#[test]
fn the_sample_of_texts_has_the_answers_that_the_python_model_gives() {
    let model = Texts::shipped().unwrap();
    for (texts, expected) in sample::<2>(include_str!("texts_sample.jsonl")) {
        let (a, b) = (model.side(&told(&texts, 0)), model.side(&told(&texts, 3)));
        let found = [model.contradicted(&a, &b), model.is_the_one(&a, &b)];
        let off = found.iter().zip(&expected).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(off < 0.25, "{texts:?}: {found:?} {expected:?}");
    }
}

#[test]
fn bare_texts_are_offered_where_no_single_word_decides_and_never_called_by_the_encoder_alone() {
    let relate = |a, b| relate_texts(&Side { text: a, ..Side::default() }, &Side { text: b, ..Side::default() });
    let called = relate("The council approved the plan.", "The council rejected the plan.");
    assert_eq!(called.kind, RelationKind::Contradiction);
    let alike = relate("The council approved the plan.", "The plan was approved by the council.");
    assert!(alike.kind != RelationKind::Contradiction && alike.score.get() < 0.1, "{alike:?}");
    assert!(alike.because.iter().any(|reason| reason.rule == "read together"));
    assert!(called.score.get() > alike.score.get());
}

#[test]
fn every_level_of_instructions_gives_the_same_answer() {
    let (texts, _) = &sample::<4>(include_str!("sample.jsonl"))[0];
    let expected = read(Model::shipped().unwrap(), texts);
    for level in Level::all() {
        let model = Model::new(include_bytes!("model.bin"), Meaning::shipped().unwrap()).unwrap().at(level);
        assert!(read(&model, texts) == expected, "{level:?}");
    }
}

#[test]
fn odd_sides_have_an_answer() {
    let model = Model::shipped().unwrap();
    let long = "word ".repeat(9_000);
    for odd in ["", "7", "世界", long.as_str(), "a\u{0}b"] {
        let side = model.side(&Told { speaker: odd, cue: odd, words: odd, sentence: odd });
        assert!(model.read(&side, &side).opposed().is_finite(), "{odd:.20}");
    }
}

#[test]
fn a_file_cut_off_or_too_long_is_refused() {
    use crate::encoder::weights::BadWeights;
    let (bytes, base) = (include_bytes!("model.bin"), Meaning::shipped().unwrap());
    assert!(matches!(Model::new(&bytes[..bytes.len() / 2], base).unwrap_err(), BadWeights::Short(_)));
    assert_eq!(Model::new(&[bytes.as_slice(), &[0; 3]].concat(), base).unwrap_err(), BadWeights::Long(3));
}
