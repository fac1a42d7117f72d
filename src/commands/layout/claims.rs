//! Claims: as a table, as a card of a few lines, and as a page with everything that is known about one.

use super::act::{self, Denied};
use super::words::{manner, ratings, reason};
use super::{ID_WIDTH, flat, labelled};
use crate::report::view::{Block, Paragraph, Role, Run, Table, View};
use crate::store::corrections::Handwork;
use crate::store::rows::{CheckedBy, ClaimRow, EvidenceRow, NoteRow, Precedent, RelationRow, VerdictRow, VerdictState};

/// Claims one a row; a column without anything in it is left out.
pub fn table(claims: &[ClaimRow], denied: &Denied) -> Table {
    let rated = claims.iter().any(|claim| !ratings(claim).is_empty());
    let mut columns = vec![
        ("id", Role::Id),
        ("said", Role::Date),
        ("speaker", Role::Speaker),
        ("words", Role::Words),
        ("how", Role::Dim),
        ("outlet", Role::Plain),
    ];
    if rated {
        columns.push(("verdict", Role::Plain));
    }
    let known = claims.iter().any(|claim| !claim.checked.is_empty());
    if known {
        columns.push(("already checked", Role::Caution));
    }
    let mut table = Table::new(columns);
    for claim in claims {
        let mut cells = vec![
            claim.id.to_string(),
            said(claim),
            who(claim),
            act::whole(claim, denied),
            manner(claim),
            claim.outlet.clone(),
        ];
        if rated {
            cells.push(ratings(claim));
        }
        if known {
            cells.push(checked(claim));
        }
        table.row(cells);
    }
    table
}

/// The list of claims with the rows as data.
pub fn list(claims: &[ClaimRow], denied: &Denied) -> View {
    flat::claims(View::table(table(claims, denied)).data(claims), claims)
}

/// Returns the day it was said or published; as written, with a question mark, where that is all there is.
pub fn said(claim: &ClaimRow) -> String {
    match claim.date() {
        Some(date) => date.to_string(),
        None if claim.said.written.is_empty() => "undated".to_owned(),
        None => format!("{}?", claim.said.written),
    }
}

/// Returns the speaker, or the source as written, or a dash where nobody is named; with whoever else tells that it was said.
pub fn who(claim: &ClaimRow) -> String {
    match claim.attributed() {
        name if name.is_empty() => "—".to_owned(),
        name => name,
    }
}

/// A claim in two paragraphs: id, day, speaker with the title then held, outlet; and the words below.
pub fn card(claim: &ClaimRow, words: Vec<Run>, indent: usize) -> [Block; 2] {
    let mut head = vec![Run::new(Role::Date, format!("{}  ", said(claim))), Run::new(Role::Speaker, who(claim))];
    if !claim.title.is_empty() {
        head.push(Run::new(Role::Plain, format!(", {}", claim.title)));
    }
    if !claim.outlet.is_empty() {
        head.push(Run::new(Role::Dim, format!("  {}", claim.outlet)));
    }
    head.push(Run::new(Role::Dim, format!("  {}", manner(claim))));
    let rated = ratings(claim);
    if !rated.is_empty() {
        head.push(Run::new(Role::Caution, format!("  {rated}")));
    }
    let id = Run::new(Role::Id, claim.id.to_string());
    let known = checked(claim);
    if !known.is_empty() {
        head.push(Run::new(Role::Caution, format!("  already checked: {known}")));
    }
    let words = framed(claim, words);
    [
        Block::Paragraph(Paragraph::new(head).beside(id, ID_WIDTH).indented(indent)),
        Block::Paragraph(Paragraph::new(words).indented(indent + ID_WIDTH)),
    ]
}

/// The words with what must stand around them, where they do not stand for themselves.
pub fn framed(claim: &ClaimRow, words: Vec<Run>) -> Vec<Run> {
    let frame = claim.frame();
    let beside = |words: String| (!words.is_empty()).then(|| Run::new(Role::Dim, words));
    beside(frame.before).into_iter().chain(words).chain(beside(frame.after)).collect()
}

/// The whole act in marked words: the words with what must stand around them, and what a denial only points at.
pub fn acted(claim: &ClaimRow, words: Vec<Run>, denied: &Denied) -> Vec<Run> {
    let mut runs = framed(claim, words);
    runs.extend(denied.told(claim).map(|words| Run::new(Role::Dim, words)));
    runs
}

/// The words of a claim without marks.
pub fn plain(claim: &ClaimRow) -> Vec<Run> {
    vec![Run::new(Role::Words, &*claim.words)]
}

/// What stands beside a claim.
#[derive(Debug)]
pub struct About {
    pub relations: Vec<RelationRow>,
    pub verdicts: Vec<VerdictRow>,
    pub notes: Vec<NoteRow>,
    /// What persons did to it.
    pub handwork: Vec<Handwork>,
    pub precedents: Vec<Precedent>,
    pub denied: Denied,
}

/// Everything about one claim.
pub fn page(claim: &ClaimRow, about: &About) -> View {
    let About { relations, verdicts, notes, handwork, precedents, denied } = about;
    let mut view = View::empty().text([
        Run::new(Role::Id, format!("{}  ", claim.id)),
        Run::new(Role::Speaker, who(claim)),
        Run::new(Role::Plain, if claim.title.is_empty() { String::new() } else { format!(", {}", claim.title) }),
    ]);
    view.blocks.push(Block::Paragraph(Paragraph::new(acted(claim, plain(claim), denied)).indented(2)));
    view = view.space();
    let mut field = |label: &str, runs: Vec<Run>| {
        if runs.iter().any(|run| !run.text.is_empty()) {
            view.blocks.push(labelled(label, runs));
        }
    };
    let text = |text: &str| vec![Run::new(Role::Plain, text)];
    if claim.sentence != claim.words {
        field("in context", in_context(claim));
    }
    field("said", text(&said_in_full(claim)));
    field("cue", text(&claim.cue_words));
    if claim.source_words != claim.who() {
        field("named as", text(&claim.source_words));
    }
    if claim.speaker.is_none() {
        field("perhaps", text(&claim.candidates.join(", ")));
    }
    field("how", text(&manner(claim)));
    field("article", article(claim));
    field("stories", text(&claim.stories.iter().map(|story| story.name.as_str()).collect::<Vec<_>>().join(", ")));
    field("tags", text(&claim.tags.join(", ")));
    for act in handwork {
        let words = [&*act.act, &*act.words].join(" ");
        field("by hand", text(&format!("{}  {}, {}", words.trim(), super::by(&act.by), day(&act.at))));
    }
    for other in &claim.ratings {
        field("rated", text(&[&*other.rating, &*other.origin, &*other.url].join("  ")));
    }
    if let Some(allegation) = claim.answers {
        field("answers", vec![Run::new(Role::Id, allegation.to_string())]);
    }
    field("read by", text(&format!("{} reader, score {}", claim.reader, claim.score)));
    view.blocks.extend(claim.because.iter().map(reason));
    view.blocks.extend(precedents.iter().flat_map(precedent_in_full));
    if !relations.is_empty() {
        view = view.space().heading("Relations");
        for row in relations {
            view.blocks.extend(super::relations::brief(row, claim));
        }
    }
    if !verdicts.is_empty() {
        view = view.space().heading("Verdicts");
        for row in verdicts {
            view.blocks.extend(verdict(row));
        }
    }
    if !notes.is_empty() {
        view = view.space().heading("Notes");
        view.blocks.extend(notes.iter().map(|row| crate::commands::stories::note::line(row, "")));
    }
    let data = serde_json::json!({
        "claim": claim, "relations": relations, "verdicts": verdicts, "notes": notes, "handwork": handwork,
        "precedents": precedents,
    });
    view.data(data)
}

/// The sentence with the claim's words marked, where they stand in it.
fn in_context(claim: &ClaimRow) -> Vec<Run> {
    let pieces = claim.words.split(" [...] ");
    let mut runs = Vec::new();
    let mut rest = claim.sentence.as_str();
    for piece in pieces {
        let Some(at) = rest.find(piece) else { break };
        runs.push(Run::new(Role::Plain, &rest[..at]));
        runs.push(Run::new(Role::Marked, piece));
        rest = &rest[at + piece.len()..];
    }
    runs.push(Run::new(Role::Plain, rest));
    runs
}

fn said_in_full(claim: &ClaimRow) -> String {
    let published = claim.published.map(|day| format!("published {day}"));
    match (claim.said.date, claim.said.written.as_str()) {
        (Some(day), "") => day.to_string(),
        (Some(day), written) => format!("{day} (“{written}”)"),
        (None, "") => published.unwrap_or_default(),
        (None, written) => format!("“{written}”, which is no certain day; {}", published.unwrap_or_default()),
    }
}

fn article(claim: &ClaimRow) -> Vec<Run> {
    let Some(id) = claim.article else { return Vec::new() };
    let title = claim.article_title.as_deref().unwrap_or("(no title)");
    let day = claim.published.map(|day| day.to_string()).unwrap_or_default();
    vec![
        Run::new(Role::Id, format!("{id}  ")),
        Run::new(Role::Plain, title),
        Run::new(Role::Dim, format!("  {}  {day}", claim.outlet)),
    ]
}

/// A verdict with its rationale and evidence.
pub fn verdict(row: &VerdictRow) -> Vec<Block> {
    let state = match (row.undone, row.current) {
        (true, _) => "  undone",
        (_, true) => "",
        _ => "  replaced",
    };
    let head = [
        Run::new(Role::Caution, &*row.rating),
        Run::new(
            Role::Dim,
            format!("  {}, version {}, {} on {}{state}  ", row.scale, row.version, row.by, day(&row.at)),
        ),
        self::state(row),
    ];
    let mut out = vec![Block::Paragraph(Paragraph::new(head).beside(Run::new(Role::Id, row.id.to_string()), ID_WIDTH))];
    if !row.rationale.is_empty() {
        out.push(Block::Paragraph(Paragraph::new([Run::new(Role::Plain, &*row.rationale)]).indented(ID_WIDTH)));
    }
    if !row.long.is_empty() {
        out.extend(
            row.long
                .split("\n\n")
                .map(|part| Block::Paragraph(Paragraph::new([Run::new(Role::Plain, part.trim())]).indented(ID_WIDTH))),
        );
    }
    if !row.correction.is_empty() {
        let runs = [Run::new(Role::Caution, "correction: "), Run::new(Role::Plain, &*row.correction)];
        out.push(Block::Paragraph(Paragraph::new(runs).indented(ID_WIDTH)));
    }
    for step in &row.moves {
        let told = format!("{} by {} on {}", step.state, step.by, day(&step.at));
        let note = if step.note.is_empty() { String::new() } else { format!("  {}", step.note) };
        let runs = [Run::new(Role::Dim, told), Run::new(Role::Plain, note)];
        out.push(Block::Paragraph(Paragraph::new(runs).indented(ID_WIDTH)));
    }
    out.extend(row.evidence.iter().map(evidence));
    out
}

/// How far a verdict has come.
pub fn state(row: &VerdictRow) -> Run {
    let role = match row.state.known() {
        Some(VerdictState::Published | VerdictState::Corrected | VerdictState::Approved) => Role::Good,
        Some(VerdictState::Returned) => Role::Bad,
        _ => Role::Dim,
    };
    Run::new(role, row.state.to_string())
}

/// What was found before about a claim that says the same, in a line.
pub fn precedent(row: &Precedent) -> Block {
    let id = row.id.map(|id| format!("  {id}")).unwrap_or_default();
    let other = row.other.map(|other| format!("  {other}")).unwrap_or_default();
    let runs = [
        Run::new(Role::Dim, "already checked: "),
        Run::new(Role::Caution, row.told()),
        Run::new(Role::Id, format!("{id}{other}")),
    ];
    Block::Paragraph(Paragraph::new(runs).beside(Run::new(Role::Id, row.claim.to_string()), ID_WIDTH))
}

/// As [`precedent`], with the words that were checked and why they are taken for the same.
pub fn precedent_in_full(row: &Precedent) -> Vec<Block> {
    let who = if row.claimant.is_empty() { String::new() } else { format!("{}: ", row.claimant) };
    let words = [Run::new(Role::Speaker, who), Run::new(Role::Words, &*row.words)];
    let mut out = vec![precedent(row), Block::Paragraph(Paragraph::new(words).indented(ID_WIDTH))];
    let because: Vec<&str> = row.because.iter().map(|reason| reason.detail.as_str()).collect();
    if !because.is_empty() {
        let told = format!("likeness {}: {}", row.score, because.join("; "));
        out.push(Block::Paragraph(Paragraph::new([Run::new(Role::Dim, told)]).indented(ID_WIDTH)));
    }
    if !row.url.is_empty() {
        out.push(Block::Paragraph(Paragraph::new([Run::new(Role::Dim, &*row.url)]).indented(ID_WIDTH)));
    }
    out
}

/// What was found about claims that say the same, in few words; empty for nothing.
pub fn checked(claim: &ClaimRow) -> String {
    let told: Vec<String> = claim.checked.iter().map(CheckedBy::told).collect();
    told.join("; ")
}

/// A piece of evidence in one paragraph.
pub fn evidence(row: &EvidenceRow) -> Block {
    let mut runs = vec![Run::new(Role::Dim, format!("{}: ", row.kind)), Run::new(Role::Words, &*row.words)];
    if !row.note.is_empty() {
        runs.push(Run::new(Role::Dim, format!("  {}", row.note)));
    }
    let id = Run::new(Role::Id, row.id.to_string());
    Block::Paragraph(Paragraph::new(runs).beside(id, ID_WIDTH).indented(ID_WIDTH))
}

/// Returns the day of a moment as stored.
pub fn day(moment: &str) -> &str {
    moment.split(['T', ' ']).next().unwrap_or(moment)
}
