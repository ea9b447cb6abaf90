//! Secrets: the settings hold their place, never themselves.

use super::{ConfigFault, ConfigWhy};
use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
};

/// No secret is read past this size; keys are some dozens of characters long.
const SECRET_BYTES_MAX: u64 = 4096;

/// Where a secret is kept.
#[derive(Clone, PartialEq, Eq)]
pub enum SecretFrom {
    /// `env:NAME`.
    Env(String),
    /// `file:PATH`, relative to the home; nobody else may read it.
    File(PathBuf),
    /// `keyring:NAME`: the system's own store.
    Keyring(String),
    /// It stands in the settings: practice, and values that are a secret only at some carriers.
    Plain(String),
}

/// A secret's place, and where the settings name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretRef {
    /// Line in the settings, from 1.
    pub line: u32,
    /// Key in the settings.
    pub key: String,
    /// The place.
    pub from: SecretFrom,
}

/// A secret. Shows nothing of itself in logs and messages.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The secret itself, for signing.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl SecretFrom {
    /// Reads `env:NAME`, `file:PATH`, `keyring:NAME`; `None` for anything else.
    pub fn read(text: &str) -> Option<Self> {
        match text.split_once(':') {
            Some(("env", name)) if !name.is_empty() => Some(Self::Env(name.to_owned())),
            Some(("file", path)) if !path.is_empty() => Some(Self::File(PathBuf::from(path))),
            Some(("keyring", name)) if !name.is_empty() => Some(Self::Keyring(name.to_owned())),
            _ => None,
        }
    }
}

impl fmt::Display for SecretFrom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Env(name) => write!(f, "env:{name}"),
            Self::File(path) => write!(f, "file:{}", path.display()),
            Self::Keyring(name) => write!(f, "keyring:{name}"),
            Self::Plain(_) => f.write_str("…"),
        }
    }
}

impl fmt::Debug for SecretFrom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// Fetches a secret from its place. White space around it is dropped.
///
/// # Errors
/// It is not there, it is empty, its file can be read by others, or the store declined; with the
/// line of the settings that names it.
pub fn resolve(
    secret: &SecretRef,
    home: &Path,
    keyring: &(dyn Fn(&str) -> Result<String, String> + Send + Sync),
) -> Result<Secret, ConfigFault> {
    let fault = |why, what: String| ConfigFault {
        line: secret.line,
        key: secret.key.clone(),
        why,
        what: if what.is_empty() {
            secret.from.to_string()
        } else {
            format!("{}: {what}", secret.from)
        },
    };
    let missing = |what: String| fault(ConfigWhy::SecretMissing, what);
    let text = match &secret.from {
        SecretFrom::Plain(text) => text.clone(),
        SecretFrom::Env(name) => std::env::var(name).map_err(|_| missing(String::new()))?,
        SecretFrom::Keyring(name) => {
            keyring(name).map_err(|said| fault(ConfigWhy::SecretStore, said))?
        }
        SecretFrom::File(path) => match read_private(&home.join(path)) {
            Ok(Some(text)) => text,
            Ok(None) => return Err(fault(ConfigWhy::SecretOpen, String::new())),
            Err(e) => return Err(missing(e.kind().to_string())),
        },
    };
    match text.trim() {
        "" => Err(missing(String::new())),
        text => Ok(Secret(text.to_owned())),
    }
}

/// The file's text; `None` if others than its owner may touch it.
fn read_private(path: &Path) -> io::Result<Option<String>> {
    let meta = fs::metadata(path)?;
    #[cfg(unix)]
    if std::os::unix::fs::PermissionsExt::mode(&meta.permissions()) & 0o077 != 0 {
        return Ok(None);
    }
    if meta.len() > SECRET_BYTES_MAX {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    fs::read_to_string(path).map(Some)
}
