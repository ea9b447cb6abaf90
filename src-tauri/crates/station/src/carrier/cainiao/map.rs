//! From a consignment to the text 菜鸟 gets. Pure: same account and consignment, same bytes.

use super::{
    Account,
    wire::{About, Get, OrderInfo, Package, Party, Place, Thing, Trade},
};
use crate::{
    carrier::{
        Consignment,
        writing::{self, Room, Wish, json},
    },
    order::{Fault, Item, Person},
};

/// The shop's orders come from nowhere that 菜鸟 knows.
const CHANNEL: &str = "OTHERS";
/// No document says how long texts may be: as long as the labels of its carriers hold.
const ROOM: Room = Room { name: 100, detail: 200 };
const GOODS_CHARS_MAX: usize = 100;

/// `logistics_interface` of a `TMS_WAYBILL_GET`, or every reason why there is none.
pub fn get(account: &Account, ask: &Consignment) -> Result<String, Vec<Fault>> {
    let mut faults = Vec::new();
    // How services are named to its carriers is not documented where we could read it.
    let wishes = [Wish::Cod, Wish::Insured, Wish::ReceiverPays];
    writing::not_offered(ask.services, &wishes, &mut faults);
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

/// `logistics_interface` of a `TMS_WAYBILL_DISCARD`.
pub fn discard(account: &Account, waybill_no: &str) -> String {
    json(&About { cp_code: &account.cp_code, waybill_code: waybill_no })
}

/// `logistics_interface` of a `TMS_WAYBILL_SUBSCRIPTION_QUERY`.
pub fn subscription(account: &Account) -> String {
    json(&About { cp_code: &account.cp_code, waybill_code: "" })
}

fn goods(items: &[Item]) -> Vec<Thing> {
    let all = writing::goods(items, GOODS_CHARS_MAX);
    all.into_iter().map(|(name, count)| Thing { name, count }).collect()
}

fn party(person: &Person, side: &str, faults: &mut Vec<Fault>) -> Party {
    let writing::Party { name, mobile, tel, province, city, district, detail } =
        writing::party(person, side, ROOM, faults);
    Party { name, mobile, phone: tel, address: Place { province, city, district, detail } }
}
