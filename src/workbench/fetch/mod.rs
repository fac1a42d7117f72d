//! What lies at an address: fetched within bounds, only from places that may be reached, and given with what its server
//! said of it.
//!
//! Nothing else in the program touches the network. Built without the feature `fetch` it has no code for it and says so.

mod error;
#[cfg(feature = "fetch")]
mod http;
mod reach;

pub use error::{FetchError, shown};
pub use reach::{anywhere, public};

use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;
use url::Url;

/// How long a wait lasts before it is asked again whether somebody wants to stop.
const GLANCE: Duration = Duration::from_millis(50);

/// The bounds of one fetch, its redirects included.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// From the first step to the last byte.
    pub time: Duration,
    /// Bytes of the answer, unpacked.
    pub most: u64,
    pub redirects: usize,
    /// Tells whether a computer may be connected to; asked of the very address that is then connected to.
    pub may_reach: fn(IpAddr) -> bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self { time: Duration::from_secs(20), most: 20 << 20, redirects: 5, may_reach: public }
    }
}

/// By what a server tells whether something has changed since it sent it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    pub etag: Option<String>,
    /// `Last-Modified`, as it was sent.
    pub modified: Option<String>,
}

/// What a server answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Page(Page),
    /// It is what it was when the validators were sent.
    Unchanged,
}

/// What lay at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The answer's body, unpacked.
    pub bytes: Vec<u8>,
    /// Where it was found, after all redirects.
    pub address: String,
    /// `content-type`, `last-modified` and `etag`, where they were sent.
    pub headers: Vec<(String, String)>,
}

impl Page {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The charset that `content-type` names.
    pub fn charset(&self) -> Option<&str> {
        let parts = self.header("content-type")?.split(';').skip(1);
        let mut named = parts.filter_map(|part| part.trim().split_once('='));
        let (_, charset) = named.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
        Some(charset.trim().trim_matches(['"', '\'']))
    }

    pub fn validators(&self) -> Validators {
        let own = |name: &str| self.header(name).map(str::to_owned);
        Validators { etag: own("etag"), modified: own("last-modified") }
    }
}

/// Tells whether a person means an address and not a path: `https://…`, `ftp://…`.
pub fn is_address(typed: &str) -> bool {
    let scheme = typed.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| scheme.len() > 1 && scheme.chars().all(|c| c.is_ascii_alphanumeric() || c == '+'))
}

/// Reads an address that can be fetched: of the web, without a user and password in it.
///
/// # Errors
/// [`FetchError`] that names what is wrong with it.
pub fn checked(address: &str) -> Result<Url, FetchError> {
    let no = |reason: String| FetchError::NoAddress { address: error::shown(address), reason };
    let mut url = Url::parse(address.trim()).map_err(|error| no(error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(no(format!("{} is not fetched, only http and https", url.scheme())));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(FetchError::Credentials(error::shown(address)));
    }
    url.set_fragment(None);
    Ok(url)
}

/// Fetches what lies at an address.
///
/// # Errors
/// [`FetchError`], also as soon as `stop` is raised.
pub fn page(address: &str, rules: Rules, stop: &AtomicBool) -> Result<Page, FetchError> {
    match since(address, &Validators::default(), rules, stop)? {
        Answer::Page(page) => Ok(page),
        Answer::Unchanged => Err(FetchError::Status { address: address.to_owned(), code: 304 }),
    }
}

/// As [`page`], where the server is asked for it only if it has changed.
///
/// # Errors
/// As [`page`].
pub fn since(address: &str, known: &Validators, rules: Rules, stop: &AtomicBool) -> Result<Answer, FetchError> {
    let (url, known) = (checked(address)?, known.clone());
    if stop.load(Ordering::Relaxed) {
        return Err(FetchError::Stopped(address.to_owned()));
    }
    let (sender, receiver) = mpsc::channel();
    // Who wants to stop does not wait for the server: the thread then ends by itself when its time is over.
    std::thread::spawn(move || drop(sender.send(get(&url, &known, rules))));
    loop {
        if stop.load(Ordering::Relaxed) {
            return Err(FetchError::Stopped(address.to_owned()));
        }
        match receiver.recv_timeout(GLANCE) {
            Ok(answer) => return answer,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => {
                let reason = "the answer could not be read".to_owned();
                return Err(FetchError::Failed { address: address.to_owned(), reason });
            }
        }
    }
}

#[cfg(feature = "fetch")]
use http::get;

#[cfg(not(feature = "fetch"))]
fn get(address: &Url, _known: &Validators, _rules: Rules) -> Result<Answer, FetchError> {
    Err(FetchError::NotBuilt(address.to_string()))
}
