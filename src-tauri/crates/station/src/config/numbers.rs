//! `[tell]` and `[[numbers]]`: when, where and in which form shops are told the numbers of their
//! orders. Both may be absent.

use super::{CarrierConfig, ConfigWhy, section::Section};
use std::{collections::BTreeMap, path::PathBuf};

/// How often, minutes: sooner the folder would only fill with small files; a day at most.
pub const TELL_EVERY_MIN: (u32, u32) = (5, 1_440);
/// No shop's form has more columns.
const COLUMNS_MAX: usize = 30;

/// Since when a number may be told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TellWhen {
    /// Its label came out.
    #[default]
    Printed,
    /// The carrier issued it.
    Number,
    /// Its driver's manifest is signed, or the carrier has seen it.
    HandedOver,
}

/// The kind of the file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FileKind {
    /// Comma-separated, every cell quoted.
    #[default]
    Csv,
    /// A workbook with one sheet, every cell a text.
    Xlsx,
}

/// How a CSV file's letters become bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 with a mark at its beginning, by which spreadsheets know it.
    #[default]
    Utf8,
    /// GB18030, for older tools of shops.
    Gb18030,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// The shop's order number.
    Order,
    /// The carrier's name.
    Carrier,
    /// The carrier's code, as its account says it.
    Code,
    /// The number.
    Number,
    /// When the driver had it, else when its label came out; local time.
    ShippedAt,
    /// Nothing: the shop's form has the column, and it may be empty.
    Empty,
}

/// The words after the last `=` of a column.
const CELLS: [(&str, Cell); 6] = [
    ("order", Cell::Order),
    ("carrier", Cell::Carrier),
    ("code", Cell::Code),
    ("number", Cell::Number),
    ("shipped_at", Cell::ShippedAt),
    ("empty", Cell::Empty),
];

/// Headings that say by themselves what stands below them.
const USUAL: [(&str, Cell); 24] = [
    ("订单编号", Cell::Order),
    ("订单号", Cell::Order),
    ("主订单编号", Cell::Order),
    ("平台订单号", Cell::Order),
    ("Order", Cell::Order),
    ("Order number", Cell::Order),
    ("快递公司", Cell::Carrier),
    ("快递公司名称", Cell::Carrier),
    ("物流公司", Cell::Carrier),
    ("物流公司名称", Cell::Carrier),
    ("承运商", Cell::Carrier),
    ("Carrier", Cell::Carrier),
    ("Tracking company", Cell::Carrier),
    ("快递公司编码", Cell::Code),
    ("物流公司编码", Cell::Code),
    ("Carrier code", Cell::Code),
    ("快递单号", Cell::Number),
    ("物流单号", Cell::Number),
    ("运单号", Cell::Number),
    ("运单编号", Cell::Number),
    ("面单号", Cell::Number),
    ("Tracking number", Cell::Number),
    ("发货时间", Cell::ShippedAt),
    ("Shipped at", Cell::ShippedAt),
];

/// A column: its heading, and what stands below it.
pub type TellColumn = (String, Cell);

/// How a file for a shop looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TellForm {
    /// The shop; `None`: every shop without a form of its own.
    pub shop: Option<String>,
    /// From left to right.
    pub columns: Vec<TellColumn>,
    /// The shop's own words for carriers, by account.
    pub carriers: BTreeMap<String, String>,
    /// The kind of the file.
    pub file: FileKind,
    /// Its letters, if it is CSV.
    pub encoding: Encoding,
    /// Further parcels with numbers of their own have rows of their own.
    pub parcels: bool,
}

/// `[tell]`: how shops are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tell {
    /// Since when a number may be told.
    pub when: TellWhen,
    /// Where the files are written; `None`: `numbers/` in the home.
    pub folder: Option<PathBuf>,
    /// By itself so many minutes after the last time; `None`: not so.
    pub every_min: Option<u32>,
    /// By itself at these times of the day, minutes after local midnight; none: not so.
    pub at_min: Vec<u16>,
    /// The forms of shops; at least the one for all others, which is the last.
    pub forms: Vec<TellForm>,
}

impl Tell {
    /// The form of a shop's file.
    pub fn form(&self, shop: &str) -> &TellForm {
        let own = self.forms.iter().find(|form| form.shop.as_deref() == Some(shop));
        let rest = || self.forms.iter().find(|form| form.shop.is_none());
        own.or_else(rest).expect("reading adds the form for all others")
    }
}

pub(super) fn read(top: &Section<'_>, carriers: &[CarrierConfig]) -> Tell {
    let mut tell = Tell {
        when: TellWhen::default(),
        folder: None,
        every_min: None,
        at_min: Vec::new(),
        forms: Vec::new(),
    };
    let (mut file, mut encoding) = (FileKind::default(), Encoding::default());
    if let Some(section) = top.table("tell") {
        let moments = [
            ("printed", TellWhen::Printed),
            ("number", TellWhen::Number),
            ("handed_over", TellWhen::HandedOver),
        ];
        tell.when = section.word("when", &moments);
        tell.folder = section.text_or("folder", None).map(PathBuf::from);
        tell.every_min = section.number("every_min", TELL_EVERY_MIN.0, TELL_EVERY_MIN.1);
        tell.at_min = times(&section);
        (file, encoding) = kind(&section, (file, encoding));
        section.end();
    }
    for section in top.tables("numbers") {
        let form = form(&section, (file, encoding), carriers);
        section.end();
        if tell.forms.iter().any(|other| other.shop == form.shop) {
            section.note("shop", ConfigWhy::Duplicate, form.shop.clone().unwrap_or_default());
        }
        tell.forms.push(form);
    }
    if tell.forms.iter().all(|form| form.shop.is_some()) {
        let (shop, columns, carriers) = (None, usual(), BTreeMap::new());
        tell.forms.push(TellForm { shop, columns, carriers, file, encoding, parcels: false });
    }
    tell
}

fn form(
    section: &Section<'_>,
    usually: (FileKind, Encoding),
    carriers: &[CarrierConfig],
) -> TellForm {
    let (file, encoding) = kind(section, usually);
    TellForm {
        shop: section.text_or("shop", None),
        columns: columns(section),
        carriers: words(section, carriers),
        file,
        encoding,
        parcels: section.flag("parcels"),
    }
}

fn kind(section: &Section<'_>, usually: (FileKind, Encoding)) -> (FileKind, Encoding) {
    let files = [("csv", FileKind::Csv), ("xlsx", FileKind::Xlsx)];
    let encodings = [("utf-8", Encoding::Utf8), ("gb18030", Encoding::Gb18030)];
    (
        section.word_if_there("file", &files).unwrap_or(usually.0),
        section.word_if_there("encoding", &encodings).unwrap_or(usually.1),
    )
}

/// "12:00, 18:30" → minutes after midnight.
fn times(section: &Section<'_>) -> Vec<u16> {
    let text = section.text_or("at", None).unwrap_or_default();
    let mut found = Vec::new();
    for one in text.split([',', '，', ' ']).filter(|one| !one.is_empty()) {
        let minutes = || -> Option<u16> {
            let (hour, minute) = one.split_once([':', '：'])?;
            let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
            (hour < 24 && minute < 60).then_some(hour * 60 + minute)
        };
        match minutes() {
            Some(minutes) => found.push(minutes),
            None => section.note("at", ConfigWhy::NotOneOf, "12:00, 18:30"),
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn usual() -> Vec<TellColumn> {
    [("订单编号", Cell::Order), ("快递公司", Cell::Carrier), ("快递单号", Cell::Number)]
        .map(|(heading, cell)| (heading.to_owned(), cell))
        .to_vec()
}

/// `"订单编号"`, or `"父订单=order"` where the heading does not say it.
fn columns(section: &Section<'_>) -> Vec<TellColumn> {
    if section.item("columns").is_none() {
        return usual();
    }
    let texts = section.texts("columns");
    let mut found = Vec::new();
    for text in &texts {
        match column(text) {
            Some(column) => found.push(column),
            None => {
                let words = CELLS.map(|(word, _)| word).join(", ");
                section.note("columns", ConfigWhy::NotOneOf, format!("{text} ≠ {text}={words}"));
            }
        }
    }
    if found.len() > COLUMNS_MAX {
        section.note("columns", ConfigWhy::OutOfRange, format!("≤ {COLUMNS_MAX}"));
    }
    let readable = found.len() == texts.len() && !texts.is_empty();
    for (word, cell) in [("order", Cell::Order), ("number", Cell::Number)] {
        if readable && found.iter().all(|(_, has)| *has != cell) {
            section.note("columns", ConfigWhy::Missing, word);
        }
    }
    found
}

fn column(text: &str) -> Option<TellColumn> {
    let said = text.rsplit_once('=').and_then(|(heading, word)| {
        let (_, cell) = CELLS.iter().find(|(known, _)| *known == word.trim())?;
        Some((heading.trim().to_owned(), *cell))
    });
    said.or_else(|| {
        let (_, cell) = USUAL.iter().find(|(known, _)| known.eq_ignore_ascii_case(text))?;
        Some((text.to_owned(), *cell))
    })
}

/// `carriers = { "圆通-快递鸟" = "圆通速递" }`.
fn words(section: &Section<'_>, carriers: &[CarrierConfig]) -> BTreeMap<String, String> {
    let Some(table) = section.table("carriers") else { return BTreeMap::new() };
    let mut found = BTreeMap::new();
    for account in table.keys() {
        if carriers.iter().all(|carrier| carrier.name != account) {
            table.note(&account, ConfigWhy::UnknownCarrier, &account);
        }
        let word = table.text(&account);
        found.insert(account, word);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{ConfigFault, parse};

    const ACCOUNT: &str = "[sender]\nname='a'\nphone='0571-88001234'\nprovince='浙江省'\n\
        city='杭州市'\ndetail='文一西路 969 号'\n[[carrier]]\nname='圆通'\nkind='jd'\n\
        app_key='a'\napp_secret='env:A'\ntoken='env:B'\ncustomer_code='c'\n";

    fn read(more: &str) -> Tell {
        parse(&format!("{ACCOUNT}{more}")).expect("settings").tell
    }

    fn faults(more: &str) -> Vec<(String, ConfigWhy)> {
        let found: Vec<ConfigFault> = parse(&format!("{ACCOUNT}{more}")).expect_err("faults");
        found.into_iter().map(|fault| (fault.key, fault.why)).collect()
    }

    #[test]
    fn nothing_said_is_a_plain_file_by_hand() {
        let tell = read("");
        assert_eq!((tell.when, tell.every_min, tell.at_min.len()), (TellWhen::Printed, None, 0));
        let form = tell.form("抖店");
        let headings: Vec<&str> = form.columns.iter().map(|(it, _)| it.as_str()).collect();
        assert_eq!(headings, ["订单编号", "快递公司", "快递单号"]);
        assert_eq!(
            (form.file, form.encoding, form.parcels),
            (FileKind::Csv, Encoding::Utf8, false)
        );
    }

    #[test]
    fn a_shop_has_its_own_headings_words_and_kind() {
        let tell = read(
            "[tell]\nwhen='handed_over'\nfile='xlsx'\nevery_min=30\nat='18:30, 9:05'\n\
             [[numbers]]\nshop='抖店'\ncolumns=['子单号=order','运单号','备注=empty']\n\
             file='csv'\nencoding='gb18030'\nparcels=true\n\
             [numbers.carriers]\n'圆通'='圆通速递'\n",
        );
        assert_eq!((tell.when, tell.every_min), (TellWhen::HandedOver, Some(30)));
        assert_eq!(tell.at_min, [545, 1_110]);
        let own = tell.form("抖店");
        let cells = [("子单号", Cell::Order), ("运单号", Cell::Number), ("备注", Cell::Empty)];
        assert_eq!(own.columns, cells.map(|(heading, cell)| (heading.to_owned(), cell)));
        assert_eq!(own.carriers["圆通"], "圆通速递");
        assert_eq!((own.file, own.encoding), (FileKind::Csv, Encoding::Gb18030));
        assert_eq!(tell.form("淘宝").file, FileKind::Xlsx, "the rest as [tell] says");
    }

    #[test]
    fn every_fault_is_named_with_its_place() {
        use ConfigWhy as W;
        let of = |key: &str, why| vec![(key.to_owned(), why)];
        assert_eq!(faults("[tell]\nwhen='paid'\n"), of("tell.when", W::NotOneOf));
        assert_eq!(faults("[tell]\nevery_min=1\n"), of("tell.every_min", W::OutOfRange));
        assert_eq!(faults("[tell]\nat='25:00'\n"), of("tell.at", W::NotOneOf));
        assert_eq!(faults("[tell]\nfile='xls'\n"), of("tell.file", W::NotOneOf));
        assert_eq!(faults("[tell]\nwhere='x'\n"), of("tell.where", W::UnknownKey));
        let block = |rest: &str| faults(&format!("[[numbers]]\nshop='抖店'\n{rest}"));
        assert_eq!(block("columns=['单号','运单号']"), of("numbers[1].columns", W::NotOneOf));
        assert_eq!(block("columns=['订单号']"), of("numbers[1].columns", W::Missing));
        assert_eq!(
            block("[numbers.carriers]\n'谁'='x'\n"),
            of("numbers[1].carriers.谁", W::UnknownCarrier)
        );
        assert_eq!(block("[[numbers]]\nshop='抖店'\n"), of("numbers[2].shop", W::Duplicate));
    }
}
