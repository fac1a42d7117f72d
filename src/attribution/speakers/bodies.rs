//! Which body, group or text a description takes up: "the company", "the watchdog", "the report".
//!
//! Refuses descriptions of people, and indefinite ones.

use super::cast::Cast;
use super::figure::{self, Figure};
use super::naming;
use super::source::{Article, Nominal};
use super::stage::{Stage, excludes};
use super::view::View;
use crate::attribution::Category;
use crate::lexicon::people::{self, Number};

impl Stage {
    /// Returns the newest figure of a body, group or text that a definite description fits.
    pub fn thing(&self, view: &View<'_>, cast: &Cast, nominal: &Nominal, owner: Option<usize>) -> Option<usize> {
        let kind = |figure: &Figure| {
            let last = figure.name.rsplit(' ').next().unwrap_or("").to_lowercase();
            let head = figure.head == nominal.head || last == nominal.head;
            // "The company" is not "many companies".
            let number = figure.named > 0 || figure.many == nominal.is_several(view);
            let linked = figure.named > 0 && nominal.words.is_empty() && heads(&figure.name, &nominal.head);
            let called = figure.named > 0 && figure.head == nominal.head && nominal.words.is_empty();
            called || number && figure.category == nominal.category && (head || linked)
        };
        let taken_up = |figure: &Figure| {
            let body = matches!(figure.category, Category::Organization) && figure.named > 0;
            body && nominal.number == Number::One
                && nominal.article == Article::The
                && nominal.words.len() < 3
                && !is_of_another_kind(view, nominal, figure)
                && takes_up(&nominal.head, figure)
        };
        let apart = |figure: &Figure| {
            figure.name.starts_with("who ")
                || owner.is_some() && figure.owner != owner
                || excludes(&figure.places, &nominal.places)
                || figure.named == 0 && are_others(nominal, figure)
                || figure.named == 0 && figure::are_apart(figure.origins.iter(), &nominal.origins)
        };
        let recent = || self.newest().map(|s| s.figure).filter(|&f| !apart(&cast.figures[f]));
        let force = |figure: &Figure| {
            figure.head == "police"
                && !nominal.words.contains(&figure.head)
                && matches!(&*nominal.head, "department" | "force")
        };
        // "The ministry" is the one called so, before it is a government.
        let by = |fits: &dyn Fn(&Figure) -> bool| recent().find(|&f| fits(&cast.figures[f]));
        let body = || recent().find(|&f| taken_up(&cast.figures[f]) && !is_only_told(view, cast, f));
        by(&kind).or_else(|| by(&force)).or_else(body)
    }
}

/// Tells whether two groups are called by other words: "doctors' groups", "patients' groups".
fn are_others(nominal: &Nominal, figure: &Figure) -> bool {
    let own = figure.words.iter().any(|word| {
        figure.head != *word && figure.head != word.trim_end_matches('s') && people::determiner(word).is_none()
    });
    let shared = nominal.words.iter().any(|word| figure.words.contains(word));
    nominal.number == Number::Many && figure.many && !nominal.words.is_empty() && own && !shared
}

/// Tells whether a body is named only where somebody tells it something: "she told the Post".
pub(super) fn is_only_told(view: &View<'_>, cast: &Cast, figure: usize) -> bool {
    let mut uses = cast.uses.iter().filter(|used| used.figure == figure);
    uses.all(|used| {
        let before = used.name.whole.start.saturating_sub(1);
        let verb = if view.lower(before) == "the" { before.saturating_sub(1) } else { before };
        &*view.document.tokens[verb].lemma == "tell"
    })
}

/// Tells whether a noun before the head says of what kind a body is and the figure is not called so: "the port authority" is no news agency.
fn is_of_another_kind(view: &View<'_>, nominal: &Nominal, figure: &Figure) -> bool {
    let name = figure.name.to_lowercase();
    let modifiers = nominal.core.start..nominal.core.end - 1;
    { modifiers }.any(|t| {
        let word = view.lower(t);
        view.tag(t) == "NN"
            && people::place(view.word(t)).is_none()
            && !figure.words.contains(&word)
            && !name.contains(&word)
    })
}

/// Tells whether "the company", "the party" or "the insurgency" can take up a named body.
fn takes_up(noun: &str, figure: &Figure) -> bool {
    let Some(kind) = people::generic_body(noun) else { return false };
    // "The administration" is a government's, and named as such.
    if noun == "administration" {
        return figure.name.to_lowercase().ends_with(noun);
    }
    if let Some(place) = people::place(&figure.name) {
        return place.kind == kind;
    }
    let head = naming::head(&figure.name).unwrap_or_default().to_lowercase();
    let called = || figure.words.contains(noun);
    match people::generic_body(&head) {
        // "The union" is no bank.
        Some("trade") => kind == "any" || head == noun || called(),
        Some("office") => matches!(kind, "office" | "overseer"),
        Some("business") => matches!(kind, "any" | "business") || kind == "trade" && called(),
        Some(own) => own == kind || own == "any" && (kind != "trade" || called()) || kind == "any" && own != "office",
        None if kind == "trade" => called(),
        None => matches!(kind, "any" | "press") && people::collective(&head).is_none(),
    }
}

/// Tells whether a word is the head of a name: "commission" in "Commission on Ethics", not "state" in "State Fair Board".
fn heads(name: &str, word: &str) -> bool {
    let parts: Vec<String> = name.split(' ').map(str::to_lowercase).collect();
    let small = |part: &String| naming::ends_head(part) || part == "and";
    parts.iter().enumerate().any(|(n, part)| part == word && parts.get(n + 1).is_none_or(small))
}
