//! `pickup`: couriers who come for a parcel, or fetch one back.

use super::{
    Bench,
    show::{DAY, Exit, Reply, local, table},
    words::word_of,
};
use crate::{quit, session::Session};
use serde::Serialize;
use station::{
    carrier::offers::Window,
    trouble::{Action, Code, Trouble},
    view::{PickupHeld, PickupRequest, PickupState, PickupView, PickupWay},
};

/// What is asked for.
pub struct Ask {
    /// From the receiver to us.
    pub back: bool,
    /// Which account; else the first that sends couriers.
    pub account: Option<String>,
    /// Which carrier behind it; may be empty.
    pub carrier: String,
    /// Which of the offered windows, from 1.
    pub window: usize,
}

/// What is done about a booking.
pub enum Act {
    /// Call it off, and why.
    Off(String),
    /// Ask again.
    Again,
    /// A person found out whether somebody comes.
    Settle(bool),
}

impl Act {
    /// As the flags say.
    pub fn of(off: Option<String>, again: bool, comes: bool) -> Self {
        match off {
            Some(why) => Self::Off(why),
            None if again => Self::Again,
            None => Self::Settle(comes),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Pickups {
    pickups: Vec<PickupView>,
    held: Vec<PickupHeld>,
}

/// Sends for couriers, one an order, and waits for each answer.
///
/// # Errors
/// No account that sends couriers, no such window; the database.
pub async fn book(bench: &Bench<'_>, orders: &[String], ask: Ask) -> Result<Reply, Trouble> {
    let mut session = bench.work().await?;
    let done = booked(&session, orders, ask).await;
    session.halt().await;
    let (ids, way, held) = done?;
    reply(bench, &session, &ids, way, held)
}

async fn booked(
    session: &Session,
    orders: &[String],
    ask: Ask,
) -> Result<(Vec<i64>, PickupWay, Vec<PickupHeld>), Trouble> {
    let station = &session.station;
    let mut offers = station.pickup_offers();
    offers.retain(|offer| ask.account.as_ref().is_none_or(|name| offer.account == *name));
    let none = || Trouble::new(Code::NoOffer, Action::EditAccount, []);
    let offer = offers.into_iter().next().ok_or_else(none)?;
    let late = || {
        let fields = [("account", offer.account.clone())];
        Trouble::new(Code::PickupTooLate, Action::Retry, fields)
    };
    let window = *offer.windows.get(ask.window.saturating_sub(1)).ok_or_else(late)?;
    let ids = orders.iter().map(|order| station.resolve(order));
    let ids: Vec<i64> = ids.collect::<Result<_, _>>()?;
    let way = if ask.back { PickupWay::Back } else { PickupWay::Send };
    let (account, carrier) = (offer.account.clone(), ask.carrier);
    let request = PickupRequest { ids: ids.clone(), way, account, carrier, window };
    let asked = station.book_pickups(request).await?;
    settled(session, &ids).await?;
    Ok((ids, way, asked.held))
}

/// Calls couriers off, asks again, or settles a doubt.
///
/// # Errors
/// Nobody was sent for, or it is over; the database.
pub async fn act(
    bench: &Bench<'_>,
    orders: &[String],
    back: bool,
    act: &Act,
) -> Result<Reply, Trouble> {
    let mut session = bench.work().await?;
    let way = if back { PickupWay::Back } else { PickupWay::Send };
    let done = async {
        let mut ids = Vec::new();
        for order in orders {
            let id = session.station.resolve(order)?;
            let pickup = newest(&session, id, way)?;
            match act {
                Act::Off(why) => session.station.call_off_pickup(pickup.id, why).await?,
                Act::Again => session.station.pickup_again(pickup.id).await?,
                Act::Settle(comes) => session.station.settle_pickup(pickup.id, *comes).await?,
            };
            ids.push(id);
        }
        settled(&session, &ids).await?;
        Ok::<_, Trouble>(ids)
    }
    .await;
    session.halt().await;
    reply(bench, &session, &done?, way, Vec::new())
}

fn newest(session: &Session, id: i64, way: PickupWay) -> Result<PickupView, Trouble> {
    let all = session.station.pickups_of(id)?;
    all.into_iter()
        .find(|pickup| pickup.way == way)
        .ok_or_else(|| Trouble::new(Code::NoPickup, Action::None, [("id", id.to_string())]))
}

/// Waits until nothing of these is being asked; Ctrl-C leaves it to the next start.
async fn settled(session: &Session, ids: &[i64]) -> Result<(), Trouble> {
    let station = &session.station;
    let mut changed = station.changed();
    let moving = |pickup: &PickupView| pickup.state == PickupState::Asked || pickup.calling_off;
    let done = async {
        loop {
            let mut open = false;
            for id in ids {
                open |= station.pickups_of(*id)?.iter().any(moving);
            }
            if !open || changed.changed().await.is_err() {
                return Ok(());
            }
        }
    };
    tokio::select! {
        done = done => done,
        () = quit::asked() => Ok(()),
    }
}

fn reply(
    bench: &Bench<'_>,
    session: &Session,
    ids: &[i64],
    way: PickupWay,
    held: Vec<PickupHeld>,
) -> Result<Reply, Trouble> {
    let mut pickups = Vec::new();
    for id in ids {
        pickups.extend(session.station.pickups_of(*id)?.into_iter().find(|it| it.way == way));
    }
    let rows: Vec<Vec<String>> = pickups.iter().map(|pickup| row(bench, pickup)).collect();
    let heads = ["order", "state", "window", "courier", "waybill", "price", "words"];
    let heads: Vec<String> =
        heads.iter().map(|head| bench.say(&format!("cli.column.{head}"), &[])).collect();
    let mut lines = table(&heads, &rows);
    for one in &held {
        let faults: Vec<String> = one
            .faults
            .iter()
            .map(|fault| bench.words.word("fault", &word_of(&fault.code)))
            .collect();
        let why = match faults.is_empty() {
            true => bench.say("pickup.not_now", &[]),
            false => faults.join(", "),
        };
        lines.push(bench.say("cli.pickup.held", &[("order", one.order_no.clone()), ("why", why)]));
    }
    let good = |pickup: &PickupView| {
        !matches!(
            pickup.state,
            PickupState::Refused | PickupState::Failed | PickupState::Unknown | PickupState::Asked
        )
    };
    let exit = if held.is_empty() && pickups.iter().all(good) { Exit::Done } else { Exit::Person };
    Ok(Reply::new(&Pickups { pickups, held }, lines, exit))
}

fn row(bench: &Bench<'_>, pickup: &PickupView) -> Vec<String> {
    let courier = pickup.courier.as_ref().map_or_else(String::new, |it| {
        format!("{} {} {}", it.name, it.phone, it.code).trim().to_owned()
    });
    let fees = pickup.fees.map_or_else(String::new, |fees| {
        format!("{}.{:02}", fees.total_fen / 100, fees.total_fen % 100)
    });
    vec![
        pickup.order_no.clone(),
        bench.words.word("pickup_state", &word_of(&pickup.state)),
        written(pickup.window),
        courier,
        format!("{} {}", pickup.carrier, pickup.no).trim().to_owned(),
        fees,
        pickup.said.clone(),
    ]
}

/// The windows that can be asked for now, of every account that sends couriers.
///
/// # Errors
/// Settings, lock, database.
pub async fn windows(bench: &Bench<'_>) -> Result<Reply, Trouble> {
    let session = bench.open().await?;
    let offers = session.station.pickup_offers();
    let mut lines = Vec::new();
    for offer in &offers {
        lines.push(offer.account.clone());
        let windows = (1..).zip(&offer.windows);
        lines.extend(windows.map(|(nth, window)| format!("{nth:>3}  {}", written(*window))));
    }
    if offers.is_empty() {
        lines.push(bench.say("pickup.none", &[]));
    }
    Ok(Reply::new(&offers, lines, Exit::Done))
}

/// "11-21 15:00–17:00" on this computer.
fn written(window: Window) -> String {
    format!("{}–{}", local(window.from_ms, DAY), local(window.to_ms, "%H:%M"))
}
