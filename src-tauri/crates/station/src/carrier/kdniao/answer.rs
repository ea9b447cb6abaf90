//! What KDNiao's answers mean: the table of result codes and nothing else. Pure.

use super::wire;
use crate::carrier::{
    Balance, CarrierError, Child, Fix, Template, Waybill,
    reading::{further, is_waybill_no, said, unknown},
};

/// The waybill in an answer to 1007, or why there is none.
pub fn waybill(answer: wire::Answer, asked: &wire::Stored) -> Result<Waybill, CarrierError> {
    let success = answer.success;
    let refusal = refusal(&answer);
    match (answer.result_code.as_str(), success) {
        ("100", Some(false)) => Err(unknown("code 100 without success")),
        // 106: this order number has its waybill already; with the order it is the same answer.
        ("100" | "106", _) => number(answer, asked),
        ("101" | "102" | "103" | "104" | "105", Some(true)) => {
            Err(unknown(format!("success with code {}", answer.result_code)))
        }
        (_, Some(true)) => number(answer, asked),
        _ => Err(refusal),
    }
}

/// Whether an answer to 1147 says that the waybill was taken back.
pub fn voided(answer: wire::Answer) -> Result<(), CarrierError> {
    match (answer.result_code.as_str(), answer.success) {
        ("100", Some(true) | None) => Ok(()),
        (code, Some(true)) => Err(unknown(format!("success with code {code}"))),
        ("100", Some(false)) => Err(unknown("code 100 without success")),
        _ => Err(refusal(&answer)),
    }
}

/// The number of waybills left in an answer to 1127.
pub fn balance(answer: wire::Answer) -> Result<Balance, CarrierError> {
    if answer.result_code != "100" || answer.success == Some(false) {
        return Err(refusal(&answer));
    }
    answer
        .eorder_balance
        .and_then(|balance| balance.available_num.parse().ok())
        .map(|available| Balance { available })
        .ok_or_else(|| unknown("no AvailableNum"))
}

/// The number and its print data; whatever does not name our order and a number is unknown.
fn number(answer: wire::Answer, asked: &wire::Stored) -> Result<Waybill, CarrierError> {
    let code = answer.result_code;
    let Some(order) = answer.order.filter(|order| !order.logistic_code.is_empty()) else {
        return Err(unknown(format!("code {code} without a waybill number")));
    };
    if !order.order_code.is_empty() && order.order_code != asked.order_code {
        return Err(unknown(format!("code {code} for another order key")));
    }
    let no = order.logistic_code;
    if !is_waybill_no(&no) {
        return Err(unknown(format!("code {code} with something that is no waybill number")));
    }
    let children = children(&no, answer.sub_orders, answer.sub_print_templates, is_drawn(asked));
    let slip = slip(order.sign_waybill_code, answer.sign_bill_print_template, asked);
    let (route, matrix) = match order.shipper_info.or(order.shipper_info_details) {
        Some(info) => (info.dest_route_label, info.two_dimension_code),
        None => (String::new(), String::new()),
    };
    Ok(Waybill {
        no,
        sort_code: first_of([route, order.mark_destination, order.sorting_code]),
        bag_place: first_of([order.package_name, order.package_code, String::new()]),
        destination: first_of([
            order.destinatio_name,
            order.destination_allocation_centre,
            String::new(),
        ]),
        qr: first_of([matrix, order.qr_code, String::new()]),
        template: drawing(answer.print_template, is_drawn(asked)),
        children,
        slip,
    })
}

fn is_drawn(asked: &wire::Stored) -> bool {
    asked.is_return_print_template == "1"
}

fn drawing(template: String, is_drawn: bool) -> Template {
    if is_drawn { Template::read(template) } else { Template::NotAsked }
}

/// The further parcels. Old answers name them in one text; their drawings belong to them only if
/// there is one for each.
fn children(
    first: &str,
    numbers: Vec<String>,
    templates: Vec<String>,
    is_drawn: bool,
) -> Vec<Child> {
    let between = |c: char| c.is_whitespace() || matches!(c, ',' | '，' | ';' | '；' | '|');
    let apart = numbers.iter().flat_map(|text| text.split(between)).map(str::to_owned);
    let numbers = further(apart, first);
    let mut templates = if templates.len() == numbers.len() { templates } else { Vec::new() };
    templates.resize(numbers.len(), String::new());
    let child = |(no, template)| Child { no, template: drawing(template, is_drawn) };
    numbers.into_iter().zip(templates).map(child).collect()
}

fn slip(no: String, template: String, asked: &wire::Stored) -> Option<Child> {
    let is_asked = asked.is_return_sign_bill == "1" && is_waybill_no(&no);
    is_asked.then(|| Child { no, template: drawing(template, is_drawn(asked)) })
}

fn first_of(texts: [String; 3]) -> String {
    texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
}

/// What a "no" means. The codes are KDNiao's; `Reason` is the carrier's free text, of which only
/// the words for "too many calls" are understood.
pub fn refusal(answer: &wire::Answer) -> CarrierError {
    match declined(&answer.result_code, said(&answer.reason)) {
        CarrierError::Refused { code, .. } if code.is_empty() => unknown("no result code"),
        declined => declined,
    }
}

/// The same of a code and its words.
pub fn declined(code: &str, said: String) -> CarrierError {
    let fix = match code {
        "101" | "103" => Fix::EditOrder,
        "102" | "104" => Fix::EditAccount,
        _ if is_too_many_calls(&said) => return CarrierError::Busy { said },
        _ if is_out_of_reach(&said) => Fix::OtherCarrier,
        _ => Fix::AskCarrier,
    };
    CarrierError::Refused { code: code.to_owned(), said, fix }
}

/// Words of carriers that do not go there. They only choose which button is offered.
fn is_out_of_reach(said: &str) -> bool {
    ["超区", "不派送", "不到达", "无法到达", "不可达", "服务范围"]
        .iter()
        .any(|it| said.contains(it))
}

/// "超限" alone is also said of weights and sums, which no waiting mends.
fn is_too_many_calls(said: &str) -> bool {
    let of_goods = ["重", "体积", "尺寸", "长", "金额", "件数", "区"];
    ["频繁", "并发", "限流"].iter().any(|word| said.contains(word))
        || (said.contains("超限") && !of_goods.iter().any(|word| said.contains(word)))
}
