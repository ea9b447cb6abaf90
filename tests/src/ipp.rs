//! An IPP printer of our own hand over a real socket, for what a real one does only on bad days:
//! it gives labels up, stands still, refuses, says that it is busy, hangs up, or says nothing. It
//! shares no line with the program's own IPP.

use std::{
    collections::VecDeque,
    io::{self, BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
};
use tokio::sync::watch;

/// What becomes of the next labels, one each; then all are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plan {
    /// Taken as a job.
    Take,
    /// Answered with this status.
    Refuse(u16),
    /// Refused by the web server before the printer hears of it.
    Forbid,
    /// The line is cut inside the label.
    Cut,
    /// Read whole and never answered.
    Silence,
}

/// A label that arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// The job's name.
    pub name: String,
    /// Its MIME type.
    pub format: String,
    /// The document.
    pub bytes: Vec<u8>,
}

/// How the printer is. Numbers are IPP's.
#[derive(Debug, Clone)]
pub struct Mood {
    /// 3 idle, 4 printing, 5 stopped.
    pub printer: (i32, Vec<&'static str>, &'static str),
    /// 3 pending, 5 printing, 6 stopped, 7 cancelled, 8 aborted, 9 done; of all jobs.
    pub job: (i32, Vec<&'static str>, &'static str),
    /// What it takes.
    pub formats: Vec<&'static str>,
    /// What becomes of the next labels.
    pub plan: VecDeque<Plan>,
}

/// A printer that listens until the test ends.
pub struct IppPrinter {
    at: String,
    mood: Arc<Mutex<Mood>>,
    arrived: Arc<watch::Sender<Vec<Arrived>>>,
}

impl IppPrinter {
    /// Starts a printer that is well, takes ZPL, and says "done" of every job.
    ///
    /// # Errors
    /// No port.
    pub fn start() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let at = listener.local_addr()?.to_string();
        let mood = Arc::new(Mutex::new(Mood {
            printer: (3, vec!["none"], ""),
            job: (9, vec!["job-completed-successfully"], ""),
            formats: vec!["image/pwg-raster", "application/vnd.zebra-zpl"],
            plan: VecDeque::new(),
        }));
        let arrived = Arc::new(watch::Sender::new(Vec::new()));
        let (its_mood, its_arrived) = (Arc::clone(&mood), Arc::clone(&arrived));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (mood, arrived) = (Arc::clone(&its_mood), Arc::clone(&its_arrived));
                // Who hangs up on it is not its concern.
                thread::spawn(move || drop(serve(stream, &mood, &arrived)));
            }
        });
        Ok(Self { at, mood, arrived })
    }

    /// Its address in the settings.
    pub fn address(&self) -> String {
        format!("ipp://{}/ipp/print", self.at)
    }

    /// How it is, to be changed.
    pub fn mood(&self) -> MutexGuard<'_, Mood> {
        lock(&self.mood)
    }

    /// The labels that arrived whole, refused ones too.
    pub fn arrived(&self) -> Vec<Arrived> {
        self.arrived.borrow().clone()
    }

    /// Waits until so many labels have arrived.
    pub async fn await_arrived(&self, count: usize) {
        // The sender lives as long as we do.
        let _ = self.arrived.subscribe().wait_for(|labels| labels.len() >= count).await;
    }
}

fn lock(mood: &Mutex<Mood>) -> MutexGuard<'_, Mood> {
    mood.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(
    stream: TcpStream,
    mood: &Mutex<Mood>,
    arrived: &watch::Sender<Vec<Arrived>>,
) -> io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let (mut line, mut length) = (String::new(), 0);
    while reader.read_line(&mut line)? > 2 {
        if let Some(count) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = count.trim().parse().map_err(io::Error::other)?;
        }
        line.clear();
    }
    // The operation stands in bytes 2 and 3 of the body.
    let mut head = [0; 4];
    reader.read_exact(&mut head)?;
    let printing = head[3] == 0x02;
    let plan =
        if printing { lock(mood).plan.pop_front().unwrap_or(Plan::Take) } else { Plan::Take };
    if plan == Plan::Cut {
        return reader.read_exact(&mut vec![0; (length - 4) / 2]);
    }
    let mut body = vec![0; length - 4];
    reader.read_exact(&mut body)?;
    if printing {
        arrived.send_modify(|labels| labels.extend(label(&body)));
    }
    let answer = match (head[3], plan) {
        (0x02, Plan::Silence) => {
            // Until the other side gives up.
            return reader.read_exact(&mut [0]);
        }
        (0x02, Plan::Forbid) => {
            return (&stream).write_all(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        }
        (0x02, Plan::Refuse(status)) => answer(status, &[(0x41, "status-message", b"not now")]),
        (0x02, _) => {
            answer(0, &[(0x21, "job-id", &[0, 0, 0, 7]), (0x23, "job-state", &[0, 0, 0, 3])])
        }
        (0x09, _) => state("job", &lock(mood).job, &[]),
        _ => {
            let mood = lock(mood);
            state("printer", &mood.printer, &mood.formats)
        }
    };
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nContent-Length: {}\r\n\r\n",
        answer.len()
    );
    (&stream).write_all(head.as_bytes())?;
    (&stream).write_all(&answer)
}

fn state(of: &str, now: &(i32, Vec<&'static str>, &'static str), formats: &[&str]) -> Vec<u8> {
    let [state, reasons, message] =
        ["", "-reasons", "-message"].map(|end| format!("{of}-state{end}"));
    let number = now.0.to_be_bytes();
    let mut all: Vec<(u8, &str, &[u8])> = vec![(0x23, &state, &number)];
    for (nth, reason) in now.1.iter().enumerate() {
        all.push((0x44, if nth == 0 { &reasons } else { "" }, reason.as_bytes()));
    }
    all.push((0x41, &message, now.2.as_bytes()));
    for (nth, format) in formats.iter().enumerate() {
        let name = if nth == 0 { "document-format-supported" } else { "" };
        all.push((0x49, name, format.as_bytes()));
    }
    answer(0, &all)
}

fn answer(status: u16, values: &[(u8, &str, &[u8])]) -> Vec<u8> {
    let [high, low] = status.to_be_bytes();
    let mut bytes = vec![2, 0, high, low, 0, 0, 0, 1, 1];
    let utf8: (u8, &str, &[u8]) = (0x47, "attributes-charset", b"utf-8");
    for (tag, name, value) in std::iter::once(&utf8).chain(values) {
        bytes.extend([*tag, 0, name.len() as u8]);
        bytes.extend(name.bytes());
        bytes.extend([0, value.len() as u8]);
        bytes.extend(*value);
    }
    bytes.push(3);
    bytes
}

/// The label of a Print-Job, of which `body` is what follows the operation.
fn label(body: &[u8]) -> Option<Arrived> {
    let mut label = Arrived { name: String::new(), format: String::new(), bytes: Vec::new() };
    // The request's number, and the tag of the first group.
    let mut rest = body.get(5..)?;
    loop {
        let (&tag, after) = rest.split_first()?;
        if tag == 3 {
            label.bytes = after.to_vec();
            return Some(label);
        }
        let (name, after) = after.get(2..)?.split_at_checked(usize::from(after[1]))?;
        let length = usize::from(u16::from_be_bytes([*after.first()?, *after.get(1)?]));
        let (value, after) = after.get(2..)?.split_at_checked(length)?;
        let text = || String::from_utf8_lossy(value).into_owned();
        match name {
            b"job-name" => label.name = text(),
            b"document-format" => label.format = text(),
            _ => {}
        }
        rest = after;
    }
}
