//! `ship` and `void`: what asks a carrier, and waits for how it ends.

use super::{
    Bench, orders,
    show::{self, Exit, Reply},
};
use crate::{quit, session::Session};
use serde::Serialize;
use station::{
    trouble::{Code, Trouble},
    view::{Act, BatchView, Deed, JobState, Row, ShipRequest, State, Tab},
};

/// How a selection ended. Every order asked for is counted once.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Shipped {
    /// The batch; absent when there was nothing to do.
    batch: Option<BatchView>,
    /// Labels out.
    printed: u32,
    /// Labels sent, to be scanned as proof.
    to_scan: u32,
    /// Cannot be sent as they stand.
    held: u32,
    /// The carrier said no.
    refused: u32,
    /// A number or a label is in doubt.
    unknown: u32,
    /// Taken out by Ctrl-C, or still on their way.
    open: u32,
    /// All of them, in the order their labels were asked for.
    rows: Vec<Row>,
}

/// By whom, where and under whose name, where a person says so.
#[derive(Default)]
pub struct By {
    pub account: Option<String>,
    pub printer: Option<String>,
    /// A sender profile; `-` is the house itself.
    pub sender: Option<String>,
}

/// What an earlier run is still asking for, and what is asked for now.
type Chosen = (Vec<i64>, Vec<i64>);

/// Gets numbers and labels, and waits until every order asked for has ended one way or another.
/// Without orders: all that wait.
pub async fn ship(bench: &Bench<'_>, orders: &[String], by: By) -> Result<Reply, Trouble> {
    let mut session = bench.work().await?;
    let chosen = chosen(&session, orders);
    let shipped = match chosen {
        Ok(chosen) => work(bench, &session, chosen, by).await,
        Err(trouble) => Err(trouble),
    };
    session.halt().await;
    told(bench, &session, shipped?)
}

/// The same of these shipments, with a station that is at work already.
pub async fn ship_these(
    bench: &Bench<'_>,
    mut session: Session,
    ids: Vec<i64>,
    by: By,
) -> Result<Reply, Trouble> {
    let shipped = work(bench, &session, (Vec::new(), ids), by).await;
    session.halt().await;
    told(bench, &session, shipped?)
}

fn told(bench: &Bench<'_>, session: &Session, mut shipped: Shipped) -> Result<Reply, Trouble> {
    let mut ids: Vec<i64> = shipped.rows.iter().map(|row| row.id).collect();
    shipped.rows.clear();
    for id in ids.drain(..) {
        let detail = session.station.detail(id)?;
        let sent = detail.jobs.first().is_some_and(|job| job.state == JobState::Sent);
        *count_of(&mut shipped, &detail.row, sent) += 1;
        shipped.rows.push(detail.row);
    }
    let all = shipped.rows.len() as u32;
    let exit = if shipped.printed == all { Exit::Done } else { Exit::Person };
    Ok(Reply::new(&shipped, lines(bench, &shipped), exit))
}

fn chosen(session: &Session, orders: &[String]) -> Result<Chosen, Trouble> {
    let station = &session.station;
    let list = |tab| station.list_ids(&orders::everything(Some(tab)));
    match orders {
        // Numbered ones too: what a stop took out is printed now, what waits is not doubled.
        // Those an earlier run is still asking for are waited for and counted.
        [] => Ok((list(Tab::InWork)?, [list(Tab::ToPrint)?, list(Tab::Pending)?].concat())),
        orders => {
            let ids = orders.iter().map(|order| station.resolve(order));
            Ok((Vec::new(), ids.collect::<Result<_, _>>()?))
        }
    }
}

async fn work(
    bench: &Bench<'_>,
    session: &Session,
    (on_their_way, ids): Chosen,
    by: By,
) -> Result<Shipped, Trouble> {
    let station = &session.station;
    let By { account, printer, sender } = by;
    if let Some(sender) = sender {
        let deed = Deed::Sender { profile: Some(sender) };
        station.act(Act { ids: ids.clone(), deed }).await?;
    }
    let rows = on_their_way
        .iter()
        .chain(&ids)
        .map(|id| station.row(*id))
        .collect::<Result<_, Trouble>>()?;
    let mut shipped = Shipped { rows, ..Shipped::default() };
    if ids.is_empty() && on_their_way.is_empty() {
        return Ok(shipped);
    }
    let request = ShipRequest { ids: ids.clone(), account, printer, print: true };
    let batch = station.ship(request).await?.id;
    let watch = async {
        let mut changed = station.changed();
        while changed.changed().await.is_ok() {
            if let Ok(batch) = station.batch(batch) {
                show::progress(&progress_line(bench, &batch));
            }
        }
        std::future::pending::<()>().await;
    };
    tokio::select! {
        done = async {
            station.settled(&ids, true).await?;
            station.settled(&on_their_way, false).await
        } => done?,
        () = watch => {}
        () = quit::asked() => {
            show::progress_end();
            eprintln!("{}", bench.say("cli.ship.stopping", &[]));
            station.stop_batch(batch).await?;
        }
    }
    show::progress_end();
    shipped.batch = Some(station.batch(batch)?);
    Ok(shipped)
}

fn progress_line(bench: &Bench<'_>, batch: &BatchView) -> String {
    let fields = [
        ("done", batch.done.to_string()),
        ("numbered", batch.numbered.to_string()),
        ("total", batch.total.to_string()),
        ("attention", batch.attention.to_string()),
        ("per_minute", batch.per_minute.to_string()),
    ];
    bench.say("cli.ship.progress", &fields)
}

/// Which count an order falls under. `sent`: its newest label left and is not confirmed yet.
fn count_of<'a>(shipped: &'a mut Shipped, row: &Row, sent: bool) -> &'a mut u32 {
    let code = row.trouble.as_ref().map(|trouble| trouble.code);
    let doubt = matches!(
        code,
        Some(
            Code::WaybillUnknown
                | Code::WaybillOnlyOnce
                | Code::LabelUnknown
                | Code::VoidUnknown
                | Code::TwoWaybills
        )
    );
    match row.state {
        _ if doubt => &mut shipped.unknown,
        State::Printed => &mut shipped.printed,
        State::Held => &mut shipped.held,
        State::Refused => &mut shipped.refused,
        State::Waybilled if code.is_some() => &mut shipped.held,
        State::Waybilled if sent => &mut shipped.to_scan,
        State::Waybilled | State::Ready | State::Requested | State::Voiding => &mut shipped.open,
    }
}

fn lines(bench: &Bench<'_>, shipped: &Shipped) -> Vec<String> {
    let counts = [
        ("printed", shipped.printed),
        ("to_scan", shipped.to_scan),
        ("held", shipped.held),
        ("refused", shipped.refused),
        ("unknown", shipped.unknown),
        ("open", shipped.open),
    ];
    let fields = counts.map(|(name, count)| (name, count.to_string()));
    let mut lines = vec![bench.say("cli.ship.done", &fields)];
    let waits = |row: &&Row| row.trouble.is_some() || !row.faults.is_empty();
    lines.extend(shipped.rows.iter().filter(waits).map(|row| {
        let fields = [("order", row.order_no.clone()), ("why", orders::why(bench, row))];
        bench.say("cli.ship.waits", &fields)
    }));
    lines
}

/// Gives a waybill back, and waits for the carrier's word.
pub async fn void(bench: &Bench<'_>, code: &str) -> Result<Reply, Trouble> {
    let mut session = bench.work().await?;
    let done = void_at(&session, code).await;
    session.halt().await;
    let row = done?;
    let gone = row.waybill_no.is_none() && row.state != State::Voiding;
    let key = if gone { "cli.void.done" } else { "cli.void.open" };
    let fields = [("order", row.order_no.clone()), ("why", orders::why(bench, &row))];
    let exit = if gone { Exit::Done } else { Exit::Person };
    Ok(Reply::new(&row, vec![bench.say(key, &fields)], exit))
}

async fn void_at(session: &Session, code: &str) -> Result<Row, Trouble> {
    let station = &session.station;
    let mut changed = station.changed();
    let mut row = station.void(code).await?;
    while row.state == State::Voiding && row.trouble.is_none() {
        tokio::select! {
            moved = changed.changed() => if moved.is_err() { break },
            () = quit::asked() => break,
        }
        row = station.row(row.id)?;
    }
    Ok(row)
}
