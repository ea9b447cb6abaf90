//! From a consignment to the text 菜鸟 gets. Pure: same account and consignment, same bytes.

use super::{
    Account,
    wire::{About, Get, OrderInfo, Package, Party, Place, Thing, Trade},
};
use crate::{
    carrier::Consignment,
    order::{Fault, FaultCode, Item, PayBy, Person, Services, read_phone},
};

/// The shop's orders come from nowhere that 菜鸟 knows.
const CHANNEL: &str = "OTHERS";
/// Kinds of goods told; nobody reads more.
const GOODS_MAX: usize = 20;
/// What goods are called when nothing is left of their title.
const GOODS_NAMELESS: &str = "商品";

/// `logistics_interface` of a `TMS_WAYBILL_GET`, or every reason why there is none.
pub fn get(account: &Account, ask: &Consignment) -> Result<String, Vec<Fault>> {
    let mut faults = not_offered(ask.services);
    let sender = party(&ask.sender, "sender.", &mut faults);
    let recipient = party(&ask.receiver, "", &mut faults);
    if !faults.is_empty() {
        return Err(faults);
    }
    let key = ask.order_key.as_str();
    Ok(json(&Get {
        cp_code: &account.cp_code,
        sender,
        trade_order_info_dtos: [Trade {
            object_id: key,
            order_info: OrderInfo { order_channels_type: CHANNEL, trade_order_list: [key] },
            package_info: Package { id: key, items: goods(&ask.items), total_packages_count: 1 },
            recipient,
            template_url: &account.template_url,
            user_id: &account.user_id,
        }],
        need_encrypt: true,
    }))
}

/// How services are named to 菜鸟's carriers is not documented where we could read it.
fn not_offered(asked: Services) -> Vec<Fault> {
    let fault = |field: &str| Fault {
        code: FaultCode::NotOffered,
        field: field.to_owned(),
        what: String::new(),
    };
    let receiver_pays = asked.pay == Some(PayBy::Receiver);
    let asked = [
        ("cod", asked.cod_fen.is_some()),
        ("insured", asked.insured_fen.is_some()),
        ("pay", receiver_pays),
    ];
    asked.into_iter().filter(|(_, wanted)| *wanted).map(|(field, _)| fault(field)).collect()
}

/// `logistics_interface` of a `TMS_WAYBILL_DISCARD`.
pub fn discard(account: &Account, waybill_no: &str) -> String {
    json(&About { cp_code: &account.cp_code, waybill_code: waybill_no })
}

/// `logistics_interface` of a `TMS_WAYBILL_SUBSCRIPTION_QUERY`.
pub fn subscription(account: &Account) -> String {
    json(&About { cp_code: &account.cp_code, waybill_code: "" })
}

fn json(request: &impl serde::Serialize) -> String {
    serde_json::to_string(request).expect("plain structs of texts and numbers always serialise")
}

fn goods(items: &[Item]) -> Vec<Thing> {
    let thing = |title: &str, count: u32| {
        let name = clean(title);
        let name = if name.is_empty() { GOODS_NAMELESS.to_owned() } else { name };
        Thing { name, count: count.max(1) }
    };
    match items {
        [] => vec![thing("", 1)],
        items => {
            items.iter().take(GOODS_MAX).map(|item| thing(&item.title, item.quantity)).collect()
        }
    }
}

fn party(person: &Person, side: &str, faults: &mut Vec<Fault>) -> Party {
    let mut fault = |code: FaultCode, name: &str| {
        faults.push(Fault { code, field: format!("{side}{name}"), what: String::new() });
    };
    let (mut mobile, mut phone) = (String::new(), String::new());
    match read_phone(&person.phone) {
        Some(read) => {
            let dash = if read.extension.is_empty() { "" } else { "-" };
            let number = format!("{}{dash}{}", read.number, read.extension);
            if read.mobile { mobile = number } else { phone = number }
        }
        None if person.phone.trim().is_empty() => fault(FaultCode::PhoneMissing, "phone"),
        // 香港, 澳门 and 台湾 have forms of their own; the check has let only those through.
        None => phone = clean(&person.phone),
    }
    let place = &person.address;
    let mut needed = |value: &str, code: FaultCode, name: &str| {
        let value = clean(value);
        if value.is_empty() {
            fault(code, name);
        }
        value
    };
    Party {
        name: needed(&person.name, FaultCode::NameMissing, "name"),
        mobile,
        phone,
        address: Place {
            province: needed(&place.province, FaultCode::ProvinceUnknown, "province"),
            city: clean(&place.city),
            district: clean(&place.district),
            detail: needed(&place.detail, FaultCode::DetailMissing, "detail"),
        },
    }
}

/// Text on one line, every run of blanks one blank.
fn clean(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
