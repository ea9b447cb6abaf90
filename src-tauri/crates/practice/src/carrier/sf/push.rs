//! What SF tells by itself of parcels: `RoutePushService`, as JSON or as XML in a form, at most ten
//! things a push, all parcels mixed, and until it is answered as its page wants, the same again.
//! Written from the page of the service and from nothing of the station's.

use super::super::{desk::Desk, faults::mix, journey::op_code};
use serde_json::{Value, json};

/// What SF puts into one push.
const ROUTES_MAX: usize = 10;

impl Desk {
    /// The bodies of all pushes of these numbers so far, the oldest thing first.
    pub fn push_sf(&self, numbers: &[&str], xml: bool) -> Vec<Vec<u8>> {
        let mut routes: Vec<(i64, Value)> = Vec::new();
        for no in numbers {
            let Some((order, _)) = self.book.alive(no) else { continue };
            for told in self.journeys.trips().so_far(&self.book, no, false) {
                let id = mix(&format!("{no} {}", told.at_ms)).to_string();
                let route = json!({"id": id, "mailno": no, "orderid": order["OrderCode"],
                    "acceptTime": told.at(), "acceptAddress": told.place, "remark": told.words,
                    "opCode": op_code(told.what), "reasonCode": "", "reasonName": ""});
                routes.push((told.at_ms, route));
            }
        }
        routes.sort_by_key(|route| route.0);
        let routes: Vec<Value> = routes.into_iter().map(|route| route.1).collect();
        routes.chunks(ROUTES_MAX).map(|some| if xml { form(some) } else { plain(some) }).collect()
    }
}

fn plain(routes: &[Value]) -> Vec<u8> {
    json!({"Body": {"WaybillRoute": routes}}).to_string().into_bytes()
}

fn form(routes: &[Value]) -> Vec<u8> {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <Request service=\"RoutePushService\" lang=\"zh-CN\"><Body>",
    );
    for route in routes {
        xml += "<WaybillRoute";
        for (name, value) in route.as_object().into_iter().flatten() {
            let value = value.as_str().unwrap_or_default();
            let value = value.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
            xml += &format!(" {name}=\"{value}\"");
        }
        xml += "/>";
    }
    xml += "</Body></Request>";
    let fields = serde_urlencoded::to_string([("content", xml)]);
    fields.expect("pairs of texts always encode").into_bytes()
}

/// Whether SF takes an answer for "heard": anything else, and the push comes again.
pub fn is_taken(xml: bool, status: u16, answer: &str) -> bool {
    let said: Value = serde_json::from_str(answer).unwrap_or_default();
    let yes = match xml {
        true => answer == "<Response service=\"RoutePushService\"><Head>OK</Head></Response>",
        false => said == json!({"return_code": "0000", "return_msg": "成功"}),
    };
    status == 200 && yes
}
