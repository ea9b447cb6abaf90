//! Answers whose form no document shows, kept as they came for whoever will read them: sealed with
//! a key of this home, few and for a while. Nothing is decided by them.

use crate::{
    Station, config,
    db::DbError,
    trouble::{Action, Code, Trouble},
    view::{UnseenAnswer, UnseenText},
};
use chacha20poly1305::{
    AeadCore, KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, OsRng, Payload},
};
use rusqlite::{OptionalExtension, params};
use std::fs;

/// Answers that are kept, newest ones.
const KEPT_MAX: u32 = 200;
/// For so long.
const KEPT_MS: i64 = 30 * 86_400_000;
/// None that is longer.
const BYTES_MAX: usize = 64 << 10;
/// Its place in the system's store.
const KEY_NAME: &str = "unseen-answers";
/// Its place in the home where the system keeps none.
const KEY_FOLDER: &str = "secrets";
const KEY_BYTES: usize = 32;

/// The key of this home.
type Key = [u8; KEY_BYTES];

/// What cannot be kept or read, without what it says.
type Why = String;

impl Station {
    /// Keeps an answer. What cannot be kept is lost: no call waits for it or fails by it.
    pub(crate) async fn keep_unseen(&self, account: &str, api: &'static str, body: &[u8]) {
        if body.is_empty() || body.len() > BYTES_MAX {
            return;
        }
        let at_ms = self.now_ms();
        let bytes = i64::try_from(body.len()).unwrap_or(i64::MAX);
        let sealed =
            self.unseen_key().and_then(|key| seal(&key, &about(account, api, at_ms), body));
        let (nonce, sealed) = match sealed {
            Ok(sealed) => sealed,
            Err(why) => return tracing::warn!(%why, "an answer was not kept"),
        };
        let account = account.to_owned();
        let kept = self.db.write(move |db| -> Result<(), DbError> {
            db.prepare_cached(
                "INSERT INTO unseen_answer (account, api, at_ms, bytes, nonce, sealed)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![account, api, at_ms, bytes, nonce, sealed])?;
            db.prepare_cached(
                "DELETE FROM unseen_answer WHERE at_ms < ?1
                    OR id <= (SELECT max(id) FROM unseen_answer) - ?2",
            )?
            .execute(params![at_ms - KEPT_MS, KEPT_MAX])?;
            Ok(())
        });
        if let Err(error) = kept.await {
            tracing::warn!(%error, "an answer was not kept");
        }
    }

    /// The answers that are kept, newest first, without what they say.
    ///
    /// # Errors
    /// The database.
    pub fn unseen_answers(&self) -> Result<Vec<UnseenAnswer>, Trouble> {
        Ok(self.db.read(|db| -> Result<_, DbError> {
            let mut statement = db.prepare_cached(
                "SELECT id, account, api, at_ms, bytes FROM unseen_answer ORDER BY id DESC",
            )?;
            let rows: Result<Vec<UnseenAnswer>, _> = statement
                .query_map([], |row| {
                    Ok(UnseenAnswer {
                        id: row.get(0)?,
                        account: row.get(1)?,
                        api: row.get(2)?,
                        at_ms: row.get(3)?,
                        bytes: row.get(4)?,
                    })
                })?
                .collect();
            Ok(rows?)
        })?)
    }

    /// What a kept answer says, as it came: people and addresses stand in it.
    ///
    /// # Errors
    /// [`Code::NoOrder`] if it is not there; [`Code::Storage`] if the key is not; the database.
    pub fn unseen_answer(&self, id: i64) -> Result<UnseenText, Trouble> {
        let found = self.db.read(|db| -> Result<_, DbError> {
            Ok(db
                .prepare_cached(
                    "SELECT account, api, at_ms, nonce, sealed FROM unseen_answer WHERE id = ?1",
                )?
                .query_row([id], |row| {
                    let about: (String, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
                    Ok((about, row.get::<_, Vec<u8>>(3)?, row.get::<_, Vec<u8>>(4)?))
                })
                .optional()?)
        })?;
        let Some(((account, api, at_ms), nonce, sealed)) = found else {
            let fields = [("id", id.to_string())];
            return Err(Trouble::new(Code::NoOrder, Action::None, fields));
        };
        let storage = |why| Trouble::new(Code::Storage, Action::None, [("why", why)]);
        let key = self.unseen_key().map_err(storage)?;
        let text = open(&key, &about(&account, &api, at_ms), &nonce, &sealed).map_err(storage)?;
        Ok(UnseenText { text: String::from_utf8_lossy(&text).into_owned() })
    }

    /// The key of this home; made the first time.
    fn unseen_key(&self) -> Result<Key, Why> {
        // A name of its own for each home: another's key opens nothing here.
        let place = self.home.join(KEY_FOLDER).join(KEY_NAME);
        let home = crate::key::order_key("unseen", &self.home.display().to_string(), 1, 0);
        let name = format!("{KEY_NAME}-{home}");
        if let Ok(text) = (self.outside.keyring)(&name) {
            return key_of(&text);
        }
        match fs::read_to_string(&place) {
            Ok(text) => return key_of(&text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error.to_string()),
        }
        let key: Key = XChaCha20Poly1305::generate_key(&mut OsRng).into();
        let text: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
        let kept = (self.outside.keep_secret)(&name, Some(&text));
        // Stores have been seen that take everything and give nothing back.
        if kept.is_ok() && (self.outside.keyring)(&name).is_ok_and(|back| back == text) {
            return Ok(key);
        }
        config::private_folder(&self.home.join(KEY_FOLDER)).map_err(|why| why.to_string())?;
        config::put_file(&place, text.as_bytes()).map_err(|why| why.to_string())?;
        Ok(key)
    }
}

/// What an answer is sealed with beside the key: it opens in no other row.
fn about(account: &str, api: &str, at_ms: i64) -> String {
    format!("{account}\0{api}\0{at_ms}")
}

fn key_of(text: &str) -> Result<Key, Why> {
    let text = text.trim();
    let mut key = [0; KEY_BYTES];
    if text.len() != 2 * KEY_BYTES || !text.is_ascii() {
        return Err("the key of kept answers is not one".to_owned());
    }
    for (byte, at) in key.iter_mut().zip((0..).step_by(2)) {
        let read = u8::from_str_radix(&text[at..at + 2], 16);
        *byte = read.map_err(|_| "the key of kept answers is not one".to_owned())?;
    }
    Ok(key)
}

/// Nonce and sealed bytes.
fn seal(key: &Key, about: &str, text: &[u8]) -> Result<(Vec<u8>, Vec<u8>), Why> {
    let nonce = XChaCha20Poly1305::generate_nonce(&mut OsRng);
    let payload = Payload { msg: text, aad: about.as_bytes() };
    let sealed = XChaCha20Poly1305::new(key.into()).encrypt(&nonce, payload);
    Ok((nonce.to_vec(), sealed.map_err(|_| "it cannot be sealed".to_owned())?))
}

fn open(key: &Key, about: &str, nonce: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Why> {
    let wrong = || "it cannot be opened with the key of this home".to_owned();
    let nonce: [u8; 24] = nonce.try_into().map_err(|_| wrong())?;
    let payload = Payload { msg: sealed, aad: about.as_bytes() };
    let opened = XChaCha20Poly1305::new(key.into()).decrypt(XNonce::from_slice(&nonce), payload);
    opened.map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_its_key_in_its_row_alone() {
        let (key, text) = ([7; KEY_BYTES], "李四 13900000002".as_bytes());
        let (nonce, sealed) = seal(&key, "圆通", text).unwrap();
        assert!(!sealed.windows(6).any(|part| part == "李四".as_bytes()));
        assert_eq!(open(&key, "圆通", &nonce, &sealed).as_deref(), Ok(text));
        assert!(open(&[8; KEY_BYTES], "圆通", &nonce, &sealed).is_err());
        assert!(open(&key, "中通", &nonce, &sealed).is_err());
        let (other, _) = seal(&key, "圆通", text).unwrap();
        assert_ne!(other, nonce);
        assert!(open(&key, "圆通", &other, &sealed).is_err());
        assert!(open(&key, "圆通", &nonce[1..], &sealed).is_err());
    }

    #[test]
    fn a_key_is_read_as_it_was_written() {
        let text = "00ff".repeat(16);
        assert_eq!(key_of(&format!("{text}\n")).unwrap()[..2], [0, 255]);
        for bad in ["", "00ff", &"zz".repeat(32), &"钥".repeat(22)] {
            assert!(key_of(bad).is_err(), "{bad}");
        }
    }
}
