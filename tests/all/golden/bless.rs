//! Writes the marks of a case that has none, and moves the signs of what is known to be wrong in one that has.
//!
//! Words, speakers and fields of a marked case stay a person's: what is given beyond them is added as `no claim!`.

use super::case::{Article, Case, Claim, Field, Note, Reader, Relation, Verb, Wanted, Wrong};
use super::compare::{Outcome, reached, related};
use super::given::{Given, Reading};
use onrecord::span::Span;
use std::collections::BTreeMap;

/// Makes the case fit what its readers gave.
pub fn bless(case: &mut Case, readings: &BTreeMap<Reader, Reading>) {
    let is_new = case.articles.iter().all(|article| article.notes.is_none());
    let is_partial = case.is_partial();
    let numbers = case.articles.iter().flat_map(|article| article.pieces.keys().copied());
    let mut next = numbers.max().unwrap_or_default() + 1;
    for (at, article) in case.articles.iter_mut().enumerate() {
        let given: BTreeMap<Reader, &[Given]> =
            readings.iter().map(|(reader, reading)| (*reader, reading.claims[at].as_slice())).collect();
        match (article.notes.is_some(), is_partial) {
            (false, _) => mark(article, &given, &mut next),
            (true, false) => refuse(article, &given, &mut next),
            (true, true) => {}
        }
        for (reader, given) in given {
            sign(article, reader, given);
        }
    }
    for (reader, reading) in readings {
        relate(case, reading, is_new, is_partial);
        sign_relations(case, *reader, reading);
    }
    // What one reader added was not yet held against those before it.
    for (reader, reading) in readings {
        sign_relations(case, *reader, reading);
    }
}

/// Marks all that is given, in an article that nobody has marked.
fn mark(article: &mut Article, given: &BTreeMap<Reader, &[Given]>, next: &mut u32) {
    article.notes = Some(Vec::new());
    let all = given.values().flat_map(|given| given.iter());
    // Of two readers that give the same words the later one says the rest.
    let by_words: BTreeMap<Vec<Span>, &Given> =
        all.map(|one| (article.joined(one.spans.iter().copied()), one)).collect();
    for (spans, one) in by_words {
        add(article, next, spans, fields(one));
    }
}

fn fields(given: &Given) -> Vec<Field> {
    let name = given.speaker.as_deref();
    let word = |word: &str, usual: &str, wanted: fn(String) -> Wanted| {
        (word != usual).then(|| Field::new(word, wanted(word.to_owned())))
    };
    let who = Field::new(name.unwrap_or("?"), Wanted::Speaker(name.map(|name| vec![name.to_owned()])));
    let kind = word(&given.kind, "statement", Wanted::Kind);
    let status = word(&given.status, "asserted", Wanted::Status);
    let quotation = word(&given.quotation, "", Wanted::Quotation);
    std::iter::once(who).chain(kind).chain(status).chain(quotation).collect()
}

/// Marks what is given and stands under no mark as no claim; what lies within longer such words needs no mark of its own.
fn refuse(article: &mut Article, given: &BTreeMap<Reader, &[Given]>, next: &mut u32) {
    let mut unmarked: Vec<Vec<Span>> = Vec::new();
    for given in given.values() {
        let places = reached(article, given).unmarked;
        unmarked.extend(places.iter().map(|place| article.joined(given[*place].spans.iter().copied())));
    }
    unmarked.sort_by_key(|spans| std::cmp::Reverse(spans.iter().map(|span| span.len()).sum::<u32>()));
    let mut kept: Vec<Vec<Span>> = Vec::new();
    for spans in unmarked {
        let within = |kept: &Vec<Span>| spans.iter().all(|span| kept.iter().any(|kept| kept.contains(*span)));
        if !kept.iter().any(within) {
            kept.push(spans);
        }
    }
    kept.sort();
    for spans in kept {
        add(article, next, spans, vec![Field::new("no claim", Wanted::NoClaim)]);
    }
}

/// Adds a mark, its line below those of the other claims.
fn add(article: &mut Article, next: &mut u32, spans: Vec<Span>, fields: Vec<Field>) {
    let notes = article.notes.get_or_insert_default();
    let last = notes.iter().rposition(|note| matches!(note, Note::Claim(_)));
    notes.insert(last.map_or(notes.len(), |last| last + 1), Note::Claim(Claim::new(*next, fields)));
    article.pieces.insert(*next, spans);
    *next += 1;
}

/// Sets the signs of one reader at the claims of an article.
fn sign(article: &mut Article, reader: Reader, given: &[Given]) {
    let mut outcomes = reached(article, given).claims.into_iter();
    for note in article.notes.iter_mut().flatten() {
        let Note::Claim(claim) = note else { continue };
        let Some(outcome) = outcomes.next() else { return };
        set(&mut claim.wrong, reader, matches!(outcome, Outcome::Lost { .. }));
        for (at, field) in claim.fields.iter_mut().enumerate() {
            let is_wrong = match &outcome {
                Outcome::Found { right, .. } => !right[at],
                Outcome::Lost { .. } => false,
                Outcome::NoClaim { given } => !given.is_empty(),
            };
            set(&mut field.wrong, reader, is_wrong);
        }
    }
}

/// Adds what the desk calls and no line lists: as it is called in a new case, else as what must not be called.
fn relate(case: &mut Case, reading: &Reading, is_new: bool, is_partial: bool) {
    if is_partial {
        return;
    }
    for unlisted in related(case, reading).unlisted {
        let Some((one, other)) = unlisted.numbers.filter(|(one, other)| one != other) else { continue };
        let verb = if is_new { unlisted.verb } else { Verb::Nothing };
        let relation = Relation { one, verb, other, dispute: None, wrong: Wrong::new() };
        if let Some(article) = case.articles.last_mut() {
            article.notes.get_or_insert_default().push(Note::Relation(relation));
        }
    }
}

/// Sets the signs of one reader at the relations of a case.
fn sign_relations(case: &mut Case, reader: Reader, reading: &Reading) {
    let mut holds = related(case, reading).holds.into_iter();
    let notes = case.articles.iter_mut().filter_map(|article| article.notes.as_mut()).flatten();
    for note in notes {
        let Note::Relation(relation) = note else { continue };
        let Some(holds) = holds.next() else { return };
        set(&mut relation.wrong, reader, !holds);
    }
}

fn set(wrong: &mut Wrong, reader: Reader, is_wrong: bool) {
    match is_wrong {
        true => wrong.insert(reader),
        false => wrong.remove(&reader),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(spans: &[(u32, u32)], speaker: &str) -> Given {
        Given {
            spans: spans.iter().map(|(start, end)| Span::new(*start, *end)).collect(),
            speaker: Some(speaker.to_owned()),
            kind: "denial".to_owned(),
            status: "asserted".to_owned(),
            quotation: "indirect".to_owned(),
            said: None,
            reported_by: None,
            answers: None,
        }
    }

    fn check(written: &str, fast: &[Given], deep: &[Given], blessed: &str) {
        let reading = |given: &[Given]| Reading { claims: vec![given.to_vec()], findings: Vec::new() };
        let readings = BTreeMap::from([(Reader::Fast, reading(fast)), (Reader::Deep, reading(deep))]);
        let mut case = Case::parse("case", written).unwrap();
        bless(&mut case, &readings);
        assert_eq!(case.written(), blessed);
        bless(&mut case, &readings);
        assert_eq!(case.written(), blessed, "blessed again");
    }

    #[test]
    fn a_text_alone_gets_its_marks() {
        check(
            "It is lost, Ann denied.\n",
            &[given(&[(0, 10)], "Ann")],
            &[given(&[(0, 10)], "Bob"), given(&[(0, 2), (6, 10)], "Ann")],
            "{2 {1 It} is {1 lost}}, Ann denied.\n\n---\n1!fast Ann; denial; indirect\n2 Bob!fast; denial; indirect\n",
        );
    }

    #[test]
    fn a_marked_case_keeps_its_words() {
        check(
            "{1 It is} lost, {2 Ann} {3 denied}.\n\n---\n# why\n1 Ann!; promise\n2 Ann\n3! Ann\n\n2 repeats 1!\n",
            &[given(&[(0, 5)], "Bob"), given(&[(6, 10)], "Ann")],
            &[given(&[(0, 5)], "Ann"), given(&[(12, 22)], "Ann")],
            "{1 It is} {4 lost}, {2 Ann} {3 denied}.\n\n---\n# why\n1 Ann!fast; promise!\n2! Ann\n3! Ann\n4 no claim!fast\n\n\
             2 repeats 1!\n",
        );
    }
}
