//! `.sql`: one statement that only reads, for what no command asks.

use crate::commands::{Command, CommandError, Group, Session};
use crate::report::view::{Role, Run, Table, View};
use serde_json::Value;

/// Runs a read-only statement
#[derive(Debug, clap::Args)]
pub struct Sql {
    /// The statement
    #[arg(value_name = "SQL", required = true, trailing_var_arg = true, allow_hyphen_values = true)]
    statement: Vec<String>,
}

/// The most rows a statement gives.
const MOST: usize = 10_000;

impl Command for Sql {
    const NAME: &'static str = ".sql";
    const PURPOSE: &'static str = "Run one read-only SQL statement";
    const EXAMPLE: &'static str = ".sql \"select count(*) as claims from claim\"";
    const GROUP: Group = Group::Shell;

    fn run(self, session: &mut Session) -> Result<View, CommandError> {
        let found = session.workbench()?.sql(&self.statement.join(" "), MOST)?;
        let numeric = |column: usize| {
            found.rows.iter().all(|row| row.get(column).is_some_and(|value| value.is_number() || value.is_null()))
        };
        let columns = found.columns.iter().enumerate();
        let columns = columns.map(|(at, name)| (name.as_str(), if numeric(at) { Role::Number } else { Role::Words }));
        let mut table = Table::new(columns);
        for row in &found.rows {
            table.rows.push(row.iter().map(cell).collect());
        }
        let rows = found
            .rows
            .iter()
            .map(|row| Value::Object(found.columns.iter().cloned().zip(row.iter().cloned()).collect()));
        let rows: Vec<Value> = rows.collect();
        let view = View::table(table).data(rows);
        Ok(if found.more { view.hint(format!("only the first {MOST} rows are shown; say LIMIT")) } else { view })
    }
}

fn cell(value: &Value) -> Run {
    match value {
        Value::Null => Run::new(Role::Dim, "null"),
        Value::String(text) => Run::new(Role::Plain, &**text),
        other => Run::new(Role::Plain, other.to_string()),
    }
}
