//! What a carrier is asked for an order, or every reason why it cannot be: the check, the label
//! that must fit, and the carrier's own rules. Orders that are held for a reason which no longer
//! holds are let go here.

use crate::{
    Account, Printer, Station,
    carrier::{Consignment, parts},
    config::PrinterConfig,
    form::Form,
    intake::{self, StoredOrder},
    key::order_key,
    order::{Fault, FaultCode},
    print::draw,
    sender::Ends,
    shipment::{
        self, ShipmentError,
        waybill::{LabelFacts, ShopFacts},
    },
    trouble::Trouble,
};
use label::forms::What;
use std::sync::Arc;

/// Orders looked at in one transaction when forms or printers changed.
const CHUNK: usize = 50;

/// An order as a carrier is asked.
pub(crate) struct Ask {
    /// By which the carrier recognises it.
    pub order_key: String,
    /// The exact text.
    pub body: String,
    /// What the label will show.
    pub facts: LabelFacts,
    /// The shop's own form of it.
    pub form: Option<Arc<Form>>,
}

impl Station {
    /// The order as the account would be asked, with a label for `printer`.
    ///
    /// # Errors
    /// Everything that must be mended first.
    pub(crate) fn to_ask(
        &self,
        account: &Account,
        order: &StoredOrder,
        printer: Option<&Printer>,
    ) -> Result<Ask, Vec<Fault>> {
        let (form, shop) =
            printer.and_then(|printer| self.shop_facts(order, &printer.config)).unzip();
        let facts = self.label_facts(account, order, shop);
        let mut faults = self.faults_at(account, order);
        faults.extend(beyond(account, order));
        let drawn = |printer| undrawable(&facts, form.as_deref(), printer, self.now_ms());
        faults.extend(printer.and_then(drawn));
        if !faults.is_empty() {
            return Err(faults);
        }
        let consignment = self.consignment(account, order);
        let body = account.carrier.create_request(&consignment)?;
        Ok(Ask { order_key: consignment.order_key, body, facts, form })
    }

    /// What a carrier would be asked to carry.
    pub(crate) fn consignment(&self, account: &Account, order: &StoredOrder) -> Consignment {
        let Ends { sender, receiver } = self.ends(account, order);
        Consignment {
            order_key: order_key(&order.shop, &order.number, order.nth, order.generation),
            sender,
            receiver,
            items: order.items.clone(),
            weight_g: order.weight_g,
            volume_cm3: order.volume_cm3,
            parcels: order.parcels,
            note: order.note.clone(),
            asked_at_ms: self.now_ms(),
            services: order.services,
            back: order.back,
            shop_no: order.number.clone(),
        }
    }

    /// The shop's own form of an order's label, with what it shows besides the usual.
    pub(crate) fn shop_facts(
        &self,
        order: &StoredOrder,
        printer: &PrinterConfig,
    ) -> Option<(Arc<Form>, ShopFacts)> {
        let paper = draw::paper(printer);
        let form = Arc::clone(self.forms().of(&order.shop, paper)?);
        let facts = ShopFacts {
            form: form.digest.clone(),
            name: order.shop.clone(),
            pieces: order.items.iter().map(|item| item.quantity).sum(),
            weight_g: order.weight_g,
            paid_at_ms: order.paid_at_ms,
        };
        Some((form, facts))
    }

    /// What an order's label shows besides the carrier's answer.
    pub(crate) fn label_facts(
        &self,
        account: &Account,
        order: &StoredOrder,
        shop: Option<ShopFacts>,
    ) -> LabelFacts {
        let Ends { sender, receiver } = self.ends(account, order);
        LabelFacts {
            carrier_name: account.carrier.label_name().to_owned(),
            order_no: order.told_as(),
            sender,
            sender_profile: self.sender_name(order, &account.config.name),
            receiver,
            back: order.back,
            goods: order.goods.clone(),
            note: order.note.clone(),
            shop,
            services: account.carrier.services(order.services),
            parcels: order.parcels,
            codes_of_its_own: account.carrier.has_codes_of_its_own(),
            freight_fen: self.estimate(order, &account.config.name),
        }
    }

    /// Looks again at orders that are held because something did not fit on their label: a form or
    /// paper may be larger by now. How many were let go.
    ///
    /// # Errors
    /// The database.
    pub async fn recheck_unfitting(self: &Arc<Self>) -> Result<usize, Trouble> {
        let held = self.db.read(shipment::held_for_room)?;
        let mut free = 0;
        for chunk in held.chunks(CHUNK) {
            let (station, chunk, now_ms) = (Arc::clone(self), chunk.to_vec(), self.now_ms());
            free += self
                .db
                .write(move |db| -> Result<usize, ShipmentError> {
                    let mut free = 0;
                    for id in chunk {
                        let order = intake::order_of(db, id)?;
                        if station.fits_now(&order) {
                            shipment::recheck(db, id, &[], ("released", ""), now_ms)?;
                            free += 1;
                        }
                    }
                    Ok(free)
                })
                .await?;
        }
        if free > 0 {
            tracing::info!(free, "held orders fit by now");
            self.touch();
        }
        Ok(free)
    }

    /// Whether nothing at all is wrong with an order, where the routing sends it.
    fn fits_now(&self, order: &StoredOrder) -> bool {
        let routed = self.account_of(order);
        let Ok(account) = self.account(&routed) else { return false };
        let printer = self.printer_of(None, &routed, &order.shop).ok();
        self.to_ask(account, order, printer).is_ok()
    }
}

/// What the account's carrier does not do at all.
pub(crate) fn beyond(account: &Account, order: &StoredOrder) -> Vec<Fault> {
    let mut faults = Vec::new();
    let most = account.carrier.parcels_max();
    if order.parcels > most {
        let (code, field) = (FaultCode::TooManyParcels, "parcels".to_owned());
        faults.push(Fault { code, field, what: most.to_string() });
    }
    if order.services.slip && !account.carrier.brings_slips() {
        let (code, field) = (FaultCode::NoSlip, "slip".to_owned());
        faults.push(Fault { code, field, what: String::new() });
    }
    faults
}

/// What cannot be drawn is refused before a number is taken for it.
fn undrawable(
    facts: &LabelFacts,
    form: Option<&Form>,
    printer: &Printer,
    now_ms: i64,
) -> Option<Fault> {
    let copy = draw::Copy {
        waybill: None,
        facts,
        form,
        part: parts::FIRST,
        nth: 1,
        at_ms: now_ms,
        practice: false,
    };
    let fault = draw::fits(copy, &printer.config).err()?;
    if let What::Extra { name, .. } = fault.what {
        let field = fault.field.to_owned();
        return Some(Fault { code: FaultCode::FormNoRoom, field, what: name });
    }
    let (field, what) = (fault.field.to_string(), fault.what.to_string());
    Some(Fault { code: FaultCode::TooLong, field, what })
}
