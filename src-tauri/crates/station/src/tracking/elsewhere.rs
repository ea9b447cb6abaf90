//! Numbers that are none of ours: typed, or of couriers who bring something back.

use super::kept;
use crate::{order::read_phone, shipment::ShipmentError};

/// The last four digits of a phone, without its extension.
pub(super) fn phone_tail(phone: &str) -> String {
    let digits = read_phone(phone).map_or_else(|| phone.to_owned(), |phone| phone.number);
    let digits: Vec<char> = digits.chars().filter(char::is_ascii_digit).collect();
    digits[digits.len().saturating_sub(4)..].iter().collect()
}

/// Begins to ask after a number that is none of ours; one that is asked after already goes on.
///
/// # Errors
/// SQL errors.
pub(crate) fn follow(
    db: &rusqlite::Connection,
    account: &str,
    no: &str,
    carrier: &str,
    phone: &str,
    now_ms: i64,
) -> Result<(), ShipmentError> {
    Ok(kept::add(db, account, no, carrier, &phone_tail(phone), now_ms)?)
}
