//! YTO's signature. Pure. Source: carrier list of 2026-11, part 2.6.

use crate::carrier::digest::base64_md5;

/// The version that is signed and stands in the address.
pub const VERSION: &str = "v1";

/// The value of `sign`: of the parameter, the method and the version.
pub fn sign(param: &str, method: &str, secret: &str) -> String {
    base64_md5(&format!("{param}{method}{VERSION}{secret}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_known_vector_signs_as_known() {
        let param = r#"{"logisticsNo":"SHIP20260101000001","senderName":"张三"}"#;
        let signed = sign(param, "privacy_create_adapter", "YTOSECRET");
        assert_eq!(signed, "hr9Y2UPj1QMOxSUKW2ut0Q==");
    }
}
