//! A label as a carrier drew it, as bytes. What they draw is for `foreign` to say.

use super::CarrierError;
use base64::{Engine, prelude::BASE64_STANDARD};

/// A carrier's own drawing of a label.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Template {
    /// We draw the label.
    #[default]
    NotAsked,
    /// Asked for, and the answer had none.
    Missing,
    /// HTML, PDF, a picture or a printer's commands, as it came.
    Here(Vec<u8>),
}

impl Template {
    /// What came of asking `whose` carrier for it. A number stands whatever becomes of its drawing.
    pub(super) fn of(drawn: Result<Self, CarrierError>, whose: &str) -> Self {
        drawn.unwrap_or_else(|why| {
            tracing::warn!(%why, carrier = whose, "the label was not drawn");
            Self::Missing
        })
    }

    /// What stands in a text of an answer: itself, or its bytes in base64, also as a `data:` URL.
    pub fn read(text: String) -> Self {
        if text.is_empty() {
            return Self::Missing;
        }
        let coded = match text.strip_prefix("data:").and_then(|url| url.split_once(";base64,")) {
            Some((_, coded)) => coded,
            None => &text,
        };
        // Nothing that draws a label is made of these alone: HTML begins with <, ZPL with ^.
        let is_code = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=');
        let plain: Vec<u8> = coded.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
        let decoded =
            plain.iter().all(|&b| is_code(b)).then(|| BASE64_STANDARD.decode(&plain).ok());
        match decoded.flatten().filter(|bytes| !bytes.is_empty()) {
            Some(bytes) => Self::Here(bytes),
            None => Self::Here(text.into_bytes()),
        }
    }
}

/// Names and addresses stand in it: its size is all that is shown.
impl std::fmt::Debug for Template {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotAsked => f.write_str("NotAsked"),
            Self::Missing => f.write_str("Missing"),
            Self::Here(bytes) => write!(f, "Here({} bytes)", bytes.len()),
        }
    }
}
