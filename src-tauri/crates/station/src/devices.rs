//! Printers before they are in the settings: looked for, and asked what they are. What one said is
//! kept with its date, because that is how far its word can be believed later.

use crate::{
    Station,
    db::DbError,
    print::{self, Address, draw, find},
    trouble::{Action, Code, Trouble},
    view::{FoundPrinters, ProbeView, Probed},
};
use rusqlite::{Connection, OptionalExtension, params};

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
    /// [`Code::NoPrinter`] or [`Code::BadAddress`] for a text that is neither;
    /// [`Code::PrinterAway`] with the system's words; [`Code::PrinterBusy`] while it has labels to
    /// print; the database.
    pub async fn probe_printer(&self, name: &str) -> Result<ProbeView, Trouble> {
        let known = self.printer(Some(name));
        let address = match &known {
            Ok(printer) => printer.config.address.clone(),
            Err(trouble) => address(name).map_err(|bad| bad.unwrap_or_else(|| trouble.clone()))?,
        };
        let mut held = Vec::new();
        for printer in self.printers.iter().filter(|printer| printer.config.address == address) {
            let of = &printer.config.name;
            let (waiting, _) = self.db.read(|db| print::job::waiting(db, of))?;
            if waiting > 0 {
                let fields = [("printer", of.clone()), ("count", waiting.to_string())];
                return Err(Trouble::new(Code::PrinterBusy, Action::Wait, fields));
            }
            held.push(self.aside(printer).await?);
        }
        let away = |why: std::io::Error| {
            let fields = [("printer", name.to_owned()), ("why", why.to_string())];
            Trouble::new(Code::PrinterAway, Action::MindPrinter, fields)
        };
        let language = known.ok().map(|printer| draw::language(&printer.config));
        let mut port = (self.outside.open_printer)(address.clone()).await.map_err(away)?;
        let probed = print::probe::probe(&address.to_string(), &mut *port, language).await;
        let probed = probed.map_err(away)?;
        drop(held);
        self.keep_probe(&probed).await?;
        self.touch();
        Ok(probed)
    }

    async fn keep_probe(&self, said: &ProbeView) -> Result<(), Trouble> {
        let probed = Probed {
            at_ms: self.now_ms(),
            model: said.model.clone(),
            languages: said.languages.clone(),
            head_dots_per_m: said.head_dots_per_m,
            proof: said.proof,
        };
        let key = key(&said.address);
        let write = move |db: &Connection| -> Result<(), DbError> {
            let value = serde_json::to_string(&probed).map_err(DbError::Stored)?;
            db.execute("INSERT OR REPLACE INTO meta VALUES (?1, ?2)", params![key, value])?;
            Ok(())
        };
        Ok(self.db.write(write).await?)
    }

    /// What the printer at an address said when it was asked last.
    pub(crate) fn probed(&self, address: &Address) -> Result<Option<Probed>, Trouble> {
        let key = key(&address.to_string());
        let read = |db: &Connection| -> Result<Option<String>, DbError> {
            let sql = "SELECT value FROM meta WHERE key = ?1";
            Ok(db.prepare_cached(sql)?.query_row([key], |row| row.get(0)).optional()?)
        };
        let kept = self.db.read(read)?;
        // Words of another version are as good as none: it can be asked again.
        Ok(kept.and_then(|kept| serde_json::from_str(&kept).ok()))
    }
}

/// Kept by address: another printer at another place has not said anything yet.
fn key(address: &str) -> String {
    format!("probe {address}")
}

/// What was typed as an address; `Err(None)` if it was rather meant as a name.
fn address(text: &str) -> Result<Address, Option<Trouble>> {
    text.parse::<Address>().map_err(|bad| {
        let fields = [("text", bad.text), ("form", bad.form.to_owned())];
        text.contains(':').then(|| Trouble::new(Code::BadAddress, Action::None, fields))
    })
}
