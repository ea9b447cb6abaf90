//! The bench's lists: what to fetch (picking list), what is in the box (packing slip), what the
//! driver takes (handover sheet). Each becomes a sheet of as many pages as it takes, on label stock
//! or on office paper. Names and phones are masked here, as on waybills.

use super::{
    Undrawable,
    pen::Align,
    sheet::{self, Column, Sheet},
};
use crate::{
    mask,
    page::{Page, Weight},
    text::clean,
    units::{Head, Paper},
};

/// What is to be fetched for many orders, each kind of goods once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PickingList {
    /// Orders it is for.
    pub orders: u32,
    /// Local time, "2026-11-21 10:04".
    pub made_at: String,
    /// In the order in which they are fetched.
    pub goods: Vec<Goods>,
}

/// One kind of goods.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Goods {
    /// The shop's code for it; may be empty.
    pub sku: String,
    /// Its name with colour and size.
    pub title: String,
    /// Pieces.
    pub quantity: u32,
    /// Orders it goes to; not shown on a packing slip.
    pub orders: u32,
}

/// What lies in one box.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PackingSlip {
    /// The shop's name.
    pub shop: String,
    /// The shop's order number, also as a barcode where there is room.
    pub order_no: String,
    /// The carrier's number; may be empty.
    pub waybill_no: String,
    /// In how many parcels it goes.
    pub parcels: u32,
    /// Who gets it, not masked.
    pub receiver_name: String,
    /// Their phone, not masked.
    pub receiver_phone: String,
    /// The buyer's remark; may be empty.
    pub note: String,
    /// Local time.
    pub made_at: String,
    /// What is in it.
    pub goods: Vec<Goods>,
}

/// What a buyer puts into the parcel that goes back, and sticks on it: sender and receiver are
/// swapped, and only the buyer is masked, because the parcel must find the shop.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReturnSlip {
    /// The shop's order number, also as a barcode where there is room.
    pub order_no: String,
    /// The number it was sent with; may be empty.
    pub waybill_no: String,
    /// Who sends it back, not masked.
    pub from_name: String,
    /// Their phone, not masked.
    pub from_phone: String,
    /// Where it goes: the shop.
    pub to_name: String,
    /// The shop's phone.
    pub to_phone: String,
    /// The shop's address.
    pub to_address: String,
    /// Why; empty for a line to write on.
    pub reason: String,
    /// Local time.
    pub made_at: String,
    /// What goes back.
    pub goods: Vec<Goods>,
}

/// What one driver takes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HandoverSheet {
    /// "圆通速递".
    pub carrier_name: String,
    /// The shop or bench that hands over.
    pub sender_name: String,
    /// Local time.
    pub made_at: String,
    /// The sheet's own number as a barcode; may be empty.
    pub no: String,
    /// Its parcels.
    pub parcels: Vec<Parcel>,
}

/// One parcel on a handover sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parcel {
    /// The carrier's number.
    pub waybill_no: String,
    /// The shop's order number.
    pub order_no: String,
    /// City or district, no street.
    pub destination: String,
    /// Grams, if it was weighed.
    pub weight_g: Option<u32>,
    /// A further parcel of the order above it, whose weight is that of them all.
    pub with_above: bool,
}

const fn column(
    field: &'static str,
    title: &'static str,
    share: i32,
    align: Align,
    weight: Weight,
) -> Column {
    Column { field, title, share, align, weight }
}

const PICKING: &[Column] = &[
    column("nth", "序", 70, Align::Left, Weight::Regular),
    column("sku", "编码", 230, Align::Left, Weight::Regular),
    column("title", "商品", 450, Align::Left, Weight::Regular),
    column("orders", "订单", 110, Align::Right, Weight::Regular),
    column("quantity", "数量", 140, Align::Right, Weight::Bold),
];
/// Where no goods have a code of the shop: its room is the names'.
const PICKING_BY_NAME: &[Column] = &[
    column("nth", "序", 70, Align::Left, Weight::Regular),
    column("title", "商品", 680, Align::Left, Weight::Regular),
    column("orders", "订单", 110, Align::Right, Weight::Regular),
    column("quantity", "数量", 140, Align::Right, Weight::Bold),
];
const PACKING: &[Column] = &[
    column("nth", "序", 70, Align::Left, Weight::Regular),
    column("sku", "编码", 250, Align::Left, Weight::Regular),
    column("title", "商品", 540, Align::Left, Weight::Regular),
    column("quantity", "数量", 140, Align::Right, Weight::Bold),
];
const PACKING_BY_NAME: &[Column] = &[
    column("nth", "序", 70, Align::Left, Weight::Regular),
    column("title", "商品", 790, Align::Left, Weight::Regular),
    column("quantity", "数量", 140, Align::Right, Weight::Bold),
];
const HANDOVER: &[Column] = &[
    column("nth", "序", 60, Align::Left, Weight::Regular),
    column("waybill_no", "运单号", 362, Align::Left, Weight::Bold),
    column("order_no", "订单号", 203, Align::Left, Weight::Regular),
    column("destination", "目的地", 225, Align::Left, Weight::Regular),
    column("weight", "重量", 150, Align::Right, Weight::Regular),
];

/// Draws a picking list.
///
/// # Errors
/// Paper under 74 × 98 mm, or more than 5,000 rows.
pub fn picking(list: &PickingList, head: Head, paper: Paper) -> Result<Vec<Page>, Undrawable> {
    let by_name = by_name(&list.goods);
    let row = |(nth, goods): (usize, &Goods)| {
        let Goods { quantity, orders, .. } = goods;
        let mut cells = names(nth, goods, by_name);
        cells.extend([orders.to_string(), quantity.to_string()]);
        cells
    };
    let sheet = Sheet {
        title: "拣货单",
        code: String::new(),
        facts: vec![("订单", format!("{} 单", list.orders)), ("时间", list.made_at.clone())],
        columns: if by_name { PICKING_BY_NAME } else { PICKING },
        rows: list.goods.iter().enumerate().map(row).collect(),
        total: total_of(&list.goods),
        signatures: &["拣货人", "复核人"],
    };
    sheet::draw(&sheet, head, paper)
}

/// Draws a packing slip, with the receiver masked.
///
/// # Errors
/// Paper under 74 × 98 mm, or more than 5,000 rows.
pub fn packing(slip: &PackingSlip, head: Head, paper: Paper) -> Result<Vec<Page>, Undrawable> {
    let by_name = by_name(&slip.goods);
    let row = |(nth, goods): (usize, &Goods)| {
        let mut cells = names(nth, goods, by_name);
        cells.push(goods.quantity.to_string());
        cells
    };
    let name = mask::name(&clean(&slip.receiver_name));
    let phone = mask::phone(&clean(&slip.receiver_phone));
    let parcels = if slip.parcels > 1 { format!("{} 个", slip.parcels) } else { String::new() };
    let sheet = Sheet {
        title: "装箱单",
        code: slip.order_no.clone(),
        facts: vec![
            ("店铺", slip.shop.clone()),
            ("订单号", slip.order_no.clone()),
            ("运单号", slip.waybill_no.clone()),
            ("包裹", parcels),
            ("收件人", format!("{name} {phone}")),
            ("备注", slip.note.clone()),
            ("时间", slip.made_at.clone()),
        ],
        columns: if by_name { PACKING_BY_NAME } else { PACKING },
        rows: slip.goods.iter().enumerate().map(row).collect(),
        total: total_of(&slip.goods),
        signatures: &[],
    };
    sheet::draw(&sheet, head, paper)
}

/// Draws a return slip, with the buyer masked.
///
/// # Errors
/// Paper under 74 × 98 mm, or more than 5,000 rows.
pub fn returning(slip: &ReturnSlip, head: Head, paper: Paper) -> Result<Vec<Page>, Undrawable> {
    let row = |(nth, goods): (usize, &Goods)| {
        let Goods { sku, title, quantity, .. } = goods;
        vec![(nth + 1).to_string(), sku.clone(), title.clone(), quantity.to_string()]
    };
    let name = mask::name(&clean(&slip.from_name));
    let phone = mask::phone(&clean(&slip.from_phone));
    let reason = if slip.reason.is_empty() { REASON_LINE } else { &slip.reason };
    let sheet = Sheet {
        title: "退货单",
        code: slip.order_no.clone(),
        facts: vec![
            ("收件人", format!("{} {}", slip.to_name, slip.to_phone)),
            ("地址", slip.to_address.clone()),
            ("寄件人", format!("{name} {phone}")),
            ("订单号", slip.order_no.clone()),
            ("原运单", slip.waybill_no.clone()),
            ("原因", reason.to_owned()),
            ("时间", slip.made_at.clone()),
        ],
        columns: PACKING,
        rows: slip.goods.iter().enumerate().map(row).collect(),
        total: total_of(&slip.goods),
        signatures: &["退货人", "收货人"],
    };
    sheet::draw(&sheet, head, paper)
}

/// What a buyer may tick.
const REASON_LINE: &str = "□ 不合适  □ 质量问题  □ 发错  □ 其他";

/// Draws a handover sheet.
///
/// # Errors
/// Paper under 74 × 98 mm, or more than 5,000 rows.
pub fn handover(list: &HandoverSheet, head: Head, paper: Paper) -> Result<Vec<Page>, Undrawable> {
    let row = |(nth, parcel): (usize, &Parcel)| {
        let Parcel { waybill_no, order_no, destination, weight_g, with_above } = parcel;
        let weight = match weight_g {
            Some(g) => kilograms(u64::from(*g)),
            None if *with_above => "同上".to_owned(),
            None => String::new(),
        };
        let nth = (nth + 1).to_string();
        vec![nth, waybill_no.clone(), order_no.clone(), destination.clone(), weight]
    };
    let weight_g: u64 = list.parcels.iter().filter_map(|p| p.weight_g).map(u64::from).sum();
    let unweighed = unweighed(&list.parcels);
    let mut total = format!("共 {} 件", list.parcels.len());
    if weight_g > 0 {
        total.push_str(&format!("，{}", kilograms(weight_g)));
        if unweighed > 0 {
            total.push_str(&format!("（{unweighed} 件未称重）"));
        }
    }
    let sheet = Sheet {
        title: "交接单",
        code: list.no.clone(),
        facts: vec![
            ("承运商", list.carrier_name.clone()),
            ("交件方", list.sender_name.clone()),
            ("单号", list.no.clone()),
            ("时间", list.made_at.clone()),
        ],
        columns: HANDOVER,
        rows: list.parcels.iter().enumerate().map(row).collect(),
        total,
        signatures: &["交件人", "收件员"],
    };
    sheet::draw(&sheet, head, paper)
}

/// Parcels of which nobody knows a weight: with an order that was not weighed, all of its parcels.
fn unweighed(parcels: &[Parcel]) -> usize {
    let mut known = false;
    let unknown = parcels.iter().filter(|parcel| {
        known = parcel.weight_g.is_some() || parcel.with_above && known;
        !known
    });
    unknown.count()
}

/// Whether goods are known by their names alone.
fn by_name(goods: &[Goods]) -> bool {
    goods.iter().all(|goods| goods.sku.is_empty())
}

/// The cells that say what it is.
fn names(nth: usize, goods: &Goods, by_name: bool) -> Vec<String> {
    let mut cells = vec![(nth + 1).to_string()];
    if !by_name {
        cells.push(goods.sku.clone());
    }
    cells.push(goods.title.clone());
    cells
}

fn total_of(goods: &[Goods]) -> String {
    let pieces: u64 = goods.iter().map(|goods| u64::from(goods.quantity)).sum();
    format!("共 {} 种 {pieces} 件", goods.len())
}

/// "1.250 kg".
fn kilograms(weight_g: u64) -> String {
    format!("{}.{:03} kg", weight_g / 1_000, weight_g % 1_000)
}
