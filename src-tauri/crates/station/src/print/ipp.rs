//! Printers and queues that speak IPP (RFC 8011): a label is a job whose end can be asked for, and
//! the printer says in words why it stands still. What was not answered is never sent again.

mod http;
mod wire;

pub(super) use http::Server;

use super::{Broken, Port, Standing, Told};
use crate::outside::Later;
use http::NoAnswer;
use std::{io, time::Duration};
use tokio::time::{Instant, sleep, sleep_until};
use wire::{Answer, Operation};

/// Longest wait for the answer to a question.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(5);
/// Longest wait for a printer to take a label: it may take it only as fast as it prints.
const PRINT_TIME_MAX: Duration = Duration::from_secs(30);
/// How long a printer may go on to say that it is busy before the label counts as not sent.
const BUSY_TIME_MAX: Duration = Duration::from_secs(10);
/// Pause before a busy printer is asked to take the same label: it took nothing of it.
const BUSY_WAIT: Duration = Duration::from_millis(300);
/// Printers are asked no more often than this what became of a label.
const PACE: Duration = Duration::from_millis(200);
/// `server-error-busy`.
const BUSY: u16 = 0x0507;
/// Longest words kept.
const WORDS_CHARS_MAX: usize = 400;

/// What a printer that speaks IPP says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IppState {
    /// How it is.
    pub standing: Standing,
    /// Its message and its reasons; empty if all is well.
    pub words: String,
    /// Formats it takes.
    pub formats: Vec<String>,
    /// Make and model; may be empty.
    pub model: String,
    /// Its IEEE-1284 device id; may be empty.
    pub device_id: String,
    /// Jobs in its queue.
    pub queued: Option<u32>,
    /// Seconds since its state last changed, by its own clock.
    pub since_s: Option<u32>,
}

/// The way to ask one printer.
#[derive(Debug, Clone)]
pub(super) struct Ipp {
    server: Server,
    path: String,
    uri: String,
}

impl Ipp {
    pub(super) fn new(server: Server, host: &str, path: &str) -> Self {
        Self { server, path: path.to_owned(), uri: format!("ipp://{host}{path}") }
    }

    async fn ask(
        &self,
        operation: Operation<'_>,
        document: &[u8],
        limit: Duration,
    ) -> Result<Answer, NoAnswer> {
        let mut body = wire::request(operation, &self.uri, 1);
        body.extend(document);
        let answer = http::post(&self.server, &self.path, body, limit).await?;
        let unreadable = || {
            let why = format!("{}: not an IPP answer", self.server);
            NoAnswer::Unknown(io::Error::new(io::ErrorKind::InvalidData, why))
        };
        wire::read(&answer).ok_or_else(unreadable)
    }

    /// How the printer is.
    pub(super) async fn state(&self) -> io::Result<IppState> {
        let answer = self.ask(Operation::Printer, &[], ANSWER_TIME_MAX).await;
        let answer = answer.map_err(NoAnswer::into_why)?;
        if !answer.is_success() {
            let kind = match answer.status {
                0x0406 => io::ErrorKind::NotFound,
                _ => io::ErrorKind::Other,
            };
            let why = format!("{}: {}", self.uri, wire::status_word(answer.status));
            return Err(io::Error::new(kind, why));
        }
        Ok(state_of(&answer))
    }
}

/// What an answer to Get-Printer-Attributes says, whatever its status; `None` if it is no IPP.
pub fn read_state(answer: &[u8]) -> Option<IppState> {
    wire::read(answer).map(|answer| state_of(&answer))
}

/// What an answer to Get-Job-Attributes says: the job is done, is under way, or came to nothing;
/// `None` if it is no IPP.
pub fn read_job_end(answer: &[u8]) -> Option<io::Result<bool>> {
    wire::read(answer).map(|answer| job_end(&answer))
}

fn job_end(answer: &Answer) -> io::Result<bool> {
    if !answer.is_success() {
        return Err(io::Error::other(wire::status_word(answer.status)));
    }
    let reasons: Vec<&str> =
        answer.texts("job-state-reasons").filter(|reason| *reason != "none").collect();
    let message = answer.texts("job-state-message").next().unwrap_or_default();
    match answer.number("job-state") {
        Some(9) if reasons.contains(&"job-completed-with-errors") => {
            Err(io::Error::other(words(message, &reasons)))
        }
        Some(9) => Ok(true),
        Some(7) => Err(io::Error::other(format!("canceled: {}", words(message, &reasons)))),
        Some(8) => Err(io::Error::other(format!("aborted: {}", words(message, &reasons)))),
        Some(_) | None => Ok(false),
    }
}

fn state_of(answer: &Answer) -> IppState {
    let reasons: Vec<&str> =
        answer.texts("printer-state-reasons").filter(|reason| *reason != "none").collect();
    let text = |name: &'static str| answer.texts(name).next().unwrap_or_default().to_owned();
    let stopped = answer.number("printer-state") == Some(5);
    let refuses = answer.number("printer-is-accepting-jobs") == Some(0);
    let idle = answer.number("printer-state") == Some(3);
    let standing = match by_reasons(&reasons, idle) {
        Some(standing) => standing,
        None if stopped || refuses => Standing::Paused,
        None if answer.number("printer-state") == Some(4) => Standing::Printing,
        None => Standing::Well,
    };
    // An idle printer's message says "Idle.".
    let said =
        if idle && reasons.is_empty() { String::new() } else { text("printer-state-message") };
    let since_s = answer.number("printer-up-time").zip(answer.number("printer-state-change-time"));
    IppState {
        since_s: since_s.and_then(|(now, then)| u32::try_from(now.checked_sub(then)?).ok()),
        words: words(&said, &reasons),
        standing,
        formats: answer.texts("document-format-supported").map(str::to_owned).collect(),
        model: text("printer-make-and-model"),
        device_id: text("printer-device-id"),
        queued: answer.number("queued-job-count").and_then(|count| u32::try_from(count).ok()),
    }
}

/// RFC 8011, 5.4.12, and PWG 5100.9. A reason may end with `-error`, `-warning`, `-report`; reports
/// stop nothing, and warnings only a printer that has something to print: one with several trays
/// warns of the empty one and prints, while others (`ippeveprinter`) warn and wait for paper.
fn by_reasons(reasons: &[&str], idle: bool) -> Option<Standing> {
    let mild = |reason: &str| reason.ends_with("-report") || idle && reason.ends_with("-warning");
    let hard = reasons.iter().filter(|reason| !mild(reason));
    let words = hard.map(|reason| reason.trim_end_matches("-error").trim_end_matches("-warning"));
    let standings = words.filter_map(|word| match word {
        "media-empty" | "media-needed" => Some(Standing::PaperOut),
        "cover-open" | "door-open" | "interlock-open" => Some(Standing::CoverOpen),
        "marker-supply-empty" | "toner-empty" => Some(Standing::RibbonOut),
        "media-jam" | "fuser-over-temp" | "marker-waste-full" | "other" => Some(Standing::Fault),
        "shutdown" | "timed-out" | "offline" => Some(Standing::Away),
        "connecting-to-device" => Some(Standing::Away),
        "paused" | "moving-to-paused" | "stopped-partly" => Some(Standing::Paused),
        _ => None,
    });
    // Several may hold; paper and covers are what a person can see to.
    standings.min_by_key(|standing| match standing {
        Standing::PaperOut | Standing::CoverOpen | Standing::RibbonOut => 0,
        Standing::Fault => 1,
        Standing::Away => 2,
        Standing::Paused | Standing::Printing | Standing::Well => 3,
    })
}

fn words(message: &str, reasons: &[&str]) -> String {
    let both = match (message.is_empty(), reasons.is_empty()) {
        (_, true) => message.to_owned(),
        (true, false) => reasons.join(", "),
        (false, false) => format!("{message} ({})", reasons.join(", ")),
    };
    both.chars().take(WORDS_CHARS_MAX).collect()
}

/// An IPP printer. "Open" means that it told its state a moment ago.
#[derive(Debug)]
pub struct IppPort {
    ipp: Ipp,
    formats: Vec<String>,
    format: &'static str,
    /// Handed over and not ended, oldest first.
    jobs: Vec<i32>,
    asked: Option<Instant>,
    print_time: Duration,
}

/// Takes everything as it is, if it takes it at all.
const ANY_FORMAT: &str = "application/octet-stream";

impl IppPort {
    /// Asks the printer how it is; prints nothing.
    ///
    /// # Errors
    /// What the system or the printer said.
    pub async fn open(at: &str, path: &str) -> io::Result<Self> {
        let ipp = Ipp::new(Server::Tcp(at.to_owned()), at, path);
        let formats = ipp.state().await?.formats;
        Ok(Self {
            ipp,
            formats,
            format: ANY_FORMAT,
            jobs: Vec::new(),
            asked: None,
            print_time: PRINT_TIME_MAX,
        })
    }

    /// The same, waiting another time for the answer to a label.
    #[must_use]
    pub fn patient(self, print_time: Duration) -> Self {
        Self { print_time, ..self }
    }

    /// The printer's own state in full.
    ///
    /// # Errors
    /// What the system or the printer said.
    pub async fn state(&self) -> io::Result<IppState> {
        self.ipp.state().await
    }

    /// The language's own format where the printer knows it, else bytes as they are.
    fn format(&self) -> &'static str {
        let takes = |format: &str| self.formats.iter().any(|one| one == format);
        match () {
            () if takes(self.format) || self.formats.is_empty() => self.format,
            () if takes("application/vnd.cups-raw") => "application/vnd.cups-raw",
            () if takes(ANY_FORMAT) => ANY_FORMAT,
            // It will refuse it in its own words.
            () => self.format,
        }
    }

    async fn print(&mut self, name: &str, label: &[u8]) -> Result<(), Broken> {
        let until = Instant::now() + BUSY_TIME_MAX;
        let answer = loop {
            let job = Operation::Print(name, self.format());
            match self.ipp.ask(job, label, self.print_time).await {
                Ok(answer) if answer.status == BUSY && Instant::now() < until => {
                    sleep(BUSY_WAIT).await;
                }
                Ok(answer) => break answer,
                Err(NoAnswer::NotTaken(why)) => return Err(Broken { sent: 0, why }),
                Err(NoAnswer::Unknown(why)) => return Err(Broken { sent: label.len(), why }),
            }
        };
        if !answer.is_success() {
            let said = answer.texts("status-message").next().unwrap_or_default();
            let why = words(said, &[&wire::status_word(answer.status)]);
            return Err(Broken { sent: 0, why: io::Error::other(why) });
        }
        // Taken, and yet without a number to ask for: nobody can tell what becomes of it.
        let unnamed = || Broken { sent: label.len(), why: io::Error::other("no job-id") };
        self.jobs.push(answer.number("job-id").ok_or_else(unnamed)?);
        Ok(())
    }

    async fn follow(&mut self) -> io::Result<Option<Told>> {
        if let Some(asked) = self.asked {
            sleep_until(asked + PACE).await;
        }
        let mut open = Vec::new();
        for job in std::mem::take(&mut self.jobs) {
            if !self.ended(job).await? {
                open.push(job);
            }
        }
        self.jobs = open;
        let state = self.ipp.state().await?;
        self.asked = Some(Instant::now());
        let waiting = u32::try_from(self.jobs.len()).ok();
        Ok(Some(Told { standing: state.standing, waiting, words: state.words }))
    }

    /// Whether a job is done. One that came to nothing is an error, and so is one that the printer
    /// does not know any more: who forgot it cannot say that it came out.
    async fn ended(&self, job: i32) -> io::Result<bool> {
        let answer = self.ipp.ask(Operation::Job(job), &[], ANSWER_TIME_MAX).await;
        job_end(&answer.map_err(NoAnswer::into_why)?)
    }
}

impl Port for IppPort {
    fn write_label<'a>(
        &'a mut self,
        name: &'a str,
        bytes: &'a [u8],
    ) -> Later<'a, Result<(), Broken>> {
        Box::pin(self.print(name, bytes))
    }

    fn labels_are(&mut self, format: &'static str) {
        self.format = format;
    }

    fn identity(&mut self) -> Later<'_, Option<String>> {
        Box::pin(async {
            let state = self.ipp.state().await.ok()?;
            let own = format!("MDL:{};", state.model);
            Some(if state.device_id.is_empty() { own } else { state.device_id })
        })
    }

    fn tells(&self) -> bool {
        true
    }

    fn follows(&self) -> bool {
        true
    }

    fn told(&mut self) -> Later<'_, io::Result<Option<Told>>> {
        Box::pin(self.follow())
    }
}
