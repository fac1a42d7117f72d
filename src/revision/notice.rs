//! Notices with which an outlet tells that it changed an article: "Correction:", "An earlier version of this article …".

use std::sync::LazyLock;

enum How {
    Start,
    Has,
}

static ROWS: LazyLock<Vec<(How, &'static str)>> = LazyLock::new(|| {
    let rows = include_str!("../lexicon/notices.tsv").lines().filter(|row| !row.starts_with('#'));
    rows.filter_map(|row| {
        let mut fields = row.split('\t');
        let how = if fields.next()? == "start" { How::Start } else { How::Has };
        Some((how, fields.next()?))
    })
    .collect()
});

/// Marks that may stand before a notice.
const BEFORE: [char; 6] = ['*', '•', '–', '—', '[', ' '];

/// Tells whether a paragraph is a notice of a change.
pub fn is_notice(paragraph: &str) -> bool {
    let lower = paragraph.to_lowercase();
    let opened = lower.trim_start_matches(BEFORE);
    ROWS.iter().any(|(how, words)| match how {
        How::Start => opened.starts_with(words),
        How::Has => lower.contains(words),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_fires_on_its_example_and_news_is_no_notice() {
        for row in include_str!("../lexicon/notices.tsv").lines().filter(|row| !row.starts_with('#')) {
            let [how, words, example] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("{row}") };
            let lower = example.to_lowercase();
            assert!(if how == "start" { lower.starts_with(words) } else { lower.contains(words) }, "{row}");
            assert!(is_notice(example), "{row}");
        }
        assert!(is_notice("* [Editor’s note: a quotation was taken out.]"));
        for news in [
            "The corrections officer said that two prisoners fled.",
            "Updates are brought to the board each week, Brook said.",
            "The minister corrected herself an hour later.",
            "The story has been told in Kestria for a hundred years.",
        ] {
            assert!(!is_notice(news), "{news}");
        }
    }
}
