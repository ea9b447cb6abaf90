//! The practice printer: a label printer on TCP that reads ZPL, TSPL, CPCL, EPL2 and ESC/POS, keeps
//! the dots, and can be made to fail as real ones do. Only this computer reaches it.

mod answers;
mod bitmap;
mod cpcl;
mod epl;
mod escpos;
mod faults;
mod graphic;
mod machine;
mod reader;
mod serve;
mod server;
mod state;
mod tspl;
mod zpl;

#[cfg(test)]
mod tests;

pub use bitmap::Bitmap;
pub use faults::{BadFault, Faults};
pub use reader::{Language, Question};
pub use serve::serve;
pub use state::{Event, PrintedLabel};

use machine::{Feed, Machine};
use state::State;
use std::{
    collections::BTreeMap,
    io,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::Arc,
};
use tokio::{net::TcpSocket, sync::broadcast, task::JoinHandle};

/// What the system may hold for us unread: small, so that a sender feels a printer that stalls.
const SOCKET_BYTES: u32 = 32 << 10;
/// Senders that may wait for the one being served.
const BACKLOG: u32 = 8;

/// The labels in a stream of bytes, each copy once, without a printer around it: for those who
/// hold the bytes already.
pub fn decode(bytes: &[u8], dots_per_mm: u32) -> Vec<Bitmap> {
    let formats = formats(bytes, dots_per_mm).into_iter();
    formats.flat_map(|(bitmap, copies)| (0..copies).map(move |_| Bitmap::clone(&bitmap))).collect()
}

/// The same, each label once with the number of its copies, of which bytes may ask for thousands.
pub fn formats(bytes: &[u8], dots_per_mm: u32) -> Vec<(Arc<Bitmap>, u32)> {
    let mut reader = reader::Reader::new(dots_per_mm, None);
    reader.push(bytes);
    let mut formats = Vec::new();
    while let Some(item) = reader.next() {
        if let reader::Item::Format { bitmap, copies, .. } = item {
            formats.push((bitmap, copies));
        }
    }
    formats
}

/// The same for one language only, and for those who want every byte understood.
///
/// # Errors
/// The names of what a printer of that language would not have known or not have printed.
pub fn decode_strictly(
    bytes: &[u8],
    dots_per_mm: u32,
    language: Language,
) -> Result<Vec<Bitmap>, Vec<String>> {
    let mut reader = reader::Reader::new(dots_per_mm, Some(language));
    reader.push(bytes);
    let (mut labels, mut faults) = (Vec::new(), Vec::new());
    while let Some(item) = reader.next() {
        match item {
            reader::Item::Format { bitmap, copies, .. } => {
                labels.extend((0..copies).map(|_| Bitmap::clone(&bitmap)));
            }
            reader::Item::Unknown(name) => faults.push(name),
            reader::Item::BadGraphic => faults.push("graphic".to_owned()),
            _ => {}
        }
    }
    if reader.partial() {
        faults.push("unfinished".to_owned());
    }
    if faults.is_empty() { Ok(labels) } else { Err(faults) }
}

/// What kind of printer to be.
#[derive(Debug, Clone)]
pub struct Options {
    /// TCP port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// Where to write `label-0001.png` and so on; made if it is missing.
    pub folder: Option<PathBuf>,
    /// Speed of the paper; `None` prints at once.
    pub mm_per_s: Option<u32>,
    /// Dots of the head, 8 or 12.
    pub dots_per_mm: u32,
    /// The only language it reads; `None` reads all and tells them apart by their bytes.
    pub language: Option<Language>,
    /// What is wrong from the start.
    pub faults: Faults,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            folder: None,
            mm_per_s: None,
            dots_per_mm: 8,
            language: None,
            faults: Faults::default(),
        }
    }
}

impl Options {
    /// Sets what one `name=value` word names: `folder`, `mm_per_s`, `dots_per_mm`, `language`,
    /// or a fault.
    ///
    /// # Errors
    /// The word names nothing.
    pub fn apply(&mut self, word: &str) -> Result<(), BadFault> {
        let bad = || BadFault(word.to_owned());
        match word.split_once('=').map(|(name, value)| (name.replace('-', "_"), value)) {
            Some((name, value)) if name == "folder" => self.folder = Some(PathBuf::from(value)),
            Some((name, value)) if name == "mm_per_s" => {
                self.mm_per_s = Some(value.parse().map_err(|_| bad())?);
            }
            Some((name, value)) if name == "dots_per_mm" => {
                let dots = value.parse().ok().filter(|dots| (6..=24).contains(dots));
                self.dots_per_mm = dots.ok_or_else(bad)?;
            }
            Some((name, value)) if name == "language" => {
                self.language = Some(Language::named(value).ok_or_else(bad)?);
            }
            _ => self.faults.apply(word)?,
        }
        Ok(())
    }
}

/// The way to a practice printer.
#[derive(Debug, Clone, Copy)]
pub struct Printer;

/// A practice printer that listens; dropped, it is gone.
#[derive(Debug)]
pub struct RunningPrinter {
    address: SocketAddr,
    machine: Arc<Machine>,
    tasks: Vec<JoinHandle<()>>,
}

impl Printer {
    /// Starts to listen and to print. Call it inside a tokio runtime.
    ///
    /// # Errors
    /// The port cannot be had.
    pub async fn start(options: Options) -> io::Result<RunningPrinter> {
        let socket = TcpSocket::new_v4()?;
        socket.set_reuseaddr(cfg!(unix))?;
        socket.set_recv_buffer_size(SOCKET_BYTES)?;
        socket.bind((Ipv4Addr::LOCALHOST, options.port).into())?;
        let listener = socket.listen(BACKLOG)?;
        let address = listener.local_addr()?;
        let machine = Arc::new(Machine::new(State::new(options.faults)));
        let Options { mm_per_s, dots_per_mm, language, folder, .. } = options;
        let feed = Feed { mm_per_s, dots_per_mm, folder };
        let reader = reader::Reader::new(dots_per_mm, language);
        let tasks = vec![
            tokio::spawn(server::serve(listener, Arc::clone(&machine), reader, dots_per_mm)),
            tokio::spawn(machine::print(Arc::clone(&machine), feed)),
        ];
        Ok(RunningPrinter { address, machine, tasks })
    }
}

impl RunningPrinter {
    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The labels that came out, oldest first; of very many only the last ones.
    pub fn labels(&self) -> Vec<PrintedLabel> {
        self.machine.read(State::printed)
    }

    /// How many labels came out, forgotten ones too.
    pub fn total(&self) -> u64 {
        self.machine.read(|state| state.total)
    }

    /// Waits until so many labels are out in all.
    pub async fn await_labels(&self, total: u64) {
        self.machine.until(|state| (state.total >= total).then_some(())).await;
    }

    /// What happens from now on.
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.machine.events()
    }

    /// Commands it did not know and how often they came.
    pub fn unknown(&self) -> BTreeMap<String, u64> {
        self.machine.read(|state| state.unknown.clone())
    }

    /// Graphics it could not read, wrong CRCs above all.
    pub fn bad_graphics(&self) -> u64 {
        self.machine.read(|state| state.bad_graphics)
    }

    /// What is wrong now; counts as far as they have come down.
    pub fn faults(&self) -> Faults {
        self.machine.read(|state| state.faults().clone())
    }

    /// Changes what is wrong; counts count from now.
    pub fn set(&self, faults: Faults) {
        self.machine.change(|state| state.set(faults));
    }

    /// Puts in a new roll: printing goes on.
    pub fn refill(&self) {
        self.machine.change(State::refill);
    }

    /// Stops listening and printing; what waits is lost, as with the power switch.
    pub async fn stop(mut self) {
        for task in std::mem::take(&mut self.tasks) {
            task.abort();
            // The only outcome of interest is that it is over.
            let _ = task.await;
        }
    }
}

impl Drop for RunningPrinter {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}
