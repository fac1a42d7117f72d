//! Every table of the lexicon by its name. A file of this folder gives its words a type where several modules ask for them;
//! what one module alone reads it takes row by row.
//!
//! ```
//! use onrecord::lexicon::tables;
//! assert!(tables::FEASTS.rows().any(|row| row[0] == "new year s day"));
//! ```

/// A table: a row a line, cells between tabs, comments behind `#`.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    pub file: &'static str,
    text: &'static str,
}

impl Table {
    /// Returns the rows in their order, as many cells in each as the table has columns.
    pub fn rows(&self) -> impl Iterator<Item = Vec<&'static str>> + use<> {
        rows(self.text)
    }

    /// Returns the first cell of each row.
    pub fn words(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.rows().map(|row| row[0])
    }
}

/// Returns the rows of a text that is written as a table: tab-separated cells, comment lines left out.
pub fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).map(|l| l.split('\t').collect())
}

macro_rules! tables {
    ($($name:ident = $file:literal, $cells:expr;)*) => {
        $(pub const $name: Table = Table { file: $file, text: include_str!($file) };)*

        /// The tables with the number of cells of their rows.
        #[cfg(test)]
        const ALL: &[(Table, std::ops::RangeInclusive<usize>)] = &[$(($name, $cells)),*];
    };
}

tables! {
    ABBREVIATIONS = "abbreviations.tsv", 3..=3;
    ACTS = "acts.tsv", 4..=4;
    AGENCIES = "agencies.tsv", 3..=3;
    ALLEGATIONS = "allegations.tsv", 3..=3;
    ANTONYMS = "antonyms.tsv", 6..=6;
    ANTONYMS_WORDNET = "antonyms_wordnet.tsv", 2..=2;
    BOUNDS = "bounds.tsv", 4..=4;
    BUSINESS_SIGNS = "business_signs.tsv", 2..=2;
    CALLINGS = "callings.tsv", 3..=3;
    CHECK_HEADLINES = "check_headlines.tsv", 3..=3;
    CHECK_LABELS = "check_labels.tsv", 2..=2;
    CLAUSES = "clauses.tsv", 3..=3;
    COLLECTIVES = "collectives.tsv", 3..=3;
    CONDITIONS = "conditions.tsv", 3..=3;
    CONNECTIVES = "connectives.tsv", 2..=2;
    CONTESTS = "contests.tsv", 2..=2;
    CONTRACTIONS = "contractions.tsv", 4..=4;
    CUES = "cues.tsv", 4..=4;
    DATES = "dates.tsv", 4..=4;
    DEMONYM_ENDINGS = "demonym_endings.tsv", 3..=3;
    DEMONYMS = "demonyms.tsv", 4..=4;
    DERIVED_FORMS = "derived_forms.tsv", 2..=2;
    DETERMINERS = "determiners.tsv", 3..=3;
    DISCOURSE = "discourse.tsv", 3..=3;
    DISMISSALS = "dismissals.tsv", 3..=3;
    EQUIVALENTS = "equivalents.tsv", 3..=3;
    EXCEPTIONS = "exceptions.tsv", 2..=2;
    EXCLUSIVE = "exclusive.tsv", 5..=5;
    EXISTENCE = "existence.tsv", 4..=4;
    FEASTS = "feasts.tsv", 4..=4;
    FUNCTION_WORDS = "function_words.tsv", 4..=4;
    FURNITURE = "furniture.tsv", 4..=4;
    GENERIC_BODIES = "generic_bodies.tsv", 3..=3;
    GIVEN_NAMES = "given_names.tsv", 3..=3;
    GRAMMAR_RULES = "grammar_rules.tsv", 3..=3;
    GROWING = "growing.tsv", 3..=3;
    IMPLICATIVES = "implicatives.tsv", 5..=5;
    IRREGULAR_FORMS = "irregular_forms.tsv", 2..=2;
    KINDS = "kinds.tsv", 4..=4;
    LEANINGS = "leanings.tsv", 4..=4;
    METONYMS = "metonyms.tsv", 4..=4;
    MODALITY = "modality.tsv", 4..=4;
    NAME_PARTS = "name_parts.tsv", 3..=3;
    NEGATORS = "negators.tsv", 6..=6;
    NEUTRAL_CUES = "neutral_cues.tsv", 2..=2;
    NICKNAMES = "nicknames.tsv", 3..=3;
    NOBODIES = "nobodies.tsv", 3..=3;
    NOTICE_SUBJECTS = "notice_subjects.tsv", 3..=3;
    NOTICES = "notices.tsv", 3..=3;
    NOUN_ENDINGS = "noun_endings.tsv", 2..=2;
    NUMBER_WORDS = "number_words.tsv", 4..=4;
    OCCASIONS = "occasions.tsv", 2..=2;
    OPENERS = "openers.tsv", 2..=2;
    ORDERS = "orders.tsv", 4..=4;
    ORGANISATIONS = "organisations.tsv", 4..=4;
    OUTLETS = "outlets.tsv", 2..=3;
    PAGE_LINES = "page_lines.tsv", 3..=3;
    PAGE_NAMES = "page_names.tsv", 4..=4;
    PASSING = "passing.tsv", 3..=3;
    PRONOUNS = "pronouns.tsv", 5..=5;
    QUANTIFIERS = "quantifiers.tsv", 4..=4;
    ROLES = "roles.tsv", 5..=5;
    SIDES = "sides.tsv", 5..=5;
    SPEECH_EVENTS = "speech_events.tsv", 2..=2;
    SPOKEN_FOR = "spoken_for.tsv", 4..=4;
    STANCES = "stances.tsv", 5..=5;
    STATUSES = "statuses.tsv", 4..=4;
    SYNONYMS = "synonyms.tsv", 4..=4;
    SYNONYMS_WORDNET = "synonyms_wordnet.tsv", 2..=9;
    TITLE_MODIFIERS = "title_modifiers.tsv", 2..=2;
    TITLES = "titles.tsv", 4..=4;
    TRACKING = "tracking.tsv", 3..=3;
    TURNS = "turns.tsv", 4..=4;
    UNITS = "units.tsv", 6..=6;
    WORD_RARITY = "word_rarity.tsv", 2..=2;
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The tables in which a cell may be empty.
    const OPEN: [&str; 3] = ["conditions.tsv", "demonym_endings.tsv", "turns.tsv"];
    /// The tables that were counted or derived and carry no examples: `derived.md`.
    const DERIVED: [&str; 5] =
        ["antonyms_wordnet.tsv", "synonyms_wordnet.tsv", "derived_forms.tsv", "irregular_forms.tsv", "word_rarity.tsv"];

    #[test]
    fn every_row_has_its_cells() {
        for (table, cells) in ALL {
            for row in table.rows() {
                assert!(cells.contains(&row.len()), "{}: {row:?}", table.file);
                let full = row.iter().all(|cell| !cell.trim().is_empty());
                assert!(full || OPEN.contains(&table.file), "{}: {row:?}", table.file);
            }
        }
    }

    #[test]
    fn no_row_stands_twice() {
        for (table, _) in ALL.iter().filter(|(table, _)| !DERIVED.contains(&table.file)) {
            let mut seen = BTreeSet::new();
            for row in table.rows() {
                assert!(seen.insert(row[..row.len() - 1].to_vec()), "{}: {row:?}", table.file);
            }
        }
    }
}
