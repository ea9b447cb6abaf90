//! Who did what, when: acts of no shipment are kept here, those of a shipment in its history; both
//! are read together.

use crate::{
    Station,
    db::{self, DbError},
    trouble::Trouble,
    view::{ActLine, ActsQuery},
};
use rusqlite::{Connection, params};

/// One screenful.
const LINES_MAX: u32 = 200;

/// Writes down an act of whoever sits here.
///
/// # Errors
/// SQL errors.
pub fn note(db: &Connection, what: &str, note: &str, now_ms: i64) -> Result<(), DbError> {
    db.prepare_cached(
        "INSERT INTO act (at_ms, operator, what, note)
         VALUES (?1, coalesce((SELECT value FROM meta WHERE key = 'seat'), ''), ?2, ?3)",
    )?
    .execute(params![now_ms, what, note])?;
    Ok(())
}

impl Station {
    /// Writes down an act of whoever sits here: `act.<what>`.
    ///
    /// # Errors
    /// The database.
    pub async fn note_act(&self, what: &'static str, addition: String) -> Result<(), Trouble> {
        let now_ms = self.now_ms();
        self.db.write(move |db| note(db, what, &addition, now_ms)).await.map_err(Trouble::from)
    }

    /// What was done, newest first: of orders what somebody did who had said who they are, and all
    /// acts of the house.
    ///
    /// # Errors
    /// The database.
    pub fn acts(&self, query: &ActsQuery) -> Result<Vec<ActLine>, Trouble> {
        let search = db::anywhere(query.search.trim());
        let whats = serde_json::to_string(&query.whats).map_err(DbError::from)?;
        let before_ms = query.before_ms.unwrap_or(i64::MAX);
        let read = |db: &Connection| -> Result<Vec<ActLine>, DbError> {
            let mut statement = db.prepare_cached(
                "SELECT * FROM (
                   SELECT * FROM (SELECT e.at_ms, e.operator, e.event AS what, o.number, e.note
                     FROM shipment_event e JOIN shipment s ON s.id = e.shipment_id
                     JOIN orders o ON o.id = s.order_id
                    WHERE e.operator <> '' AND e.at_ms < ?3
                      AND (e.operator LIKE ?1 ESCAPE '\\' OR o.number LIKE ?1 ESCAPE '\\'
                           OR e.note LIKE ?1 ESCAPE '\\'
                           OR e.event IN (SELECT value FROM json_each(?2)))
                    ORDER BY e.seq DESC LIMIT ?4)
                   UNION ALL
                   SELECT * FROM (SELECT a.at_ms, a.operator, a.what, NULL, a.note FROM act a
                    WHERE a.at_ms < ?3
                      AND (a.operator LIKE ?1 ESCAPE '\\' OR a.note LIKE ?1 ESCAPE '\\'
                           OR a.what IN (SELECT value FROM json_each(?2)))
                    ORDER BY a.seq DESC LIMIT ?4))
                 ORDER BY at_ms DESC LIMIT ?4",
            )?;
            let lines =
                statement.query_map(params![search, whats, before_ms, LINES_MAX], |row| {
                    Ok(ActLine {
                        at_ms: row.get(0)?,
                        operator: row.get(1)?,
                        what: row.get(2)?,
                        order_no: row.get(3)?,
                        note: row.get(4)?,
                    })
                })?;
            Ok(lines.collect::<Result<_, _>>()?)
        };
        self.db.read(read).map_err(Trouble::from)
    }
}
