//! Files for shops that nobody presses a key for: every so often, or at times of the day. What was
//! missed while the program was off is made up for once at its next start.

use super::Told;
use crate::{Station, config::Tell, db::DbError, shipment::told, trouble::Trouble};
use jiff::{Timestamp, ToSpan, civil::Time, tz::TimeZone};
use rusqlite::{Connection, OptionalExtension};
use std::sync::Arc;

/// Where the last time is kept.
const LAST: &str = "told_last_ms";
const MIN_MS: i64 = 60_000;

impl Station {
    /// Writes what is owed, and files for all shops if it is time for that; how many of these.
    /// Orders without a shop are left to a person.
    ///
    /// # Errors
    /// As [`Station::tell_shop`]; what is owed is tried again at the next turn.
    pub async fn tell_by_itself(self: &Arc<Self>) -> Result<usize, Trouble> {
        if self.config.practice {
            return Ok(0);
        }
        let _one = self.telling.lock().await;
        let written = self.tell_due().await.inspect_err(|why| self.failed(why))?;
        let failed = self.live().tell_failed.take();
        if failed.is_some() {
            self.touch();
        }
        Ok(written)
    }

    async fn tell_due(self: &Arc<Self>) -> Result<usize, Trouble> {
        self.write_owed(None).await?;
        let tell = &self.config.tell;
        let now_ms = self.now_ms();
        let last_ms = self.db.read(last)?;
        if tell.every_min.is_none() && tell.at_min.is_empty() {
            if last_ms.is_some() {
                self.keep_last(None).await?;
            }
            return Ok(0);
        }
        // Since when it is asked for; a clock that was put back counts from now on.
        let Some(last_ms) = last_ms.filter(|last_ms| *last_ms <= now_ms) else {
            self.keep_last(Some(now_ms)).await?;
            return Ok(0);
        };
        if !is_due(tell, last_ms, now_ms, &TimeZone::system()) {
            return Ok(0);
        }
        let mut written = 0;
        let waiting = self.db.read(|db| told::untold(db, self.ready()))?;
        for untold in waiting.iter().filter(|untold| !untold.shop.is_empty()) {
            let told = self.tell_one(&untold.shop, None, Told::ByItself).await?;
            written += usize::from(told.is_some());
        }
        self.keep_last(Some(now_ms)).await?;
        Ok(written)
    }

    async fn keep_last(&self, at_ms: Option<i64>) -> Result<(), Trouble> {
        let keep = move |db: &Connection| -> Result<(), DbError> {
            match at_ms {
                None => db.execute("DELETE FROM meta WHERE key = ?1", [LAST])?,
                Some(at_ms) => {
                    let put = "INSERT OR REPLACE INTO meta VALUES (?1, ?2)";
                    db.execute(put, [LAST, &at_ms.to_string()])?
                }
            };
            Ok(())
        };
        self.db.write(keep).await.map_err(Trouble::from)
    }
}

fn last(db: &Connection) -> Result<Option<i64>, DbError> {
    let read = "SELECT value FROM meta WHERE key = ?1";
    let text: Option<String> = db.query_row(read, [LAST], |row| row.get(0)).optional()?;
    Ok(text.and_then(|text| text.parse().ok()))
}

/// Whether files are due, after those of `last_ms`.
fn is_due(tell: &Tell, last_ms: i64, now_ms: i64, zone: &TimeZone) -> bool {
    let every = tell.every_min.is_some_and(|min| now_ms - last_ms >= i64::from(min) * MIN_MS);
    every || tell.at_min.iter().any(|min| last_time(*min, now_ms, zone) > Some(last_ms))
}

/// When it was that time of the day last, ms UTC.
fn last_time(at_min: u16, now_ms: i64, zone: &TimeZone) -> Option<i64> {
    let now = Timestamp::from_millisecond(now_ms).ok()?.to_zoned(zone.clone());
    let (hour, minute) = (i8::try_from(at_min / 60).ok()?, i8::try_from(at_min % 60).ok()?);
    let time = Time::new(hour, minute, 0, 0).ok()?;
    let on = |date: jiff::civil::Date| {
        let at = date.to_datetime(time).to_zoned(zone.clone()).ok()?;
        Some(at.timestamp().as_millisecond())
    };
    let today = on(now.date())?;
    if today <= now_ms { Some(today) } else { on(now.date().checked_sub(1.day()).ok()?) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::TellWhen;

    const HOUR_MS: i64 = 60 * MIN_MS;

    fn tell(every_min: Option<u32>, at_min: &[u16]) -> Tell {
        let (when, at_min) = (TellWhen::Printed, at_min.to_vec());
        Tell { when, folder: None, every_min, at_min, forms: Vec::new() }
    }

    #[test]
    fn every_so_often() {
        let tell = tell(Some(30), &[]);
        assert!(!is_due(&tell, 0, 30 * MIN_MS - 1, &TimeZone::UTC));
        assert!(is_due(&tell, 0, 30 * MIN_MS, &TimeZone::UTC));
    }

    #[test]
    fn at_its_times_once_each_also_when_one_was_missed() {
        let tell = tell(None, &[12 * 60, 18 * 60 + 30]);
        let utc = TimeZone::UTC;
        let at = |hour: i64, min: i64| hour * HOUR_MS + min * MIN_MS;
        assert!(!is_due(&tell, at(9, 0), at(11, 59), &utc));
        assert!(is_due(&tell, at(9, 0), at(12, 0), &utc));
        assert!(!is_due(&tell, at(12, 0), at(18, 29), &utc));
        assert!(is_due(&tell, at(12, 1), at(18, 30), &utc));
        // Off in the evening, on the next morning.
        assert!(is_due(&tell, at(17, 0), at(24 + 8, 0), &utc));
        assert!(!is_due(&tell, at(24 + 8, 0), at(24 + 8, 5), &utc));
    }

    #[test]
    fn times_are_the_bench_s_own() {
        let china = TimeZone::fixed(jiff::tz::offset(8));
        assert_eq!(last_time(8 * 60, 5 * HOUR_MS, &china), Some(0));
        assert_eq!(last_time(8 * 60, -1, &china), Some(-24 * HOUR_MS));
    }
}
