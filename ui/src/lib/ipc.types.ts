// Made from Rust by tests/it/types.rs; not edited. PACKBENCH_BLESS=1 makes it anew.

export type Window = { 
/**
 * From, ms UTC.
 */
fromMs: number, 
/**
 * To, ms UTC.
 */
toMs: number, };
export type Courier = { 
/**
 * Their name.
 */
name: string, 
/**
 * Their phone.
 */
phone: string, 
/**
 * What they ask for, or what is shown to them; may be empty.
 */
code: string, 
/**
 * Their outlet; may be empty.
 */
outlet: string, 
/**
 * Its phone; may be empty.
 */
outletPhone: string, };
export type Fees = { 
/**
 * The carriage: first weight and further weight.
 */
carriageFen: number, 
/**
 * Of it, for the first weight.
 */
firstFen: number, 
/**
 * Of it, for what is over.
 */
furtherFen: number, 
/**
 * 保价.
 */
insuredFen: number, 
/**
 * 包装费.
 */
packingFen: number, 
/**
 * 超长超重.
 */
oversizeFen: number, 
/**
 * Whatever else.
 */
otherFen: number, 
/**
 * All of it.
 */
totalFen: number, 
/**
 * Grams it was charged for, if said.
 */
weightG: number | null, };
export type PickupWay = "send" | "back";
export type PickupState = "asked" | "booked" | "collected" | "delivered" | "cancelled" | "failed" | "refused" | "unknown";
export type PickupView = { 
/**
 * Row.
 */
id: number, 
/**
 * The order's number at the shop.
 */
orderNo: string, 
/**
 * From where to where.
 */
way: PickupWay, 
/**
 * The account it was asked of.
 */
account: string, 
/**
 * How far it is.
 */
state: PickupState, 
/**
 * A person wants it called off, and that is not certain yet.
 */
callingOff: boolean, 
/**
 * When somebody comes.
 */
window: Window, 
/**
 * Asked first, ms UTC.
 */
askedAtMs: number, 
/**
 * Who fetches, by the code there; may be empty.
 */
carrier: string, 
/**
 * The number; may be empty.
 */
no: string, 
/**
 * Who comes, if it was said.
 */
courier: Courier | null, 
/**
 * What was charged, if it was said.
 */
fees: Fees | null, 
/**
 * Whether the charge is not the sum of its parts.
 */
feesDiffer: boolean, 
/**
 * The carrier's newest word, as it came; may be empty.
 */
word: string, 
/**
 * Its newest sentence, or why nobody comes; may be empty.
 */
said: string, };
export type PickupRequest = { 
/**
 * Shipments; one booking each.
 */
ids: number[], 
/**
 * From where to where.
 */
way: PickupWay, 
/**
 * Which account sends them.
 */
account: string, 
/**
 * Which carrier behind it, by its code there; empty: whoever comes.
 */
carrier: string, 
/**
 * When.
 */
window: Window, };
export type PickupAct = { "kind": "call_off", 
/**
 * The carrier is told.
 */
why: string, } | { "kind": "again" } | { "kind": "settle", 
/**
 * Whether somebody does.
 */
comes: boolean, };
export type PickupHeld = { 
/**
 * The shipment.
 */
id: number, 
/**
 * The order's number at the shop.
 */
orderNo: string, 
/**
 * What must be mended first; empty: it is not in a state for it, or somebody comes already.
 */
faults: Array<Fault>, };
export type PickupAsked = { 
/**
 * Bookings that are under way now.
 */
asked: number, 
/**
 * The rest.
 */
held: Array<PickupHeld>, };
export type PickupOffer = { 
/**
 * The account.
 */
account: string, 
/**
 * When somebody may come, soonest first.
 */
windows: Array<Window>, };
export type ChargeLine = { 
/**
 * What for, in the carrier's own words.
 */
name: string, 
/**
 * How much; less than nothing is given back.
 */
fen: number, };
export type ChargeView = { 
/**
 * All of it.
 */
totalFen: number, 
/**
 * Its parts, in the carrier's words, as far as they were said.
 */
lines: Array<ChargeLine>, 
/**
 * Grams it was charged for, if said.
 */
weightG: number | null, 
/**
 * The carrier's guess: it is not settled yet.
 */
estimated: boolean, 
/**
 * When it was asked, ms UTC.
 */
askedAtMs: number, };
export type SmsState = "asked" | "sent" | "refused" | "unknown" | "withdrawn";
export type SmsView = { 
/**
 * Names it.
 */
id: number, 
/**
 * The order's number at the shop.
 */
orderNo: string, 
/**
 * The account that sends it.
 */
account: string, 
/**
 * By which template.
 */
template: number, 
/**
 * How far it is.
 */
state: SmsState, 
/**
 * ms UTC.
 */
askedAtMs: number, 
/**
 * When something came of it, ms UTC.
 */
endedAtMs: number | null, 
/**
 * The account's number of it; may be empty.
 */
key: string, 
/**
 * What was said of it, or why nobody knows.
 */
said: string, 
/**
 * Nobody knows, and a person lets it stand.
 */
settled: boolean, };
export type SmsWhy = "no_number" | "back" | "no_mobile" | "virtual" | "hidden" | "abroad" | "hole" | "already" | "doubt";
export type SmsLeft = { 
/**
 * The shipment.
 */
id: number, 
/**
 * The order's number at the shop.
 */
orderNo: string, 
/**
 * Why.
 */
why: SmsWhy, };
export type SmsBy = { 
/**
 * The account.
 */
account: string, 
/**
 * Its template.
 */
template: number, 
/**
 * So many.
 */
n: number, };
export type SmsAsked = { 
/**
 * Messages that can go, or that are on their way now.
 */
asked: number, 
/**
 * By which templates.
 */
by: Array<SmsBy>, 
/**
 * Who gets none.
 */
left: Array<SmsLeft>, };
export type Code = "order_held" | "held_by_person" | "on_hold" | "carrier_refused" | "waybill_unknown" | "waybill_only_once" | "void_unknown" | "void_refused" | "label_unknown" | "label_undrawable" | "two_waybills" | "parts_differ" | "slip_missing" | "no_offer" | "port_taken" | "scan_unknown" | "scan_ambiguous" | "no_waybill" | "wrong_state" | "no_account_yet" | "no_printer_yet" | "no_account" | "no_sender" | "sender_waited_for" | "no_printer" | "no_order" | "order_known" | "reason_missing" | "pass_reason_missing" | "scan_parcel_label" | "scan_is_slip" | "scan_voided" | "weigh_none" | "manifest_none" | "manifest_empty" | "manifest_voided" | "verify_order_first" | "verify_scan_it" | "verify_none" | "verify_first" | "home_locked" | "database_newer" | "practice_mixed" | "bad_config" | "no_config" | "settings_refused" | "nothing_before" | "form_refused" | "form_unusable" | "printer_busy" | "platform_only" | "printer_waited_for" | "account_waited_for" | "account_routed" | "account_off" | "secret_unkept" | "station_busy" | "bad_address" | "cannot_calibrate" | "storage" | "import_unreadable" | "import_column_missing" | "printer_away" | "carrier_away" | "no_pickup" | "application_open" | "no_application" | "pickup_too_late" | "pickup_failed" | "pickup_unknown" | "tracking_refused" | "backup_failed" | "backup_unusable" | "numbers_none" | "numbers_unwritten" | "numbers_practice" | "telling_none" | "not_allowed" | "locked" | "who_unknown" | "operator_refused" | "internal";
export type Action = "none" | "edit_order" | "edit_account" | "retry" | "look_again" | "enter_number" | "confirm_label" | "mind_printer" | "wait" | "other_carrier" | "call_carrier" | "release";
export type Trouble = { 
/**
 * Names the sentence.
 */
code: Code, 
/**
 * The one key or button offered with it.
 */
action: Action, 
/**
 * Literal values for the sentence.
 */
fields: { [key in string]: string }, };
export type FaultCode = "name_missing" | "phone_missing" | "phone_unreadable" | "detail_missing" | "province_unknown" | "city_unknown" | "district_missing" | "district_unknown" | "weight_missing" | "glyph_missing" | "too_long" | "form_no_room" | "not_offered" | "too_many_parcels" | "no_slip" | "not_abroad" | "country_unknown" | "postcode_missing" | "email_unreadable" | "latin_needed" | "customs_missing" | "sender_abroad_missing" | "sender_unknown" | "outlet_missing" | "not_back";
export type Fault = { 
/**
 * Word for the sentence in the language files, e.g. `phone_missing`.
 */
code: FaultCode, 
/**
 * Which field of the form mends it: `name`, `phone`, `email`, `country`, `postcode`,
 * `province`, `city`, `district`, `detail`, `weight`, `items`, `customs`, `note`, `parcels`,
 * `slip`, `cod`, `insured`, `pay`, `sender`; or a key of the settings, `sender.abroad`.
 */
field: string, 
/**
 * The part that is wrong, shown as it stands; may be empty.
 */
what: string, };
export type PayBy = "sender" | "receiver" | "monthly";
export type Tab = "pending" | "in_work" | "to_print" | "printed" | "attention";
export type Counts = { 
/**
 * 待发货.
 */
pending: number, 
/**
 * 取号中.
 */
inWork: number, 
/**
 * 待打印.
 */
toPrint: number, 
/**
 * 已打印.
 */
printed: number, 
/**
 * 需处理.
 */
attention: number, };
export type Pieces = "single" | "multi";
export type Paid = { "kind": "today" } | { "kind": "yesterday" } | { "kind": "between", 
/**
 * The first moment that counts.
 */
fromMs: number, 
/**
 * The first that does not any more.
 */
toMs: number, } | { "kind": "older_than", 
/**
 * Hours.
 */
hours: number, };
export type Sort = "paid" | "order" | "province" | "carrier" | "weight" | "goods";
export type Flag = "red" | "yellow" | "green" | "blue" | "purple";
export type Filter = { 
/**
 * Of these shops; empty for all.
 */
shops: Array<string>, 
/**
 * To these provinces, in full; empty for all.
 */
provinces: Array<string>, 
/**
 * Of these carrier accounts (routed, chosen or asked); empty for all.
 */
accounts: Array<string>, 
/**
 * With one of these flags; empty for all.
 */
flags: Array<Flag>, 
/**
 * One piece, or several.
 */
pieces: Pieces | null, 
/**
 * With a remark of the buyer or a note of the desk, or without.
 */
remark: boolean | null, 
/**
 * At least so heavy, grams.
 */
weightFromG: number | null, 
/**
 * At most so heavy, grams.
 */
weightToG: number | null, 
/**
 * When the buyer paid.
 */
paid: Paid | null, 
/**
 * Only orders that could go together with another one.
 */
mergeable: boolean, 
/**
 * Only parcels that are so far.
 */
stage: Stage | null, };
export type ListQuery = { 
/**
 * Which list; `None` searches all.
 */
tab: Tab | null, 
/**
 * Part of an order number, waybill number, name, phone (last digits), goods, or of the first
 * letters of name or goods in pinyin; empty for all.
 */
search: string, 
/**
 * What narrows it.
 */
filter: Filter, 
/**
 * In which order.
 */
sort: Sort, 
/**
 * Backwards: newest first, heaviest first.
 */
descending: boolean, 
/**
 * Rows to skip.
 */
offset: number, 
/**
 * Rows to give, at most 500.
 */
limit: number, };
export type SavedFilter = { 
/**
 * 1 to 9: the digit.
 */
slot: number, 
/**
 * What people call it.
 */
name: string, 
/**
 * What it asks for; pages do not count.
 */
query: ListQuery, };
export type AccountTotal = { 
/**
 * Its name.
 */
account: string, 
/**
 * Shipments.
 */
n: number, };
export type Totals = { 
/**
 * Shipments.
 */
shipments: number, 
/**
 * Orders they answer for.
 */
orders: number, 
/**
 * Boxes.
 */
parcels: number, 
/**
 * Pieces of goods.
 */
pieces: number, 
/**
 * By carrier account, most first.
 */
accounts: Array<AccountTotal>, 
/**
 * Grams of those whose weight is known.
 */
weightG: number, 
/**
 * How many have no weight.
 */
unweighed: number, 
/**
 * What those cost that the settings have a price for, fen, as estimated; those that are paid
 * at the door are not ours.
 */
freightFen: number, 
/**
 * How many have no price: no price list, no weight, or abroad. None where there are no lists.
 */
unpriced: number, 
/**
 * Parcels that come back, which are in none of the sums above.
 */
returns: number, };
export type Deed = { "kind": "hold", 
/**
 * The words that stand with it.
 */
why: string, } | { "kind": "release" } | { "kind": "flag", 
/**
 * Which.
 */
flag: Flag | null, } | { "kind": "note", 
/**
 * The words.
 */
text: string, } | { "kind": "carrier", 
/**
 * Its name.
 */
account: string | null, } | { "kind": "sender", 
/**
 * A sender profile of the settings.
 */
profile: string | null, } | { "kind": "merge", 
/**
 * Also where remarks, services or sums differ: somebody has read how.
 */
despite: boolean, } | { "kind": "part" } | { "kind": "void" };
export type Act = { 
/**
 * The shipments.
 */
ids: number[], 
/**
 * What.
 */
deed: Deed, };
export type DeedKind = "hold" | "release" | "flag" | "note" | "carrier" | "sender" | "merge" | "part" | "void" | "split" | "reship" | "return" | "exchange";
export type LeftWhy = "already" | "at_carrier" | "numbered" | "faulty" | "cannot_carry" | "no_number" | "printing" | "alone" | "differs" | "asked_before" | "with_another" | "would_be_held" | "gone" | "is_return" | "back_already" | "abroad";
export type Left = { 
/**
 * Why.
 */
why: LeftWhy, 
/**
 * How many.
 */
n: number, };
export type ActDone = { 
/**
 * What was done.
 */
deed: DeedKind, 
/**
 * With how many.
 */
done: number, 
/**
 * The others.
 */
left: Array<Left>, 
/**
 * What it was done to, or what came of it: the shipment that is left of several.
 */
ids: number[], };
export type UndoOffer = { 
/**
 * What was done.
 */
deed: DeedKind, 
/**
 * With how many it can be taken back.
 */
n: number, };
export type Differs = { "kind": "notes", 
/**
 * Together.
 */
text: string, } | { "kind": "pay" } | { "kind": "cod", 
/**
 * Fen.
 */
fen: number, } | { "kind": "insured", 
/**
 * Fen.
 */
fen: number, } | { "kind": "slip" } | { "kind": "carriers" } | { "kind": "senders" };
export type MergeGroup = { 
/**
 * The shipments; the first one answers for all of them.
 */
ids: number[], 
/**
 * Their orders' numbers.
 */
orders: Array<string>, 
/**
 * The buyer, masked.
 */
name: string, 
/**
 * What is not the same, a line each.
 */
differs: Array<Differs>, };
export type SplitAsk = { 
/**
 * The shipment.
 */
id: number, 
/**
 * How many pieces of each of its goods go into the new shipment, in their order.
 */
moved: Array<number>, 
/**
 * What the new one weighs, grams, where somebody knows.
 */
weightG: number | null, };
export type Payer = "usual" | "sender" | "receiver" | "monthly";
export type ReturnAsk = { 
/**
 * The shipment that was sent.
 */
id: number, 
/**
 * How many pieces of each of its goods come back, in their order; empty: all of them.
 */
pieces: Array<number>, 
/**
 * Who pays.
 */
payer: Payer, 
/**
 * By which account; `None`: by the one it went by.
 */
account: string | null, 
/**
 * What it weighs, grams, where somebody knows.
 */
weightG: number | null, 
/**
 * Why.
 */
reason: string, };
export type EtaView = { 
/**
 * In its words; may be empty where hours are said.
 */
when: string, 
/**
 * Hours on the way, if said.
 */
hours: number | null, 
/**
 * When it said so, ms UTC; `None`: nothing is known yet, it will tell it.
 */
atMs: number | null, 
/**
 * Whether it tells it by itself.
 */
told: boolean, };
export type ExchangeAsk = { 
/**
 * What comes back.
 */
back: ReturnAsk, 
/**
 * How many pieces of each of its goods are sent; empty: what comes back.
 */
pieces: Array<number>, 
/**
 * What they weigh, grams, where somebody knows.
 */
weightG: number | null, };
export type ReturnWay = { 
/**
 * Who pays.
 */
payer: Payer, 
/**
 * The account, and what the return lacks for it.
 */
way: AccountWay, };
export type ReturnLook = { 
/**
 * Every account that is switched on, with what keeps the parcel from coming back by it, for
 * each way to pay.
 */
ways: Array<ReturnWay>, 
/**
 * The account it went by.
 */
account: string, 
/**
 * Pieces of each of its goods that are not on their way back yet.
 */
pieces: Array<number>, };
export type OtherShipment = { 
/**
 * The shipment.
 */
id: number, 
/**
 * Its number in the order, from 1.
 */
nth: number, 
/**
 * It comes back.
 */
back: boolean, 
/**
 * It brings back, or replaces, the shipment of this number in the order.
 */
ofNth: number | null, 
/**
 * Where it stands.
 */
state: State, 
/**
 * Once issued.
 */
waybillNo: string | null, };
export type OrderSender = { 
/**
 * The profile; empty: the house itself.
 */
profile: string, 
/**
 * A person or a file chose it, not the shop or the account.
 */
chosen: boolean, 
/**
 * As its number was asked for; it does not change any more.
 */
frozen: boolean, 
/**
 * The name on the label.
 */
name: string, 
/**
 * Phone.
 */
phone: string, 
/**
 * Province to room.
 */
place: string, };
export type SenderAbroadForm = { 
/**
 * Name.
 */
name: string, 
/**
 * Phone.
 */
phone: string, 
/**
 * Street and house.
 */
street: string, 
/**
 * City.
 */
city: string, 
/**
 * State or province; may be empty.
 */
state: string, 
/**
 * Postal code.
 */
postcode: string, };
export type SenderProfileForm = { 
/**
 * What the desk calls it; unique.
 */
profile: string, 
/**
 * The name on the label.
 */
name: string, 
/**
 * Phone.
 */
phone: string, 
/**
 * In full.
 */
province: string, 
/**
 * In full.
 */
city: string, 
/**
 * In full; empty where a city has none.
 */
district: string, 
/**
 * Street and house.
 */
detail: string, 
/**
 * Postal code; may be empty.
 */
postcode: string, 
/**
 * Sends for these shops; empty: whatever the shop.
 */
shops: Array<string>, 
/**
 * Sends what goes by these carrier accounts; empty: by any.
 */
carriers: Array<string>, 
/**
 * In English; all empty: nobody wrote it.
 */
abroad: SenderAbroadForm, };
export type SenderSetup = { 
/**
 * What the settings say.
 */
form: SenderProfileForm, 
/**
 * Orders without a number that somebody chose it for.
 */
waiting: number, };
export type SenderSetups = { 
/**
 * In the order of the settings: the first that fits sends.
 */
profiles: Array<SenderSetup>, 
/**
 * Who sends what no profile does: the name of `[sender]`.
 */
house: string, 
/**
 * Shops that orders came from.
 */
shops: Array<string>, 
/**
 * Carrier accounts of the settings.
 */
accounts: Array<string>, 
/**
 * Whether the last change of the settings can be taken back.
 */
canUndo: boolean, };
export type SenderChange = { "kind": "add", 
/**
 * What it is.
 */
form: SenderProfileForm, } | { "kind": "set", 
/**
 * Its name until now.
 */
profile: string, 
/**
 * What it is.
 */
form: SenderProfileForm, } | { "kind": "remove", 
/**
 * Which.
 */
profile: string, } | { "kind": "first", 
/**
 * Which.
 */
profile: string, } | { "kind": "undo" };
export type PrintedSheet = { 
/**
 * Which.
 */
printer: string, 
/**
 * Labels it took.
 */
pages: number, };
export type State = "held" | "ready" | "requested" | "refused" | "waybilled" | "printed" | "voiding";
export type Stage = "announced" | "collected" | "in_transit" | "customs" | "out_for_delivery" | "awaits_receiver" | "problem" | "returning" | "delivered" | "returned" | "cancelled" | "other";
export type Row = { 
/**
 * The shipment.
 */
id: number, 
/**
 * The shop's order number.
 */
orderNo: string, 
/**
 * The shop.
 */
shop: string, 
/**
 * When it was paid, ms UTC.
 */
paidAtMs: number | null, 
/**
 * Receiver's name, masked.
 */
name: string, 
/**
 * Receiver's phone, masked for the screen (138****0921).
 */
phone: string, 
/**
 * Province, city, district and the beginning of the street.
 */
place: string, 
/**
 * Province alone.
 */
province: string, 
/**
 * "蓝牙耳机 Pro ×1 · 杯刷 ×2".
 */
goods: string, 
/**
 * Pieces in all.
 */
pieces: number, 
/**
 * Grams.
 */
weightG: number | null, 
/**
 * In how many parcels it goes.
 */
parcels: number, 
/**
 * The buyer's remark.
 */
note: string, 
/**
 * What people at the desk noted; never on a label.
 */
memo: string, 
/**
 * The flag people put on it.
 */
flag: Flag | null, 
/**
 * How many orders it answers for.
 */
orders: number, 
/**
 * Its number in its order, from 1.
 */
nth: number, 
/**
 * Into how many shipments its order was divided.
 */
shipments: number, 
/**
 * Where it stands.
 */
state: State, 
/**
 * Carrier account routed or asked.
 */
account: string, 
/**
 * Its carrier's short code, e.g. "YTO".
 */
carrierCode: string, 
/**
 * The sender profile under whose name it goes; empty: the house itself.
 */
sender: string, 
/**
 * It comes back from its receiver.
 */
back: boolean, 
/**
 * Once issued.
 */
waybillNo: string | null, 
/**
 * Copies printed so far (1 = the first label).
 */
copies: number, 
/**
 * How far the parcel is, once its carrier said so.
 */
stage: Stage | null, 
/**
 * Since when, ms UTC.
 */
stageAtMs: number | null, 
/**
 * Why it waits for a person.
 */
trouble: Trouble | null, 
/**
 * What is wrong with the order, if it is held by the check.
 */
faults: Array<Fault>, };
export type ListPage = { 
/**
 * Rows that fit the query, all pages.
 */
total: number, 
/**
 * This page.
 */
rows: Array<Row>, };
export type Facets = { 
/**
 * All shops seen.
 */
shops: Array<string>, 
/**
 * All provinces seen.
 */
provinces: Array<string>, 
/**
 * All carrier accounts of the settings.
 */
accounts: Array<string>, 
/**
 * All sender profiles of the settings.
 */
senders: Array<string>, 
/**
 * Who sends what no profile does: the name of `[sender]`.
 */
house: string, 
/**
 * Whether an account sends messages to receivers.
 */
messages: boolean, };
export type Verb = "ship" | "edit" | "reprint" | "void" | "confirm_label" | "look_again" | "enter_waybill" | "settle_void" | "acknowledge" | "pick_up" | "bring_back" | "return";
export type ItemView = { 
/**
 * Title in the shop.
 */
title: string, 
/**
 * Pieces.
 */
quantity: number, };
export type CustomsLine = { 
/**
 * In English.
 */
english: string, 
/**
 * Code of the Harmonized System.
 */
hsCode: string, 
/**
 * Where it was made, ISO 3166 alpha-2; empty is China.
 */
origin: string, 
/**
 * Value of one piece in the currency's hundredth.
 */
valueMinor: number | null, 
/**
 * ISO 4217; empty is "CNY".
 */
currency: string, 
/**
 * Grams of one piece.
 */
weightG: number | null, };
export type OrderEdit = { 
/**
 * Receiver.
 */
name: string, 
/**
 * Receiver's phone.
 */
phone: string, 
/**
 * In full.
 */
province: string, 
/**
 * In full.
 */
city: string, 
/**
 * In full; empty where a city has none.
 */
district: string, 
/**
 * Street and house.
 */
detail: string, 
/**
 * Grams.
 */
weightG: number | null, 
/**
 * Remark.
 */
note: string, 
/**
 * Who pays the carrier; `None` is the account's usual way.
 */
pay: PayBy | null, 
/**
 * To be collected for the goods, fen.
 */
codFen: number | null, 
/**
 * What the goods are insured for, fen.
 */
insuredFen: number | null, 
/**
 * In how many parcels it goes: 1 to 300.
 */
parcels: number, 
/**
 * Cubic centimetres.
 */
volumeCm3: number | null, 
/**
 * Whether a signed slip comes back.
 */
slip: boolean, 
/**
 * ISO 3166 alpha-2, or what was typed for one; empty is China.
 */
country: string, 
/**
 * Postal code.
 */
postcode: string, 
/**
 * Receiver's e-mail.
 */
email: string, 
/**
 * What customs ask, a line for each of `items`; an edit without lines leaves them.
 */
customs: Array<CustomsLine>, };
export type PastedView = { 
/**
 * Who, where and the remark, as far as they were found; the rest as for an empty order.
 */
edit: OrderEdit, 
/**
 * Whether the place is known down to its district.
 */
certain: boolean, 
/**
 * Words that found no place.
 */
left: string, };
export type GoodsLine = { 
/**
 * What it is.
 */
title: string, 
/**
 * Pieces, at least 1.
 */
quantity: number, };
export type OrderDraft = { 
/**
 * Shop; empty is the sender's own name.
 */
shop: string, 
/**
 * The shop's number; empty has one made.
 */
number: string, 
/**
 * Who receives, and what the carrier is asked for.
 */
edit: OrderEdit, 
/**
 * What is in it.
 */
goods: Array<GoodsLine>, 
/**
 * The sender profile; `None`: the rules'.
 */
sender: string | null, };
export type KnownReceiver = { 
/**
 * Their name.
 */
name: string, 
/**
 * The phone as lists show it: "138****0921".
 */
shownPhone: string, 
/**
 * Their phone.
 */
phone: string, 
/**
 * In full.
 */
province: string, 
/**
 * In full.
 */
city: string, 
/**
 * In full; empty where a city has none.
 */
district: string, 
/**
 * Street and house.
 */
detail: string, };
export type KnownBefore = { 
/**
 * Newest first.
 */
receivers: Array<KnownReceiver>, 
/**
 * Titles of goods, newest first.
 */
goods: Array<string>, 
/**
 * Shops, by name.
 */
shops: Array<string>, };
export type SenderForm = { 
/**
 * A shop or a person.
 */
name: string, 
/**
 * Phone.
 */
phone: string, 
/**
 * In full.
 */
province: string, 
/**
 * In full.
 */
city: string, 
/**
 * In full; empty where a city has none.
 */
district: string, 
/**
 * Street and house.
 */
detail: string, };
export type Begun = { 
/**
 * What is wrong with the sender; nothing was written then.
 */
faults: Array<Fault>, 
/**
 * The sender with the place in full.
 */
sender: SenderForm, 
/**
 * How things stand now, if settings were written.
 */
boot: Boot | null, };
export type JobState = "spooled" | "sending" | "sent" | "confirmed" | "unknown" | "dropped";
export type JobView = { 
/**
 * The job.
 */
id: number, 
/**
 * The printer's name in the settings.
 */
printer: string, 
/**
 * Where it stands.
 */
state: JobState, 
/**
 * Which of the shipment's labels: 1 bears the waybill's own number.
 */
part: number, 
/**
 * The number on it.
 */
no: string, 
/**
 * 1 for the first label, 2 and more for reprints.
 */
copy: number, 
/**
 * Why it was printed again; empty for the first.
 */
reason: string, 
/**
 * Asked for at, ms UTC.
 */
spooledAtMs: number, 
/**
 * Came out at, ms UTC, as far as is known.
 */
doneAtMs: number | null, 
/**
 * The last thing that went wrong; the system's or printer's words.
 */
error: string, };
export type NumberView = { 
/**
 * Which label: 2 and more.
 */
part: number, 
/**
 * The number.
 */
no: string, 
/**
 * Whether it is the signed slip's way back, not a parcel.
 */
slip: boolean, };
export type TariffStep = { 
/**
 * Up to and with so many grams.
 */
uptoG: number, 
/**
 * Fen.
 */
fen: number, };
export type TariffRow = { 
/**
 * Each as people call it, or what was typed for several: "江浙沪"; empty: the rest.
 */
provinces: Array<string>, 
/**
 * Fixed prices, lightest first.
 */
steps: Array<TariffStep>, 
/**
 * 首重, grams.
 */
firstG: number | null, 
/**
 * What it costs, fen.
 */
firstFen: number | null, 
/**
 * 续重, grams.
 */
nextG: number | null, 
/**
 * What each that is begun costs, fen.
 */
nextFen: number | null, 
/**
 * cm³ that weigh a kilogram.
 */
volumeDivisor: number | null, };
export type TariffSetup = { 
/**
 * The account.
 */
account: string, 
/**
 * Our code of its carrier.
 */
code: string, 
/**
 * In the order of the settings; empty: nobody wrote one.
 */
rows: Array<TariffRow>, };
export type TariffChange = { 
/**
 * The account.
 */
account: string, 
/**
 * All of it; empty: none.
 */
rows: Array<TariffRow>, };
export type TariffWhy = "province" | "money" | "weight" | "missing" | "columns" | "too_long";
export type TariffFault = { 
/**
 * Which, from 1.
 */
line: number, 
/**
 * What is wrong.
 */
why: TariffWhy, 
/**
 * The cell at fault, or what would be right.
 */
what: string, };
export type TariffPaste = { 
/**
 * Provinces of one price stand together.
 */
rows: Array<TariffRow>, 
/**
 * Lines that are in none of them.
 */
faults: Array<TariffFault>, 
/**
 * Headings of columns that were not read.
 */
unread: Array<string>, };
export type HistoryView = { 
/**
 * ms UTC.
 */
atMs: number, 
/**
 * Word of what happened: `history.<event>` in the language files.
 */
event: string, 
/**
 * Literal addition: a number, a reason, the carrier's words.
 */
note: string, };
export type Letters = { 
/**
 * Pictures (emoji) printed as words or plain signs.
 */
picturesWorded: number, 
/**
 * Pictures left out.
 */
picturesDropped: number, 
/**
 * Letters in fonts of this machine, with the font's name after each group:
 * "कख Noto Sans Devanagari". Another machine may draw them otherwise, or not at all.
 */
systemFonts: string, };
export type TrackEventView = { 
/**
 * ms UTC.
 */
atMs: number, 
/**
 * Our word; `other` says nothing.
 */
stage: Stage, 
/**
 * The carrier's own code, as it came; may be empty.
 */
word: string, 
/**
 * The carrier's sentence, as it came.
 */
text: string, 
/**
 * Where, as the carrier names it; may be empty.
 */
place: string, };
export type TrackView = { 
/**
 * How far it is; `None`: no trace yet.
 */
stage: Stage | null, 
/**
 * When it was asked after last, ms UTC.
 */
askedAtMs: number | null, 
/**
 * When it will be, ms UTC; `None`: not any more.
 */
nextAtMs: number | null, 
/**
 * Why the carrier says nothing, in its words; else empty.
 */
said: string, 
/**
 * Newest first.
 */
events: Array<TrackEventView>, 
/**
 * Whether where on the map it was is known, or its account says it.
 */
maps: boolean, 
/**
 * When it is expected to arrive, if that was said.
 */
eta: EtaView | null, 
/**
 * Whether its account says when it arrives.
 */
estimates: boolean, };
export type ToldView = { 
/**
 * ms UTC.
 */
atMs: number, 
/**
 * The file's name.
 */
file: string, };
export type Detail = { 
/**
 * The masked line.
 */
row: Row, 
/**
 * What a person may edit.
 */
edit: OrderEdit, 
/**
 * The numbers of further orders that go with it.
 */
further: Array<string>, 
/**
 * What was sold.
 */
items: Array<ItemView>, 
/**
 * The other shipments of its order: parts, returns, what was sent again.
 */
others: Array<OtherShipment>, 
/**
 * Under whose name it goes.
 */
sender: OrderSender, 
/**
 * The key the carrier knows it by.
 */
orderKey: string | null, 
/**
 * Three-part code.
 */
sortCode: string, 
/**
 * The numbers of its further parcels and of the slip that comes back, in their order.
 */
numbers: Array<NumberView>, 
/**
 * Labels asked for so far, newest first.
 */
jobs: Array<JobView>, 
/**
 * What happened, newest first.
 */
history: Array<HistoryView>, 
/**
 * When the shop was told its number.
 */
told: ToldView | null, 
/**
 * What the carrier said of the parcel, if it is asked after.
 */
track: TrackView | null, 
/**
 * What its carrier charged, as far as it was asked.
 */
charge: ChargeView | null, 
/**
 * Whether its carrier can be asked what it charged.
 */
charges: boolean, 
/**
 * Couriers who were sent for, newest first.
 */
pickups: Array<PickupView>, 
/**
 * Messages to its receiver, newest first.
 */
messages: Array<SmsView>, 
/**
 * What the label makes of the order's letters.
 */
letters: Letters, 
/**
 * Which rule chose the account (its number in the settings, from 1).
 */
rule: number | null, 
/**
 * The printer its next label comes out of.
 */
printer: string, 
/**
 * What it costs by the settings' price list, fen, as estimated; `None`: they do not say.
 */
freightFen: number | null, 
/**
 * Verbs that fit now.
 */
can: Array<Verb>, };
export type ShipRequest = { 
/**
 * Shipments, in the order their labels shall come out.
 */
ids: number[], 
/**
 * Another carrier account than the routing's.
 */
account: string | null, 
/**
 * Another printer than each label's own.
 */
printer: string | null, 
/**
 * False: numbers only.
 */
print: boolean, };
export type BatchView = { 
/**
 * Number of the batch.
 */
id: number, 
/**
 * Shipments in it.
 */
total: number, 
/**
 * Have a number.
 */
numbered: number, 
/**
 * Printed (or numbered, when only numbers were asked for).
 */
done: number, 
/**
 * Held, refused, unknown.
 */
attention: number, 
/**
 * Taken out by stop before they were asked for.
 */
stopped: number, 
/**
 * Whether it waits for a person to go on.
 */
paused: boolean, 
/**
 * Labels a minute over the last minute; 0 when nothing moved.
 */
perMinute: number, 
/**
 * Estimated time to finish, ms; absent when nothing moves.
 */
leftMs: number | null, };
export type ScanMode = "ship" | "reprint" | "verify" | "weigh" | "hand_over";
export type CountSaid = "begun" | "counted" | "over" | "wrong" | "under" | "done" | "already" | "passed" | "taken_back";
export type CountLine = { 
/**
 * Its place in the order, from 0.
 */
line: number, 
/**
 * Title in the shop.
 */
title: string, 
/**
 * The shop's own code; may be empty.
 */
sku: string, 
/**
 * The maker's code; may be empty.
 */
barcode: string, 
/**
 * Pieces ordered.
 */
wanted: number, 
/**
 * Pieces in the box.
 */
counted: number, 
/**
 * Whether nothing stands on them that could be scanned.
 */
byHand: boolean, 
/**
 * Whether there is a picture of them.
 */
picture: boolean, };
export type VerifyView = { 
/**
 * The order.
 */
row: Row, 
/**
 * Its goods.
 */
lines: Array<CountLine>, 
/**
 * What the last act came to.
 */
said: CountSaid, 
/**
 * The line it was about.
 */
line: number | null, 
/**
 * What was scanned; empty for other acts.
 */
code: string, 
/**
 * What the goods are that were scanned and are not in this order, where that is known.
 */
other: string, 
/**
 * Whether all is in, or a person let it pass.
 */
done: boolean, 
/**
 * Whether the label waits for that.
 */
blocks: boolean, };
export type WeighSaid = "kept" | "outside" | "no_scale" | "away" | "stale" | "moving" | "negative" | "zero" | "over" | "not_emptied";
export type WeighView = { 
/**
 * Its shipment, with the number that is on its label.
 */
row: Row, 
/**
 * What the scan came to.
 */
said: WeighSaid, 
/**
 * Grams: what was kept, what is asked about, or what it weighed before.
 */
weightG: number | null, 
/**
 * Grams it should weigh.
 */
expectedG: number | null, 
/**
 * The least it may weigh, grams.
 */
lowG: number | null, 
/**
 * The most it may weigh, grams.
 */
highG: number | null, };
export type ScaleState = "ready" | "empty" | "moving" | "negative" | "over" | "silent" | "away";
export type ScaleView = { 
/**
 * How it stands.
 */
state: ScaleState, 
/**
 * Grams.
 */
weightG: number | null, 
/**
 * When it said so, ms UTC.
 */
atMs: number | null, 
/**
 * The system's words while it cannot be reached.
 */
error: string, 
/**
 * A practice scale: what lies on it is typed.
 */
onScreen: boolean, };
export type HandSaid = "taken" | "twice" | "closed" | "wrong_carrier" | "returned";
export type ManifestLine = { 
/**
 * The number on its label.
 */
no: string, 
/**
 * The shop's order number.
 */
orderNo: string, 
/**
 * When it was scanned, or its label came out, ms UTC.
 */
atMs: number, 
/**
 * Grams, weighed or expected.
 */
weightG: number | null, 
/**
 * Whether its number was taken back since.
 */
voided: boolean, };
export type ManifestView = { 
/**
 * Its row; none before its first parcel.
 */
id: number | null, 
/**
 * As it is written: "JJ20261122-7".
 */
no: string, 
/**
 * Whose driver takes it; empty while nobody chose.
 */
account: string, 
/**
 * When its first parcel was scanned, ms UTC.
 */
openedAtMs: number | null, 
/**
 * When it was closed, ms UTC.
 */
closedAtMs: number | null, 
/**
 * Parcels on it.
 */
parcels: number, 
/**
 * Their weight, grams, as far as it is known.
 */
weightG: number, 
/**
 * The last scanned first, at most 300.
 */
lines: Array<ManifestLine>, 
/**
 * Printed and not scanned, the oldest first, at most 300; none of a closed one.
 */
missing: Array<ManifestLine>, 
/**
 * How many these are in all.
 */
missingCount: number, };
export type ManifestList = { 
/**
 * Newest first, at most 60.
 */
manifests: Array<ManifestView>, };
export type HandView = { 
/**
 * Its shipment, with the number that is on its label.
 */
row: Row, 
/**
 * What the scan came to.
 */
said: HandSaid, 
/**
 * The manifest at hand after it.
 */
manifest: ManifestView, 
/**
 * The manifest it was on before; empty if it was on none.
 */
on: string, 
/**
 * When that one was closed, ms UTC.
 */
closedAtMs: number | null, };
export type CodePart = { 
/**
 * Application identifier: "01".
 */
id: string, 
/**
 * Its value.
 */
value: string, };
export type CodeView = { 
/**
 * The text without what was put around it.
 */
text: string, 
/**
 * The scanner's word for the kind of code: "]C1"; empty if it does not say it.
 */
symbology: string, 
/**
 * What a GS1 code holds.
 */
parts: Array<CodePart>, };
export type ScanEnding = "key" | "silence";
export type ScannerView = { 
/**
 * Keys of a scanner are on average no further apart, ms.
 */
gapMs: number, 
/**
 * How it ends a code.
 */
ending: ScanEnding, };
export type ScannerState = "opening" | "ready" | "missing" | "denied" | "not_scanner" | "typed" | "unsupported" | "away";
export type ScannerStatus = { 
/**
 * Where the settings say it is.
 */
address: string, 
/**
 * How it stands.
 */
state: ScannerState, 
/**
 * The system's words while it cannot be read.
 */
error: string, };
export type BenchView = { 
/**
 * What scans are for on this PC.
 */
mode: ScanMode, 
/**
 * The order whose goods are being counted.
 */
verifying: VerifyView | null, 
/**
 * Whether a label prints by itself once all is counted.
 */
printAfter: boolean, 
/**
 * The scale, if there is one.
 */
scale: ScaleView | null, 
/**
 * How keys of a scanner are told from a person's.
 */
scanner: ScannerView, };
export type ScanCommand = "next" | "reprint" | "pause" | "resume" | "stop" | "to_ship" | "to_reprint" | "to_verify" | "to_weigh" | "to_hand_over";
export type CommandView = { 
/**
 * Which.
 */
command: ScanCommand, 
/**
 * Whether there was something to do it with.
 */
done: boolean, 
/**
 * The shipment it was done with, if it was one.
 */
row: Row | null, };
export type ScanView = { "kind": "shipping", "value": Row } | { "kind": "printed", "value": Row } | { "kind": "confirmed", "value": Row } | { "kind": "in_work", "value": Row } | { "kind": "attention", "value": Row } | { "kind": "waiting", "value": Row } | { "kind": "verifying", "value": VerifyView } | { "kind": "weighed", "value": WeighView } | { "kind": "handed", "value": HandView } | { "kind": "command", "value": CommandView } | { "kind": "unknown", "value": Trouble };
export type CarrierState = "idle" | "up" | "away" | "silent" | "limited";
export type TrackingStatus = { 
/**
 * On their way.
 */
parcels: number, 
/**
 * Calls a day that they take.
 */
plannedCalls: number, 
/**
 * Calls a day that are allowed, if that is limited.
 */
allowedCalls: number | null, 
/**
 * Why nobody is asked for now.
 */
trouble: Trouble | null, };
export type CarrierStatus = { 
/**
 * Name in the settings.
 */
name: string, 
/**
 * Short code, e.g. "YTO".
 */
code: string, 
/**
 * `idle` (not asked yet), `up`, `away` (nothing gets through), `silent` (no readable answers),
 * `limited` (no more calls today).
 */
state: CarrierState, 
/**
 * How long the last answer took.
 */
lastMs: number | null, 
/**
 * Calls under way.
 */
inFlight: number, 
/**
 * Prepaid numbers left, if ever asked.
 */
balance: number | null, 
/**
 * Fewer are left than the settings warn of.
 */
low: boolean, 
/**
 * None is left: no number is asked for until there are again. It goes on by itself.
 */
empty: boolean, 
/**
 * The system's words when it is not up.
 */
error: string, 
/**
 * When it goes on, ms UTC, if today's calls are used up.
 */
goesOnAtMs: number | null, 
/**
 * How its parcels are asked after, if they are.
 */
tracking: TrackingStatus | null, };
export type PrinterState = "idle" | "ready" | "printing" | "paper_out" | "ribbon_out" | "head_open" | "paused" | "fault" | "silent" | "away";
export type PrinterStatus = { 
/**
 * Name in the settings.
 */
name: string, 
/**
 * Where it is.
 */
address: string, 
/**
 * What it last said of itself.
 */
state: PrinterState, 
/**
 * Labels that wait for it.
 */
waiting: number, 
/**
 * Labels in doubt.
 */
unknown: number, 
/**
 * The system's words when it is not ready.
 */
error: string, };
export type OutboxStatus = { 
/**
 * Not done.
 */
waiting: number, 
/**
 * Of these, failed at least once.
 */
failing: number, 
/**
 * Outcome unknown, being looked up.
 */
unknown: number, };
export type Column = "number" | "shop" | "paid_at" | "name" | "phone" | "phone2" | "province" | "city" | "district" | "detail" | "goods" | "quantity" | "weight_g" | "weight_kg" | "note" | "pay_by" | "cod" | "insured" | "parcels" | "volume_cm3" | "volume_m3" | "slip" | "country" | "postcode" | "email" | "english" | "hs_code" | "origin" | "piece_value" | "currency" | "piece_g" | "sku" | "barcode" | "sender";
export type RowFault = "number_missing" | "number_too_long" | "quantity_unreadable" | "weight_unreadable" | "time_unreadable" | "cell_count" | "encoding" | "other_receiver" | "field_too_long" | "money_unreadable" | "pay_unreadable" | "other_services" | "parcels_unreadable" | "volume_unreadable" | "slip_unreadable";
export type RefusedRow = { 
/**
 * Line in the file as an editor counts, from 1.
 */
line: number, 
/**
 * The heading of the column at fault; empty if it is the row.
 */
column: string, 
/**
 * Why.
 */
why: RowFault, 
/**
 * The value as it stands, at most 80 characters; empty for personal columns.
 */
value: string, };
export type ImportPreview = { 
/**
 * Names the staged file in the next call.
 */
token: string, 
/**
 * File name.
 */
file: string, 
/**
 * `utf-8`, `gb18030`, `xlsx`.
 */
encoding: string, 
/**
 * `,` `;` tab, or empty for XLSX.
 */
delimiter: string, 
/**
 * The heading row.
 */
headings: Array<string>, 
/**
 * For each heading, which field it fills; guessed, or remembered for these headings.
 */
mapping: Array<Column | null>, 
/**
 * Whether the mapping was corrected by a person before.
 */
remembered: boolean, 
/**
 * The first rows as they stand.
 */
sample: Array<Array<string>>, 
/**
 * Fields that must be mapped and are not.
 */
missing: Array<Column>, };
export type ImportProgress = { 
/**
 * Whether orders are being stored; before that, lines of the file are read. Each is half of
 * the work.
 */
storing: boolean, 
/**
 * Lines read, or orders stored, so far.
 */
done: number, 
/**
 * Of how many, once known.
 */
total: number, };
export type ImportReport = { 
/**
 * File name.
 */
file: string, 
/**
 * Finished at, ms UTC.
 */
atMs: number, 
/**
 * Data rows in the file.
 */
rows: number, 
/**
 * New orders.
 */
added: number, 
/**
 * Of these, held by the check.
 */
held: number, 
/**
 * Orders that were here already.
 */
known: number, 
/**
 * Whether it was stopped before the end.
 */
stopped: boolean, 
/**
 * Rows that could not be taken, at most 1,000 listed.
 */
refused: Array<RefusedRow>, 
/**
 * All rows that could not be taken.
 */
refusedCount: number, 
/**
 * How long it took.
 */
tookMs: number, };
export type Way = "queue" | "lp" | "usb" | "serial" | "component" | "network";
export type FoundPrinter = { 
/**
 * What to write into the settings.
 */
address: string, 
/**
 * How it was found.
 */
way: Way, 
/**
 * What it calls itself; may be empty.
 */
model: string, 
/**
 * Languages it claims to read, in the settings' words; a claim is not an answer.
 */
languages: Array<string>, 
/**
 * The system's words on it: a queue's state, a device's id; may be empty.
 */
words: string, };
export type FailedWay = { 
/**
 * Which.
 */
way: Way, 
/**
 * The system's words.
 */
why: string, };
export type FoundPrinters = { 
/**
 * By way, in the order of [`Way`].
 */
printers: Array<FoundPrinter>, 
/**
 * Ways that could not be looked at.
 */
failed: Array<FailedWay>, };
export type Proof = "silent" | "state" | "paper";
export type HeardView = { 
/**
 * As the makers' manuals write it.
 */
question: string, 
/**
 * What came, printable: other bytes as `<1b>`; empty is silence.
 */
answer: string, };
export type ProbeView = { 
/**
 * Where it was asked.
 */
address: string, 
/**
 * What it calls itself; may be empty.
 */
model: string, 
/**
 * Languages it answered in, best first; then those it claims.
 */
languages: Array<string>, 
/**
 * Dots of its head per metre, if it told.
 */
headDotsPerM: number | null, 
/**
 * What it proved.
 */
proof: Proof, 
/**
 * What it said, in the order of the questions.
 */
heard: Array<HeardView>, };
export type Status = { 
/**
 * By list.
 */
counts: Counts, 
/**
 * Carrier accounts.
 */
carriers: Array<CarrierStatus>, 
/**
 * Printers.
 */
printers: Array<PrinterStatus>, 
/**
 * The scanner that is read directly, if there is one.
 */
scanner: ScannerStatus | null, 
/**
 * What we owe the outside world.
 */
outbox: OutboxStatus, 
/**
 * The newest batch that is not finished.
 */
batch: BatchView | null, 
/**
 * Labels printed since local midnight.
 */
printedToday: number, 
/**
 * The last finished import.
 */
lastImport: ImportReport | null, 
/**
 * Why the last file for a shop could not be written; `None`: it could.
 */
tellFailed: Trouble | null, 
/**
 * Practice mode.
 */
practice: boolean, };
export type PrinterForm = { 
/**
 * Unique.
 */
name: string, 
/**
 * `tcp://HOST:PORT`, `queue:NAME`, …
 */
address: string, 
/**
 * `zpl`, `tspl`, `cpcl`, `epl` or `escpos`.
 */
language: string, 
/**
 * `8`, `11.8` or `12`.
 */
dotsPerMm: string, 
/**
 * `76x130`, mm.
 */
paper: string, 
/**
 * `none`, `status` or `scan`.
 */
confirm: string, 
/**
 * In the language's own scale; `None` leaves what the printer is set to.
 */
darkness: number | null, 
/**
 * The same.
 */
speed: number | null, 
/**
 * Moves the picture right, dots.
 */
offsetX: number, 
/**
 * Moves it down, dots.
 */
offsetY: number, 
/**
 * Turned by 180°.
 */
upsideDown: boolean, 
/**
 * `gap`, `mark` or `continuous`; `None` leaves what the printer is set to.
 */
media: string | null, 
/**
 * Takes only labels of these carrier accounts; empty takes all that no other printer names.
 */
carriers: Array<string>, 
/**
 * Takes only labels of these shops; likewise.
 */
shops: Array<string>, };
export type Probed = { 
/**
 * When it was asked, ms UTC.
 */
atMs: number, 
/**
 * What it called itself; may be empty.
 */
model: string, 
/**
 * Languages it answered in, best first; then those it claims.
 */
languages: Array<string>, 
/**
 * Dots of its head per metre, if it told.
 */
headDotsPerM: number | null, 
/**
 * What it proved.
 */
proof: Proof, };
export type PrinterSetup = { 
/**
 * What the settings say.
 */
form: PrinterForm, 
/**
 * How it is.
 */
status: PrinterStatus, 
/**
 * What it proved when it was asked; `None` if it never was.
 */
probed: Probed | null, 
/**
 * The darkest there is in its language.
 */
darknessMax: number, 
/**
 * The fastest there is.
 */
speedMax: number, 
/**
 * How far its picture may be moved, dots.
 */
offsetMax: number, 
/**
 * Whether it can be told to measure its paper.
 */
calibrates: boolean, };
export type PrinterSetups = { 
/**
 * In the order of the settings.
 */
printers: Array<PrinterSetup>, 
/**
 * Whether the last change can be taken back.
 */
canUndo: boolean, 
/**
 * The code on the test label.
 */
testCode: string, };
export type Diverted = { 
/**
 * Where they waited.
 */
from: string, 
/**
 * Where they come out now.
 */
to: string, 
/**
 * Labels that wait there now.
 */
labels: number, 
/**
 * Labels that come out there once the carrier has given their numbers.
 */
toCome: number, 
/**
 * Labels that do not fit its paper and stay.
 */
stay: number, };
export type PrinterChange = { "kind": "add", 
/**
 * What it is.
 */
form: PrinterForm, } | { "kind": "set", 
/**
 * Its name until now.
 */
name: string, 
/**
 * What it is.
 */
form: PrinterForm, } | { "kind": "remove", 
/**
 * Which.
 */
name: string, } | { "kind": "first", 
/**
 * Which.
 */
name: string, } | { "kind": "undo" };
export type FormElement = { 
/**
 * Unique in the form.
 */
name: string, 
/**
 * `text`, `picture` or `code`.
 */
kind: string, 
/**
 * Left edge.
 */
xUm: number, 
/**
 * Upper edge.
 */
yUm: number, 
/**
 * From left to right.
 */
widthUm: number, 
/**
 * From top to bottom.
 */
heightUm: number, 
/**
 * What a text or a code says, with `{field}`s; else empty.
 */
text: string, 
/**
 * Type at its best.
 */
sizeUm: number, 
/**
 * Type at its smallest.
 */
sizeMinUm: number, 
/**
 * Heavy type.
 */
bold: boolean, 
/**
 * `left`, `centre` or `right`.
 */
side: string, 
/**
 * Whether too long a text may end in "…".
 */
mayEnd: boolean, 
/**
 * `code128`, `qr`, `data_matrix` or `pdf417`; of a code.
 */
code: string, 
/**
 * File name of a picture.
 */
picture: string, };
export type FormDoc = { 
/**
 * Its file's name without folder and ending.
 */
name: string, 
/**
 * `76x130`, `100x113`, `100x150` or `100x180`.
 */
paper: string, 
/**
 * What it adds to the waybill.
 */
elements: Array<FormElement>, };
export type FormFault = { 
/**
 * Which element, from 0; `None`: the form.
 */
element: number | null, 
/**
 * The key of the file at fault.
 */
key: string, 
/**
 * Names the sentence, as in `config.<why>`.
 */
why: string, 
/**
 * The value at fault, or what would be right.
 */
what: string, };
export type FormCard = { 
/**
 * Its file's name.
 */
name: string, 
/**
 * Its paper; empty if the file cannot be read.
 */
paper: string, 
/**
 * Whether labels are printed with it.
 */
used: boolean, 
/**
 * The shops that use it; empty: all that have none of their own.
 */
shops: Array<string>, 
/**
 * What is wrong with it.
 */
faults: Array<FormFault>, };
export type FormHead = { 
/**
 * Whose paper.
 */
paper: string, 
/**
 * Its pitch.
 */
dotsPerM: number, };
export type FormList = { 
/**
 * By name.
 */
forms: Array<FormCard>, 
/**
 * Shops there are orders of.
 */
shops: Array<string>, 
/**
 * What a text may name in braces.
 */
fields: Array<string>, 
/**
 * The paper of the default printer.
 */
paper: string, 
/**
 * Heads by which forms are looked at, dots per metre, by paper.
 */
heads: Array<FormHead>, };
export type DotRect = { 
/**
 * Left edge.
 */
x: number, 
/**
 * Upper edge.
 */
y: number, 
/**
 * Dots across.
 */
width: number, 
/**
 * Dots down.
 */
height: number, };
export type FormLook = { 
/**
 * The label, dots across.
 */
width: number, 
/**
 * Dots down.
 */
height: number, 
/**
 * Where things may be.
 */
free: DotRect, 
/**
 * What is wrong.
 */
faults: Array<FormFault>, };
export type FormSave = { 
/**
 * What it is from now on.
 */
doc: FormDoc, 
/**
 * Its name until now; `None`: it is new.
 */
was: string | null, 
/**
 * Whether labels are printed with it.
 */
used: boolean, 
/**
 * By which shops; empty: by all that have none of their own.
 */
shops: Array<string>, };
export type FormOpened = { "kind": "form", 
/**
 * Under a name that is free.
 */
doc: FormDoc, } | { "kind": "picture", 
/**
 * Under this name.
 */
file: string, };
export type BootMode = "welcome" | "open" | "trouble";
export type Boot = { 
/**
 * `welcome`: no settings yet; `open`: the station runs; `trouble`: it cannot.
 */
mode: BootMode, 
/**
 * Where everything is kept.
 */
home: string, 
/**
 * Whether it is practice.
 */
practice: boolean, 
/**
 * Version of the program.
 */
version: string, 
/**
 * Why it cannot run; while it runs, what of it does not.
 */
trouble: Trouble | null, };
export type ApplicationState = "asked" | "unsent" | "accepted" | "refused" | "unknown" | "granted" | "taken" | "dropped";
export type ApplyForm = { 
/**
 * Whose carrier is asked.
 */
account: string, 
/**
 * The outlet's code.
 */
stationCode: string, 
/**
 * The outlet's name.
 */
stationName: string, 
/**
 * May be empty.
 */
company: string, 
/**
 * How the carrier knows the applicant already; may be empty.
 */
applyId: string, 
/**
 * Whom the outlet rings up.
 */
name: string, 
/**
 * Mobile or landline.
 */
phone: string, 
/**
 * Province.
 */
province: string, 
/**
 * City.
 */
city: string, 
/**
 * District.
 */
district: string, 
/**
 * Street, house, room.
 */
detail: string, 
/**
 * A former one that is open at this outlet is put aside.
 */
again: boolean, };
export type TakenKey = { 
/**
 * Its name in the settings.
 */
key: string, 
/**
 * What it says now; empty: nothing, or a secret.
 */
was: string, 
/**
 * What it would say; empty: a secret.
 */
now: string, 
/**
 * A secret: neither is shown.
 */
secret: boolean, 
/**
 * Something that stands there goes.
 */
replaces: boolean, };
export type ApplicationView = { 
/**
 * Row.
 */
id: number, 
/**
 * The account.
 */
account: string, 
/**
 * How far it is.
 */
state: ApplicationState, 
/**
 * Nobody here asked for it: the number came all the same.
 */
stray: boolean, 
/**
 * The outlet's code.
 */
stationCode: string, 
/**
 * The outlet's name.
 */
stationName: string, 
/**
 * The carrier's key; may be empty.
 */
applyCode: string, 
/**
 * The carrier's words, or why nothing is known; may be empty.
 */
said: string, 
/**
 * The number that came; may be empty.
 */
customerName: string, 
/**
 * Whether a password came, too.
 */
hasPwd: boolean, 
/**
 * What taking it would change; empty unless it can be taken.
 */
changes: Array<TakenKey>, 
/**
 * When it was asked for, ms UTC.
 */
askedAtMs: number, 
/**
 * When it came so far, ms UTC.
 */
changedAtMs: number, };
export type ApplyAsked = { 
/**
 * What must be mended first; nothing was sent then.
 */
faults: Array<Fault>, 
/**
 * The application, if there is one.
 */
application: ApplicationView | null, };
export type AccountForm = { 
/**
 * Unique; stays for ever, because orders and numbers remember it.
 */
name: string, 
/**
 * `kdniao`, `sf`, …
 */
kind: string, 
/**
 * By the settings' keys, as text. On the way out without secrets; on the way in a secret that
 * is not here stays, and one that is empty goes.
 */
values: { [key in string]: string }, };
export type FieldKind = "text" | "secret" | "choice" | "number" | "flag";
export type AccountField = { 
/**
 * Its name in the settings.
 */
key: string, 
/**
 * How it is typed.
 */
kind: FieldKind, 
/**
 * Words of a choice.
 */
choices: Array<string>, 
/**
 * Smallest number.
 */
least: number, 
/**
 * Largest number.
 */
most: number, 
/**
 * Whether there is no account without it.
 */
needed: boolean, 
/**
 * How a value looks; what is meant when nothing is chosen.
 */
example: string, 
/**
 * Whether most people leave it alone.
 */
further: boolean, 
/**
 * Whether every kind has it: its words are then those of all.
 */
any: boolean, };
export type AccountKind = { 
/**
 * `kdniao`, `sf`, …
 */
kind: string, 
/**
 * In the order they are asked.
 */
fields: Array<AccountField>, };
export type SecretPlace = "keyring" | "file" | "env" | "settings";
export type Ability = "create" | "void" | "label" | "track" | "rate" | "pick_up" | "reach" | "recognise" | "balance" | "estimate" | "charge";
export type Repeat = "same" | "refuses" | "another";
export type RefusalCount = { 
/**
 * As it came.
 */
code: string, 
/**
 * The carrier's words of the last time.
 */
said: string, 
/**
 * How often.
 */
n: number, 
/**
 * The last time, ms UTC.
 */
lastAtMs: number, 
/**
 * Whether it stands in a table of ours; what does not is shown as it came, and counted.
 */
listed: boolean, };
export type RecordingView = { 
/**
 * When it ends, ms UTC.
 */
untilMs: number, 
/**
 * Its file.
 */
path: string, };
export type AccountSetup = { 
/**
 * What the settings say, without secrets.
 */
form: AccountForm, 
/**
 * Where each of its secrets is kept, by the settings' keys.
 */
secrets: { [key in string]: SecretPlace }, 
/**
 * How it is.
 */
status: CarrierStatus, 
/**
 * The carrier's name as printed.
 */
carrier: string, 
/**
 * Whether nothing of it is real.
 */
sandbox: boolean, 
/**
 * Whether it gets no more orders.
 */
off: boolean, 
/**
 * Whether a customer number can be applied for at its carrier's outlets.
 */
applies: boolean, 
/**
 * The rules that use it (their numbers in the settings, from 1).
 */
rules: Array<number>, 
/**
 * Settings that its carrier wants and that are not there.
 */
lacks: Array<string>, 
/**
 * What it can do, in the order of [`Ability::ALL`].
 */
abilities: Array<Ability>, 
/**
 * What it does with a key it has seen.
 */
repeat: Repeat, 
/**
 * Calls a second, at most.
 */
callsPerS: number, 
/**
 * Calls under way at once, at most, as things stand.
 */
inFlightMax: number, 
/**
 * Shipments whose number is still owed by it.
 */
owed: number, 
/**
 * The codes it refused with, the most frequent first.
 */
refusals: Array<RefusalCount>, 
/**
 * What is being recorded of it, if a person asked for that.
 */
recording: RecordingView | null, };
export type AccountSetups = { 
/**
 * In the order of the settings.
 */
accounts: Array<AccountSetup>, 
/**
 * Whether carriers can tell anything by themselves here.
 */
hearsPushes: boolean, 
/**
 * Applications for customer numbers, the newest first.
 */
applications: Array<ApplicationView>, 
/**
 * What may be added here.
 */
kinds: Array<AccountKind>, 
/**
 * Whether the last change of the settings can be taken back.
 */
canUndo: boolean, };
export type AccountChange = { "kind": "add", 
/**
 * What it is.
 */
form: AccountForm, } | { "kind": "set", 
/**
 * What it is; its name says which.
 */
form: AccountForm, } | { "kind": "remove", 
/**
 * Which.
 */
name: string, } | { "kind": "off", 
/**
 * Which.
 */
name: string, 
/**
 * No more.
 */
off: boolean, } | { "kind": "route", 
/**
 * Which.
 */
name: string, } | { "kind": "take", 
/**
 * Which application.
 */
id: number, } | { "kind": "undo" };
export type Verdict = "works" | "signature" | "account" | "proof" | "right" | "address" | "clock" | "often" | "refused" | "name" | "unreachable" | "untrusted" | "expired" | "not_yet" | "wrong_host" | "tls" | "silent";
export type AccountTrial = { 
/**
 * What was found.
 */
verdict: Verdict, 
/**
 * Prepaid numbers left, where it keeps some.
 */
left: number | null, 
/**
 * The carrier's code; may be empty.
 */
code: string, 
/**
 * The carrier's or the system's words; may be empty.
 */
said: string, 
/**
 * How long it took.
 */
elapsedMs: number, 
/**
 * What this computer's clock says, ms UTC.
 */
nowMs: number, };
export type AccountWay = { 
/**
 * The carrier's name as printed.
 */
carrier: string, 
/**
 * The account, and how it is.
 */
status: CarrierStatus, 
/**
 * Settings that the account itself lacks.
 */
lacks: Array<string>, 
/**
 * What the order lacks for it; it can go this way if both are empty.
 */
faults: Array<Fault>, };
export type Rate = { 
/**
 * The account that was asked.
 */
account: string, 
/**
 * Whose price, by its code there.
 */
carrier: string, 
/**
 * Its product; may be empty.
 */
product: string, 
/**
 * The whole price in the currency's hundredth.
 */
totalMinor: number, 
/**
 * ISO 4217.
 */
currency: string, 
/**
 * Days on the way, if said.
 */
days: number | null, };
export type Price = { 
/**
 * The whole price in the currency's hundredth.
 */
totalMinor: number, 
/**
 * ISO 4217.
 */
currency: string, 
/**
 * The product it is for; may be empty.
 */
product: string, };
export type Offer = { 
/**
 * The account, and what the order lacks for it.
 */
way: AccountWay, 
/**
 * Whether the order goes by it if nobody says otherwise.
 */
usual: boolean, 
/**
 * Of what it would order itself.
 */
price: Price | null, 
/**
 * By the settings' price list of the account, fen, as estimated.
 */
tariffFen: number | null, 
/**
 * Days on the way, if said.
 */
days: number | null, 
/**
 * When it would arrive, in its words; may be empty.
 */
when: string, 
/**
 * Whether it goes there, if it says so.
 */
reaches: boolean | null, 
/**
 * Its words about that; may be empty.
 */
said: string, 
/**
 * The question that brought no answer.
 */
failed: Trouble | null, };
export type Offers = { 
/**
 * For how many grams; a kilogram if the order was not weighed.
 */
weightG: number, 
/**
 * Those by which it can go first, cheapest first.
 */
offers: Array<Offer>, 
/**
 * Prices of carriers that none of the accounts orders from.
 */
others: Array<Rate>, };
export type SplitView = { 
/**
 * Who.
 */
name: string, 
/**
 * Phone.
 */
phone: string, 
/**
 * In full.
 */
province: string, 
/**
 * In full.
 */
city: string, 
/**
 * In full; may be empty.
 */
district: string, 
/**
 * Street and house.
 */
detail: string, };
export type SettingKind = "text" | "number" | "flag" | "choice";
export type Setting = { 
/**
 * Its path in the file.
 */
key: string, 
/**
 * Under which heading it stands.
 */
group: string, 
/**
 * What it takes.
 */
kind: SettingKind, 
/**
 * What the file says; `None`: nothing.
 */
value: string | null, 
/**
 * What is meant where the file says nothing; empty: nothing is.
 */
usual: string, 
/**
 * Smallest number.
 */
least: number, 
/**
 * Largest number.
 */
most: number, 
/**
 * The words it may be.
 */
choices: Array<string>, 
/**
 * It must be there.
 */
needed: boolean, };
export type SettingsView = { 
/**
 * In the order they are shown.
 */
settings: Array<Setting>, 
/**
 * Where the file is.
 */
path: string, };
export type SettingsChange = { "kind": "set", 
/**
 * By key.
 */
values: { [key in string]: string | null }, } | { "kind": "import", 
/**
 * A file of settings.
 */
text: string, };
export type SettingDiff = { 
/**
 * Its path; blocks by their name: `printer[热敏 1 号].speed`.
 */
key: string, 
/**
 * What is now; `None`: nothing.
 */
from: string | null, 
/**
 * What it would be; `None`: nothing.
 */
to: string | null, };
export type SettingsLook = { 
/**
 * The file, for the change itself.
 */
text: string, 
/**
 * What would be otherwise; empty: nothing.
 */
changes: Array<SettingDiff>, 
/**
 * What is wrong with it, one a line as in a trouble; empty: it may be taken.
 */
faults: string, 
/**
 * Keys whose secrets this computer does not have.
 */
secrets: Array<string>, };
export type Theme = "light" | "dark" | "system";
export type WindowPlace = { 
/**
 * From the left.
 */
x: number, 
/**
 * From the top.
 */
y: number, 
/**
 * Inner width.
 */
width: number, 
/**
 * Inner height.
 */
height: number, 
/**
 * It filled the screen.
 */
maximized: boolean, };
export type DeskPrefs = { 
/**
 * Light, dark, or the system's.
 */
theme: Theme, 
/**
 * Size of all words, percent: 100–150.
 */
scalePercent: number, 
/**
 * Nothing moves by itself, whatever the system says.
 */
still: boolean, 
/**
 * `zh` or `en`; empty: nobody chose.
 */
lang: string, 
/**
 * How loud, percent; 0: silent.
 */
volumePercent: number, 
/**
 * What is heard is also said in words.
 */
voice: boolean, 
/**
 * Tells of what needs a person while another window is in front.
 */
notifies: boolean, 
/**
 * A sign among the system's own shows how much waits.
 */
tray: boolean, 
/**
 * Starts with the computer.
 */
opensAtLogin: boolean, 
/**
 * Where the window was; by the size of all screens, as `2560x1440`.
 */
places: { [key in string]: WindowPlace }, };
export type WrittenFile = { 
/**
 * Where it is.
 */
path: string, };
export type RoutePoint = { 
/**
 * Its name, as the carrier writes it; may be empty.
 */
place: string, 
/**
 * Latitude, millionths of a degree north.
 */
latUdeg: number, 
/**
 * Longitude, millionths of a degree east.
 */
lngUdeg: number, };
export type Route = { 
/**
 * The sender's city, if said.
 */
from: RoutePoint | null, 
/**
 * The receiver's city, if said.
 */
to: RoutePoint | null, 
/**
 * Where it was, oldest first.
 */
passed: Array<RoutePoint>, 
/**
 * Where it is expected to come by.
 */
ahead: Array<RoutePoint>, 
/**
 * A page with a map of it, if there is one.
 */
url: string, 
/**
 * When its carrier told it by itself, ms UTC; `None`: it was asked for.
 */
toldAtMs: number | null, };
export type TrayDeed = "open" | "pause" | "resume" | "quit";
export type TrayItem = { 
/**
 * What it does.
 */
deed: TrayDeed, 
/**
 * Its words, in the window's language.
 */
label: string, };
export type TrayFace = { 
/**
 * How much waits, in the window's language.
 */
tip: string, 
/**
 * What can be done.
 */
items: Array<TrayItem>, };
export type Right = "void" | "force" | "reprint" | "settings" | "personal";
export type OperatorView = { 
/**
 * Row.
 */
id: number, 
/**
 * As shown beside what they did.
 */
name: string, 
/**
 * What they may.
 */
rights: Array<Right>, 
/**
 * They can type a PIN.
 */
hasPin: boolean, 
/**
 * They can scan a badge.
 */
hasBadge: boolean, };
export type PeopleView = { 
/**
 * By name; empty: nobody is told apart, and everybody may everything.
 */
operators: Array<OperatorView>, 
/**
 * Who works at this bench now; `None` with operators: it is locked.
 */
current: string | null, 
/**
 * What may be done now.
 */
rights: Array<Right>, 
/**
 * Locks after so many minutes without a key; 0: never.
 */
lockAfterMin: number, };
export type OperatorForm = { 
/**
 * Unique.
 */
name: string, 
/**
 * What they may.
 */
rights: Array<Right>, 
/**
 * Four to twelve digits; empty: none; `None`: as before.
 */
pin: string | null, 
/**
 * What their badge's barcode says; empty: none; `None`: as before.
 */
badge: string | null, };
export type OperatorChange = { "kind": "add", 
/**
 * Who.
 */
form: OperatorForm, } | { "kind": "set", 
/**
 * Which.
 */
id: number, 
/**
 * Who.
 */
form: OperatorForm, } | { "kind": "remove", 
/**
 * Which.
 */
id: number, };
export type ActLine = { 
/**
 * ms UTC.
 */
atMs: number, 
/**
 * Who; empty: nobody had said.
 */
operator: string, 
/**
 * `history.<what>` of an order, else `act.<what>`.
 */
what: string, 
/**
 * The order it was done to.
 */
orderNo: string | null, 
/**
 * Literal addition.
 */
note: string, };
export type ActsQuery = { 
/**
 * Part of a name, an order number or a note; empty: all.
 */
search: string, 
/**
 * Words of what was done that are meant, too.
 */
whats: Array<string>, 
/**
 * Only before this moment, ms UTC; `None`: the newest.
 */
beforeMs: number | null, };
export type UpdateView = { 
/**
 * Its number.
 */
version: string, 
/**
 * Where to get it; empty: nobody said.
 */
url: string, 
/**
 * What is new, in a line.
 */
notes: string, };
export type BackupView = { 
/**
 * Where it is.
 */
path: string, 
/**
 * When it was made, ms UTC.
 */
atMs: number, 
/**
 * Its size.
 */
bytes: number, };
export type BackupsView = { 
/**
 * Newest first.
 */
backups: Array<BackupView>, 
/**
 * Where they lie.
 */
folder: string, 
/**
 * How many are kept; 0: none is made by itself.
 */
keep: number, 
/**
 * Why the last attempt failed; `None`: it did not.
 */
failed: string | null, };
export type Restored = { 
/**
 * The copy.
 */
file: string, 
/**
 * When it was made, as far as it can be told, ms UTC.
 */
atMs: number | null, 
/**
 * Where the database of before is; `None`: there was none.
 */
aside: string | null, 
/**
 * Orders it holds.
 */
orders: number, };
export type TellingState = "owed" | "written" | "back";
export type TellingView = { 
/**
 * Row.
 */
id: number, 
/**
 * The shop.
 */
shop: string, 
/**
 * When its numbers were chosen, ms UTC.
 */
atMs: number, 
/**
 * What became of it.
 */
state: TellingState, 
/**
 * The file, whole.
 */
path: string, 
/**
 * Its name alone.
 */
file: string, 
/**
 * Its rows; 0 while it is owed.
 */
n: number, 
/**
 * How often it was written.
 */
copies: number, 
/**
 * Nobody pressed a key for it.
 */
byItself: boolean, 
/**
 * Who sat at the bench; empty: nobody said.
 */
operator: string, };
export type ShopNumbers = { 
/**
 * The shop; empty: orders without one.
 */
shop: string, 
/**
 * Orders with a number it has not been told.
 */
n: number, 
/**
 * When the oldest of these numbers was issued, ms UTC.
 */
oldestAtMs: number | null, 
/**
 * Its last file.
 */
last: TellingView | null, };
export type StaleNumber = { 
/**
 * The order's shipment.
 */
id: number, 
/**
 * The shop.
 */
shop: string, 
/**
 * Its order number.
 */
orderNo: string, 
/**
 * The number it knows.
 */
no: string, 
/**
 * The one that goes there with the next file; empty: there is none.
 */
newNo: string, };
export type NumbersView = { 
/**
 * Practice numbers go to nobody.
 */
practice: boolean, 
/**
 * Where the files are written.
 */
folder: string, 
/**
 * Something writes them by itself.
 */
byItself: boolean, 
/**
 * Every shop that has something, the longest waiting first.
 */
shops: Array<ShopNumbers>, 
/**
 * Numbers that shops know although they were taken back, at most 200.
 */
stale: Array<StaleNumber>, 
/**
 * The newest files, at most 50.
 */
tellings: Array<TellingView>, 
/**
 * Why the last file could not be written; `None`: it could.
 */
failed: Trouble | null, };
