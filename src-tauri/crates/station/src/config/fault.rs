//! What can be wrong with the settings: words and places, no sentences (`config.<why>` in the
//! language files).

use serde::Serialize;
use std::{fmt, io, path::PathBuf};

/// One fault of the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConfigFault {
    /// Line in the file, from 1.
    pub line: u32,
    /// The key as it is reached, e.g. `carrier[2].api_key`; empty for the file as a whole.
    pub key: String,
    /// Names the sentence.
    pub why: ConfigWhy,
    /// The value at fault, or what would be right; never a secret.
    pub what: String,
}

/// What is wrong with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ConfigWhy {
    /// Not TOML; `what` is the reader's word.
    Syntax,
    /// No such key.
    UnknownKey,
    /// The key is needed and not there.
    Missing,
    /// Text where a number is needed, or the like; `what` names the kind that is needed.
    WrongType,
    /// The text is empty.
    Empty,
    /// The number is outside `what`.
    OutOfRange,
    /// Not one of the words in `what`.
    NotOneOf,
    /// The name is there twice.
    Duplicate,
    /// Not an `http://` or `https://` address, or more than scheme, host and port.
    BadUrl,
    /// Not a printer address.
    BadAddress,
    /// Not WIDTHxHEIGHT in millimetres.
    BadPaper,
    /// Not the four digits of a request type.
    BadRequestType,
    /// A secret stands in the file itself.
    SecretPlain,
    /// The secret's place is empty or not there.
    SecretMissing,
    /// The secret's file can be read by others.
    SecretOpen,
    /// The system's secret store did not give it; `what` is its word.
    SecretStore,
    /// `confirm = "status"` on an address that never answers.
    ConfirmSilent,
    /// The routing names a carrier account that is not there.
    UnknownCarrier,
    /// Not a province; `what` is what was written, and the one that is near.
    UnknownProvince,
    /// The first rule names an account that is switched off.
    CarrierOff,
    /// Every printer names what it takes, so that a waybill of another carrier, shop or bench has
    /// none; `what` is this bench's name.
    RestWithoutPrinter,
    /// A practice carrier or printer outside practice mode.
    PracticeOnly,
    /// A real carrier in practice mode.
    NotPractice,
    /// Not the plain name of a file.
    BadFile,
    /// The file is not there or cannot be read; `what` names it.
    FileMissing,
    /// The picture cannot be used; `what` says why.
    BadPicture,
    /// Not wholly in the free area of the form.
    FormOutside,
    /// Lies over another element, named in `what`.
    FormOverlaps,
    /// Does not fit its frame even at its smallest; `what` is what was tried.
    FormTooLong,
    /// No font has this character.
    FormGlyph,
    /// The barcode cannot say it.
    FormNotEncodable,
}

impl ConfigWhy {
    /// The word, as in JSON and in the language files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::UnknownKey => "unknown_key",
            Self::Missing => "missing",
            Self::WrongType => "wrong_type",
            Self::Empty => "empty",
            Self::OutOfRange => "out_of_range",
            Self::NotOneOf => "not_one_of",
            Self::Duplicate => "duplicate",
            Self::BadUrl => "bad_url",
            Self::BadAddress => "bad_address",
            Self::BadPaper => "bad_paper",
            Self::BadRequestType => "bad_request_type",
            Self::SecretPlain => "secret_plain",
            Self::SecretMissing => "secret_missing",
            Self::SecretOpen => "secret_open",
            Self::SecretStore => "secret_store",
            Self::ConfirmSilent => "confirm_silent",
            Self::UnknownCarrier => "unknown_carrier",
            Self::UnknownProvince => "unknown_province",
            Self::CarrierOff => "carrier_off",
            Self::RestWithoutPrinter => "rest_without_printer",
            Self::PracticeOnly => "practice_only",
            Self::NotPractice => "not_practice",
            Self::BadFile => "bad_file",
            Self::FileMissing => "file_missing",
            Self::BadPicture => "bad_picture",
            Self::FormOutside => "form_outside",
            Self::FormOverlaps => "form_overlaps",
            Self::FormTooLong => "form_too_long",
            Self::FormGlyph => "form_glyph",
            Self::FormNotEncodable => "form_not_encodable",
        }
    }
}

/// `line 12: carrier[1].api_key: secret_missing: env:KDN_KEY`, the form the troubles carry.
/// One line, its parts by `|`, as a trouble carries it and the language files take it apart. A
/// reader's word may have several lines; they become one.
impl fmt::Display for ConfigFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = self.what.replace('\n', " ");
        write!(f, "{}|{}|{}|{what}", self.line, self.key, self.why.word())
    }
}

/// Why there are no settings to work with.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// There is no file yet.
    #[error("{0} does not exist")]
    Absent(PathBuf),
    /// The file is there and cannot be read.
    #[error("{0} cannot be read: {1}")]
    Unreadable(PathBuf, #[source] io::Error),
    /// The file can be read and not be used.
    #[error("{0} has {n} faults", n = .1.len())]
    Faults(PathBuf, Vec<ConfigFault>),
}
