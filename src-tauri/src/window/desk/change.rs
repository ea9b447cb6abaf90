//! A change of the settings taken into effect: the station is closed and opened anew under the
//! window, whose commands wait meanwhile. Practice goes on beside it.

use super::{Desk, LAST_READER_WAIT};
use crate::{
    outside,
    session::{Session, storage},
};
use station::{
    Station, config,
    trouble::{Action, Code, Trouble},
    view::{
        AccountChange, AccountForm, AccountSetups, AccountTrial, FormList, FormSave, PrinterChange,
        PrinterSetups, Right, SenderChange, SenderSetups, SettingsChange, SettingsView,
        TariffChange, TariffSetup,
    },
};
use std::{sync::Arc, time::Duration};
use tokio::runtime::Handle;

/// The settings' text as it shall be, from the station and the file as they are now.
type Plan<'a> = dyn Fn(&Station) -> Result<String, Trouble> + Send + Sync + 'a;

impl Desk {
    /// Changes the printers of the settings; the old file is kept for one step back.
    pub async fn change_printers(&self, change: &PrinterChange) -> Result<PrinterSetups, Trouble> {
        let mut session = self.session.lock().await;
        self.station()?.may(Right::Settings)?;
        // What is refused anyway stops nothing.
        self.station()?.plan_printers(change)?;
        self.in_effect(&mut session, &|station| station.plan_printers(change)).await?;
        self.station()?.note_act("printers_changed", String::new()).await?;
        self.station()?.printer_setups()
    }

    /// Changes the sender profiles of the settings; the old file is kept.
    pub async fn change_senders(&self, change: &SenderChange) -> Result<SenderSetups, Trouble> {
        let mut session = self.session.lock().await;
        self.station()?.may(Right::Settings)?;
        self.station()?.plan_senders(change)?;
        self.in_effect(&mut session, &|station| station.plan_senders(change)).await?;
        self.station()?.note_act("senders_changed", String::new()).await?;
        self.station()?.sender_setups()
    }

    /// Changes the price list of an account; the old file is kept.
    pub async fn change_tariffs(&self, change: &TariffChange) -> Result<Vec<TariffSetup>, Trouble> {
        let mut session = self.session.lock().await;
        self.station()?.may(Right::Settings)?;
        self.station()?.plan_tariffs(change)?;
        self.in_effect(&mut session, &|station| station.plan_tariffs(change)).await?;
        self.station()?.note_act("tariffs_changed", change.account.clone()).await?;
        Ok(self.station()?.tariff_setups())
    }

    /// Changes the settings of the house; the old file is kept.
    pub async fn change_settings(&self, change: &SettingsChange) -> Result<SettingsView, Trouble> {
        let mut session = self.session.lock().await;
        self.station()?.may(Right::Settings)?;
        self.station()?.plan_settings(change)?;
        self.in_effect(&mut session, &|station| station.plan_settings(change)).await?;
        self.station()?.note_act("settings_changed", change.keys()).await?;
        self.station()?.settings()
    }

    /// Changes the carrier accounts of the settings. Secrets that were typed are kept where the
    /// settings then say, and those that nobody names any more are forgotten.
    pub async fn change_accounts(&self, change: AccountChange) -> Result<AccountSetups, Trouble> {
        let mut session = self.session.lock().await;
        let oldest = {
            let station = self.station()?;
            station.may(Right::Settings)?;
            station.plan_accounts(&change)?;
            config::before(&self.home).map_err(storage)?.unwrap_or_default()
        };
        // The system's store may ask a person first.
        let kept = tokio::task::block_in_place(|| self.station()?.keep_secrets(change))?;
        let done = self.in_effect(&mut session, &|station| station.plan_accounts(&kept)).await;
        let station = self.station()?;
        // If the change failed, what was kept for it has nobody to name it.
        let unnamed = if done.is_ok() { oldest } else { kept.secret_places() };
        tokio::task::block_in_place(|| station.forget_secrets(&unnamed))?;
        done?;
        station.note_act("accounts_changed", String::new()).await?;
        station.account_setups()
    }

    /// Asks an account whether it works: one of the settings, or one that is only typed yet.
    pub async fn try_account(
        &self,
        name: &str,
        form: Option<AccountForm>,
    ) -> Result<AccountTrial, Trouble> {
        let station = self.station()?;
        match form {
            Some(form) => station.try_form(&form).await,
            None => station.try_account(name).await,
        }
    }

    /// Writes the planned settings and opens the station on them.
    async fn in_effect(
        &self,
        session: &mut Option<Session>,
        plan: &Plan<'_>,
    ) -> Result<(), Trouble> {
        let Some(mut working) = session.take() else { return Err(self.none_open()) };
        self.changing.send_replace(true);
        let result = match self.written(&mut working, plan).await {
            Ok(before) => self.opened_anew(session, working, &before).await,
            Err(trouble) => {
                working.run();
                *session = Some(working);
                Err(trouble)
            }
        };
        let station = session.as_ref().map(|session| Arc::clone(&session.station));
        self.set_open(station);
        self.changing.send_replace(false);
        result
    }

    /// Keeps a shop's form; nothing else writes the settings meanwhile.
    pub async fn save_form(&self, save: &FormSave) -> Result<FormList, Trouble> {
        let _session = self.session.lock().await;
        let station = self.station()?;
        station.may(Right::Settings)?;
        let list = station.save_form(save)?;
        // Orders may be held for want of the room that there is now.
        station.recheck_unfitting().await?;
        Ok(list)
    }

    /// Takes a shop's form away.
    pub async fn remove_form(&self, name: &str) -> Result<FormList, Trouble> {
        let _session = self.session.lock().await;
        let station = self.station()?;
        station.may(Right::Settings)?;
        let list = station.remove_form(name)?;
        station.recheck_unfitting().await?;
        Ok(list)
    }

    /// Brings the station to rest and writes the settings; what they were before.
    async fn written(&self, working: &mut Session, plan: &Plan<'_>) -> Result<String, Trouble> {
        working.rest().await;
        self.set_open(None);
        let alone = async {
            while Arc::strong_count(&working.station) > 1 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        if tokio::time::timeout(LAST_READER_WAIT, alone).await.is_err() {
            return Err(Trouble::new(Code::StationBusy, Action::Retry, []));
        }
        // Once more: a label may have left since it was planned.
        let text = plan(&working.station)?;
        let before = std::fs::read_to_string(self.home.join(config::FILE_NAME)).map_err(storage)?;
        config::replace(&self.home, &text).map_err(storage)?;
        Ok(before)
    }

    /// Opens the station on the new settings, or on the old ones if that fails.
    async fn opened_anew(
        &self,
        session: &mut Option<Session>,
        old: Session,
        before: &str,
    ) -> Result<(), Trouble> {
        // The home is free for the next station when this one is gone.
        let seat = old.station.seat_taken();
        let playing = old.give_up();
        let open = || Station::open(&self.home, outside::real(playing.as_ref()));
        let (station, wrong) = match open().await {
            Ok(station) => (station, None),
            Err(wrong) => {
                config::replace(&self.home, before).map_err(storage)?;
                (open().await?, Some(wrong))
            }
        };
        station.sit_as(seat).await?;
        let mut opened = Session::of(station, playing);
        opened.run();
        *session = Some(opened);
        wrong.map_or(Ok(()), Err)
    }

    /// Waits while a change takes effect: milliseconds, or the seconds a label needs to come out.
    pub(super) fn await_change(&self) {
        if !*self.changing.borrow() {
            return;
        }
        let mut changing = self.changing.subscribe();
        tokio::task::block_in_place(|| {
            // The sender lives as long as the desk.
            drop(Handle::current().block_on(changing.wait_for(|changing| !changing)));
        });
    }
}
