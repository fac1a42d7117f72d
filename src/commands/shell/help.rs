//! `help`: what there is, what one command does, and the table of the README.

use crate::commands::{Command, CommandError, Door, Group, Session, registry, tree};
use crate::report::view::{Block, Paragraph, Role, Run, View};

/// Shows the commands, or explains one of them or a topic (filters, formats, dates …)
#[derive(Debug, clap::Args)]
pub struct Help {
    /// A command or a topic: filters, formats, json, dates, codes, scales, startup
    #[arg(value_name = "TOPIC")]
    topic: Vec<String>,
    /// Write the command table of the README
    #[arg(long)]
    markdown: bool,
}

impl Command for Help {
    const NAME: &'static str = "help";
    const PURPOSE: &'static str = "Show the commands, or explain one of them";
    const EXAMPLE: &'static str = "help filters";
    const GROUP: Group = Group::Shell;
    const ALIASES: &'static [&'static str] = &[".help", "?"];

    fn run(self, _session: &mut Session) -> Result<View, CommandError> {
        if self.markdown {
            return Ok(View::document(markdown()));
        }
        let typed = self.topic.iter().map(|word| word.to_lowercase()).collect::<Vec<_>>();
        match typed.as_slice() {
            [] => Ok(overview()),
            typed => explained(typed).ok_or_else(|| {
                CommandError::usage(format!("unknown command or topic `{}`", typed.join(" "))).with_hint(
                    "`help` lists the commands; topics are filters, formats, json, dates, codes, scales and startup",
                )
            }),
        }
    }
}

/// The topics that belong to no single command; the text is in `help/`.
const TOPICS: [(&str, &str); 8] = [
    ("export", include_str!("help/export.txt")),
    ("filters", include_str!("help/filters.txt")),
    ("formats", include_str!("help/formats.txt")),
    ("dates", include_str!("help/dates.txt")),
    ("codes", include_str!("help/codes.txt")),
    ("review", include_str!("help/review.txt")),
    ("scales", include_str!("help/scales.txt")),
    ("startup", include_str!("help/startup.txt")),
];

/// The page of a command, with what a topic of the same name adds.
fn explained(typed: &[String]) -> Option<View> {
    match (command(typed), topic(&typed.join(" "))) {
        (Some(mut page), Some(more)) => {
            page.blocks.push(Block::Space);
            page.blocks.extend(more.blocks);
            Some(page)
        }
        (page, more) => more.or(page),
    }
}

fn topic(typed: &str) -> Option<View> {
    if typed == "json" {
        return Some(crate::commands::schema::page());
    }
    let (_, text) = TOPICS.iter().find(|(name, _)| *name == typed)?;
    Some(View::document(*text))
}

/// The page of a command, or of a part of one: `verdict record`.
fn command(typed: &[String]) -> Option<View> {
    let (first, parts) = typed.split_first()?;
    let mut tree = tree(Door::Line);
    tree.build();
    let mut found = tree.find_subcommand_mut(crate::commands::completion::command_named(first)?)?;
    for part in parts {
        found = found.find_subcommand_mut(part)?;
    }
    Some(View::document(found.render_help().to_string()))
}

/// All commands, group by group, with their purposes.
fn overview() -> View {
    let width = registry().iter().map(|entry| entry.name.len()).max().unwrap_or(0) + 2;
    let mut view = View::empty();
    for group in Group::ALL {
        let entries: Vec<_> = registry().iter().filter(|entry| entry.group == group).collect();
        if entries.is_empty() {
            continue;
        }
        view = view.heading(group.title());
        for entry in entries {
            let purpose = Paragraph::new([Run::new(Role::Plain, entry.purpose)]);
            let margin = Run::new(Role::Speaker, entry.name);
            view = view.with(Block::Paragraph(purpose.beside(margin, width).indented(2)));
        }
        view = view.space();
    }
    let rows = registry().iter().map(|entry| {
        serde_json::json!({"name": entry.name, "group": entry.group.title(), "purpose": entry.purpose, "example": entry.example})
    });
    view.text([Run::new(
        Role::Dim,
        "`help COMMAND` explains one command, `help filters` explains how to choose articles and claims. An unambiguous beginning of a command is enough.",
    )])
    .data(rows.collect::<Vec<_>>())
}

/// The list of commands for `onrecord --help`.
pub fn listing() -> String {
    let width = registry().iter().map(|entry| entry.name.len()).max().unwrap_or(0) + 2;
    let groups = Group::ALL.iter().filter_map(|&group| {
        let lines: Vec<String> = registry()
            .iter()
            .filter(|entry| entry.group == group)
            .map(|entry| format!("  {:width$}{}", entry.name, entry.purpose))
            .collect();
        (!lines.is_empty()).then(|| format!("{}:\n{}", group.title(), lines.join("\n")))
    });
    let groups = groups.collect::<Vec<_>>().join("\n\n");
    format!("{groups}\n\nWithout a command a prompt opens, or a script is read from standard input.")
}

/// The command table of the README.
pub fn markdown() -> String {
    let mut out = String::from("| command | what it does | example |\n| --- | --- | --- |\n");
    for entry in registry() {
        let example = entry.example.replace('|', "\\|");
        out.push_str(&format!("| `{}` | {} | `{example}` |\n", entry.name, entry.purpose));
    }
    out
}
