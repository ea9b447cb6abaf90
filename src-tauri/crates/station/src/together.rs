//! Orders of one buyer that go together, an order that goes in several shipments, and one that is
//! sent again. Whatever happens, a number is asked for only by the shipment that answers: what goes
//! with another one is never moved by itself (`shipment::advance`), and comes apart only while its
//! leader waits.

use crate::{
    Station,
    intake::{
        self, StoredOrder,
        carried::{self, Carried},
    },
    shipment::{self, NewShipment, ShipmentError, hand, load},
    trouble::{Action, Code, Trouble},
    undo::{Step, Undo, before_carrier},
    view::{ActDone, DeedKind, Differs, Left, LeftWhy, MergeGroup, SplitAsk, State},
};
use rusqlite::Connection;
use std::{collections::BTreeMap, sync::Arc};

/// Whether orders could be put together.
pub(crate) enum Joined {
    /// They are.
    Yes(Step),
    /// The check would stop them together; they stay apart.
    WouldBeHeld,
}

/// What a person asked for, or why it cannot be.
type Begun = Result<(i64, Step), LeftWhy>;

impl Station {
    /// Which of a selection could go together, and what differs. Nothing is changed.
    ///
    /// # Errors
    /// The database.
    pub fn merge_look(&self, ids: &[i64]) -> Result<Vec<MergeGroup>, Trouble> {
        let mask = self.masks_names();
        let look = |db: &Connection| -> Result<Vec<MergeGroup>, ShipmentError> {
            let (groups, _) = groups(db, ids)?;
            let view = |ids: Vec<i64>| {
                let orders: Result<Vec<StoredOrder>, _> =
                    ids.iter().map(|id| intake::order_of(db, *id)).collect();
                let orders = orders?;
                let name = orders.first().map(|it| it.receiver.name.clone()).unwrap_or_default();
                Ok(MergeGroup {
                    name: if mask { label::mask::name(&name) } else { name },
                    orders: orders.iter().map(StoredOrder::told_as).collect(),
                    differs: differs(db, &ids)?,
                    ids,
                })
            };
            groups.into_iter().map(view).collect()
        };
        Ok(self.db.read(look)?)
    }

    /// Divides a shipment: some of its goods go into a new one, with a number of its own.
    ///
    /// # Errors
    /// No such order; the database. What cannot be divided comes back as left.
    pub async fn split(self: &Arc<Self>, ask: SplitAsk) -> Result<ActDone, Trouble> {
        let (station, now_ms) = (Arc::clone(self), self.now_ms());
        let begun = self.db.write(move |db| station.divide(db, &ask, now_ms)).await?;
        Ok(self.began(DeedKind::Split, begun))
    }

    /// Sends an order again (补发): a further shipment of the same goods, with a number of its own.
    /// What was to be collected for them is not collected twice.
    ///
    /// # Errors
    /// [`Code::ReasonMissing`]; no such order; the database.
    pub async fn reship(self: &Arc<Self>, id: i64, reason: &str) -> Result<ActDone, Trouble> {
        let reason = reason.trim().to_owned();
        if reason.is_empty() {
            return Err(Trouble::new(Code::ReasonMissing, Action::None, []));
        }
        let (station, now_ms) = (Arc::clone(self), self.now_ms());
        let begun = self.db.write(move |db| station.send_again(db, id, &reason, now_ms)).await?;
        Ok(self.began(DeedKind::Reship, begun))
    }

    fn began(&self, deed: DeedKind, begun: Begun) -> ActDone {
        let (ids, left) = match begun {
            Ok((id, step)) => {
                self.live().undo = Some(Undo { deed, steps: vec![step] });
                (vec![id], Vec::new())
            }
            Err(why) => (Vec::new(), vec![Left { why, n: 1 }]),
        };
        self.touch();
        ActDone { deed, done: u32::try_from(ids.len()).unwrap_or(0), left, ids }
    }

    fn divide(&self, db: &Connection, ask: &SplitAsk, now_ms: i64) -> Result<Begun, ShipmentError> {
        let id = ask.id;
        if !waits(db, id)? {
            return Ok(Err(LeftWhy::AtCarrier));
        }
        let order = intake::order_of(db, id)?;
        if order.back {
            return Ok(Err(LeftWhy::IsReturn));
        }
        // Customs are told of an order's lines, not of a part of them.
        if !others(db, id)?.is_empty() || order.receiver.address.is_abroad() {
            return Ok(Err(LeftWhy::WithAnother));
        }
        let lines = carried::lines(db, id)?;
        let Some(Parts { stay, go }) = divided(&order, &lines, &ask.moved) else {
            return Ok(Err(LeftWhy::Already));
        };
        let new = self.further(db, &order, id, ("split_off", &order.nth.to_string()), now_ms)?;
        let (was, listed) = (load::of(db, id)?, carried::listed(db, id)?);
        let step = Step::Begun { id: new, of: id, load: was, lines: listed };
        let rest_g = order.weight_g.zip(ask.weight_g).and_then(|(all, part)| all.checked_sub(part));
        for (id, lines, weight_g) in
            [(id, &stay, rest_g.filter(|grams| *grams > 0)), (new, &go, ask.weight_g)]
        {
            load::list(db, id, lines)?;
            load::set(db, id, Some(&carried::load(db, id, weight_g)?))?;
            load::forget_buyer(db, id)?;
            self.recheck(db, id, ("split", ""), now_ms)?;
        }
        Ok(Ok((new, step)))
    }

    fn send_again(
        &self,
        db: &Connection,
        id: i64,
        reason: &str,
        now_ms: i64,
    ) -> Result<Begun, ShipmentError> {
        if shipment::state(db, id)? != State::Printed || load::leader(db, id)?.is_some() {
            return Ok(Err(LeftWhy::NoNumber));
        }
        let order = intake::order_of(db, id)?;
        if order.back {
            return Ok(Err(LeftWhy::IsReturn));
        }
        let new = self.further(db, &order, id, ("reshipped", reason), now_ms)?;
        let was = load::of(db, id)?;
        if let Some(load) = &was {
            let lines = carried::lines(db, id)?;
            load::list(db, new, &carried::plain(&lines))?;
            load::set(db, new, Some(load))?;
        }
        shipment::tell(db, id, "reshipped", reason, now_ms)?;
        self.recheck(db, new, ("checked", ""), now_ms)?;
        let lines = carried::listed(db, id)?;
        Ok(Ok((new, Step::Begun { id: new, of: id, load: was, lines })))
    }

    /// A further shipment of an order, with the flag, the note and the carrier of the one it comes
    /// from.
    pub(crate) fn further(
        &self,
        db: &Connection,
        order: &StoredOrder,
        of: i64,
        (said, note): (&str, &str),
        now_ms: i64,
    ) -> Result<i64, ShipmentError> {
        let (last, sort_at_ms) = load::last_of(db, order.id)?;
        let (order_id, nth, sender) = (order.id, last + 1, order.sender.as_str());
        let new =
            NewShipment { order_id, nth, buyer: 0, faults: &[], sender, sort_at_ms, said, note };
        let id = shipment::create(db, &new, now_ms)?;
        let was = hand::of(db, of)?;
        hand::put(db, id, &hand::Hand { account: was.wanted.clone(), hold: None, ..was })?;
        Ok(id)
    }

    /// Puts a group together, unless the check would stop it then. The first one answers.
    pub(crate) fn join_checked(
        &self,
        db: &Connection,
        group: &[i64],
        now_ms: i64,
    ) -> Result<Joined, ShipmentError> {
        let (id, members) = (group[0], &group[1..]);
        db.execute_batch("SAVEPOINT joined")?;
        self.go_together(db, id, members, ("merged", ""), now_ms)?;
        let free = shipment::state(db, id)? == State::Ready;
        if !free {
            db.execute_batch("ROLLBACK TO joined")?;
        }
        db.execute_batch("RELEASE joined")?;
        Ok(if free {
            Joined::Yes(Step::Joined { id, members: members.to_vec() })
        } else {
            Joined::WouldBeHeld
        })
    }

    /// Lets orders go with another one. Those that already went with one of them go along.
    pub(crate) fn go_together(
        &self,
        db: &Connection,
        id: i64,
        members: &[i64],
        (said, _): (&str, &str),
        now_ms: i64,
    ) -> Result<(), ShipmentError> {
        let leader = intake::order_of(db, id)?.number;
        let mut numbers = Vec::new();
        for member in members {
            numbers.push(intake::order_of(db, *member)?.number);
            load::go_with(db, *member, Some(id))?;
            shipment::tell(db, *member, "merged_into", &leader, now_ms)?;
        }
        self.carry(db, id)?;
        self.recheck(db, id, (said, &numbers.join(" ")), now_ms)?;
        Ok(())
    }

    /// Lets orders that went with another one go by themselves again.
    pub(crate) fn go_apart(
        &self,
        db: &Connection,
        id: i64,
        members: &[i64],
        said: (&str, &str),
        now_ms: i64,
    ) -> Result<(), ShipmentError> {
        for member in members {
            load::go_with(db, *member, None)?;
            self.recheck(db, *member, said, now_ms)?;
        }
        self.carry(db, id)?;
        self.recheck(db, id, said, now_ms)?;
        Ok(())
    }

    /// Notes what a shipment carries now that others came or went.
    fn carry(&self, db: &Connection, id: i64) -> Result<(), ShipmentError> {
        if others(db, id)?.is_empty() && carried::listed(db, id)?.is_empty() {
            return load::set(db, id, None);
        }
        let weight_g = carried::weight_together(db, id)?;
        load::set(db, id, Some(&carried::load(db, id, weight_g)?))
    }
}

/// Whether no carrier is asked for it, and it answers for itself.
///
/// # Errors
/// SQL errors.
pub(crate) fn waits(db: &Connection, id: i64) -> Result<bool, ShipmentError> {
    Ok(before_carrier(shipment::state(db, id)?) && load::leader(db, id)?.is_none())
}

/// Other orders' shipments that go with it.
pub(crate) fn others(db: &Connection, id: i64) -> Result<Vec<i64>, ShipmentError> {
    let own = order_id(db, id)?;
    let mut found = Vec::new();
    for member in load::members(db, id)? {
        if order_id(db, member)? != own {
            found.push(member);
        }
    }
    Ok(found)
}

fn order_id(db: &Connection, id: i64) -> Result<i64, ShipmentError> {
    Ok(db
        .prepare_cached("SELECT order_id FROM shipment WHERE id = ?1")?
        .query_row([id], |row| row.get(0))?)
}

/// Groups that could go together, the one that answers first; and how many of the rest cannot, why.
type Groups = (Vec<Vec<i64>>, BTreeMap<LeftWhy, usize>);

pub(crate) fn groups(db: &Connection, ids: &[i64]) -> Result<Groups, ShipmentError> {
    let mut left: BTreeMap<LeftWhy, usize> = BTreeMap::new();
    let mut leave = |why, n| *left.entry(why).or_insert(0) += n;
    let mut by: BTreeMap<i64, Vec<(bool, i64, i64)>> = BTreeMap::new();
    for &id in ids {
        let found = db
            .prepare_cached(
                "SELECT buyer, into_id IS NOT NULL, sort_at_ms, state,
                        generation > 0
                          OR EXISTS (SELECT 1 FROM outbox o
                                      WHERE o.shipment_id = s.id AND o.attempt > 0)
                          OR EXISTS (SELECT 1 FROM shipment m
                                      WHERE m.into_id = s.id AND m.order_id <> s.order_id)
                   FROM shipment s WHERE id = ?1",
            )?
            .query_row([id], |row| {
                let state: String = row.get(3)?;
                Ok((row.get(0)?, row.get::<_, bool>(1)?, row.get(2)?, state, row.get(4)?))
            })?;
        match (found, shipment::state(db, id)?) {
            ((_, true, ..), _) => leave(LeftWhy::WithAnother, 1),
            ((0, ..), State::Ready) => leave(LeftWhy::Alone, 1),
            ((buyer, _, sort_at_ms, _, asked), State::Ready) => {
                by.entry(buyer).or_default().push((asked, sort_at_ms, id));
            }
            (_, State::Held | State::Refused) => leave(LeftWhy::Faulty, 1),
            (_, State::Requested | State::Voiding) => leave(LeftWhy::AtCarrier, 1),
            (_, State::Waybilled | State::Printed) => leave(LeftWhy::Numbered, 1),
        }
    }
    let mut groups = Vec::new();
    for (_, mut group) in by {
        // Whom a carrier may know already answers, so that its key is the one that is used again;
        // likewise the one that others went with before.
        group.sort_by_key(|(asked, sort_at_ms, id)| (!asked, *sort_at_ms, *id));
        group.dedup();
        let known = group.iter().filter(|(asked, ..)| *asked).count();
        if known > 1 {
            leave(LeftWhy::AskedBefore, known - 1);
            group.drain(1..known);
        }
        if group.len() < 2 {
            leave(LeftWhy::Alone, group.len());
            continue;
        }
        groups.push(group.into_iter().map(|(_, _, id)| id).collect());
    }
    groups.sort();
    Ok((groups, left))
}

/// What is not the same in a group, and what it comes to together.
pub(crate) fn differs(db: &Connection, group: &[i64]) -> Result<Vec<Differs>, ShipmentError> {
    let orders: Result<Vec<StoredOrder>, _> =
        group.iter().map(|id| intake::order_of(db, *id)).collect();
    let orders = orders?;
    let Some((first, rest)) = orders.split_first() else { return Ok(Vec::new()) };
    let other = |same: &dyn Fn(&StoredOrder) -> bool| !rest.iter().all(same);
    let mut found = Vec::new();
    if other(&|it| it.note == first.note) {
        let mut notes: Vec<&str> = orders.iter().map(|it| it.note.as_str()).collect();
        notes.retain(|note| !note.is_empty());
        notes.dedup();
        found.push(Differs::Notes { text: notes.join("；") });
    }
    if other(&|it| it.services.pay == first.services.pay) {
        found.push(Differs::Pay);
    }
    let sum = |of: &dyn Fn(&StoredOrder) -> Option<u32>| {
        orders.iter().filter_map(of).fold(0_u32, u32::saturating_add)
    };
    // Sums are said even where they are the same: together they are another sum.
    let cod_fen = sum(&|it| it.services.cod_fen);
    if cod_fen > 0 {
        found.push(Differs::Cod { fen: cod_fen });
    }
    let insured_fen = sum(&|it| it.services.insured_fen);
    if insured_fen > 0 {
        found.push(Differs::Insured { fen: insured_fen });
    }
    if other(&|it| it.services.slip == first.services.slip) {
        found.push(Differs::Slip);
    }
    if other(&|it| it.wanted == first.wanted) {
        found.push(Differs::Carriers);
    }
    if other(&|it| it.sender == first.sender) {
        found.push(Differs::Senders);
    }
    Ok(found)
}

/// An order's lines in two shipments.
struct Parts {
    stay: Vec<load::Line>,
    go: Vec<load::Line>,
}

/// What of the lines stays and what goes; `None` if nothing would be left of one of them, or more
/// should go than there is. `moved` is by the goods as a person sees them; the same goods may stand
/// on several lines.
fn divided(order: &StoredOrder, lines: &[Carried], moved: &[u32]) -> Option<Parts> {
    let all: u32 = order.items.iter().map(|item| item.quantity).sum();
    let going: u32 = moved.iter().sum();
    let enough = order.items.iter().zip(moved).all(|(item, n)| *n <= item.quantity);
    if moved.len() != order.items.len() || going == 0 || going >= all || !enough {
        return None;
    }
    let mut wanted = moved.to_vec();
    let (mut stay, mut go) = (Vec::new(), Vec::new());
    for (place, line) in lines.iter().enumerate() {
        let same = |at: &usize| order.items[*at].title == line.title && wanted[*at] > 0;
        let own = (lines.len() == wanted.len()).then_some(place);
        let from = own.or_else(|| (0..wanted.len()).find(same));
        let taken = from.map_or(0, |at| wanted[at].min(line.quantity));
        if let Some(at) = from {
            wanted[at] -= taken;
        }
        go.extend((taken > 0).then_some((line.order_id, line.line, taken)));
        let rest = line.quantity - taken;
        stay.extend((rest > 0).then_some((line.order_id, line.line, rest)));
    }
    Some(Parts { stay, go })
}
