//! Names in a line where every word has a capital, as headlines are written.
//!
//! Refuses to guess: only a given name with its surname, and words that the story may know, are taken.

use super::class::Class;
use super::names::{Capitals, Name};
use super::view::View;
use crate::lexicon::people;
use std::ops::Range;

/// Tells whether nearly every word of a line has a capital, as in a headline.
pub(super) fn is_title_case(view: &View<'_>, sentence: &Range<usize>) -> bool {
    let long = |&t: &usize| view.word(t).chars().count() > 3 && view.word(t).chars().all(char::is_alphabetic);
    let words = sentence.clone().filter(long).count();
    let capitals = sentence.clone().filter(|t| long(t) && view.is_capital(*t)).count();
    // A headline writes its verbs with a capital, too.
    let plain = |t: usize| view.tag(t).starts_with("VB") && !view.is_capital(t) && view.word(t).len() > 2;
    words >= 4 && capitals * 10 >= words * 8 && !sentence.clone().any(plain)
}

/// Takes from a headline only given names with a surname, and single words that may be known from the story.
pub(super) fn headline(view: &View<'_>, sentence: &Range<usize>, out: &mut Vec<Name>) {
    let mut at = sentence.start;
    while at < sentence.end {
        let pair = at + 1 < sentence.end
            && people::given_name(view.word(at)).is_some()
            && view.is_capital(at + 1)
            && view.tag(at + 1).starts_with("NN");
        let end = at + 1 + usize::from(pair);
        if view.is_capital(at) && people::pronoun(&view.lower(at)).is_none() && view.is_noun(at) {
            let class = if pair { Class::Person } else { Class::Unknown };
            out.push(Name { capitals: Capitals::Everywhere, ..Name::new(at..end, at..end, class) });
        }
        at = end;
    }
}
