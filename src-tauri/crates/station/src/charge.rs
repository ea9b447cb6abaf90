//! What carriers charged: asked by a person, for one parcel at a time, and kept with its number.
//! The only writer of the table `charge`.

use crate::{
    Account, Station,
    accounts::Paced,
    carrier::charge::{Charge, ChargeAsk, ChargeLine},
    db::DbError,
    shipment::waybill,
    trouble::{Action, Code, Trouble},
    view::ChargeView,
};
use rusqlite::{Connection, OptionalExtension, params};

/// Parts of one charge that are kept.
const LINES_MAX: usize = 50;

/// A parcel that a carrier is asked about.
struct Asked<'a> {
    account: &'a Account,
    waybill_id: i64,
    ask: ChargeAsk,
}

impl Station {
    /// Asks what a carrier charged for an order's parcel, and keeps it; `None`: nothing yet.
    ///
    /// # Errors
    /// [`Code::NoWaybill`], [`Code::NoOffer`]; the carrier's answer as a trouble.
    pub async fn ask_charge(&self, id: i64) -> Result<Option<ChargeView>, Trouble> {
        let asked = self.charged(id)?.ok_or_else(|| {
            Trouble::new(Code::NoWaybill, Action::None, [("order", id.to_string())])
        })?;
        let Asked { account, waybill_id, ask } = asked;
        let no_offer = || Trouble::new(Code::NoOffer, Action::EditAccount, []);
        let charges = account.carrier.charges().filter(|charges| charges.knows(&ask));
        let charges = charges.ok_or_else(no_offer)?;
        let said = charges.charge(&Paced::aside(self, account), &ask).await;
        let name = &account.config.name;
        let said = said.map_err(|error| Trouble::of_carrier(Code::CarrierAway, name, &error))?;
        let Some(charge) = said else { return Ok(None) };
        let view = view(charge, self.now_ms());
        let kept = view.clone();
        self.db.write(move |db| keep(db, waybill_id, &kept)).await?;
        self.touch();
        Ok(Some(view))
    }

    /// What is known of an order's charge, and whether its carrier can be asked.
    pub(crate) fn charge_of(&self, id: i64) -> Result<(Option<ChargeView>, bool), Trouble> {
        let Some(asked) = self.charged(id)? else { return Ok((None, false)) };
        let charges = asked.account.carrier.charges();
        let can = charges.is_some_and(|charges| charges.knows(&asked.ask));
        Ok((self.db.read(|db| kept(db, asked.waybill_id))?, can))
    }

    /// The parcel of an order; `None` without a number, or without the account that gave it.
    fn charged(&self, id: i64) -> Result<Option<Asked<'_>>, Trouble> {
        let Some(live) = self.db.read(|db| waybill::live(db, id))? else { return Ok(None) };
        let Ok(account) = self.account(&live.account) else { return Ok(None) };
        let (no, name) = (live.waybill.no, &account.config.name);
        let booking = self.db.read(|db| booking(db, id, name, &no))?;
        let ask = ChargeAsk { no, order_key: live.order_key, booking };
        Ok(Some(Asked { account, waybill_id: live.id, ask }))
    }
}

/// A courier's number is known to its carrier by the booking.
fn booking(db: &Connection, id: i64, account: &str, no: &str) -> Result<String, DbError> {
    let key = db
        .prepare_cached(
            "SELECT carrier_key FROM pickup WHERE shipment_id = ?1 AND account = ?2 AND no = ?3
              ORDER BY id DESC LIMIT 1",
        )?
        .query_row(params![id, account, no], |row| row.get(0))
        .optional()?;
    Ok(key.unwrap_or_default())
}

fn view(charge: Charge, asked_at_ms: i64) -> ChargeView {
    let Charge { total_fen, mut lines, weight_g, estimated } = charge;
    lines.truncate(LINES_MAX);
    ChargeView { total_fen, lines, weight_g, estimated, asked_at_ms }
}

/// The newest answer is the one that is true: bills are put right.
fn keep(db: &Connection, waybill_id: i64, charge: &ChargeView) -> Result<(), DbError> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO charge
           (waybill_id, total_fen, weight_g, estimated, lines, asked_at_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        waybill_id,
        charge.total_fen,
        charge.weight_g,
        charge.estimated,
        serde_json::to_string(&charge.lines)?,
        charge.asked_at_ms
    ])?;
    Ok(())
}

fn kept(db: &Connection, waybill_id: i64) -> Result<Option<ChargeView>, DbError> {
    let found = db
        .prepare_cached(
            "SELECT total_fen, weight_g, estimated, lines, asked_at_ms FROM charge
              WHERE waybill_id = ?1",
        )?
        .query_row([waybill_id], |row| {
            let lines: String = row.get(3)?;
            let lines: Vec<ChargeLine> = serde_json::from_str(&lines).unwrap_or_default();
            let (total_fen, weight_g, estimated) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(ChargeView { total_fen, lines, weight_g, estimated, asked_at_ms: row.get(4)? })
        })
        .optional()?;
    Ok(found)
}
