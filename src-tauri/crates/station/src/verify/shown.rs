//! A count as the window sees it.

use super::{count, kept};
use crate::{
    Station, intake,
    shipment::ShipmentError,
    trouble::Trouble,
    view::{CountLine, CountSaid, VerifyView},
};
use rusqlite::Connection;

impl Station {
    /// An order with its counts, and what the last act came to.
    pub(super) fn shown(
        &self,
        id: i64,
        said: CountSaid,
        line: Option<u32>,
        code: &str,
    ) -> Result<VerifyView, Trouble> {
        let code = code.trim();
        let (mut lines, stand, known) = self.db.read(|db| -> Result<_, ShipmentError> {
            let wrong = said == CountSaid::Wrong;
            let known = if wrong { intake::products(db, code)? } else { Vec::new() };
            Ok((self::lines(db, id)?, kept::stand(db, id)?, known))
        })?;
        for line in &mut lines {
            line.picture = self.picture_file(line).is_some();
        }
        Ok(VerifyView {
            row: self.row(id)?,
            said,
            line,
            code: code.to_owned(),
            other: known.into_iter().next().map(|goods| goods.title).unwrap_or_default(),
            done: stand.done || count::complete(&lines),
            blocks: self.config.verify.before_label,
            lines,
        })
    }
}

/// The goods of a shipment with their counts.
pub(super) fn lines(db: &Connection, id: i64) -> Result<Vec<CountLine>, ShipmentError> {
    let order = intake::order_of(db, id)?;
    let counted = kept::counted(db, id)?;
    let line = |(line, item): (u32, crate::order::Item)| CountLine {
        line,
        by_hand: item.codes.sku.is_empty() && item.codes.barcode.is_empty(),
        title: item.title,
        sku: item.codes.sku,
        barcode: item.codes.barcode,
        wanted: item.quantity,
        counted: counted.iter().find(|(at, _)| *at == line).map_or(0, |(_, counted)| *counted),
        picture: false,
    };
    Ok((0..).zip(order.items).map(line).collect())
}

/// Pieces in the box, and pieces ordered.
pub(super) fn sums(lines: &[CountLine]) -> (u32, u32) {
    let sum = |of: fn(&CountLine) -> u32| lines.iter().map(of).fold(0, u32::saturating_add);
    (sum(|line| line.counted), sum(|line| line.wanted))
}
