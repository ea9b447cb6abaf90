//! What the import screen sees.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A file looked at, before it is imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportPreview {
    /// Names the staged file in the next call.
    pub token: String,
    /// File name.
    pub file: String,
    /// `utf-8`, `gb18030`, `xlsx`.
    pub encoding: String,
    /// `,` `;` tab, or empty for XLSX.
    pub delimiter: String,
    /// The heading row.
    pub headings: Vec<String>,
    /// For each heading, which field it fills; guessed, or remembered for these headings.
    pub mapping: Vec<Option<Column>>,
    /// Whether the mapping was corrected by a person before.
    pub remembered: bool,
    /// The first rows as they stand.
    pub sample: Vec<Vec<String>>,
    /// Fields that must be mapped and are not.
    pub missing: Vec<Column>,
}

/// What a column of a file can fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// Order number; needed.
    Number,
    /// Shop.
    Shop,
    /// Paid at.
    PaidAt,
    /// Receiver; needed.
    Name,
    /// Phone.
    Phone,
    /// A second phone, used where the first is empty.
    Phone2,
    /// Province.
    Province,
    /// City.
    City,
    /// District.
    District,
    /// Street; or the whole address where the three above are not mapped; needed.
    Detail,
    /// Goods.
    Goods,
    /// Pieces.
    Quantity,
    /// Grams of the row.
    WeightG,
    /// Kilograms of the row.
    WeightKg,
    /// Remark.
    Note,
    /// Who pays for the carriage.
    PayBy,
    /// To be collected for the goods.
    Cod,
    /// What the goods are insured for.
    Insured,
    /// In how many parcels the order goes.
    Parcels,
    /// Cubic centimetres of the row.
    VolumeCm3,
    /// Cubic metres of the row.
    VolumeM3,
    /// Whether a signed slip comes back.
    Slip,
    /// Country of the receiver.
    Country,
    /// Postal code.
    Postcode,
    /// E-mail of the receiver.
    Email,
    /// The goods in English, for customs.
    English,
    /// Code of the Harmonized System.
    HsCode,
    /// Where the goods were made.
    Origin,
    /// Value of one piece, for customs.
    PieceValue,
    /// Currency of that value.
    Currency,
    /// Grams of one piece.
    PieceG,
    /// The shop's own code of the goods.
    Sku,
    /// The maker's code of the goods: EAN, UPC, 69….
    Barcode,
    /// Which sender profile sends it.
    Sender,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportProgress {
    /// Whether orders are being stored; before that, lines of the file are read. Each is half of
    /// the work.
    pub storing: bool,
    /// Lines read, or orders stored, so far.
    pub done: u32,
    /// Of how many, once known.
    pub total: u32,
}

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportReport {
    /// File name.
    pub file: String,
    /// Finished at, ms UTC.
    #[ts(type = "number")]
    pub at_ms: i64,
    /// Data rows in the file.
    pub rows: u32,
    /// New orders.
    pub added: u32,
    /// Of these, held by the check.
    pub held: u32,
    /// Orders that were here already.
    pub known: u32,
    /// Whether it was stopped before the end.
    pub stopped: bool,
    /// Rows that could not be taken, at most 1,000 listed.
    pub refused: Vec<RefusedRow>,
    /// All rows that could not be taken.
    pub refused_count: u32,
    /// How long it took.
    pub took_ms: u32,
}

/// A row that could not be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RefusedRow {
    /// Line in the file as an editor counts, from 1.
    pub line: u32,
    /// The heading of the column at fault; empty if it is the row.
    pub column: String,
    /// Why.
    pub why: RowFault,
    /// The value as it stands, at most 80 characters; empty for personal columns.
    pub value: String,
}

/// Why a row cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RowFault {
    /// No order number.
    NumberMissing,
    /// Longer than 100 characters.
    NumberTooLong,
    /// Pieces are not a whole number from 1 to 9,999.
    QuantityUnreadable,
    /// Not a weight.
    WeightUnreadable,
    /// Not a time.
    TimeUnreadable,
    /// More or fewer cells than headings.
    CellCount,
    /// Bytes that are not in the file's encoding.
    Encoding,
    /// The same order number with another receiver above.
    OtherReceiver,
    /// A field longer than 2,000 characters.
    FieldTooLong,
    /// Not a sum of money in yuan.
    MoneyUnreadable,
    /// Not a word for who pays the carrier.
    PayUnreadable,
    /// The same order above says another sum, another sender, or that somebody else pays.
    OtherServices,
    /// Parcels are not a whole number from 1 to 300.
    ParcelsUnreadable,
    /// Not a volume.
    VolumeUnreadable,
    /// Neither a yes nor a no.
    SlipUnreadable,
}
