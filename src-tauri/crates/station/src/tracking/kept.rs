//! The rows of what is asked after: planned, due, merged, counted. The only writer of the tables
//! `track…`; each function runs in its caller's transaction.

use super::{
    plan::{self, Group, Parcel, Time},
    shown,
    words::{stage_of, word},
};
use crate::{
    calls::china_day,
    carrier::{
        offers::Route,
        track::{Stage, TrackEvent, Tracked},
    },
    db::DbError,
};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// Events of one answer that are kept; a parcel around the world has fewer than a hundred.
const EVENTS_MAX: usize = 300;
/// Characters of a carrier's sentence, and of its code or a place, that are kept.
const TEXT_CHARS_MAX: usize = 500;
const WORD_CHARS_MAX: usize = 40;

/// A row that is asked after.
#[derive(Debug, Clone)]
pub struct Due {
    /// What its next look depends on.
    pub parcel: Parcel,
    /// The number.
    pub no: String,
    /// Our key; empty for a number from elsewhere.
    pub order_key: String,
    /// Whose it is, by the code at the account; empty: its own carrier's.
    pub carrier: String,
    /// The end of a phone, or the whole phone as it stands in the order.
    pub phone: String,
}

/// How looks of an account are timed.
#[derive(Debug, Clone, Copy)]
pub struct Beat {
    /// ms UTC.
    pub now_ms: i64,
    /// See [`plan::Plan`].
    pub stretch_permille: u64,
    /// See `Allowance`.
    pub again_after_ms: i64,
    /// Practice or not.
    pub time: Time,
}

const DUE: &str = "SELECT t.id, t.stage, t.since_ms, t.news_at_ms, t.told_at_ms, t.no, \
    t.order_key, CASE WHEN t.phone_tail <> '' THEN t.phone_tail ELSE coalesce(o.phone, '') END, \
    t.carrier \
    FROM track t LEFT JOIN shipment s ON s.id = t.shipment_id \
    LEFT JOIN orders o ON o.id = s.order_id";

fn due(row: &Row<'_>) -> Result<Due, rusqlite::Error> {
    Ok(Due {
        parcel: Parcel {
            id: row.get(0)?,
            stage: stage_of(row.get::<_, Option<String>>(1)?.as_deref()),
            since_ms: row.get(2)?,
            news_at_ms: row.get(3)?,
            told_at_ms: row.get(4)?,
        },
        no: row.get(5)?,
        order_key: row.get(6)?,
        phone: row.get(7)?,
        carrier: row.get(8)?,
    })
}

/// A number that is none of ours is asked after from now on; one that is already, goes on.
///
/// # Errors
/// SQL errors.
pub fn add(
    db: &Connection,
    account: &str,
    no: &str,
    carrier: &str,
    phone_tail: &str,
    now_ms: i64,
) -> Result<(), DbError> {
    db.prepare_cached(
        "INSERT INTO track (account, no, order_key, phone_tail, carrier, since_ms, news_at_ms,
                            due_at_ms)
         VALUES (?1, ?2, '', ?3, ?4, ?5, ?5, 0)
         ON CONFLICT (no, account) DO UPDATE SET
           carrier = CASE WHEN excluded.carrier = '' THEN carrier ELSE excluded.carrier END,
           phone_tail = CASE WHEN waybill_id IS NOT NULL OR excluded.phone_tail = ''
                             THEN phone_tail ELSE excluded.phone_tail END,
           due_at_ms = coalesce(due_at_ms, 0)",
    )?
    .execute(params![account, no, phone_tail, carrier, now_ms])?;
    Ok(())
}

/// A number of ours is another carrier's than the account's own.
///
/// # Errors
/// SQL errors.
pub fn of_carrier(db: &Connection, account: &str, no: &str, carrier: &str) -> Result<(), DbError> {
    db.prepare_cached("UPDATE track SET carrier = ?3 WHERE no = ?2 AND account = ?1")?
        .execute(params![account, no, carrier])?;
    Ok(())
}

/// Gives the rows that came in since their first moment, at most `most`; how many there were.
///
/// # Errors
/// SQL errors.
pub fn plan_new(db: &Connection, account: &str, beat: Beat, most: u32) -> Result<usize, DbError> {
    let new: Result<Vec<Parcel>, _> = db
        .prepare_cached(
            "SELECT id, since_ms, news_at_ms FROM track
              WHERE account = ?1 AND due_at_ms = 0 LIMIT ?2",
        )?
        .query_map(params![account, most], |row| {
            let (id, since_ms, news_at_ms) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(Parcel { id, stage: None, since_ms, news_at_ms, told_at_ms: None })
        })?
        .collect();
    let new = new?;
    for parcel in &new {
        let alive = parcel.next_ms(beat.now_ms, 1_000, 1, Time::Real).is_some();
        let due_at_ms = alive.then(|| parcel.first_ms(beat.time));
        db.prepare_cached("UPDATE track SET due_at_ms = ?2 WHERE id = ?1")?
            .execute(params![parcel.id, due_at_ms])?;
    }
    Ok(new.len())
}

/// What is due, longest first, at most `most`; numbers of elsewhere one at a time, because some
/// carriers want a phone with them.
///
/// # Errors
/// SQL errors.
pub fn due_now(
    db: &Connection,
    account: &str,
    now_ms: i64,
    most: usize,
) -> Result<Vec<Due>, DbError> {
    let sql = format!(
        "{DUE} WHERE t.account = ?1 AND t.due_at_ms BETWEEN 1 AND ?2 \
        ORDER BY t.due_at_ms LIMIT ?3"
    );
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let rows: Result<Vec<Due>, _> =
        db.prepare_cached(&sql)?.query_map(params![account, now_ms, most], due)?.collect();
    let mut rows = rows?;
    let own = rows.iter().take_while(|row| !row.order_key.is_empty()).count();
    rows.truncate(own.max(1));
    Ok(rows)
}

/// When the next is due, ms UTC.
///
/// # Errors
/// SQL errors.
pub fn next_due_ms(db: &Connection, account: &str) -> Result<Option<i64>, DbError> {
    let sql = "SELECT min(due_at_ms) FROM track WHERE account = ?1 AND due_at_ms IS NOT NULL";
    Ok(db.prepare_cached(sql)?.query_row([account], |row| row.get(0))?)
}

/// The row of a waybill number, newest first where several accounts have it, with its account.
///
/// # Errors
/// SQL errors.
pub fn by_number(db: &Connection, no: &str) -> Result<Option<(Due, String)>, DbError> {
    let sql = format!(
        "{DUE} LEFT JOIN waybill w ON w.id = t.waybill_id \
        WHERE t.no = ?1 AND w.voided_at_ms IS NULL ORDER BY t.id DESC LIMIT 1"
    );
    let found = db.prepare_cached(&sql)?.query_row([no], due).optional()?;
    let Some(found) = found else { return Ok(None) };
    let account = db
        .prepare_cached("SELECT account FROM track WHERE id = ?1")?
        .query_row([found.parcel.id], |row| row.get(0))?;
    Ok(Some((found, account)))
}

/// Parcels on their way, by what they are asked after alike.
///
/// # Errors
/// SQL errors.
pub fn groups(db: &Connection, account: &str, now_ms: i64) -> Result<Vec<Group>, DbError> {
    let mut statement = db.prepare_cached(
        "SELECT stage, news_at_ms < ?2, count(*) FROM track
          WHERE account = ?1 AND due_at_ms IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2",
    )?;
    let groups: Result<Vec<Group>, _> = statement
        .query_map(params![account, plan::quiet_before_ms(now_ms)], |row| {
            let stage = stage_of(row.get::<_, Option<String>>(0)?.as_deref());
            Ok(Group { stage, quiet: row.get(1)?, parcels: row.get(2)? })
        })?
        .collect();
    Ok(groups?)
}

/// Calls of the day so far.
///
/// # Errors
/// SQL errors.
pub fn calls_today(db: &Connection, account: &str, now_ms: i64) -> Result<u32, DbError> {
    let calls = db
        .prepare_cached("SELECT calls FROM track_day WHERE account = ?1 AND day = ?2")?
        .query_row(params![account, china_day(now_ms)], |row| row.get(0))
        .optional()?;
    Ok(calls.unwrap_or(0))
}

/// One call more.
///
/// # Errors
/// SQL errors.
pub fn count_call(db: &Connection, account: &str, now_ms: i64) -> Result<(), DbError> {
    db.prepare_cached(
        "INSERT INTO track_day (account, day, calls) VALUES (?1, ?2, 1)
         ON CONFLICT (account) DO UPDATE SET
           calls = CASE WHEN day = excluded.day THEN calls + 1 ELSE 1 END, day = excluded.day",
    )?
    .execute(params![account, china_day(now_ms)])?;
    Ok(())
}

/// Merges what was said of a parcel: nothing is doubled, and an older answer after a newer one
/// takes nothing back. `told`: the carrier said it by itself.
///
/// # Errors
/// SQL errors.
pub fn merge(
    db: &Connection,
    account: &str,
    parcel: Parcel,
    said: &Tracked,
    beat: Beat,
    told: bool,
) -> Result<(), DbError> {
    // Oldest first: what is left out is the oldest.
    let newest = said.events.len().saturating_sub(EVENTS_MAX);
    for event in &said.events[newest..] {
        put_event(db, account, parcel.id, &bounded(event), beat.now_ms)?;
    }
    let newest_ms = db
        .prepare_cached("SELECT max(at_ms) FROM track_event WHERE track_id = ?1")?
        .query_row([parcel.id], |row| row.get::<_, Option<i64>>(0))?;
    let said_ms = said.events.iter().map(|event| event.at_ms).max();
    let is_news = said_ms >= newest_ms;
    let whole = said.stage.filter(|stage| is_news && *stage != Stage::Other);
    let stage = match whole {
        Some(stage) => Some(stage),
        None => shown::last_known(db, parcel.id)?
            .or(parcel.stage)
            .or(said.stage)
            .or_else(|| said_ms.map(|_| Stage::Other)),
    };
    let after = Parcel {
        stage,
        news_at_ms: newest_ms.map_or(parcel.news_at_ms, |ms| ms.max(parcel.news_at_ms)),
        told_at_ms: if told { Some(beat.now_ms) } else { parcel.told_at_ms },
        ..parcel
    };
    let stage_at_ms = (stage != parcel.stage).then(|| newest_ms.unwrap_or(beat.now_ms));
    let asked_at_ms = (!told).then_some(beat.now_ms);
    db.prepare_cached(
        "UPDATE track SET stage = ?2, stage_at_ms = coalesce(?3, stage_at_ms), news_at_ms = ?4,
                told_at_ms = ?5, asked_at_ms = coalesce(?6, asked_at_ms), due_at_ms = ?7, said = ''
          WHERE id = ?1",
    )?
    .execute(params![
        parcel.id,
        stage.map(word),
        stage_at_ms,
        after.news_at_ms,
        after.told_at_ms,
        asked_at_ms,
        after.next_ms(beat.now_ms, beat.stretch_permille, beat.again_after_ms, beat.time),
    ])?;
    Ok(())
}

/// As much of a carrier's words as is kept; always the same of the same words.
fn bounded(event: &TrackEvent) -> TrackEvent {
    let short = |text: &str, chars_max: usize| text.chars().take(chars_max).collect();
    TrackEvent {
        word: short(&event.word, WORD_CHARS_MAX),
        text: short(&event.text, TEXT_CHARS_MAX),
        place: short(&event.place, WORD_CHARS_MAX),
        ..*event
    }
}

/// An event that is known already may have got its meaning since: the free question says one for
/// the newest event alone.
fn put_event(
    db: &Connection,
    account: &str,
    id: i64,
    event: &TrackEvent,
    now_ms: i64,
) -> Result<(), DbError> {
    let values = params![id, event.at_ms, event.text, word(event.stage), event.word, event.place];
    let new = db
        .prepare_cached(
            "INSERT OR IGNORE INTO track_event (track_id, at_ms, text, stage, word, place)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(values)?;
    if new == 0 {
        db.prepare_cached(
            "UPDATE track_event SET stage = ?4, word = ?5,
                    place = CASE WHEN ?6 = '' THEN place ELSE ?6 END
              WHERE track_id = ?1 AND at_ms = ?2 AND text = ?3
                AND stage = 'other' AND word = '' AND ?5 <> ''",
        )?
        .execute(values)?;
    } else if event.stage == Stage::Other && !event.word.is_empty() {
        db.prepare_cached(
            "INSERT INTO track_word (account, word, n, text, first_at_ms)
             VALUES (?1, ?2, 1, ?3, ?4)
             ON CONFLICT (account, word) DO UPDATE SET n = n + 1",
        )?
        .execute(params![account, event.word, event.text, now_ms])?;
    }
    Ok(())
}

/// Keeps the route that was told of a number at its account at a moment (ms UTC, by the carrier's
/// clock; 0 is older than any), unless a newer one is known.
///
/// # Errors
/// SQL errors.
pub fn route(
    db: &Connection,
    (account, no): (&str, &str),
    route: &Route,
    at_ms: i64,
) -> Result<(), DbError> {
    let text = serde_json::to_string(route).expect("plain structs always serialise");
    db.prepare_cached(
        "UPDATE track SET route = ?3, route_at_ms = ?4
          WHERE no = ?2 AND account = ?1 AND coalesce(route_at_ms, 0) <= ?4",
    )?
    .execute(params![account, no, text, at_ms])?;
    Ok(())
}

/// A look that brought nothing: asked again in its turn; `said` is why, in the carrier's words.
///
/// # Errors
/// SQL errors.
pub fn nothing(db: &Connection, parcel: Parcel, said: &str, beat: Beat) -> Result<(), DbError> {
    let next_ms =
        parcel.next_ms(beat.now_ms, beat.stretch_permille, beat.again_after_ms, beat.time);
    db.prepare_cached(
        "UPDATE track SET asked_at_ms = ?2, due_at_ms = ?3, said = ?4 WHERE id = ?1",
    )?
    .execute(params![parcel.id, beat.now_ms, next_ms, said])?;
    Ok(())
}

/// Forgets the way of a shipment's parcels: carriers name couriers and receivers in it. How far
/// they came stays.
///
/// # Errors
/// SQL errors.
pub fn blank(db: &Connection, shipment_id: i64) -> Result<(), DbError> {
    db.prepare_cached(
        "DELETE FROM track_event WHERE track_id IN (SELECT id FROM track WHERE shipment_id = ?1)",
    )?
    .execute([shipment_id])?;
    db.prepare_cached(
        "UPDATE track SET said = '', phone_tail = '', route = NULL WHERE shipment_id = ?1",
    )?
    .execute([shipment_id])?;
    Ok(())
}

/// Takes the examples out of words that were first heard before that moment.
///
/// # Errors
/// SQL errors.
pub fn blank_words(db: &Connection, before_ms: i64) -> Result<(), DbError> {
    db.prepare_cached("UPDATE track_word SET text = '' WHERE first_at_ms < ?1 AND text <> ''")?
        .execute([before_ms])?;
    Ok(())
}
