//! The value a command returns: what a person sees (blocks) and what a program reads (data), before any formatting.
//!
//! A view knows nothing of terminals, files or the database. [`View::render`] is the one door to every output format;
//! each format has one file below. Stored text reaches a terminal only through [`super::visible`], which shows control
//! characters and terminal escapes instead of sending them.
//!
//! ```
//! use onrecord::report::view::{Format, Frame, View};
//! let view = View::done("c41 confirmed");
//! assert_eq!(view.render(Format::Table, &Frame::plain(80)).out, "c41 confirmed\n");
//! ```

mod data;
mod markdown;
mod rows;
mod screen;
mod table;

use serde::Serialize;
use serde_json::Value;

/// How results are written; the same names in `--format`, `.mode` and the documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// Tables and short texts for a person, fitted to the width of the terminal
    #[default]
    Table,
    /// One row a line, values separated by `|`
    List,
    /// One value a line, `name = value`
    Line,
    /// Comma-separated values with a header
    Csv,
    /// One JSON value
    Json,
    /// One JSON object a line
    #[value(alias = "jsonlines")]
    Jsonl,
    /// Markdown tables and paragraphs
    Markdown,
}

impl Format {
    /// Tells whether a program reads this format, so that nothing but data may be in it.
    pub const fn is_data(self) -> bool {
        !matches!(self, Self::Table | Self::Markdown)
    }
}

/// What a piece of text is; a terminal shows each role in one way, everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    #[default]
    Plain,
    /// An id such as `c41`: dim.
    Id,
    /// A speaker: bold.
    Speaker,
    /// Words from an article, never cut.
    Words,
    /// Words that matter here: a search hit, a claim within its article, a word that differs.
    Marked,
    Number,
    Date,
    /// Labels, reasons, remarks: dim.
    Dim,
    Heading,
    Good,
    Bad,
    Caution,
}

/// A piece of text with its role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub role: Role,
    pub text: String,
}

impl Run {
    pub fn new(role: Role, text: impl Into<String>) -> Self {
        Self { role, text: text.into() }
    }
}

/// A column of a table: its name and what stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub role: Role,
}

/// Rows under named columns; a row shorter than the columns has empty cells at its end.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Run>>,
}

impl Table {
    pub fn new<'a>(columns: impl IntoIterator<Item = (&'a str, Role)>) -> Self {
        let columns = columns.into_iter().map(|(name, role)| Column { name: name.to_owned(), role }).collect();
        Self { columns, rows: Vec::new() }
    }

    /// Adds a row whose cells take the roles of their columns.
    pub fn row<T: Into<String>>(&mut self, cells: impl IntoIterator<Item = T>) {
        let cells = cells.into_iter().zip(&self.columns).map(|(text, column)| Run::new(column.role, text)).collect();
        self.rows.push(cells);
    }
}

/// A paragraph with a margin: the margin holds an id or a label, the text wraps beside it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paragraph {
    /// Columns of white space before the margin.
    pub indent: usize,
    pub margin: Option<Run>,
    /// Width of the margin in columns; a longer margin pushes the text to the right.
    pub margin_width: usize,
    pub runs: Vec<Run>,
}

impl Paragraph {
    pub fn new(runs: impl IntoIterator<Item = Run>) -> Self {
        Self { runs: runs.into_iter().collect(), ..Self::default() }
    }

    /// Puts a label before the text, in a margin of the given width.
    pub fn beside(self, margin: Run, width: usize) -> Self {
        Self { margin: Some(margin), margin_width: width, ..self }
    }

    /// Moves the whole paragraph to the right.
    pub fn indented(self, indent: usize) -> Self {
        Self { indent, ..self }
    }
}

/// One part of what a person sees, in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Heading(String),
    Paragraph(Paragraph),
    Table(Table),
    /// Names and values of one thing.
    Record(Vec<(String, Run)>),
    /// Two columns of paragraphs, one under the other where the frame is narrow.
    Sides([Vec<Vec<Run>>; 2]),
    /// A finished document (Markdown, HTML, JSON), written as it is.
    Document(String),
    /// An empty line.
    Space,
}

/// Something said beside the result; always on standard error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aside {
    Warning(String),
    /// What to try next.
    Hint(String),
}

/// What a command answers.
#[derive(Debug, Clone, Default)]
pub struct View {
    pub blocks: Vec<Block>,
    pub asides: Vec<Aside>,
    /// The rows for programs; made from the tables and records where a command gives none.
    pub data: Option<Value>,
    /// The rows for spreadsheets, nothing nested in them; made from the data where a command gives none.
    pub flat: Option<Vec<Value>>,
    /// The format asked for with this one command (`--json`), over the session's.
    pub format: Option<Format>,
    /// `true` when the command did its work but part of it failed: one bad file among many.
    pub failed: bool,
}

impl View {
    /// Returns a view with nothing in it.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Returns the one line that says what was done.
    pub fn done(text: impl Into<String>) -> Self {
        Self::empty().text([Run::new(Role::Plain, text)])
    }

    /// Returns a finished document, written as it is in every format.
    pub fn document(body: impl Into<String>) -> Self {
        Self::empty().with(Block::Document(body.into()))
    }

    pub fn table(table: Table) -> Self {
        Self::empty().with(Block::Table(table))
    }

    pub fn with(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }

    pub fn heading(self, text: impl Into<String>) -> Self {
        self.with(Block::Heading(text.into()))
    }

    /// Adds a paragraph without a margin.
    pub fn text(self, runs: impl IntoIterator<Item = Run>) -> Self {
        self.with(Block::Paragraph(Paragraph::new(runs)))
    }

    pub fn space(self) -> Self {
        self.with(Block::Space)
    }

    pub fn warning(mut self, text: impl Into<String>) -> Self {
        self.asides.push(Aside::Warning(text.into()));
        self
    }

    pub fn hint(mut self, text: impl Into<String>) -> Self {
        self.asides.push(Aside::Hint(text.into()));
        self
    }

    /// Sets what programs read; a value that cannot be written as JSON becomes `null`.
    pub fn data(mut self, data: impl Serialize) -> Self {
        self.data = Some(serde_json::to_value(data).unwrap_or(Value::Null));
        self
    }

    /// Sets the rows that CSV, `list` and `line` write; JSON keeps the data.
    pub fn flat(mut self, rows: Vec<Value>) -> Self {
        self.flat = Some(rows);
        self
    }

    /// Tells whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty() && self.asides.is_empty() && self.data.is_none()
    }

    /// Writes the view in a format; `out` is for standard output, `err` for standard error.
    pub fn render(&self, format: Format, frame: &Frame) -> Rendered {
        let out = match format {
            Format::Table => screen::blocks(&self.blocks, frame),
            Format::Markdown => markdown::blocks(&self.blocks),
            _ => data::render(self, format, frame),
        };
        Rendered { out, err: screen::asides(&self.asides, frame) }
    }
}

/// Whether escapes for colours and weights may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Styling {
    #[default]
    Plain,
    Styled,
}

/// Where a view is shown: how wide, with which means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// Columns; text wraps at this width.
    pub width: usize,
    pub styling: Styling,
    /// `true` when a terminal reads the output, so that no stored control character may reach it.
    pub terminal: bool,
}

impl Frame {
    /// Returns a frame without colours, for files, pipes and tests.
    pub const fn plain(width: usize) -> Self {
        Self { width, styling: Styling::Plain, terminal: false }
    }
}

/// A view as text, apart for the two streams.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rendered {
    pub out: String,
    pub err: String,
}

#[cfg(test)]
mod tests;
