//! Pushes: whose they are, and what they say, merged like an answer to a question.

use super::{
    eta,
    kept::{self, Beat},
    plan::Time,
};
use crate::{
    Account, Station,
    carrier::{
        apply::ApplyTold,
        hear::{Heard, News, Push},
    },
    shipment::ShipmentError,
};

/// An account that does not ask has no pace of its own: as if it asked at its leisure.
const AGAIN_MS: i64 = 3_600_000;

/// What goes back to who pushed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeardAnswer {
    /// HTTP status.
    pub status: u16,
    /// JSON or XML, as the carrier wants it; may be empty.
    pub body: String,
}

impl HeardAnswer {
    /// What kind of text the answer is.
    pub fn content_type(&self) -> &'static str {
        if self.body.starts_with('<') {
            "text/xml;charset=utf-8"
        } else {
            "application/json;charset=utf-8"
        }
    }
}

impl Station {
    /// Hears a push of any carrier account. It is kept before it is answered; what is not kept is
    /// answered so that it comes again.
    pub async fn hear(&self, body: &[u8]) -> HeardAnswer {
        self.hear_at("", body).await
    }

    /// Whether an account hears pushes at an address that ends in `token`: where none does, nothing
    /// needs to be read.
    pub fn opens(&self, token: &str) -> bool {
        let opens =
            |account: &Account| account.carrier.hears().is_some_and(|hears| hears.opens(token));
        token.is_empty() || self.accounts.iter().any(opens)
    }

    /// Hears a push that came to an address that ends in `token`, which alone proves some.
    pub async fn hear_at(&self, token: &str, body: &[u8]) -> HeardAnswer {
        let push = Push { body, now_ms: self.now_ms() };
        let mut answered = HeardAnswer { status: 404, body: String::new() };
        // Accounts of one merchant share a key: an application is at one of them.
        let mut applied: Option<(Vec<String>, Box<ApplyTold>, String)> = None;
        for account in &self.accounts {
            let Some(hears) = account.carrier.hears() else { continue };
            if !hears.opens(token) {
                continue;
            }
            let name = &account.config.name;
            match hears.hear(push) {
                Heard::NotMine => {}
                // Another account of the same merchant may have the right key.
                Heard::Refused { answer, why } => {
                    tracing::warn!(carrier = %name, why, "a push was refused");
                    answered = HeardAnswer { status: 200, body: answer };
                }
                Heard::Applied { told, answer } => {
                    let (names, ..) = applied.get_or_insert_with(|| (Vec::new(), told, answer));
                    names.push(name.clone());
                }
                Heard::Pickups { told, answer } => {
                    return match self.keep_pickup_news(told, push.now_ms).await {
                        Ok(known) => {
                            tracing::info!(carrier = %name, known, "news of couriers were heard");
                            HeardAnswer { status: 200, body: answer }
                        }
                        Err(error) => {
                            tracing::error!(carrier = %name, %error, "a push was not kept");
                            HeardAnswer { status: 500, body: String::new() }
                        }
                    };
                }
                Heard::Tracks { news, answer } => {
                    let parcels = news.tracked.len().max(news.etas.len());
                    if let Some(api) = news.unseen {
                        self.keep_unseen(name, api, body).await;
                    }
                    return match self.keep_told(news, push.now_ms).await {
                        Ok(known) => {
                            tracing::info!(carrier = %name, parcels, known, "a push was heard");
                            HeardAnswer { status: 200, body: answer }
                        }
                        Err(error) => {
                            tracing::error!(carrier = %name, %error, "a push was not kept");
                            HeardAnswer { status: 500, body: String::new() }
                        }
                    };
                }
            }
        }
        match applied {
            Some((names, told, answer)) => self.hear_applied(names, *told, answer).await,
            None => answered,
        }
    }

    async fn hear_applied(
        &self,
        names: Vec<String>,
        told: ApplyTold,
        answer: String,
    ) -> HeardAnswer {
        let name = names.first().cloned().unwrap_or_default();
        match self.keep_application_news(names, told, self.now_ms()).await {
            Ok(known) => {
                tracing::info!(carrier = %name, known, "what became of an application was heard");
                HeardAnswer { status: 200, body: answer }
            }
            Err(trouble) => {
                let code = trouble.code;
                tracing::error!(carrier = %name, ?code, "a push was not kept");
                HeardAnswer { status: 500, body: String::new() }
            }
        }
    }

    /// Merges what was told; of how many parcels that are ours.
    async fn keep_told(&self, news: News, now_ms: i64) -> Result<usize, ShipmentError> {
        let beats: Vec<(String, Beat)> = self
            .accounts
            .iter()
            .map(|account| (account.config.name.clone(), self.beat_of(account, now_ms)))
            .collect();
        let known = self
            .db
            .write(move |db| -> Result<usize, ShipmentError> {
                let mut known = 0;
                for one in &news.tracked {
                    let Some((due, account)) = kept::by_number(db, &one.no)? else { continue };
                    // Printed through an account that the settings no longer have.
                    let Some((_, beat)) = beats.iter().find(|(name, _)| *name == account) else {
                        continue;
                    };
                    kept::merge(db, &account, due.parcel, one, *beat, true)?;
                    for (_, route) in news.routes.iter().filter(|(no, _)| *no == one.no) {
                        let at_ms = route.told_at_ms.unwrap_or(now_ms);
                        kept::route(db, (&account, &one.no), route, at_ms)?;
                    }
                    known += 1;
                }
                for (no, expected) in &news.etas {
                    let Some((_, account)) = kept::by_number(db, no)? else { continue };
                    eta::keep(db, (&account, no), Some(expected), news.told_at_ms, eta::By::Told)?;
                    known += usize::from(news.tracked.is_empty());
                }
                Ok(known)
            })
            .await?;
        self.touch();
        Ok(known)
    }

    fn beat_of(&self, account: &Account, now_ms: i64) -> Beat {
        let planned = account.carrier.tracks().and_then(|tracks| {
            let plan = self.planned(account, tracks, now_ms).ok()?;
            Some(account.beat(&plan, tracks, now_ms))
        });
        planned.unwrap_or(Beat {
            now_ms,
            stretch_permille: 1_000,
            again_after_ms: AGAIN_MS,
            time: Time::Real,
        })
    }
}
