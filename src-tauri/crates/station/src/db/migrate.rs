//! Brings a database file to this program's version: all or nothing, after a copy of the file.

use super::DbError;
use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// Every migration there ever was, oldest first. `user_version` counts them.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_init.sql"),
    include_str!("migrations/0002_template.sql"),
    include_str!("migrations/0003_form.sql"),
    include_str!("migrations/0004_services.sql"),
    include_str!("migrations/0005_track.sql"),
    include_str!("migrations/0006_parcels.sql"),
    include_str!("migrations/0008_calls.sql"),
    include_str!("migrations/0009_abroad.sql"),
    include_str!("migrations/0010_pickup.sql"),
    include_str!("migrations/0011_desk.sql"),
    include_str!("migrations/0012_bench.sql"),
    include_str!("migrations/0013_house.sql"),
    include_str!("migrations/0014_unseen.sql"),
    include_str!("migrations/0015_senders.sql"),
    include_str!("migrations/0016_numbers.sql"),
    include_str!("migrations/0018_route.sql"),
    include_str!("migrations/0019_charge.sql"),
    include_str!("migrations/0020_application.sql"),
    include_str!("migrations/0021_message.sql"),
    include_str!("migrations/0022_eta.sql"),
];

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
    bring_to(connection, path, MIGRATIONS)
}

fn bring_to(connection: &mut Connection, path: &Path, migrations: &[&str]) -> Result<(), DbError> {
    let known = u32::try_from(migrations.len()).unwrap_or(u32::MAX);
    let found: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found > known {
        return Err(DbError::Newer { found, known });
    }
    if found == known {
        return Ok(());
    }
    if found > 0 {
        copy(connection, &copy_of(path, known))?;
    }
    let transaction = connection.transaction()?;
    for migration in migrations.iter().skip(found as usize) {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "user_version", known)?;
    transaction.commit()?;
    Ok(())
}

/// Where the file as it was before a migration is kept.
fn copy_of(path: &Path, known: u32) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".before-{known}"));
    name.into()
}

/// Copies the whole database, readable by nobody else. A copy that an earlier, failed attempt left
/// is made anew.
fn copy(connection: &Connection, to: &Path) -> Result<(), DbError> {
    if to.exists() {
        std::fs::remove_file(to)?;
    }
    super::make_private(to)?;
    connection.execute("VACUUM INTO ?1", [to.to_string_lossy()])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "CREATE TABLE kept (word TEXT NOT NULL) STRICT;";
    const SECOND: &str = "ALTER TABLE kept ADD COLUMN more TEXT;";
    const BROKEN: &str = "ALTER TABLE kept ADD COLUMN more TEXT; CREATE TABLE kept (x);";

    fn file() -> (tempfile::TempDir, PathBuf, Connection) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("old.sqlite");
        let mut db = Connection::open(&path).expect("opens");
        bring_to(&mut db, &path, &[FIRST]).expect("first version");
        db.execute("INSERT INTO kept VALUES ('here')", []).expect("written");
        (folder, path, db)
    }

    fn columns(db: &Connection) -> usize {
        db.prepare("SELECT * FROM kept").expect("there").column_count()
    }

    #[test]
    fn a_copy_is_made_before_and_holds_what_was() {
        let (_folder, path, mut db) = file();
        bring_to(&mut db, &path, &[FIRST, SECOND]).expect("migrates");
        assert_eq!(columns(&db), 2);
        let copy = Connection::open(copy_of(&path, 2)).expect("the copy");
        assert_eq!(columns(&copy), 1);
        let word: String =
            copy.query_row("SELECT word FROM kept", [], |row| row.get(0)).expect("a row");
        assert_eq!(word, "here");
    }

    #[test]
    fn all_or_nothing() {
        let (_folder, path, mut db) = file();
        for _ in 0..2 {
            bring_to(&mut db, &path, &[FIRST, BROKEN]).expect_err("cannot");
            assert_eq!(columns(&db), 1, "nothing of it stays");
        }
        bring_to(&mut db, &path, &[FIRST, SECOND]).expect("still can");
    }

    #[test]
    fn a_newer_file_is_refused() {
        let (_folder, path, mut db) = file();
        bring_to(&mut db, &path, &[FIRST, SECOND]).expect("migrates");
        let refused = bring_to(&mut db, &path, &[FIRST]);
        assert!(matches!(refused, Err(DbError::Newer { found: 2, known: 1 })));
    }
}
