//! A HID report descriptor: which bits of a device's reports mean what. Source: Device Class
//! Definition for Human Interface Devices 1.11, 6.2.2.

/// One field of an input report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    /// The report's number; 0 where reports have none.
    pub report: u8,
    /// Where it begins, bits from the report's beginning, its number aside.
    pub at_bits: usize,
    /// Bits of one value.
    pub size_bits: usize,
    /// Values.
    pub count: usize,
    /// What the values are, page above, usage below; the last one stands for all that follow.
    pub usages: Vec<u32>,
}

/// What holds until it is said otherwise.
#[derive(Debug, Clone, Copy, Default)]
struct Global {
    page: u32,
    size_bits: usize,
    count: usize,
    report: u8,
}

/// Kinds of items with their tags, as the first byte has them without the length.
mod tag {
    pub const INPUT: u8 = 0x80;
    pub const OUTPUT: u8 = 0x90;
    pub const FEATURE: u8 = 0xb0;
    pub const COLLECTION: u8 = 0xa0;
    pub const END: u8 = 0xc0;
    pub const USAGE_PAGE: u8 = 0x04;
    pub const REPORT_SIZE: u8 = 0x74;
    pub const REPORT_ID: u8 = 0x84;
    pub const REPORT_COUNT: u8 = 0x94;
    pub const PUSH: u8 = 0xa4;
    pub const POP: u8 = 0xb4;
    pub const USAGE: u8 = 0x08;
    pub const USAGE_LEAST: u8 = 0x18;
    pub const USAGE_MOST: u8 = 0x28;
}

/// The first byte of an item that says its own length.
const LONG: u8 = 0xfe;
/// Bits of a report beyond which no device goes; more is not believed.
const REPORT_BITS_MAX: usize = 8 * 8_192;
/// Usages of one field beyond which no device goes.
const USAGES_MAX: u32 = 1_024;
/// What says that a field is padding.
const CONSTANT: u32 = 1;

/// One item: what it says of whom, and how many bytes its value had.
struct Item {
    tag: u8,
    value: u32,
    bytes: usize,
}

/// Takes the next item off; `None` at the end, and where it is cut.
fn next(rest: &mut &[u8]) -> Option<Item> {
    loop {
        let (&first, behind) = rest.split_first()?;
        if first == LONG {
            let length = usize::from(*behind.first()?);
            *rest = behind.get(2 + length..)?;
            continue;
        }
        let bytes = [0, 1, 2, 4][usize::from(first & 3)];
        let value = behind.get(..bytes)?.iter().rev().fold(0, |all, &b| all << 8 | u32::from(b));
        *rest = &behind[bytes..];
        return Some(Item { tag: first & !3, value, bytes });
    }
}

/// The fields of all input reports, padding aside.
pub(super) fn fields(descriptor: &[u8]) -> Vec<Field> {
    let mut rest = descriptor;
    let mut now = Global::default();
    let mut kept = Vec::new();
    let mut usages: Vec<u32> = Vec::new();
    let mut least = 0;
    // Where the next field of each report begins.
    let mut ends = [0_usize; 256];
    let mut found = Vec::new();
    while let Some(item) = next(&mut rest) {
        let whole = if item.bytes == 4 { item.value } else { now.page << 16 | item.value };
        let number = item.value as usize;
        match item.tag {
            tag::USAGE_PAGE => now.page = item.value & 0xffff,
            tag::REPORT_SIZE => now.size_bits = number,
            tag::REPORT_COUNT => now.count = number,
            tag::REPORT_ID => now.report = item.value as u8,
            tag::PUSH => kept.push(now),
            tag::POP => now = kept.pop().unwrap_or(now),
            tag::USAGE => usages.push(whole),
            tag::USAGE_LEAST => least = whole,
            tag::USAGE_MOST => usages.extend((least..=whole).take(USAGES_MAX as usize)),
            tag::INPUT => {
                let end = &mut ends[usize::from(now.report)];
                let bits = now.size_bits.saturating_mul(now.count);
                if end.saturating_add(bits) > REPORT_BITS_MAX {
                    return found;
                }
                if item.value & CONSTANT == 0 && now.count > 0 {
                    let Global { size_bits, count, report, .. } = now;
                    let usages = std::mem::take(&mut usages);
                    found.push(Field { report, at_bits: *end, size_bits, count, usages });
                }
                *end += bits;
                usages.clear();
            }
            tag::OUTPUT | tag::FEATURE | tag::COLLECTION | tag::END => usages.clear(),
            _ => {}
        }
    }
    found
}

/// Whether a device says that it is of a usage page, by what it is as a whole.
pub fn declares(descriptor: &[u8], page: u16) -> bool {
    let mut rest = descriptor;
    let (mut now, mut usage, mut depth) = (0, 0, 0_u32);
    while let Some(item) = next(&mut rest) {
        match item.tag {
            tag::USAGE_PAGE => now = item.value & 0xffff,
            tag::USAGE if item.bytes == 4 => usage = item.value,
            tag::USAGE => usage = now << 16 | item.value,
            tag::COLLECTION if depth == 0 && usage >> 16 == u32::from(page) => return true,
            tag::COLLECTION => depth += 1,
            tag::END => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The boot keyboard of the class definition, appendix B.1.
    const KEYBOARD: &[u8] = &[
        0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x05, 0x07, 0x19, 0xe0, 0x29, 0xe7, 0x15, 0x00, 0x25,
        0x01, 0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0x95, 0x01, 0x75, 0x08, 0x81, 0x01, 0x95, 0x05,
        0x75, 0x01, 0x05, 0x08, 0x19, 0x01, 0x29, 0x05, 0x91, 0x02, 0x95, 0x01, 0x75, 0x03, 0x91,
        0x01, 0x95, 0x06, 0x75, 0x08, 0x15, 0x00, 0x25, 0x65, 0x05, 0x07, 0x19, 0x00, 0x29, 0x65,
        0x81, 0x00, 0xc0,
    ];

    #[test]
    fn fields_lie_where_the_descriptor_puts_them() {
        let found = fields(KEYBOARD);
        assert_eq!(found.len(), 2, "padding and lamps aside");
        let at = |n: usize| (found[n].at_bits, found[n].size_bits, found[n].count);
        assert_eq!((at(0), at(1)), ((0, 1, 8), (16, 8, 6)));
        assert_eq!((found[0].usages[0], found[0].usages.len()), (0x0007_00e0, 8));
        assert_eq!(found[1].usages.len(), 0x66);
        assert!(declares(KEYBOARD, 1) && !declares(KEYBOARD, 7) && !declares(KEYBOARD, 0x8c));
    }

    #[test]
    fn nonsense_is_no_field_and_ends() {
        for at in 0..KEYBOARD.len() {
            fields(&KEYBOARD[..at]);
            fields(&KEYBOARD[at..]);
        }
        // Four thousand million values of four thousand million bits; a range without an end.
        let wide = [0x77, 0xff, 0xff, 0xff, 0xff, 0x97, 0xff, 0xff, 0xff, 0xff, 0x81, 0x02];
        assert!(fields(&wide).is_empty());
        let range = [0x1b, 0, 0, 0, 0, 0x2b, 0xff, 0xff, 0xff, 0xff, 0x75, 8, 0x95, 1, 0x81, 2];
        assert!(fields(&range)[0].usages.len() <= USAGES_MAX as usize);
        // A long item is stepped over.
        let long = [&[LONG, 2, 0xf0, 1, 2][..], KEYBOARD].concat();
        assert_eq!(fields(&long), fields(KEYBOARD));
    }
}
