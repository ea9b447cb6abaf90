//! What accounts say of parcels under way, and of their outlets. Both are paid for by the call.

use super::{no_offer, trouble};
use crate::{
    Account, Station,
    accounts::Paced,
    carrier::{
        Secret,
        offers::{Outlet, Route, Sent, Way},
    },
    intake,
    shipment::waybill,
    tracking,
    trouble::{Action, Code, Trouble},
    view::WayOf,
};

impl Station {
    /// When an order's parcel, which is under way, arrives, if its account says so.
    ///
    /// # Errors
    /// [`Code::NoWaybill`], [`Code::NoOffer`]; the carrier's answer as a trouble.
    pub async fn eta(&self, id: i64) -> Result<WayOf, Trouble> {
        let (account, sent) = self.sent(id)?;
        let asked = account.carrier.estimates_sent().ok_or_else(no_offer)?;
        let name = &account.config.name;
        let eta = asked.estimate_sent(&Paced::aside(self, account), &sent).await;
        let eta = eta.map_err(|error| trouble(name, &error))?;
        let (account, when, hours) = (name.clone(), eta.when, eta.hours);
        Ok(WayOf { account, when, hours, ..WayOf::default() })
    }

    /// Where on the map an order's parcel was, if its account says so.
    ///
    /// # Errors
    /// [`Code::NoWaybill`], [`Code::NoOffer`]; the carrier's answer as a trouble.
    pub async fn route_map(&self, id: i64) -> Result<Route, Trouble> {
        let (account, sent) = self.sent(id)?;
        let asked = account.carrier.routes().ok_or_else(no_offer)?;
        let route = asked.route(&Paced::aside(self, account), &sent).await;
        route.map_err(|error| trouble(&account.config.name, &error))
    }

    /// An order's parcel, and the account that has its number.
    fn sent(&self, id: i64) -> Result<(&Account, Sent), Trouble> {
        let live = self.db.read(|db| waybill::live(db, id))?;
        let live = live.ok_or_else(|| {
            Trouble::new(Code::NoWaybill, Action::None, [("order", id.to_string())])
        })?;
        let tail = |phone: &str| Secret::new(tracking::phone_tail(phone));
        let order = self.db.read(|db| intake::order_of(db, id))?;
        // As it was sent, whatever the settings say now.
        let (from, to) = (live.facts.sender.address, live.facts.receiver.address);
        let sent = Sent {
            way: Way { from, to, ..self.way_of(&order) },
            no: live.waybill.no,
            phone_tails: [tail(&live.facts.sender.phone), tail(&live.facts.receiver.phone)],
            left_at_ms: live.issued_at_ms,
        };
        Ok((self.account(&live.account)?, sent))
    }

    /// The outlets of an account's carrier near an order's receiver, or near us.
    ///
    /// # Errors
    /// [`Code::NoAccount`], [`Code::NoOffer`]; the carrier's answer as a trouble.
    pub async fn outlets(
        &self,
        account: &str,
        id: i64,
        ours: bool,
    ) -> Result<Vec<Outlet>, Trouble> {
        let asked = self.account(account)?;
        let outlets = asked.carrier.outlets().ok_or_else(no_offer)?;
        let way = self.way_of(&self.db.read(|db| intake::order_of(db, id))?);
        let near = if ours { way.from } else { way.to };
        let found = outlets.outlets(&Paced::aside(self, asked), &near).await;
        found.map_err(|error| trouble(account, &error))
    }
}
