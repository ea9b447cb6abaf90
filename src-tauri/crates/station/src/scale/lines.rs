//! Scales that send lines of text.

use super::{Motion, Reading, mass};

/// Weights without a unit are kilograms: indicators for parcels count in them.
const UNIT: &str = "kg";

/// "ST,GS,+  1.085kg", "US,NT,-00183.69 g", "OL,…": A&D's standard format and its many relatives,
/// CAS' 18 and 22 bytes among them. Source: A&D GX-300 instruction manual 10-8; CAS CI-400 and
/// NT-200 manuals, "data format".
pub(super) fn headed(line: &str) -> Option<Reading> {
    let mut parts = line.split(',').map(str::trim);
    let motion = match parts.next()? {
        "ST" => Motion::Stable,
        "US" => Motion::Moving,
        "OL" => return Some(Reading { mass_mg: 0, motion: Motion::Over }),
        _ => return None,
    };
    // Between the two: gross or net, a device number, a byte of lamps.
    let text = parts.next_back()?;
    let at = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(at);
    let unit = if unit.is_empty() { UNIT } else { unit };
    Some(Reading { mass_mg: mass::read(number, unit)?, motion })
}

/// "S S     100.00 g", "S D …", "S +": Mettler-Toledo's SICS. Source: MT-SICS reference manual
/// 11780711, commands S and SI.
pub(super) fn sics(line: &str) -> Option<Reading> {
    let mut words = line.split_whitespace();
    if words.next()? != "S" {
        return None;
    }
    let motion = match words.next()? {
        "S" => Motion::Stable,
        "D" => Motion::Moving,
        "+" => return Some(Reading { mass_mg: 0, motion: Motion::Over }),
        "-" => return Some(Reading { mass_mg: 0, motion: Motion::Under }),
        _ => return None,
    };
    Some(Reading { mass_mg: mass::read(words.next()?, words.next()?)?, motion })
}

/// "       12.73 g    ?": OHAUS; a question mark says that it moves. Source: OHAUS RS232 interface
/// manual, output examples; Defender 3000 manual 5.2.
pub(super) fn ohaus(line: &str) -> Option<Reading> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (number, rest) = match words.as_slice() {
        ["-", number, rest @ ..] => (format!("-{number}"), rest),
        [number, rest @ ..] => ((*number).to_owned(), rest),
        [] => return None,
    };
    let (unit, rest) = rest.split_first()?;
    let motion = if rest.contains(&"?") { Motion::Moving } else { Motion::Stable };
    Some(Reading { mass_mg: mass::read(&number, unit)?, motion })
}

/// "wn0003.17kg", "wn-003.17kg": Yaohua's A12. It does not tell whether it rests. Source: packets
/// quoted by public readers of XK3190-A12 and -A12E.
pub(super) fn yaohua(line: &str) -> Option<Reading> {
    let rest = line.strip_prefix("wn").or_else(|| line.strip_prefix("ww"))?;
    let at = rest.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = rest.split_at(at);
    Some(Reading { mass_mg: mass::read(number, unit)?, motion: Motion::Untold })
}
