//! Commands as dots, for printers that do not speak their language: text in our fonts, as wide as
//! the printer's own would be at most, and codes anew on whole dots of this head. What is not
//! followed is refused by its name.

use super::{Spoken, made_for, tspl, zpl};
use crate::{Refused, Target};
use canvas::Canvas;
use label::{raster::Bitmap, units::Head};

mod canvas;
mod graphic;
mod of_tspl;
mod of_zpl;
mod parts;

mod shape;

/// Commands beyond this are no label.
const BYTES_MAX: usize = 2 << 20;

/// The one label as the paper's dots.
///
/// # Errors
/// Broken or too large commands; languages and commands that are not followed; ink beyond the
/// paper.
pub fn draw(bytes: &[u8], spoken: Spoken, target: Target) -> Result<Bitmap, Refused> {
    if bytes.len() > BYTES_MAX {
        return Err(Refused::TooLarge("commands"));
    }
    let broken = |_| Refused::Broken("commands");
    match spoken {
        Spoken::Zpl => {
            let commands = zpl::commands(bytes).map_err(broken)?;
            if zpl::labels(&commands) > 1 {
                return Err(Refused::TooLarge("pages"));
            }
            let mut canvas = Canvas::new(made_for(zpl::size_dots(&commands), target), target);
            of_zpl::draw(&commands, &mut canvas)?;
            canvas.finish()
        }
        Spoken::Tspl => {
            let commands = tspl::commands(bytes).map_err(broken)?;
            // TSPL never says for which head it is; nearly all of them have 8 dots/mm.
            let mut canvas = Canvas::new(Head::DPMM_8, target);
            of_tspl::draw(&commands, &mut canvas)?;
            canvas.finish()
        }
        Spoken::Cpcl | Spoken::Epl => Err(Refused::Commands(spoken)),
    }
}

/// What is not followed, by its name.
fn unknown(what: &str) -> Refused {
    Refused::UnknownLayout(what.to_owned())
}
