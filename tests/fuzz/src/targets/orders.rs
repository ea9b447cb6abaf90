//! Order files.

use station::import::{self, ImportError, REFUSED_LISTED_MAX};
use std::{cell::RefCell, fs, sync::atomic::AtomicBool};
use tempfile::NamedTempFile;

thread_local! {
    static FILE: RefCell<Option<NamedTempFile>> = const { RefCell::new(None) };
}

/// Text with separators.
pub fn csv(bytes: &[u8]) {
    imported(bytes);
}

/// A workbook of one sheet: the bytes are its XML, packed here, because nothing that is packed can
/// be bent well. What begins as a zip is taken as it is.
pub fn xlsx(bytes: &[u8]) {
    if bytes.starts_with(b"PK\x03\x04") {
        return imported(bytes);
    }
    imported(&zipped(&files(bytes)));
}

fn files(sheet: &[u8]) -> [(&'static str, &[u8]); 5] {
    [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", SHEETS),
        ("xl/worksheets/sheet1.xml", sheet),
    ]
}

const TYPES: &[u8] = include_bytes!("workbook/types.xml");
const RELATIONS: &[u8] = include_bytes!("workbook/relations.xml");
const WORKBOOK: &[u8] = include_bytes!("workbook/workbook.xml");
const SHEETS: &[u8] = include_bytes!("workbook/sheets.xml");

fn imported(bytes: &[u8]) {
    FILE.with_borrow_mut(|file| {
        let file = file.get_or_insert_with(|| NamedTempFile::new().expect("a place for files"));
        fs::write(file.path(), bytes).expect("a place for files");
        let Ok(sheet) = import::preview(file.path(), "orders") else { return };
        assert_eq!(sheet.mapping.len(), sheet.headings.len());
        assert!(sheet.sample.len() <= import::SAMPLE_ROWS);
        assert!(sheet.sample.iter().all(|row| row.len() == sheet.headings.len()));
        let go = AtomicBool::new(false);
        let told = |done: u32, total: u32| assert!(done <= total);
        let read = import::read(file.path(), "orders", &sheet.mapping, Some("店"), &told, &go);
        match read {
            Ok(parsed) => whole(&parsed),
            Err(ImportError::ColumnMissing { .. }) => assert!(!sheet.missing.is_empty()),
            // A workbook is read to its end only now.
            Err(ImportError::Unreadable { .. }) => {}
            Err(other) => panic!("seen in the preview or never: {other}"),
        }
    });
}

fn whole(parsed: &import::Parsed) {
    assert!(!parsed.stopped && parsed.refused.len() <= REFUSED_LISTED_MAX);
    assert!(parsed.refused_count as usize >= parsed.refused.len());
    assert!(parsed.refused_count <= parsed.rows && parsed.orders.len() <= parsed.rows as usize);
    for order in &parsed.orders {
        let number = &order.number;
        assert!(!number.is_empty() && number.chars().count() <= import::NUMBER_CHARS_MAX);
        assert!(!order.items.is_empty() && order.items.iter().all(|item| item.quantity > 0));
    }
}

/// A zip whose files are stored as they are (PKWARE APPNOTE, 4.3).
fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut zip, mut index) = (Vec::new(), Vec::new());
    for (name, data) in files {
        let at = (zip.len() as u32).to_le_bytes();
        let long = (data.len() as u32).to_le_bytes();
        let mut entry = b"\x14\0\0\0\0\0\0\0\0\0".to_vec();
        entry.extend(crc32(data).to_le_bytes());
        entry.extend([long, long].concat());
        entry.extend((name.len() as u16).to_le_bytes());
        entry.extend(b"\0\0");
        zip.extend([b"PK\x03\x04", &entry[..], name.as_bytes(), data].concat());
        index.extend([b"PK\x01\x02\x14\0", &entry[..], &[0; 10], &at, name.as_bytes()].concat());
    }
    let count = (files.len() as u16).to_le_bytes();
    let (at, long) = ((zip.len() as u32).to_le_bytes(), (index.len() as u32).to_le_bytes());
    zip.extend(index);
    zip.extend([b"PK\x05\x06\0\0\0\0", &count[..], &count, &long, &at, b"\0\0"].concat());
    zip
}

/// The checksum of zip and PNG (ISO 3309).
pub(super) fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, &byte| {
        (0..8).fold(sum ^ u32::from(byte), |sum, _| {
            (sum >> 1) ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_sheet_is_read_as_orders() {
        let file = NamedTempFile::new().expect("a file");
        let cell = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
        let row = |cells: [&str; 4]| format!("<row>{}</row>", cells.map(cell).concat());
        let rows = row(["订单号", "收件人", "手机", "收货地址"])
            + &row(["A-1", "王小样", "15100000001", "浙江省杭州市余杭区样例路1号"]);
        let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        fs::write(file.path(), zipped(&files(sheet.as_bytes()))).expect("written");
        let seen = import::preview(file.path(), "orders").expect("a workbook");
        assert_eq!((seen.encoding, seen.sample.len()), ("xlsx", 1));
        xlsx(sheet.as_bytes());
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }
}
