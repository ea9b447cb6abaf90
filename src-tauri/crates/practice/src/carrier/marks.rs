//! Waybill numbers and the marks a sorting machine reads, invented but of the right shape. Both are
//! functions of the order alone, so that a practice day looks the same every time.

use super::faults::mix;
use serde_json::{Value, json};

/// How numbers look: carrier, beginning, digits after it.
const SHAPES: [(&str, &str, u32); 10] = [
    ("SF", "SF", 13),
    ("YTO", "YT", 13),
    ("ZTO", "75", 11),
    ("STO", "77", 13),
    ("YD", "43", 13),
    ("JTSD", "JT", 13),
    ("JD", "JD", 13),
    ("DBL", "DPK", 12),
    ("EMS", "1", 12),
    ("YZPY", "9", 12),
];

/// A number for an order; `taken` says which are given out already.
pub fn number(shipper_code: &str, order_key: &str, taken: impl Fn(&str) -> bool) -> String {
    let shape = SHAPES.iter().find(|shape| shape.0 == shipper_code);
    let (_, start, digits) = shape.copied().unwrap_or((shipper_code, shipper_code, 12));
    let places = 10_u64.pow(digits);
    let first = mix(&format!("{shipper_code}/{order_key}")) % places;
    (0..places)
        .map(|step| format!("{start}{:0width$}", (first + step) % places, width = digits as usize))
        .find(|no| !taken(no))
        .expect("a trillion numbers outlast any practice")
}

/// Carriers whose numbers look like this one.
pub fn like(no: &str) -> Vec<&'static str> {
    if no.len() == 18 && no.starts_with("1Z") {
        return vec!["UPS"];
    }
    let fits = |(_, start, digits): &(&str, &str, u32)| {
        no.strip_prefix(start).is_some_and(|rest| {
            rest.len() == *digits as usize && rest.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    SHAPES.iter().filter(|shape| fits(shape)).map(|shape| shape.0).collect()
}

/// Telephone area codes, the first part of many carriers' three-part codes.
#[rustfmt::skip]
const AREAS: [(&str, &str); 32] = [
    ("北京", "010"), ("上海", "021"), ("天津", "022"), ("重庆", "023"), ("广州", "020"),
    ("深圳", "755"), ("东莞", "769"), ("佛山", "757"), ("杭州", "571"), ("宁波", "574"),
    ("金华", "579"), ("南京", "025"), ("苏州", "512"), ("武汉", "027"), ("成都", "028"),
    ("西安", "029"), ("沈阳", "024"), ("长沙", "731"), ("郑州", "371"), ("石家庄", "311"),
    ("济南", "531"), ("青岛", "532"), ("福州", "591"), ("厦门", "592"), ("合肥", "551"),
    ("南昌", "791"), ("昆明", "871"), ("哈尔滨", "451"), ("长春", "431"), ("太原", "351"),
    ("兰州", "931"), ("乌鲁木齐", "991"),
];

/// A place as a request names it.
pub struct Place<'a> {
    pub province: &'a str,
    pub city: &'a str,
    pub district: &'a str,
    pub detail: &'a str,
}

impl Place<'_> {
    fn short(&self) -> &str {
        self.city.strip_suffix('市').unwrap_or(self.city)
    }

    fn area(&self) -> String {
        match AREAS.iter().find(|area| area.0 == self.short()) {
            Some((_, code)) => (*code).to_owned(),
            None => format!("{}", 310 + mix(&format!("{}{}", self.province, self.city)) % 680),
        }
    }
}

/// The `Order` of an answer.
pub fn order(order_key: &str, shipper_code: &str, no: &str, from: &Place, to: &Place) -> Value {
    let (area, town) = (to.area(), to.short());
    let outlet = mix(&format!("{}{}", to.city, to.district));
    let courier = mix(&format!("{}{}", to.district, to.detail)) % 60;
    let letter = char::from(b'A' + (outlet % 20) as u8);
    let outlet = 1 + outlet % 97;
    let mut order = json!({
        "OrderCode": order_key,
        "ShipperCode": shipper_code,
        "LogisticCode": no,
        "KDNOrderCode": format!("KDNSIT{:010}", mix(order_key) % 10_000_000_000),
        "OriginCode": from.area(),
        "OriginName": from.short(),
        "DestinatioCode": area,
        "DestinatioName": town,
        // The blank at the end is KDNiao's: real answers have it.
        "MarkDestination": format!("{area}-{letter}{outlet:02}-{courier:03} "),
        "SortingCode": format!("{courier:03}"),
        "PackageCode": format!("{area}-{letter}1"),
        "PackageName": format!("{town}集散包 "),
        "DestinationAllocationCentre": format!("{town}转运中心"),
        "SignWaybillCode": "",
        "TransType": "",
        "TransportType": 0,
        "QRCode": no,
    });
    if shipper_code == "SF" {
        let route = format!("{area}W-{letter}{outlet:02}-{courier:03}");
        order["QRCode"] = "".into();
        order["ShipperInfo"] = json!({
            "LogisticCode": no,
            "OriginCityCode": from.area(),
            "DestCityCode": area,
            "DestRouteLabel": route,
            "CodingMapping": format!("K{outlet:02}"),
            "TwoDimensionCode": format!("MMM={{'k1':'{area}W','k5':'{no}'}}"),
            "ProCode": "标快",
        });
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_shape_of_their_carrier() {
        for (code, start, len) in [
            ("YTO", "YT", 15),
            ("ZTO", "75", 13),
            ("SF", "SF", 15),
            ("JTSD", "JT", 15),
            ("STO", "77", 15),
            ("UC", "UC", 14),
        ] {
            let no = number(code, "PB-1-A", |_| false);
            assert!(no.starts_with(start) && no.len() == len, "{no}");
            assert!(no[start.len()..].bytes().all(|byte| byte.is_ascii_digit()), "{no}");
            assert_eq!(no, number(code, "PB-1-A", |_| false));
            assert_ne!(no, number(code, "PB-1-B", |_| false));
            assert_ne!(no, number(code, "PB-1-A", |taken| taken == no));
        }
    }
}
