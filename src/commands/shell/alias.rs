//! `.alias`: a short name for a command that is typed every day.

use crate::commands::{Command, CommandError, Group, Session, line};
use crate::report::view::{Role, Table, View};

/// Gives a command a short name
#[derive(Debug, clap::Args)]
pub struct Alias {
    /// The name; without it the aliases are listed
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// The command with its arguments; without it the alias is removed
    #[arg(value_name = "WORDS", trailing_var_arg = true, allow_hyphen_values = true)]
    words: Vec<String>,
}

impl Command for Alias {
    const NAME: &'static str = ".alias";
    const PURPOSE: &'static str = "Give a command a short name, or list the names";
    const EXAMPLE: &'static str = ".alias mine claims speaker:Whitlock";
    const GROUP: Group = Group::Shell;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let shell = &mut session.shell;
        match (self.name, self.words.as_slice()) {
            (Some(name), []) => {
                if shell.aliases.remove(&name).is_none() {
                    return Err(
                        CommandError::failed(format!("there is no alias `{name}`")).with_hint("`.alias` lists them")
                    );
                }
                session.keep()?;
                Ok(View::empty())
            }
            (Some(name), words) => {
                shell.alias(&name, &line::typed(words))?;
                session.keep()?;
                Ok(View::empty())
            }
            (None, _) => {
                let mut table = Table::new([("alias", Role::Heading), ("stands for", Role::Plain)]);
                shell.aliases.iter().for_each(|(name, words)| table.row([name.clone(), words.clone()]));
                let none = shell.aliases.is_empty();
                let view = View::table(table);
                Ok(if none { view.hint("`.alias NAME COMMAND` creates one") } else { view })
            }
        }
    }
}
