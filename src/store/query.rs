//! A person's own SQL, for reading only: the connection refuses every change while it runs.

use super::Store;
use super::error::{Result, StoreError};
use super::rows::SqlRows;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, hooks::AuthAction, hooks::AuthContext, hooks::Authorization};

impl Store {
    /// Runs one SELECT (or other statement that only reads) and returns at most `limit` rows.
    ///
    /// # Errors
    /// [`StoreError::Sql`] when the statement is wrong or would change something.
    pub fn sql(&mut self, statement: &str, limit: usize) -> Result<SqlRows> {
        self.connection.authorizer(Some(authorize))?;
        let result = rows(&self.connection, statement, limit);
        self.connection.authorizer(None::<fn(AuthContext<'_>) -> Authorization>)?;
        result
    }
}

/// Lets through what reads; an ATTACH or a PRAGMA with a value would reach out of the database or change it.
fn authorize(context: AuthContext<'_>) -> Authorization {
    match context.action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive | AuthAction::Function { .. } => {
            Authorization::Allow
        }
        AuthAction::Pragma { pragma_value: None, .. } => Authorization::Allow,
        AuthAction::Pragma { pragma_name, .. }
            if pragma_name.starts_with("table_") || pragma_name.starts_with("index_") =>
        {
            Authorization::Allow
        }
        _ => Authorization::Deny,
    }
}

fn rows(connection: &Connection, sql: &str, limit: usize) -> Result<SqlRows> {
    if sql.trim().is_empty() {
        return Err(StoreError::Sql("there is nothing to run".into()));
    }
    let mut statement = connection.prepare(sql).map_err(explain)?;
    if !statement.readonly() {
        return Err(StoreError::Sql("only reading is allowed here: use the commands to change something".into()));
    }
    if statement.parameter_count() > 0 {
        return Err(StoreError::Sql("write the values into the statement: parameters (?) cannot be given here".into()));
    }
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut found = statement.query([]).map_err(explain)?;
    let mut rows = Vec::new();
    while let Some(row) = found.next().map_err(explain)? {
        if rows.len() == limit {
            return Ok(SqlRows { columns, rows, more: true });
        }
        let values = (0..columns.len()).map(|column| row.get_ref(column).map(shown));
        rows.push(values.collect::<rusqlite::Result<Vec<_>>>()?);
    }
    Ok(SqlRows { columns, rows, more: false })
}

/// Returns a cell as it is shown: of bytes only how many.
pub(super) fn shown(cell: ValueRef<'_>) -> serde_json::Value {
    match cell {
        ValueRef::Null => serde_json::Value::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.into(),
        ValueRef::Text(words) => String::from_utf8_lossy(words).into(),
        ValueRef::Blob(bytes) => format!("({} bytes)", bytes.len()).into(),
    }
}

fn explain(error: rusqlite::Error) -> StoreError {
    match &error {
        rusqlite::Error::SqlInputError { msg, sql, offset, .. } => {
            let at = usize::try_from(*offset).ok().and_then(|offset| sql.get(offset..)).map(str::trim).unwrap_or("");
            let near: String = at.chars().take(40).collect();
            let near = if near.is_empty() { String::new() } else { format!(" (at: {near})") };
            StoreError::Sql(format!("{msg}{near}"))
        }
        rusqlite::Error::MultipleStatement => StoreError::Sql("one statement at a time".into()),
        rusqlite::Error::SqliteFailure(failure, words)
            if failure.code == rusqlite::ErrorCode::AuthorizationForStatementDenied =>
        {
            let words = words.clone().unwrap_or_default();
            StoreError::Sql(format!("only reading is allowed here ({words}): use the commands to change something"))
        }
        rusqlite::Error::SqliteFailure(failure, Some(words)) if failure.code == rusqlite::ErrorCode::Unknown => {
            StoreError::Sql(words.clone())
        }
        _ => error.into(),
    }
}
