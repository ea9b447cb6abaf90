//! Couriers who come for a parcel (上门取件): to send an order without a number of ours, or to
//! bring one back. Like a waybill, a booking is kept before it is asked for, sent again with the
//! same text, and ends in yes, no, or a doubt that a person settles. What carriers say of it comes
//! in any order, and more than once (`fold`).

mod effect;
mod fold;
mod kept;
mod row;
mod shown;
mod turn;

use crate::{
    Account, Station,
    carrier::{
        Consignment,
        offers::{PicksUp, PickupAsk, Window},
        pickup::PickupTold,
    },
    db::DbError,
    intake::{self, StoredOrder},
    key::order_key,
    order::{Fault, FaultCode, Services},
    shipment::{self, Event, ShipmentError},
    trouble::{Action, Code, Trouble},
    view::{PickupAsked, PickupHeld, PickupRequest, PickupState, PickupView, PickupWay, State},
};
use effect::said_of;
pub(crate) use kept::blank;
use row::Pickup;
use rusqlite::Connection;
use std::sync::Arc;

/// Bookings in one transaction: a carrier's answer never waits long to be recorded.
const CHUNK: usize = 25;
/// Bookings of one request; a courier's car is full long before.
const REQUEST_MAX: usize = 1_000;
/// No reason is longer than a line.
const WHY_CHARS_MAX: usize = 60;
/// The same number at the same shop must not be the same key as the waybill's.
const SEND_KEY: &str = "取件";
const BACK_KEY: &str = "退货";

impl Station {
    /// Has couriers come, one for each shipment. Returns at once; the workers do the rest.
    ///
    /// # Errors
    /// [`Code::NoOffer`] if the account sends none, [`Code::PickupTooLate`] if the window is over;
    /// no such account; the database.
    pub async fn book_pickups(
        self: &Arc<Self>,
        request: PickupRequest,
    ) -> Result<PickupAsked, Trouble> {
        let account = self.account(&request.account)?.open_for_orders()?;
        let name = account.config.name.clone();
        if account.carrier.picks_up().is_none() {
            return Err(Trouble::new(Code::NoOffer, Action::EditAccount, []));
        }
        let now_ms = self.now_ms();
        let Window { from_ms, to_ms } = request.window;
        if to_ms <= now_ms || to_ms <= from_ms {
            let fields = [("account", name)];
            return Err(Trouble::new(Code::PickupTooLate, Action::Retry, fields));
        }
        let mut all = PickupAsked { asked: 0, held: Vec::new() };
        let ids: Vec<i64> = request.ids.iter().copied().take(REQUEST_MAX).collect();
        for chunk in ids.chunks(CHUNK) {
            let (station, chunk, request) = (Arc::clone(self), chunk.to_vec(), request.clone());
            let held = self
                .db
                .write(move |db| -> Result<Vec<PickupHeld>, ShipmentError> {
                    let mut held = Vec::new();
                    for id in chunk {
                        held.extend(station.book_one(db, id, &request, now_ms)?);
                    }
                    Ok(held)
                })
                .await?;
            all.held.extend(held);
        }
        all.asked = u32::try_from(ids.len() - all.held.len()).unwrap_or(u32::MAX);
        account.courier.notify_one();
        self.touch();
        Ok(all)
    }

    /// Keeps one booking; or says why it cannot be made.
    fn book_one(
        &self,
        db: &Connection,
        id: i64,
        request: &PickupRequest,
        now_ms: i64,
    ) -> Result<Option<PickupHeld>, ShipmentError> {
        let order = intake::order_of(db, id)?;
        let order_no = order.number.clone();
        let held = |faults| Ok(Some(PickupHeld { id, order_no, faults }));
        let state = shipment::state(db, id)?;
        let fits = match request.way {
            PickupWay::Send => matches!(state, State::Ready | State::Refused),
            PickupWay::Back => state == State::Printed,
        };
        if !fits || order.back || row::live(db, id, request.way)?.is_some() {
            return held(Vec::new());
        }
        // Looked up before anything was written.
        let account = self.account(&request.account);
        let account = account.map_err(|_| ShipmentError::Db(DbError::Closed))?;
        let Some(picks_up) = account.carrier.picks_up() else { return held(Vec::new()) };
        let nth = row::count(db, id, request.way)?;
        let ask = match self.to_pick_up(account, &order, request, nth) {
            Ok(ask) => ask,
            Err(faults) => return held(faults),
        };
        let body = match picks_up.pickup_request(&ask) {
            Ok(body) => body,
            Err(faults) => return held(faults),
        };
        let facts = serde_json::to_string(&self.label_facts(account, &order, None))?;
        let name = account.config.name.as_str();
        let new = kept::New {
            shipment_id: id,
            way: request.way,
            account: name,
            order_key: &ask.goods.order_key,
            body: &body,
            facts: &facts,
            from_ms: request.window.from_ms,
            to_ms: request.window.to_ms,
        };
        kept::insert(db, &new, now_ms)?;
        let word = said_of(request.way, "pickup_asked");
        match request.way {
            PickupWay::Send => {
                shipment::advance(db, id, Event::Requested, word, name, now_ms)?;
                shipment::set_account(db, id, name)?;
            }
            PickupWay::Back => shipment::tell(db, id, word, name, now_ms)?,
        }
        Ok(None)
    }

    /// What the courier is asked to carry; or everything that must be mended first.
    fn to_pick_up(
        &self,
        account: &Account,
        order: &StoredOrder,
        request: &PickupRequest,
        nth: u32,
    ) -> Result<PickupAsk, Vec<Fault>> {
        let mut goods: Consignment = self.consignment(account, order);
        let mut faults = self.faults_at(account, order);
        if order.receiver.address.is_abroad() {
            let (code, field) = (FaultCode::NotAbroad, "country".to_owned());
            faults.push(Fault { code, field, what: String::new() });
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let (kind, number) = (key_of(request.way), &order.number);
        let shop = format!("{kind}\0{}", order.shop);
        goods.order_key = order_key(&shop, number, order.nth, nth);
        if request.way == PickupWay::Back {
            std::mem::swap(&mut goods.sender, &mut goods.receiver);
            // The order's wishes were for the way there; what comes back is one parcel.
            goods.services = Services::default();
            goods.parcels = 1;
        }
        let (carrier, window) = (request.carrier.clone(), Some(request.window));
        Ok(PickupAsk { goods, carrier, window })
    }

    /// Calls a courier off: at once if nobody was asked yet, else as soon as it is known that the
    /// booking is there.
    ///
    /// # Errors
    /// [`Code::WrongState`] if it is over; [`Code::NoPickup`]; the database.
    pub async fn call_off_pickup(&self, id: i64, why: &str) -> Result<PickupView, Trouble> {
        let now_ms = self.now_ms();
        let why: String = why.trim().chars().take(WHY_CHARS_MAX).collect();
        let pickup = self.pickup(id)?;
        self.db
            .write(move |db| -> Result<(), ShipmentError> {
                let Some(pickup) = row::get(db, id)? else { return Ok(()) };
                match pickup.state {
                    PickupState::Asked if pickup.attempt == 0 => {
                        let off_why = Some(why);
                        return effect::called_off(db, &Pickup { off_why, ..pickup }, now_ms);
                    }
                    PickupState::Asked => kept::wish_off(db, id, Some(&why), Some(now_ms))?,
                    PickupState::Booked | PickupState::Unknown => {
                        kept::wish_off(db, id, Some(&why), Some(now_ms))?;
                    }
                    PickupState::Collected
                    | PickupState::Delivered
                    | PickupState::Cancelled
                    | PickupState::Failed
                    | PickupState::Refused => return wrong(db, &pickup),
                }
                let word = said_of(pickup.way, "pickup_off_asked");
                shipment::tell(db, pickup.shipment_id, word, &why, now_ms)
            })
            .await?;
        self.wake_courier(&pickup.account);
        self.pickup_view(id)
    }

    /// Asks again, now: the same booking, or what became of it.
    ///
    /// # Errors
    /// [`Code::WrongState`] if it is over; [`Code::NoPickup`]; the database.
    pub async fn pickup_again(&self, id: i64) -> Result<PickupView, Trouble> {
        let now_ms = self.now_ms();
        let pickup = self.pickup(id)?;
        self.db
            .write(move |db| -> Result<(), ShipmentError> {
                let Some(pickup) = row::get(db, id)? else { return Ok(()) };
                if !is_open(pickup.state) {
                    return wrong(db, &pickup);
                }
                effect::no_doubt(db, pickup.shipment_id)?;
                Ok(kept::again(db, id, now_ms)?)
            })
            .await?;
        self.wake_courier(&pickup.account);
        self.pickup_view(id)
    }

    /// A person found out: somebody comes, or nobody.
    ///
    /// # Errors
    /// [`Code::WrongState`] unless it is in doubt; [`Code::NoPickup`]; the database.
    pub async fn settle_pickup(&self, id: i64, comes: bool) -> Result<PickupView, Trouble> {
        let now_ms = self.now_ms();
        let pickup = self.pickup(id)?;
        self.db
            .write(move |db| -> Result<(), ShipmentError> {
                let Some(pickup) = row::get(db, id)? else { return Ok(()) };
                if pickup.state != PickupState::Unknown {
                    return wrong(db, &pickup);
                }
                effect::no_doubt(db, pickup.shipment_id)?;
                if !comes {
                    return effect::called_off(db, &pickup, now_ms);
                }
                kept::wish_off(db, id, None, Some(now_ms))?;
                effect::booked(db, &pickup, now_ms)
            })
            .await?;
        self.wake_courier(&pickup.account);
        self.pickup_view(id)
    }

    fn wake_courier(&self, account: &str) {
        if let Ok(account) = self.account(account) {
            account.courier.notify_one();
        }
        self.touch();
    }

    /// Keeps what a carrier told of couriers by itself; of how many that are ours.
    pub(crate) async fn keep_pickup_news(
        &self,
        told: Vec<PickupTold>,
        now_ms: i64,
    ) -> Result<usize, ShipmentError> {
        let looks: Vec<(String, turn::Looks)> = self
            .accounts
            .iter()
            .filter_map(|account| {
                let picks_up: &dyn PicksUp = account.carrier.picks_up()?;
                Some((account.config.name.clone(), self.looks(account, picks_up)))
            })
            .collect();
        let known = self
            .db
            .write(move |db| -> Result<usize, ShipmentError> {
                let mut known = 0;
                for line in &told {
                    let Some(pickup) = row::named(db, line)? else { continue };
                    effect::hear(db, pickup.id, line, now_ms)?;
                    known += 1;
                    let of = looks.iter().find(|(name, _)| *name == pickup.account);
                    let now = row::get(db, pickup.id)?;
                    // What is being asked or called off goes on as it does.
                    if let (Some((_, looks)), Some(now)) = (of, now)
                        && now.off_why.is_none()
                        && matches!(now.state, PickupState::Booked | PickupState::Collected)
                    {
                        let next_ms = looks.next_ms(&now, now_ms, true);
                        kept::next_look(db, now.id, next_ms)?;
                    }
                }
                Ok(known)
            })
            .await?;
        self.touch();
        Ok(known)
    }
}

/// The doubt about a booking for which a shipment waits is asked about again; `false` if there is
/// none.
pub(crate) fn look_again(
    db: &Connection,
    shipment_id: i64,
    now_ms: i64,
) -> Result<bool, ShipmentError> {
    let Some(pickup) = row::live(db, shipment_id, PickupWay::Send)? else { return Ok(false) };
    kept::again(db, pickup.id, now_ms)?;
    Ok(true)
}

/// Whether a courier brings the shipment's number.
pub(crate) fn brings(db: &Connection, shipment_id: i64) -> Result<bool, ShipmentError> {
    Ok(row::live(db, shipment_id, PickupWay::Send)?.is_some())
}

pub(crate) use kept::recover;
pub(crate) use row::open_with;

fn is_open(state: PickupState) -> bool {
    matches!(state, PickupState::Asked | PickupState::Booked | PickupState::Unknown)
}

fn key_of(way: PickupWay) -> &'static str {
    match way {
        PickupWay::Send => SEND_KEY,
        PickupWay::Back => BACK_KEY,
    }
}

fn wrong(db: &Connection, pickup: &Pickup) -> Result<(), ShipmentError> {
    let (id, event) = (pickup.shipment_id, Event::Withdrawn);
    Err(ShipmentError::WrongState { id, state: shipment::state(db, id)?, event })
}
