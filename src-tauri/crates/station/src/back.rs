//! Parcels that come back from their receiver, under a number of their own, and what is sent in
//! exchange. A return is a further shipment of the order whose two ends are exchanged (`sender`):
//! it has its own key, label, state and void like any other, and is in no sum of what goes out.
//! Couriers who fetch a parcel without a number of ours are `pickup`.

use crate::{
    Station,
    config::OWN_SENDER,
    intake::{
        self, StoredOrder,
        carried::{self, Carried},
    },
    order::{PayBy, Services},
    shipment::{
        self, ShipmentError, hand,
        load::{self, Line, Load},
        waybill,
    },
    trouble::{Action, Code, Trouble},
    undo::{Step, Undo},
    view::{
        ActDone, DeedKind, ExchangeAsk, Left, LeftWhy, OtherShipment, Payer, ReturnAsk, ReturnLook,
        ReturnWay, State,
    },
};
use rusqlite::Connection;
use std::sync::Arc;

/// Every way to pay, the usual one first.
const PAYERS: [Payer; 4] = [Payer::Usual, Payer::Receiver, Payer::Sender, Payer::Monthly];

/// What began, each with its step back; or why it cannot be.
type Begun = Result<Vec<(i64, Step)>, LeftWhy>;

impl Station {
    /// How a shipment could come back. No carrier is asked.
    ///
    /// # Errors
    /// No such order; the database.
    pub fn return_look(&self, id: i64) -> Result<ReturnLook, Trouble> {
        let (order, pieces) = self.db.read(|db| -> Result<_, ShipmentError> {
            let order = intake::order_of(db, id)?;
            let lines = left_of(db, id)?;
            Ok((order.clone(), by_goods(&order, &lines)))
        })?;
        let account = self.row(id)?.account;
        let mut ways = Vec::new();
        for payer in PAYERS {
            let services = Services { pay: pay_of(payer), ..Services::default() };
            let back = StoredOrder { back: true, parcels: 1, services, ..order.clone() };
            let of = self.account_ways(&back).into_iter();
            ways.extend(of.map(|(_, way)| ReturnWay { payer, way }));
        }
        Ok(ReturnLook { ways, account, pieces })
    }

    /// Begins a return. It waits like any order until somebody asks for its number.
    ///
    /// # Errors
    /// [`Code::ReasonMissing`]; no such order or account; the database. What cannot come back is
    /// told as left.
    pub async fn bring_back(self: &Arc<Self>, ask: ReturnAsk) -> Result<ActDone, Trouble> {
        self.may_come_back(&ask)?;
        let (station, now_ms) = (Arc::clone(self), self.now_ms());
        let begun = self
            .db
            .write(move |db| -> Result<Begun, ShipmentError> {
                Ok(station.begin_return(db, &ask, now_ms)?.map(|step| vec![step]))
            })
            .await?;
        Ok(self.begun(DeedKind::Return, begun))
    }

    /// Begins a return and what is sent in exchange, both or neither.
    ///
    /// # Errors
    /// As [`Station::bring_back`].
    pub async fn exchange(self: &Arc<Self>, ask: ExchangeAsk) -> Result<ActDone, Trouble> {
        self.may_come_back(&ask.back)?;
        let (station, now_ms) = (Arc::clone(self), self.now_ms());
        let begun = self
            .db
            .write(move |db| -> Result<Begun, ShipmentError> {
                let back = match station.begin_return(db, &ask.back, now_ms)? {
                    Ok(back) => back,
                    Err(why) => return Ok(Err(why)),
                };
                let fresh = station.begin_exchange(db, &ask, back.0, now_ms)?;
                Ok(Ok(vec![back, fresh]))
            })
            .await?;
        Ok(self.begun(DeedKind::Exchange, begun))
    }

    fn may_come_back(&self, ask: &ReturnAsk) -> Result<(), Trouble> {
        if ask.reason.trim().is_empty() {
            return Err(Trouble::new(Code::ReasonMissing, Action::None, []));
        }
        match &ask.account {
            Some(name) => self.account(name)?.open_for_orders().map(drop),
            None => Ok(()),
        }
    }

    fn begun(&self, deed: DeedKind, begun: Begun) -> ActDone {
        let (ids, left) = match begun {
            Ok(all) => {
                let (ids, steps): (Vec<i64>, Vec<Step>) = all.into_iter().unzip();
                self.live().undo = Some(Undo { deed, steps });
                (ids, Vec::new())
            }
            Err(why) => (Vec::new(), vec![Left { why, n: 1 }]),
        };
        self.touch();
        let done = u32::from(!ids.is_empty());
        ActDone { deed, done, left, ids }
    }

    fn begin_return(
        &self,
        db: &Connection,
        ask: &ReturnAsk,
        now_ms: i64,
    ) -> Result<Result<(i64, Step), LeftWhy>, ShipmentError> {
        let id = ask.id;
        if shipment::state(db, id)? != State::Printed || load::leader(db, id)?.is_some() {
            return Ok(Err(LeftWhy::NoNumber));
        }
        let order = intake::order_of(db, id)?;
        if order.back {
            return Ok(Err(LeftWhy::IsReturn));
        }
        if order.receiver.address.is_abroad() {
            return Ok(Err(LeftWhy::Abroad));
        }
        let left = left_of(db, id)?;
        let Some(lines) = chosen(&order, &left, &ask.pieces) else {
            return Ok(Err(LeftWhy::BackAlready));
        };
        let reason = ask.reason.trim();
        let new = self.further(db, &order, id, ("return_begun", reason), now_ms)?;
        let step = self.step(db, id, new)?;
        load::belongs(db, new, id, Some(word(ask.payer)))?;
        load::list(db, new, &lines)?;
        let weight_g = ask.weight_g.or(order.weight_g.filter(|_| is_all(&order, &lines)));
        let carried = carried::load(db, new, weight_g)?;
        load::set(db, new, Some(&Load { note: reason.to_owned(), ..carried }))?;
        let live = waybill::live(db, id)?;
        // The account it went by may be gone by now: then it is the rules'.
        let open = |name: &String| self.account(name).is_ok_and(|it| !it.config.off);
        let went_by = live.as_ref().map(|live| live.account.clone()).filter(open);
        let account = ask.account.clone().or(went_by).unwrap_or_default();
        let sender = self.sent_as(live.map(|live| live.facts.sender_profile), &order);
        let wanted = account.clone();
        hand::put(db, new, &hand::Hand { wanted, account, sender, ..hand::of(db, new)? })?;
        shipment::tell(db, id, "returned", reason, now_ms)?;
        self.recheck(db, new, ("checked", ""), now_ms)?;
        Ok(Ok((new, step)))
    }

    fn begin_exchange(
        &self,
        db: &Connection,
        ask: &ExchangeAsk,
        back: i64,
        now_ms: i64,
    ) -> Result<(i64, Step), ShipmentError> {
        let id = ask.back.id;
        let order = intake::order_of(db, id)?;
        let sent = carried::lines(db, id)?;
        // Nothing sensible said: what comes back is sent again.
        let asked = Some(ask.pieces.as_slice()).filter(|pieces| !pieces.is_empty());
        let lines = match asked.and_then(|pieces| chosen(&order, &sent, pieces)) {
            Some(lines) => lines,
            None => carried::plain(&carried::listed(db, back)?),
        };
        let reason = ask.back.reason.trim();
        let new = self.further(db, &order, id, ("exchanged", reason), now_ms)?;
        let step = self.step(db, id, new)?;
        load::belongs(db, new, id, None)?;
        load::list(db, new, &lines)?;
        let weight_g = ask.weight_g.or(order.weight_g.filter(|_| is_all(&order, &lines)));
        load::set(db, new, Some(&carried::load(db, new, weight_g)?))?;
        shipment::tell(db, id, "exchanged", reason, now_ms)?;
        self.recheck(db, new, ("checked", ""), now_ms)?;
        Ok((new, step))
    }

    /// As whom it was sent: what comes back goes there, whatever the settings say now.
    fn sent_as(&self, profile: Option<String>, order: &StoredOrder) -> String {
        match profile {
            Some(profile) if !profile.is_empty() => profile,
            Some(_) if !self.config.senders.is_empty() => OWN_SENDER.to_owned(),
            Some(_) | None => order.sender.clone(),
        }
    }

    fn step(&self, db: &Connection, of: i64, id: i64) -> Result<Step, ShipmentError> {
        Ok(Step::Begun { id, of, load: load::of(db, of)?, lines: carried::listed(db, of)? })
    }
}

/// The other shipments of a shipment's order.
///
/// # Errors
/// SQL errors.
pub(crate) fn others(db: &Connection, id: i64) -> Result<Vec<OtherShipment>, ShipmentError> {
    let found: Result<Vec<OtherShipment>, _> = db
        .prepare_cached(
            "SELECT s.id, s.nth, s.back IS NOT NULL,
                    (SELECT f.nth FROM shipment f WHERE f.id = s.of_id), s.state, w.no
               FROM shipment own JOIN shipment s ON s.order_id = own.order_id
               LEFT JOIN waybill w ON w.shipment_id = s.id AND w.voided_at_ms IS NULL
              WHERE own.id = ?1 AND s.id <> own.id AND s.into_id IS NULL ORDER BY s.nth",
        )?
        .query_map([id], |row| {
            Ok(OtherShipment {
                id: row.get(0)?,
                nth: row.get(1)?,
                back: row.get(2)?,
                of_nth: row.get(3)?,
                state: shipment::state_of(row.get_ref(4)?.as_str()?).unwrap_or(State::Held),
                waybill_no: row.get(5)?,
            })
        })?
        .collect();
    Ok(found?)
}

/// The word kept in the database; `intake` reads it as who pays.
fn word(payer: Payer) -> &'static str {
    match payer {
        Payer::Usual => "usual",
        Payer::Sender => "sender",
        Payer::Receiver => "receiver",
        Payer::Monthly => "monthly",
    }
}

fn pay_of(payer: Payer) -> Option<PayBy> {
    match payer {
        Payer::Usual => None,
        Payer::Sender => Some(PayBy::Sender),
        Payer::Receiver => Some(PayBy::Receiver),
        Payer::Monthly => Some(PayBy::Monthly),
    }
}

/// The lines of a shipment, with how many pieces of each do not come back yet.
fn left_of(db: &Connection, id: i64) -> Result<Vec<Carried>, ShipmentError> {
    let back = load::coming_back(db, id)?;
    let mut left = carried::lines(db, id)?;
    for line in &mut left {
        let of = |it: &&Line| (it.0, it.1) == (line.order_id, line.line);
        let gone = back.iter().find(of).map_or(0, |it| it.2);
        line.quantity = line.quantity.saturating_sub(gone);
    }
    Ok(left)
}

/// Pieces of each of an order's goods, as a person sees them; the same goods may stand on several
/// lines.
fn by_goods(order: &StoredOrder, lines: &[Carried]) -> Vec<u32> {
    let mut pieces = vec![0; order.items.len()];
    for (place, line) in lines.iter().enumerate() {
        let room = |at: &usize| pieces[*at] < order.items[*at].quantity;
        if let Some(at) = goods_of(order, lines, place, room) {
            pieces[at] += line.quantity;
        }
    }
    pieces
}

/// So many pieces of each of an order's goods as lines; all there are where nothing is said. `None`
/// if that is nothing, or more than there is.
fn chosen(order: &StoredOrder, lines: &[Carried], pieces: &[u32]) -> Option<Vec<Line>> {
    let all = by_goods(order, lines);
    let mut wanted = if pieces.is_empty() { all } else { pieces.to_vec() };
    if wanted.len() != order.items.len() {
        return None;
    }
    let mut found = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        let asked = |at: &usize| wanted[*at] > 0;
        let Some(at) = goods_of(order, lines, place, asked) else { continue };
        let taken = wanted[at].min(line.quantity);
        wanted[at] -= taken;
        found.extend((taken > 0).then_some((line.order_id, line.line, taken)));
    }
    (!found.is_empty() && wanted.iter().all(|n| *n == 0)).then_some(found)
}

/// Which of an order's goods a line is: that of its place, or one of its title that is `open`.
fn goods_of(
    order: &StoredOrder,
    lines: &[Carried],
    place: usize,
    open: impl Fn(&usize) -> bool,
) -> Option<usize> {
    if lines.len() == order.items.len() {
        return Some(place);
    }
    let same = |at: &usize| order.items[*at].title == lines[place].title;
    (0..order.items.len()).filter(same).find(open)
}

fn is_all(order: &StoredOrder, lines: &[Line]) -> bool {
    let all: u32 = order.items.iter().map(|item| item.quantity).sum();
    lines.iter().map(|line| line.2).sum::<u32>() == all
}
