//! From a number and its facts to the bytes of one printer: drawing and encoding, no I/O.

mod data;

use super::{Address, apart, component, findings};
use crate::{
    carrier::Waybill,
    config::{Finish, Graphics, Media, Method, PrinterConfig, PrinterLanguage},
    form::Form,
    print::letters,
    shipment::waybill::LabelFacts,
};
use foreign::{
    Kind, Refused, Sheet, Target,
    command::{self, Spoken},
};
use label::{
    font::Fonts,
    forms::{Undrawable, What, stamp, waybill},
    language::{self, Language},
    page::Page,
    raster::{self, Bitmap},
    units::{Head, Paper},
};
use std::num::NonZeroU16;

/// One copy of one label.
#[derive(Debug, Clone, Copy)]
pub struct Copy<'a> {
    /// What the carrier said; `None` while there is no number yet.
    pub waybill: Option<&'a Waybill>,
    /// What else stands on it.
    pub facts: &'a LabelFacts,
    /// The shop's own form of it, if it has one. On paper that is not the form's own, goods and
    /// remark stand as ever.
    pub form: Option<&'a Form>,
    /// Which part of the waybill, from 1: see `carrier::parts`.
    pub part: u32,
    /// Which copy, from 1.
    pub nth: u32,
    /// When the number was issued (or now), ms UTC.
    pub at_ms: i64,
    /// Practice labels say so.
    pub practice: bool,
}

impl Copy<'_> {
    /// The number that stands on it.
    fn no(&self) -> Option<&str> {
        self.waybill.and_then(|waybill| waybill.no_of(self.part))
    }
}

/// A label ready to be encoded.
#[derive(Debug)]
pub struct Drawn {
    /// Its dots.
    pub bitmap: Bitmap,
    /// What a person should know of it.
    pub notes: Vec<Note>,
}

/// A word of the history, and what stands beside it.
pub type Note = (&'static str, String);

/// Why a label is not printed.
#[derive(Debug)]
pub enum Unprintable {
    /// Our form cannot hold it.
    Form(Undrawable),
    /// The carrier's drawing is of another number.
    WrongNumber(String),
    /// It is a platform's, which only a printer behind that platform's component prints.
    OnlyComponent,
    /// The printer is behind a platform's component, and this label is none of the platform's.
    NotForComponent(String),
}

impl Unprintable {
    /// The field at fault and what is wrong with it, as `Code::LabelUndrawable` wants them.
    pub fn fields(&self) -> [(&'static str, String); 2] {
        let (field, what) = match self {
            Self::Form(fault) => named(fault),
            Self::WrongNumber(found) => ("template".to_owned(), found.clone()),
            Self::OnlyComponent => ("component".to_owned(), "component:…".to_owned()),
            Self::NotForComponent(carrier) => ("platform".to_owned(), carrier.clone()),
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
    // The receiver in it is encrypted: our own form would be a label without an address.
    if template.is_some_and(component::is_document) {
        return Err(Unprintable::OnlyComponent);
    }
    if let (Some(bytes), Some(no)) = (template, copy.no()) {
        let target = Target { head: head(printer), paper: paper(printer) };
        match redrawn(bytes, target, must_say(copy.facts, no)).map(only) {
            Ok(Some(sheet)) => {
                let mut bitmap = sheet.bitmap;
                let marked = copy.nth == 1 || stamp::copy(&mut bitmap, target.head, copy.nth);
                notes.extend(match findings::told(&sheet.findings) {
                    _ if !marked => Some(("copy_unmarked", copy.nth.to_string())),
                    told => told.map(|told| ("template_redrawn", told)),
                });
                return Ok(Drawn { bitmap, notes });
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

/// The bytes that print a label. Commands of the carrier's that this printer speaks go as they are,
/// in our settings; a further copy is drawn, because it bears a mark. `cut`: see [`encode`].
///
/// # Errors
/// As [`label`].
pub fn bytes(
    copy: Copy<'_>,
    template: Option<&[u8]>,
    printer: &PrinterConfig,
    cut: bool,
) -> Result<(Vec<u8>, Vec<Note>), Unprintable> {
    if is_component(printer) {
        let not_for = || Unprintable::NotForComponent(copy.facts.carrier_name.clone());
        let label = template.zip(copy.no());
        let document = label.and_then(|(bytes, no)| component::label(bytes, no, copy.nth));
        return document.map(|bytes| (bytes, Vec::new())).ok_or_else(not_for);
    }
    let why = match (template, copy.no()) {
        (Some(bytes), Some(no)) if copy.nth == 1 => {
            match passed(bytes, must_say(copy.facts, no), printer, cut) {
                Some(Ok(bytes)) => return Ok((bytes, vec![("template_passed", String::new())])),
                Some(Err(why)) => Some(why),
                None => None,
            }
        }
        (_, _) => None,
    };
    let Drawn { bitmap, mut notes } = label(copy, template, printer)?;
    if let Some(why) = why {
        match notes.first_mut() {
            // That ours came out instead is what matters then.
            Some(("template_refused", _)) => {}
            Some((word @ "template_redrawn", told)) => {
                *word = "template_drawn";
                *told = format!("{why} · {told}");
            }
            _ => notes.insert(0, ("template_drawn", why)),
        }
    }
    Ok((encode(&bitmap, printer, cut), notes))
}

/// Commands of the carrier's as this printer may get them, or why not. `None`: they are none.
fn passed(
    bytes: &[u8],
    no: Option<&str>,
    printer: &PrinterConfig,
    cut: bool,
) -> Option<Result<Vec<u8>, String>> {
    let Kind::Commands(spoken) = foreign::kind(bytes) else { return None };
    let reads = match language(printer) {
        Language::Zpl => spoken == Spoken::Zpl,
        Language::Tspl => spoken == Spoken::Tspl,
        Language::Cpcl => spoken == Spoken::Cpcl,
        Language::Epl => spoken == Spoken::Epl,
        Language::EscPos => false,
    };
    if !reads || printer.how.upside_down {
        let why = if reads { "upside_down" } else { "language" };
        return Some(Err(why.to_owned()));
    }
    let target = Target { head: head(printer), paper: paper(printer) };
    let offset = printer.how.offset;
    let body = match no {
        Some(no) => command::passable(bytes, no, target, offset),
        None => command::fitting(bytes, target, offset),
    };
    let body = match body {
        Ok(body) => body,
        Err(why) => return Some(Err(why.to_string())),
    };
    let dots = |um: i32| u32::try_from(target.head.dots(um)).unwrap_or(0);
    let size = (dots(target.paper.width_um), dots(target.paper.height_um));
    let wrapped = language(printer).wrap(&body, size, &options(printer, cut));
    Some(wrapped.ok_or_else(|| "language".to_owned()))
}

/// The number that a code of the carrier's drawing must say. Where its codes are its own, that it
/// came with the number is what is known.
fn must_say<'n>(facts: &LabelFacts, no: &'n str) -> Option<&'n str> {
    (!facts.codes_of_its_own).then_some(no)
}

/// The carrier's drawing as our dots. Some kinds are read by others' code: on a thread of its own.
fn redrawn(bytes: &[u8], target: Target, no: Option<&str>) -> Result<Vec<Sheet>, Refused> {
    match foreign::kind(bytes) {
        Kind::Commands(_) | Kind::Unknown => foreign::redraw(bytes, target, no),
        Kind::Html | Kind::Pdf | Kind::Picture(_) => {
            let (bytes, no) = (bytes.to_vec(), no.map(str::to_owned));
            let work = move || foreign::redraw(&bytes, target, no.as_deref());
            apart::within(apart::LIMIT, work).unwrap_or(Err(Refused::TooLarge("time")))
        }
    }
}

/// One label a number: several pages are several parcels, which are not one print job.
fn only(mut sheets: Vec<Sheet>) -> Option<Sheet> {
    if sheets.len() == 1 { sheets.pop() } else { None }
}

/// Draws our form as a printer's dots.
///
/// # Errors
/// [`Undrawable`] names the field that does not fit even at the smallest type.
pub fn picture(copy: Copy<'_>, printer: &PrinterConfig) -> Result<Bitmap, Undrawable> {
    let page = page_for(copy, head(printer), paper(printer))?;
    Ok(raster::paint(&page, Fonts::shipped()))
}

/// Our form for a head and a paper that need be no printer's.
///
/// # Errors
/// [`Undrawable`] names the field that does not fit even at the smallest type.
pub fn page_for(copy: Copy<'_>, head: Head, paper: Paper) -> Result<Page, Undrawable> {
    waybill::draw(&data::data(copy, head, paper), head, paper)
}

/// Whether everything fits, without drawing the dots. A number that is still to come takes its
/// room, and that of its QR code: when it is there, it is too late to find that something does not.
///
/// # Errors
/// [`Undrawable`] names the field that does not fit even at the smallest type.
pub fn fits(copy: Copy<'_>, printer: &PrinterConfig) -> Result<(), Undrawable> {
    if is_component(printer) {
        return Ok(());
    }
    let (head, paper) = (head(printer), paper(printer));
    data::longest(copy, head, paper)
        .iter()
        .try_for_each(|data| waybill::draw(data, head, paper).map(drop))
}

/// The bytes that print a picture. `cut`: a printer that cuts does so after this label.
pub fn encode(bitmap: &Bitmap, printer: &PrinterConfig, cut: bool) -> Vec<u8> {
    language(printer).encode(bitmap, &options(printer, cut))
}

/// The settings of a printer as its language takes them.
fn options(printer: &PrinterConfig, cut: bool) -> language::Options {
    language::Options {
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
            Finish::Cut { .. } if cut => language::Finish::Cut { every: NonZeroU16::MIN },
            Finish::Cut { .. } => language::Finish::Uncut,
        }),
        method: printer.how.method.map(|method| match method {
            Method::Direct => language::Method::Direct,
            Method::Transfer => language::Method::Transfer,
        }),
        // Each label is a job of its own, whose fate is known on its own.
        copies: NonZeroU16::MIN,
    }
}

/// Whether a printer is behind a platform's component, which takes no dots.
pub fn is_component(printer: &PrinterConfig) -> bool {
    matches!(printer.address, Address::Component { .. })
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

/// The field at fault and what is wrong with it; of a shop's own things, the shop's word.
fn named(fault: &Undrawable) -> (String, String) {
    match &fault.what {
        What::Extra { name, what } => (name.clone(), what.to_string()),
        what => (fault.field.to_owned(), what.to_string()),
    }
}

/// "2026-11-21 10:04" in the PC's own time zone.
pub fn local_minute(at_ms: i64) -> String {
    jiff::Timestamp::from_millisecond(at_ms)
        .map(|at| at.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string())
        .unwrap_or_default()
}
