//! `station.toml` as plain, valid data. Reading it is `parse`, one table of it `section`, secrets
//! are `secret`. All faults are found at once, each with its line.

mod account;
mod bench;
mod direct;
mod edit;
mod fault;
mod fetch;
mod file;
mod form;
mod guide;
mod house;
mod how;
mod karrio;
mod kdniao;
mod keys;
mod numbers;
mod parse;
mod secret;
mod section;
mod sender;
mod sms;
mod takes;
mod tariff;

pub use account::{
    CainiaoConfig, CarrierConfig, Environment, KdniaoConfig, KdniaoTrack, SfConfig, SfProof, Speaks,
};
pub use bench::{GAP_MS_RANGE, ScaleConfig, ScannerConfig, VerifyConfig, WeighConfig};
pub use direct::{
    Direct, JdConfig, JtExpressConfig, Kuaidi100Config, StoConfig, YtoConfig, YtoInterface,
    YundaConfig, ZtoConfig,
};
pub use edit::{
    FormEdit, NoEdit, Put, TableEdit, account_texts, edit_accounts, edit_first_rule, edit_forms,
    edit_printers, edit_senders,
};
pub use fault::{ConfigError, ConfigFault, ConfigWhy};
pub use fetch::FetchConfig;
pub use file::{before, private_folder, put_file, replace};
pub use form::{
    Element, FIELDS, ShopForm, What, code_word, form_text, is_file_name, paper_word, parse_form,
    side_word,
};
pub use guide::{Asks, Field, KINDS, PRACTICE_KIND, fields};
pub use house::{
    BACKUPS_KEPT_MAX, BLANK_DAYS_MAX, BLANK_DAYS_MIN, Backups, LOCK_MIN_MAX, People, Privacy,
    REPRINTS_MAX,
};
pub use how::offset_max;
pub use karrio::{KarrioConfig, KarrioLabel};
pub use kdniao::KdniaoFurther;
pub use keys::{edit_keys, flat, has_secret_name, key_text};
pub use numbers::{Cell, Encoding, FileKind, TELL_EVERY_MIN, Tell, TellColumn, TellForm, TellWhen};
pub use parse::{PRACTICE_KEY, SPEED_MAX, parse};
pub use secret::{Secret, SecretFrom, SecretRef, resolve};
pub use sender::{OWN_SENDER, SenderProfile, sender_for};
pub use sms::KdniaoSms;
pub use takes::{Form, Takes, Wanted, printer_for};
pub use tariff::{Beyond, Step, Tariff, edit_tariffs, tariff_places};

use crate::{order::Person, print::Address};
use std::{
    fs, io,
    io::Write,
    net::SocketAddr,
    path::{Path, PathBuf},
};

/// Name of the settings file in the home.
pub const FILE_NAME: &str = "station.toml";

/// No settings file is read past this size.
const FILE_BYTES_MAX: u64 = 1 << 20;

/// The settings, all of them valid.
#[derive(Debug, Clone)]
pub struct Config {
    /// Sample orders, practice carrier; nothing of it is real.
    pub practice: bool,
    /// What this bench is called; empty if nobody said.
    pub bench: String,
    /// Who sends.
    pub sender: Person,
    /// The same in English, for what leaves China; `None` if nobody wrote it.
    pub sender_abroad: Option<Person>,
    /// Others for whom this bench sends; names are unique.
    pub senders: Vec<SenderProfile>,
    /// At least one carrier account; names are unique.
    pub carriers: Vec<CarrierConfig>,
    /// At least one printer; names are unique.
    pub printers: Vec<PrinterConfig>,
    /// How long a carrier's drawing of a label is kept, days.
    pub keep_templates_days: u32,
    /// Which account an order goes to; the first rule that fits. At least one.
    pub routing: Vec<Rule>,
    /// What the outlets charge; no province twice for one account.
    pub tariffs: Vec<Tariff>,
    /// The shops' own forms; file names are unique.
    pub forms: Vec<FormUse>,
    /// Where carriers may tell of parcels by themselves; `None`: nowhere.
    pub receive: Option<Receive>,
    /// How goods are counted.
    pub verify: VerifyConfig,
    /// How the database is copied by itself.
    pub backups: Backups,
    /// How shops are told the numbers of their orders.
    pub tell: Tell,
    /// What is shown and kept of people.
    pub privacy: Privacy,
    /// What holds for those who work here.
    pub people: People,
    /// Where to ask whether there is a newer program; `None`: nobody is asked.
    pub update_url: Option<String>,
    /// The scale of this bench; `None`: nothing is weighed.
    pub scale: Option<ScaleConfig>,
    /// How far a parcel may be from what it should weigh.
    pub weigh: WeighConfig,
    /// How scanners are read.
    pub scanner: ScannerConfig,
}

/// A port on which pushes are heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receive {
    /// Address and port to listen on.
    pub at: SocketAddr,
    /// The path of the URL that was given to the carrier, with its `/`.
    pub path: String,
}

/// A shop's own form in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormUse {
    /// `forms/NAME.toml` without folder and ending.
    pub file: String,
    /// The shops that use it; empty: every shop that has no form of its own.
    pub shops: Vec<String>,
}

/// Who draws an account's labels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LabelBy {
    /// We do, from the carrier's data.
    #[default]
    Own,
    /// The carrier; ours is the stand-in where its drawing is missing or cannot be followed.
    Carrier,
}

/// The language a printer reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrinterLanguage {
    /// Zebra's.
    Zpl,
    /// TSC's, and most printers sold in China.
    Tspl,
    /// Zebra's for mobile printers, and most small Bluetooth printers.
    Cpcl,
    /// Eltron's, older Zebra desks.
    Epl,
    /// Epson's, receipt printers.
    EscPos,
}

/// How a picture is packed for a ZPL printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Graphics {
    /// Zlib and base64: smallest; real Zebras only.
    Z64,
    /// Run lengths in hex: understood by everything that calls itself ZPL.
    Acs,
    /// Raw bytes: for ways that change none of them.
    Binary,
}

/// How the printer finds the end of a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// A gap of this length, µm.
    Gap(u32),
    /// A black mark of this length, µm.
    Mark(u32),
    /// Neither.
    Continuous,
}

/// What happens to a label that is out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finish {
    /// It is torn off.
    Tear,
    /// It is peeled off its backing.
    Peel,
    /// It is cut off, with those before it.
    Cut {
        /// After so many labels, and after the last of a batch.
        every: u16,
    },
}

/// How heat becomes black.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Thermal paper.
    Direct,
    /// A ribbon.
    Transfer,
}

/// How a printer handles its paper. `None` leaves it as it is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct How {
    /// Moves the picture right and down, dots; never further than the label's blank margin.
    pub offset: (i32, i32),
    /// Turns the picture upside down.
    pub upside_down: bool,
    /// Gap, mark or neither.
    pub media: Option<Media>,
    /// Tear, peel or cut.
    pub finish: Option<Finish>,
    /// Direct thermal or transfer.
    pub method: Option<Method>,
}

/// What makes a label count as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirm {
    /// All bytes left.
    None,
    /// The printer says it came out.
    Status,
    /// The packer scans the fresh label.
    Scan,
}

/// One printer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrinterConfig {
    /// Unique; shown everywhere.
    pub name: String,
    /// Where it is.
    pub address: Address,
    /// What it reads.
    pub language: PrinterLanguage,
    /// Dots of its head per metre: 8,000 (203 dpi), 11,811 (300 dpi) or 12,000.
    pub head_dots_per_m: u32,
    /// Width of one label, µm.
    pub paper_width_um: u32,
    /// Height of one label, µm.
    pub paper_height_um: u32,
    /// What counts as printed.
    pub confirm: Confirm,
    /// Darkness in the printer's own scale (ZPL 0–30, TSPL and EPL2 0–15, CPCL 0–200, ESC/POS
    /// 0–12); `None` leaves it as it is.
    pub darkness: Option<u8>,
    /// Inches a second, 1–14; in CPCL (1–5), EPL2 (1–6) and ESC/POS (1–13) a level. `None` leaves
    /// it as it is.
    pub speed: Option<u8>,
    /// How pictures are packed; ZPL only.
    pub graphics: Graphics,
    /// How it handles its paper.
    pub how: How,
    /// Which labels it takes.
    pub takes: Takes,
}

/// One line of the routing. Conditions come with a later change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Name of a carrier account.
    pub carrier: String,
}

/// Reads the settings of a home. Secrets are not looked up: see [`resolve`].
///
/// # Errors
/// No file, a file that cannot be read, or all faults of it at once.
pub fn read(home: &Path) -> Result<Config, ConfigError> {
    let path = home.join(FILE_NAME);
    let size_bytes = match fs::metadata(&path) {
        Ok(meta) => meta.len(),
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Err(ConfigError::Absent(path)),
        Err(e) => return Err(ConfigError::Unreadable(path, e)),
    };
    if size_bytes > FILE_BYTES_MAX {
        let why = io::Error::from(io::ErrorKind::FileTooLarge);
        return Err(ConfigError::Unreadable(path, why));
    }
    match fs::read_to_string(&path) {
        Ok(text) => parse(&text).map_err(|faults| ConfigError::Faults(path, faults)),
        Err(e) => Err(ConfigError::Unreadable(path, e)),
    }
}

/// A settings file to fill in: every key with what it means.
pub fn template() -> String {
    include_str!("../../data/station.template.toml").to_owned()
}

/// Writes the settings of practice mode. Never replaces settings that are there.
///
/// # Errors
/// The file exists, or the disk failed.
pub fn write_practice(home: &Path) -> io::Result<()> {
    write_new(home, include_str!("../../data/station.practice.toml")).map(|_| ())
}

/// Writes the template. Never replaces settings that are there.
///
/// # Errors
/// The file exists, or the disk failed.
pub fn write_template(home: &Path) -> io::Result<PathBuf> {
    write_new(home, &template())
}

/// Writes a settings file where none is, readable by its owner alone.
pub(crate) fn write_new(home: &Path, text: &str) -> io::Result<PathBuf> {
    let mut build = fs::DirBuilder::new();
    build.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut build, 0o700);
    build.create(home)?;
    let path = home.join(FILE_NAME);
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(path)
}

#[cfg(test)]
mod tests;
