//! The plain types the window and `--json` see. TypeScript is generated from here
//! (`ui/src/lib/ipc.types.ts`). Personal data is masked here unless a type says otherwise.

mod account;
mod act;
mod apply;
mod back;
mod bench;
mod boot;
mod by_hand;
mod chain;
mod customs;
mod device;
mod find;
mod form;
mod house;
mod import;
mod job;
mod letters;
mod numbers;
mod offers;
mod people;
mod pickup;
mod scan;
mod sender;
mod setup;
mod sms;
mod tariff;
mod track;

pub use account::*;
pub use act::{
    Act, ActDone, Deed, DeedKind, Differs, Left, LeftWhy, MergeGroup, SplitAsk, UndoOffer,
};
pub use apply::{ApplicationState, ApplicationView, ApplyAsked, ApplyForm, TakenKey};
pub use back::{ExchangeAsk, OtherShipment, Payer, ReturnAsk, ReturnLook, ReturnWay};
pub use bench::{
    BenchView, CodePart, CodeView, CountLine, CountSaid, HandSaid, HandView, ManifestLine,
    ManifestList, ManifestView, ScaleState, ScaleView, ScanEnding, ScanMode, ScannerState,
    ScannerStatus, ScannerView, VerifyView, WeighSaid, WeighView,
};
pub use boot::{Boot, BootMode};
pub use by_hand::{
    Begun, GoodsLine, KnownBefore, KnownReceiver, OrderDraft, PastedView, SenderForm,
};
pub use chain::{CarrierState, CarrierStatus, OutboxStatus, PrinterState, PrinterStatus, Status};
pub use customs::{CustomsLine, ItemView};
pub use device::{
    FailedWay, FoundPrinter, FoundPrinters, HeardView, ProbeView, Probed, Proof, Way,
};
pub use find::{
    AccountTotal, Facets, Filter, Flag, ListQuery, Paid, Pieces, SavedFilter, Sort, Totals,
};
pub use form::{
    DotRect, FormCard, FormDoc, FormElement, FormFault, FormHead, FormList, FormLook, FormOpened,
    FormSave,
};
pub use house::{
    BackupView, BackupsView, DeskPrefs, Restored, Setting, SettingDiff, SettingKind,
    SettingsChange, SettingsLook, SettingsView, Theme, TrayDeed, TrayFace, TrayItem, UpdateView,
    WindowPlace, WrittenFile,
};
pub use import::{Column, ImportPreview, ImportProgress, ImportReport, RefusedRow, RowFault};
pub use job::{JobState, JobView, NumberView};
pub use letters::Letters;
pub use numbers::{NumbersView, ShopNumbers, StaleNumber, TellingState, TellingView, ToldView};
pub use offers::{ChargeView, Offer, Offers, Price, Rate, Rates, SplitView, WayOf, Ways};
pub use people::{
    ActLine, ActsQuery, OperatorChange, OperatorForm, OperatorView, PeopleView, Right,
};
pub use pickup::{
    PickupAct, PickupAsked, PickupHeld, PickupOffer, PickupRequest, PickupState, PickupView,
    PickupWay,
};
pub use scan::{CommandView, ScanCommand, ScanView};
pub use sender::{
    OrderSender, SenderAbroadForm, SenderChange, SenderProfileForm, SenderSetup, SenderSetups,
};
pub use setup::{Diverted, PrintedSheet, PrinterChange, PrinterForm, PrinterSetup, PrinterSetups};
pub use sms::{SmsAsked, SmsBy, SmsLeft, SmsState, SmsView, SmsWhy};
pub use tariff::*;
pub use track::{
    EtaView, FollowedNumber, HistoryView, OddWord, TrackEventView, TrackPlan, TrackStage,
    TrackView, TrackingStatus, UnseenAnswer, UnseenText,
};

use crate::{
    carrier::track::Stage,
    order::{Fault, PayBy},
    trouble::Trouble,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The lists of the ship screen. Every shipment is in exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Tab {
    /// 待发货: checked, nobody asked yet.
    Pending,
    /// 取号中: a carrier is being asked.
    InWork,
    /// 待打印: has a number, no paper yet.
    ToPrint,
    /// 已打印.
    Printed,
    /// 需处理: waits for a person.
    Attention,
}

/// How many shipments each list holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// 待发货.
    pub pending: u32,
    /// 取号中.
    pub in_work: u32,
    /// 待打印.
    pub to_print: u32,
    /// 已打印.
    pub printed: u32,
    /// 需处理.
    pub attention: u32,
}

/// One screenful.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListPage {
    /// Rows that fit the query, all pages.
    pub total: u32,
    /// This page.
    pub rows: Vec<Row>,
}

/// Where a shipment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Cannot be sent as it stands, or a person held it.
    Held,
    /// Checked; waits to be shipped.
    Ready,
    /// The carrier is being asked; the outcome may be unknown for a while.
    Requested,
    /// The carrier said no.
    Refused,
    /// Has a number.
    Waybilled,
    /// Its label came out, as far as the printer's `confirm` can tell.
    Printed,
    /// The carrier is being asked to take the number back.
    Voiding,
}

/// One line of a list. Masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// The shipment.
    #[ts(type = "number")]
    pub id: i64,
    /// The shop's order number.
    pub order_no: String,
    /// The shop.
    pub shop: String,
    /// When it was paid, ms UTC.
    #[ts(type = "number | null")]
    pub paid_at_ms: Option<i64>,
    /// Receiver's name, masked.
    pub name: String,
    /// Receiver's phone, masked for the screen (138****0921).
    pub phone: String,
    /// Province, city, district and the beginning of the street.
    pub place: String,
    /// Province alone.
    pub province: String,
    /// "蓝牙耳机 Pro ×1 · 杯刷 ×2".
    pub goods: String,
    /// Pieces in all.
    pub pieces: u32,
    /// Grams.
    pub weight_g: Option<u32>,
    /// In how many parcels it goes.
    pub parcels: u32,
    /// The buyer's remark.
    pub note: String,
    /// What people at the desk noted; never on a label.
    pub memo: String,
    /// The flag people put on it.
    pub flag: Option<Flag>,
    /// How many orders it answers for.
    pub orders: u32,
    /// Its number in its order, from 1.
    pub nth: u32,
    /// Into how many shipments its order was divided.
    pub shipments: u32,
    /// Where it stands.
    pub state: State,
    /// Carrier account routed or asked.
    pub account: String,
    /// Its carrier's short code, e.g. "YTO".
    pub carrier_code: String,
    /// The sender profile under whose name it goes; empty: the house itself.
    pub sender: String,
    /// It comes back from its receiver.
    pub back: bool,
    /// Once issued.
    pub waybill_no: Option<String>,
    /// Copies printed so far (1 = the first label).
    pub copies: u32,
    /// How far the parcel is, once its carrier said so.
    pub stage: Option<Stage>,
    /// Since when, ms UTC.
    #[ts(type = "number | null")]
    pub stage_at_ms: Option<i64>,
    /// Why it waits for a person.
    pub trouble: Option<Trouble>,
    /// What is wrong with the order, if it is held by the check.
    pub faults: Vec<Fault>,
}

/// A shipment in full. Not masked: shown on purpose, for one parcel at a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Detail {
    /// The masked line.
    pub row: Row,
    /// What a person may edit.
    pub edit: OrderEdit,
    /// The numbers of further orders that go with it.
    pub further: Vec<String>,
    /// What was sold.
    pub items: Vec<ItemView>,
    /// The other shipments of its order: parts, returns, what was sent again.
    pub others: Vec<OtherShipment>,
    /// Under whose name it goes.
    pub sender: OrderSender,
    /// The key the carrier knows it by.
    pub order_key: Option<String>,
    /// Three-part code.
    pub sort_code: String,
    /// The numbers of its further parcels and of the slip that comes back, in their order.
    pub numbers: Vec<NumberView>,
    /// Labels asked for so far, newest first.
    pub jobs: Vec<JobView>,
    /// What happened, newest first.
    pub history: Vec<HistoryView>,
    /// When the shop was told its number.
    pub told: Option<ToldView>,
    /// What the carrier said of the parcel, if it is asked after.
    pub track: Option<TrackView>,
    /// What its carrier charged, as far as it was asked.
    pub charge: Option<ChargeView>,
    /// Whether its carrier can be asked what it charged.
    pub charges: bool,
    /// Couriers who were sent for, newest first.
    pub pickups: Vec<PickupView>,
    /// Messages to its receiver, newest first.
    pub messages: Vec<SmsView>,
    /// What the label makes of the order's letters.
    pub letters: Letters,
    /// Which rule chose the account (its number in the settings, from 1).
    pub rule: Option<u32>,
    /// The printer its next label comes out of.
    pub printer: String,
    /// What it costs by the settings' price list, fen, as estimated; `None`: they do not say.
    pub freight_fen: Option<u32>,
    /// Verbs that fit now.
    pub can: Vec<Verb>,
}

/// What may be done with a shipment now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// Get a number and print.
    Ship,
    /// Mend the order.
    Edit,
    /// Print again, with a reason.
    Reprint,
    /// Give the number back.
    Void,
    /// Say whether the label came out.
    ConfirmLabel,
    /// Ask the carrier again what became of it.
    LookAgain,
    /// Type the number the carrier told by phone.
    EnterWaybill,
    /// Say whether a number was taken back.
    SettleVoid,
    /// Read and put aside a trouble that asks nothing.
    Acknowledge,
    /// Have a courier come for it, who brings the number.
    PickUp,
    /// Have a courier bring it back from the receiver.
    BringBack,
    /// Get a number under which it comes back, or an exchange for it.
    Return,
}

/// What the form of a held order edits; also how it is shown unmasked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OrderEdit {
    /// Receiver.
    pub name: String,
    /// Receiver's phone.
    pub phone: String,
    /// In full.
    pub province: String,
    /// In full.
    pub city: String,
    /// In full; empty where a city has none.
    pub district: String,
    /// Street and house.
    pub detail: String,
    /// Grams.
    pub weight_g: Option<u32>,
    /// Remark.
    pub note: String,
    /// Who pays the carrier; `None` is the account's usual way.
    pub pay: Option<PayBy>,
    /// To be collected for the goods, fen.
    pub cod_fen: Option<u32>,
    /// What the goods are insured for, fen.
    pub insured_fen: Option<u32>,
    /// In how many parcels it goes: 1 to 300.
    pub parcels: u32,
    /// Cubic centimetres.
    pub volume_cm3: Option<u32>,
    /// Whether a signed slip comes back.
    pub slip: bool,
    /// ISO 3166 alpha-2, or what was typed for one; empty is China.
    #[serde(default)]
    pub country: String,
    /// Postal code.
    #[serde(default)]
    pub postcode: String,
    /// Receiver's e-mail.
    #[serde(default)]
    pub email: String,
    /// What customs ask, a line for each of `items`; an edit without lines leaves them.
    #[serde(default)]
    pub customs: Vec<CustomsLine>,
}

/// What is shipped at one go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ShipRequest {
    /// Shipments, in the order their labels shall come out.
    #[ts(type = "number[]")]
    pub ids: Vec<i64>,
    /// Another carrier account than the routing's.
    pub account: Option<String>,
    /// Another printer than each label's own.
    pub printer: Option<String>,
    /// False: numbers only.
    pub print: bool,
}

/// A selection on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BatchView {
    /// Number of the batch.
    #[ts(type = "number")]
    pub id: i64,
    /// Shipments in it.
    pub total: u32,
    /// Have a number.
    pub numbered: u32,
    /// Printed (or numbered, when only numbers were asked for).
    pub done: u32,
    /// Held, refused, unknown.
    pub attention: u32,
    /// Taken out by stop before they were asked for.
    pub stopped: u32,
    /// Whether it waits for a person to go on.
    pub paused: bool,
    /// Labels a minute over the last minute; 0 when nothing moved.
    pub per_minute: u32,
    /// Estimated time to finish, ms; absent when nothing moves.
    #[ts(type = "number | null")]
    pub left_ms: Option<i64>,
}
