//! What the commands work on: the open station, or the reason why there is none.

mod change;

use super::{MAIN, folder, login, tray};
use crate::{
    cli, home,
    session::{Session, internal, storage},
};
use station::{
    ImportAsk, Station, config, first, prefs,
    trouble::{Action, Code, Trouble},
    view::{
        Begun, Boot, BootMode, Column, DeskPrefs, ImportPreview, ImportReport, SenderForm,
        WrittenFile,
    },
};
use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tauri::{AppHandle, Emitter};
use tokio::sync::watch;

/// `changed` events are at most this often: ten a second keep up with any eye.
const CHANGED_PAUSE: Duration = Duration::from_millis(100);
/// How often the running window looks whether a second start knocked.
const KNOCK_PAUSE: Duration = Duration::from_millis(700);
/// How long a closed station's last reader is waited for before practice is put aside.
const LAST_READER_WAIT: Duration = Duration::from_secs(5);

/// A file that is here to be imported.
struct Staged {
    path: PathBuf,
    name: String,
    stop: Arc<AtomicBool>,
}

/// The window's station and the files being imported.
pub struct Desk {
    home: PathBuf,
    /// Held while the station is opened or closed, so that this happens once.
    session: tokio::sync::Mutex<Option<Session>>,
    /// The open station, for the commands.
    open: RwLock<Option<Arc<Station>>>,
    /// Moves when another station is opened.
    opened: watch::Sender<u64>,
    staged: Mutex<BTreeMap<String, Staged>>,
    /// Settings are being taken into effect; commands wait.
    changing: watch::Sender<bool>,
}

impl Desk {
    pub fn new(home: PathBuf) -> Self {
        Self {
            home,
            session: tokio::sync::Mutex::default(),
            open: RwLock::default(),
            opened: watch::Sender::new(0),
            staged: Mutex::default(),
            changing: watch::Sender::new(false),
        }
    }

    /// The open station; without one, what to do first.
    pub fn station(&self) -> Result<Arc<Station>, Trouble> {
        self.await_change();
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        open.clone().ok_or_else(|| self.none_open())
    }

    /// The open station, if somebody may work at it now.
    pub fn unlocked(&self) -> Result<Arc<Station>, Trouble> {
        let station = self.station()?;
        station.unlocked()?;
        Ok(station)
    }

    /// What this computer remembers of the window.
    pub fn prefs(&self) -> DeskPrefs {
        prefs::read(&self.home)
    }

    /// Remembers it; where the window stands is the window's own knowledge and stays.
    pub fn keep_prefs(&self, mut wanted: DeskPrefs) -> Result<DeskPrefs, Trouble> {
        let before = self.prefs();
        if wanted.opens_at_login != before.opens_at_login {
            login::set(wanted.opens_at_login, &self.home).map_err(storage)?;
        }
        wanted.places = before.places;
        prefs::write(&self.home, &wanted).map_err(storage)
    }

    /// Writes the bundle for support, also where no station is open.
    pub fn diagnose(&self) -> Result<WrittenFile, Trouble> {
        let path = cli::write_bundle(&self.home).map_err(storage)?;
        Ok(WrittenFile { path })
    }

    fn none_open(&self) -> Trouble {
        let path = self.home.join(config::FILE_NAME).display().to_string();
        Trouble::new(Code::NoConfig, Action::None, [("path", path)])
    }

    fn set_open(&self, station: Option<Arc<Station>>) {
        *self.open.write().unwrap_or_else(PoisonError::into_inner) = station;
        self.opened.send_modify(|count| *count += 1);
    }

    /// Opens the station if there are settings and it is not open yet; says how things stand.
    pub async fn boot(&self) -> Boot {
        let mut session = self.session.lock().await;
        if session.is_none() && !self.home.join(config::FILE_NAME).exists() {
            return self.told(BootMode::Welcome, None);
        }
        match self.open_into(&mut session).await {
            // It works; that it does not hear pushes is said beside.
            Ok(()) => {
                let deaf = session.as_ref().and_then(Session::deaf).cloned();
                self.told(BootMode::Open, deaf)
            }
            Err(trouble) => self.told(BootMode::Trouble, Some(trouble)),
        }
    }

    async fn open_into(&self, session: &mut Option<Session>) -> Result<(), Trouble> {
        if session.is_none() {
            let mut opened = Session::open(&self.home).await?;
            opened.run();
            self.set_open(Some(Arc::clone(&opened.station)));
            *session = Some(opened);
        }
        Ok(())
    }

    fn told(&self, mode: BootMode, trouble: Option<Trouble>) -> Boot {
        Boot {
            mode,
            home: self.home.display().to_string(),
            practice: config::read(&self.home).is_ok_and(|config| config.practice),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            trouble,
        }
    }

    /// Writes the practice settings, opens, and takes the sample orders in.
    pub async fn start_practice(&self) -> Result<Boot, Trouble> {
        let mut session = self.session.lock().await;
        config::write_practice(&self.home).map_err(storage)?;
        self.open_into(&mut session).await?;
        if let Some(session) = session.as_ref() {
            cli::sample(session).await?;
        }
        Ok(self.told(BootMode::Open, None))
    }

    /// Writes the first settings of a real station and opens it. With faults nothing is written.
    pub async fn begin_real(&self, sender: &SenderForm) -> Result<Begun, Trouble> {
        let mut session = self.session.lock().await;
        let (sender, faults) = first::checked_sender(sender);
        if !faults.is_empty() {
            return Ok(Begun { faults, sender, boot: None });
        }
        first::write_first(&self.home, &sender).map_err(storage)?;
        self.open_into(&mut session).await?;
        Ok(Begun { faults, sender, boot: Some(self.told(BootMode::Open, None)) })
    }

    /// Closes the practice station and puts all of it aside; the next boot begins anew.
    pub async fn leave_practice(&self) -> Result<Boot, Trouble> {
        let mut session = self.session.lock().await;
        if !config::read(&self.home).is_ok_and(|config| config.practice) {
            let home = self.home.display().to_string();
            return Err(Trouble::new(Code::PracticeMixed, Action::None, [("home", home)]));
        }
        self.shut(&mut session).await?;
        folder::put_practice_aside(&self.home, home::now_ms()).map_err(storage)?;
        Ok(self.told(BootMode::Welcome, None))
    }

    /// Stops the tasks and lets go of the database.
    async fn shut(&self, session: &mut Option<Session>) -> Result<(), Trouble> {
        let Some(mut closing) = session.take() else { return Ok(()) };
        self.set_open(None);
        closing.halt().await;
        let last = Arc::downgrade(&closing.station);
        drop(closing);
        let gone = async {
            while last.strong_count() > 0 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(LAST_READER_WAIT, gone).await.map_err(internal)
    }

    /// Closes the station with the window.
    pub async fn close(&self) {
        let mut session = self.session.lock().await;
        // The program ends now: whoever still reads ends with it.
        drop(self.shut(&mut session).await);
    }

    /// Keeps a file to be imported, and looks at it.
    pub async fn stage(&self, name: String, bytes: &[u8]) -> Result<ImportPreview, Trouble> {
        let station = self.station()?;
        let token = format!("{}-{}", home::now_ms(), bytes.len());
        let path = folder::stage(&self.home, &token, bytes).map_err(storage)?;
        let looked = station.import_preview(&name, &path, &token);
        self.files().insert(token.clone(), Staged { path, name, stop: Arc::default() });
        if looked.is_err() {
            self.unstage(&token);
        }
        looked
    }

    /// Imports a staged file; it is gone afterwards unless a column was missing.
    pub async fn import(
        &self,
        app: &AppHandle,
        token: &str,
        mapping: Vec<Option<Column>>,
        shop: Option<String>,
    ) -> Result<ImportReport, Trouble> {
        let station = self.station()?;
        let (path, name, stop) = match self.files().get(token) {
            Some(it) => (it.path.clone(), it.name.clone(), Arc::clone(&it.stop)),
            None => return Err(storage(token)),
        };
        let app = app.clone();
        let progress = move |progress| {
            // A window that is just closing needs no progress.
            drop(app.emit_to(MAIN, "import-progress", progress));
        };
        let ask = ImportAsk { path, file: name, mapping: Some(mapping), shop };
        let report = station.import_run(ask, Arc::new(progress), stop).await;
        match &report {
            Err(trouble) if trouble.code == Code::ImportColumnMissing => {}
            Ok(_) | Err(_) => self.unstage(token),
        }
        report
    }

    /// Stops an import that runs, or gives a staged file up.
    pub fn import_stop(&self, token: &str) {
        if let Some(staged) = self.files().get(token) {
            staged.stop.store(true, Ordering::Relaxed);
        }
    }

    fn unstage(&self, token: &str) {
        if let Some(staged) = self.files().remove(token) {
            // What cannot be removed now is swept at the next start.
            drop(std::fs::remove_file(staged.path));
        }
    }

    fn files(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Staged>> {
        self.staged.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tells the window that something changed, whichever station is open.
pub async fn forward(app: AppHandle, desk: Arc<Desk>) {
    let mut opened = desk.opened.subscribe();
    loop {
        let changed = desk.station().ok().map(|station| station.changed());
        let moved = async {
            match changed {
                Some(mut changed) => {
                    while changed.changed().await.is_ok() {
                        // A window that is just closing needs no news.
                        drop(app.emit_to(MAIN, "changed", ()));
                        tokio::time::sleep(CHANGED_PAUSE).await;
                    }
                }
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = moved => {}
            other = opened.changed() => if other.is_err() { return },
        }
    }
}

/// Brings the window to the front when a second start knocked.
pub async fn answer_knocks(app: AppHandle, home: PathBuf) {
    loop {
        tokio::time::sleep(KNOCK_PAUSE).await;
        if folder::knocked(&home) {
            tray::to_front(&app);
        }
    }
}
