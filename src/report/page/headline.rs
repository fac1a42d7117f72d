//! Headlines and first sentences made of the findings, in neutral words: who, when, where, and the exact words where they
//! are short. Refuses to say in words of its own what somebody meant.

use super::cite::text;
use crate::attribution::{Category, Quotation};
use crate::date::{Date, Precision};
use crate::matching::content_terms;
use crate::relation::{Link, LinkKind};
use crate::report::contradictions::{Dispute, DisputeKind};
use crate::report::language::Language;
use crate::report::statement::{Statement, TurnBy};

/// Longest quotation that stands in a headline, in code points.
const SHORT: usize = 64;

/// Returns what was found in one line.
pub(super) fn headline(dispute: &Dispute, lang: &Language) -> String {
    let (earlier, later) = (&dispute.earlier, &dispute.later);
    let (first, second) = (&*name(earlier, lang), &*name(later, lang));
    let quotes = short_quote(earlier).zip(short_quote(later));
    let matter = matter(dispute);
    // Where both have a word for the matter, the headline names it.
    let headed = |plain, on, places: &[(&str, &str)]| match &matter {
        None => lang.fill(plain, places),
        Some(matter) => lang.fill(on, &[places, &[("matter", matter)]].concat()),
    };
    capitalised(match (dispute.kind, quotes) {
        (DisputeKind::ChangeOfPosition, Some((was, is))) => {
            let (then, now) = times(day(earlier), day(later), lang);
            let places = [("name", first), ("then", &*then), ("was", &was), ("now", &now), ("is", &is)];
            if is_one_day(dispute) {
                lang.fill("headline.once", &places)
            } else {
                lang.fill("headline.change", &places)
            }
        }
        (DisputeKind::ChangeOfPosition, None) if first == second => match dispute.said().len() {
            2 => headed("headline.two", "headline.on.two", &[("name", second)]),
            all => {
                let statements = lang.count(all, "count.statement");
                headed("headline.many", "headline.on.many", &[("name", second), ("statements", &statements)])
            }
        },
        (DisputeKind::Dispute, Some((one, other))) => {
            lang.fill("headline.quoted", &[("first", first), ("one", &one), ("second", second), ("other", &other)])
        }
        (DisputeKind::ChangeOfPosition | DisputeKind::Dispute, _) => {
            headed("headline.accounts", "headline.on.accounts", &[("first", first), ("second", second)])
        }
        (DisputeKind::Denial, _) => {
            headed("headline.denies", "headline.on.denies", &[("first", first), ("second", second)])
        }
    })
}

/// Returns two sentences: who said what when and where, and which words tell of a change or whose words they are.
pub(super) fn standfirst(dispute: &Dispute, lang: &Language) -> String {
    let (one, other) = (name(&dispute.earlier, lang), name(&dispute.later, lang));
    let (earlier, later) = (when(&dispute.earlier, lang), when(&dispute.later, lang));
    let told = if dispute.kind == DisputeKind::ChangeOfPosition && one == other && earlier == later {
        lang.fill("standfirst.once", &[("name", &one), ("when", &earlier)])
    } else if dispute.kind == DisputeKind::ChangeOfPosition && one == other {
        let places = [("name", &*one), ("earlier", &*earlier), ("later", &*later)];
        match apart(dispute) {
            None => lang.fill("standfirst.change", &places),
            Some(days) => {
                let days = lang.count(days, "count.day");
                lang.fill("standfirst.later", &[&places[..], &[("days", &days)]].concat())
            }
        }
    } else if earlier == later {
        lang.fill("standfirst.same", &[("first", &one), ("second", &other), ("when", &earlier)])
    } else {
        let places = [("first", &*one), ("earlier", &*earlier), ("second", &*other), ("later", &*later)];
        lang.fill("standfirst.two", &places)
    };
    format!("{} {}", capitalised(told), second_sentence(dispute, lang))
}

fn second_sentence(dispute: &Dispute, lang: &Language) -> String {
    match (dispute.kind, &dispute.later.passage.turn) {
        (DisputeKind::ChangeOfPosition, Some(turn)) if turn.by == TurnBy::Speaker => {
            lang.fill("turn.speaker", &[("words", &text(&turn.phrase))])
        }
        (DisputeKind::ChangeOfPosition, Some(turn)) => {
            lang.fill("turn.outlet", &[("words", clipped(&turn.words).trim_end_matches('.'))])
        }
        _ => whose(dispute, lang).to_owned(),
    }
}

/// Says where a word of change was looked for, where none was found.
pub(super) fn looked_for_change(dispute: &Dispute, lang: &Language) -> Option<&'static str> {
    let passage = &dispute.later.passage;
    let none = dispute.kind == DisputeKind::ChangeOfPosition && passage.turn.is_none() && !passage.within.is_empty();
    none.then(|| lang.say("turn.none"))
}

/// Says whose words the two are.
fn whose(dispute: &Dispute, lang: &Language) -> &'static str {
    let is_direct = |statement: &Statement| statement.quotation == Quotation::Direct;
    match (is_direct(&dispute.earlier), is_direct(&dispute.later)) {
        (true, true) => lang.say("whose.direct"),
        (true, false) => lang.say("whose.second"),
        (false, true) => lang.say("whose.first"),
        (false, false) => lang.say("whose.both"),
    }
}

/// Returns the speaker as a sentence names them: a name as it is, a body or somebody unnamed with an article.
pub(super) fn name(statement: &Statement, lang: &Language) -> String {
    let name = lang.speaker(statement);
    let has_article = ["a ", "an ", "the ", "some ", "one of "].iter().any(|article| name.starts_with(article));
    let is_common = !has_article && name.chars().next().is_some_and(char::is_lowercase) && statement.speaker.is_some();
    match statement.speaker.as_ref().map(|speaker| speaker.category) {
        Some(Category::Anonymous) if is_common => {
            let vowel = name.starts_with(['a', 'e', 'i', 'o', 'u']);
            if vowel { lang.fill("speaker.an", &[("name", &name)]) } else { lang.fill("speaker.a", &[("name", &name)]) }
        }
        _ if is_common => lang.fill("speaker.the", &[("name", &name)]),
        _ => name,
    }
}

pub(super) fn capitalised(words: String) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

pub(super) fn when(statement: &Statement, lang: &Language) -> String {
    let unknown = || lang.say("date.unknown").to_owned();
    let day = day(statement).map_or_else(unknown, |day| on(day, lang));
    let outlet = statement.article.outlet.as_deref().map(text).filter(|outlet| !outlet.is_empty());
    match outlet {
        None => day,
        Some(outlet) => lang.fill("when.outlet", &[("day", &day), ("outlet", &outlet)]),
    }
}

pub(super) fn on(date: Date, lang: &Language) -> String {
    let day = lang.date(date);
    if date.precision() == Precision::Day {
        lang.fill("date.on", &[("day", &day)])
    } else {
        lang.fill("date.in", &[("day", &day)])
    }
}

fn is_one_day(dispute: &Dispute) -> bool {
    let days = [&dispute.earlier, &dispute.later].map(day);
    days[0] == days[1] && days[0].is_some_and(|date| date.precision() == Precision::Day)
}

fn apart(dispute: &Dispute) -> Option<usize> {
    let exact = |statement| day(statement).filter(|date| date.precision() == Precision::Day);
    let days = exact(&dispute.earlier).zip(exact(&dispute.later)).map(|(a, b)| (b.first() - a.first()).num_days());
    days.and_then(|days| usize::try_from(days).ok()).filter(|days| *days > 0)
}

fn day(statement: &Statement) -> Option<Date> {
    statement.said.date.or(statement.article.published)
}

/// Returns the two times, as short as they can be told apart.
fn times(a: Option<Date>, b: Option<Date>, lang: &Language) -> (String, String) {
    let told = |date: Option<Date>, key| match date {
        None => lang.say("date.unknown.short").to_owned(),
        Some(date) if date.precision() == Precision::Year => on(date, lang),
        Some(date) => lang.dated(key, date),
    };
    let month = |date: Option<Date>| date.map(|date| date.first().format("%Y-%m").to_string());
    let year = |date: Option<Date>| date.map(|date| date.first().format("%Y").to_string());
    let days = [a, b].iter().flatten().all(|date| date.precision() == Precision::Day);
    match (month(a) == month(b), year(a) == year(b)) {
        (true, _) if days => (told(a, "date.on.short"), told(b, "date.on.long")),
        (_, true) => (told(a, "date.in.short"), told(b, "date.in.long")),
        _ => (told(a, "date.in.long"), told(b, "date.in.long")),
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
