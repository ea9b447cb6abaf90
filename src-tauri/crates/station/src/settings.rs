//! The settings of the house that are changed one by one: what they are, what they say, a change
//! planned against the file as it is now, and another file held against it. Printers, accounts,
//! sender profiles and forms have screens of their own. Whoever holds the station writes the plan
//! with `config::replace` and opens the station anew.

use crate::{
    Station, config,
    config::{NoEdit, Put},
    config_trouble, fault_lines, settings_refused, storage,
    trouble::{Action, Code, Trouble},
    view::{
        Right, Setting, SettingDiff, SettingKind, SettingsChange, SettingsLook, SettingsView,
        WrittenFile,
    },
};
use std::{collections::BTreeSet, fs};

/// A setting as the program knows it: group, key, what it takes, what is usual.
struct Known {
    group: &'static str,
    key: &'static str,
    takes: Takes,
    usual: &'static str,
}

enum Takes {
    Text,
    Needed,
    Number(u32, u32),
    Flag,
    Choice(&'static [&'static str]),
}

const fn known(group: &'static str, key: &'static str, takes: Takes, usual: &'static str) -> Known {
    Known { group, key, takes, usual }
}

/// All of them, in the order they are shown.
const ALL: [Known; 43] = [
    known("bench", "bench", Takes::Text, ""),
    known("sender", "sender.name", Takes::Needed, ""),
    known("sender", "sender.phone", Takes::Needed, ""),
    known("sender", "sender.province", Takes::Needed, ""),
    known("sender", "sender.city", Takes::Needed, ""),
    known("sender", "sender.district", Takes::Text, ""),
    known("sender", "sender.detail", Takes::Needed, ""),
    known("sender", "sender.postcode", Takes::Text, ""),
    known("sender", "sender.abroad.name", Takes::Text, ""),
    known("sender", "sender.abroad.phone", Takes::Text, ""),
    known("sender", "sender.abroad.street", Takes::Text, ""),
    known("sender", "sender.abroad.city", Takes::Text, ""),
    known("sender", "sender.abroad.state", Takes::Text, ""),
    known("sender", "sender.abroad.postcode", Takes::Text, ""),
    known("sender", "sender.abroad.email", Takes::Text, ""),
    known("scan", "verify.before_label", Takes::Flag, "false"),
    known("scan", "verify.print", Takes::Flag, "true"),
    known("scan", "scale.address", Takes::Text, ""),
    known(
        "scan",
        "scale.protocol",
        Takes::Choice(&["lines", "sics", "ohaus", "toledo", "xk3190", "reversed"]),
        "lines",
    ),
    known("scan", "scale.band_percent", Takes::Number(0, 100), "5"),
    known("scan", "scale.band_g", Takes::Number(0, 100_000), "50"),
    known("scan", "scanner.prefix", Takes::Text, ""),
    known("scan", "scanner.suffix", Takes::Text, ""),
    known("scan", "scanner.ending", Takes::Choice(&["key", "silence"]), "key"),
    known(
        "scan",
        "scanner.gap_ms",
        Takes::Number(config::GAP_MS_RANGE.0, config::GAP_MS_RANGE.1),
        "45",
    ),
    known("scan", "scanner.address", Takes::Text, ""),
    known("privacy", "privacy.mask_names", Takes::Flag, "true"),
    known(
        "privacy",
        "privacy.blank_after_days",
        Takes::Number(config::BLANK_DAYS_MIN, config::BLANK_DAYS_MAX),
        "",
    ),
    known("privacy", "keep_templates_days", Takes::Number(1, 3_650), "90"),
    known("people", "people.lock_after_min", Takes::Number(0, config::LOCK_MIN_MAX), "0"),
    known("people", "people.reprints_max", Takes::Number(1, config::REPRINTS_MAX), ""),
    known("backup", "backup.keep", Takes::Number(0, config::BACKUPS_KEPT_MAX), "7"),
    known("backup", "backup.folder", Takes::Text, ""),
    known("tell", "tell.when", Takes::Choice(&["printed", "number", "handed_over"]), "printed"),
    known("tell", "tell.folder", Takes::Text, ""),
    known("tell", "tell.file", Takes::Choice(&["csv", "xlsx"]), "csv"),
    known("tell", "tell.encoding", Takes::Choice(&["utf-8", "gb18030"]), "utf-8"),
    known(
        "tell",
        "tell.every_min",
        Takes::Number(config::TELL_EVERY_MIN.0, config::TELL_EVERY_MIN.1),
        "",
    ),
    known("tell", "tell.at", Takes::Text, ""),
    known("network", "receive.port", Takes::Number(1, 65_535), ""),
    known("network", "receive.bind", Takes::Choice(&["127.0.0.1", "0.0.0.0"]), "127.0.0.1"),
    known("network", "receive.path", Takes::Text, "/push"),
    known("network", "update.url", Takes::Text, ""),
];

/// Where what is taken along is written, in the home.
const EXPORTS: &str = "exports";

impl Station {
    /// All settings that are changed one by one, as the file says them now.
    ///
    /// # Errors
    /// The disk.
    pub fn settings(&self) -> Result<SettingsView, Trouble> {
        let path = self.home.join(config::FILE_NAME);
        let text = fs::read_to_string(&path).map_err(|why| storage(&why))?;
        Ok(SettingsView {
            settings: ALL.iter().map(|known| seen(known, &text)).collect(),
            path: path.display().to_string(),
        })
    }

    /// The settings' text with a change in it. Nothing is written.
    ///
    /// # Errors
    /// [`Code::SettingsRefused`] with all faults of the result; [`Code::PrinterBusy`] and the like
    /// where an imported file would take printers or accounts away that are needed; the disk.
    pub fn plan_settings(&self, change: &SettingsChange) -> Result<String, Trouble> {
        let path = self.home.join(config::FILE_NAME);
        let now = fs::read_to_string(&path).map_err(|why| storage(&why))?;
        let text = match change {
            SettingsChange::Import { text } => text.clone(),
            SettingsChange::Set { values } => {
                let puts: Vec<(&'static str, Put)> = ALL
                    .iter()
                    .filter_map(|known| Some((known.key, put(known, values.get(known.key)?))))
                    .collect();
                config::edit_keys(&now, &puts).map_err(|_: NoEdit| {
                    // Somebody is in the middle of editing the file: its faults are told.
                    let faults = config::parse(&now).err().unwrap_or_default();
                    let name = config::FILE_NAME.into();
                    config_trouble(&self.home, &config::ConfigError::Faults(name, faults))
                })?
            }
        };
        let refused = |faults: Vec<_>| settings_refused(&self.home, &faults);
        let planned = config::parse(&text).map_err(refused)?;
        if planned.practice != self.config.practice {
            let home = self.home.display().to_string();
            return Err(Trouble::new(Code::PracticeMixed, Action::None, [("home", home)]));
        }
        self.labels_allow(&planned.printers)?;
        self.nobody_waits(&planned)?;
        self.senders_stay(&planned)?;
        Ok(text)
    }

    /// What another file of settings would change here. Nothing is written.
    ///
    /// # Errors
    /// The disk.
    pub fn look_at_settings(&self, text: &str) -> Result<SettingsLook, Trouble> {
        let now = fs::read_to_string(self.home.join(config::FILE_NAME));
        let now = config::flat(&now.map_err(|why| storage(&why))?).unwrap_or_default();
        let other = config::flat(text).unwrap_or_default();
        let keys: BTreeSet<&String> = now.keys().chain(other.keys()).collect();
        let changes = keys.into_iter().filter(|key| now.get(*key) != other.get(*key)).map(|key| {
            SettingDiff {
                key: key.clone(),
                from: now.get(key).cloned(),
                to: other.get(key).cloned(),
            }
        });
        let changes = changes.collect();
        let (faults, secrets) = match config::parse(text) {
            Err(faults) => (fault_lines(&faults), Vec::new()),
            Ok(planned) => (String::new(), self.secrets_missing(&planned)),
        };
        Ok(SettingsLook { text: text.to_owned(), changes, faults, secrets })
    }

    /// Whether names in lists are masked.
    pub(crate) fn masks_names(&self) -> bool {
        self.config.privacy.mask_names || self.may(Right::Personal).is_err()
    }

    fn secrets_missing(&self, planned: &config::Config) -> Vec<String> {
        let all = planned.carriers.iter().flat_map(|carrier| {
            carrier.secrets().map(move |secret| (carrier.name.clone(), secret))
        });
        all.filter(|(_, secret)| {
            config::resolve(secret, &self.home, &*self.outside.keyring).is_err()
        })
        .map(|(account, secret)| {
            let name = secret.key.rsplit('.').next().unwrap_or(&secret.key);
            format!("{account} · {name}")
        })
        .collect()
    }

    /// Writes the settings into a file to take along: as they are, with the places of secrets and
    /// never a secret.
    ///
    /// # Errors
    /// The disk.
    pub fn export_settings(&self) -> Result<WrittenFile, Trouble> {
        let text = fs::read_to_string(self.home.join(config::FILE_NAME));
        let text = text.map_err(|why| storage(&why))?;
        let name = format!("packbench-settings-{}.toml", self.now_ms());
        self.write_export(&name, text.as_bytes())
    }

    /// Writes a file for a person into the folder for that.
    pub(crate) fn write_export(&self, name: &str, bytes: &[u8]) -> Result<WrittenFile, Trouble> {
        let folder = self.home.join(EXPORTS);
        let path = folder.join(name);
        config::private_folder(&folder)
            .and_then(|()| config::put_file(&path, bytes))
            .map_err(|why| storage(&why))?;
        Ok(WrittenFile { path: path.display().to_string() })
    }
}

/// What is typed as the file says it. What is no number stays a text, which the reader of the
/// settings refuses.
fn put(known: &Known, value: &Option<String>) -> Put {
    let Some(text) = value.as_deref().map(str::trim).filter(|text| !text.is_empty()) else {
        // What must be there is refused as empty, not as missing.
        let needed = matches!(known.takes, Takes::Needed);
        return if needed { Put::Text(String::new()) } else { Put::Nothing };
    };
    match known.takes {
        Takes::Number(..) => text.parse().map_or(Put::Text(text.to_owned()), Put::Whole),
        Takes::Flag if known.usual == text => Put::Nothing,
        Takes::Flag => text.parse().map_or(Put::Text(text.to_owned()), Put::Flag),
        Takes::Text | Takes::Needed | Takes::Choice(_) => Put::Text(text.to_owned()),
    }
}

fn seen(known: &Known, text: &str) -> Setting {
    let (kind, least, most, choices): (_, _, _, &[&str]) = match known.takes {
        Takes::Text | Takes::Needed => (SettingKind::Text, 0, 0, &[]),
        Takes::Number(least, most) => (SettingKind::Number, least, most, &[]),
        Takes::Flag => (SettingKind::Flag, 0, 0, &[]),
        Takes::Choice(words) => (SettingKind::Choice, 0, 0, words),
    };
    Setting {
        key: known.key.to_owned(),
        group: known.group.to_owned(),
        kind,
        value: config::key_text(text, known.key),
        usual: known.usual.to_owned(),
        least,
        most,
        choices: choices.iter().map(|word| (*word).to_owned()).collect(),
        needed: matches!(known.takes, Takes::Needed),
    }
}
