//! The log: one line per crossing of a border, never a name, phone, address, key or body.

use std::{
    fs::{File, OpenOptions},
    io,
    path::Path,
};
use tracing_subscriber::{EnvFilter, fmt};

/// The log is begun anew past this size; the one before is kept beside it.
const LOG_BYTES_MAX: u64 = 8 << 20;

/// Starts logging into `HOME/station.log`, readable by nobody else. Only the first call counts.
///
/// # Errors
/// The file cannot be made.
pub fn start(home: &Path) -> io::Result<()> {
    let path = home.join("station.log");
    if path.metadata().is_ok_and(|found| found.len() > LOG_BYTES_MAX) {
        std::fs::rename(&path, home.join("station.log.1"))?;
    }
    let file = open(&path)?;
    let filter = EnvFilter::try_from_env("PACKBENCH_LOG")
        .unwrap_or_else(|_| EnvFilter::new("info,reqwest=warn,hyper=warn,rustls=warn"));
    let log = fmt().with_writer(std::sync::Mutex::new(file)).with_ansi(false);
    // A second start in one process (tests) keeps the first log.
    drop(log.with_env_filter(filter).try_init());
    Ok(())
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
