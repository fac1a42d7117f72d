//! Blocks as Markdown: tables, paragraphs and headings that read well as plain text too.

use super::{Block, Paragraph, Role, Run, Table};
use crate::report::visible::visible_line;

/// Writes blocks as Markdown, an empty line between any two.
pub fn blocks(blocks: &[Block]) -> String {
    let parts = blocks.iter().filter_map(|block| match block {
        Block::Heading(text) => Some(format!("## {}", escape(text))),
        Block::Paragraph(part) => Some(paragraph(part)),
        Block::Table(table) if table.rows.is_empty() => None,
        Block::Table(table) => Some(self::table(table)),
        Block::Record(fields) => {
            let lines = fields.iter().map(|(name, value)| format!("- **{}:** {}", escape(name), run(value)));
            Some(lines.collect::<Vec<_>>().join("\n"))
        }
        Block::Sides(columns) => {
            let lines = columns.iter().flatten().map(|runs| runs.iter().map(run).collect::<String>());
            Some(lines.collect::<Vec<_>>().join("\n\n"))
        }
        Block::Document(body) => Some(body.trim_end().to_owned()),
        Block::Space => None,
    });
    let mut out = parts.collect::<Vec<_>>().join("\n\n");
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

fn paragraph(part: &Paragraph) -> String {
    let text: String = part.runs.iter().map(run).collect();
    match &part.margin {
        Some(margin) => format!("{} {text}", run(margin)),
        None => text,
    }
}

fn table(table: &Table) -> String {
    let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let mut lines = vec![row(table.columns.iter().map(|column| escape(&column.name)).collect())];
    let rule = |role| if role == Role::Number { "--:".to_owned() } else { "---".to_owned() };
    lines.push(row(table.columns.iter().map(|column| rule(column.role)).collect()));
    for cells in &table.rows {
        let cells =
            (0..table.columns.len()).map(|number| cells.get(number).map(|c| escape(&c.text)).unwrap_or_default());
        lines.push(row(cells.collect()));
    }
    lines.join("\n")
}

fn run(run: &Run) -> String {
    let text = escape(&run.text);
    match run.role {
        Role::Speaker if !text.is_empty() => format!("**{text}**"),
        _ => text,
    }
}

/// Escapes what Markdown or HTML would read as markup, and shows control characters.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in visible_line(text).chars() {
        match c {
            '\\' | '|' | '*' | '_' | '`' | '[' | ']' | '#' => out.extend(['\\', c]),
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
    out
}
