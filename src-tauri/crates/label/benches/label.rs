//! How long a label takes: drawing, painting, encoding, warm and with an empty glyph cache, and
//! how many bytes it becomes; and the first label of a new process, from its start to its last
//! byte. `cargo bench -p packbench-label`.

use divan::{Bencher, black_box, counter::ItemsCount};
use label::{
    font::Fonts,
    forms::waybill::{self, Party, WaybillData},
    language::{Graphics, Language, Options},
    preview,
    raster::{Bitmap, paint},
    units::{Head, Paper},
};

use std::{
    env,
    io::{self, Write},
    process::Command,
    time::{Duration, Instant},
};

const HEADS: [u32; 2] = [8_000, 12_000];
/// Makes this program print one label and end.
const FIRST: &str = "--first-label";
/// Processes started for the median.
const PROCESSES: usize = 41;
/// Every way to write a label.
const WAYS: [&str; 7] = ["zpl-z64", "zpl-acs", "zpl-binary", "tspl", "cpcl", "epl", "escpos"];
/// The other usual waybill.
const LARGE: Paper = Paper { width_um: 100_000, height_um: 150_000 };

fn main() -> io::Result<()> {
    if env::args().any(|word| word == FIRST) {
        let bytes = Language::Zpl.encode(&drawn(Head::DPMM_8, LARGE), &Options::default());
        return io::stdout().write_all(&bytes);
    }
    sizes();
    first_labels()?;
    divan::main();
    Ok(())
}

/// Starts this program anew for each label.
fn first_labels() -> io::Result<()> {
    let program = env::current_exe()?;
    let one = || {
        let from = Instant::now();
        let out = Command::new(&program).arg(FIRST).output()?;
        assert!(out.stdout.windows(3).any(|end| end == b"^XZ"), "a whole label");
        Ok(from.elapsed())
    };
    let mut took = (0..PROCESSES).map(|_| one()).collect::<io::Result<Vec<Duration>>>()?;
    took.sort_unstable();
    println!("process start to the last byte, 100 × 150 mm: median {:?}", took[PROCESSES / 2]);
    Ok(())
}

fn sizes() {
    for dots_per_m in HEADS {
        let head = Head { dots_per_m };
        for paper in [Paper::WAYBILL, LARGE] {
            let image = drawn(head, paper);
            let size = |language: Language, graphics| {
                language.encode(&image, &Options { head, graphics, ..Options::default() }).len()
            };
            println!(
                "{dots_per_m} dots/m, {} × {} mm: Z64 {} B, ACS {} B, GFB {} B, TSPL {} B, CPCL \
                 {} B, EPL2 {} B, ESC/POS {} B, PNG {} B, dots {} B",
                paper.width_um / 1_000,
                paper.height_um / 1_000,
                size(Language::Zpl, Graphics::Z64),
                size(Language::Zpl, Graphics::Acs),
                size(Language::Zpl, Graphics::Binary),
                size(Language::Tspl, Graphics::Z64),
                size(Language::Cpcl, Graphics::Z64),
                size(Language::Epl, Graphics::Z64),
                size(Language::EscPos, Graphics::Z64),
                preview::png(&image).len(),
                image.bits.len()
            );
        }
    }
}

/// An invented waybill.
fn data() -> WaybillData {
    WaybillData {
        carrier_name: "圆通速递".into(),
        sort_code: "302-A07-18".into(),
        bag_place: "成都转".into(),
        destination: "武侯".into(),
        no: Some("YT8812000033910".into()),
        qr: "YT8812000033910".into(),
        order_no: "WC-20937".into(),
        sender: Party {
            name: "拾光家居".into(),
            phone: "0571-88001234".into(),
            address: "浙江省杭州市余杭区仓前街道文一西路1500号".into(),
        },
        receiver: Party {
            name: "欧阳建国".into(),
            phone: "15100007730".into(),
            address: "四川省成都市武侯区天府大道中段1388号美年广场A座902".into(),
        },
        goods: "保温杯 480ml ×2 · 杯刷 ×1".into(),
        note: "送货前请电话联系，放门口快递柜也可以".into(),
        made_at: "2026-11-21 10:04".into(),
        copy: 1,
        practice: false,
        ..WaybillData::default()
    }
}

fn drawn(head: Head, paper: Paper) -> Bitmap {
    let page = waybill::draw(&data(), head, paper).expect("an ordinary waybill");
    paint(&page, Fonts::shipped())
}

#[divan::bench(args = HEADS)]
fn draw(bencher: Bencher, dots_per_m: u32) {
    let data = data();
    bencher.bench_local(|| waybill::draw(black_box(&data), Head { dots_per_m }, Paper::WAYBILL));
}

#[divan::bench(args = HEADS)]
fn paint_warm(bencher: Bencher, dots_per_m: u32) {
    let page = waybill::draw(&data(), Head { dots_per_m }, Paper::WAYBILL).expect("ordinary");
    bencher.bench_local(|| paint(black_box(&page), Fonts::shipped()));
}

#[divan::bench(args = HEADS)]
fn whole_zpl_warm(bencher: Bencher, dots_per_m: u32) {
    whole(bencher, Language::Zpl, Graphics::Z64, (dots_per_m, Paper::WAYBILL), false);
}

#[divan::bench(args = HEADS)]
fn whole_zpl_acs_warm(bencher: Bencher, dots_per_m: u32) {
    whole(bencher, Language::Zpl, Graphics::Acs, (dots_per_m, Paper::WAYBILL), false);
}

#[divan::bench(args = HEADS)]
fn whole_zpl_binary_warm(bencher: Bencher, dots_per_m: u32) {
    whole(bencher, Language::Zpl, Graphics::Binary, (dots_per_m, Paper::WAYBILL), false);
}

#[divan::bench(args = HEADS)]
fn whole_tspl_warm(bencher: Bencher, dots_per_m: u32) {
    whole(bencher, Language::Tspl, Graphics::Z64, (dots_per_m, Paper::WAYBILL), false);
}

#[divan::bench(args = HEADS)]
fn whole_cpcl_warm(bencher: Bencher, dots_per_m: u32) {
    whole(bencher, Language::Cpcl, Graphics::Z64, (dots_per_m, Paper::WAYBILL), false);
}

#[divan::bench(args = HEADS)]
fn whole_epl_warm(bencher: Bencher, dots_per_m: u32) {
    whole(bencher, Language::Epl, Graphics::Z64, (dots_per_m, Paper::WAYBILL), false);
}

#[divan::bench(args = HEADS)]
fn whole_escpos_warm(bencher: Bencher, dots_per_m: u32) {
    whole(bencher, Language::EscPos, Graphics::Z64, (dots_per_m, Paper::WAYBILL), false);
}

#[divan::bench(args = HEADS)]
fn whole_zpl_cold(bencher: Bencher, dots_per_m: u32) {
    whole(bencher, Language::Zpl, Graphics::Z64, (dots_per_m, Paper::WAYBILL), true);
}

#[divan::bench(args = HEADS)]
fn whole_large_zpl_warm(bencher: Bencher, dots_per_m: u32) {
    whole(bencher, Language::Zpl, Graphics::Z64, (dots_per_m, LARGE), false);
}

#[divan::bench(args = WAYS)]
fn whole_large_warm_8(bencher: Bencher, way: &str) {
    let (language, graphics) = match way {
        "zpl-z64" => (Language::Zpl, Graphics::Z64),
        "zpl-acs" => (Language::Zpl, Graphics::Acs),
        "zpl-binary" => (Language::Zpl, Graphics::Binary),
        "tspl" => (Language::Tspl, Graphics::Z64),
        "cpcl" => (Language::Cpcl, Graphics::Z64),
        "epl" => (Language::Epl, Graphics::Z64),
        _ => (Language::EscPos, Graphics::Z64),
    };
    whole(bencher, language, graphics, (8_000, LARGE), false);
}

#[divan::bench(args = HEADS)]
fn whole_large_zpl_cold(bencher: Bencher, dots_per_m: u32) {
    whole(bencher, Language::Zpl, Graphics::Z64, (dots_per_m, LARGE), true);
}

#[divan::bench(args = HEADS)]
fn preview_png(bencher: Bencher, dots_per_m: u32) {
    let image = drawn(Head { dots_per_m }, Paper::WAYBILL);
    bencher.bench_local(|| preview::png(black_box(&image)));
}

/// Drawing, painting and encoding one label.
fn whole(
    bencher: Bencher,
    language: Language,
    graphics: Graphics,
    (dots_per_m, paper): (u32, Paper),
    cold: bool,
) {
    let (data, head) = (data(), Head { dots_per_m });
    let options = Options { head, graphics, ..Options::default() };
    bencher.counter(ItemsCount::new(1u32)).bench_local(|| {
        if cold {
            Fonts::shipped().forget();
        }
        let page = waybill::draw(black_box(&data), head, paper).expect("ordinary");
        language.encode(&paint(&page, Fonts::shipped()), &options)
    });
}
