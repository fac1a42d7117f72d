//! `.history` and `.last`: the lines that were entered, and the last result once more.

use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::{Role, Table, View};

/// Lists the lines entered
#[derive(Debug, clap::Args)]
pub struct History {
    /// How many, newest last
    #[arg(value_name = "NUMBER", default_value_t = 20)]
    count: usize,
}

impl Command for History {
    const NAME: &'static str = ".history";
    const PURPOSE: &'static str = "List the lines you entered, newest last";
    const EXAMPLE: &'static str = ".history 5";
    const GROUP: Group = Group::Shell;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let lines = &session.shell.history;
        let mut table = Table::new([("", Role::Number), ("line", Role::Plain)]);
        for (number, line) in lines.iter().enumerate().skip(lines.len().saturating_sub(self.count)) {
            table.row([(number + 1).to_string(), line.clone()]);
        }
        Ok(View::table(table))
    }
}

/// Shows the last result again
#[derive(Debug, clap::Args)]
pub struct Last {}

impl Command for Last {
    const NAME: &'static str = ".last";
    const PURPOSE: &'static str = "Show the last result again, in another format if you like";
    const EXAMPLE: &'static str = ".last --json";
    const GROUP: Group = Group::Shell;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let view = session.shell.last.clone().unwrap_or_else(|| View::empty().hint("there is no result yet"));
        Ok(View { format: None, ..view })
    }
}
