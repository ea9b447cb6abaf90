//! What is counted of carriers' calls: how many a day, and which codes they refused with. The only
//! writer of `call_day` and `refusal`.

use crate::shipment::ShipmentError;
use rusqlite::{Connection, params};

/// China has one time for the whole country, eight hours ahead of UTC, and no summer time.
const CHINA_AHEAD_MS: i64 = 8 * 3_600_000;
const DAY_MS: i64 = 86_400_000;
/// Counts of days past are kept so long: somebody may ask what happened last week.
const KEEP_DAYS: i64 = 14;
/// Codes shown of an account; the rest are its rarest.
const SHOWN_MAX: u32 = 8;

/// A code an account was refused with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// As it came.
    pub code: String,
    /// The carrier's words of the last time.
    pub said: String,
    /// How often.
    pub n: u32,
    /// The last time, ms UTC.
    pub last_at_ms: i64,
}

/// The day in China, counted from 1970.
pub fn china_day(now_ms: i64) -> i64 {
    (now_ms + CHINA_AHEAD_MS).div_euclid(DAY_MS)
}

/// The next midnight in China, ms UTC: when allowances of a day begin anew.
pub fn next_china_midnight_ms(now_ms: i64) -> i64 {
    (china_day(now_ms) + 1) * DAY_MS - CHINA_AHEAD_MS
}

/// One call leaves.
///
/// # Errors
/// SQL errors.
pub fn count(
    db: &Connection,
    account: &str,
    api: &str,
    now_ms: i64,
) -> Result<(), rusqlite::Error> {
    let day = china_day(now_ms);
    let n: u32 = db
        .prepare_cached(
            "INSERT INTO call_day (account, api, day, n) VALUES (?1, ?2, ?3, 1)
             ON CONFLICT DO UPDATE SET n = n + 1 RETURNING n",
        )?
        .query_row(params![account, api, day], |row| row.get(0))?;
    if n == 1 {
        db.execute("DELETE FROM call_day WHERE day < ?1", [day - KEEP_DAYS])?;
    }
    Ok(())
}

/// How many calls left today, by China's clock.
///
/// # Errors
/// SQL errors.
pub fn today(db: &Connection, account: &str, api: &str, now_ms: i64) -> Result<u32, ShipmentError> {
    let sql = "SELECT coalesce(sum(n), 0) FROM call_day
                WHERE account = ?1 AND api = ?2 AND day = ?3";
    Ok(db
        .prepare_cached(sql)?
        .query_row(params![account, api, china_day(now_ms)], |row| row.get(0))?)
}

/// A refusal came.
///
/// # Errors
/// SQL errors.
pub fn refused(
    db: &Connection,
    account: &str,
    code: &str,
    said: &str,
    now_ms: i64,
) -> Result<(), ShipmentError> {
    db.prepare_cached(
        "INSERT INTO refusal (account, code, said, n, last_at_ms) VALUES (?1, ?2, ?3, 1, ?4)
         ON CONFLICT DO UPDATE SET n = n + 1, said = excluded.said, last_at_ms = ?4",
    )?
    .execute(params![account, code, said, now_ms])?;
    Ok(())
}

/// The codes an account was refused with, the most frequent first.
///
/// # Errors
/// SQL errors.
pub fn refusals(db: &Connection, account: &str) -> Result<Vec<Refusal>, ShipmentError> {
    let found: Result<Vec<Refusal>, _> = db
        .prepare_cached(
            "SELECT code, said, n, last_at_ms FROM refusal WHERE account = ?1
              ORDER BY n DESC, last_at_ms DESC LIMIT ?2",
        )?
        .query_map(params![account, SHOWN_MAX], |row| {
            let (code, said) = (row.get(0)?, row.get(1)?);
            Ok(Refusal { code, said, n: row.get(2)?, last_at_ms: row.get(3)? })
        })?
        .collect();
    Ok(found?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinas_day_begins_at_sixteen_utc() {
        // 2026-11-21 15:59:59.999 and 16:00 UTC.
        let before_ms = 1_795_276_799_999;
        assert_eq!(china_day(before_ms + 1), china_day(before_ms) + 1);
        assert_eq!(next_china_midnight_ms(before_ms), before_ms + 1);
        assert_eq!(next_china_midnight_ms(before_ms + 1), before_ms + 1 + DAY_MS);
    }
}
