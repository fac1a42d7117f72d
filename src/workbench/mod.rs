//! The desk: the store, the pipeline that fills it, and a person's acts upon it, each one operation that can be taken back.
//!
//! ```
//! use onrecord::article::Given;
//! use onrecord::store::{Place, filter::Filter};
//! use onrecord::workbench::{Settings, Workbench};
//! let mut desk = Workbench::open(Place::Memory, Settings::default())?;
//! let given = Given { outlet: Some("The Example".into()), ..Given::default() };
//! let loaded = desk.load(b"The bridge is safe, engineer Ann Baker said on Monday.\n", "bridge.txt", &given)?;
//! assert_eq!(desk.articles(&Filter::default())?[0].id, loaded.article);
//! desk.undo(1)?;
//! assert!(desk.articles(&Filter::default())?.is_empty());
//! # Ok::<(), onrecord::workbench::WorkbenchError>(())
//! ```

mod acts;
mod amendments;
mod annotations;
mod carried;
mod checked;
mod checks;
mod corrections;
mod dropping;
mod error;
mod export;
pub mod feeds;
pub mod fetch;
pub mod files;
pub mod findings;
mod foreseen;
mod identity;
mod idle;
mod import;
mod in_part;
mod kept_versions;
mod link;
mod linking;
mod live;
mod load;
mod load_journal;
mod lookup;
mod matches;
mod matter;
mod meaning;
mod opposing;
mod outlets;
mod parts;
mod placed;
mod positions;
mod preparing;
mod quoting;
mod read_before;
mod recording;
mod relinking;
mod rereading;
mod revisions;
pub mod scales;
mod second_look;
mod signed;
mod sources;
mod speakers;
mod stances;
pub mod step;
mod stories;
mod suggesting;
pub mod together;
mod transfer;
pub mod verdicts;
mod word_for_word;

pub use acts::Pairs;
pub use carried::Carried;
pub use checks::{CheckSource, CheckedClaim, ChecksReport, FileReport};
pub use corrections::{Changes, Missed, SpeakerIs, Written};
pub use error::{Result, WorkbenchError};
pub use export::Export;
pub use foreseen::Foreseen;
pub use import::{ImportReport, Record};
pub use link::web_address;
pub use lookup::TimelineRow;
pub use matches::{Explained, Matched, Query};
pub use meaning::Meant;
pub use positions::{Position, Stand, Step};
pub use recording::Finds;
pub use rereading::Reread;
pub use revisions::{History, Revision, VersionRow};
pub use sources::{Content, FileOutcome, Loaded, Outcome, Prepared, Source, prepare_article};
pub use speakers::Voices;
pub use suggesting::{Suggested, SuggestedArticle, Suggestions};
pub use verdicts::{Checked, Judgement, Lack};

use crate::attribution::reader::{Reader, standard};
use crate::store::doctor::{Care, Examined};
use crate::store::{Place, Store};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use live::Live;
use scales::Scales;
use std::sync::Arc;

/// Where the time of an operation comes from.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl Clock {
    /// The clock of this machine.
    pub fn system() -> Self {
        Self(Arc::new(Utc::now))
    }

    /// A clock that stands still; for tests and demonstrations.
    pub fn fixed(at: DateTime<Utc>) -> Self {
        Self(Arc::new(move || at))
    }

    /// Returns the moment as it is stored: RFC 3339, UTC, to the second.
    pub fn now(&self) -> String {
        (self.0)().to_rfc3339_opts(SecondsFormat::Secs, true)
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Clock({})", self.now())
    }
}

/// What the desk is told at its start; nothing of it is read from the environment.
#[derive(Clone)]
pub struct Settings {
    /// The day that "last week" in a filter counts from.
    pub today: NaiveDate,
    /// Who acts: stands in the journal beside every operation.
    pub user: String,
    pub clock: Clock,
    /// Who finds the attributions of what is loaded.
    pub reader: &'static dyn Reader,
    /// The scales that verdicts are given on.
    pub scales: Scales,
    /// Most bytes of a file, or of one line, that are read.
    pub max_size: u64,
    /// Whether the bytes of what is loaded are kept.
    pub originals: Originals,
    /// The bounds of what is fetched.
    pub fetching: fetch::Rules,
}

/// What is kept of the bytes that articles are read from; of plain text, whose words are the article, never more than the hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Originals {
    #[default]
    Kept,
    /// Their hash and size alone.
    Told,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            today: Utc::now().date_naive(),
            user: "desk".into(),
            clock: Clock::system(),
            reader: standard(),
            scales: Scales::default(),
            max_size: files::MOST,
            originals: Originals::default(),
            fetching: fetch::Rules::default(),
        }
    }
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { today, user, clock, reader, scales, max_size, originals, fetching } = self;
        f.debug_struct("Settings")
            .field("today", today)
            .field("user", user)
            .field("clock", clock)
            .field("reader", &reader.name())
            .field("scales", &scales.iter().count())
            .field("max_size", max_size)
            .field("originals", originals)
            .field("fetching", fetching)
            .finish()
    }
}

/// An open desk.
#[derive(Debug)]
pub struct Workbench {
    store: Store,
    settings: Settings,
    live: Live,
    scope: step::Scope,
}

impl Workbench {
    /// Opens the desk on a database, which is made when it does not exist.
    ///
    /// # Errors
    /// [`WorkbenchError`] when the file is no onrecord database, is newer than the program, is damaged, or cannot be read.
    pub fn open(place: Place, settings: Settings) -> Result<Self> {
        Ok(Self { store: Store::open(place)?, settings, live: Live::default(), scope: step::Scope::default() })
    }

    /// Returns the desk as it stood at the end of a day; nothing can be written to it.
    ///
    /// # Errors
    /// When the database cannot be read or there is no room for a copy of it in memory.
    pub fn as_of(&self, day: NaiveDate) -> Result<Self> {
        let store = self.store.as_of(&day.format("%Y-%m-%d").to_string())?;
        Ok(Self { store, settings: self.settings.clone(), live: Live::default(), scope: step::Scope::default() })
    }

    /// Writes a copy of the database into a new file.
    ///
    /// # Errors
    /// When the file is there already or cannot be written.
    pub fn copy_to(&self, path: &std::path::Path) -> Result<()> {
        Ok(self.store.copy_to(path)?)
    }

    /// Looks the whole desk over, and with [`Care::Mend`] makes anew what is derived and wrong.
    ///
    /// # Errors
    /// When it cannot be read at all, or not be written to.
    pub fn examine(&mut self, care: Care) -> Result<Vec<Examined>> {
        Ok(self.store.examine(care)?)
    }

    /// Lets a raised flag stop what is being asked; what is being written is written to its end.
    ///
    /// # Errors
    /// When the database does not take it.
    pub fn heed_flag(&mut self, stop: std::sync::Arc<std::sync::atomic::AtomicBool>) -> Result<()> {
        Ok(self.store.heed_flag(stop)?)
    }

    /// Returns where the database lies.
    pub const fn place(&self) -> &Place {
        self.store.place()
    }

    /// Returns what was found to be damaged when the file was opened: it can be read, and nothing be written to it.
    pub fn damage(&self) -> Option<&str> {
        self.store.damage()
    }

    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Changes what the desk was told at its start: the reader, the person, the day.
    pub const fn settings_mut(&mut self) -> &mut Settings {
        &mut self.settings
    }
}
