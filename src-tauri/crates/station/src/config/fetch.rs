//! When an account's carrier is called to fetch what it carries.

use super::{ConfigWhy, section::Section};

/// For which parcels it is called, and when it comes. For none by default.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FetchConfig {
    /// For all.
    pub all: bool,
    /// For parcels that come back.
    pub returns: bool,
    /// From which hour to which, by China's clock.
    pub hours: Option<(u8, u8)>,
}

impl FetchConfig {
    pub(super) fn read(section: &Section<'_>) -> Self {
        Self {
            all: section.flag("call_courier"),
            returns: section.flag("fetch_returns"),
            hours: hours(section),
        }
    }
}

/// "14-18".
fn hours(section: &Section<'_>) -> Option<(u8, u8)> {
    let text = section.text_or_empty("courier_hours");
    if text.is_empty() {
        return None;
    }
    let hour = |text: &str| text.trim().parse::<u8>().ok().filter(|hour| *hour <= 24);
    let read = text.split_once('-').and_then(|(from, to)| hour(from).zip(hour(to)));
    let hours = read.filter(|(from, to)| from < to);
    if hours.is_none() {
        section.note("courier_hours", ConfigWhy::OutOfRange, "14-18");
    }
    hours
}
