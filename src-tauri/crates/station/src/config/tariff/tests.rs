//! Price lists in the settings: what they mean, each fault with its place, and changes in place.

use super::super::{ConfigWhy::*, parse};
use super::*;

const HOUSE: &str = r#"[sender]
name = "拾光家居"
phone = "0571-88001234"
province = "浙江省"
city = "杭州市"
detail = "样例路 9 号"
[[carrier]]
name = "圆通"
kind = "kdniao"
shipper_code = "YTO"
business_id = "test1777000"
api_key = "env:KDN_KEY"
"#;
/// The line on which what is added to the house begins.
const FROM: u32 = 13;

const LIST: &str = r#"[[tariff]]
account = "圆通"
provinces = ["浙江", "江苏省"]
steps = [[300, 230], [500, 260]]
first_g = 1000
first_fen = 300
next_g = 1000
next_fen = 100
volume_divisor = 8000

# far away
[[tariff]]
account = "圆通"
provinces = ["新疆"]
steps = [[1000, 1500]] # nothing heavier

[[tariff]]
account = "圆通"
first_g = 1000
first_fen = 350
next_g = 500
next_fen = 80
"#;

fn with(list: &str) -> String {
    format!("{HOUSE}{list}")
}

#[test]
fn lists_mean_what_they_say() {
    let found = parse(&with(LIST)).unwrap().tariffs;
    let [near, far, rest] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(near.provinces, ["浙江省", "江苏省"]);
    let steps: Vec<_> = near.steps.iter().map(|it| (it.upto_g, it.fen)).collect();
    assert_eq!((steps, near.volume_divisor), (vec![(300, 230), (500, 260)], Some(8_000)));
    let beyond = Beyond { first_g: 1_000, first_fen: 300, next_g: 1_000, next_fen: 100 };
    assert_eq!(near.beyond, Some(beyond));
    assert_eq!((far.beyond, far.provinces.as_slice()), (None, &["新疆维吾尔自治区"][..]));
    assert_eq!((rest.provinces.len(), rest.steps.len()), (0, 0));
    let on_one_line = "tariff = [{ account = \"圆通\", steps = [[500, 260]] }]\n";
    assert_eq!(parse(&format!("{on_one_line}{HOUSE}")).unwrap().tariffs.len(), 1);
    assert!(parse(HOUSE).unwrap().tariffs.is_empty());
}

#[test]
fn every_fault_has_its_line_and_its_key() {
    let change = |from: &str, to: &str| {
        assert!(LIST.contains(from), "{from}");
        with(&LIST.replacen(from, to, 1))
    };
    for (text, line, key, why, what) in [
        (change("\"圆通\"", "\"圆桶\""), 1, "tariff[1].account", UnknownCarrier, "圆桶"),
        (
            change("\"浙江\"", "\"浙红\""),
            2,
            "tariff[1].provinces",
            UnknownProvince,
            "浙红 ≈ 浙江省",
        ),
        (change("\"浙江\"", "\"火星\""), 2, "tariff[1].provinces", UnknownProvince, "火星"),
        (change("\"新疆\"", "\"江苏\""), 13, "tariff[2].provinces", Duplicate, "江苏省"),
        (change("\"浙江\"", "\"江苏\""), 2, "tariff[1].provinces", Duplicate, "江苏省"),
        (change("[\"新疆\"]", "[]"), 16, "tariff[3].provinces", Duplicate, "provinces = []"),
        (change("[500, 260]", "[500]"), 3, "tariff[1].steps", WrongType, "[[500, 260], …]"),
        (change("[500, 260]", "[500, 2.6]"), 3, "tariff[1].steps", WrongType, "[[500, 260], …]"),
        (change("[500, 260]", "[300, 260]"), 3, "tariff[1].steps", OutOfRange, "301–10000000"),
        (change("[500, 260]", "[500, 220]"), 3, "tariff[1].steps", OutOfRange, "230–10000000"),
        (change("[300, 230]", "[0, 230]"), 3, "tariff[1].steps", OutOfRange, "1–10000000"),
        (change("[300, 230]", "[300, -1]"), 3, "tariff[1].steps", OutOfRange, "0–10000000"),
        (change("= 300\n", "= -300\n"), 5, "tariff[1].first_fen", OutOfRange, "0–10000000"),
        (change("next_g = 1000", "next_g = 0"), 6, "tariff[1].next_g", OutOfRange, "1–10000000"),
        (change("next_fen = 100\n", ""), 0, "tariff[1].next_fen", Missing, ""),
        (change("8000", "0"), 8, "tariff[1].volume_divisor", OutOfRange, "1000–50000"),
        (change("steps = [[1000, 1500]]", "upto = 3"), 14, "tariff[2].upto", UnknownKey, ""),
    ] {
        let found = parse(&text).unwrap_err();
        let fault = found.iter().find(|it| it.key == key).unwrap_or_else(|| panic!("{found:?}"));
        assert_eq!((fault.why, fault.what.as_str()), (why, what), "{key}");
        assert_eq!(fault.line, FROM + line, "{key} {why:?}");
    }
}

fn block(provinces: &[&str], steps: &[(i64, i64)], fen: Option<i64>) -> Vec<(&'static str, Put)> {
    let whole = |number: Option<i64>| number.map_or(Put::Nothing, Put::Whole);
    let names: Vec<String> = provinces.iter().map(|&name| name.to_owned()).collect();
    vec![
        ("account", Put::Text("圆通".into())),
        ("provinces", if names.is_empty() { Put::Nothing } else { Put::Texts(names) }),
        ("steps", if steps.is_empty() { Put::Nothing } else { Put::Pairs(steps.to_vec()) }),
        ("first_g", whole(fen.map(|_| 1_000))),
        ("first_fen", whole(fen)),
        ("next_g", whole(fen.map(|_| 1_000))),
        ("next_fen", whole(fen.map(|_| 100))),
        ("volume_divisor", Put::Nothing),
    ]
}

#[test]
fn a_list_changes_in_its_place_and_nothing_else() {
    let file = with(LIST);
    let far = || block(&["新疆"], &[(1_000, 1_500)], None);
    let near = || block(&["浙江", "江苏省"], &[(300, 230), (500, 260)], Some(300));
    let two = edit_tariffs(&file, "圆通", &[near(), far()]).unwrap();
    let third = LIST.rfind("\n[[tariff]]").unwrap();
    assert_eq!(two, with(&LIST[..third]).replace("volume_divisor = 8000\n", ""), "{two}");
    let three = edit_tariffs(&two, "圆通", &[near(), far(), block(&[], &[], Some(350))]).unwrap();
    let added = "\n[[tariff]]\naccount = \"圆通\"\nfirst_g = 1000\nfirst_fen = 350\nnext_g = 1000\n\
                 next_fen = 100\n";
    assert_eq!(three, format!("{two}{added}"));
    assert_eq!(edit_tariffs(&three, "圆通", &[]).unwrap(), with(""));
    assert_eq!(edit_tariffs(HOUSE, "圆通", &[]).unwrap(), HOUSE);
    assert_eq!(edit_tariffs(&file, "申通", &[]).unwrap(), file);
    let lines = "tariff = [{ account = \"圆通\", steps = [[500, 260]] }] # short\n";
    let short = edit_tariffs(lines, "圆通", &[far(), block(&[], &[(500, 260)], None)]).unwrap();
    assert!(short.contains("[[1000, 1500]]") && short.ends_with("] # short\n"), "{short}");
    assert_eq!(short.matches("account").count(), 2, "{short}");
}
