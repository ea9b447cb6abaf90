//! From a consignment to the text Kuaidi100 gets. Pure: same account and consignment, same bytes.

use super::{
    Account, codes,
    wire::{BatchPrice, Cancel, Man, Order, Partner, Price, Query, Stored, Subscribe, Time},
};
use crate::{
    carrier::{
        Consignment, moment,
        offers::Way,
        track::TrackAsk,
        writing::{Party, Room, clean, cut, goods, json, kilograms, party, whole, yuan},
    },
    order::{Address, Fault, PayBy, Services},
};

/// The documents name no limits for labels; these are the narrowest among the carriers behind.
pub const ROOM: Room = Room { name: 50, detail: 200 };
const GOODS_CHARS_MAX: usize = 50;
pub const REMARK_CHARS_MAX: usize = 60;
/// Traces with their finer states.
pub const RESULT: &str = "4";
/// `batchPrice` takes no more.
pub const COMPARED_MAX: usize = 15;

/// `param` of an order with the moment it was made, or every reason why there is none.
pub fn create(account: &Account, ask: &Consignment, now_ms: i64) -> Result<String, Vec<Fault>> {
    let mut faults = Vec::new();
    let sender = party(&ask.sender, "sender.", ROOM, &mut faults);
    let receiver = party(&ask.receiver, "", ROOM, &mut faults);
    if !faults.is_empty() {
        return Err(faults);
    }
    let cargo = goods(&ask.items, GOODS_CHARS_MAX);
    let sum = |fen: Option<u32>| fen.map(yuan).unwrap_or_default();
    let param = json(&Order {
        print_type: if account.access.carrier_draws { "IMAGE" } else { "NON" },
        partner: partner(account),
        kuaidicom: &account.com,
        rec_man: man(receiver),
        send_man: man(sender),
        cargo: cargo.first().map(|one| one.0.clone()).unwrap_or_default(),
        count: 1,
        weight: weight(ask.weight_g),
        pay_type: pay_type(account, ask.services.pay),
        exp_type: &account.exp_type,
        remark: cut(&clean(&ask.note), REMARK_CHARS_MAX),
        valins_pay: sum(ask.services.insured_fen),
        collection: sum(ask.services.cod_fen),
        need_desensitization: if account.privacy { "true" } else { "" },
        temp_id: if account.access.carrier_draws { &account.temp_id } else { "" },
        order_id: &ask.order_key,
        reorder: false,
        subscribe: subscribe(account),
    });
    Ok(json(&Stored { made_at_ms: now_ms, param }))
}

/// Only with an address to tell it to, and a salt by which it is believed.
fn subscribe(account: &Account) -> Option<Subscribe<'_>> {
    let wanted = !account.push_url.is_empty() && !account.salt.is_empty();
    wanted.then(|| Subscribe {
        need_subscribe: true,
        poll_call_back_url: &account.push_url,
        salt: account.salt.expose(),
        resultv2: RESULT,
    })
}

/// As the order says, else as the account does.
fn pay_type(account: &Account, asked: Option<PayBy>) -> &'static str {
    match asked.or(account.pay) {
        Some(PayBy::Sender) => "SHIPPER",
        Some(PayBy::Receiver) => "CONSIGNEE",
        Some(PayBy::Monthly) | None => "MONTHLY",
    }
}

/// What the label says of them; the account's usual ways filled in.
pub fn services(account: &Account, asked: Services) -> Services {
    let pay = asked.pay.or(account.pay).or(Some(PayBy::Monthly));
    Services { pay, privacy: account.privacy, ..asked }
}

fn partner(account: &Account) -> Partner<'_> {
    Partner {
        partner_id: &account.partner_id,
        partner_key: account.partner_key.expose(),
        partner_secret: account.partner_secret.expose(),
        partner_name: &account.partner_name,
        net: &account.net,
        code: &account.outlet_code,
        check_man: &account.check_man,
    }
}

fn man(party: Party) -> Man {
    let print_addr = party.whole();
    Man { name: party.name, mobile: party.mobile, tel: party.tel, print_addr }
}

pub fn weight(weight_g: Option<u32>) -> String {
    weight_g.filter(|weight_g| *weight_g > 0).map(kilograms).unwrap_or_default()
}

/// `param` that gives a number back.
pub fn cancel(account: &Account, order_key: &str, waybill_no: &str) -> String {
    json(&Cancel {
        partner: partner(account),
        kuaidicom: &account.com,
        kuaidinum: waybill_no,
        order_id: order_key,
        reason: "取消发货",
    })
}

/// `param` that asks where a parcel is.
pub fn query(account: &Account, ask: &TrackAsk) -> String {
    let com = if ask.carrier.is_empty() { &account.com } else { codes::com(&ask.carrier) };
    let phone = if codes::wants_phone(com) { ask.phone_tail.expose() } else { "" };
    let (resultv2, show, order) = (RESULT, "0", "desc");
    json(&Query { com, num: &ask.no, phone, resultv2, show, order })
}

fn place(address: &Address) -> String {
    let part = |text: &str| clean(text);
    whole(
        &part(&address.province),
        &part(&address.city),
        &part(&address.district),
        &part(&address.detail),
    )
}

/// `param` of a price.
pub fn price(account: &Account, way: &Way) -> String {
    json(&Price {
        kuaidicom: &account.com,
        send_addr: place(&way.from),
        rec_addr: place(&way.to),
        weight: kilograms(way.weight_g),
    })
}

/// `param` of the prices of several carriers.
pub fn batch_price(account: &Account, way: &Way) -> String {
    let compared = &account.compare[..account.compare.len().min(COMPARED_MAX)];
    json(&BatchPrice {
        kuaidi_com_list: compared,
        service_type_list: vec![""; compared.len()],
        send_man_print_addr: place(&way.from),
        rec_man_print_addr: place(&way.to),
        weight: kilograms(way.weight_g),
    })
}

/// `param` of an estimate.
pub fn time(account: &Account, way: &Way, leaves_at_ms: i64) -> String {
    json(&Time {
        kuaidicom: &account.com,
        from: place(&way.from),
        to: place(&way.to),
        order_time: moment::text(leaves_at_ms),
        exp_type: &account.exp_type,
    })
}
