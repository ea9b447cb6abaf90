//! Files as shops export them. The fixtures are one day of 150 orders with traps in it, in several
//! styles and encodings; what must come of each trap was read off the file by a person.

use super::*;
use crate::check::check;
use crate::order::{Codes, Customs, FaultCode, Item, Needs, Person};
use crate::view::RowFault;
use std::cell::RefCell;
use std::path::PathBuf;

mod shapes;
mod workbook;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/import/fixtures").join(name)
}

fn read_all(path: &Path) -> Parsed {
    let sheet = preview(path, "f").expect("a readable file");
    read(path, "f", &sheet.mapping, None, &|_, _| (), &AtomicBool::new(false)).expect("orders")
}

fn order<'p>(parsed: &'p Parsed, number: &str) -> &'p NewOrder {
    parsed.orders.iter().find(|order| order.number == number).expect(number)
}

fn faults(order: &NewOrder) -> Vec<FaultCode> {
    let needs = Needs { weight: true };
    let NewOrder { receiver, items, weight_g, note, .. } = order;
    check(receiver, items, *weight_g, note, needs, &|_| Vec::new())
        .into_iter()
        .map(|fault| fault.code)
        .collect()
}

fn place(order: &NewOrder) -> [&str; 4] {
    let Person { address, .. } = &order.receiver;
    [&address.province, &address.city, &address.district, &address.detail]
}

#[test]
fn an_ordinary_row_is_read_cell_by_cell() {
    let parsed = read_all(&fixture("plain_traps.csv"));
    // Line 3: S158-100001,京东,2026-11-16 … the first row without a trap.
    let first = &parsed.orders[1];
    assert_eq!(first.number, "S158-100001");
    assert_eq!(faults(first), []);
    assert_eq!(parsed.rows, 151);
    assert_eq!(parsed.orders.len(), 149, "one row twice, one refused");
    assert!(!parsed.stopped);
    let order = order(&parsed, "S158-100035");
    assert_eq!(order.shop, "淘宝");
    assert_eq!(order.paid_at_ms, Some(1_795_018_074_000)); // 2026-11-18T16:07:54Z
    assert_eq!(order.receiver.name, "宋强伟");
    assert_eq!(order.receiver.phone, "0571-88001234-802");
    assert_eq!(place(order), ["江西省", "南昌市", "红谷滩区", "人民路 1200 号 9 幢 1408 室"]);
    assert_eq!(
        order.items,
        [Item {
            title: "手冲壶 600ml".into(),
            quantity: 3,
            customs: Customs::default(),
            codes: Codes::default()
        }]
    );
    assert_eq!(order.weight_g, Some(2760));
    assert_eq!(order.note, "trap: landline");
}

#[test]
fn every_trap_ends_as_its_remark_says() {
    use FaultCode::{DistrictMissing, DistrictUnknown, PhoneMissing, WeightMissing};
    let parsed = read_all(&fixture("plain_traps.csv"));
    let held: [(&str, FaultCode); 11] = [
        ("S158-100013", DistrictMissing),
        ("S158-100019", DistrictMissing),
        ("S158-100033", DistrictMissing),
        ("S158-100026", WeightMissing),
        ("S158-100029", WeightMissing),
        ("S158-100145", WeightMissing),
        ("S158-100103", PhoneMissing),
        // "浙江 杭州" with the district of another city.
        ("S158-100041", DistrictUnknown),
        ("S158-100084", DistrictUnknown),
        ("S158-100100", DistrictUnknown),
        ("S158-100124", DistrictUnknown),
    ];
    for order in &parsed.orders {
        let want = held.iter().find(|(number, _)| *number == order.number);
        let want: Vec<_> = want.map(|(_, code)| *code).into_iter().collect();
        assert_eq!(faults(order), want, "{} {:?}", order.number, place(order));
    }
    let one = |number| order(&parsed, number);
    assert_eq!(place(one("S158-100041"))[..2], ["浙江省", "杭州市"], "written in full");
    assert_eq!(one("S158-100051").receiver.name, "㛃𠮷龘");
    assert_eq!(place(one("S158-100051"))[3], "䶮鼎路 8 号");
    assert_eq!(place(one("S158-100000"))[3], "A&B 广场 3# 楼 <东> \"1+1\" 便利店 100% 旁\\后门");
    assert_eq!(one("S158-100000").items[0].title, "杯子'大'");
    assert_eq!(one("S158-100130").receiver.phone, "17000000001-1234");
    assert_eq!(one("S158-100057").receiver.name, "小仙女🎀", "no zero-width space in it");
    assert_eq!(one("S158-100057").note, "快点发货😭");
    assert_eq!(one("S158-100107").note, "=HYPERLINK(\"http://example.invalid\",\"x\")");
    assert_eq!(place(one("S158-100048"))[3].chars().count(), 93, "long, and whole");
    assert_eq!(one("S158-100075").items.len(), 1, "lines 77 and 78 are the same row");
    let refused = RefusedRow {
        line: 108,
        column: "qty".into(),
        why: RowFault::QuantityUnreadable,
        value: "两件".into(),
    };
    assert_eq!((parsed.refused, parsed.refused_count), (vec![refused], 1));
}

#[test]
fn the_same_orders_come_out_of_every_style_and_encoding() {
    let want = read_all(&fixture("plain_traps.csv"));
    for name in ["taobao_gb18030_traps.csv", "pdd_tab_traps.tsv", "woo_semicolon_traps.csv"] {
        let got = read_all(&fixture(name));
        assert_eq!(got.orders, want.orders, "{name}");
        assert_eq!((got.rows, got.refused_count), (151, 1), "{name}");
        assert_eq!(got.refused[0].line, 108, "{name}");
    }
}

#[test]
fn an_address_in_one_text_is_the_same_address() {
    let want = read_all(&fixture("plain_traps.csv"));
    for name in [
        "plain_one_address_traps.csv",
        "taobao_one_address_bom_traps.csv",
        "pdd_one_address_semicolon_gb18030_traps.csv",
        "woo_one_address_utf16_traps.txt",
    ] {
        let got = read_all(&fixture(name));
        assert_eq!(got.orders.len(), want.orders.len(), "{name}");
        for (got, want) in got.orders.iter().zip(&want.orders) {
            if faults(want).contains(&FaultCode::DistrictUnknown) {
                // 大理市 is not in 杭州市: as one text it cannot be told from a street.
                assert_eq!(faults(got), [FaultCode::DistrictMissing], "{name} {}", got.number);
                assert_eq!(place(got)[..3], ["浙江省", "杭州市", ""]);
            } else {
                assert_eq!(got, want, "{name}");
            }
        }
    }
}

#[test]
fn a_preview_says_what_the_file_is() {
    let cases = [
        ("plain_traps.csv", "utf-8", ","),
        ("taobao_gb18030_traps.csv", "gb18030", ","),
        ("taobao_one_address_bom_traps.csv", "utf-8", ","),
        ("pdd_tab_traps.tsv", "utf-8", "\t"),
        ("pdd_one_address_semicolon_gb18030_traps.csv", "gb18030", ";"),
        ("woo_one_address_utf16_traps.txt", "utf-16le", "\t"),
    ];
    for (name, encoding, delimiter) in cases {
        let sheet = preview(&fixture(name), name).unwrap();
        assert_eq!((sheet.encoding, sheet.delimiter), (encoding, delimiter), "{name}");
        assert_eq!(sheet.missing, [], "{name}");
        assert!(sheet.mapping.iter().all(Option::is_some), "{name}: {:?}", sheet.headings);
        assert_eq!(sheet.sample.len(), SAMPLE_ROWS);
        assert!(sheet.sample.iter().all(|row| row.len() == sheet.headings.len()), "{name}");
        assert_eq!(sheet.key, heading_key(&sheet.headings));
    }
    let sheet = preview(&fixture("taobao_gb18030_traps.csv"), "").unwrap();
    assert_eq!(sheet.headings[0], "订单编号");
    assert_eq!(sheet.sample[1][0], "S158-100001");
}

#[test]
fn progress_is_told_and_a_stop_leaves_nothing_half() {
    let mut text = String::from("订单号,收货人,手机,地址\n");
    for at in 0..5_000 {
        text += &format!("A{at},试收人,13800000001,浙江省杭州市余杭区文一西路 {at} 号\n");
    }
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), &text).unwrap();
    let mapping = preview(file.path(), "f").unwrap().mapping;
    let told = RefCell::new(Vec::new());
    let tell = |done, total| told.borrow_mut().push((done, total));
    let stop = AtomicBool::new(false);
    let parsed = read(file.path(), "f", &mapping, Some("抖店"), &tell, &stop).unwrap();
    assert_eq!(parsed.orders.len(), 5_000);
    assert_eq!(parsed.orders[0].shop, "抖店");
    let told = told.into_inner();
    assert!(told.len() >= 10 && told.is_sorted());
    assert_eq!(told.last(), Some(&(5_001, 5_001)));
    let tell = |_, _| stop.store(true, Ordering::Relaxed);
    let parsed = read(file.path(), "f", &mapping, None, &tell, &stop).unwrap();
    assert!(parsed.stopped && parsed.orders.is_empty() && parsed.rows < 1_000);
}
