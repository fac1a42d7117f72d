//! Headlines and first sentences made of the findings, in neutral words: who, when, where, and the exact words where they
//! are short. Refuses to say in words of its own what somebody meant.

use super::cite::text;
use crate::attribution::{Category, Quotation};
use crate::date::{Date, Precision};
use crate::matching::content_terms;
use crate::relation::{Link, LinkKind};
use crate::report::contradictions::{Dispute, DisputeKind};
use crate::report::statement::{Statement, TurnBy};
use crate::report::wording;

/// Longest quotation that stands in a headline, in code points.
const SHORT: usize = 64;

/// Returns what was found in one line.
pub(super) fn headline(dispute: &Dispute) -> String {
    let (earlier, later) = (&dispute.earlier, &dispute.later);
    let (first, second) = (name(earlier), name(later));
    let quotes = short_quote(earlier).zip(short_quote(later));
    let on = matter(dispute).map_or_else(String::new, |matter| format!(" on {matter}"));
    capitalised(match (dispute.kind, quotes) {
        (DisputeKind::ChangeOfPosition, Some((was, is))) => {
            let (then, now) = times(day(earlier), day(later));
            format!("{first} {then}: {was}; {now}: {is}")
        }
        (DisputeKind::ChangeOfPosition, None) if first == second => match dispute.said().len() {
            2 => format!("{second}{on}: two statements"),
            all => format!("{second}{on}: {all} statements"),
        },
        (DisputeKind::Dispute, Some((one, other))) => format!("{first}: {one}; {second}: {other}"),
        (DisputeKind::ChangeOfPosition | DisputeKind::Dispute, _) => format!("{first} and {second}{on}: two accounts"),
        (DisputeKind::Denial, _) => format!("{second} denies what {first} said{on}"),
    })
}

/// Returns two sentences: who said what when and where, and which words tell of a change or whose words they are.
pub(super) fn standfirst(dispute: &Dispute) -> String {
    let (earlier, later) = (&dispute.earlier, &dispute.later);
    let (one, other) = (name(earlier), name(later));
    let told = if dispute.kind == DisputeKind::ChangeOfPosition && one == other {
        format!("{one} said the first {} and the other {}{}.", when(earlier), when(later), apart(dispute))
    } else if when(earlier) == when(later) {
        format!("{one} and {other} are both cited {}.", when(earlier))
    } else {
        format!("{one} said the one {}, {other} the other {}.", when(earlier), when(later))
    };
    format!("{} {}", capitalised(told), second_sentence(dispute))
}

fn second_sentence(dispute: &Dispute) -> String {
    match (dispute.kind, &dispute.later.passage.turn) {
        (DisputeKind::ChangeOfPosition, Some(turn)) if turn.by == TurnBy::Speaker => {
            format!("The later statement tells of a change itself: “{}”.", text(&turn.phrase))
        }
        (DisputeKind::ChangeOfPosition, Some(turn)) => {
            format!("The later article calls it a change: “{}”.", clipped(&turn.words).trim_end_matches('.'))
        }
        _ => whose(dispute).to_owned(),
    }
}

/// Says where a word of change was looked for, where none was found.
pub(super) fn looked_for_change(dispute: &Dispute) -> Option<&'static str> {
    let passage = &dispute.later.passage;
    let none = dispute.kind == DisputeKind::ChangeOfPosition && passage.turn.is_none() && !passage.within.is_empty();
    none.then_some("No word of a change was found in the later statement, the sentences around it or the headline.")
}

/// Says whose words the two are.
fn whose(dispute: &Dispute) -> &'static str {
    let is_direct = |statement: &Statement| statement.quotation == Quotation::Direct;
    match (is_direct(&dispute.earlier), is_direct(&dispute.later)) {
        (true, true) => "Both are direct quotations.",
        (true, false) => "The second is a paraphrase by the outlet.",
        (false, true) => "The first is a paraphrase by the outlet.",
        (false, false) => "Both are paraphrases by the outlets.",
    }
}

/// Returns the speaker as a sentence names them: a name as it is, a body or somebody unnamed with an article.
pub(super) fn name(statement: &Statement) -> String {
    let name = wording::speaker(statement);
    let has_article = ["a ", "an ", "the ", "some "].iter().any(|article| name.starts_with(article));
    let is_common = !has_article && name.chars().next().is_some_and(char::is_lowercase) && statement.speaker.is_some();
    match statement.speaker.as_ref().map(|speaker| speaker.category) {
        Some(Category::Anonymous) if is_common => {
            let article = if name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
            format!("{article} {name}")
        }
        _ if is_common => format!("the {name}"),
        _ => name,
    }
}

pub(super) fn capitalised(words: String) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

pub(super) fn when(statement: &Statement) -> String {
    let day = day(statement).map_or_else(|| "on a day that is not known".to_owned(), on);
    let outlet = statement.article.outlet.as_deref().map(text).filter(|outlet| !outlet.is_empty());
    outlet.map_or_else(|| day.clone(), |outlet| format!("{day} ({outlet})"))
}

fn on(date: Date) -> String {
    let before = if date.precision() == Precision::Day { "on" } else { "in" };
    format!("{before} {}", wording::date(date))
}

fn apart(dispute: &Dispute) -> String {
    let exact = |statement| day(statement).filter(|date| date.precision() == Precision::Day);
    let days = exact(&dispute.earlier).zip(exact(&dispute.later)).map(|(a, b)| (b.first() - a.first()).num_days());
    match days.and_then(|days| usize::try_from(days).ok()) {
        None | Some(0) => String::new(),
        Some(days) => format!(", {} later", wording::count(days, "day")),
    }
}

fn day(statement: &Statement) -> Option<Date> {
    statement.said.date.or(statement.article.published)
}

/// Returns the two times, as short as they can be told apart.
fn times(a: Option<Date>, b: Option<Date>) -> (String, String) {
    let told = |date: Option<Date>, pattern: &str| match date {
        None => "on a day not known".to_owned(),
        Some(date) if date.precision() == Precision::Year => format!("in {}", wording::date(date)),
        Some(date) => date.first().format(pattern).to_string(),
    };
    let month = |date: Option<Date>| date.map(|date| date.first().format("%Y-%m").to_string());
    let year = |date: Option<Date>| date.map(|date| date.first().format("%Y").to_string());
    let days = [a, b].iter().flatten().all(|date| date.precision() == Precision::Day);
    match (month(a) == month(b), year(a) == year(b)) {
        (true, _) if days => (told(a, "on %-d %B"), told(b, "on %-d %B %Y")),
        (_, true) => (told(a, "in %B"), told(b, "in %B %Y")),
        _ => (told(a, "in %B %Y"), told(b, "in %B %Y")),
    }
}

/// Returns the first words of a direct quotation in quotation marks, when they are short and end with a clause.
fn short_quote(statement: &Statement) -> Option<String> {
    if statement.quotation != Quotation::Direct || !statement.frame.is_empty() {
        return None;
    }
    let words = text(&statement.words);
    let piece = words.split("[...]").next()?.trim();
    let piece = piece.trim_matches(['"', '“', '”', '„', '«', '»', ' ']);
    let end = piece.find([';', '!', '?']).into_iter().chain(piece.find(". ")).min().unwrap_or(piece.len());
    let piece = piece[..end].trim_end_matches([',', '.', ' ']);
    let says = content_terms(piece).len() > 1;
    let fits = says && piece.chars().count() <= SHORT && piece.split(' ').count() > 2 && !piece.contains(['“', '"']);
    fits.then(|| format!("“{piece}”"))
}

/// Returns a sentence that stands in another, not longer than it can be read.
pub(super) fn clipped(sentence: &str) -> String {
    const LONG: usize = 150;
    let sentence = text(sentence);
    if sentence.chars().count() <= LONG {
        return sentence;
    }
    let mut out = String::new();
    for word in sentence.split(' ') {
        if out.chars().count() + word.chars().count() > LONG {
            break;
        }
        out.push_str(word);
        out.push(' ');
    }
    out.trim_end().to_owned() + " …"
}

/// Returns the longest run of words that both statements share, as the later one writes it: what they are about. A run without
/// a word of content ("which") is about nothing.
fn matter(dispute: &Dispute) -> Option<String> {
    let words = text(&dispute.later.words);
    let lower = words.to_ascii_lowercase();
    let named = |link: &&Link| matches!(link.kind, LinkKind::Exact | LinkKind::Entity | LinkKind::Stem);
    let place = |link: &Link| {
        let own = text(&link.b).to_ascii_lowercase();
        let plain = !own.is_empty() && !own.starts_with(|c: char| c.is_ascii_digit());
        let from = lower.match_indices(&own).map(|(at, _)| at).find(|at| starts_word(&lower, *at))?;
        let turns = dispute.ledger.b.iter().any(|step| step.word.eq_ignore_ascii_case(&own));
        (plain && !turns).then_some(from..from + own.len())
    };
    let mut places: Vec<_> = dispute.alignment.iter().filter(named).filter_map(place).collect();
    places.sort_by_key(|place| place.start);
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    for place in places {
        match runs.last_mut().filter(|run| place.start <= run.end + 1) {
            Some(run) => run.end = run.end.max(place.end),
            None => runs.push(place),
        }
    }
    runs.retain(|run| !content_terms(&words[run.clone()]).is_empty());
    let run = runs.into_iter().rev().max_by_key(|run| (words[..run.start].ends_with("the "), run.len()))?;
    let the = if words[..run.start].to_ascii_lowercase().ends_with("the ") { "the " } else { "" };
    Some(format!("{the}{}", &words[run]))
}

fn starts_word(text: &str, at: usize) -> bool {
    !text[..at].chars().next_back().is_some_and(char::is_alphanumeric)
}
