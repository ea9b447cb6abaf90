//! The mark of a copy on a label that somebody else drew: "第 2 次打印", where nothing stands.

use crate::{
    font::Fonts,
    page::{Ink, Line, Weight},
    raster::Bitmap,
    units::Head,
};

/// Sizes of its type to try, µm; smaller than the last is not read.
const SIZES: [i32; 2] = [3_000, 2_500];
/// Free of ink beside it: the widest quiet zone, ten modules of 4 dots of 8 a millimetre.
const BESIDE: i32 = 5_000;
/// Free of ink above and below it, µm.
const ABOVE: i32 = 750;
/// No print head reaches this edge for certain, µm.
const EDGE: i32 = 1_500;

/// Writes which copy it is where nothing stands, from the lower edge up. `false` if there is no
/// such place: then not a dot is changed.
pub fn copy(bitmap: &mut Bitmap, head: Head, nth: u32) -> bool {
    let text = super::waybill::copy_words(nth);
    let fonts = Fonts::shipped();
    for size in SIZES.map(|um| head.dots(um)) {
        let width = fonts.width(&text, size, Weight::Bold);
        let Some((x, y)) = free(bitmap, head, (width, size)) else { continue };
        // Noto's Han characters reach from 0.88 em above the baseline to 0.12 em below.
        let baseline = y + (size * 88 + 50) / 100;
        let line = Line { x, baseline, size, weight: Weight::Bold, ink: Ink::Black, text };
        bitmap.write(&line, fonts);
        return true;
    }
    false
}

/// The lowest, then rightmost place for so many dots with nothing around them.
fn free(bitmap: &Bitmap, head: Head, (width, height): (i32, i32)) -> Option<(i32, i32)> {
    let (beside, above, edge) = (head.dots(BESIDE), head.dots(ABOVE), head.dots(EDGE));
    let (right, bottom) = (bitmap.width as i32 - edge, bitmap.height as i32 - edge);
    let step = above.max(1);
    // How many rows are free above and in each, column by column, from the top down.
    let columns = bitmap.width as usize;
    let mut blank = vec![0_i32; columns];
    let mut best = None;
    let need = height + 2 * above;
    for y in 0..bitmap.height {
        for (x, rows) in blank.iter_mut().enumerate() {
            *rows = if bitmap.is_black(x as u32, y) { 0 } else { *rows + 1 };
        }
        let top = y as i32 + 1 - need + above;
        if top < edge || top + height > bottom || (y as i32) % step != 0 {
            continue;
        }
        let mut run = 0;
        for (x, rows) in (0_i32..).zip(&blank) {
            run = if *rows >= need { run + 1 } else { 0 };
            // The paper's edge is as good as blank.
            let from_edge = run == x + 1;
            let left = if from_edge { edge } else { x + 1 - run + beside };
            let end = (x + 1 - beside).max(if x as usize + 1 == columns { right } else { 0 });
            if end.min(right) - left >= width {
                best = Some((end.min(right) - width, top));
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Rect;

    fn full() -> Bitmap {
        let mut bitmap = Bitmap::blank(608, 1_040);
        bitmap.fill(Rect { x: 0, y: 0, width: 608, height: 1_040 }, Ink::Black);
        bitmap
    }

    fn dots(bitmap: &Bitmap) -> u32 {
        bitmap.bits.iter().map(|byte| byte.count_ones()).sum()
    }

    #[test]
    fn blank_paper_is_marked_at_its_lower_right() {
        let mut bitmap = Bitmap::blank(608, 1_040);
        assert!(copy(&mut bitmap, Head::DPMM_8, 2));
        assert!(dots(&bitmap) > 200);
        let inked = |x: std::ops::Range<u32>, y: std::ops::Range<u32>| {
            y.clone().any(|y| x.clone().any(|x| bitmap.is_black(x, y)))
        };
        assert!(inked(300..596, 980..1_030) && !inked(0..400, 0..1_040) && !inked(0..608, 0..960));
    }

    #[test]
    fn no_dot_of_the_label_is_touched_and_bars_keep_their_quiet() {
        let mut before = full();
        let gap = Rect { x: 100, y: 500, width: 320, height: 40 };
        before.fill(gap, Ink::White);
        let mut bitmap = before.clone();
        assert!(copy(&mut bitmap, Head::DPMM_8, 12));
        let inside = |x: u32, y: u32| (140..380).contains(&x) && (506..534).contains(&y);
        for (y, x) in (0..1_040).flat_map(|y| (0..608).map(move |x| (y, x))) {
            let same = before.is_black(x, y) == bitmap.is_black(x, y);
            assert!(same || inside(x, y), "{x} {y}");
        }
    }

    #[test]
    fn without_a_place_nothing_is_changed() {
        let mut bitmap = full();
        bitmap.fill(Rect { x: 100, y: 500, width: 150, height: 40 }, Ink::White);
        let before = bitmap.clone();
        assert!(!copy(&mut bitmap, Head::DPMM_8, 2));
        assert_eq!(bitmap, before);
    }
}
