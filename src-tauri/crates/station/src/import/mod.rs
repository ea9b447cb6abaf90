//! Order files in: CSV of any usual encoding and delimiter, XLSX and XLS. Reads, splits addresses
//! and gathers rows into orders; storing them, and knowing which are here already, is the
//! station's work.

mod bounds;
mod cells;
mod columns;
mod rows;
mod sheet;
mod size;
mod source;
mod text;

pub(crate) use cells::{half_width, measured};
pub use columns::{NEEDED, guess, heading_key, missing};

use crate::order::NewOrder;
use crate::view::{Column, RefusedRow};
use source::{Row, Source};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// Rows shown before an import.
pub const SAMPLE_ROWS: usize = 20;

/// Refused rows listed; more are only counted. A file with more is the wrong file.
pub const REFUSED_LISTED_MAX: usize = 1_000;

/// Largest file taken. A million orders are about 200 MB.
pub const FILE_BYTES_MAX: u64 = 512 << 20;

/// Longest field, in characters; longer ones are another file's contents.
pub const FIELD_CHARS_MAX: usize = 2_000;

/// Longest order number, in characters.
pub const NUMBER_CHARS_MAX: usize = 100;

/// How often progress is told and a stop is looked for, in rows.
const PROGRESS_EVERY_ROWS: u32 = 500;

/// Why a file cannot be imported at all.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It cannot be opened, or is not what its beginning says.
    #[error("{file} cannot be read: {why}")]
    Unreadable {
        /// File name as the user knows it.
        file: String,
        /// The system's or the reader's words.
        why: String,
    },
    /// Larger than [`FILE_BYTES_MAX`], or a workbook that unpacks to more than anybody's.
    #[error("{file} is larger than {} MB", FILE_BYTES_MAX >> 20)]
    TooLarge {
        /// File name as the user knows it.
        file: String,
    },
    /// Nothing in it that could be headings.
    #[error("{file} has no headings")]
    NoHeadings {
        /// File name as the user knows it.
        file: String,
    },
    /// A needed field is not mapped.
    #[error("no column is mapped to {column:?}")]
    ColumnMissing {
        /// The field.
        column: Column,
    },
    /// The mapping was made for other headings.
    #[error("the mapping has {mapping} columns, the file {headings}")]
    OtherHeadings {
        /// Columns of the mapping.
        mapping: usize,
        /// Columns of the file.
        headings: usize,
    },
}

/// A file looked at, before it is imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// `utf-8`, `gb18030`, `utf-16le`, `utf-16be`, `xlsx`, `xls`.
    pub encoding: &'static str,
    /// `,` `;` tab, or empty for a workbook.
    pub delimiter: &'static str,
    /// The heading row.
    pub headings: Vec<String>,
    /// See [`guess`].
    pub mapping: Vec<Option<Column>>,
    /// See [`missing`]; of the guessed mapping.
    pub missing: Vec<Column>,
    /// See [`heading_key`].
    pub key: String,
    /// The first [`SAMPLE_ROWS`] rows, cleaned, as many cells as headings. Not masked.
    pub sample: Vec<Vec<String>>,
}

/// What is in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parsed {
    /// In the order of their first rows. Empty when stopped: an order may lack its last rows.
    pub orders: Vec<NewOrder>,
    /// The first [`REFUSED_LISTED_MAX`] rows that could not be taken.
    pub refused: Vec<RefusedRow>,
    /// All rows that could not be taken.
    pub refused_count: u32,
    /// Rows with anything in them, below the headings.
    pub rows: u32,
    /// Whether it was stopped before the end.
    pub stopped: bool,
}

/// Looks at a file: what it is, its headings, what they could mean, its first rows.
///
/// # Errors
/// When it cannot be read or has no headings.
pub fn preview(path: &Path, file_name: &str) -> Result<Sheet, ImportError> {
    let mut source = Source::open(path, file_name)?;
    let headings = source.headings.clone();
    let mut sample = Vec::new();
    source.rows(&mut |row: Row| {
        sample.push(row.cells.iter().map(|cell| cells::clean(cell)).collect());
        if sample.len() < SAMPLE_ROWS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    let mapping = guess(&headings);
    Ok(Sheet {
        encoding: source.encoding,
        delimiter: source.delimiter,
        missing: missing(&mapping),
        key: heading_key(&headings),
        mapping,
        headings,
        sample,
    })
}

/// Reads a whole file into orders.
///
/// Rows of one shop and number become one order with several items. Rows that are alike in every
/// cell count once. A row that cannot be taken is refused, and with it all rows of its order, as
/// nobody wants half an order sent; only a row with another receiver (`OtherReceiver`) leaves the
/// order above it alone. `shop` fills in where a row names none.
///
/// `progress(done, total)` counts lines of the file; `stop` is looked at every few hundred.
///
/// # Errors
/// When the file cannot be read, or the mapping lacks a needed field.
pub fn read(
    path: &Path,
    file_name: &str,
    mapping: &[Option<Column>],
    shop: Option<&str>,
    progress: &dyn Fn(u32, u32),
    stop: &AtomicBool,
) -> Result<Parsed, ImportError> {
    if let Some(column) = missing(mapping).into_iter().next() {
        return Err(ImportError::ColumnMissing { column });
    }
    let mut source = Source::open(path, file_name)?;
    if source.headings.len() != mapping.len() {
        let (mapping, headings) = (mapping.len(), source.headings.len());
        return Err(ImportError::OtherHeadings { mapping, headings });
    }
    let headings = source.headings.clone();
    let total = source.lines_total;
    let mut gather = rows::Gather::new(&headings, mapping, shop.unwrap_or_default());
    let mut stopped = false;
    let mut since_told = 0;
    source.rows(&mut |row: Row| {
        since_told += 1;
        if since_told >= PROGRESS_EVERY_ROWS {
            since_told = 0;
            progress(row.line.min(total), total);
            if stop.load(Ordering::Relaxed) {
                stopped = true;
                return ControlFlow::Break(());
            }
        }
        gather.row(&row);
        ControlFlow::Continue(())
    })?;
    let mut parsed = gather.finish();
    parsed.stopped = stopped;
    if stopped {
        parsed.orders.clear();
    } else {
        progress(total, total);
    }
    Ok(parsed)
}

#[cfg(test)]
mod tests;
