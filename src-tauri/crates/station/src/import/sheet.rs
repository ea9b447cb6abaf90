//! Workbooks: XLSX row by row, XLS whole. Cells become the text a person sees in them: numbers
//! without ".0", dates as dates. The first visible sheet with anything in it is read.

use super::source::{Each, Row};
use calamine::{
    Cell, Data, DataRef, Range, Reader, SheetVisible, Xls, Xlsx, XlsxCellReader, open_workbook,
};
use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// No sheet is larger (XLSX's own limits); a broken reference may say four thousand millions.
const ROWS_MAX: u32 = 1 << 20;
const COLUMNS_MAX: u32 = 1 << 14;

/// Headings are looked for in so many columns; below them, under them alone. A row is as long as
/// its last cell is far to the right, and a million cells in the last column would be many rows of
/// that.
const HEADINGS_COLUMNS_MAX: u32 = 1_024;

/// From here on a spreadsheet has rounded a number's last digits.
const WHOLE_MAX: f64 = 1e15;

/// A workbook of which one sheet is read.
pub(super) struct Book {
    pub(super) rows_total: u32,
    body: Body,
    /// Rows from this index on are below the headings.
    start: u32,
    /// Row indices of [`Self::first_rows`].
    first: Vec<u32>,
    /// Cells from this column on are passed over.
    columns: u32,
}

enum Body {
    Xlsx(Box<Xlsx<BufReader<File>>>, String),
    Xls(Range<Data>),
}

impl Book {
    /// Opens an XLSX file. The error is the reader's words.
    pub(super) fn xlsx(path: &Path) -> Result<Self, String> {
        let mut book: Xlsx<BufReader<File>> = unbroken(|| {
            open_workbook(path).map_err(|error: calamine::XlsxError| error.to_string())
        })?;
        for name in visible(&book) {
            let mut cells = reader(&mut book, &name)?;
            if next(&mut cells)?.is_some() {
                let rows_total = cells.dimensions().end.0.saturating_add(1);
                drop(cells);
                return Ok(Self::new(rows_total, Body::Xlsx(Box::new(book), name)));
            }
        }
        Ok(Self::new(0, Body::Xls(Range::empty())))
    }

    /// Opens an XLS file. The error is the reader's words.
    pub(super) fn xls(path: &Path) -> Result<Self, String> {
        let mut book: Xls<BufReader<File>> = unbroken(|| {
            open_workbook(path).map_err(|error: calamine::XlsError| error.to_string())
        })?;
        let mut range = Range::empty();
        for name in visible(&book) {
            range = unbroken(|| book.worksheet_range(&name).map_err(|error| error.to_string()))?;
            if !range.is_empty() {
                break;
            }
        }
        let rows_total = range.end().map_or(0, |(row, _)| row + 1);
        Ok(Self::new(rows_total, Body::Xls(range)))
    }

    fn new(rows_total: u32, body: Body) -> Self {
        Self { rows_total, body, start: 0, first: Vec::new(), columns: HEADINGS_COLUMNS_MAX }
    }

    /// The first rows that have cells.
    pub(super) fn first_rows(&mut self, count: usize) -> Result<Vec<Vec<String>>, String> {
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut first = Vec::new();
        self.visit(&mut |at, cells| {
            first.push(at);
            rows.push(cells.to_vec());
            if rows.len() < count { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        self.first = first;
        Ok(rows)
    }

    /// Rows begin below the `at`th of [`Self::first_rows`].
    pub(super) fn start_below(&mut self, at: usize) {
        self.start = self.first[at] + 1;
    }

    pub(super) fn rows(&mut self, width: usize, each: Each) -> Result<(), String> {
        let start = self.start;
        self.columns = u32::try_from(width).unwrap_or(u32::MAX).min(HEADINGS_COLUMNS_MAX);
        self.visit(&mut |at, cells| {
            if at < start {
                return ControlFlow::Continue(());
            }
            // What stands beside the table has no heading and no meaning for us.
            cells.resize(width, String::new());
            each(Row { line: at + 1, cells, fault: None })
        })
    }

    /// Hands out every row that has cells, with its index from 0.
    fn visit(
        &mut self,
        each: &mut dyn FnMut(u32, &mut Vec<String>) -> ControlFlow<()>,
    ) -> Result<(), String> {
        let mut cells: Vec<String> = Vec::new();
        let columns = self.columns;
        match &mut self.body {
            Body::Xls(range) => {
                let (top, left) = range.start().unwrap_or_default();
                for (at, row) in (top..).zip(range.rows()) {
                    cells.clear();
                    cells.resize(left.min(columns) as usize, String::new());
                    cells.extend(
                        row.iter().take((columns.saturating_sub(left)) as usize).map(text_of),
                    );
                    if each(at, &mut cells).is_break() {
                        break;
                    }
                }
            }
            Body::Xlsx(book, name) => {
                let mut reader = reader(book, name)?;
                let mut row = None;
                while let Some(cell) = next(&mut reader)? {
                    let (at, column) = cell.get_position();
                    if at >= ROWS_MAX || column >= COLUMNS_MAX {
                        return Err("a cell beyond the end of every sheet".to_owned());
                    }
                    if row != Some(at) {
                        if row.is_some_and(|row| each(row, &mut cells).is_break()) {
                            return Ok(());
                        }
                        cells.clear();
                        row = Some(at);
                    }
                    if column >= columns {
                        continue;
                    }
                    cells.resize((column as usize).max(cells.len()), String::new());
                    cells.push(text_of(&Data::from(cell.get_value().clone())));
                }
                if let Some(row) = row {
                    let _ = each(row, &mut cells);
                }
            }
        }
        Ok(())
    }
}

type Cells<'b> = XlsxCellReader<'b, BufReader<File>>;

fn reader<'b>(book: &'b mut Xlsx<BufReader<File>>, name: &str) -> Result<Cells<'b>, String> {
    unbroken(|| book.worksheet_cells_reader(name).map_err(|error| error.to_string()))
}

fn next<'a>(cells: &'a mut Cells<'_>) -> Result<Option<Cell<DataRef<'a>>>, String> {
    unbroken(|| cells.next_cell().map_err(|error| error.to_string()))
}

/// The reader of workbooks trusts them here and there, and panics where one lies.
fn unbroken<T>(read: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err("a broken workbook".to_owned()))
}

fn visible<R: Reader<BufReader<File>>>(book: &R) -> Vec<String> {
    let sheets = book.sheets_metadata().iter();
    sheets.filter(|sheet| sheet.visible == SheetVisible::Visible).map(|s| s.name.clone()).collect()
}

/// A cell as a person sees it.
fn text_of(cell: &Data) -> String {
    match cell {
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number_text(*number),
        Data::Bool(yes) => yes.to_string().to_uppercase(),
        Data::DateTime(when) if when.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = when.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
        }
        Data::DateTime(when) => number_text(when.as_f64()),
        Data::Error(_) | Data::Empty => String::new(),
    }
}

/// Whole numbers without a point; those a spreadsheet has rounded as "1.23E+17", so that nobody
/// takes them for an order number; others with at most nine decimals.
fn number_text(number: f64) -> String {
    if number.fract() != 0.0 {
        let text = format!("{number:.9}");
        return text.trim_end_matches('0').trim_end_matches('.').to_owned();
    }
    if number.abs() < WHOLE_MAX {
        return format!("{number:.0}");
    }
    format!("{number:E}").replace('E', "E+")
}
