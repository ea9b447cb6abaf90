//! What becomes of a booking, and of its shipment with it, in one transaction. A shipment whose
//! courier brings the number is `requested` until then: nobody else is asked for one meanwhile.

use super::{
    fold::Far,
    kept,
    row::{self, Pickup},
};
use crate::{
    carrier::{Fix, Waybill, pickup::PickupTold},
    outbox,
    shipment::{
        self, Event, ShipmentError,
        waybill::{self, LabelFacts},
    },
    tracking,
    trouble::{Action, Code, Trouble},
    view::{PickupState, PickupWay, State},
};
use rusqlite::Connection;

/// Nobody could be asked before the hour was over.
pub fn too_late(db: &Connection, pickup: &Pickup, now_ms: i64) -> Result<(), ShipmentError> {
    kept::rest(db, pickup.id, PickupState::Refused, "")?;
    let fields = [("account", pickup.account.clone())];
    let trouble = Trouble::new(Code::PickupTooLate, Action::Retry, fields);
    give_up(db, pickup, "pickup_late", "", &trouble, now_ms)
}

/// The carrier has it.
pub fn booked(db: &Connection, pickup: &Pickup, now_ms: i64) -> Result<(), ShipmentError> {
    let id = pickup.shipment_id;
    no_doubt(db, id)?;
    shipment::tell(db, id, said_of(pickup.way, "pickup_booked"), &pickup.account, now_ms)
}

/// The carrier declined, and nothing is there.
pub fn refused(
    db: &Connection,
    pickup: &Pickup,
    (code, said, fix): (&str, &str, Fix),
    now_ms: i64,
) -> Result<(), ShipmentError> {
    kept::rest(db, pickup.id, PickupState::Refused, said)?;
    let action = match fix {
        Fix::EditOrder => Action::EditOrder,
        Fix::EditAccount => Action::EditAccount,
        Fix::Wait => Action::Retry,
        Fix::OtherCarrier => Action::OtherCarrier,
        Fix::AskCarrier => Action::CallCarrier,
    };
    let fields =
        [("account", pickup.account.clone()), ("code", code.to_owned()), ("said", said.to_owned())];
    let trouble = Trouble::new(Code::CarrierRefused, action, fields);
    give_up(db, pickup, "pickup_refused", said, &trouble, now_ms)
}

/// Only a person can find out.
pub fn unknown(
    db: &Connection,
    pickup: &Pickup,
    why: &str,
    now_ms: i64,
) -> Result<(), ShipmentError> {
    kept::rest(db, pickup.id, PickupState::Unknown, why)?;
    let id = pickup.shipment_id;
    shipment::tell(db, id, said_of(pickup.way, "pickup_unknown"), why, now_ms)?;
    if pickup.way == PickupWay::Send && is_held_for(db, id)? {
        let fields = [("account", pickup.account.clone()), ("why", why.to_owned())];
        let trouble = Trouble::new(Code::PickupUnknown, Action::LookAgain, fields);
        shipment::set_trouble(db, id, Some(&trouble))?;
    }
    Ok(())
}

/// Called off, with certainty.
pub fn called_off(db: &Connection, pickup: &Pickup, now_ms: i64) -> Result<(), ShipmentError> {
    kept::rest(db, pickup.id, PickupState::Cancelled, "")?;
    let (id, why) = (pickup.shipment_id, pickup.off_why.as_deref().unwrap_or_default());
    match pickup.way {
        PickupWay::Send if is_held_for(db, id)? => {
            shipment::advance(db, id, Event::Withdrawn, "pickup_off", why, now_ms).map(drop)
        }
        way => shipment::tell(db, id, said_of(way, "pickup_off"), why, now_ms),
    }
}

/// The carrier does not call it off: somebody comes after all.
pub fn stays(
    db: &Connection,
    pickup: &Pickup,
    said: &str,
    now_ms: i64,
) -> Result<(), ShipmentError> {
    kept::stays(db, pickup.id, said, now_ms)?;
    let id = pickup.shipment_id;
    shipment::tell(db, id, said_of(pickup.way, "pickup_stays"), said, now_ms)
}

/// Keeps what a carrier said of a booking, and does what follows from it. Whether it was new.
pub fn hear(
    db: &Connection,
    id: i64,
    told: &PickupTold,
    now_ms: i64,
) -> Result<bool, ShipmentError> {
    let Some(before) = row::get(db, id)? else { return Ok(false) };
    let (known, new) = kept::put(db, id, told, now_ms)?;
    let Some(pickup) = row::get(db, id)? else { return Ok(false) };
    let after = next(before.state, known.far, pickup.off_why.is_some());
    if after != before.state {
        arrive(db, &pickup, before.state, after, now_ms)?;
    }
    let fetched = matches!(after, PickupState::Collected | PickupState::Delivered);
    if fetched && !pickup.no.is_empty() && (!pickup.handed || pickup.no != before.no) {
        hand_over(db, &pickup, now_ms)?;
    }
    Ok(new)
}

/// Where the lines bring a booking that stands so. What we called off, or what was refused before
/// anything could have arrived, only a courier who came all the same can change.
fn next(state: PickupState, far: Option<Far>, off: bool) -> PickupState {
    use PickupState as S;
    match (state, far) {
        (_, Some(Far::Delivered)) => S::Delivered,
        (_, Some(Far::Collected)) => S::Collected,
        (S::Cancelled | S::Refused, _) | (_, None) => state,
        (_, Some(Far::Failed)) => S::Failed,
        // Whether it was called off is not known by its having been booked.
        (S::Unknown, Some(Far::Booked)) if off => S::Unknown,
        (S::Asked | S::Unknown, Some(Far::Booked)) => S::Booked,
        (_, Some(Far::Booked)) => state,
    }
}

fn arrive(
    db: &Connection,
    pickup: &Pickup,
    from: PickupState,
    to: PickupState,
    now_ms: i64,
) -> Result<(), ShipmentError> {
    let id = pickup.shipment_id;
    match to {
        PickupState::Booked => {
            kept::booked(db, pickup.id, &Default::default(), Some(now_ms))?;
            booked(db, pickup, now_ms)
        }
        PickupState::Failed => {
            kept::rest(db, pickup.id, to, "")?;
            let fields = [("account", pickup.account.clone()), ("said", pickup.said.clone())];
            let trouble = Trouble::new(Code::PickupFailed, Action::OtherCarrier, fields);
            give_up(db, pickup, "pickup_failed", &pickup.said, &trouble, now_ms)
        }
        PickupState::Collected | PickupState::Delivered => {
            kept::rest(db, pickup.id, to, "")?;
            kept::next_look(db, pickup.id, Some(now_ms))?;
            no_doubt(db, id)?;
            if from == PickupState::Collected {
                return Ok(());
            }
            shipment::tell(db, id, said_of(pickup.way, "pickup_collected"), &pickup.no, now_ms)
        }
        PickupState::Asked
        | PickupState::Cancelled
        | PickupState::Refused
        | PickupState::Unknown => Ok(()),
    }
}

/// Nobody comes: the shipment waits for a person.
fn give_up(
    db: &Connection,
    pickup: &Pickup,
    word: &'static str,
    said: &str,
    trouble: &Trouble,
    now_ms: i64,
) -> Result<(), ShipmentError> {
    let id = pickup.shipment_id;
    if pickup.way == PickupWay::Send && is_held_for(db, id)? {
        shipment::advance(db, id, Event::Refused, word, said, now_ms)?;
        return shipment::set_trouble(db, id, Some(trouble));
    }
    shipment::tell(db, id, said_of(pickup.way, word), said, now_ms)
}

/// The courier's number becomes the shipment's; a parcel that comes back is followed from now on.
fn hand_over(db: &Connection, pickup: &Pickup, now_ms: i64) -> Result<(), ShipmentError> {
    let id = pickup.shipment_id;
    if pickup.way == PickupWay::Back {
        let Pickup { account, no, carrier, .. } = pickup;
        let phone = db.query_row(
            "SELECT o.phone FROM shipment s JOIN orders o ON o.id = s.order_id WHERE s.id = ?1",
            [id],
            |row| row.get::<_, String>(0),
        )?;
        tracking::follow(db, account, no, carrier, &phone, now_ms)?;
        return Ok(kept::handed(db, pickup.id)?);
    }
    let has = waybill::live(db, id)?.map(|live| live.waybill.no);
    let free = match shipment::state(db, id)? {
        State::Requested => outbox::open_of(db, id)?.is_none(),
        State::Ready | State::Refused | State::Held => true,
        State::Waybilled | State::Printed | State::Voiding => false,
    };
    if let Some(has) = has.filter(|has| *has != pickup.no) {
        // Sent twice, or the courier's number was changed: only a person sees which parcel it is.
        let fields = [("has", has), ("got", pickup.no.clone())];
        let trouble = Trouble::new(Code::TwoWaybills, Action::LookAgain, fields);
        shipment::set_trouble(db, id, Some(&trouble))?;
    } else if free {
        take(db, pickup, now_ms)?;
    }
    Ok(kept::handed(db, pickup.id)?)
}

/// From wherever it waits to where it has its number, and is on its way.
fn take(db: &Connection, pickup: &Pickup, now_ms: i64) -> Result<(), ShipmentError> {
    let Pickup { shipment_id: id, account, order_key, no, carrier, .. } = pickup;
    let id = *id;
    let by = "pickup_collected";
    if shipment::state(db, id)? == State::Held {
        shipment::advance(db, id, Event::Passed, by, no, now_ms)?;
    }
    if shipment::state(db, id)? != State::Requested {
        shipment::advance(db, id, Event::Requested, by, no, now_ms)?;
        shipment::set_account(db, id, account)?;
    }
    let facts: LabelFacts = serde_json::from_str(&pickup.facts)?;
    let waybill = Waybill { no: no.clone(), qr: no.clone(), ..Waybill::default() };
    waybill::record(db, id, account, order_key, &waybill, &facts, now_ms)?;
    // The courier's own label is on it.
    shipment::advance(db, id, Event::Printed, "pickup_taken", no, now_ms)?;
    Ok(tracking::of_carrier(db, account, no, carrier)?)
}

/// Whether the shipment waits for this and nobody else was asked.
fn is_held_for(db: &Connection, id: i64) -> Result<bool, ShipmentError> {
    Ok(shipment::state(db, id)? == State::Requested && outbox::open_of(db, id)?.is_none())
}

/// The doubt is settled; another trouble stays.
pub fn no_doubt(db: &Connection, id: i64) -> Result<(), ShipmentError> {
    let doubt = shipment::trouble(db, id)?.is_some_and(|it| it.code == Code::PickupUnknown);
    if doubt { shipment::set_trouble(db, id, None) } else { Ok(()) }
}

/// The word of a line in the shipment's history: what comes back is told apart.
pub fn said_of(way: PickupWay, word: &'static str) -> &'static str {
    match (way, word) {
        (PickupWay::Send, word) => word,
        (PickupWay::Back, "pickup_booked") => "return_booked",
        (PickupWay::Back, "pickup_collected") => "return_collected",
        (PickupWay::Back, "pickup_off") => "return_off",
        (PickupWay::Back, "pickup_stays") => "return_stays",
        (PickupWay::Back, "pickup_unknown") => "return_unknown",
        (PickupWay::Back, "pickup_asked") => "return_asked",
        (PickupWay::Back, "pickup_off_asked") => "return_off_asked",
        (PickupWay::Back, _) => "return_failed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_called_off_is_only_changed_by_a_courier_who_came() {
        use {Far as F, PickupState as S};
        for (state, far, off, want) in [
            (S::Asked, Some(F::Booked), false, S::Booked),
            (S::Unknown, Some(F::Booked), false, S::Booked),
            (S::Unknown, Some(F::Booked), true, S::Unknown),
            (S::Unknown, Some(F::Failed), true, S::Failed),
            (S::Cancelled, Some(F::Booked), true, S::Cancelled),
            (S::Cancelled, Some(F::Failed), true, S::Cancelled),
            (S::Cancelled, Some(F::Collected), true, S::Collected),
            (S::Refused, Some(F::Booked), false, S::Refused),
            (S::Collected, Some(F::Failed), false, S::Failed),
            (S::Booked, None, false, S::Booked),
            (S::Collected, Some(F::Delivered), false, S::Delivered),
        ] {
            assert_eq!(next(state, far, off), want, "{state:?} {far:?} {off}");
        }
    }
}
