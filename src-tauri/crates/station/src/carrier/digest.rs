//! The MD5 forms that carriers sign with. Which text is digested is each carrier's own.

use base64::{Engine, prelude::BASE64_STANDARD};
use md5::{Digest, Md5};

/// Base64 of the 16 bytes.
pub fn base64_md5(text: &str) -> String {
    BASE64_STANDARD.encode(Md5::digest(text))
}

/// 32 digits in small letters.
pub fn hex_md5(text: &str) -> String {
    Md5::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Takes as long for a wrong signature as for a right one.
pub fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len()
        && one.iter().zip(other).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

/// 32 digits in capitals.
pub fn upper_hex_md5(text: &str) -> String {
    hex_md5(text).to_ascii_uppercase()
}
