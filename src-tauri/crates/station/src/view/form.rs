//! Shops' own forms as the editor sees and changes them. Lengths are µm: the editor knows the head
//! whose dots it snaps to.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A form being edited.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FormDoc {
    /// Its file's name without folder and ending.
    pub name: String,
    /// `76x130`, `100x113`, `100x150` or `100x180`.
    pub paper: String,
    /// What it adds to the waybill.
    pub elements: Vec<FormElement>,
}

/// One thing on the label.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FormElement {
    /// Unique in the form.
    pub name: String,
    /// `text`, `picture` or `code`.
    pub kind: String,
    /// Left edge.
    pub x_um: i32,
    /// Upper edge.
    pub y_um: i32,
    /// From left to right.
    pub width_um: i32,
    /// From top to bottom.
    pub height_um: i32,
    /// What a text or a code says, with `{field}`s; else empty.
    pub text: String,
    /// Type at its best.
    pub size_um: u32,
    /// Type at its smallest.
    pub size_min_um: u32,
    /// Heavy type.
    pub bold: bool,
    /// `left`, `centre` or `right`.
    pub side: String,
    /// Whether too long a text may end in "…".
    pub may_end: bool,
    /// `code128`, `qr`, `data_matrix` or `pdf417`; of a code.
    pub code: String,
    /// File name of a picture.
    pub picture: String,
}

/// Something wrong with a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FormFault {
    /// Which element, from 0; `None`: the form.
    pub element: Option<u32>,
    /// The key of the file at fault.
    pub key: String,
    /// Names the sentence, as in `config.<why>`.
    pub why: String,
    /// The value at fault, or what would be right.
    pub what: String,
}

/// A form in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FormCard {
    /// Its file's name.
    pub name: String,
    /// Its paper; empty if the file cannot be read.
    pub paper: String,
    /// Whether labels are printed with it.
    pub used: bool,
    /// The shops that use it; empty: all that have none of their own.
    pub shops: Vec<String>,
    /// What is wrong with it.
    pub faults: Vec<FormFault>,
}

/// All forms, and what an editor offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FormList {
    /// By name.
    pub forms: Vec<FormCard>,
    /// Shops there are orders of.
    pub shops: Vec<String>,
    /// What a text may name in braces.
    pub fields: Vec<String>,
    /// The paper of the default printer.
    pub paper: String,
    /// Heads by which forms are looked at, dots per metre, by paper.
    pub heads: Vec<FormHead>,
}

/// A head that draws forms of a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FormHead {
    /// Whose paper.
    pub paper: String,
    /// Its pitch.
    pub dots_per_m: u32,
}

/// A rectangle in dots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DotRect {
    /// Left edge.
    pub x: i32,
    /// Upper edge.
    pub y: i32,
    /// Dots across.
    pub width: i32,
    /// Dots down.
    pub height: i32,
}

/// How a form stands on the label of one head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FormLook {
    /// The label, dots across.
    pub width: i32,
    /// Dots down.
    pub height: i32,
    /// Where things may be.
    pub free: DotRect,
    /// What is wrong.
    pub faults: Vec<FormFault>,
}

/// A form to be kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FormSave {
    /// What it is from now on.
    pub doc: FormDoc,
    /// Its name until now; `None`: it is new.
    pub was: Option<String>,
    /// Whether labels are printed with it.
    pub used: bool,
    /// By which shops; empty: by all that have none of their own.
    pub shops: Vec<String>,
}

/// A file that was opened in the editor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum FormOpened {
    /// A form; nothing of it is kept yet.
    Form {
        /// Under a name that is free.
        doc: FormDoc,
    },
    /// A picture, now beside the forms.
    Picture {
        /// Under this name.
        file: String,
    },
}
