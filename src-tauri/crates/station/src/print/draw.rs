//! From a number and its facts to the bytes of one printer: drawing and encoding, no I/O.

use crate::{
    carrier::Waybill,
    config::{Finish, Graphics, Media, Method, PrinterConfig, PrinterLanguage},
    order::Person,
    print::letters,
    shipment::waybill::LabelFacts,
};
use foreign::{
    Refused, Sheet, Target,
    codes::{Done, Finding, Symbology},
};
use label::{
    font::Fonts,
    forms::{
        Undrawable,
        waybill::{self, Marks, Party, WaybillData},
    },
    language::{self, Language},
    raster::{self, Bitmap},
    units::{Head, Paper},
};
use std::num::NonZeroU16;

/// As long as numbers get that a carrier brings later.
const NUMBER_TO_COME: &str = "SF00000000000000000";
/// As many copies as a packer may ask for later.
const COPY_TO_COME: u32 = 99;

/// One copy of one label.
#[derive(Debug, Clone, Copy)]
pub struct Copy<'a> {
    /// What the carrier said; `None` while there is no number yet.
    pub waybill: Option<&'a Waybill>,
    /// What else stands on it.
    pub facts: &'a LabelFacts,
    /// Which copy, from 1.
    pub nth: u32,
    /// When the number was issued (or now), ms UTC.
    pub at_ms: i64,
    /// Practice labels say so.
    pub practice: bool,
}

/// A label ready to be encoded.
#[derive(Debug)]
pub struct Drawn {
    /// Its dots.
    pub bitmap: Bitmap,
    /// What a person should know of it: words of the history, and what stands beside each.
    pub notes: Vec<(&'static str, String)>,
}

/// Why a label is not printed.
#[derive(Debug)]
pub enum Unprintable {
    /// Our form cannot hold it.
    Form(Undrawable),
    /// The carrier's drawing is of another number.
    WrongNumber(String),
}

impl Unprintable {
    /// The field at fault and what is wrong with it, as `Code::LabelUndrawable` wants them.
    pub fn fields(&self) -> [(&'static str, String); 2] {
        let (field, what) = match self {
            Self::Form(fault) => (fault.field.to_owned(), fault.what.to_string()),
            Self::WrongNumber(found) => ("template".to_owned(), found.clone()),
        };
        [("field", field), ("what", what)]
    }
}

/// Draws a label: the carrier's drawing where there is one that can be followed, else our form.
///
/// # Errors
/// [`Unprintable`]; a drawing of another number is never replaced by ours, because then one of
/// the two is wrong and nobody here knows which.
pub fn label(
    copy: Copy<'_>,
    template: Option<&[u8]>,
    printer: &PrinterConfig,
) -> Result<Drawn, Unprintable> {
    let mut notes = Vec::new();
    if let (Some(bytes), Some(waybill)) = (template, copy.waybill) {
        let target = Target { head: head(printer), paper: paper(printer) };
        match foreign::redraw(bytes, target, Some(&waybill.no)).map(only) {
            Ok(Some(sheet)) => {
                notes.extend(told(&sheet.findings).map(|told| ("template_redrawn", told)));
                return Ok(Drawn { bitmap: sheet.bitmap, notes });
            }
            Ok(None) => notes.push(("template_refused", "pages".to_owned())),
            Err(Refused::WrongNumber { found }) => return Err(Unprintable::WrongNumber(found)),
            Err(why) => notes.push(("template_refused", why.to_string())),
        }
    }
    let bitmap = picture(copy, printer).map_err(Unprintable::Form)?;
    notes.extend(letters::notes(&letters::of_label(copy.facts)));
    Ok(Drawn { bitmap, notes })
}

/// One label a number: several pages are several parcels, which are not one print job.
fn only(mut sheets: Vec<Sheet>) -> Option<Sheet> {
    if sheets.len() == 1 { sheets.pop() } else { None }
}

/// What was done with the codes, "Code 128 2.64 → 3 · QR 4.60 → 4"; `None` if all stayed.
fn told(findings: &[Finding]) -> Option<String> {
    let one = |code: &Finding| {
        let name = match code.symbology {
            Symbology::Code128 => "Code 128",
            Symbology::OtherBars => "1D",
            Symbology::Qr => "QR",
            Symbology::OtherMatrix => "2D",
        };
        let (whole, part) = (code.module_milli / 1_000, code.module_milli % 1_000 / 10);
        match code.done {
            Done::Kept | Done::Unmeasured => None,
            Done::Redrawn { module } => Some(format!("{name} {whole}.{part:02} → {module}")),
            Done::NoRoom | Done::NotOurs => Some(format!("{name} {whole}.{part:02}")),
        }
    };
    let all: Vec<String> = findings.iter().filter_map(one).collect();
    (!all.is_empty()).then(|| all.join(" · "))
}

/// Draws our form as a printer's dots.
///
/// # Errors
/// [`Undrawable`] names the field that does not fit even at the smallest type.
pub fn picture(copy: Copy<'_>, printer: &PrinterConfig) -> Result<Bitmap, Undrawable> {
    let page = waybill::draw(&data(copy), head(printer), paper(printer))?;
    Ok(raster::paint(&page, Fonts::shipped()))
}

/// Whether everything fits, without drawing the dots. A number that is still to come takes its
/// room, and that of its QR code: when it is there, it is too late to find that something does not.
///
/// # Errors
/// [`Undrawable`] names the field that does not fit even at the smallest type.
pub fn fits(copy: Copy<'_>, printer: &PrinterConfig) -> Result<(), Undrawable> {
    let mut data = data(Copy { nth: COPY_TO_COME, ..copy });
    if data.no.is_none() {
        data.no = Some(NUMBER_TO_COME.to_owned());
        NUMBER_TO_COME.clone_into(&mut data.qr);
    }
    waybill::draw(&data, head(printer), paper(printer)).map(drop)
}

/// The bytes that print a picture.
pub fn encode(bitmap: &Bitmap, printer: &PrinterConfig) -> Vec<u8> {
    let options = language::Options {
        head: head(printer),
        darkness: printer.darkness,
        speed: printer.speed,
        graphics: match printer.graphics {
            Graphics::Z64 => language::Graphics::Z64,
            Graphics::Acs => language::Graphics::Acs,
            Graphics::Binary => language::Graphics::Binary,
        },
        offset: printer.how.offset,
        upside_down: printer.how.upside_down,
        media: printer.how.media.map(|media| match media {
            Media::Gap(length_um) => language::Media::Gap { length_um },
            Media::Mark(length_um) => language::Media::Mark { length_um },
            Media::Continuous => language::Media::Continuous,
        }),
        finish: printer.how.finish.map(|finish| match finish {
            Finish::Tear => language::Finish::Tear,
            Finish::Peel => language::Finish::Peel,
            Finish::Cut => language::Finish::Cut { every: NonZeroU16::MIN },
        }),
        method: printer.how.method.map(|method| match method {
            Method::Direct => language::Method::Direct,
            Method::Transfer => language::Method::Transfer,
        }),
        // Each label is a job of its own, whose fate is known on its own.
        copies: NonZeroU16::MIN,
    };
    language(printer).encode(bitmap, &options)
}

/// The print head of a printer.
pub fn head(printer: &PrinterConfig) -> Head {
    Head { dots_per_m: printer.head_dots_per_m }
}

/// The label stock of a printer. The settings keep it far below what an `i32` holds.
pub fn paper(printer: &PrinterConfig) -> Paper {
    let um = |length_um: u32| i32::try_from(length_um).unwrap_or(i32::MAX);
    Paper { width_um: um(printer.paper_width_um), height_um: um(printer.paper_height_um) }
}

/// The language a printer reads.
pub fn language(printer: &PrinterConfig) -> Language {
    match printer.language {
        PrinterLanguage::Zpl => Language::Zpl,
        PrinterLanguage::Tspl => Language::Tspl,
        PrinterLanguage::Cpcl => Language::Cpcl,
        PrinterLanguage::Epl => Language::Epl,
        PrinterLanguage::EscPos => Language::EscPos,
    }
}

/// The MIME type by which IPP printers know a printer's language; PWG's and LPrint's words.
pub fn format(printer: &PrinterConfig) -> &'static str {
    match printer.language {
        PrinterLanguage::Zpl => "application/vnd.zebra-zpl",
        PrinterLanguage::Tspl => "application/vnd.tsc-tspl",
        PrinterLanguage::Cpcl => "application/vnd.zebra-cpcl",
        PrinterLanguage::Epl => "application/vnd.eltron-epl",
        // Without a name of its own.
        PrinterLanguage::EscPos => "application/octet-stream",
    }
}

fn data(copy: Copy<'_>) -> WaybillData {
    let waybill = copy.waybill;
    let text = |get: fn(&Waybill) -> &String| waybill.map(get).cloned().unwrap_or_default();
    WaybillData {
        carrier_name: copy.facts.carrier_name.clone(),
        sort_code: text(|waybill| &waybill.sort_code),
        bag_place: text(|waybill| &waybill.bag_place),
        destination: text(|waybill| &waybill.destination),
        no: waybill.map(|waybill| waybill.no.clone()),
        qr: text(|waybill| &waybill.qr),
        order_no: copy.facts.order_no.clone(),
        sender: party(&copy.facts.sender),
        receiver: party(&copy.facts.receiver),
        goods: copy.facts.goods.clone(),
        note: copy.facts.note.clone(),
        made_at: local_minute(copy.at_ms),
        copy: copy.nth,
        practice: copy.practice,
        // Carriers' answers hold none of them yet.
        marks: Marks::default(),
    }
}

fn party(person: &Person) -> Party {
    let at = &person.address;
    // Municipalities repeat themselves as city, 东莞 and its like as district.
    let mut address = String::new();
    let mut last = "";
    for part in [&at.province, &at.city, &at.district] {
        if part != last {
            address.push_str(part);
        }
        last = part;
    }
    address.push_str(&at.detail);
    Party { name: person.name.clone(), phone: person.phone.clone(), address }
}

/// "2026-11-21 10:04" in the PC's own time zone.
pub fn local_minute(at_ms: i64) -> String {
    jiff::Timestamp::from_millisecond(at_ms)
        .map(|at| at.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string())
        .unwrap_or_default()
}
