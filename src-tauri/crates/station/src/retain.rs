//! People are forgotten: so many days after delivery names, phones, addresses and everything a
//! label showed of them are blanked, a few orders at a time, behind all other work. What stays is
//! the order's number, its goods, province and city, its waybill and its states.
//!
//! A parcel nobody tells about counts as delivered a while after its last event. Orders that are
//! not printed, that a person is asked about, or that are on their way are never touched. The bytes
//! go too: SQLite overwrites what it deletes (`secure_delete`), and the log is emptied afterwards.

use crate::{
    Station, intake, outbox, pickup,
    print::job,
    shipment::{
        self, ShipmentError,
        waybill::{self, LabelFacts},
    },
    sms, tracking, verify, weigh,
};
use rusqlite::{Connection, params};
use std::{
    fs, io,
    path::Path,
    time::{Duration, SystemTime},
};

/// Orders blanked in one write: the writer is free again within milliseconds.
const ORDERS_A_TURN: u32 = 50;
/// A parcel whose carrier says nothing has arrived or is lost after so long.
const UNTOLD_DAYS: i64 = 60;
const DAY_MS: i64 = 86_400_000;
/// Copies of whole databases that changes of the program leave in the home begin so.
const LEFT_COPIES: [&str; 2] = ["station.sqlite.before-", "before-restore-"];

impl Station {
    /// Blanks some of the orders that are past the settings' days; how many. Tests drive this
    /// themselves.
    ///
    /// # Errors
    /// The database failed.
    pub async fn blank_old(&self) -> Result<usize, ShipmentError> {
        let Some(days) = self.config.privacy.blank_after_days else { return Ok(0) };
        let now_ms = self.now_ms();
        let before_ms = now_ms - i64::from(days) * DAY_MS;
        let due = self.db.read(|db| due(db, before_ms))?;
        let count = due.len();
        if count == 0 {
            if let Err(why) = self.let_old_copies_go(days) {
                tracing::warn!(%why, "old copies");
            }
            return Ok(0);
        }
        self.db
            .write(move |db| -> Result<(), ShipmentError> {
                due.iter().try_for_each(|order_id| blank(db, *order_id, now_ms))?;
                tracking::blank_words(db, before_ms)?;
                intake::forget_reports(db, before_ms)
            })
            .await?;
        self.db.empty_log_soon();
        tracing::info!(orders = count, "people forgotten");
        self.touch();
        Ok(count)
    }

    /// Whole databases of before hold the same people. They go when they are as old; of the daily
    /// copies the newest always stays.
    fn let_old_copies_go(&self, days: u32) -> io::Result<()> {
        let age = Duration::from_millis(u64::from(days) * DAY_MS.unsigned_abs());
        let old = |path: &Path| {
            let changed = fs::metadata(path).and_then(|meta| meta.modified());
            let since = changed.map(|at| SystemTime::now().duration_since(at).unwrap_or_default());
            since.is_ok_and(|since| since > age)
        };
        for entry in fs::read_dir(&self.home)?.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = entry.path();
            if !LEFT_COPIES.iter().any(|start| name.starts_with(start)) || !old(&path) {
                continue;
            }
            if path.is_dir() { fs::remove_dir_all(path)? } else { fs::remove_file(path)? }
        }
        let copies = self.backups().map(|view| view.backups).unwrap_or_default();
        for copy in copies.iter().skip(1).filter(|copy| old(Path::new(&copy.path))) {
            fs::remove_file(&copy.path)?;
        }
        Ok(())
    }
}

/// Orders all of whose shipments came to their end before that moment.
fn due(db: &Connection, before_ms: i64) -> Result<Vec<i64>, ShipmentError> {
    let ids: Result<Vec<i64>, _> = db
        .prepare_cached(
            "SELECT o.id FROM orders o WHERE o.blanked_at_ms IS NULL
                AND EXISTS (SELECT 1 FROM shipment s WHERE s.order_id = o.id)
                AND NOT EXISTS (
                  SELECT 1 FROM shipment own
                    -- What goes with another shipment comes to its end with that one.
                    JOIN shipment a ON a.id = coalesce(own.into_id, own.id)
                    JOIN shipment s ON s.id = coalesce(a.into_id, a.id)
                    LEFT JOIN waybill w ON w.shipment_id = s.id AND w.voided_at_ms IS NULL
                    LEFT JOIN track t ON t.waybill_id = w.id
                   WHERE own.order_id = o.id
                     AND NOT (s.state = 'printed' AND s.trouble IS NULL
                       AND CASE WHEN t.stage IN ('delivered', 'returned')
                             THEN t.stage_at_ms < ?1
                             ELSE t.stage IS NULL
                              AND coalesce((SELECT max(e.at_ms) FROM shipment_event e
                                             WHERE e.shipment_id = s.id), 0) < ?2 END))
              ORDER BY o.id LIMIT ?3",
        )?
        .query_map(params![before_ms, before_ms - UNTOLD_DAYS * DAY_MS, ORDERS_A_TURN], |row| {
            row.get(0)
        })?
        .collect();
    Ok(ids?)
}

/// Everything of a person goes, in every table.
fn blank(db: &Connection, order_id: i64, now_ms: i64) -> Result<(), ShipmentError> {
    intake::blank(db, order_id, now_ms)?;
    let nobody = serde_json::to_string(&LabelFacts::default())?;
    let ids: Result<Vec<i64>, _> = db
        .prepare_cached("SELECT id FROM shipment WHERE order_id = ?1")?
        .query_map([order_id], |row| row.get(0))?
        .collect();
    for id in ids? {
        waybill::blank(db, id)?;
        outbox::blank(db, id)?;
        job::blank(db, id)?;
        tracking::blank(db, id)?;
        pickup::blank(db, id, &nobody)?;
        sms::blank(db, id)?;
        verify::blank(db, id)?;
        weigh::blank(db, id)?;
        shipment::blank(db, id, now_ms)?;
    }
    Ok(())
}
