//! How long a foreign label takes to become ours, with everything: reading, drawing, finding and
//! checking its codes. `cargo bench -p packbench-foreign`.

use divan::{Bencher, black_box};
use foreign::Target;
use label::{
    font::Fonts,
    units::{Head, Paper},
};

const HEADS: [u32; 2] = [8_000, 12_000];
const LARGE: Paper = Paper { width_um: 100_000, height_um: 180_000 };

fn main() {
    divan::main();
}

fn redraw(bencher: Bencher<'_, '_>, bytes: &[u8], dots_per_m: u32, paper: Paper, no: &str) {
    let target = Target { head: Head { dots_per_m }, paper };
    bencher.bench_local(|| {
        foreign::redraw(black_box(bytes), target, Some(no)).expect("a fixture of the tests")
    });
}

#[divan::bench(args = HEADS)]
fn html_warm(bencher: Bencher, dots_per_m: u32) {
    let bytes = include_bytes!("../fixtures/kdniao.html");
    redraw(bencher, bytes, dots_per_m, LARGE, "75312345678901");
}

#[divan::bench(args = HEADS)]
fn html_cold(bencher: Bencher, dots_per_m: u32) {
    let bytes = include_bytes!("../fixtures/kdniao.html");
    let target = Target { head: Head { dots_per_m }, paper: LARGE };
    bencher.bench_local(|| {
        Fonts::shipped().forget();
        foreign::redraw(black_box(bytes), target, None).expect("a fixture of the tests")
    });
}

#[divan::bench(args = HEADS)]
fn pdf(bencher: Bencher, dots_per_m: u32) {
    let bytes = include_bytes!("../fixtures/label.pdf");
    redraw(bencher, bytes, dots_per_m, Paper::WAYBILL, "SF1234567890123");
}

#[divan::bench(args = HEADS)]
fn png(bencher: Bencher, dots_per_m: u32) {
    let bytes = include_bytes!("../fixtures/exact-8.png");
    redraw(bencher, bytes, dots_per_m, Paper::WAYBILL, "SF1234567890123");
}
