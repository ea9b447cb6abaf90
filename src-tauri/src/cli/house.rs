//! `backup`, `restore`, `diagnose`: the home's copies, and a bundle for support.

use super::{
    Bench,
    show::{Exit, Reply, moment},
};
use crate::{home, session::storage};
use serde_json::json;
use station::{backup, diagnose, trouble::Trouble};
use std::{
    io::{self, IsTerminal, Write},
    path::Path,
};

/// Makes a copy of the database now.
pub async fn back_up(bench: &Bench<'_>) -> Result<Reply, Trouble> {
    let mut session = bench.open().await?;
    let made = session.station.back_up();
    session.halt().await;
    let made = made?;
    let mb = format!("{:.1}", made.bytes as f64 / 1_000_000.0);
    let fields = [("path", made.path.clone()), ("mb", mb)];
    Ok(Reply::new(&made, vec![bench.say("cli.backup.made", &fields)], Exit::Done))
}

/// Puts a copy in the place of the database, after a person said yes.
pub fn restore(bench: &Bench<'_>, file: &Path, yes: bool) -> Result<Reply, Trouble> {
    let path = file.display().to_string();
    if !yes && !agreed(&bench.say("cli.restore.ask", &[("path", path)])) {
        let line = bench.say("cli.restore.not", &[]);
        return Ok(Reply::new(&json!({ "restored": false }), vec![line], Exit::Use));
    }
    let done = backup::restore(bench.home, file, home::now_ms())?;
    let fields = [
        ("at", done.at_ms.map(moment).unwrap_or_default()),
        ("orders", done.orders.to_string()),
        ("aside", done.aside.clone().unwrap_or_default()),
    ];
    let lines = ["cli.restore.done", "cli.restore.next"].map(|key| bench.say(key, &fields));
    Ok(Reply::new(&done, lines.to_vec(), Exit::Done))
}

/// Asks at a terminal; without one the answer is no.
fn agreed(question: &str) -> bool {
    if !io::stdin().is_terminal() {
        return false;
    }
    let mut out = io::stderr().lock();
    drop(write!(out, "{question} ").and_then(|()| out.flush()));
    let mut answer = String::new();
    let read = io::stdin().read_line(&mut answer).is_ok();
    read && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "是")
}

/// Writes the bundle for support.
pub fn diagnose(bench: &Bench<'_>) -> Result<Reply, Trouble> {
    let path = write_bundle(bench.home).map_err(storage)?;
    let line = bench.say("cli.diagnose.written", &[("path", path.clone())]);
    Ok(Reply::new(&json!({ "path": path }), vec![line], Exit::Done))
}

/// The bundle; where it is.
pub fn write_bundle(home: &Path) -> io::Result<String> {
    let about = [
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
        ("system", std::env::consts::OS.to_owned()),
        ("processor", std::env::consts::ARCH.to_owned()),
        ("window", cfg!(feature = "window").to_string()),
        ("keyring", cfg!(feature = "keyring").to_string()),
        ("release", std::fs::read_to_string("/etc/os-release").unwrap_or_default()),
        ("now", home::now_ms().to_string()),
    ];
    Ok(diagnose::write(home, &about, home::now_ms())?.display().to_string())
}
