//! Which labels a printer takes.

use super::{
    super::{Form, Wanted, printer_for},
    GOOD, faults, parse,
};
use crate::config::ConfigWhy::{NotOneOf, RestWithoutPrinter, UnknownCarrier, WrongType};

/// Four printers: the rest, one shop's, one carrier's at one bench, slips.
fn four(bench: &str) -> String {
    let printer = |name: &str, keys: &str| {
        format!(
            "[[printer]]\nname = \"{name}\"\naddress = \"tcp://127.0.0.1:1\"\nlanguage = \"zpl\"\n\
             dots_per_mm = 8\n{keys}\n"
        )
    };
    let more = [
        printer("店", "shops = [\"抖店\"]"),
        printer("圆", "carriers = [\"圆通-快递鸟\"]\nbenches = [\"2 号台\"]"),
        printer("单", "forms = [\"packing\", \"picking\"]"),
    ];
    let text = GOOD.replace("[[routing]]", &format!("{}[[routing]]", more.concat()));
    text.replace("practice = false", &format!("practice = false\nbench = \"{bench}\""))
}

#[test]
fn a_label_goes_to_the_first_printer_that_names_it_and_else_to_the_rest() {
    let at = |bench: &str, form, carrier, shop| {
        let config = parse(&four(bench)).unwrap();
        let wanted = Wanted { form, carrier, shop, bench: &config.bench };
        printer_for(&config.printers, wanted).unwrap().name.clone()
    };
    let waybill = |bench, carrier, shop| at(bench, Form::Waybill, carrier, shop);
    assert_eq!(waybill("1 号台", "圆通-快递鸟", "淘宝"), "热敏 1 号", "another bench's");
    assert_eq!(waybill("2 号台", "圆通-快递鸟", "淘宝"), "圆");
    assert_eq!(waybill("2 号台", "圆通-快递鸟", "抖店"), "店", "the first of two that name it");
    assert_eq!(waybill("2 号台", "中通", "淘宝"), "热敏 1 号");
    assert_eq!(at("2 号台", Form::Packing, "", "抖店"), "店");
    assert_eq!(at("1 号台", Form::Picking, "", ""), "单");
    assert_eq!(at("1 号台", Form::Handover, "", ""), "热敏 1 号");
}

#[test]
fn every_waybill_has_a_printer_and_every_name_is_known() {
    let choosy = |key: &str| {
        let text = GOOD.replace("confirm = \"status\"", &format!("confirm = \"status\"\n{key}"));
        faults(&text).into_iter().map(|(_, key, why)| (key, why)).collect::<Vec<_>>()
    };
    let rest = || ("printer".to_owned(), RestWithoutPrinter);
    assert_eq!(choosy("shops = [\"抖店\"]"), [rest()]);
    assert_eq!(choosy("forms = [\"packing\"]"), [rest()]);
    assert_eq!(choosy("benches = [\"1\"]"), [rest()]);
    assert_eq!(choosy("forms = [\"waybill\"]"), []);
    let of = |key: &str, why| (format!("printer[1].{key}"), why);
    let unknown = choosy("carriers = [\"中通\"]");
    assert!(unknown.contains(&of("carriers", UnknownCarrier)), "{unknown:?}");
    assert_eq!(choosy("forms = [\"waybill\", \"letter\"]"), [of("forms", NotOneOf)]);
    assert_eq!(choosy("shops = \"抖店\""), [of("shops", WrongType)]);
    assert_eq!(choosy("benches = [3]"), [of("benches", WrongType)]);
}
