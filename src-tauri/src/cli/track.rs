//! `track`: where a parcel is, and how parcels are asked after.

use super::{
    Bench,
    show::{DAY, Exit, Reply, local, table},
    words::word_of,
};
use station::{
    carrier::{offers::RoutePoint, track::Stage},
    trouble::Trouble,
    view::{TrackPlan, TrackView},
};

/// What is asked of one parcel; nothing: what is known of it.
#[derive(Debug, Clone, Copy)]
pub struct Ask {
    /// Where it is, now.
    pub now: bool,
    /// When it arrives.
    pub eta: bool,
    /// Where on the map it was.
    pub map: bool,
    /// What its carrier charged.
    pub charge: bool,
}

/// One parcel.
///
/// # Errors
/// No such order; what the carrier said instead.
pub async fn one(bench: &Bench<'_>, code: &str, ask: Ask) -> Result<Reply, Trouble> {
    match ask {
        Ask { eta: true, now, .. } => eta(bench, code, now).await,
        Ask { map: true, now, .. } => map(bench, code, now).await,
        Ask { charge: true, .. } => charge(bench, code).await,
        Ask { now, .. } => timeline(bench, code, now).await,
    }
}

/// What the carrier said of one parcel, asked for now or as it is known.
///
/// # Errors
/// No such order; what the carrier said instead.
async fn timeline(bench: &Bench<'_>, code: &str, now: bool) -> Result<Reply, Trouble> {
    let session = bench.open().await?;
    let id = match session.station.resolve(code) {
        Ok(id) => id,
        Err(unknown) => {
            // Or a number that came from elsewhere.
            let Some(track) = session.station.followed(code, now).await? else {
                return Err(unknown);
            };
            return Ok(Reply::new(&track, told(bench, &track), Exit::Done));
        }
    };
    let detail = match now {
        true => session.station.track_now(id).await?,
        false => session.station.detail(id)?,
    };
    let lines = match &detail.track {
        None => vec![bench.say("cli.track.not", &[])],
        Some(track) => told(bench, track),
    };
    Ok(Reply::new(&detail.track, lines, Exit::Done))
}

/// Follows a number that came from elsewhere.
///
/// # Errors
/// No number, or no account that follows parcels; the database.
pub async fn add(
    bench: &Bench<'_>,
    no: &str,
    phone: &str,
    account: Option<&str>,
    carrier: Option<&str>,
) -> Result<Reply, Trouble> {
    let session = bench.open().await?;
    let found = session.station.follow_number(no, phone, account, carrier).await?;
    let fields = [
        ("no", found.no.clone()),
        ("account", found.account.clone()),
        ("carrier", found.carrier.clone()),
    ];
    let key = if found.told { "cli.track.added_told" } else { "cli.track.added" };
    let mut lines = vec![bench.say(key, &fields)];
    lines.extend(found.failed.iter().map(|failed| bench.words.trouble(failed)));
    let exit = if found.failed.is_empty() { Exit::Done } else { Exit::Person };
    Ok(Reply::new(&found, lines, exit))
}

/// Numbers that came from elsewhere.
///
/// # Errors
/// The database.
pub async fn others(bench: &Bench<'_>) -> Result<Reply, Trouble> {
    let session = bench.open().await?;
    let found = session.station.followed_numbers()?;
    let rows: Vec<Vec<String>> = found
        .iter()
        .map(|one| {
            let track = one.track.as_ref();
            let stage = stage_word(bench, track.and_then(|track| track.stage));
            let newest = track.and_then(|track| track.events.first());
            let text = newest.map_or_else(String::new, |event| event.text.clone());
            vec![one.no.clone(), one.carrier.clone(), one.account.clone(), stage, text]
        })
        .collect();
    let head = [
        bench.say("cli.column.waybill", &[]),
        bench.say("cli.column.carrier", &[]),
        bench.say("cli.column.account", &[]),
        bench.say("cli.track.stage", &[]),
        bench.say("cli.track.text", &[]),
    ];
    Ok(Reply::new(&found, table(&head, &rows), Exit::Done))
}

/// When a parcel under way arrives. What its carrier tells by itself costs nothing, else it is paid
/// for; `now`: asked, whatever is told.
///
/// # Errors
/// No such order, or no number yet; what the carrier said instead.
async fn eta(bench: &Bench<'_>, code: &str, now: bool) -> Result<Reply, Trouble> {
    let session = bench.open().await?;
    let found = session.station.eta(session.station.resolve(code)?, now).await?;
    let hours = found.hours.map(|hours| format!("{hours} h")).unwrap_or_default();
    let line = match found.at_ms {
        Some(_) => format!("{} {hours}", found.when).trim().to_owned(),
        None => bench.say("pane.eta_none", &[]),
    };
    Ok(Reply::new(&found, vec![line], Exit::Done))
}

/// Where on the map a parcel was and will be. What its carrier told costs nothing, else it is paid
/// for; `now`: asked for, whatever is known.
///
/// # Errors
/// No such order, or no number yet; what the carrier said instead.
async fn map(bench: &Bench<'_>, code: &str, now: bool) -> Result<Reply, Trouble> {
    let session = bench.open().await?;
    let found = match session.station.resolve(code) {
        Ok(id) => session.station.route_map(id, now).await?,
        Err(unknown) => session.station.followed_route(code)?.ok_or(unknown)?,
    };
    let line = |mark: &str, point: &RoutePoint| {
        let degrees = |udeg: i32| format!("{:.6}", f64::from(udeg) / 1_000_000.0);
        let (lat, lng) = (degrees(point.lat_udeg), degrees(point.lng_udeg));
        vec![mark.to_owned(), lat, lng, point.place.clone()]
    };
    let mut rows: Vec<Vec<String>> = found.from.iter().map(|point| line("<", point)).collect();
    rows.extend(found.passed.iter().map(|point| line("*", point)));
    rows.extend(found.ahead.iter().map(|point| line(".", point)));
    rows.extend(found.to.iter().map(|point| line(">", point)));
    let head = ["at", "lat", "lng", "place"].map(str::to_owned);
    let mut lines = table(&head, &rows);
    lines.extend(found.told_at_ms.map(|at_ms| {
        let at = [("at", local(at_ms, DAY))];
        let key = if rows.is_empty() { "pane.route_none" } else { "pane.route_told" };
        bench.say(key, &at)
    }));
    lines.extend(Some(found.url.clone()).filter(|url| !url.is_empty()));
    Ok(Reply::new(&found, lines, Exit::Done))
}

/// What the carrier charged for a parcel.
///
/// # Errors
/// No such order, or no number yet; what the carrier said instead.
async fn charge(bench: &Bench<'_>, code: &str) -> Result<Reply, Trouble> {
    let session = bench.open().await?;
    let found = session.station.ask_charge(session.station.resolve(code)?).await?;
    let Some(charge) = &found else {
        return Ok(Reply::new(&found, vec![bench.say("pane.charge_none", &[])], Exit::Done));
    };
    let mut rows: Vec<Vec<String>> =
        charge.lines.iter().map(|line| vec![line.name.clone(), yuan(line.fen)]).collect();
    let whole = if charge.estimated { "pane.charge_guess" } else { "pane.charge_whole" };
    rows.push(vec![bench.say(whole, &[]), yuan(charge.total_fen)]);
    let head = ["charge", "price"].map(|word| bench.say(&format!("cli.column.{word}"), &[]));
    let mut lines = table(&head, &rows);
    lines.extend(charge.weight_g.map(|weight_g| {
        let kg = format!("{:.2} kg", f64::from(weight_g) / 1_000.0);
        bench.say("pane.charge_weight", &[("weight", kg)])
    }));
    Ok(Reply::new(&found, lines, Exit::Done))
}

/// "-1.50" of fen.
fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", fen.abs() / 100, fen.abs() % 100)
}

fn told(bench: &Bench<'_>, track: &TrackView) -> Vec<String> {
    let rows: Vec<Vec<String>> = track
        .events
        .iter()
        .map(|event| {
            let word = match event.stage {
                Stage::Other => event.word.clone(),
                stage => stage_word(bench, Some(stage)),
            };
            vec![local(event.at_ms, DAY), word, event.place.clone(), event.text.clone()]
        })
        .collect();
    let mut lines = match rows.is_empty() {
        true => vec![bench.say("pane.track_none", &[])],
        false => {
            let head = ["at", "stage", "place", "text"];
            table(&head.map(|key| bench.say(&format!("cli.track.{key}"), &[])), &rows)
        }
    };
    if !track.said.is_empty() {
        lines.push(bench.say("pane.track_said", &[("said", track.said.clone())]));
    }
    lines
}

/// How the parcels of every account are asked after.
///
/// # Errors
/// The database.
pub async fn plan(bench: &Bench<'_>) -> Result<Reply, Trouble> {
    let session = bench.open().await?;
    let plans = session.station.track_plans()?;
    let lines = plans.iter().flat_map(|plan| day(bench, plan)).collect();
    let exit =
        if plans.iter().any(|plan| plan.trouble.is_some()) { Exit::Person } else { Exit::Done };
    Ok(Reply::new(&plans, lines, exit))
}

fn day(bench: &Bench<'_>, plan: &TrackPlan) -> Vec<String> {
    let whole = [
        ("account", plan.account.clone()),
        ("parcels", plan.parcels.to_string()),
        ("calls", plan.planned_calls.to_string()),
        ("wanted", plan.wanted_calls.to_string()),
        ("today", plan.calls_today.to_string()),
    ];
    let mut lines = vec![match plan.allowed_calls {
        None => bench.say("cli.track.plan_free", &whole),
        Some(allowed) => {
            let [account, parcels, calls, wanted, today] = whole;
            let allowed = ("allowed", allowed.to_string());
            bench.say("cli.track.plan", &[account, parcels, calls, wanted, today, allowed])
        }
    }];
    let rows: Vec<Vec<String>> = plan
        .stages
        .iter()
        .map(|group| {
            let every = bench.say("cli.track.every", &[("min", group.every_min.to_string())]);
            vec![stage_word(bench, group.stage), group.parcels.to_string(), every]
        })
        .collect();
    if !rows.is_empty() {
        let head = ["stage", "parcels", "look"];
        lines.extend(table(&head.map(|key| bench.say(&format!("cli.track.{key}"), &[])), &rows));
    }
    for odd in &plan.odd_words {
        let fields = [
            ("word", odd.word.clone()),
            ("count", odd.count.to_string()),
            ("text", odd.text.clone()),
        ];
        lines.push(bench.say("cli.track.odd", &fields));
    }
    lines.extend(plan.trouble.as_ref().map(|trouble| bench.words.trouble(trouble)));
    lines
}

fn stage_word(bench: &Bench<'_>, stage: Option<Stage>) -> String {
    match stage {
        None => bench.say("cli.track.no_trace", &[]),
        Some(stage) => bench.words.word("stage", &word_of(&stage)),
    }
}
