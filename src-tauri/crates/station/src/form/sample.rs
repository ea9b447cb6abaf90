//! An invented order, on which forms are looked at and checked, and the form a new one begins with.

use crate::{
    carrier::Waybill,
    config::{Element, ShopForm, What, form_text},
    order::{Address, Person, Services},
    shipment::waybill::{LabelFacts, ShopFacts},
};
use label::{
    forms::waybill::extras::{self, Code, Frame, Side},
    units::{Head, Paper},
};

/// 2026-11-21 02:04 UTC.
pub const MADE_AT_MS: i64 = 1_795_226_640_000;

/// What the carrier said.
pub fn waybill() -> Waybill {
    Waybill {
        no: "YT8812000033910".into(),
        sort_code: "302-A07-18".into(),
        bag_place: "成都转".into(),
        destination: "武侯".into(),
        qr: "YT8812000033910".into(),
        ..Waybill::default()
    }
}

fn person(name: &str, phone: &str, [province, city, district, detail]: [&str; 4]) -> Person {
    let [province, city, district, detail] = [province, city, district, detail].map(str::to_owned);
    let address = Address { province, city, district, detail, ..Address::default() };
    Person { name: name.into(), phone: phone.into(), address, ..Person::default() }
}

/// What else stands on the label. As long as orders usually are.
pub fn facts() -> LabelFacts {
    let from = ["浙江省", "杭州市", "余杭区", "仓前街道文一西路1500号"];
    let to = ["四川省", "成都市", "武侯区", "天府大道中段1388号美年广场A座902"];
    LabelFacts {
        carrier_name: "圆通速递".into(),
        order_no: "TB-3308821990012345678".into(),
        sender: person("拾光家居", "0571-88001234", from),
        sender_profile: String::new(),
        back: false,
        receiver: person("欧阳建国", "15100007730", to),
        goods: "保温杯 480ml ×2 · 杯刷 ×1".into(),
        note: "放门口快递柜".into(),
        services: Services::default(),
        parcels: 1,
        codes_of_its_own: false,
        freight_fen: None,
        shop: Some(ShopFacts {
            form: String::new(),
            name: "拾光家居".into(),
            pieces: 3,
            weight_g: Some(860),
            paid_at_ms: Some(MADE_AT_MS),
        }),
    }
}

/// What a new form begins with: the goods, the order number in words and as a small code, thanks.
pub fn form(paper: Paper) -> ShopForm {
    let head = Head::DPMM_8;
    let free =
        extras::free(head, paper).unwrap_or(label::page::Rect { x: 0, y: 0, width: 0, height: 0 });
    let um = |dots: i32| dots * 125;
    let (left, top, width, height) = (um(free.x), um(free.y), um(free.width), um(free.height));
    let (code, row) = (10_000, 4_500);
    let text = |text: &str, size_um, bold, may_end| What::Text {
        text: text.into(),
        size_um,
        size_min_um: 2_500,
        bold,
        side: Side::Left,
        may_end,
    };
    let order_no = "{order_no}".to_owned();
    let all = [
        ("商品", [left, top, width, height - code - 500], text("内件 {goods}", 3_250, false, true)),
        (
            "感谢",
            [left, top + height - code, width - code - 500, code - row],
            text("感谢惠顾，欢迎再来！", 3_250, true, false),
        ),
        (
            "订单号",
            [left, top + height - row, width - code - 500, row],
            text("{order_no}", 3_000, false, false),
        ),
        (
            "订单码",
            [left + width - code, top + height - code, code, code],
            What::Code { code: Code::DataMatrix, text: order_no },
        ),
    ];
    let elements = all.into_iter().map(|(name, frame, what)| {
        let [x_um, y_um, width_um, height_um] = frame;
        let frame = Frame { x_um, y_um, width_um, height_um };
        Element { name: name.into(), frame, what, line: 1 }
    });
    ShopForm { paper, elements: elements.collect() }
}

/// The same as a file.
pub fn text(paper: Paper) -> String {
    form_text(&form(paper))
}
