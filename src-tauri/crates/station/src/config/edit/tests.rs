//! One change at a time, and every other letter where it was.

use super::*;

const FILE: &str = "# top\n[sender] # who\nname = 'a'\n\n# one\n[[printer]]\nname = \"一\"   # mine\n\
    speed = 4\n# darkness = 10\n\n# two\n[[printer]]\nname = \"二\"\nspeed  =  2 # slow\n\n# end\n\
    [[routing]]\ncarrier = \"x\"\n";

fn with(edit: &TableEdit<'_>) -> String {
    edit_printers(FILE, edit).unwrap()
}

#[test]
fn one_value_changes_and_nothing_else() {
    let got = with(&TableEdit::Set("二", &[("speed", Put::Whole(3))]));
    assert_eq!(got, FILE.replace("speed  =  2 # slow", "speed  =  3 # slow"));
    let same = [("name", Put::Text("一".into())), ("speed", Put::Whole(4))];
    assert_eq!(with(&TableEdit::Set("一", &same)), FILE);
}

#[test]
fn keys_come_and_go() {
    let keys = [("upside_down", Put::Flag(true)), ("speed", Put::Nothing)];
    let got = with(&TableEdit::Set("一", &keys));
    assert_eq!(got, FILE.replace("speed = 4\n", "upside_down = true\n"));
}

#[test]
fn blocks_come_go_and_change_places_with_their_comments() {
    let keys = [("name", Put::Text("三".into())), ("dots_per_mm", Put::Decimal(11.8))];
    let got = with(&TableEdit::Add(&keys));
    let block = "\n[[printer]]\nname = \"三\"\ndots_per_mm = 11.8\n";
    assert_eq!(got, FILE.replace("# slow\n", &format!("# slow\n{block}")));
    let two = "\n# two\n[[printer]]\nname = \"二\"\nspeed  =  2 # slow\n";
    let got = with(&TableEdit::Remove("二"));
    // Comments below the last key stand before the next block, and go with it.
    assert_eq!(got, FILE.replace(two, "").replace("# darkness = 10\n", ""));
    let got = with(&TableEdit::First("二"));
    let (one, two) = (got.find("\"一\"").unwrap(), got.find("\"二\"").unwrap());
    assert!(two < one, "{got}");
    let (mut was, mut is): (Vec<_>, Vec<_>) = (FILE.lines().collect(), got.lines().collect());
    was.sort_unstable();
    is.sort_unstable();
    assert_eq!(is, was, "every line is still there");
    assert_eq!(edit_printers(FILE, &TableEdit::Remove("四")), Err(NoEdit::NoSuch));
}

#[test]
fn the_first_rule_is_made_or_changed_where_it_stands() {
    let file = "[[carrier]]\nname = 'x'\n[carrier.endpoints]\n1007 = 'u'\n";
    let ruled = edit_first_rule(file, "x", "x").unwrap();
    assert_eq!(ruled, format!("{file}\n[[routing]]\ncarrier = \"x\"\n"));
    let other = edit_first_rule(&ruled, "x", "y").unwrap();
    assert_eq!(other, ruled.replace("\"x\"", "\"y\""));
    let added = edit_accounts(file, &TableEdit::Add(&[("name", Put::Text("z".into()))]));
    assert_eq!(added.unwrap(), format!("{file}\n[[carrier]]\nname = \"z\"\n"));
    let texts = account_texts(&ruled, "x");
    assert_eq!(texts.into_iter().collect::<Vec<_>>(), [("name".into(), "x".into())]);
}

#[test]
fn forms_come_into_use_and_go_out_of_it() {
    let shops = ["甲".to_owned(), "乙".to_owned()];
    let used = edit_forms(FILE, &FormEdit::Use("谢谢", &shops)).unwrap();
    let block = "\n[[form]]\nfile = \"谢谢\"\nshops = [\"甲\", \"乙\"]\n";
    assert_eq!(used, format!("{FILE}{block}"));
    let by_all = edit_forms(&used, &FormEdit::Use("谢谢", &[])).unwrap();
    assert_eq!(by_all, used.replace("shops = [\"甲\", \"乙\"]\n", ""));
    assert_eq!(edit_forms(&used, &FormEdit::Use("谢谢", &shops)).unwrap(), used);
    assert_eq!(edit_forms(&used, &FormEdit::Drop("谢谢")).unwrap(), FILE);
    assert_eq!(edit_forms(FILE, &FormEdit::Drop("谢谢")).unwrap(), FILE);
}

#[test]
fn files_from_windows_keep_their_line_ends() {
    let windows = FILE.replace('\n', "\r\n");
    let edit = TableEdit::Set("二", &[("speed", Put::Whole(3))]);
    let got = edit_printers(&windows, &edit).unwrap();
    assert_eq!(got, windows.replace("=  2 #", "=  3 #"));
}

#[test]
fn printers_on_one_line_are_changed_too() {
    let file = "printer = [{ name = \"一\", speed = 4 }, { name = \"二\" }] # both\n";
    let edit = TableEdit::Set("一", &[("speed", Put::Whole(5))]);
    assert_eq!(edit_printers(file, &edit).unwrap(), file.replace('4', "5"));
    let got = edit_printers(file, &TableEdit::First("二")).unwrap();
    assert!(got.find('二') < got.find('一') && got.ends_with("# both\n"), "{got}");
    let got = edit_printers(file, &TableEdit::Remove("一")).unwrap();
    assert!(!got.contains('一'), "{got}");
}
