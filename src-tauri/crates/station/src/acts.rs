//! What people do with a selection: hold, let go, flag, note, choose a carrier, put together, give
//! numbers back. Each says with how many it was done, and why not with the others.

use crate::{
    Station,
    ask::beyond,
    intake::{self, StoredOrder},
    shipment::{
        self, ShipmentError,
        hand::{self, Hand},
        load, waybill,
    },
    together::{self, Joined},
    trouble::{Code, Trouble},
    undo::{Step, Undo, before_carrier},
    view::{Act, ActDone, Deed, Flag, Left, LeftWhy, Right, State},
};
use rusqlite::Connection;
use std::{collections::BTreeMap, sync::Arc};

/// Shipments of one transaction: other writers wait no longer than this takes.
const CHUNK: usize = 200;

/// What came of one shipment: a step to take back, or why nothing was done.
type Outcome = Result<Option<Step>, LeftWhy>;

/// What came of all so far.
#[derive(Default)]
pub(crate) struct Sum {
    pub steps: Vec<Step>,
    pub ids: Vec<i64>,
    pub left: BTreeMap<LeftWhy, u32>,
}

impl Sum {
    pub fn leave(&mut self, why: LeftWhy, n: usize) {
        *self.left.entry(why).or_insert(0) += u32::try_from(n).unwrap_or(u32::MAX);
    }
}

impl Station {
    /// Does something with each of a selection. It can be taken back with [`Station::undo`] until
    /// the next act, unless it is a void.
    ///
    /// # Errors
    /// No such account or sender; a void without the right to it; the database.
    pub async fn act(self: &Arc<Self>, act: Act) -> Result<ActDone, Trouble> {
        let Act { mut ids, deed } = act;
        ids.truncate(crate::ship::SHIP_MAX);
        if let Deed::Carrier { account: Some(name) } = &deed {
            self.account(name)?.open_for_orders()?;
        }
        if let Deed::Sender { profile: Some(profile) } = &deed {
            self.is_sender(profile)?;
        }
        if deed == Deed::Void {
            self.may(Right::Void)?;
        }
        let sum = match deed.clone() {
            Deed::Void => self.void_all(ids).await?,
            Deed::Merge { despite } => self.merge(ids, despite).await?,
            deed => self.each(ids, deed).await?,
        };
        Ok(self.acted(&deed, sum))
    }

    /// Keeps what was done, so that it can be taken back, and says what came of it.
    fn acted(&self, deed: &Deed, sum: Sum) -> ActDone {
        let deed = deed.kind();
        let done = u32::try_from(sum.ids.len()).unwrap_or(u32::MAX);
        if !(sum.ids.is_empty() && sum.steps.is_empty()) {
            let steps = sum.steps;
            self.live().undo = (!steps.is_empty()).then_some(Undo { deed, steps });
        }
        self.wake_all();
        tracing::info!(deed = ?deed, done, "done by hand");
        let left = sum.left.into_iter().map(|(why, n)| Left { why, n }).collect();
        ActDone { deed, done, left, ids: sum.ids }
    }

    async fn each(self: &Arc<Self>, ids: Vec<i64>, deed: Deed) -> Result<Sum, Trouble> {
        let mut sum = Sum::default();
        for chunk in ids.chunks(CHUNK) {
            let (station, chunk, deed) = (Arc::clone(self), chunk.to_vec(), deed.clone());
            let now_ms = self.now_ms();
            let done = self
                .db
                .write(move |db| -> Result<Vec<(i64, Outcome)>, ShipmentError> {
                    let one = |id| Ok((id, station.act_on(db, id, &deed, now_ms)?));
                    chunk.into_iter().map(one).collect()
                })
                .await?;
            for (id, outcome) in done {
                match outcome {
                    Ok(step) => {
                        sum.ids.push(id);
                        sum.steps.extend(step);
                    }
                    Err(why) => sum.leave(why, 1),
                }
            }
        }
        Ok(sum)
    }

    fn act_on(
        &self,
        db: &Connection,
        id: i64,
        deed: &Deed,
        now_ms: i64,
    ) -> Result<Outcome, ShipmentError> {
        let was = match hand::of(db, id) {
            Err(ShipmentError::Missing(_)) => return Ok(Err(LeftWhy::Gone)),
            was => was?,
        };
        if load::leader(db, id)?.is_some() {
            return Ok(Err(LeftWhy::WithAnother));
        }
        let state = shipment::state(db, id)?;
        let one = One { db, id, state, was, now_ms };
        match deed {
            Deed::Flag { flag } => {
                let hand = Hand { flag: Flag::number(*flag), ..one.was.clone() };
                one.put(&hand, "flagged", &word_of(*flag)?)
            }
            Deed::Note { text } => {
                let hand = Hand { memo: text.trim().to_owned(), ..one.was.clone() };
                one.put(&hand, "noted", text.trim())
            }
            Deed::Hold { why } => self.hold(&one, why.trim()),
            Deed::Release => self.release(&one),
            Deed::Carrier { account } => self.choose(&one, account.as_deref()),
            Deed::Sender { profile } => self.send_as(&one, profile.as_deref()),
            Deed::Part => self.part_one(&one),
            Deed::Merge { .. } | Deed::Void => Ok(Err(LeftWhy::Already)),
        }
    }

    fn hold(&self, one: &One<'_>, why: &str) -> Result<Outcome, ShipmentError> {
        if let Some(left) = one.asked() {
            return Ok(Err(left));
        }
        // A hold without words would say nothing to the next who finds it.
        let why = if why.is_empty() { "-" } else { why };
        let hand = Hand { hold: Some(why.to_owned()), ..one.was.clone() };
        if hand == one.was {
            return Ok(Err(LeftWhy::Already));
        }
        let step = one.step()?;
        hand::put(one.db, one.id, &hand)?;
        self.recheck(one.db, one.id, ("held_by_hand", why), one.now_ms)?;
        Ok(Ok(Some(step)))
    }

    fn release(&self, one: &One<'_>) -> Result<Outcome, ShipmentError> {
        match one.state {
            State::Held => {}
            State::Refused => return Ok(Err(LeftWhy::Faulty)),
            _ => return Ok(Err(one.asked().unwrap_or(LeftWhy::Already))),
        }
        let step = one.step()?;
        hand::put(one.db, one.id, &Hand { hold: None, ..one.was.clone() })?;
        let now = self.recheck(one.db, one.id, ("released", ""), one.now_ms)?;
        let free = now == State::Ready;
        Ok(if free { Ok(Some(step)) } else { Err(LeftWhy::Faulty) })
    }

    fn choose(&self, one: &One<'_>, account: Option<&str>) -> Result<Outcome, ShipmentError> {
        if let Some(left) = one.asked() {
            return Ok(Err(left));
        }
        let name = account.unwrap_or_default();
        if one.was.wanted == name && one.was.account == name {
            return Ok(Err(LeftWhy::Already));
        }
        let order = intake::order_of(one.db, one.id)?;
        if !name.is_empty() && !self.can_carry(name, &order) {
            return Ok(Err(LeftWhy::CannotCarry));
        }
        let step = one.step()?;
        let (wanted, account) = (name.to_owned(), name.to_owned());
        hand::put(one.db, one.id, &Hand { wanted, account, ..one.was.clone() })?;
        self.recheck(one.db, one.id, ("carrier_chosen", name), one.now_ms)?;
        Ok(Ok(Some(step)))
    }

    fn send_as(&self, one: &One<'_>, profile: Option<&str>) -> Result<Outcome, ShipmentError> {
        if let Some(left) = one.asked() {
            return Ok(Err(left));
        }
        let sender = profile.unwrap_or_default().to_owned();
        if one.was.sender == sender {
            return Ok(Err(LeftWhy::Already));
        }
        let step = one.step()?;
        hand::put(one.db, one.id, &Hand { sender, ..one.was.clone() })?;
        let said = profile.unwrap_or_default();
        self.recheck(one.db, one.id, ("sender_chosen", said), one.now_ms)?;
        Ok(Ok(Some(step)))
    }

    /// Whether an account takes an order as it is.
    fn can_carry(&self, name: &str, order: &StoredOrder) -> bool {
        let Ok(account) = self.account(name) else { return false };
        let ask = self.consignment(account, order);
        self.faults_at(account, order).is_empty()
            && beyond(account, order).is_empty()
            && account.carrier.create_request(&ask).is_ok()
    }

    fn part_one(&self, one: &One<'_>) -> Result<Outcome, ShipmentError> {
        let members = together::others(one.db, one.id)?;
        if members.is_empty() {
            return Ok(Err(LeftWhy::Alone));
        }
        if let Some(left) = one.asked() {
            return Ok(Err(left));
        }
        self.go_apart(one.db, one.id, &members, ("parted", ""), one.now_ms)?;
        Ok(Ok(Some(Step::Parted { id: one.id, members })))
    }

    async fn merge(self: &Arc<Self>, ids: Vec<i64>, despite: bool) -> Result<Sum, Trouble> {
        let (station, now_ms) = (Arc::clone(self), self.now_ms());
        let sum = self
            .db
            .write(move |db| -> Result<Sum, ShipmentError> {
                let mut sum = Sum::default();
                let (groups, left) = together::groups(db, &ids)?;
                for (why, n) in left {
                    sum.leave(why, n);
                }
                for group in groups {
                    if !despite && !together::differs(db, &group)?.is_empty() {
                        sum.leave(LeftWhy::Differs, group.len());
                        continue;
                    }
                    match station.join_checked(db, &group, now_ms)? {
                        Joined::Yes(step) => {
                            sum.ids.push(group[0]);
                            sum.steps.push(step);
                        }
                        Joined::WouldBeHeld => sum.leave(LeftWhy::WouldBeHeld, group.len()),
                    }
                }
                Ok(sum)
            })
            .await?;
        Ok(sum)
    }

    async fn void_all(self: &Arc<Self>, ids: Vec<i64>) -> Result<Sum, Trouble> {
        let mut sum = Sum::default();
        for id in ids {
            let live = self.db.read(|db| waybill::live(db, id))?;
            if live.is_none() {
                sum.leave(LeftWhy::NoNumber, 1);
                continue;
            }
            match self.void_shipment(id).await {
                Ok(_) => sum.ids.push(id),
                Err(trouble) if trouble.code == Code::WrongState => {
                    let voiding = self.row(id)?.state == State::Voiding;
                    let why = if voiding { LeftWhy::AtCarrier } else { LeftWhy::Printing };
                    sum.leave(why, 1);
                }
                Err(trouble) => return Err(trouble),
            }
        }
        Ok(sum)
    }

    /// Checks a stored order again; `said` and its note go into the history.
    pub(crate) fn recheck(
        &self,
        db: &Connection,
        id: i64,
        said: (&str, &str),
        now_ms: i64,
    ) -> Result<State, ShipmentError> {
        let faults = self.faults_of(&intake::order_of(db, id)?);
        shipment::recheck(db, id, &faults, said, now_ms)
    }
}

/// One shipment of a selection.
struct One<'a> {
    db: &'a Connection,
    id: i64,
    state: State,
    was: Hand,
    now_ms: i64,
}

impl One<'_> {
    /// Why it is too late; `None` before a carrier was asked.
    fn asked(&self) -> Option<LeftWhy> {
        if before_carrier(self.state) {
            return None;
        }
        let numbered = matches!(self.state, State::Waybilled | State::Printed);
        Some(if numbered { LeftWhy::Numbered } else { LeftWhy::AtCarrier })
    }

    fn step(&self) -> Result<Step, ShipmentError> {
        Ok(Step::Hand {
            id: self.id,
            was: self.was.clone(),
            ready: self.state == State::Ready,
            trouble: shipment::trouble(self.db, self.id)?,
        })
    }

    /// What no check looks at.
    fn put(&self, hand: &Hand, said: &str, note: &str) -> Result<Outcome, ShipmentError> {
        if *hand == self.was {
            return Ok(Err(LeftWhy::Already));
        }
        let step = self.step()?;
        hand::put(self.db, self.id, hand)?;
        shipment::tell(self.db, self.id, said, note, self.now_ms)?;
        Ok(Ok(Some(step)))
    }
}

/// A flag as the history keeps it.
fn word_of(flag: Option<Flag>) -> Result<String, ShipmentError> {
    let json = serde_json::to_value(flag)?;
    Ok(json.as_str().unwrap_or("none").to_owned())
}
