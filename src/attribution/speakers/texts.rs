//! What pronouns mean where nouns tell: "it" the letter or the body of the sentence before, "she" in a quotation the nurse of whom the
//! speaker has told.
//!
//! Refuses nouns that are further away than the sentence before, and those behind a preposition.

use super::resolver::Resolver;
use super::source;
use super::stage::{Grammar, Sighting};
use crate::attribution::Category;
use crate::lexicon::people::{self, Collective, Number, Pronoun, Thing};
use crate::text::parser::Role;
use std::ops::Range;

/// Sentences before "it read" in which the text may stand.
const READ_REACH: usize = 3;
/// Tokens that are looked through at most, so that the work for one pronoun does not grow with its paragraph.
const FAR: usize = 200;

impl Resolver<'_, '_> {
    /// Returns the text that "it" takes up: "The board sent a letter. It accuses the firm"; “Nobody came,” it read.
    pub(super) fn text_before(&mut self, token: usize, pronoun: &Pronoun) -> Option<usize> {
        if pronoun.number != Number::One || pronoun.thing != Thing::Only {
            return None;
        }
        let view = self.view;
        let here = view.around(token);
        let verb = (token + 1..here.end.min(token + 4)).find(|&t| view.is_verb(t) && view.tag(t) != "MD")?;
        let reads = &*view.document.tokens[verb].lemma == "read";
        // "In a statement it said": who made the statement.
        let own = (here.start.max(token.saturating_sub(FAR))..token).any(|t| self.is_text(t));
        if own && !reads {
            return None;
        }
        let mut before = here.start;
        for back in 0..READ_REACH {
            let sentence = before.checked_sub(1).map(|t| view.around(t))?;
            if !reads && (back > 0 || view.block(sentence.start) != view.block(token)) {
                return None;
            }
            let now = view.tag(verb) == "VBZ" || reads;
            let taken = |&t: &usize| self.is_text(t) && self.stands_out(t, now);
            if let Some(noun) = sentence.clone().rev().take(FAR).find(taken) {
                let range = self.phrase(noun, &sentence);
                let nominal = source::nominal(view, &self.cast, range.clone());
                return (nominal.category == Category::Document).then(|| self.nominal(&nominal, &range).figure)?;
            }
            before = sentence.start;
        }
        None
    }

    /// Returns the body that "it" takes up where nothing else is likely: the subject of the sentence before, or of this one.
    pub(super) fn body_before(&self, token: usize, pronoun: &Pronoun) -> Option<usize> {
        let view = self.view;
        let it = pronoun.number == Number::One && pronoun.thing == Thing::Only && !view.is_quoted(token);
        let near = |sighting: &&Sighting| {
            view.block(sighting.token) == view.block(token) && view.sentence(sighting.token) + 1 >= view.sentence(token)
        };
        let body = |sighting: &&Sighting| {
            let category = self.cast.figures[sighting.figure].category;
            sighting.grammar == Grammar::Subject
                && !sighting.quoted
                && matches!(category, Category::Organization | Category::Government)
        };
        let mut bodies = self.stage.before_token(token).take_while(near).filter(body);
        bodies.next().filter(|_| it).map(|sighting| sighting.figure)
    }

    /// Tells whether one text is named at a token: a letter, a study.
    fn is_text(&self, token: usize) -> bool {
        let view = self.view;
        let noun = view.tag(token) == "NN" && !view.is_noun(token + 1) && !view.is_quoted(token);
        noun && people::collective(&view.lower(token)) == Some(Collective::Document)
    }

    /// Tells whether a noun is the subject of its sentence or, where `now`, the object.
    fn stands_out(&self, token: usize, now: bool) -> bool {
        let parsed = &self.view.document.tokens[token];
        let main = |head: u32| self.view.document.tokens[head as usize].role == Role::Root;
        match parsed.role {
            Role::Subject => parsed.head.is_some_and(main),
            Role::Object => now,
            _ => false,
        }
    }

    /// Returns the noun phrase that ends in a noun: from its determiner on.
    fn phrase(&self, noun: usize, sentence: &Range<usize>) -> Range<usize> {
        let view = self.view;
        let mut start = noun;
        while start > sentence.start {
            let tag = view.tag(start - 1);
            if !matches!(
                tag,
                "NN" | "NNS" | "NNP" | "NNPS" | "JJ" | "JJR" | "JJS" | "CD" | "POS" | "DT" | "PRP$" | "VBN"
            ) {
                break;
            }
            start -= 1;
            if matches!(tag, "DT" | "PRP$") {
                break;
            }
        }
        start..noun + 1
    }

    /// Returns whom a pronoun inside a quotation takes up, where the speaker has told of somebody by a noun: “I asked the nurse. She told
    /// me …”.
    pub(super) fn told_of(&mut self, token: usize, pronoun: &Pronoun) -> Option<usize> {
        let view = self.view;
        let third = !matches!((pronoun.number, pronoun.thing), (Number::One, Thing::Only));
        if !view.is_quoted(token) || !third {
            return None;
        }
        let mut at = token;
        while at > token.saturating_sub(FAR) && view.block(at - 1) == view.block(token) {
            at -= 1;
            if !view.is_quoted(at) {
                continue;
            }
            // Somebody named is nearer.
            if self.cast.use_at(at).is_some_and(|used| self.cast.figures[used.figure].is_person()) {
                return None;
            }
            if self.is_one_of(at, pronoun) {
                let range = self.phrase(at, &view.around(at));
                let nominal = source::nominal(view, &self.cast, range.clone());
                return self.nominal(&nominal, &range).figure;
            }
        }
        None
    }

    /// Tells whether a noun means people whom a pronoun may take up.
    fn is_one_of(&self, token: usize, pronoun: &Pronoun) -> bool {
        let view = self.view;
        let noun = view.lower(token);
        let role = people::role(&noun);
        let gender = role.and_then(|role| role.gender);
        let agree = gender.is_none() || pronoun.gender.is_none() || gender == pronoun.gender;
        let closed = view.is_noun(token) && !view.is_noun(token + 1) && !view.is_possessive(token + 1);
        let fits = match pronoun.number {
            Number::Many => view.tag(token) == "NNS" && role.is_some_and(|role| role.number == Number::Many),
            _ => view.tag(token) == "NN" && people::is_person_noun(&noun),
        };
        closed && agree && fits
    }
}
