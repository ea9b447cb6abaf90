//! The bytes of a file for a shop: order numbers, carriers and numbers, and nothing of a person.
//! The same rows give the same bytes.

use crate::{
    config::{Cell, Encoding, FileKind, TellForm},
    shipment::told::Line,
};
use jiff::{Timestamp, tz::TimeZone};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use std::{io, path::Path};

/// A cell that begins so is a formula to a spreadsheet.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];
/// Stands before such a cell in CSV: spreadsheets then take the rest as text.
const AS_TEXT: char = '\'';
/// Width of a workbook's columns, letters: an order number of 19 digits is seen whole.
const COLUMN_LETTERS: f64 = 24.0;

/// A row, with what the account says of it.
#[derive(Debug, Clone)]
pub struct Told {
    /// Order and number.
    pub line: Line,
    /// The carrier's code; empty if the account is gone.
    pub code: String,
    /// Further numbers of the same waybill that have rows of their own.
    pub children: Vec<String>,
}

/// The rows as texts, under their headings.
pub fn rows(form: &TellForm, told: &[Told]) -> Vec<Vec<String>> {
    let headings = form.columns.iter().map(|(heading, _)| heading.clone()).collect();
    let mut rows = vec![headings];
    for one in told {
        let numbers = [&one.line.no].into_iter().chain(&one.children);
        rows.extend(numbers.map(|no| row(form, one, no)));
    }
    rows
}

fn row(form: &TellForm, told: &Told, no: &str) -> Vec<String> {
    let line = &told.line;
    let carrier = || {
        let own = form.carriers.get(&line.account);
        let named = if line.carrier.is_empty() { &line.account } else { &line.carrier };
        own.unwrap_or(named).clone()
    };
    let cell = |cell: &Cell| match cell {
        Cell::Order => line.order_no.clone(),
        Cell::Carrier => carrier(),
        Cell::Code => told.code.clone(),
        Cell::Number => no.to_owned(),
        Cell::ShippedAt => moment(line.shipped_at_ms, "%Y-%m-%d %H:%M:%S"),
        Cell::Empty => String::new(),
    };
    form.columns.iter().map(|(_, what)| cell(what)).collect()
}

/// A moment in local time.
pub fn moment(at_ms: i64, form: &str) -> String {
    let at = Timestamp::from_millisecond(at_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    at.to_zoned(TimeZone::system()).strftime(form).to_string()
}

/// The ending of a file of that kind.
pub fn ending(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Csv => "csv",
        FileKind::Xlsx => "xlsx",
    }
}

/// The kind of a file by its name; else the usual one. So an owed file stays what it was to be.
pub fn kind(path: &Path, usual: FileKind) -> FileKind {
    let kinds = [FileKind::Csv, FileKind::Xlsx];
    let named = |kind: &FileKind| path.extension().is_some_and(|it| it == ending(*kind));
    kinds.into_iter().find(named).unwrap_or(usual)
}

/// The file. `at_ms`: when its numbers were chosen; a workbook says when it was made.
///
/// # Errors
/// More rows or longer cells than a workbook holds.
pub fn bytes(form: &TellForm, rows: &[Vec<String>], at_ms: i64) -> io::Result<Vec<u8>> {
    match form.file {
        FileKind::Csv => csv(form.encoding, rows),
        FileKind::Xlsx => xlsx(rows, at_ms).map_err(io::Error::other),
    }
}

fn csv(encoding: Encoding, rows: &[Vec<String>]) -> io::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::Always)
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell))).map_err(io::Error::other)?;
    }
    let bytes = writer.into_inner().map_err(|why| io::Error::other(why.to_string()))?;
    let text = String::from_utf8(bytes).map_err(io::Error::other)?;
    Ok(match encoding {
        Encoding::Utf8 => format!("\u{feff}{text}").into_bytes(),
        // It has every letter that Unicode has.
        Encoding::Gb18030 => encoding_rs::GB18030.encode(&text).0.into_owned(),
    })
}

fn harmless(cell: &str) -> String {
    if cell.starts_with(FORMULA) { format!("{AS_TEXT}{cell}") } else { cell.to_owned() }
}

fn xlsx(rows: &[Vec<String>], at_ms: i64) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_timestamp(at_ms / 1_000)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let sheet = book.add_worksheet();
    for (y, row) in (0_u32..).zip(rows) {
        for (x, cell) in (0_u16..).zip(row) {
            // A text cell is never a formula, and keeps leading zeros and long numbers.
            sheet.write_string(y, x, cell)?;
            if y == 0 {
                sheet.set_column_width(x, COLUMN_LETTERS)?;
            }
        }
    }
    book.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader, Xlsx};
    use std::{collections::BTreeMap, io::Cursor};

    fn form(file: FileKind, encoding: Encoding, cells: &[(&str, Cell)]) -> TellForm {
        TellForm {
            shop: None,
            columns: cells.iter().map(|(heading, cell)| ((*heading).to_owned(), *cell)).collect(),
            carriers: BTreeMap::from([("圆通".to_owned(), "圆通速递（壹）".to_owned())]),
            file,
            encoding,
            parcels: true,
        }
    }

    fn told(order_no: &str, no: &str, account: &str) -> Told {
        let line = Line {
            order_no: order_no.into(),
            waybill_id: 1,
            no: no.into(),
            account: account.into(),
            carrier: "中通快递".into(),
            shipped_at_ms: 0,
        };
        Told { line, code: "ZTO".into(), children: Vec::new() }
    }

    const CELLS: [(&str, Cell); 4] = [
        ("订单编号", Cell::Order),
        ("快递公司", Cell::Carrier),
        ("快递单号", Cell::Number),
        ("备注", Cell::Empty),
    ];

    #[test]
    fn csv_quotes_all_and_lets_no_formula_run() {
        let form = form(FileKind::Csv, Encoding::Utf8, &CELLS);
        let mut two = told("007", "YT1", "圆通");
        two.children = vec!["YT2".into()];
        let formula = told("=HYPERLINK(\"http://x\")", "ZT\"3", "中通");
        let got = bytes(&form, &rows(&form, &[two, formula]), 0).unwrap();
        assert_eq!(
            String::from_utf8(got).unwrap(),
            "\u{feff}\"订单编号\",\"快递公司\",\"快递单号\",\"备注\"\r\n\
             \"007\",\"圆通速递（壹）\",\"YT1\",\"\"\r\n\
             \"007\",\"圆通速递（壹）\",\"YT2\",\"\"\r\n\
             \"'=HYPERLINK(\"\"http://x\"\")\",\"中通快递\",\"ZT\"\"3\",\"\"\r\n"
        );
    }

    #[test]
    fn older_tools_read_gb18030() {
        let form = form(FileKind::Csv, Encoding::Gb18030, &CELLS[..1]);
        let got = bytes(&form, &rows(&form, &[told("A𠮷", "1", "圆通")]), 0).unwrap();
        assert_eq!(&got[..9], b"\"\xb6\xa9\xb5\xa5\xb1\xe0\xba\xc5");
        let (text, _, bad) = encoding_rs::GB18030.decode(&got);
        assert!(!bad && text.contains("A𠮷"), "{text}");
    }

    #[test]
    fn a_workbook_holds_texts_and_is_the_same_every_time() {
        let form = form(FileKind::Xlsx, Encoding::Utf8, &CELLS);
        let rows = rows(&form, &[told("0012345678901234567", "=1+1", "圆通")]);
        let at_ms = 1_795_226_400_000;
        let got = bytes(&form, &rows, at_ms).unwrap();
        assert_eq!(got, bytes(&form, &rows, at_ms).unwrap());
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(got)).unwrap();
        let sheet = book.worksheet_range_at(0).unwrap().unwrap();
        let cell = |x| sheet.get_value((1, x)).cloned();
        assert_eq!(cell(0), Some(Data::String("0012345678901234567".into())));
        assert_eq!(cell(2), Some(Data::String("=1+1".into())));
        assert!(book.worksheet_formula("Sheet1").unwrap().is_empty());
    }

    #[test]
    fn codes_and_times_have_columns() {
        let cells = [("a", Cell::Code), ("b", Cell::ShippedAt)];
        let form = form(FileKind::Csv, Encoding::Utf8, &cells);
        let rows = rows(&form, &[told("1", "2", "圆通")]);
        assert_eq!(rows[1][0], "ZTO");
        assert_eq!(rows[1][1], moment(0, "%Y-%m-%d %H:%M:%S"));
    }
}
