//! Scanners in HID-POS mode: the scanned data report of HID's usage page 0x8C, wherever a model's
//! descriptor puts its parts. Source: HID Point of Sale Usage Tables 1.02, 3.2 and 3.4.

use super::{
    CODE_BYTES_MAX, SCANNERS,
    descriptor::{Field, fields},
    text,
};

const fn of_scanners(usage: u16) -> u32 {
    (SCANNERS as u32) << 16 | usage as u32
}

/// The AIM symbology identifier, a byte each: "]", the kind, its manner.
const SYMBOLOGY: [u32; 3] = [of_scanners(0xfb), of_scanners(0xfc), of_scanners(0xfd)];
/// What was read.
const DATA: u32 = of_scanners(0xfe);
/// Whether the next report goes on with it.
const CONTINUED: u32 = of_scanners(0xff);
/// How many bytes of the data count. Generic Desktop page.
const BYTE_COUNT: u32 = 0x0001_003b;
/// Of codes that are GS1: only by these it is known that one is, so they stay with the text.
const GS1: [&[u8]; 4] = [b"]C1", b"]d2", b"]Q3", b"]e0"];

/// One value's place in a report.
#[derive(Debug, Clone, Copy)]
struct Place {
    at_bits: usize,
    size_bits: usize,
}

/// Where the parts of one report lie.
#[derive(Debug)]
struct Layout {
    report: u8,
    data: Vec<Place>,
    length: Option<Place>,
    symbology: [Option<Place>; 3],
    continued: Option<Place>,
}

/// Codes out of reports.
#[derive(Debug)]
pub struct Codes {
    layouts: Vec<Layout>,
    /// Whether reports begin with their number.
    numbered: bool,
    /// What came of a code of several reports; `None`: too much.
    pending: Option<Vec<u8>>,
    begun: bool,
}

impl Codes {
    /// For a device with this descriptor; `None` if it is no scanner that sends what it read.
    pub fn of(descriptor: &[u8]) -> Option<Self> {
        let fields = fields(descriptor);
        let numbered = fields.iter().any(|field| field.report != 0);
        let mut layouts: Vec<Layout> = Vec::new();
        for field in fields.iter().filter(|field| field.size_bits == 8 && has(field, DATA)) {
            if layouts.iter().all(|known| known.report != field.report) {
                layouts.push(Layout::of(field.report, &fields));
            }
        }
        let pending = Some(Vec::new());
        (!layouts.is_empty()).then_some(Self { layouts, numbered, pending, begun: false })
    }

    /// Takes a report; the code that it ends.
    pub fn hear(&mut self, report: &[u8]) -> Option<String> {
        let (number, body) = match (self.numbered, report.split_first()) {
            (true, Some((&number, body))) => (number, body),
            (true, None) => return None,
            (false, _) => (0, report),
        };
        let layout = self.layouts.iter().find(|layout| layout.report == number)?;
        let data = layout.data(body);
        let pending = self.pending.get_or_insert_default();
        if !self.begun && GS1.contains(&layout.symbology(body).as_slice()) {
            pending.extend(layout.symbology(body));
        }
        pending.extend(data);
        self.begun = true;
        if layout.continued.is_some_and(|place| value(body, place) != 0) {
            // What is too long is heard to its end and then forgotten.
            pending.truncate(CODE_BYTES_MAX + 1);
            return None;
        }
        self.begun = false;
        let code = self.pending.take()?;
        if code.len() > CODE_BYTES_MAX { None } else { text(&code) }
    }
}

impl Layout {
    fn of(report: u8, fields: &[Field]) -> Self {
        let ours = || fields.iter().filter(|field| field.report == report);
        let one = |usage| ours().find_map(|field| places(field, usage).next());
        Self {
            report,
            data: ours().filter(|it| it.size_bits == 8).flat_map(|it| places(it, DATA)).collect(),
            length: one(BYTE_COUNT),
            symbology: SYMBOLOGY.map(one),
            continued: one(CONTINUED),
        }
    }

    /// The bytes that count; where nobody says how many, without the zeros behind them.
    fn data(&self, body: &[u8]) -> Vec<u8> {
        let mut data: Vec<u8> = self
            .data
            .iter()
            .filter(|it| it.at_bits / 8 < body.len())
            .map(|it| byte(body, *it))
            .collect();
        match self.length {
            Some(length) => data.truncate(value(body, length) as usize),
            None => data.truncate(data.iter().rposition(|&b| b != 0).map_or(0, |last| last + 1)),
        }
        data
    }

    fn symbology(&self, body: &[u8]) -> Vec<u8> {
        self.symbology.iter().flatten().map(|place| byte(body, *place)).collect()
    }
}

fn has(field: &Field, usage: u32) -> bool {
    field.usages.contains(&usage)
}

/// Where the values of a usage lie in a field.
fn places(field: &Field, usage: u32) -> impl Iterator<Item = Place> {
    let Field { at_bits, size_bits, count, ref usages, .. } = *field;
    (0..count)
        .filter(move |&nth| usages.get(nth).or(usages.last()) == Some(&usage))
        .map(move |nth| Place { at_bits: at_bits + nth * size_bits, size_bits })
}

fn byte(body: &[u8], place: Place) -> u8 {
    value(body, place) as u8
}

/// A value of at most 32 bits; what a short report does not have is 0.
fn value(body: &[u8], place: Place) -> u32 {
    let bit = |at: usize| body.get(at / 8).is_some_and(|byte| byte >> (at % 8) & 1 == 1);
    (0..place.size_bits.min(32)).fold(0, |all, n| all | u32::from(bit(place.at_bits + n)) << n)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A report of 64 bytes as the manuals of Access-IS describe theirs (LSR118, appendix B.1):
    /// number, length, "]" and two more of the symbology, 56 bytes, one of the maker's own, one of
    /// nobody's, and a bit for "data continued".
    const MODEL: &[u8] = &[
        0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0x85, 0x02, 0x09, 0x12, 0xa1, 0x02, 0x15, 0x00, 0x26,
        0xff, 0x00, 0x75, 0x08, 0x95, 0x01, 0x05, 0x01, 0x09, 0x3b, 0x81, 0x02, 0x95, 0x03, 0x05,
        0x8c, 0x09, 0xfb, 0x09, 0xfc, 0x09, 0xfd, 0x81, 0x02, 0x95, 0x38, 0x09, 0xfe, 0x82, 0x02,
        0x01, 0x95, 0x02, 0x06, 0x66, 0xff, 0x09, 0x04, 0x81, 0x02, 0x05, 0x8c, 0x25, 0x01, 0x75,
        0x01, 0x95, 0x01, 0x09, 0xff, 0x81, 0x02, 0x75, 0x07, 0x81, 0x03, 0xc0, 0xc0,
    ];
    /// Another order, unnumbered reports, no length: data, then what kind it is, then the bit.
    const BARE: &[u8] = &[
        0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08, 0x95, 0x10,
        0x09, 0xfe, 0x82, 0x02, 0x01, 0x75, 0x01, 0x95, 0x03, 0x81, 0x03, 0x95, 0x01, 0x09, 0xff,
        0x81, 0x02, 0x95, 0x04, 0x81, 0x03, 0x75, 0x08, 0x95, 0x01, 0x09, 0xfb, 0x81, 0x02, 0x09,
        0xfc, 0x81, 0x02, 0x09, 0xfd, 0x81, 0x02, 0xc0,
    ];

    fn report(aim: &[u8; 3], data: &[u8], more: bool) -> Vec<u8> {
        let mut bytes = vec![2, data.len() as u8];
        bytes.extend(aim);
        bytes.extend(data);
        bytes.resize(61, 0);
        bytes.extend([b's', 0, u8::from(more)]);
        bytes
    }

    #[test]
    fn a_code_of_two_reports_as_the_manual_shows_it() {
        let mut codes = Codes::of(MODEL).expect("a scanner");
        let (first, second) = (b"M1GATHERGOOD/MICHAEL YABCDE F LHRDURAK 3542 052Y003D23  ", b"100");
        let first = report(b"]Q0", &first[..56], true);
        assert_eq!((first.len(), first[1], first[63]), (64, 0x38, 1));
        assert_eq!(codes.hear(&first), None);
        let whole = "M1GATHERGOOD/MICHAEL YABCDE F LHRDURAK 3542 052Y003D23  100";
        assert_eq!(codes.hear(&report(b"]Q0", second, false)).as_deref(), Some(whole));
        assert_eq!(codes.hear(&report(b"]C0", b"YT1", false)).as_deref(), Some("YT1"));
    }

    #[test]
    fn only_gs1_keeps_its_symbology() {
        let mut codes = Codes::of(MODEL).expect("a scanner");
        let said = codes.hear(&report(b"]C1", b"0069012345678923456\x1d21A", false));
        assert_eq!(said.as_deref(), Some("]C10069012345678923456\u{1d}21A"));
        assert_eq!(codes.hear(&report(b"]d2", b"0106901", true)), None);
        let said = codes.hear(&report(b"]d2", b"234567892", false));
        assert_eq!(said.as_deref(), Some("]d20106901234567892"), "once");
        assert_eq!(codes.hear(&report(b"]E0", b"6901234", false)).as_deref(), Some("6901234"));
        // Length says what counts, zeros too; other reports, empty and cut ones are none.
        assert_eq!(codes.hear(&report(b"]Q1", b"a\0b", false)).as_deref(), Some("a\0b"));
        assert_eq!(codes.hear(&report(b"]Q1", b" \r\n", false)), None);
        assert_eq!(codes.hear(&[3, 1, b']', b'C', b'0', b'x']), None);
        assert_eq!(codes.hear(&[2, 9, b']', b'C', b'0', b'x', b'y']).as_deref(), Some("xy"));
        assert_eq!((codes.hear(&[2]), codes.hear(&[])), (None, None));
    }

    #[test]
    fn parts_are_found_wherever_the_descriptor_puts_them() {
        let mut codes = Codes::of(BARE).expect("a scanner");
        let of = |data: &[u8], flag: u8, aim: &[u8; 3]| {
            let mut bytes = data.to_vec();
            bytes.resize(16, 0);
            bytes.push(flag << 3);
            bytes.extend(aim);
            bytes
        };
        assert_eq!(codes.hear(&of(b"SF1234567890123,", 1, b"]C0")), None);
        let said = codes.hear(&of(b"45", 0, b"]C0"));
        assert_eq!(said.as_deref(), Some("SF1234567890123,45"));
        assert_eq!(codes.hear(&of(b"00123", 0, b"]C1")).as_deref(), Some("]C100123"));
    }

    #[test]
    fn what_has_no_end_is_forgotten() {
        let mut codes = Codes::of(MODEL).expect("a scanner");
        for _ in 0..1_000 {
            assert_eq!(codes.hear(&report(b"]Q0", &[b'x'; 56], true)), None);
        }
        assert_eq!(codes.hear(&report(b"]Q0", b"end", false)), None);
        assert_eq!(codes.hear(&report(b"]Q0", b"next", false)).as_deref(), Some("next"));
        assert!(Codes::of(&[0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0xc0]).is_none());
        assert!(Codes::of(&[]).is_none());
    }
}
