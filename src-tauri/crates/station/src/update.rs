//! Whether there is a newer program: asked only at the address of the settings, told in a line, and
//! nothing is ever fetched or changed by itself.

use crate::{
    Station,
    outside::{Method, Request},
    view::UpdateView,
};
use serde::Deserialize;
use std::time::Duration;

/// Nobody waits for it.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Notes are a line on the screen.
const NOTES_CHARS_MAX: usize = 200;

/// What stands at the address.
#[derive(Deserialize)]
struct Said {
    version: String,
    #[serde(default)]
    url: String,
    #[serde(default)]
    notes: String,
}

impl Station {
    /// Asks whether there is a newer version than this one. Without an address, without an answer
    /// and with one that cannot be read there is none.
    pub async fn newer(&self, present: &str) -> Option<UpdateView> {
        let url = self.config.update_url.clone()?;
        let request = Request {
            method: Method::Get,
            url,
            content_type: "",
            headers: Vec::new(),
            body: Vec::new(),
            timeout: TIMEOUT,
        };
        let answer = match self.outside.http.send(request).await {
            Ok(answer) if answer.status == 200 => answer.body,
            Ok(answer) => {
                tracing::info!(status = answer.status, "no news of versions");
                return None;
            }
            Err(why) => {
                tracing::info!(%why, "no news of versions");
                return None;
            }
        };
        let said: Said = serde_json::from_slice(&answer).ok()?;
        let is_newer = numbers(&said.version)? > numbers(present)?;
        let shown = |text: &str| -> String {
            text.chars().filter(|c| !c.is_control()).take(NOTES_CHARS_MAX).collect()
        };
        is_newer.then(|| UpdateView {
            version: shown(&said.version),
            url: if said.url.starts_with("https://") { said.url } else { String::new() },
            notes: shown(&said.notes),
        })
    }
}

/// "1.2.10" as numbers; `None` if it is none.
fn numbers(version: &str) -> Option<Vec<u32>> {
    let plain = version.trim().trim_start_matches('v');
    plain.split('.').map(|part| part.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_told_apart_by_their_numbers() {
        assert!(numbers("0.10.0") > numbers("0.9.9"));
        assert!(numbers("v1.0") > numbers("0.1.0"));
        assert_eq!(numbers("soon"), None);
    }
}
