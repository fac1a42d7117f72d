//! `review`: the suggestions one after the other, decided with one key each.
//!
//! The queue is a state of the session, not a loop: while it is open, a line is an answer. So the same words work in a
//! script, through a pipe and at the prompt, where single keys are read instead. Every answer is stored at once; what was
//! put off comes last the next time.

use super::together;
use crate::commands::common::chosen;
use crate::commands::layout::act::Denied;
use crate::commands::layout::words::Depth;
use crate::commands::layout::{article, count, relations, sides};
use crate::commands::{Command, CommandError, Group, Session, line};
use crate::relation::RelationKind;
use crate::report::view::{Format, Paragraph, Role, Run, View};
use crate::store::filter::{Filter, Test};
use crate::store::id::RelationId;
use crate::store::rows::{Decision, RelationRow, Status};
use crate::workbench::Pairs;

/// Reviews suggestions
#[derive(Debug, clap::Args)]
pub struct Review {
    /// Only suggestions about claims that match (see `help filters`)
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    /// Only contradictions, or only what is offered to be looked at together, or updates or repeats
    #[arg(long, value_name = "CHOICE", value_enum)]
    only: Option<Only>,
}

/// The kind of what is reviewed.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Only {
    Contradiction,
    Offered,
    Update,
    Repeat,
}

impl Command for Review {
    const NAME: &'static str = "review";
    const PURPOSE: &'static str = "Review suggestions one by one; resumes where you stopped";
    const EXAMPLE: &'static str = "review speaker:Orlova";
    const GROUP: Group = Group::Relations;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let filter = session.filter(&self.filter)?;
        together::read(session)?;
        let kinds: &[RelationKind] = match self.only {
            Some(Only::Contradiction) => &[RelationKind::Contradiction],
            Some(Only::Offered) => &[RelationKind::Offered],
            Some(Only::Update) => &[RelationKind::Update],
            Some(Only::Repeat) => &[RelationKind::Repeat, RelationKind::Reworded],
            None => &[],
        };
        let waiting = session.workbench()?.waiting(&filter, kinds)?;
        if waiting.is_empty() {
            return Ok(View::empty().hint("nothing waits for a decision"));
        }
        let format = session.mode();
        session.review = Some(Queue { waiting, at: 0, decided: Vec::new(), format });
        next(session)
    }
}

/// The suggestions of one review and how far it has come.
#[derive(Debug, Clone)]
pub struct Queue {
    waiting: Vec<RelationId>,
    at: usize,
    /// What was answered, newest last.
    decided: Vec<Answer>,
    /// The format that the review was begun in.
    format: Format,
}

/// What a person says to a suggestion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Yes,
    No,
    Skip,
    Undo,
    Edit,
    Open,
    Why,
    Quit,
    Help,
}

impl Answer {
    /// Every answer with the word for it; its first letter is its key.
    pub const ALL: [(Self, &'static str); 9] = [
        (Self::Yes, "yes"),
        (Self::No, "no"),
        (Self::Skip, "skip"),
        (Self::Undo, "undo"),
        (Self::Edit, "edit"),
        (Self::Open, "open"),
        (Self::Why, "why"),
        (Self::Quit, "quit"),
        (Self::Help, "help"),
    ];

    /// Reads a key or a word.
    pub fn of(written: &str) -> Option<Self> {
        let lower = written.to_lowercase();
        if lower == "?" {
            return Some(Self::Help);
        }
        Self::ALL.iter().find(|(_, word)| *word == lower || word[..1] == lower).map(|(answer, _)| *answer)
    }
}

impl Queue {
    /// Returns the suggestion that waits for an answer.
    pub fn current(&self) -> Option<RelationId> {
        self.waiting.get(self.at).copied()
    }
}

/// Takes a line while the queue is open: an answer, with a note behind yes or no, or any other command.
///
/// # Errors
/// Those of the command, or when the desk cannot be written.
pub fn answer(session: &mut Session, written: &str) -> Result<View, CommandError> {
    let words = line::split(written).map_err(|open| CommandError::usage(open.to_string()))?;
    let Some(first) = words.first() else { return next(session) };
    let Some(answer) = Answer::of(&first.text) else {
        return other(session, written);
    };
    let rest = words[1..].iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    // `edit c41 --speaker Brook` is the command; so is `undo 3`, `why m4`, `help filters`.
    let command = !rest.is_empty() && !matches!(answer, Answer::Yes | Answer::No | Answer::Skip | Answer::Quit);
    if command { other(session, written) } else { give(session, answer, &rest) }
}

/// Gives an answer to the suggestion at hand; `note` is kept with a yes or a no.
///
/// # Errors
/// When the desk cannot be read or written.
pub fn give(session: &mut Session, answer: Answer, note: &str) -> Result<View, CommandError> {
    let Some(id) = session.review.as_ref().and_then(Queue::current) else { return Ok(done(session)) };
    if matches!(answer, Answer::Yes | Answer::No) {
        session.signer()?;
    }
    if let Some(view) = settled(session, id, answer)? {
        return Ok(view);
    }
    match answer {
        Answer::Yes => session.workbench()?.decide(id, Decision::Confirm, note, Pairs::All).map(|_| ())?,
        Answer::No => session.workbench()?.decide(id, Decision::Reject, note, Pairs::All).map(|_| ())?,
        Answer::Skip => session.workbench()?.skip(id)?,
        Answer::Undo => return undo(session),
        Answer::Edit => return edit(session, id),
        Answer::Open => return open(session, id),
        Answer::Why => return why(session, id),
        Answer::Quit => return Ok(done(session)),
        Answer::Help => return Ok(View::empty().text(legend())),
    }
    let mut data = false;
    if let Some(queue) = &mut session.review {
        queue.at += 1;
        queue.decided.push(answer);
        data = queue.format.is_data();
    }
    let shown = next(session)?;
    if data {
        return Ok(shown);
    }
    let mut view = View::empty().text([Run::new(Role::Id, format!("{id} ")), told(answer)]).space();
    view.blocks.extend(shown.blocks);
    Ok(View { asides: shown.asides, data: shown.data, ..view })
}

/// Tells what a colleague decided while the card was open, and goes on; nothing where nobody did.
fn settled(session: &mut Session, id: RelationId, answer: Answer) -> Result<Option<View>, CommandError> {
    let decision = match answer {
        Answer::Yes => Decision::Confirm,
        Answer::No => Decision::Reject,
        _ => return Ok(None),
    };
    let Some((said, hint)) = chosen::settled(session, id, decision)? else { return Ok(None) };
    if let Some(queue) = &mut session.review {
        queue.waiting.remove(queue.at);
    }
    Ok(Some(next(session)?.hint(format!("{said}: {hint}"))))
}

/// What became of a suggestion.
fn told(answer: Answer) -> Run {
    match answer {
        Answer::Yes => Run::new(Role::Good, "confirmed"),
        Answer::No => Run::new(Role::Bad, "rejected"),
        _ => Run::new(Role::Dim, "put off"),
    }
}

/// Runs another command and leaves the queue open; the suggestion at hand is shown again after one that changed something.
fn other(session: &mut Session, written: &str) -> Result<View, CommandError> {
    let queue = session.review.take();
    let ran = crate::commands::run_line(session, written);
    // A command may have begun a review of its own.
    if session.review.is_none() {
        session.review = queue;
    }
    let mut view = ran?;
    if !session.is_leaving() {
        let again = next(session)?;
        if view.format.is_none_or(|format| !format.is_data()) {
            view = view.space();
            view.blocks.extend(again.blocks);
            view.asides.extend(again.asides);
        }
    }
    Ok(view)
}

/// Shows the next suggestion that still waits, or what was done when there is none.
fn next(session: &mut Session) -> Result<View, CommandError> {
    loop {
        let Some(queue) = &session.review else { return Ok(View::empty()) };
        let (format, left) = (queue.format, queue.waiting.len() - queue.at.min(queue.waiting.len()));
        let Some(id) = queue.current() else { return Ok(done(session)) };
        let row = session.workbench()?.relation(id)?;
        if row.status == Status::Suggested && !row.earlier.dropped && !row.later.dropped {
            let denied = Denied::of(session, &[row.earlier.clone(), row.later.clone()])?;
            return Ok(page(&row, &denied, left, format));
        }
        // Another decision, or a correction, has settled it since.
        if let Some(queue) = &mut session.review {
            queue.waiting.remove(queue.at);
        }
    }
}

fn page(row: &RelationRow, denied: &Denied, left: usize, format: Format) -> View {
    let mut view = sides::page(row, denied);
    view = view.space().text(legend());
    view = view.text([Run::new(Role::Dim, format!("{} left", count(left, "suggestion")))]);
    view.format = format.is_data().then_some(format);
    view
}

fn legend() -> Vec<Run> {
    let mut runs = Vec::new();
    for (answer, word) in Answer::ALL {
        if answer != Answer::Help {
            runs.push(Run::new(Role::Heading, &word[..1]));
            runs.push(Run::new(Role::Dim, format!("{}  ", &word[1..])));
        }
    }
    runs
}

/// Takes back the last answer of this review.
fn undo(session: &mut Session) -> Result<View, CommandError> {
    let last = session.review.as_mut().and_then(|queue| queue.decided.pop());
    if last.is_none() {
        return Ok(
            View::empty().hint("nothing was answered yet in this review; `quit` (q), then `undo`, goes further back")
        );
    }
    session.workbench()?.undo(1)?;
    if let Some(queue) = &mut session.review {
        queue.at = queue.at.saturating_sub(1);
    }
    next(session)
}

fn edit(session: &mut Session, id: RelationId) -> Result<View, CommandError> {
    let row = session.workbench()?.relation(id)?;
    let (earlier, later) = (row.earlier.id, row.later.id);
    Ok(View::empty().hint(format!(
        "`edit {later} --speaker NAME`, `edit {earlier} --words \"…\"`, `drop {later}` correct a claim; the review goes on after it"
    )))
}

fn open(session: &mut Session, id: RelationId) -> Result<View, CommandError> {
    let workbench = session.workbench()?;
    let row = workbench.relation(id)?;
    let mut view = View::empty();
    let mut articles: Vec<_> = [row.earlier.article, row.later.article].into_iter().flatten().collect();
    articles.dedup();
    for id in articles {
        let text = workbench.article(id)?;
        let claims = workbench.claims(&Filter::default().with(Test::Article(id)))?;
        if !view.blocks.is_empty() {
            view = view.space();
        }
        view.blocks.extend(article::page(&text, &claims).blocks);
    }
    Ok(if view.blocks.is_empty() { view.hint("both claims were imported: there is no article here") } else { view })
}

fn why(session: &mut Session, id: RelationId) -> Result<View, CommandError> {
    let explained = session.workbench()?.why(id)?;
    let view = relations::page(&explained.relation, Depth::Told);
    Ok(view.hint(format!("`why {id} --all` shows how the confidence was reached")))
}

/// Closes the queue and tells what was done.
fn done(session: &mut Session) -> View {
    let Some(queue) = session.review.take() else { return View::empty() };
    let number = |answer| queue.decided.iter().filter(|given| **given == answer).count();
    let (yes, no, skipped) = (number(Answer::Yes), number(Answer::No), number(Answer::Skip));
    let left = queue.waiting.len() - queue.at.min(queue.waiting.len());
    let told = format!("{yes} confirmed, {no} rejected, {skipped} put off, {left} left");
    let mut view =
        View::empty().with(crate::report::view::Block::Paragraph(Paragraph::new([Run::new(Role::Heading, told)])));
    if left + skipped > 0 {
        view = view.hint("continue with `review`");
    }
    view.data(serde_json::json!({"confirmed": yes, "rejected": no, "put_off": skipped, "left": left}))
}
