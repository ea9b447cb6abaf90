//! Scales: what they send, as pure parsers, and what may be believed of it. Protocols stand in
//! `lines` (text), `frames` (bytes) and `hid` (USB); `judge` says which reading is a weight.

mod address;
mod decode;
mod frames;
mod hid;
mod judge;
mod lines;
mod mass;

pub use address::{Address, BadAddress, FORMS};
pub use decode::{Decoder, Protocol};
pub use judge::{Heard, Judge};

/// The usage page of scales. Source: HID Point of Sale Usage Tables 1.02, 4.
pub const SCALES: u16 = 0x8d;

/// What a scale says of its load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// It rests.
    Stable,
    /// It moves.
    Moving,
    /// This protocol does not tell.
    Untold,
    /// More than the scale can weigh.
    Over,
    /// Less than it can weigh: something was taken off that it was zeroed with.
    Under,
}

/// One value of a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Milligrams; 0 where the scale only says that it cannot weigh.
    pub mass_mg: i64,
    /// Whether it rests.
    pub motion: Motion,
}
