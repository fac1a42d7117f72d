//! `new`: what came since the last session at the prompt, or since a day: articles, claims, repeats, contradictions, and
//! what waits for a decision.
//!
//! When a session at the prompt ends, its moment is kept for the desk in `sessions.toml`, beside the history of the prompt.

use crate::commands::common::narrow::Page;
use crate::commands::layout::{claims, count, relations, revisions, tables, wait};
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::{Role, Run, View};
use crate::store::Place;
use crate::store::filter::{Filter, Order, Sense, Term, Test};
use crate::workbench::Revision;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Shows what came lately
#[derive(Debug, clap::Args)]
pub struct New {
    /// Since this day; without it since the last session
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Show at most this many articles and this many contradictions
    #[arg(long, value_name = "NUMBER", default_value_t = 10)]
    limit: usize,
}

impl Command for New {
    const NAME: &'static str = "new";
    const PURPOSE: &'static str = "Show what came since the last session, or since a day";
    const EXAMPLE: &'static str = "new --since \"last week\"";
    const GROUP: Group = Group::Desk;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let (moment, told) = session.since(self.since.as_deref())?;
        let desk = session.workbench()?;
        let since = desk.since(&moment)?;
        let waiting = desk.waiting(&Filter::default(), &[])?.len();
        let mut articles = Filter::default().limited(self.limit.saturating_add(1), Order::Newest);
        // They are in order of days.
        let newest = since.articles.iter().rev().take(self.limit.saturating_add(1));
        articles.terms = newest.map(|id| Term { sense: Sense::Is, test: Test::Article(*id) }).collect();
        let rows = if since.articles.is_empty() { Vec::new() } else { desk.articles(&articles)? };
        let page = Page::new(rows, Some(self.limit));
        let found = since.contradictions.iter().take(self.limit);
        let found = found.map(|id| desk.relation(*id)).collect::<Result<Vec<_>, _>>()?;

        let changed = desk.revisions_of(&since.articles)?;
        let silent: Vec<_> = changed.iter().filter(|revision| revision.silent).collect();
        let checked: Vec<_> = since.checked.iter().rev().take(self.limit).copied().collect();
        let checked = desk.precedents(&checked)?;
        let mut counts = vec![
            count(since.articles.len(), "article"),
            count(since.claims, "claim"),
            count(since.repeats, "repeat"),
            count(since.updates.len(), "update"),
            count(since.contradictions.len(), "contradiction"),
        ];
        let (beyond, untold): (Vec<&Revision>, Vec<&Revision>) =
            silent.iter().partition(|revision| revision.has_notice());
        for (revisions, told) in [(untold, "without a notice"), (beyond, "in more than a notice tells")] {
            if !revisions.is_empty() {
                counts.push(format!("{} changed {told}", count(revisions.len(), "article")));
            }
        }
        if !since.checked.is_empty() {
            counts.push(format!("{} already checked", count(since.checked.len(), "claim")));
        }
        let mut view =
            View::empty().text([Run::new(Role::Heading, counts.join(", ")), Run::new(Role::Dim, format!("  {told}"))]);
        if !page.rows.is_empty() {
            view = view.space();
            view.blocks.extend(tables::articles(&page.rows).blocks);
        }
        for row in &found {
            view = view.space();
            view.blocks.extend(relations::whole(row));
        }
        if !silent.is_empty() {
            view = view.space();
            view.blocks.extend(silent.iter().take(self.limit).map(|revision| revisions::line(revision)));
            let changed = silent.first().map_or_else(String::new, |revision| format!(" {}", revision.after.article.id));
            view = view.hint(format!("`revisions{changed}` shows the words that were changed"));
        }
        if !checked.is_empty() {
            view = view.space();
            view.blocks.extend(checked.iter().map(claims::precedent));
        }
        let more = [
            (since.articles.len().saturating_sub(page.rows.len()), "article"),
            (since.contradictions.len().saturating_sub(found.len()), "contradiction"),
            (silent.len().saturating_sub(self.limit), "changed article"),
        ];
        for (left, what) in more.into_iter().filter(|(left, _)| *left > 0) {
            view = view.hint(format!("{left} more {what}s: --limit shows them"));
        }
        if waiting > 0 {
            view = view.hint(format!("{} {} for a decision: `review`", count(waiting, "suggestion"), wait(waiting)));
        }
        Ok(view.data(serde_json::json!({"since": moment, "new": since, "waiting": waiting,
            "changed": revisions::short(&changed)})))
    }
}

impl Session {
    /// Keeps the moments at which sessions end in a file.
    pub fn remember_sessions_in(&mut self, file: PathBuf) {
        self.sessions = Some(file);
    }

    /// Returns the moment that a person means, as [`crate::workbench::Workbench::since`] takes it, and how it is called: the
    /// beginning of a day, else the end of the last session.
    ///
    /// # Errors
    /// When the day cannot be read.
    pub(in crate::commands) fn since(&self, written: Option<&str>) -> Result<(String, String), CommandError> {
        if let Some(written) = written {
            let day = self.date(written)?;
            return Ok((day.first().format("%Y-%m-%d").to_string(), format!("since {day}")));
        }
        Ok(match self.last_session()? {
            Some(moment) => {
                let told = format!("since your last session, {}", moment.replace('T', " ").trim_end_matches('Z'));
                (moment, told)
            }
            None => (String::new(), "since the beginning (no earlier session is known)".to_owned()),
        })
    }

    /// Returns when the last session at the prompt with this desk ended.
    pub(in crate::commands) fn last_session(&self) -> Result<Option<String>, CommandError> {
        let (Some(file), Some(desk)) = (&self.sessions, self.desk_key()) else { return Ok(None) };
        Ok(read(file)?.remove(&desk))
    }

    /// Notes that a session with the desk ends now; a desk in memory is not remembered.
    ///
    /// # Errors
    /// When the moment cannot be kept.
    pub fn end_session(&mut self) -> Result<(), CommandError> {
        let (Some(file), Some(desk)) = (self.sessions.clone(), self.desk_key()) else { return Ok(()) };
        let now = self.now();
        // A file that is damaged is begun anew: it holds nothing that a person made.
        let mut sessions = read(&file).unwrap_or_default();
        sessions.insert(desk, now);
        let text = toml::to_string(&sessions).map_err(|error| CommandError::failed(format!("sessions: {error}")))?;
        crate::commands::session::kept::write_whole(&file, &text)
    }

    /// The desk as it is named in the file of sessions.
    fn desk_key(&self) -> Option<String> {
        match self.desk() {
            Place::File(path) => {
                Some(std::path::absolute(path).unwrap_or_else(|_| path.clone()).to_string_lossy().into_owned())
            }
            Place::Memory => None,
        }
    }
}

fn read(file: &Path) -> Result<BTreeMap<String, String>, CommandError> {
    match crate::workbench::files::read_text(file) {
        Ok(text) => toml::from_str(&text).map_err(|error| {
            CommandError::failed(format!("{}: {}", file.display(), error.message()))
                .with_hint("name a day: `new --since yesterday`; the file is written anew when the session ends")
        }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(BTreeMap::new()),
        Err(error) => Err(CommandError::file(file, &error)),
    }
}

#[cfg(test)]
mod tests {
    use crate::commands::Session;
    use crate::commands::screen::Screen;
    use crate::store::Place;
    use crate::workbench::{Clock, Settings};
    use chrono::{NaiveDate, TimeZone, Utc};
    use std::path::Path;

    fn session(folder: &Path, day: u32) -> Session {
        let settings = Settings {
            today: NaiveDate::from_ymd_opt(2025, 3, day).unwrap(),
            clock: Clock::fixed(Utc.with_ymd_and_hms(2025, 3, day, 9, 0, 0).unwrap()),
            ..Settings::default()
        };
        let mut session = Session::new(Place::File(folder.join("desk.db")), settings, Screen::captured(100));
        session.base = Some(folder.to_owned());
        session.remember_sessions_in(folder.join("sessions.toml"));
        session
    }

    fn counts(session: &mut Session, line: &str) -> String {
        session.perform(line).unwrap();
        session.screen().take().lines().next().unwrap_or_default().to_owned()
    }

    #[test]
    fn what_came_since_the_last_session_or_a_day_is_counted() {
        let folder = tempfile::tempdir().unwrap();
        let article = |name: &str, words: &str| std::fs::write(folder.path().join(name), words).unwrap();
        article("a.txt", "“The port will stay open,” Minister Ada Brook said on Monday.\n");
        article("b.txt", "“The port will not stay open,” Minister Ada Brook said on Friday.\n");
        let mut first = session(folder.path(), 1);
        first.perform("load a.txt --date 2025-02-03").unwrap();
        first.screen().take();
        assert!(
            counts(&mut first, "new")
                .starts_with("1 article, 1 claim, 0 repeats, 0 updates, 0 contradictions  since the beginning")
        );
        first.end_session().unwrap();

        let mut second = session(folder.path(), 5);
        assert!(counts(&mut second, "new").starts_with("0 articles, 0 claims"));
        second.perform("load b.txt --date 2025-02-28").unwrap();
        second.screen().take();
        let told = counts(&mut second, "new");
        assert!(
            told.starts_with(
                "1 article, 1 claim, 0 repeats, 0 updates, 1 contradiction  since your last session, 2025-03-01"
            ),
            "{told}"
        );
        assert!(counts(&mut second, "new --since 2025-03-01").starts_with("2 articles, 2 claims"));
        assert!(counts(&mut second, "new --since yesterday").starts_with("1 article, 1 claim"));
        second.perform("undo").unwrap();
        second.screen().take();
        assert!(counts(&mut second, "new").starts_with("0 articles, 0 claims, 0 repeats, 0 updates, 0 contradictions"));
    }

    #[test]
    fn a_damaged_file_of_sessions_is_told_and_written_anew() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("sessions.toml");
        std::fs::write(&file, "not toml").unwrap();
        let mut one = session(folder.path(), 1);
        one.perform(".open d.db").unwrap();
        assert!(one.perform("new").unwrap_err().hint().unwrap_or_default().contains("--since"));
        one.end_session().unwrap();
        assert!(one.perform("new").is_ok());
    }
}
