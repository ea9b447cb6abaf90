//! Where on the map a parcel was (8003; 8004 where the account asks by 8002), paid for by the call.
//! Source: carrier list of 2026-11, part 1.9; 8004 from KDNiao's own article and demo.

use super::{wire::Envelope, yes};
use crate::carrier::{
    CarrierError,
    kdniao::{Kdniao, TrackBy, codes, drawn::Drawn, map},
    offers::{Route, Routes, Sent},
    reading::{text, truth, unknown},
    writing::json,
};
use crate::outside::{Http, Later};
use serde::{Deserialize, Serialize};

/// 8003 and 8004.
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

/// Their answer, but for the trace, which tracking reads.
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
    #[serde(flatten)]
    drawn: Drawn,
}

impl Routes for Kdniao {
    fn route<'a>(
        &'a self,
        http: &'a dyn Http,
        sent: &'a Sent,
    ) -> Later<'a, Result<Route, CarrierError>> {
        Box::pin(async move {
            let ask = sent.to_track();
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
            // Each is the other's service with a map.
            let by = match self.account.track {
                Some(TrackBy::Query) => codes::MAP_QUERY,
                Some(TrackBy::Free | TrackBy::Watch) | None => codes::MAP,
            };
            route(self.call(http, by, &asked).await?, &sent.no)
        })
    }
}

fn route(answer: Answer, no: &str) -> Result<Route, CarrierError> {
    let Answer { success, result_code, reason, logistic_code, drawn } = answer;
    yes(Envelope { success, result_code, reason, data: Some(()) })?;
    if !logistic_code.is_empty() && logistic_code != no {
        return Err(unknown("the route of another number"));
    }
    drawn.route().ok_or_else(|| unknown("yes, without a route"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::carrier::offers::RoutePoint;

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
