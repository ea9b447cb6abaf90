//! The house's own work, behind all other: the day's copy, people forgotten, files for shops, once
//! a minute.

use crate::Station;
use std::{sync::Arc, time::Duration};
use tokio::{sync::watch, time};

/// How often it is looked whether something is due.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// Between two small steps of many.
const NEXT_AFTER: Duration = Duration::from_millis(250);

impl Station {
    /// Copies, forgets and tells shops until stopped.
    pub(crate) async fn keep_house(self: Arc<Self>, mut stopping: watch::Receiver<bool>) {
        loop {
            let pause = match self.blank_old().await {
                Ok(0) => LOOK_EVERY,
                Ok(_) => NEXT_AFTER,
                Err(error) => {
                    tracing::error!(%error, "forgetting people");
                    LOOK_EVERY
                }
            };
            if let Err(trouble) = self.tell_by_itself().await {
                tracing::error!(code = ?trouble.code, "numbers for shops");
            }
            let station = Arc::clone(&self);
            let copied = tokio::task::spawn_blocking(move || station.back_up_daily()).await;
            if let Ok(Err(trouble)) = copied {
                tracing::error!(code = ?trouble.code, "the day's copy");
            }
            tokio::select! {
                _ = stopping.changed() => return,
                () = time::sleep(pause) => {}
            }
        }
    }
}
