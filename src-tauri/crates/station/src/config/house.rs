//! The tables of the house: `[backup]`, `[privacy]`, `[people]`, `[update]`. All may be absent.

use super::{parse::url, section::Section};
use std::path::PathBuf;

/// Copies kept if nobody said: a week.
pub const BACKUPS_KEPT: u32 = 7;
/// Further copies would only fill the disk.
pub const BACKUPS_KEPT_MAX: u32 = 365;
/// Ten years: no paper of a shop must be kept longer.
pub const BLANK_DAYS_MAX: u32 = 3_650;
/// A parcel is claimed, returned and disputed within this time: nothing is blanked sooner.
pub const BLANK_DAYS_MIN: u32 = 7;
/// A working day.
pub const LOCK_MIN_MAX: u32 = 480;
/// Nobody prints a label more often without asking.
pub const REPRINTS_MAX: u32 = 99;

/// `[backup]`: how the database is copied by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backups {
    /// Copies kept; 0: none is made.
    pub keep: u32,
    /// Where they lie; `None`: `backups/` in the home.
    pub folder: Option<PathBuf>,
}

/// `[privacy]`: what is shown and kept of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Privacy {
    /// Names, phones and addresses are blanked so many days after delivery; `None`: never.
    pub blank_after_days: Option<u32>,
    /// Names in lists are masked as phones always are.
    pub mask_names: bool,
}

/// `[people]`: what holds for those who work here, once there are operators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct People {
    /// The window locks after so many minutes without a key; 0: never.
    pub lock_after_min: u32,
    /// Copies of a label that anybody may print; `None`: any number.
    pub reprints_max: Option<u32>,
}

pub(super) fn backups(top: &Section<'_>) -> Backups {
    let mut read = Backups { keep: BACKUPS_KEPT, folder: None };
    if let Some(section) = top.table("backup") {
        read.keep = section.number("keep", 0, BACKUPS_KEPT_MAX).unwrap_or(BACKUPS_KEPT);
        read.folder = section.text_or("folder", None).map(PathBuf::from);
        section.end();
    }
    read
}

pub(super) fn privacy(top: &Section<'_>) -> Privacy {
    let mut read = Privacy { blank_after_days: None, mask_names: true };
    if let Some(section) = top.table("privacy") {
        read.blank_after_days = section.number("blank_after_days", BLANK_DAYS_MIN, BLANK_DAYS_MAX);
        read.mask_names = section.item("mask_names").is_none() || section.flag("mask_names");
        section.end();
    }
    read
}

pub(super) fn people(top: &Section<'_>) -> People {
    let mut read = People { lock_after_min: 0, reprints_max: None };
    if let Some(section) = top.table("people") {
        read.lock_after_min = section.number("lock_after_min", 0, LOCK_MIN_MAX).unwrap_or(0);
        read.reprints_max = section.number("reprints_max", 1, REPRINTS_MAX);
        section.end();
    }
    read
}

pub(super) fn update_url(top: &Section<'_>) -> Option<String> {
    let section = top.table("update")?;
    let asked = url(&section, "url", false);
    section.end();
    asked
}
