//! Where on the map a parcel was (8003), paid for by the call. Source: carrier list of 2026-11,
//! part 1.9. `LatAndLng` is "latitude,longitude" by its name; in China the larger of the two is the
//! longitude, whichever stands first. `PreCoordinates` is taken to be of the same form
//! as `Coordinates`.

use super::{wire::Envelope, yes};
use crate::carrier::{
    CarrierError,
    kdniao::{Kdniao, codes, map},
    offers::{Route, RoutePoint, Routes, Sent},
    reading::{list, said, text, truth, unknown},
    track::TrackAsk,
    writing::json,
};
use crate::outside::{Http, Later};
use serde::{Deserialize, Serialize};

/// Places that are read of one answer; no parcel comes by more.
const POINTS_MAX: usize = 200;
/// A page's address that is longer is none.
const URL_CHARS_MAX: usize = 500;
/// No degree is further north or east.
const LAT_MAX: f64 = 90.0;
const LNG_MAX: f64 = 180.0;

/// 8003.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Question<'a> {
    order_code: &'a str,
    shipper_code: &'a str,
    logistic_code: &'a str,
    customer_name: &'a str,
    sender_city_name: String,
    receiver_city_name: String,
    is_return_coordinates: u8,
    is_return_route_map: u8,
}

/// Its answer, but for the trace, which tracking reads.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    #[serde(default, deserialize_with = "truth")]
    success: Option<bool>,
    #[serde(default, deserialize_with = "text")]
    result_code: String,
    #[serde(default, deserialize_with = "text")]
    reason: String,
    #[serde(default, deserialize_with = "text")]
    logistic_code: String,
    #[serde(default, deserialize_with = "text")]
    sender_city_lat_and_lng: String,
    #[serde(default, deserialize_with = "text")]
    receiver_city_lat_and_lng: String,
    #[serde(default, deserialize_with = "list")]
    coordinates: Vec<Point>,
    #[serde(default, deserialize_with = "list")]
    pre_coordinates: Vec<Point>,
    #[serde(default, deserialize_with = "text")]
    route_map_url: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Point {
    #[serde(default, deserialize_with = "text")]
    location: String,
    #[serde(default, deserialize_with = "text")]
    lat_and_lng: String,
}

impl Routes for Kdniao {
    fn route<'a>(
        &'a self,
        http: &'a dyn Http,
        sent: &'a Sent,
    ) -> Later<'a, Result<Route, CarrierError>> {
        Box::pin(async move {
            let [_, receiver] = &sent.phone_tails;
            let ask = TrackAsk {
                no: sent.no.clone(),
                order_key: String::new(),
                carrier: String::new(),
                phone_tail: receiver.clone(),
            };
            let (shipper_code, customer_name) = self.whose(&ask);
            let city = |address| map::place(address, "", &mut Vec::new())[1].clone();
            let asked = json(&Question {
                order_code: "",
                shipper_code,
                logistic_code: &sent.no,
                customer_name,
                sender_city_name: city(&sent.way.from),
                receiver_city_name: city(&sent.way.to),
                is_return_coordinates: 1,
                is_return_route_map: 1,
            });
            route(self.call(http, codes::MAP, &asked).await?, &sent.no)
        })
    }
}

fn route(answer: Answer, no: &str) -> Result<Route, CarrierError> {
    let Answer { success, result_code, reason, .. } = &answer;
    let (success, reason) = (*success, reason.clone());
    yes(Envelope { success, result_code: result_code.clone(), reason, data: Some(()) })?;
    if !answer.logistic_code.is_empty() && answer.logistic_code != no {
        return Err(unknown("the route of another number"));
    }
    let points = |all: Vec<Point>| -> Vec<RoutePoint> {
        let read = all.into_iter().take(POINTS_MAX).map(|it| point(&it.location, &it.lat_and_lng));
        read.flatten().collect()
    };
    let route = Route {
        from: point("", &answer.sender_city_lat_and_lng),
        to: point("", &answer.receiver_city_lat_and_lng),
        passed: points(answer.coordinates),
        ahead: points(answer.pre_coordinates),
        url: page(answer.route_map_url),
    };
    match route == Route::default() {
        true => Err(unknown("yes, without a route")),
        false => Ok(route),
    }
}

/// A place whose degrees cannot be read is none.
fn point(place: &str, degrees: &str) -> Option<RoutePoint> {
    let (first, second) = degrees.split_once([',', '，'])?;
    let read = |text: &str| text.trim().parse::<f64>().ok().filter(|it| it.is_finite());
    let (first, second) = (read(first)?, read(second)?);
    let (lat, lng) = if first.abs() > second.abs() { (second, first) } else { (first, second) };
    let known = lat.abs() <= LAT_MAX && lng.abs() <= LNG_MAX && (lat, lng) != (0.0, 0.0);
    let millionths = |degrees: f64| (degrees * 1_000_000.0).round() as i32;
    known.then(|| RoutePoint {
        place: said(place),
        lat_udeg: millionths(lat),
        lng_udeg: millionths(lng),
    })
}

/// Only an address of a page that can be typed and is not somebody's trick.
fn page(url: String) -> String {
    let plain = url.chars().all(|c| c.is_ascii_graphic());
    let web = url.starts_with("https://") || url.starts_with("http://");
    if web && plain && url.len() <= URL_CHARS_MAX { url } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Route, CarrierError> {
        route(serde_json::from_str(json).expect("an answer"), "YT1")
    }

    #[test]
    fn a_route_is_read_whichever_degree_stands_first() {
        let got = read(
            r#"{"Success":true,"ResultCode":"100","LogisticCode":"YT1",
                "SenderCityLatAndLng":"30.274085,120.15507","ReceiverCityLatAndLng":"",
                "Coordinates":[{"Location":"杭州市","LatAndLng":"120.15507,30.274085"},
                    {"Location":"?","LatAndLng":"x"},{"Location":"北京市","LatAndLng":"39.9,116.4"}],
                "PreCoordinates":null,"RouteMapUrl":"https://www.kdniao.com/route?x=1"}"#,
        )
        .expect("a route");
        let hangzhou =
            RoutePoint { place: "杭州市".into(), lat_udeg: 30_274_085, lng_udeg: 120_155_070 };
        assert_eq!(got.passed[0], hangzhou);
        assert_eq!((got.passed.len(), got.ahead.len(), got.to), (2, 0, None));
        assert_eq!(got.from.map(|it| it.lng_udeg), Some(120_155_070));
        assert!(got.url.starts_with("https://www.kdniao.com/"));
    }

    #[test]
    fn what_is_no_route_is_none() {
        for odd in [
            r#"{"Success":true,"ResultCode":"100"}"#,
            r#"{"Success":true,"ResultCode":"100","LogisticCode":"Y2","RouteMapUrl":"http://a.c"}"#,
            r#"{"Success":true,"ResultCode":"100","RouteMapUrl":"javascript:alert(1)"}"#,
            r#"{"Success":true,"ResultCode":"100","Coordinates":[{"LatAndLng":"1e9,5"}]}"#,
            r#"{"Success":true,"ResultCode":"100","Coordinates":[{"LatAndLng":"NaN,5"}]}"#,
            "{}",
        ] {
            assert!(matches!(read(odd), Err(CarrierError::Unknown { .. })), "{odd}");
        }
        let no = read(r#"{"Success":false,"ResultCode":"105","Reason":"没有可用套餐"}"#);
        assert!(matches!(no, Err(CarrierError::Refused { .. })), "{no:?}");
    }
}
