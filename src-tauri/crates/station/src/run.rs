//! The workers: tasks that take turns until there is nothing to do, and sleep until woken.

use crate::{
    Ran, Station, batch,
    dispatch::Next,
    print::spool::Spool,
    shipment::{ShipmentError, waybill},
};
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{Notify, watch},
    task::JoinSet,
    time,
};

/// After a failure of the database, before the next turn: a full disk is not emptied faster.
const AFTER_FAILURE: Duration = Duration::from_secs(2);
/// How long a stop waits for answers under way. What comes later is looked up at the next start.
const STOP_WAIT: Duration = Duration::from_secs(5);
/// How often finished batches are closed.
const TIDY_EVERY: Duration = Duration::from_millis(500);

/// How often old drawings of carriers are looked for, and how soon again when there were many: they
/// hurry nobody, and a label never waits for them.
const FORGET_EVERY: Duration = Duration::from_secs(3_600);
const FORGET_MORE_AFTER: Duration = Duration::from_secs(1);
/// Drawings forgotten in one write.
const FORGOTTEN_MAX: usize = 50;
const DAY_MS: i64 = 86_400_000;

/// The workers of an open station.
pub struct Running {
    tasks: JoinSet<()>,
    stop: watch::Sender<bool>,
}

impl Station {
    /// Starts the workers: one dispatcher a carrier account with its calls in flight, one task a
    /// printer.
    pub fn run(self: &Arc<Self>) -> Running {
        let (stop, stopping) = watch::channel(false);
        let mut tasks = JoinSet::new();
        for place in 0..self.accounts.len() {
            tasks.spawn(Arc::clone(self).dispatch(place, stopping.clone()));
            tasks.spawn(Arc::clone(self).track(place, stopping.clone()));
            tasks.spawn(Arc::clone(self).couriers(place, stopping.clone()));
            tasks.spawn(Arc::clone(self).messages_of_account(place, stopping.clone()));
        }
        for place in 0..self.printers.len() {
            tasks.spawn(Arc::clone(self).print(place, stopping.clone()));
        }
        tasks.spawn(Arc::clone(self).keep_house(stopping.clone()));
        tasks.spawn(Arc::clone(self).watch_scale(stopping.clone()));
        tasks.spawn(Arc::clone(self).watch_scanner(stopping.clone()));
        tasks.spawn(Arc::clone(self).forget(stopping.clone()));
        tasks.spawn(Arc::clone(self).close_batches(stopping));
        Running { tasks, stop }
    }

    async fn dispatch(self: Arc<Self>, place: usize, mut stopping: watch::Receiver<bool>) {
        let account = &self.accounts[place];
        let mut calls = JoinSet::new();
        while !*stopping.borrow() {
            while calls.try_join_next().is_some() {}
            if calls.len() >= account.in_flight_max() as usize {
                tokio::select! {
                    _ = calls.join_next() => {}
                    _ = stopping.changed() => {}
                }
                continue;
            }
            match self.next_call(account).await {
                Ok(Next::Call(entry)) => {
                    let station = Arc::clone(&self);
                    calls.spawn(async move {
                        let account = &station.accounts[place];
                        if let Err(error) = station.call(account, *entry).await {
                            tracing::error!(%error, "an outcome could not be recorded");
                        }
                        account.wake.notify_one();
                    });
                }
                Ok(Next::Count) => {
                    let station = Arc::clone(&self);
                    calls.spawn(async move {
                        let account = &station.accounts[place];
                        station.count(account).await;
                        account.wake.notify_one();
                    });
                }
                Ok(Next::Idle { until_ms }) => {
                    self.sleep(until_ms, &account.wake, &mut stopping).await;
                }
                Err(error) => {
                    tracing::error!(%error, "dispatch");
                    time::sleep(AFTER_FAILURE).await;
                }
            }
        }
        let finish = async { while calls.join_next().await.is_some() {} };
        if time::timeout(STOP_WAIT, finish).await.is_err() {
            tracing::warn!("stopped with calls under way; they are looked up at the next start");
        }
    }

    /// One look at a time, whatever waits: the packer's calls go first.
    async fn track(self: Arc<Self>, place: usize, mut stopping: watch::Receiver<bool>) {
        let nobody = Notify::new();
        while !*stopping.borrow() {
            match self.track_turn(&self.accounts[place]).await {
                Ok(Ran::Did) => {}
                Ok(Ran::Idle { until_ms }) => self.sleep(until_ms, &nobody, &mut stopping).await,
                Err(error) => {
                    tracing::error!(%error, "track");
                    time::sleep(AFTER_FAILURE).await;
                }
            }
        }
    }

    async fn couriers(self: Arc<Self>, place: usize, mut stopping: watch::Receiver<bool>) {
        let account = &self.accounts[place];
        while !*stopping.borrow() {
            match self.pickup_turn(account).await {
                Ok(Ran::Did) => {}
                Ok(Ran::Idle { until_ms }) => {
                    self.sleep(until_ms, &account.courier, &mut stopping).await;
                }
                Err(error) => {
                    tracing::error!(%error, "couriers");
                    time::sleep(AFTER_FAILURE).await;
                }
            }
        }
    }

    async fn messages_of_account(
        self: Arc<Self>,
        place: usize,
        mut stopping: watch::Receiver<bool>,
    ) {
        let account = &self.accounts[place];
        while !*stopping.borrow() {
            match self.sms_turn(account).await {
                Ok(Ran::Did) => {}
                Ok(Ran::Idle { until_ms }) => {
                    self.sleep(until_ms, &account.messenger, &mut stopping).await;
                }
                Err(error) => {
                    tracing::error!(%error, "messages");
                    time::sleep(AFTER_FAILURE).await;
                }
            }
        }
    }

    async fn print(self: Arc<Self>, place: usize, mut stopping: watch::Receiver<bool>) {
        let printer = &self.printers[place];
        let mut spool = Spool::default();
        while !*stopping.borrow() {
            match self.turn(printer, &mut spool).await {
                Ok(Ran::Did) => {}
                Ok(Ran::Idle { until_ms }) => {
                    self.sleep(until_ms, &printer.wake, &mut stopping).await;
                }
                Err(error) => {
                    tracing::error!(%error, "print");
                    time::sleep(AFTER_FAILURE).await;
                }
            }
        }
        // Labels inside a printer that can tell are waited for; the rest is asked about later.
        let finish = async {
            while spool.holds_labels() {
                match self.drain(printer, &mut spool).await {
                    Ok(()) => time::sleep(Duration::from_millis(50)).await,
                    Err(error) => {
                        tracing::error!(%error, "print");
                        break;
                    }
                }
            }
        };
        if time::timeout(STOP_WAIT, finish).await.is_err() {
            tracing::warn!("stopped with labels inside a printer");
        }
        printer.way.let_go();
    }

    async fn close_batches(self: Arc<Self>, mut stopping: watch::Receiver<bool>) {
        let mut changed = self.changed();
        loop {
            if let Err(error) = self.close_finished().await {
                tracing::error!(%error, "batches");
            }
            tokio::select! {
                _ = stopping.changed() => return,
                _ = changed.changed() => {}
            }
            tokio::select! {
                _ = stopping.changed() => return,
                () = time::sleep(TIDY_EVERY) => {}
            }
        }
    }

    async fn forget(self: Arc<Self>, mut stopping: watch::Receiver<bool>) {
        loop {
            let pause = match self.forget_templates().await {
                Ok(FORGOTTEN_MAX..) => FORGET_MORE_AFTER,
                Ok(_) => FORGET_EVERY,
                Err(error) => {
                    tracing::error!(%error, "templates");
                    FORGET_EVERY
                }
            };
            tokio::select! {
                _ = stopping.changed() => return,
                () = time::sleep(pause) => {}
            }
        }
    }

    /// Forgets some of the carriers' drawings that are past the settings' days; how many. Tests
    /// drive this themselves.
    ///
    /// # Errors
    /// The database failed.
    pub async fn forget_templates(&self) -> Result<usize, ShipmentError> {
        let now_ms = self.now_ms();
        let before_ms = now_ms - i64::from(self.config.keep_templates_days) * DAY_MS;
        let most = u32::try_from(FORGOTTEN_MAX).unwrap_or(u32::MAX);
        let old = self.db.read(|db| waybill::old_templates(db, before_ms, most))?;
        if old.is_empty() {
            return Ok(0);
        }
        self.db.write(move |db| waybill::forget_templates(db, &old, now_ms)).await
    }

    async fn close_finished(&self) -> Result<(), ShipmentError> {
        let now_ms = self.now_ms();
        let Some(id) = self.db.read(batch::live)? else { return Ok(()) };
        if self.db.write(move |db| batch::close_if_done(db, id, now_ms)).await? {
            self.touch();
        }
        Ok(())
    }

    async fn sleep(
        &self,
        until_ms: Option<i64>,
        wake: &Notify,
        stopping: &mut watch::Receiver<bool>,
    ) {
        let nap = async {
            match until_ms {
                Some(until_ms) => {
                    let left_ms = u64::try_from(until_ms - self.now_ms()).unwrap_or(0).max(1);
                    time::sleep(Duration::from_millis(left_ms)).await;
                }
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = nap => {}
            () = wake.notified() => {}
            _ = stopping.changed() => {}
        }
    }
}

impl Running {
    /// Stops after what is under way: no new call, no new label.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        while self.tasks.join_next().await.is_some() {}
    }
}
