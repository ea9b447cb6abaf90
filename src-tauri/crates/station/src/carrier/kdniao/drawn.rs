//! The fields with which KDNiao says where on the map a parcel was: in the answers to 8003, 8004
//! and 8005, and in the pushes (102) that 8005 brings. Source: carrier list of 2026-11, part 1.9,
//! and a copy of KDNiao's page of the push. `LatAndLng` is "latitude,longitude" by its name; in
//! China the larger of the two is the longitude, whichever stands first. `PreCoordinates` is taken
//! to be of the same form as `Coordinates`.

use crate::carrier::{
    offers::{Route, RoutePoint},
    reading::{list, said, text},
};
use serde::Deserialize;

/// Places that are read of one answer; no parcel comes by more.
const POINTS_MAX: usize = 200;
/// A page's address that is longer is none.
const URL_CHARS_MAX: usize = 500;
/// No degree is further north or east.
const LAT_MAX: f64 = 90.0;
const LNG_MAX: f64 = 180.0;

/// Part of an answer, or of one parcel in a push.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Drawn {
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

impl Drawn {
    /// The route; `None` if nothing of it can be read.
    pub fn route(self) -> Option<Route> {
        let points = |all: Vec<Point>| -> Vec<RoutePoint> {
            let first = all.into_iter().take(POINTS_MAX);
            first.filter_map(|it| point(&it.location, &it.lat_and_lng)).collect()
        };
        let route = Route {
            from: point("", &self.sender_city_lat_and_lng),
            to: point("", &self.receiver_city_lat_and_lng),
            passed: points(self.coordinates),
            ahead: points(self.pre_coordinates),
            url: page(self.route_map_url),
            told_at_ms: None,
        };
        (route != Route::default()).then_some(route)
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
