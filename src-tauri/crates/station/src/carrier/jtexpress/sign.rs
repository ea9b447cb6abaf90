//! J&T's signatures: one of every request in a header, and one of the customer inside order
//! requests. Pure. Source: carrier list of 2026-11, part 2.9.

use crate::carrier::digest::{base64_md5, hex_md5};

/// Mixed into passwords by J&T's own documents.
const SALT: &str = "jadada236t2";

/// The header of a request.
pub fn digest(biz_content: &str, private_key: &str) -> String {
    base64_md5(&format!("{biz_content}{private_key}"))
}

/// The customer's own, for everything about orders. It never changes, so it may stand in a stored
/// request.
pub fn business_digest(customer_code: &str, password: &str, private_key: &str) -> String {
    let hidden = hex_md5(&format!("{password}{SALT}"));
    let customer = format!("{customer_code}{hidden}").to_ascii_uppercase();
    base64_md5(&format!("{customer}{private_key}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_known_vectors_sign_as_known() {
        let key = "JTPRIVATEKEY";
        let sign = digest(r#"{"billCodes":"JT1234567890123"}"#, key);
        assert_eq!(sign, "w2a66Tst9v4HZNoV0sV9VQ==");
        let sign = business_digest("J0000000001", "JTPWD123", key);
        assert_eq!(sign, "HG68+qE7km6rlKTaJHA8Ig==");
    }
}
