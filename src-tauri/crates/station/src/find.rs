//! From what is asked of a list to SQL: which shipments, in which order. Reads nothing itself.

use crate::{
    calls, tracking,
    view::{Filter, Flag, ListQuery, Paid, Pieces, Sort, Tab},
};
use rusqlite::types::Value;

/// Buyers with several orders that wait, and how many; by the index `shipment_buyer` alone.
pub(crate) const SHARED_BUYERS: &str = "SELECT buyer, count(*) AS n FROM shipment
    WHERE state = 'ready' AND into_id IS NULL AND buyer <> 0 GROUP BY buyer HAVING count(*) > 1";

/// Shorter pieces of a waybill's number fit too many to be meant.
const NUMBER_CHARS_MIN: usize = 4;
const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

const PIECES: &str = "coalesce(s.load_pieces, o.pieces)";
const WEIGHT: &str = "iif(s.load_pieces IS NULL, o.weight_g, s.load_weight_g)";

/// A list as SQL that gives ids.
pub(crate) struct Found {
    /// Without a limit.
    pub sql: String,
    /// Its values, in their order.
    pub values: Vec<Value>,
    /// Nothing narrows it but the list itself.
    pub plain: bool,
}

/// The word of a list in the database.
pub(crate) fn tab_word(tab: Tab) -> &'static str {
    match tab {
        Tab::Pending => "pending",
        Tab::InWork => "in_work",
        Tab::ToPrint => "to_print",
        Tab::Printed => "printed",
        Tab::Attention => "attention",
    }
}

/// The SQL of a query. `routed`: the account of orders that nobody chose one for, and of those
/// abroad.
pub(crate) fn found(query: &ListQuery, routed: [&str; 2], now_ms: i64) -> Found {
    let mut make = Making::default();
    match query.tab {
        Some(tab) => make.and("s.tab = ?", [tab_word(tab).to_owned().into()]),
        // What goes with another one is in no list.
        None => make.and("s.into_id IS NULL", []),
    }
    make.filter(&query.filter, routed, now_ms);
    make.search(&query.search);
    let plain = make.parts.len() == 1;
    let direction = if query.descending { "DESC" } else { "ASC" };
    let mut order: Vec<String> = Vec::new();
    let mut by = |column: &str| order.push(format!("{column} {direction}"));
    match query.sort {
        Sort::Paid => {}
        Sort::Order => by("o.number"),
        Sort::Province => ["o.province", "o.city", "o.district"].into_iter().for_each(by),
        Sort::Weight => by(WEIGHT),
        Sort::Goods => by("coalesce(s.load_goods, o.goods)"),
        Sort::Carrier => {
            by("CASE s.account WHEN '' THEN iif(o.country = '', ?, ?) ELSE s.account END");
            make.values.extend(routed.map(|name| Value::from(name.to_owned())));
        }
    }
    make.of_order |= query.sort != Sort::Paid;
    let direction = if query.sort == Sort::Paid { direction } else { "ASC" };
    order.push(format!("s.sort_at_ms {direction}, s.id {direction}"));
    let from =
        if make.of_order { "shipment s JOIN orders o ON o.id = s.order_id" } else { "shipment s" };
    let sql = format!(
        "SELECT s.id FROM {from} WHERE {} ORDER BY {}",
        make.parts.join(" AND "),
        order.join(", ")
    );
    Found { sql, values: make.values, plain }
}

#[derive(Default)]
struct Making {
    parts: Vec<String>,
    values: Vec<Value>,
    /// Whether the order itself must be looked at.
    of_order: bool,
}

impl Making {
    fn and<const N: usize>(&mut self, sql: &str, values: [Value; N]) {
        self.of_order |= sql.contains("o.");
        self.parts.push(sql.to_owned());
        self.values.extend(values);
    }

    /// One of several; nothing where none is named.
    fn one_of(&mut self, column: &str, wanted: impl ExactSizeIterator<Item = Value>) {
        if wanted.len() > 0 {
            let holes = vec!["?"; wanted.len()].join(", ");
            self.and(&format!("{column} IN ({holes})"), []);
            self.values.extend(wanted);
        }
    }

    fn filter(&mut self, filter: &Filter, routed: [&str; 2], now_ms: i64) {
        self.one_of("o.shop", filter.shops.iter().cloned().map(Value::from));
        self.one_of("o.province", filter.provinces.iter().cloned().map(Value::from));
        self.one_of("s.flag", filter.flags.iter().map(|flag| Flag::number(Some(*flag)).into()));
        self.accounts(&filter.accounts, routed);
        match filter.pieces {
            Some(Pieces::Single) => self.and(&format!("{PIECES} = 1"), []),
            Some(Pieces::Multi) => self.and(&format!("{PIECES} > 1"), []),
            None => {}
        }
        let remark = "coalesce(s.load_note, o.note) || s.memo";
        match filter.remark {
            Some(true) => self.and(&format!("{remark} <> ''"), []),
            Some(false) => self.and(&format!("{remark} = ''"), []),
            None => {}
        }
        if let Some(from_g) = filter.weight_from_g {
            self.and(&format!("{WEIGHT} >= ?"), [from_g.into()]);
        }
        if let Some(to_g) = filter.weight_to_g {
            self.and(&format!("{WEIGHT} <= ?"), [to_g.into()]);
        }
        if let Some(paid) = filter.paid {
            let (from_ms, to_ms) = bounds(paid, now_ms);
            // Who paid stands at that moment in the list, so that its index knows the way.
            let sql = "s.sort_at_ms >= ? AND s.sort_at_ms < ? AND o.paid_at_ms IS NOT NULL";
            self.and(sql, [from_ms.into(), to_ms.into()]);
        }
        if filter.mergeable {
            let sql = format!(
                "s.state = 'ready' AND s.into_id IS NULL
                 AND s.buyer IN (SELECT buyer FROM ({SHARED_BUYERS}))"
            );
            self.and(&sql, []);
        }
        if let Some(stage) = filter.stage {
            self.and(tracking::OF_STAGE, [tracking::word(stage).to_owned().into()]);
        }
    }

    /// What nobody chose an account for goes where the routing says.
    fn accounts(&mut self, wanted: &[String], [inland, abroad]: [&str; 2]) {
        if wanted.is_empty() {
            return;
        }
        let wants = |name: &str| wanted.iter().any(|one| one == name);
        let unasked = match (wants(inland), wants(abroad)) {
            (true, true) => " OR s.account = ''",
            (true, false) => " OR s.account = '' AND o.country = ''",
            (false, true) => " OR s.account = '' AND o.country <> ''",
            (false, false) => "",
        };
        let holes = vec!["?"; wanted.len()].join(", ");
        self.and(&format!("(s.account IN ({holes}){unasked})"), []);
        self.values.extend(wanted.iter().cloned().map(Value::from));
    }

    /// The search text is kept in small letters, so that bytes can be compared.
    fn search(&mut self, search: &str) {
        let words = search.trim().to_lowercase();
        if words.is_empty() {
            return;
        }
        // Orders that go with another one are found where they went.
        let mut sql = "(instr(o.search, ?) > 0 OR s.id IN
            (SELECT m.into_id FROM shipment m JOIN orders n ON n.id = m.order_id
              WHERE m.into_id IS NOT NULL AND instr(n.search, ?) > 0)"
            .to_owned();
        let mut values: Vec<Value> = vec![words.clone().into(), words.clone().into()];
        let number = words.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if number && words.len() >= NUMBER_CHARS_MIN {
            // Numbers alone, from their indices; the rows only of those that fit.
            sql.push_str(
                " OR s.id IN (SELECT shipment_id FROM waybill WHERE id IN
                   (SELECT id FROM waybill WHERE no LIKE ?
                     UNION SELECT waybill_id FROM parcel WHERE no LIKE ?))",
            );
            let like = format!("%{words}%");
            values.extend([like.clone().into(), like.into()]);
        }
        sql.push(')');
        self.and(&sql, []);
        self.values.extend(values);
    }
}

/// The first moment that counts, and the first that does not any more.
fn bounds(paid: Paid, now_ms: i64) -> (i64, i64) {
    let tomorrow_ms = calls::next_china_midnight_ms(now_ms);
    match paid {
        Paid::Today => (tomorrow_ms - DAY_MS, tomorrow_ms),
        Paid::Yesterday => (tomorrow_ms - 2 * DAY_MS, tomorrow_ms - DAY_MS),
        Paid::Between { from_ms, to_ms } => (from_ms, to_ms),
        Paid::OlderThan { hours } => (i64::MIN, now_ms - i64::from(hours) * HOUR_MS),
    }
}
