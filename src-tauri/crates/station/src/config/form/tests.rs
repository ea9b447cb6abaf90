//! Form files: what is read is what is written, and every fault has its line.

use super::*;

const FILE: &str = r#"paper = "100x113"

[[element]]
name = "logo"
kind = "picture"
x_mm = 3
y_mm = 82.125
width_mm = 12.5
height_mm = 9
picture = "logo.png"

[[element]]
name = "感谢"
kind = "text"
x_mm = 16
y_mm = 82
width_mm = 30
height_mm = 9
text = "谢谢光临 {shop}，共 {pieces} 件"
size_mm = 4
bold = true
align = "centre"

[[element]]
name = "code"
kind = "code"
x_mm = 50
y_mm = 82
width_mm = 9
height_mm = 9
code = "data_matrix"
text = "{order_no}"
"#;

#[test]
fn what_is_written_is_what_was_read() {
    let form = parse_form(FILE).unwrap();
    assert_eq!(form.paper, Paper::WAYBILL_SHORT);
    assert_eq!(form.elements[0].frame.y_um, 82_125);
    assert_eq!(form.elements[1].line, 12);
    let What::Text { size_min_um, side, may_end, .. } = form.elements[1].what else { panic!() };
    assert_eq!((size_min_um, side, may_end), (2_500, Side::Centre, false));
    let mut again = parse_form(&form_text(&form)).unwrap();
    for (one, was) in again.elements.iter_mut().zip(&form.elements) {
        one.line = was.line;
    }
    assert_eq!(again, form);
    assert!(form_text(&form).contains("y_mm = 82.125\n"));
}

#[test]
fn every_fault_is_told_at_once_with_its_line() {
    let bad = FILE
        .replace("100x113", "100x200")
        .replace("logo.png", "../logo.png")
        .replace("{pieces}", "{phone}")
        .replace("size_mm = 4", "size_mm = 1")
        .replace("width_mm = 9", "widht_mm = 9")
        .replace("name = \"code\"", "name = \"logo\"");
    let faults = parse_form(&bad).unwrap_err();
    let told: Vec<_> = faults.iter().map(|it| (it.line, it.key.as_str(), it.why.word())).collect();
    assert_eq!(
        told,
        [
            (1, "paper", "not_one_of"),
            (10, "element[1].picture", "bad_file"),
            (19, "element[2].text", "not_one_of"),
            (20, "element[2].size_mm", "out_of_range"),
            (24, "element[3].width_mm", "missing"),
            (25, "element[3].name", "duplicate"),
            (29, "element[3].widht_mm", "unknown_key"),
        ]
    );
    assert_eq!(parse_form("paper = ").unwrap_err()[0].why, ConfigWhy::Syntax);
    assert_eq!(parse_form("").unwrap_err()[0].why, ConfigWhy::Missing);
}

#[test]
fn an_open_brace_and_two_sizes_in_the_wrong_order_are_faults() {
    for (good, bad, key) in [
        ("{order_no}", "{order_no", "element[3].text"),
        ("size_mm = 4", "size_mm = 4\nmin_mm = 5", "element[2].min_mm"),
        ("text = \"{order_no}\"", "", "element[3].text"),
    ] {
        let faults = parse_form(&FILE.replace(good, bad)).unwrap_err();
        assert_eq!(faults[0].key, key, "{faults:?}");
    }
}

#[test]
fn a_forms_files_stay_in_their_folder() {
    for (name, good) in [
        ("logo.png", true),
        ("店标 2.jpg", true),
        ("", false),
        (".logo", false),
        ("a/b", false),
        ("a\\b", false),
        ("..", false),
        ("c:x", false),
    ] {
        assert_eq!(is_file_name(name), good, "{name}");
    }
}
