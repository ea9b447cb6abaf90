//! PDF, drawn by `hayro` at exactly the head's dots. Nothing is scaled to fit: fitting turns whole
//! dots into 0.998 of them, and bars with them.

mod bounds;

use crate::{
    Refused, Target,
    grey::Grey,
    picture::{TOLERANCE_UM, centred},
};
use hayro::{
    RenderCache, RenderSettings,
    hayro_interpret::{InterpreterSettings, InterpreterWarning, TransformExt, font::FontQuery},
    hayro_syntax::{LoadPdfError, Pdf, page::Page},
    kurbo::Affine,
    vello_cpu::{
        Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit,
        color::palette::css::WHITE,
    },
};
use label::raster::Bitmap;
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// Labels of one document. A carrier gives at most 20 in one.
const PAGES_MAX: usize = 50;
/// A page is no larger: A3, so that a page of an office printer is looked at.
const PAGE_UM_MAX: i32 = 430_000;
/// Micrometres of a point: 25.4 mm / 72.
const UM_PER_POINT: f64 = 25_400.0 / 72.0;

/// Every page as the paper's dots.
///
/// # Errors
/// Broken, encrypted or too large bytes; a page larger than the paper.
pub fn draw(bytes: &[u8], target: Target) -> Result<Vec<Bitmap>, Refused> {
    // A fault in a reader of foreign bytes must cost this label, not the printer's thread.
    catch_unwind(AssertUnwindSafe(|| pages(bytes, target))).unwrap_or(Err(Refused::Broken("pdf")))
}

fn pages(bytes: &[u8], target: Target) -> Result<Vec<Bitmap>, Refused> {
    bounds::packed(bytes)?;
    let pdf = Pdf::new(Arc::new(bytes.to_vec())).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Refused::Encrypted,
        LoadPdfError::Invalid => Refused::Broken("pdf"),
    })?;
    bounds::objects(&pdf)?;
    let pages = pdf.pages();
    match pages.len() {
        0 => return Err(Refused::Broken("pdf")),
        count if count > PAGES_MAX => return Err(Refused::TooLarge("pages")),
        _ => {}
    }
    let cache = RenderCache::new();
    pages.iter().map(|page| drawn(page, &cache, target)).collect()
}

fn drawn<'a>(
    page: &'a Page<'a>,
    cache: &RenderCache<'a>,
    target: Target,
) -> Result<Bitmap, Refused> {
    let (width, height) = page.render_dimensions();
    let um = |points: f32| (f64::from(points) * UM_PER_POINT).round() as i32;
    let (width_um, height_um) = (um(width), um(height));
    let paper = target.paper;
    if width_um.max(height_um) > PAGE_UM_MAX {
        return Err(Refused::Paper { width_um, height_um });
    }
    let larger =
        width_um > paper.width_um + TOLERANCE_UM || height_um > paper.height_um + TOLERANCE_UM;
    let dots = |um: i32| u16::try_from(target.head.dots(um)).unwrap_or(u16::MAX).max(1);
    let (width, height) = (dots(width_um), dots(height_um));
    let scale = UM_PER_POINT * f64::from(target.head.dots_per_m) / 1e6;
    let (settings, lack) = settings();
    let mut context = RenderContext::new(width, height);
    hayro::render_into(
        page,
        cache,
        &settings,
        &RenderSettings { hinting: false, ..RenderSettings::default() },
        &mut context,
        Affine::scale(scale) * page.initial_transform(true).to_kurbo(),
    );
    lack.check()?;
    context.flush();
    let mut pixels = Pixmap::new(width, height);
    let settings =
        RasterizerSettings { target_init: TargetInit::Clear(WHITE), ..Default::default() };
    context.render_with(&mut pixels, &mut Resources::default(), settings);
    let page = grey(&pixels);
    if !larger {
        return Ok(centred(&page, target).dots());
    }
    // 4 × 6 in on 100 × 150 mm, or an office printer's page with a label on it: what is printed
    // fits, or nothing is.
    let content = page.content().ok_or(Refused::Blank)?;
    let (room_x, room_y) = target.dots();
    let fits = |has: usize, room: i32| i32::try_from(has).is_ok_and(|has| has <= room);
    if !fits(content.2, room_x) || !fits(content.3, room_y) {
        return Err(Refused::Paper { width_um, height_um });
    }
    Ok(centred(&page.part(content), target).dots())
}

/// What could not be drawn. A label that lacks a picture or has other letters than meant must not
/// look whole.
#[derive(Default)]
struct Lack {
    font: AtomicBool,
    picture: AtomicBool,
}

impl Lack {
    fn check(&self) -> Result<(), Refused> {
        match () {
            () if self.font.load(Ordering::Relaxed) => Err(Refused::FontMissing),
            () if self.picture.load(Ordering::Relaxed) => Err(Refused::Broken("pdf picture")),
            () => Ok(()),
        }
    }
}

/// Settings that note what is lacking. The 14 standard fonts are part of `hayro`; Chinese fonts
/// that the document does not bring are not.
fn settings() -> (InterpreterSettings, Arc<Lack>) {
    let lack = Arc::new(Lack::default());
    let (of_fonts, of_warnings) = (lack.clone(), lack.clone());
    let font_resolver = Arc::new(move |query: &FontQuery| match query {
        FontQuery::Standard(font) => Some(font.get_font_data()),
        FontQuery::Fallback(font) => {
            if font.character_collection.is_some() {
                of_fonts.font.store(true, Ordering::Relaxed);
            }
            Some(font.pick_standard_font().get_font_data())
        }
    });
    let warning_sink = Arc::new(move |warning| match warning {
        InterpreterWarning::UnsupportedFont => of_warnings.font.store(true, Ordering::Relaxed),
        InterpreterWarning::ImageDecodeFailure => {
            of_warnings.picture.store(true, Ordering::Relaxed)
        }
        _ => {}
    });
    (InterpreterSettings { font_resolver, warning_sink, ..Default::default() }, lack)
}

fn grey(pixels: &Pixmap) -> Grey {
    let (width, height) = (usize::from(pixels.width()), usize::from(pixels.height()));
    // On white, so nothing is transparent. Weights of ITU-R BT.601 in thousandths.
    let luma = pixels.data().iter().map(|dot| {
        let sum = u32::from(dot.r) * 299 + u32::from(dot.g) * 587 + u32::from(dot.b) * 114;
        ((sum + 500) / 1_000) as u8
    });
    Grey { width, height, luma: luma.collect() }
}
