//! PINs and badges: kept as slow salted hashes only, compared without telling how near a guess was.

use argon2::{
    Argon2, PasswordHash, PasswordHasher, PasswordVerifier,
    password_hash::{Salt, SaltString},
};
use sha2::{Digest, Sha256};

/// A PIN is typed with gloves on, and not guessed at a bench.
const PIN_DIGITS: std::ops::RangeInclusive<usize> = 4..=12;
/// A badge's code; shorter ones are quantities and commands.
const BADGE_CHARS: std::ops::RangeInclusive<usize> = 4..=64;

/// Whether a text can be a PIN.
pub fn is_pin(text: &str) -> bool {
    PIN_DIGITS.contains(&text.len()) && text.chars().all(|c| c.is_ascii_digit())
}

/// Whether a text can be a badge's code.
pub fn is_badge(text: &str) -> bool {
    BADGE_CHARS.contains(&text.chars().count()) && !text.starts_with("*PB-")
}

/// The hash that is kept. `salt` is different each time.
pub fn hashed(secret: &str, salt: &[u8; 16]) -> String {
    let salt = SaltString::encode_b64(salt).expect("16 bytes are a salt");
    let salt: Salt<'_> = salt.as_salt();
    let hash = Argon2::default().hash_password(secret.as_bytes(), salt);
    hash.expect("the usual settings take any text").to_string()
}

/// Whether a text is the one that was hashed. Takes tens of milliseconds.
pub fn fits(secret: &str, hash: &str) -> bool {
    let known = PasswordHash::new(hash);
    known.is_ok_and(|hash| Argon2::default().verify_password(secret.as_bytes(), &hash).is_ok())
}

/// One byte of a badge: 255 of 256 other codes are told from it at once.
pub fn mark(badge: &str) -> u8 {
    let mut digest = Sha256::new();
    digest.update(b"packbench badge\0");
    digest.update(badge.as_bytes());
    digest.finalize()[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_fits_its_secret_alone_and_shows_nothing_of_it() {
        let hash = hashed("4711", &[7; 16]);
        assert!(hash.starts_with("$argon2id$") && !hash.contains("4711"), "{hash}");
        assert!(fits("4711", &hash) && !fits("4712", &hash) && !fits("", &hash));
        assert!(!fits("4711", "") && !fits("4711", "$argon2id$broken"));
        assert_ne!(hash, hashed("4711", &[8; 16]), "salted");
    }

    #[test]
    fn pins_and_badges_have_a_form() {
        for (text, pin, badge) in [
            ("4711", true, true),
            ("471", false, false),
            ("47 11", false, true),
            ("*PB-PAUSE*", false, false),
            ("EMP-00042", false, true),
        ] {
            assert_eq!((is_pin(text), is_badge(text)), (pin, badge), "{text}");
        }
    }
}
