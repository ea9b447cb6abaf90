//! `rates`, `reach`, `address`: what accounts say before a number is taken.

use super::{
    Bench,
    show::{Exit, Reply, table},
};
use station::{trouble::Trouble, view::Rates};

/// The prices for an order's way.
pub async fn rates(bench: &Bench<'_>, code: &str) -> Result<Reply, Trouble> {
    let session = bench.open().await?;
    let station = &session.station;
    let found: Rates = station.rates(station.resolve(code)?).await?;
    let rows: Vec<Vec<String>> = found
        .rates
        .iter()
        .map(|rate| {
            let sum = format!("{}.{:02}", rate.total_minor / 100, rate.total_minor % 100);
            let days = rate.days.map(|days| days.to_string()).unwrap_or_default();
            let price = format!("{sum} {}", rate.currency);
            vec![rate.carrier.clone(), price, days, rate.product.clone(), rate.account.clone()]
        })
        .collect();
    let mut lines = vec![bench.say("cli.rates", &[("grams", found.weight_g.to_string())])];
    let head = ["carrier", "price", "days", "product", "account"];
    lines.extend(table(&heads(bench, &head), &rows));
    lines.extend(found.failed.iter().map(|failed| bench.words.trouble(failed)));
    let exit = if found.failed.is_empty() { Exit::Done } else { Exit::Person };
    Ok(Reply::new(&found, lines, exit))
}

/// Whether accounts go an order's way, and how long it takes.
pub async fn reach(bench: &Bench<'_>, code: &str) -> Result<Reply, Trouble> {
    let session = bench.open().await?;
    let station = &session.station;
    let found = station.ways(station.resolve(code)?).await?;
    let rows: Vec<Vec<String>> = found
        .ways
        .iter()
        .map(|way| {
            let word = match way.yes {
                Some(true) => bench.say("cli.reach.yes", &[]),
                Some(false) => bench.say("cli.reach.no", &[]),
                None => String::new(),
            };
            let hours = way.hours.map(|hours| format!("{hours} h")).unwrap_or_default();
            vec![way.account.clone(), word, hours, way.when.clone(), way.said.clone()]
        })
        .collect();
    let head = ["account", "state", "hours", "when", "words"];
    let mut lines = table(&heads(bench, &head), &rows);
    lines.extend(found.failed.iter().map(|failed| bench.words.trouble(failed)));
    let exit = if found.failed.is_empty() { Exit::Done } else { Exit::Person };
    Ok(Reply::new(&found, lines, exit))
}

/// The outlets of an account's carrier near an order's receiver, or near us.
pub async fn outlets(
    bench: &Bench<'_>,
    code: &str,
    ask: &str,
    ours: bool,
) -> Result<Reply, Trouble> {
    let session = bench.open().await?;
    let station = &session.station;
    let found = station.outlets(ask, station.resolve(code)?, ours).await?;
    let rows: Vec<Vec<String>> = found
        .iter()
        .map(|one| [&one.name, &one.address, &one.phone, &one.hours].map(Clone::clone).into())
        .collect();
    let lines = table(&heads(bench, &["outlet", "address", "phone", "open"]), &rows);
    Ok(Reply::new(&found, lines, Exit::Done))
}

/// Has an account take a text apart; it gets the text.
pub async fn address(bench: &Bench<'_>, text: &str, ask: &str) -> Result<Reply, Trouble> {
    let session = bench.open().await?;
    let found = session.station.split_address(ask, text).await?;
    let parts = [&found.name, &found.phone, &found.province, &found.city, &found.district];
    let mut lines: Vec<String> = parts.into_iter().cloned().collect();
    lines.push(found.detail.clone());
    Ok(Reply::new(&found, lines, Exit::Done))
}

fn heads(bench: &Bench<'_>, words: &[&str]) -> Vec<String> {
    words.iter().map(|word| bench.say(&format!("cli.column.{word}"), &[])).collect()
}
