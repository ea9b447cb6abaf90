//! Workbooks before they are read: their reader believes what they say of themselves, and a machine
//! without memory ends the whole station. So everything is unpacked once to nowhere and counted,
//! and what a workbook says is held against what is there.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

/// Bytes of all parts of an XLSX file together, unpacked. A million rows of ten columns have some
/// 600 MB.
const UNPACKED_BYTES_MAX: u64 = 768 << 20;
/// Bytes between one `<` and the next: a cell holds 32,767 characters at most.
const PIECE_BYTES_MAX: usize = 4 << 20;
/// Files inside of one workbook.
const PARTS_MAX: usize = 10_000;
/// A text of the table of texts has at least so many bytes: `<si/>`.
const TEXT_BYTES_MIN: u64 = 5;
/// Cells between the outermost ones of all sheets of an XLS file, which are held in memory, empty
/// ones too: 65,536 rows of 128 columns.
const CELLS_MAX: u64 = 1 << 23;
/// Cells that a sheet may say it has, for which address space is asked: all of an XLS sheet.
const SAID_CELLS_MAX: u64 = 1 << 24;

/// Whether an XLSX file can be read within bounds.
///
/// # Errors
/// The reader's words.
pub(super) fn xlsx(path: &Path) -> Result<bool, String> {
    let file = File::open(path).map_err(|error| error.to_string())?;
    let mut parts = zip::ZipArchive::new(BufReader::new(file)).map_err(|e| e.to_string())?;
    if parts.len() > PARTS_MAX {
        return Ok(false);
    }
    let mut left = UNPACKED_BYTES_MAX;
    for at in 0..parts.len() {
        let part = parts.by_index(at).map_err(|error| error.to_string())?;
        let mut part = Count { left, piece: 0, is_text: false, texts: 0, source: part };
        if !part.all().map_err(|error| error.to_string())? {
            return Ok(false);
        }
        let unpacked = left - part.left;
        left = part.left;
        // The table of texts says how many it has, and room is made for so many at once.
        if part.texts > unpacked / TEXT_BYTES_MIN {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A part on its way to nowhere.
struct Count<R> {
    left: u64,
    /// Bytes since the last `<`.
    piece: usize,
    is_text: bool,
    /// The most texts it says to have.
    texts: u64,
    source: R,
}

/// What says how many texts a table has.
const SAID: &[u8] = b"uniqueCount";
/// The word, what may stand before its value, and the value.
const SAID_BYTES: usize = 64;

impl<R: Read> Count<R> {
    /// False: there is more than may be.
    fn all(&mut self) -> std::io::Result<bool> {
        let mut buffer = vec![0; 64 << 10];
        // The last bytes of one round are the first of the next: a word may lie across.
        let mut kept = 0;
        loop {
            let count = self.source.read(&mut buffer[kept..])?;
            if count == 0 {
                return Ok(true);
            }
            let Some(left) = self.left.checked_sub(count as u64) else { return Ok(false) };
            self.left = left;
            let read = &buffer[kept..kept + count];
            self.is_text |= read.contains(&b'<');
            match read.iter().rposition(|&byte| byte == b'<') {
                Some(at) => self.piece = count - at,
                None => self.piece += count,
            }
            if self.is_text && self.piece > PIECE_BYTES_MAX {
                return Ok(false);
            }
            let all = &buffer[..kept + count];
            self.texts = self.texts.max(said_texts(all));
            let from = all.len().saturating_sub(SAID_BYTES);
            kept = all.len() - from;
            buffer.copy_within(from..from + kept, 0);
        }
    }
}

/// The most that any `uniqueCount` says.
fn said_texts(text: &[u8]) -> u64 {
    let mut most = 0;
    let mut rest = text;
    while let Some(at) = rest.windows(SAID.len()).position(|part| part == SAID) {
        rest = &rest[at + SAID.len()..];
        let digits = rest.iter().skip_while(|byte| b" =\"'\t\r\n+0".contains(byte));
        let digits: Vec<u8> = digits.copied().take_while(u8::is_ascii_digit).collect();
        let digits = String::from_utf8_lossy(&digits);
        // More digits than a number has are more than there can be.
        let value = if digits.is_empty() { 0 } else { digits.parse().unwrap_or(u64::MAX) };
        most = most.max(value);
    }
    most
}

/// Whether an XLS file can be read within bounds (MS-XLS 2.3: records of type, length and data).
///
/// # Errors
/// The reader's words.
pub(super) fn xls(path: &Path) -> Result<bool, String> {
    let mut book = cfb::open(path).map_err(|error| error.to_string())?;
    for name in ["Workbook", "Book"] {
        if !book.is_stream(name) {
            continue;
        }
        let mut stream = Vec::new();
        let mut opened = book.open_stream(name).map_err(|error| error.to_string())?;
        opened.read_to_end(&mut stream).map_err(|error| error.to_string())?;
        if !records(&stream) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The outermost cells of a sheet.
#[derive(Debug, Clone, Copy)]
struct Extent {
    rows: (u64, u64),
    columns: (u64, u64),
}

impl Extent {
    fn with(seen: Option<Self>, row: u64, columns: (u64, u64)) -> Self {
        let Some(Self { rows, columns: before }) = seen else {
            return Self { rows: (row, row), columns };
        };
        Self {
            rows: (rows.0.min(row), rows.1.max(row)),
            columns: (before.0.min(columns.0), before.1.max(columns.1)),
        }
    }

    fn cells(self) -> u64 {
        (self.rows.1 - self.rows.0 + 1) * (self.columns.1.saturating_sub(self.columns.0) + 1)
    }
}

fn records(stream: &[u8]) -> bool {
    let (mut rest, mut cells) = (stream, 0_u64);
    let mut seen: Option<Extent> = None;
    while let Some(([kind_low, kind_high, low, high], more)) = rest.split_first_chunk() {
        let kind = u16::from_le_bytes([*kind_low, *kind_high]);
        let length = usize::from(u16::from_le_bytes([*low, *high]));
        let Some((data, more)) = more.split_at_checked(length) else { break };
        rest = more;
        let word = |at: usize| {
            data.get(at..at + 2).map(|pair| u64::from(u16::from_le_bytes([pair[0], pair[1]])))
        };
        let double = |at: usize| Some(word(at)? | word(at + 2)? << 16);
        match kind {
            // A sheet begins; what was before is counted.
            0x0809 => cells += seen.take().map_or(0, Extent::cells),
            // Numbers, texts, truths, formulas: row and column.
            0x0006 | 0x0203 | 0x0204 | 0x0205 | 0x00d6 | 0x00fd | 0x027e => {
                if let (Some(row), Some(column)) = (word(0), word(2)) {
                    seen = Some(Extent::with(seen, row, (column, column)));
                }
            }
            // Several numbers: row, first column, and the last one at the end.
            0x00bd if length >= 6 => {
                if let (Some(row), Some(first), Some(last)) = (word(0), word(2), word(length - 2)) {
                    seen = Some(Extent::with(seen, row, (first, last)));
                }
            }
            // What the sheet says of itself.
            0x0200 => {
                let (rows, columns) = match length {
                    10 => (word(2), word(6)),
                    _ => (double(4), word(10)),
                };
                let said = rows.unwrap_or(0).saturating_mul(columns.unwrap_or(0));
                if said > SAID_CELLS_MAX {
                    return false;
                }
            }
            _ => {}
        }
        if cells + seen.map_or(0, Extent::cells) > CELLS_MAX {
            return false;
        }
    }
    true
}
