//! Notices with which an outlet tells that it changed an article: "Correction:", "An earlier version of this article …".

use crate::lexicon::tables;
use std::sync::LazyLock;

enum How {
    Start,
    Has,
}

static ROWS: LazyLock<Vec<(How, &'static str)>> = LazyLock::new(|| {
    let how = |cell| if cell == "start" { How::Start } else { How::Has };
    tables::NOTICES.rows().map(|row| (how(row[0]), row[1])).collect()
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
        for row in tables::NOTICES.rows() {
            let [how, words, example] = row[..] else { panic!("{row:?}") };
            let lower = example.to_lowercase();
            assert!(if how == "start" { lower.starts_with(words) } else { lower.contains(words) }, "{row:?}");
            assert!(is_notice(example), "{row:?}");
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
