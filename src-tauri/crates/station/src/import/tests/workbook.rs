//! XLSX as Excel writes it: numbers as numbers, dates as dates, text that looks like neither.

use super::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

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
