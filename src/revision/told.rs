//! Which changes a notice speaks of. "This article has been updated" speaks of nothing, and a notice about one quotation does
//! not excuse another that was altered with it.

use super::claims::padded;
use super::{Change, ChangeKind};
use crate::lexicon::tables;
use crate::matching::content_terms;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What a word of a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Subject {
    Quotation,
    Figure,
    Headline,
    Speaker,
    /// Every notice may hold it.
    Any,
}

static SUBJECTS: LazyLock<BTreeMap<&str, Subject>> = LazyLock::new(|| {
    tables::NOTICE_SUBJECTS
        .rows()
        .filter_map(|row| {
            let subject = match *row.get(1)? {
                "quotation" => Subject::Quotation,
                "figure" => Subject::Figure,
                "headline" => Subject::Headline,
                "speaker" => Subject::Speaker,
                _ => Subject::Any,
            };
            Some((*row.first()?, subject))
        })
        .collect()
});

/// Terms of the set phrases of notices, which tell nothing of what was changed.
static PHRASES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let phrases = tables::NOTICES.rows().map(|row| row[1]);
    phrases.chain(SUBJECTS.keys().copied()).flat_map(content_terms).collect()
});

/// Terms of a changed wording and of a notice that both must hold, one of them changed, for the notice to speak of it.
const ALTERED: usize = 2;
/// The same where the words were added or removed whole.
const WHOLE: usize = 3;

/// A notice as changes are compared with it.
struct Notice {
    padded: String,
    terms: BTreeSet<String>,
    subjects: BTreeSet<Subject>,
    /// It says nothing but set phrases and its subject: "The headline has been changed."
    bare: bool,
}

impl Notice {
    fn of(words: &str) -> Self {
        let padded = padded(words);
        let subjects = padded.split(' ').filter_map(|word| SUBJECTS.get(word).copied());
        let subjects = subjects.filter(|subject| *subject != Subject::Any).collect();
        let terms: BTreeSet<String> = content_terms(words).into_iter().filter(|term| !PHRASES.contains(term)).collect();
        Self { bare: terms.is_empty(), padded, terms, subjects }
    }
}

/// How surely a notice speaks of a change, the surest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sure {
    No,
    /// By the sort of change alone.
    Subject,
    /// By the name of who says it.
    Name,
    /// By its words, or by sort and name.
    Words,
}

/// Notes at each change that needs it the notice that speaks of it.
pub(super) fn tell<I>(list: &mut [Change<I>]) {
    let notices = list.iter().filter(|change| change.kind == ChangeKind::CorrectionAdded);
    let notices: Vec<String> =
        notices.filter_map(|change| change.after.as_ref()).map(|side| side.words.clone()).collect();
    for words in notices {
        let notice = Notice::of(&words);
        let sure: Vec<Sure> = list.iter().map(|change| sure(&notice, change)).collect();
        let most = sure.iter().copied().max().unwrap_or(Sure::No);
        // Of two quotations "a quotation was put right" names neither.
        let one = sure.iter().filter(|one| **one == most).count() == 1;
        if most == Sure::No || most == Sure::Subject && !one {
            continue;
        }
        for (change, _) in list.iter_mut().zip(sure).filter(|(_, sure)| *sure == most) {
            change.notice.get_or_insert_with(|| words.clone());
        }
    }
}

fn sure<I>(notice: &Notice, change: &Change<I>) -> Sure {
    if !change.kind.needs_notice() {
        return Sure::No;
    }
    let sides = [&change.before, &change.after].map(|side| side.as_ref());
    let terms = |words: &str| content_terms(words).into_iter().filter(|term| !PHRASES.contains(term));
    let [was, is]: [BTreeSet<String>; 2] =
        sides.map(|side| side.into_iter().flat_map(|side| terms(&side.words)).collect());
    let shared = was.union(&is).filter(|term| notice.terms.contains(*term)).count();
    let changed = was.symmetric_difference(&is).filter(|term| notice.terms.contains(*term)).count();
    let name = sides.into_iter().flatten().any(|side| is_named(notice, &side.who));
    let fits = subjects(change.kind).iter().any(|subject| notice.subjects.contains(subject));
    let least = if sides.iter().all(Option::is_some) { ALTERED } else { WHOLE };
    if changed > 0 && shared + usize::from(name) >= least || fits && (name || shared > 0) {
        Sure::Words
    } else if name {
        Sure::Name
    } else if fits && notice.bare {
        Sure::Subject
    } else {
        Sure::No
    }
}

/// Tells whether a notice holds the last name of a speaker.
fn is_named(notice: &Notice, who: &str) -> bool {
    let who = padded(who);
    who.split(' ')
        .rfind(|word| word.chars().count() > 2)
        .is_some_and(|name| notice.padded.contains(&format!(" {name} ")))
}

const fn subjects(kind: ChangeKind) -> &'static [Subject] {
    match kind {
        ChangeKind::QuotationAltered | ChangeKind::ReportAltered | ChangeKind::ClaimRemoved => &[Subject::Quotation],
        ChangeKind::DenialRemoved | ChangeKind::RefusalRemoved => &[Subject::Quotation],
        ChangeKind::FigureChanged => &[Subject::Figure],
        ChangeKind::SpeakerChanged => &[Subject::Speaker],
        ChangeKind::HeadlineChanged => &[Subject::Headline],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::super::Side;
    use super::*;

    fn side(who: &str, words: &str) -> Side<usize> {
        Side { words: words.into(), who: who.into(), claim: None }
    }

    fn list(notice: &str) -> Vec<Change<usize>> {
        vec![
            Change::between(
                ChangeKind::QuotationAltered,
                side("Ada Brook", "The pier will reopen in June"),
                side("Ada Brook", "The pier may reopen in July"),
            ),
            Change::between(
                ChangeKind::FigureChanged,
                side("Ada Brook", "the repairs cost 1.2 million crowns"),
                side("Ada Brook", "the repairs cost 2.1 million crowns"),
            ),
            Change::removed(ChangeKind::ClaimRemoved, side("Tom Vale", "the cracks had been known since the autumn")),
            Change::between(ChangeKind::HeadlineChanged, side("", "Pier is safe"), side("", "Pier may be safe")),
            Change::added(ChangeKind::CorrectionAdded, side("", notice)),
        ]
    }

    #[test]
    fn a_notice_excuses_what_it_speaks_of() {
        for (notice, expected) in [
            ("This article has been updated.", &[][..]),
            ("Correction: Ms Brook was misquoted.", &[0]),
            ("Correction: Mr Vale was misquoted.", &[2]),
            ("An earlier version of this article said that the pier would reopen in June, not in July.", &[0]),
            ("Correction: The repairs cost 2.1 million crowns. An earlier version misstated it.", &[1]),
            ("An earlier version of this article gave another figure.", &[1]),
            ("The headline has been changed.", &[3]),
            ("Editor’s note: A claim that the cracks were known in the autumn could not be confirmed.", &[2]),
            ("Correction: The mayor of Larnsea is Ada Brook.", &[0, 1]),
            ("Correction: The number of planks was wrong.", &[]),
            ("Correction: The town of Larnsea lies on the west coast.", &[]),
        ] {
            let mut list = list(notice);
            tell(&mut list);
            let told: Vec<usize> = (0..list.len()).filter(|place| list[*place].notice.is_some()).collect();
            assert_eq!(told, expected, "{notice}");
        }
    }

    #[test]
    fn every_row_names_its_subject_in_its_example() {
        for row in tables::NOTICE_SUBJECTS.rows() {
            let [word, subject, example] = row[..] else { panic!("{row:?}") };
            assert!(padded(example).contains(&format!(" {word} ")), "{row:?}");
            assert!(["quotation", "figure", "headline", "speaker", "any"].contains(&subject), "{row:?}");
        }
    }
}
