//! The whole reader: against the Python model on a stored sample, on odd documents, and level against level.

use super::*;
use crate::article::{Given, read};
use crate::text::analyze;

const SAMPLE: &str = include_str!("sample.txt");

fn document(text: &str) -> Document {
    let article = read(text.as_bytes(), "2019-03-04.txt", &Given::default()).unwrap();
    analyze(&article)
}

/// The word of the sample that points, as `training/run.sh` says.
const ASKED: usize = 268;

/// One token of the sample as Python reads it: begin, end, log-probabilities of the labels, share from [`ASKED`].
fn stored() -> Vec<(u32, u32, Vec<f32>)> {
    let row = |line: &str| {
        let mut columns = line.split('\t');
        let begin = columns.next().unwrap().parse().unwrap();
        let end = columns.next().unwrap().parse().unwrap();
        (begin, end, columns.map(|number| number.parse().unwrap()).collect())
    };
    include_str!("sample.tsv").lines().map(row).collect()
}

fn best(row: &[f32]) -> usize {
    (0..row.len()).max_by(|&a, &b| row[a].total_cmp(&row[b])).unwrap()
}

#[test]
fn the_sample_is_read_as_the_python_model_reads_it() {
    let document = document(SAMPLE);
    let (rows, pointer) = DeepReader::shipped().unwrap().read(&document);
    let shares = pointer.unwrap().shares(&(ASKED..ASKED + 1), true);
    let stored = stored();
    assert_eq!(rows.len(), stored.len());
    for (number, ((row, token), (begin, end, expected))) in rows.iter().zip(&document.tokens).zip(&stored).enumerate() {
        assert_eq!((token.span.start, token.span.end), (*begin, *end));
        let (expected, share) = expected.split_at(LABELS);
        let found = shares.of(number..number + 1) as f32;
        assert!((found - share[0]).abs() < 0.03, "{}: {found} for {}", document.text.slice(token.span), share[0]);
        for (found, expected) in row.iter().zip(expected) {
            let (found, expected) = (found.exp(), expected.exp());
            assert!((found - expected).abs() < 0.08, "{}: {found} for {expected}", document.text.slice(token.span));
        }
        let sure = expected[best(expected)].exp() > 0.55;
        assert!(!sure || best(row) == best(expected), "{}", document.text.slice(token.span));
    }
}

#[test]
fn every_level_of_instructions_gives_the_same_bits() {
    let document = document(SAMPLE);
    let reader = DeepReader::shipped().unwrap();
    let expected = reader.scores(&document);
    for level in Level::all() {
        let reader = DeepReader { weights: Weights::parse(include_bytes!("model.bin")).unwrap(), level };
        assert!(reader.scores(&document) == expected, "{level:?}");
    }
}

#[test]
fn odd_documents_get_a_row_a_token() {
    let long = format!("{} said.", "He said “no” and ".repeat(300));
    for text in [
        "x",
        "“ 1",
        "“a\u{7}b” said",
        &"a".repeat(5_000),
        &format!("a {}", "-".repeat(5_000)),
        &long,
        "世界 said: \u{1f600}",
    ] {
        let document = document(text);
        let rows = DeepReader::shipped().unwrap().scores(&document);
        assert_eq!(rows.len(), document.tokens.len());
        for row in rows {
            let total: f32 = row.iter().map(|x| x.exp()).sum();
            assert!((total - 1.0).abs() < 1e-3, "{total}");
        }
    }
}

#[test]
fn a_file_cut_off_or_too_long_is_refused() {
    let bytes = include_bytes!("model.bin");
    assert!(matches!(DeepReader::new(&bytes[..bytes.len() / 2]).unwrap_err(), BadWeights::Short(_)));
    let more = [bytes.as_slice(), &[0; 3]].concat();
    assert_eq!(DeepReader::new(&more).unwrap_err(), BadWeights::Long(3));
}
