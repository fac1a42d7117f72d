//! The columns of each sheet: name, what it holds, what it means, and how it is read from a row. Adding one is one line.

use super::{Held, Judged};
use crate::report::{Dispute, DisputeKind, Evidence, Standing, Statement};
use crate::store::id::ArticleId;
use crate::store::rows::{ArticleRow, ClaimRow};
use crate::store::sheets::{Column, Holds, Sheet};
use serde_json::{Value, json};
use std::collections::BTreeMap;

use Holds::{Day, Id, IdOf, Number, Searched, Text};

/// Name, what it holds, what it means, how it is read.
type Reading<T> = (&'static str, Holds, &'static str, fn(&T) -> Value);

fn sheet<T>(name: &'static str, about: &'static str, readings: &[Reading<T>], rows: &[T]) -> Sheet {
    Sheet {
        name,
        about,
        columns: readings.iter().map(|&(name, holds, about, _)| Column { name, holds, about }).collect(),
        rows: rows.iter().map(|row| readings.iter().map(|(.., read)| read(row)).collect()).collect(),
    }
}

/// What was changed in articles after they were published, by the article.
pub(super) type Changed = BTreeMap<ArticleId, String>;

/// Adds a column whose text is not in the row itself.
fn beside<T>(
    mut sheet: Sheet,
    (name, about): (&'static str, &'static str),
    rows: &[T],
    read: impl Fn(&T) -> Value,
) -> Sheet {
    sheet.columns.push(Column { name, holds: Text, about });
    sheet.rows.iter_mut().zip(rows).for_each(|(cells, row)| cells.push(read(row)));
    sheet
}

fn text_of(changed: &Changed, article: Option<ArticleId>) -> Value {
    article.and_then(|id| changed.get(&id)).map_or(Value::Null, |told| text(told))
}

/// A text, or nothing where it is empty.
fn text(words: &str) -> Value {
    if words.is_empty() { Value::Null } else { words.into() }
}

fn day(date: Option<crate::date::Date>) -> Value {
    date.map_or(Value::Null, |date| date.to_string().into())
}

pub(super) fn claims(rows: &[ClaimRow], drafts: bool, changed: &Changed) -> Sheet {
    let mut readings: Vec<Reading<ClaimRow>> = vec![
        ("id", Id, "the claim, as the desk shows it", |row| json!(row.id)),
        ("speaker", Text, "who said it; the source as the article writes it where nobody is named", |row| {
            text(row.who())
        }),
        ("according_to", Text, "who tells in the article that it was said, where that is another speaker", |row| {
            text(&row.according_to)
        }),
        ("speaker_id", Text, "the speaker over all articles, as the desk shows it", |row| {
            row.speaker.as_ref().map_or(Value::Null, |speaker| json!(speaker.id))
        }),
        ("title", Text, "the speaker's title in the article", |row| text(&row.title)),
        ("words", Searched, "the exact words; pieces are joined by [...]", |row| text(&row.words)),
        ("whole", Text, "the words with what must stand around them when they stand alone: denied that …", |row| {
            text(&row.alone())
        }),
        ("said", Day, "when it was said, where the article tells", |row| day(row.said.date)),
        ("published", Day, "when the article was published", |row| day(row.published)),
        ("outlet", Text, "who published it", |row| text(&row.outlet)),
        ("cue", Text, "the words that attribute it: said, denied that", |row| text(&row.cue_words)),
        ("kind", Text, "statement, promise, denial, question …", |row| json!(row.kind)),
        ("quotation", Text, "direct, indirect (the article's paraphrase) or mixed", |row| json!(row.quotation)),
        ("status", Text, "whether the article asserts that it was said: asserted, negated …", |row| {
            json!(row.status)
        }),
        ("sentence", Searched, "the sentences of the article that hold it", |row| text(&row.sentence)),
        ("article", IdOf("articles"), "the article", |row| json!(row.article)),
        ("article_title", Text, "its headline", |row| json!(row.article_title)),
        ("link", Text, "its address", |row| json!(row.link)),
        ("starts", Number, "first code point of the words in the text of the article", |row| {
            row.content.cover().map_or(Value::Null, |span| span.start.into())
        }),
        ("ends", Number, "code point after the last of them", |row| {
            row.content.cover().map_or(Value::Null, |span| span.end.into())
        }),
        ("reader", Text, "which reader of the program found it, or that a person wrote it", |row| text(&row.reader)),
        ("confidence", Number, "probability that the words and the source are read right, 0 to 1", |row| {
            json!(row.score)
        }),
        ("verdict", Text, "the published verdicts on it", |row| verdicts_on(row, false)),
    ];
    if drafts {
        let about = "verdicts on it that are not published";
        readings.push(("draft_verdict", Text, about, |row| verdicts_on(row, true)));
    }
    let about =
        "What was said: one row a claim, in the exact words of its article. Found by a program: read the article.";
    let sheet = sheet("claims", about, &readings, rows);
    let about = "what was changed in its article after publication, without a notice that speaks of it";
    beside(sheet, ("article_changed", about), rows, |row| text_of(changed, row.article))
}

fn verdicts_on(row: &ClaimRow, drafts: bool) -> Value {
    let labels = row.verdicts.iter().filter(|label| label.draft == drafts);
    text(&labels.map(|label| label.rating.as_str()).collect::<Vec<_>>().join("; "))
}

/// Tells whether a contradiction is published: a person confirmed it, or what nobody reviewed was asked for.
pub(super) fn is_shown(dispute: &Dispute, suggested: bool) -> bool {
    match dispute.standing {
        Standing::Confirmed { .. } => true,
        Standing::Suggested => suggested,
        Standing::Rejected { .. } => false,
    }
}

pub(super) fn contradictions(rows: &[Dispute]) -> Sheet {
    let readings: [Reading<Dispute>; 20] = [
        ("id", Id, "the contradiction, as the desk shows it", |row| text(&row.id)),
        ("kind", Text, "change of position, dispute between speakers, or denial", |row| {
            json!(match row.kind {
                DisputeKind::ChangeOfPosition => "change of position",
                DisputeKind::Dispute => "dispute",
                DisputeKind::Denial => "denial",
            })
        }),
        ("standing", Text, "confirmed by a person, or only suggested by machine", |row| {
            json!(match row.standing {
                Standing::Confirmed { .. } => "confirmed",
                _ => "suggested by machine",
            })
        }),
        ("confirmed_by", Text, "who confirmed it", |row| confirmed(row).map_or(Value::Null, |(by, ..)| text(by))),
        ("confirmed_on", Day, "when", |row| confirmed(row).map_or(Value::Null, |(_, on, _)| day(Some(on)))),
        ("note", Text, "the note of whoever confirmed it", |row| {
            confirmed(row).map_or(Value::Null, |(.., note)| json!(note))
        }),
        ("earlier_claim", IdOf("claims"), "the earlier claim", |row| text(&row.earlier.id)),
        ("earlier_speaker", Text, "who said it", |row| who(&row.earlier)),
        ("earlier_day", Day, "when it was said, else published", |row| said(&row.earlier)),
        ("earlier_outlet", Text, "where", |row| json!(row.earlier.article.outlet)),
        ("earlier_words", Searched, "in which words", |row| text(&row.earlier.alone())),
        ("later_claim", IdOf("claims"), "the later claim", |row| text(&row.later.id)),
        ("later_speaker", Text, "who said it", |row| who(&row.later)),
        ("later_day", Day, "when it was said, else published", |row| said(&row.later)),
        ("later_outlet", Text, "where", |row| json!(row.later.article.outlet)),
        ("later_words", Searched, "in which words", |row| text(&row.later.alone())),
        ("summary", Text, "what turns the one against the other, as the program tells it", |row| text(&row.summary)),
        ("perhaps", Text, "what may explain the difference without a contradiction", |row| {
            text(&row.innocent.join("; "))
        }),
        ("statements", Number, "how many statements tell it", |row| row.said().len().into()),
        ("confidence", Number, "the program's confidence, 0 to 1: no person's", |row| json!(row.confidence)),
    ];
    let about = "Statements that stand against each other: one row a finding, confirmed by a person unless its standing says otherwise.";
    sheet("contradictions", about, &readings, rows)
}

fn confirmed(dispute: &Dispute) -> Option<(&str, crate::date::Date, Option<&str>)> {
    match &dispute.standing {
        Standing::Confirmed { by, on, note } => Some((by, *on, note.as_deref())),
        _ => None,
    }
}

fn who(statement: &Statement) -> Value {
    text(statement.speaker.as_ref().map_or(statement.source_words.as_str(), |speaker| &speaker.name))
}

fn said(statement: &Statement) -> Value {
    day(statement.said.date.or(statement.article.published))
}

pub(super) fn verdicts(rows: &[Judged]) -> Sheet {
    let readings: [Reading<Judged>; 19] = [
        ("id", Id, "the verdict, as the desk shows it", |row| text(&row.verdict.id)),
        ("claim", IdOf("claims"), "the claim that was judged", |row| text(&row.verdict.claim.id)),
        ("speaker", Text, "who said it", |row| who(&row.verdict.claim)),
        ("day", Day, "when it was said, else published", |row| said(&row.verdict.claim)),
        ("words", Searched, "in which words", |row| text(&row.verdict.claim.alone())),
        ("rating", Text, "the label", |row| text(&row.rating.rating)),
        ("means", Text, "what the label means on its scale", |row| {
            let step = row.rating.steps.iter().find(|step| step.name == row.rating.rating);
            step.map_or(Value::Null, |step| text(&step.means))
        }),
        ("scale", Text, "the rating scale", |row| text(&row.rating.scale)),
        (
            "state",
            Text,
            "published, corrected (published in the place of a wrong version), or how far a draft has come",
            |row| text(&row.rating.state),
        ),
        ("rationale", Searched, "why", |row| text(&row.rating.rationale)),
        ("evidence", Text, "what it rests on, one a line", |row| {
            text(&row.rating.evidence.iter().map(evidence).collect::<Vec<_>>().join("\n"))
        }),
        ("correction", Text, "what was wrong in the version before", |row| text(&row.rating.correction)),
        ("version", Number, "1 for the first version of this verdict", |row| row.rating.version.into()),
        ("author", Text, "who gave it", |row| text(&row.rating.by)),
        ("given_on", Day, "when", |row| day(Some(row.rating.on))),
        ("approved_by", Text, "the second person who read and approved it", |row| {
            row.rating.approved.as_ref().map_or(Value::Null, |signed| text(&signed.by))
        }),
        ("published_by", Text, "who published it; empty for a draft", |row| {
            row.rating.published.as_ref().map_or(Value::Null, |signed| text(&signed.by))
        }),
        ("published_on", Day, "when", |row| day(row.rating.published.as_ref().map(|signed| signed.on))),
        ("published_anyway", Text, "why it was published although something was missing", |row| {
            text(&row.rating.anyway)
        }),
    ];
    let about = "What persons found of claims: one row a verdict, in its last version. Only published ones, unless the state says otherwise.";
    sheet("verdicts", about, &readings, rows)
}

fn evidence(one: &Evidence) -> String {
    let parts = [one.url.as_deref(), one.archive.as_deref(), one.quotation.as_deref(), Some(one.note.as_str())];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

pub(super) fn positions(rows: &[Held]) -> Sheet {
    let readings: [Reading<Held>; 10] = [
        ("id", Id, "the claim that says it, and whether it is only suggested", |row| {
            json!(format!("{}{}", row.position.claim, if row.confirmed { "" } else { "-suggested" }))
        }),
        ("claim", IdOf("claims"), "the claim that says it, the last time it was said", |row| text(&row.position.claim)),
        ("speaker", Text, "who holds it", |row| text(&row.position.speaker)),
        ("title", Text, "the title then held", |row| text(&row.position.title)),
        ("words", Searched, "in which words, the last time", |row| text(&row.position.words)),
        ("since", Day, "the first day on which it was said", |row| day(row.position.since)),
        ("last", Day, "the last", |row| day(row.position.last)),
        ("times", Number, "how often; copies that another outlet carried are not counted", |row| {
            row.position.times.into()
        }),
        ("changed_on", Day, "when the speaker said otherwise", |row| json!(row.changed)),
        (
            "standing",
            Text,
            "whether persons confirmed the repeats and changes that it rests on, or a machine suggests some",
            |row| json!(if row.confirmed { "confirmed" } else { "suggested by machine" }),
        ),
    ];
    let about = "Who held what, since when: claims that say the same, gathered by the repeats and changes that a person confirmed.";
    sheet("positions", about, &readings, rows)
}

pub(super) fn articles(rows: &[ArticleRow], changed: &Changed) -> Sheet {
    let readings: [Reading<ArticleRow>; 9] = [
        ("id", Id, "the article, as the desk shows it", |row| json!(row.id)),
        ("published", Day, "when it was published", |row| day(row.published)),
        ("outlet", Text, "who published it", |row| json!(row.outlet)),
        ("title", Searched, "its headline", |row| json!(row.title)),
        ("byline", Text, "who wrote it", |row| json!(row.byline)),
        ("link", Text, "its address", |row| json!(row.url)),
        ("archive", Text, "where a copy of it is kept", |row| json!(row.archive)),
        ("claims", Number, "how many claims the desk holds of it", |row| row.claims.into()),
        ("hash", Text, "SHA-256 of its text: two texts of one hash are the same", |row| text(&row.hash)),
    ];
    let about = "Where it was said: one row an article, without its text.";
    let sheet = sheet("articles", about, &readings, rows);
    let about =
        "what was changed in it after publication, without a notice that speaks of it: in this version, or in the next";
    beside(sheet, ("changed", about), rows, |row| text_of(changed, Some(row.id)))
}
