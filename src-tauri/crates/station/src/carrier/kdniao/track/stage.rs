//! `State`, `StateEx` and `Action`: the whole table of carriers.md 1.9. Pure.
//!
//! The manual says to read an unknown code by its first digit, and says that digit itself, as
//! `State`, beside every `StateEx`: so a `State` that is in the table is believed, and a code alone
//! never is. "3…" of tomorrow may mean anything.

use crate::carrier::track::Stage::{self, *};

/// Codes of `StateEx` and `Action`.
#[rustfmt::skip]
pub const CODES: &[(&str, Stage)] = &[
    ("1", Collected),
    ("10", Announced),        // waits for pick-up
    ("2", InTransit),
    ("201", InTransit),       // in the destination's city
    ("202", OutForDelivery),
    ("204", InTransit),       // at a hub
    ("205", InTransit),       // at the outlet that delivers
    ("206", InTransit),       // sent by the outlet of origin
    ("211", AwaitsReceiver),  // locker or station
    ("3", Delivered),
    ("301", Delivered),
    ("302", Delivered),       // after a problem
    ("304", Delivered),       // to an agent
    ("311", Delivered),       // out of the locker or station
    ("4", Problem),
    ("401", Problem),         // no shipping info
    ("402", Problem),         // not signed in 36 h
    ("403", Problem),         // no news in 5 days
    ("404", Problem),         // the receiver refused it
    ("405", Problem),         // could not be delivered
    ("406", Returned),        // the return was signed
    ("407", Returning),       // the return was not signed yet
    ("412", Problem),         // too long in a locker or station
    ("413", Problem),         // intercepted
    ("414", Problem),         // damaged
    ("415", Cancelled),
    ("416", Problem),         // the receiver cannot be reached
    ("417", Problem),         // delayed
    ("418", Problem),         // taken out of the locker by the carrier
    ("419", Problem),         // is delivered again
    ("420", Problem),         // address unclear
    ("421", Problem),         // wrong phone
    ("422", Problem),         // missorted
    ("423", Problem),         // out of area
    ("5", InTransit),         // forwarded
    ("6", Customs),
    ("601", Customs),         // waits
    ("602", Customs),         // in progress
    ("603", Customs),         // cleared
    ("604", Problem),         // held by customs
];

/// What a code means; `None` if it is not in the table.
pub fn of(code: &str) -> Option<Stage> {
    CODES.iter().find(|row| row.0 == code).map(|row| row.1)
}
