//! The bench's lists as pictures, and what must be true of every one of them.

use crate::{
    golden::check,
    reading::{HEADS, scan},
};
use label::{
    font::Fonts,
    forms::{
        Undrawable, What,
        commands::{self, Command},
        lists::{self, Goods, HandoverSheet, PackingSlip, Parcel, PickingList, ReturnSlip},
        stamp,
    },
    page::{Item, Page},
    raster::paint,
    units::{Head, Paper},
};
use rxing::BarcodeFormat;

fn goods(kinds: u32) -> Vec<Goods> {
    let titles = [
        "保温杯 480ml 雾蓝",
        "杯刷 长柄",
        "𠮷祥文具 中性笔 0.5mm 黑色 12支装（办公用签字笔 学生考试专用 大容量速干）",
        "笔记本 A5 方格 ×2",
    ];
    (0..kinds)
        .map(|nth| Goods {
            sku: format!("SG-{:04}-{}", 1_207 + nth * 13, ["BL", "GY", "WH"][nth as usize % 3]),
            title: titles[nth as usize % titles.len()].to_owned(),
            quantity: 1 + nth * 7 % 24,
            orders: 1 + nth % 9,
        })
        .collect()
}

fn picking(kinds: u32) -> PickingList {
    PickingList { orders: 38, made_at: "2026-11-21 10:04".into(), goods: goods(kinds) }
}

fn packing(kinds: u32) -> PackingSlip {
    PackingSlip {
        shop: "拾光家居旗舰店".into(),
        order_no: "WC-20937".into(),
        waybill_no: "YT8812000033910".into(),
        parcels: 1,
        receiver_name: "欧阳建国".into(),
        receiver_phone: "15100007730".into(),
        note: "送货前请电话联系，放门口快递柜也可以".into(),
        made_at: "2026-11-21 10:04".into(),
        goods: goods(kinds),
    }
}

fn returning(kinds: u32) -> ReturnSlip {
    ReturnSlip {
        order_no: "WC-20937".into(),
        waybill_no: "YT8812000033910".into(),
        from_name: "欧阳建国".into(),
        from_phone: "15100007730".into(),
        to_name: "拾光家居".into(),
        to_phone: "0571-88001234".into(),
        to_address: "浙江省杭州市余杭区仓前街道文一西路 969 号 3 号仓".into(),
        reason: String::new(),
        made_at: "2026-11-21 10:04".into(),
        goods: goods(kinds),
    }
}

/// Some of the station's.
const COMMANDS: [Command<'static>; 5] = [
    Command { code: "*PB-NEXT*", word: "发下一单" },
    Command { code: "*PB-REPRINT*", word: "重打上一张" },
    Command { code: "*PB-PAUSE*", word: "暂停" },
    Command { code: "*PB-RESUME*", word: "继续" },
    Command { code: "*PB-STOP*", word: "停止" },
];

#[test]
fn every_command_is_read_on_every_paper() {
    for (head, paper) in HEADS.into_iter().flat_map(|head| PAPERS.map(|paper| (head, paper))) {
        let page = commands::draw(&COMMANDS, head, paper).unwrap();
        let bars: Vec<_> = page
            .items
            .iter()
            .filter_map(|item| if let Item::Bars(bars) = item { Some(bars.clone()) } else { None })
            .collect();
        let bitmap = paint(&page, Fonts::shipped());
        assert_eq!(bars.len(), COMMANDS.len());
        for (bars, command) in bars.iter().zip(COMMANDS) {
            let rows = bars.y as u32..(bars.y + bars.height) as u32;
            let read = scan(&bitmap, rows, BarcodeFormat::CODE_128);
            assert_eq!(read.as_deref(), Some(command.code), "{head:?} {paper:?}");
        }
    }
    let count = |all: &[Command<'_>]| {
        commands::sheets(all, Head::DPMM_8, Paper::WAYBILL).map(|pages| pages.len())
    };
    assert_eq!(count(&COMMANDS), Ok(1));
    assert_eq!(count(&[COMMANDS, COMMANDS].concat()), Ok(2), "no more sheets than it takes");
    let small = Paper { width_um: 60_000, height_um: 40_000 };
    assert!(commands::draw(&COMMANDS, Head::DPMM_8, small).is_err());
    let each = commands::sheets(&COMMANDS, Head::DPMM_8, small).unwrap();
    assert_eq!(each.len(), COMMANDS.len(), "one on each");
    let smaller = Paper { width_um: 60_000, height_um: 30_000 };
    assert!(commands::sheets(&COMMANDS, Head::DPMM_8, smaller).is_err());
}

#[test]
fn a_return_slip_masks_the_buyer_and_not_the_shop() {
    let pages = lists::returning(&returning(2), Head::DPMM_8, Paper::A5).unwrap();
    let all = texts(&pages).concat();
    assert!(all.contains("0571-88001234") && all.contains("文一西路"), "{all}");
    assert!(!all.contains("欧阳建国") && !all.contains("15100007730"), "{all}");
}

fn handover(parcels: u64) -> HandoverSheet {
    let parcel = |nth: u64| Parcel {
        waybill_no: format!("YT{}", 8_812_000_033_910_u64 + nth * 17),
        order_no: format!("WC-{}", 20_937 + nth),
        destination: ["成都市武侯区", "北京市朝阳区", "深圳市南山区"][nth as usize % 3].into(),
        weight_g: (nth % 5 != 4).then_some(350 + nth as u32 * 41),
        with_above: false,
    };
    HandoverSheet {
        carrier_name: "圆通速递".into(),
        sender_name: "拾光家居 · 1 号打包台".into(),
        made_at: "2026-11-21 17:30".into(),
        no: "JJ20261121-01".into(),
        parcels: (0..parcels).map(parcel).collect(),
    }
}

const PAPERS: [Paper; 4] = [Paper::WAYBILL, Paper::WAYBILL_TWO, Paper::A5, Paper::A4];

fn texts(pages: &[Page]) -> Vec<&str> {
    let mut texts = Vec::new();
    for item in pages.iter().flat_map(|page| &page.items) {
        if let Item::Text(line) = item {
            texts.push(line.text.as_str());
        }
    }
    texts
}

#[test]
fn lists_look_as_approved() {
    for (pitch, head) in [("8", Head::DPMM_8), ("12", Head::DPMM_12)] {
        let show = |name: &str, page: &Page| {
            check(&format!("{name}-{pitch}"), &paint(page, Fonts::shipped()));
        };
        let paper = Paper::WAYBILL_TWO;
        show("picking-100x150", &lists::picking(&picking(9), head, paper).unwrap()[0]);
        show("packing-100x150", &lists::packing(&packing(5), head, paper).unwrap()[0]);
        show("return-100x150", &lists::returning(&returning(3), head, paper).unwrap()[0]);
        show("commands-76x130", &commands::draw(&COMMANDS, head, Paper::WAYBILL).unwrap());
        let mut again =
            paint(&lists::packing(&packing(5), head, paper).unwrap()[0], Fonts::shipped());
        assert!(stamp::copy(&mut again, head, 2));
        check(&format!("stamped-100x150-{pitch}"), &again);
        show("handover-100x150", &lists::handover(&handover(14), head, paper).unwrap()[0]);
    }
    let show = |name: &str, page: &Page| check(name, &paint(page, Fonts::shipped()));
    let pages = lists::handover(&handover(60), Head::DPMM_8, Paper::A4).unwrap();
    show("handover-a4-last-8", pages.last().unwrap());
    show("picking-a5-8", &lists::picking(&picking(12), Head::DPMM_8, Paper::A5).unwrap()[0]);
}

#[test]
fn every_row_stands_on_exactly_one_page() {
    for (head, paper) in HEADS.into_iter().flat_map(|head| PAPERS.map(|paper| (head, paper))) {
        for count in [0, 1, 14, 15, 16, 17, 180] {
            let list = handover(count);
            let pages = lists::handover(&list, head, paper).unwrap();
            let all = texts(&pages);
            for Parcel { waybill_no, .. } in &list.parcels {
                let times = all.iter().filter(|text| *text == waybill_no).count();
                assert_eq!(times, 1, "{waybill_no} {head:?} {paper:?}");
            }
            for nth in 1..=pages.len() {
                assert!(all.contains(&&*format!("{nth} / {}", pages.len())));
            }
            assert_eq!(all.iter().filter(|text| **text == "收件员").count(), 1);
        }
    }
}

#[test]
fn nothing_is_drawn_outside_a_sheets_margins() {
    for (head, paper) in HEADS.into_iter().flat_map(|head| PAPERS.map(|paper| (head, paper))) {
        let long = PackingSlip {
            shop: "长".repeat(400),
            order_no: "TB-3308821990012345678-20261121-1234567890".into(),
            note: "谢谢\u{e123}".repeat(90),
            ..packing(30)
        };
        let mut pages = lists::packing(&long, head, paper).unwrap();
        pages.extend(lists::picking(&picking(70), head, paper).unwrap());
        for page in pages {
            let image = paint(&page, Fonts::shipped());
            let edge = head.dots(2_000) as u32;
            let outside =
                |x, y| x < edge || y < edge || x >= image.width - edge || y >= image.height - edge;
            for (x, y) in (0..image.height).flat_map(|y| (0..image.width).map(move |x| (x, y))) {
                assert!(!(outside(x, y) && image.is_black(x, y)), "{x} {y} {head:?} {paper:?}");
            }
        }
    }
}

#[test]
fn the_code_of_a_sheet_is_read() {
    for (head, paper) in HEADS.into_iter().flat_map(|head| PAPERS.map(|paper| (head, paper))) {
        let page = &lists::packing(&packing(3), head, paper).unwrap()[0];
        let mut bars = page.items.iter();
        let bars =
            bars.find_map(|item| if let Item::Bars(bars) = item { Some(bars) } else { None });
        let bars = bars.unwrap();
        let rows = bars.y as u32..(bars.y + bars.height) as u32;
        let image = paint(page, Fonts::shipped());
        let read = scan(&image, rows, BarcodeFormat::CODE_128);
        assert_eq!(read.as_deref(), Some("WC-20937"), "{head:?} {paper:?}");
    }
}

#[test]
fn a_packing_slip_shows_no_person_and_says_what_it_cut() {
    let slip = PackingSlip { note: "谢谢".repeat(200), ..packing(2) };
    let pages = lists::packing(&slip, Head::DPMM_8, Paper::WAYBILL_TWO).unwrap();
    let all = texts(&pages).concat();
    assert!(all.contains("欧阳** 1******7730") && !all.contains("建国"));
    assert_eq!(pages[0].shortened, ["facts"]);
    let unsuitable =
        lists::packing(&slip, Head::DPMM_8, Paper { width_um: 40_000, height_um: 30_000 });
    assert_eq!(unsuitable, Err(Undrawable { field: "paper", what: What::Paper }));
}

#[test]
fn a_total_adds_up_and_says_what_was_not_weighed() {
    let pages = lists::handover(&handover(6), Head::DPMM_8, Paper::A4).unwrap();
    // 350 g and 41 g more each, without the fifth.
    let total = 350 + 391 + 432 + 473 + 555;
    let want = format!("共 6 件，{}.{:03} kg（1 件未称重）", total / 1_000, total % 1_000);
    assert!(texts(&pages).contains(&&*want), "{want}");
}

#[test]
fn parcels_of_one_order_are_counted_each_and_weighed_once() {
    let further = |nth: usize| Parcel {
        weight_g: None,
        with_above: true,
        ..handover(6).parcels[nth].clone()
    };
    let mut sheet = handover(6);
    // Two more of the first order, and one more of the fifth, which nobody weighed.
    sheet.parcels.splice(5..5, [further(4)]);
    sheet.parcels.splice(1..1, [further(0), further(0)]);
    let pages = lists::handover(&sheet, Head::DPMM_8, Paper::A4).unwrap();
    let all = texts(&pages);
    let total = 350 + 391 + 432 + 473 + 555;
    let want = format!("共 9 件，{}.{:03} kg（2 件未称重）", total / 1_000, total % 1_000);
    assert!(all.contains(&&*want), "{all:?}");
    assert_eq!(all.iter().filter(|text| **text == "同上").count(), 3);

    let slip = |parcels| {
        let slip = PackingSlip { parcels, ..packing(2) };
        let pages = lists::packing(&slip, Head::DPMM_8, Paper::WAYBILL_TWO).unwrap();
        texts(&pages).iter().any(|text| text.contains("3 个"))
    };
    assert!(slip(3) && !slip(1));
}
