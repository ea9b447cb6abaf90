//! Delimited text: which encoding, which delimiter, which line. Quoting is the crate csv's work.
//!
//! UTF-8 and GB18030 are cut into cells as bytes: no byte of a GB18030 character is a comma,
//! semicolon, tab, quote or line end, so only the cells need decoding, each with its own verdict.

use super::FIELD_CHARS_MAX;
use super::source::{Each, Row, ShapeFault};
use crate::view::RowFault;
use csv::{ByteRecord, Reader, ReaderBuilder};
use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

/// Looked at to find the delimiter, in lines.
const DELIMITER_LINES: usize = 5;

/// A quote that is never closed swallows the lines below; such a row is given back to the file
/// after its first line. When this many bytes were read twice, the quotes of the file mean nothing.
const READ_TWICE_BYTES_MAX: usize = 256 << 20;

/// A whole text file, on its way to become rows.
pub(super) struct Text {
    pub(super) encoding: &'static str,
    data: Vec<u8>,
    gb18030: bool,
    delimiter: u8,
    start: usize,
}

impl Text {
    /// Finds encoding and delimiter. The error says what the file is instead.
    pub(super) fn new(mut data: Vec<u8>) -> Result<Self, String> {
        let wide =
            [(&b"\xff\xfe"[..], UTF_16LE, "utf-16le"), (&b"\xfe\xff"[..], UTF_16BE, "utf-16be")];
        let mut encoding = "utf-8";
        if let Some((_, coding, name)) = wide.into_iter().find(|(bom, ..)| data.starts_with(bom)) {
            data = coding.decode_with_bom_removal(&data).0.into_owned().into_bytes();
            encoding = name;
        } else if data.starts_with(b"\xef\xbb\xbf") {
            data.drain(..3);
        } else if data.iter().take(8192).any(|byte| *byte == 0) {
            return Err("binary".to_owned());
        } else if !is_utf8(&data) {
            encoding = "gb18030";
        }
        if data.trim_ascii_start().starts_with(b"<") {
            return Err("HTML".to_owned());
        }
        let gb18030 = encoding == "gb18030";
        let (delimiter, start) = match data.strip_prefix(b"sep=") {
            Some([delimiter, rest @ ..]) => (*delimiter, data.len() - rest.len()),
            _ => (guess_delimiter(&data), 0),
        };
        Ok(Self { encoding, data, gb18030, delimiter, start })
    }

    pub(super) fn delimiter_name(&self) -> &'static str {
        match self.delimiter {
            b';' => ";",
            b'\t' => "\t",
            _ => ",",
        }
    }

    pub(super) fn lines_total(&self) -> u32 {
        let ends = line_ends(&self.data);
        ends + u32::from(!self.data.ends_with(b"\n") && !self.data.is_empty())
    }

    /// The first rows as they stand, blank lines left out.
    pub(super) fn first_rows(&self, count: usize) -> Vec<Vec<String>> {
        let mut records = Records::new(self, self.start);
        let mut rows = Vec::new();
        while rows.len() < count && records.next().is_ok_and(|next| next.is_some()) {
            rows.push(records.record.iter().map(|cell| self.decode(cell).0).collect());
        }
        rows
    }

    /// Rows begin below the `at`th of [`Self::first_rows`].
    pub(super) fn start_below(&mut self, at: usize) {
        let mut records = Records::new(self, self.start);
        let mut end = self.start;
        for _ in 0..=at {
            if let Ok(Some(span)) = records.next() {
                end = span.end;
            }
        }
        self.start = end;
    }

    pub(super) fn rows(&self, width: usize, each: Each) -> Result<(), String> {
        let mut records = Records::new(self, self.start);
        let mut cells = vec![String::new(); width];
        while let Some(span) = records.next()? {
            let mut fault = self.fill(&records.record, &mut cells);
            let first_line = first_line_end(&self.data, span.start, span.end);
            let several = first_line < span.end;
            if several && !quotes_close(&self.data[span.start..span.end], self.delimiter) {
                fault = Some(ShapeFault { why: RowFault::CellCount, cell: None });
            }
            if several && fault.is_some_and(|fault| fault.why != RowFault::Encoding) {
                records.retake(first_line, span.end)?;
            }
            if each(Row { line: span.line, cells: &cells, fault }).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Decodes a record into as many cells as headings.
    fn fill(&self, record: &ByteRecord, cells: &mut [String]) -> Option<ShapeFault> {
        let mut fault = None;
        let width = cells.len();
        let more = record.iter().skip(width).any(|cell| !cell.trim_ascii().is_empty());
        let nothing = record.iter().all(|cell| cell.trim_ascii().is_empty());
        if (more || record.len() < width) && !nothing {
            fault = Some(ShapeFault { why: RowFault::CellCount, cell: None });
        }
        for (at, cell) in cells.iter_mut().enumerate() {
            let bytes = record.get(at).unwrap_or_default();
            // Four bytes are the longest character there is.
            if bytes.len() > 4 * FIELD_CHARS_MAX {
                fault = Some(ShapeFault { why: RowFault::FieldTooLong, cell: Some(at) });
                cell.clear();
                continue;
            }
            let (text, whole) = self.decode(bytes);
            *cell = text;
            if !whole {
                fault = fault.or(Some(ShapeFault { why: RowFault::Encoding, cell: Some(at) }));
            }
        }
        fault
    }

    /// The text, and whether all of it was in the file's encoding.
    fn decode(&self, bytes: &[u8]) -> (String, bool) {
        if self.gb18030 {
            let (text, broken) = GB18030.decode_without_bom_handling(bytes);
            return (text.into_owned(), !broken);
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => (text.to_owned(), !text.contains('\u{fffd}')),
            Err(_) => (String::from_utf8_lossy(bytes).into_owned(), false),
        }
    }
}

/// Where a record stands in the file.
struct Span {
    start: usize,
    end: usize,
    line: u32,
}

/// Reads records and counts lines as an editor does.
struct Records<'d> {
    data: &'d [u8],
    delimiter: u8,
    base: usize,
    reader: Reader<&'d [u8]>,
    record: ByteRecord,
    counted: usize,
    line: u32,
    read_twice: usize,
}

impl<'d> Records<'d> {
    fn new(text: &'d Text, at: usize) -> Self {
        Self {
            data: &text.data,
            delimiter: text.delimiter,
            base: at,
            reader: csv_reader(&text.data[at..], text.delimiter),
            record: ByteRecord::new(),
            counted: 0,
            line: 1,
            read_twice: 0,
        }
    }

    fn next(&mut self) -> Result<Option<Span>, String> {
        let before = self.base + offset(self.reader.position().byte());
        if !self.reader.read_byte_record(&mut self.record).map_err(|error| error.to_string())? {
            return Ok(None);
        }
        let blank = self.data[before..].iter().take_while(|byte| b"\r\n".contains(byte)).count();
        let start = before + blank;
        let end = self.base + offset(self.reader.position().byte());
        self.line += line_ends(&self.data[self.counted..start]);
        self.counted = start;
        Ok(Some(Span { start, end, line: self.line }))
    }

    /// Goes on from `from`, although everything up to `end` was read already.
    fn retake(&mut self, from: usize, end: usize) -> Result<(), String> {
        self.read_twice += end - from;
        if self.read_twice > READ_TWICE_BYTES_MAX {
            return Err("unbalanced quotes".to_owned());
        }
        self.base = from;
        self.reader = csv_reader(&self.data[from..], self.delimiter);
        Ok(())
    }
}

fn csv_reader(data: &[u8], delimiter: u8) -> Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(data)
}

fn offset(byte: u64) -> usize {
    usize::try_from(byte).expect("the file is in memory, so its offsets fit")
}

/// Whether every quoted cell of a record ends where its closing quote stands. The reader is lenient
/// there, and would take a quote that opens a cell some rows below for the one that was forgotten.
fn quotes_close(record: &[u8], delimiter: u8) -> bool {
    let record = record.trim_ascii_end();
    let mut at = 0;
    while at < record.len() {
        if record[at] == b'"' {
            at += 1;
            loop {
                match record[at..].iter().position(|byte| *byte == b'"') {
                    Some(quote) if record[at + quote..].starts_with(b"\"\"") => at += quote + 2,
                    Some(quote) => break at += quote + 1,
                    None => return false,
                }
            }
            if record.get(at).is_some_and(|byte| *byte != delimiter) {
                return false;
            }
        }
        let cell = record[at..].iter().position(|byte| *byte == delimiter);
        at = cell.map_or(record.len(), |cell| at + cell + 1);
    }
    true
}

/// Where the line that begins at `start` ends, its line end included; at most `end`.
fn first_line_end(data: &[u8], start: usize, end: usize) -> usize {
    match data[start..end].iter().position(|byte| b"\r\n".contains(byte)) {
        Some(at) if data[start + at..].starts_with(b"\r\n") => (start + at + 2).min(end),
        Some(at) => start + at + 1,
        None => end,
    }
}

/// `\n`, `\r\n` and `\r` alone each end a line.
fn line_ends(data: &[u8]) -> u32 {
    let mut ends = 0;
    for (at, byte) in data.iter().enumerate() {
        let alone = *byte == b'\r' && data.get(at + 1) != Some(&b'\n');
        ends += u32::from(*byte == b'\n' || alone);
    }
    ends
}

/// Whether the file is meant as UTF-8. A single line damaged on the way does not make it GB18030:
/// lines of GB18030 are never valid UTF-8 by chance, so half of the lines decide.
fn is_utf8(data: &[u8]) -> bool {
    if std::str::from_utf8(data).is_ok() {
        return true;
    }
    let foreign = data.split(|byte| *byte == b'\n').filter(|line| !line.is_ascii());
    let (mut valid, mut broken) = (0_usize, 0_usize);
    for line in foreign {
        if std::str::from_utf8(line).is_ok() { valid += 1 } else { broken += 1 }
    }
    valid >= broken
}

/// The most frequent of comma, semicolon and tab outside quotes in the first lines.
fn guess_delimiter(data: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    let mut lines = 0;
    for &byte in data {
        quoted ^= byte == b'"';
        lines += usize::from(byte == b'\n');
        if lines == DELIMITER_LINES {
            break;
        }
        for (delimiter, count) in &mut counts {
            *count += usize::from(byte == *delimiter && !quoted);
        }
    }
    counts
        .into_iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .map_or(b',', |(delimiter, _)| delimiter)
}
