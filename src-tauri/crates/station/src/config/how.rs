//! How a printer handles its paper: the keys of `[[printer]]` about media, cutting and place.

use super::{ConfigWhy, Finish, How, Media, Method, section::Section};
use std::ops::RangeInclusive;

/// Every form leaves this much blank on all sides, so that an offset within it cuts nothing, µm.
const MARGIN_UM: u64 = 2_000;
/// Gaps and marks there are, µm.
const TRACK_UM: RangeInclusive<u32> = 1_000..=30_000;
/// Nearly all rolls: a gap of 2 mm, a mark of 3 mm.
const GAP_UM: u32 = 2_000;
const MARK_UM: u32 = 3_000;
/// A strip of more labels than this is a roll.
const CUT_EVERY_MAX: u32 = 100;

/// Gap, mark or neither, before its length is known.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Track {
    Gap,
    Mark,
    Continuous,
}

/// How far a picture may be moved on this head, dots.
pub fn offset_max(head_dots_per_m: u32) -> i32 {
    let margin_dots = u64::from(head_dots_per_m) * MARGIN_UM / 1_000_000;
    i32::try_from(margin_dots).unwrap_or(i32::MAX)
}

pub(super) fn read(section: &Section<'_>, head_dots_per_m: u32) -> How {
    let offset_max = offset_max(head_dots_per_m);
    How {
        offset: (
            section.either_side("offset_x", offset_max),
            section.either_side("offset_y", offset_max),
        ),
        upside_down: section.flag("upside_down"),
        media: media(section),
        finish: finish(section),
        method: section
            .word_if_there("method", &[("direct", Method::Direct), ("transfer", Method::Transfer)]),
    }
}

fn finish(section: &Section<'_>) -> Option<Finish> {
    let every = section.number("cut_every", 1, CUT_EVERY_MAX);
    let cut = Finish::Cut { every: every.and_then(|every| every.try_into().ok()).unwrap_or(1) };
    let words = [("tear", Finish::Tear), ("peel", Finish::Peel), ("cut", cut)];
    let finish = section.word_if_there("finish", &words);
    if section.item("cut_every").is_some() && finish != Some(cut) {
        section.note("finish", ConfigWhy::NotOneOf, "cut");
    }
    finish
}

fn media(section: &Section<'_>) -> Option<Media> {
    let words = [("gap", Track::Gap), ("mark", Track::Mark), ("continuous", Track::Continuous)];
    let track = section.word_if_there("media", &words);
    let [gap_um, mark_um] = ["gap_mm", "mark_mm"].map(|key| section.millimetres(key, TRACK_UM));
    // A length without its kind of paper would be thrown away silently.
    let stray = |key: &str, kind: Track, what: &str| {
        if section.item(key).is_some() && track != Some(kind) {
            section.note("media", ConfigWhy::NotOneOf, what);
        }
    };
    stray("gap_mm", Track::Gap, "gap");
    stray("mark_mm", Track::Mark, "mark");
    track.map(|track| match track {
        Track::Gap => Media::Gap(gap_um.unwrap_or(GAP_UM)),
        Track::Mark => Media::Mark(mark_um.unwrap_or(MARK_UM)),
        Track::Continuous => Media::Continuous,
    })
}
