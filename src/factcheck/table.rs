//! Records with fields (JSON lines, CSV): which field is which part of a check, told by a person or guessed by its name.

use super::{FactCheck, Rating, claimant, day, wording};
use crate::date::{Date, DayOrder, Numeric, figures};
use std::collections::BTreeMap;

/// A part of a check that a record can give, its name, and the names of fields that are taken for it.
const PARTS: [(&str, &[&str]); 16] = [
    ("claim", &["claim", "claimreviewed", "claimtext", "text", "statement", "claimtitle", "quote"]),
    ("claimant", &["claimant", "speaker", "claimauthor", "claimauthorname", "claimedby", "saidby", "person"]),
    ("claimant_title", &["claimanttitle", "jobtitle", "speakertitle", "speakersjobtitle", "claimauthorjobtitle"]),
    ("said", &["said", "claimdate", "statementdate", "saiddate", "dateofclaim"]),
    (
        "label",
        &[
            "label",
            "rating",
            "verdict",
            "textualrating",
            "ratingname",
            "alternatename",
            "truthvalue",
            "veracity",
            "ruling",
        ],
    ),
    ("value", &["value", "ratingvalue", "reviewratingratingvalue"]),
    ("best", &["best", "bestrating", "reviewratingbestrating"]),
    ("worst", &["worst", "worstrating", "reviewratingworstrating"]),
    ("explanation", &["explanation", "ratingexplanation", "rationale", "justification"]),
    (
        "reviewer",
        &[
            "reviewer",
            "factchecker",
            "publisher",
            "publishername",
            "reviewauthor",
            "reviewauthorname",
            "organization",
            "organisation",
            "outlet",
            "site",
        ],
    ),
    (
        "reviewed",
        &[
            "reviewed",
            "reviewdate",
            "datepublished",
            "published",
            "factcheckdate",
            "verdictdate",
            "publishdate",
            "dateofreview",
            "date",
        ],
    ),
    ("url", &["url", "reviewurl", "factcheckurl", "claimreviewurl", "link"]),
    ("title", &["title", "headline", "reviewtitle", "articletitle"]),
    ("language", &["language", "lang", "inlanguage", "languagecode"]),
    ("appearance", &["appearance", "appearances", "claimappearance", "firstappearance", "claimurl"]),
    ("id", &["id", "claimid", "externalid"]),
];

/// Which field is which part, as far as a person said: `claim=statement,label=ruling`; and the order of day and month in dates
/// such as 03/04/2025: `dates=day-first`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    fields: BTreeMap<&'static str, String>,
    order: Option<DayOrder>,
}

impl std::str::FromStr for Columns {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        let mut out = Self::default();
        for pair in written.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
            let (part, field) =
                pair.split_once('=').ok_or_else(|| format!("`{pair}` lacks its `=` (expected claim=statement)"))?;
            if part.trim() == "dates" {
                out.order = Some(field.trim().parse()?);
                continue;
            }
            let known = PARTS.iter().find(|(name, _)| *name == part.trim());
            let (name, _) = known.ok_or_else(|| {
                let names = PARTS.map(|(name, _)| name).join(", ");
                format!("no part of a fact-check is called `{}` (parts: {names})", part.trim())
            })?;
            out.fields.insert(*name, field.trim().to_owned());
        }
        Ok(out)
    }
}

impl Columns {
    /// Takes an order of day and month where a person gave none with the fields.
    #[must_use]
    pub fn or_order(mut self, order: Option<DayOrder>) -> Self {
        self.order = self.order.or(order);
        self
    }

    /// Reads a day; one that may be two only by the order that a person gave.
    fn day(&self, written: &str) -> Option<Date> {
        match figures(written) {
            Some(found @ Numeric::Either { .. }) => found.resolved(self.order),
            _ => day(written),
        }
    }

    /// Tells whether a person named no field.
    pub(super) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// Returns for each part the place of the field that gives it.
    ///
    /// # Errors
    /// When a field that a person named is not there, or none is the claim.
    pub(super) fn places(&self, there: &[&str]) -> Result<BTreeMap<&'static str, usize>, String> {
        let plain =
            |name: &str| name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
        let plains: Vec<String> = there.iter().map(|name| plain(name)).collect();
        let mut out = BTreeMap::new();
        for (part, names) in PARTS {
            let place = match self.fields.get(part) {
                Some(told) => Some(
                    there
                        .iter()
                        .position(|name| name == told)
                        .ok_or_else(|| format!("there is no field `{told}` (fields: {})", there.join(", ")))?,
                ),
                None => names.iter().find_map(|wanted| plains.iter().position(|name| name == wanted)),
            };
            out.extend(place.map(|place| (part, place)));
        }
        if !out.contains_key("claim") {
            return Err(format!(
                "no field looks like a claim (fields: {}); --map claim=FIELD names one",
                there.join(", ")
            ));
        }
        Ok(out)
    }
}

/// Tells whether records with these fields are claims or checks by the look of them: they name a claimant or a label.
pub fn gives_claims(there: &[&str]) -> bool {
    let places = Columns::default().places(there).unwrap_or_default();
    ["claimant", "label"].iter().any(|part| places.contains_key(part))
}

/// The rows of a table: tab, comma or semicolon between the columns, their names in the first row.
pub(super) fn rows(text: &str) -> csv::Reader<&[u8]> {
    let first = text.trim_start().lines().next().unwrap_or_default();
    let mark = *b"\t,;".iter().max_by_key(|mark| first.bytes().filter(|byte| byte == *mark).count()).unwrap_or(&b',');
    csv::ReaderBuilder::new().delimiter(mark).flexible(true).from_reader(text.trim_start().as_bytes())
}

/// Tells a table from prose: short names without marks of a sentence, and a row of as many cells below.
pub(super) fn is_table(text: &str) -> bool {
    let mut rows = rows(text);
    let Ok(names) = rows.headers().cloned() else { return false };
    let is_name = |name: &str| name.len() < 40 && !name.contains(['.', ':', '!', '?', '“', '”']);
    let named = names.len() >= 2 && names.iter().map(str::trim).all(is_name);
    named && rows.records().next().is_none_or(|row| row.is_ok_and(|row| row.len() == names.len()))
}

/// Says which columns of a table are no part of its checks, and that none is the label.
pub(super) fn unused(places: &BTreeMap<&'static str, usize>, there: &[&str]) -> Vec<String> {
    let mut out = Vec::new();
    let unused: Vec<&str> = there
        .iter()
        .enumerate()
        .filter(|(at, name)| !name.is_empty() && !places.values().any(|used| used == at))
        .map(|(_, name)| *name)
        .collect();
    if !unused.is_empty() {
        out.push(format!("columns not used: {}; --map label=COLUMN says what one is", unused.join(", ")));
    }
    if !places.contains_key("label") {
        out.push("no column looks like a label, so what was found is not known; --map label=COLUMN names it".into());
    }
    out
}

/// Says which days of a record are none; those that programs write for "not known" are passed over.
pub(super) fn odd_days(
    columns: &Columns,
    places: &BTreeMap<&'static str, usize>,
    value: &impl Fn(usize) -> String,
) -> Vec<String> {
    let days =
        ["said", "reviewed"].into_iter().filter_map(|part| places.get(part).map(|at| value(*at).trim().to_owned()));
    let unknown = |written: &str| written.starts_with("0001-01-01") || written.starts_with("1970-01-01");
    let odd = days.filter(|written| !written.is_empty() && !unknown(written) && columns.day(written).is_none());
    odd.map(|written| match figures(&written) {
        Some(Numeric::Either { day_first, month_first }) => format!(
            "`{written}` may be {day_first} or {month_first}, and the check is kept without it; --map dates=day-first or \
             dates=month-first says which"
        ),
        _ => format!("`{written}` is no date; the check is kept without it"),
    })
    .collect()
}

/// Makes a check of a record.
///
/// # Errors
/// When it has no claim, or no label where others have one.
pub(super) fn fact_check(
    columns: &Columns,
    places: &BTreeMap<&'static str, usize>,
    value: impl Fn(usize) -> String,
    origin: &str,
) -> Result<FactCheck, String> {
    let part = |name: &str| places.get(name).map(|at| value(*at).trim().to_owned()).unwrap_or_default();
    let title = part("title");
    let claim = [part("claim"), title.clone()].into_iter().find(|words| !words.is_empty()).ok_or("it has no claim")?;
    if places.contains_key("label") && part("label").is_empty() {
        return Err("it has no label: what the checker found is missing".into());
    }
    let url = part("url");
    let reviewer = [part("reviewer"), origin.to_owned()].into_iter().find(|name| !name.is_empty()).unwrap_or_default();
    Ok(FactCheck {
        wording: wording::wording(&claim, &title),
        claimant: claimant::claimant(&part("claimant"), &part("claimant_title"), "", &reviewer, &url),
        said: columns.day(&part("said")),
        appearances: Some(part("appearance")).filter(|place| !place.is_empty()).into_iter().collect(),
        reviewed: columns.day(&part("reviewed")),
        label: part("label"),
        rating: Rating { value: part("value"), best: part("best"), worst: part("worst") },
        explanation: part("explanation"),
        language: part("language"),
        external: part("id"),
        claim,
        reviewer,
        url,
        title,
    })
}
