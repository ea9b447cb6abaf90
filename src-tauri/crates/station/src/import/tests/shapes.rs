//! Rows that hang together, rows that are broken, and lines as an editor counts them.

use super::*;

const HEAD: &str = "订单号,店铺,收货人,手机,备用电话,地址,商品,数量,重量(kg),备注\n";
const HOME: &str = "浙江省杭州市余杭区文一西路 1 号";

fn parse_bytes(bytes: &[u8]) -> Parsed {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    read_all(file.path())
}

fn parse(rows: &str) -> Parsed {
    parse_bytes(format!("{HEAD}{rows}").as_bytes())
}

fn refused(parsed: &Parsed) -> Vec<(u32, &str, RowFault, &str)> {
    assert_eq!(parsed.refused.len(), parsed.refused_count as usize);
    parsed.refused.iter().map(|r| (r.line, r.column.as_str(), r.why, r.value.as_str())).collect()
}

#[test]
fn rows_of_one_number_are_one_order_in_first_seen_order() {
    let parsed = parse(&format!(
        "A1,抖店,试甲,13800000001,,{HOME},杯,1,0.4,快\n\
         A2,抖店,试乙,13800000002,,{HOME},壶,1,,\n\
         A1,抖店,,,,,刷,2,0.1,快\n\
         A1,抖店,试甲,13800000001,,{HOME},绳,1,,轻放\n\
         A1,淘宝,试丙,13800000003,,{HOME},杯,1,0.4,\n\
         A2,抖店,试乙,13800000002,,{HOME},壶,1,,\n"
    ));
    let titles = |at: usize| -> Vec<_> {
        parsed.orders[at].items.iter().map(|item| (item.title.as_str(), item.quantity)).collect()
    };
    assert_eq!(parsed.orders.len(), 3, "another shop's A1 is another order");
    assert_eq!(titles(0), [("杯", 1), ("刷", 2), ("绳", 1)]);
    assert_eq!(titles(1), [("壶", 1)], "the same row twice counts once");
    assert_eq!(parsed.orders[0].weight_g, Some(500));
    assert_eq!(parsed.orders[0].note, "快 / 轻放");
    assert_eq!((parsed.rows, parsed.refused_count), (6, 0));
}

#[test]
fn another_receiver_under_a_known_number_is_refused_alone() {
    let parsed = parse(&format!(
        "A1,抖店,试甲,13800000001,,{HOME},杯,1,,\n\
         A1,抖店,试乙,13800000002,,{HOME},刷,1,,\n"
    ));
    assert_eq!(parsed.orders.len(), 1);
    assert_eq!(parsed.orders[0].items.len(), 1);
    assert_eq!(refused(&parsed), [(3, "订单号", RowFault::OtherReceiver, "A1")]);
}

#[test]
fn an_order_with_one_bad_row_is_not_taken_at_all() {
    let parsed = parse(&format!(
        "A1,抖店,试甲,13800000001,,{HOME},杯,1,,\n\
         A2,抖店,试乙,13800000001,,{HOME},杯,1,,\n\
         A1,抖店,试甲,13800000001,,{HOME},刷,两件,,\n\
         A1,抖店,试甲,13800000001,,{HOME},绳,1,,\n"
    ));
    assert_eq!(parsed.orders.len(), 1);
    assert_eq!(parsed.orders[0].number, "A2");
    let bad = |line| (line, "数量", RowFault::QuantityUnreadable, "两件");
    assert_eq!(refused(&parsed), [bad(2), bad(4), bad(5)]);
}

#[test]
fn each_cell_that_cannot_be_read_is_named() {
    let long = "长".repeat(2_001);
    let number = "9".repeat(101);
    let parsed = parse(&format!(
        ",抖店,试甲,13800000001,,{HOME},杯,1,,\n\
         1.23457E+18,抖店,试甲,13800000001,,{HOME},杯,1,,\n\
         {number},抖店,试甲,13800000001,,{HOME},杯,1,,\n\
         A4,抖店,试甲,13800000001,,{HOME},杯,0,,\n\
         A5,抖店,试甲,13800000001,,{HOME},杯,1,重,\n\
         A6,抖店,{long},13800000001,,{HOME},杯,1,,\n\
         A7,抖店,试甲,13800000001,,{HOME},杯,1,,,多\n\
         A8,抖店,试甲\n\
         A9,抖店,试甲,,0571-88001234,{HOME},杯,,0,,\n"
    ));
    assert_eq!(
        refused(&parsed),
        [
            (2, "订单号", RowFault::NumberMissing, ""),
            (3, "订单号", RowFault::NumberMissing, "1.23457E+18"),
            (4, "订单号", RowFault::NumberTooLong, &number[..80]),
            (5, "数量", RowFault::QuantityUnreadable, "0"),
            (6, "重量(kg)", RowFault::WeightUnreadable, "重"),
            (7, "收货人", RowFault::FieldTooLong, ""),
            (8, "", RowFault::CellCount, ""),
            (9, "", RowFault::CellCount, ""),
        ]
    );
    assert_eq!(parsed.orders.len(), 1);
    let last = &parsed.orders[0];
    assert_eq!((last.number.as_str(), last.receiver.phone.as_str()), ("A9", "0571-88001234"));
    assert_eq!((last.items[0].quantity, last.weight_g), (1, None), "0 kg was not weighed");
}

#[test]
fn lines_are_counted_as_an_editor_does() {
    for end in ["\n", "\r\n", "\r"] {
        let head = HEAD.trim_end();
        let row = |number: &str, note: &str| {
            format!("{number},抖店,试甲,13800000001,,{HOME},杯,两,,{note}{end}")
        };
        let two_lines = format!("\"快{end}轻放\"");
        let text = format!(
            "{head}{end}{}{end}{end}{}{}",
            row("A1", &two_lines),
            row("A2", ""),
            row("A3", "")
        );
        let parsed = parse_bytes(text.as_bytes());
        let lines: Vec<_> = parsed.refused.iter().map(|row| row.line).collect();
        assert_eq!(lines, [2, 6, 7], "{end:?}");
    }
}

#[test]
fn a_quote_never_closed_costs_its_row_only() {
    let row =
        |number: &str, goods: &str| format!("{number},抖店,试甲,13800000001,,{HOME},{goods},1,,\n");
    let text =
        [row("A1", "杯"), row("A2", "\"杯"), row("A3", "刷"), row("A4", "\"大\"\"杯\"")].concat();
    let parsed = parse(&text);
    let numbers: Vec<_> = parsed.orders.iter().map(|order| order.number.as_str()).collect();
    assert_eq!(numbers, ["A1", "A3", "A4"]);
    assert_eq!(parsed.orders[2].items[0].title, "大\"杯");
    assert_eq!(parsed.refused[0].line, 3);
    assert_eq!(parsed.refused_count, 1);
}

#[test]
fn a_damaged_line_does_not_change_the_encoding_of_the_others() {
    let row = |number: &str| format!("{number},抖店,试甲,13800000001,,{HOME},杯,1,,\n");
    let mut bytes = format!("{HEAD}{}", row("A1")).into_bytes();
    bytes.extend_from_slice(b"A2,x,\xe8\xaf,13800000001,,y,z,1,,\n");
    bytes.extend_from_slice(row("A3").as_bytes());
    let parsed = parse_bytes(&bytes);
    let numbers: Vec<_> = parsed.orders.iter().map(|order| order.number.as_str()).collect();
    assert_eq!(numbers, ["A1", "A3"]);
    assert_eq!(refused(&parsed), [(3, "收货人", RowFault::Encoding, "")]);
}

#[test]
fn titles_blank_rows_and_excel_marks_stand_above_no_order() {
    let text = format!(
        "sep=;\n\n十一月订单;;;\n订单号;收货人;手机;地址\n\
         '0042;试甲;=\"13800000001\";{HOME}\n;;;\n A2 ;试乙;13800000002;{HOME};;\n"
    );
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), text).unwrap();
    let sheet = preview(file.path(), "f").unwrap();
    assert_eq!(sheet.headings, ["订单号", "收货人", "手机", "地址"]);
    assert_eq!(sheet.delimiter, ";");
    let parsed = read_all(file.path());
    let told: Vec<_> =
        parsed.orders.iter().map(|o| (o.number.as_str(), o.receiver.phone.as_str())).collect();
    assert_eq!(told, [("0042", "13800000001"), ("A2", "13800000002")]);
    assert_eq!((parsed.rows, parsed.refused_count), (2, 0));
}

#[test]
fn files_that_are_none_are_told() {
    let open = |bytes: &[u8]| {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        preview(file.path(), "订单.csv")
    };
    let why = |bytes: &[u8]| match open(bytes) {
        Err(ImportError::Unreadable { file, why }) if file == "订单.csv" => why,
        other => panic!("{other:?}"),
    };
    assert_eq!(why(b"<html><table>"), "HTML");
    assert_eq!(why(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "binary");
    assert!(!why(b"PK\x03\x04 not a workbook").is_empty());
    assert!(!why(b"\xd0\xcf\x11\xe0 not a workbook").is_empty());
    for empty in [&b""[..], b"\n\n", b"\xef\xbb\xbf", b",,\n,,\n"] {
        assert!(matches!(open(empty), Err(ImportError::NoHeadings { .. })), "{empty:?}");
    }
    let gone = preview(Path::new("/nonexistent/订单.csv"), "订单.csv");
    assert!(matches!(gone, Err(ImportError::Unreadable { .. })));
}

#[test]
fn a_mapping_must_fit_the_file() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), format!("{HEAD}A1,,,,,,,,,\n")).unwrap();
    let go = |mapping: &[Option<Column>]| {
        read(file.path(), "f", mapping, None, &|_, _| (), &AtomicBool::new(false))
    };
    let missing = go(&[Some(Column::Number), Some(Column::Name)]);
    assert!(matches!(missing, Err(ImportError::ColumnMissing { column: Column::Detail })));
    let short = go(&[Some(Column::Number), Some(Column::Name), Some(Column::Detail)]);
    assert!(matches!(short, Err(ImportError::OtherHeadings { mapping: 3, headings: 10 })));
}

#[test]
fn a_corrected_mapping_is_followed() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), format!("甲,乙,丙\nA1,试甲,{HOME}\n")).unwrap();
    let mapping = [Some(Column::Number), Some(Column::Name), Some(Column::Detail)];
    let parsed =
        read(file.path(), "f", &mapping, Some("门店"), &|_, _| (), &AtomicBool::new(false))
            .unwrap();
    assert_eq!(parsed.orders[0].receiver.name, "试甲");
    assert_eq!(place(&parsed.orders[0])[2], "余杭区");
    assert_eq!(parsed.orders[0].shop, "门店");
}

#[test]
fn more_refused_rows_than_listed_are_counted() {
    let row = format!(",抖店,试甲,13800000001,,{HOME},杯,1,,\n");
    let parsed = parse(&row.repeat(1_200));
    assert_eq!((parsed.refused.len(), parsed.refused_count), (REFUSED_LISTED_MAX, 1_200));
    assert_eq!(parsed.refused.last().map(|row| row.line), Some(1_001));
}
