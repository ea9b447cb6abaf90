//! A page of HTML as a label: KDNiao's `PrintTemplate`, blocks at places in px of 1/96 inch, drawn
//! with our fonts at the head's dots. A reader of templates, not a browser: nothing runs, nothing
//! is fetched, and a layout we do not follow is refused by its name instead of guessed.

mod boxes;
mod css;
mod flex;
mod floats;
mod flow;
mod frame;
mod lay;
mod line;
mod picture;
mod pieces;
mod side;
mod style;
mod table;
mod turn;
mod value;

use crate::{Refused, Target, picture::TOLERANCE_UM, piece::Turn};
use label::{
    font::{self, Fonts},
    page::{Ink, Item, Line, Page, Rect},
    raster::{self, Bitmap},
};
use lay::Laid;
use pieces::Piece;
use scraper::{ElementRef, Html, Selector};

/// A template is some 100 KB, its pictures included.
const HTML_BYTES_MAX: usize = 2 << 20;
/// Elements of one page; deeper or longer ones are no label.
const ELEMENTS_MAX: usize = 5_000;
/// Tags of one page. The parser looks through all open elements at many of them, so that time grows
/// with the square of their number.
const TAGS_MAX: usize = 20_000;
/// Levels of elements: every level is a call.
const DEPTH_MAX: usize = 60;

/// The page as the paper's dots.
///
/// # Errors
/// Not UTF-8, too large, a layout or an element that is not followed, something from the network,
/// larger than the paper.
pub fn draw(bytes: &[u8], target: Target) -> Result<Bitmap, Refused> {
    if bytes.len() > HTML_BYTES_MAX {
        return Err(Refused::TooLarge("html"));
    }
    if bytes.iter().filter(|byte| **byte == b'<').count() > TAGS_MAX {
        return Err(Refused::TooLarge("html"));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Refused::Broken("html encoding"))?;
    let document = Html::parse_document(text);
    forbidden(&document)?;
    let mut rules = Vec::new();
    for sheet in document.select(&selector("style")) {
        css::sheet(&sheet.text().collect::<String>(), &mut rules)?;
    }
    let Some(body) = document.select(&selector("body")).next() else {
        return Err(Refused::Broken("html"));
    };
    let laid = lay::page(body, &rules, target.paper)?;
    painted(&laid, target)
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).expect("selectors of this file are names")
}

/// What would be fetched, run, or drawn by a program inside the page.
fn forbidden(document: &Html) -> Result<(), Refused> {
    for (count, node) in document.tree.nodes().enumerate() {
        let Some(element) = ElementRef::wrap(node) else { continue };
        if count > 20 * ELEMENTS_MAX || node.ancestors().nth(DEPTH_MAX).is_some() {
            return Err(Refused::TooLarge("html"));
        }
        let value = element.value();
        let is_data = |url: &str| url.trim_start().to_ascii_lowercase().starts_with("data:");
        match value.name() {
            "link" | "iframe" | "frame" | "object" | "embed" | "applet" | "audio" | "video" => {
                return Err(Refused::Network("element"));
            }
            "script" => return Err(Refused::UnknownLayout("<script>".to_owned())),
            "svg" | "canvas" | "math" => {
                return Err(Refused::UnknownLayout(format!("<{}>", value.name())));
            }
            "img" => {
                let source = value.attr("src").unwrap_or("");
                if !source.is_empty() && !is_data(source) || value.attr("srcset").is_some() {
                    return Err(Refused::Network("img"));
                }
            }
            "meta" => {
                let equiv = value.attr("http-equiv").unwrap_or("");
                if equiv.eq_ignore_ascii_case("refresh") {
                    return Err(Refused::Network("refresh"));
                }
            }
            _ if value.attr("background").is_some() => return Err(Refused::Network("background")),
            _ => {}
        }
    }
    Ok(())
}

/// Dots of what was laid out, in the middle of the paper.
fn painted(laid: &Laid, target: Target) -> Result<Bitmap, Refused> {
    let (paper, head) = (target.paper, target.head);
    let (width_um, height_um) = (laid.right_um, laid.bottom_um);
    if laid.left_um < -TOLERANCE_UM || laid.top_um < -TOLERANCE_UM {
        let (width_um, height_um) = (width_um - laid.left_um, height_um - laid.top_um);
        return Err(Refused::Paper { width_um, height_um });
    }
    if width_um > paper.width_um + TOLERANCE_UM || height_um > paper.height_um + TOLERANCE_UM {
        return Err(Refused::Paper { width_um, height_um });
    }
    let (left, top) = ((paper.width_um - width_um) / 2, (paper.height_um - height_um) / 2);
    let rect = |[x, y, width, height]: [i32; 4]| {
        // Edges are rounded, not sides: what touches in the template touches on the paper.
        let (x, y) = (x + left, y + top);
        let (from, to) = (head.dots(x), head.dots(x + width));
        let (above, below) = (head.dots(y), head.dots(y + height));
        Rect { x: from, y: above, width: to - from, height: below - above }
    };
    let mut items = Vec::new();
    let mut pictures = Vec::new();
    let mut turned = Vec::new();
    for piece in &laid.pieces {
        match piece {
            Piece::Fill(place, ink) => {
                let mut place_dots = rect(*place);
                // A rule that is thinner than a dot is still a rule.
                place_dots.width = place_dots.width.max(i32::from(place[2] > 0));
                place_dots.height = place_dots.height.max(i32::from(place[3] > 0));
                items.push(Item::Fill(place_dots, *ink));
            }
            Piece::Text { x, top: text_top, text, look, turn } => {
                if !font::beyond_shipped(text).is_empty() {
                    return Err(Refused::FontMissing);
                }
                let size = head.dots(look.size_um).max(1);
                if *turn != Turn::Upright {
                    let at = (head.dots(x + left), head.dots(text_top + top));
                    turned.push((at, text, look, *turn));
                    continue;
                }
                // Han characters reach from 0.88 em above the baseline to 0.12 em below.
                let baseline = head.dots(text_top + top) + (size * 88 + 50) / 100;
                let (x, weight, ink) = (head.dots(x + left), look.weight, look.ink);
                items.push(Item::Text(Line { x, baseline, size, weight, ink, text: text.clone() }));
            }
            Piece::Picture(place, grey) => pictures.push((rect(*place), grey)),
        }
    }
    let (width, height) = target.dots();
    let page = Page { head, width, height, items, shortened: Vec::new() };
    let mut bitmap = raster::paint(&page, Fonts::shipped());
    for (at, text, look, turn) in turned {
        side::lay(&mut bitmap, at, (text, look, turn), head);
    }
    for (place, grey) in pictures {
        let (wide, high) = (place.width.max(0) as usize, place.height.max(0) as usize);
        lay_dots(&mut bitmap, &grey.scaled(wide, high).dots(), place);
    }
    Ok(bitmap)
}

/// Lays the black dots of a picture on the label.
fn lay_dots(bitmap: &mut Bitmap, picture: &Bitmap, place: Rect) {
    for y in 0..picture.height {
        let mut x = 0;
        while x < picture.width {
            if picture.is_black(x, y) {
                let length =
                    (x..picture.width).take_while(|&x| picture.is_black(x, y)).count() as u32;
                let (left, top) = (place.x + x as i32, place.y + y as i32);
                let run = Rect { x: left, y: top, width: length as i32, height: 1 };
                bitmap.fill(run, Ink::Black);
                x += length;
            }
            x += 1;
        }
    }
}
