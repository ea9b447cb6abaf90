//! `apply`: a customer number of a carrier's outlet is applied for, listed, taken or put aside.

use super::{
    Bench,
    show::{Exit, Reply, table},
    words::word_of,
};
use crate::session::storage;
use clap::Args;
use station::{
    Station, config,
    trouble::Trouble,
    view::{
        AccountChange, ApplicationState, ApplicationView, ApplyAsked, ApplyForm, TakenKey, Verdict,
    },
};
use std::time::Duration;
use tokio::time::timeout;

/// What was typed.
#[derive(Debug, Args)]
pub struct Apply {
    #[arg(conflicts_with_all = ["take", "drop"], requires = "station")]
    account: Option<String>,
    #[arg(long, value_name = "CODE", requires_all = ["account", "station_name"])]
    station: Option<String>,
    #[arg(long, value_name = "NAME", requires = "station")]
    station_name: Option<String>,
    #[arg(long, value_name = "NAME", requires = "station")]
    company: Option<String>,
    #[arg(long, value_name = "ID", requires = "station")]
    apply_id: Option<String>,
    #[arg(long, value_name = "NAME", requires = "station")]
    name: Option<String>,
    #[arg(long, value_name = "PHONE", requires = "station")]
    phone: Option<String>,
    #[arg(long, requires = "station")]
    again: bool,
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    wait: u64,
    #[arg(long, value_name = "ID", conflicts_with = "drop")]
    take: Option<i64>,
    #[arg(long, requires = "take")]
    yes: bool,
    #[arg(long, value_name = "ID")]
    drop: Option<i64>,
}

/// Does what was typed; without anything, lists.
pub async fn apply(bench: &Bench<'_>, asked: Apply) -> Result<Reply, Trouble> {
    match (asked.take, asked.drop, &asked.account) {
        (Some(id), ..) => take(bench, id, asked.yes).await,
        (_, Some(id), _) => {
            let session = bench.open().await?;
            let all = session.station.drop_application(id).await?;
            Ok(Reply::new(&all, listed(bench, &all), Exit::Done))
        }
        (_, _, Some(account)) => ask(bench, account, &asked).await,
        (_, _, None) => {
            let session = bench.open().await?;
            let all = session.station.applications()?;
            let mut lines = listed(bench, &all);
            if all.is_empty() {
                lines = vec![bench.say("cli.apply.none", &[])];
            }
            Ok(Reply::new(&all, lines, Exit::Done))
        }
    }
}

async fn ask(bench: &Bench<'_>, account: &str, asked: &Apply) -> Result<Reply, Trouble> {
    // Only a station at work hears what is pushed.
    let session = if asked.wait > 0 { bench.work().await? } else { bench.open().await? };
    let station = &session.station;
    let form = station.apply_form(account)?;
    let or = |typed: &Option<String>, usual: String| typed.clone().unwrap_or(usual);
    let form = ApplyForm {
        station_code: or(&asked.station, String::new()),
        station_name: or(&asked.station_name, String::new()),
        company: or(&asked.company, String::new()),
        apply_id: or(&asked.apply_id, String::new()),
        name: or(&asked.name, form.name.clone()),
        phone: or(&asked.phone, form.phone.clone()),
        again: asked.again,
        ..form
    };
    let mut said: ApplyAsked = station.apply(form).await?;
    if let Some(one) = &mut said.application
        && matches!(one.state, ApplicationState::Accepted | ApplicationState::Unknown)
    {
        let heard = timeout(Duration::from_secs(asked.wait), settled(station, one.id)).await;
        if let Ok(now) = heard {
            *one = now?;
        }
    }
    let fault = |fault: &station::order::Fault| {
        let what = [("what", fault.what.clone()), ("field", fault.field.clone())];
        let why = bench.say(&format!("fault.{}", word_of(&fault.code)), &what);
        format!("{}: {why}", fault.field)
    };
    let mut lines: Vec<String> = said.faults.iter().map(fault).collect();
    let Some(one) = &said.application else {
        return Ok(Reply::new(&said, lines, Exit::Person));
    };
    lines.extend(listed(bench, std::slice::from_ref(one)));
    if one.state == ApplicationState::Accepted && station.config().receive.is_none() {
        lines.push(bench.say("apply.no_port", &[]));
    }
    let good = one.state == ApplicationState::Accepted || one.state == ApplicationState::Granted;
    Ok(Reply::new(&said, lines, if good { Exit::Done } else { Exit::Person }))
}

/// What a push made of an application, once one came.
async fn settled(station: &Station, id: i64) -> Result<ApplicationView, Trouble> {
    let mut changed = station.changed();
    loop {
        let all = station.applications()?;
        let now = all.into_iter().find(|one| one.id == id);
        if let Some(now) = now
            && !matches!(now.state, ApplicationState::Accepted | ApplicationState::Unknown)
        {
            return Ok(now);
        }
        changed.changed().await.map_err(storage)?;
    }
}

/// Writes what came into the settings, and tries the account with it.
async fn take(bench: &Bench<'_>, id: i64, yes: bool) -> Result<Reply, Trouble> {
    let session = bench.open().await?;
    let station = &session.station;
    let text = station.plan_accounts(&AccountChange::Take { id })?;
    let all = station.applications()?;
    let one = all.into_iter().find(|one| one.id == id);
    let changes = one.as_ref().map(|one| one.changes.as_slice()).unwrap_or_default();
    let mut lines: Vec<String> = changes.iter().map(|change| changed(bench, change)).collect();
    if changes.iter().any(|change| change.replaces) && !yes {
        lines.push(bench.say("cli.apply.sure", &[]));
        return Ok(Reply::new(&one, lines, Exit::Person));
    }
    let account = one.map(|one| one.account).unwrap_or_default();
    config::replace(bench.home, &text).map_err(storage)?;
    let mut session = session;
    session.halt().await;
    drop(session);
    let session = bench.open().await?;
    let tried = session.station.try_account(&account).await?;
    lines.push(bench.say("cli.apply.taken", &[("account", account)]));
    lines.push(bench.words.word("verdict", &word_of(&tried.verdict)));
    let exit = if tried.verdict == Verdict::Works { Exit::Done } else { Exit::Person };
    Ok(Reply::new(&tried, lines, exit))
}

/// "customer_name: K00000000 → K00000001"; of secrets only their places.
fn changed(bench: &Bench<'_>, change: &TakenKey) -> String {
    let fields =
        [("key", change.key.clone()), ("was", change.was.clone()), ("now", change.now.clone())];
    bench.say(if change.replaces { "cli.apply.replaces" } else { "cli.apply.puts" }, &fields)
}

fn listed(bench: &Bench<'_>, all: &[ApplicationView]) -> Vec<String> {
    let rows: Vec<Vec<String>> = all
        .iter()
        .map(|one| {
            vec![
                one.id.to_string(),
                one.account.clone(),
                format!("{} {}", one.station_code, one.station_name).trim().to_owned(),
                bench.words.word("apply_state", &word_of(&one.state)),
                one.customer_name.clone(),
                one.said.clone(),
            ]
        })
        .collect();
    let heads = ["id", "account", "outlet", "state", "customer", "words"];
    let heads: Vec<String> =
        heads.iter().map(|head| bench.say(&format!("cli.column.{head}"), &[])).collect();
    if rows.is_empty() { Vec::new() } else { table(&heads, &rows) }
}
