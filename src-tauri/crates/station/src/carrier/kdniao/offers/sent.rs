//! When a parcel under way arrives (6006; 6016 is its subscription), and where a carrier's outlets
//! are (6002). All are paid for. What 6016 is asked, what it answers and what it tells is in no
//! document: it is asked like 6006, and read where it speaks like it.

use super::{eta, place, wire::Envelope, yes};
use crate::{
    carrier::{
        CarrierError,
        kdniao::{Kdniao, codes},
        moment,
        offers::{EstimatesSent, Eta, EtasTold, Outlet, Outlets, Sent},
        reading::{list, said, text, truth, unknown},
        writing::json,
    },
    order::Address,
    outside::{Http, Later},
};
use serde::{Deserialize, Serialize};

/// Outlets that are read of one answer; nobody goes through more.
const OUTLETS_MAX: usize = 50;

/// 6006.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Question<'a> {
    shipper_code: &'a str,
    send_province: String,
    send_city: String,
    send_area: String,
    send_address: String,
    receive_province: String,
    receive_city: String,
    receive_area: String,
    receive_address: String,
    catch_time: String,
    logistic_code: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    sender_phone: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    receiver_phone: &'a str,
}

/// 6002.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Near<'a> {
    shipper_code: &'a str,
    province_name: String,
    city_name: String,
    area_name: String,
    address: String,
}

/// The answer to 6002.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Found {
    #[serde(default, deserialize_with = "truth")]
    success: Option<bool>,
    #[serde(default, deserialize_with = "text")]
    result_code: String,
    #[serde(default, deserialize_with = "text")]
    reason: String,
    #[serde(default, deserialize_with = "list")]
    service_point_infos: Vec<Point>,
}

/// One of `ServicePointInfos`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Point {
    #[serde(deserialize_with = "text")]
    point_code: String,
    #[serde(deserialize_with = "text")]
    point_name: String,
    #[serde(deserialize_with = "text")]
    province_name: String,
    #[serde(deserialize_with = "text")]
    city_name: String,
    #[serde(deserialize_with = "text")]
    area_name: String,
    #[serde(deserialize_with = "text")]
    street_name: String,
    #[serde(deserialize_with = "text")]
    address: String,
    #[serde(deserialize_with = "text")]
    tel: String,
    #[serde(deserialize_with = "text")]
    service_time: String,
}

impl EstimatesSent for Kdniao {
    fn estimate_sent<'a>(
        &'a self,
        http: &'a dyn Http,
        sent: &'a Sent,
    ) -> Later<'a, Result<Eta, CarrierError>> {
        Box::pin(async move {
            let asked = self.sent_question(sent)?;
            eta(self.call(http, codes::ESTIMATE_SENT, &asked).await?)
        })
    }
}

impl EtasTold for Kdniao {
    fn tell_eta<'a>(
        &'a self,
        http: &'a dyn Http,
        sent: &'a Sent,
    ) -> Later<'a, Result<Option<Eta>, CarrierError>> {
        Box::pin(async move {
            let asked = self.sent_question(sent)?;
            let answer: Envelope<super::wire::Eta> =
                self.call(http, codes::SUBSCRIBE_ETA, &asked).await?;
            Ok(yes(answer)?.and_then(super::expected))
        })
    }
}

impl Kdniao {
    fn sent_question(&self, sent: &Sent) -> Result<String, CarrierError> {
        let (from, to) = (place(&sent.way.from)?, place(&sent.way.to)?);
        let [sender, receiver] = &sent.phone_tails;
        Ok(json(&Question {
            shipper_code: &self.account.shipper_code,
            send_province: from.province_name,
            send_city: from.city_name,
            send_area: from.exp_area_name,
            send_address: from.address,
            receive_province: to.province_name,
            receive_city: to.city_name,
            receive_area: to.exp_area_name,
            receive_address: to.address,
            catch_time: moment::text(sent.left_at_ms),
            logistic_code: &sent.no,
            sender_phone: sender.expose(),
            receiver_phone: receiver.expose(),
        }))
    }
}

impl Outlets for Kdniao {
    fn outlets<'a>(
        &'a self,
        http: &'a dyn Http,
        near: &'a Address,
    ) -> Later<'a, Result<Vec<Outlet>, CarrierError>> {
        Box::pin(async move {
            let near = place(near)?;
            let asked = json(&Near {
                shipper_code: &self.account.shipper_code,
                province_name: near.province_name,
                city_name: near.city_name,
                area_name: near.exp_area_name,
                address: near.address,
            });
            found(self.call(http, codes::OUTLETS, &asked).await?)
        })
    }
}

/// The outlets of an answer; a line without a name is none.
fn found(answer: Found) -> Result<Vec<Outlet>, CarrierError> {
    let Found { success, result_code, reason, service_point_infos } = answer;
    let envelope = Envelope { success, result_code, reason, data: Some(service_point_infos) };
    let points = yes(envelope)?.ok_or_else(|| unknown("yes, without outlets"))?;
    let outlet = |point: Point| Outlet {
        code: said(&point.point_code),
        name: said(&point.point_name),
        address: said(&whole(&point)),
        phone: said(&point.tel),
        hours: said(&point.service_time),
    };
    let named = |outlet: &Outlet| !outlet.name.is_empty();
    Ok(points.into_iter().map(outlet).filter(named).take(OUTLETS_MAX).collect())
}

/// Their address in one text, a municipality named once.
fn whole(point: &Point) -> String {
    let Point { province_name, city_name, area_name, street_name, address, .. } = point;
    let city = if province_name == city_name { "" } else { city_name };
    format!("{province_name}{city}{area_name}{street_name}{address}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::carrier::sample::{heard, word};

    #[test]
    fn outlets_are_read_with_where_they_are() {
        let answer = heard(include_str!("../fixtures/outlets.json")).and_then(found);
        let outlets = answer.expect("the documented answer");
        let want = Outlet {
            code: "01000".into(),
            name: "示例网点".into(),
            address: "北京市朝阳区样例街9号".into(),
            phone: "010-00000000".into(),
            hours: "08:00-20:00".into(),
        };
        assert_eq!(outlets, [want]);
    }

    #[test]
    fn every_other_answer_is_no_outlet() {
        for (body, want) in [
            (r#"{"Success":true,"ResultCode":"100","Count":0}"#, "yes"),
            (r#"{"Success":true,"ResultCode":"100","ServicePointInfos":[{"Tel":1}]}"#, "yes"),
            (r#"{"Success":true,"ResultCode":"105"}"#, "unknown"),
            (r#"{"Success":false,"ResultCode":"105","Reason":"无数据"}"#, "refused"),
            ("{}", "unknown"),
        ] {
            let outcome = heard(body).and_then(found);
            assert_eq!(word(&outcome).0, want, "{body}");
            assert!(outcome.is_err() || outcome == Ok(Vec::new()), "{body}");
        }
    }

    #[test]
    fn a_time_under_way_is_read_like_one_before() {
        let answer = heard(include_str!("../fixtures/eta_6006.json")).and_then(eta);
        let eta = answer.expect("the documented answer");
        assert_eq!((eta.when.as_str(), eta.hours), ("01月03日下午可达", Some(20)));
    }
}
