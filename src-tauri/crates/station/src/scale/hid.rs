//! USB scales: the data report of HID's usage page 0x8D. Source: HID Point of Sale Usage Tables
//! 1.02, 4.3; as DYMO and others send it: report, status, unit, exponent, weight.

use super::{Motion, Reading, mass};

/// The scale's data report; what others it sends is not weight.
const DATA: u8 = 3;

/// Reads one report.
pub(super) fn report(bytes: &[u8]) -> Option<Reading> {
    let &[DATA, status, unit, exponent, low, high, ..] = bytes else { return None };
    let motion = match status {
        // Stable, at zero or at a weight.
        2 | 4 => Motion::Stable,
        3 => Motion::Moving,
        5 => Motion::Under,
        6 => Motion::Over,
        // Fault, wants to be calibrated, wants to be zeroed.
        _ => return None,
    };
    let unit = match unit {
        1 => "mg",
        2 => "g",
        3 => "kg",
        11 => "oz",
        12 => "lb",
        _ => return None,
    };
    let number = i64::from(u16::from_le_bytes([low, high]));
    let exponent = i32::from(exponent.cast_signed());
    let (number, decimals) = match u32::try_from(exponent) {
        Ok(zeros) => (number.checked_mul(10_i64.checked_pow(zeros)?)?, 0),
        Err(_) => (number, exponent.unsigned_abs()),
    };
    Some(Reading { mass_mg: mass::scaled(number, decimals, unit)?, motion })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_as_scales_send_them() {
        let read = |bytes: [u8; 6]| report(&bytes).map(|it| (it.mass_mg, it.motion));
        // As quoted for a DYMO S100 (`03 04 0B FF 31 00`): 4.9 oz.
        assert_eq!(read([3, 4, 11, 0xff, 0x31, 0]), Some((138_913, Motion::Stable)));
        assert_eq!(read([3, 4, 2, 0, 0x3d, 0x04]), Some((1_085_000, Motion::Stable)));
        assert_eq!(read([3, 4, 12, 0xff, 15, 0]), Some((680_389, Motion::Stable)));
        assert_eq!(read([3, 2, 2, 0, 0, 0]), Some((0, Motion::Stable)));
        assert_eq!(read([3, 3, 2, 0, 9, 0]), Some((9_000, Motion::Moving)));
        assert_eq!(read([3, 6, 2, 0, 0, 0]), Some((0, Motion::Over)));
        assert_eq!(read([3, 5, 2, 0, 7, 0]), Some((7_000, Motion::Under)));
        assert_eq!(read([3, 1, 2, 0, 7, 0]), None, "a fault is no weight");
        assert_eq!(read([3, 4, 9, 0, 7, 0]), None, "a unit nobody here knows");
        assert_eq!(read([2, 4, 2, 0, 7, 0]), None, "another report");
        assert_eq!(read([3, 4, 2, 120, 7, 0]), None, "no such weight");
    }
}
