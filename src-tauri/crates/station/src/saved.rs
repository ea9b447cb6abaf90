//! Filters that people gave a name and a key. The only writer of `saved_filter`.

use crate::{
    Station,
    shipment::ShipmentError,
    trouble::Trouble,
    view::{ListQuery, SavedFilter},
};
use rusqlite::{Connection, params};

/// Longer names would not fit beside each other.
const NAME_CHARS_MAX: usize = 24;
/// The digits that are left beside Alt.
const SLOTS: std::ops::RangeInclusive<u8> = 1..=9;

impl Station {
    /// The filters with a name, by their keys.
    ///
    /// # Errors
    /// The database.
    pub fn saved_filters(&self) -> Result<Vec<SavedFilter>, Trouble> {
        Ok(self.db.read(all)?)
    }

    /// Keeps a filter under its key, in the place of what was there. One without a name, or without
    /// a digit for a key, is not kept.
    ///
    /// # Errors
    /// The database.
    pub async fn save_filter(&self, filter: SavedFilter) -> Result<Vec<SavedFilter>, Trouble> {
        let name: String = filter.name.trim().chars().take(NAME_CHARS_MAX).collect();
        if !name.is_empty() && SLOTS.contains(&filter.slot) {
            let query = ListQuery { offset: 0, limit: 0, ..filter.query };
            let slot = filter.slot;
            self.db
                .write(move |db| -> Result<(), ShipmentError> {
                    let query = serde_json::to_string(&query)?;
                    db.prepare_cached("INSERT OR REPLACE INTO saved_filter VALUES (?1, ?2, ?3)")?
                        .execute(params![slot, name, query])?;
                    Ok(())
                })
                .await?;
        }
        self.saved_filters()
    }

    /// Forgets the filter under a key.
    ///
    /// # Errors
    /// The database.
    pub async fn drop_filter(&self, slot: u8) -> Result<Vec<SavedFilter>, Trouble> {
        self.db
            .write(move |db| -> Result<(), ShipmentError> {
                db.execute("DELETE FROM saved_filter WHERE slot = ?1", [slot])?;
                Ok(())
            })
            .await?;
        self.saved_filters()
    }
}

/// A kept query that this program does not understand any more is left out.
fn all(db: &Connection) -> Result<Vec<SavedFilter>, ShipmentError> {
    let mut statement =
        db.prepare_cached("SELECT slot, name, query FROM saved_filter ORDER BY slot")?;
    let rows: Result<Vec<(u8, String, String)>, _> =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect();
    let read = |(slot, name, query): (u8, String, String)| {
        let query = serde_json::from_str(&query).ok()?;
        Some(SavedFilter { slot, name, query })
    };
    Ok(rows?.into_iter().filter_map(read).collect())
}
