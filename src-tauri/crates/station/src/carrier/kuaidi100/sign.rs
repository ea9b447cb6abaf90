//! Kuaidi100's signatures: MD5 in capitals over the text as it is sent. Pure. Source: carrier list
//! of 2026-11, part 2.2 (the vendor's own demos).

use crate::carrier::digest::upper_hex_md5;

/// Of a query.
pub fn query(param: &str, key: &str, customer: &str) -> String {
    upper_hex_md5(&format!("{param}{key}{customer}"))
}

/// Of everything newer: labels, prices, couriers.
pub fn call(param: &str, t_ms: &str, key: &str, secret: &str) -> String {
    upper_hex_md5(&format!("{param}{t_ms}{key}{secret}"))
}

/// Of what Kuaidi100 tells by itself.
pub fn push(param: &str, salt: &str) -> String {
    upper_hex_md5(&format!("{param}{salt}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "KEYEXAMPLE0001";

    #[test]
    fn the_known_vectors_sign_as_known() {
        let param = concat!(
            r#"{"com":"yuantong","num":"YT1234567890123","phone":"","from":"","to":"","#,
            r#""resultv2":"4","show":"0","order":"desc"}"#
        );
        let customer = "CUSTOMEREXAMPLE0000000000000001";
        assert_eq!(query(param, KEY, customer), "3CAAC35BBE7618F67CC86577AFFFE722");
        let param = concat!(
            r#"{"kuaidicom":"yuantong","sendAddr":"上海市青浦区测试路1号","#,
            r#""recAddr":"北京市朝阳区测试路2号","weight":"1"}"#
        );
        let secret = "secretexample00000000000000000001";
        let sign = call(param, "1700000000000", KEY, secret);
        assert_eq!(sign, "165BEBE7A716DEE78527598543D0975C");
        let param = r#"{"kuaidicom":"yuantong","kuaidinum":"YT1234567890123"}"#;
        assert_eq!(push(param, "SALT01"), "18BA1C4A8BCB40570B98B8E5CDAECC54");
    }
}
