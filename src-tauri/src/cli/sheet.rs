//! `sheet`: lists for people, as a PDF for an office printer, or on label stock.

use super::{
    Bench,
    show::{Exit, Reply},
};
use crate::session::storage;
use serde_json::json;
use station::{
    Station,
    sheet::{Paper, SheetKind},
    trouble::Trouble,
};
use std::{fs, path::Path};

/// The word of a kind.
pub fn kind(word: &str) -> Result<SheetKind, String> {
    match word {
        "picking" => Ok(SheetKind::Picking),
        "packing" => Ok(SheetKind::Packing),
        "handover" => Ok(SheetKind::Handover),
        "manifest" => Ok(SheetKind::Manifest),
        "return" => Ok(SheetKind::Return),
        "commands" => Ok(SheetKind::Commands),
        _ => Err("picking | packing | handover | manifest | return | commands".to_owned()),
    }
}

/// `A4`, `A5`, or millimetres as `100x150`.
pub fn paper(text: &str) -> Result<Paper, String> {
    let millimetres = |part: &str| part.parse().ok().filter(|mm| (1..=1_000).contains(mm));
    match text.to_ascii_uppercase().as_str() {
        "A4" => Ok(Paper::A4),
        "A5" => Ok(Paper::A5),
        size => size
            .split_once('X')
            .and_then(|(width, height)| Some((millimetres(width)?, millimetres(height)?)))
            .map(|(width, height): (i32, i32)| Paper {
                width_um: width * 1_000,
                height_um: height * 1_000,
            })
            .ok_or_else(|| "A4 | A5 | 100x150".to_owned()),
    }
}

/// Draws the sheets of these orders into a file.
pub async fn save(
    bench: &Bench<'_>,
    kind: SheetKind,
    orders: &[String],
    path: &Path,
    paper: Paper,
) -> Result<Reply, Trouble> {
    let session = bench.open().await?;
    let station = &session.station;
    let ids = rows(station, kind, orders)?;
    let bytes = station.sheet(kind, &ids, paper)?;
    fs::write(path, bytes).map_err(storage)?;
    let view = json!({ "pdf": path, "orders": ids.len() });
    Ok(Reply::new(&view, vec![path.display().to_string()], Exit::Done))
}

/// Prints the sheets of these orders on label stock.
pub async fn print(
    bench: &Bench<'_>,
    kind: SheetKind,
    orders: &[String],
    printer: Option<&str>,
) -> Result<Reply, Trouble> {
    let mut session = bench.open().await?;
    let station = &session.station;
    let printed = match rows(station, kind, orders) {
        Ok(ids) => station.print_sheet(kind, &ids, printer).await,
        Err(trouble) => Err(trouble),
    };
    session.halt().await;
    let printed = printed?;
    let fields = [("printer", printed.printer.clone()), ("pages", printed.pages.to_string())];
    let line = bench.say("cli.sheet.printed", &fields);
    Ok(Reply::new(&printed, vec![line], Exit::Done))
}

/// What the sheet is about: shipments by their numbers, manifests by theirs (`JJ20261122-7`).
fn rows(station: &Station, kind: SheetKind, orders: &[String]) -> Result<Vec<i64>, Trouble> {
    let row = |name: &String| match kind {
        SheetKind::Manifest => station.resolve_manifest(name),
        SheetKind::Picking
        | SheetKind::Packing
        | SheetKind::Handover
        | SheetKind::Return
        | SheetKind::Commands => station.resolve(name),
    };
    orders.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_are_read() {
        assert_eq!(paper("a4"), Ok(Paper::A4));
        assert_eq!(paper("100x150"), Ok(Paper { width_um: 100_000, height_um: 150_000 }));
        for bad in ["", "A3", "100", "0x5", "100x", "x150", "-1x5", "9999x1"] {
            assert!(paper(bad).is_err(), "{bad}");
        }
    }
}
