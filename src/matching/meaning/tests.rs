//! The encoder against the Python model on a stored sample, level against level, and the cells against reading everything.

use super::*;
use crate::encoder::kernel::Level;
use crate::matching::Effort;

fn sample() -> Vec<(String, Vec<f32>)> {
    let texts = include_str!("sample.jsonl").lines().map(|line| {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        row["text"].as_str().unwrap().to_owned()
    });
    let numbers = include_str!("sample.tsv").lines().map(|line| line.split('\t').map(|x| x.parse().unwrap()).collect());
    texts.zip(numbers).collect()
}

fn meaning() -> &'static Meaning<'static> {
    Meaning::shipped().unwrap()
}

#[test]
fn the_sample_has_the_directions_that_the_python_model_gives() {
    let sample = sample();
    assert_eq!(sample.len(), 8);
    for (text, expected) in &sample {
        let mean = meaning().mean(text).unwrap();
        let cosine: f32 = mean.iter().zip(expected).map(|(a, b)| a * b).sum();
        assert!(cosine > 0.97, "{text}: {cosine}");
    }
    let vectors: Vec<Vector> = sample.iter().map(|(text, _)| meaning().vector(text).unwrap()).collect();
    for (at, vector) in vectors.iter().enumerate().take(4) {
        let others = (0..8).filter(|&other| other != at);
        let nearest = others.max_by(|&a, &b| vector.cosine(&vectors[a]).total_cmp(&vector.cosine(&vectors[b])));
        assert_eq!(nearest, Some(at ^ 1), "the two wordings of one sentence are nearest to each other");
    }
}

#[test]
fn every_level_of_instructions_gives_the_same_vector() {
    let text = &sample()[0].0;
    let expected = meaning().vector(text);
    for level in Level::all() {
        let meaning = Meaning::new(include_bytes!("model.bin")).unwrap().at(level);
        assert!(meaning.vector(text) == expected, "{level:?}");
    }
}

#[test]
fn odd_texts_have_a_vector_or_none() {
    for none in ["", " \n", "“…” !", "\u{301}\u{7}"] {
        assert_eq!(meaning().vector(none), None, "{none:?}");
    }
    for odd in ["7", "世界", "\u{1f600} x", &"-x".repeat(9_000), &"word ".repeat(9_000), "a\u{0}b"] {
        assert!(meaning().vector(odd).is_some(), "{odd:.20}");
    }
    let longest = "word ".repeat(meaning().longest());
    assert_eq!(meaning().vector(&longest), meaning().vector(&format!("{longest} and more that is not read")));
}

#[test]
fn a_file_cut_off_or_too_long_is_refused() {
    use crate::encoder::weights::BadWeights;
    let bytes = include_bytes!("model.bin");
    assert!(matches!(Meaning::new(&bytes[..bytes.len() / 2]).unwrap_err(), BadWeights::Short(_)));
    assert_eq!(Meaning::new(&[bytes.as_slice(), &[0; 3]].concat()).unwrap_err(), BadWeights::Long(3));
}

/// Vectors without a pattern (SplitMix64).
fn made(count: u64) -> impl Iterator<Item = (u64, Vector)> {
    (1..=count).map(|id| {
        let number = |at: u64| {
            let x = (at + id * 131).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            (x >> 40) as f32 - (1 << 23) as f32
        };
        (id, Vector::of(&(0..LENGTH as u64).map(number).collect::<Vec<_>>()).unwrap())
    })
}

#[test]
fn vectors_are_found_replaced_and_taken_out() {
    let mut vectors = Vectors::new(meaning());
    made(3_000).for_each(|(id, vector)| vectors.insert(id, &vector));
    for (id, vector) in made(3_000).step_by(97) {
        assert_eq!(vectors.get(id), Some(vector));
        assert_eq!(vectors.nearest(&vector, 1, Effort::Fast)[0].0, id);
    }
    (1..=3_000).filter(|id| id % 3 != 0).for_each(|id| vectors.remove(id));
    vectors.remove(1);
    assert_eq!((vectors.len(), vectors.get(1)), (1_000, None));
    for (id, vector) in made(3_000).filter(|(id, _)| id % 3 == 0).step_by(31) {
        assert_eq!(vectors.get(id), Some(vector));
        let mut exact: Vec<(u64, f32)> =
            made(3_000).filter(|(id, _)| id % 3 == 0).map(|(id, other)| (id, vector.cosine(&other))).collect();
        exact.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        exact.truncate(10);
        assert_eq!(vectors.nearest(&vector, 10, Effort::Fast), exact);
    }
    let (_, other) = made(9_000).last().unwrap();
    vectors.insert(3, &other);
    assert_eq!((vectors.len(), vectors.get(3)), (1_000, Some(other)));
    assert_eq!(vectors.nearest(&other, 0, Effort::Fast), []);
}
