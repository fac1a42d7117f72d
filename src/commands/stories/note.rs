//! `note`: what a person knows about a claim, an article, a relation, a speaker, a story, in their own words.

use crate::commands::layout::{ID_WIDTH, by, claims::day};
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::{Block, Paragraph, Role, Run, View};
use crate::store::id::AnyId;
use crate::store::rows::NoteRow;

/// Writes, changes and lists notes
#[derive(Debug, clap::Args)]
pub struct Note {
    /// What the note is about, or a note to change; without it all notes are listed
    #[arg(value_name = "CLAIM|ARTICLE|RELATION|VERDICT|SPEAKER|STORY|NOTE")]
    about: Option<AnyId>,
    /// The words; without them the notes about it are listed
    #[arg(value_name = "WORDS")]
    words: Vec<String>,
    /// Remove the note
    #[arg(long, conflicts_with = "words", requires = "about")]
    remove: bool,
}

impl Command for Note {
    const NAME: &'static str = "note";
    const PURPOSE: &'static str = "Write, change or list notes on anything with an id";
    const EXAMPLE: &'static str = "note c1 \"the ministry has not answered yet\"";
    const GROUP: Group = Group::Stories;
    const ALIASES: &'static [&'static str] = &["notes"];

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let words = self.words.join(" ");
        let workbench = session.workbench()?;
        let rows = match self.about {
            Some(AnyId::Note(note)) if self.remove => {
                workbench.change_note(note, "")?;
                return Ok(View::done(format!("{note} is removed")).hint("`undo` restores it"));
            }
            Some(_) if self.remove => {
                return Err(CommandError::usage("name the note to take away")
                    .with_hint("`note` lists them, `note n1 --remove`"));
            }
            Some(AnyId::Note(note)) if words.is_empty() => vec![workbench.note_row(note)?],
            Some(AnyId::Note(note)) => workbench.change_note(note, &words)?.into_iter().collect(),
            Some(about) if !words.is_empty() => vec![workbench.note(about, &words)?],
            about => workbench.notes(about)?,
        };
        let mut view = View::empty();
        view.blocks.extend(rows.iter().map(|row| line(row, row.about.as_str())));
        if rows.is_empty() {
            view = view.hint("there is no note yet; `note c41 \"words\"` writes one");
        }
        Ok(view.data(rows))
    }
}

/// A note in one paragraph: its id, what it is about, the words, who and when.
pub fn line(row: &NoteRow, about: &str) -> Block {
    let mut runs = Vec::new();
    if !about.is_empty() {
        runs.push(Run::new(Role::Id, format!("{about}  ")));
    }
    runs.push(Run::new(Role::Plain, &*row.words));
    runs.push(Run::new(Role::Dim, format!("  {}, {}", by(&row.by), day(&row.at))));
    Block::Paragraph(Paragraph::new(runs).beside(Run::new(Role::Id, row.id.to_string()), ID_WIDTH))
}
