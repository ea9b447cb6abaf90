//! Bars of every form and head under the simulated verifier of `scene::grade`.

use crate::{HEADS, sample};
use label::{
    barcode::{code39, code128, ean, itf},
    font::Fonts,
    forms::waybill::{self, WaybillData},
    page::{Bars, Item},
    raster::paint,
    units::{Head, Paper},
};
use scene::grade::{Burn, Grade, Kind, NEW, WORN, scan, verify, verify_as};

/// Bars with a module of `dots`, each edge at the nearest dot as when a picture is scaled.
fn scaled(runs: &[u8], dots: f64) -> Vec<bool> {
    let quiet = vec![false; (12.0 * dots) as usize];
    let (mut row, mut modules) = (quiet.clone(), 0.0);
    for (at, run) in runs.iter().enumerate() {
        modules += f64::from(*run);
        row.resize(quiet.len() + (modules * dots).round() as usize, at % 2 == 0);
    }
    [row, quiet].concat()
}

/// The dots of a waybill's bars, the quiet zones of the standard beside them, and what they say.
fn bars_of(data: &WaybillData, head: Head) -> (Vec<bool>, Vec<u8>) {
    bars_on(data, head, Paper::WAYBILL)
}

fn bars_on(data: &WaybillData, head: Head, paper: Paper) -> (Vec<bool>, Vec<u8>) {
    let page = waybill::draw(data, head, paper).unwrap();
    let bitmap = paint(&page, Fonts::shipped());
    let mut items = page.items.into_iter();
    let bars = items.find_map(|item| if let Item::Bars(bars) = item { Some(bars) } else { None });
    let Bars { x, y, height, module, runs } = bars.unwrap();
    let modules = runs.iter().map(|&run| i32::from(run)).sum::<i32>();
    let dots = (x - 10 * module)..(x + (modules + 10) * module);
    let row = dots.map(|x| bitmap.is_black(x as u32, (y + height / 2) as u32)).collect();
    (row, runs)
}

fn grade(row: &[bool], runs: &[u8], head: Head, burn: Burn) -> Grade {
    verify(&scan(row, head, burn), runs).map_or(Grade::F, |quality| quality.grade)
}

#[test]
fn bars_of_every_form_and_head_are_good_when_new_and_pass_when_worn() {
    for (head, paper) in HEADS.into_iter().flat_map(|head| Paper::WAYBILLS.map(|p| (head, p))) {
        for data in [sample::ordinary(), sample::crowded(), sample::marked()] {
            let (row, runs) = bars_on(&data, head, paper);
            assert!(grade(&row, &runs, head, NEW) >= Grade::B, "{head:?} {paper:?}");
            assert!(grade(&row, &runs, head, WORN) >= Grade::C, "{head:?} {paper:?}");
        }
    }
}

/// Every linear code there is, at the narrowest module of each head and its usual one.
#[test]
fn every_kind_of_bars_is_good_when_new_and_passes_when_worn() {
    let kinds = [
        (code128::encode("YT8812000033910"), Kind::Code128),
        (code39::encode("PACK-39 A"), Kind::TwoWidths),
        (itf::encode("15400141288763"), Kind::TwoWidths),
        (ean::encode_13("6901234567892"), Kind::Ean),
        (ean::encode_8("96385074"), Kind::Ean),
        (ean::encode_upc_a("036000291452"), Kind::Ean),
    ];
    for (head, (runs, kind)) in HEADS.into_iter().flat_map(|h| kinds.clone().map(|k| (h, k))) {
        let runs = runs.unwrap();
        for module in [head.module_min(), head.module()] {
            let row = scaled(&runs, f64::from(module));
            for (burn, least) in [(NEW, Grade::B), (WORN, Grade::C)] {
                let got = verify_as(&scan(&row, head, burn), &runs, kind);
                let what = format!("{kind:?} {head:?} {module} {burn:?} {got:?}");
                assert!(got.is_some_and(|quality| quality.grade >= least), "{what}");
            }
        }
    }
}

#[test]
fn bars_scaled_to_fit_fail() {
    let head = Head::DPMM_8;
    let (_, runs) = bars_of(&sample::ordinary(), head);
    for burn in [NEW, WORN] {
        assert!(grade(&scaled(&runs, 2.4), &runs, head, burn) < Grade::C, "{burn:?}");
        assert!(grade(&scaled(&runs, 3.0), &runs, head, burn) >= Grade::B, "{burn:?}");
    }
}

#[test]
fn bars_that_say_something_else_fail() {
    let (row, mut runs) = bars_of(&sample::ordinary(), Head::DPMM_8);
    let other = (6..11).find(|&at| runs[at] != runs[at + 1]).unwrap();
    runs.swap(other, other + 1);
    assert!(verify(&scan(&row, Head::DPMM_8, NEW), &runs).is_none());
}

/// Figures of another program, which burns the discs point by point (Python, NumPy), for the row
/// of `golden/waybill-*.png`: contrast, modulation, defects, decodability.
#[test]
fn the_measures_are_those_of_another_program() {
    let cases = [
        (Head::DPMM_8, NEW, [0.684, 1.000, 0.031, 0.983]),
        (Head::DPMM_8, WORN, [0.730, 0.999, 0.000, 0.788]),
        (Head::DPMM_12, NEW, [0.675, 1.000, 0.006, 0.976]),
        (Head::DPMM_12, WORN, [0.730, 0.998, 0.000, 0.841]),
        (Head::DPI_300, NEW, [0.675, 1.000, 0.005, 0.976]),
        (Head::DPI_300, WORN, [0.730, 0.998, 0.000, 0.841]),
    ];
    for (head, burn, want) in cases {
        let (row, runs) = bars_of(&sample::ordinary(), head);
        let got = verify(&scan(&row, head, burn), &runs).unwrap();
        let measures = [got.contrast, got.modulation, got.defects, got.decodability];
        let near = measures.iter().zip(want).all(|(got, want)| (got - want).abs() < 0.005);
        assert!(near, "{head:?} {burn:?}: {measures:.3?}, not {want:.3?}");
    }
}
