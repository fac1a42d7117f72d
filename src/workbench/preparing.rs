//! Many files read and analysed in the background, on all cores, and handed over one by one in the order given.
//!
//! Whoever waits for the next file can stop at once: the file at hand is then finished by its thread and thrown away.

use super::fetch::Page;
use super::parts::InParts;
use super::sources::{Content, Prepared, Source, prepare_article};
use super::{Clock, Originals, Result, WorkbenchError, fetch};
use crate::article::formats::PLAIN;
use crate::article::outlets::OwnNames;
use crate::article::{self, Given, Named, Origin, Part, Sent};
use crate::attribution::reader::Reader;
use crate::store::id::ArticleId;
use crate::store::originals::{Fetched, FilesRead, Original, hash};
use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Files analysed beyond the one that is waited for; small, so that memory stays low.
const AHEAD: usize = 64;

/// Parts of a long file, which are larger, beyond the one that is waited for.
const PARTS_AHEAD: usize = 2;

/// How long a wait lasts before it is asked again whether somebody wants to stop.
const GLANCE: Duration = Duration::from_millis(50);

/// What comes of a file, under its name.
pub type Done = (String, Result<Found>);

/// One step through a file.
#[derive(Debug)]
pub enum Found {
    Article {
        prepared: Box<Prepared>,
        made: Made,
    },
    /// An article of a file that was read whole before.
    Known(ArticleId),
    /// The end of a file; with its digest when all of its articles could be read.
    End(Option<String>),
}

/// What an article was made of.
#[derive(Debug)]
pub struct Made {
    pub original: Arc<Original>,
    /// `html`, or `zip/html` for a file in an archive.
    pub format: String,
    pub version: u32,
    pub fetched: Option<Arc<Fetched>>,
}

/// How files are read.
pub struct How {
    pub reader: &'static dyn Reader,
    /// Bytes of a file, or of a record.
    pub most: u64,
    pub originals: Originals,
    pub clock: Clock,
    pub known: FilesRead,
    pub outlets: OwnNames,
}

impl std::fmt::Debug for How {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { reader, most, originals, clock, known, outlets } = self;
        let mut shown = f.debug_struct("How");
        shown.field("reader", &reader.name()).field("most", most).field("originals", originals).field("clock", clock);
        shown.field("known", &known.len()).field("outlets", outlets).finish()
    }
}

/// The files that are on their way.
#[derive(Debug)]
pub struct Preparing {
    /// What is left of the file at hand.
    ready: VecDeque<Done>,
    arrived: BTreeMap<usize, Vec<Done>>,
    coming: Receiver<(usize, Vec<Done>)>,
    next: usize,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    /// What nobody took yet, by number.
    sources: Mutex<std::iter::Enumerate<InParts>>,
    how: How,
    /// Files that were handed over.
    taken: AtomicUsize,
    halt: AtomicBool,
}

impl Preparing {
    /// Begins to read and analyse the files.
    pub fn begin(sources: Vec<Source>, how: How) -> Self {
        let threads = if sources.is_empty() { 0 } else { std::thread::available_parallelism().map_or(1, usize::from) };
        let (sender, coming) = mpsc::channel();
        let shared = Arc::new(Shared {
            sources: Mutex::new(InParts::of(sources, how.most).enumerate()),
            how,
            taken: AtomicUsize::new(0),
            halt: AtomicBool::new(false),
        });
        for _ in 0..threads {
            let (sender, shared) = (sender.clone(), Arc::clone(&shared));
            std::thread::spawn(move || {
                while let Some((number, source)) = shared.next_source() {
                    if sender.send((number, read(source, &shared.how, &shared.halt))).is_err() {
                        return;
                    }
                }
            });
        }
        Self { ready: VecDeque::new(), arrived: BTreeMap::new(), coming, next: 0, shared }
    }

    /// Waits for the next article, in the order given; `None` after the last, or when `stop` is set.
    pub fn next(&mut self, stop: &AtomicBool) -> Option<Done> {
        loop {
            if stop.load(Ordering::Relaxed) {
                return None;
            }
            if let Some(done) = self.ready.pop_front() {
                return Some(done);
            }
            if let Some(done) = self.arrived.remove(&self.next) {
                self.next += 1;
                self.shared.taken.store(self.next, Ordering::Relaxed);
                self.ready = done.into();
                continue;
            }
            match self.coming.recv_timeout(GLANCE) {
                Ok((number, done)) => drop(self.arrived.insert(number, done)),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    self.ready = self.arrived.pop_first()?.1.into();
                }
            }
        }
    }
}

impl Drop for Preparing {
    fn drop(&mut self) {
        self.shared.halt.store(true, Ordering::Relaxed);
    }
}

impl Shared {
    /// Takes a source, once it is not too far ahead; `None` when there is none left or nobody waits any more.
    fn next_source(&self) -> Option<(usize, Source)> {
        let (number, source) = self.sources.lock().unwrap_or_else(PoisonError::into_inner).next()?;
        let ahead = if matches!(source.content, Content::Part { .. }) { PARTS_AHEAD } else { AHEAD };
        while number > self.taken.load(Ordering::Relaxed) + ahead && !self.halt.load(Ordering::Relaxed) {
            std::thread::sleep(Duration::from_millis(2));
        }
        (!self.halt.load(Ordering::Relaxed)).then_some((number, source))
    }
}

/// Reads a file and finds the claims of every article in it; a file that was read whole before is only told.
fn read(source: Source, how: &How, halt: &AtomicBool) -> Vec<Done> {
    let Source { path, content, mut given } = source;
    given.outlets = how.outlets.clone();
    let mut fetched = None;
    let unread = |reason: String| vec![(path.clone(), Err(WorkbenchError::File { path: path.clone(), reason }))];
    let (bytes, part) = match content {
        Content::Bytes(bytes) => (bytes, Part::default()),
        Content::Part { bytes, part } => (bytes, part),
        Content::Unreadable(reason) => return unread(reason),
        Content::Article { opened, fetched } => {
            let mut done = analysed(vec![(path.clone(), Ok(*opened))], Some(&fetched), how);
            done.push((path, Ok(Found::End(None))));
            return done;
        }
        Content::File(file) => match super::files::read(&file, how.most) {
            Ok(bytes) => (bytes, Part::default()),
            Err(error) => return unread(super::files::told(&error)),
        },
        Content::Address { address, rules } => match fetch::page(&address, rules, halt) {
            Ok(page) => {
                given.sent = Some(sent(&page));
                let Page { bytes, address: found, headers } = page;
                let at = how.clock.now();
                fetched = Some(Arc::new(Fetched { asked: address, address: found, at, headers }));
                (bytes, Part::default())
            }
            Err(error) => return vec![(path, Err(error.into()))],
        },
    };
    let digest = digest(&bytes, &path, &given, part);
    if let Some(known) = how.known.get(&digest) {
        let told = known.iter().map(|(name, article)| (name.clone(), Ok(Found::Known(*article))));
        return told.chain([(path, Ok(Found::End(None)))]).collect();
    }
    let all = match article::open_part(&bytes, &path, &given, part) {
        Ok(all) => all,
        Err(error) => return vec![(path, Err(error.into()))],
    };
    let whole = !all.is_empty() && all.iter().all(|(_, opened)| opened.is_ok());
    let mut done = analysed(all, fetched.as_ref(), how);
    done.push((path, Ok(Found::End(whole.then_some(digest)))));
    done
}

/// Finds the claims of articles.
fn analysed(all: Vec<Named>, fetched: Option<&Arc<Fetched>>, how: &How) -> Vec<Done> {
    let mut last: Option<(Arc<[u8]>, Arc<Original>)> = None;
    let mut done: Vec<Done> = Vec::with_capacity(all.len() + 1);
    for (name, opened) in all {
        let found = opened.map_err(WorkbenchError::from).map(|opened| {
            let original = match &last {
                Some((bytes, original)) if Arc::ptr_eq(bytes, &opened.origin.bytes) => Arc::clone(original),
                _ => Arc::new(original(&opened.origin, how.originals)),
            };
            last = Some((Arc::clone(&opened.origin.bytes), Arc::clone(&original)));
            let format = [&opened.origin.within[..], &[opened.origin.format]].concat().join("/");
            let made = Made { original, format, version: opened.origin.version, fetched: fetched.cloned() };
            Found::Article { prepared: Box::new(prepare_article(opened.article, how.reader)), made }
        });
        done.push((name, found));
    }
    done
}

/// What the server of a page said of it.
pub fn sent(page: &Page) -> Sent {
    Sent { address: page.address.clone(), charset: page.charset().map(str::to_owned) }
}

fn original(origin: &Origin, originals: Originals) -> Original {
    match originals {
        Originals::Kept if origin.format != PLAIN => Original::kept(&origin.bytes),
        _ => Original::told(&origin.bytes),
    }
}

/// What makes reading a file, or a part of a long one, again give the same: its bytes and name, the number of its first record, what
/// was said of it, and the program.
fn digest(bytes: &[u8], path: &str, given: &Given, part: Part) -> String {
    let first = if part.first > 1 { format!("#{}", part.first) } else { String::new() };
    let told = format!("\0{path}{first}\0{given:?}\0{}", env!("CARGO_PKG_VERSION"));
    hash(&[bytes, told.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbench::standard;

    fn how() -> How {
        let (most, known) = (super::super::files::MOST, FilesRead::new());
        let outlets = OwnNames::default();
        How { reader: standard(), most, originals: Originals::Told, clock: Clock::system(), known, outlets }
    }

    fn sources(count: usize) -> Vec<Source> {
        let words = |number: usize| {
            format!("“Ferry {number} will sail,” Ada Brook said on Monday.\n").repeat(1 + number % 7 * 20)
        };
        let source = |number: usize| Source {
            path: format!("{number}.txt"),
            content: Content::Bytes(words(number).into_bytes()),
            given: Given::default(),
        };
        (0..count).map(source).collect()
    }

    #[test]
    fn files_come_in_the_order_given_and_none_is_lost() {
        for count in [0, 1, 3, AHEAD * 3] {
            let mut preparing = Preparing::begin(sources(count), how());
            let stop = AtomicBool::new(false);
            let done = std::iter::from_fn(|| preparing.next(&stop));
            let articles = done.filter(|(_, found)| matches!(found, Ok(Found::Article { .. })));
            let names: Vec<String> = articles.map(|(path, _)| path).collect();
            assert_eq!(names, (0..count).map(|number| format!("{number}.txt")).collect::<Vec<_>>());
        }
    }

    #[test]
    fn who_stops_does_not_wait_for_the_file_at_hand() {
        let mut long = sources(1);
        long[0].content =
            Content::Bytes("“The ferry will sail,” Ada Brook said on Monday.\n".repeat(40_000).into_bytes());
        let mut preparing = Preparing::begin(long, how());
        let stop = AtomicBool::new(false);
        let begun = std::time::Instant::now();
        let waited = std::thread::scope(|scope| {
            scope.spawn(|| {
                std::thread::sleep(Duration::from_millis(20));
                stop.store(true, Ordering::Relaxed);
            });
            preparing.next(&stop)
        });
        assert!(waited.is_none() && begun.elapsed() < Duration::from_millis(300), "{:?}", begun.elapsed());
    }
}
