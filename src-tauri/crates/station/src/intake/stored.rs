//! A stored order read back, with what its shipment carries. Reads only.

use super::{carried, pay_of};
use crate::{
    order::{Address, Codes, Item, Person, Services},
    shipment::ShipmentError,
};
use rusqlite::{Connection, OptionalExtension};

/// An order with its shipment's place in it.
#[derive(Debug, Clone)]
pub struct StoredOrder {
    /// Row.
    pub id: i64,
    /// Shop.
    pub shop: String,
    /// The shop's number.
    pub number: String,
    /// The numbers of further orders that go with it.
    pub further: Vec<String>,
    /// The shipment's number in the order, from 1.
    pub nth: u32,
    /// How often its number was voided.
    pub generation: u32,
    /// Who receives.
    pub receiver: Person,
    /// What was sold.
    pub items: Vec<Item>,
    /// The items in one line.
    pub goods: String,
    /// Grams.
    pub weight_g: Option<u32>,
    /// Cubic centimetres.
    pub volume_cm3: Option<u32>,
    /// In how many parcels it goes.
    pub parcels: u32,
    /// Remark.
    pub note: String,
    /// When the buyer paid, ms UTC.
    pub paid_at_ms: Option<i64>,
    /// What the carrier is asked for besides carrying.
    pub services: Services,
    /// The account a person chose; empty: the rules'.
    pub wanted: String,
    /// The sender profile a person or a file chose; empty: the rules'.
    pub sender: String,
    /// It comes back from its receiver.
    pub back: bool,
}

impl StoredOrder {
    /// The order's number, and how many others go with it: "WC-20937 +1".
    pub fn told_as(&self) -> String {
        match self.further.len() {
            0 => self.number.clone(),
            more => format!("{} +{more}", self.number),
        }
    }
}

/// The columns of a receiver, in the order of [`receiver`].
pub(super) const RECEIVER: &str =
    "o.name, o.phone, o.province, o.city, o.district, o.detail, o.country,
    o.postcode, o.email";

pub(super) fn receiver(row: &rusqlite::Row<'_>) -> Result<Person, rusqlite::Error> {
    Ok(Person {
        name: row.get(0)?,
        phone: row.get(1)?,
        address: Address {
            province: row.get(2)?,
            city: row.get(3)?,
            district: row.get(4)?,
            detail: row.get(5)?,
            country: row.get(6)?,
            postcode: row.get(7)?,
        },
        email: row.get(8)?,
    })
}

/// The order of a shipment, with what the shipment carries of it and of others that go with it.
///
/// # Errors
/// [`ShipmentError::Missing`]; SQL errors.
pub fn order_of(db: &Connection, shipment_id: i64) -> Result<StoredOrder, ShipmentError> {
    let sql = format!(
        "SELECT {RECEIVER}, o.id, o.shop, o.number, s.nth, s.generation, o.goods, o.weight_g,
                o.note, o.paid_at_ms, o.pay, o.cod_fen, o.insured_fen, o.parcels, o.volume_cm3,
                o.slip, s.wanted, s.load_pieces IS NOT NULL, s.sender, s.back
           FROM shipment s JOIN orders o ON o.id = s.order_id WHERE s.id = ?1"
    );
    let order = db
        .prepare_cached(&sql)?
        .query_row([shipment_id], |row| {
            let order = StoredOrder {
                receiver: receiver(row)?,
                id: row.get(9)?,
                shop: row.get(10)?,
                number: row.get(11)?,
                further: Vec::new(),
                nth: row.get(12)?,
                generation: row.get(13)?,
                items: Vec::new(),
                goods: row.get(14)?,
                weight_g: row.get(15)?,
                note: row.get(16)?,
                paid_at_ms: row.get(17)?,
                services: Services {
                    pay: row.get::<_, Option<String>>(18)?.as_deref().and_then(pay_of),
                    cod_fen: row.get(19)?,
                    insured_fen: row.get(20)?,
                    privacy: false,
                    slip: row.get(23)?,
                },
                parcels: row.get(21)?,
                volume_cm3: row.get(22)?,
                wanted: row.get(24)?,
                sender: row.get(26)?,
                back: false,
            };
            Ok((order, row.get::<_, bool>(25)?, row.get::<_, Option<String>>(27)?))
        })
        .optional()?;
    let (mut order, loaded, back) = order.ok_or(ShipmentError::Missing(shipment_id))?;
    if loaded || order.nth > 1 {
        carried::fill(db, shipment_id, &mut order, loaded)?;
    }
    if order.items.is_empty() {
        order.items = items_of(db, order.id)?;
    }
    if let Some(payer) = back {
        // The order's wishes were for the way there; what comes back is one parcel.
        let services = Services { pay: pay_of(&payer), ..Services::default() };
        order = StoredOrder { back: true, parcels: 1, services, volume_cm3: None, ..order };
    }
    Ok(order)
}

/// All that was sold with an order.
fn items_of(db: &Connection, order_id: i64) -> Result<Vec<Item>, ShipmentError> {
    let mut rows = db.prepare_cached(
        "SELECT title, quantity, customs, sku, barcode FROM order_item WHERE order_id = ?1
          ORDER BY line",
    )?;
    let rows = rows.query_map([order_id], |row| {
        let codes = Codes { sku: row.get(3)?, barcode: row.get(4)? };
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, codes))
    })?;
    let mut items = Vec::new();
    for row in rows {
        let (title, quantity, customs, codes) = row?;
        items.push(item(title, quantity, customs, codes)?);
    }
    Ok(items)
}

pub(super) fn item(
    title: String,
    quantity: u32,
    customs: Option<String>,
    codes: Codes,
) -> Result<Item, ShipmentError> {
    let customs = customs.map(|json| serde_json::from_str(&json)).transpose()?;
    Ok(Item { title, quantity, customs: customs.unwrap_or_default(), codes })
}
