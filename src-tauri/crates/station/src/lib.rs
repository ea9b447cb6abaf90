//! The station: orders in, waybills from carriers, labels to printers; all rules, no window.
//!
//! Reading order: `shipment` (what a shipment can be), `db/schema.sql` (what is kept), `outbox`
//! and `dispatch` (how carriers are asked), `print/job` and `print/spool` (how paper comes out),
//! `ship` and `scan` (what people start).

mod abroad;
mod accounts;
mod acts;
mod apply;
mod ask;
mod back;
pub mod backup;
pub mod batch;
mod bench;
mod by_hand;
mod calls;
pub mod carrier;
mod charge;
pub mod check;
pub mod config;
pub mod db;
mod detail;
pub mod devfile;
mod devices;
pub mod diagnose;
mod dispatch;
mod divert;
mod editor;
mod find;
pub mod first;
pub mod fonts;
pub mod form;
mod handover;
pub mod import;
mod imports;
mod intake;
mod keep;
pub mod key;
mod list;
mod live;
pub mod log;
mod mend;
mod numbers;
mod offers;
pub mod order;
pub mod outbox;
pub mod outside;
pub mod pace;
pub mod paste;
mod people;
mod pickup;
pub mod place;
pub mod prefs;
pub mod print;
mod purse;
pub mod record;
mod reprint;
mod retain;
mod route;
mod run;
mod saved;
pub mod scale;
mod scan;
mod scancode;
mod scanner;
pub mod scanning;
mod sender;
mod settings;
mod settle;
mod setup;
pub mod sheet;
mod ship;
pub mod shipment;
mod sms;
mod status;
mod tariff;
mod together;
mod tracking;
pub mod trouble;
mod undo;
mod unseen;
mod update;
mod verify;
pub mod view;
mod weigh;
pub mod words;

pub use devices::find_printers;
pub use dispatch::Ran;
pub use imports::{ImportAsk, Progress};
pub use print::spool::Spool;
pub use run::Running;
pub use ship::font_gaps;
pub use tariff::read_pasted as read_price_list;
pub use tracking::HeardAnswer;

use carrier::Carrier;
use config::{CarrierConfig, Config, PrinterConfig};
use db::{Db, DbError, HomeLock, LockError};
use form::{Form, Forms};
use live::Live;
use outside::Outside;
use pace::{Flight, Pace};
use purse::Purse;
use shipment::ShipmentError;
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
};
use tokio::sync::{Notify, watch};
use trouble::{Action, Code, Trouble};

/// One packing bench: its home, its settings, its database and its view of the world.
pub struct Station {
    home: PathBuf,
    config: Config,
    db: Db,
    outside: Outside,
    accounts: Vec<Account>,
    printers: Vec<Printer>,
    scale: Option<weigh::Scale>,
    scanner: scanner::Scanner,
    live: Mutex<Live>,
    changed: watch::Sender<u64>,
    /// One file for a shop at a time.
    telling: tokio::sync::Mutex<()>,
    /// Who sits here.
    seat: people::Seat,
    forms: RwLock<Arc<Forms>>,
    /// Forms of labels that were asked for with other content, by digest.
    older_forms: Mutex<BTreeMap<String, Option<Arc<Form>>>>,
    /// Last, so that the home is free only after the database is closed.
    _lock: HomeLock,
}

/// A carrier account at work.
pub(crate) struct Account {
    config: CarrierConfig,
    carrier: Box<dyn Carrier>,
    pace: Mutex<Pace>,
    flight: Mutex<Flight>,
    /// When each API may be asked next besides the queue's own calls.
    aside: Mutex<accounts::Aside>,
    purse: Mutex<Purse>,
    wake: Notify,
    /// For its couriers.
    courier: Notify,
    /// For its messages.
    messenger: Notify,
    tracker: Mutex<tracking::Tracker>,
}

/// A printer at work.
pub(crate) struct Printer {
    config: PrinterConfig,
    wake: Notify,
    way: print::aside::Way,
}

impl Station {
    /// Opens a home: settings, lock, database, and what a death of the program left in doubt.
    ///
    /// # Errors
    /// A trouble that says what a person can do: settings, lock, database, mixed practice data.
    pub async fn open(home: &Path, outside: Outside) -> Result<Arc<Self>, Trouble> {
        let config = config::read(home).map_err(|error| config_trouble(home, &error))?;
        let lock = HomeLock::take(home).map_err(|error| match error {
            LockError::Taken { pid } => home_locked(home, pid),
            LockError::Io(error) => storage(&error),
        })?;
        let accounts = open_accounts(home, &config, &outside)?;
        let db = Db::open(&home.join("station.sqlite")).map_err(Trouble::from)?;
        let printers = config
            .printers
            .iter()
            .map(|printer| Printer {
                config: printer.clone(),
                wake: Notify::new(),
                way: print::aside::Way::default(),
            })
            .collect();
        let station = Self {
            home: home.to_owned(),
            live: Mutex::new(Live::new(&config)),
            forms: RwLock::new(Arc::new(Forms::load(home, &config))),
            older_forms: Mutex::default(),
            scale: config.scale.clone().map(weigh::Scale::new),
            scanner: scanner::Scanner::default(),
            config,
            db,
            outside,
            accounts,
            printers,
            changed: watch::Sender::new(0),
            telling: tokio::sync::Mutex::default(),
            seat: people::Seat::default(),
            _lock: lock,
        };
        station.keep_practice_apart().await?;
        station.recover().await?;
        station.refill_words().await?;
        // Whoever sat here last says so again.
        station.stand_up().await?;
        let station = Arc::new(station);
        // The last run may have had smaller forms or paper.
        station.recheck_unfitting().await?;
        Ok(station)
    }

    /// Practice data and real settings never meet in one file.
    async fn keep_practice_apart(&self) -> Result<(), Trouble> {
        let practice = if self.config.practice { "1" } else { "0" };
        let found: String = self
            .db
            .write(move |db| -> Result<String, DbError> {
                db.execute("INSERT OR IGNORE INTO meta VALUES ('practice', ?1)", [practice])?;
                let read = "SELECT value FROM meta WHERE key = 'practice'";
                Ok(db.query_row(read, [], |row| row.get(0))?)
            })
            .await
            .map_err(Trouble::from)?;
        if found == practice {
            return Ok(());
        }
        let home = self.home.display().to_string();
        Err(Trouble::new(Code::PracticeMixed, Action::None, [("home", home)]))
    }

    async fn recover(&self) -> Result<(), Trouble> {
        let now_ms = self.now_ms();
        let scanned = |printer: &&PrinterConfig| printer.confirm == config::Confirm::Scan;
        let waits_for_scan: Vec<String> =
            self.config.printers.iter().filter(scanned).map(|p| p.name.clone()).collect();
        let names = |of: &mut dyn Iterator<Item = &String>| of.cloned().collect::<Vec<_>>();
        let accounts = names(&mut self.config.carriers.iter().map(|carrier| &carrier.name));
        let printers = names(&mut self.config.printers.iter().map(|printer| &printer.name));
        let in_force = self.in_force();
        let senders = self.message_senders();
        let (leases, labels) = self
            .db
            .write(move |db| -> Result<_, ShipmentError> {
                batch::recover(db)?;
                outbox::without_account(db, &accounts)?;
                outbox::without_printer(db, &printers)?;
                print::job::without_printer(db, &printers, now_ms)?;
                let leases = outbox::recover(db, now_ms)?
                    + pickup::recover(db)?
                    + apply::recover(db, &in_force, now_ms)?;
                let leases = leases + sms::recover(db, &senders, now_ms)?;
                Ok((leases, print::job::recover(db, &waits_for_scan, now_ms)?))
            })
            .await?;
        if leases + labels > 0 {
            tracing::warn!(leases, labels, "the last run ended in the middle of these");
        }
        Ok(())
    }

    /// Where everything is kept.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// The settings in force.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Counts up after every change, for screens that fetch again.
    pub fn changed(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    pub(crate) fn now_ms(&self) -> i64 {
        (self.outside.now_ms)()
    }

    pub(crate) fn live(&self) -> MutexGuard<'_, Live> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn touch(&self) {
        self.changed.send_modify(|count| *count += 1);
    }

    pub(crate) fn wake_all(&self) {
        for account in &self.accounts {
            account.wake.notify_one();
        }
        for printer in &self.printers {
            printer.wake.notify_one();
        }
        self.touch();
    }

    pub(crate) fn account(&self, name: &str) -> Result<&Account, Trouble> {
        self.accounts.iter().find(|account| account.config.name == name).ok_or_else(|| {
            if self.accounts.is_empty() {
                return Trouble::new(Code::NoAccountYet, Action::EditAccount, []);
            }
            Trouble::new(Code::NoAccount, Action::EditAccount, [("name", name.to_owned())])
        })
    }

    /// The printer asked for, or the first of the settings.
    pub(crate) fn printer(&self, name: Option<&str>) -> Result<&Printer, Trouble> {
        let found = match name {
            None => self.printers.first(),
            Some(name) => self.printers.iter().find(|printer| printer.config.name == name),
        };
        found.ok_or_else(|| {
            if self.printers.is_empty() {
                return Trouble::new(Code::NoPrinterYet, Action::None, []);
            }
            let name = name.unwrap_or_default().to_owned();
            Trouble::new(Code::NoPrinter, Action::None, [("name", name)])
        })
    }
}

impl Account {
    pub(crate) fn pace(&self) -> MutexGuard<'_, Pace> {
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn purse(&self) -> MutexGuard<'_, Purse> {
        self.purse.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn tracker(&self) -> MutexGuard<'_, tracking::Tracker> {
        self.tracker.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn open_accounts(home: &Path, config: &Config, outside: &Outside) -> Result<Vec<Account>, Trouble> {
    let mut open = Vec::new();
    let mut faults = Vec::new();
    for entry in &config.carriers {
        match accounts::client(entry, home, outside) {
            Ok(client) => open.push(Account {
                pace: Mutex::new(Pace::new(accounts::calls_per_s(entry, &*client))),
                flight: Mutex::default(),
                aside: Mutex::default(),
                carrier: client,
                purse: Mutex::new(Purse::new(entry.warn_below)),
                wake: Notify::new(),
                courier: Notify::new(),
                messenger: Notify::new(),
                tracker: Mutex::default(),
                config: entry.clone(),
            }),
            Err(more) => faults.extend(more),
        }
    }
    if faults.is_empty() {
        return Ok(open);
    }
    let path = home.join(config::FILE_NAME);
    Err(config_trouble(home, &config::ConfigError::Faults(path, faults)))
}

fn config_trouble(home: &Path, error: &config::ConfigError) -> Trouble {
    let path = home.join(config::FILE_NAME).display().to_string();
    match error {
        config::ConfigError::Absent(_) => {
            Trouble::new(Code::NoConfig, Action::None, [("path", path)])
        }
        config::ConfigError::Unreadable(_, why) => storage(&format_args!("{path}: {why}")),
        config::ConfigError::Faults(_, faults) => {
            let fields = [("path", path), ("faults", fault_lines(faults))];
            Trouble::new(Code::BadConfig, Action::EditAccount, fields)
        }
    }
}

/// Settings as somebody would have them are refused, with all their faults.
fn settings_refused(home: &Path, faults: &[config::ConfigFault]) -> Trouble {
    let path = home.join(config::FILE_NAME).display().to_string();
    let fields = [("path", path), ("faults", fault_lines(faults))];
    Trouble::new(Code::SettingsRefused, Action::None, fields)
}

/// One fault a line.
fn fault_lines(faults: &[config::ConfigFault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn home_locked(home: &Path, pid: String) -> Trouble {
    let home = home.display().to_string();
    Trouble::new(Code::HomeLocked, Action::Retry, [("pid", pid), ("home", home)])
}

fn storage(why: &dyn std::fmt::Display) -> Trouble {
    Trouble::new(Code::Storage, Action::Retry, [("why", why.to_string())])
}
