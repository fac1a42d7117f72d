//! A claim taken apart into the statements that it makes: its sentences, the pieces of a quotation, and clauses that "and", "but" or a
//! semicolon joins, each with a subject of its own.
//!
//! Who says "the tunnel will be built, and it will be dear" says that it will be built: statements of two claims are held against each
//! other where the claims as wholes settle nothing, and count only where they oppose one another plainly or are the same. Refuses to cut where one clause may hold only
//! under another, or was true at another time.

use super::align::Alignment;
use super::judge::Opposition;
use super::opposition::Finding;
use super::parsed::Parsed;
use super::reading::piece_ends;
use super::{Relation, RelationKind, best, explain, placed, vetoes};
use crate::lexicon::clauses::{Clause, clause};
use std::ops::Range;

/// Statements read of one claim.
const MOST: usize = 6;
/// Words of a clause before its verb is seen.
const SUBJECT: usize = 6;

/// Least coverage of the shorter and of the longer of two statements that stand in longer claims, where one speaker makes both and where two
/// do; and links that they have.
const PLAIN: f32 = 0.95;
const PLAIN_OF_ONE: f32 = 0.45;
const PLAIN_OF_TWO: f32 = 0.7;
const LINKED_OF_ONE: usize = 2;
const LINKED_OF_TWO: usize = 3;
/// Least words of a statement that counts as said again, and where one speaker makes both.
const RESTATED: usize = 5;
const RESTATED_OF_ONE: usize = 4;

/// Returns the byte ranges of the statements of a text, in order; nothing where it makes only one.
pub(super) fn statements(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for sentence in sentences(text) {
        out.extend(joined(text, sentence));
    }
    out.truncate(MOST);
    if out.len() > 1 { out } else { Vec::new() }
}

/// Cuts at the ends of sentences and between the pieces of a quotation.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = 0;
    let ends = text.char_indices().filter(|&(at, mark)| match mark {
        '.' | '!' | '?' => {
            let rest = text[at + 1..].trim_start_matches(['"', '”', '’', '\'', ')']);
            let opens = rest.trim_start().trim_start_matches(['"', '“', '‘', '(', '[']).chars().next();
            let long = text[..at].chars().rev().take_while(|c| c.is_alphabetic()).count() > 2;
            rest.starts_with(char::is_whitespace) && opens.is_some_and(char::is_uppercase) && long
        }
        ';' => true,
        '[' => piece_ends(text, at),
        _ => false,
    });
    for (at, _) in ends {
        out.push(from..at);
        from = at + 1;
    }
    out.push(from..text.len());
    out
}

/// Cuts a sentence where a word joins a clause with a subject of its own.
fn joined(text: &str, sentence: Range<usize>) -> Vec<Range<usize>> {
    let words = words(&text[sentence.clone()], sentence.start);
    let lower: Vec<String> = words.iter().map(|word| text[word.clone()].to_lowercase().replace('’', "'")).collect();
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    let whole = lower.iter().any(|word| is(word, Clause::Whole) || is(word, Clause::Past));
    let mut out = Vec::new();
    let mut from = 0;
    for at in 1..words.len() {
        if !whole
            && is(lower[at], Clause::Joins)
            && at - from > 1
            && says(&lower[from..at])
            && opens_clause(&lower[at + 1..])
        {
            out.push(words[from].start..words[at - 1].end);
            from = at + 1;
        }
    }
    out.extend(words.get(from).map(|first| first.start..sentence.end));
    out
}

fn is(word: &str, class: Clause) -> bool {
    clause(word) == Some(class)
}

/// Tells whether words hold a verb: one that only verbs are, or any word behind a pronoun.
fn says(words: &[&str]) -> bool {
    let words = words.strip_prefix(&["that"]).unwrap_or(words);
    let verb = words.iter().any(|word| is(word, Clause::Verb));
    verb || words.first().is_some_and(|first| is(first, Clause::Pronoun)) && words.len() > 1
}

/// Tells whether a clause opens with its own subject.
fn opens_clause(words: &[&str]) -> bool {
    let words = words.strip_prefix(&["that"]).unwrap_or(words);
    match words {
        [first, ..] if is(first, Clause::Pronoun) => words.len() > 1,
        [first, ..] if is(first, Clause::Verb) => false,
        _ => {
            let near = words.iter().take(SUBJECT).skip(1);
            near.take_while(|word| !is(word, Clause::Joins)).any(|word| is(word, Clause::Verb))
        }
    }
}

/// The words of a stretch, as byte ranges of the text from `start`.
fn words(stretch: &str, start: usize) -> Vec<Range<usize>> {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-');
    let mut out: Vec<Range<usize>> = Vec::new();
    for (at, c) in stretch.char_indices().filter(|&(_, c)| part(c)) {
        let (from, to) = (start + at, start + at + c.len_utf8());
        match out.last_mut().filter(|last| last.end == from) {
            Some(last) => last.end = to,
            None => out.push(from..to),
        }
    }
    out
}

/// Finds a statement of one claim that contradicts one of the other, or else that is one of the other: each is held against each by
/// itself, the most confident counts. Two sentences that nobody made are taken as they are.
pub(super) fn relate(a: &Parsed, b: &Parsed) -> Option<Relation> {
    opposed(a, b).or_else(|| restated(a, b))
}

/// Finds the statement of one claim that most plainly contradicts one of the other.
pub(super) fn opposed(a: &Parsed, b: &Parsed) -> Option<Relation> {
    let mut found: Option<Relation> = None;
    for (one, other) in pairs(a, b) {
        let Some((alignment, finding)) = best(one, other) else { continue };
        if !oppose_plainly(one, other, &alignment, &finding) {
            continue;
        }
        let finding = placed(one, other, &alignment, finding);
        let relation = explain::explain(one, other, &alignment, &finding);
        let better = found.as_ref().is_none_or(|found| relation.score > found.score);
        let settled = finding.proposition.is_of_one_subject() || vetoes::on_its_own(&finding);
        if relation.kind == RelationKind::Contradiction && settled && better {
            found = Some(relation);
        }
    }
    found
}

/// Finds a statement that two claims, one of which makes several, make in the same words.
pub(super) fn restated(a: &Parsed, b: &Parsed) -> Option<Relation> {
    pairs(a, b).find_map(|(one, other)| same_words(one, other))
}

/// Relates two claims by a statement of each, where these are the same words.
fn same_words(one: &Parsed, other: &Parsed) -> Option<Relation> {
    let length = one.words.len();
    let alike = |at: usize| one.written(at).to_lowercase() == other.written(at).to_lowercase();
    let least = if vetoes::speakers_agree(one, other) { RESTATED_OF_ONE } else { RESTATED };
    let same = length >= least && length == other.words.len() && (0..length).all(alike);
    if !same || !one.has_clause() || opens_vaguely(one) {
        return None;
    }
    let (alignment, finding) = best(one, other)?;
    let mut relation = explain::explain(one, other, &alignment, &finding);
    if relation.kind != RelationKind::Repeat {
        return None;
    }
    relation.summary =
        format!("both say “{}”, and one says more", one.text.trim_matches(|c: char| !c.is_alphanumeric()));
    Some(relation)
}

/// Each statement of one claim with each of the other; nothing where neither makes several, or nobody made them.
fn pairs<'a>(a: &'a Parsed, b: &'a Parsed) -> impl Iterator<Item = (&'a Parsed, &'a Parsed)> {
    let apart = a.is_claim() && b.is_claim() && !(a.statements().is_empty() && b.statements().is_empty());
    let of_a = if apart { parts(a) } else { &[] };
    of_a.iter().flat_map(move |one| parts(b).iter().map(move |other| (one, other)))
}

/// The statements of a claim, or the claim itself where it makes only one.
fn parts(claim: &Parsed) -> &[Parsed] {
    let statements = claim.statements();
    if statements.is_empty() { std::slice::from_ref(claim) } else { statements }
}

/// Tells whether two statements, each cut out of what was said around it, oppose one another so plainly that the rest cannot matter: all
/// that the shorter says is in the longer.
fn oppose_plainly(a: &Parsed, b: &Parsed, alignment: &Alignment, finding: &Finding) -> bool {
    let (least, most) = (finding.covered_a.min(finding.covered_b), finding.covered_a.max(finding.covered_b));
    let one_speaker = vetoes::speakers_agree(a, b);
    let (linked, covered) = if one_speaker { (LINKED_OF_ONE, PLAIN_OF_ONE) } else { (LINKED_OF_TWO, PLAIN_OF_TWO) };
    let nothing_else = finding.parallel || one_speaker && least >= explain::WHOLE;
    let told = nothing_else
        || vetoes::is_there_or_not(a, b, finding)
        || finding.linked >= linked
            && most >= PLAIN
            && least >= covered
            && in_a_row(alignment)
            && !acts_further(a, b, alignment, finding);
    finding.opposition != Opposition::None
        && (told || one_speaker && vetoes::on_its_own(finding) && least >= covered)
        && (finding.linked >= LINKED_OF_TWO || !opens_vaguely(a) && !opens_vaguely(b))
        && !explain::are_related_at_most(a, b, finding)
        && a.has_clause()
        && b.has_clause()
}

/// Tells whether a statement opens with a word that may mean anything: "it", "this", "they".
fn opens_vaguely(side: &Parsed) -> bool {
    let first = side.written(0).to_lowercase();
    matches!(&*first, "it" | "this" | "that" | "these" | "those" | "they" | "he" | "she")
}

/// Tells whether nothing of weight stands between the words that are linked, on either side.
fn in_a_row(alignment: &Alignment) -> bool {
    let row = |linked: &mut dyn Iterator<Item = usize>, free: &[usize]| {
        let (first, last) = linked.fold((usize::MAX, 0), |(first, last), word| (first.min(word), last.max(word)));
        !free.iter().any(|&word| word > first && word < last)
    };
    row(&mut alignment.pairs.iter().map(|pair| pair.a), &alignment.free_a)
        && row(&mut alignment.pairs.iter().map(|pair| pair.b), &alignment.free_b)
}

/// Tells whether one side holds a word of stance or of doing that the other lacks and that is not what opposes: "knows that he will *back* it".
fn acts_further(a: &Parsed, b: &Parsed, alignment: &Alignment, finding: &Finding) -> bool {
    let further = |side: &Parsed, turned: &[usize], linked: &dyn Fn(usize) -> bool| {
        let operations = side.operations.iter().enumerate();
        { operations }.any(|(number, operation)| !turned.contains(&number) && !linked(operation.word))
    };
    further(a, &finding.turned_a, &|word| alignment.pairs.iter().any(|pair| pair.a == word))
        || further(b, &finding.turned_b, &|word| alignment.pairs.iter().any(|pair| pair.b == word))
}

#[cfg(test)]
mod tests {
    use super::{Clause, statements};
    use crate::lexicon::clauses::examples;

    fn cut(text: &str) -> Vec<&str> {
        statements(text).into_iter().map(|range| text[range].trim_matches([' ', ',', '"', '[', ']', '.'])).collect()
    }

    #[test]
    fn clauses_with_a_subject_of_their_own_are_statements() {
        let cuts = [
            ("The tunnel will be built, and it will be dear", ["The tunnel will be built", "it will be dear"]),
            ("I regret the vote but the law is good", ["I regret the vote", "the law is good"]),
            (
                "that the port was safe and that ships would return",
                ["that the port was safe", "that ships would return"],
            ),
            (
                "\"The tunnel will not be built,\" [...] \"I never liked it\"",
                ["The tunnel will not be built", "I never liked it"],
            ),
            (
                "that she neither wrote nor called, and that she kept all letters",
                ["that she neither wrote nor called", "that she kept all letters"],
            ),
            ("No letter was sent. Nobody asked for one.", ["No letter was sent", "Nobody asked for one"]),
        ];
        for (text, expected) in cuts {
            assert_eq!(cut(text), expected, "{text}");
        }
    }

    #[test]
    fn every_row_does_what_it_claims() {
        for (class, example) in examples() {
            assert_eq!(cut(example).is_empty(), matches!(class, Clause::Whole | Clause::Past), "{example}");
        }
    }

    #[test]
    fn what_belongs_together_stays_so() {
        let whole = [
            "The tunnel will be built",
            "Bread and butter are dear",
            "If the vote fails, the line is dead and we will leave",
            "I opposed the bridge then, but I support it now",
            "Not only was it late, but it was dear",
            "He bought and sold ships",
        ];
        for text in whole {
            assert_eq!(cut(text), Vec::<&str>::new(), "{text}");
        }
    }
}
