//! One fetch over HTTP: each hop is checked and asked by itself, so that a redirect is held to the same rules.

use super::{Answer, FetchError, Page, Rules, Validators, checked};
use std::io::{self, ErrorKind, Read};
use std::net::IpAddr;
use std::time::Instant;
use ureq::config::Config;
use ureq::http::{HeaderMap, Response, Uri, header};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body};
use url::Url;

/// What is asked for before anything else.
const WANTED: &str = "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8";
/// What is kept of an answer's headers.
const KEPT: [header::HeaderName; 3] = [header::CONTENT_TYPE, header::LAST_MODIFIED, header::ETAG];
/// Kinds of content that are not even read.
const NO_ARTICLES: [&str; 4] = ["image/", "audio/", "video/", "font/"];

pub(super) fn get(address: &Url, known: &Validators, rules: Rules) -> Result<Answer, FetchError> {
    let end = Instant::now() + rules.time;
    let mut at = address.clone();
    for _ in 0..=rules.redirects {
        let hop = Hop { named: named(address, &at), rules, end };
        let response = hop.ask(&at, known)?;
        match redirect(&response) {
            Some(to) => at = next(&at, to)?,
            None => return hop.answer(response, &at),
        }
    }
    Err(FetchError::Redirects { address: address.to_string(), most: rules.redirects })
}

fn named(address: &Url, at: &Url) -> String {
    if address == at { address.to_string() } else { format!("{address} (redirected to {at})") }
}

fn redirect(response: &Response<Body>) -> Option<&str> {
    let moved = matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308);
    response.headers().get(header::LOCATION).filter(|_| moved)?.to_str().ok()
}

fn next(at: &Url, to: &str) -> Result<Url, FetchError> {
    let no = |error: url::ParseError| FetchError::NoAddress { address: to.to_owned(), reason: error.to_string() };
    checked(at.join(to).map_err(no)?.as_str())
}

/// One request and its answer.
struct Hop {
    /// The address as errors name it.
    named: String,
    rules: Rules,
    end: Instant,
}

impl Hop {
    fn ask(&self, at: &Url, known: &Validators) -> Result<Response<Body>, FetchError> {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            // A proxy would look names up out of our sight.
            .proxy(None)
            .max_idle_connections(0)
            .timeout_global(Some(self.end.saturating_duration_since(Instant::now())))
            .user_agent(concat!("onrecord/", env!("CARGO_PKG_VERSION")))
            .accept(WANTED)
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), Guarded::new(self.rules.may_reach));
        let mut request = agent.get(at.as_str());
        if let Some(etag) = &known.etag {
            request = request.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(modified) = &known.modified {
            request = request.header(header::IF_MODIFIED_SINCE, modified);
        }
        request.call().map_err(|error| self.error(error))
    }

    fn answer(&self, response: Response<Body>, at: &Url) -> Result<Answer, FetchError> {
        let status = response.status();
        if status.as_u16() == 304 {
            return Ok(Answer::Unchanged);
        }
        if !status.is_success() {
            return Err(FetchError::Status { address: self.named.clone(), code: status.as_u16() });
        }
        let headers = kept(response.headers());
        let kind = headers.first().filter(|(name, _)| name == "content-type").map(|(_, value)| value.as_str());
        if let Some(kind) = kind.filter(|kind| NO_ARTICLES.iter().any(|no| kind.starts_with(no))) {
            return Err(FetchError::NoArticle { address: self.named.clone(), kind: kind.to_owned() });
        }
        let packing = response.headers().get(header::CONTENT_ENCODING).and_then(|value| value.to_str().ok());
        if let Some(packing) = packing.filter(|packing| !matches!(*packing, "gzip" | "x-gzip" | "identity" | "")) {
            return Err(self.failed(format!("it was sent packed as {packing}, which was not asked for")));
        }
        let mut bytes = Vec::new();
        let body = response.into_body().into_reader();
        body.take(self.rules.most + 1).read_to_end(&mut bytes).map_err(|error| match error.into() {
            ureq::Error::Io(error) => self.failed(format!("the answer breaks off or is damaged ({error})")),
            other => self.error(other),
        })?;
        if bytes.len() as u64 > self.rules.most {
            return Err(FetchError::TooLarge { address: self.named.clone(), most: self.rules.most });
        }
        Ok(Answer::Page(Page { bytes, address: at.to_string(), headers }))
    }

    fn error(&self, error: ureq::Error) -> FetchError {
        let address = self.named.clone();
        match error {
            ureq::Error::Timeout(_) => FetchError::TimedOut { address, limit: self.rules.time },
            ureq::Error::HostNotFound => FetchError::NoHost(address),
            ureq::Error::Rustls(error) => FetchError::Tls { address, reason: error.to_string() },
            ureq::Error::Tls(reason) => FetchError::Tls { address, reason: reason.to_owned() },
            ureq::Error::Io(error) => {
                let inner = error.get_ref();
                if let Some(Inside(ip)) = inner.and_then(|inner| inner.downcast_ref()) {
                    return FetchError::Refused { address, ip: *ip };
                }
                // So the errors of a handshake come.
                if error.kind() == ErrorKind::InvalidData {
                    return FetchError::Tls { address, reason: error.to_string() };
                }
                self.failed(error.to_string())
            }
            other => self.failed(other.to_string()),
        }
    }

    fn failed(&self, reason: String) -> FetchError {
        FetchError::Failed { address: self.named.clone(), reason }
    }
}

fn kept(headers: &HeaderMap) -> Vec<(String, String)> {
    let value = |name: &header::HeaderName| {
        let value = headers.get(name)?;
        Some((name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
    };
    KEPT.iter().filter_map(value).collect()
}

/// Looks names up, and gives only addresses that may be reached: they are what is then connected to, so that a name
/// cannot be looked up again to another.
#[derive(Debug)]
struct Guarded {
    names: DefaultResolver,
    may_reach: fn(IpAddr) -> bool,
}

/// The address was found and must not be reached.
#[derive(Debug, thiserror::Error)]
#[error("{0} must not be reached")]
struct Inside(IpAddr);

impl Guarded {
    fn new(may_reach: fn(IpAddr) -> bool) -> Self {
        Self { names: DefaultResolver::default(), may_reach }
    }
}

impl Resolver for Guarded {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.names.resolve(uri, config, timeout).map_err(|error| match error {
            ureq::Error::Io(_) => ureq::Error::HostNotFound,
            other => other,
        })?;
        let mut open = self.empty();
        for address in found.iter().filter(|address| (self.may_reach)(address.ip())) {
            open.push(*address);
        }
        match found.first() {
            Some(inside) if open.is_empty() => {
                Err(io::Error::new(ErrorKind::PermissionDenied, Inside(inside.ip())).into())
            }
            _ => Ok(open),
        }
    }
}
