//! Printers before they are in the settings: looked for, and asked what they are.

use crate::{
    Station,
    print::{self, Address, find},
    trouble::{Action, Code, Trouble},
    view::{FoundPrinters, ProbeView},
};

/// Looks for printers on this computer, and with `network` for what announces itself on its
/// networks, which takes seconds. Needs no settings.
pub async fn find_printers(network: bool) -> FoundPrinters {
    find::find(network).await
}

impl Station {
    /// Asks a printer of the settings, or at an address, what it is and how much it tells. Prints
    /// nothing. A printer that has labels to print is not asked: the questions could get into them.
    ///
    /// # Errors
    /// [`Code::NoPrinter`]; [`Code::PrinterAway`] with the system's words; [`Code::WrongState`]
    /// while it has labels to print; the database.
    pub async fn probe_printer(&self, name: &str) -> Result<ProbeView, Trouble> {
        let address = match self.printer(Some(name)) {
            Ok(printer) => printer.config.address.clone(),
            Err(trouble) => name.parse::<Address>().map_err(|_| trouble)?,
        };
        for printer in &self.printers {
            let of = &printer.config.name;
            let (waiting, _) = self.db.read(|db| print::job::waiting(db, of))?;
            if printer.config.address == address && waiting > 0 {
                let fields = [("order", of.clone()), ("state", "printing".to_owned())];
                return Err(Trouble::new(Code::WrongState, Action::Wait, fields));
            }
        }
        let away = |why: std::io::Error| {
            let fields = [("printer", name.to_owned()), ("why", why.to_string())];
            Trouble::new(Code::PrinterAway, Action::MindPrinter, fields)
        };
        let mut port = (self.outside.open_printer)(address.clone()).await.map_err(away)?;
        print::probe::probe(&address.to_string(), &mut *port).await.map_err(away)
    }
}
