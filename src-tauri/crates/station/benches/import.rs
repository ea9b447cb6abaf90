//! Import of 100,000 rows: reading, splitting, gathering and checking, without storing.
//! `cargo bench -p packbench-station --bench import`.

use divan::Bencher;
use divan::counter::ItemsCount;
use station::{check, import, order::Needs, place};
use std::fmt::Write as _;
use std::sync::atomic::AtomicBool;

/// Rows of a file that is called large.
const ROWS: usize = 100_000;

#[rustfmt::skip]
const PLACES: [[&str; 3]; 12] = [
    ["浙江省", "杭州市", "余杭区"], ["浙江省", "金华市", "义乌市"], ["上海", "上海市", "浦东新区"],
    ["重庆", "重庆市", "彭水苗族土家族自治县"], ["广东省", "深圳市", "南山区"], ["广东省", "东莞市", "东莞市"],
    ["四川省", "阿坝藏族羌族自治州", "九寨沟县"], ["湖北省", "恩施土家族苗族自治州", "恩施市"],
    ["内蒙古自治区", "锡林郭勒盟", "锡林浩特市"], ["海南省", "儋州市", "儋州市"], ["新疆维吾尔自治区", "乌鲁木齐市", "天山区"],
    ["江苏省", "苏州市", "昆山市"],
];
const GOODS: [&str; 4] = ["蓝牙耳机 Pro", "保温杯 480ml 雾蓝", "机械键盘 87 键", "挂耳咖啡 30 包"];

fn main() {
    divan::main();
}

/// A file of invented orders; with `one_address` the place is one text with the street.
fn csv(one_address: bool) -> Vec<u8> {
    let head = if one_address { "收货地址" } else { "省,市,区,详细地址" };
    let mut text = format!("订单号,店铺,支付时间,收货人,手机,{head},商品,数量,重量(克),备注\n");
    for at in 0..ROWS {
        let [province, city, district] = PLACES[at % PLACES.len()];
        let comma = if one_address { "" } else { "," };
        writeln!(
            text,
            "S1-{},抖店,2026-11-{:02} {:02}:04:05,试收人,138{:08},{province}{comma}{city}{comma}\
             {district}{comma}文一西路 {} 号 {} 幢 {} 室,{},{},{},",
            100_000 + at,
            10 + at % 12,
            at % 24,
            at,
            1 + at % 1999,
            1 + at % 40,
            101 + at % 3000,
            GOODS[at % GOODS.len()],
            1 + at % 3,
            60 + at % 900,
        )
        .expect("a String takes everything");
    }
    text.into_bytes()
}

#[divan::bench(args = [false, true], sample_count = 5)]
fn read_and_check(bencher: Bencher, one_address: bool) {
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    std::fs::write(file.path(), csv(one_address)).expect("a written file");
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| {
        let mapping = import::preview(file.path(), "orders.csv").expect("a preview").mapping;
        let stop = AtomicBool::new(false);
        let parsed = import::read(file.path(), "orders.csv", &mapping, None, &|_, _| (), &stop)
            .expect("orders");
        let held = parsed.orders.iter().filter(|order| {
            let (items, note) = (&order.items, &order.note);
            let needs = Needs { weight: true };
            let faults =
                check::check(&order.receiver, items, order.weight_g, note, needs, &|_| Vec::new());
            !faults.is_empty()
        });
        assert_eq!((held.count(), parsed.orders.len(), parsed.refused_count), (0, ROWS, 0));
    });
}

#[divan::bench(sample_count = 3)]
fn read_xlsx(bencher: Bencher) {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let text = String::from_utf8(csv(false)).expect("our own text");
    for (row, line) in (0..).zip(text.lines()) {
        sheet.write_row(row, 0, line.split(',')).expect("a written row");
    }
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    std::fs::write(file.path(), book.save_to_buffer().expect("a book")).expect("a written file");
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| {
        let mapping = import::preview(file.path(), "orders.xlsx").expect("a preview").mapping;
        let stop = AtomicBool::new(false);
        let parsed = import::read(file.path(), "orders.xlsx", &mapping, None, &|_, _| (), &stop);
        assert_eq!(parsed.expect("orders").orders.len(), ROWS);
    });
}

#[divan::bench(sample_count = 5)]
fn split(bencher: Bencher) {
    let texts: Vec<String> = (0..ROWS)
        .map(|at| format!("{}文一西路 {at} 号 3 幢 1503 室", PLACES[at % PLACES.len()].concat()))
        .collect();
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| {
        assert!(texts.iter().all(|text| place::split(text).certain));
    });
}
