//! KDNiao's signature and form body. Pure; vectors are those of the manual's formula, made by hand.

use base64::{Engine, engine::general_purpose::STANDARD};
use md5::{Digest, Md5};

/// The value of `Content-Type` in the manual, without a blank.
pub const CONTENT_TYPE: &str = "application/x-www-form-urlencoded;charset=utf-8";

/// `DataSign`: base64 of the 32 lower-case hex characters (not of the 16 bytes) of the MD5 of the
/// request text followed by the key.
pub fn data_sign(request_data: &str, api_key: &str) -> String {
    let digest = Md5::new().chain_update(request_data).chain_update(api_key).finalize();
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    STANDARD.encode(hex)
}

/// The whole body: five fields in the manual's order, each percent-encoded exactly once.
pub fn form(request_data: &str, business_id: &str, request_type: &str, api_key: &str) -> Vec<u8> {
    let sign = data_sign(request_data, api_key);
    let fields = [
        ("RequestData", request_data),
        ("EBusinessID", business_id),
        ("RequestType", request_type),
        ("DataSign", &sign),
        ("DataType", "2"),
    ];
    serde_urlencoded::to_string(fields).expect("pairs of texts always encode").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "11111111-2222-3333-4444-555555555555";

    #[test]
    fn the_known_vectors_sign_as_known() {
        for (data, sign) in [
            (
                r#"{"ShipperCode":"ZTO","LogisticCode":"75312345678901"}"#,
                "Y2VlOWRhY2UzODBhNGM3NjhkM2E5ZDIzYjAxYTA2Mzk=",
            ),
            (
                concat!(
                    r#"{"OrderCode":"SHIP20260101000001","ShipperCode":"YTO","#,
                    r#""CustomerName":"K00000000","Sender":{"Name":"张三","#,
                    r#""Mobile":"13800000001"}}"#
                ),
                "YTA5MmE2YmM4OTNlMDg4OGI3MDVjZjBlNTQ2YWYyZWI=",
            ),
            (
                r#"{"LogisticCode":"SF1234567890123"}"#,
                "MjJlN2MzOTFjN2I1YmIzYjE0NTkwZjk2MTg5N2QzMjc=",
            ),
            ("{}", "NTZkOWQ0MGMxNzI3OTU3Y2MzODg2OWE5ZmMxNjAyYTM="),
        ] {
            assert_eq!(data_sign(data, KEY), sign, "{data}");
        }
    }

    #[test]
    fn the_known_body_is_encoded_once() {
        let data = r#"{"ShipperCode":"ZTO","LogisticCode":"75312345678901"}"#;
        let body = concat!(
            "RequestData=%7B%22ShipperCode%22%3A%22ZTO%22%2C%22LogisticCode%22%3A",
            "%2275312345678901%22%7D&EBusinessID=1234567&RequestType=1002",
            "&DataSign=Y2VlOWRhY2UzODBhNGM3NjhkM2E5ZDIzYjAxYTA2Mzk%3D&DataType=2"
        );
        assert_eq!(String::from_utf8(form(data, "1234567", "1002", KEY)).unwrap(), body);
    }
}
