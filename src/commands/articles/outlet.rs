//! `outlet`: names of outlets by host, for articles whose pages and addresses do not tell them.

use crate::commands::layout::by;
use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::{Role, Table, View};

/// Names outlets by host
#[derive(Debug, clap::Args)]
pub struct Outlet {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, clap::Subcommand)]
enum Act {
    /// Give the outlet of a host a name; articles loaded from then on bear it, whatever their pages say
    Set {
        /// The host, or an address at it: `harbourpost.example`; hosts below it are meant too
        #[arg(value_name = "HOST")]
        host: String,
        /// What the outlet is called
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// List the names that were given
    List {},
    /// Take a name away
    Forget {
        /// The host whose name is taken away
        #[arg(value_name = "HOST")]
        host: String,
    },
}

impl Command for Outlet {
    const NAME: &'static str = "outlet";
    const PURPOSE: &'static str = "Name outlets by host, for articles that are loaded; list the names";
    const EXAMPLE: &'static str = "outlet set harbourpost.example \"Harbour Post\"";
    const GROUP: Group = Group::Articles;
    const ALIASES: &'static [&'static str] = &["outlets"];

    fn begins_desk(&self) -> bool {
        matches!(self.act, Act::Set { .. })
    }

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        match self.act {
            Act::Set { host, name } => {
                let row = session.workbench()?.name_outlet(&host, &name)?;
                Ok(View::done(format!("{} is {}", row.host, row.name))
                    .hint("articles loaded from now on bear it; `edit ARTICLE --outlet NAME` corrects one on the desk"))
            }
            Act::Forget { host } => {
                let row = session.workbench()?.forget_outlet(&host)?;
                Ok(View::done(format!("{} is not called {} any more", row.host, row.name)).hint("`undo` restores it"))
            }
            Act::List {} => {
                let rows = session.workbench()?.named_outlets()?;
                let mut table = Table::new([("host", Role::Plain), ("outlet", Role::Heading), ("by", Role::Plain)]);
                for row in &rows {
                    table.row([row.host.clone(), row.name.clone(), by(&row.by).to_owned()]);
                }
                let view = View::table(table);
                let hint = "no outlet was named here; `outlet set HOST NAME` names one";
                let view = if rows.is_empty() { view.hint(hint) } else { view };
                Ok(view.data(rows))
            }
        }
    }
}
