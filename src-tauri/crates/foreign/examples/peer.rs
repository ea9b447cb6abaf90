//! Our side of `scripts/peers.sh`: one label, timed from the start of `main`, then many of it.
//!
//! `peer form OUT.zpl OUT.png ROUNDS`, or `peer html IN.html OUT.zpl OUT.png ROUNDS`; a line of
//! JSON says what it took. 100 × 150 mm at 8 dots/mm.

use foreign::Target;
use label::{
    font::Fonts,
    forms::waybill::{self, Party, WaybillData},
    language::{Graphics, Language, Options},
    preview,
    raster::{Bitmap, paint},
    units::{Head, Paper},
};
use std::{env, error::Error, fs, time::Instant};

const PAPER: Paper = Paper { width_um: 100_000, height_um: 150_000 };
const NO: &str = "75312345678901";

/// What the page of the comparison says, as data.
fn data() -> WaybillData {
    WaybillData {
        carrier_name: "示例快递".into(),
        sort_code: "113 C107 M07".into(),
        bag_place: "北京集散包".into(),
        no: Some(NO.into()),
        qr: NO.into(),
        sender: Party {
            name: "张*".into(),
            phone: "1******0001".into(),
            address: "广东省深圳市南山区示例路1号****".into(),
        },
        receiver: Party {
            name: "李*".into(),
            phone: "1******0002".into(),
            address: "四川省成都市武侯区天府大道中段示例街2号院3号楼****样例小区的一行长地址会折行"
                .into(),
        },
        goods: "蓝牙耳机 Pro ×1".into(),
        note: "易碎轻放".into(),
        copy: 1,
        ..WaybillData::default()
    }
}

fn drawn(html: Option<&[u8]>) -> Result<Bitmap, Box<dyn Error>> {
    match html {
        Some(html) => {
            let target = Target { head: Head::DPMM_8, paper: PAPER };
            let mut sheets = foreign::redraw(html, target, Some(NO))?;
            Ok(sheets.remove(0).bitmap)
        }
        None => {
            let page = waybill::draw(&data(), Head::DPMM_8, PAPER).map_err(|e| format!("{e:?}"))?;
            Ok(paint(&page, Fonts::shipped()))
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let mut words = env::args().skip(1);
    let html = match words.next().as_deref() {
        Some("html") => Some(fs::read(words.next().ok_or("which page")?)?),
        Some("form") => None,
        _ => {
            return Err(
                "form OUT.zpl OUT.png ROUNDS, or html IN.html OUT.zpl OUT.png ROUNDS".into()
            );
        }
    };
    let zpl = words.next().ok_or("where the ZPL goes")?;
    let png = words.next().ok_or("where the picture goes")?;
    let rounds: usize = words.next().unwrap_or_default().parse().unwrap_or(0);
    let options = Options { graphics: Graphics::Z64, ..Options::default() };
    let whole = || -> Result<(Bitmap, Vec<u8>), Box<dyn Error>> {
        let bitmap = drawn(html.as_deref())?;
        let bytes = Language::Zpl.encode(&bitmap, &options);
        Ok((bitmap, bytes))
    };
    let (bitmap, bytes) = whole()?;
    fs::write(zpl, &bytes)?;
    let first_us = started.elapsed().as_micros();
    fs::write(png, preview::png(&bitmap))?;
    let mut each_us = Vec::new();
    for _ in 0..rounds {
        let from = Instant::now();
        whole()?;
        each_us.push(from.elapsed().as_micros());
    }
    each_us.sort_unstable();
    let warm_us = each_us.get(rounds / 2).copied().unwrap_or_default();
    println!("{{\"first_us\":{first_us},\"warm_us\":{warm_us},\"bytes\":{}}}", bytes.len());
    Ok(())
}
