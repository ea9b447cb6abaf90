//! What is known of parcels, as people see it.

use super::{eta, shown};
use crate::{
    Station,
    carrier::track::TrackEvent,
    shipment::{ShipmentError, waybill},
    trouble::Trouble,
    view::{TrackEventView, TrackView},
};

impl Station {
    /// What the carrier said of a shipment's parcel; `None` if it is not asked after.
    ///
    /// # Errors
    /// The database.
    pub(crate) fn timeline(&self, id: i64) -> Result<Option<TrackView>, Trouble> {
        let known = self.db.read(|db| -> Result<_, ShipmentError> {
            let Some(row) = shown::of_shipment(db, id)? else { return Ok(None) };
            Ok(Some(shown::known(db, row)?))
        })?;
        let Some(known) = known else { return Ok(None) };
        let mut view = view(known);
        let Some(live) = self.db.read(|db| waybill::live(db, id))? else { return Ok(Some(view)) };
        let said = self.db.read(|db| eta::known(db, &live.account, &live.waybill.no));
        let said = said.map_err(ShipmentError::from)?;
        view.eta = said;
        if let Ok(account) = self.account(&live.account) {
            view.maps |= self.maps(account);
            view.estimates = self.estimates(account);
        }
        Ok(Some(view))
    }
}

/// The same for people, but for what its account can be asked.
pub fn view(known: shown::Known) -> TrackView {
    let event = |event: TrackEvent| TrackEventView {
        at_ms: event.at_ms,
        stage: event.stage,
        word: event.word,
        text: event.text,
        place: event.place,
    };
    TrackView {
        stage: known.stage,
        asked_at_ms: known.asked_at_ms,
        next_at_ms: known.due_at_ms.filter(|at_ms| *at_ms > 0),
        said: known.said,
        events: known.events.into_iter().map(event).collect(),
        maps: known.drawn,
        eta: None,
        estimates: false,
    }
}
