//! Processes of the program as Linux sees them: when they began, what they hold.

use bench::{Result, binary, processes};
use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// Clock ticks a second in `/proc`.
const TICKS_PER_S: f64 = 100.0;
/// A program that has used no more than one tick for so long is at rest.
const CALM: Duration = Duration::from_secs(4);
/// It is, after so many looks at most.
const LOOKS_MAX: usize = 20;

/// The word of a line of `/proc/PID/stat` behind the name, counted from 3 as in proc(5).
fn stat(pid: u32, nth: usize) -> Option<f64> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, behind) = text.rsplit_once(')')?;
    behind.split_whitespace().nth(nth - 3)?.parse().ok()
}

fn name(pid: u32) -> String {
    fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default().trim().to_owned()
}

/// The program and its web view; not the driver.
fn ours(home: &Path) -> Vec<u32> {
    processes(home).into_iter().filter(|pid| name(*pid) != "WebKitWebDriver").collect()
}

/// When the program on this home began, ms UTC, to a hundredth of a second.
pub fn begun_ms(home: &Path) -> Option<f64> {
    let pid = ours(home).into_iter().find(|pid| name(*pid) == "packbench")?;
    let up = fs::read_to_string("/proc/uptime").ok()?;
    let up: f64 = up.split(' ').next()?.parse().ok()?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs_f64();
    Some((now - up + stat(pid, 22)? / TICKS_PER_S) * 1e3)
}

/// Waits until no process works on this home: the next start would find it taken.
pub async fn gone(home: &Path) {
    while !processes(home).is_empty() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// The program alone, without a driver, once it has nothing to do.
pub async fn at_rest(home: &Path) -> Result<()> {
    let mut program = Command::new(binary());
    program.env("PACKBENCH_HOME", home).env("XDG_DATA_HOME", home.join("webview"));
    program.env("NO_AT_BRIDGE", "1").stdin(Stdio::null()).stdout(Stdio::null());
    let mut program = program.stderr(Stdio::null()).spawn()?;
    let used = |home: &Path| -> f64 {
        ours(home).into_iter().flat_map(|pid| [stat(pid, 14), stat(pid, 15)]).flatten().sum()
    };
    let mut was = 0.0;
    for _ in 0..LOOKS_MAX {
        tokio::time::sleep(CALM).await;
        let now = used(home);
        if now - was <= 1.0 {
            break;
        }
        was = now;
    }
    say(home, "memory of all processes, opened and at rest");
    for pid in ours(home) {
        drop(Command::new("kill").arg(pid.to_string()).status());
    }
    program.wait()?;
    gone(home).await;
    Ok(())
}

/// With the driver at it, after all that was looked for and scrolled.
pub fn after_work(home: &Path) {
    say(home, "the same after filters, searches and scrolling");
}

/// Proportional set sizes: what is shared is counted once, MB of 1,000,000 bytes.
fn say(home: &Path, what: &str) {
    let mut parts = Vec::new();
    let mut sum = 0.0;
    for pid in ours(home) {
        let text = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("Pss:"));
        let kib = line.and_then(|it| it.trim().trim_end_matches(" kB").parse::<f64>().ok());
        let mb = kib.unwrap_or_default() * 1_024.0 / 1e6;
        sum += mb;
        parts.push(format!("{} {mb:.0}", name(pid)));
    }
    println!("| {what}, PSS | {sum:.0} MB ({}) |", parts.join(", "));
}
