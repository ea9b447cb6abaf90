//! From a consignment to the text KDNiao gets. Pure: same account and consignment, same bytes.

use super::{
    Account, codes, text,
    text::Phone,
    wire::{AddService, Commodity, Create, Dutiable, Left, Party, Void},
};
use crate::{
    carrier::{Consignment, writing::json},
    order::{Address, Fault, FaultCode, Item, PayBy, Person, Services, country},
};

/// Lengths of the manual, in characters.
const NAME_CHARS_MAX: usize = 30;
const PLACE_CHARS_MAX: usize = 20;
const ADDRESS_CHARS_MAX: usize = 100;
const REMARK_CHARS_MAX: usize = 60;
const GOODS_CHARS_MAX: usize = 100;
const CUSTOM_AREA_CHARS_MAX: usize = 500;
const SHOP_NO_CHARS_MAX: usize = 50;
/// Kinds of goods told to the carrier. The manual names no limit; nobody at the carrier reads more.
const GOODS_MAX: usize = 20;
/// What goods are called when nothing sendable is left of their title.
const GOODS_NAMELESS: &str = "商品";
/// For carriers that want a post code while shops know none: sorting goes by the address.
const POST_CODE_UNKNOWN: &str = "000000";

/// Cities that have no districts: KDNiao wants the city's name in the district's place.
const WITHOUT_DISTRICTS: [&str; 4] = ["东莞市", "中山市", "儋州市", "嘉峪关市"];
const MUNICIPALITIES: [&str; 4] = ["北京", "上海", "天津", "重庆"];

/// `RequestData` of 1007, or every reason why there is none.
pub fn create(account: &Account, ask: &Consignment) -> Result<String, Vec<Fault>> {
    let shipper = codes::shipper(&account.shipper_code);
    let mut faults = Vec::new();
    let mut sender = party(&ask.sender, "sender.", &mut faults);
    let mut receiver = party(&ask.receiver, "", &mut faults);
    if shipper.post_code {
        sender.post_code = post_code(&ask.sender.address);
        receiver.post_code = post_code(&ask.receiver.address);
    }
    if shipper.weight && ask.weight_g.unwrap_or(0) == 0 {
        fault(&mut faults, FaultCode::WeightMissing, "weight".into(), "");
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let exp_type = match account.exp_type.as_str() {
        "" => shipper.exp_type,
        set => set,
    };
    let further = &account.further;
    let [start_date, end_date] = further.fetch.when(ask);
    let declared = declared(account, ask);
    let request = Create {
        order_code: &ask.order_key,
        shipper_code: &account.shipper_code,
        customer_name: &account.customer_name,
        customer_pwd: account.customer_pwd.expose(),
        send_site: &account.send_site,
        send_staff: &account.send_staff,
        month_code: account.month_code.expose(),
        warehouse_id: &account.warehouse_id,
        pay_type: pay_type(account, ask.services.pay),
        exp_type,
        delivery_method: further.delivery_method.or(shipper.delivery_method),
        sender,
        receiver,
        commodity: goods(&ask.items),
        add_service: add_services(account, ask.services),
        weight: ask.weight_g.filter(|weight_g| *weight_g > 0).map(kilograms),
        volume: ask.volume_cm3.filter(|volume_cm3| *volume_cm3 > 0).map(cubic_metres),
        quantity: ask.parcels.max(1),
        is_return_sign_bill: ask.services.slip.then_some(1),
        operate_require: match ask.services.slip {
            true => text::cut(&text::clean(&further.slip_request), REMARK_CHARS_MAX),
            false => String::new(),
        },
        // A number that is cut would be another's.
        thr_order_code: match further.shop_no && is_sendable(&ask.shop_no) {
            true => &ask.shop_no,
            false => "",
        },
        currency_code: declared.map_or("", |(currency, _)| currency),
        dutiable: declared.map(|(_, declared_value)| Dutiable { declared_value }),
        remark: text::cut(&text::clean(&ask.note), REMARK_CHARS_MAX),
        custom_area: text::cut(&text::clean(&further.custom_area), CUSTOM_AREA_CHARS_MAX),
        trans_type: further.trans_type,
        packing_type: further.packing_type,
        is_send_message: further.send_message.then_some(1),
        is_subscribe: further.unsubscribed.then_some("0"),
        is_notice: u8::from(!further.fetch.is_called(ask)),
        start_date,
        end_date,
        is_return_print_template: if account.carrier_draws { "1" } else { "0" },
        template_size: &account.template_size,
    };
    Ok(json(&request))
}

/// 1 the sender, 2 the receiver, 3 by the month, 4 somebody else: as the order says, else as the
/// account does, else as is usual with the carrier.
fn pay_type(account: &Account, asked: Option<PayBy>) -> u8 {
    if let Some(pay) = asked {
        return match pay {
            PayBy::Sender => 1,
            PayBy::Receiver => 2,
            PayBy::Monthly => 3,
        };
    }
    // SF knows no other use of the month card than paying with it.
    let by_month_card = account.shipper_code == "SF" && !account.month_code.is_empty();
    let usual = codes::shipper(&account.shipper_code).pay_type;
    account.pay_type.unwrap_or(if by_month_card { 3 } else { usual })
}

/// What the label says of them; the account's usual ways filled in.
pub fn services(account: &Account, asked: Services) -> Services {
    let pay = match pay_type(account, asked.pay) {
        1 => Some(PayBy::Sender),
        2 => Some(PayBy::Receiver),
        3 => Some(PayBy::Monthly),
        _ => None,
    };
    Services { pay, privacy: account.privacy, ..asked }
}

/// Money in yuan with two digits, as the manual's examples write it.
pub(super) fn yuan(fen: u32) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

fn add_services(account: &Account, asked: Services) -> Vec<AddService<'_>> {
    let mut services = Vec::new();
    if let Some(fen) = asked.cod_fen {
        let customer_id = account.cod_customer.as_str();
        services.push(AddService { name: "COD".into(), value: yuan(fen), customer_id });
    }
    if let Some(fen) = asked.insured_fen {
        services.push(AddService { name: "INSURE".into(), value: yuan(fen), customer_id: "" });
    }
    if account.privacy {
        // 3: names and phones of both sides.
        services.push(AddService {
            name: "SafeMail".into(),
            value: "3".to_owned(),
            customer_id: "",
        });
    }
    for (name, value) in &account.further.add_services {
        let (name, value) = (text::clean(name).into(), text::clean(value));
        services.push(AddService { name, value, customer_id: "" });
    }
    services
}

/// `RequestData` of 1147.
pub fn void(account: &Account, order_key: &str, waybill_no: &str) -> String {
    json(&Void {
        shipper_code: &account.shipper_code,
        order_code: order_key,
        exp_no: waybill_no,
        customer_name: &account.customer_name,
        customer_pwd: account.customer_pwd.expose(),
    })
}

/// `RequestData` of 1127.
pub fn balance(account: &Account) -> String {
    json(&Left {
        shipper_code: &account.shipper_code,
        customer_name: &account.customer_name,
        customer_pwd: account.customer_pwd.expose(),
    })
}

/// Grams to the manual's D(10,3) kilograms: the shortest text of the nearest double has at most
/// three decimals.
pub(super) fn kilograms(weight_g: u32) -> f64 {
    f64::from(weight_g) / 1000.0
}

/// Cubic centimetres to the manual's D(20,3) cubic metres, rounded up to a litre: a carrier takes
/// no volume of nothing.
pub(super) fn cubic_metres(volume_cm3: u32) -> f64 {
    f64::from(volume_cm3.div_ceil(1_000)) / 1000.0
}

pub(super) fn goods(items: &[Item]) -> Vec<Commodity> {
    let mut goods: Vec<Commodity> = items
        .iter()
        .take(GOODS_MAX)
        .map(|item| Commodity {
            name: match text::cut(&text::clean(&item.title), GOODS_CHARS_MAX) {
                nothing if nothing.is_empty() => GOODS_NAMELESS.to_owned(),
                name => name,
            },
            quantity: item.quantity.max(1),
        })
        .collect();
    if goods.is_empty() {
        goods.push(Commodity { name: GOODS_NAMELESS.to_owned(), quantity: 1 });
    }
    goods
}

pub(super) fn party(person: &Person, side: &str, faults: &mut Vec<Fault>) -> Party {
    let field = |name: &str| format!("{side}{name}");
    let name = needed(&person.name, FaultCode::NameMissing, field("name"), faults);
    too_long(&name, NAME_CHARS_MAX, field("name"), faults);
    let (mut mobile, mut tel) = (String::new(), String::new());
    match text::phone(&person.phone) {
        Some(Phone::Mobile(number)) => mobile = number,
        Some(Phone::Tel(number)) => tel = number,
        None if person.phone.trim().is_empty() => {
            fault(faults, FaultCode::PhoneMissing, field("phone"), "");
        }
        None => fault(faults, FaultCode::PhoneUnreadable, field("phone"), &person.phone),
    }
    let detail = &person.address.detail;
    let address = needed(detail, FaultCode::DetailMissing, field("detail"), faults);
    too_long(&address, ADDRESS_CHARS_MAX, field("detail"), faults);
    let [province_name, city_name, exp_area_name] = place(&person.address, side, faults);
    let post_code = String::new();
    Party { name, tel, mobile, post_code, province_name, city_name, exp_area_name, address }
}

fn post_code(address: &Address) -> String {
    let known = address.postcode.trim();
    let is_code = known.len() == 6 && known.bytes().all(|byte| byte.is_ascii_digit());
    (if is_code { known } else { POST_CODE_UNKNOWN }).to_owned()
}

/// Whether the shop's number goes as it is.
fn is_sendable(shop_no: &str) -> bool {
    !shop_no.is_empty()
        && shop_no.chars().count() <= SHOP_NO_CHARS_MAX
        && text::clean(shop_no) == shop_no
}

/// Currency and value that SF's customs between the parts of China want: of the goods, if all of
/// them have one in one currency, else what the parcel is insured for.
fn declared<'a>(account: &Account, ask: &'a Consignment) -> Option<(&'a str, f64)> {
    let is_beyond = country::of_province(&ask.receiver.address.province) != country::CHINA;
    if account.shipper_code != "SF" || !is_beyond {
        return None;
    }
    let currency = ask.items.first()?.customs.currency();
    let value = |item: &Item| {
        let value = item.customs.value_minor.filter(|_| item.customs.currency() == currency)?;
        Some(u64::from(value) * u64::from(item.quantity.max(1)))
    };
    let of_goods: Option<u64> = ask.items.iter().map(value).sum();
    let insured = || ask.services.insured_fen.map(|fen| ("CNY", u64::from(fen)));
    let (currency, minor) = of_goods.map(|minor| (currency, minor)).or_else(insured)?;
    Some((currency, minor as f64 / 100.0))
}

/// Province, city and district as KDNiao writes them: "上海" with "上海市", and a city without
/// districts twice.
pub(super) fn place(address: &Address, side: &str, faults: &mut Vec<Fault>) -> [String; 3] {
    let field = |name: &str| format!("{side}{name}");
    let full = needed(&address.province, FaultCode::ProvinceUnknown, field("province"), faults);
    let short = full.trim_end_matches('市');
    let is_municipality = MUNICIPALITIES.contains(&short);
    let mut city = text::clean(&address.city);
    let mut district = text::clean(&address.district);
    if is_municipality {
        // "市辖区" and "县" are how the statistics office fills the city's place.
        city = format!("{short}市");
    } else if city.starts_with("省直辖") || city.starts_with("自治区直辖") {
        city = district.clone();
    }
    if district.is_empty() && WITHOUT_DISTRICTS.contains(&city.as_str()) {
        district = city.clone();
    }
    let city = needed(&city, FaultCode::CityUnknown, field("city"), faults);
    let district = needed(&district, FaultCode::DistrictMissing, field("district"), faults);
    let province = if is_municipality { short.to_owned() } else { full };
    for (name, value) in [("province", &province), ("city", &city), ("district", &district)] {
        too_long(value, PLACE_CHARS_MAX, field(name), faults);
    }
    [province, city, district]
}

/// Cleaned text that must not be empty.
fn needed(value: &str, missing: FaultCode, field: String, faults: &mut Vec<Fault>) -> String {
    let value = text::clean(value);
    if value.is_empty() {
        fault(faults, missing, field, "");
    }
    value
}

/// Names and places are never cut: a parcel would go astray with them.
fn too_long(value: &str, chars_max: usize, field: String, faults: &mut Vec<Fault>) {
    if value.chars().count() > chars_max {
        fault(faults, FaultCode::TooLong, field, value);
    }
}

fn fault(faults: &mut Vec<Fault>, code: FaultCode, field: String, what: &str) {
    faults.push(Fault { code, field, what: what.to_owned() });
}
