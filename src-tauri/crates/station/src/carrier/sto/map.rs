//! From a consignment to the message STO gets. Pure: same account and consignment, same bytes.

use super::{
    Account,
    wire::{Cancel, Cargo, Create, Customer, Trace, Who},
};
use crate::{
    carrier::{
        Consignment,
        track::TrackAsk,
        writing::{Party, Room, Wish, clean, cut, goods, json, not_offered, party},
    },
    order::{Fault, PayBy, Services},
};

/// No courier is called.
const NO_COURIER: &str = "01";
/// The documents at hand name no limits; these are the narrowest among the carriers.
const ROOM: Room = Room { name: 50, detail: 200 };
const GOODS_CHARS_MAX: usize = 50;
const REMARK_CHARS_MAX: usize = 60;

/// The message of a create, or every reason why there is none. In what unit STO takes sums is not
/// documented: 代收货款, 保价 and 到付 cannot be asked for.
pub fn create(account: &Account, ask: &Consignment) -> Result<String, Vec<Fault>> {
    let mut faults = Vec::new();
    let sender = party(&ask.sender, "sender.", ROOM, &mut faults);
    let receiver = party(&ask.receiver, "", ROOM, &mut faults);
    not_offered(ask.services, &[Wish::Cod, Wish::Insured, Wish::ReceiverPays], &mut faults);
    if !faults.is_empty() {
        return Err(faults);
    }
    let all = goods(&ask.items, GOODS_CHARS_MAX);
    Ok(json(&Create {
        order_no: &ask.order_key,
        order_source: &account.order_source,
        bill_type: "00",
        order_type: NO_COURIER,
        sender: who(sender),
        receiver: who(receiver),
        cargo: Cargo {
            battery: "10",
            goods_type: "小件",
            goods_count: all.iter().map(|one| one.1).sum(),
            goods_name: all.into_iter().next().map(|one| one.0).unwrap_or_default(),
            weight: ask.weight_g.filter(|g| *g > 0).map(|g| f64::from(g) / 1_000.0),
        },
        customer: Customer {
            site_code: &account.site_code,
            customer_name: &account.customer_name,
            site_pwd: account.site_pwd.expose(),
            month_customer_code: &account.month_customer_code,
        },
        remark: cut(&clean(&ask.note), REMARK_CHARS_MAX),
    }))
}

fn who(party: Party) -> Who {
    Who {
        name: party.name,
        tel: party.tel,
        mobile: party.mobile,
        province: party.province,
        city: party.city,
        area: party.district,
        address: party.detail,
    }
}

/// What the label says of them: an outlet's customer pays by the month.
pub fn services(asked: Services) -> Services {
    Services { pay: asked.pay.or(Some(PayBy::Monthly)), ..asked }
}

/// The message that gives a number back.
pub fn cancel(account: &Account, waybill_no: &str) -> String {
    let order_source = &account.order_source;
    json(&Cancel { bill_code: waybill_no, order_type: NO_COURIER, order_source })
}

/// The message that asks where parcels are.
pub fn trace(asks: &[TrackAsk]) -> String {
    let waybill_no_list = asks.iter().map(|ask| ask.no.as_str()).collect();
    json(&Trace { order: "asc", waybill_no_list })
}
