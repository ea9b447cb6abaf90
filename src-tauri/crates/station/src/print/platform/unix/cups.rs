//! CUPS, by crate `printers` and, for its words after a failure, `lpstat`.

use super::private::PrivateFile;
use crate::print::{
    Broken, Standing, Told,
    ipp::{Ipp, IppState, Server},
    queue::QueueInfo,
};
use printers::common::base::{
    job::PrinterJobOptions,
    printer::{Printer, PrinterState},
};
use std::{
    io,
    path::Path,
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
/// No label takes longer from the spooler to a printer's buffer; a printer out of paper does.
const STUCK_S: u32 = 15;
/// Longest reason kept.
const REASON_CHARS_MAX: usize = 400;

/// Where Linux and macOS have the spooler's socket.
const SOCKETS: [&str; 2] = ["/run/cups/cups.sock", "/private/var/run/cupsd"];

/// The last list and when it was made.
static LAST: Mutex<Option<(Instant, Vec<Printer>)>> = Mutex::new(None);

pub(in crate::print) use super::private::sweep;

pub(in crate::print) fn list() -> io::Result<Vec<QueueInfo>> {
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
pub(in crate::print) fn find(name: &str) -> io::Result<Printer> {
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
pub(in crate::print) fn submit(queue: &str, job: &str, label: &[u8]) -> Result<(), Broken> {
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

/// Why a queue stands still, asked over the spooler's own socket: crate `printers` does not tell.
pub(in crate::print) async fn told(queue: &str) -> io::Result<Option<Told>> {
    let path = format!("/printers/{}", escaped(queue));
    let state = Ipp::new(server(), "localhost", &path).state().await?;
    Ok(Some(Told { standing: standing(&state), waiting: None, words: state.words }))
}

/// A job that cannot reach its printer is tried again for ever, unless the queue's device was made
/// with `?contimeout=`: the queue goes on to say "processing", and the label comes out minutes
/// later. So a queue that works on one label for too long is away, and gets no more.
fn standing(state: &IppState) -> Standing {
    let busy = state.queued.is_some_and(|queued| queued > 0);
    let stuck = state.since_s.is_some_and(|since_s| since_s >= STUCK_S);
    match state.standing {
        Standing::Well if busy => Standing::Printing,
        Standing::Printing if busy && stuck => Standing::Away,
        standing => standing,
    }
}

/// Names of queues may hold anything but blanks, `/` and `#`.
fn escaped(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    let one = |byte: u8| if plain(byte) { char::from(byte).into() } else { format!("%{byte:02X}") };
    name.bytes().map(one).collect()
}

/// Where the spooler listens, found as libcups finds it: `CUPS_SERVER`, then `ServerName` of the
/// system's client.conf, then the local socket.
fn server() -> Server {
    let named = std::env::var("CUPS_SERVER").ok().or_else(|| {
        let settings = std::fs::read_to_string("/etc/cups/client.conf").ok()?;
        let mut lines = settings.lines().map(str::trim);
        lines.find_map(|line| line.strip_prefix("ServerName ")).map(|name| name.trim().to_owned())
    });
    server_of(named.as_deref())
}

fn server_of(named: Option<&str>) -> Server {
    let socket = SOCKETS.iter().map(Path::new).find(|socket| socket.exists());
    // "host/version=1.1" asks for an old protocol, which we speak anyway.
    match (named.filter(|name| !name.is_empty()), socket) {
        (Some(path), _) if path.starts_with('/') => Server::Socket(path.into()),
        (Some(name), _) => {
            let at = name.split('/').next().unwrap_or_default();
            let port = at.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
            Server::Tcp(if port { at.to_owned() } else { format!("{at}:631") })
        }
        (None, Some(socket)) => Server::Socket(socket.to_owned()),
        (None, None) => Server::Tcp("localhost:631".to_owned()),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spooler_is_found_as_libcups_finds_it() {
        for (named, server) in [
            ("printhost", Server::Tcp("printhost:631".to_owned())),
            ("printhost:8631", Server::Tcp("printhost:8631".to_owned())),
            ("printhost:8631/version=1.1", Server::Tcp("printhost:8631".to_owned())),
            ("/run/other.sock", Server::Socket("/run/other.sock".into())),
        ] {
            assert_eq!(server_of(Some(named)), server);
        }
        assert_eq!(server_of(Some("")), server_of(None));
        assert_eq!(escaped("a b%标"), "a%20b%25%E6%A0%87");
    }

    #[test]
    fn a_queue_that_tries_for_ever_is_away() {
        // As cupsd 2.4.2 said it of a queue whose printer was off.
        let trying = |since_s| IppState {
            standing: Standing::Printing,
            words: "The printer may not exist or is unavailable at this time.".to_owned(),
            formats: Vec::new(),
            model: String::new(),
            device_id: String::new(),
            queued: Some(1),
            since_s: Some(since_s),
        };
        assert_eq!(standing(&trying(STUCK_S - 1)), Standing::Printing);
        assert_eq!(standing(&trying(STUCK_S)), Standing::Away);
        let idle = IppState { standing: Standing::Well, queued: Some(0), ..trying(900) };
        assert_eq!(standing(&idle), Standing::Well);
        let paused = IppState { standing: Standing::Paused, ..trying(900) };
        assert_eq!(standing(&paused), Standing::Paused);
    }
}
