//! A platform's label as its component takes it: the signed contents, handed on as they came.

use serde_json::{Value, json};

/// What a label of a platform holds: `encryptedData` or `data`, and the template to lay it out.
fn contents(template: &[u8]) -> Option<Vec<Value>> {
    let contents = match serde_json::from_slice(template).ok()? {
        Value::Array(contents) => contents,
        Value::Object(mut object) => match object.remove("contents") {
            Some(Value::Array(contents)) => contents,
            Some(_) => return None,
            None => vec![Value::Object(object)],
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return None,
    };
    let is_text = |value: &Value| value.as_str().is_some_and(|text| !text.is_empty());
    let first = contents.first()?;
    let has_data = is_text(&first["encryptedData"]) || first["data"].is_object();
    (has_data && contents.iter().all(|one| is_text(&one["templateURL"]))).then_some(contents)
}

/// Whether a carrier's drawing is one that only a component can print.
pub fn is_document(template: &[u8]) -> bool {
    contents(template).is_some()
}

/// The document of one copy of a label; `None` if the drawing is none for a component. `no` is the
/// waybill number, `nth` the copy, from 1.
pub fn label(template: &[u8], no: &str, nth: u32) -> Option<Vec<u8>> {
    let contents = contents(template)?;
    let document = json!({"documentID": format!("{no}-{nth}"), "contents": contents});
    Some(document.to_string().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As in the reply to `TMS_WAYBILL_GET`; invented.
    const ENCRYPTED: &str = r#"{"encryptedData":"AES:bm90aGluZw==","signature":"MD:c2lnbg==",
        "templateURL":"http://cloudprint.cainiao.com/template/standard/101","ver":"waybill_print_secret_version_1"}"#;

    #[test]
    fn what_a_platform_signed_is_handed_on_as_it_came() {
        let bytes = label(ENCRYPTED.as_bytes(), "YT8812000033910", 2).unwrap();
        let document: Value = serde_json::from_slice(&bytes).unwrap();
        let given: Value = serde_json::from_str(ENCRYPTED).unwrap();
        assert_eq!(document["documentID"], "YT8812000033910-2");
        assert_eq!(document["contents"], json!([given]));
        let several = format!(r#"{{"contents":[{ENCRYPTED},{{"data":{{}},"templateURL":"u"}}]}}"#);
        let bytes = label(several.as_bytes(), "1", 1).unwrap();
        let document: Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(document["contents"].as_array().map(Vec::len), Some(2));
    }

    #[test]
    fn nothing_else_is_taken_for_one() {
        for other in [
            "",
            "{}",
            "[]",
            "3",
            "^XA^XZ",
            "<html></html>",
            r#"{"encryptedData":"","templateURL":"u"}"#,
            r#"{"encryptedData":"x"}"#,
            r#"{"contents":{}}"#,
            r#"[{"data":{},"templateURL":"u"},{"data":{}}]"#,
        ] {
            assert!(!is_document(other.as_bytes()), "{other}");
            assert_eq!(label(other.as_bytes(), "1", 1), None);
        }
    }
}
