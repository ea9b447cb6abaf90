//! A shop's own form, ready to be drawn: the file's elements with their pictures. Read from
//! `forms/` in the home, or from what was kept of it when a label's number was asked for, so that
//! a reprint shows what was printed, whatever became of the files since.

use crate::{
    config::{ConfigFault, ConfigWhy, Element, ShopForm, What, parse_form},
    print::draw,
    shipment::waybill::{LabelFacts, ShopFacts},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use foreign::Logo;
use label::{
    forms::{
        self, Undrawable,
        waybill::extras::{self, Content, Extra, Misfit, Text},
    },
    page::{Rect, Weight},
    raster::Bitmap,
    units::{Head, Paper},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

mod in_use;
pub mod kept;
pub mod sample;

pub use in_use::{Forms, heads};

/// The folder of forms and their pictures in the home.
const FOLDER: &str = "forms";
/// No form's file is read past this size.
pub const FORM_BYTES_MAX: u64 = 64 << 10;
/// Bytes of a digest that name a form: no two of a shop's forms ever meet by chance.
const NAME_BYTES: usize = 16;

/// Where forms and their pictures are.
pub fn folder(home: &Path) -> PathBuf {
    home.join(FOLDER)
}

/// The file of a form.
pub fn path(home: &Path, name: &str) -> PathBuf {
    folder(home).join(format!("{name}.toml"))
}

/// All that a form is, in one text, to be kept with the labels that were asked for with it.
#[derive(Serialize, Deserialize)]
struct Bundle {
    text: String,
    /// By file name, base64.
    pictures: BTreeMap<String, String>,
}

/// A form that can be drawn.
#[derive(Debug)]
pub struct Form {
    /// Names it and all of its content: other content, other digest.
    pub digest: String,
    /// What the file says.
    pub shop: ShopForm,
    bundle: String,
    logos: BTreeMap<String, Logo>,
    /// Logos as dots, by element and size: the same for every label.
    dots: Mutex<BTreeMap<(usize, u32, u32), Bitmap>>,
}

impl Form {
    /// Reads a form's text, and its pictures through `picture`.
    ///
    /// # Errors
    /// Every fault there is.
    pub fn read(
        text: &str,
        picture: &dyn Fn(&str) -> io::Result<Vec<u8>>,
    ) -> Result<Self, Vec<ConfigFault>> {
        let shop = parse_form(text)?;
        let (mut logos, mut pictures, mut faults) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
        for (nth, element) in shop.elements.iter().enumerate() {
            let What::Picture { file } = &element.what else { continue };
            if logos.contains_key(file) {
                continue;
            }
            let read = match picture(file) {
                Ok(bytes) => match Logo::read(&bytes) {
                    Ok(logo) => Ok((logo, STANDARD.encode(bytes))),
                    Err(refused) => Err((ConfigWhy::BadPicture, format!("{file}: {refused}"))),
                },
                Err(_) => Err((ConfigWhy::FileMissing, file.clone())),
            };
            match read {
                Ok((logo, bytes)) => {
                    logos.insert(file.clone(), logo);
                    pictures.insert(file.clone(), bytes);
                }
                Err((why, what)) => faults.push(fault(&shop, nth, "picture", why, what)),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let bundle = serde_json::to_string(&Bundle { text: text.to_owned(), pictures })
            .expect("texts can always be written");
        Ok(Self { digest: digest(&bundle), shop, bundle, logos, dots: Mutex::default() })
    }

    /// Reads a form of the home.
    ///
    /// # Errors
    /// Every fault there is; the file's own absence is one.
    pub fn load(home: &Path, name: &str) -> Result<Self, Vec<ConfigFault>> {
        let path = path(home, name);
        let missing = |what: String| {
            let (key, why) = (String::new(), ConfigWhy::FileMissing);
            vec![ConfigFault { line: 1, key, why, what }]
        };
        let shown = format!("{FOLDER}/{name}.toml");
        match fs::metadata(&path) {
            Ok(meta) if meta.len() > FORM_BYTES_MAX => return Err(missing(shown)),
            Ok(_) => {}
            Err(_) => return Err(missing(shown)),
        }
        let text = fs::read_to_string(&path).map_err(|why| missing(format!("{shown}: {why}")))?;
        Self::read(&text, &|file| picture(home, file))
    }

    /// What is kept of it with the labels.
    pub fn bundle(&self) -> &str {
        &self.bundle
    }

    /// A form from what was kept; `None` if that is not what [`Form::bundle`] gave.
    pub fn unbundled(bundle: &str) -> Option<Self> {
        let Bundle { text, pictures } = serde_json::from_str(bundle).ok()?;
        let picture = |file: &str| {
            let bytes = pictures.get(file).and_then(|bytes| STANDARD.decode(bytes).ok());
            bytes.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
        };
        let form = Self::read(&text, &picture).ok()?;
        (form.bundle == bundle).then_some(form)
    }

    /// What it adds to a label of this paper; `None` if it is made for another form.
    pub fn extras(&self, facts: &LabelFacts, head: Head, paper: Paper) -> Option<Vec<Extra>> {
        if extras::form_of(paper) != Some(self.shop.paper) {
            return None;
        }
        let free = extras::free(head, paper).ok()?;
        let elements = self.shop.elements.iter().enumerate();
        Some(elements.map(|(nth, element)| self.extra(nth, element, facts, head, free)).collect())
    }

    fn extra(
        &self,
        nth: usize,
        element: &Element,
        facts: &LabelFacts,
        head: Head,
        free: Rect,
    ) -> Extra {
        let content = match &element.what {
            What::Text { text, size_um, size_min_um, bold, side, may_end } => Content::Text(Text {
                text: filled(text, facts),
                size_um: size_um.cast_signed(),
                size_min_um: size_min_um.cast_signed(),
                weight: if *bold { Weight::Bold } else { Weight::Regular },
                side: *side,
                may_end: *may_end,
            }),
            What::Picture { file } => {
                let frame = element.frame.dots(head);
                let frame = extras::within(frame, free).unwrap_or(frame);
                Content::Picture(self.dots(nth, file, frame))
            }
            What::Code { code, text } => Content::Code(*code, filled(text, facts)),
        };
        Extra { name: element.name.clone(), frame: element.frame, content }
    }

    fn dots(&self, nth: usize, file: &str, frame: Rect) -> Bitmap {
        let side = |dots: i32| u32::try_from(dots).unwrap_or(0).max(1);
        let (width, height) = (side(frame.width), side(frame.height));
        let Some(logo) = self.logos.get(file) else { return Bitmap::blank(1, 1) };
        let mut kept = self.dots.lock().unwrap_or_else(PoisonError::into_inner);
        let dots = kept.entry((nth, width, height)).or_insert_with(|| logo.dots(width, height));
        dots.clone()
    }

    /// What does not fit on a head, with the sample's order: places, words, sizes.
    pub fn faults(&self, head: Head) -> Vec<ConfigFault> {
        let paper = self.shop.paper;
        let extras = self.extras(&sample::facts(), head, paper).unwrap_or_default();
        let misfits: Result<Vec<Misfit>, Undrawable> = extras::misfits(&extras, head, paper);
        let told = misfits.unwrap_or_default().into_iter().map(|Misfit { nth, what }| {
            let said = match &extras[nth].content {
                Content::Text(text) => text.text.clone(),
                Content::Code(_, text) => text.clone(),
                Content::Picture(_) => String::new(),
            };
            let (key, why, what) = match what {
                forms::What::Outside => ("x_mm", ConfigWhy::FormOutside, String::new()),
                forms::What::Overlaps(other) => ("x_mm", ConfigWhy::FormOverlaps, other),
                forms::What::GlyphMissing(c) => ("text", ConfigWhy::FormGlyph, c.to_string()),
                forms::What::NotEncodable => ("text", ConfigWhy::FormNotEncodable, said),
                forms::What::TooLong | forms::What::Paper | forms::What::Extra { .. } => {
                    ("text", ConfigWhy::FormTooLong, said)
                }
            };
            fault(&self.shop, nth, key, why, what)
        });
        told.collect()
    }
}

/// A picture beside the forms.
///
/// # Errors
/// The disk; more bytes than a logo has.
pub fn picture(home: &Path, file: &str) -> io::Result<Vec<u8>> {
    let path = folder(home).join(file);
    if fs::metadata(&path)?.len() > foreign::LOGO_BYTES_MAX as u64 {
        return Err(io::Error::from(io::ErrorKind::FileTooLarge));
    }
    fs::read(path)
}

fn fault(shop: &ShopForm, nth: usize, key: &str, why: ConfigWhy, what: String) -> ConfigFault {
    let line = shop.elements[nth].line;
    ConfigFault { line, key: format!("element[{}].{key}", nth + 1), why, what }
}

fn digest(bundle: &str) -> String {
    let all = Sha256::digest(bundle.as_bytes());
    all[..NAME_BYTES].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A text with the order's words in it; nothing if all of the fields it names are empty.
fn filled(template: &str, facts: &LabelFacts) -> String {
    let (mut out, mut rest) = (String::new(), template);
    let (mut named, mut said) = (0, 0);
    while let Some((before, after)) = rest.split_once('{') {
        let (field, tail) = after.split_once('}').unwrap_or((after, ""));
        let value = value(field, facts);
        named += 1;
        said += usize::from(!value.is_empty());
        out.push_str(before);
        out.push_str(&value);
        rest = tail;
    }
    out.push_str(rest);
    if named > 0 && said == 0 { String::new() } else { out }
}

fn value(field: &str, facts: &LabelFacts) -> String {
    let nothing = ShopFacts::default();
    let shop = facts.shop.as_ref().unwrap_or(&nothing);
    match field {
        "order_no" => facts.order_no.clone(),
        "goods" => facts.goods.clone(),
        "note" => facts.note.clone(),
        "sender" => facts.sender.name.clone(),
        "shop" => shop.name.clone(),
        "pieces" => shop.pieces.to_string(),
        "weight" => shop.weight_g.map(kilograms).unwrap_or_default(),
        "paid" => shop.paid_at_ms.map(day).unwrap_or_default(),
        // The reader of the file refuses all others.
        _ => String::new(),
    }
}

/// "1.25 kg".
fn kilograms(weight_g: u32) -> String {
    let text = format!("{}.{:03}", weight_g / 1_000, weight_g % 1_000);
    format!("{} kg", text.trim_end_matches('0').trim_end_matches('.'))
}

/// "2026-11-21" in the PC's own time zone.
fn day(at_ms: i64) -> String {
    draw::local_minute(at_ms).chars().take("2026-11-21".len()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_filled_and_empty_ones_take_their_words_with_them() {
        let mut facts = sample::facts();
        assert_eq!(filled("订单号 {order_no}！", &facts), format!("订单号 {}！", facts.order_no));
        assert_eq!(filled("{pieces} 件 {weight}", &facts), "3 件 0.86 kg");
        assert_eq!(filled("谢谢", &facts), "谢谢");
        facts.note.clear();
        assert_eq!(filled("备注 {note}", &facts), "");
        assert_eq!(filled("{note} {shop}", &facts), " 拾光家居");
        facts.shop = None;
        assert_eq!(filled("{weight}{paid}", &facts), "");
    }

    #[test]
    fn a_bundle_is_the_form_it_came_from() {
        let text = sample::text(Paper::WAYBILL);
        let form = Form::read(&text, &|_| Err(io::ErrorKind::NotFound.into())).unwrap();
        let again = Form::unbundled(form.bundle()).unwrap();
        assert_eq!((again.digest, again.shop), (form.digest, form.shop));
        assert!(Form::unbundled("{}").is_none());
    }

    #[test]
    fn what_a_new_form_begins_with_fits_every_head_and_paper() {
        for paper in Paper::WAYBILLS {
            let form = Form::read(&sample::text(paper), &|_| Err(io::ErrorKind::NotFound.into()));
            let form = form.unwrap();
            for head in [Head::DPMM_8, Head::DPMM_12, Head::DPI_300] {
                assert_eq!(form.faults(head), [], "{paper:?} {head:?}");
            }
        }
    }
}
