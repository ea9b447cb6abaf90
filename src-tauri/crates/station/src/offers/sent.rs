//! What accounts say of parcels under way, and of their outlets. Both are paid for by the call.

use super::{no_offer, trouble};
use crate::{
    Account, Station,
    accounts::Paced,
    carrier::{
        Secret,
        offers::{EtasTold, Outlet, Route, RoutesTold, Sent, Way},
    },
    intake,
    shipment::{ShipmentError, waybill},
    tracking::{self, eta::By},
    trouble::{Action, Code, Trouble},
    view::EtaView,
};
use rusqlite::Connection;

impl Station {
    /// When an order's parcel, which is under way, arrives: what its carrier tells by itself costs
    /// nothing. Else the carrier is asked to tell it from now on, where it can and somebody here
    /// listens, or asked once. `now`: asked once, whatever is told. The answer is kept.
    ///
    /// # Errors
    /// [`Code::NoWaybill`], [`Code::NoOffer`]; the carrier's answer as a trouble; the database.
    pub async fn eta(&self, id: i64, now: bool) -> Result<EtaView, Trouble> {
        let (account, sent) = self.sent(id)?;
        let (name, door) = (&account.config.name, Paced::aside(self, account));
        let failed = |error| trouble(name, &error);
        let (follows, known) = self.db.read(|db| -> Result<_, ShipmentError> {
            let follows = tracking::eta::is_kept(db, name, &sent.no)?;
            Ok((follows, tracking::eta::known(db, name, &sent.no)?))
        })?;
        let told = known.as_ref().is_some_and(|known| known.told);
        // What it tells needs a place to be kept in.
        let teller = self.eta_teller(account).filter(|_| follows && !now);
        let (eta, by) = match (known.filter(|_| told), teller) {
            (Some(known), Some(_)) => return Ok(known),
            (None, Some(teller)) => {
                (teller.tell_eta(&door, &sent).await.map_err(failed)?, By::Told)
            }
            (_, None) => {
                let asked = account.carrier.estimates_sent().ok_or_else(no_offer)?;
                (Some(asked.estimate_sent(&door, &sent).await.map_err(failed)?), By::Asked)
            }
        };
        let now_ms = self.now_ms();
        let at_ms = eta.as_ref().map(|_| now_ms);
        let (at, no, kept) = (name.clone(), sent.no.clone(), eta.clone());
        let keep =
            move |db: &Connection| tracking::eta::keep(db, (&at, &no), kept.as_ref(), now_ms, by);
        self.db.write(keep).await.map_err(ShipmentError::from)?;
        self.touch();
        let (when, hours) = eta.map(|eta| (eta.when, eta.hours)).unwrap_or_default();
        Ok(EtaView { when, hours, at_ms, told: told || by == By::Told })
    }

    /// Who tells when an account's parcels arrive, if somebody here listens.
    fn eta_teller<'a>(&self, account: &'a Account) -> Option<&'a dyn EtasTold> {
        self.config.receive.as_ref()?;
        account.carrier.tells_etas()
    }

    /// Whether an account says when a parcel arrives, in either way.
    pub(crate) fn estimates(&self, account: &Account) -> bool {
        account.carrier.estimates_sent().is_some() || self.eta_teller(account).is_some()
    }

    /// Where on the map an order's parcel was: what its carrier told costs nothing. Else the
    /// carrier is asked to tell of it from now on, where it can and somebody here listens, or
    /// asked once. `now`: asked once, whatever is known.
    ///
    /// # Errors
    /// [`Code::NoWaybill`], [`Code::NoOffer`]; the carrier's answer as a trouble; the database.
    pub async fn route_map(&self, id: i64, now: bool) -> Result<Route, Trouble> {
        let (account, sent) = self.sent(id)?;
        let (name, door) = (&account.config.name, Paced::aside(self, account));
        let failed = |error| trouble(name, &error);
        if !now {
            let told = self.db.read(|db| tracking::told_route(db, name, &sent.no));
            match (told.map_err(ShipmentError::from)?, self.route_teller(account)) {
                (Some(Some(route)), _) => return Ok(route),
                // What it tells has a place to be kept in.
                (Some(None), Some(teller)) => {
                    let route = teller.tell_route(&door, &sent).await.map_err(failed)?;
                    let route = Route { told_at_ms: Some(self.now_ms()), ..route };
                    let (at, no, kept) = (name.clone(), sent.no.clone(), route.clone());
                    // The carrier's clock counts: its first push may seem older than this.
                    let keep =
                        self.db.write(move |db| tracking::keep_route(db, (&at, &no), &kept, 0));
                    keep.await.map_err(ShipmentError::from)?;
                    self.touch();
                    return Ok(route);
                }
                (Some(None) | None, _) => {}
            }
        }
        let asked = account.carrier.routes().ok_or_else(no_offer)?;
        asked.route(&door, &sent).await.map_err(failed)
    }

    /// Who tells routes of an account's parcels, if somebody here listens.
    fn route_teller<'a>(&self, account: &'a Account) -> Option<&'a dyn RoutesTold> {
        self.config.receive.as_ref()?;
        account.carrier.tells_routes()
    }

    /// Whether an account says where on the map a parcel is, in either way.
    pub(crate) fn maps(&self, account: &Account) -> bool {
        account.carrier.routes().is_some() || self.route_teller(account).is_some()
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
