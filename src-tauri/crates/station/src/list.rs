//! The lists of the ship screen and one shipment in full: read-only queries into view types.

mod verbs;

use crate::{
    Station,
    carrier::{Waybill, parts},
    intake,
    order::Fault,
    print::{job, letters},
    reprint::job_view,
    shipment::{self, ShipmentError, waybill},
    tracking,
    trouble::Trouble,
    view::{
        Detail, Facets, HistoryView, ItemView, ListPage, ListQuery, NumberView, OrderEdit, Row,
        State, Tab,
    },
};
use rusqlite::{Connection, types::Value};

/// No page is longer: a screen shows twenty rows.
const PAGE_MAX: u32 = 500;
/// History lines shown.
const HISTORY_MAX: u32 = 100;

const ROW: &str = "SELECT s.id, o.number, o.shop, o.paid_at_ms, o.name, o.phone, o.province, \
    o.city, o.district, o.detail, o.goods, o.pieces, o.weight_g, o.note, s.state, s.account, \
    w.no, s.trouble, s.faults, \
    (SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM print_job j \
      WHERE j.waybill_id = w.id AND j.state = 'confirmed' GROUP BY j.part)), o.parcels, o.country, \
    t.stage, t.stage_at_ms FROM shipment s JOIN orders o ON o.id = s.order_id \
    LEFT JOIN waybill w ON w.shipment_id = s.id AND w.voided_at_ms IS NULL \
    LEFT JOIN track t ON t.waybill_id = w.id";

/// The word of a list in the database.
fn tab_word(tab: Tab) -> &'static str {
    match tab {
        Tab::Pending => "pending",
        Tab::InWork => "in_work",
        Tab::ToPrint => "to_print",
        Tab::Printed => "printed",
        Tab::Attention => "attention",
    }
}

/// The conditions of a query, and whether they look at the order at all.
struct Where {
    sql: String,
    values: Vec<Value>,
    of_order: bool,
}

fn conditions(query: &ListQuery, routed: &str) -> Where {
    let mut parts = Vec::new();
    let mut values: Vec<Value> = Vec::new();
    let mut of_order = false;
    let mut add = |sql: &str, value: Option<Value>| {
        parts.push(sql.to_owned());
        values.extend(value);
    };
    if let Some(tab) = query.tab {
        add("s.tab = ?", Some(tab_word(tab).to_owned().into()));
    }
    if let Some(account) = &query.account {
        // What was not asked for yet goes where the routing says.
        let sql = if account == routed { "s.account IN (?, '')" } else { "s.account = ?" };
        add(sql, Some(account.clone().into()));
    }
    for (column, wanted) in [("o.shop = ?", &query.shop), ("o.province = ?", &query.province)] {
        if let Some(wanted) = wanted {
            of_order = true;
            add(column, Some(wanted.clone().into()));
        }
    }
    if query.single_item {
        of_order = true;
        add("o.pieces = 1", None);
    }
    if query.with_note {
        of_order = true;
        add("o.note <> ''", None);
    }
    if let Some(stage) = query.stage {
        add(tracking::OF_STAGE, Some(tracking::word(stage).to_owned().into()));
    }
    let search = query.search.trim().to_lowercase();
    if !search.is_empty() {
        of_order = true;
        let escaped = search.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let like = format!("%{escaped}%");
        add(
            "(o.search LIKE ? ESCAPE '\\' OR EXISTS (SELECT 1 FROM waybill x
               WHERE x.shipment_id = s.id AND x.no LIKE ? ESCAPE '\\'))",
            Some(like.clone().into()),
        );
        values.push(like.into());
    }
    let sql =
        if parts.is_empty() { String::new() } else { format!(" WHERE {}", parts.join(" AND ")) };
    Where { sql, values, of_order }
}

impl Station {
    /// One screenful of a list.
    ///
    /// # Errors
    /// The database.
    pub fn list(&self, query: &ListQuery) -> Result<ListPage, Trouble> {
        let limit = query.limit.clamp(1, PAGE_MAX);
        let routed = self.routed(None);
        let found = conditions(query, &routed);
        let from = from(&found);
        let direction = if query.newest_first { "DESC" } else { "ASC" };
        self.db.read(|db| -> Result<ListPage, Trouble> {
            let total = total(db, query, &found, from).map_err(ShipmentError::from)?;
            // The page's ids first, from the index alone; only they are joined and masked.
            let ids = format!(
                "SELECT s.id FROM {from}{} ORDER BY s.sort_at_ms {direction}, s.id {direction}
                  LIMIT {limit} OFFSET {}",
                found.sql, query.offset
            );
            let sql = format!(
                "{ROW} WHERE s.id IN ({ids}) ORDER BY s.sort_at_ms {direction}, s.id {direction}"
            );
            let rows = self.rows(db, &sql, &found.values)?;
            Ok(ListPage { total, rows })
        })
    }

    /// All ids of a list, in its order, for "select all" and for shipping everything.
    ///
    /// # Errors
    /// The database.
    pub fn list_ids(&self, query: &ListQuery) -> Result<Vec<i64>, Trouble> {
        let routed = self.routed(None);
        let found = conditions(query, &routed);
        let direction = if query.newest_first { "DESC" } else { "ASC" };
        let sql = format!(
            "SELECT s.id FROM {}{} ORDER BY s.sort_at_ms {direction}, s.id {direction} LIMIT {}",
            from(&found),
            found.sql,
            crate::ship::SHIP_MAX
        );
        Ok(self.db.read(|db| -> Result<Vec<i64>, ShipmentError> {
            let mut statement = db.prepare_cached(&sql)?;
            let values = rusqlite::params_from_iter(&found.values);
            let ids: Result<Vec<i64>, _> = statement.query_map(values, |row| row.get(0))?.collect();
            Ok(ids?)
        })?)
    }

    /// What the filter chips offer.
    ///
    /// # Errors
    /// The database.
    pub fn facets(&self) -> Result<Facets, Trouble> {
        let accounts = self.config.carriers.iter().map(|carrier| carrier.name.clone()).collect();
        Ok(self.db.read(|db| -> Result<Facets, ShipmentError> {
            let column = |name: &str| -> Result<Vec<String>, rusqlite::Error> {
                let sql = format!("SELECT DISTINCT {name} FROM orders ORDER BY 1 LIMIT 200");
                db.prepare_cached(&sql)?.query_map([], |row| row.get(0))?.collect()
            };
            Ok(Facets { shops: column("shop")?, provinces: column("province")?, accounts })
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
            row.carrier_code = self
                .account(&row.account)
                .map(|account| account.carrier.code().to_owned())
                .unwrap_or_default();
        }
        Ok(rows)
    }

    /// A shipment in full, unmasked: somebody opened it on purpose.
    ///
    /// # Errors
    /// [`Code::NoOrder`]; the database.
    pub fn detail(&self, id: i64) -> Result<Detail, Trouble> {
        let row = self.row(id)?;
        let (order, live, jobs, history, missing) =
            self.db.read(|db| -> Result<_, ShipmentError> {
                let live = waybill::live(db, id)?;
                let missing = live.as_ref().map(|live| job::missing(db, live.id)).transpose()?;
                let missing = missing.is_some_and(|missing| !missing.is_empty());
                let jobs = job::of_shipment(db, id)?;
                Ok((intake::order_of(db, id)?, live, jobs, history(db, id)?, missing))
            })?;
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
        let items = order
            .items
            .into_iter()
            .map(|item| ItemView { title: item.title, quantity: item.quantity })
            .collect();
        let printer = self.next_printer(id).map(|printer| printer.config.name.clone());
        let rule = self.config.routing.iter().position(|rule| rule.carrier == row.account);
        let pickups = self.pickups_of(id)?;
        let mut can = verbs::of(&row, &jobs, missing);
        can.extend(self.courier_verbs(&row, &pickups));
        Ok(Detail {
            can,
            numbers: live.as_ref().map(|live| numbers(&live.waybill)).unwrap_or_default(),
            edit,
            items,
            order_key: live.as_ref().map(|live| live.order_key.clone()),
            sort_code: live.map(|live| live.waybill.sort_code).unwrap_or_default(),
            jobs: jobs.iter().map(job_view).collect(),
            history,
            track: self.timeline(id)?,
            pickups,
            letters,
            rule: rule.and_then(|place| u32::try_from(place + 1).ok()),
            printer: printer.unwrap_or_default(),
            row,
        })
    }
}

fn from(found: &Where) -> &'static str {
    if found.of_order { "shipment s JOIN orders o ON o.id = s.order_id" } else { "shipment s" }
}

fn total(
    db: &Connection,
    query: &ListQuery,
    found: &Where,
    from: &str,
) -> Result<u32, rusqlite::Error> {
    let only_tab = !found.of_order && query.account.is_none() && query.stage.is_none();
    if only_tab {
        let (sql, word) = match query.tab {
            Some(tab) => ("SELECT n FROM tally WHERE tab = ?1", tab_word(tab)),
            None => ("SELECT sum(n) FROM tally WHERE ?1 = ''", ""),
        };
        return db.prepare_cached(sql)?.query_row([word], |row| row.get(0));
    }
    let sql = format!("SELECT count(*) FROM {from}{}", found.sql);
    db.prepare_cached(&sql)?.query_row(rusqlite::params_from_iter(&found.values), |row| row.get(0))
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
        state,
        account: account.unwrap_or_else(|| routed[usize::from(!country.is_empty())].clone()),
        carrier_code: String::new(),
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
