//! Shipping a selection: each shipment is checked once more, its request is built and stored, and
//! it is put before its carrier, in list order. Returns at once; the workers do the rest.

use crate::{
    Station,
    accounts::Paced,
    ask::Ask,
    batch,
    carrier::parts,
    db::DbError,
    editor,
    form::{self, Form},
    intake,
    outbox::{self, Kind, NewEntry},
    print::job,
    shipment::{
        self, Event, ShipmentError, load,
        waybill::{self, LabelFacts},
    },
    trouble::{Code, Trouble},
    view::{BatchView, ShipRequest, State},
};
use rusqlite::Connection;
use std::sync::{Arc, PoisonError};

/// Shipments of one transaction: small enough that the first label does not wait for the last row.
const CHUNK: usize = 25;
/// Forms of older labels kept at hand; a bench reprints labels of a few.
const OLDER_FORMS_MAX: usize = 32;
/// No selection is larger; a day has 3,000 parcels.
pub const SHIP_MAX: usize = 100_000;

/// Where a selection goes.
#[derive(Clone)]
struct Way {
    /// The account a person asked for; `None` is each order's own.
    account: Option<String>,
    /// The printer a person asked for; `None` is each label's own.
    printer: Option<String>,
    /// Whether there shall be labels.
    print: bool,
    batch_id: Option<i64>,
    urgent: bool,
}

impl Station {
    /// Ships a selection in the background.
    ///
    /// Shipments that are already printed, or already on their way, are left as they are: asking
    /// again for a label is a reprint, and has a reason.
    ///
    /// # Errors
    /// No such account or printer; the database.
    pub async fn ship(self: &Arc<Self>, request: ShipRequest) -> Result<BatchView, Trouble> {
        let printer = request.printer;
        if request.print || printer.is_some() {
            self.printer(printer.as_deref())?;
        }
        self.forms_are_good()?;
        let account = self.account(&self.routed(request.account.as_deref()))?;
        account.open_for_orders()?;
        let account = request.account;
        let print = request.print;
        let now_ms = self.now_ms();
        let id = self.db.write(move |db| batch::open(db, print, now_ms)).await?;
        let ids: Vec<i64> = request.ids.into_iter().take(SHIP_MAX).collect();
        // Somebody stands there and waits for a single one: it overtakes every batch.
        let urgent = ids.len() == 1;
        let way = Way { account, printer, print, batch_id: Some(id), urgent };
        for (chunk_no, chunk) in ids.chunks(CHUNK).enumerate() {
            let first = u32::try_from(chunk_no * CHUNK).unwrap_or(u32::MAX);
            self.ask_for(chunk.to_vec(), first, way.clone()).await?;
            self.wake_all();
        }
        self.db.write(move |db| batch::seal(db, id)).await?;
        self.batch(id)
    }

    /// Ships one shipment ahead of every batch: somebody stands there and waits for it.
    pub(crate) async fn ship_now(self: &Arc<Self>, id: i64) -> Result<(), Trouble> {
        self.printer(None)?;
        self.account(&self.routed(None))?;
        self.forms_are_good()?;
        let way = Way { account: None, printer: None, print: true, batch_id: None, urgent: true };
        self.ask_for(vec![id], 0, way).await?;
        self.wake_all();
        Ok(())
    }

    /// Whether every form in use can be drawn: half a shop's labels would miss what it put there.
    fn forms_are_good(&self) -> Result<(), Trouble> {
        let forms = self.forms();
        forms.bad().map_or(Ok(()), |(name, faults)| Err(editor::unusable(name, faults)))
    }

    /// The form that a label was asked for with, whatever became of its file.
    pub(crate) fn form_of(&self, facts: &LabelFacts) -> Result<Option<Arc<Form>>, DbError> {
        let Some(shop) = &facts.shop else { return Ok(None) };
        if let Some(form) = self.forms().by_digest(&shop.form) {
            return Ok(Some(Arc::clone(form)));
        }
        let older = || self.older_forms.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = older().get(&shop.form) {
            return Ok(known.clone());
        }
        let read = self.db.read(|db| form::kept::kept(db, &shop.form))?.map(Arc::new);
        let mut older = older();
        if older.len() >= OLDER_FORMS_MAX {
            older.clear();
        }
        older.insert(shop.form.clone(), read.clone());
        Ok(read)
    }

    /// The account an order goes to: the one asked for, or the first rule's.
    pub(crate) fn routed(&self, asked: Option<&str>) -> String {
        let rule = self.config.routing.first().map(|rule| rule.carrier.as_str());
        let first = self.config.carriers.first().map(|carrier| carrier.name.as_str());
        asked.or(rule).or(first).unwrap_or_default().to_owned()
    }

    async fn ask_for(
        self: &Arc<Self>,
        ids: Vec<i64>,
        first_position: u32,
        way: Way,
    ) -> Result<(), Trouble> {
        let station = Arc::clone(self);
        let now_ms = self.now_ms();
        self.db
            .write(move |db| -> Result<(), ShipmentError> {
                for (place, id) in ids.into_iter().enumerate() {
                    let place = first_position + u32::try_from(place).unwrap_or(0);
                    station.ask_for_one(db, id, place, &way, now_ms)?;
                }
                Ok(())
            })
            .await?;
        Ok(())
    }

    fn ask_for_one(
        &self,
        db: &Connection,
        id: i64,
        place: u32,
        way: &Way,
        now_ms: i64,
    ) -> Result<(), ShipmentError> {
        if let Some(batch_id) = way.batch_id {
            batch::add(db, batch_id, place, id)?;
        }
        let batch = way.batch_id.map(|batch_id| (batch_id, place));
        if load::leader(db, id)?.is_some() {
            // The one it goes with answers for it.
            return Ok(());
        }
        match shipment::state(db, id)? {
            State::Ready | State::Refused => {}
            State::Waybilled => return self.print_first(db, id, batch, way, now_ms),
            State::Held | State::Requested | State::Printed | State::Voiding => return Ok(()),
        }
        // Its number may be had; its label waits until the goods are counted.
        let print = way.print && !self.awaits_count(db, id)?;
        let order = intake::order_of(db, id)?;
        // Looked up before anything was written; an order abroad goes to one of the same list.
        let account = match way.account.as_deref() {
            Some(asked) => self.account(&self.routed_for(&order.receiver, Some(asked))),
            None => self.account(&self.account_of(&order)),
        };
        let account = account.map_err(|_| ShipmentError::Db(DbError::Closed))?;
        let printer =
            self.printer_of(way.printer.as_deref(), &account.config.name, &order.shop).ok();
        let Ask { order_key, body, facts, form } = match self.to_ask(account, &order, printer) {
            Ok(ask) => ask,
            Err(faults) => {
                shipment::recheck(db, id, &faults, ("held", ""), now_ms)?;
                return Ok(());
            }
        };
        if let Some(form) = &form {
            form::kept::keep(db, form)?;
        }
        let name = &account.config.name;
        shipment::advance(db, id, Event::Requested, "requested", name, now_ms)?;
        shipment::set_account(db, id, name)?;
        let entry = NewEntry {
            kind: Kind::CreateWaybill,
            shipment_id: id,
            account: name,
            order_key: &order_key,
            body: &body,
            facts: &facts,
            print_on: printer.filter(|_| print).map(|printer| printer.config.name.as_str()),
            batch,
            urgent: way.urgent,
        };
        outbox::enqueue(db, &entry, now_ms)?;
        Ok(())
    }

    /// The first labels of a number that was taken without printing, or those that were withdrawn.
    fn print_first(
        &self,
        db: &Connection,
        id: i64,
        batch: Option<(i64, u32)>,
        way: &Way,
        now_ms: i64,
    ) -> Result<(), ShipmentError> {
        if !way.print || self.awaits_count(db, id)? {
            return Ok(());
        }
        let Some(live) = waybill::live(db, id)? else { return Ok(()) };
        let shop = intake::order_of(db, id)?.shop;
        let printer = self.printer_of(way.printer.as_deref(), &live.account, &shop);
        // The settings always have one for a waybill, and the one asked for was looked up before.
        let Ok(printer) = printer else { return Ok(()) };
        // That the numbers are not those asked for was seen by whoever asks for their labels.
        if shipment::trouble(db, id)?.is_some_and(|trouble| is_amiss(trouble.code)) {
            shipment::set_trouble(db, id, None)?;
        }
        let new = job::NewJob {
            shipment_id: id,
            waybill_id: live.id,
            part: parts::FIRST,
            printer: &printer.config.name,
            reason: "",
            batch,
            urgent: way.urgent,
        };
        job::spool_missing(db, &new, now_ms)
    }

    /// How far a batch is.
    ///
    /// # Errors
    /// No such batch; the database.
    pub fn batch(&self, id: i64) -> Result<BatchView, Trouble> {
        let view = self.db.read(|db| batch::view(db, id, self.now_ms()))?;
        Ok(self.with_time_left(view)?)
    }

    /// Nothing has come out yet that could be measured: what the accounts' paces need at least, and
    /// the rest of today for one that has no calls left.
    pub(crate) fn with_time_left(&self, view: BatchView) -> Result<BatchView, ShipmentError> {
        if view.left_ms.is_some() || view.paused {
            return Ok(view);
        }
        let now_ms = self.now_ms();
        let owed = self.db.read(|db| batch::owed(db, view.id))?;
        let needs = owed.iter().filter_map(|(name, count)| {
            let account = self.account(name).ok()?;
            let spent_ms = account.pace().spent_until_ms(now_ms).map_or(0, |until| until - now_ms);
            Some(spent_ms + i64::from(*count) * 1_000 / i64::from(account.calls_per_s().max(1)))
        });
        Ok(BatchView { left_ms: needs.max(), ..view })
    }

    /// What is under way is finished; nothing new is started.
    ///
    /// # Errors
    /// The database.
    pub async fn pause_batch(&self, id: i64) -> Result<BatchView, Trouble> {
        self.db.write(move |db| batch::set_paused(db, id, true)).await?;
        self.touch();
        self.batch(id)
    }

    /// Goes on after a pause.
    ///
    /// # Errors
    /// The database.
    pub async fn resume_batch(&self, id: i64) -> Result<BatchView, Trouble> {
        self.db.write(move |db| batch::set_paused(db, id, false)).await?;
        self.wake_all();
        self.batch(id)
    }

    /// What no carrier has heard of waits again; what is under way is finished and kept.
    ///
    /// # Errors
    /// The database.
    pub async fn stop_batch(&self, id: i64) -> Result<BatchView, Trouble> {
        let now_ms = self.now_ms();
        self.db.write(move |db| batch::stop(db, id, now_ms)).await?;
        self.wake_all();
        self.batch(id)
    }

    /// Asks an account whether it works and how many prepaid numbers are left; `None` if its
    /// carrier keeps none.
    ///
    /// # Errors
    /// The carrier's answer as a trouble.
    pub async fn balance(&self, name: &str) -> Result<Option<i64>, Trouble> {
        let account = self.account(name)?;
        match account.carrier.balance(&Paced::aside(self, account)).await {
            Ok(balance) => {
                let left = balance.map(|balance| balance.available);
                if let Some(left) = left {
                    account.purse().counted(left, 0, self.now_ms());
                }
                self.wake_all();
                Ok(left)
            }
            Err(error) => Err(Trouble::of_carrier(Code::CarrierAway, name, &error)),
        }
    }
}

/// Whether a carrier's numbers were not those asked for.
pub(crate) fn is_amiss(code: Code) -> bool {
    matches!(code, Code::PartsDiffer | Code::SlipMissing)
}

/// Characters of a text that none of the label's fonts has.
pub(crate) fn missing(text: &str) -> Vec<char> {
    label::font::missing(text)
}

/// Characters every label needs that the shipped fonts cannot draw; empty when all is well.
pub fn font_gaps() -> Vec<char> {
    missing("收寄件人运单号码第次打印永㛃𠮷龘䶮0123456789ABCXYZabcxyz¥℃·×")
}
