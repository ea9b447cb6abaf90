//! ZTO's signature: two headers. Pure. Source: carrier list of 2026-11, part 2.5.

use crate::carrier::digest::base64_md5;

/// Who asks, and the digest of the body.
pub fn headers(app_key: &str, app_secret: &str, body: &str) -> Vec<(&'static str, String)> {
    vec![
        ("x-appKey", app_key.to_owned()),
        ("x-dataDigest", base64_md5(&format!("{body}{app_secret}"))),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_known_vector_signs_as_known() {
        let headers = headers("KEY", "ZTOSECRET0001", r#"{"billCode":"75312345678901"}"#);
        assert_eq!(headers[1], ("x-dataDigest", "QMykEbsvRoMNYApfY9By0w==".to_owned()));
    }
}
