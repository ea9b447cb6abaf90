//! From a consignment to the text J&T gets. Pure: same account and consignment, same bytes.

use super::{
    Account, codes, sign,
    wire::{Cancel, Create, Customer, Find, Print, Trace, Who},
};
use crate::{
    carrier::{
        Consignment,
        track::TrackAsk,
        writing::{Party, Room, Wish, clean, cut, json, kilograms, not_offered, party},
    },
    order::{Fault, FaultCode, PayBy, Services},
};

/// A customer who pays by the month.
const BY_MONTH: &str = "2";
/// The documents at hand name no limits; these are the narrowest among the carriers.
const ROOM: Room = Room { name: 50, detail: 200 };
const REMARK_CHARS_MAX: usize = 60;
/// A parcel may weigh so much, grams.
const WEIGHT_G_MAX: u32 = 30_000;
/// What J&T takes at least for one.
const WEIGHT_G_MIN: u32 = 10;

/// The text of a create, or every reason why there is none. 代收货款 and 保价 are not in the
/// documents at hand.
pub fn create(account: &Account, ask: &Consignment) -> Result<String, Vec<Fault>> {
    let mut faults = Vec::new();
    let sender = party(&ask.sender, "sender.", ROOM, &mut faults);
    let receiver = party(&ask.receiver, "", ROOM, &mut faults);
    not_offered(ask.services, &[Wish::Cod, Wish::Insured], &mut faults);
    let weight_g = ask.weight_g.filter(|weight_g| *weight_g > 0);
    if weight_g.is_some_and(|weight_g| weight_g > WEIGHT_G_MAX) {
        let (code, field) = (FaultCode::TooLong, "weight".to_owned());
        faults.push(Fault { code, field, what: weight_g.map(kilograms).unwrap_or_default() });
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(json(&Create {
        customer: customer(account),
        network: &account.network,
        txlogistic_id: &ask.order_key,
        express_type: "EZ",
        order_type: BY_MONTH,
        service_type: "02",
        delivery_type: "03",
        pay_type: match asked_pay(account, ask.services.pay) {
            PayBy::Receiver => "CC_CASH",
            PayBy::Sender | PayBy::Monthly => "PP_PM",
        },
        sender: who(sender),
        receiver: who(receiver),
        goods_type: if account.goods_type.is_empty() { codes::GOODS } else { &account.goods_type },
        weight: weight_g.map(|g| kilograms(g.max(WEIGHT_G_MIN))).unwrap_or_default(),
        total_quantity: 1,
        remark: cut(&clean(&ask.note), REMARK_CHARS_MAX),
    }))
}

fn asked_pay(account: &Account, asked: Option<PayBy>) -> PayBy {
    asked.or(account.pay).unwrap_or(PayBy::Monthly)
}

/// What the label says of them; the account's usual ways filled in.
pub fn services(account: &Account, asked: Services) -> Services {
    Services { pay: Some(asked_pay(account, asked.pay)), ..asked }
}

fn customer(account: &Account) -> Customer<'_> {
    let Account { customer_code, password, private_key, .. } = account;
    let digest = sign::business_digest(customer_code, password.expose(), private_key.expose());
    Customer { customer_code, digest }
}

fn who(party: Party) -> Who {
    Who {
        name: party.name,
        mobile: party.mobile,
        phone: party.tel,
        country_code: "CHN",
        prov: party.province,
        city: party.city,
        area: party.district,
        address: party.detail,
    }
}

/// The text that gives a number back.
pub fn cancel(account: &Account, order_key: &str) -> String {
    json(&Cancel {
        customer: customer(account),
        order_type: BY_MONTH,
        txlogistic_id: order_key,
        reason: "取消发货",
    })
}

/// The text that finds an order.
pub fn find(account: &Account, order_key: &str) -> String {
    json(&Find { customer: customer(account), command: 1, serial_number: [order_key] })
}

/// The text that asks for the label as J&T draws it.
pub fn print(account: &Account, waybill_no: &str) -> String {
    json(&Print {
        customer: customer(account),
        bill_code: waybill_no,
        is_privacy_flag: account.privacy,
    })
}

/// The text that asks where parcels are.
pub fn trace(asks: &[TrackAsk]) -> String {
    let numbers: Vec<&str> = asks.iter().map(|ask| ask.no.as_str()).collect();
    json(&Trace { bill_codes: numbers.join(",") })
}
