//! `[verify]`, `[scale]`, `[weigh]`: what the settings say of the scan screen.

use super::{ConfigWhy, section::Section};
use crate::{
    print,
    scale::{Address, Protocol},
    scanning,
};

/// How goods are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyConfig {
    /// No label before the goods are counted.
    pub before_label: bool,
    /// The label prints by itself once all is counted.
    pub print: bool,
}

impl Default for VerifyConfig {
    fn default() -> Self {
        Self { before_label: false, print: true }
    }
}

/// The scale of this bench.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScaleConfig {
    /// Where it is.
    pub address: Address,
    /// How it speaks.
    pub protocol: Protocol,
}

/// How far a parcel may be from what its order should weigh.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeighConfig {
    /// Of the expected weight, per cent.
    pub band_percent: u32,
    /// Grams; the wider of the two counts.
    pub band_g: u32,
}

impl Default for WeighConfig {
    fn default() -> Self {
        Self { band_percent: 5, band_g: 50 }
    }
}

/// `[verify]`.
pub(super) fn verify(top: &Section<'_>) -> VerifyConfig {
    let Some(section) = top.table("verify") else { return VerifyConfig::default() };
    let print = section.item("print").is_none() || section.flag("print");
    let read = VerifyConfig { before_label: section.flag("before_label"), print };
    section.end();
    read
}

/// `[scale]`; the band stands with it.
pub(super) fn scale(top: &Section<'_>, practice: bool) -> (Option<ScaleConfig>, WeighConfig) {
    let usual = WeighConfig::default();
    let Some(section) = top.table("scale") else { return (None, usual) };
    let weigh = WeighConfig {
        band_percent: section.number("band_percent", 0, 100).unwrap_or(usual.band_percent),
        band_g: section.number("band_g", 0, 100_000).unwrap_or(usual.band_g),
    };
    let protocol = section.word("protocol", &Protocol::WORDS);
    let text = section.text("address");
    let address = text.parse::<Address>().ok().filter(|address| match address {
        Address::Wire(wire) => wire.parse::<print::Address>().is_ok(),
        Address::Hid { .. } => true,
        Address::Screen => practice,
    });
    if address.is_none() && !text.is_empty() {
        section.note("address", ConfigWhy::NotOneOf, crate::scale::FORMS);
    }
    section.end();
    (address.map(|address| ScaleConfig { address, protocol }), weigh)
}

/// How scanners are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScannerConfig {
    /// What it puts before a code.
    pub prefix: String,
    /// What it puts behind it, before its end.
    pub suffix: String,
    /// Whether it ends a code by falling silent instead of with a key.
    pub silent_end: bool,
    /// Keys of a scanner are on average no further apart, ms.
    pub gap_ms: u32,
    /// Where it is read directly; `None`: it types, as a keyboard does.
    pub address: Option<scanning::Address>,
}

/// Scanners send their keys within 30 ms, people need 60 and more.
pub const GAP_MS: u32 = 45;
/// Bounds of that: faster is no scanner, slower is a person.
pub const GAP_MS_RANGE: (u32, u32) = (15, 120);

/// `[scanner]`.
pub(super) fn scanner(top: &Section<'_>) -> ScannerConfig {
    let mut read = ScannerConfig {
        prefix: String::new(),
        suffix: String::new(),
        silent_end: false,
        gap_ms: GAP_MS,
        address: None,
    };
    let Some(section) = top.table("scanner") else { return read };
    read.prefix = section.text_or_empty("prefix");
    read.suffix = section.text_or_empty("suffix");
    read.silent_end = section.word("ending", &[("key", false), ("silence", true)]);
    let (least, most) = GAP_MS_RANGE;
    read.gap_ms = section.number("gap_ms", least, most).unwrap_or(GAP_MS);
    if let Some(text) = section.text_or("address", None) {
        let address = text.parse::<scanning::Address>().ok();
        read.address = address.filter(|address| match address {
            scanning::Address::Wire(wire) => is_line(wire),
            _ => true,
        });
        if read.address.is_none() {
            section.note("address", ConfigWhy::NotOneOf, scanning::FORMS);
        }
    }
    section.end();
    read
}

fn is_line(wire: &str) -> bool {
    let address = wire.parse::<print::Address>();
    matches!(address, Ok(print::Address::Serial { .. } | print::Address::Tcp(_)))
}
