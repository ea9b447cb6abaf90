//! From a consignment to the body Yunda gets. Pure: same account and consignment, same bytes.

use super::{
    Account,
    wire::{Ask, Item, Number, Numbered, Order, Who},
};
use crate::{
    carrier::{
        Consignment,
        writing::{Party, Room, Wish, clean, cut, goods, json, kilograms, not_offered, party},
    },
    order::{Fault, PayBy, Services},
};
use serde::Serialize;

/// The documents at hand name no limits; these are the narrowest among the carriers.
const ROOM: Room = Room { name: 50, detail: 200 };
const GOODS_CHARS_MAX: usize = 50;
const REMARK_CHARS_MAX: usize = 60;

/// The body of a create, or every reason why there is none. 代收货款, 保价 and 到付 are not in the
/// documents at hand.
pub fn create(account: &Account, ask: &Consignment) -> Result<String, Vec<Fault>> {
    let mut faults = Vec::new();
    let sender = party(&ask.sender, "sender.", ROOM, &mut faults);
    let receiver = party(&ask.receiver, "", ROOM, &mut faults);
    not_offered(ask.services, &[Wish::Cod, Wish::Insured, Wish::ReceiverPays], &mut faults);
    if !faults.is_empty() {
        return Err(faults);
    }
    let item = |(name, number)| Item { name, number, remark: "" };
    Ok(about(
        account,
        Order {
            order_serial_no: &ask.order_key,
            khddh: &ask.order_key,
            sender: who(sender),
            receiver: who(receiver),
            weight: ask.weight_g.filter(|g| *g > 0).map(kilograms).unwrap_or_default(),
            items: goods(&ask.items, GOODS_CHARS_MAX).into_iter().map(item).collect(),
            order_type: "common",
            node_id: "350",
            cus_area1: cut(&clean(&ask.note), REMARK_CHARS_MAX),
        },
    ))
}

fn about<T: Serialize>(account: &Account, order: T) -> String {
    json(&Ask {
        appid: &account.app_key,
        partner_id: &account.partner_id,
        secret: account.partner_secret.expose(),
        orders: [order],
    })
}

fn who(party: Party) -> Who {
    let Party { province, city, district, detail, .. } = &party;
    Who {
        address: format!("{province},{city},{district},{detail}"),
        mobile: party.phone().to_owned(),
        name: party.name,
        province: party.province,
        city: party.city,
        county: party.district,
    }
}

/// What the label says of them: an outlet's customer pays by the month.
pub fn services(asked: Services) -> Services {
    Services { pay: asked.pay.or(Some(PayBy::Monthly)), ..asked }
}

/// The body that gives a number back.
pub fn cancel(account: &Account, order_key: &str, waybill_no: &str) -> String {
    about(account, Numbered { order_serial_no: order_key, mailno: waybill_no })
}

/// The body that asks for the label as Yunda draws it.
pub fn print(account: &Account, waybill_no: &str) -> String {
    about(account, Number { mailno: waybill_no })
}

/// The body that asks where a parcel is.
pub fn trace(waybill_no: &str) -> String {
    json(&Number { mailno: waybill_no })
}
