//! Whose doing a line of the history is, and what is forgotten of it.

use super::{ShipmentError, tell};
use rusqlite::Connection;

/// Words of the history that say what a carrier, a printer or the program did; all others say what
/// a person did.
const NOT_BY_PERSONS: &[&str] = &[
    "blanked",
    "checked",
    "copy_unmarked",
    "issued",
    "label_unknown",
    "pictures",
    "printed",
    "refused",
    "sent",
    "sent_again",
    "spooled",
    "system_font",
    "told_shop",
    "unknown",
    "void_refused",
    "voided",
];

/// Whether a word of the history says what a person did.
pub fn by_person(said: &str) -> bool {
    !NOT_BY_PERSONS.contains(&said) && !said.starts_with("template_")
}

/// Takes the words of people and carriers out of a shipment's history; numbers stay.
///
/// # Errors
/// SQL errors.
pub fn blank(db: &Connection, id: i64, now_ms: i64) -> Result<(), ShipmentError> {
    db.prepare_cached(
        "UPDATE shipment_event SET note = '' WHERE shipment_id = ?1 AND note <> ''
            AND event NOT IN ('issued', 'void_asked', 'voided')",
    )?
    .execute([id])?;
    db.prepare_cached(
        "UPDATE shipment SET faults = '[]', memo = '', buyer = 0,
                load_note = iif(load_pieces IS NULL, NULL, '') WHERE id = ?1",
    )?
    .execute([id])?;
    tell(db, id, "blanked", "", now_ms)
}
