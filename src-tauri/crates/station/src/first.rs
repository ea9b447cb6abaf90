//! The first settings of a real station: who sends. Accounts and printers are added to them in the
//! window, each with its trial.

use crate::{
    check, config,
    order::{Address, Fault, Needs, Person},
    paste, place,
    view::{PastedView, SenderForm},
};
use std::{io, path::Path};
use toml_edit::{DocumentMut, Table, value};

/// What stands above them; the template of `packbench init` explains every key.
const HEAD: &str = "# 打包台 Packbench 设置 · settings\n\
    # 快递账号和打印机在窗口里添加，也可照 `packbench init` 写的模板手写。\n\
    # Accounts and printers are added in the window, or by hand after the template of `packbench init`.\n\n";

/// A pasted text as a sender; keeps nothing.
pub fn pasted_sender(text: &str) -> SenderForm {
    let PastedView { edit, .. } = pasted(text);
    SenderForm {
        name: edit.name,
        phone: edit.phone,
        province: edit.province,
        city: edit.city,
        district: edit.district,
        detail: edit.detail,
    }
}

/// A pasted text taken apart; keeps nothing.
pub fn pasted(text: &str) -> PastedView {
    let paste::Pasted { name, phone, address, certain, note, left } = paste::read(text);
    let edit = crate::view::OrderEdit {
        name,
        phone,
        province: address.province,
        city: address.city,
        district: address.district,
        detail: address.detail,
        postcode: address.postcode,
        note,
        parcels: 1,
        ..crate::view::OrderEdit::default()
    };
    PastedView { edit, certain, left }
}

/// The sender with the place in full, and what is wrong with it: carriers ask as much of it as of a
/// receiver.
pub fn checked_sender(form: &SenderForm) -> (SenderForm, Vec<Fault>) {
    let address = place::normalise(&Address {
        province: form.province.trim().to_owned(),
        city: form.city.trim().to_owned(),
        district: form.district.trim().to_owned(),
        detail: form.detail.trim().to_owned(),
        ..Address::default()
    });
    let person = Person {
        name: form.name.trim().to_owned(),
        phone: form.phone.trim().to_owned(),
        address,
        email: String::new(),
    };
    let faults = check::check(&person, &[], None, "", Needs::default(), &|_| Vec::new());
    let Person { name, phone, address, .. } = person;
    let Address { province, city, district, detail, .. } = address;
    (SenderForm { name, phone, province, city, district, detail }, faults)
}

/// Writes the first settings. Never replaces settings that are there.
///
/// # Errors
/// The file exists, or the disk failed.
pub fn write_first(home: &Path, sender: &SenderForm) -> io::Result<()> {
    let mut table = Table::new();
    let SenderForm { name, phone, province, city, district, detail } = sender;
    let keys = [
        ("name", name),
        ("phone", phone),
        ("province", province),
        ("city", city),
        ("district", district),
        ("detail", detail),
    ];
    for (key, word) in keys.into_iter().filter(|(_, word)| !word.is_empty()) {
        table.insert(key, value(word));
    }
    let mut file = DocumentMut::new();
    file.insert("sender", toml_edit::Item::Table(table));
    config::write_new(home, &format!("{HEAD}{file}")).map(drop)
}
