//! One shipment in full: what it is, what happened, and what may be done with it now.

mod verbs;

use crate::{
    Station, back,
    carrier::{Waybill, parts},
    intake,
    print::{job, letters},
    reprint::job_view,
    shipment::{ShipmentError, waybill},
    trouble::Trouble,
    view::{Detail, HistoryView, ItemView, NumberView, OrderEdit},
};
use rusqlite::Connection;

/// History lines shown.
const HISTORY_MAX: u32 = 100;

impl Station {
    /// A shipment in full, unmasked: somebody opened it on purpose.
    ///
    /// # Errors
    /// No such order; the database.
    pub fn detail(&self, id: i64) -> Result<Detail, Trouble> {
        let row = self.row(id)?;
        let ((order, others), live, jobs, history, missing) =
            self.db.read(|db| -> Result<_, ShipmentError> {
                let live = waybill::live(db, id)?;
                let missing = live.as_ref().map(|live| job::missing(db, live.id)).transpose()?;
                let missing = missing.is_some_and(|missing| !missing.is_empty());
                let jobs = job::of_shipment(db, id)?;
                let order = (intake::order_of(db, id)?, back::others(db, id)?);
                Ok((order, live, jobs, history(db, id)?, missing))
            })?;
        let sender = self.sender_of(&order, live.as_ref());
        // Of a number it is as it was asked for.
        let estimate = || self.estimate(&order, &row.account);
        let freight_fen = live.as_ref().map_or_else(estimate, |live| live.facts.freight_fen);
        let letters = letters::of(&order.receiver, &[&order.goods, &order.note]);
        let at = order.receiver.address;
        let edit = OrderEdit {
            name: order.receiver.name,
            phone: order.receiver.phone,
            province: at.province,
            city: at.city,
            district: at.district,
            detail: at.detail,
            weight_g: order.weight_g,
            note: order.note,
            pay: order.services.pay,
            cod_fen: order.services.cod_fen,
            insured_fen: order.services.insured_fen,
            parcels: order.parcels,
            volume_cm3: order.volume_cm3,
            slip: order.services.slip,
            country: at.country,
            postcode: at.postcode,
            email: order.receiver.email,
            customs: order.items.iter().map(|item| item.customs.clone().into()).collect(),
        };
        let goods = order.items.into_iter();
        let items = goods.map(|it| ItemView { title: it.title, quantity: it.quantity }).collect();
        let printer = self.next_printer(id).map(|printer| printer.config.name.clone());
        let rule = self.config.routing.iter().position(|rule| rule.carrier == row.account);
        let pickups = self.pickups_of(id)?;
        let mut can = verbs::of(&row, &jobs, missing);
        can.extend(self.courier_verbs(&row, &pickups));
        let (charge, charges) = self.charge_of(id)?;
        Ok(Detail {
            can,
            numbers: live.as_ref().map(|live| numbers(&live.waybill)).unwrap_or_default(),
            edit,
            further: order.further,
            sender,
            others,
            items,
            order_key: live.as_ref().map(|live| live.order_key.clone()),
            sort_code: live.map(|live| live.waybill.sort_code).unwrap_or_default(),
            jobs: jobs.iter().map(job_view).collect(),
            history,
            told: self.told_of(id)?,
            track: self.timeline(id)?,
            charge,
            charges,
            pickups,
            messages: self.messages_of(id)?,
            letters,
            freight_fen,
            rule: rule.and_then(|place| u32::try_from(place + 1).ok()),
            printer: printer.unwrap_or_default(),
            row,
        })
    }
}

fn history(db: &Connection, id: i64) -> Result<Vec<HistoryView>, ShipmentError> {
    let mut statement = db.prepare_cached(
        "SELECT at_ms, event, note FROM shipment_event WHERE shipment_id = ?1
          ORDER BY seq DESC LIMIT ?2",
    )?;
    let lines: Result<Vec<HistoryView>, _> = statement
        .query_map([id, i64::from(HISTORY_MAX)], |row| {
            Ok(HistoryView { at_ms: row.get(0)?, event: row.get(1)?, note: row.get(2)? })
        })?
        .collect();
    Ok(lines?)
}

/// The further numbers of a waybill.
fn numbers(waybill: &Waybill) -> Vec<NumberView> {
    (parts::FIRST + 1..=waybill.labels())
        .filter_map(|part| {
            let no = waybill.no_of(part)?.to_owned();
            Some(NumberView { part, no, slip: waybill.is_slip(part) })
        })
        .collect()
}
