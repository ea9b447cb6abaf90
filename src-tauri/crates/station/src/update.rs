//! Whether there is a newer program: asked only at the address of the settings, told in a line, and
//! nothing is ever fetched or changed by itself.

use crate::{
    Station,
    bench::{keep_meta, meta},
    outside::{HttpError, Method, Request},
    status::midnight_ms,
    view::UpdateView,
};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Nobody waits for it.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Notes are a line on the screen.
const NOTES_CHARS_MAX: usize = 200;
/// No version has more numbers.
const NUMBERS_MAX: usize = 4;
/// Where the last answer stands in `meta`.
const ASKED: &str = "update_asked";

/// What stands at the address.
#[derive(Serialize, Deserialize)]
struct Said {
    version: String,
    #[serde(default)]
    url: String,
    #[serde(default)]
    notes: String,
}

/// Where and when it was asked last, and what was said there last.
#[derive(Serialize, Deserialize)]
struct Asked {
    at: String,
    at_ms: i64,
    said: Option<Said>,
}

impl Station {
    /// Whether there is a newer version than this one. The address is asked once a day; what it
    /// said is remembered. Without an address and in practice nobody is asked. Without an answer
    /// and with one that cannot be read it is as it was.
    pub async fn newer(&self, present: &str) -> Option<UpdateView> {
        let at = self.config.update_url.clone().filter(|_| !self.config.practice)?;
        let now_ms = self.now_ms();
        let kept = self.db.read(|db| meta(db, ASKED)).ok().flatten();
        let known = kept.and_then(|text| serde_json::from_str::<Asked>(&text).ok());
        let known = known.filter(|known| known.at == at);
        if let Some(known) = &known
            && midnight_ms(known.at_ms) == midnight_ms(now_ms)
        {
            return news(known.said.as_ref()?, present);
        }
        let before = known.and_then(|known| known.said);
        let said = match self.ask_newer(&at).await {
            Ok(said) => said.or(before),
            // Nobody was asked: the next start may.
            Err(HttpError::NotSent(_)) => return news(&before?, present),
            Err(HttpError::Unknown(_)) => before,
        };
        let asked = Asked { at, at_ms: now_ms, said };
        let text = serde_json::to_string(&asked).ok()?;
        let written = self.db.write(move |db| keep_meta(db, ASKED, Some(&text))).await;
        if let Err(why) = written {
            tracing::warn!(%why, "the news of versions are asked for again");
        }
        news(&asked.said?, present)
    }

    /// What stands at the address; `None` if nothing readable does.
    async fn ask_newer(&self, at: &str) -> Result<Option<Said>, HttpError> {
        let request = Request {
            method: Method::Get,
            url: at.to_owned(),
            content_type: "",
            headers: Vec::new(),
            body: Vec::new(),
            timeout: TIMEOUT,
        };
        let answer = self.outside.http.send(request).await.inspect_err(|why| {
            tracing::info!(%why, "no news of versions");
        })?;
        if answer.status != 200 {
            tracing::info!(status = answer.status, "no news of versions");
            return Ok(None);
        }
        let said: Option<Said> = serde_json::from_slice(&answer.body).ok();
        Ok(said.filter(|said| numbers(&said.version).is_some()).map(|said| Said {
            version: shown(&said.version),
            url: Some(shown(&said.url)).filter(|url| is_link(url)).unwrap_or_default(),
            notes: shown(&said.notes),
        }))
    }
}

/// What was said, if it is of a newer version than this one.
fn news(said: &Said, present: &str) -> Option<UpdateView> {
    let Said { version, url, notes } = said;
    let is_newer = numbers(version)? > numbers(present)?;
    is_newer.then(|| UpdateView {
        version: version.clone(),
        url: url.clone(),
        notes: notes.clone(),
    })
}

fn shown(text: &str) -> String {
    text.trim().chars().filter(|c| !c.is_control()).take(NOTES_CHARS_MAX).collect()
}

fn is_link(url: &str) -> bool {
    url.starts_with("https://") && !url.contains(char::is_whitespace)
}

/// "1.2.10" as numbers, zeros behind the last one aside; `None` if it is none.
fn numbers(version: &str) -> Option<Vec<u32>> {
    let plain = version.trim().trim_start_matches('v');
    let read: Option<Vec<u32>> = plain.split('.').map(|part| part.parse().ok()).collect();
    let mut read = read.filter(|read| read.len() <= NUMBERS_MAX)?;
    while read.last() == Some(&0) {
        read.pop();
    }
    Some(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_told_apart_by_their_numbers() {
        assert!(numbers("0.10.0") > numbers("0.9.9"));
        assert!(numbers("v1.0") > numbers("0.1.0"));
        assert_eq!(numbers("1.0"), numbers("1.0.0"));
        for none in ["soon", "", "1..2", "1.-2", "1.2.3-rc1", "1.2.3.4.5", "99999999999.0"] {
            assert_eq!(numbers(none), None, "{none}");
        }
    }
}
