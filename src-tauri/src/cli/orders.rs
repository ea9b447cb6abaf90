//! `import`, `orders`, `status`: what is here.

use super::show::{self, Exit, Reply};
use super::{Bench, words::word_of};
use crate::session::{Session, storage};
use serde::de::DeserializeOwned;
use station::{
    ImportAsk, Station,
    trouble::Trouble,
    view::{ImportReport, ListPage, ListQuery, Row, State, Status, Tab},
};
use std::{
    fs,
    path::Path,
    sync::{Arc, atomic::AtomicBool, atomic::Ordering},
};

/// Rows read at once.
const PAGE: u32 = 500;
/// Refused rows shown on a terminal; `--json` gives all.
const REFUSED_SHOWN: usize = 50;
/// Name of the sample orders' file in lists.
const SAMPLE: &str = "practice.csv";

/// What `orders --state` names: a list of the ship screen, or a state.
#[derive(Debug, Clone, Copy)]
pub enum Which {
    /// A list.
    Tab(Tab),
    /// A state.
    State(State),
}

/// Reads the word of a list or state, as JSON writes it.
pub fn which(word: &str) -> Result<Which, String> {
    fn read<T: DeserializeOwned>(word: &str) -> Option<T> {
        serde_json::from_value(word.into()).ok()
    }
    let state = || read(word).map(Which::State);
    // Both lists and states know "printed", and mean the same by it.
    read(word).map(Which::Tab).or_else(state).ok_or_else(|| {
        let words = "pending in_work to_print printed attention held ready requested refused \
                     waybilled voiding";
        words.replace(' ', ", ")
    })
}

/// Takes a file of orders in; without one, the sample orders of practice mode.
pub async fn import(
    bench: &Bench<'_>,
    file: Option<&Path>,
    shop: Option<String>,
) -> Result<Reply, Trouble> {
    let session = bench.open().await?;
    let report = match file {
        None => sample(&session).await?,
        Some(path) => {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let stop = Arc::new(AtomicBool::new(false));
            let ask = ImportAsk { path: path.to_owned(), file: name, mapping: None, shop };
            let progress = |it: station::view::ImportProgress| {
                show::progress(&format!("{} / {}", it.done, it.total));
            };
            let run = session.station.import_run(ask, Arc::new(progress), Arc::clone(&stop));
            tokio::pin!(run);
            let report = tokio::select! {
                report = &mut run => report,
                () = crate::quit::asked() => {
                    stop.store(true, Ordering::Relaxed);
                    run.await
                }
            };
            show::progress_end();
            report?
        }
    };
    let fine = report.refused_count == 0 && report.held == 0 && !report.stopped;
    let exit = if fine { Exit::Done } else { Exit::Person };
    Ok(Reply::new(&report, report_lines(bench, &report), exit))
}

/// Takes the sample orders of practice mode in.
pub async fn sample(session: &Session) -> Result<ImportReport, Trouble> {
    let file = tempfile::NamedTempFile::new().map_err(storage)?;
    fs::write(file.path(), practice::orders::sample()).map_err(storage)?;
    let ask = ImportAsk {
        path: file.path().to_owned(),
        file: SAMPLE.to_owned(),
        mapping: None,
        shop: None,
    };
    session.station.import_run(ask, Arc::new(|_| {}), Arc::default()).await
}

fn report_lines(bench: &Bench<'_>, report: &ImportReport) -> Vec<String> {
    let fields = [
        ("file", report.file.clone()),
        ("rows", report.rows.to_string()),
        ("added", report.added.to_string()),
        ("held", report.held.to_string()),
        ("known", report.known.to_string()),
        ("refused", report.refused_count.to_string()),
        ("ms", report.took_ms.to_string()),
    ];
    let mut lines = vec![bench.say("cli.import.done", &fields)];
    if report.stopped {
        lines.push(bench.say("cli.import.stopped", &[]));
    }
    lines.extend(report.refused.iter().take(REFUSED_SHOWN).map(|row| {
        let fields = [
            ("line", row.line.to_string()),
            ("column", row.column.clone()),
            ("why", bench.words.word("rowfault", &word_of(&row.why))),
            ("value", row.value.clone()),
        ];
        bench.say("cli.import.refused", &fields)
    }));
    lines
}

/// Lists orders.
pub async fn list(bench: &Bench<'_>, which: Option<Which>, limit: u32) -> Result<Reply, Trouble> {
    let session = bench.open().await?;
    let page = pages(&session.station, which, limit as usize)?;
    let head = ["order", "shop", "name", "place", "goods", "state", "waybill", "why"];
    let head = head.map(|word| bench.say(&format!("cli.column.{word}"), &[]));
    let rows: Vec<Vec<String>> = page.rows.iter().map(|row| line(bench, row)).collect();
    let mut lines = show::table(&head, &rows);
    let fields = [("shown", page.rows.len().to_string()), ("total", page.total.to_string())];
    lines.push(bench.say("cli.orders.count", &fields));
    Ok(Reply::new(&page, lines, Exit::Done))
}

fn pages(station: &Station, which: Option<Which>, limit: usize) -> Result<ListPage, Trouble> {
    let (tab, state) = match which {
        None => (None, None),
        Some(Which::Tab(tab)) => (Some(tab), None),
        Some(Which::State(state)) => (None, Some(state)),
    };
    let mut rows: Vec<Row> = Vec::new();
    let mut query = everything(tab);
    let mut fitting = 0;
    loop {
        let page = station.list(&query)?;
        let read = u32::try_from(page.rows.len()).unwrap_or(PAGE);
        let fits = page.rows.into_iter().filter(|row| state.is_none_or(|it| row.state == it));
        for row in fits {
            fitting += 1;
            if rows.len() < limit {
                rows.push(row);
            }
        }
        query.offset += read;
        let enough = state.is_none() && rows.len() >= limit;
        if enough || read == 0 || query.offset >= page.total {
            let total = if state.is_none() { page.total } else { fitting };
            return Ok(ListPage { total, rows });
        }
    }
}

/// All shipments of a list, oldest first.
pub fn everything(tab: Option<Tab>) -> ListQuery {
    ListQuery { tab, limit: PAGE, ..ListQuery::default() }
}

/// One order on one line.
pub fn line(bench: &Bench<'_>, row: &Row) -> Vec<String> {
    let state = bench.words.word("state", &word_of(&row.state));
    let back = row.back.then(|| format!("{} · {state}", bench.say("ship.back", &[])));
    vec![
        row.order_no.clone(),
        row.shop.clone(),
        row.name.clone(),
        row.place.clone(),
        row.goods.clone(),
        back.unwrap_or(state),
        row.waybill_no.clone().unwrap_or_else(|| "-".to_owned()),
        why(bench, row),
    ]
}

/// Why an order waits for a person; empty if it does not.
pub fn why(bench: &Bench<'_>, row: &Row) -> String {
    let fault = |fault: &station::order::Fault| {
        let key = format!("fault.{}", word_of(&fault.code));
        bench.say(&key, &[("what", fault.what.clone())])
    };
    if !row.faults.is_empty() {
        return row.faults.iter().map(fault).collect::<Vec<_>>().join("; ");
    }
    row.trouble.as_ref().map(|trouble| bench.words.trouble(trouble)).unwrap_or_default()
}

/// Counts by state, the outbox, what is in doubt, printers.
pub async fn status(bench: &Bench<'_>) -> Result<Reply, Trouble> {
    let session = bench.open().await?;
    let status = session.station.status()?;
    Ok(Reply::new(&status, status_lines(bench, &status), Exit::Done))
}

fn status_lines(bench: &Bench<'_>, status: &Status) -> Vec<String> {
    let counts = &status.counts;
    let fields = [
        ("pending", counts.pending.to_string()),
        ("in_work", counts.in_work.to_string()),
        ("to_print", counts.to_print.to_string()),
        ("printed", counts.printed.to_string()),
        ("attention", counts.attention.to_string()),
        ("today", status.printed_today.to_string()),
    ];
    let outbox = [
        ("waiting", status.outbox.waiting.to_string()),
        ("failing", status.outbox.failing.to_string()),
        ("unknown", status.outbox.unknown.to_string()),
    ];
    let mut lines =
        vec![bench.say("cli.status.counts", &fields), bench.say("cli.status.outbox", &outbox)];
    if status.practice {
        lines.insert(0, bench.say("cli.status.practice", &[]));
    }
    let printer = |printer: &station::view::PrinterStatus| {
        let fields = [
            ("name", printer.name.clone()),
            ("address", printer.address.clone()),
            ("state", bench.words.word("cli.printer", &word_of(&printer.state))),
            ("waiting", printer.waiting.to_string()),
            ("unknown", printer.unknown.to_string()),
        ];
        bench.say("cli.status.printer", &fields)
    };
    lines.extend(status.printers.iter().map(printer));
    lines
}
