//! What the names that a page gives its elements say of them: the rows of `lexicon/page_names.tsv`.

use std::sync::LazyLock;

/// Each row's part, dashes around its words; open at the end where only its beginning counts.
static ROWS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let rows = include_str!("../../../lexicon/page_names.tsv").lines().filter(|row| !row.starts_with('#'));
    rows.filter_map(|row| {
        let mut columns = row.split('\t');
        let (how, _, part) = (columns.next()?, columns.next()?, columns.next()?);
        let end = if how == "word" { "-" } else { "" };
        Some(format!("-{}{end}", part.replace(' ', "-")))
    })
    .collect()
});

/// The row of the table that names of a class, id or role fit first; `None` where they speak for no row.
pub(super) fn row(names: &str) -> Option<usize> {
    if names.is_empty() {
        return None;
    }
    let plain = dashed(names);
    ROWS.iter().position(|row| plain.contains(row.as_str()))
}

/// How many rows there are.
pub(super) fn rows() -> usize {
    ROWS.len()
}

/// `mostRead most_read` becomes `-most-read-most-read-`.
fn dashed(names: &str) -> String {
    let mut out = String::with_capacity(names.len() + 8);
    out.push('-');
    let mut lower = false;
    for c in names.chars() {
        if !c.is_alphanumeric() {
            if !out.ends_with('-') {
                out.push('-');
            }
            lower = false;
            continue;
        }
        if c.is_uppercase() && lower {
            out.push('-');
        }
        lower = c.is_lowercase();
        out.extend(c.to_lowercase());
    }
    if !out.ends_with('-') {
        out.push('-');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_fires_on_its_example() {
        let rows = include_str!("../../../lexicon/page_names.tsv").lines().filter(|row| !row.starts_with('#'));
        for row in rows {
            let example = row.split('\t').nth(3).unwrap();
            assert!(super::row(example).is_some(), "{row}");
        }
        for story in ["article-body", "entry-content", "story", "", "download", "shared-layout"] {
            assert_eq!(row(story), None, "{story}");
        }
    }
}
