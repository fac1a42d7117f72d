//! Which sources a joint source is made of: "Ann Baker, a senator, and two aides" are two, "polls in Ohio and Iowa" are one.
//!
//! Refuses to say who they are.

use super::cast::Cast;
use super::source::core_end;
use super::view::View;
use crate::attribution::Category;
use crate::lexicon::people::{self, Number};
use std::ops::Range;

/// Splits a source at its top-level "and" and commas: "Ann Baker, a senator, and two aides" gives two ranges.
pub(super) fn conjuncts(view: &View<'_>, cast: &Cast, source: &Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = source.start;
    let mut at = source.start;
    while at < source.end {
        let tag = view.tag(at);
        if matches!(tag, "WP" | "WDT" | "WP$" | "VBD" | "VBZ" | "VBP" | "MD") && at > from {
            break;
        }
        let joins = tag == "CC" && matches!(view.word(at), "and" | "or");
        let in_name = cast.use_at(at).is_some();
        if joins && !in_name && at > from && at + 1 < source.end && splits(view, cast, from..at, at + 1..source.end) {
            out.extend(listed(view, cast, from..at));
            from = at + 1;
        }
        at += 1;
    }
    out.push(from..source.end);
    out
}

/// Tells whether "and" joins two speakers rather than two nouns of one phrase or of an apposition.
fn splits(view: &View<'_>, cast: &Cast, left: Range<usize>, right: Range<usize>) -> bool {
    // Inside the description of a name: "Ann Baker, a veteran and former officer".
    let named = cast.uses_in(&left);
    let open = named.iter().any(|u| u.name.descriptions.iter().any(|d| d.start < left.end && d.end > left.end));
    let preposition = left.clone().any(|t| matches!(view.tag(t), "IN" | "TO"));
    let last_comma = left.clone().rev().find(|&t| view.is_comma(t));
    let led_by_name =
        named.first().is_some_and(|u| u.name.whole.start == left.start || u.name.tokens.start == left.start);
    let afresh = starts_afresh(view, cast, right.start) && (led_by_name || view.tag(right.start) != "DT");
    // "Countries like China, Iran and Russia" are countries.
    let examples = left.clone().any(|t| {
        matches!(&*view.lower(t), "like" | "including") || view.lower(t) == "such" && view.lower(t + 1) == "as"
    });
    if examples
        || open
        || preposition && !afresh
        || is_half_title(view, cast, &left)
        || still_describes(view, cast, &left, &right)
    {
        return false;
    }
    if are_titles_of_one(view, cast, &left, &right) || goes_on(view, cast, &left, &right) {
        return false;
    }
    if last_comma.is_some_and(|c| c + 1 < left.end && !starts_name(cast, c + 1)) {
        return false;
    }
    starts_afresh(view, cast, right.start) && !left_is_modifier(view, cast, &left, &right)
}

/// "Ann Baker, a chemist at the Port Museum and Orlund University", "Ann Baker — head of sales and director of the shop": what follows "and"
/// goes on with what the person is.
fn still_describes(view: &View<'_>, cast: &Cast, left: &Range<usize>, right: &Range<usize>) -> bool {
    let person = |figure: usize| cast.figures[figure].category == Category::Person;
    let Some(first) = cast.uses_in(left).first().filter(|u| person(u.figure)) else { return false };
    let led = first.name.whole.start <= left.start + 1;
    let set_off = (first.name.tokens.end..left.end.min(first.name.tokens.end + 4)).find(|&t| view.is_break(t));
    let Some(mark) = set_off.filter(|_| led) else { return false };
    let closed = (mark + 1..left.end).any(|t| view.word(t) == view.word(mark)) || view.is_comma(left.end - 1);
    let placed =
        (mark + 1..left.end).any(|t| matches!(view.word(t), "at" | "of" | "for" | "with" | "from" | "in" | "on"));
    let other = cast.uses_in(right).iter().any(|u| person(u.figure));
    let determined = matches!(view.tag(right.start), "DT" | "PRP$" | "PRP" | "CD");
    placed && !closed && !other && !determined && view.is_noun(right.start)
}

/// "Former prosecutor" in "Former prosecutor and New York Mayor Ann Baker" is a title, not a speaker.
fn is_half_title(view: &View<'_>, cast: &Cast, left: &Range<usize>) -> bool {
    let last = left.end - 1;
    let determined = matches!(view.tag(left.start), "DT" | "PRP$") || cast.use_at(last).is_some();
    let one = people::role(&view.lower(last)).is_some_and(|r| r.number == Number::One);
    !determined && (one || people::title(view.word(last)).is_some())
}

/// "The former mayor and U.S. senator" is one person: what follows "and" is a title without an article and without a name.
fn are_titles_of_one(view: &View<'_>, cast: &Cast, left: &Range<usize>, right: &Range<usize>) -> bool {
    let title = |range: &Range<usize>| {
        let last = range.end - 1;
        let one = people::role(&view.lower(last)).is_some_and(|r| r.number == Number::One);
        one && cast.use_at(last).is_none() && !range.clone().any(|t| view.is_comma(t) || view.tag(t) == "IN")
    };
    let article = |token: usize| matches!(view.tag(token), "DT" | "PRP$");
    title(left) && title(right) && article(left.start) && !article(right.start)
}

/// "Polls in Ohio and Kentucky", "supporters of Baker, Cole and Dunn": the names after "and" go on with those before it.
fn goes_on(view: &View<'_>, cast: &Cast, left: &Range<usize>, right: &Range<usize>) -> bool {
    let closes = |token: usize| cast.use_at(token).filter(|u| u.name.tokens.end == token + 1);
    let last = left.clone().rev().find(|&t| !view.is_comma(t));
    let Some(before) = last.and_then(closes).filter(|u| u.name.whole.start > left.start) else { return false };
    let bare = cast.use_at(right.start).filter(|u| u.name.tokens == *right);
    let noun = |t: usize| matches!(view.tag(t), "NN" | "NNS") && cast.use_at(t).is_none();
    let alike = |figure: usize| cast.figures[figure].category;
    let mut head = left.start..before.name.whole.start;
    bare.is_some_and(|after| alike(after.figure) == alike(before.figure))
        && head.any(noun)
        && (left.start..before.name.whole.start).any(|t| matches!(view.tag(t), "IN" | ":"))
        && cast.uses_in(left).first().is_some_and(|first| first.name.whole.start > left.start)
}

/// Tells whether a name, its title included, begins at a token.
fn starts_name(cast: &Cast, token: usize) -> bool {
    let next = cast.uses.partition_point(|u| u.name.whole.end <= token);
    cast.uses.get(next).is_some_and(|u| u.name.whole.start == token || u.name.tokens.start == token)
}

/// Tells whether a new noun phrase of its own begins at a token: a determiner, a pronoun or a name.
fn starts_afresh(view: &View<'_>, cast: &Cast, token: usize) -> bool {
    let determiner = matches!(view.tag(token), "DT" | "PRP" | "PRP$");
    let named = cast.uses.partition_point(|u| u.name.whole.end <= token);
    let named = cast.uses.get(named).is_some_and(|u| u.name.whole.contains(&token));
    determiner || named || view.tag(token) == "JJ" && people::pronoun(&view.lower(token)).is_some()
}

/// "Clinton and Sanders supporters" is one group: the name on the right only modifies a noun.
fn left_is_modifier(view: &View<'_>, cast: &Cast, left: &Range<usize>, right: &Range<usize>) -> bool {
    let bare_name = cast.use_at(left.start).is_some_and(|u| u.name.tokens.end == left.end);
    let end = core_end(view, cast, right.start, right.end);
    let head = end.saturating_sub(1);
    bare_name && cast.use_at(right.start).is_some() && cast.use_at(head).is_none() && view.tag(head) == "NNS"
}

/// Splits "A, B" of a list "A, B and C" when every piece opens with a name.
fn listed(view: &View<'_>, cast: &Cast, range: Range<usize>) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut from = range.start;
    for at in range.clone() {
        if view.is_comma(at) {
            pieces.push(from..at);
            from = at + 1;
        }
    }
    if from < range.end {
        pieces.push(from..range.end);
    }
    let is_name = |piece: &Range<usize>| {
        let used = cast.uses_in(piece).iter().find(|u| u.name.whole.start == piece.start);
        let used = used.or_else(|| cast.use_at(piece.start));
        used.is_some_and(|u| u.name.tokens.end == piece.end || u.name.reach == piece.end)
    };
    // "Two rivals, Ann Baker and Carl Holt": the noun only says what the people named are.
    let many =
        |piece: &Range<usize>| piece.clone().last().is_some_and(|t| view.tag(t) == "NNS" && cast.use_at(t).is_none());
    if pieces.len() > 1 && pieces[1..].iter().all(is_name) && many(&pieces[0]) {
        pieces.remove(0);
    }
    let plain = |piece: &Range<usize>| {
        let words =
            piece.clone().all(|t| matches!(view.tag(t), "DT" | "PRP$" | "CD" | "JJ" | "NN" | "NNP" | "NNS" | "NNPS"));
        words && many(piece)
    };
    let listed = !pieces.is_empty() && pieces.iter().all(|piece| is_name(piece) || pieces.len() > 1 && plain(piece));
    if listed { pieces } else { vec![range] }
}
