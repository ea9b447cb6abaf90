//! STO's signature and form body. Pure. Source: carrier list of 2026-11, part 2.7.

use crate::carrier::{digest::base64_md5, writing::form};

/// The digest of a message.
pub fn digest(content: &str, secret: &str) -> String {
    base64_md5(&format!("{content}{secret}"))
}

/// The whole body; `to` is who is asked at STO, by its one word for key and code.
pub fn body(
    content: &str,
    secret: &str,
    api: &str,
    (from_appkey, from_code): (&str, &str),
    to: &str,
) -> Vec<u8> {
    form(&[
        ("content", content),
        ("data_digest", &digest(content, secret)),
        ("api_name", api),
        ("from_appkey", from_appkey),
        ("from_code", from_code),
        ("to_appkey", to),
        ("to_code", to),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_known_vector_signs_as_known() {
        let content = r#"{"order":"asc","waybillNoList":["772000000000001"]}"#;
        assert_eq!(digest(content, "STOSECRET"), "G7YHwZz8uPNWxdgTtOZJoA==");
    }
}
