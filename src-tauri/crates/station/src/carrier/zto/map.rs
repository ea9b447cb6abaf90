//! From a consignment to the body ZTO gets. Pure: same account and consignment, same bytes.

use super::{
    Account,
    wire::{AccountInfo, Cancel, Create, Item, Receiver, Sender, Track},
};
use crate::{
    carrier::{
        Consignment,
        track::TrackAsk,
        writing::{Room, Wish, clean, cut, goods, json, not_offered, party},
    },
    order::{Fault, PayBy, Services},
};

/// The documents at hand name no limits; these are the narrowest among the carriers.
const ROOM: Room = Room { name: 50, detail: 200 };
const GOODS_CHARS_MAX: usize = 50;
const REMARK_CHARS_MAX: usize = 60;

/// The body of a create, or every reason why there is none. In what unit ZTO takes sums is not
/// documented well enough to ask for 代收货款 or 保价.
pub fn create(account: &Account, ask: &Consignment) -> Result<String, Vec<Fault>> {
    let mut faults = Vec::new();
    let from = party(&ask.sender, "sender.", ROOM, &mut faults);
    let to = party(&ask.receiver, "", ROOM, &mut faults);
    not_offered(ask.services, &[Wish::Cod, Wish::Insured, Wish::ReceiverPays], &mut faults);
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut weight = ask.weight_g.filter(|weight_g| *weight_g > 0);
    let item = |(name, quantity): (String, u32)| {
        // The whole order's weight stands with the first of its goods.
        Item { name, quantity, weight: weight.take() }
    };
    Ok(json(&Create {
        partner_type: if account.group { "1" } else { "2" },
        order_type: "1",
        partner_order_code: &ask.order_key,
        account_info: AccountInfo {
            account_id: &account.account_id,
            account_password: account.account_password.expose(),
            kind: 1,
            customer_id: &account.customer_id,
        },
        sender_info: Sender {
            sender_name: from.name,
            sender_phone: from.tel,
            sender_mobile: from.mobile,
            sender_province: from.province,
            sender_city: from.city,
            sender_district: from.district,
            sender_address: from.detail,
        },
        receive_info: Receiver {
            receiver_name: to.name,
            receiver_phone: to.tel,
            receiver_mobile: to.mobile,
            receiver_province: to.province,
            receiver_city: to.city,
            receiver_district: to.district,
            receiver_address: to.detail,
        },
        order_items: goods(&ask.items, GOODS_CHARS_MAX).into_iter().map(item).collect(),
        site_code: &account.site_code,
        site_name: &account.site_name,
        remark: cut(&clean(&ask.note), REMARK_CHARS_MAX),
    }))
}

/// What the label says of them: an e-waybill account pays by the month.
pub fn services(asked: Services) -> Services {
    Services { pay: asked.pay.or(Some(PayBy::Monthly)), ..asked }
}

/// The body that gives a number back.
pub fn cancel(waybill_no: &str) -> String {
    json(&Cancel { cancel_type: "1", bill_code: waybill_no })
}

/// The body that asks where a parcel is.
pub fn track(ask: &TrackAsk) -> String {
    json(&Track { bill_code: &ask.no, mobile_phone: ask.phone_tail.expose() })
}
