//! The lines below an article: claims, relations, settings and remarks, read and written.

use super::case::{Claim, Field, Note, Reader, Relation, Verb, Wanted, Wrong};

const KINDS: [&str; 9] =
    ["statement", "denial", "question", "demand", "promise", "forecast", "belief", "refusal", "accusation"];
const STATUSES: [&str; 8] =
    ["asserted", "negated", "conditional", "asked", "future", "disputed", "retracted", "joking"];
const QUOTATIONS: [&str; 3] = ["direct", "mixed", "indirect"];
const DISPUTES: [&str; 3] = ["change of position", "dispute", "denial"];
const SETTINGS: [&str; 3] = ["genre: ", "readers: ", "partial: "];

/// Reads a line; an error says what is wrong with it.
pub fn read(written: &str) -> Result<Note, String> {
    let is_setting = SETTINGS.iter().any(|key| written.starts_with(key));
    if written.trim().is_empty() || written.starts_with('#') || is_setting {
        return Ok(Note::Plain(written.trim_end().to_owned()));
    }
    let mut parts = written.split(';').map(str::trim);
    let first = parts.next().unwrap_or_default();
    let (head, rest) = first.split_once(' ').unwrap_or((first, ""));
    let (number, wrong) = split_signs(head);
    let number = number.parse().map_err(|_| {
        format!(
            "`{written}` is no line of a claim, relation or setting; write `1 NAME`, `2 repeats 1` or `genre: court`"
        )
    })?;
    if let Some(relation) = relation(number, rest, parts.clone())? {
        return Ok(Note::Relation(relation));
    }
    let mut fields = vec![field(rest, who)?];
    for part in parts {
        fields.push(field(part, what)?);
    }
    Ok(Note::Claim(Claim { number, wrong, fields }))
}

/// Reads what stands behind the first number of a relation; `None` for the line of a claim.
fn relation<'a>(one: u32, rest: &str, mut parts: impl Iterator<Item = &'a str>) -> Result<Option<Relation>, String> {
    let Some((verb, other)) = rest.split_once(' ') else { return Ok(None) };
    let (other, wrong) = split_signs(other);
    let verb = Verb::ALL.into_iter().find(|known| known.name() == verb);
    let (Some(verb), Ok(other)) = (verb, other.parse()) else { return Ok(None) };
    let dispute = parts.next().map(str::to_owned);
    if let Some(unknown) = dispute.as_ref().filter(|dispute| !DISPUTES.contains(&dispute.as_str())) {
        return Err(format!("unknown dispute `{unknown}` (expected one of {})", DISPUTES.join(", ")));
    }
    Ok(Some(Relation { one, verb, other, dispute, wrong }))
}

fn field(written: &str, read: impl Fn(&str) -> Result<Wanted, String>) -> Result<Field, String> {
    let (written, wrong) = split_signs(written);
    Ok(Field { written: written.to_owned(), wanted: read(written)?, wrong })
}

/// Reads the first field: who says it.
fn who(written: &str) -> Result<Wanted, String> {
    match (written, written.strip_prefix("not ")) {
        ("", _) => Err("nobody says it; write a name, `?` or `no claim` behind the number".to_owned()),
        ("?", _) => Ok(Wanted::Speaker(None)),
        ("no claim", _) => Ok(Wanted::NoClaim),
        (_, Some(name)) => Ok(Wanted::NotBy(name.to_owned())),
        _ => Ok(Wanted::Speaker(Some(written.split(" / ").map(str::to_owned).collect()))),
    }
}

/// Reads a field after the first.
fn what(written: &str) -> Result<Wanted, String> {
    let word = written.to_owned();
    if KINDS.contains(&written) {
        return Ok(Wanted::Kind(word));
    }
    if STATUSES.contains(&written) {
        return Ok(Wanted::Status(word));
    }
    if QUOTATIONS.contains(&written) {
        return Ok(Wanted::Quotation(word));
    }
    let wanted = match written.split_once(' ') {
        Some(("not", name)) => Some(Wanted::NotBy(name.to_owned())),
        Some(("said", "?")) => Some(Wanted::Said(None)),
        Some(("said", day)) => Some(Wanted::Said(Some(day.to_owned()))),
        Some(("reported", by)) => by.strip_prefix("by ").map(|name| Wanted::ReportedBy(name.to_owned())),
        Some(("answers", number)) => number.parse().ok().map(Wanted::Answers),
        _ => None,
    };
    wanted.ok_or_else(|| format!("unknown field `{written}`; write a kind, a status, `direct`, `said 2024-03-05` …"))
}

/// Takes the signs of what is known to be wrong off the end.
fn split_signs(written: &str) -> (&str, Wrong) {
    let mut rest = written.trim();
    let mut wrong = Wrong::new();
    loop {
        let one = Reader::ALL.into_iter().find_map(|reader| {
            let shorter = rest.strip_suffix(reader.name())?.strip_suffix('!')?;
            Some((shorter, vec![reader]))
        });
        let both = || rest.strip_suffix('!').map(|shorter| (shorter, Reader::ALL.to_vec()));
        let Some((shorter, readers)) = one.or_else(both) else { return (rest, wrong) };
        rest = shorter.trim_end();
        wrong.extend(readers);
    }
}

impl Note {
    pub fn written(&self) -> String {
        match self {
            Self::Plain(written) => written.clone(),
            Self::Claim(claim) => {
                let fields = claim.fields.iter().map(|field| format!("{}{}", field.written, signs(&field.wrong)));
                format!("{}{} {}", claim.number, signs(&claim.wrong), fields.collect::<Vec<_>>().join("; "))
            }
            Self::Relation(relation) => {
                let dispute = relation.dispute.as_ref().map(|dispute| format!("; {dispute}")).unwrap_or_default();
                let (verb, wrong) = (relation.verb.name(), signs(&relation.wrong));
                format!("{} {verb} {}{wrong}{dispute}", relation.one, relation.other)
            }
        }
    }
}

fn signs(wrong: &Wrong) -> String {
    match wrong.len() {
        2 => "!".to_owned(),
        _ => wrong.iter().map(|reader| format!("!{}", reader.name())).collect(),
    }
}
