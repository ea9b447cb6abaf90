//! SF's signature and form body. Pure. Two formulas are in use among its clients (carrier list of
//! 2026-11, part 2.1); which one a partner needs is found out by asking.

use base64::{Engine, engine::general_purpose::STANDARD};
use md5::{Digest as _, Md5};

/// The value of `Content-Type` in SF's samples.
pub const CONTENT_TYPE: &str = "application/x-www-form-urlencoded;charset=UTF-8";

/// What is digested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digest {
    /// The URL-encoded text, as in SF's own samples.
    Encoded,
    /// The text as it is.
    Plain,
}

impl Digest {
    /// The other formula.
    pub fn other(self) -> Self {
        match self {
            Self::Encoded => Self::Plain,
            Self::Plain => Self::Encoded,
        }
    }
}

/// `msgDigest`: base64 of the 16 bytes of the MD5 of message, time and check word.
pub fn msg_digest(msg_data: &str, timestamp_ms: i64, checkword: &str, digest: Digest) -> String {
    let text = format!("{msg_data}{timestamp_ms}{checkword}");
    let text = match digest {
        Digest::Encoded => java_url_encoded(&text),
        Digest::Plain => text,
    };
    STANDARD.encode(Md5::digest(text))
}

/// The whole body; the proof is `msgDigest` or `accessToken` with its value.
pub fn form(
    partner_id: &str,
    request_id: &str,
    service: &str,
    timestamp_ms: i64,
    msg_data: &str,
    proof: (&str, &str),
) -> Vec<u8> {
    let timestamp = timestamp_ms.to_string();
    let fields = [
        ("partnerID", partner_id),
        ("requestID", request_id),
        ("serviceCode", service),
        ("timestamp", &timestamp),
        proof,
        ("msgData", msg_data),
    ];
    serde_urlencoded::to_string(fields).expect("pairs of texts always encode").into_bytes()
}

/// As Java's `URLEncoder` writes it: blanks as `+`, `.-*_` kept, everything else in capitals.
fn java_url_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        match byte {
            b' ' => encoded.push('+'),
            b'.' | b'-' | b'*' | b'_' => encoded.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHECKWORD: &str = "CHECKWORD_EXAMPLE_0123456789ABCDEF";

    #[test]
    fn the_known_vectors_sign_as_known() {
        let route = concat!(
            r#"{"language":"0","trackingType":"1","trackingNumber":["SF1234567890123"],"#,
            r#""methodType":"1","checkPhoneNo":"0001"}"#
        );
        for (data, digest, sign) in [
            (route, Digest::Encoded, "OPXRK8QEttZk7KDShinuTw=="),
            (route, Digest::Plain, "NXJuY47LvRPrVOOPxAncMA=="),
            (r#"{"orderId":"SHIP 1*~张三"}"#, Digest::Encoded, "ltR6J324wgevtYBzw6Gv/A=="),
            (r#"{"orderId":"SHIP 1*~张三"}"#, Digest::Plain, "Wi49xYDymj/qnbbXTPLNJg=="),
        ] {
            assert_eq!(msg_digest(data, 1_700_000_000_000, CHECKWORD, digest), sign, "{data}");
        }
    }

    #[test]
    fn the_body_is_encoded_once() {
        let body = form("P1", "R-1", "S", 7, r#"{"a":"一 b"}"#, ("msgDigest", "x=="));
        assert_eq!(
            String::from_utf8(body).unwrap(),
            concat!(
                "partnerID=P1&requestID=R-1&serviceCode=S&timestamp=7&msgDigest=x%3D%3D",
                "&msgData=%7B%22a%22%3A%22%E4%B8%80+b%22%7D"
            )
        );
    }
}
