//! Scales that send frames of bytes.

use super::{Motion, Reading, mass};

pub(super) const STX: u8 = 0x02;
pub(super) const ETX: u8 = 0x03;
/// Bytes of a Toledo frame from STX to its CR, and of the short one without tare.
pub(super) const TOLEDO_LONG: usize = 17;
pub(super) const TOLEDO_SHORT: usize = 11;
/// Bytes of a Yaohua frame.
pub(super) const YAOHUA: usize = 12;
/// Characters behind a `=`.
pub(super) const REVERSED: std::ops::RangeInclusive<usize> = 6..=9;

/// STX, status words A, B and C, six digits, perhaps six of tare, CR: Toledo's continuous output.
/// Source: METTLER TOLEDO Wildcat technical manual, appendix 2, tables 6-8 to 6-11; the same in
/// KERN FTC 5.2.
pub(super) fn toledo(frame: &[u8]) -> Option<Reading> {
    let &[STX, a, b, _, ref rest @ ..] = frame else { return None };
    let digits: String = rest.get(..6)?.iter().map(|byte| char::from(*byte)).collect();
    // Word A: bits 0–2 place the point, from two zeros behind the digits to five decimals.
    let point = i64::from(a & 0x07);
    let digits: i64 = digits.trim().parse().ok()?;
    let (number, decimals) =
        if point < 2 { (digits * 10_i64.pow(2 - point as u32), 0) } else { (digits, point - 2) };
    // Word B: bit 1 negative, bit 2 out of range, bit 3 moving, bit 4 kilograms, else pounds.
    let unit = if b & 0x10 != 0 { "kg" } else { "lb" };
    let mass_mg = mass::scaled(number, u32::try_from(decimals).ok()?, unit)?;
    let negative = b & 0x02 != 0;
    let motion = match (b & 0x04 != 0, b & 0x08 != 0) {
        (true, _) if negative => Motion::Under,
        (true, _) => Motion::Over,
        (false, true) => Motion::Moving,
        (false, false) => Motion::Stable,
    };
    Some(Reading { mass_mg: if negative { -mass_mg } else { mass_mg }, motion })
}

/// STX, sign, six digits, how many of them are decimals, two digits of a checksum, ETX: Yaohua
/// XK3190. It does not tell whether it rests. Source: frames quoted by public readers of
/// weighbridges, `02 2b 30 30 31 35 36 30 30 31 39 03` for 1560 kg.
pub(super) fn yaohua(frame: &[u8]) -> Option<Reading> {
    let &[STX, sign, ref digits @ .., decimals, high, low, ETX] = frame else { return None };
    let all_digits = digits.len() == 6 && digits.iter().all(u8::is_ascii_digit);
    if !all_digits || !decimals.is_ascii_digit() || !matches!(sign, b'+' | b'-') {
        return None;
    }
    let sum = frame[1..9].iter().fold(0, |sum, byte| sum ^ byte);
    let told = [high, low];
    let hex = format!("{sum:02X}");
    // Some write the digits A to F as the characters behind 9.
    if told != *hex.as_bytes() && told != [b'0' + (sum >> 4), b'0' + (sum & 0x0f)] {
        return None;
    }
    let number: i64 = std::str::from_utf8(digits).ok()?.parse().ok()?;
    let mass_mg = mass::scaled(number, u32::from(decimals - b'0'), "kg")?;
    Some(Reading { mass_mg: if sign == b'-' { -mass_mg } else { mass_mg }, motion: Motion::Untold })
}

/// The characters behind a `=`, the last first: "580.1000" is 0001.085 kg. What many Chinese
/// indicators send all the time; a minus stands at the end. Source: as described by their users,
/// no maker's manual was found.
pub(super) fn reversed(chars: &[u8]) -> Option<Reading> {
    let forward: String = chars.iter().rev().map(|byte| char::from(*byte)).collect();
    Some(Reading { mass_mg: mass::read(&forward, "kg")?, motion: Motion::Untold })
}
