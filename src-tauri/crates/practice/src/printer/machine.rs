//! The lock around the state, the signal that it changed, and the task that moves the paper.

use super::{
    bitmap::Bitmap,
    state::{Event, State},
};
use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use tokio::sync::{broadcast, watch};

/// Events a listener may be behind before it loses the oldest.
const EVENTS_BEHIND_MAX: usize = 4_096;
/// Paper between two labels, moved with each.
const GAP_MM: u32 = 3;

/// The state, and who waits for it.
#[derive(Debug)]
pub(super) struct Machine {
    state: Mutex<State>,
    changed: watch::Sender<()>,
    events: broadcast::Sender<Event>,
}

/// How the paper moves and where the pictures go.
#[derive(Debug, Clone)]
pub(super) struct Feed {
    pub(super) mm_per_s: Option<u32>,
    pub(super) dots_per_mm: u32,
    pub(super) folder: Option<PathBuf>,
}

impl Machine {
    pub(super) fn new(state: State) -> Self {
        let (events, _) = broadcast::channel(EVENTS_BEHIND_MAX);
        Self { state: Mutex::new(state), changed: watch::Sender::new(()), events }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at the state without changing it.
    pub(super) fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.lock())
    }

    /// Changes the state and wakes whoever waits for it.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.lock();
        let out = change(&mut state);
        self.announce(state);
        out
    }

    /// Waits until `look` has something; it may change the state when it has.
    pub(super) async fn until<T>(&self, mut look: impl FnMut(&mut State) -> Option<T>) -> T {
        let mut changed = self.changed.subscribe();
        loop {
            {
                let mut state = self.lock();
                let found = look(&mut state);
                let moved = state.take_moved();
                if found.is_some() || moved {
                    self.announce(state);
                }
                if let Some(found) = found {
                    return found;
                }
            }
            if changed.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }

    fn announce(&self, mut state: MutexGuard<'_, State>) {
        for event in state.take_news() {
            // Nobody listening is no fault.
            let _ = self.events.send(event);
        }
        self.changed.send_replace(());
    }

    pub(super) fn events(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }
}

/// Prints label after label for ever.
pub(super) async fn print(machine: Arc<Machine>, feed: Feed) {
    let mut next_file = feed.folder.as_deref().map_or(1, next_file);
    loop {
        let (bitmap, language) = machine.until(State::start_label).await;
        if let Some(mm_per_s) = feed.mm_per_s.filter(|speed| *speed > 0) {
            let um = u64::from(bitmap.height) * 1_000 / u64::from(feed.dots_per_mm.max(1))
                + u64::from(GAP_MM) * 1_000;
            tokio::time::sleep(Duration::from_micros(um * 1_000 / u64::from(mm_per_s))).await;
        }
        if let Some(folder) = feed.folder.clone() {
            let (picture, number) = (Arc::clone(&bitmap), next_file);
            let done = tokio::task::spawn_blocking(move || save(&folder, number, &picture)).await;
            match done.unwrap_or_else(|panic| Err(io::Error::other(panic))) {
                Ok(()) => next_file += 1,
                Err(why) => {
                    let why = why.to_string();
                    machine.change(|state| state.tell(Event::FileFailed { why }));
                }
            }
        }
        let at_ms = now_ms();
        machine.change(|state| state.finish_label(bitmap, language, at_ms));
    }
}

fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// One above the highest `label-NNNN.png` there is, so that an earlier run's pictures stay.
fn next_file(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let numbers = entries.filter_map(|entry| {
        let name = entry.file_name();
        name.to_str()?.strip_prefix("label-")?.strip_suffix(".png")?.parse::<u64>().ok()
    });
    numbers.max().unwrap_or(0) + 1
}

/// Writes the picture under another name first, so that whoever watches sees whole files only.
fn save(folder: &Path, number: u64, bitmap: &Bitmap) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let part = folder.join(format!(".label-{number:04}.part"));
    fs::write(&part, bitmap.png()?)?;
    fs::rename(&part, folder.join(format!("label-{number:04}.png")))
}
