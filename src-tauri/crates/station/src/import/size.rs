//! Cells that say how an order is packed: in how many parcels, how large, and whether a signed slip
//! comes back.

use super::cells::{NO_MONEY, half_width, measured, quantity};
use crate::order::PARCELS_MAX;

/// The largest volume believed, cm³: a truck.
const VOLUME_CM3_MAX: u64 = 100_000_000;

/// Words for a slip that comes back; carriers name the service, shops say yes.
const YES: [&str; 13] = [
    "是",
    "需要",
    "要",
    "有",
    "签回单",
    "回单",
    "签单返还",
    "签单返回",
    "yes",
    "y",
    "true",
    "1",
    "√",
];
const NO: [&str; 8] = ["不", "不需要", "不要", "无需", "no", "n", "false", "0"];

/// Parcels of an order. `Ok(None)`: the cell does not say. `Err`: unreadable.
pub(super) fn parcels(text: &str) -> Result<Option<u32>, ()> {
    let text = half_width(text);
    if NO_MONEY.contains(&text.as_str()) {
        return Ok(None);
    }
    let number = text.trim_end_matches(['件', '箱', '包', '个']).trim();
    quantity(number).filter(|parcels| *parcels <= PARCELS_MAX).map(Some).ok_or(())
}

/// Cubic centimetres of a volume whose number counts `unit_cm3` of them, unless it names its unit.
/// Rounded up. `Ok(None)`: nothing was measured. `Err`: unreadable.
pub(super) fn volume_cm3(text: &str, unit_cm3: u64) -> Result<Option<u32>, ()> {
    const UNITS: [(&str, u64); 7] = [
        ("立方厘米", 1),
        ("cm3", 1),
        ("cm³", 1),
        ("立方米", 1_000_000),
        ("m3", 1_000_000),
        ("m³", 1_000_000),
        ("方", 1_000_000),
    ];
    if NO_MONEY.contains(&half_width(text).as_str()) {
        return Ok(None);
    }
    let volume = measured(text, &UNITS, unit_cm3).filter(|volume| *volume <= VOLUME_CM3_MAX);
    let volume = u32::try_from(volume.ok_or(())?).map_err(drop)?;
    Ok(Some(volume).filter(|volume| *volume > 0))
}

/// Whether a signed slip comes back. `Ok(None)`: the cell does not say. `Err`: unreadable.
pub(super) fn slip(text: &str) -> Result<Option<bool>, ()> {
    let text = half_width(text).to_lowercase();
    match text.as_str() {
        "" => Ok(None),
        text if YES.contains(&text) => Ok(Some(true)),
        text if NO.contains(&text) || NO_MONEY.contains(&text) => Ok(Some(false)),
        _ => Err(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parcels_are_whole_and_at_most_three_hundred() {
        for (text, want) in [
            ("", Ok(None)),
            ("3", Ok(Some(3))),
            (" ３ 件", Ok(Some(3))),
            ("2.0", Ok(Some(2))),
            ("300箱", Ok(Some(300))),
            ("301", Err(())),
            ("0", Err(())),
            ("1.5", Err(())),
            ("三", Err(())),
        ] {
            assert_eq!(parcels(text), want, "{text}");
        }
    }

    #[test]
    fn volumes_are_cubic_centimetres_rounded_up() {
        for (text, unit, want) in [
            ("", 1, Ok(None)),
            ("0", 1, Ok(None)),
            ("36000", 1, Ok(Some(36_000))),
            ("0.036", 1_000_000, Ok(Some(36_000))),
            ("0.0000001", 1_000_000, Ok(Some(1))),
            ("0.5 m³", 1, Ok(Some(500_000))),
            ("1200cm3", 1_000_000, Ok(Some(1_200))),
            ("101方", 1, Err(())),
            ("30*20*10", 1, Err(())),
        ] {
            assert_eq!(volume_cm3(text, unit), want, "{text}");
        }
    }

    #[test]
    fn a_slip_is_a_yes_or_a_no() {
        for (text, want) in [
            ("", Ok(None)),
            ("是", Ok(Some(true))),
            ("签回单", Ok(Some(true))),
            ("Ｙ", Ok(Some(true))),
            ("否", Ok(Some(false))),
            ("-", Ok(Some(false))),
            ("电子回单？", Err(())),
        ] {
            assert_eq!(slip(text), want, "{text}");
        }
    }
}
