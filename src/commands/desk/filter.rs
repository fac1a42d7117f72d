//! `filter`: filters that are used every day get a name; `filter:NAME` then stands for them everywhere.

use crate::commands::{Command, CommandError, Group, Session, line};
use crate::report::view::{Role, Table, View};

/// Saves filters under a name
#[derive(Debug, clap::Args)]
pub struct SavedFilter {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, clap::Subcommand)]
enum Act {
    /// Save a filter under a name; "last week" in it is counted from the day it is used
    Save {
        /// The name
        #[arg(value_name = "NAME")]
        name: String,
        /// The filter
        #[arg(value_name = "FILTER", required = true)]
        filter: Vec<String>,
    },
    /// Forget a name
    Forget {
        /// The name
        #[arg(value_name = "SAVED")]
        name: String,
    },
    /// List the saved filters
    List {},
}

impl Command for SavedFilter {
    const NAME: &'static str = "filter";
    const PURPOSE: &'static str = "Save, forget or list named filters";
    const EXAMPLE: &'static str = "filter save whitlock speaker:Whitlock not:kind:question";
    const GROUP: Group = Group::Desk;
    const ALIASES: &'static [&'static str] = &["filters"];

    fn begins_desk(&self) -> bool {
        matches!(self.act, Act::Save { .. })
    }

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        match self.act {
            Act::Save { name, filter } => {
                // A filter that cannot be read is not worth keeping.
                session.filter(&filter)?;
                let words = line::typed(&filter);
                session.workbench()?.save_filter(&name, &words)?;
                Ok(View::done(format!("`filter:{}` means {words}", line::quoted(&name))))
            }
            Act::Forget { name } => {
                session.workbench()?.forget_filter(&name)?;
                Ok(View::done(format!("filter `{name}` is forgotten")).hint("`undo` restores it"))
            }
            Act::List {} => {
                let rows = session.workbench()?.saved_filters()?;
                let mut table = Table::new([("name", Role::Heading), ("filter", Role::Words)]);
                rows.iter().for_each(|row| table.row([row.name.clone(), row.words.clone()]));
                let view = View::table(table);
                let view = if rows.is_empty() { view.hint("`filter save NAME FILTER` keeps one") } else { view };
                Ok(view.data(rows))
            }
        }
    }
}
