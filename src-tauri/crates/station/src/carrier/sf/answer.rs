//! What SF's answers mean. Two levels: the gateway lets a request through (`A1000`), and the
//! service behind it says yes or no. Pure.

use super::{
    codes::{self, Gate},
    wire::{Envelope, File, Order, Said},
};
use crate::carrier::{
    CarrierError, Child, Fix, Template, Waybill,
    reading::{further, is_waybill_no, said, unknown},
};

/// The service's "yes" with what it brings, or why there is none.
pub fn service(envelope: Envelope) -> Result<Said, CarrierError> {
    let Envelope { api_result_code: code, api_error_msg: words, api_result_data: data } = envelope;
    match codes::gate(&code) {
        Gate::Open => {}
        Gate::Busy => return Err(CarrierError::Busy { said: said(&words) }),
        Gate::Refused(fix) => return Err(CarrierError::Refused { code, said: said(&words), fix }),
        Gate::Unclear => return Err(unknown(format!("gateway code {code}: {}", said(&words)))),
    }
    let Some(data) = data else { return Err(unknown("A1000 without an answer behind it")) };
    match (data.success, data.error_code.as_str()) {
        (Some(true) | None, "S0000") | (Some(true), "") => Ok(data),
        (Some(true), code) => Err(unknown(format!("success with code {code}"))),
        (None, "") | (Some(false), "" | "S0000") => Err(unknown("neither yes nor no")),
        (_, code) => Err(CarrierError::Refused {
            code: code.to_owned(),
            said: said(&data.error_msg),
            fix: codes::fix(code),
        }),
    }
}

/// The number in an answer to a create or a search; whatever does not name our order and a number
/// is unknown.
pub fn waybill(data: Said, order_key: &str) -> Result<Waybill, CarrierError> {
    let Some(order) = data.msg_data else { return Err(unknown("yes, without an order")) };
    if !order.order_id.is_empty() && order.order_id != order_key {
        return Err(unknown("an answer for another order key"));
    }
    let mother = order.waybill_no_info_list.iter().find(|given| given.waybill_type == "1");
    let Some(mother) = mother else { return Err(without_number(&order, &data.error_msg)) };
    if !is_waybill_no(&mother.waybill_no) {
        return Err(unknown("something that is no waybill number"));
    }
    let no = mother.waybill_no.clone();
    let of_kind = |kind: &str| -> Vec<String> {
        let given = order.waybill_no_info_list.iter().filter(|given| given.waybill_type == kind);
        further(given.map(|given| given.waybill_no.clone()), &no)
    };
    let child = |no| Child { no, template: Template::NotAsked };
    let children = of_kind("2").into_iter().map(child).collect();
    let slip = of_kind("3").into_iter().map(child).next();
    let route = order.route_label_info.into_iter().find_map(|route| route.route_label_data);
    let (sort_code, qr) =
        route.map(|route| (route.dest_route_label, route.two_dimension_code)).unwrap_or_default();
    Ok(Waybill {
        no,
        sort_code,
        bag_place: String::new(),
        destination: order.dest_code,
        qr,
        template: Template::NotAsked,
        children,
        slip,
    })
}

/// SF takes an order it will not carry, and says so here.
fn without_number(order: &Order, words: &str) -> CarrierError {
    match order.filter_result.as_str() {
        "3" => CarrierError::Refused {
            code: "filterResult 3".to_owned(),
            said: said(words),
            fix: Fix::OtherCarrier,
        },
        other => unknown(format!("yes, without a number (filterResult {other})")),
    }
}

/// Whether an answer to a cancel says that the number was taken back.
pub fn cancelled(answer: Result<Said, CarrierError>) -> Result<(), CarrierError> {
    let data = match answer {
        Ok(data) => data,
        // Our own cancel of a moment ago, whose answer was lost.
        Err(CarrierError::Refused { code, .. }) if codes::CANCELLED.contains(&code.as_str()) => {
            return Ok(());
        }
        // The one is a "yes", the other a "no".
        Err(CarrierError::Refused { code, said, .. }) if code == codes::CLOSED => {
            return Err(unknown(format!("{code}: {said}")));
        }
        Err(error) => return Err(error),
    };
    match data.msg_data.as_ref().map_or("", |order| order.res_status.as_str()) {
        "2" => Ok(()),
        "1" => Err(CarrierError::Refused {
            code: "resStatus 1".to_owned(),
            said: said(&data.error_msg),
            fix: Fix::AskCarrier,
        }),
        other => Err(unknown(format!("resStatus {other}"))),
    }
}

/// Where the drawings of numbers are.
pub fn drawings(data: Said) -> Vec<File> {
    let files = data.obj.map(|printed| printed.files).unwrap_or_default();
    files.into_iter().filter(|file| !file.url.is_empty()).collect()
}
