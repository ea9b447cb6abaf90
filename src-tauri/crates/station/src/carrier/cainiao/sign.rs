//! The signature of 菜鸟's LINK gateway and its form body. Pure.

use crate::carrier::{digest::base64_md5, writing};

/// The value of `Content-Type` of every request.
pub const CONTENT_TYPE: &str = "application/x-www-form-urlencoded;charset=UTF-8";

/// `data_digest`: base64 of the 16 bytes of the MD5 of message and secret.
pub fn digest(message: &str, secret: &str) -> String {
    base64_md5(&format!("{message}{secret}"))
}

/// The whole body.
pub fn form(msg_type: &str, token: &str, message: &str, secret: &str) -> Vec<u8> {
    let digest = digest(message, secret);
    writing::form(&[
        ("msg_type", msg_type),
        ("logistic_provider_id", token),
        ("data_digest", &digest),
        ("logistics_interface", message),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_known_vector_signs_as_known() {
        assert_eq!(digest(r#"{"cpCode":"YTO"}"#, "CNSECRET"), "XeTWDH485C4mQhsKJ6Kpdw==");
    }

    #[test]
    fn the_body_is_encoded_once() {
        let body = form("TMS_WAYBILL_GET", "t=", r#"{"a":"一 b"}"#, "CNSECRET");
        let text = String::from_utf8(body).unwrap();
        let start = "msg_type=TMS_WAYBILL_GET&logistic_provider_id=t%3D&data_digest=";
        assert!(text.starts_with(start), "{text}");
        let end = "&logistics_interface=%7B%22a%22%3A%22%E4%B8%80+b%22%7D";
        assert!(text.ends_with(end), "{text}");
    }
}
