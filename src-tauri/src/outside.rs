//! The real world for the station: this computer's clock, network, printers and secret store.

use crate::{home, playing::Playing};
use station::{carrier::http::RealHttp, devfile, outside::Outside, print};
use std::sync::Arc;

/// Name under which secrets stand in the system's store.
#[cfg(feature = "keyring")]
const SERVICE: &str = "packbench";

/// The world as it is; with practice beside it if that is being played.
pub fn real(playing: Option<&Playing>) -> Outside {
    let practice_port = playing.map(Playing::printer_port);
    Outside {
        now_ms: Arc::new(home::now_ms),
        http: Arc::new(RealHttp::new()),
        open_printer: Arc::new(move |address| print::open::open(address, practice_port)),
        open_device: Arc::new(|device| Box::pin(devfile::open(device))),
        keyring: Arc::new(keyring),
        keep_secret: Arc::new(keep_secret),
        practice_url: playing.map(Playing::carrier_url),
    }
}

/// A secret of the system's store. The store's client may block on a bus and runs an event loop of
/// its own, so it gets a thread of its own.
#[cfg(feature = "keyring")]
fn keyring(name: &str) -> Result<String, String> {
    in_store(name, keyring::Entry::get_password)
}

/// Keeps a secret in the system's store, or forgets it.
#[cfg(feature = "keyring")]
fn keep_secret(name: &str, secret: Option<&str>) -> Result<(), String> {
    let secret = secret.map(str::to_owned);
    in_store(name, move |entry| match &secret {
        Some(secret) => entry.set_password(secret),
        None => entry.delete_credential(),
    })
}

#[cfg(feature = "keyring")]
fn in_store<T: Send + 'static>(
    name: &str,
    act: impl FnOnce(&keyring::Entry) -> keyring::Result<T> + Send + 'static,
) -> Result<T, String> {
    let name = name.to_owned();
    let asked = std::thread::spawn(move || {
        let entry = keyring::Entry::new(SERVICE, &name).map_err(|e| e.to_string())?;
        act(&entry).map_err(|e| e.to_string())
    });
    asked.join().unwrap_or_else(|_| Err("thread".to_owned()))
}

#[cfg(not(feature = "keyring"))]
fn keyring(_: &str) -> Result<String, String> {
    Err("not built in".to_owned())
}

#[cfg(not(feature = "keyring"))]
fn keep_secret(_: &str, _: Option<&str>) -> Result<(), String> {
    Err("not built in".to_owned())
}
