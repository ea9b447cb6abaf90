//! What parcels will cost by the price lists of the settings: for one, for a selection, and the
//! lists on the settings screen. The carrier's bill is another matter; this is the estimate before.

mod paste;
pub mod price;

pub use paste::read as read_pasted;

use crate::{
    Station, config,
    config::{ConfigFault, NoEdit, Put, Tariff, edit_tariffs},
    config_trouble,
    intake::StoredOrder,
    order::PayBy,
    place, settings_refused, storage,
    trouble::Trouble,
    view::{TariffChange, TariffRow, TariffSetup, TariffStep},
};
use price::{Book, Load};
use std::fs;

impl Station {
    /// What an order will cost by an account, fen; `None` where the settings do not say. What comes
    /// back, leaves China or is paid at the door is in no price list of ours.
    pub(crate) fn estimate(&self, order: &StoredOrder, account: &str) -> Option<u32> {
        let at_door = order.services.pay == Some(PayBy::Receiver);
        let at = &order.receiver.address;
        if order.back || at_door || at.is_abroad() {
            return None;
        }
        let load =
            Load { weight_g: order.weight_g, volume_cm3: order.volume_cm3, parcels: order.parcels };
        Book::new(&self.config.tariffs).price(account, &at.province, load).ok()
    }

    /// The price lists of all accounts.
    pub fn tariff_setups(&self) -> Vec<TariffSetup> {
        let setup = |account: &crate::Account| {
            let name = &account.config.name;
            let own = self.config.tariffs.iter().filter(|tariff| tariff.account == *name);
            TariffSetup {
                account: name.clone(),
                code: account.carrier.code().to_owned(),
                rows: own.map(row).collect(),
            }
        };
        self.accounts.iter().map(setup).collect()
    }

    /// The settings' text with another price list of an account in it. Nothing is written.
    ///
    /// # Errors
    /// [`crate::trouble::Code::NoAccount`]; [`crate::trouble::Code::SettingsRefused`] with all
    /// faults of the result, those of the list by its rows, from 1 (`row[2].first_fen`); the disk.
    pub fn plan_tariffs(&self, change: &TariffChange) -> Result<String, Trouble> {
        let account = change.account.as_str();
        self.account(account)?;
        let path = self.home.join(config::FILE_NAME);
        let now = fs::read_to_string(&path).map_err(|why| storage(&why))?;
        let blocks: Vec<_> = change.rows.iter().map(|row| keys(account, row)).collect();
        let text = edit_tariffs(&now, account, &blocks).map_err(|why| match why {
            NoEdit::NoSuch => storage(&config::FILE_NAME),
            // Somebody is in the middle of editing the file: its faults are told.
            NoEdit::Unreadable => {
                let faults = config::parse(&now).err().unwrap_or_default();
                let name = config::FILE_NAME.into();
                config_trouble(&self.home, &config::ConfigError::Faults(name, faults))
            }
        })?;
        let places = config::tariff_places(&text, account);
        let refused = |faults: Vec<_>| settings_refused(&self.home, &by_rows(faults, &places));
        let planned = config::parse(&text).map_err(refused)?;
        self.labels_allow(&planned.printers)?;
        self.nobody_waits(&planned)?;
        self.senders_stay(&planned)?;
        Ok(text)
    }
}

/// Faults of an account's blocks by their number among its own: `tariff[7].steps` → `row[2].steps`.
fn by_rows(mut faults: Vec<ConfigFault>, places: &[usize]) -> Vec<ConfigFault> {
    for fault in &mut faults {
        let Some((block, key)) = fault.key.split_once("].") else { continue };
        let Some(nth) = block.strip_prefix("tariff[").and_then(|nth| nth.parse::<usize>().ok())
        else {
            continue;
        };
        if let Some(row) = places.iter().position(|place| place + 1 == nth) {
            fault.key = format!("row[{}].{key}", row + 1);
        }
    }
    faults
}

fn row(tariff: &Tariff) -> TariffRow {
    let step = |step: &config::Step| TariffStep { upto_g: step.upto_g, fen: step.fen };
    TariffRow {
        provinces: tariff.provinces.iter().map(|it| place::short_province(it).into()).collect(),
        steps: tariff.steps.iter().map(step).collect(),
        first_g: tariff.beyond.map(|it| it.first_g),
        first_fen: tariff.beyond.map(|it| it.first_fen),
        next_g: tariff.beyond.map(|it| it.next_g),
        next_fen: tariff.beyond.map(|it| it.next_fen),
        volume_divisor: tariff.volume_divisor,
    }
}

/// A row as keys of the settings; names in full, what is no province as it was typed.
fn keys(account: &str, row: &TariffRow) -> Vec<(&'static str, Put)> {
    let mut provinces: Vec<String> = Vec::new();
    for typed in row.provinces.iter().map(|text| text.trim()).filter(|text| !text.is_empty()) {
        match place::provinces_in(typed) {
            Ok(names) => provinces.extend(names.into_iter().map(str::to_owned)),
            Err(_) if paste::is_rest(typed) => {}
            // Refused with all of it; the fault names the piece.
            Err(piece) => provinces.push(piece),
        }
    }
    let whole =
        |number: Option<u32>| number.map_or(Put::Nothing, |number| Put::Whole(i64::from(number)));
    let pair = |step: &TariffStep| (i64::from(step.upto_g), i64::from(step.fen));
    let steps: Vec<_> = row.steps.iter().map(pair).collect();
    vec![
        ("account", Put::Text(account.to_owned())),
        ("provinces", if provinces.is_empty() { Put::Nothing } else { Put::Texts(provinces) }),
        ("steps", if steps.is_empty() { Put::Nothing } else { Put::Pairs(steps) }),
        ("first_g", whole(row.first_g)),
        ("first_fen", whole(row.first_fen)),
        ("next_g", whole(row.next_g)),
        ("next_fen", whole(row.next_fen)),
        ("volume_divisor", whole(row.volume_divisor)),
    ]
}
