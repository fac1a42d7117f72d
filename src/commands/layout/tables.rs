//! The lists of articles, speakers, stories, verdicts, operations, and the figures of the desk.

use super::claims::day;
use super::grouped;
use crate::report::view::{Block, Paragraph, Role, Run, Table, View};
use crate::store::rows::{ArticleRow, MergeRow, OperationRow, SpeakerRow, Stats, StoryRow, VerdictRow};

pub fn articles(rows: &[ArticleRow]) -> View {
    let mut table = Table::new([
        ("id", Role::Id),
        ("published", Role::Date),
        ("outlet", Role::Plain),
        ("title", Role::Words),
        ("claims", Role::Number),
    ]);
    for row in rows {
        table.row([
            row.id.to_string(),
            row.published.map_or_else(|| "undated".to_owned(), |date| date.to_string()),
            row.outlet.clone().unwrap_or_default(),
            super::title(row),
            grouped(row.claims),
        ]);
    }
    super::flat::articles(View::table(table).data(rows), rows)
}

pub fn speakers(rows: &[SpeakerRow]) -> View {
    let mut table = Table::new([
        ("id", Role::Id),
        ("name", Role::Speaker),
        ("category", Role::Dim),
        ("title", Role::Plain),
        ("also named", Role::Plain),
        ("claims", Role::Number),
    ]);
    for row in rows {
        table.row([
            row.id.to_string(),
            row.name.clone(),
            row.category.to_string(),
            row.titles.last().map(|title| title.title.clone()).unwrap_or_default(),
            row.aliases.join(", "),
            grouped(row.claims),
        ]);
    }
    View::table(table).data(rows)
}

/// One speaker: names, titles with the time they were held, merged speakers.
pub fn speaker(row: &SpeakerRow) -> View {
    let plain = |text: String| Run::new(Role::Plain, text);
    let mut fields = vec![
        ("category".to_owned(), plain(row.category.to_string())),
        ("claims".to_owned(), plain(grouped(row.claims))),
    ];
    fields.retain(|(_, run)| !run.text.is_empty());
    if !row.aliases.is_empty() {
        fields.push(("also named".to_owned(), plain(row.aliases.join(", "))));
    }
    for title in &row.titles {
        let period = match (title.first.as_str(), title.last.as_str()) {
            ("", "") => String::new(),
            ("", last) => format!("to {last}"),
            (first, "") => format!("from {first}"),
            (first, last) if first == last => first.to_owned(),
            (first, last) => format!("{first} to {last}"),
        };
        fields.push(("title".to_owned(), plain(format!("{}  {period}", title.title))));
    }
    for merged in &row.merged {
        fields.push(("merged".to_owned(), plain(format!("{}  {}", merged.id, merged.name))));
    }
    View::empty()
        .text([Run::new(Role::Id, format!("{}  ", row.id)), Run::new(Role::Speaker, &*row.name)])
        .with(Block::Record(fields))
        .data(row)
}

pub fn merges(rows: &[MergeRow]) -> View {
    let mut table = Table::new([
        ("speaker", Role::Id),
        ("name", Role::Speaker),
        ("into", Role::Id),
        ("name", Role::Speaker),
        ("likeness", Role::Number),
        ("because", Role::Plain),
    ]);
    for row in rows {
        table.row([
            row.speaker.id.to_string(),
            row.speaker.name.clone(),
            row.into.id.to_string(),
            row.into.name.clone(),
            row.score.to_string(),
            row.because.clone(),
        ]);
    }
    View::table(table).data(rows)
}

pub fn stories(rows: &[StoryRow]) -> View {
    let mut table = Table::new([
        ("id", Role::Id),
        ("story", Role::Heading),
        ("articles", Role::Number),
        ("claims", Role::Number),
        ("from", Role::Date),
        ("to", Role::Date),
    ]);
    for row in rows {
        table.row([
            row.id.to_string(),
            row.name.clone(),
            grouped(row.articles.len()),
            grouped(row.claims),
            row.first.clone(),
            row.last.clone(),
        ]);
    }
    View::table(table).data(rows)
}

pub fn verdicts(rows: &[VerdictRow]) -> View {
    let mut table = Table::new([
        ("id", Role::Id),
        ("claim", Role::Id),
        ("rating", Role::Caution),
        ("scale", Role::Dim),
        ("state", Role::Plain),
        ("rationale", Role::Plain),
        ("by", Role::Plain),
        ("on", Role::Date),
        ("evidence", Role::Number),
    ]);
    for row in rows {
        table.row([
            row.id.to_string(),
            row.claim.to_string(),
            row.rating.clone(),
            row.scale.clone(),
            row.state.to_string(),
            row.rationale.clone(),
            row.by.clone(),
            day(&row.at).to_owned(),
            row.evidence.len().to_string(),
        ]);
    }
    View::table(table).data(rows)
}

pub fn operations(rows: &[OperationRow]) -> View {
    let mut table = Table::new([
        ("id", Role::Id),
        ("when", Role::Date),
        ("who", Role::Plain),
        ("what", Role::Words),
        ("", Role::Dim),
    ]);
    for row in rows {
        let state = if row.undone { "undone" } else { "" };
        table.row([
            row.id.to_string(),
            moment(row),
            super::by(&row.by).to_owned(),
            row.words.clone(),
            state.to_owned(),
        ]);
    }
    View::table(table).data(rows)
}

/// What an undo or a redo did, one operation a line.
pub fn reversed(rows: &[OperationRow]) -> View {
    let line = |row: &OperationRow| {
        let state = if row.undone { "undone" } else { "in effect again" };
        let runs = [
            Run::new(Role::Words, &*row.words),
            Run::new(Role::Good, format!("  {state}")),
            Run::new(Role::Dim, format!("  {}, {}", super::by(&row.by), moment(row))),
        ];
        Block::Paragraph(Paragraph::new(runs).beside(Run::new(Role::Id, row.id.to_string()), super::ID_WIDTH))
    };
    rows.iter().map(line).fold(View::empty(), View::with).data(rows)
}

/// When an operation was done, to the minute.
fn moment(row: &OperationRow) -> String {
    row.at.replace('T', " ").chars().take(16).collect()
}

/// The figures of the desk, one a line.
pub fn stats(row: &Stats, unread: usize, place: &str) -> View {
    let mut fields: Vec<(String, Run)> = Vec::new();
    let mut field = |name: &str, text: String| fields.push((name.to_owned(), Run::new(Role::Plain, text)));
    field("desk", format!("{place}, {} KB", grouped(usize::try_from(row.bytes / 1024).unwrap_or(usize::MAX))));
    field("articles", format!("{} from {}", grouped(row.articles), super::count(row.outlets, "outlet")));
    if row.imported > 0 {
        let all = row.claims + row.imported;
        field("claims", format!("{}, {} of them imported", grouped(all), grouped(row.imported)));
    } else {
        field("claims", grouped(row.claims));
    }
    if !row.first.is_empty() {
        field("from, to", format!("{}, {}", row.first, row.last));
    }
    field("speakers", grouped(row.speakers));
    for (kind, number) in &row.relations {
        field(kind, grouped(*number));
    }
    // A report tells what is called; what is only offered stands in `review` alone.
    let offered = row.relations.iter().find(|(kind, _)| kind == "offered").map_or(0, |(_, number)| *number);
    field(
        "reviewed",
        format!("{} confirmed, {} rejected, {} still suggested", row.confirmed, row.rejected, grouped(row.suggested)),
    );
    if let Some(called) = row.suggested.checked_sub(offered).filter(|_| offered > 0) {
        let (called, offered) = (grouped(called), grouped(offered));
        field("suggested", format!("{called} contradictions, repeats and updates; {offered} only offered"));
    }
    if unread > 0 {
        field("not yet compared", format!("{}: contradictions reads them together", super::count(unread, "article")));
    }
    field("verdicts", format!("{}, with {} of evidence", row.verdicts, super::count(row.evidence, "piece")));
    field("stories", grouped(row.stories));
    field("operations", grouped(row.operations));
    View::empty().with(Block::Record(fields)).data(row)
}
