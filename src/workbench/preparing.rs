//! Many files read and analysed in the background, on all cores, and handed over one by one in the order given.
//!
//! Whoever waits for the next file can stop at once: the file at hand is then finished by its thread and thrown away.

use super::load::{Content, Prepared, Source, prepare_article};
use super::{Result, WorkbenchError};
use crate::article;
use crate::attribution::reader::Reader;
use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Files analysed beyond the one that is waited for; small, so that memory stays low.
const AHEAD: usize = 64;

/// How long a wait lasts before it is asked again whether somebody wants to stop.
const GLANCE: Duration = Duration::from_millis(50);

/// An article that was read, or why it could not be.
pub type Done = (String, Result<Prepared>);

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
    sources: Mutex<std::iter::Enumerate<std::vec::IntoIter<Source>>>,
    /// Files that were handed over.
    taken: AtomicUsize,
    halt: AtomicBool,
}

impl Preparing {
    /// Begins to read and analyse the files.
    pub fn begin(sources: Vec<Source>, reader: &'static dyn Reader, most: u64) -> Self {
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(sources.len());
        let (sender, coming) = mpsc::channel();
        let shared = Arc::new(Shared {
            sources: Mutex::new(sources.into_iter().enumerate()),
            taken: AtomicUsize::new(0),
            halt: AtomicBool::new(false),
        });
        for _ in 0..threads {
            let (sender, shared) = (sender.clone(), Arc::clone(&shared));
            std::thread::spawn(move || {
                while let Some((number, source)) = shared.next_source() {
                    if sender.send((number, read(source, reader, most))).is_err() {
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
        while number > self.taken.load(Ordering::Relaxed) + AHEAD && !self.halt.load(Ordering::Relaxed) {
            std::thread::sleep(Duration::from_millis(2));
        }
        (!self.halt.load(Ordering::Relaxed)).then_some((number, source))
    }
}

/// Reads a file and finds the claims of every article in it.
fn read(source: Source, reader: &'static dyn Reader, most: u64) -> Vec<Done> {
    let Source { path, content, given } = source;
    let bytes = match content {
        Content::Bytes(bytes) => bytes,
        Content::File(file) => match super::files::read(&file, most) {
            Ok(bytes) => bytes,
            Err(error) => return vec![(path.clone(), Err(WorkbenchError::File { path, reason: error.to_string() }))],
        },
    };
    match article::open(&bytes, &path, &given) {
        Ok(all) => {
            let prepared = |(name, opened): article::Named| {
                (name, opened.map(|one| prepare_article(one.article, reader)).map_err(Into::into))
            };
            all.into_iter().map(prepared).collect()
        }
        Err(error) => vec![(path, Err(error.into()))],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Given;
    use crate::workbench::standard;

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
            let mut preparing = Preparing::begin(sources(count), standard(), super::super::files::MOST);
            let stop = AtomicBool::new(false);
            let names: Vec<String> = std::iter::from_fn(|| preparing.next(&stop)).map(|(path, _)| path).collect();
            assert_eq!(names, (0..count).map(|number| format!("{number}.txt")).collect::<Vec<_>>());
        }
    }

    #[test]
    fn who_stops_does_not_wait_for_the_file_at_hand() {
        let mut long = sources(1);
        long[0].content =
            Content::Bytes("“The ferry will sail,” Ada Brook said on Monday.\n".repeat(40_000).into_bytes());
        let mut preparing = Preparing::begin(long, standard(), super::super::files::MOST);
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
