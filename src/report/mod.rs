//! Pure values in, documents out: the contradiction report, the timeline and the story page.
//!
//! Nothing here sees the store, the clock or the terminal: the workbench fills a value such as [`Contradictions`], and
//! [`render`] turns it into Markdown, HTML or JSON. What the machine suggests and what a person found are kept apart in
//! the value ([`Standing`]) and in every document made from it. The fixed words stand in one table a language ([`Language`]).

pub mod contradictions;
pub mod difference;
mod document;
pub mod exchange;
mod language;
mod marks;
mod page;
pub mod passage;
pub mod repeat;
pub mod revised;
pub mod statement;
pub mod story;
pub mod timeline;
pub mod view;
pub mod visible;
mod word;
mod wording;

pub use contradictions::{
    Contradictions, Dispute, DisputeKind, Figure, Occasion, Position, Repeat, Series, Suggestions,
};
pub use language::Language;
pub use revised::{Altered, Revised};
pub use statement::{
    Asked, Evidence, Grade, Passage, Rating, Response, Signed, Source, Speaker, Standing, Statement, Step, Turn,
    TurnBy, Verdict,
};

pub use word::docx;

use serde::{Deserialize, Serialize};

/// The formats a report is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    Markdown,
    Html,
    Text,
    Csv,
    Json,
}

impl Format {
    pub const ALL: [Self; 5] = [Self::Markdown, Self::Html, Self::Text, Self::Csv, Self::Json];

    /// Returns the name a person types.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Text => "text",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// Returns the format a file name asks for by its extension (`.md`, `.html`, `.txt`, `.csv`, `.json` …).
    pub fn of_path(path: &std::path::Path) -> Option<Self> {
        path.extension()?.to_str()?.parse().ok()
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl std::str::FromStr for Format {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        match written.to_ascii_lowercase().as_str() {
            "markdown" | "md" => Ok(Self::Markdown),
            "html" | "htm" => Ok(Self::Html),
            "text" | "txt" => Ok(Self::Text),
            "csv" => Ok(Self::Csv),
            "json" => Ok(Self::Json),
            _ => Err(format!("unknown report format `{written}`: write markdown, html, text, csv or json")),
        }
    }
}

/// Why a document could not be made from its value: a fault of the program's own templates.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    #[error("the report could not be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error("the report could not be written as CSV: {0}")]
    Csv(#[from] csv::Error),
    #[error("the report could not be packed as a Word file: {0}")]
    Zip(#[from] zip::result::ZipError),
    #[error("the report could not be packed as a Word file: {0}")]
    Packed(#[from] std::io::Error),
    #[error("the report's template failed: {0}")]
    Template(#[from] minijinja::Error),
}

/// Renders the contradiction report with the fixed words of a language; the same value gives the same bytes. JSON, which is for
/// programs, has none of them.
///
/// # Errors
/// [`RenderError`] when a template of the program's own is at fault; no text in the value can cause it.
pub fn render(report: &Contradictions, format: Format, language: &'static Language) -> Result<String, RenderError> {
    match format {
        Format::Json => Ok(serde_json::to_string_pretty(report)? + "\n"),
        Format::Markdown => document::markdown(&page::Page::new(report, language), language),
        Format::Html => document::html(&page::Page::new(report, language), language),
        Format::Text => document::text(&page::Page::new(report, language), language),
        Format::Csv => page::sheet::csv(report, language),
    }
}

/// Fills a template of the house with the report; the ending of its name (.html, .md, else plain) chooses what is escaped.
///
/// # Errors
/// [`RenderError::Template`] when the template is at fault: where, and what is wrong.
pub fn render_with(
    report: &Contradictions,
    name: &str,
    template: &str,
    language: &'static Language,
) -> Result<String, RenderError> {
    document::filled(&page::Page::new(report, language), language, name, template)
}

/// Draws claims over time as an SVG picture with a title and a description, in at most so many lanes; `None` where no claim
/// has a date.
///
/// # Errors
/// [`RenderError`] when a template of the program's own is at fault; no text in the value can cause it.
pub fn over_time(
    timeline: &timeline::Timeline,
    most: usize,
    language: &'static Language,
) -> Result<Option<String>, RenderError> {
    page::over_time::over_time(timeline, most, language).map(|over| document::svg(&over, language)).transpose()
}
