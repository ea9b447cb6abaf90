//! The sheet of a manifest, as the driver signs it.

use super::{kept, manifest_no};
use crate::{
    Station, intake,
    order::Address,
    trouble::{Action, Code, Trouble},
};
use label::forms::lists::{HandoverSheet, Parcel};

impl Station {
    /// What stands on the sheet of a manifest.
    ///
    /// # Errors
    /// [`Code::ManifestNone`]; the database.
    pub(crate) fn manifest_sheet(&self, id: i64, made_at: &str) -> Result<HandoverSheet, Trouble> {
        let manifest = self.db.read(|db| kept::get(db, id))?.ok_or_else(|| {
            Trouble::new(Code::ManifestNone, Action::None, [("code", id.to_string())])
        })?;
        let mut lines = self.db.read(|db| kept::lines(db, id, u32::MAX))?;
        // As they were scanned.
        lines.reverse();
        let mut parcels: Vec<Parcel> = Vec::new();
        for line in lines {
            let order = self.db.read(|db| intake::order_of(db, line.shipment_id))?;
            let of_above = parcels.last().is_some_and(|above| above.order_no == line.order_no);
            parcels.push(Parcel {
                // Nobody weighed it: its order's weight stands in the line above, if anywhere.
                with_above: of_above && line.weight_g.is_none(),
                waybill_no: line.no,
                order_no: line.order_no,
                destination: destination(&order.receiver.address),
                weight_g: line.weight_g,
            });
        }
        Ok(HandoverSheet {
            carrier_name: manifest.account.clone(),
            sender_name: self.config.sender.name.clone(),
            made_at: made_at.to_owned(),
            no: manifest_no(&manifest),
            parcels,
        })
    }
}

/// City and district, no street.
fn destination(at: &Address) -> String {
    let city = if at.city.is_empty() { &at.province } else { &at.city };
    if *city == at.district { city.clone() } else { format!("{city}{}", at.district) }
}
