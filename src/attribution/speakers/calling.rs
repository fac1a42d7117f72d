//! Whom a description means that says something new of somebody named: "Yusupha Drammeh scored. The former postman said …".
//!
//! It is read like a pronoun: only somebody of whom the story is telling can be called so. Refuses offices and callings of which a story
//! may speak at first sight (`lexicon/callings.tsv`): "the mayor", "the driver", "the local doctor".

use super::antecedent::{self, Asked, Choice};
use super::bodies;
use super::figure::{self, Figure};
use super::naming;
use super::resolver::Resolver;
use super::source::{self, Article, Nominal, core_end};
use super::stage::is_another;
use crate::attribution::Category;
use crate::lexicon::people::{self, Gender, Number, Person, Pronoun, Role, Thing};
use crate::lexicon::words;
use std::ops::Range;

/// The least probability of who is called so.
const LIKELY: f64 = 0.5;

impl Resolver<'_, '_> {
    /// Returns the person who is called so, when one is likely.
    pub(super) fn called(&self, nominal: &Nominal, owner: Option<usize>, source: &Range<usize>) -> Option<usize> {
        let told = source::describes(&nominal.head) || is_told(nominal) || owner.is_some();
        // "The Labour lawmaker" may be anybody told of, "the lawmaker" whom readers know.
        let placed = !nominal.words.is_empty() || !nominal.places.is_empty() || owner.is_some();
        let seated = |role: &Role| has_calling(role, "seat") && placed;
        let office = nominal.role.is_some_and(|role| is_office(role) && !seated(role));
        let new = nominal.category == Category::Anonymous && !office;
        if !new || !told || !may_call(nominal) {
            return None;
        }
        let gender = nominal.role.and_then(|role| role.gender);
        let best = self.person_told_of(source, gender)?;
        (Some(best) != owner && !is_another(nominal, &self.cast.figures[best])).then_some(best)
    }

    /// Returns the person whom a source of two words calls by their origin: "the Dane", but not "the French".
    pub(super) fn called_by_origin(&self, source: &Range<usize>) -> Option<usize> {
        let view = self.view;
        let end = core_end(view, &self.cast, source.start, source.end);
        let token = end.checked_sub(1).filter(|_| end == source.start + 2 && view.lower(source.start) == "the")?;
        let native = view.is_capital(token) && !view.is_verb(token) && figure::is_native(view.word(token));
        // Whoever was called so before.
        let before = self.stage.before_token(source.start).map(|sighting| sighting.figure);
        let called = |&figure: &usize| self.cast.figures[figure].words.contains(&view.lower(token));
        let mut before = before.filter(|&figure| self.cast.figures[figure].is_person()).filter(called);
        let gender = match view.word(token) {
            word if word.ends_with("woman") => Some(Gender::Female),
            word if word.ends_with("man") && word.len() > 6 => Some(Gender::Male),
            _ => None,
        };
        if native { before.next().or_else(|| self.person_told_of(source, gender)) } else { None }
    }

    /// Returns the person of whom the sentence before tells, in the same paragraph.
    pub(super) fn told_of_right_before(&self, source: &Range<usize>, gender: Option<Gender>) -> Option<usize> {
        let sentence = self.view.around(source.start);
        let last = sentence.start.checked_sub(1).filter(|&t| self.view.block(t) == self.view.block(source.start))?;
        let figure = self.subject(&self.view.around(last))?;
        let told = &self.cast.figures[figure];
        let fits =
            told.category == Category::Person && (gender.is_none() || told.gender.is_none() || told.gender == gender);
        fits.then_some(figure)
    }

    /// Returns the body that is called so: "SpaceX built it. The private space company said …".
    pub(super) fn called_body(&self, nominal: &Nominal, owner: Option<usize>, source: &Range<usize>) -> Option<usize> {
        let kind = people::generic_body(&nominal.head).filter(|kind| matches!(*kind, "any" | "trade"))?;
        if !is_told(nominal) || !may_call(nominal) {
            return None;
        }
        let group = matches!(&*nominal.head, "group" | "organization" | "organisation");
        let fits = |number: usize| {
            let figure = &self.cast.figures[number];
            let head = naming::head(&figure.name).unwrap_or_default().to_lowercase();
            let trades = match people::generic_body(&head) {
                Some("party") => group,
                Some(own) => matches!(own, "business" | "any") || own == "trade" && kind == "any",
                None => people::collective(&head).is_none(),
            };
            let told_of =
                figure.named > 0 && !bodies::is_only_told(self.view, &self.cast, number) && Some(number) != owner;
            trades && told_of && figure.category == Category::Organization
        };
        let near = |number: usize| {
            let last = self.stage.before_token(source.start).find(|sighting| sighting.figure == number);
            last.is_some_and(|last| self.view.block(last.token) + 1 >= self.view.block(source.start))
        };
        let choices = self.choices(source, None, Thing::Only);
        let bodies = choices.iter().filter_map(|choice| Some((choice.figure?, choice.share)));
        let bodies: Vec<(usize, f64)> = bodies.filter(|body| fits(body.0)).collect();
        let all: f64 = bodies.iter().map(|body| body.1).sum();
        let &(best, share) = bodies.first()?;
        (share >= LIKELY * all && near(best)).then_some(best)
    }

    /// Returns the person of whom the story is telling where a description stands.
    fn person_told_of(&self, source: &Range<usize>, gender: Option<Gender>) -> Option<usize> {
        self.likely_person(source, gender).or_else(|| self.told_of_right_before(source, gender))
    }

    fn likely_person(&self, source: &Range<usize>, gender: Option<Gender>) -> Option<usize> {
        let choices = self.choices(source, gender, Thing::Maybe);
        let best = choices.first().filter(|choice| choice.share >= LIKELY)?.figure?;
        (self.cast.figures[best].category == Category::Person).then_some(best)
    }

    /// Returns the figures that a source may mean, likeliest first, as if it were a pronoun.
    fn choices(&self, source: &Range<usize>, gender: Option<Gender>, thing: Thing) -> Vec<Choice> {
        let pronoun = Pronoun { number: Number::One, gender, person: Person::Third, thing };
        let pointed = self.point(source, true);
        let asked = Asked { token: source.start, pronoun: &pronoun, content: None, pointed };
        antecedent::rank(self.view, &self.cast, &self.stage, &asked)
    }
}

/// Tells whether a description is definite and has nothing that says which one is meant, or that it is another.
fn may_call(nominal: &Nominal) -> bool {
    let whole = nominal.article == Article::The && nominal.number == Number::One;
    let apart = |word: &String| words::calling(word) == Some("apart") || source::is_ordinal(word);
    whole && !nominal.restricted && nominal.complement.is_empty() && !nominal.words.iter().any(apart)
}

/// Tells whether a description tells more than what somebody of whom no story has told may be.
fn is_told(nominal: &Nominal) -> bool {
    !nominal.words.is_empty() || words::calling(&nominal.head).is_none()
}

/// Tells whether a description names an office, or a calling of which stories tell without naming who.
pub(super) fn is_of_office(nominal: &Nominal) -> bool {
    nominal.role.is_some_and(is_office)
}

/// Tells whether a description says more exactly what somebody was said to be: "the senator" of a lawmaker.
pub(super) fn narrows(nominal: &Nominal, figure: &Figure) -> bool {
    nominal.role.is_some_and(|role| figure.roles.iter().any(|own| role.wider.contains(&own.name)))
}

fn is_office(role: &Role) -> bool {
    has_calling(role, "office") || has_calling(role, "seat")
}

fn has_calling(role: &Role, calling: &str) -> bool {
    let has = |name: &str| words::calling(name) == Some(calling);
    has(role.name) || role.wider.iter().any(|wider| has(wider))
}
