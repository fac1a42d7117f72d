//! Sources that are nouns: "the senator", "his campaign", "the head of the fund, which says".
//!
//! Finds the known figure that a description fits, or makes one for it. Refuses pronouns, which `antecedent` ranks.

use super::calling;
use super::figure::{self, Figure};
use super::pointed::Pointed;
use super::resolver::{Resolver, Verdict};
use super::source::is_ordinal;
use super::source::{self, Article, Nominal};
use super::stage::{Answer, Sighting, UNSAID, is_another};
use crate::attribution::{Category, Form};
use crate::lexicon::people::{self, Person, Pronoun};
use std::ops::Range;

/// How many sentences before "a second" its noun may stand.
const NOUN_REACH: usize = 4;
/// How far before "who" its noun may stand, in tokens.
const RELATIVE_REACH: usize = 14;

impl Resolver<'_, '_> {
    /// Returns the noun that "who" or "which" hangs on.
    pub(super) fn relative(&mut self, token: usize, pronoun: Pronoun) -> Verdict {
        let view = self.view;
        let sentence = view.around(token);
        // "Who told him?" hangs on nobody.
        if token == sentence.start {
            return Verdict::default();
        }
        let mut at = token;
        if at > sentence.start + 1 && view.word(at - 1) == "of" {
            // "Most of whom", "only two of which".
            at -= 2;
            at -= usize::from(at > sentence.start && view.tag(at - 1) == "RB");
        }
        while at > sentence.start && (view.is_break(at - 1) || matches!(view.tag(at - 1), "IN" | "DT") && at == token) {
            at -= 1;
        }
        let from = sentence.start.max(at.saturating_sub(RELATIVE_REACH));
        let uses = self.cast.uses_in(&(sentence.start..at));
        // A name, or its apposition, that ends right before "who".
        let person = pronoun.thing != people::Thing::Only;
        let named =
            uses.iter().rev().filter(|u| !person || self.cast.figures[u.figure].category != Category::Government);
        let ends_here = |u: &&super::cast::Use| {
            let described = u.name.descriptions.iter().any(|d| d.contains(&(at.wrapping_sub(1))));
            u.name.tokens.end == at || u.name.reach == at || u.name.reach == token || described
        };
        let named: Vec<_> = named.filter(ends_here).collect();
        // "Ann Baker, the head of the River Group, who": "who" is the person.
        let apposed = |u: &&super::cast::Use| {
            let end = u.name.reach.max(u.name.tokens.end);
            let parted = (end..at).any(|t| view.is_verb(t) || view.tag(t) == "CC");
            let set_off = view.is_comma(end) || view.is_comma(end - 1);
            self.cast.figures[u.figure].category == Category::Person && set_off && !parted
        };
        let who = uses.iter().rev().find(apposed).filter(|_| view.lower(token) == "who");
        let named = who.or(named.first().copied());
        // "The head of the River Group in Norway, which says": the body, not the place it is in.
        let placed = named.filter(|u| {
            let before = u.name.whole.start.checked_sub(1).map_or("", |t| view.word(t));
            self.cast.figures[u.figure].category == Category::Government
                && matches!(before, "in" | "of" | "from" | "near")
        });
        let body = placed.and_then(|place| {
            let near = uses.iter().rev().filter(|u| u.name.tokens.end < place.name.whole.start);
            let mut near = near.take_while(|u| u.name.tokens.end + 2 >= place.name.whole.start);
            near.find(|u| self.cast.figures[u.figure].category == Category::Organization)
        });
        let named = body.or(named);
        let figure = match named {
            Some(used) => Some(used.figure),
            None if at > from && self.is_common_noun(at - 1) => {
                // "Fighters around the world who": a noun for people further back, where the near one is none.
                let human = |&t: &usize| is_human(&view.lower(t));
                let near = human(&(at - 1)) || view.lower(token) != "who";
                let at = if near { at } else { (from..at).rev().find(human).map_or(at, |t| t + 1) };
                let mut start = at - 1;
                while start > from
                    && (matches!(
                        view.tag(start - 1),
                        "NN" | "NNS" | "NNP" | "NNPS" | "JJ" | "CD" | "DT" | "PRP$" | "POS"
                    ) || start > from + 1
                        && view.word(start - 1) == "and"
                        && matches!(view.tag(start - 2), "NNS" | "NNPS"))
                {
                    start -= 1;
                    if matches!(view.tag(start), "DT" | "PRP$") {
                        break;
                    }
                }
                let range = start..at;
                let nominal = source::nominal(view, &self.cast, range);
                return self.nominal(&nominal, &(start..at));
            }
            None => {
                let cast = &self.cast;
                let human = |n: usize| pronoun.thing == people::Thing::Only || cast.figures[n].is_person();
                self.stage.before(token, RELATIVE_REACH, human)
            }
        };
        if let Some(figure) = figure {
            self.mention(figure, &(token..token + 1), Form::Pronoun);
        }
        Verdict { figure, candidates: Vec::new() }
    }

    /// Tells whether a noun, or a place that says where the people before it are, stands at a token.
    fn is_common_noun(&self, token: usize) -> bool {
        let named = self.cast.use_at(token);
        let place = |u: &super::cast::Use| {
            let before = u.name.whole.start.checked_sub(1).map_or("", |t| self.view.tag(t));
            self.cast.figures[u.figure].category != Category::Person && matches!(before, "IN" | "DT")
        };
        named.map_or_else(|| self.view.is_noun(token), place)
    }

    /// Returns the figure that owns a noun: "his" in "his campaign", "Clinton" in "the Clinton campaign".
    pub(super) fn owner(&mut self, nominal: &Nominal) -> Option<usize> {
        let token = nominal.owner?;
        if let Some(used) = self.cast.use_at(token) {
            return Some(used.figure);
        }
        let pronoun = people::pronoun(&self.view.lower(token))?;
        if let Some(&figure) = self.decided.get(&token) {
            return Some(figure);
        }
        (pronoun.person == Person::Third).then(|| self.antecedent(token, &pronoun, None).0.figure).flatten()
    }

    /// Returns the known figure a description fits; `owner` is that of [`Resolver::owner`].
    pub(super) fn known(&mut self, nominal: &Nominal, owner: Option<usize>) -> Answer {
        match nominal.category {
            Category::Anonymous if nominal.article == Article::Indefinite => {
                Answer { figure: None, candidates: vec![] }
            }
            Category::Anonymous => self.stage.person(self.view, &self.cast, nominal, owner),
            _ => {
                let key = self.key(nominal, owner);
                let same = self.cast.keyed(&key);
                // "Police" is the police told of last.
                let bare = nominal.article == Article::Bare && nominal.head == "police" && nominal.words.is_empty();
                let points_back = bare || nominal.article == Article::The || nominal.article == Article::Owned;
                let same = same.filter(|_| !bare);
                let figure = same
                    .or_else(|| points_back.then(|| self.stage.thing(self.view, &self.cast, nominal, owner)).flatten());
                Answer { figure, candidates: Vec::new() }
            }
        }
    }

    pub(super) fn nominal(&mut self, nominal: &Nominal, tokens: &Range<usize>) -> Verdict {
        let owner = self.owner(nominal);
        let answer = self.known(nominal, owner);
        // "The former minister" is not the minister, and "Holm's lawyer" is not Holm, whatever points at them.
        // And where somebody is known to be what the description says, it is nobody else.
        let fits = |figure: &Figure| figure.has_role(&nominal.head) || figure.words.contains(&nominal.head);
        let known = self.cast.figures.iter().any(|figure| figure.is_person() && fits(figure));
        let start = nominal.core.start;
        let indefinite = nominal.article == Article::Indefinite;
        let after = |figure: &Figure| figure.is_person() && figure.named > 0 && figure.first > start;
        let later = self.cast.figures.iter().enumerate().filter(|(_, figure)| indefinite && after(figure));
        let next = later.min_by_key(|(_, figure)| figure.first).map(|found| found.0);
        let meant = |mut pointed: Pointed| {
            pointed.figures.retain(|&(number, _)| {
                let figure = &self.cast.figures[number];
                // "A transit chief" is nobody known, but may be named later.
                // "A shopkeeper says" in a lead is no officer, but may be whom the story names next.
                let of_another = !fits(figure) && !figure.roles.is_empty() && Some(number) != next;
                let told = indefinite && (figure.first <= start || of_another);
                // "The witness" is no prosecutor, and "the mayor" not who writes of her.
                let office = calling::is_of_office(nominal) && of_another && !calling::narrows(nominal, figure);
                let told = told || office || self.only_signs(number);
                let another = Some(number) == owner || is_another(nominal, figure) || told;
                // "The woman" is nobody of whom the article has not said it.
                let gender =
                    nominal.role.and_then(|role| role.gender).is_none_or(|gender| Some(gender) == figure.gender);
                !another && (fits(figure) || !known && gender && nominal.article != Article::Owned)
            });
            pointed
        };
        // "His lawyer", where "his" is open: what the pointer means may be the owner.
        let open = nominal.owner.is_some() && owner.is_none();
        let answer = match self.point(tokens, false).map(meant) {
            Some(pointed) if nominal.category == Category::Anonymous && !open => pointed.nominal(&self.cast, answer),
            _ => answer,
        };
        let answer = self.not_another_subject(nominal, tokens, answer);
        let called = if known { None } else { self.called(nominal, owner, tokens) };
        let named = answer.figure.is_some_and(|figure| self.cast.figures[figure].named > 0);
        let called = if named { called } else { called.or_else(|| self.called_body(nominal, owner, tokens)) };
        let answer = Answer { figure: called.or(answer.figure), ..answer };
        // Two known people fit equally, or "the senator" is somebody whom readers know and the article does not tie: it says
        // so rather than inventing a third.
        // "The French president", whom the article names nowhere, is called so.
        let of_country = nominal.places.iter().any(|place| place.kind == "country" && place.name != UNSAID);
        let open = answer.candidates.len() > 1 || holds_office(nominal) && !of_country;
        if answer.figure.is_none() && open && nominal.article == Article::The {
            return Verdict { figure: None, candidates: answer.candidates };
        }
        let figure = answer.figure.unwrap_or_else(|| self.unnamed(nominal, owner));
        if nominal.article == Article::The && self.cast.figures[figure].is_person() {
            self.cast.figures[figure].learn(self.view, &nominal.core);
        }
        self.mention(figure, &nominal.core.clone(), Form::Nominal);
        Verdict { figure: Some(figure), candidates: Vec::new() }
    }

    /// Leaves an office open that would be somebody's of whom it was never said, while the sentence before tells of somebody else.
    fn not_another_subject(&self, nominal: &Nominal, tokens: &Range<usize>, answer: Answer) -> Answer {
        let found = answer.figure.filter(|&figure| {
            nominal.article == Article::The
                && calling::is_of_office(nominal)
                && self.cast.figures[figure].named > 0
                && !self.cast.figures[figure].has_role(&nominal.head)
        });
        let gender = nominal.role.and_then(|role| role.gender);
        let told = found.and_then(|figure| self.told_of_right_before(tokens, gender).filter(|&other| other != figure));
        match told {
            Some(other) => Answer { figure: None, candidates: vec![other, found.unwrap_or(other)] },
            None => answer,
        }
    }

    /// Returns the noun that "a second" or "one" leaves out: that of the people told of last.
    fn without_noun(&self, nominal: &Nominal) -> Option<String> {
        let alone =
            nominal.category == Category::Anonymous && nominal.core.len() < 3 && nominal.end == nominal.core.end;
        let ordinal = alone && (is_ordinal(&nominal.head) || matches!(&*nominal.head, "one" | "another"));
        let token = nominal.core.start;
        let near = |sighting: &&Sighting| self.view.sentence(sighting.token) + NOUN_REACH >= self.view.sentence(token);
        let mut told =
            self.stage.before_token(token).take_while(near).map(|sighting| &self.cast.figures[sighting.figure]);
        let people = told
            .find(|figure| {
                figure.named == 0 && is_human(&figure.head) && !is_ordinal(&figure.head) && figure.head != "other"
            })
            .filter(|_| ordinal)?;
        Some(people.head.clone())
    }

    pub(super) fn key(&self, nominal: &Nominal, owner: Option<usize>) -> String {
        let words = nominal.words.join(" ");
        let owner = owner.map_or_else(String::new, |o| format!("{o}:"));
        // A tagger may take "police" for one or for many; "a senator" and "senators" are apart by category.
        format!("{:?}:{owner}{words}:{}", nominal.category, nominal.head)
    }

    /// Makes a figure for a description that fits nobody known.
    pub(super) fn unnamed(&mut self, nominal: &Nominal, owner: Option<usize>) -> usize {
        let key = self.key(nominal, owner);
        let view = self.view;
        let body = !matches!(nominal.category, Category::Anonymous);
        let mut tokens = nominal.core.clone();
        // "Both sides" and "some voters" keep their number, "the" and "his" tell nothing of who it is.
        let bare = matches!(&*view.lower(tokens.start), "the" | "a" | "an" | "this" | "that" | "these" | "those");
        if tokens.len() > 1 && (bare || matches!(view.tag(tokens.start), "PRP$" | "WP$")) {
            tokens.start += 1;
        }
        // "One official" is an official, "a new study" a study; "one of them" stays one of them.
        let idle = |t: usize| match &*view.lower(t) {
            "own" => true,
            "one" => nominal.number == people::Number::One && view.word(t + 1) != "of",
            "new" | "recent" | "latest" => nominal.category == Category::Document,
            _ => false,
        };
        while tokens.len() > 1 && idle(tokens.start) {
            tokens.start += 1;
        }
        let words = view.text(&(tokens.start..nominal.end.max(tokens.end)));
        let whole = self.without_noun(nominal).map(|noun| format!("{} {noun}", nominal.head));
        let words = whole.as_deref().unwrap_or(words);
        let full = |owner: &Figure| match owner.category {
            Category::Person | Category::Anonymous => owner.parts.last().cloned().unwrap_or_default(),
            _ => owner.name.clone(),
        };
        // "The Holm campaign" and "Holm's campaign" are called alike.
        let mark = if matches!(&*nominal.head, "campaign" | "administration" | "camp" | "family") { "" } else { "'s" };
        let name = match owner {
            Some(owner) if view.tag(nominal.core.start) == "PRP$" => {
                let whose = full(&self.cast.figures[owner]);
                // "The brothers' lawyer".
                let many = self.cast.figures[owner].many && whose.ends_with('s');
                format!("{whose}{} {words}", if many { mark.trim_end_matches('s') } else { mark })
            }
            Some(owner) if self.cast.use_at(nominal.owner.unwrap_or(0)).is_some() && body => {
                let after = nominal.owner.map_or(tokens.start, |t| t + 1);
                let possessed = view.is_possessive(after);
                let from = after + usize::from(possessed);
                let from = from + usize::from(view.word(from) == "own");
                let rest = view.text(&(from.min(tokens.end - 1)..nominal.end.max(tokens.end)));
                format!("{}{} {rest}", full(&self.cast.figures[owner]), if possessed { mark } else { "" })
            }
            _ => words.strip_prefix("One of ").map_or_else(|| words.to_owned(), |rest| format!("one of {rest}")),
        };
        let mut figure = Figure::new(name, nominal.category, nominal.core.start);
        figure.parts = vec![view.text(&tokens).to_owned()];
        figure.head.clone_from(&nominal.head);
        figure.many = nominal.is_several(view);
        figure.owner = owner;
        figure.learn(view, &nominal.core);
        figure.places = figure::places(view, &nominal.core);
        if let Some(role) = nominal.role
            && !figure.roles.iter().any(|r| r.name == role.name)
        {
            figure.roles.push(role);
        }
        figure.gender = nominal.role.and_then(|r| r.gender);
        if body {
            self.cast.add_unnamed(key, figure)
        } else {
            self.cast.add_unnamed(format!("{key}@{}", nominal.core.start), figure)
        }
    }
}

/// Tells whether a lower-case noun, singular or plural, is one for people.
fn is_human(noun: &str) -> bool {
    people::role(noun).is_some()
        || people::collective(noun) == Some(people::Collective::Group)
        || people::is_person_noun(noun)
        || noun.strip_suffix('s').is_some_and(people::is_person_noun)
}

/// Tells whether a description of one person is that of a politician, who always has a name: "the senator", "the Republican".
fn holds_office(nominal: &Nominal) -> bool {
    let political = |role: &people::Role| role.name == "politician" || role.wider.contains(&"politician");
    nominal.category == Category::Anonymous && nominal.role.is_some_and(political)
}
