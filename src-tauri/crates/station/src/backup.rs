//! Copies of the database: made while the station works, checked, a few kept; and put back.
//!
//! A copy is one moment of the database (a read transaction that stays open), taken page by page
//! with pauses, so that a label waits for none of it. It counts as a copy only after SQLite found
//! it whole and every table has as many rows as there were at that moment.
//!
//! What was issued after the moment of a restored copy is unknown here. So every order of that time
//! is asked for as one that may have a number already: its key is the same as before, so that
//! carriers give the same number again, or a person finds out (`outbox::restored`).

use crate::{
    Station,
    config::{self, private_folder},
    config_trouble,
    db::{DbError, HomeLock, KNOWN_VERSION, LockError},
    home_locked, outbox,
    print::job,
    sms, storage,
    trouble::{Action, Code, Trouble},
    view::{BackupView, BackupsView, Restored},
};
use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, backup::Backup, backup::StepResult};
use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    thread,
    time::{Duration, SystemTime},
};

/// Where copies lie in the home if the settings name no folder.
const FOLDER: &str = "backups";
/// How copies are called: `packbench-20261122-031500.sqlite`.
const NAME: &str = "packbench-";
const ENDING: &str = ".sqlite";
/// Added to the name of a copy that is being made.
const PART: &str = ".part";
/// 4 MB at a time, with a breath between, leave the disk to the labels.
const PAGES_A_STEP: i32 = 1_024;
const BREATH: Duration = Duration::from_millis(5);
/// A copy a day.
const EVERY_MS: i64 = 86_400_000;
/// Nobody has worked for so long: a good moment.
const QUIET_MS: i64 = 10 * 60_000;
/// A good moment is waited for so long.
const PATIENCE_MS: i64 = 4 * 3_600_000;
/// Name of the database in the home.
const DATABASE: &str = "station.sqlite";

impl Station {
    /// Where copies lie.
    pub fn backup_folder(&self) -> PathBuf {
        let asked = self.config.backups.folder.clone();
        asked.map_or_else(|| self.home.join(FOLDER), |folder| self.home.join(folder))
    }

    /// The copies there are, newest first, and how the last attempt went.
    ///
    /// # Errors
    /// The disk.
    pub fn backups(&self) -> Result<BackupsView, Trouble> {
        let folder = self.backup_folder();
        Ok(BackupsView {
            backups: copies(&folder).map_err(|why| storage(&why))?,
            folder: folder.display().to_string(),
            keep: self.config.backups.keep,
            failed: self.live_backup_failed(),
        })
    }

    /// Why the last copy failed; `None`: it did not.
    pub fn live_backup_failed(&self) -> Option<String> {
        self.live().backup_failed.clone()
    }

    /// Makes a copy now, checks it, and lets the oldest go. Takes as long as the disk takes.
    ///
    /// # Errors
    /// [`Code::BackupFailed`] with the reason; nothing of it stays then.
    pub fn back_up(&self) -> Result<BackupView, Trouble> {
        let folder = self.backup_folder();
        let made = self.copy_into(&folder);
        let failed = made.as_ref().err().map(ToString::to_string);
        self.live().backup_failed.clone_from(&failed);
        self.touch();
        let made = made.map_err(|why| {
            tracing::error!(%why, "backup");
            let fields = [("folder", folder.display().to_string()), ("why", why.to_string())];
            Trouble::new(Code::BackupFailed, Action::Retry, fields)
        })?;
        tracing::info!(bytes = made.bytes, "backup");
        Ok(made)
    }

    fn copy_into(&self, folder: &Path) -> Result<BackupView, NoBackup> {
        private_folder(folder)?;
        let at_ms = self.now_ms();
        let path = folder.join(format!("{NAME}{}{ENDING}", moment(at_ms)));
        let part = with(&path, PART);
        let done = copy(&self.home.join(DATABASE), &part)
            .and_then(|rows| check(&part, Some(&rows)))
            .and_then(|()| Ok(fs::File::open(&part)?.sync_all()?))
            .and_then(|()| Ok(fs::rename(&part, &path)?));
        if done.is_err() {
            // What is left of a failed copy is overwritten by the next one.
            drop(fs::remove_file(&part));
        }
        done?;
        let settings = fs::read(self.home.join(config::FILE_NAME))?;
        config::put_file(&path.with_extension("toml"), &settings)?;
        self.let_old_go(folder)?;
        let bytes = fs::metadata(&path)?.len();
        Ok(BackupView { path: path.display().to_string(), at_ms, bytes })
    }

    fn let_old_go(&self, folder: &Path) -> io::Result<()> {
        let keep = self.config.backups.keep.max(1) as usize;
        for old in copies(folder)?.into_iter().skip(keep) {
            let path = PathBuf::from(old.path);
            fs::remove_file(&path)?;
            // Copies of before had no settings beside them.
            drop(fs::remove_file(path.with_extension("toml")));
        }
        Ok(())
    }

    /// Makes the day's copy if it is time for it and the bench rests; whether one was made.
    ///
    /// # Errors
    /// As [`Station::back_up`]; the database.
    pub fn back_up_daily(&self) -> Result<bool, Trouble> {
        if self.config.practice || self.config.backups.keep == 0 {
            return Ok(false);
        }
        let now_ms = self.now_ms();
        let newest = copies(&self.backup_folder()).unwrap_or_default().first().map(|it| it.at_ms);
        let late_ms = newest.map_or(0, |at_ms| now_ms - at_ms - EVERY_MS);
        if late_ms < 0 || (late_ms < PATIENCE_MS && !self.rests(now_ms)?) {
            return Ok(false);
        }
        self.back_up().map(|_| true)
    }

    /// Whether nobody has worked for a while.
    fn rests(&self, now_ms: i64) -> Result<bool, DbError> {
        self.db.read(|db| {
            let busy: bool = db.query_row(
                "SELECT EXISTS (SELECT 1 FROM batch WHERE closed_at_ms IS NULL)
                     OR coalesce((SELECT at_ms FROM shipment_event ORDER BY seq DESC LIMIT 1), 0)
                        > ?1",
                [now_ms - QUIET_MS],
                |row| row.get(0),
            )?;
            Ok(!busy)
        })
    }
}

/// Why there is no copy, or none that can be trusted.
#[derive(Debug, thiserror::Error)]
enum NoBackup {
    #[error("{0}")]
    Disk(#[from] io::Error),
    #[error("{0}")]
    Sql(#[from] rusqlite::Error),
    /// SQLite's own check found this.
    #[error("damaged: {0}")]
    Damaged(String),
    /// A table has not the rows it should have.
    #[error("table {0}: {1} of {2} rows")]
    Rows(String, i64, i64),
    #[error("no database of this program")]
    NotOurs,
}

/// Rows of every table.
type Rows = BTreeMap<String, i64>;

/// Copies the database as it is at this moment; the rows of every table at that moment.
fn copy(from: &Path, to: &Path) -> Result<Rows, NoBackup> {
    drop(fs::remove_file(to));
    // Names and phones stand in it: nobody else may read it.
    config::put_file(to, &[])?;
    let source = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    // Until it ends this transaction sees one moment, whatever is written meanwhile.
    source.execute_batch("PRAGMA busy_timeout = 5000; BEGIN")?;
    let rows = rows(&source)?;
    let mut target = Connection::open(to)?;
    {
        let backup = Backup::new(&source, &mut target)?;
        loop {
            match backup.step(PAGES_A_STEP)? {
                StepResult::Done => break,
                StepResult::More => thread::sleep(BREATH),
                StepResult::Busy | StepResult::Locked => thread::sleep(10 * BREATH),
                _ => return Err(NoBackup::NotOurs),
            }
        }
    }
    source.execute_batch("COMMIT")?;
    // One file, without a log beside it.
    target.pragma_update(None, "journal_mode", "DELETE")?;
    Ok(rows)
}

fn rows(db: &Connection) -> Result<Rows, rusqlite::Error> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    let names: Result<Vec<String>, _> = db.prepare(sql)?.query_map([], |row| row.get(0))?.collect();
    let count = |name: String| {
        let n = db.query_row(&format!("SELECT count(*) FROM \"{name}\""), [], |row| row.get(0))?;
        Ok((name, n))
    };
    names?.into_iter().map(count).collect()
}

/// Whether a file is a whole database of ours, with these rows.
fn check(path: &Path, expected: Option<&Rows>) -> Result<(), NoBackup> {
    let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let said: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    if said != "ok" {
        return Err(NoBackup::Damaged(said));
    }
    let found = rows(&db)?;
    if !found.contains_key("shipment") || !found.contains_key("meta") {
        return Err(NoBackup::NotOurs);
    }
    for (table, wanted) in expected.into_iter().flatten() {
        let has = found.get(table).copied().unwrap_or(0);
        if has != *wanted {
            return Err(NoBackup::Rows(table.clone(), has, *wanted));
        }
    }
    Ok(())
}

/// The copies in a folder, newest first, by their names: a folder on a network tells other times.
fn copies(folder: &Path) -> io::Result<Vec<BackupView>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(e),
    };
    let mut found: Vec<BackupView> = entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let name = entry.file_name().into_string().ok()?;
            let at_ms = moment_of(name.strip_prefix(NAME)?.strip_suffix(ENDING)?)?;
            let bytes = entry.metadata().ok()?.len();
            Some(BackupView { path: entry.path().display().to_string(), at_ms, bytes })
        })
        .collect();
    found.sort_by_key(|it| std::cmp::Reverse(it.at_ms));
    Ok(found)
}

fn moment(at_ms: i64) -> String {
    let at = Timestamp::from_millisecond(at_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    at.strftime("%Y%m%d-%H%M%S").to_string()
}

fn moment_of(text: &str) -> Option<i64> {
    let at = jiff::civil::DateTime::strptime("%Y%m%d-%H%M%S", text).ok()?;
    Some(at.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_millisecond())
}

fn with(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Puts a copy in the place of the database of a home that nobody works on. The present database is
/// put aside, whole. Every order of that time may have a number that the copy does not know.
///
/// # Errors
/// [`Code::BackupUnusable`] if the file is no whole database of this program;
/// [`Code::DatabaseNewer`]; [`Code::PracticeMixed`]; [`Code::HomeLocked`]; the settings, the disk.
pub fn restore(home: &Path, file: &Path, now_ms: i64) -> Result<Restored, Trouble> {
    let unusable = |why: &dyn std::fmt::Display| {
        let fields = [("file", file.display().to_string()), ("why", why.to_string())];
        Trouble::new(Code::BackupUnusable, Action::None, fields)
    };
    let config = config::read(home).map_err(|error| config_trouble(home, &error))?;
    let _lock = HomeLock::take(home).map_err(|error| match error {
        LockError::Taken { pid } => home_locked(home, pid),
        LockError::Io(error) => storage(&error),
    })?;
    check(file, None).map_err(|why| unusable(&why))?;
    let part = home.join(format!("{DATABASE}{PART}"));
    let orders = prepared(file, &part, now_ms, config.practice).map_err(|why| match why {
        NotPrepared::Unusable(why) => unusable(&why),
        NotPrepared::Told(trouble) => trouble,
    })?;
    let aside = home.join(format!("before-restore-{now_ms}"));
    let swapped = swap(&home.join(DATABASE), &part, &aside);
    swapped.map_err(|why| unusable(&why))?;
    let made = fs::metadata(file).ok().and_then(|it| it.modified().ok());
    let made_ms = made.and_then(|at| at.duration_since(SystemTime::UNIX_EPOCH).ok());
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
    let named = name.as_deref().and_then(|it| it.strip_prefix(NAME)?.strip_suffix(ENDING));
    Ok(Restored {
        file: file.display().to_string(),
        at_ms: named.and_then(moment_of).or(made_ms.map(|at| at.as_millis() as i64)),
        aside: aside.exists().then(|| aside.display().to_string()),
        orders,
    })
}

enum NotPrepared {
    Unusable(NoBackup),
    Told(Trouble),
}

impl<E: Into<NoBackup>> From<E> for NotPrepared {
    fn from(why: E) -> Self {
        Self::Unusable(why.into())
    }
}

/// A copy of the copy beside the database, with all of it in doubt that went on since; how many
/// orders it holds.
fn prepared(file: &Path, part: &Path, now_ms: i64, practice: bool) -> Result<u32, NotPrepared> {
    copy(file, part)?;
    let db = Connection::open(part)?;
    let version: u32 = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version > KNOWN_VERSION {
        let error = DbError::Newer { found: version, known: KNOWN_VERSION };
        return Err(NotPrepared::Told(error.into()));
    }
    let of_practice: String =
        db.query_row("SELECT value FROM meta WHERE key = 'practice'", [], |row| row.get(0))?;
    if (of_practice == "1") != practice {
        let home = part.parent().unwrap_or(part).display().to_string();
        let mixed = Trouble::new(Code::PracticeMixed, Action::None, [("home", home)]);
        return Err(NotPrepared::Told(mixed));
    }
    db.execute_batch("BEGIN")?;
    let doubted = outbox::restored(&db, now_ms)
        .and_then(|()| job::restored(&db))
        .and_then(|_| Ok(sms::restored(&db, now_ms).map(|_| ())?));
    doubted.map_err(|why| NoBackup::Damaged(why.to_string()))?;
    db.execute_batch("COMMIT")?;
    let orders = db.query_row("SELECT count(*) FROM orders", [], |row| row.get(0))?;
    drop(db);
    fs::File::open(part)?.sync_all()?;
    Ok(orders)
}

/// There is always a whole database under the name: the present one or the restored one.
fn swap(database: &Path, part: &Path, aside: &Path) -> Result<(), NoBackup> {
    if database.exists() {
        private_folder(aside)?;
        // What still stands in its log goes into the file, so that the file alone is whole.
        drop(
            Connection::open(database)?.query_row(
                "PRAGMA wal_checkpoint(TRUNCATE)",
                [],
                |_| Ok(()),
            ),
        );
        fs::copy(database, aside.join(DATABASE))?;
        fs::File::open(aside.join(DATABASE))?.sync_all()?;
    }
    for log in ["-wal", "-shm"] {
        let log = with(database, log);
        if log.exists() {
            fs::remove_file(log)?;
        }
    }
    fs::rename(part, database)?;
    Ok(())
}
