//! From a consignment to the text SF gets. Pure: same account and consignment, same bytes.

use super::{
    Account,
    wire::{Cancel, Cargo, Contact, Create, Document, Number, Print, Search, Service},
};
use crate::{
    carrier::{Consignment, Waybill, parts, writing::json},
    order::{Fault, FaultCode, Item, PayBy, Person, Services, read_phone},
};

const LANGUAGE: &str = "zh-CN";
/// Who pays when nothing is set: the sender, who pays by the month card if there is one.
const SENDER_PAYS: u8 = 1;
const RECEIVER_PAYS: u8 = 2;
/// 标快, the usual product (by KDNiao's table and production use; SF's documents differ).
const USUAL_PRODUCT: u16 = 2;
/// Kinds of goods told to the carrier; nobody at the carrier reads more.
const GOODS_MAX: usize = 20;
/// Characters of a name, a street and a remark; longer ones are refused by SF's document.
const NAME_CHARS_MAX: usize = 100;
const ADDRESS_CHARS_MAX: usize = 200;
const REMARK_CHARS_MAX: usize = 100;
const GOODS_CHARS_MAX: usize = 128;
/// What goods are called when nothing sendable is left of their title.
const GOODS_NAMELESS: &str = "商品";
/// The drawing for 76 × 130 mm that every partner has.
const USUAL_TEMPLATE: &str = "fm_76130_standard_";

/// `msgData` of a create, or every reason why there is none.
pub fn create(account: &Account, ask: &Consignment) -> Result<String, Vec<Fault>> {
    let mut faults = Vec::new();
    let sender = contact(1, &ask.sender, "sender.", &mut faults);
    let receiver = contact(2, &ask.receiver, "", &mut faults);
    if !faults.is_empty() {
        return Err(faults);
    }
    let [send_start_tm, _] = account.fetch.when(ask);
    Ok(json(&Create {
        language: LANGUAGE,
        order_id: &ask.order_key,
        cargo_details: goods(&ask.items),
        contact_info_list: [sender, receiver],
        monthly_card: account.monthly_card.expose(),
        pay_method: pay_method(account, ask.services.pay),
        express_type_id: product(account),
        parcel_qty: ask.parcels.max(1),
        total_weight: ask
            .weight_g
            .filter(|weight_g| *weight_g > 0)
            .map(|weight_g| f64::from(weight_g) / 1_000.0),
        is_docall: u8::from(account.fetch.is_called(ask)),
        send_start_tm,
        is_return_routelabel: 1,
        is_gen_waybill_no: 1,
        is_sign_back: ask.services.slip.then_some(1),
        remark: clean(&ask.note).chars().take(REMARK_CHARS_MAX).collect(),
        service_list: service_list(ask.services),
    }))
}

/// What this account orders.
pub fn product(account: &Account) -> u16 {
    account.express_type.unwrap_or(USUAL_PRODUCT)
}

/// As the order says, else as the account does. That the sender pays by the month is said by the
/// card.
fn pay_method(account: &Account, asked: Option<PayBy>) -> u8 {
    match asked {
        Some(PayBy::Sender | PayBy::Monthly) => SENDER_PAYS,
        Some(PayBy::Receiver) => RECEIVER_PAYS,
        None => account.pay_method.unwrap_or(SENDER_PAYS),
    }
}

/// What the label says of them; the account's usual ways filled in.
pub fn services(account: &Account, asked: Services) -> Services {
    let pay = match pay_method(account, asked.pay) {
        SENDER_PAYS if account.monthly_card.is_empty() => Some(PayBy::Sender),
        SENDER_PAYS => Some(PayBy::Monthly),
        RECEIVER_PAYS => Some(PayBy::Receiver),
        _ => None,
    };
    Services { pay, ..asked }
}

/// Money in yuan with two digits.
fn service_list(asked: Services) -> Vec<Service> {
    let yuan = |fen: u32| format!("{}.{:02}", fen / 100, fen % 100);
    let cod = asked.cod_fen.map(|fen| Service { name: "COD", value: yuan(fen) });
    let insured = asked.insured_fen.map(|fen| Service { name: "INSURE", value: yuan(fen) });
    cod.into_iter().chain(insured).collect()
}

/// `msgData` that cancels an order.
pub fn cancel(order_key: &str, waybill_no: &str) -> String {
    json(&Cancel {
        language: LANGUAGE,
        order_id: order_key,
        deal_type: 2,
        waybill_no_info_list: [Number { waybill_type: 1, waybill_no }],
    })
}

/// `msgData` that finds an order.
pub fn search(order_key: &str) -> String {
    json(&Search { search_type: "1", order_id: order_key, language: LANGUAGE })
}

/// `msgData` that asks for the labels of these parts of a waybill as SF draws them.
pub fn print(account: &Account, waybill: &Waybill, parts: &[u32]) -> String {
    let usual;
    let template_code = match account.template.as_str() {
        "" => {
            usual = format!("{USUAL_TEMPLATE}{}", account.partner_id);
            &usual
        }
        set => set,
    };
    let documents = parts.iter().map(|part| document(waybill, *part)).collect();
    json(&Print { template_code, version: "2.0", file_type: "pdf", sync: true, documents })
}

fn document(waybill: &Waybill, part: u32) -> Document<'_> {
    let further = waybill.no_of(part).filter(|_| part != parts::FIRST);
    let is_slip = waybill.is_slip(part);
    let is_one_of_several = waybill.parcels() > 1 && !is_slip;
    Document {
        master_waybill_no: &waybill.no,
        branch_waybill_no: further.filter(|_| !is_slip),
        back_waybill_no: further.filter(|_| is_slip),
        seq: is_one_of_several.then_some(part),
        sum: is_one_of_several.then(|| waybill.parcels()),
    }
}

fn goods(items: &[Item]) -> Vec<Cargo> {
    let cargo = |title: &str, count: u32| {
        let name: String = clean(title).chars().take(GOODS_CHARS_MAX).collect();
        let name = if name.is_empty() { GOODS_NAMELESS.to_owned() } else { name };
        Cargo { name, count: count.max(1), unit: "件" }
    };
    match items {
        [] => vec![cargo("", 1)],
        items => {
            items.iter().take(GOODS_MAX).map(|item| cargo(&item.title, item.quantity)).collect()
        }
    }
}

fn contact(contact_type: u8, person: &Person, side: &str, faults: &mut Vec<Fault>) -> Contact {
    let mut fault = |code: FaultCode, name: &str, what: &str| {
        faults.push(Fault { code, field: format!("{side}{name}"), what: what.to_owned() });
    };
    let place = &person.address;
    let (mut tel, mut mobile) = (String::new(), String::new());
    match read_phone(&person.phone) {
        Some(phone) => {
            let dash = if phone.extension.is_empty() { "" } else { "-" };
            let number = format!("{}{dash}{}", phone.number, phone.extension);
            if phone.mobile { mobile = number } else { tel = number }
        }
        None if person.phone.trim().is_empty() => fault(FaultCode::PhoneMissing, "phone", ""),
        // 香港, 澳门 and 台湾 have forms of their own; the check has let only those through.
        None => tel = clean(&person.phone),
    }
    let mut needed = |value: &str, code: FaultCode, name: &str, chars_max: usize| {
        let value = clean(value);
        if value.is_empty() {
            fault(code, name, "");
        } else if value.chars().count() > chars_max {
            // Names and places are never cut: a parcel would go astray with them.
            fault(FaultCode::TooLong, name, &value);
        }
        value
    };
    Contact {
        contact_type,
        contact: needed(&person.name, FaultCode::NameMissing, "name", NAME_CHARS_MAX),
        tel,
        mobile,
        country: "CN",
        province: needed(&place.province, FaultCode::ProvinceUnknown, "province", NAME_CHARS_MAX),
        city: needed(&place.city, FaultCode::CityUnknown, "city", NAME_CHARS_MAX),
        county: clean(&place.district),
        address: needed(&place.detail, FaultCode::DetailMissing, "detail", ADDRESS_CHARS_MAX),
    }
}

/// Text on one line: no control or zero-width characters, every run of blanks one blank. SF's
/// documents forbid nothing else.
fn clean(text: &str) -> String {
    let kept: String = text
        .chars()
        .filter(|c| {
            !matches!(c, '\u{ad}' | '\u{feff}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        })
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}
