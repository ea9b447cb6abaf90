//! A file of orders on its way in: looked at, mapped, read, checked, stored in chunks.

use crate::{
    Station, import, intake,
    order::NewOrder,
    shipment::ShipmentError,
    trouble::{Action, Code, Trouble},
    view::{Column, ImportPreview, ImportProgress, ImportReport},
};
use rusqlite::Connection;
use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

/// Orders of one transaction: other writers wait no longer than this takes, some 50 ms.
const CHUNK: usize = 1_000;
/// Orders whose words are filled in at one go.
const CHUNK_OF_WORDS: u32 = 2_000;
/// Refused rows that a report lists; the count goes on.
const REFUSED_LISTED_MAX: usize = 1_000;

/// Told how far an import is.
pub type Progress = dyn Fn(ImportProgress) + Send + Sync;

/// What to import and how.
#[derive(Debug, Clone)]
pub struct ImportAsk {
    /// Where the file is.
    pub path: PathBuf,
    /// What it is called, for people and for its kind.
    pub file: String,
    /// Which column fills what; `None` takes the remembered or guessed mapping.
    pub mapping: Option<Vec<Option<Column>>>,
    /// Shop for rows that name none.
    pub shop: Option<String>,
}

impl Station {
    /// Looks at a file: its headings, the mapping remembered or guessed for them, its first rows.
    ///
    /// # Errors
    /// [`Code::ImportUnreadable`] with the reason.
    pub fn import_preview(
        &self,
        file: &str,
        path: &Path,
        token: &str,
    ) -> Result<ImportPreview, Trouble> {
        let looked = import::preview(path, file).map_err(|error| unreadable(file, &error))?;
        let remembered = self.db.read(|db| intake::mapping_of(db, &looked.key))?;
        let fits = remembered.filter(|mapping| mapping.len() == looked.headings.len());
        let is_remembered = fits.is_some();
        let mapping = fits.unwrap_or(looked.mapping);
        Ok(ImportPreview {
            token: token.to_owned(),
            file: file.to_owned(),
            encoding: looked.encoding.to_owned(),
            delimiter: looked.delimiter.to_owned(),
            missing: import::missing(&mapping),
            headings: looked.headings,
            mapping,
            remembered: is_remembered,
            sample: looked.sample,
        })
    }

    /// Imports a file. What was stored before a stop stays; importing again doubles nothing.
    ///
    /// # Errors
    /// [`Code::ImportUnreadable`], [`Code::ImportColumnMissing`]; the database.
    pub async fn import_run(
        self: &Arc<Self>,
        ask: ImportAsk,
        progress: Arc<Progress>,
        stop: Arc<AtomicBool>,
    ) -> Result<ImportReport, Trouble> {
        let started = Instant::now();
        let preview = self.import_preview(&ask.file, &ask.path, "")?;
        let corrected = ask.mapping.as_ref().is_some_and(|mapping| *mapping != preview.mapping);
        let mapping = ask.mapping.clone().unwrap_or(preview.mapping);
        if let Some(column) = import::missing(&mapping).first() {
            let column = serde_json::to_value(column).map_err(|e| unreadable(&ask.file, &e))?;
            let column = column.as_str().unwrap_or_default().to_owned();
            let fields = [("column", column), ("file", ask.file.clone())];
            return Err(Trouble::new(Code::ImportColumnMissing, Action::Retry, fields));
        }
        if corrected {
            let (key, mapping) = (import::heading_key(&preview.headings), mapping.clone());
            self.db.write(move |db| intake::remember_mapping(db, &key, &mapping)).await?;
        }
        let parsed = self.parse(&ask, mapping, &progress, &stop).await?;
        let mut report = ImportReport {
            file: ask.file.clone(),
            rows: parsed.rows,
            refused_count: parsed.refused_count,
            stopped: parsed.stopped,
            refused: parsed.refused.into_iter().take(REFUSED_LISTED_MAX).collect(),
            ..ImportReport::default()
        };
        self.store(parsed.orders, &mut report, &*progress, &stop).await?;
        report.at_ms = self.now_ms();
        report.took_ms = u32::try_from(started.elapsed().as_millis()).unwrap_or(u32::MAX);
        let kept = report.clone();
        self.db.write(move |db| intake::remember_report(db, &kept)).await?;
        self.live().last_import = Some(Some(report.clone()));
        tracing::info!(
            rows = report.rows,
            added = report.added,
            held = report.held,
            known = report.known,
            refused = report.refused_count,
            took_ms = report.took_ms,
            "imported"
        );
        self.touch();
        Ok(report)
    }

    /// Fills in, once, what older programs did not keep of orders to find them by.
    pub(crate) async fn refill_words(&self) -> Result<(), Trouble> {
        let known = |db: &Connection| -> Result<bool, ShipmentError> {
            let sql = "SELECT EXISTS (SELECT 1 FROM meta WHERE key = 'words')";
            Ok(db.query_row(sql, [], |row| row.get(0))?)
        };
        if self.db.read(known)? {
            return Ok(());
        }
        let mut after = 0;
        while let Some(last) =
            self.db.write(move |db| intake::refill(db, after, CHUNK_OF_WORDS)).await?
        {
            after = last;
        }
        // Last, so that a death on the way begins anew.
        self.db
            .write(|db| -> Result<(), ShipmentError> {
                db.execute("INSERT OR IGNORE INTO meta VALUES ('words', '1')", [])?;
                Ok(())
            })
            .await?;
        Ok(())
    }

    async fn parse(
        &self,
        ask: &ImportAsk,
        mapping: Vec<Option<Column>>,
        progress: &Arc<Progress>,
        stop: &Arc<AtomicBool>,
    ) -> Result<import::Parsed, Trouble> {
        let (ask, progress, stop) = (ask.clone(), Arc::clone(progress), Arc::clone(stop));
        let file = ask.file.clone();
        let read = tokio::task::spawn_blocking(move || {
            let tell = |done, total| progress(ImportProgress { storing: false, done, total });
            import::read(&ask.path, &ask.file, &mapping, ask.shop.as_deref(), &tell, &stop)
        });
        match read.await {
            Ok(Ok(parsed)) => Ok(parsed),
            Ok(Err(error)) => Err(unreadable(&file, &error)),
            Err(error) => Err(unreadable(&file, &error)),
        }
    }

    async fn store(
        self: &Arc<Self>,
        orders: Vec<NewOrder>,
        report: &mut ImportReport,
        progress: &Progress,
        stop: &AtomicBool,
    ) -> Result<(), Trouble> {
        let total = u32::try_from(orders.len()).unwrap_or(u32::MAX);
        let mut orders = orders.into_iter();
        let mut done = 0;
        loop {
            let chunk: Vec<NewOrder> = orders.by_ref().take(CHUNK).collect();
            if chunk.is_empty() {
                return Ok(());
            }
            if stop.load(Ordering::Relaxed) {
                report.stopped = true;
                return Ok(());
            }
            done += u32::try_from(chunk.len()).unwrap_or(0);
            let (added, held, known) = self.store_chunk(chunk).await?;
            report.added += added;
            report.held += held;
            report.known += known;
            progress(ImportProgress { storing: true, done, total });
            self.touch();
        }
    }

    async fn store_chunk(
        self: &Arc<Self>,
        chunk: Vec<NewOrder>,
    ) -> Result<(u32, u32, u32), Trouble> {
        let now_ms = self.now_ms();
        // Checked outside the transaction, so that other writers do not wait for it.
        let check = |mut order: NewOrder| {
            order.sender = self.sender_typed(&order.sender);
            (self.faults_of_new(&order), order)
        };
        let checked: Vec<_> = chunk.into_iter().map(check).collect();
        let counts = self
            .db
            .write(move |db| -> Result<_, ShipmentError> {
                let (mut added, mut held, mut known) = (0, 0, 0);
                for (faults, order) in &checked {
                    match intake::store(db, order, faults, now_ms)? {
                        None => known += 1,
                        Some(is_held) => {
                            added += 1;
                            held += u32::from(is_held);
                        }
                    }
                }
                Ok((added, held, known))
            })
            .await?;
        Ok(counts)
    }
}

fn unreadable(file: &str, why: &dyn std::fmt::Display) -> Trouble {
    let fields = [("file", file.to_owned()), ("why", why.to_string())];
    Trouble::new(Code::ImportUnreadable, Action::Retry, fields)
}
