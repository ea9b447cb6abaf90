//! Yunda's signature: headers. Pure. Source: carrier list of 2026-11, part 2.8.

use crate::carrier::digest::hex_md5;

/// The digest of a body.
pub fn sign(body: &str, app_secret: &str) -> String {
    hex_md5(&format!("{body}_{app_secret}"))
}

/// Who asks, when, and the digest.
pub fn headers(
    app_key: &str,
    app_secret: &str,
    now_ms: i64,
    body: &str,
) -> Vec<(&'static str, String)> {
    vec![
        ("app-key", app_key.to_owned()),
        ("req-time", now_ms.to_string()),
        ("sign", sign(body, app_secret)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_known_vector_signs_as_known() {
        let signed = sign(r#"{"mailno":"4312345678901"}"#, "YDSECRET");
        assert_eq!(signed, "27d8d04900dbc98efc11131edc774986");
    }
}
