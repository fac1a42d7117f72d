//! What the names that a page gives its elements say of them: the rows of `lexicon/page_names.tsv`.

use std::sync::LazyLock;

struct Row {
    /// The part, dashes around its words; open at the end where only its beginning counts.
    part: String,
    caption: bool,
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let rows = include_str!("../../../lexicon/page_names.tsv").lines().filter(|row| !row.starts_with('#'));
    rows.filter_map(|row| {
        let mut columns = row.split('\t');
        let (how, what, part) = (columns.next()?, columns.next()?, columns.next()?);
        let end = if how == "word" { "-" } else { "" };
        Some(Row { part: format!("-{}{end}", part.replace(' ', "-")), caption: what == "caption" })
    })
    .collect()
});

/// What an element is by its names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    Story,
    Caption,
    Other,
}

/// Judges class, id and role names.
pub(super) fn judge(names: &str) -> Named {
    if names.is_empty() {
        return Named::Story;
    }
    let plain = dashed(names);
    match ROWS.iter().find(|row| plain.contains(&row.part)) {
        Some(row) if row.caption => Named::Caption,
        Some(_) => Named::Other,
        None => Named::Story,
    }
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
            let columns: Vec<&str> = row.split('\t').collect();
            let expected = if columns[1] == "caption" { Named::Caption } else { Named::Other };
            assert_eq!(judge(columns[3]), expected, "{row}");
        }
        for story in ["article-body", "entry-content", "story", "", "download", "shared-layout"] {
            assert_eq!(judge(story), Named::Story, "{story}");
        }
    }
}
