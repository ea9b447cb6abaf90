//! A shop's own form: from its file to the dots at the printer, and what is wrong with it is told
//! before any carrier hears of an order.

use label::{
    forms::waybill::extras,
    page::Rect,
    units::{Head, Paper},
};
use practice::printer;
use rxing::{
    BinaryBitmap, DecodeHintValue, DecodeHints, Luma8Source, Reader, common::HybridBinarizer,
    datamatrix::DataMatrixReader,
};
use scene::{Home, Scene, orders_csv, waybill_on};
use station::{
    order::FaultCode,
    trouble::Code,
    view::{FormDoc, FormElement, FormOpened, FormSave, ShipRequest, State},
};
use std::{fs, io::Cursor};

/// The form that a new one begins with, under a name.
fn fresh(scene: &Scene, name: &str) -> FormDoc {
    let doc = scene.station.form_doc(None, "76x130").expect("a new form");
    FormDoc { name: name.to_owned(), ..doc }
}

fn save(doc: FormDoc, shops: &[&str]) -> FormSave {
    let shops = shops.iter().map(|shop| (*shop).to_owned()).collect();
    FormSave { doc, was: None, used: true, shops }
}

fn first(scene: &Scene) -> i64 {
    scene.rows().iter().find(|row| row.order_no == "P-1").expect("the first order").id
}

/// A black square, 40 pixels a side.
fn logo() -> Vec<u8> {
    let picture = image::GrayImage::new(40, 40);
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).expect("written");
    bytes.into_inner()
}

/// The new form with a logo of 10 mm in its upper right corner.
fn with_logo(scene: &Scene, name: &str) -> FormDoc {
    let opened = scene.station.open_form_file("店标.png", &logo()).expect("a picture");
    let FormOpened::Picture { file } = opened else { panic!("{opened:?}") };
    let mut doc = fresh(scene, name);
    let goods = &mut doc.elements[0];
    goods.width_um -= 10_500;
    let x_um = goods.x_um + goods.width_um + 500;
    let (y_um, kind) = (goods.y_um, "picture".to_owned());
    let (width_um, height_um) = (10_000, 10_000);
    let logo = FormElement {
        name: "店标".to_owned(),
        picture: file,
        kind,
        x_um,
        y_um,
        width_um,
        height_um,
        ..doc.elements[0].clone()
    };
    doc.elements.push(logo);
    doc
}

fn free() -> Rect {
    extras::free(Head::DPMM_8, Paper::WAYBILL).expect("the form has room")
}

/// The dots of the free area, one byte each.
fn inside(label: &printer::Bitmap) -> Vec<u8> {
    let Rect { x, y, width, height } = free();
    let rows = y..y + height;
    let dots = rows.flat_map(|y| (x..x + width).map(move |x| (x, y)));
    dots.map(|(x, y)| if label.black(x as u32, y as u32) { 0 } else { 255 }).collect()
}

/// What the Data Matrix in the free area says.
fn code_in(label: &printer::Bitmap) -> Option<String> {
    let Rect { width, height, .. } = free();
    let dots = inside(label);
    let source = Luma8Source::new_with_slice(&dots, width as u32, height as u32).ok()?;
    let mut image = BinaryBitmap::new(HybridBinarizer::new(source));
    let hints = DecodeHints::default().with(DecodeHintValue::TryHarder(true));
    let read = DataMatrixReader.decode_with_hints(&mut image, &hints);
    read.ok().map(|read| read.getText().to_owned())
}

#[tokio::test]
async fn what_a_shop_designs_is_on_its_labels_and_on_their_reprints() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    scene.import(&orders_csv(1)).await.expect("imports");
    let form = save(with_logo(&scene, "thanks"), &["抖店"]);
    let list = scene.station.save_form(&form).expect("kept");
    assert_eq!(list.forms[0].shops, ["抖店"]);
    assert_eq!((list.forms[0].used, list.forms[0].faults.len()), (true, 0));
    let id = first(&scene);
    let seen = scene.station.label_bytes(id, None).expect("what it will look like");

    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let label = home.world.paper().labels[0].clone();
    assert_eq!(waybill_on(&label), scene.row("P-1").waybill_no, "the carrier's own code");
    assert_eq!(code_in(&label).as_deref(), Some("P-1"));
    let shown = printer::decode(&seen, 8).remove(0);
    assert_eq!(inside(&shown), inside(&label), "preview is print");
    let corner = free();
    let (x, y) = ((corner.x + corner.width - 40) as u32, (corner.y + 40) as u32);
    assert!(label.black(x, y), "the logo");

    // The file goes; a label that was asked for with it does not change.
    scene.station.remove_form("thanks").expect("removed");
    drop(scene);
    let mut scene = home.open().await.expect("opens anew");
    scene.station.reprint("P-1", "torn").await.expect("once more");
    scene.settle().await.expect("settles");
    let again = home.world.paper().labels[1].clone();
    assert_eq!(inside(&again), inside(&label));
    let settings = fs::read_to_string(home.folder.path().join("station.toml")).expect("settings");
    assert!(!settings.contains("[[form]]"), "{settings}");
}

#[tokio::test]
async fn another_shop_and_another_paper_keep_the_usual_label() {
    let home = Home::new("none");
    let scene = home.open().await.expect("opens");
    scene.import(&orders_csv(1)).await.expect("imports");
    let id = first(&scene);
    let usual = scene.station.label_bytes(id, None).expect("bytes");
    scene.station.save_form(&save(fresh(&scene, "theirs"), &["别的店"])).expect("kept");
    assert_eq!(scene.station.label_bytes(id, None).expect("bytes"), usual);
    let wide = scene.station.form_doc(None, "100x150").expect("a new form");
    let wide = FormDoc { name: "wide".into(), ..wide };
    scene.station.save_form(&save(wide, &[])).expect("kept");
    assert_eq!(scene.station.label_bytes(id, None).expect("bytes"), usual);
    scene.station.save_form(&save(fresh(&scene, "all"), &[])).expect("kept");
    assert_ne!(scene.station.label_bytes(id, None).expect("bytes"), usual);
}

#[tokio::test]
async fn a_bad_file_stops_the_shipping_and_says_where() {
    let home = Home::new("none");
    let scene = home.open().await.expect("opens");
    scene.import(&orders_csv(2)).await.expect("imports");
    scene.station.save_form(&save(fresh(&scene, "thanks"), &[])).expect("kept");
    drop(scene);
    let path = home.folder.path().join("forms/thanks.toml");
    let text = fs::read_to_string(&path).expect("the form");
    fs::write(&path, text.replace("kind = \"code\"", "kind = \"bode\"")).expect("written");
    let mut scene = home.open().await.expect("a bad form stops no start");
    let request =
        ShipRequest { ids: vec![first(&scene)], account: None, printer: None, print: true };
    let trouble = scene.station.ship(request).await.expect_err("refused");
    assert_eq!(trouble.code, Code::FormUnusable);
    assert_eq!(trouble.fields["form"], "thanks");
    assert!(trouble.fields["faults"].contains("element[4].kind|not_one_of"), "{trouble:?}");
    assert!(scene.station.scan("P-1").await.is_err_and(|it| it.code == Code::FormUnusable));
    scene.settle().await.expect("settles");
    assert!(home.world.issued().is_empty());
    assert_eq!(scene.row("P-1").state, State::Ready);
    let card = &scene.station.form_list().expect("list").forms[0];
    assert_eq!((card.faults[0].element, card.faults[0].key.as_str()), (Some(3), "kind"));
}

#[tokio::test]
async fn what_is_too_long_for_its_frame_is_held_before_any_carrier_hears_of_it() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    let long = "P-1".to_owned() + &"-0123456789".repeat(6);
    scene.import(&orders_csv(2).replace("P-1,", &format!("{long},"))).await.expect("imports");
    scene.station.save_form(&save(fresh(&scene, "thanks"), &[])).expect("kept");
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let held = scene.row(&long);
    assert_eq!(held.state, State::Held);
    assert_eq!(
        (held.faults[0].code, held.faults[0].what.as_str()),
        (FaultCode::FormNoRoom, "订单号")
    );
    assert_eq!(home.world.issued().len(), 1, "the other one");

    assert_eq!(scene.station.recheck_unfitting().await.expect("looks"), 0, "nothing is larger");
    // Without the things that had no room it fits: at the next start, and whenever a form is kept.
    let mut roomy = fresh(&scene, "thanks");
    roomy.elements.retain(|element| element.name != "订单号" && element.name != "订单码");
    let over = |doc| FormSave { was: Some("thanks".to_owned()), ..save(doc, &[]) };
    scene.station.save_form(&over(roomy)).expect("kept");
    assert_eq!(scene.station.recheck_unfitting().await.expect("looks"), 1);
    assert_eq!((scene.row(&long).state, scene.row(&long).faults.len()), (State::Ready, 0));
    scene.station.save_form(&over(fresh(&scene, "thanks"))).expect("kept");
    scene.ship_all().await.expect("ships");
    assert_eq!(scene.row(&long).state, State::Held, "held again, for the form as it was");
    scene.station.remove_form("thanks").expect("removed");
    drop(scene);
    let mut scene = home.open().await.expect("opens again");
    assert_eq!(scene.row(&long).state, State::Ready);
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    assert_eq!(scene.row(&long).state, State::Printed);
}

#[tokio::test]
async fn nothing_is_kept_that_could_not_be_printed() {
    let home = Home::new("none");
    let scene = home.open().await.expect("opens");
    let was = fs::read_to_string(home.folder.path().join("station.toml")).expect("settings");
    let refused = |change: &dyn Fn(&mut FormDoc)| {
        let mut doc = fresh(&scene, "thanks");
        change(&mut doc);
        let trouble = scene.station.save_form(&save(doc, &[])).expect_err("refused");
        assert_eq!(trouble.code, Code::FormRefused);
        trouble.fields["faults"].clone()
    };
    let over = refused(&|doc| doc.elements[1].x_um += 3_000);
    assert!(over.contains("element[4].x_mm|form_overlaps|感谢"), "{over}");
    let outside = refused(&|doc| doc.elements[0].y_um -= 9_000);
    assert!(outside.contains("element[1].x_mm|form_outside"), "{outside}");
    let small = refused(&|doc| doc.elements[3].height_um = 2_000);
    assert!(small.contains("element[4].text|form_too_long"), "{small}");
    let name = refused(&|doc| doc.name = "../thanks".into());
    assert!(name.contains("name|bad_file"), "{name}");
    let field = refused(&|doc| doc.elements[0].text = "{phone}".into());
    assert!(field.contains("element[1].text|not_one_of"), "{field}");
    let folder = home.folder.path().join("forms");
    assert!(
        !folder.exists()
            && fs::read_to_string(home.folder.path().join("station.toml"))
                .is_ok_and(|it| it == was)
    );
}

#[tokio::test]
async fn forms_travel_as_files() {
    let (here, there) = (Home::new("none"), Home::new("none"));
    let scene = here.open().await.expect("opens");
    scene.station.save_form(&save(with_logo(&scene, "thanks"), &[])).expect("kept");
    let file = |name: &str| fs::read(here.folder.path().join("forms").join(name)).expect("a file");
    let other = there.open().await.expect("opens");
    // Its picture is not here yet: that is told, and the form can be looked at all the same.
    let FormOpened::Form { doc } =
        other.station.open_form_file("thanks.toml", &file("thanks.toml")).expect("read")
    else {
        panic!("a form")
    };
    let look = other.station.form_look(&doc, 8_000).expect("a look");
    assert_eq!((look.faults[0].element, look.faults[0].why.as_str()), (Some(4), "file_missing"));
    assert!(other.station.form_png(&doc, 8_000).expect("drawn").starts_with(b"\x89PNG"));
    other.station.open_form_file("店标.png", &file("店标.png")).expect("its picture");
    assert_eq!(other.station.form_look(&doc, 8_000).expect("a look").faults, []);
    other.station.save_form(&save(doc.clone(), &[])).expect("kept");
    let kept = |home: &Home| fs::read(home.folder.path().join("forms/thanks.toml")).expect("kept");
    assert_eq!(kept(&there), kept(&here));
    // The name is taken now; another picture of the same name gets one of its own.
    let opened = other.station.open_form_file("thanks.toml", &kept(&here)).expect("read");
    assert!(matches!(&opened, FormOpened::Form { doc } if doc.name == "thanks-2"), "{opened:?}");
    let mut other_logo = logo();
    other_logo.push(0);
    let opened = other.station.open_form_file("店标.png", &other_logo).expect("a picture");
    assert_eq!(opened, FormOpened::Picture { file: "店标-2.png".to_owned() });
    let bad = other.station.open_form_file("bad.toml", b"paper = 3").expect_err("refused");
    assert_eq!(bad.code, Code::FormRefused);
    assert!(other.station.open_form_file("logo.png", b"no picture").is_err());
}
