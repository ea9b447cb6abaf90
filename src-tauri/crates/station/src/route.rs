//! Which printer a label goes to: the one a person asked for, or the one whose settings name it.

use crate::{
    Printer, Station,
    config::{self, Form, Wanted},
    intake,
    print::job,
    shipment::waybill,
    trouble::{Action, Code, Trouble},
    view::JobState,
};

impl Station {
    /// The printer of a waybill: the one asked for, or the one that takes this account and shop.
    pub(crate) fn printer_of(
        &self,
        asked: Option<&str>,
        account: &str,
        shop: &str,
    ) -> Result<&Printer, Trouble> {
        self.printer_for(asked, Form::Waybill, account, shop)
    }

    /// The same for any form.
    pub(crate) fn printer_for(
        &self,
        asked: Option<&str>,
        form: Form,
        carrier: &str,
        shop: &str,
    ) -> Result<&Printer, Trouble> {
        if asked.is_some() {
            return self.printer(asked);
        }
        let wanted = Wanted { form, carrier, shop, bench: &self.config.bench };
        match config::printer_for(&self.config.printers, wanted) {
            Some(printer) => self.printer(Some(&printer.name)),
            None if self.printers.is_empty() => self.printer(None),
            None => {
                let fields = [("name", form.word().to_owned())];
                Err(Trouble::new(Code::NoPrinter, Action::None, fields))
            }
        }
    }

    /// The printer on which a shipment's next label comes out: where it waits already, or where it
    /// would go.
    pub(crate) fn next_printer(&self, id: i64) -> Result<&Printer, Trouble> {
        let waits = self.db.read(|db| job::of_shipment(db, id))?.into_iter().find(|job| {
            matches!(job.state, JobState::Spooled | JobState::Sending | JobState::Sent)
        });
        if let Some(job) = waits {
            return self.printer(Some(&job.printer));
        }
        if let Some(name) = self.db.read(|db| crate::outbox::print_on(db, id))? {
            return self.printer(Some(&name));
        }
        self.routed_printer(id)
    }

    /// The printer that a new label of a shipment is routed to.
    pub(crate) fn routed_printer(&self, id: i64) -> Result<&Printer, Trouble> {
        let (shop, live) = self.db.read(|db| -> Result<_, Trouble> {
            Ok((intake::order_of(db, id)?.shop, waybill::live(db, id)?))
        })?;
        let account = live.map_or_else(|| self.routed(None), |live| live.account);
        self.printer_of(None, &account, &shop)
    }
}
