//! Sheets for people at the bench, as one PDF or on label stock: what to fetch, what lies in each
//! box, what the driver takes. Drawn in the same dots as labels; names and phones are masked by the
//! forms.

use crate::{
    Station,
    carrier::{Waybill, parts},
    config::Form,
    intake::{self, StoredOrder},
    print::draw,
    shipment::waybill::{self, LiveWaybill},
    trouble::{Action, Code, Trouble},
    view::{PrintedSheet, ScanCommand},
};
use label::{
    font::Fonts,
    forms::{
        Undrawable,
        commands::{self, Command},
        lists::{self, Goods, HandoverSheet, PackingSlip, Parcel, PickingList, ReturnSlip},
    },
    page::Page,
    pdf, raster,
    units::Head,
};
use std::collections::{BTreeMap, BTreeSet};

pub use label::units::Paper;

/// Office printers have 300 dots an inch and more.
const HEAD: Head = Head::DPMM_12;

/// Which sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetKind {
    /// 拣货单: each kind of goods once, with how many pieces for how many orders.
    Picking,
    /// 装箱单: one for each shipment.
    Packing,
    /// 交接单: one for each carrier; every shipment has its number, every parcel its line.
    Handover,
    /// 交接单 of manifests: their rows instead of shipments.
    Manifest,
    /// 退货单: one for each shipment, to be put into its box.
    Return,
    /// 命令条码: what a scan of them does stands in `scan`; no shipments.
    Commands,
}

/// What sheets are drawn for.
#[derive(Clone, Copy)]
struct Stock {
    head: Head,
    paper: Paper,
}

impl Station {
    /// A PDF of the sheets for these shipments, in their order.
    ///
    /// # Errors
    /// [`Code::NoWaybill`] on a handover sheet, [`Code::LabelUndrawable`] for paper that is too
    /// small; no such shipment; the database.
    pub fn sheet(&self, kind: SheetKind, ids: &[i64], paper: Paper) -> Result<Vec<u8>, Trouble> {
        let pages = self.pages(kind, ids, Stock { head: HEAD, paper })?;
        let dots: Vec<_> = pages.iter().map(|page| raster::paint(page, Fonts::shipped())).collect();
        Ok(pdf::pdf(&dots, HEAD))
    }

    /// Prints the sheets on label stock, past the queue of labels: on the printer asked for, or on
    /// the one that takes them.
    ///
    /// # Errors
    /// As [`Station::sheet`], for the printer's paper; [`Code::NoPrinter`] if none takes such
    /// sheets; [`Code::PrinterBusy`], [`Code::PrinterAway`] with the system's words.
    pub async fn print_sheet(
        &self,
        kind: SheetKind,
        ids: &[i64],
        printer: Option<&str>,
    ) -> Result<PrintedSheet, Trouble> {
        let form = match kind {
            SheetKind::Picking => Form::Picking,
            // Slips for the box, and for the wall beside it.
            SheetKind::Packing | SheetKind::Return | SheetKind::Commands => Form::Packing,
            SheetKind::Handover | SheetKind::Manifest => Form::Handover,
        };
        let printer = self.printer_for(printer, form, "", "")?;
        let config = &printer.config;
        let stock = Stock { head: draw::head(config), paper: draw::paper(config) };
        let pages = self.pages(kind, ids, stock)?;
        let aside = self.aside(printer).await?;
        for (nth, page) in pages.iter().enumerate() {
            let cut = nth + 1 == pages.len();
            let bytes = draw::encode(&raster::paint(page, Fonts::shipped()), config, cut);
            self.send_held(config, "packbench-sheet", &bytes).await?;
        }
        drop(aside);
        let pages = u32::try_from(pages.len()).unwrap_or(u32::MAX);
        Ok(PrintedSheet { printer: config.name.clone(), pages })
    }

    fn pages(&self, kind: SheetKind, ids: &[i64], stock: Stock) -> Result<Vec<Page>, Trouble> {
        let made_at = draw::local_minute(self.now_ms());
        match kind {
            SheetKind::Picking => self.picking(ids, made_at, stock),
            SheetKind::Packing => self.packing(ids, &made_at, stock),
            SheetKind::Handover => self.handover(ids, &made_at, stock),
            SheetKind::Manifest => {
                let mut pages = Vec::new();
                for &id in ids {
                    let sheet = self.manifest_sheet(id, &made_at)?;
                    pages.extend(
                        lists::handover(&sheet, stock.head, stock.paper).map_err(undrawable)?,
                    );
                }
                Ok(pages)
            }
            SheetKind::Return => self.returning(ids, &made_at, stock),
            SheetKind::Commands => {
                let all =
                    ScanCommand::ALL.map(|(command, code)| Command { code, word: word(command) });
                commands::sheets(&all, stock.head, stock.paper).map_err(undrawable)
            }
        }
    }

    fn picking(&self, ids: &[i64], made_at: String, stock: Stock) -> Result<Vec<Page>, Trouble> {
        let mut goods: BTreeMap<String, Goods> = BTreeMap::new();
        let ids = self.going_out(ids)?;
        for &id in &ids {
            let mut counted = BTreeSet::new();
            for item in self.goods_of(id)? {
                let kind = goods
                    .entry(item.title.clone())
                    .or_insert_with(|| Goods { title: item.title.clone(), ..Goods::default() });
                kind.quantity = kind.quantity.saturating_add(item.quantity);
                // The same goods may stand on two lines of one order.
                kind.orders += u32::from(counted.insert(item.title));
            }
        }
        let orders = u32::try_from(ids.len()).unwrap_or(u32::MAX);
        let list = PickingList { orders, made_at, goods: goods.into_values().collect() };
        lists::picking(&list, stock.head, stock.paper).map_err(undrawable)
    }

    fn packing(&self, ids: &[i64], made_at: &str, stock: Stock) -> Result<Vec<Page>, Trouble> {
        let mut pages = Vec::new();
        for id in self.going_out(ids)? {
            let order = self.db.read(|db| intake::order_of(db, id))?;
            let live = self.db.read(|db| waybill::live(db, id))?;
            let slip = PackingSlip {
                order_no: order.told_as(),
                shop: order.shop,
                parcels: live.as_ref().map_or(order.parcels, |live| live.waybill.parcels()),
                waybill_no: live.map(|live| live.waybill.no).unwrap_or_default(),
                receiver_name: order.receiver.name,
                receiver_phone: order.receiver.phone,
                note: order.note,
                made_at: made_at.to_owned(),
                goods: self.goods_of(id)?,
            };
            pages.extend(lists::packing(&slip, stock.head, stock.paper).map_err(undrawable)?);
        }
        Ok(pages)
    }

    fn handover(&self, ids: &[i64], made_at: &str, stock: Stock) -> Result<Vec<Page>, Trouble> {
        let mut by_carrier: BTreeMap<String, Vec<Parcel>> = BTreeMap::new();
        for id in self.going_out(ids)? {
            let order = self.db.read(|db| intake::order_of(db, id))?;
            let live = self.db.read(|db| waybill::live(db, id))?;
            let Some(LiveWaybill { waybill, facts, .. }) = live else {
                let fields = [("order", order.number)];
                return Err(Trouble::new(Code::NoWaybill, Action::None, fields));
            };
            by_carrier.entry(facts.carrier_name).or_default().extend(handed(&order, &waybill));
        }
        let mut pages = Vec::new();
        for (carrier_name, parcels) in by_carrier {
            let sheet = HandoverSheet {
                carrier_name,
                sender_name: self.config.sender.name.clone(),
                made_at: made_at.to_owned(),
                no: String::new(),
                parcels,
            };
            pages.extend(lists::handover(&sheet, stock.head, stock.paper).map_err(undrawable)?);
        }
        Ok(pages)
    }

    fn returning(&self, ids: &[i64], made_at: &str, stock: Stock) -> Result<Vec<Page>, Trouble> {
        let mut pages = Vec::new();
        for &id in ids {
            let order = self.db.read(|db| intake::order_of(db, id))?;
            let live = self.db.read(|db| waybill::live(db, id))?;
            let shop = self.sender_of(&order, live.as_ref());
            let slip = ReturnSlip {
                order_no: order.told_as(),
                waybill_no: live.map(|live| live.waybill.no).unwrap_or_default(),
                from_name: order.receiver.name,
                from_phone: order.receiver.phone,
                to_name: shop.name,
                to_phone: shop.phone,
                to_address: shop.place,
                reason: String::new(),
                made_at: made_at.to_owned(),
                goods: self.goods_of(id)?,
            };
            pages.extend(lists::returning(&slip, stock.head, stock.paper).map_err(undrawable)?);
        }
        Ok(pages)
    }

    /// Without those that come back: nobody picks, packs or hands them over here.
    fn going_out(&self, ids: &[i64]) -> Result<Vec<i64>, Trouble> {
        let mut out = Vec::new();
        for &id in ids {
            let back = self.db.read(|db| intake::order_of(db, id))?.back;
            out.extend((!back).then_some(id));
        }
        Ok(out)
    }

    fn goods_of(&self, id: i64) -> Result<Vec<Goods>, Trouble> {
        let order = self.db.read(|db| intake::order_of(db, id))?;
        let goods = |item: crate::order::Item| Goods {
            title: item.title,
            quantity: item.quantity,
            ..Goods::default()
        };
        Ok(order.items.into_iter().map(goods).collect())
    }
}

/// An order's parcels, as the driver counts them: each by its own number. The slip that the
/// receiver signs lies with them and is none.
fn handed(order: &StoredOrder, waybill: &Waybill) -> Vec<Parcel> {
    let at = &order.receiver.address;
    let city = if at.city.is_empty() { &at.province } else { &at.city };
    let destination =
        if *city == at.district { city.clone() } else { format!("{city}{}", at.district) };
    let parcel = |part| {
        let further = part > parts::FIRST;
        Some(Parcel {
            waybill_no: waybill.no_of(part)?.to_owned(),
            order_no: order.number.clone(),
            destination: destination.clone(),
            weight_g: order.weight_g.filter(|_| !further),
            with_above: further,
        })
    };
    (parts::FIRST..=waybill.parcels()).filter_map(parcel).collect()
}

/// What a command does, as it stands under its barcode: sheets are read in China whatever language
/// the window speaks, like labels.
fn word(command: ScanCommand) -> &'static str {
    match command {
        ScanCommand::Next => "发下一单",
        ScanCommand::Reprint => "重打上一张",
        ScanCommand::Pause => "暂停",
        ScanCommand::Resume => "继续",
        ScanCommand::Stop => "停止",
        ScanCommand::ToShip => "扫单打印",
        ScanCommand::ToReprint => "重打面单",
        ScanCommand::ToVerify => "验货",
        ScanCommand::ToWeigh => "称重出库",
        ScanCommand::ToHandOver => "交接",
    }
}

fn undrawable(fault: Undrawable) -> Trouble {
    let fields = [("field", fault.field.to_string()), ("what", fault.what.to_string())];
    Trouble::new(Code::LabelUndrawable, Action::None, fields)
}
