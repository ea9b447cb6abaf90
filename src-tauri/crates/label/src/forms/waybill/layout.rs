//! Where the zones are on each paper. One vocabulary of zones for all forms; a form is a list.

use super::place;
use crate::units::Paper;

/// A place on a waybill with one purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    Header,
    SortCode,
    Bag,
    Number,
    Receiver,
    Sender,
    Contents,
    Signature,
    /// The second part's.
    ReceiverShort,
    /// The second part's.
    SenderShort,
}

/// A zone's free rows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    /// First free row, in dots.
    pub top: i32,
    /// After the last free row, in dots.
    pub end: i32,
    /// From rule to rule as the form says, µm.
    pub height_um: i32,
}

/// A framed part between the paper's edges and the perforation.
#[derive(Debug)]
pub(super) struct Part {
    /// The frame's upper edge, µm from the paper's.
    pub top: i32,
    /// From the top down, each with its lower edge in µm from the paper's upper edge.
    pub zones: &'static [(Zone, i32)],
}

impl Part {
    /// The lower edge of the last zone, µm.
    pub(super) fn end(&self) -> i32 {
        self.zones.last().map_or(self.top, |&(_, end_um)| end_um)
    }
}

/// A form.
#[derive(Debug)]
pub(super) struct Layout {
    /// The paper it is made for.
    pub paper: Paper,
    pub parts: &'static [Part],
}

/// Paper may be this much smaller than its form, µm: makers measure with or without the edge.
const SHORT_MAX: i32 = 2_000;

/// Smallest first. Bars are 12 mm or higher everywhere (the zone of a number less 7 mm), and
/// nothing is printed within a millimetre of a perforation.
static LAYOUTS: [Layout; 4] = [
    Layout {
        paper: Paper::WAYBILL,
        parts: &[Part {
            top: place::MARGIN,
            zones: &[
                (Zone::Header, 10_000),
                (Zone::SortCode, 25_000),
                (Zone::Bag, 32_500),
                (Zone::Number, 54_000),
                (Zone::Receiver, 78_500),
                (Zone::Sender, 90_000),
                (Zone::Contents, 115_500),
                (Zone::Signature, 128_000),
            ],
        }],
    },
    Layout {
        paper: Paper::WAYBILL_SHORT,
        parts: &[Part {
            top: place::MARGIN,
            zones: &[
                (Zone::Header, 9_500),
                (Zone::SortCode, 24_000),
                (Zone::Bag, 31_000),
                (Zone::Number, 50_000),
                (Zone::Receiver, 69_500),
                (Zone::Sender, 81_000),
                (Zone::Contents, 100_500),
                (Zone::Signature, 111_000),
            ],
        }],
    },
    Layout {
        paper: Paper::WAYBILL_TWO,
        parts: &[
            Part {
                top: place::MARGIN,
                zones: &[
                    (Zone::Header, 9_500),
                    (Zone::SortCode, 23_000),
                    (Zone::Bag, 30_000),
                    (Zone::Number, 49_000),
                    (Zone::Receiver, 68_000),
                    (Zone::Sender, 79_500),
                    (Zone::Signature, 89_000),
                ],
            },
            Part {
                top: 91_000,
                zones: &[
                    (Zone::Number, 110_000),
                    (Zone::ReceiverShort, 118_500),
                    (Zone::SenderShort, 127_000),
                    (Zone::Contents, 148_000),
                ],
            },
        ],
    },
    Layout {
        paper: Paper::WAYBILL_TWO_LONG,
        parts: &[
            Part {
                top: place::MARGIN,
                zones: &[
                    (Zone::Header, 11_000),
                    (Zone::SortCode, 28_000),
                    (Zone::Bag, 36_000),
                    (Zone::Number, 57_500),
                    (Zone::Receiver, 83_000),
                    (Zone::Sender, 95_500),
                    (Zone::Signature, 109_000),
                ],
            },
            Part {
                top: 111_000,
                zones: &[
                    (Zone::Number, 131_000),
                    (Zone::ReceiverShort, 140_500),
                    (Zone::SenderShort, 150_000),
                    (Zone::Contents, 178_000),
                ],
            },
        ],
    },
];

/// The largest form that `paper` holds.
pub(super) fn of(paper: Paper) -> Option<&'static Layout> {
    LAYOUTS.iter().rev().find(|layout| {
        paper.width_um >= layout.paper.width_um - SHORT_MAX
            && paper.height_um >= layout.paper.height_um - SHORT_MAX
    })
}
