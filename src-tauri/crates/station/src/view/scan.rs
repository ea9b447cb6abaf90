//! What a scan was, as the window sees it.

use super::{HandView, Row, ScanMode, VerifyView, WeighView};
use crate::trouble::Trouble;
use serde::Serialize;
use ts_rs::TS;

impl ScanCommand {
    /// All of them with what their barcodes say: nothing that a shop or carrier would number by.
    pub const ALL: [(Self, &'static str); 10] = [
        (Self::Next, "*PB-NEXT*"),
        (Self::Reprint, "*PB-REPRINT*"),
        (Self::Pause, "*PB-PAUSE*"),
        (Self::Resume, "*PB-RESUME*"),
        (Self::Stop, "*PB-STOP*"),
        (Self::ToShip, "*PB-TO-SHIP*"),
        (Self::ToReprint, "*PB-TO-REPRINT*"),
        (Self::ToVerify, "*PB-TO-VERIFY*"),
        (Self::ToWeigh, "*PB-TO-WEIGH*"),
        (Self::ToHandOver, "*PB-TO-HAND-OVER*"),
    ];

    /// What scans are for after it, if it is about that.
    pub fn mode(self) -> Option<ScanMode> {
        match self {
            Self::Next | Self::Reprint | Self::Pause | Self::Resume | Self::Stop => None,
            Self::ToShip => Some(ScanMode::Ship),
            Self::ToReprint => Some(ScanMode::Reprint),
            Self::ToVerify => Some(ScanMode::Verify),
            Self::ToWeigh => Some(ScanMode::Weigh),
            Self::ToHandOver => Some(ScanMode::HandOver),
        }
    }

    /// The command a code says. Some scanners are set to capitals, some to small letters.
    pub fn of(code: &str) -> Option<Self> {
        let code = code.trim();
        Self::ALL.into_iter().find(|(_, says)| says.eq_ignore_ascii_case(code)).map(|(it, _)| it)
    }
}

/// What a scan of a command barcode asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ScanCommand {
    /// Ship the first order of the list.
    Next,
    /// Print the last label that came out once more.
    Reprint,
    /// Let the selection on its way wait.
    Pause,
    /// Let it go on.
    Resume,
    /// Take what no carrier has heard of out of it.
    Stop,
    /// From now on scans ship.
    ToShip,
    /// From now on scans print again.
    ToReprint,
    /// From now on scans count goods.
    ToVerify,
    /// From now on scans weigh parcels.
    ToWeigh,
    /// From now on scans hand parcels over.
    ToHandOver,
}

/// What a command came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CommandView {
    /// Which.
    pub command: ScanCommand,
    /// Whether there was something to do it with.
    pub done: bool,
    /// The shipment it was done with, if it was one.
    pub row: Option<Box<Row>>,
}

/// What a scan was, and what was done about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case", tag = "kind", content = "value")]
pub enum ScanView {
    /// A waiting order was found and is being shipped.
    Shipping(Box<Row>),
    /// Its label is printed: a reprint is offered.
    Printed(Box<Row>),
    /// A label whose printing was in doubt is now confirmed.
    Confirmed(Box<Row>),
    /// Already on its way; nothing was done.
    InWork(Box<Row>),
    /// Waits for a person; nothing was done.
    Attention(Box<Row>),
    /// It has no label yet that could be printed again; nothing was done.
    Waiting(Box<Row>),
    /// Its goods are being counted.
    Verifying(Box<VerifyView>),
    /// It is on the scale.
    Weighed(Box<WeighView>),
    /// It is on its way to the driver.
    Handed(Box<HandView>),
    /// A command barcode.
    Command(CommandView),
    /// Nothing here has that code, or several have; nothing was done.
    Unknown(Trouble),
}
