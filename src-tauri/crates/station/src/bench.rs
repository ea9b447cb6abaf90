//! What a scan on the scan screen is for. The mode belongs to this PC and outlives the program.

use crate::{
    Station,
    db::DbError,
    trouble::{Code, Trouble},
    view::{BenchView, ScanCommand, ScanEnding, ScanMode, ScanView, ScannerView, State},
};
use rusqlite::{Connection, OptionalExtension, params};
use std::sync::Arc;

/// Where the mode stands in `meta`.
const MODE: &str = "scan_mode";

impl Station {
    /// What the scan screen goes on with: its mode, and the order whose goods are being counted.
    ///
    /// # Errors
    /// The database.
    pub fn bench(&self) -> Result<BenchView, Trouble> {
        let kept = self.db.read(|db| meta(db, MODE))?;
        let mode = kept.and_then(|word| ScanMode::of(&word)).unwrap_or(ScanMode::Ship);
        Ok(BenchView {
            mode,
            verifying: self.verifying()?,
            print_after: self.config.verify.print,
            scale: self.scale_view(),
            scanner: ScannerView {
                gap_ms: self.config.scanner.gap_ms,
                ending: match self.config.scanner.silent_end {
                    true => ScanEnding::Silence,
                    false => ScanEnding::Key,
                },
            },
        })
    }

    /// Chooses what scans are for.
    ///
    /// # Errors
    /// The database.
    pub async fn set_mode(&self, mode: ScanMode) -> Result<(), Trouble> {
        self.db.write(move |db| keep_meta(db, MODE, Some(mode.word()))).await?;
        self.touch();
        Ok(())
    }

    /// Understands a scan in a mode. `times`: how many pieces it stands for, where pieces are
    /// counted. Command barcodes are understood in all of them.
    ///
    /// # Errors
    /// The database; what the mode's own work says.
    pub async fn scan_in(
        self: &Arc<Self>,
        mode: ScanMode,
        text: &str,
        times: u32,
    ) -> Result<ScanView, Trouble> {
        let text = &self.known_as(text)?;
        if ScanCommand::of(text).is_some() {
            return self.scan_read(text).await;
        }
        match mode {
            ScanMode::Ship => self.scan_read(text).await,
            ScanMode::Reprint => self.scan_printed(text).await,
            ScanMode::Verify => self.scan_to_verify(text, times).await,
            ScanMode::Weigh => self.scan_to_weigh(text).await,
            ScanMode::HandOver => self.scan_to_hand_over(text).await,
        }
    }

    /// As [`Station::scan`], but ships nothing: who reprints has paper in the hand.
    async fn scan_printed(self: &Arc<Self>, text: &str) -> Result<ScanView, Trouble> {
        if let Ok(named) = self.named(text) {
            let row = self.row(named.id)?;
            if row.state == State::Ready {
                return Ok(ScanView::Waiting(Box::new(row)));
            }
        }
        self.scan_read(text).await
    }
}

/// Whether a code is simply none of ours; other troubles are about the database.
pub(crate) fn is_unknown(trouble: &Trouble) -> bool {
    matches!(trouble.code, Code::ScanUnknown | Code::ScanAmbiguous)
}

/// What `meta` keeps under a key.
///
/// # Errors
/// SQL errors.
pub(crate) fn meta(db: &Connection, key: &str) -> Result<Option<String>, DbError> {
    let sql = "SELECT value FROM meta WHERE key = ?1";
    Ok(db.prepare_cached(sql)?.query_row([key], |row| row.get(0)).optional()?)
}

/// Keeps a word under a key of `meta`, or forgets it.
///
/// # Errors
/// SQL errors.
pub(crate) fn keep_meta(db: &Connection, key: &str, value: Option<&str>) -> Result<(), DbError> {
    match value {
        Some(value) => {
            db.prepare_cached("INSERT OR REPLACE INTO meta VALUES (?1, ?2)")?
                .execute(params![key, value])?;
        }
        None => {
            db.prepare_cached("DELETE FROM meta WHERE key = ?1")?.execute([key])?;
        }
    }
    Ok(())
}
