//! What the names that a page gives its elements say of them: the rows of `lexicon/page_names.tsv`.

use crate::lexicon::tables;
use std::sync::LazyLock;

/// The parts of the rows that say what is no story, and of those that say what opens one. Dashes stand around the words of
/// a part; it is open at the end where only its beginning counts.
static PARTS: LazyLock<(Vec<String>, Vec<String>)> = LazyLock::new(|| {
    let (mut other, mut opening) = (Vec::new(), Vec::new());
    for row in tables::PAGE_NAMES.rows() {
        let [how, what, part, ..] = row[..] else { continue };
        let part = format!("-{}{}", part.replace(' ', "-"), if how == "word" { "-" } else { "" });
        if what == "standfirst" { opening.push(part) } else { other.push(part) }
    }
    (other, opening)
});

/// Tells the names of a standfirst, the lines between headline and story.
pub(super) fn is_standfirst(names: &str) -> bool {
    !names.is_empty() && {
        let plain = dashed(names);
        PARTS.1.iter().any(|part| plain.contains(part.as_str()))
    }
}

/// The row of the table that names of a class, id or role fit first; `None` where they speak for no row.
pub(super) fn row(names: &str) -> Option<usize> {
    if names.is_empty() {
        return None;
    }
    let plain = dashed(names);
    PARTS.0.iter().position(|part| plain.contains(part.as_str()))
}

/// How many rows there are.
pub(super) fn rows() -> usize {
    PARTS.0.len()
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
        for row in tables::PAGE_NAMES.rows() {
            let [_, what, _, example] = row[..] else { panic!("{row:?}") };
            let opens = what == "standfirst";
            assert!(if opens { is_standfirst(example) } else { super::row(example).is_some() }, "{row:?}");
        }
        for story in ["article-body", "entry-content", "story", "", "download", "shared-layout"] {
            assert_eq!(row(story), None, "{story}");
        }
    }
}
