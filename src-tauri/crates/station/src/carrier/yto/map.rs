//! From a consignment to the parameter YTO gets. Pure: same account and consignment, same bytes.

use super::{
    Account, codes,
    wire::{Cancel, Create, Item, Print, Track},
};
use crate::{
    carrier::{
        Consignment,
        writing::{Room, Wish, clean, cut, goods, json, not_offered, party},
    },
    order::{Fault, PayBy, Services},
};

/// The documents at hand name no limits; these are the narrowest among the carriers.
const ROOM: Room = Room { name: 50, detail: 200 };
const GOODS_CHARS_MAX: usize = 50;
const REMARK_CHARS_MAX: usize = 60;

/// The parameter of a create, or every reason why there is none. In what unit YTO takes sums is not
/// documented: 代收货款, 保价 and 到付 cannot be asked for.
pub fn create(account: &Account, ask: &Consignment) -> Result<String, Vec<Fault>> {
    let mut faults = Vec::new();
    let from = party(&ask.sender, "sender.", ROOM, &mut faults);
    let to = party(&ask.receiver, "", ROOM, &mut faults);
    not_offered(ask.services, &[Wish::Cod, Wish::Insured, Wish::ReceiverPays], &mut faults);
    if !faults.is_empty() {
        return Err(faults);
    }
    let item = |(name, quantity)| Item { name, quantity };
    Ok(json(&Create {
        logistics_no: &ask.order_key,
        sender_mobile: from.phone().to_owned(),
        sender_name: from.name,
        sender_province_name: from.province,
        sender_city_name: from.city,
        sender_county_name: from.district,
        sender_address: from.detail,
        recipient_mobile: to.phone().to_owned(),
        recipient_name: to.name,
        recipient_province_name: to.province,
        recipient_city_name: to.city,
        recipient_county_name: to.district,
        recipient_address: to.detail,
        remark: cut(&clean(&ask.note), REMARK_CHARS_MAX),
        goods: goods(&ask.items, GOODS_CHARS_MAX).into_iter().map(item).collect(),
        weight: ask.weight_g.filter(|g| *g > 0).map(|g| f64::from(g) / 1_000.0),
        product_code: if account.product.is_empty() { codes::PRODUCT } else { &account.product },
    }))
}

/// What the label says of them: an outlet's customer pays by the month.
pub fn services(asked: Services) -> Services {
    Services { pay: asked.pay.or(Some(PayBy::Monthly)), ..asked }
}

/// The parameter that gives a number back.
pub fn cancel(order_key: &str) -> String {
    json(&Cancel { logistics_no: order_key, cancel_desc: "取消发货" })
}

/// The parameter that asks for the label as YTO draws it.
pub fn print(waybill_no: &str) -> String {
    json(&Print { waybill_no })
}

/// The parameter that asks where a parcel is.
pub fn track(waybill_no: &str) -> String {
    json(&Track { number: waybill_no })
}
