//! The station's SQLite file: one writing connection on its own thread, a few reading ones.
//! Not here: SQL of any table (it stands in the module that owns the table).

mod lock;
mod migrate;

pub use lock::{HomeLock, LockError};
pub use migrate::{KNOWN_VERSION, schema};

use rusqlite::{Connection, OpenFlags};
use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};
use tokio::sync::oneshot;

/// Writes that may share one commit. More would only make the first of them wait longer.
const GROUP_MAX: usize = 64;
/// The log is written back into the file once nobody has written for so long: a commit that
/// somebody waits for at the bench does not wait for that, too.
const WRITE_BACK_AFTER: Duration = Duration::from_millis(500);
/// Pages (4 KiB) of log after which it is written back at the next commit all the same.
const LOG_PAGES_MAX: u32 = 8_192;
/// Reading connections kept open: the window, the workers and a search at the same time.
const READERS_KEPT: usize = 4;

/// Why the database could not do it.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// SQLite or the disk.
    #[error("{0}")]
    Sql(#[from] rusqlite::Error),
    /// The commit failed for this and all writes that shared it.
    #[error("commit failed: {0}")]
    Commit(String),
    /// The writing thread has ended.
    #[error("the database is closed")]
    Closed,
    /// A newer program wrote this file.
    #[error("database version {found}, this program knows {known}")]
    Newer {
        /// `user_version` of the file.
        found: u32,
        /// What this program knows.
        known: u32,
    },
    /// Copying the file before a migration failed.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// A stored value cannot be read back.
    #[error("stored value: {0}")]
    Stored(#[from] serde_json::Error),
}

/// Tells a waiting writer how the shared commit went.
type Settle = Box<dyn FnOnce(Result<(), String>) + Send>;
/// Runs a write inside the open transaction.
type Work = Box<dyn FnOnce(&Connection) -> Settle + Send>;

/// An open database.
pub struct Db {
    path: PathBuf,
    work: Mutex<Option<mpsc::Sender<Work>>>,
    writer: Mutex<Option<thread::JoinHandle<()>>>,
    readers: Mutex<Vec<Connection>>,
    /// The log shall be emptied in the next lull.
    empty_log: Arc<AtomicBool>,
}

/// What `LIKE ? ESCAPE '\'` looks for a text with, wherever it stands.
pub fn anywhere(text: &str) -> String {
    let plain = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{plain}%")
}

impl Db {
    /// Opens or makes the file, migrates it, and starts the writing thread.
    ///
    /// # Errors
    /// [`DbError::Newer`] for a file of a newer program; SQL and disk errors.
    pub fn open(path: &Path) -> Result<Self, DbError> {
        make_private(path)?;
        let mut connection = Connection::open(path)?;
        prepare(&connection)?;
        migrate::migrate(&mut connection, path)?;
        let (work, waiting) = mpsc::channel();
        let empty_log = Arc::new(AtomicBool::new(false));
        let wanted = Arc::clone(&empty_log);
        let writer = thread::Builder::new()
            .name("db-writer".into())
            .spawn(move || write_until_closed(&connection, &waiting, &wanted))?;
        Ok(Self {
            path: path.to_owned(),
            work: Mutex::new(Some(work)),
            writer: Mutex::new(Some(writer)),
            readers: Mutex::new(Vec::new()),
            empty_log,
        })
    }

    /// Runs `work` in a transaction and returns once it is on the disk.
    ///
    /// Writes that wait at the same moment share one commit; each has its own savepoint, so that
    /// one that fails takes nothing of the others with it.
    ///
    /// # Errors
    /// What `work` returns, or the failed commit.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    {
        let (tell, told) = oneshot::channel::<Result<T, E>>();
        let boxed: Work = Box::new(move |connection| {
            let result = in_savepoint(connection, work);
            Box::new(move |committed| {
                let answer = match committed {
                    Ok(()) => result,
                    Err(why) => Err(DbError::Commit(why).into()),
                };
                // The asker may have been stopped meanwhile; the write stands all the same.
                drop(tell.send(answer));
            })
        });
        let sent = match &*self.work.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(sender) => sender.send(boxed).is_ok(),
            None => false,
        };
        if !sent {
            return Err(DbError::Closed.into());
        }
        told.await.unwrap_or_else(|_| Err(DbError::Closed.into()))
    }

    /// Reads with a connection of its own; sees everything committed before the call.
    ///
    /// # Errors
    /// What `read` returns, or a connection that cannot be opened.
    pub fn read<T, E: From<DbError>>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let kept = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match kept {
            Some(connection) => connection,
            None => open_reader(&self.path)?,
        };
        let result = read(&connection);
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if readers.len() < READERS_KEPT {
            readers.push(connection);
        }
        result
    }

    /// Empties the log in the next lull, so that nothing that was overwritten in the file is left
    /// in it.
    pub fn empty_log_soon(&self) {
        self.empty_log.store(true, Ordering::Relaxed);
    }

    /// Finishes what was asked for, then closes. Later writes answer [`DbError::Closed`].
    pub fn close(&self) {
        drop(self.work.lock().unwrap_or_else(PoisonError::into_inner).take());
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(writer) = writer
            && writer.join().is_err()
        {
            tracing::error!("the database thread panicked");
        }
        self.readers.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl Drop for Db {
    fn drop(&mut self) {
        self.close();
    }
}

/// Names and phones stand in this file: nobody else may read it. SQLite gives its `-wal` and
/// `-shm` the same rights.
fn make_private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

fn prepare(connection: &Connection) -> Result<(), rusqlite::Error> {
    // secure_delete: what is deleted is overwritten, for people's names must not stay in the file.
    // FULL: a committed row must survive a power cut, or a key we sent could be forgotten.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
         PRAGMA secure_delete = ON;
         PRAGMA busy_timeout = 5000; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;",
    )?;
    connection.pragma_update(None, "wal_autocheckpoint", LOG_PAGES_MAX)?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(())
}

fn open_reader(path: &Path) -> Result<Connection, DbError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    // Not mapped: reading all of 100,000 orders takes as long either way, and what was once looked
    // at would count as this program's memory until it ends.
    connection.execute_batch("PRAGMA busy_timeout = 5000;")?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

fn in_savepoint<T, E: From<DbError>>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, E>,
) -> Result<T, E> {
    let sql = |text: &str| {
        connection.prepare_cached(text).and_then(|mut statement| statement.execute([]))
    };
    sql("SAVEPOINT one").map_err(DbError::from)?;
    let result = work(connection);
    if result.is_err() {
        sql("ROLLBACK TO one").map_err(DbError::from)?;
    }
    sql("RELEASE one").map_err(DbError::from)?;
    result
}

/// Waits for the next write; in a lull, writes the log back. `None` once closed.
fn next_work(
    connection: &Connection,
    waiting: &mpsc::Receiver<Work>,
    empty_log: &AtomicBool,
) -> Option<Work> {
    match waiting.recv_timeout(WRITE_BACK_AFTER) {
        Ok(work) => return Some(work),
        Err(mpsc::RecvTimeoutError::Disconnected) => return None,
        Err(mpsc::RecvTimeoutError::Timeout) => {}
    }
    // PASSIVE waits for nobody; what a reader still needs is written back in the next lull.
    let written = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
    if let Err(error) = written {
        tracing::warn!(%error, "the log stays longer");
    }
    if empty_log.load(Ordering::Relaxed) {
        empty_log.store(!emptied(connection).unwrap_or(false), Ordering::Relaxed);
    }
    waiting.recv().ok()
}

/// Empties the log; whether nobody was reading it.
fn emptied(connection: &Connection) -> Result<bool, rusqlite::Error> {
    connection.execute_batch("PRAGMA busy_timeout = 0")?;
    let busy = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
    connection.execute_batch("PRAGMA busy_timeout = 5000")?;
    busy.map(|busy: bool| !busy)
}

fn write_until_closed(
    connection: &Connection,
    waiting: &mpsc::Receiver<Work>,
    empty_log: &AtomicBool,
) {
    while let Some(first) = next_work(connection, waiting, empty_log) {
        let mut settles = Vec::new();
        let result = (|| -> Result<(), rusqlite::Error> {
            connection.execute_batch("BEGIN IMMEDIATE")?;
            settles.push(first(connection));
            while settles.len() < GROUP_MAX
                && let Ok(next) = waiting.try_recv()
            {
                settles.push(next(connection));
            }
            connection.execute_batch("COMMIT")
        })();
        let told = result.map_err(|error| {
            // Rolls back a transaction that a failed COMMIT left open; none may be open already.
            drop(connection.execute_batch("ROLLBACK"));
            tracing::error!(%error, "commit failed");
            error.to_string()
        });
        for settle in settles {
            settle(told.clone());
        }
    }
}
