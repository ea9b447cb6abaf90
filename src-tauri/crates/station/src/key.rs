//! The order key: derived from shop, order number, shipment and generation, so that lost rows
//! make the same key again. A carrier that sees it twice knows that it is the same order.

use sha2::{Digest, Sha256};

/// KDNiao's `OrderCode` is the shortest key field of the carriers (30 characters).
pub const KEY_CHARS_MAX: usize = 30;
/// Characters of the shop's own number kept in front, for people who read the carrier's console.
const READABLE_MAX: usize = 12;
/// Crockford's base 32: no letter that looks like a digit.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Makes the key, at most [`KEY_CHARS_MAX`] ASCII letters, digits and `-`.
///
/// Form: `NUMBER-HASH-nG`: the last [`READABLE_MAX`] ASCII letters and digits of the order number,
/// 60 bits of SHA-256 over shop and number, the shipment's number in the order, and the
/// generation in letters (`A`, after a void `B`, … `Z`, `AA`).
pub fn order_key(shop: &str, number: &str, nth: u32, generation: u32) -> String {
    let mut hash = Sha256::new();
    hash.update(shop.as_bytes());
    hash.update([0]);
    hash.update(number.as_bytes());
    let digest = hash.finalize();
    let mut bits = digest.iter().take(8).fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
    let mut code = String::with_capacity(12);
    for _ in 0..12 {
        code.push(char::from(ALPHABET[(bits % 32) as usize]));
        bits /= 32;
    }
    let letters: Vec<char> = number.chars().filter(char::is_ascii_alphanumeric).collect();
    let readable: String = letters[letters.len().saturating_sub(READABLE_MAX)..].iter().collect();
    let tail = format!("{nth}{}", letters_of(generation));
    let key = if readable.is_empty() {
        format!("{code}-{tail}")
    } else {
        format!("{readable}-{code}-{tail}")
    };
    // Only a tail of five and more characters is too long: the hash still tells orders apart.
    if key.len() > KEY_CHARS_MAX { format!("{code}-{tail}") } else { key }
}

fn letters_of(generation: u32) -> String {
    let letter = char::from(b'A' + (generation % 26) as u8);
    if generation < 26 {
        letter.to_string()
    } else {
        format!("{}{letter}", letters_of(generation / 26 - 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn same_order_same_key() {
        assert_eq!(order_key("淘宝", "WC-20937", 1, 0), order_key("淘宝", "WC-20937", 1, 0));
    }

    #[test]
    fn anything_else_is_another_key() {
        let mut seen = HashSet::new();
        for shop in ["淘宝", "抖店", ""] {
            for number in ["1", "WC-20937", "WC20937", "订单一", "2201948573629487362947"] {
                for nth in [1, 2, 100] {
                    for generation in [0, 1, 25, 26, 27, 701, 702, 20_000] {
                        let key = order_key(shop, number, nth, generation);
                        assert!(key.len() <= KEY_CHARS_MAX, "{key}");
                        let plain = |c: u8| c.is_ascii_alphanumeric() || c == b'-';
                        assert!(key.bytes().all(plain), "{key}");
                        assert!(seen.insert(key.clone()), "{key} twice");
                    }
                }
            }
        }
    }

    #[test]
    fn shop_and_number_do_not_run_together() {
        assert_ne!(order_key("a", "b1", 1, 0), order_key("ab", "1", 1, 0));
    }
}
