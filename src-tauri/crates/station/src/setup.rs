//! Setting printers up: what the settings say of each, one change at a time, the test label's
//! picture and calibration. A change is planned here, against the file as it is now; whoever holds
//! the station writes it with `config::replace` and opens the station anew.

use crate::{
    Station,
    config::{
        self, ConfigFault, ConfigWhy, Confirm, Media, NoEdit, PrinterConfig, PrinterLanguage, Put,
        TableEdit, edit_printers,
    },
    config_trouble, outbox,
    print::{draw, job},
    settings_refused, storage,
    trouble::{Action, Code, Trouble},
    view::{PrinterChange, PrinterForm, PrinterSetup, PrinterSetups, PrinterStatus, Probed},
};
use label::{forms::test_page, language, preview};
use std::fs;

impl Station {
    /// All printers of the settings in force.
    ///
    /// # Errors
    /// The database, or the disk.
    pub fn printer_setups(&self) -> Result<PrinterSetups, Trouble> {
        let states = self.printer_status()?;
        let printers = self.config.printers.iter().zip(states);
        let before = config::before(&self.home).map_err(|why| storage(&why))?;
        let printers = printers.map(|(printer, status)| {
            let probed = self.probed(&printer.address)?;
            Ok(setup(printer, status, probed))
        });
        Ok(PrinterSetups {
            printers: printers.collect::<Result<_, Trouble>>()?,
            can_undo: before.is_some(),
            test_code: test_page::CODE.to_owned(),
        })
    }

    /// The settings' text with a change in it. Nothing is written.
    ///
    /// # Errors
    /// [`Code::SettingsRefused`] with all faults of the result; [`Code::NoPrinter`];
    /// [`Code::PrinterBusy`] while labels are on their way; [`Code::PrinterWaitedFor`] if labels
    /// wait for a printer that would be gone; [`Code::NothingBefore`]; the disk, the database.
    pub fn plan_printers(&self, change: &PrinterChange) -> Result<String, Trouble> {
        let path = self.home.join(config::FILE_NAME);
        let now = fs::read_to_string(&path).map_err(|why| storage(&why))?;
        let text = match change {
            PrinterChange::Undo => config::before(&self.home)
                .map_err(|why| storage(&why))?
                .ok_or_else(|| Trouble::new(Code::NothingBefore, Action::None, []))?,
            PrinterChange::Add { form } => edited(&now, &TableEdit::Add(&keys(form, None)))?,
            PrinterChange::Set { name, form } => {
                let was = self.printer(Some(name))?;
                edited(&now, &TableEdit::Set(name, &keys(form, Some(&was.config))))?
            }
            PrinterChange::Remove { name } => edited(&now, &TableEdit::Remove(name))?,
            PrinterChange::First { name } => edited(&now, &TableEdit::First(name))?,
        };
        let refused = |faults: Vec<ConfigFault>| settings_refused(&self.home, &faults);
        let planned = config::parse(&text).map_err(refused)?;
        // A station may begin without one; none is left without one by a slip of the hand.
        if planned.printers.is_empty() && matches!(change, PrinterChange::Remove { .. }) {
            let (key, what) = ("printer".to_owned(), "[[printer]]".to_owned());
            let fault = ConfigFault { line: 1, key, why: ConfigWhy::Missing, what };
            return Err(refused(vec![fault]));
        }
        self.labels_allow(&planned.printers)?;
        Ok(text)
    }

    /// No printer is changed under a label, and none goes that labels wait for.
    pub(crate) fn labels_allow(&self, planned: &[PrinterConfig]) -> Result<(), Trouble> {
        for (name, state, count) in self.db.read(job::on_the_way)? {
            let now = self.config.printers.iter().find(|printer| printer.name == name);
            let by_scan = now.is_some_and(|printer| printer.confirm == Confirm::Scan);
            let code = match state.as_str() {
                "spooled" if planned.iter().all(|printer| printer.name != name) => {
                    Code::PrinterWaitedFor
                }
                // Its label is with a person, not inside it.
                "sent" if by_scan => continue,
                "sending" | "sent" => Code::PrinterBusy,
                _ => continue,
            };
            let fields = [("printer", name), ("count", count.to_string())];
            return Err(Trouble::new(code, Action::Wait, fields));
        }
        for printer in &self.config.printers {
            let name = printer.name.clone();
            if planned.iter().any(|planned| planned.name == name) {
                continue;
            }
            let count = self.db.read(|db| outbox::to_come(db, &name))?.len();
            if count > 0 {
                let fields = [("printer", name), ("count", count.to_string())];
                return Err(Trouble::new(Code::PrinterWaitedFor, Action::Wait, fields));
            }
        }
        Ok(())
    }

    /// The test label as a PNG, one pixel a dot: the same dots the printer gets. Where the settings
    /// move or turn the picture, so that it lies right on the paper, this is how it shall lie.
    ///
    /// # Errors
    /// [`Code::NoPrinter`].
    pub fn test_png(&self, name: &str) -> Result<Vec<u8>, Trouble> {
        Ok(preview::png(&self.test_bitmap(name)?))
    }

    /// Has a printer measure its paper. It feeds a few labels.
    ///
    /// # Errors
    /// [`Code::NoPrinter`]; [`Code::CannotCalibrate`]; [`Code::PrinterAway`] with the system's
    /// words.
    pub async fn calibrate(&self, name: &str) -> Result<(), Trouble> {
        let printer = self.printer(Some(name))?;
        let Some(bytes) = calibration(&printer.config) else {
            let name = name.to_owned();
            return Err(Trouble::new(Code::CannotCalibrate, Action::None, [("printer", name)]));
        };
        self.send_aside(printer, "packbench-calibrate", bytes).await
    }
}

fn edited(now: &str, edit: &TableEdit<'_>) -> Result<String, Trouble> {
    edit_printers(now, edit).map_err(|why| {
        let name = match edit {
            TableEdit::Set(name, _) | TableEdit::Remove(name) | TableEdit::First(name) => *name,
            TableEdit::Add(_) => "",
        };
        match why {
            NoEdit::NoSuch => {
                Trouble::new(Code::NoPrinter, Action::None, [("name", name.to_owned())])
            }
            // Somebody is in the middle of editing the file: its faults are told.
            NoEdit::Unreadable => match config::parse(now) {
                Err(faults) => {
                    let path = config::FILE_NAME.into();
                    let error = config::ConfigError::Faults(path, faults);
                    config_trouble(std::path::Path::new(""), &error)
                }
                Ok(_) => storage(&config::FILE_NAME),
            },
        }
    })
}

/// A form as keys of the settings. What was not there and is as if it were not there stays away.
fn keys(form: &PrinterForm, was: Option<&PrinterConfig>) -> Vec<(&'static str, Put)> {
    let text = |text: &str| Put::Text(text.trim().to_owned());
    let number = |number: Option<u32>| number.map_or(Put::Nothing, |it| Put::Whole(it.into()));
    let offset = |dots: i32| if dots == 0 { Put::Nothing } else { Put::Whole(dots.into()) };
    let names = |names: &[String]| match names {
        [] => Put::Nothing,
        names => Put::Texts(names.iter().map(|name| name.trim().to_owned()).collect()),
    };
    let media = form.media.as_deref();
    let mut keys = vec![
        ("name", text(&form.name)),
        ("address", text(&form.address)),
        ("language", text(&form.language)),
        ("dots_per_mm", head(&form.dots_per_mm)),
        ("paper", text(&form.paper)),
        ("confirm", text(&form.confirm)),
        ("darkness", number(form.darkness)),
        ("speed", number(form.speed)),
        ("media", media.map_or(Put::Nothing, text)),
        ("offset_x", offset(form.offset_x)),
        ("offset_y", offset(form.offset_y)),
        ("carriers", names(&form.carriers)),
        ("shops", names(&form.shops)),
        ("upside_down", if form.upside_down { Put::Flag(true) } else { Put::Nothing }),
    ];
    // Lengths belong to their kind of paper.
    for (key, kind) in [("gap_mm", "gap"), ("mark_mm", "mark")] {
        if media != Some(kind) {
            keys.push((key, Put::Nothing));
        }
    }
    // An offset of 0 that stands in the file may stay there.
    let unmoved = was.is_some_and(|was| was.how.offset == (form.offset_x, form.offset_y));
    let unturned = was.is_some_and(|was| was.how.upside_down == form.upside_down);
    keys.retain(|(key, put)| {
        let same_place = unmoved && key.starts_with("offset") && *put == Put::Nothing;
        let same_turn = unturned && *key == "upside_down";
        !same_place && !same_turn
    });
    keys
}

/// Numbers as numbers; anything else stays a text, which the reader of the settings refuses.
fn head(text: &str) -> Put {
    let text = text.trim();
    match (text.parse::<i64>(), text.parse::<f64>()) {
        (Ok(whole), _) => Put::Whole(whole),
        (Err(_), Ok(number)) if number.is_finite() => Put::Decimal(number),
        (Err(_), Ok(_) | Err(_)) => Put::Text(text.to_owned()),
    }
}

fn setup(printer: &PrinterConfig, status: PrinterStatus, probed: Option<Probed>) -> PrinterSetup {
    let language = draw::language(printer);
    PrinterSetup {
        form: form(printer),
        status,
        probed,
        darkness_max: language.darkness_max().into(),
        speed_max: u32::from(language.speed_max()).min(config::SPEED_MAX),
        offset_max: config::offset_max(printer.head_dots_per_m),
        calibrates: calibration(printer).is_some(),
    }
}

fn form(printer: &PrinterConfig) -> PrinterForm {
    let language = match printer.language {
        PrinterLanguage::Zpl => "zpl",
        PrinterLanguage::Tspl => "tspl",
        PrinterLanguage::Cpcl => "cpcl",
        PrinterLanguage::Epl => "epl",
        PrinterLanguage::EscPos => "escpos",
    };
    let confirm = match printer.confirm {
        Confirm::None => "none",
        Confirm::Status => "status",
        Confirm::Scan => "scan",
    };
    let media = printer.how.media.map(|media| match media {
        Media::Gap(_) => "gap",
        Media::Mark(_) => "mark",
        Media::Continuous => "continuous",
    });
    PrinterForm {
        name: printer.name.clone(),
        address: printer.address.to_string(),
        language: language.to_owned(),
        dots_per_mm: match printer.head_dots_per_m {
            8_000 => "8",
            12_000 => "12",
            _ => "11.8",
        }
        .to_owned(),
        paper: format!("{}x{}", mm(printer.paper_width_um), mm(printer.paper_height_um)),
        confirm: confirm.to_owned(),
        darkness: printer.darkness.map(u32::from),
        speed: printer.speed.map(u32::from),
        offset_x: printer.how.offset.0,
        offset_y: printer.how.offset.1,
        upside_down: printer.how.upside_down,
        media: media.map(str::to_owned),
        carriers: printer.takes.carriers.clone(),
        shops: printer.takes.shops.clone(),
    }
}

/// Millimetres as short as they can be written.
fn mm(um: u32) -> String {
    let text = format!("{}.{:03}", um / 1_000, um % 1_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn calibration(printer: &PrinterConfig) -> Option<&'static [u8]> {
    let media = match printer.how.media {
        Some(Media::Mark(length_um)) => Some(language::Media::Mark { length_um }),
        Some(Media::Gap(length_um)) => Some(language::Media::Gap { length_um }),
        Some(Media::Continuous) => Some(language::Media::Continuous),
        None => None,
    };
    draw::language(printer).calibrate(media)
}
