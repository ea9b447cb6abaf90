//! Forms kept for the labels that were asked for with them, each content once. The only writer of
//! `label_form`.

use super::Form;
use crate::db::DbError;
use flate2::{Compression, read::ZlibDecoder, write::ZlibEncoder};
use rusqlite::{Connection, OptionalExtension, params};
use std::io::{Read, Write};

/// A form's file and thirty pictures are smaller.
const BUNDLE_BYTES_MAX: u64 = 96 << 20;

/// Keeps a form; a second time changes nothing.
///
/// # Errors
/// SQL errors.
pub fn keep(db: &Connection, form: &Form) -> Result<(), DbError> {
    let is_there =
        db.prepare_cached("SELECT 1 FROM label_form WHERE digest = ?1")?.exists([&form.digest])?;
    if is_there {
        return Ok(());
    }
    let mut out = ZlibEncoder::new(Vec::new(), Compression::default());
    let written = out.write_all(form.bundle().as_bytes()).and_then(|()| out.finish());
    let data = written.expect("writing into memory cannot fail");
    db.prepare_cached("INSERT INTO label_form (digest, data) VALUES (?1, ?2)")?
        .execute(params![form.digest, data])?;
    Ok(())
}

/// The form of this digest; `None` if none was kept.
///
/// # Errors
/// SQL errors.
pub fn kept(db: &Connection, digest: &str) -> Result<Option<Form>, DbError> {
    let data: Option<Vec<u8>> = db
        .prepare_cached("SELECT data FROM label_form WHERE digest = ?1")?
        .query_row([digest], |row| row.get(0))
        .optional()?;
    let Some(data) = data else { return Ok(None) };
    let mut bundle = String::new();
    let read = ZlibDecoder::new(data.as_slice()).take(BUNDLE_BYTES_MAX).read_to_string(&mut bundle);
    Ok(read.ok().and_then(|_| Form::unbundled(&bundle)))
}
