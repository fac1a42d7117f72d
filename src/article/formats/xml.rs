//! XML as a row of marks, for the small readers of office files and books.

use crate::article::{Warning, decode};
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// One step through a document; names come without their prefix.
pub(super) enum Mark<'a> {
    Open(&'a str, Attributes<'a>),
    Close(&'a str),
    Words(&'a str),
}

/// Steps through a document as far as it can be read, and warns of what is left.
///
/// Nothing outside the document is fetched and no entity of its own is resolved, so that a small file stays small.
pub(super) fn walk(xml: &[u8], part: &str, warnings: &mut Vec<Warning>, mut take: impl FnMut(Mark<'_>)) {
    let Ok(text) = decode::decode(xml, part, &mut Vec::new()) else { return };
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => open(&tag, &mut take),
            Ok(Event::Empty(tag)) => {
                open(&tag, &mut take);
                take(Mark::Close(tag.local_name().as_ref()));
            }
            Ok(Event::End(tag)) => take(Mark::Close(tag.local_name().as_ref())),
            Ok(Event::Text(words)) => take(Mark::Words(&words.xml_content(XmlVersion::Implicit1_0))),
            Ok(Event::CData(words)) => take(Mark::Words(&words.xml_content(XmlVersion::Implicit1_0))),
            Ok(Event::GeneralRef(name)) => match name.resolve_char_ref() {
                Ok(Some(c)) => take(Mark::Words(c.encode_utf8(&mut [0; 4]))),
                _ => take(Mark::Words(named(&name))),
            },
            Ok(Event::Eof) => return,
            Ok(_) => {}
            Err(error) => {
                return warnings.push(Warning(format!("{part} is damaged and was read up to the damage: {error}")));
            }
        }
    }
}

fn open(tag: &BytesStart<'_>, take: &mut impl FnMut(Mark<'_>)) {
    take(Mark::Open(tag.local_name().as_ref(), tag.attributes()));
}

fn named(name: &str) -> &'static str {
    match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" => "\u{a0}",
        _ => "",
    }
}

/// The value of an attribute, by its name without the prefix.
pub(super) fn value(attributes: &Attributes<'_>, name: &str) -> Option<String> {
    let mut named = attributes.clone().flatten().filter(|one| one.key.local_name().as_ref() == name);
    named.next()?.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}
