//! Plain text: read as it stands; its blocks are told by its lines, its metadata by a head of `Title: …` lines.

use super::{Body, Entry, Format, Input, Reading};
use crate::article::{ReadError, decode};

pub const FORMAT: Format = Format {
    name: "text",
    title: "plain text",
    fits: |_| true,
    read,
    version: 1,
    records: None,
    keeps: "every character; title, outlet, date, address and byline of a head of `Title: …` lines",
    sample: "tests/data/formats/statement.txt",
};

fn read(input: &Input<'_>) -> Result<Vec<Entry>, ReadError> {
    let mut warnings = Vec::new();
    let text = decode::decode(input.bytes, input.name, &mut warnings)?;
    Ok(vec![Ok(Reading { body: Body::Plain(text), warnings, ..Reading::default() })])
}
