//! A carrier's counter at the desk: which addresses are its own, and what it answers there. A
//! further carrier is one file and one line here.

use super::{
    Options,
    book::{self, Book, Extent},
    desk::Knock,
    faults::Wrong,
    jd, jtexpress, kuaidi100,
    marks::Place,
    sto, yto, yunda, zto,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use md5::{Digest as _, Md5};
use serde_json::Value;
use sha2::Sha256;
use std::{collections::HashMap, fmt::Debug};

/// All counters beside KDNiao's and SF's.
pub fn all(options: &Options) -> Vec<Box<dyn Counter>> {
    vec![
        Box::new(kuaidi100::Counter::new(options)),
        Box::new(jd::Counter::new(options)),
        Box::new(zto::Counter::new(options)),
        Box::new(sto::Counter::new(options)),
        Box::new(yto::Counter::new(options)),
        Box::new(jtexpress::Counter::new(options)),
        Box::new(yunda::Counter::new(options)),
    ]
}

/// A call that came in.
#[derive(Debug, Default)]
pub struct Heard {
    /// What is asked, in the carrier's word.
    pub call: String,
    /// About which order of the client's; empty if none.
    pub key: String,
    /// The signed text.
    pub text: String,
    /// What it says.
    pub data: Value,
    /// Refused at the gate: the whole answer.
    pub no: Option<Value>,
    /// When it came, ms UTC.
    pub at_ms: i64,
}

/// What goes back.
pub enum Said {
    /// An answer.
    Json(Value),
    /// A file of that content type.
    File(&'static str, Vec<u8>),
    /// Too many calls, where no code of the carrier's own says so.
    Busy,
}

/// Fields of a form, or of what follows the `?`.
pub fn fields(text: &[u8]) -> HashMap<String, String> {
    serde_urlencoded::from_bytes(text).unwrap_or_default()
}

/// A header's value; "" if it is not there.
pub fn header<'a>(knock: &Knock<'a>, name: &str) -> &'a str {
    let found = knock.headers.iter().find(|header| header.0.eq_ignore_ascii_case(name));
    found.map_or("", |header| header.1.as_str())
}

/// Base64 of the 16 bytes of the MD5.
pub fn base64_md5(text: &str) -> String {
    STANDARD.encode(Md5::digest(text))
}

/// The MD5's 32 digits in small letters.
pub fn hex_md5(text: &str) -> String {
    Md5::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A text of a request; "" if it is not there or no text.
pub fn text<'a>(data: &'a Value, name: &str) -> &'a str {
    data[name].as_str().unwrap_or_default()
}

/// The first of the named texts that is missing or longer than so many characters.
pub fn wants<'a>(data: &Value, needed: &[(&'a str, usize)]) -> Option<&'a str> {
    let bad = |(name, max): &&(&str, usize)| {
        let long = text(data, name).chars().count();
        long == 0 || long > *max
    };
    needed.iter().find(bad).map(|row| row.0)
}

/// Whether a text is a phone: digits and hyphens.
pub fn is_phone(text: &str) -> bool {
    (7..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit() || b == b'-')
}

/// Whether a number is new; one parcel, no slip.
pub enum Given {
    New(Value),
    Again(Value),
    Voided,
}

/// What was answered for a key.
pub fn order<'a>(book: &'a Book, key: &str) -> Option<&'a Value> {
    book.order(key).map(|(order, _)| order)
}

/// The order's number, new or the first one.
pub fn give(
    book: &mut Book,
    heard: &Heard,
    carrier: &str,
    from: &Place<'_>,
    to: &Place<'_>,
) -> Given {
    let sha: String =
        Sha256::digest(&heard.text).iter().map(|byte| format!("{byte:02x}")).collect();
    // The journal's disk failing is the end of practice, not a story about a carrier.
    let extent = Extent { parcels: 1, slip: false, at_ms: heard.at_ms };
    let given = book.give(&heard.key, carrier, &sha, from, to, extent);
    match given.expect("the practice book can be written") {
        book::Given::New(order, _) => Given::New(order),
        book::Given::Again(order, _) => Given::Again(order),
        book::Given::Voided => Given::Voided,
    }
}

/// A place of four fields by their names.
pub fn place<'a>(data: &'a Value, names: [&str; 4]) -> Place<'a> {
    let [province, city, district, detail] = names.map(|name| text(data, name));
    Place { province, city, district, detail }
}

/// A whole address taken apart at its 省, 市 and 区: good enough for marks.
pub fn parts(whole: &str) -> Place<'_> {
    let after = |text: &str, marks: &[char]| {
        text.find(|c| marks.contains(&c)).map_or(0, |at| at + "市".len())
    };
    let (province, rest) = whole.split_at(after(whole, &['省', '区', '市']));
    let (city, rest) = rest.split_at(after(rest, &['市', '州', '盟']));
    let (district, detail) = rest.split_at(after(rest, &['区', '县', '旗']));
    let city = if city.is_empty() { province } else { city };
    Place { province, city, district, detail }
}

/// One carrier's counter.
pub trait Counter: Debug + Send {
    /// Reads a call to one of its addresses and checks whose it is; nothing is done yet. `None` for
    /// somebody else's address.
    fn hear(&mut self, knock: &Knock<'_>) -> Option<Heard>;

    /// Does what was asked and answers, `host` being where drawings lie.
    fn act(&mut self, book: &mut Book, heard: &Heard, wrong: &Wrong, host: &str) -> Said;
}
