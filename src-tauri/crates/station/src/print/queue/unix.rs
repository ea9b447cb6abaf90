//! CUPS, by crate `printers` and, for its words after a failure, `lpstat`.

use super::{Broken, QueueInfo, private::PrivateFile};
use printers::common::base::{
    job::PrinterJobOptions,
    printer::{Printer, PrinterState},
};
use std::{
    io,
    process::{Child, Command, Stdio},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant, SystemTime},
};

/// Passes every filter by, on queues with a driver, too. The README's `RAW` is refused by CUPS.
const RAW: (&str, &str) = ("document-format", "application/vnd.cups-raw");
/// How long a list is good for. Listing costs up to 250 ms where network printers are looked for;
/// an older list would take a stopped spooler for a label of unknown fate.
const LIST_AGE_MAX: Duration = Duration::from_secs(2);
/// Longest wait for `lpstat`.
const LPSTAT_TIME_MAX: Duration = Duration::from_secs(3);
/// How often to look whether `lpstat` is done; it has no signal to wait for.
const LPSTAT_LOOK: Duration = Duration::from_millis(20);
/// Longest reason kept.
const REASON_CHARS_MAX: usize = 400;

/// The last list and when it was made.
static LAST: Mutex<Option<(Instant, Vec<Printer>)>> = Mutex::new(None);

pub(super) use super::private::sweep;

pub(super) fn list() -> io::Result<Vec<QueueInfo>> {
    Ok(fresh().iter().map(info).collect())
}

fn info(printer: &Printer) -> QueueInfo {
    QueueInfo {
        name: printer.system_name.clone(),
        info: printer.name.clone(),
        state: word(&printer.state),
        reasons: printer.state_reasons.clone(),
        is_default: printer.is_default,
    }
}

fn word(state: &PrinterState) -> &'static str {
    match state {
        PrinterState::READY => "ready",
        PrinterState::OFFLINE => "offline",
        PrinterState::PAUSED => "paused",
        PrinterState::PRINTING => "printing",
        PrinterState::UNKNOWN => "unknown",
    }
}

fn fresh() -> Vec<Printer> {
    let list = printers::get_printers();
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    *last = Some((Instant::now(), list.clone()));
    list
}

/// The queue of exactly this name.
pub(super) fn find(name: &str) -> io::Result<Printer> {
    let kept = {
        let last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
        last.as_ref()
            .filter(|(made, _)| made.elapsed() < LIST_AGE_MAX)
            .map(|(_, list)| list.clone())
    };
    let by_name = |list: Vec<Printer>| list.into_iter().find(|one| one.system_name == name);
    kept.and_then(by_name).or_else(|| by_name(fresh())).ok_or_else(|| {
        io::Error::new(io::ErrorKind::NotFound, format!("queue \"{name}\" not found"))
    })
}

/// Hands a label to the spooler.
pub(super) fn submit(queue: &str, job: &str, label: &[u8]) -> Result<(), Broken> {
    let none_sent = |why| Broken { sent: 0, why };
    let printer = find(queue).map_err(none_sent)?;
    let file = PrivateFile::with(label).map_err(none_sent)?;
    let path = file.path().to_str().ok_or_else(|| {
        none_sent(io::Error::new(io::ErrorKind::InvalidInput, "temporary folder is not UTF-8"))
    })?;
    let begun = SystemTime::now();
    let options =
        PrinterJobOptions { name: Some(job), raw_properties: &[RAW], ..PrinterJobOptions::none() };
    let Err(refused) = printer.print_file(path, options) else { return Ok(()) };
    let said = lpstat(queue);
    let sent = if certainly_not_taken(queue, job, begun) { 0 } else { label.len() };
    let now = fresh().into_iter().find(|one| one.system_name == queue);
    let state = now.map_or("gone".to_owned(), |one| {
        format!("{} ({})", word(&one.state), one.state_reasons.join(", "))
    });
    let why = format!("{}: queue \"{queue}\" refused, {state}: {said}", refused.message);
    Err(Broken { sent, why: io::Error::other(why) })
}

/// Whether the spooler, reachable before and after, lists no job that could be this one.
fn certainly_not_taken(queue: &str, job: &str, begun: SystemTime) -> bool {
    let there = || fresh().into_iter().find(|one| one.system_name == queue);
    let Some(printer) = there() else { return false };
    // Times of jobs are whole seconds.
    let earliest = begun - Duration::from_secs(2);
    let ours = printer
        .get_job_history()
        .into_iter()
        .any(|one| one.name == job && one.created_at >= earliest);
    !ours && there().is_some()
}

/// The system's own words on a queue: its state and whether it takes jobs; empty without `lpstat`.
fn lpstat(queue: &str) -> String {
    let started = Command::new("lpstat")
        .args(["-p", queue, "-a", queue])
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = started else { return String::new() };
    if !ended(&mut child) {
        // It may have ended by itself just now; either way it is waited for below.
        let _ = child.kill();
    }
    let Ok(output) = child.wait_with_output() else { return String::new() };
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(REASON_CHARS_MAX).collect()
}

fn ended(child: &mut Child) -> bool {
    let until = Instant::now() + LPSTAT_TIME_MAX;
    while Instant::now() < until {
        if !matches!(child.try_wait(), Ok(None)) {
            return true;
        }
        std::thread::sleep(LPSTAT_LOOK);
    }
    false
}
