//! Which field of a record is which part of an article: told by a person, else guessed from common names.

use crate::date::DayOrder;
use std::collections::BTreeMap;

/// A part of an article that a record can give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    Title,
    Text,
    Authors,
    Outlet,
    Published,
    Updated,
    Url,
    Language,
}

impl Field {
    const ALL: [(Self, &'static str, &'static [&'static str]); 8] = [
        (Self::Title, "title", &["title", "headline", "subject", "name"]),
        (
            Self::Text,
            "text",
            &[
                "text",
                "body",
                "content",
                "article",
                "articlebody",
                "story",
                "maintext",
                "fulltext",
                "bodytext",
                "contenttext",
                "articletext",
                "contenthtml",
                "html",
            ],
        ),
        (Self::Authors, "authors", &["authors", "author", "byline", "creator", "by", "writer"]),
        (
            Self::Outlet,
            "outlet",
            &["outlet", "publisher", "source", "publication", "sitename", "site", "newspaper", "domain"],
        ),
        (
            Self::Published,
            "published",
            &[
                "published",
                "date",
                "datepublished",
                "publishdate",
                "publisheddate",
                "publishedat",
                "pubdate",
                "publicationdate",
                "datepublish",
                "created",
                "createdat",
                "timestamp",
                "time",
            ],
        ),
        (Self::Updated, "updated", &["updated", "datemodified", "modified", "updatedat", "lastmodified"]),
        (Self::Url, "url", &["url", "link", "address", "canonicalurl", "weburl", "permalink", "uri"]),
        (Self::Language, "language", &["language", "lang", "locale"]),
    ];

    /// The name a person gives it.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(field, ..)| *field == self).map_or("", |(_, name, _)| name)
    }
}

/// What a person said of the fields, and the guess for the rest; and the order of day and month in dates such as 03/04/2025.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    fields: BTreeMap<Field, String>,
    order: Option<DayOrder>,
}

impl std::str::FromStr for Mapping {
    type Err = String;

    /// Reads `title=headline,text=body,dates=day-first`: the part of the article, then the field of the file.
    fn from_str(written: &str) -> Result<Self, String> {
        let mut out = Self::default();
        for pair in written.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
            let known = || Field::ALL.map(|(_, name, _)| name).join(", ");
            let (part, field) =
                pair.split_once('=').ok_or_else(|| format!("`{pair}` lacks its `=` (expected title=headline)"))?;
            let (part, field) = (part.trim(), field.trim());
            if part == "dates" {
                out.order = Some(field.parse()?);
                continue;
            }
            let Some((found, ..)) = Field::ALL.iter().find(|(_, name, _)| *name == part) else {
                return Err(format!("no part of an article is called `{part}` (parts: {})", known()));
            };
            out.fields.insert(*found, field.to_owned());
        }
        Ok(out)
    }
}

impl Mapping {
    /// Takes an order of day and month where a person gave none with the fields.
    #[must_use]
    pub fn or_order(mut self, order: Option<DayOrder>) -> Self {
        self.order = self.order.or(order);
        self
    }

    /// Returns the order of day and month that a person gave.
    pub const fn order(&self) -> Option<DayOrder> {
        self.order
    }

    /// Returns for each part of an article the field that gives it, out of the fields there are.
    pub(super) fn fields<'a>(&self, there: &[&'a str]) -> BTreeMap<Field, &'a str> {
        let mut out = BTreeMap::new();
        for (field, _, names) in Field::ALL {
            let told = self.fields.get(&field);
            let found = match told {
                Some(told) => there.iter().find(|name| *name == told),
                None => names.iter().find_map(|wanted| there.iter().find(|name| plain(name) == *wanted)),
            };
            if let Some(found) = found {
                out.insert(field, *found);
            }
        }
        out
    }

    /// Tells whether records with these fields are articles by the look of them: a text under a title.
    pub fn gives_articles(&self, there: &[&str]) -> bool {
        let fields = self.fields(there);
        fields.contains_key(&Field::Text) && fields.contains_key(&Field::Title)
    }

    /// A field that a person named and that is not among those there are.
    pub(super) fn missing(&self, there: &[&str]) -> Option<&str> {
        self.fields.values().map(String::as_str).find(|told| !there.contains(told))
    }

    /// Tells whether a person named no field.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Says which field was taken for what, where it has another name.
pub(super) fn told(fields: &BTreeMap<Field, &str>) -> Option<String> {
    let pairs: Vec<String> = fields
        .iter()
        .filter(|(field, name)| field.name() != **name)
        .map(|(field, name)| format!("{}={name}", field.name()))
        .collect();
    (!pairs.is_empty()).then(|| format!("fields were guessed: --map {} says the same", pairs.join(",")))
}
