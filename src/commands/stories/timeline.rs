//! `timeline`: claims over time: drawn, one row a speaker or story; or day by day, with what each repeats or contradicts.

use crate::commands::common::narrow::{Narrow, Page};
use crate::commands::common::output_file::OutputFile;
use crate::commands::layout::words::{manner, ratings, relation};
use crate::commands::layout::{ID_WIDTH, claims, count};
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::timeline::Timeline as Drawing;
use crate::report::view::{Aside, Block, Paragraph, Role, Run, View};
use crate::report::{self, Language};
use crate::store::filter::Order;
use crate::store::id::StoryId;
use crate::store::marks::Rows;
use crate::store::rows::{Named, Status};
use crate::workbench::TimelineRow;
use std::path::{Path, PathBuf};

/// Shows claims over time
#[derive(Debug, clap::Args)]
pub struct Timeline {
    /// Day by day, each claim with its words
    #[arg(long)]
    days: bool,
    /// Day by day, only claims that repeat, update or contradict an earlier one, or carry a verdict
    #[arg(long)]
    changes: bool,
    /// What the rows of the drawing are
    #[arg(long, value_name = "CHOICE", value_enum, default_value = "speaker")]
    by: By,
    /// Write the drawing to this file as a picture (.svg): a bar a day, week, month or year
    #[arg(long, value_name = "FILE", conflicts_with_all = ["days", "changes"])]
    out: Option<PathBuf>,
    #[command(flatten)]
    narrow: Narrow,
}

/// What the rows of a drawing are.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum By {
    Speaker,
    Story,
}

impl By {
    const fn rows(self) -> Rows {
        match self {
            Self::Speaker => Rows::Speakers,
            Self::Story => Rows::Stories,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Speaker => "speaker",
            Self::Story => "story",
        }
    }
}

/// Rows of a picture unless all are asked for; the last holds the rest.
const LANES: usize = 20;

/// Lines of rows drawn unless all are asked for: with dates, legend and the prompt they fit on one screen.
const DRAWN: usize = 19;

/// Width of a name from which it takes a line of its own in the drawing.
const LONG_NAME: usize = 28;

/// Claims that a drawing is made of unless all are asked for, the newest.
const MARKED: usize = 5_000;

impl Timeline {
    /// The drawing of a story, on the screen or in a file.
    pub(in crate::commands) fn of(story: &Named<StoryId>, out: Option<PathBuf>) -> Self {
        let narrow = Narrow::to(format!("story:{}", story.id));
        Self { days: false, changes: false, by: By::Speaker, out, narrow }
    }
}

impl Command for Timeline {
    const NAME: &'static str = "timeline";
    const PURPOSE: &'static str = "Draw claims over time, or list them by day with what each repeats or contradicts";
    const EXAMPLE: &'static str = "timeline story:tunnel";
    const GROUP: Group = Group::Stories;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        match &self.out {
            Some(file) => picture(session, &self, file),
            None if self.days || self.changes => days(session, &self),
            None => drawing(session, &self),
        }
    }
}

fn drawing(session: &mut Session, asked: &Timeline) -> Result<View, CommandError> {
    let filter = asked.narrow.whole(session)?;
    let all = asked.narrow.limit(session).is_none();
    let filter = if all { filter } else { filter.limited(MARKED, Order::Newest) };
    let whole = session.workbench()?.drawing(&filter, asked.by.rows())?;
    let mut shown = whole.rows.clone();
    if !all {
        let mut lines = 0;
        shown.retain(|row| {
            lines += if unicode_width::UnicodeWidthStr::width(row.name.as_str()) > LONG_NAME { 2 } else { 1 };
            lines <= DRAWN
        });
    }
    let drawn = Drawing { rows: shown };
    let frame = session.screen().frame();
    let lines = drawn.draw(frame.width);
    let mut view = View::empty();
    if lines.is_empty() {
        view = view.hint(if whole.rows.is_empty() { "no claim fits" } else { "none of the claims has a date" });
    } else {
        view = view.with(Block::Document(lines.join("\n") + "\n"));
        let left = whole.rows.len() - drawn.rows.len();
        if left > 0 {
            view = view.hint(format!("{left} more with fewer claims; --all draws them all"));
        }
        view = view.hint("for a list by day use `timeline --days` with the same filters");
    }
    Ok(view.data(whole))
}

/// Writes the drawing to a file.
fn picture(session: &mut Session, asked: &Timeline, file: &Path) -> Result<View, CommandError> {
    if !file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("svg")) {
        return Err(CommandError::usage(format!("a timeline is drawn as SVG, and {} is another form", file.display()))
            .with_hint("end the name in .svg; `timeline` alone draws on the screen, `--json` gives the events"));
    }
    let filter = asked.narrow.whole(session)?;
    let most = if asked.narrow.limit(session).is_none() { usize::MAX } else { LANES };
    let whole = session.workbench()?.drawing(&filter, asked.by.rows())?;
    let drawn = report::over_time(&whole, most, Language::english()).map_err(|error| {
        CommandError::failed(error.to_string()).with_hint("this is a fault of the program: please report it")
    })?;
    let Some(drawn) = drawn else {
        let what = if whole.rows.is_empty() { "no claim fits" } else { "none of the claims has a date" };
        return Err(
            CommandError::failed(format!("nothing to draw: {what}")).with_hint("`help filters` shows what narrows")
        );
    };
    OutputFile::new(session, file)?.write_whole(drawn.as_bytes())?;
    let view = View::done(format!("{}: {} drawn", file.display(), count(whole.rows.len(), asked.by.name())));
    Ok(match whole.rows.len().checked_sub(most) {
        Some(joined) if joined > 0 => view.hint("those with fewer claims share one row; --all draws each"),
        _ => view,
    })
}

fn days(session: &mut Session, asked: &Timeline) -> Result<View, CommandError> {
    let limit = asked.narrow.limit(session);
    let page = if asked.changes {
        // What changes is known only after the whole is read; then the limit counts.
        let filter = asked.narrow.whole(session)?;
        let mut rows = session.workbench()?.timeline(&filter)?;
        rows.retain(|row| !row.relations.is_empty() || !row.claim.verdicts.is_empty());
        if limit.is_some() {
            rows.reverse();
        }
        Page::new(rows, limit)
    } else {
        let filter = asked.narrow.newest(session)?;
        Page::new(session.workbench()?.timeline(&filter)?, limit)
    };
    let mut view = View::empty();
    let mut day = String::new();
    for row in &page.rows {
        let said = claims::said(&row.claim);
        if said != day {
            view = if day.is_empty() { view } else { view.space() };
            view = view.heading(&*said);
            day = said;
        }
        view.blocks.extend(entry(row));
    }
    if page.rows.is_empty() {
        view = view.hint("no claim fits");
    }
    view.asides.extend(page.hint().map(Aside::Hint));
    Ok(view.data(page.rows))
}
/// A claim of that day, and below it how it stands to earlier ones.
fn entry(row: &TimelineRow) -> Vec<Block> {
    let claim = &row.claim;
    let mut runs = vec![Run::new(Role::Speaker, claims::who(claim)), Run::new(Role::Plain, "  ")];
    runs.extend(claims::framed(claim, claims::plain(claim)));
    runs.push(Run::new(Role::Dim, format!("  {}  {}", manner(claim), claim.outlet)));
    let rated = ratings(claim);
    if !rated.is_empty() {
        runs.push(Run::new(Role::Caution, format!("  {rated}")));
    }
    let id = Run::new(Role::Id, claim.id.to_string());
    let mut out = vec![Block::Paragraph(Paragraph::new(runs).beside(id, ID_WIDTH))];
    for found in row.relations.iter().filter(|found| found.status != Status::Rejected) {
        let mut runs = vec![Run::new(Role::Dim, "↳ "), relation(found)];
        let earlier = &found.earlier;
        runs.push(Run::new(Role::Id, format!("  {} ", earlier.id)));
        runs.push(Run::new(Role::Dim, format!("{}, {}", claims::who(earlier), claims::said(earlier))));
        runs.push(Run::new(Role::Id, format!("  {}", found.id)));
        if found.status == Status::Confirmed {
            runs.push(Run::new(Role::Good, "  confirmed"));
        }
        out.push(Block::Paragraph(Paragraph::new(runs).indented(ID_WIDTH)));
    }
    out
}
