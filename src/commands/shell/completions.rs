//! `completions` and `man`: what shells and the manual need to know of the commands, made from the registry.

use crate::commands::{Command, CommandError, Door, Group, Session, tree};
use crate::report::view::View;
use clap_complete::Shell;

/// Writes completions for a shell
#[derive(Debug, clap::Args)]
pub struct Completions {
    /// The shell
    #[arg(value_name = "CHOICE", value_parser = ["bash", "zsh", "fish"])]
    shell: String,
}

impl Command for Completions {
    const NAME: &'static str = "completions";
    const PURPOSE: &'static str = "Print shell completions: bash, zsh or fish";
    const EXAMPLE: &'static str = "completions bash";
    const GROUP: Group = Group::Shell;

    fn run(self, _session: &mut Session) -> Result<View, CommandError> {
        let shell = match self.shell.as_str() {
            "zsh" => Shell::Zsh,
            "fish" => Shell::Fish,
            _ => Shell::Bash,
        };
        let mut out = Vec::new();
        clap_complete::generate(shell, &mut plain(), "onrecord", &mut out);
        Ok(View::document(String::from_utf8_lossy(&out).into_owned()))
    }
}

/// Writes the manual page
#[derive(Debug, clap::Args)]
pub struct Man {
    /// A command, for a page of its own; without it the page of the program
    #[arg(value_name = "TOPIC")]
    command: Option<String>,
}

impl Command for Man {
    const NAME: &'static str = "man";
    const PURPOSE: &'static str = "Print the manual page of the program, or of one command";
    const EXAMPLE: &'static str = "man claims";
    const GROUP: Group = Group::Shell;

    fn run(self, _session: &mut Session) -> Result<View, CommandError> {
        let mut root = plain();
        root.build();
        let (page, title) = match &self.command {
            None => (root, "ONRECORD".to_owned()),
            Some(name) => {
                let part = root.find_subcommand(name).cloned();
                let part = part.ok_or_else(|| {
                    CommandError::usage(format!("unknown command `{name}`")).with_hint("`help` lists all commands")
                })?;
                (part, format!("ONRECORD-{}", name.to_uppercase()))
            }
        };
        let mut out = Vec::new();
        clap_mangen::Man::new(page).title(title).render(&mut out)?;
        Ok(View::document(String::from_utf8_lossy(&out).into_owned()))
    }
}

/// The commands as a shell knows them: those of the prompt alone (`.mode`) are left out.
fn plain() -> clap::Command {
    let mut root = tree(Door::CommandLine);
    let names: Vec<String> = root.get_subcommands().map(|part| part.get_name().to_owned()).collect();
    for name in names.iter().filter(|name| name.starts_with('.')) {
        root = root.mut_subcommand(name, |part| part.hide(true));
    }
    let kept: Vec<clap::Command> = root.get_subcommands().filter(|part| !part.is_hide_set()).cloned().collect();
    let bare = clap::Command::new("onrecord")
        .disable_help_subcommand(true)
        .about("Keeps track of who said what, in which words, and when it changed.")
        .version(env!("CARGO_PKG_VERSION"));
    let flags: Vec<clap::Arg> = root.get_arguments().cloned().collect();
    bare.args(flags).subcommands(kept)
}
