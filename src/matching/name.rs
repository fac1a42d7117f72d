//! Are two speakers' names one person? By last name, with given names that are compatible; edit distance forgives one slip.
//!
//! It does not know who anybody is: "Weller" may be Sam or Tony Weller, which is why it answers in degrees.
//!
//! "MR. WELLER" and "Sam Weller" share a surname; "Tony Weller" and "Sam Weller" are two people.

use crate::lexicon::letters::folded;
use crate::lexicon::people::{have_one_full_form, stands_after_name, stands_before_name};

/// How two names stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// One of them is empty.
    Unknown,
    Different,
    /// One surname, given names that cannot be one person's.
    Namesake,
    /// The same but for a slip of the pen.
    Misspelt,
    /// One surname, and one of the two has no given name.
    Surname,
    Same,
}

impl Likeness {
    /// Tells whether the two may be one person.
    pub const fn may_be_one(self) -> bool {
        matches!(self, Self::Misspelt | Self::Surname | Self::Same)
    }
}

/// A speaker's name taken apart: lower case, titles removed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Name {
    given: Vec<String>,
    last: String,
    /// What tells a son from his father; [`compare`](Self::compare) does not look at it, since it is often left out.
    suffix: String,
}

impl Name {
    pub fn new(written: &str) -> Self {
        let clean = |c: char| if c.is_alphanumeric() || c == '-' { c } else { ' ' };
        let mapped: String = written.chars().take(200).filter(|c| !matches!(c, '\'' | '’')).map(clean).collect();
        let mut words: Vec<String> = mapped.split_whitespace().map(folded).collect();
        let suffix = words.iter().skip(1).find(|w| matches!(w.as_str(), "jr" | "sr" | "ii" | "iii" | "iv"));
        let suffix = suffix.cloned().unwrap_or_default();
        while words.len() > 1 && words.last().is_some_and(|w| stands_after_name(w)) {
            words.pop();
        }
        let titles = words.iter().take_while(|w| stands_before_name(w)).count();
        words.drain(..titles.min(words.len().saturating_sub(1)));
        let last = words.pop().unwrap_or_default();
        Self { given: words, last, suffix }
    }

    /// Returns the last name, lower case; empty for an empty name.
    pub fn last(&self) -> &str {
        &self.last
    }

    /// Returns the given names and the last name, lower case, titles removed.
    pub fn full(&self) -> String {
        self.given.iter().chain([&self.last]).map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    /// Tells whether there is a given name beside the last.
    pub fn has_given(&self) -> bool {
        !self.given.is_empty()
    }

    /// Tells whether two names are surely one person's: the same but for initials, middle names and short forms, "Ann B.
    /// Weller" and "Ann Weller", "Bob Weller" and "Robert Weller".
    pub fn is_surely(&self, other: &Self) -> bool {
        let whole = |name: &Self| name.given.iter().skip(1).filter(|w| w.len() > 1).cloned().collect::<Vec<_>>();
        let (Some(first), Some(second)) = (self.given.first(), other.given.first()) else { return false };
        let (a, b) = (whole(self), whole(other));
        let middle = |name: &Self| name.given.get(1).filter(|w| w.len() == 1).cloned();
        let initials = middle(self).zip(middle(other)).is_none_or(|(a, b)| a == b);
        let apart = !a.is_empty() && !b.is_empty() && a != b;
        first.len() > 1
            && (first == second || second.len() > 1 && have_one_full_form(first, second))
            && self.last == other.last
            && self.suffix == other.suffix
            && initials
            && !apart
    }

    /// Returns "jr" of "Sam Weller Jr."; empty for most names.
    pub fn suffix(&self) -> &str {
        &self.suffix
    }

    pub fn compare(&self, other: &Self) -> Likeness {
        if self.last.is_empty() || other.last.is_empty() {
            return Likeness::Unknown;
        }
        if self.given == other.given && self.last == other.last {
            return Likeness::Same;
        }
        if self.last != other.last {
            let slip = self.last.len().min(other.last.len()) >= 5
                && strsim::osa_distance(&self.last, &other.last) == 1
                && !self.given.is_empty()
                && given_agree(&self.given, &other.given) == Some(true);
            return if slip { Likeness::Misspelt } else { Likeness::Different };
        }
        match given_agree(&self.given, &other.given) {
            None => Likeness::Surname,
            Some(true) => Likeness::Same,
            Some(false) => Likeness::Namesake,
        }
    }
}

/// Tells whether the first given names may be one person's; `None` when a side has none.
fn given_agree(a: &[String], b: &[String]) -> Option<bool> {
    let (first, second) = (a.first()?, b.first()?);
    // A middle name may be the one in use: "Willard Mitt" and "Mitt".
    let any = a.iter().any(|x| x.len() > 1 && b.contains(x));
    Some(any || one_given_name(first, second))
}

fn one_given_name(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let initial = short.chars().count() <= 2 && long.starts_with(short.chars().next().unwrap_or(' '));
    initial
        || (short.len() >= 3 && long.starts_with(short))
        || have_one_full_form(a, b)
        || (short.len() >= 5 && strsim::osa_distance(a, b) == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str, expected: Likeness) {
        assert_eq!(Name::new(a).compare(&Name::new(b)), expected, "{a} / {b}");
        assert_eq!(Name::new(b).compare(&Name::new(a)), expected, "{b} / {a}");
    }

    #[test]
    fn names_are_one_person_by_surname_and_compatible_given_names() {
        check("MR. WELLER", "Sam Weller", Likeness::Surname);
        check("Sen. Samuel Weller Jr.", "Sam Weller", Likeness::Same);
        check("S. Weller", "Sam Weller", Likeness::Same);
        check("Bill Weller", "William Weller", Likeness::Same);
        check("Tony Weller", "Sam Weller", Likeness::Namesake);
        check("Sam Wellar", "Sam Weller", Likeness::Misspelt);
        check("Wellar", "Weller", Likeness::Different);
        check("José Peña", "Jose Pena", Likeness::Same);
        check("", "Sam Weller", Likeness::Unknown);
        check("President", "President", Likeness::Same);
        check("Sam O’Hara", "Sam O'Hara", Likeness::Same);
    }

    #[test]
    fn initials_middle_names_and_short_forms_are_surely_one_persons() {
        let surely = |a: &str, b: &str| Name::new(a).is_surely(&Name::new(b));
        assert!(surely("Ann B. Weller", "Ann Weller") && surely("Ann Holt Weller", "Ann Weller"));
        assert!(surely("Bob Weller", "Robert Weller") && surely("Bill T. Weller", "William Weller"));
        assert!(!surely("Ann Weller", "Tony Weller") && !surely("Sam Weller Jr.", "Sam Weller"));
        assert!(!surely("S. Weller", "Sam Weller") && !surely("Ann B. Weller", "Ann C. Weller"));
    }

    #[test]
    fn odd_names_do_not_fail() {
        for odd in ["", " ", "-", "\u{0}", "Jr.", "Mr. Mr. Mr.", "李", &"a ".repeat(10_000)] {
            let name = Name::new(odd);
            assert!(name.compare(&name) != Likeness::Different);
        }
    }
}
