//! The way of every call of an account to the network: each API at its own pace, counted by China's
//! days where its documents allow only so many.

use crate::{
    Account, Station, calls,
    carrier::{CALLS_PER_S, Carrier, Limit},
    config::CarrierConfig,
    outside::{Answer, Http, HttpError, Later, Request},
    record,
};
use std::{
    collections::BTreeMap,
    sync::{
        MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::time::{self, Instant};

/// When each API may be asked next.
pub(crate) type Aside = BTreeMap<&'static str, Instant>;

/// One piece of work of an account: a call with its follow-ups.
pub(crate) struct Paced<'a> {
    station: &'a Station,
    account: &'a Account,
    /// The queue has waited for the first call's turn already.
    first_is_paced: AtomicBool,
}

impl<'a> Paced<'a> {
    /// Work that the queue let go.
    pub fn queued(station: &'a Station, account: &'a Account) -> Self {
        Self { station, account, first_is_paced: AtomicBool::new(true) }
    }

    /// Work on the side: questions of people, and what no order waits for.
    pub fn aside(station: &'a Station, account: &'a Account) -> Self {
        Self { station, account, first_is_paced: AtomicBool::new(false) }
    }

    async fn exchange(&self, request: Request) -> Result<Answer, HttpError> {
        let its_turn = self.first_is_paced.swap(false, Ordering::Relaxed);
        let limits = self.account.carrier.limits();
        if let Some(limit) = limits.iter().find(|limit| is_for(&request, limit)) {
            if !its_turn {
                time::sleep(self.account.turn(limit)).await;
            }
            if self.account.calls_a_day(limit).is_some() {
                self.count(limit.api).await;
            }
        }
        let unseen = self.account.carrier.unseen();
        let unseen = unseen.iter().find(|(_, mark)| has(&request, mark));
        let answer = self.recorded(request).await?;
        if let Some((api, _)) = unseen {
            self.station.keep_unseen(&self.account.config.name, api, &answer.body).await;
        }
        Ok(answer)
    }

    /// Sends it, and keeps what was said if a person asked for that.
    async fn recorded(&self, request: Request) -> Result<Answer, HttpError> {
        let http = &self.station.outside.http;
        let (home, name) = (&self.station.home, &self.account.config.name);
        let begun_ms = self.station.now_ms();
        let Some(recording) = record::recording(home, name, begun_ms) else {
            return http.send(request).await;
        };
        let outcome = http.send(request.clone()).await;
        let elapsed_ms = self.station.now_ms() - begun_ms;
        let path = recording.path(home);
        if let Err(error) = record::add(&path, &request, &outcome, begun_ms, elapsed_ms) {
            tracing::warn!(%error, "an exchange could not be recorded");
        }
        outcome
    }

    async fn count(&self, api: &'static str) {
        let (account, now_ms) = (self.account.config.name.clone(), self.station.now_ms());
        let counted = self.station.db.write(move |db| -> Result<(), crate::db::DbError> {
            Ok(calls::count(db, &account, api, now_ms)?)
        });
        // A call is not held back because it could not be counted.
        if let Err(error) = counted.await {
            tracing::warn!(%error, "a call was not counted");
        }
    }
}

impl Http for Paced<'_> {
    fn send(&self, request: Request) -> Later<'_, Result<Answer, HttpError>> {
        Box::pin(self.exchange(request))
    }
}

impl Account {
    /// Calls a second of the queue.
    pub(crate) fn calls_per_s(&self) -> u32 {
        calls_per_s(&self.config, &*self.carrier)
    }

    /// Calls under way at once, as things stand.
    pub(crate) fn in_flight_max(&self) -> u32 {
        let flight = self.flight.lock().unwrap_or_else(PoisonError::into_inner);
        flight.most(self.calls_per_s(), self.config.in_flight)
    }

    /// What the settings or the documents allow of an API a day.
    pub(crate) fn calls_a_day(&self, limit: &Limit) -> Option<u32> {
        self.config.calls_a_day.or(limit.calls_a_day)
    }

    /// A call of the queue took so long, with or without an answer.
    pub(crate) fn took(&self, unanswered: bool, elapsed_ms: u32) {
        let mut flight = self.flight.lock().unwrap_or_else(PoisonError::into_inner);
        match unanswered {
            true => flight.unanswered(elapsed_ms),
            false => flight.answered(elapsed_ms),
        }
    }

    /// Takes the next turn of an API: how long to wait for it.
    fn turn(&self, limit: &Limit) -> Duration {
        let now = Instant::now();
        let mut aside = self.aside();
        let free = aside.get(limit.api).copied().unwrap_or(now).max(now);
        let per_s = self.config.calls_per_s.unwrap_or(limit.calls_per_s).max(1);
        aside.insert(limit.api, free + Duration::from_secs(1) / per_s);
        free - now
    }

    fn aside(&self) -> MutexGuard<'_, Aside> {
        self.aside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the settings say, else the documents of the API that gives numbers.
pub(crate) fn calls_per_s(entry: &CarrierConfig, carrier: &dyn Carrier) -> u32 {
    let documented = carrier.limits().first().map_or(CALLS_PER_S, |limit| limit.calls_per_s);
    entry.calls_per_s.unwrap_or(documented)
}

fn is_for(request: &Request, limit: &Limit) -> bool {
    has(request, limit.mark)
}

/// Whether its address or body has a mark.
fn has(request: &Request, mark: &str) -> bool {
    let in_body = |mark: &[u8]| request.body.windows(mark.len()).any(|part| part == mark);
    request.url.contains(mark) || in_body(mark.as_bytes())
}
