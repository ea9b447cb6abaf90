//! How any carrier's answer is read: leniently in its form (numbers as text, booleans as "1",
//! objects as text, null), and never past what it says. What it means is each carrier's own.

use super::CarrierError;
use crate::outside::Answer;
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, IgnoredAny},
};
use serde_json::Value;

/// Longest waybill number taken for one. Carriers use up to about 20 characters.
const WAYBILL_CHARS_MAX: usize = 40;
/// Of a carrier's words, as much as a screen can show.
const SAID_CHARS_MAX: usize = 300;
/// No parcel costs a thousand million yuan; all that one answer can hold add up without overflow.
const FEN_MAX: i64 = 100_000_000_000;
/// No parcel weighs more than a lorry carries.
const WEIGHT_KG_MAX: f64 = 40_000.0;

/// The document in an answer. What is not the documented JSON leaves the outcome unknown, never
/// failed: a gateway's page says nothing about what stands behind the gateway.
///
/// # Errors
/// [`CarrierError::Busy`] for HTTP 429, else [`CarrierError::Unknown`].
pub fn document<T: DeserializeOwned>(answer: &Answer) -> Result<T, CarrierError> {
    if answer.status == 429 {
        return Err(CarrierError::Busy { said: "HTTP 429".to_owned() });
    }
    if answer.status != 200 {
        return Err(unknown(format!("HTTP {}", answer.status)));
    }
    let body = answer.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&answer.body);
    serde_json::from_slice(body).map_err(|why| {
        // The parser's own words may quote a name or an address: only its kind is told.
        let kind = match () {
            () if body.is_empty() => "an empty answer",
            () if is_json(body) => "JSON, but not the documented envelope",
            () if why.is_eof() => "cut JSON",
            () => "not JSON",
        };
        unknown(format!("{kind}, {} bytes", body.len()))
    })
}

/// A stored request as its carrier wrote it. `whose`: the carrier, for the words.
///
/// # Errors
/// [`CarrierError::NotSent`]: what another wrote is sent to nobody.
pub fn stored<T: DeserializeOwned>(text: &str, whose: &str) -> Result<T, CarrierError> {
    serde_json::from_str(text).map_err(|_| not_ours(whose))
}

/// A stored request is not that carrier's.
pub fn not_ours(whose: &str) -> CarrierError {
    CarrierError::NotSent { why: format!("the stored request is not one for {whose}") }
}

/// "The carrier may have acted."
pub fn unknown(why: impl Into<String>) -> CarrierError {
    CarrierError::Unknown { why: why.into() }
}

/// Whether a text can be a waybill number at all.
pub fn is_waybill_no(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= WAYBILL_CHARS_MAX
        && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// A carrier's words, as many of them as are kept.
pub fn said(words: &str) -> String {
    words.chars().take(SAID_CHARS_MAX).collect()
}

/// A text, or anything that reads as one, without blanks at the ends; nothing is "".
pub fn text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => String::new(),
    })
}

/// A boolean, also as text or number.
pub fn truth<'de, D: Deserializer<'de>>(from: D) -> Result<Option<bool>, D::Error> {
    Ok(match text(from)?.to_ascii_lowercase().as_str() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    })
}

/// An object, also as JSON text; anything else is nothing.
pub fn inner<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    from: D,
) -> Result<Option<T>, D::Error> {
    Ok(match Value::deserialize(from)? {
        object @ Value::Object(_) => serde_json::from_value(object).ok(),
        Value::String(text) => match serde_json::from_str(&text) {
            Ok(object @ Value::Object(_)) => serde_json::from_value(object).ok(),
            Ok(_) | Err(_) => None,
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
    })
}

/// A list; what of it cannot be read is left out, and anything else is an empty one.
pub fn list<'de, D: Deserializer<'de>, T: DeserializeOwned>(from: D) -> Result<Vec<T>, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::Array(values) => {
            values.into_iter().filter_map(|value| serde_json::from_value(value).ok()).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
            Vec::new()
        }
    })
}

/// A moment that a carrier writes in China's time, as ms UTC: "2026-01-31 18:20:11", also with
/// slashes, a T in the middle, without seconds or with parts of them. `None` for anything else.
pub fn china_ms(written: &str) -> Option<i64> {
    const CHINA_MS: i64 = 8 * 3_600_000;
    let text = written.trim().replace('/', "-");
    let moment: jiff::civil::DateTime = text.parse().ok()?;
    let utc = moment.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some(utc.timestamp().as_millisecond() - CHINA_MS)
}

/// A list of texts, each in its place; also as JSON text, or one text alone.
pub fn texts<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    let all = |values: Vec<Value>| {
        let one = |value: Value| match value {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => String::new(),
        };
        values.into_iter().map(one).collect()
    };
    Ok(match Value::deserialize(from)? {
        Value::Array(values) => all(values),
        Value::String(text) => match serde_json::from_str(&text) {
            Ok(Value::Array(values)) => all(values),
            Ok(_) | Err(_) if text.trim().is_empty() => Vec::new(),
            Ok(_) | Err(_) => vec![text.trim().to_owned()],
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => Vec::new(),
    })
}

/// The numbers of further parcels: those that can be numbers, each once, and never the first's own.
pub fn further(numbers: impl IntoIterator<Item = String>, first: &str) -> Vec<String> {
    let mut further: Vec<String> = Vec::new();
    for no in numbers {
        if is_waybill_no(&no) && no != first && !further.contains(&no) {
            further.push(no);
        }
    }
    further
}

/// Hundredths of a sum that is written as a decimal ("12", "12.5", "12.345" is rounded down);
/// `None` for anything else, so that no price is guessed.
pub fn hundredths(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 12 || !digits(whole) || !digits(part) {
        return None;
    }
    let part: String = part.chars().chain("00".chars()).take(2).collect();
    Some(whole.parse::<i64>().ok()? * 100 + part.parse::<i64>().ok()?)
}

/// Fen of a sum in yuan that was charged: every digit of it counts. `None` for what is no decimal,
/// or has more than two places that are not zero.
pub fn fen(yuan: &str) -> Option<i64> {
    let text = yuan.trim();
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |text| (-1, text));
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let (cents, rest) = part.split_at_checked(2).unwrap_or((part, ""));
    let exact = rest.bytes().all(|byte| byte == b'0');
    let fen = hundredths(&format!("{whole}.{cents}"))?;
    (exact && fen < FEN_MAX).then_some(sign * fen)
}

/// Grams of a text of kilograms; `None` for what no parcel weighs.
pub fn grams(kilograms: &str) -> Option<u32> {
    let kg: f64 = kilograms.trim().parse().ok()?;
    (kg > 0.0 && kg <= WEIGHT_KG_MAX).then(|| (kg * 1_000.0).round() as u32)
}

/// Whether bytes are one whole JSON document, of whatever kind.
fn is_json(bytes: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(bytes).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{china_ms, fen};

    #[test]
    fn a_sum_is_exact_or_none() {
        for (yuan, want) in [
            ("12", 1_200),
            ("12.5", 1_250),
            (" 12.50 ", 1_250),
            ("0.07", 7),
            ("12.3400", 1_234),
            ("-3.2", -320),
            ("999999999.99", 99_999_999_999),
        ] {
            assert_eq!(fen(yuan), Some(want), "{yuan}");
        }
        for none in [
            "",
            "-",
            ".5",
            "1000000000",
            "12.345",
            "1.005",
            "1e3",
            "1,200",
            "12元",
            "--1",
            "0.1+",
            "１",
        ] {
            assert_eq!(fen(none), None, "{none}");
        }
    }

    #[test]
    fn chinas_time_becomes_utc() {
        let at_ms = Some(1_767_262_811_000);
        for written in [
            "2026-01-01 18:20:11",
            " 2026/01/01 18:20:11 ",
            "2026-01-01T18:20:11",
            "2026-01-01 18:20:11.000",
        ] {
            assert_eq!(china_ms(written), at_ms, "{written}");
        }
        assert_eq!(china_ms("2026-01-01 18:20"), Some(1_767_262_800_000));
        for nothing in ["", "18:20:11", "2026-02-30 10:00:00", "昨天", "0000-00-00 00:00:00"] {
            assert_eq!(china_ms(nothing), None, "{nothing}");
        }
    }
}
