//! What a ZPL printer says of itself: `~HS`, `~HQES` and the odometer.

use crate::language::DeviceStatus;

/// Host status return.
pub(in crate::language) const STATUS: &[u8] = b"~HS";
/// Errors and warnings. Printers that are silent to `~HS` while blocked answer this one.
pub(in crate::language) const ERRORS: &[u8] = b"~HQES";
/// Link-OS: how many labels this printer ever printed.
pub(in crate::language) const ODOMETER: &[u8] = b"! U1 getvar \"odometer.total_label_count\"\r\n";

/// The three strings of an answer to `~HS`, without STX and ETX.
fn strings(answer: &[u8]) -> Option<[&str; 3]> {
    let mut found = answer.split(|&byte| byte == 3).filter_map(|part| {
        let start = part.iter().rposition(|&byte| byte == 2)?;
        std::str::from_utf8(&part[start + 1..]).ok()
    });
    // What follows the last ETX has no STX unless another answer has begun.
    let ends = answer.iter().filter(|&&byte| byte == 3).count();
    let whole: Vec<&str> = found.by_ref().take(ends).collect();
    let last = whole.len() / 3 * 3;
    whole.get(last.checked_sub(3)?..last)?.try_into().ok()
}

/// Whether the three strings have come, or the two lines of `~HQES`.
pub(in crate::language) fn whole(answer: &[u8]) -> bool {
    strings(answer).is_some() || errors(answer).is_some()
}

/// Reads either answer; `~HS` says more.
pub(in crate::language) fn read(answer: &[u8]) -> Option<DeviceStatus> {
    read_state(answer).or_else(|| errors(answer))
}

/// The digits between quotes; other variables answer with text.
pub(in crate::language) fn read_odometer(answer: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(answer).ok()?;
    let (before, _) = text.rsplit_once('"')?;
    let (_, digits) = before.rsplit_once('"')?;
    if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok() } else { None }
}

/// `ERRORS: f gggggggg hhhhhhhh` and the same for `WARNINGS:`; the last group holds the eight
/// lower nibbles, the lowest at the end.
fn errors(answer: &[u8]) -> Option<DeviceStatus> {
    let text = std::str::from_utf8(answer).ok()?;
    let group = |text: &str| {
        let word = text.split_whitespace().nth(2).filter(|word| word.len() == 8)?;
        u32::from_str_radix(word, 16).ok()
    };
    let (_, after) = text.rsplit_once("ERRORS:")?;
    let (errors, warnings) = after.split_once("WARNINGS:")?;
    let (errors, _) = (group(errors)?, group(warnings)?);
    let paused = errors & 0x0001_0000 != 0;
    Some(DeviceStatus {
        paper_out: errors & 0x1 != 0,
        ribbon_out: errors & 0x2 != 0,
        head_open: errors & 0x4 != 0,
        paused,
        // Cutter, heat, bad dots, thermistor, firmware and whatever else.
        fault: errors & !0x0001_0007 != 0,
        ..DeviceStatus::default()
    })
}

/// Reads `~HS`: string 1 is `aaa,b,c,dddd,eee,f,g,h,iii,j,k,l`, string 2
/// `mmm,n,o,p,q,r,s,t,uuuuuuuu,v,www`.
fn read_state(answer: &[u8]) -> Option<DeviceStatus> {
    let [first, second, _] = strings(answer)?;
    let first: Vec<&str> = first.split(',').map(str::trim).collect();
    let second: Vec<&str> = second.split(',').map(str::trim).collect();
    if first.len() < 12 || second.len() < 9 {
        return None;
    }
    let set = |field: &str| field == "1";
    let formats: u32 = first[4].parse().ok()?;
    let remaining: u32 = second[8].parse().ok()?;
    let waiting = formats.saturating_add(remaining);
    Some(DeviceStatus {
        paper_out: set(first[1]),
        ribbon_out: set(second[3]),
        head_open: set(second[2]),
        paused: set(first[2]),
        // Memory lost, too cold, too hot.
        fault: first[9..12].iter().any(|field| set(field)),
        waiting: Some(waiting),
        // Receive buffer full, or a format half received.
        busy: waiting > 0 || set(first[5]) || set(first[7]),
        ..DeviceStatus::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(first: &str, second: &str) -> Vec<u8> {
        format!("\x02{first}\x03\r\n\x02{second}\x03\r\n\x021234,0\x03\r\n").into_bytes()
    }

    const READY: [&str; 2] =
        ["030,0,0,1040,000,0,0,0,000,0,0,0", "001,0,0,0,1,2,6,0,00000000,1,000"];

    #[test]
    fn every_flag_of_the_answer_is_read() {
        let read = |first, second| read(&answer(first, second)).unwrap();
        let ready = DeviceStatus { waiting: Some(0), ..DeviceStatus::default() };
        assert_eq!(read(READY[0], READY[1]), ready);
        let cases = [
            (
                "030,1,0,1040,000,0,0,0,000,0,0,0",
                READY[1],
                DeviceStatus { paper_out: true, ..ready },
            ),
            ("030,0,1,1040,000,0,0,0,000,0,0,0", READY[1], DeviceStatus { paused: true, ..ready }),
            (
                "030,0,0,1040,002,0,0,1,000,0,0,0",
                READY[1],
                DeviceStatus { waiting: Some(2), busy: true, ..ready },
            ),
            ("030,0,0,1040,000,1,0,0,000,0,0,0", READY[1], DeviceStatus { busy: true, ..ready }),
            ("030,0,0,1040,000,0,0,0,000,0,0,1", READY[1], DeviceStatus { fault: true, ..ready }),
            (
                READY[0],
                "001,0,1,0,1,2,6,0,00000000,1,000",
                DeviceStatus { head_open: true, ..ready },
            ),
            (
                READY[0],
                "001,0,0,1,1,2,6,0,00000000,1,000",
                DeviceStatus { ribbon_out: true, ..ready },
            ),
            (
                READY[0],
                "001,0,0,0,1,2,6,0,00000003,1,000",
                DeviceStatus { waiting: Some(3), busy: true, ..ready },
            ),
        ];
        for (first, second, want) in cases {
            assert_eq!(read(first, second), want, "{first} {second}");
        }
    }

    #[test]
    fn an_answer_is_whole_with_its_third_string_and_never_before() {
        let all = answer(READY[0], READY[1]);
        let end = all.len() - 2;
        for cut in 0..end {
            assert!(!whole(&all[..cut]), "cut at {cut}");
            assert_eq!(read(&all[..cut]), None);
        }
        assert!(whole(&all[..end]));
        // A second answer that has begun does not hide the first; a whole one replaces it.
        let mut two = all.clone();
        two.extend(answer("030,1,0,1040,000,0,0,0,000,0,0,0", READY[1]));
        assert!(!read(&two[..two.len() - 12]).unwrap().paper_out);
        assert!(read(&two).unwrap().paper_out);
        assert_eq!(read(b"\x02a\x03\x02b\x03\x02c\x03"), None);
    }

    #[test]
    fn errors_are_read_nibble_by_nibble() {
        let answer = |errors: &str| {
            format!(
                "\x02\r\n  PRINTER STATUS\r\n   ERRORS:         {errors}\r\n   \
                 WARNINGS:       0 00000000 00000000\r\n\x03"
            )
            .into_bytes()
        };
        let none = DeviceStatus::default();
        let cases = [
            ("0 00000000 00000000", none),
            ("1 00000000 00000001", DeviceStatus { paper_out: true, ..none }),
            ("1 00000000 00000002", DeviceStatus { ribbon_out: true, ..none }),
            ("1 00000000 00000005", DeviceStatus { paper_out: true, head_open: true, ..none }),
            ("1 00000000 00000008", DeviceStatus { fault: true, ..none }),
            ("1 00000000 00000010", DeviceStatus { fault: true, ..none }),
            ("1 00000000 00010000", DeviceStatus { paused: true, ..none }),
        ];
        for (errors, want) in cases {
            assert_eq!(read(&answer(errors)), Some(want), "{errors}");
        }
        let all = answer(cases[1].0);
        let end = all.len() - 3;
        assert!((0..end).all(|cut| !whole(&all[..cut])));
        assert!(whole(&all[..end]));
    }

    #[test]
    fn the_odometer_is_the_number_between_quotes() {
        assert_eq!(read_odometer(b"\"1234\""), Some(1_234));
        assert_eq!(read_odometer(b"\"? \"\"0\"\r\n"), Some(0));
        for other in [&b"1234"[..], b"\"1234", b"\"?\"", b"\"12 IN\"", b"\"-1\"", b"\"\xff\""] {
            assert_eq!(read_odometer(other), None, "{}", other.escape_ascii());
        }
    }
}
