//! What an order is found by: its words in one text, with the first letters of their pinyin; and by
//! what two orders are seen to go to the same person. Pure: no database.

use crate::order::Person;
use pinyin::{ToPinyin, ToPinyinMulti};
use sha2::{Digest, Sha256};

/// Ways to read a name that are kept: 曾 is zēng and céng, and nobody knows which one is typed.
const READINGS_MAX: usize = 8;

/// The text that a search looks through: the number, the name, the phone, the goods, and the first
/// letters of name and goods, in small letters, each on a line.
pub fn search_text(number: &str, name: &str, phone: &str, goods: &str) -> String {
    let names = readings(name).join("\n");
    format!("{number}\n{name}\n{phone}\n{goods}\n{names}\n{}", initials(goods)).to_lowercase()
}

/// "蓝牙耳机 Pro ×1" → "lyejpro1": letters and digits stay, of Han the usual reading's first letter.
fn initials(text: &str) -> String {
    let mut found = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            found.push(c);
        } else if let Some(read) = c.to_pinyin() {
            found.push_str(read.first_letter());
        }
    }
    found
}

/// Every way to read a name by first letters, the usual one first, at most [`READINGS_MAX`].
fn readings(name: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    for c in name.chars() {
        let mut letters: Vec<&str> = Vec::new();
        let mut own = [0; 4];
        if c.is_ascii_alphanumeric() {
            letters.push(c.encode_utf8(&mut own));
        }
        for read in c.to_pinyin_multi().into_iter().flatten() {
            if !letters.contains(&read.first_letter()) {
                letters.push(read.first_letter());
            }
        }
        if letters.is_empty() {
            continue;
        }
        all = letters.iter().flat_map(|l| all.iter().map(move |so| format!("{so}{l}"))).collect();
        all.truncate(READINGS_MAX);
    }
    all
}

/// The same number for orders of one shop to one person at one address, however typed: blanks,
/// punctuation and the width of letters do not count. 0 where nobody can be told from another, and
/// abroad, where customs look at each order.
pub fn buyer(shop: &str, to: &Person) -> i64 {
    let at = &to.address;
    if to.name.is_empty() || to.phone.is_empty() || at.detail.is_empty() || at.is_abroad() {
        return 0;
    }
    let mut hash = Sha256::new();
    hash.update(shop.as_bytes());
    let parts =
        [&to.name, &to.phone, &at.country, &at.province, &at.city, &at.district, &at.detail];
    for part in parts {
        hash.update([0]);
        hash.update(plain(part).as_bytes());
    }
    let digest = hash.finalize();
    let first = digest.iter().take(8).fold(0, |sum: i64, byte| (sum << 8) | i64::from(*byte));
    // 0 means nobody.
    if first == 0 { 1 } else { first }
}

/// Without blanks and punctuation, in small letters of usual width.
fn plain(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    text.chars().map(narrow).filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::order::Address;

    #[test]
    fn found_by_first_letters_in_every_reading_of_the_name() {
        let text = search_text("WC-1", "曾乐", "13800000921", "蓝牙耳机 Pro ×1");
        for word in ["wc-1", "曾", "0921", "耳机", "zl", "zy", "cl", "lyejpro"] {
            assert!(text.contains(word), "{word} in {text:?}");
        }
        assert!(search_text("1", "Zoë 李", "", "").contains("zol"), "letters of other words stay");
        assert!(readings("重重重重重").len() <= READINGS_MAX);
    }

    fn to(name: &str, phone: &str, detail: &str) -> Person {
        let address = Address {
            province: "浙江省".into(),
            city: "杭州市".into(),
            district: "余杭区".into(),
            detail: detail.into(),
            ..Address::default()
        };
        Person { name: name.into(), phone: phone.into(), address, ..Person::default() }
    }

    #[test]
    fn one_buyer_however_the_address_was_typed() {
        let one = buyer("抖店", &to("李思", "13800000001", "文一西路 1 号，A 座"));
        assert_ne!(one, 0);
        assert_eq!(one, buyer("抖店", &to(" 李思", "138-0000-0001", "文一西路１号a座")));
        let others = [
            buyer("淘宝", &to("李思", "13800000001", "文一西路 1 号，A 座")),
            buyer("抖店", &to("李四", "13800000001", "文一西路 1 号，A 座")),
            buyer("抖店", &to("李思", "13800000002", "文一西路 1 号，A 座")),
            buyer("抖店", &to("李思", "13800000001", "文一西路 11 号，A 座")),
        ];
        assert!(!others.contains(&one), "{others:?}");
        assert_eq!(buyer("抖店", &to("李思", "", "文一西路 1 号")), 0, "nobody without a phone");
    }
}
