//! JD's signature (`md5-salt`). Pure. Source: carrier list of 2026-11, part 2.3.

use crate::carrier::digest::upper_hex_md5;

/// Who asks, as every request says it.
#[derive(Debug, Clone, Copy)]
pub struct Who<'a> {
    pub app_key: &'a str,
    pub secret: &'a str,
    pub token: &'a str,
}

/// The value of `sign`: secret, names and values in their order, secret.
pub fn sign(who: Who<'_>, path: &str, timestamp: &str, body: &str) -> String {
    let Who { app_key, secret, token } = who;
    upper_hex_md5(&format!(
        "{secret}access_token{token}app_key{app_key}method{path}param_json{body}\
         timestamp{timestamp}v2.0{secret}"
    ))
}

/// What follows the path: everything but the body stands in the address.
pub fn query(who: Who<'_>, domain: &str, path: &str, timestamp: &str, body: &str) -> String {
    let fields = [
        ("LOP-DN", domain),
        ("app_key", who.app_key),
        ("access_token", who.token),
        ("timestamp", timestamp),
        ("v", "2.0"),
        ("algorithm", "md5-salt"),
        ("sign", &sign(who, path, timestamp, body)),
    ];
    serde_urlencoded::to_string(fields).expect("pairs of texts always encode")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_known_vector_signs_as_known() {
        let who = Who { app_key: "JDAPPKEY", secret: "JDSECRET", token: "JDTOKEN" };
        let body = concat!(
            r#"[{"waybillCode":"JD0000000000001","orderOrigin":1,"#,
            r#""customerCode":"027K0000001"}]"#
        );
        let (path, timestamp) = ("/ecap/v1/orders/trace/query", "2026-01-01 12:00:00");
        assert_eq!(sign(who, path, timestamp, body), "5B9C197349FD1F4B46BA73C286B487DA");
        let query = query(who, "ECAP", path, timestamp, body);
        assert!(query.contains("timestamp=2026-01-01+12%3A00%3A00&v=2.0"), "{query}");
    }
}
