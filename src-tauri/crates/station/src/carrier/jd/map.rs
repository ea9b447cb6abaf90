//! From a consignment to the body JD gets. Pure: same account and consignment, same bytes.

use super::{
    Account, codes,
    wire::{Cancel, Cargo, Contact, Details, Order, Products, Trace},
};
use crate::{
    carrier::{
        Consignment,
        offers::Way,
        writing::{Party, Room, Wish, clean, cut, goods, json, not_offered, party, whole},
    },
    order::{Address, Fault, FaultCode, PayBy, Services},
};

/// A merchant sends to a buyer.
const TO_BUYER: u8 = 1;
const ROOM: Room = Room { name: 50, detail: 160 };
/// JD's `fullAddress` with province and city.
const WHOLE_CHARS_MAX: usize = 200;
const GOODS_CHARS_MAX: usize = 50;
/// Of 500 that JD takes, those it prints.
const REMARK_CHARS_MAX: usize = 50;

/// The body of a create, or every reason why there is none.
pub fn create(account: &Account, ask: &Consignment) -> Result<String, Vec<Fault>> {
    let mut faults = Vec::new();
    let sender = party(&ask.sender, "sender.", ROOM, &mut faults);
    let receiver = party(&ask.receiver, "", ROOM, &mut faults);
    // The codes of added products are each contract's own.
    not_offered(ask.services, &[Wish::Cod, Wish::Insured], &mut faults);
    let weight_g = ask.weight_g.unwrap_or(0);
    let mut fault = |code: FaultCode, field: &str, what: String| {
        faults.push(Fault { code, field: field.to_owned(), what });
    };
    if weight_g == 0 {
        fault(FaultCode::WeightMissing, "weight", String::new());
    }
    for (party, field) in [(&sender, "sender.detail"), (&receiver, "detail")] {
        if party.whole().chars().count() > WHOLE_CHARS_MAX {
            fault(FaultCode::TooLong, field, party.detail.clone());
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let cargo = goods(&ask.items, GOODS_CHARS_MAX);
    Ok(json(&[Order {
        order_id: &ask.order_key,
        order_origin: TO_BUYER,
        customer_code: &account.customer_code,
        sender_contact: contact(sender),
        receiver_contact: contact(receiver),
        products_req: Products { product_code: product(account) },
        settle_type: settle_type(account, ask.services.pay),
        cargoes: [Cargo {
            name: cargo.first().map(|one| one.0.clone()).unwrap_or_default(),
            quantity: 1,
            weight: f64::from(weight_g) / 1_000.0,
            volume: ask.volume_cm3.or(account.volume_cm3),
        }],
        remark: cut(&clean(&ask.note), REMARK_CHARS_MAX),
    }]))
}

fn product(account: &Account) -> &str {
    if account.product.is_empty() { codes::PRODUCT } else { &account.product }
}

/// As the order says, else as the account does, else by the month.
fn settle_type(account: &Account, asked: Option<PayBy>) -> u8 {
    match asked.or(account.pay) {
        Some(PayBy::Sender) => 1,
        Some(PayBy::Receiver) => 2,
        Some(PayBy::Monthly) | None => 3,
    }
}

/// What the label says of them; the account's usual ways filled in.
pub fn services(account: &Account, asked: Services) -> Services {
    Services { pay: asked.pay.or(account.pay).or(Some(PayBy::Monthly)), ..asked }
}

fn contact(party: Party) -> Contact {
    let full_address = party.whole();
    Contact { name: party.name, mobile: party.mobile, phone: party.tel, full_address }
}

/// The body that gives a number back.
pub fn cancel(account: &Account, waybill_no: &str) -> String {
    json(&[Cancel {
        waybill_code: waybill_no,
        order_origin: TO_BUYER,
        customer_code: &account.customer_code,
        cancel_reason: "取消发货",
        cancel_reason_code: "1",
    }])
}

/// The body that finds an order.
pub fn details(account: &Account, order_key: &str) -> String {
    let customer_code = &account.customer_code;
    json(&[Details { order_id: order_key, order_origin: TO_BUYER, customer_code }])
}

/// The body that asks where a parcel is.
pub fn trace(account: &Account, waybill_no: &str) -> String {
    let customer_code = &account.customer_code;
    json(&[Trace { waybill_code: waybill_no, order_origin: TO_BUYER, customer_code }])
}

/// The body of a question before an order.
pub fn precheck(account: &Account, way: &Way) -> String {
    let contact = |address: &Address| Contact {
        name: String::new(),
        mobile: String::new(),
        phone: String::new(),
        full_address: whole(
            &clean(&address.province),
            &clean(&address.city),
            &clean(&address.district),
            &clean(&address.detail),
        ),
    };
    json(&[Order {
        order_id: "",
        order_origin: TO_BUYER,
        customer_code: &account.customer_code,
        sender_contact: contact(&way.from),
        receiver_contact: contact(&way.to),
        products_req: Products { product_code: product(account) },
        settle_type: settle_type(account, None),
        cargoes: [Cargo {
            name: "商品".to_owned(),
            quantity: 1,
            weight: f64::from(way.weight_g) / 1_000.0,
            volume: account.volume_cm3,
        }],
        remark: String::new(),
    }])
}
