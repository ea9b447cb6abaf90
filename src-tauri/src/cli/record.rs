//! `record`: begins to keep what is said with an account, masked, for support; or ends it. Works
//! beside a station that is open: that station does the recording.

use super::{
    Bench,
    show::{Exit, Reply, table},
};
use crate::{home, session::storage};
use jiff::Timestamp;
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

/// The answers that are kept because no document shows their form.
///
/// # Errors
/// The database.
pub async fn kept(bench: &Bench<'_>) -> Result<Reply, Trouble> {
    let session = bench.open().await?;
    let found = session.station.unseen_answers()?;
    let rows: Vec<Vec<String>> = found
        .iter()
        .map(|one| {
            let at = Timestamp::from_millisecond(one.at_ms).unwrap_or_default().to_string();
            vec![one.id.to_string(), at, one.account.clone(), one.api.clone()]
        })
        .collect();
    let head = ["id", "at", "account", "api"];
    let head = head.map(|word| bench.say(&format!("cli.kept.{word}"), &[]));
    let mut lines = table(&head, &rows);
    if found.is_empty() {
        lines = vec![bench.say("cli.kept.none", &[])];
    }
    Ok(Reply::new(&found, lines, Exit::Done))
}

/// What one of them says, as it came.
///
/// # Errors
/// It is not there, or its key is not.
pub async fn show(bench: &Bench<'_>, id: i64) -> Result<Reply, Trouble> {
    let session = bench.open().await?;
    let found = session.station.unseen_answer(id)?;
    let lines = vec![found.text.clone()];
    Ok(Reply::new(&found, lines, Exit::Done))
}
