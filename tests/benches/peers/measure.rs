//! Judges the picture of a label as a head would burn it, for `peers.py`: finds its Code 128, and
//! says in a line of JSON how far its bars lie from equal modules and how they grade in simulation.
//!
//! `measure LABEL.png`, 8 dots/mm.

use label::units::Head;
use scene::grade::{Burn, NEW, WORN, scan, verify};
use std::{env, error::Error};

/// Start, at least a digit pair and its check, stop: elements.
const ELEMENTS_MIN: usize = 6 * 3 + 7;
/// More blank dots than any space between bars has, and fewer than a quiet zone.
const BLANK: usize = 24;

/// A row's bars from the first to the last dot, and how many dots each element is wide.
struct Bars {
    row: Vec<bool>,
    widths: Vec<usize>,
}

/// Groups of the row between wide blanks, that have as many elements as a Code 128 can.
fn bars_in(row: &[bool]) -> Option<Bars> {
    let blank = [false; BLANK];
    let mut from = 0;
    while let Some(start) = row[from..].iter().position(|&dot| dot).map(|at| from + at) {
        let end = row[start..].windows(blank.len()).position(|part| part == blank);
        let end = end.map_or(row.len(), |at| start + at);
        let part = &row[start..end];
        let widths: Vec<usize> = part.chunk_by(|a, b| a == b).map(<[bool]>::len).collect();
        if widths.len() >= ELEMENTS_MIN && (widths.len() - 7).is_multiple_of(6) {
            return Some(Bars { row: part.to_vec(), widths });
        }
        from = end;
    }
    None
}

/// The widths as modules: each word has eleven, the stop thirteen.
fn modules(widths: &[usize]) -> Option<Vec<u8>> {
    let words = (widths.len() - 7) / 6;
    let total: usize = widths.iter().sum();
    let module = total as f64 / (11 * words + 13) as f64;
    let mut runs = Vec::new();
    for at in 0..=words {
        let end = if at == words { widths.len() } else { 6 * at + 6 };
        let word = &widths[6 * at..end];
        let want = if at == words { 13 } else { 11 };
        let own = word.iter().sum::<usize>() as f64 / f64::from(want);
        let mut of: Vec<f64> = word.iter().map(|&width| width as f64 / own).collect();
        let mut whole: Vec<u8> = of.iter().map(|wide| wide.round().clamp(1.0, 4.0) as u8).collect();
        // The element that is furthest off gives way until the word is whole.
        for _ in 0..4 {
            let sum = whole.iter().map(|&run| i32::from(run)).sum::<i32>();
            let step = (want - sum).signum();
            if step == 0 {
                break;
            }
            let off = |at: usize| (of[at] - f64::from(whole[at])) * f64::from(step);
            let at = (0..whole.len()).max_by(|&a, &b| off(a).total_cmp(&off(b)))?;
            whole[at] = whole[at].checked_add_signed(step as i8)?;
            of[at] = f64::from(whole[at]);
        }
        runs.extend(whole);
    }
    (module >= 1.0).then_some(runs)
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args().nth(1).ok_or("measure LABEL.png")?;
    let picture = image::open(path)?.into_luma8();
    let row = |y: u32| (0..picture.width()).map(|x| picture.get_pixel(x, y).0[0] < 128).collect();
    let found = (0..picture.height()).step_by(4).find_map(|y| {
        let dots: Vec<bool> = row(y);
        let bars = bars_in(&dots)?;
        // Bars stand over many rows; a line of text does not.
        let again: Vec<bool> = row((y + 16).min(picture.height() - 1));
        (again == dots).then_some(bars)
    });
    let Some(Bars { row, widths }) = found else {
        println!("{{\"off\":\"no bars found\",\"grades\":\"F · F\"}}");
        return Ok(());
    };
    let runs = modules(&widths).ok_or("no modules")?;
    let total = runs.iter().map(|&run| f64::from(run)).sum::<f64>();
    let module = row.len() as f64 / total;
    let off =
        widths.iter().zip(&runs).map(|(&wide, &run)| (wide as f64 - f64::from(run) * module).abs());
    let off = off.fold(0.0, f64::max);
    let quiet = vec![false; BLANK.max((10.0 * module) as usize)];
    let line = [quiet.clone(), row, quiet].concat();
    let grade = |burn: Burn| {
        verify(&scan(&line, Head::DPMM_8, burn), &runs)
            .map_or("F".to_owned(), |quality| format!("{:?}", quality.grade))
    };
    println!(
        "{{\"off\":\"{off:.2} dots of {module:.2}\",\"grades\":\"{} · {}\"}}",
        grade(NEW),
        grade(WORN)
    );
    Ok(())
}
