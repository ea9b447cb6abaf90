//! What stands on one label: of a parcel alone, of one of several, or of the slip that comes back.

use super::{Copy, local_minute};
use crate::{
    carrier::{Waybill, parts},
    order::{PayBy, Services},
    print::party::party,
};
use label::{
    forms::waybill::{Child, Marks, Party, Pay, WaybillData},
    mask,
    units::{Head, Paper},
};

/// As long as numbers get that a carrier brings later.
const NUMBER_TO_COME: &str = "SF00000000000000000";
/// As many copies as a packer may ask for later.
const COPY_TO_COME: u32 = 99;

/// What a label says.
pub(super) fn data(copy: Copy<'_>, head: Head, paper: Paper) -> WaybillData {
    let (waybill, facts) = (copy.waybill, copy.facts);
    let parcels = waybill.map_or(facts.parcels, Waybill::parcels);
    if copy.part > parcels {
        return slip(copy);
    }
    let text = |get: fn(&Waybill) -> &String| waybill.map(get).cloned().unwrap_or_default();
    let no = waybill.and_then(|waybill| waybill.no_of(copy.part)).map(str::to_owned);
    let mut qr = text(|waybill| &waybill.qr);
    if copy.part != parts::FIRST && !qr.is_empty() {
        // What the carrier wrote there is about the first parcel.
        qr = no.clone().unwrap_or_default();
    }
    let child = (parcels > 1).then(|| Child {
        nth: copy.part,
        of: parcels,
        mother_no: waybill.map_or_else(|| NUMBER_TO_COME.to_owned(), |has| has.no.clone()),
    });
    WaybillData {
        carrier_name: facts.carrier_name.clone(),
        sort_code: text(|waybill| &waybill.sort_code),
        bag_place: text(|waybill| &waybill.bag_place),
        destination: text(|waybill| &waybill.destination),
        no,
        qr,
        order_no: facts.order_no.clone(),
        sender: if facts.back { masked(party(&facts.sender)) } else { party(&facts.sender) },
        receiver: party(&facts.receiver),
        goods: facts.goods.clone(),
        note: facts.note.clone(),
        made_at: local_minute(copy.at_ms),
        copy: copy.nth,
        practice: copy.practice,
        marks: Marks { child, is_return: facts.back, ..marks(facts.services) },
        extras: copy.form.and_then(|form| form.extras(facts, head, paper)),
    }
}

/// The label under which the signed slip comes back: the other way round, without what was asked of
/// the parcel. Where the machine sends it is said by its number alone.
fn slip(copy: Copy<'_>) -> WaybillData {
    let facts = copy.facts;
    let buyer = masked(party(&facts.receiver));
    let no = copy.waybill.and_then(|waybill| waybill.no_of(copy.part)).map(str::to_owned);
    WaybillData {
        carrier_name: facts.carrier_name.clone(),
        qr: no.clone().unwrap_or_default(),
        no,
        order_no: facts.order_no.clone(),
        sender: buyer,
        receiver: party(&facts.sender),
        goods: facts.goods.clone(),
        made_at: local_minute(copy.at_ms),
        copy: copy.nth,
        practice: copy.practice,
        marks: Marks { slip: true, ..Marks::default() },
        ..WaybillData::default()
    }
}

/// The form masks who receives; where that is the shop, the buyer is masked as ever.
fn masked(buyer: Party) -> Party {
    let (name, address) = (mask::name(&buyer.name), mask::detail(&buyer.address));
    Party { name, address, ..buyer }
}

/// What each label of an order will say at its longest, with a number that is still to come.
pub(super) fn longest(copy: Copy<'_>, head: Head, paper: Paper) -> Vec<WaybillData> {
    let parcels = copy.waybill.map_or(copy.facts.parcels, Waybill::parcels);
    let last = if copy.facts.services.slip { parcels + 1 } else { parcels };
    (parcels..=last)
        .map(|part| {
            let mut data = data(Copy { part, nth: COPY_TO_COME, ..copy }, head, paper);
            if data.no.is_none() {
                data.no = Some(NUMBER_TO_COME.to_owned());
                NUMBER_TO_COME.clone_into(&mut data.qr);
            }
            data
        })
        .collect()
}

/// The marks of what was asked. That the sender pays at the counter is nobody's business later.
fn marks(services: Services) -> Marks {
    Marks {
        pay: services.pay.and_then(|pay| match pay {
            PayBy::Sender => None,
            PayBy::Receiver => Some(Pay::Receiver),
            PayBy::Monthly => Some(Pay::Monthly),
        }),
        cod_fen: services.cod_fen.map(u64::from),
        insured_fen: services.insured_fen.map(u64::from),
        privacy: services.privacy,
        slip: services.slip,
        ..Marks::default()
    }
}
