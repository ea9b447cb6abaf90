//! What people do about a shipment that waits for them: edit it, look again, say what the carrier
//! said by phone, give a number back.

use crate::{
    Station,
    carrier::{Child, Template, Waybill},
    dispatch,
    intake::{self, StoredOrder, carried},
    order::{Address, Fault},
    outbox::{self, Kind, NewEntry},
    pickup, place,
    print::job,
    ship::is_amiss,
    shipment::{
        self, Event, ShipmentError, load,
        waybill::{self, LabelFacts},
    },
    trouble::{Action, Code, Trouble},
    view::{Detail, JobState, OrderEdit, Row, State},
};
use rusqlite::Connection;
use std::sync::Arc;

impl Station {
    /// Takes an edited order and checks it again. Only before a carrier has given a number.
    ///
    /// # Errors
    /// [`Code::WrongState`] when a carrier has been asked; the database.
    pub async fn fix_order(self: &Arc<Self>, id: i64, edit: OrderEdit) -> Result<Detail, Trouble> {
        let now_ms = self.now_ms();
        let station = Arc::clone(self);
        self.db
            .write(move |db| -> Result<(), ShipmentError> {
                let before = intake::order_of(db, id)?;
                let edit = normalised(edit);
                station.edit(db, id, before.id, edit)?;
                let order = intake::order_of(db, id)?;
                let faults = station.faults_of(&order);
                shipment::recheck(db, id, &faults, ("edited", ""), now_ms)?;
                Ok(())
            })
            .await?;
        self.touch();
        self.detail(id)
    }

    /// Writes an edit; the weight of a shipment with a load of its own is that load's.
    fn edit(
        &self,
        db: &Connection,
        id: i64,
        order_id: i64,
        mut edit: OrderEdit,
    ) -> Result<(), ShipmentError> {
        let Some(was) = load::of(db, id)? else { return intake::edit(db, order_id, &edit) };
        let back = intake::order_of(db, id)?.back;
        let (weight_g, note) = (edit.weight_g, edit.note.clone());
        edit.weight_g = intake::weight_of(db, order_id)?;
        if back {
            // What was asked for the way there stays as it was asked.
            intake::keep_wishes(db, order_id, &mut edit)?;
        }
        intake::edit(db, order_id, &edit)?;
        let mut load = carried::load(db, id, weight_g)?;
        if back {
            load.note = if note.is_empty() { was.note } else { note };
        }
        load::set(db, id, Some(&load))
    }

    /// What the check says of an order, for the account it would go to.
    pub(crate) fn faults_of(&self, order: &StoredOrder) -> Vec<Fault> {
        match self.account(&self.account_of(order)) {
            Ok(account) => self.faults_at(account, order),
            Err(_) => Vec::new(),
        }
    }

    /// Asks the carrier again what became of it, now, with the stored request.
    ///
    /// # Errors
    /// [`Code::WrongState`] if nothing is open; the trouble itself if the carrier would give
    /// another number; the database.
    pub async fn look_again(&self, id: i64) -> Result<Row, Trouble> {
        let now_ms = self.now_ms();
        let once = |trouble: &Trouble| trouble.action == Action::EnterNumber;
        if let Some(trouble) = self.row(id)?.trouble.filter(once) {
            return Err(trouble);
        }
        self.db
            .write(move |db| -> Result<(), ShipmentError> {
                if !outbox::look_again(db, id, now_ms)? && !pickup::look_again(db, id, now_ms)? {
                    return wrong(db, id, Event::Requested);
                }
                shipment::tell(db, id, "looked_up", "", now_ms)?;
                shipment::set_trouble(db, id, None)
            })
            .await?;
        for account in &self.accounts {
            account.pace().open();
            account.courier.notify_one();
        }
        self.wake_all();
        self.row(id)
    }

    /// The carrier told the number by another way; or, with an empty `no`, that there is none.
    /// Several numbers, with blanks or commas between them, are those of the order's parcels, the
    /// first one's (母件) first. Either way the doubt is settled by a person. The key stays the
    /// same, so that a carrier that does have the order answers with its number should it be asked
    /// again.
    ///
    /// # Errors
    /// [`Code::WrongState`] unless a request is open; the database.
    pub async fn enter_waybill(&self, id: i64, no: String) -> Result<Row, Trouble> {
        let now_ms = self.now_ms();
        self.db
            .write(move |db| -> Result<(), ShipmentError> {
                let open = outbox::open_of(db, id)?.filter(|e| e.kind == Kind::CreateWaybill);
                let Some(entry) = open else { return wrong(db, id, Event::Issued) };
                let Some(typed) = typed(&no, &entry.facts) else {
                    outbox::done(db, entry.id, now_ms)?;
                    shipment::advance(db, id, Event::Refused, "waybill_entered", "", now_ms)?;
                    let fields = [
                        ("account", entry.account.clone()),
                        ("code", String::new()),
                        ("said", String::new()),
                    ];
                    let trouble = Trouble::new(Code::CarrierRefused, Action::Retry, fields);
                    return shipment::set_trouble(db, id, Some(&trouble));
                };
                shipment::tell(db, id, "waybill_entered", &typed.no, now_ms)?;
                dispatch::record_issued(db, &entry, &typed, now_ms)
            })
            .await?;
        self.wake_all();
        self.row(id)
    }

    /// Gives a number back. Labels not yet sent are withdrawn first.
    ///
    /// # Errors
    /// [`Code::NoWaybill`], [`Code::WrongState`]; the database.
    pub async fn void(self: &Arc<Self>, code: &str) -> Result<Row, Trouble> {
        self.void_shipment(self.resolve(code)?).await
    }

    /// The same of a shipment.
    ///
    /// # Errors
    /// As [`Station::void`].
    pub async fn void_shipment(self: &Arc<Self>, id: i64) -> Result<Row, Trouble> {
        let station = Arc::clone(self);
        let now_ms = self.now_ms();
        let live = self.db.read(|db| waybill::live(db, id))?;
        let Some(live) = live else {
            let order = self.row(id)?.order_no;
            return Err(Trouble::new(Code::NoWaybill, Action::None, [("order", order)]));
        };
        self.account(&live.account)?;
        self.db
            .write(move |db| -> Result<(), ShipmentError> {
                for job in job::of_shipment(db, id)? {
                    if matches!(job.state, JobState::Sending) {
                        return wrong(db, id, Event::VoidAsked);
                    }
                    if job.state == JobState::Spooled {
                        job::dropped(db, &job, "stopped", now_ms)?;
                    }
                }
                let Ok(account) = station.account(&live.account) else { return Ok(()) };
                let body = account.carrier.void_request(&live.order_key, &live.waybill.no);
                shipment::advance(
                    db,
                    id,
                    Event::VoidAsked,
                    "void_asked",
                    &live.waybill.no,
                    now_ms,
                )?;
                let entry = NewEntry {
                    kind: Kind::VoidWaybill,
                    shipment_id: id,
                    account: &live.account,
                    order_key: &live.order_key,
                    body: &body,
                    facts: &live.facts,
                    print_on: None,
                    batch: None,
                    urgent: true,
                };
                outbox::enqueue(db, &entry, now_ms)?;
                Ok(())
            })
            .await?;
        self.wake_all();
        self.row(id)
    }

    /// A person settles whether a number was taken back, after the carrier's answer was lost.
    ///
    /// # Errors
    /// [`Code::WrongState`] unless it is being voided; the database.
    pub async fn settle_void(&self, id: i64, taken_back: bool) -> Result<Row, Trouble> {
        let now_ms = self.now_ms();
        self.db
            .write(move |db| -> Result<(), ShipmentError> {
                let open = outbox::open_of(db, id)?.filter(|e| e.kind == Kind::VoidWaybill);
                let Some(entry) = open else { return wrong(db, id, Event::Voided) };
                outbox::done(db, entry.id, now_ms)?;
                if taken_back {
                    let no = waybill::live(db, id)?.map(|live| live.waybill.no).unwrap_or_default();
                    return waybill::record_void(db, id, &no, now_ms);
                }
                dispatch::keep(db, id, "", now_ms).map(drop)
            })
            .await?;
        self.wake_all();
        self.row(id)
    }

    /// A person has read a trouble that asks nothing of them.
    ///
    /// # Errors
    /// [`Code::WrongState`] if the trouble does ask something; the database.
    pub async fn acknowledge(&self, id: i64) -> Result<Row, Trouble> {
        let trouble = self.row(id)?.trouble;
        let state = self.row(id)?.state;
        let kept = matches!(state, State::Waybilled | State::Printed);
        let only_news = trouble.is_some_and(|trouble| {
            matches!(trouble.code, Code::VoidRefused | Code::LabelUndrawable)
                || is_amiss(trouble.code)
        });
        if !(kept && only_news) {
            let fields = [("order", id.to_string()), ("state", shipment::word(state).to_owned())];
            return Err(Trouble::new(Code::WrongState, Action::None, fields));
        }
        self.db.write(move |db| shipment::set_trouble(db, id, None)).await?;
        self.touch();
        self.row(id)
    }
}

/// A waybill of typed numbers; `None` if there is none. An order with a slip names that last.
fn typed(numbers: &str, facts: &LabelFacts) -> Option<Waybill> {
    let between = |c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；');
    let mut numbers = numbers.split(between).filter(|no| !no.is_empty()).map(str::to_owned);
    let no = numbers.next()?;
    let mut children: Vec<Child> =
        numbers.map(|no| Child { no, template: Template::NotAsked }).collect();
    let parcels = facts.parcels as usize;
    let slip = if facts.services.slip && children.len() >= parcels { children.pop() } else { None };
    Some(Waybill { qr: no.clone(), no, children, slip, ..Waybill::default() })
}

fn wrong(db: &Connection, id: i64, event: Event) -> Result<(), ShipmentError> {
    Err(ShipmentError::WrongState { id, state: shipment::state(db, id)?, event })
}

/// An edit as it is kept: no blanks around, the place in full.
pub(crate) fn normalised(edit: OrderEdit) -> OrderEdit {
    let address = place::normalise(&Address {
        province: edit.province.trim().to_owned(),
        city: edit.city.trim().to_owned(),
        district: edit.district.trim().to_owned(),
        detail: edit.detail.trim().to_owned(),
        country: edit.country.trim().to_owned(),
        postcode: edit.postcode.trim().to_owned(),
    });
    OrderEdit {
        name: edit.name.trim().to_owned(),
        phone: edit.phone.trim().to_owned(),
        province: address.province,
        city: address.city,
        district: address.district,
        detail: address.detail,
        country: address.country,
        postcode: address.postcode,
        email: edit.email.trim().to_owned(),
        weight_g: edit.weight_g,
        note: edit.note.trim().to_owned(),
        ..edit
    }
}
