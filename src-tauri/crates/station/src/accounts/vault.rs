//! Secrets typed in the window: into the system's own store if there is one, else into a file only
//! this user can read. The settings get their place; nothing here is logged or shown.

use crate::{
    Station, config,
    config::{Asks, SecretFrom, SecretRef},
    outside::Outside,
    storage,
    trouble::{Action, Code, Trouble},
    view::{AccountChange, AccountForm},
};
use std::{fs, path::PathBuf};

/// Secrets of ours are named so, and only those are ever forgotten.
const TYPED: &str = "typed-";
/// Where they lie in the home if the system keeps none.
const FOLDER: &str = "secrets";

/// Where a secret is, as the settings say it: its place if a place was typed, else a place that
/// only a trial knows, until it is kept.
pub(super) fn place(key: &str, text: &str) -> String {
    match SecretFrom::read(text) {
        Some(_) => text.to_owned(),
        None => format!("keyring:{}", trial_name(key)),
    }
}

/// The name under which a trial finds a secret that is only typed yet.
pub(super) fn trial_name(key: &str) -> String {
    format!("trial-{key}")
}

/// Where secrets of this home go, apart from the station: the system's store may ask a person
/// first, which no task may wait for.
pub(crate) struct Vault {
    home: PathBuf,
    outside: Outside,
}

impl Vault {
    pub fn of(station: &Station) -> Self {
        Self { home: station.home.clone(), outside: station.outside.clone() }
    }

    /// Keeps a secret that was not typed; its place.
    pub fn keep(&self, name: &str, secret: &str) -> Result<String, Trouble> {
        self.put(&format!("{TYPED}{name}"), secret)
    }

    /// A secret by its name: its place, and itself.
    pub fn find(&self, name: &str) -> Option<(String, String)> {
        let name = format!("{TYPED}{name}");
        let places = [format!("keyring:{name}"), format!("file:{FOLDER}/{name}")];
        places.into_iter().find_map(|place| {
            let from = SecretFrom::read(&place)?;
            let wanted = SecretRef { line: 0, key: String::new(), from };
            let found = config::resolve(&wanted, &self.home, &*self.outside.keyring).ok()?;
            Some((place, found.reveal().to_owned()))
        })
    }

    fn put(&self, name: &str, secret: &str) -> Result<String, Trouble> {
        let kept = (self.outside.keep_secret)(name, Some(secret));
        // Stores have been seen that take everything and give nothing back.
        if kept.is_ok() && (self.outside.keyring)(name).is_ok_and(|back| back == secret) {
            return Ok(format!("keyring:{name}"));
        }
        let folder = self.home.join(FOLDER);
        config::private_folder(&folder)
            .and_then(|()| config::put_file(&folder.join(name), secret.as_bytes()))
            .map_err(|why| {
                Trouble::new(Code::SecretUnkept, Action::Retry, [("why", why.to_string())])
            })?;
        Ok(format!("file:{FOLDER}/{name}"))
    }
}

impl Station {
    /// Keeps the secrets of a change; the change with their places in their stead.
    ///
    /// # Errors
    /// [`Code::SecretUnkept`] if neither the system nor the disk takes them.
    pub fn keep_secrets(&self, mut change: AccountChange) -> Result<AccountChange, Trouble> {
        let (AccountChange::Add { form } | AccountChange::Set { form }) = &mut change else {
            return Ok(change);
        };
        let kind = form.kind.clone();
        for field in config::fields(&kind).filter(|field| field.asks == Asks::Secret) {
            let Some(text) = form.values.get(field.key).map(|text| text.trim().to_owned()) else {
                continue;
            };
            if !text.is_empty() && SecretFrom::read(&text).is_none() {
                let kept = self.keep(form, field.key, &text)?;
                form.values.insert(field.key.to_owned(), kept);
            }
        }
        Ok(change)
    }

    fn keep(&self, form: &AccountForm, key: &str, secret: &str) -> Result<String, Trouble> {
        let plain = form.name.chars().filter(char::is_ascii_alphanumeric);
        let plain: String = plain.take(20).collect();
        // A new name each time: an undone change finds the old secret where it was.
        let name = format!("{TYPED}{plain}-{key}-{:x}", self.now_ms());
        Vault::of(self).put(&name, secret)
    }

    /// Forgets those secrets of ours that `text` names (settings of before, or a change) and that
    /// neither the settings nor the step back name any more.
    ///
    /// # Errors
    /// The settings cannot be read.
    pub fn forget_secrets(&self, text: &str) -> Result<(), Trouble> {
        let now = fs::read_to_string(self.home.join(config::FILE_NAME));
        let now = now.map_err(|why| storage(&why))?;
        let before = config::before(&self.home).map_err(|why| storage(&why))?.unwrap_or_default();
        for place in places(text) {
            if now.contains(&place) || before.contains(&place) {
                continue;
            }
            let gone = match SecretFrom::read(&place) {
                Some(SecretFrom::Keyring(name)) => (self.outside.keep_secret)(&name, None),
                Some(SecretFrom::File(path)) => {
                    fs::remove_file(self.home.join(path)).map_err(|why| why.to_string())
                }
                Some(SecretFrom::Env(_) | SecretFrom::Plain(_)) | None => Ok(()),
            };
            if let Err(why) = gone {
                tracing::warn!(%why, "a secret nobody names any more could not be forgotten");
            }
        }
        Ok(())
    }
}

/// Every place of a typed secret in a text.
fn places(text: &str) -> Vec<String> {
    let starts = [format!("keyring:{TYPED}"), format!("file:{FOLDER}/{TYPED}")];
    let ends = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    let mut found = Vec::new();
    for start in &starts {
        for (at, _) in text.match_indices(start.as_str()) {
            let rest = &text[at + start.len()..];
            let name = &rest[..rest.find(ends).unwrap_or(rest.len())];
            found.push(format!("{start}{name}"));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_secrets_of_ours_are_found() {
        let text = "api_key = \"keyring:typed-A-api_key-19\"\npwd = 'file:secrets/typed-b-x'\n\
            other = \"keyring:mine\"\nfile = \"file:key\"";
        assert_eq!(places(text), ["keyring:typed-A-api_key-19", "file:secrets/typed-b-x"]);
        assert_eq!(place("api_key", "env:KDN_KEY"), "env:KDN_KEY");
        assert_eq!(place("api_key", "11111111-2222"), "keyring:trial-api_key");
    }
}
