//! A letter that only this machine's fonts have is printed and told. A process of its own, because
//! a font once lent stays.

use label::font::{self, Fonts};
use station::{
    fonts::SystemFonts,
    order::{Address, Person},
    print::letters,
};
use std::path::Path;

#[test]
fn letters_of_the_machine_are_named_with_their_font() {
    let person = |name: &str, detail: &str| Person {
        name: name.to_owned(),
        phone: "13800000001".to_owned(),
        address: Address { detail: detail.to_owned(), ..Address::default() },
        ..Person::default()
    };
    let receiver = person("试收 कא", "文一西路 1 号 क");
    assert_eq!(font::missing(&receiver.name), ['क', 'א'], "without a font it is held");
    assert_eq!(letters::of(&receiver, &[]).system_fonts, "");

    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../label/tests/fonts");
    let fonts = SystemFonts::in_folder(&folder);
    Fonts::shipped().lend(Box::new(move |c| fonts.find(c)));
    assert!(font::missing(&receiver.name).is_empty());
    let told = letters::of(&receiver, &["好🎁👍 א"]);
    assert_eq!(told.system_fonts, "कא Packbench Invented");
    let notes = letters::notes(&told);
    let pictures = ("pictures", "1 / 1".to_owned());
    assert_eq!(notes, [pictures, ("system_font", "कא Packbench Invented".to_owned())]);
    assert!(letters::notes(&letters::of(&person("李四", "A 座"), &["水杯"])).is_empty());
}
