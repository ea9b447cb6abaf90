//! Brings a database file to this program's version: all or nothing, after a copy of the file.

use super::DbError;
use rusqlite::Connection;
use std::path::Path;

/// Every migration there ever was, oldest first. `user_version` counts them.
const MIGRATIONS: &[&str] = &[include_str!("migrations/0001_init.sql")];

/// The version this program writes.
pub const KNOWN_VERSION: u32 = MIGRATIONS.len() as u32;

/// The schema as it is now, as SQLite tells it; for the test that compares it with `schema.sql`.
///
/// # Errors
/// SQL errors.
pub fn schema(connection: &Connection) -> Result<String, DbError> {
    let mut statement = connection.prepare(
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
          ORDER BY rowid",
    )?;
    let rows: Result<Vec<String>, _> = statement.query_map([], |row| row.get(0))?.collect();
    Ok(rows?.join(";\n\n") + ";\n")
}

/// Migrates `connection`, whose file is `path`.
///
/// # Errors
/// [`DbError::Newer`] if the file is from a newer program; then nothing is touched.
pub fn migrate(connection: &mut Connection, path: &Path) -> Result<(), DbError> {
    let found: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found > KNOWN_VERSION {
        return Err(DbError::Newer { found, known: KNOWN_VERSION });
    }
    if found == KNOWN_VERSION {
        return Ok(());
    }
    if found > 0 {
        let mut copy = path.as_os_str().to_owned();
        copy.push(format!(".before-{KNOWN_VERSION}"));
        if Path::new(&copy).exists() {
            std::fs::remove_file(&copy)?;
        }
        connection.execute("VACUUM INTO ?1", [copy.to_string_lossy()])?;
    }
    let transaction = connection.transaction()?;
    for migration in MIGRATIONS.iter().skip(found as usize) {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "user_version", KNOWN_VERSION)?;
    transaction.commit()?;
    Ok(())
}
