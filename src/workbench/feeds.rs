//! Feeds: polled when a person asks, each entry loaded once, and everything that was met accounted for.

use super::fetch::{self, Answer, Page, Rules, Validators};
use super::preparing::sent;
use super::{Content, FileOutcome, Result, Source, Workbench, WorkbenchError};
use crate::article::{self, FeedEntry, Given, Gives, address};
use crate::store::feeds::{FeedKnown, FeedPoll, FeedRow};
use crate::store::id::ArticleId;
use crate::store::originals::Fetched;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Feeds that are fetched at once.
const TOGETHER: usize = 8;

/// Where the words of an entry come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// From the entry where it has its whole article, else from the page that it links to.
    Whole,
    /// From the entry, be it only a summary.
    Entry,
}

/// How feeds are polled.
#[derive(Debug, Clone, Copy)]
pub struct How {
    pub words: Words,
    pub rules: Rules,
}

/// What a poll of one feed gave.
#[derive(Debug)]
pub struct Polled {
    pub feed: FeedRow,
    /// Why the feed itself could not be read.
    pub failed: Option<WorkbenchError>,
    /// Its server says that nothing has changed.
    pub unchanged: bool,
    /// Entries that were on the desk already.
    pub known: usize,
    /// The others.
    pub entries: Vec<FileOutcome>,
    /// Entries that were not read, as a person stopped it.
    pub left: usize,
}

/// A feed whose entries are on their way.
struct Plan {
    polled: Polled,
    validators: Validators,
    /// The entries to load, by the names of their sources.
    wanted: BTreeMap<String, String>,
    kept: Vec<(String, ArticleId)>,
}

impl Workbench {
    /// Gives the address of a feed a name; nothing is fetched yet. Returns the name.
    ///
    /// # Errors
    /// For what is no address of the web, and where the name or the address is in use.
    pub fn add_feed(&mut self, address: &str, name: Option<&str>) -> Result<String> {
        let url = fetch::checked(address)?;
        let host = url.host_str().unwrap_or_default();
        let name = name.unwrap_or_else(|| host.strip_prefix("www.").unwrap_or(host)).trim().to_owned();
        if crate::store::fold(&name).is_empty() {
            return Err(WorkbenchError::asked("a feed needs a name with letters", "`feed add LINK --name post`"));
        }
        let all = self.store.feeds()?;
        if let Some(same) = all.iter().find(|feed| feed.address == url.as_str()) {
            let said = format!("{url} is the feed {} already", same.name);
            return Err(WorkbenchError::asked(said, format!("`feed poll {}` polls it", same.name)));
        }
        if all.iter().any(|feed| crate::store::fold(&feed.name) == crate::store::fold(&name)) {
            let said = format!("there is a feed {name} already");
            return Err(WorkbenchError::asked(said, "give this one another name with --name"));
        }
        let line = format!("feed add {url} --name {name}");
        self.act("feed", &line, |writer, operation| Ok(writer.save_feed(&name, url.as_str(), operation)?))?;
        Ok(name)
    }

    /// Removes a feed; its articles stay. Returns it.
    ///
    /// # Errors
    /// When no feed has that name.
    pub fn remove_feed(&mut self, name: &str) -> Result<FeedRow> {
        let feed = self.store.feed(name)?;
        let line = format!("feed remove {}", feed.name);
        self.act("feed", &line, |writer, operation| Ok(writer.save_feed(&feed.name, "", operation)?))?;
        Ok(feed)
    }

    /// Returns the feeds, by name.
    pub fn feeds(&self) -> Result<Vec<FeedRow>> {
        Ok(self.store.feeds()?)
    }

    /// Polls feeds, all of them where none is named, and loads their new entries as one operation. One that fails never
    /// stops the others; `progress` is called after each article.
    ///
    /// # Errors
    /// When no feed has a name that was given, or the database cannot be read.
    pub fn poll(
        &mut self,
        names: &[String],
        how: How,
        stop: &AtomicBool,
        progress: impl FnMut(&FileOutcome),
    ) -> Result<Vec<Polled>> {
        let feeds = if names.is_empty() {
            self.store.feeds()?
        } else {
            names.iter().map(|name| Ok(self.store.feed(name)?)).collect::<Result<_>>()?
        };
        let known = feeds.iter().map(|feed| Ok(self.store.feed_known(&feed.address)?)).collect::<Result<Vec<_>>>()?;
        let (mut plans, mut sources) = (Vec::new(), Sources::default());
        for (feed, answer, known) in answers(feeds, known, how.rules, stop) {
            plans.push(self.plan(feed, answer, &known, how, &mut sources)?);
        }
        let outcomes = self.load_as("feed poll", sources.list, stop, progress);
        for outcome in outcomes {
            if let Some((plan, entry)) =
                plans.iter_mut().find_map(|plan| plan.entry(&outcome.path).map(|id| (plan, id)))
            {
                plan.kept.extend(outcome.result.as_ref().ok().map(|loaded| (entry, loaded.article)));
                plan.polled.entries.push(outcome);
            }
        }
        let at = self.settings.clock.now();
        let notes: Vec<FeedPoll> = plans.iter_mut().map(|plan| plan.end(&at)).collect();
        // Without these notes everything is asked for again next time, no more.
        let _ = self.store.write(|writer| notes.iter().try_for_each(|note| writer.note_poll(note)));
        Ok(plans.into_iter().map(|plan| plan.polled).collect())
    }

    /// Chooses what of a feed is to be loaded.
    fn plan(
        &self,
        feed: FeedRow,
        answer: Result<Answer>,
        known: &FeedKnown,
        how: How,
        sources: &mut Sources,
    ) -> Result<Plan> {
        let address = feed.address.clone();
        let polled = Polled { feed, failed: None, unchanged: false, known: 0, entries: Vec::new(), left: 0 };
        let (validators, wanted) = (Validators::default(), BTreeMap::new());
        let mut plan = Plan { polled, validators, wanted, kept: Vec::new() };
        let page = match answer {
            Ok(Answer::Page(page)) => page,
            Ok(Answer::Unchanged) => {
                plan.validators = Validators { etag: known.etag.clone(), modified: known.modified.clone() };
                (plan.polled.unchanged, plan.polled.known) = (true, known.entries.len());
                return Ok(plan);
            }
            Err(error) => {
                plan.polled.failed = Some(error);
                return Ok(plan);
            }
        };
        plan.validators = page.validators();
        let given = Given { sent: Some(sent(&page)), outlets: self.own_outlets()?, ..Given::default() };
        let Page { bytes, address: found, headers } = page;
        let entries = match article::feed(&bytes, &address, &given) {
            Ok(entries) => entries,
            Err(error) => {
                plan.polled.failed = Some(error.into());
                return Ok(plan);
            }
        };
        let fetched = Fetched { asked: address, address: found, at: self.settings.clock.now(), headers };
        let fetched = Arc::new(fetched);
        let title = entries.iter().find_map(|entry| entry.opened.as_ref().ok()?.article.outlet.clone());
        let given = Given { feed: title, ..Given::default() };
        for entry in entries {
            let link = entry.about.link.as_deref().and_then(|link| linked(&fetched.address, link));
            let plain = link.as_deref().and_then(address::plain);
            if known.entries.contains(&entry.about.id) {
                plan.polled.known += 1;
                continue;
            }
            if let Some(article) = plain.as_deref().map(|plain| self.store.article_at(plain)).transpose()?.flatten() {
                plan.polled.known += 1;
                plan.kept.push((entry.about.id, article));
                continue;
            }
            // Two feeds, or two entries of one, may point to one page.
            if !sources.met.insert(plain.unwrap_or_else(|| entry.name.clone())) {
                plan.polled.known += 1;
                continue;
            }
            plan.want(entry, link, how, &fetched, &given, sources);
        }
        Ok(plan)
    }
}

/// What is to be loaded of all feeds, each page once.
#[derive(Default)]
struct Sources {
    list: Vec<Source>,
    met: BTreeSet<String>,
}

impl Plan {
    /// Puts an entry among what is to be loaded.
    fn want(
        &mut self,
        entry: FeedEntry,
        link: Option<String>,
        how: How,
        fetched: &Arc<Fetched>,
        given: &Given,
        sources: &mut Sources,
    ) {
        let How { words, rules } = how;
        let path = link.clone().unwrap_or(entry.name);
        let own = words == Words::Entry || entry.about.gives == Gives::Article;
        let content = match (link, entry.opened) {
            (Some(address), _) if !own => Content::Address { address, rules },
            (link, Ok(mut opened)) => {
                opened.article.url = link.or(opened.article.url);
                Content::Article { opened: Box::new(opened), fetched: Arc::clone(fetched) }
            }
            (_, Err(error)) => {
                self.polled.entries.push(FileOutcome { path, result: Err(error.into()) });
                return;
            }
        };
        self.wanted.insert(path.clone(), entry.about.id);
        sources.list.push(Source { path, content, given: given.clone() });
    }

    /// The entry that an article was loaded for; a page that holds several articles gives each under a name of its own.
    fn entry(&self, article: &str) -> Option<String> {
        let whole = self.wanted.get(article);
        whole.or_else(|| self.wanted.iter().find(|(path, _)| is_of(article, path)).map(|(_, entry)| entry)).cloned()
    }

    /// Sums the poll up as it is kept.
    fn end(&mut self, at: &str) -> FeedPoll {
        let polled = &mut self.polled;
        let failures = polled.entries.iter().filter(|entry| entry.result.is_err()).count();
        let read = |path: &String| polled.entries.iter().any(|entry| is_of(&entry.path, path));
        polled.left = self.wanted.keys().filter(|path| !read(path)).count();
        let outcome = match &polled.failed {
            Some(error) => error.to_string(),
            None if polled.unchanged => "unchanged".to_owned(),
            None => {
                let new = polled.entries.len() - failures;
                let parts = [(new, "new"), (polled.known, "known"), (failures, "failed"), (polled.left, "left")];
                let told = parts.iter().filter(|(number, what)| *number > 0 || *what == "new");
                told.map(|(number, what)| format!("{number} {what}")).collect::<Vec<_>>().join(", ")
            }
        };
        // What failed or was left is asked for again, so the feed must come whole.
        let whole = failures == 0 && polled.left == 0 && polled.failed.is_none();
        let Validators { etag, modified } = if whole { self.validators.clone() } else { Validators::default() };
        let (feed, at, entries) = (polled.feed.address.clone(), at.to_owned(), std::mem::take(&mut self.kept));
        FeedPoll { feed, at, etag, modified, outcome, entries }
    }
}

/// Tells whether an article comes of a source: `page` or `page#2`.
fn is_of(article: &str, source: &str) -> bool {
    article.strip_prefix(source).is_some_and(|rest| rest.is_empty() || rest.starts_with(['#', ':']))
}

/// The address that a link of a feed means.
fn linked(feed: &str, link: &str) -> Option<String> {
    let address = url::Url::parse(feed).ok()?.join(link.trim()).ok()?;
    matches!(address.scheme(), "http" | "https").then(|| address.to_string())
}

/// Fetches the feeds, some at a time, in their order.
fn answers(
    feeds: Vec<FeedRow>,
    known: Vec<FeedKnown>,
    rules: Rules,
    stop: &AtomicBool,
) -> Vec<(FeedRow, Result<Answer>, FeedKnown)> {
    let ask = |(feed, known): (FeedRow, FeedKnown)| {
        // Where articles were taken from the desk the feed must come whole, or they would never come back.
        let validators = if known.gaps {
            Validators::default()
        } else {
            Validators { etag: known.etag.clone(), modified: known.modified.clone() }
        };
        let answer = fetch::since(&feed.address, &validators, rules, stop).map_err(WorkbenchError::from);
        (feed, answer, known)
    };
    let mut waiting = feeds.into_iter().zip(known);
    let mut out = Vec::new();
    loop {
        let batch: Vec<_> = waiting.by_ref().take(TOGETHER).collect();
        if batch.is_empty() {
            return out;
        }
        std::thread::scope(|scope| {
            let asked: Vec<_> = batch.into_iter().map(|one| scope.spawn(|| ask(one))).collect();
            out.extend(asked.into_iter().filter_map(|asked| asked.join().ok()));
        });
    }
}
