//! PDF417 (ISO/IEC 15438): numbers in numeric, ASCII in text and everything else, as UTF-8, in byte
//! compaction; error correction as the standard recommends. No published crate that draws it builds
//! with stable Rust, so it is said here.

use super::Grid;

mod compact;

/// Empty modules on every side.
pub const QUIET: i32 = 2;

/// The narrowest module for a thermal label, in µm (two dots of a 203 dpi head).
pub const MODULE_MIN_UM: i32 = 250;

/// A row is at least so many modules high.
pub const ROW_MODULES: i32 = 3;

/// The standard's patterns, three clusters of 929: big-endian, without the first of the 17 modules,
/// which is always dark. The values were read out of a public decoder's table (rxing, Apache-2.0),
/// because the standard is for sale.
static WORDS: &[u8] = include_bytes!("pdf417.words");

const START: (u32, u32) = (0b1_1111_1110_1010_1000, 17);
const STOP: (u32, u32) = (0b11_1111_1010_0010_1001, 18);

/// Filler between the data and the correction.
const PAD: u16 = 900;
/// Code words in the largest symbol.
const WORDS_MAX: usize = 928;
const ROWS: std::ops::RangeInclusive<usize> = 3..=90;
/// Code words are numbers modulo this prime, of which 3 is a primitive root.
const PRIME: u32 = 929;

/// `text` in rows of `columns` code words (1 to 30); `None` if `text` is empty or does not fit.
/// A row is one module high here: draw it [`ROW_MODULES`] high or more.
pub fn encode(text: &str, columns: u8) -> Option<Grid> {
    encode_at(text, columns, None, 0)
}

/// The same with so much correction (level 0 to 8; not said: what the standard recommends) and at
/// least so many rows.
pub fn encode_at(text: &str, columns: u8, said_level: Option<u8>, rows: usize) -> Option<Grid> {
    if text.is_empty() || !(1..=30).contains(&columns) || said_level.is_some_and(|level| level > 8)
    {
        return None;
    }
    let said = compact::words(text);
    let columns = usize::from(columns);
    let level = said_level.map_or_else(|| level(said.len()), usize::from);
    let checks = 2 << level;
    let rows = (1 + said.len() + checks).div_ceil(columns).max(rows).max(*ROWS.start());
    let room = rows * columns;
    if !ROWS.contains(&rows) || room > WORDS_MAX {
        return None;
    }
    let mut words = vec![u16::try_from(room - checks).ok()?];
    words.extend(said);
    words.resize(room - checks, PAD);
    words.extend(correction(&words, checks));
    let mut dark = Vec::with_capacity((columns * 17 + 69) * rows);
    for (row, words) in words.chunks_exact(columns).enumerate() {
        let (left, right) = indicators(row, rows, columns, level);
        push(&mut dark, START);
        for word in
            std::iter::once(left).chain(words.iter().map(|&w| usize::from(w))).chain([right])
        {
            push(&mut dark, pattern(row % 3, word));
        }
        push(&mut dark, STOP);
    }
    Some(Grid { width: columns * 17 + 69, dark })
}

/// The level of error correction that the standard recommends for so many code words.
fn level(words: usize) -> usize {
    match words {
        0..=40 => 2,
        41..=160 => 3,
        161..=320 => 4,
        _ => 5,
    }
}

/// The code words at both ends of a row, which say where it belongs and how large the symbol is.
fn indicators(row: usize, rows: usize, columns: usize, level: usize) -> (usize, usize) {
    let height = (rows - 1) / 3;
    let strength = level * 3 + (rows - 1) % 3;
    let width = columns - 1;
    let (left, right) = match row % 3 {
        0 => (height, width),
        1 => (strength, height),
        _ => (width, strength),
    };
    (row / 3 * 30 + left, row / 3 * 30 + right)
}

/// Modules of a code word, the first as the highest bit, and how many they are.
fn pattern(cluster: usize, word: usize) -> (u32, u32) {
    let at = (cluster * PRIME as usize + word) * 2;
    (1 << 16 | u32::from(WORDS[at]) << 8 | u32::from(WORDS[at + 1]), 17)
}

fn push(dark: &mut Vec<bool>, (bits, count): (u32, u32)) {
    dark.extend((0..count).rev().map(|at| bits >> at & 1 == 1));
}

/// Reed-Solomon check words over the integers modulo 929.
fn correction(data: &[u16], checks: usize) -> Vec<u16> {
    // The product of (x - 3^i), lowest power first, without the leading 1.
    let mut factors = vec![1];
    let mut root = 1;
    for _ in 0..checks {
        root = root * 3 % PRIME;
        factors.insert(0, 0);
        for at in 1..factors.len() {
            let taken: u32 = factors[at] * root % PRIME;
            factors[at - 1] = (factors[at - 1] + PRIME - taken) % PRIME;
        }
    }
    let mut rest = vec![0; checks];
    for &word in data {
        let lead = (u32::from(word) + rest[checks - 1]) % PRIME;
        for at in (0..checks).rev() {
            let below = if at == 0 { 0 } else { rest[at - 1] };
            rest[at] = (below + PRIME - lead * factors[at] % PRIME) % PRIME;
        }
    }
    rest.iter().rev().map(|&word| ((PRIME - word) % PRIME) as u16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_belongs_to_its_cluster_and_is_there_once() {
        let mut seen = std::collections::HashSet::new();
        for (cluster, word) in (0..3).flat_map(|c| (0..929).map(move |w| (c, w))) {
            let mut dark = Vec::new();
            push(&mut dark, pattern(cluster, word));
            let runs: Vec<_> = dark.chunk_by(|a, b| a == b).map(|run| run.len()).collect();
            assert_eq!(runs.len(), 8);
            assert!(runs.iter().all(|&run| run <= 6));
            assert_eq!((runs[0] + runs[4] + 9 - runs[2] - runs[6]) % 9, cluster * 3);
            assert!(seen.insert(dark));
        }
    }

    #[test]
    fn the_correction_is_that_of_the_standard() {
        // The example of ISO/IEC 15438, annex Q: "PDF417" at level 1.
        assert_eq!(correction(&[5, 453, 178, 121, 239], 4), [452, 327, 657, 619]);
    }
}
