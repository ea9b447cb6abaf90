//! What 7101 (跨境小包) says otherwise than the questions at home: its carriers, its `State`, `StateEx`
//! and `Action`, and its times, which are those of the place. Source: the program that KDNiao
//! publishes for its own customers (MCP server), read 2026-11; one hand. Pure.

use crate::carrier::{
    reading::china_ms,
    track::Stage::{self, *},
};
use jiff::Timestamp;

/// Carriers whose numbers it follows.
pub const CARRIERS: [&str; 7] = ["DHL", "UPS", "FEDEX", "FEDEXCN", "TNT", "ARAMEX", "USPS"];
/// No place's clock is further from UTC.
const HOURS_MAX: i64 = 14;
const MINUTE_MS: i64 = 60_000;

/// Codes of `State`, `StateEx` and `Action`.
#[rustfmt::skip]
pub const CODES: &[(&str, Stage)] = &[
    ("1", Announced),        // 揽收中: being fetched, where "1" at home is "was fetched"
    ("2", InTransit),
    ("202", OutForDelivery),
    ("204", InTransit),      // at a hub
    ("211", AwaitsReceiver), // at a pick-up point
    ("220", InTransit),      // left the airport
    ("221", InTransit),      // at the airport of arrival
    ("222", InTransit),      // in the country of arrival
    ("223", InTransit),      // the receiver is called before delivery
    ("224", InTransit),      // a delivery is agreed upon
    ("3", Delivered),
    ("301", Delivered),
    ("304", Delivered),      // to a third party
    ("305", Delivered),      // with a signature
    ("306", Delivered),      // fetched by the receiver
    ("307", Delivered),      // and paid for
    ("4", Problem),
    ("404", Problem),        // the receiver refused it
    ("406", Returned),       // back with the sender
    ("414", Problem),        // damaged, lost or thrown away
    ("415", Cancelled),
    ("416", Problem),        // the receiver is not found
    ("420", Problem),        // the address is wrong or of no use
    ("424", Problem),        // not claimed for long
    ("425", Returning),
    ("426", Problem),        // lost
    ("427", Problem),        // against the rules: the carrier refuses it
    ("430", Cancelled),      // before it was fetched
    ("5", Problem),          // 疑难件, where "5" at home is "forwarded"
    ("6", Customs),
    ("603", Customs),        // cleared
    ("604", Problem),        // held by customs
    ("605", Customs),        // handed to customs
    ("606", Problem),        // held until its duties are paid
];

/// What a code means; `None` if it is not in the table.
pub fn of(code: &str) -> Option<Stage> {
    CODES.iter().find(|row| row.0 == code).map(|row| row.1)
}

/// ms UTC of "2024-06-28T11:23:51" at "-05:00". Without a zone beside or in it a time is China's,
/// as everywhere else here; with one that cannot be read it is none: the zones of the world lie
/// more than a day apart.
pub fn moment_ms(written: &str, zone: &str) -> Option<i64> {
    if let Ok(moment) = written.parse::<Timestamp>() {
        return Some(moment.as_millisecond());
    }
    let as_in_china = china_ms(written)?;
    if zone.is_empty() {
        return Some(as_in_china);
    }
    Some(as_in_china + (8 * 60 - ahead_min(zone)?) * MINUTE_MS)
}

/// Minutes ahead of UTC of "-05:00", "+0530", "UTC+8", "Z".
fn ahead_min(zone: &str) -> Option<i64> {
    let zone = zone.trim().trim_start_matches("UTC").trim_start_matches("GMT").trim();
    if zone.is_empty() || zone == "Z" {
        return Some(0);
    }
    let (sign, rest) = match zone.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = match rest.split_once(':') {
        Some(pair) => pair,
        None if rest.len() > 2 => rest.split_at_checked(rest.len() - 2)?,
        None => (rest, "0"),
    };
    let number = |text: &str| {
        let digits = matches!(text.len(), 1 | 2) && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<i64>().ok().filter(|_| digits)
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours <= HOURS_MAX && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_that_of_its_place() {
        // 2024-06-28 16:23:51 UTC.
        let at_ms = Some(1_719_591_831_000);
        for (written, zone) in [
            ("2024-06-28T11:23:51", "-05:00"),
            ("2024-06-28T11:23:51", "-0500"),
            ("2024-06-28T11:23:51", "UTC-5"),
            ("2024-06-28T21:53:51", "+05:30"),
            ("2024-06-28 16:23:51", "Z"),
            ("2024-06-28T16:23:51", "GMT"),
            ("2024-06-28T11:23:51-05:00", ""),
            ("2024-06-28T16:23:51Z", "-05:00"),
            ("2024-06-29 00:23:51", ""),
        ] {
            assert_eq!(moment_ms(written, zone), at_ms, "{written} {zone}");
        }
        let at = "2024-06-28T11:23:51";
        for zone in ["America/Chicago", "5", "+15:00", "+1:2:3", "-", "+05:60", "+ 5", "−5"] {
            assert_eq!(moment_ms(at, zone), None, "{zone}");
        }
        assert_eq!(moment_ms("昨天", "-05:00"), None);
    }

    /// Each row of the source, by its own words.
    #[test]
    fn every_documented_code_is_in_the_table() {
        let documented = [
            "1", "2", "3", "4", "5", "6", "202", "204", "211", "220", "221", "222", "223", "224",
            "301", "304", "305", "306", "307", "404", "406", "414", "415", "416", "420", "424",
            "425", "426", "427", "430", "603", "604", "605", "606",
        ];
        assert_eq!(CODES.len(), documented.len());
        for code in documented {
            let stage = of(code).unwrap_or_else(|| panic!("{code}"));
            assert_eq!(stage == Stage::Delivered, code.starts_with('3'), "{code}");
        }
        assert_eq!((of("311"), of("")), (None, None));
    }
}
