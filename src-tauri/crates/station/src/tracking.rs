//! Asking after parcels: one look at a time an account, spread over the day, within what the
//! carrier allows. How often is `plan`, what is kept is `kept`. A look is only a question: nothing
//! here moves a shipment, and whoever packs never waits for it.

mod elsewhere;
pub(crate) mod eta;
mod hear;
mod kept;
mod plan;
mod shown;
mod timeline;
mod words;

pub(crate) use elsewhere::{follow, phone_tail};
pub use hear::HeardAnswer;
pub(crate) use kept::{blank, blank_words, of_carrier, route as keep_route};
pub(crate) use shown::route as told_route;
pub(crate) use words::{stage_of, word};

use crate::{
    Account, Ran, Station,
    accounts::Paced,
    calls,
    carrier::{
        CarrierError, Fix, Secret,
        track::{TrackAsk, Tracked, Tracks},
    },
    shipment::ShipmentError,
    trouble::{Action, Code, Trouble},
    view::{Detail, OddWord, TrackPlan, TrackStage, TrackingStatus},
};
use kept::{Beat, Due};
use plan::{Plan, Time};

/// Shipments of one stage, for a list's conditions; its word is the parameter.
pub(crate) const OF_STAGE: &str =
    "s.id IN (SELECT shipment_id FROM track WHERE stage = ? AND shipment_id IS NOT NULL)";
/// A plan is made anew after so long: parcels change their stages slowly.
const PLAN_MS: i64 = 10 * 60_000;
/// Somebody may have printed: looked for so often.
const LOOK_MS: i64 = 60_000;
const PRACTICE_LOOK_MS: i64 = 3_000;
/// Parcels that are given their first moment in one write.
const NEW_MAX: u32 = 500;
/// Waits while nothing gets through, or nothing readable comes back.
const AWAY_MS: [i64; 6] = [60_000, 120_000, 300_000, 900_000, 1_800_000, 3_600_000];
/// Waits after the carrier said it is asked too often; its day may be used up by somebody else.
const BUSY_MS: [i64; 4] = [300_000, 1_800_000, 7_200_000, 21_600_000];
/// An account that may not ask is tried again after a day: somebody may have ordered the service.
const REFUSED_MS: i64 = plan::DAY_MS;
/// A person who asks again within this sees what is known.
const JUST_NOW_MS: i64 = 20_000;

/// How an account is asked after its parcels; forgotten at the end.
#[derive(Debug, Default)]
pub(crate) struct Tracker {
    /// Nobody is asked before, ms UTC.
    closed_until_ms: i64,
    /// Failures in a row.
    failed: usize,
    plan: Option<(Plan, i64)>,
    refused: Option<Trouble>,
}

impl Tracker {
    fn closed_until_ms(&mut self, now_ms: i64) -> Option<i64> {
        // The PC's clock was set back: no wait is longer.
        if self.closed_until_ms - now_ms > REFUSED_MS {
            self.closed_until_ms = 0;
        }
        Some(self.closed_until_ms).filter(|until_ms| *until_ms > now_ms)
    }

    /// What an answer means for the next question.
    fn heard(&mut self, account: &str, error: Option<&CarrierError>, now_ms: i64) {
        let wait = |table: &[i64], failed: usize| table[failed.min(table.len() - 1)];
        let wait_ms = match error {
            None => {
                self.failed = 0;
                self.refused = None;
                return;
            }
            Some(CarrierError::Refused { code, said, fix: Fix::EditAccount }) => {
                let fields = [
                    ("account", account.to_owned()),
                    ("code", code.clone()),
                    ("said", said.clone()),
                ];
                self.refused =
                    Some(Trouble::new(Code::TrackingRefused, Action::EditAccount, fields));
                REFUSED_MS
            }
            Some(CarrierError::Refused {
                fix: Fix::EditOrder | Fix::OtherCarrier | Fix::AskCarrier,
                ..
            }) => {
                self.failed = 0;
                return;
            }
            Some(CarrierError::Busy { .. } | CarrierError::Refused { fix: Fix::Wait, .. }) => {
                wait(&BUSY_MS, self.failed)
            }
            Some(CarrierError::NotSent { .. } | CarrierError::Unknown { .. }) => {
                wait(&AWAY_MS, self.failed)
            }
        };
        self.failed += 1;
        self.closed_until_ms = self.closed_until_ms.max(now_ms + wait_ms);
    }
}

impl Account {
    /// How its parcels are asked after, as it was planned last.
    pub(crate) fn tracking(&self) -> Option<TrackingStatus> {
        self.carrier.tracks()?;
        let tracker = self.tracker();
        let (plan, _) = tracker.plan?;
        Some(TrackingStatus {
            parcels: plan.parcels,
            planned_calls: plan.planned_calls,
            allowed_calls: plan.allowed_calls,
            trouble: tracker.refused.clone(),
        })
    }

    fn time(&self) -> Time {
        if self.config.practice { Time::Practice } else { Time::Real }
    }

    fn look_ms(&self) -> i64 {
        if self.config.practice { PRACTICE_LOOK_MS } else { LOOK_MS }
    }

    fn beat(&self, plan: &Plan, tracks: &dyn Tracks, now_ms: i64) -> Beat {
        Beat {
            now_ms,
            stretch_permille: plan.stretch_permille,
            again_after_ms: tracks.allowance().again_after_ms,
            time: self.time(),
        }
    }
}

impl Station {
    /// One look for one carrier account, if a parcel is due and the account may ask now. Tests
    /// drive this themselves; `run` drives it for people.
    ///
    /// # Errors
    /// The database failed; the carrier's errors are outcomes, not errors.
    pub async fn track_once(&self, account: &str) -> Result<Ran, Trouble> {
        Ok(self.track_turn(self.account(account)?).await?)
    }

    pub(crate) async fn track_turn(&self, account: &Account) -> Result<Ran, ShipmentError> {
        let Some(tracks) = account.carrier.tracks() else {
            return Ok(Ran::Idle { until_ms: None });
        };
        let now_ms = self.now_ms();
        if let until_ms @ Some(_) = account.tracker().closed_until_ms(now_ms) {
            return Ok(Ran::Idle { until_ms });
        }
        let (name, plan) = (&account.config.name, self.planned(account, tracks, now_ms)?);
        let beat = account.beat(&plan, tracks, now_ms);
        let soon = Ran::Idle { until_ms: Some(now_ms + account.look_ms()) };
        let Some(due_ms) = self.db.read(|db| kept::next_due_ms(db, name))? else {
            return Ok(soon);
        };
        if due_ms == 0 {
            let name = name.clone();
            self.db.write(move |db| kept::plan_new(db, &name, beat, NEW_MAX)).await?;
            account.tracker().plan = None;
            return Ok(Ran::Did);
        }
        if due_ms > now_ms {
            let until_ms = Some(due_ms.min(now_ms + account.look_ms()));
            return Ok(Ran::Idle { until_ms });
        }
        let calls = self.db.read(|db| kept::calls_today(db, name, now_ms))?;
        if plan.allowed_calls.is_some_and(|allowed| calls >= allowed) {
            let tomorrow_ms = calls::next_china_midnight_ms(now_ms);
            account.tracker().closed_until_ms = tomorrow_ms;
            return Ok(Ran::Idle { until_ms: Some(tomorrow_ms) });
        }
        let allowance = tracks.allowance();
        let batch = allowance.batch_max;
        let rows = self.db.read(|db| kept::due_now(db, name, now_ms, batch))?;
        account.tracker().closed_until_ms = now_ms + plan.spacing_ms(&allowance);
        // Kept for the next turn; what became of this one stands in the rows.
        drop(self.ask_after(account, tracks, rows, plan).await?);
        Ok(Ran::Did)
    }

    /// The day's plan, made anew when it is old.
    fn planned(
        &self,
        account: &Account,
        tracks: &dyn Tracks,
        now_ms: i64,
    ) -> Result<Plan, ShipmentError> {
        if let Some((plan, made_ms)) = account.tracker().plan
            && (0..PLAN_MS).contains(&(now_ms - made_ms))
        {
            return Ok(plan);
        }
        let groups = self.db.read(|db| kept::groups(db, &account.config.name, now_ms))?;
        let set = account.config.track_calls_a_day;
        let plan = plan::plan(&groups, &tracks.allowance(), set, account.time());
        account.tracker().plan = Some((plan, now_ms));
        Ok(plan)
    }

    /// Asks after these, and keeps what was said.
    async fn ask_after(
        &self,
        account: &Account,
        tracks: &dyn Tracks,
        rows: Vec<Due>,
        plan: Plan,
    ) -> Result<Result<(), CarrierError>, ShipmentError> {
        let asks: Vec<TrackAsk> = rows.iter().map(ask).collect();
        let started_ms = self.now_ms();
        let outcome = tracks.track(&Paced::queued(self, account), &asks).await;
        let now_ms = self.now_ms();
        let name = account.config.name.clone();
        account.tracker().heard(&name, outcome.as_ref().err(), now_ms);
        let elapsed_ms = now_ms - started_ms;
        match &outcome {
            Ok(said) => {
                tracing::info!(carrier = %name, parcels = said.len(), elapsed_ms, "asked after");
            }
            Err(error) => tracing::warn!(carrier = %name, %error, elapsed_ms, "asked after"),
        }
        let beat = account.beat(&plan, tracks, now_ms);
        let (said, outcome) = match outcome {
            Ok(said) => (Ok(said), Ok(())),
            Err(error) => (Err(error.clone()), Err(error)),
        };
        let with_pace = |row: Due| (tracks.again_after_ms(&row.carrier), row);
        let rows: Vec<(i64, Due)> = rows.into_iter().map(with_pace).collect();
        self.db.write(move |db| record(db, &name, &rows, said, beat)).await?;
        self.touch();
        Ok(outcome)
    }

    /// Asks after one shipment's parcel now, because a person wants to know.
    ///
    /// # Errors
    /// No such shipment, what the carrier said instead, the database.
    pub async fn track_now(&self, id: i64) -> Result<Detail, Trouble> {
        let detail = self.detail(id)?;
        let now_ms = self.now_ms();
        let fresh = |at_ms: i64| (0..JUST_NOW_MS).contains(&(now_ms - at_ms));
        let Some(view) = &detail.track else { return Ok(detail) };
        let Some(no) = detail.row.waybill_no.clone() else { return Ok(detail) };
        if view.asked_at_ms.is_some_and(fresh) {
            return Ok(detail);
        }
        let found = self.db.read(|db| kept::by_number(db, &no)).map_err(ShipmentError::from)?;
        let Some((due, name)) = found else { return Ok(detail) };
        let account = self.account(&name)?;
        let Some(tracks) = account.carrier.tracks() else { return Ok(detail) };
        let plan = self.planned(account, tracks, now_ms)?;
        self.ask_after(account, tracks, vec![due], plan)
            .await?
            .map_err(|error| Trouble::of_carrier(Code::CarrierAway, &name, &error))?;
        self.detail(id)
    }

    /// The day of every account whose parcels are asked after.
    ///
    /// # Errors
    /// The database.
    pub fn track_plans(&self) -> Result<Vec<TrackPlan>, Trouble> {
        let mut plans = Vec::new();
        for account in &self.accounts {
            let Some(tracks) = account.carrier.tracks() else { continue };
            plans.push(self.track_plan(account, tracks)?);
        }
        Ok(plans)
    }

    fn track_plan(
        &self,
        account: &Account,
        tracks: &dyn Tracks,
    ) -> Result<TrackPlan, ShipmentError> {
        let (now_ms, name) = (self.now_ms(), &account.config.name);
        let (groups, calls_today, odd) = self.db.read(|db| -> Result<_, ShipmentError> {
            Ok((
                kept::groups(db, name, now_ms)?,
                kept::calls_today(db, name, now_ms)?,
                shown::odd_words(db, name)?,
            ))
        })?;
        let set = account.config.track_calls_a_day;
        let allowance = tracks.allowance();
        let plan = plan::plan(&groups, &allowance, set, account.time());
        let stages = groups.iter().map(|group| TrackStage {
            stage: group.stage,
            parcels: group.parcels,
            every_min: plan.every_ms(group, &allowance, account.time()) / 60_000,
        });
        Ok(TrackPlan {
            account: name.clone(),
            parcels: plan.parcels,
            stages: stages.collect(),
            wanted_calls: plan.wanted_calls,
            planned_calls: plan.planned_calls,
            allowed_calls: plan.allowed_calls,
            calls_today,
            stretch_percent: plan.stretch_permille / 10,
            odd_words: odd
                .into_iter()
                .map(|(word, count, text)| OddWord { word, count, text })
                .collect(),
            trouble: account.tracker().refused.clone(),
        })
    }
}

/// A row as its carrier is asked about it.
fn ask(row: &Due) -> TrackAsk {
    TrackAsk {
        no: row.no.clone(),
        order_key: row.order_key.clone(),
        carrier: row.carrier.clone(),
        phone_tail: Secret::new(elsewhere::phone_tail(&row.phone)),
    }
}

/// What became of a look, row by row, each with how often at most it is asked after. A question
/// that was not heard changes nothing.
fn record(
    db: &rusqlite::Connection,
    account: &str,
    rows: &[(i64, Due)],
    said: Result<Vec<Tracked>, CarrierError>,
    beat: Beat,
) -> Result<(), ShipmentError> {
    if !matches!(said, Err(CarrierError::NotSent { .. })) {
        kept::count_call(db, account, beat.now_ms)?;
    }
    for (again_after_ms, row) in rows {
        let beat = Beat { again_after_ms: *again_after_ms, ..beat };
        let answer = match &said {
            Ok(said) => said.iter().find(|one| one.no == row.no).map(Ok),
            // Else one parcel whose answer cannot be read would stand before all others.
            Err(CarrierError::Unknown { .. }) => None,
            Err(CarrierError::Refused {
                fix: Fix::EditOrder | Fix::OtherCarrier | Fix::AskCarrier,
                said,
                ..
            }) => Some(Err(said.as_str())),
            Err(
                CarrierError::NotSent { .. }
                | CarrierError::Busy { .. }
                | CarrierError::Refused { fix: Fix::EditAccount | Fix::Wait, .. },
            ) => continue,
        };
        match answer {
            Some(Ok(tracked)) => kept::merge(db, account, row.parcel, tracked, beat, false)?,
            Some(Err(words)) => kept::nothing(db, row.parcel, words, beat)?,
            None => kept::nothing(db, row.parcel, "", beat)?,
        }
    }
    Ok(())
}
