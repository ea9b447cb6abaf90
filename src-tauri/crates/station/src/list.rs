//! The lists of the ship screen: read-only queries into masked lines.

use crate::{
    Station,
    find::{self, Found},
    order::Fault,
    shipment::{self, ShipmentError},
    tariff::price::{Book, Load},
    tracking,
    trouble::Trouble,
    view::{AccountTotal, Facets, Flag, ListPage, ListQuery, Row, State, Totals},
};
use rusqlite::{Connection, types::Value};
use std::collections::HashMap;

/// No page is longer: a screen shows twenty rows.
const PAGE_MAX: u32 = 500;

const ROW: &str = "SELECT s.id, o.number, o.shop, o.paid_at_ms, o.name, o.phone, o.province, \
    o.city, o.district, o.detail, coalesce(s.load_goods, o.goods), \
    coalesce(s.load_pieces, o.pieces), \
    iif(s.load_pieces IS NULL, o.weight_g, s.load_weight_g), coalesce(s.load_note, o.note), \
    s.state, s.account, w.no, s.trouble, s.faults, \
    (SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM print_job j \
      WHERE j.waybill_id = w.id AND j.state = 'confirmed' GROUP BY j.part)), \
    iif(s.nth = 1, o.parcels, 1), o.country, \
    t.stage, t.stage_at_ms, s.memo, s.flag, s.nth, \
    (SELECT count(*) FROM shipment x WHERE x.order_id = s.order_id AND x.into_id IS NULL \
      AND x.back IS NULL), \
    1 + (SELECT count(DISTINCT x.order_id) FROM shipment x \
          WHERE x.into_id = s.id AND x.order_id <> s.order_id), \
    s.sender, s.back IS NOT NULL, json_extract(w.label, '$.facts.sender_profile') \
    FROM shipment s JOIN orders o ON o.id = s.order_id \
    LEFT JOIN waybill w ON w.shipment_id = s.id AND w.voided_at_ms IS NULL \
    LEFT JOIN track t ON t.waybill_id = w.id";

impl Station {
    /// One screenful of a list.
    ///
    /// # Errors
    /// The database.
    pub fn list(&self, query: &ListQuery) -> Result<ListPage, Trouble> {
        let limit = query.limit.clamp(1, PAGE_MAX) as usize;
        let found = self.found(query);
        self.db.read(|db| -> Result<ListPage, Trouble> {
            // The ids first, from as few columns as can be; only the page's are joined and masked.
            let (total, ids) = if found.plain {
                let tab = query.tab.map(find::tab_word);
                (tallied(db, tab)?, ids(db, &found, limit, query.offset)?)
            } else {
                // Whoever narrows a list reads all of it anyway: once, not once more to count.
                let mut all = ids(db, &found, usize::MAX, 0)?;
                let total = u32::try_from(all.len()).unwrap_or(u32::MAX);
                let begin = all.len().min(query.offset as usize);
                let end = all.len().min(begin + limit);
                (total, all.drain(begin..end).collect())
            };
            Ok(ListPage { total, rows: self.rows_of(db, &ids)? })
        })
    }

    /// All ids of a list, in its order, for "select all" and for shipping everything.
    ///
    /// # Errors
    /// The database.
    pub fn list_ids(&self, query: &ListQuery) -> Result<Vec<i64>, Trouble> {
        let found = self.found(query);
        Ok(self.db.read(|db| ids(db, &found, crate::ship::SHIP_MAX, 0))?)
    }

    fn found(&self, query: &ListQuery) -> Found {
        find::found(query, [&self.routed(None), &self.routed_abroad()], self.now_ms())
    }

    /// How many waiting orders could go together with another one.
    ///
    /// # Errors
    /// The database.
    pub fn mergeable(&self) -> Result<u32, Trouble> {
        let sql = format!("SELECT coalesce(sum(n), 0) FROM ({})", find::SHARED_BUYERS);
        let count = |db: &Connection| -> Result<u32, ShipmentError> {
            Ok(db.prepare_cached(&sql)?.query_row([], |row| row.get(0))?)
        };
        Ok(self.db.read(count)?)
    }

    /// What a selection adds up to, each by its own account.
    ///
    /// # Errors
    /// The database.
    pub fn totals(&self, ids: &[i64]) -> Result<Totals, Trouble> {
        self.totals_by(ids, None)
    }

    /// The same if those that have no number yet go by this account.
    ///
    /// # Errors
    /// The database.
    pub fn totals_by(&self, ids: &[i64], account: Option<&str>) -> Result<Totals, Trouble> {
        let (home, book) = (self.routed(None), Book::new(&self.config.tariffs));
        let way = Way { account, routed: [home, self.routed_abroad()], book };
        Ok(self.db.read(|db| totals(db, ids, &way))?)
    }

    /// What the filter chips offer.
    ///
    /// # Errors
    /// The database.
    pub fn facets(&self) -> Result<Facets, Trouble> {
        let accounts = self.config.carriers.iter().map(|carrier| carrier.name.clone()).collect();
        let house = self.config.sender.name.clone();
        let messages = self.sends_messages();
        let senders = self.config.senders.iter().map(|it| it.profile.clone()).collect();
        Ok(self.db.read(|db| -> Result<Facets, ShipmentError> {
            let column = |name: &str| -> Result<Vec<String>, rusqlite::Error> {
                let sql = format!("SELECT DISTINCT {name} FROM orders ORDER BY 1 LIMIT 200");
                db.prepare_cached(&sql)?.query_map([], |row| row.get(0))?.collect()
            };
            let (shops, provinces) = (column("shop")?, column("province")?);
            Ok(Facets { shops, provinces, accounts, senders, house, messages })
        })?)
    }

    /// One masked line.
    ///
    /// # Errors
    /// [`Code::NoOrder`]; the database.
    pub fn row(&self, id: i64) -> Result<Row, Trouble> {
        let sql = format!("{ROW} WHERE s.id = ?");
        let rows = self.db.read(|db| self.rows(db, &sql, &[id.into()]))?;
        rows.into_iter().next().ok_or_else(|| ShipmentError::Missing(id).into())
    }

    /// The masked lines of these shipments, in that order.
    fn rows_of(&self, db: &Connection, ids: &[i64]) -> Result<Vec<Row>, Trouble> {
        let sql = format!("{ROW} WHERE s.id IN (SELECT value FROM json_each(?))");
        let json = serde_json::to_string(ids).map_err(ShipmentError::from)?;
        let rows = self.rows(db, &sql, &[json.into()])?;
        let mut by: HashMap<i64, Row> = rows.into_iter().map(|row| (row.id, row)).collect();
        Ok(ids.iter().filter_map(|id| by.remove(id)).collect())
    }

    fn rows(&self, db: &Connection, sql: &str, values: &[Value]) -> Result<Vec<Row>, Trouble> {
        let (mask, routed) = (self.masks_names(), [self.routed(None), self.routed_abroad()]);
        let read = || -> Result<Vec<Row>, ShipmentError> {
            let mut statement = db.prepare_cached(sql)?;
            let values = rusqlite::params_from_iter(values);
            let rows: Result<Vec<Row>, _> =
                statement.query_map(values, |row| masked(row, &routed, mask))?.collect();
            Ok(rows?)
        };
        let mut rows = read()?;
        for row in &mut rows {
            // Of a number it is as it was asked for.
            if row.waybill_no.is_none() {
                row.sender = self.sender_shown(&row.sender, &row.shop, &row.account);
            }
            row.carrier_code = self
                .account(&row.account)
                .map(|account| account.carrier.code().to_owned())
                .unwrap_or_default();
        }
        Ok(rows)
    }
}

/// The ids that fit, in their order.
fn ids(
    db: &Connection,
    found: &Found,
    limit: usize,
    offset: u32,
) -> Result<Vec<i64>, ShipmentError> {
    let limit = i64::try_from(limit).unwrap_or(-1);
    let sql = format!("{} LIMIT {limit} OFFSET {offset}", found.sql);
    let mut statement = db.prepare_cached(&sql)?;
    let values = rusqlite::params_from_iter(&found.values);
    let ids: Result<Vec<i64>, _> = statement.query_map(values, |row| row.get(0))?.collect();
    Ok(ids?)
}

/// How many a list holds, as the database keeps count; `None`: all lists.
fn tallied(db: &Connection, tab: Option<&str>) -> Result<u32, ShipmentError> {
    let sql = "SELECT coalesce(sum(n), 0) FROM tally WHERE ?1 IS NULL OR tab = ?1";
    Ok(db.prepare_cached(sql)?.query_row([tab], |row| row.get(0))?)
}

/// By whom a selection goes.
struct Way<'a> {
    /// Those without a number, within China; `None`: each by its own.
    account: Option<&'a str>,
    /// Where orders go, and those abroad.
    routed: [String; 2],
    /// What it costs.
    book: Book<'a>,
}

fn totals(db: &Connection, ids: &[i64], way: &Way<'_>) -> Result<Totals, ShipmentError> {
    let mut statement = db.prepare_cached(
        "SELECT s.account, o.country <> '', iif(s.nth = 1, o.parcels, 1),
                coalesce(s.load_pieces, o.pieces),
                iif(s.load_pieces IS NULL, o.weight_g, s.load_weight_g),
                1 + (SELECT count(DISTINCT x.order_id) FROM shipment x
                      WHERE x.into_id = s.id AND x.order_id <> s.order_id),
                s.back IS NOT NULL, iif(s.load_pieces IS NULL, o.volume_cm3, NULL), o.province,
                o.pay IS 'receiver', s.state IN ('held', 'ready', 'refused')
           FROM json_each(?1) i JOIN shipment s ON s.id = i.value
           JOIN orders o ON o.id = s.order_id",
    )?;
    let mut rows = statement.query([serde_json::to_string(ids)?])?;
    let mut sum = Totals::default();
    let mut by: HashMap<String, u32> = HashMap::new();
    while let Some(row) = rows.next()? {
        if row.get(6)? {
            sum.returns += 1;
            continue;
        }
        let (own, abroad): (String, bool) = (row.get(0)?, row.get(1)?);
        let account = match way.account {
            Some(asked) if !abroad && row.get(10)? => asked.to_owned(),
            _ if own.is_empty() => way.routed[usize::from(abroad)].clone(),
            _ => own,
        };
        let load = Load { weight_g: row.get(4)?, volume_cm3: row.get(7)?, parcels: row.get(2)? };
        let at_door: bool = row.get(9)?;
        if !way.book.is_empty() && !at_door {
            let province = if abroad {
                ""
            } else {
                row.get_ref(8)?.as_str().map_err(rusqlite::Error::from)?
            };
            match way.book.price(&account, province, load) {
                Ok(fen) => sum.freight_fen = sum.freight_fen.saturating_add(i64::from(fen)),
                Err(_) => sum.unpriced += 1,
            }
        }
        *by.entry(account).or_default() += 1;
        sum.shipments += 1;
        sum.parcels += load.parcels;
        sum.pieces += row.get::<_, u32>(3)?;
        match load.weight_g {
            Some(grams) => sum.weight_g += i64::from(grams),
            None => sum.unweighed += 1,
        }
        sum.orders += row.get::<_, u32>(5)?;
    }
    sum.accounts = by.into_iter().map(|(account, n)| AccountTotal { account, n }).collect();
    sum.accounts.sort_by(|a, b| b.n.cmp(&a.n).then_with(|| a.account.cmp(&b.account)));
    Ok(sum)
}

/// `routed`: where orders go, and those abroad.
fn masked(row: &rusqlite::Row<'_>, routed: &[String; 2], mask: bool) -> rusqlite::Result<Row> {
    let text = |column: usize| row.get::<_, String>(column);
    let (province, city, district, detail) = (text(6)?, text(7)?, text(8)?, text(9)?);
    // A municipality is its own city; 东莞 and its like are their own district.
    let country = text(21)?;
    let mut parts = vec![country.as_str(), &province, &city, &district];
    parts.retain(|part| !part.is_empty());
    parts.dedup();
    let mut place = parts.join(" ");
    place.push(' ');
    place.push_str(&label::mask::detail(&detail));
    let state = shipment::state_of(row.get_ref(14)?.as_str()?).unwrap_or(State::Held);
    let trouble: Option<Trouble> =
        row.get::<_, Option<String>>(17)?.and_then(|json| serde_json::from_str(&json).ok());
    let faults: Vec<Fault> = serde_json::from_str(&text(18)?).unwrap_or_default();
    let account = Some(text(15)?).filter(|account| !account.is_empty());
    Ok(Row {
        id: row.get(0)?,
        order_no: text(1)?,
        shop: text(2)?,
        paid_at_ms: row.get(3)?,
        name: if mask { label::mask::name(&text(4)?) } else { text(4)? },
        phone: screen_phone(&text(5)?),
        place,
        province,
        goods: text(10)?,
        pieces: row.get(11)?,
        weight_g: row.get(12)?,
        parcels: row.get(20)?,
        note: text(13)?,
        memo: text(24)?,
        flag: Flag::of(row.get(25)?),
        orders: row.get(28)?,
        nth: row.get(26)?,
        shipments: row.get(27)?,
        state,
        account: account.unwrap_or_else(|| routed[usize::from(!country.is_empty())].clone()),
        carrier_code: String::new(),
        sender: match row.get::<_, Option<String>>(16)? {
            Some(_) => row.get::<_, Option<String>>(31)?.unwrap_or_default(),
            None => text(29)?,
        },
        back: row.get(30)?,
        waybill_no: row.get(16)?,
        copies: row.get(19)?,
        stage: tracking::stage_of(row.get::<_, Option<String>>(22)?.as_deref()),
        stage_at_ms: row.get(23)?,
        trouble,
        faults,
    })
}

/// "138****0921": enough for a packer to compare, less than the label's own rule because the
/// screen stays in the room.
pub(crate) fn screen_phone(phone: &str) -> String {
    let chars: Vec<char> = phone.chars().collect();
    if chars.len() < 7 {
        return phone.to_owned();
    }
    let middle = if chars.len() >= 11 { 3..7 } else { chars.len() / 3..chars.len() / 3 + 3 };
    chars
        .iter()
        .enumerate()
        .map(|(place, c)| if middle.contains(&place) && c.is_ascii_digit() { '*' } else { *c })
        .collect()
}
