//! `record`: begins to keep what is said with an account, masked, for support; or ends it. Works
//! beside a station that is open: that station does the recording.

use super::{
    Bench,
    show::{Exit, Reply},
};
use crate::{home, session::storage};
use serde_json::json;
use station::{
    config, record,
    trouble::{Action, Code, Trouble},
};

/// Begins, or ends with 0 minutes.
pub fn record(bench: &Bench<'_>, account: &str, minutes: u32) -> Result<Reply, Trouble> {
    let known = config::read(bench.home)
        .map(|config| config.carriers.iter().any(|carrier| carrier.name == account));
    // Settings with faults still have accounts: what is recorded is theirs that are open now.
    if matches!(known, Ok(false)) {
        let fields = [("name", account.to_owned())];
        return Err(Trouble::new(Code::NoAccount, Action::None, fields));
    }
    let begun = record::begin(bench.home, account, minutes, home::now_ms()).map_err(storage)?;
    let path = begun.as_ref().map(|it| it.path(bench.home).display().to_string());
    let fields = [
        ("account", account.to_owned()),
        ("minutes", minutes.min(record::MINUTES_MAX).to_string()),
        ("path", path.clone().unwrap_or_default()),
    ];
    let key = if begun.is_some() { "cli.record.begun" } else { "cli.record.ended" };
    let view = json!({
        "account": account,
        "file": path,
        "untilMs": begun.map(|it| it.until_ms),
    });
    Ok(Reply::new(&view, vec![bench.say(key, &fields)], Exit::Done))
}
