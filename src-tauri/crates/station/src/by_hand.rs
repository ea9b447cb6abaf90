//! Orders typed in at the bench, by the same way as those of files: checked, held with their
//! faults, never twice under one number.

use crate::{
    Station, db, intake,
    list::screen_phone,
    mend, order,
    print::draw,
    shipment::ShipmentError,
    trouble::{Action, Code, Trouble},
    view::{Detail, KnownBefore, KnownReceiver, OrderDraft},
};
use rusqlite::Connection;
use std::{collections::BTreeSet, sync::Arc};

/// Receivers offered at once: as many as stand beside a form.
const RECEIVERS_MAX: usize = 6;
/// Goods and shops offered at once.
const WORDS_MAX: usize = 50;
/// Orders that are looked through for them, newest first.
const ORDERS_LOOKED_AT: u32 = 400;

impl Station {
    /// What was typed before: receivers whose name, phone, order or goods contain `search`.
    ///
    /// # Errors
    /// The database.
    pub fn known_before(&self, search: &str) -> Result<KnownBefore, Trouble> {
        let search = search.trim().to_lowercase();
        Ok(self.db.read(|db| -> Result<KnownBefore, ShipmentError> {
            let receivers = receivers(db, &search)?;
            let goods = words(
                db,
                "SELECT title FROM order_item WHERE order_id IN
                   (SELECT id FROM orders ORDER BY id DESC LIMIT ?1)
                 GROUP BY title ORDER BY max(order_id) DESC LIMIT ?2",
            )?;
            let shops = words(
                db,
                "SELECT shop FROM (SELECT shop FROM orders ORDER BY id DESC LIMIT ?1)
                 GROUP BY shop ORDER BY shop LIMIT ?2",
            )?;
            Ok(KnownBefore { receivers, goods, shops })
        })?)
    }

    /// Keeps an order typed in. What is wrong with it holds it, as it would one of a file; the
    /// answer says so.
    ///
    /// # Errors
    /// [`Code::OrderKnown`] if its shop has that number already; [`Code::NoSender`]; the database.
    pub async fn add_order(self: &Arc<Self>, draft: OrderDraft) -> Result<Detail, Trouble> {
        let now_ms = self.now_ms();
        let made_at = draw::local_minute(now_ms);
        let shop = Some(draft.shop.trim()).filter(|shop| !shop.is_empty());
        let shop = shop.unwrap_or(&self.config.sender.name).to_owned();
        let number = draft.number.trim().to_owned();
        if let Some(profile) = &draft.sender {
            self.is_sender(profile)?;
        }
        let new = new_order(draft, shop, now_ms);
        let faults = self.faults_of_new(&new);
        let (shop, wanted) = (new.shop.clone(), number.clone());
        let stored = self.db.write(move |db| -> Result<Option<i64>, ShipmentError> {
            let number =
                if number.is_empty() { next_number(db, &new.shop, &made_at)? } else { number };
            let new = order::NewOrder { number, ..new };
            if intake::store(db, &new, &faults, now_ms)?.is_none() {
                return Ok(None);
            }
            let newest = "SELECT s.id FROM shipment s JOIN orders o ON o.id = s.order_id
                           WHERE o.shop = ?1 AND o.number = ?2";
            Ok(Some(db.query_row(newest, [&new.shop, &new.number], |row| row.get(0))?))
        });
        let Some(id) = stored.await? else {
            let fields = [("order", wanted), ("shop", shop)];
            return Err(Trouble::new(Code::OrderKnown, Action::None, fields));
        };
        self.touch();
        self.detail(id)
    }
}

fn new_order(draft: OrderDraft, shop: String, now_ms: i64) -> order::NewOrder {
    let sender = draft.sender.unwrap_or_default();
    let edit = mend::normalised(draft.edit);
    let item = |line: crate::view::GoodsLine| order::Item {
        title: line.title.trim().to_owned(),
        quantity: line.quantity.max(1),
        codes: order::Codes::default(),
        customs: order::Customs::default(),
    };
    let goods = draft.goods.into_iter().filter(|line| !line.title.trim().is_empty());
    order::NewOrder {
        shop,
        number: String::new(),
        paid_at_ms: Some(now_ms),
        items: goods.map(item).collect(),
        weight_g: edit.weight_g,
        volume_cm3: edit.volume_cm3,
        parcels: Some(edit.parcels.clamp(1, order::PARCELS_MAX)),
        note: edit.note,
        sender,
        services: order::Services {
            pay: edit.pay,
            cod_fen: edit.cod_fen,
            insured_fen: edit.insured_fen,
            slip: edit.slip,
            ..order::Services::default()
        },
        receiver: order::Person {
            name: edit.name,
            phone: edit.phone,
            email: edit.email,
            address: order::Address {
                province: edit.province,
                city: edit.city,
                district: edit.district,
                detail: edit.detail,
                country: edit.country,
                postcode: edit.postcode,
            },
        },
    }
}

/// "H261122-003": by hand, the day, the third of the shop's.
fn next_number(db: &Connection, shop: &str, made_at: &str) -> Result<String, ShipmentError> {
    let day: String = made_at.chars().filter(char::is_ascii_digit).skip(2).take(6).collect();
    let stem = format!("H{day}-");
    let taken: BTreeSet<String> = db
        .prepare_cached("SELECT number FROM orders WHERE shop = ?1 AND number GLOB ?2 || '*'")?
        .query_map([shop, &stem], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut nth = taken.len() + 1;
    loop {
        let number = format!("{stem}{nth:03}");
        if !taken.contains(&number) {
            return Ok(number);
        }
        nth += 1;
    }
}

fn receivers(db: &Connection, search: &str) -> Result<Vec<KnownReceiver>, ShipmentError> {
    let mut statement = db.prepare_cached(
        "SELECT name, phone, province, city, district, detail FROM orders
          WHERE country = '' AND name <> '' AND search LIKE ?1 ESCAPE '\\'
          ORDER BY id DESC LIMIT ?2",
    )?;
    let found = statement.query_map((db::anywhere(search), ORDERS_LOOKED_AT), |row| {
        let phone: String = row.get(1)?;
        Ok(KnownReceiver {
            name: row.get(0)?,
            shown_phone: screen_phone(&phone),
            phone,
            province: row.get(2)?,
            city: row.get(3)?,
            district: row.get(4)?,
            detail: row.get(5)?,
        })
    })?;
    let mut receivers: Vec<KnownReceiver> = Vec::new();
    for receiver in found {
        let receiver = receiver?;
        if !receivers.contains(&receiver) {
            receivers.push(receiver);
        }
        if receivers.len() == RECEIVERS_MAX {
            break;
        }
    }
    Ok(receivers)
}

fn words(db: &Connection, sql: &str) -> Result<Vec<String>, ShipmentError> {
    let limits = (ORDERS_LOOKED_AT, u32::try_from(WORDS_MAX).unwrap_or(u32::MAX));
    Ok(db.prepare_cached(sql)?.query_map(limits, |row| row.get(0))?.collect::<Result<_, _>>()?)
}
