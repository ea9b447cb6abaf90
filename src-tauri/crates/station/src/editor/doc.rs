//! A form as the file says it and as the editor sees it, each made of the other.

use super::{
    Element, FormDoc, FormElement, Frame, Paper, ShopForm, What, code_word, paper_word, side_word,
};
use label::forms::waybill::extras::{Code, Side};

/// For the editor.
pub(super) fn doc(name: &str, shop: &ShopForm) -> FormDoc {
    FormDoc {
        name: name.to_owned(),
        paper: paper_word(shop.paper).to_owned(),
        elements: shop.elements.iter().map(seen).collect(),
    }
}

fn seen(element: &Element) -> FormElement {
    let Frame { x_um, y_um, width_um, height_um } = element.frame;
    let plain = FormElement {
        name: element.name.clone(),
        x_um,
        y_um,
        width_um,
        height_um,
        size_um: 3_000,
        size_min_um: 2_500,
        side: side_word(Side::Left).to_owned(),
        code: code_word(Code::Qr).to_owned(),
        ..FormElement::default()
    };
    match element.what.clone() {
        What::Text { text, size_um, size_min_um, bold, side, may_end } => FormElement {
            kind: "text".to_owned(),
            side: side_word(side).to_owned(),
            text,
            size_um,
            size_min_um,
            bold,
            may_end,
            ..plain
        },
        What::Picture { file } => {
            FormElement { kind: "picture".to_owned(), picture: file, ..plain }
        }
        What::Code { code, text } => {
            FormElement { kind: "code".to_owned(), code: code_word(code).to_owned(), text, ..plain }
        }
    }
}

/// For the file. Words that are none of ours become the first of their kind.
pub(super) fn shop_form(doc: &FormDoc) -> ShopForm {
    let paper = Paper::WAYBILLS.into_iter().find(|it| paper_word(*it) == doc.paper);
    ShopForm {
        paper: paper.unwrap_or(Paper::WAYBILL),
        elements: doc.elements.iter().map(meant).collect(),
    }
}

fn meant(seen: &FormElement) -> Element {
    let side = [Side::Centre, Side::Right].into_iter().find(|it| side_word(*it) == seen.side);
    let mut codes = [Code::Qr, Code::DataMatrix, Code::Pdf417].into_iter();
    let code = codes.find(|it| code_word(*it) == seen.code);
    let what = match seen.kind.as_str() {
        "picture" => What::Picture { file: seen.picture.trim().to_owned() },
        "code" => What::Code { code: code.unwrap_or(Code::Code128), text: seen.text.clone() },
        _ => What::Text {
            text: seen.text.clone(),
            size_um: seen.size_um,
            size_min_um: seen.size_min_um,
            bold: seen.bold,
            side: side.unwrap_or_default(),
            may_end: seen.may_end,
        },
    };
    let FormElement { x_um, y_um, width_um, height_um, .. } = *seen;
    let frame = Frame { x_um, y_um, width_um, height_um };
    Element { name: seen.name.trim().to_owned(), frame, what, line: 1 }
}
