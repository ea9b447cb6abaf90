//! The label as KDNiao would draw it: a whole HTML document, blocks at places in px of 1/96 inch,
//! pictures inside; or as commands for a printer. For 76 × 130 mm. The bars of the page are one px
//! a module, which no print head can keep: as on real templates, whoever prints this must draw them
//! anew.

use super::{ask::text, book::Further, faults::Wrong};
use base64::{Engine, engine::general_purpose::STANDARD};
use image::{GrayImage, ImageFormat, Luma};
use rxing::{BarcodeFormat, Writer, oned::Code128Writer};
use serde_json::{Value, json};
use std::io::Cursor;

/// White beside the bars, px.
const QUIET: u32 = 10;
/// Height of the bars, px.
const HEIGHT: u32 = 50;

/// The document for an order; `None` if its number cannot be bars.
pub fn html(order: &Value, receiver: &Value) -> Option<String> {
    let no = order["LogisticCode"].as_str()?;
    let text = |value: &Value, name: &str| escaped(value[name].as_str().unwrap_or_default());
    let mut png = Cursor::new(Vec::new());
    bars(no)?.write_to(&mut png, ImageFormat::Png).ok()?;
    let bars = STANDARD.encode(png.into_inner());
    let (mark, bag) = (text(order, "MarkDestination"), text(order, "PackageName"));
    // A carrier masks people on its labels.
    let name: String = text(receiver, "Name").chars().take(1).chain(std::iter::once('*')).collect();
    let place = text(receiver, "ProvinceName") + &text(receiver, "CityName");
    Some(format!(
        r#"<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"/>
<style>.item{{position:absolute}} .b{{font-weight:bold}}</style></head><body>
<div style="position:relative;width:287px;height:491px">
<div class="item" style="left:4px;top:4px;width:277px;height:481px;border:1px solid #000"></div>
<div class="item b" style="left:12px;top:10px;font-size:16px">练习快递 模板面单</div>
<div class="item b" style="left:0;top:40px;width:287px;font-size:30px;text-align:center">{mark}</div>
<div class="item" style="left:12px;top:90px;font-size:14px">{bag}</div>
<div class="item" style="left:12px;top:130px;width:260px;font-size:14px">收 {name}<br/>{place}</div>
<div class="item" style="left:24px;top:220px"><img src="data:image/png;base64,{bars}" style="width:240px;height:60px"/></div>
<div class="item" style="left:0;top:284px;width:287px;text-align:center;font-size:14px">{no}</div>
</div></body></html>"#
    ))
}

/// The label as commands of a ZPL printer of 8 dots/mm, in base64, as carriers abroad send them:
/// with settings of the carrier's own printers in it, a logo as dots, and bars by the printer.
pub fn zpl(order: &Value) -> String {
    let (no, mark) = said(order);
    // A box of 64 × 16 dots.
    let logo = "F".repeat(16 * 16);
    STANDARD.encode(format!(
        "^XA^MMT^PW608^LL1040^LS0^PR4~SD20^CI28\n^FO24,24^GFA,128,128,8,{logo}^FS\n\
         ^FO24,60^GB560,900,3^FS^FO48,90^A0N,70,60^FD{mark}^FS\n\
         ^FO60,400^BY2,3,160^BCN,160,N,N,N^FD{no}^FS^FO60,580^A0N,40,36^FD{no}^FS\n^PQ1,0,1,Y^XZ\n"
    ))
}

/// The same in TSPL, as it is.
pub fn tspl(order: &Value) -> String {
    let (no, mark) = said(order);
    format!(
        "SIZE 76 mm,130 mm\r\nGAP 2 mm,0 mm\r\nDENSITY 10\r\nDIRECTION 1\r\nCLS\r\n\
         BOX 24,60,584,960,3\r\nBAR 24,24,64,16\r\nTEXT 48,90,\"3\",0,3,3,\"{mark}\"\r\n\
         BARCODE 60,400,\"128\",160,0,0,2,4,\"{no}\"\r\nTEXT 60,580,\"3\",0,2,2,\"{no}\"\r\n\
         PRINT 1,1\r\n"
    )
}

/// Number and sort code, without what commands are made of.
fn said(order: &Value) -> (String, String) {
    let plain = |name: &str| -> String {
        let text = order[name].as_str().unwrap_or_default();
        text.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect()
    };
    (plain("LogisticCode"), plain("MarkDestination"))
}

/// The number as a picture, one px a module.
pub fn bars(no: &str) -> Option<GrayImage> {
    let matrix = Code128Writer.encode(no, &BarcodeFormat::CODE_128, 1, 1).ok()?;
    // The writer leaves its own white on either side.
    let [left, _, width, _] = matrix.getEnclosingRectangle()?;
    let mut picture = GrayImage::from_pixel(width + 2 * QUIET, HEIGHT, Luma([255]));
    for x in (0..width).filter(|x| matrix.get(left + x, 0)) {
        (0..HEIGHT).for_each(|y| picture.put_pixel(QUIET + x, y, Luma([0])));
    }
    Some(picture)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Adds the further numbers of an order to its answer, as documents of both ages have them.
pub fn tell_further(answer: &mut Value, data: &Value, mut further: Further, wrong: &Wrong) {
    if wrong.few_parcels {
        further.children.pop();
    }
    let drawn_of = |no: &str| {
        let mut order = answer["Order"].clone();
        order["LogisticCode"] = no.into();
        drawn(data, &order, wrong)
    };
    let templates: Vec<String> = further.children.iter().map(|no| drawn_of(no)).collect();
    let slip = further.slip.unwrap_or_default();
    let slip_template = if slip.is_empty() { String::new() } else { drawn_of(&slip) };
    answer["SubCount"] = further.children.len().into();
    answer["SubOrders"] = match wrong.text_parcels {
        true => further.children.join(",").into(),
        false => json!(further.children),
    };
    answer["SubPrintTemplates"] = match wrong.text_parcels {
        true => json!(templates).to_string().into(),
        false => json!(templates),
    };
    answer["Order"]["SignWaybillCode"] = slip.into();
    answer["SignBillPrintTemplate"] = slip_template.into();
}

/// The label as it is drawn here, if it was asked for.
pub fn drawn(data: &Value, order: &Value, wrong: &Wrong) -> String {
    if text(data, "IsReturnPrintTemplate") != "1" || wrong.no_template {
        return String::new();
    }
    let mut order = order.clone();
    if wrong.wrong_template {
        order["LogisticCode"] = format!("{}0", text(&order, "LogisticCode")).into();
    }
    match () {
        () if wrong.zpl_template => zpl(&order),
        () if wrong.tspl_template => tspl(&order),
        () => html(&order, &data["Receiver"]).unwrap_or_default(),
    }
}
