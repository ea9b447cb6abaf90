//! XLSX as Excel writes it: numbers as numbers, dates as dates, text that looks like neither.

use super::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::io::Write;

fn workbook(fill: impl FnOnce(&mut Workbook) -> Result<(), rust_xlsxwriter::XlsxError>) -> Parsed {
    let file = tempfile::NamedTempFile::new().unwrap();
    save(&file, fill);
    read_all(file.path())
}

fn save(
    file: &tempfile::NamedTempFile,
    fill: impl FnOnce(&mut Workbook) -> Result<(), rust_xlsxwriter::XlsxError>,
) {
    let mut book = Workbook::new();
    fill(&mut book).unwrap();
    std::fs::write(file.path(), book.save_to_buffer().unwrap()).unwrap();
}

const HEAD: [&str; 9] =
    ["订单号", "店铺", "付款时间", "收货人", "手机", "详细地址", "商品", "数量", "重量(kg)"];
const HOME: &str = "浙江省杭州市余杭区文一西路 1 号";

#[test]
fn numbers_are_text_without_a_point_and_dates_are_dates() {
    let parsed = workbook(|book| {
        let sheet = book.add_worksheet();
        sheet.write(0, 0, "十一月")?;
        sheet.write_row(1, 0, HEAD)?;
        let date = Format::new().set_num_format("yyyy/m/d h:mm:ss");
        sheet.write(2, 0, 20_261_121_000_123_f64)?;
        sheet.write(2, 1, "抖店")?;
        let paid = ExcelDateTime::from_ymd(2026, 11, 21)?.and_hms(10, 4, 5)?;
        sheet.write_datetime_with_format(2, 2, paid, &date)?;
        sheet.write(2, 3, "㛃𠮷龘")?;
        sheet.write(2, 4, 13_800_000_001_f64)?;
        sheet.write(2, 5, HOME)?;
        sheet.write(2, 6, "=1+1")?;
        sheet.write(2, 7, 2)?;
        sheet.write(2, 8, 0.1 + 0.2)?;
        sheet.write(2, 12, "beside the table")?;
        // An empty row, then text only.
        sheet.write_row(4, 0, ["A2", "淘宝", "2026-11-21 10:04:05", "试乙", "17000000001-1234"])?;
        sheet.write_row(4, 5, [HOME, "杯", "3", "0.5"])?;
        Ok(())
    });
    assert_eq!((parsed.refused.len(), parsed.orders.len()), (0, 2), "{:?}", parsed.refused);
    let [first, second] = &parsed.orders[..] else { panic!("two orders") };
    assert_eq!(first.number, "20261121000123");
    assert_eq!(first.paid_at_ms, Some(1_795_226_645_000));
    assert_eq!(second.paid_at_ms, first.paid_at_ms);
    assert_eq!(first.receiver.name, "㛃𠮷龘");
    assert_eq!(first.receiver.phone, "13800000001");
    assert_eq!(place(first), ["浙江省", "杭州市", "余杭区", "文一西路 1 号"]);
    assert_eq!((first.items[0].title.as_str(), first.items[0].quantity), ("=1+1", 2));
    assert_eq!((first.weight_g, second.weight_g), (Some(300), Some(500)));
}

#[test]
fn refused_rows_carry_their_row_number() {
    let parsed = workbook(|book| {
        let sheet = book.add_worksheet();
        sheet.write_row(0, 0, HEAD)?;
        sheet.write_row(2, 0, ["A1", "", "昨天", "试甲", "13800000001", HOME, "杯", "1"])?;
        // Excel keeps fifteen digits: the last of these are not the shop's any more.
        sheet.write(5, 0, 431_888_800_000_000_001_f64)?;
        sheet.write_row(5, 3, ["试甲", "13800000001", HOME, "杯", "1"])?;
        Ok(())
    });
    let told: Vec<_> = parsed.refused.iter().map(|r| (r.line, r.column.as_str(), r.why)).collect();
    let time = (3, "付款时间", RowFault::TimeUnreadable);
    assert_eq!(told, [time, (6, "订单号", RowFault::NumberMissing)]);
    assert_eq!((parsed.rows, parsed.orders.len()), (2, 0));
}

#[test]
fn the_first_visible_sheet_with_cells_is_read() {
    let file = tempfile::NamedTempFile::new().unwrap();
    save(&file, |book| {
        book.add_worksheet().set_hidden(true).write(0, 0, "hidden")?;
        book.add_worksheet();
        book.add_worksheet().set_active(true).write_row(0, 0, HEAD)?;
        Ok(())
    });
    let sheet = preview(file.path(), "f.xlsx").unwrap();
    assert_eq!((sheet.encoding, sheet.delimiter), ("xlsx", ""));
    assert_eq!(sheet.headings, HEAD);
    assert_eq!(sheet.sample, Vec::<Vec<String>>::new());
    let empty = tempfile::NamedTempFile::new().unwrap();
    save(&empty, |book| {
        book.add_worksheet();
        Ok(())
    });
    assert!(matches!(preview(empty.path(), "f.xlsx"), Err(ImportError::NoHeadings { .. })));
}

const TYPES: &str =
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
const RELATIONS: &str = "<Relationships><Relationship Id=\"r\" Target=\"xl/workbook.xml\" \
    Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\"/>\
    </Relationships>";
const BOOK: &str =
    "<workbook><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"s\"/></sheets></workbook>";
const SHEETS: &str = "<Relationships><Relationship Id=\"s\" Target=\"worksheets/sheet1.xml\" \
    Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\"/>\
    </Relationships>";

/// A workbook whose sheet and table of texts are written by `sheet` and `texts`.
fn crafted(sheet: impl Fn(&mut dyn Write), texts: Option<&str>) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    let mut zip = zip::ZipWriter::new(file.reopen().unwrap());
    let how = zip::write::SimpleFileOptions::default().compression_level(Some(1));
    for (name, text) in [
        ("[Content_Types].xml", Some(TYPES)),
        ("_rels/.rels", Some(RELATIONS)),
        ("xl/workbook.xml", Some(BOOK)),
        ("xl/_rels/workbook.xml.rels", Some(SHEETS)),
        ("xl/sharedStrings.xml", texts),
    ] {
        if let Some(text) = text {
            zip.start_file(name, how).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
    }
    zip.start_file("xl/worksheets/sheet1.xml", how).unwrap();
    sheet(&mut zip);
    zip.finish().unwrap();
    file
}

const HEADINGS: &str = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>订单号</t></is></c>\
    <c r=\"B1\" t=\"inlineStr\"><is><t>收件人</t></is></c></row>";

#[test]
fn a_workbook_that_unpacks_to_everything_is_not_read() {
    let block = vec![b' '; 1 << 20];
    let rows = "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row>".repeat(30_000).into_bytes();
    let bombs: [(&str, &[u8], usize); 2] =
        [("blanks in one piece", &block, 16), ("rows without end", &rows, 700)];
    for (what, block, times) in bombs {
        let file = crafted(
            |out| {
                write!(out, "<worksheet><sheetData>{HEADINGS}").unwrap();
                for _ in 0..times {
                    out.write_all(block).unwrap();
                }
            },
            None,
        );
        assert!(file.path().metadata().unwrap().len() < 32 << 20, "{what}");
        let got = preview(file.path(), "f.xlsx");
        assert!(matches!(got, Err(ImportError::TooLarge { .. })), "{what}: {got:?}");
    }
}

#[test]
fn a_workbook_that_says_more_than_it_has_costs_no_more_than_it_has() {
    let whole = |out: &mut dyn Write| {
        write!(
            out,
            "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>{HEADINGS}\
             <row r=\"2\"><c r=\"A2\"><v>7</v></c><c r=\"XFD2\"><v>8</v></c></row>\
             </sheetData></worksheet>"
        )
        .unwrap();
    };
    let sheet = preview(crafted(whole, None).path(), "f.xlsx").unwrap();
    assert_eq!((sheet.headings.len(), sheet.sample.len()), (2, 1));
    assert_eq!(sheet.sample[0], ["7", ""], "what stands beside the table has no heading");
    // So many texts would be asked for at once, and the machine has no such memory.
    for said in ["9999999999", "99999999999999999999999", "4000000000000"] {
        let texts = format!(
            "<!--{}--><sst uniqueCount = '{said}'><si><t>x</t></si></sst>",
            " ".repeat(90_000)
        );
        let got = preview(crafted(whole, Some(&texts)).path(), "f.xlsx");
        assert!(matches!(got, Err(ImportError::TooLarge { .. })), "{said}: {got:?}");
    }
    let texts = "<sst uniqueCount=\"1\"><si><t>x</t></si></sst>";
    assert!(preview(crafted(whole, Some(texts)).path(), "f.xlsx").is_ok());
}

/// An XLS file whose stream has these records: kind, data.
fn old(records: &[(u16, &[u8])]) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    let mut book = cfb::create(file.path()).unwrap();
    let mut stream = book.create_stream("Workbook").unwrap();
    for (kind, data) in records {
        let length = u16::try_from(data.len()).unwrap();
        stream.write_all(&[kind.to_le_bytes(), length.to_le_bytes()].concat()).unwrap();
        stream.write_all(data).unwrap();
    }
    stream.flush().unwrap();
    drop(stream);
    book.flush().unwrap();
    file
}

#[test]
fn an_old_workbook_whose_cells_lie_far_apart_is_not_read() {
    let number = |row: u16, column: u16| {
        [row.to_le_bytes(), column.to_le_bytes(), [0; 2], [0; 2], [0; 2], [0; 2], [0; 2]].concat()
    };
    let begin: (u16, &[u8]) = (0x0809, &[0, 6, 0x10, 0, 0, 0, 0, 0]);
    let (first, last) = (number(0, 0), number(65_535, 65_535));
    let said = [[0; 4], [0xff; 4], [0, 0, 0xff, 0xff], [0; 4]].concat();
    for records in
        [vec![begin, (0x0203, &first), (0x0203, &last)], vec![begin, (0x0200, &said[..14])]]
    {
        let got = preview(old(&records).path(), "f.xls");
        assert!(matches!(got, Err(ImportError::TooLarge { .. })), "{got:?}");
    }
    // Many sheets, each of which would be let through alone.
    let corner = number(65_535, 100);
    let sheets = [begin, (0x0203, &first[..]), (0x0203, &corner[..])].repeat(9);
    let got = preview(old(&sheets).path(), "f.xls");
    assert!(matches!(got, Err(ImportError::TooLarge { .. })), "{got:?}");
}
