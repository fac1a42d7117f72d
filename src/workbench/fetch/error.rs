//! Why something could not be fetched, and what to try.

use std::net::IpAddr;

/// Each names the address; one that was redirected names both.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    #[error("invalid address {address}: {reason} (expected something like https://example.com/story)")]
    NoAddress { address: String, reason: String },
    #[error("{0} holds a user name or password, which would be kept with the article: give the address without them")]
    Credentials(String),
    #[error(
        "{address} is refused: {ip} is no public address, and a page could lead there unseen; --allow-local allows it"
    )]
    Refused { address: String, ip: IpAddr },
    #[error("{0}: this program was built without network code; save the page in a browser and load the file")]
    NotBuilt(String),
    #[error("{0}: no such host; check the spelling and the network")]
    NoHost(String),
    #[error("{address} took longer than {}: try again later, or save the page in a browser and load the file", time(*.limit))]
    TimedOut { address: String, limit: std::time::Duration },
    #[error("{address} is larger than {}: download it and load the file", size(*.most))]
    TooLarge { address: String, most: u64 },
    #[error("{address}: the server answers {code}{}", meaning(*.code))]
    Status { address: String, code: u16 },
    #[error(
        "{address} redirects more than {most} times: open it in a browser and give the address that it ends at, or save \
         the page and load the file"
    )]
    Redirects { address: String, most: usize },
    #[error("{address} is {kind}, which holds no article: give the address of the story's own page")]
    NoArticle { address: String, kind: String },
    #[error(
        "{address}: the connection is not secure ({reason}): check the address; if you trust it, save the page in a browser and load the file"
    )]
    Tls { address: String, reason: String },
    #[error("{address} cannot be fetched: {reason}; check the address and try again later")]
    Failed { address: String, reason: String },
    #[error("{0}: stopped")]
    Stopped(String),
}

/// An address without the user name and password in it.
pub fn shown(address: &str) -> String {
    match (address.find("://"), address.find('@')) {
        (Some(scheme), Some(at)) if scheme < at => format!("{}…@{}", &address[..scheme + 3], &address[at + 1..]),
        _ => address.to_owned(),
    }
}

fn time(limit: std::time::Duration) -> String {
    match limit.as_secs() {
        0 => format!("{} ms", limit.as_millis()),
        seconds => format!("{seconds} s"),
    }
}

fn size(most: u64) -> String {
    if most >= 1 << 20 { format!("{} MB", most >> 20) } else { format!("{most} bytes") }
}

/// What a status means for a reader, and what to try.
const fn meaning(code: u16) -> &'static str {
    match code {
        401 | 402 | 403 | 451 => {
            " (not open to programs or to guests): open it in a browser, save the page and load the file"
        }
        404 | 410 => " (there is no such page): check the address, or look for it in a web archive",
        429 => " (too many requests): try again later",
        500..=599 => " (the server has a fault): try again later",
        _ => ": open it in a browser, save the page and load the file",
    }
}
