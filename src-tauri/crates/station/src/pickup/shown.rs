//! Couriers, for those who look: who sends them, what is known of bookings, what can be done.

use super::{
    is_open,
    row::{self, Pickup},
};
use crate::{
    Account, Station,
    carrier::{offers::Window, pickup::Fees},
    intake,
    trouble::{Action, Code, Trouble},
    view::{PickupOffer, PickupView, PickupWay, Row, State, Verb},
};

/// Bookings that are listed.
const LISTED_MAX: u32 = 500;

impl Station {
    /// Accounts that send couriers, and when those may come.
    pub fn pickup_offers(&self) -> Vec<PickupOffer> {
        let now_ms = self.now_ms();
        let offer = |account: &Account| {
            let windows = account.carrier.picks_up()?.windows(now_ms);
            Some(PickupOffer { account: account.config.name.clone(), windows })
        };
        self.accounts.iter().filter(|account| !account.config.off).filter_map(offer).collect()
    }

    /// The newest bookings.
    ///
    /// # Errors
    /// The database.
    pub fn pickups(&self) -> Result<Vec<PickupView>, Trouble> {
        let rows = self.db.read(|db| row::newest(db, LISTED_MAX))?;
        rows.into_iter().map(|row| self.view_of(row)).collect()
    }

    /// All bookings of a shipment, newest first.
    ///
    /// # Errors
    /// The database.
    pub fn pickups_of(&self, shipment_id: i64) -> Result<Vec<PickupView>, Trouble> {
        let rows = self.db.read(|db| row::of_shipment(db, shipment_id))?;
        rows.into_iter().map(|row| self.view_of(row)).collect()
    }

    /// What couriers can do for a shipment now.
    pub(crate) fn courier_verbs(&self, row: &Row, pickups: &[PickupView]) -> Vec<Verb> {
        let sends = |account: &Account| !account.config.off && account.carrier.picks_up().is_some();
        let comes = |way| pickups.iter().any(|it| it.way == way && is_open(it.state));
        let (way, verb) = match row.state {
            // Its number is a label of ours: whoever sends it hands it in.
            _ if row.back => return Vec::new(),
            State::Ready | State::Refused => (PickupWay::Send, Verb::PickUp),
            State::Printed => (PickupWay::Back, Verb::BringBack),
            State::Held | State::Requested | State::Waybilled | State::Voiding => {
                return Vec::new();
            }
        };
        if comes(way) || !self.accounts.iter().any(sends) { Vec::new() } else { vec![verb] }
    }

    pub(super) fn pickup(&self, id: i64) -> Result<Pickup, Trouble> {
        self.db
            .read(|db| row::get(db, id))?
            .ok_or_else(|| Trouble::new(Code::NoPickup, Action::None, [("id", id.to_string())]))
    }

    pub(super) fn pickup_view(&self, id: i64) -> Result<PickupView, Trouble> {
        self.view_of(self.pickup(id)?)
    }

    fn view_of(&self, row: Pickup) -> Result<PickupView, Trouble> {
        let order = self.db.read(|db| intake::order_of(db, row.shipment_id))?;
        let fees: Option<Fees> = read_or_none(row.fees.as_deref());
        let courier = read_or_none(row.courier.as_deref());
        Ok(PickupView {
            id: row.id,
            order_no: order.number,
            way: row.way,
            account: row.account,
            state: row.state,
            calling_off: row.off_why.is_some() && is_open(row.state),
            window: Window { from_ms: row.from_ms, to_ms: row.to_ms },
            asked_at_ms: row.asked_at_ms,
            carrier: row.carrier,
            no: row.no,
            courier,
            fees_differ: fees.is_some_and(|fees| !fees.adds_up()),
            fees,
            word: row.word,
            said: row.said,
        })
    }
}

/// What a version to come wrote and cannot be read is not shown.
fn read_or_none<T: serde::de::DeserializeOwned>(json: Option<&str>) -> Option<T> {
    json.and_then(|json| serde_json::from_str(json).ok())
}
