//! Bodies with everything personal or secret covered: structure, keys and codes stay, every other
//! value keeps only its length and its kinds of characters. What is not listed as a code is
//! covered: a field nobody thought of is no leak. Pure.

use serde_json::Value;

/// Longest answer that is recorded; labels as pictures and PDF are only counted.
const BODY_CHARS_MAX: usize = 20_000;
/// Values shorter than this are not looked for in messages: "1" would cover every 1.
const HIDDEN_CHARS_MIN: usize = 2;
/// JSON inside JSON is opened so deep; carriers have two levels.
const DEEPEST: u32 = 4;

/// Keys whose values say how a call went or which product was asked for, in small letters.
const CODES: &[&str] = &[
    "apiresultcode",
    "availablenum",
    "cancelstatus",
    "code",
    "count",
    "currency",
    "datatype",
    "dealtype",
    "errorcode",
    "exptype",
    "expresstypeid",
    "filterresult",
    "filetype",
    "isreturnprinttemplate",
    "issendmessage",
    "isnotice",
    "language",
    "parcelqty",
    "paymethod",
    "paytype",
    "quantity",
    "requesttype",
    "resstatus",
    "result",
    "resultcode",
    "returncode",
    "searchtype",
    "servicecode",
    "shippercode",
    "state",
    "stateex",
    "status",
    "statuscode",
    "success",
    "sync",
    "templatesize",
    "totalnum",
    "trackingtype",
    "unit",
    "version",
    "volume",
    "waybilltype",
    "weight",
];

/// Keys whose values are the carrier's sentences: what was hidden elsewhere is hidden there too.
const WORDS: &[&str] =
    &["apierrormsg", "errormsg", "error", "message", "msg", "reason", "remark", "resultmsg"];

/// The values that were covered so far in this exchange.
#[derive(Default)]
pub struct Hidden(Vec<String>);

impl Hidden {
    fn cover(&mut self, text: &str) -> String {
        if text.chars().count() >= HIDDEN_CHARS_MIN && !self.0.iter().any(|known| known == text) {
            self.0.push(text.to_owned());
        }
        covered(text)
    }

    /// A sentence without what is covered elsewhere, and without long numbers.
    fn sentence(&self, text: &str) -> String {
        let mut longest_first: Vec<&String> = self.0.iter().collect();
        longest_first.sort_by_key(|hidden| std::cmp::Reverse(hidden.len()));
        let mut said = text.to_owned();
        for hidden in longest_first {
            said = said.replace(hidden.as_str(), &covered(hidden));
        }
        without_long_numbers(&said)
    }
}

/// Length and kinds of characters, nothing else.
fn covered(text: &str) -> String {
    let cover = |c: char| match c {
        '0'..='9' => '0',
        c if c.is_ascii_alphabetic() => 'x',
        c if c.is_alphanumeric() => '某',
        c => c,
    };
    text.chars().map(cover).collect()
}

/// Phones and numbers of parcels have five digits and more; error codes have fewer.
fn without_long_numbers(text: &str) -> String {
    let mut out = String::new();
    let mut digits = String::new();
    let put = |digits: &mut String, out: &mut String| {
        *out += &if digits.len() >= 5 { "0".repeat(digits.len()) } else { digits.clone() };
        digits.clear();
    };
    for c in text.chars() {
        if c.is_ascii_digit() {
            digits.push(c);
        } else {
            put(&mut digits, &mut out);
            out.push(c);
        }
    }
    put(&mut digits, &mut out);
    out
}

/// A body as it may be shown to strangers.
pub fn body(bytes: &[u8], hidden: &mut Hidden) -> String {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return format!("({} bytes, no text)", bytes.len());
    };
    let shown = match serde_json::from_str::<Value>(text) {
        Ok(value) => json("", value, hidden, DEEPEST).to_string(),
        Err(_) => match form(text) {
            Some(fields) => fields_shown(fields, hidden),
            None => marked_up(text, hidden),
        },
    };
    match shown.char_indices().nth(BODY_CHARS_MAX) {
        Some((end, _)) => format!("{}… ({} bytes)", &shown[..end], bytes.len()),
        None => shown,
    }
}

/// An address: whose it is stays, what is asked there is covered like a body.
pub fn url(text: &str, hidden: &mut Hidden) -> String {
    let (path, query) = match text.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (text, None),
    };
    let path = without_long_numbers(path);
    match query.and_then(form) {
        Some(fields) => format!("{path}?{}", fields_shown(fields, hidden)),
        None => path,
    }
}

type Fields = Vec<(String, String)>;

/// `a=1&b=2`, every field with a name.
fn form(text: &str) -> Option<Fields> {
    let named = |part: &str| part.split_once('=').is_some_and(|(name, _)| is_name(name));
    if !text.split('&').all(named) {
        return None;
    }
    serde_urlencoded::from_str(text).ok()
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c))
}

fn fields_shown(fields: Fields, hidden: &mut Hidden) -> String {
    let shown = fields.into_iter().map(|(name, value)| {
        let value = value_shown(&name, &value, hidden, DEEPEST);
        format!("{name}={value}")
    });
    shown.collect::<Vec<_>>().join("&")
}

/// A text by its key; JSON in a text is opened.
fn value_shown(key: &str, text: &str, hidden: &mut Hidden, deep: u32) -> String {
    match serde_json::from_str::<Value>(text) {
        Ok(inner @ (Value::Object(_) | Value::Array(_))) if deep > 0 => {
            json(key, inner, hidden, deep - 1).to_string()
        }
        _ if is_of(key, CODES) && is_code(text) => text.to_owned(),
        _ if is_of(key, WORDS) => hidden.sentence(text),
        _ => hidden.cover(text),
    }
}

fn json(key: &str, value: Value, hidden: &mut Hidden, deep: u32) -> Value {
    match value {
        Value::Null | Value::Bool(_) => value,
        Value::Number(number) => match is_of(key, CODES) && is_code(&number.to_string()) {
            true => Value::Number(number),
            false => Value::String(hidden.cover(&number.to_string())),
        },
        Value::String(text) => Value::String(value_shown(key, &text, hidden, deep)),
        Value::Array(values) => {
            values.into_iter().map(|value| json(key, value, hidden, deep)).collect()
        }
        // Sentences last, so that whatever they repeat is known to be covered.
        Value::Object(fields) => {
            let (last, first): (Vec<_>, Vec<_>) =
                fields.into_iter().partition(|(key, _)| is_of(key, WORDS));
            let shown = first.into_iter().chain(last);
            shown.map(|(key, value)| (key.clone(), json(&key, value, hidden, deep))).collect()
        }
    }
}

fn is_of(key: &str, list: &[&str]) -> bool {
    list.contains(&key.to_ascii_lowercase().as_str())
}

/// A code is short: a name or a number of a parcel in its place is covered.
fn is_code(text: &str) -> bool {
    let long_service_names = 40;
    let digits = text.chars().filter(char::is_ascii_digit).count();
    text.is_ascii() && text.len() <= long_service_names && digits <= 5
}

/// XML, HTML and whatever else: tags stay, without their attributes' values; text is covered.
fn marked_up(text: &str, hidden: &mut Hidden) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out += &covered_piece(before, hidden);
        match after.split_once('>') {
            Some((tag, after)) => {
                let name = tag.split_whitespace().next().unwrap_or_default();
                let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || "/!?-:_".contains(c));
                out += &format!("<{}>", if plain { name } else { "…" });
                rest = after;
            }
            None => {
                rest = after;
            }
        }
    }
    out + &covered_piece(rest, hidden)
}

fn covered_piece(text: &str, hidden: &mut Hidden) -> String {
    match text.trim() {
        "" => text.to_owned(),
        piece => hidden.cover(piece),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A create as KDNiao gets it, people invented, and an answer that repeats one of them.
    const ASKED: &str = "RequestData=%7B%22OrderCode%22%3A%22SHIP20260101000001A%22%2C\
        %22ShipperCode%22%3A%22YTO%22%2C%22PayType%22%3A1%2C%22CustomerPwd%22%3A%22a1B2%22%2C\
        %22Receiver%22%3A%7B%22Name%22%3A%22%E5%BC%A0%E4%B8%89%22%2C%22Mobile%22%3A\
        %2213800000001%22%2C%22Address%22%3A%22%E6%96%87%E4%B8%80%E8%A5%BF%E8%B7%AF%201%22%7D%7D\
        &EBusinessID=test1777000&RequestType=1007&DataSign=Y2VlOWRhY2U%3D&DataType=2";
    const ANSWERED: &str = r#"{"Success":false,"ResultCode":"105","EBusinessID":"test1777000",
        "Reason":"张三的电话13800000001不可达，代码 S12"}"#;

    #[test]
    fn structure_and_codes_stay_and_everything_else_is_covered() {
        let mut hidden = Hidden::default();
        let asked = body(ASKED.as_bytes(), &mut hidden);
        for kept in ["\"ShipperCode\":\"YTO\"", "\"PayType\":1", "RequestType=1007", "DataType=2"] {
            assert!(asked.contains(kept), "{kept}: {asked}");
        }
        assert!(asked.contains("\"Name\":\"某某\"") && asked.contains("00000000000"), "{asked}");
        let answered = body(ANSWERED.as_bytes(), &mut hidden);
        assert!(answered.contains("\"ResultCode\":\"105\""), "{answered}");
        assert!(answered.contains("某某的电话00000000000不可达，代码 S12"), "{answered}");
        for secret in ["张三", "13800000001", "a1B2", "文一西路", "test1777000", "Y2VlOWRhY2U"]
        {
            let nowhere = !asked.contains(secret) && !answered.contains(secret);
            assert!(nowhere, "{secret}: {asked}\n{answered}");
        }
    }

    #[test]
    fn json_in_json_is_opened_and_covered() {
        let inner = r#"{"success":false,"errorCode":"1012","errorMsg":"李四电话错","tel":"1"}"#;
        let outer = serde_json::json!({ "apiResultCode": "A1000", "apiResultData": inner });
        let shown = body(outer.to_string().as_bytes(), &mut Hidden::default());
        assert!(shown.contains("A1000") && shown.contains(r#"\"errorCode\":\"1012\""#), "{shown}");
    }

    #[test]
    fn a_name_in_the_place_of_a_code_is_covered() {
        let shown =
            body(r#"{"State":"张三","Code":13800000001}"#.as_bytes(), &mut Hidden::default());
        assert_eq!(shown, r#"{"Code":"00000000000","State":"某某"}"#);
    }

    #[test]
    fn what_is_no_json_keeps_only_its_tags() {
        let mut hidden = Hidden::default();
        let html = "<html lang=\"zh\"><p title='张三'>13800000001</p><张三>x";
        assert_eq!(body(html.as_bytes(), &mut hidden), "<html><p>00000000000</p><…>x");
        assert_eq!(body(&[0xff, 0xfe, 0], &mut hidden), "(3 bytes, no text)");
        let with_key = url("https://a.example/x/75312345678901?key=secret&code=12", &mut hidden);
        assert_eq!(with_key, "https://a.example/x/00000000000000?key=xxxxxx&code=12");
    }
}
