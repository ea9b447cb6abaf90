//! Asking carriers: lease an entry, call, record the outcome. No transaction is open while the
//! carrier is waited for.

mod count;

use crate::{
    Account, Station,
    accounts::Paced,
    calls,
    carrier::{CarrierError, Fix, Resend, Template, Waybill, parts},
    outbox::{self, Entry, Kind},
    print::job::{self, NewJob},
    shipment::{
        self, Event, ShipmentError,
        waybill::{self, LabelFacts},
    },
    trouble::{Action, Code, Trouble},
    view::State,
};
use rusqlite::Connection;

/// A lease outlives the longest answer by this, so that it only ends with its holder.
const LEASE_MARGIN_MS: i64 = 60_000;

/// What a turn of a worker did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ran {
    /// Something; there may be more.
    Did,
    /// Nothing to do until then (ms UTC), or until woken.
    Idle {
        /// `None`: only a wake brings more.
        until_ms: Option<i64>,
    },
}

pub(crate) enum Next {
    Call(Box<Entry>),
    /// The account's prepaid numbers are to be counted.
    Count,
    Idle {
        until_ms: Option<i64>,
    },
}

impl Station {
    /// One turn for one carrier account: one call, if one is due and allowed. Tests drive this
    /// themselves; `run` drives it for people.
    ///
    /// # Errors
    /// The database failed; the carrier's errors are outcomes, not errors.
    pub async fn ask_once(&self, account: &str) -> Result<Ran, Trouble> {
        let account = self.account(account)?;
        match self.next_call(account).await? {
            Next::Idle { until_ms } => Ok(Ran::Idle { until_ms }),
            Next::Call(entry) => {
                self.call(account, *entry).await?;
                Ok(Ran::Did)
            }
            Next::Count => {
                self.count(account).await;
                Ok(Ran::Did)
            }
        }
    }

    /// Leases the next entry if the account's pace allows a call now.
    pub(crate) async fn next_call(&self, account: &Account) -> Result<Next, ShipmentError> {
        let now_ms = self.now_ms();
        let name = account.config.name.clone();
        let (count, room) = self.counts(account, now_ms);
        let due_ms = self.due_ms(account, room, now_ms).await?;
        let (waited_for, next_ms) = {
            let purse = account.purse();
            (purse.is_waited_for(), purse.next_at_ms())
        };
        let count_ms = if count { Some(now_ms) } else { next_ms.filter(|_| waited_for) };
        let due_ms = [due_ms, count_ms].into_iter().flatten().min();
        let Some(due_ms) = due_ms else { return Ok(Next::Idle { until_ms: None }) };
        let allowed_ms = {
            let mut pace = account.pace();
            pace.mind_clock(now_ms);
            if pace.is_away() && self.in_flight(&name) > 0 {
                return Ok(Next::Idle { until_ms: None });
            }
            pace.next_at_ms()
        };
        let until_ms = due_ms.max(allowed_ms);
        if until_ms > now_ms {
            return Ok(Next::Idle { until_ms: Some(until_ms) });
        }
        // A person said how many a day: the carrier is not asked for its refusal first.
        if account.config.calls_a_day.is_some() && self.mind_allowance(account, now_ms)? {
            return Ok(Next::Idle { until_ms: account.pace().spent_until_ms(now_ms) });
        }
        if count {
            account.purse().count();
            account.pace().left(now_ms);
            return Ok(Next::Count);
        }
        let lease_ms = i64::from(account.config.timeout_ms) + LEASE_MARGIN_MS;
        let leased =
            self.db.write(move |db| outbox::lease(db, &name, room, now_ms, lease_ms)).await?;
        let Some(entry) = leased else { return Ok(Next::Idle { until_ms: None }) };
        if entry.kind == Kind::CreateWaybill && entry.attempt == 1 {
            account.purse().take(entry.facts.parcels);
        }
        account.pace().left(now_ms);
        self.with_carrier(&account.config.name, |live| live.in_flight += 1);
        Ok(Next::Call(Box::new(entry)))
    }

    pub(crate) fn in_flight(&self, account: &str) -> u32 {
        self.live().carriers.get(account).map_or(0, |live| live.in_flight)
    }

    pub(crate) fn with_carrier(
        &self,
        name: &str,
        change: impl FnOnce(&mut crate::live::CarrierLive),
    ) {
        change(self.live().carriers.entry(name.to_owned()).or_default());
    }

    /// Sends the stored request and records what came of it.
    pub(crate) async fn call(&self, account: &Account, entry: Entry) -> Result<(), ShipmentError> {
        let started_ms = self.now_ms();
        let http = &Paced::queued(self, account);
        let once =
            entry.kind == Kind::CreateWaybill && account.carrier.resend() == Resend::IssuesAnother;
        if once && entry.doubt {
            // An earlier attempt may have got a number, and this one would get another.
            self.with_carrier(&account.config.name, |live| {
                live.in_flight = live.in_flight.saturating_sub(1);
            });
            let recorded = self.db.write(move |db| only_once(db, &entry, "", started_ms)).await;
            self.wake_all();
            return recorded;
        }
        let outcome = match entry.kind {
            Kind::CreateWaybill if entry.doubt => {
                account.carrier.create_again(http, &entry.body).await.map(Some)
            }
            Kind::CreateWaybill => {
                account.carrier.create_waybill(http, &entry.body).await.map(Some)
            }
            Kind::VoidWaybill => {
                account.carrier.void_waybill(http, &entry.body).await.map(|()| None)
            }
        };
        let now_ms = self.now_ms();
        let elapsed_ms = u32::try_from(now_ms - started_ms).unwrap_or(0);
        self.with_carrier(&account.config.name, |live| {
            live.in_flight = live.in_flight.saturating_sub(1);
        });
        self.note_answer(account, outcome.as_ref().err(), elapsed_ms, now_ms);
        if matches!(outcome, Err(CarrierError::Busy { .. })) {
            self.mind_allowance(account, now_ms)?;
        }
        if matches!(outcome, Err(CarrierError::Refused { .. })) {
            account.purse().doubt(now_ms);
        }
        tracing::info!(
            shipment.id = entry.shipment_id,
            carrier = %account.config.name,
            attempt = entry.attempt,
            elapsed_ms,
            outcome = outcome.as_ref().map_or_else(error_word, |_| "done"),
            "asked"
        );
        let recorded = self
            .db
            .write(move |db| match &outcome {
                Err(CarrierError::Unknown { why }) if once => only_once(db, &entry, why, now_ms),
                outcome => record(db, &entry, outcome, now_ms),
            })
            .await;
        self.wake_all();
        recorded
    }
}

fn error_word(error: &CarrierError) -> &'static str {
    match error {
        CarrierError::NotSent { .. } => "not_sent",
        CarrierError::Unknown { .. } => "unknown",
        CarrierError::Busy { .. } => "busy",
        CarrierError::Refused { .. } => "refused",
    }
}

/// Writes the outcome of one call: state, history, first print job and entry together.
fn record(
    db: &Connection,
    entry: &Entry,
    outcome: &Result<Option<Waybill>, CarrierError>,
    now_ms: i64,
) -> Result<(), ShipmentError> {
    match outcome {
        Ok(Some(issued)) => record_issued(db, entry, issued, now_ms),
        Ok(None) => {
            let no = live_no(db, entry.shipment_id)?;
            waybill::record_void(db, entry.shipment_id, &no, now_ms)?;
            outbox::done(db, entry.id, now_ms)
        }
        Err(CarrierError::NotSent { why }) => outbox::not_sent(db, entry, why),
        Err(CarrierError::Busy { said }) => outbox::busy(db, entry, said, now_ms),
        Err(CarrierError::Unknown { why }) => record_unknown(db, entry, why, now_ms),
        Err(CarrierError::Refused { code, said, fix }) => {
            record_refusal(db, entry, code, said, *fix, now_ms)
        }
    }
}

fn live_no(db: &Connection, shipment_id: i64) -> Result<String, ShipmentError> {
    Ok(waybill::live(db, shipment_id)?.map(|live| live.waybill.no).unwrap_or_default())
}

/// The number is there: recorded, and its first label spooled, in one transaction.
pub(crate) fn record_issued(
    db: &Connection,
    entry: &Entry,
    issued: &Waybill,
    now_ms: i64,
) -> Result<(), ShipmentError> {
    let id = entry.shipment_id;
    let recorded =
        waybill::record(db, id, &entry.account, &entry.order_key, issued, &entry.facts, now_ms);
    let waybill_id = match recorded {
        Ok(waybill_id) => waybill_id,
        Err(ShipmentError::TwoWaybills { has, got, .. }) => {
            let trouble =
                Trouble::new(Code::TwoWaybills, Action::LookAgain, [("has", has), ("got", got)]);
            shipment::set_trouble(db, id, Some(&trouble))?;
            return outbox::park(db, entry.id, "two waybills");
        }
        Err(error) => return Err(error),
    };
    if issued.template == Template::Missing {
        shipment::tell(db, id, "template_missing", "", now_ms)?;
    }
    let short = amiss(&entry.facts, issued);
    // As it stands now: while the carrier was asked, a person may have stopped the batch or sent
    // its labels to another printer.
    let print_on = outbox::print_on(db, id)?;
    outbox::done(db, entry.id, now_ms)?;
    if short.is_some() {
        return shipment::set_trouble(db, id, short.as_ref());
    }
    let Some(printer) = &print_on else { return Ok(()) };
    let new = NewJob {
        shipment_id: id,
        waybill_id,
        part: parts::FIRST,
        printer,
        reason: "",
        batch: entry.batch,
        urgent: entry.urgent,
    };
    job::spool_missing(db, &new, now_ms)
}

/// Numbers that are not those asked for go before a person, and no label is printed by itself: too
/// few leave a parcel without, too many may be parcels that nobody has.
fn amiss(facts: &LabelFacts, issued: &Waybill) -> Option<Trouble> {
    let (asked, got) = (facts.parcels, issued.parcels());
    if asked != got {
        let fields = [("asked", asked.to_string()), ("got", got.to_string())];
        return Some(Trouble::new(Code::PartsDiffer, Action::None, fields));
    }
    let lacks_slip = facts.services.slip && issued.slip.is_none();
    lacks_slip.then(|| Trouble::new(Code::SlipMissing, Action::None, []))
}

fn record_unknown(
    db: &Connection,
    entry: &Entry,
    why: &str,
    now_ms: i64,
) -> Result<(), ShipmentError> {
    let id = entry.shipment_id;
    if entry.unknowns == 0 {
        shipment::tell(db, id, "unknown", why, now_ms)?;
    }
    let looked_up_again = outbox::unknown(db, entry, why, now_ms)?;
    if !looked_up_again || entry.unknowns + 1 >= outbox::SHOWN_AFTER_UNKNOWNS {
        shipment::set_trouble(db, id, Some(&doubt(db, entry, why)?))?;
    }
    Ok(())
}

/// Nobody asks again by itself: the carrier would give another number. A person finds out there
/// what became of it.
fn only_once(db: &Connection, entry: &Entry, why: &str, now_ms: i64) -> Result<(), ShipmentError> {
    let id = entry.shipment_id;
    shipment::tell(db, id, "unknown", why, now_ms)?;
    outbox::park(db, entry.id, why)?;
    let fields = [("account", entry.account.clone()), ("why", why.to_owned())];
    let trouble = Trouble::new(Code::WaybillOnlyOnce, Action::EnterNumber, fields);
    shipment::set_trouble(db, id, Some(&trouble))
}

/// A refusal is final only if no earlier attempt may have reached the carrier: a refusal for a
/// wrong signature says nothing about the request before it.
fn record_refusal(
    db: &Connection,
    entry: &Entry,
    code: &str,
    said: &str,
    fix: Fix,
    now_ms: i64,
) -> Result<(), ShipmentError> {
    let id = entry.shipment_id;
    calls::refused(db, &entry.account, code, said, now_ms)?;
    if entry.doubt {
        shipment::tell(db, id, "unknown", said, now_ms)?;
        outbox::park(db, entry.id, said)?;
        return shipment::set_trouble(db, id, Some(&doubt(db, entry, said)?));
    }
    outbox::done(db, entry.id, now_ms)?;
    let trouble = match entry.kind {
        Kind::CreateWaybill => {
            shipment::advance(db, id, Event::Refused, "refused", said, now_ms)?;
            let action = match fix {
                Fix::EditOrder => Action::EditOrder,
                Fix::EditAccount => Action::EditAccount,
                Fix::Wait => Action::Retry,
                Fix::OtherCarrier => Action::OtherCarrier,
                Fix::AskCarrier => Action::CallCarrier,
            };
            let account = entry.account.clone();
            let fields =
                [("account", account), ("code", code.to_owned()), ("said", said.to_owned())];
            Trouble::new(Code::CarrierRefused, action, fields)
        }
        Kind::VoidWaybill => {
            keep(db, id, said, now_ms)?;
            let fields = [
                ("account", entry.account.clone()),
                ("waybill", live_no(db, id)?),
                ("said", said.to_owned()),
            ];
            Trouble::new(Code::VoidRefused, Action::None, fields)
        }
    };
    shipment::set_trouble(db, id, Some(&trouble))
}

/// The number stays after all: back to where the shipment was before the void.
pub(crate) fn keep(
    db: &Connection,
    id: i64,
    said: &str,
    now_ms: i64,
) -> Result<State, ShipmentError> {
    let live = waybill::live(db, id)?;
    let printed = live.map(|live| job::all_out(db, live.id)).transpose()?.unwrap_or(false);
    let event = if printed { Event::KeptPrinted } else { Event::KeptUnprinted };
    shipment::advance(db, id, event, "void_refused", said, now_ms)
}

fn doubt(db: &Connection, entry: &Entry, why: &str) -> Result<Trouble, ShipmentError> {
    let account = entry.account.clone();
    let why = why.to_owned();
    Ok(match entry.kind {
        Kind::CreateWaybill => Trouble::new(
            Code::WaybillUnknown,
            Action::LookAgain,
            [("account", account), ("why", why)],
        ),
        Kind::VoidWaybill => {
            let waybill = live_no(db, entry.shipment_id)?;
            let fields = [("account", account), ("waybill", waybill), ("why", why)];
            Trouble::new(Code::VoidUnknown, Action::LookAgain, fields)
        }
    })
}
