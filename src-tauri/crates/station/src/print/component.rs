//! The print components of platforms (菜鸟, 抖店, 拼多多, 快手): programs on the bench's PC that print
//! the platform's encrypted labels, which nobody else can read, and say what became of each. JSON
//! over WebSocket. Source: carrier list of 2026-11, part 2.4.
//!
//! Not here: our own labels. A component prints what its platform signed and nothing else.

mod document;

pub use document::{is_document, label};

use super::{Broken, Port, Standing, Told};
use crate::outside::Later;
use serde_json::{Value, json};
use std::{
    fmt, io,
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use tokio::{
    net::TcpStream,
    time::{Instant, timeout, timeout_at},
};
use tokio_tungstenite::{
    WebSocketStream, client_async_with_config,
    tungstenite::{Error, Message, protocol::WebSocketConfig},
};

/// Longest wait for the component to be there and to greet.
const OPEN_TIME_MAX: Duration = Duration::from_secs(5);
/// Longest wait for the answer to a question. Templates are fetched from the platform only when a
/// task is rendered, after its answer.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(8);
/// How long word of a label is listened for before anything else is done.
const PACE: Duration = Duration::from_millis(200);
/// How often a component that says nothing is asked what became of a label.
const ASK_EVERY: Duration = Duration::from_secs(1);
/// A label of which nothing is heard for so long is in doubt: a template that cannot be fetched or
/// a Windows queue that stands still.
const END_TIME_MAX: Duration = Duration::from_secs(60);
/// Longest message read; a preview would be larger, and none is asked for.
const MESSAGE_BYTES_MAX: usize = 4 << 20;
/// Longest words kept.
const WORDS_CHARS_MAX: usize = 400;

/// Whose component it is: they speak alike and differ in where they listen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Maker {
    /// 菜鸟.
    Cainiao,
    /// 抖店.
    Douyin,
    /// 拼多多.
    Pinduoduo,
    /// 快手.
    Kuaishou,
}

impl Maker {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Cainiao, Self::Douyin, Self::Pinduoduo, Self::Kuaishou];

    /// The word in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Cainiao => "cainiao",
            Self::Douyin => "douyin",
            Self::Pinduoduo => "pinduoduo",
            Self::Kuaishou => "kuaishou",
        }
    }

    /// `HOST:PORT` where it listens when nothing else is said. All listen on their own PC only.
    pub fn usual_at(self) -> &'static str {
        match self {
            Self::Cainiao => "localhost:13528",
            Self::Douyin => "localhost:13888",
            Self::Pinduoduo => "localhost:5000",
            Self::Kuaishou => "localhost:16888",
        }
    }

    fn path(self) -> &'static str {
        match self {
            Self::Cainiao | Self::Douyin | Self::Pinduoduo => "/",
            Self::Kuaishou => "/ks/printer",
        }
    }
}

impl fmt::Display for Maker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// What a task's end was.
type End = Result<(), String>;

/// A label that was handed over.
#[derive(Debug)]
struct Task {
    id: String,
    since: Instant,
    end: Option<End>,
}

/// A printer behind a component.
#[derive(Debug)]
pub struct ComponentPort {
    socket: WebSocketStream<TcpStream>,
    printer: String,
    asked: u32,
    tasks: Vec<Task>,
    asked_at: Instant,
}

/// Names of the printers that a component knows.
///
/// # Errors
/// What the system said; a component that does not run refuses the connection.
pub async fn printers(maker: Maker, at: &str) -> io::Result<Vec<String>> {
    let mut port = ComponentPort::connect(maker, at, "").await?;
    port.printers().await
}

impl ComponentPort {
    /// Reaches a component and looks whether it has that printer; prints nothing.
    ///
    /// # Errors
    /// What the system said; `NotFound` if the component does not know the printer.
    pub async fn open(maker: Maker, at: &str, printer: &str) -> io::Result<Self> {
        let mut port = Self::connect(maker, at, printer).await?;
        port.look().await?;
        Ok(port)
    }

    async fn connect(maker: Maker, at: &str, printer: &str) -> io::Result<Self> {
        let url = format!("ws://{at}{}", maker.path());
        let limits = WebSocketConfig::default().max_message_size(Some(MESSAGE_BYTES_MAX));
        let reach = async {
            let stream = TcpStream::connect(at).await?;
            let shaken = client_async_with_config(url, stream, Some(limits)).await;
            shaken.map_err(io_error).map(|(socket, _)| socket)
        };
        let socket = timeout(OPEN_TIME_MAX, reach).await.map_err(|_| timed_out("open"))??;
        let printer = printer.to_owned();
        let asked_at = Instant::now();
        Ok(Self { socket, printer, asked: 0, tasks: Vec::new(), asked_at })
    }

    /// Whether the component still has the printer.
    async fn look(&mut self) -> io::Result<()> {
        if self.printers().await?.contains(&self.printer) {
            return Ok(());
        }
        Err(io::Error::new(io::ErrorKind::NotFound, self.printer.clone()))
    }

    async fn printers(&mut self) -> io::Result<Vec<String>> {
        let answer = self.ask("getPrinters", json!({})).await.map_err(|lost| lost.why)?;
        let all = answer["printers"].as_array().map(Vec::as_slice).unwrap_or_default();
        Ok(all.iter().filter_map(|one| one["name"].as_str()).map(str::to_owned).collect())
    }

    /// One question and its answer; what comes unasked meanwhile is noted.
    async fn ask(&mut self, cmd: &str, fields: Value) -> Result<Value, Lost> {
        self.asked += 1;
        let id = format!("packbench-{}", self.asked);
        let mut message = fields;
        message["cmd"] = cmd.into();
        message["requestID"] = id.as_str().into();
        message["version"] = "1.0".into();
        let until = Instant::now() + ANSWER_TIME_MAX;
        let send = send(&mut self.socket, message.to_string());
        match timeout_at(until, send).await {
            Ok(Ok(())) => {}
            Ok(Err(why)) => {
                // Closed before, as far as the socket knows: nothing of it left.
                let left = !matches!(why, Error::ConnectionClosed | Error::AlreadyClosed);
                return Err(Lost { left, why: io_error(why) });
            }
            Err(_) => return Err(Lost { left: true, why: timed_out(cmd) }),
        }
        loop {
            let heard = timeout_at(until, self.hear()).await;
            let heard = heard.unwrap_or_else(|_| Err(timed_out(cmd)));
            let heard = heard.map_err(|why| Lost { left: true, why })?;
            // 拼多多 leaves the request's number out.
            let mine = match heard["requestID"].as_str() {
                Some(other) => other == id,
                None => heard["cmd"] == cmd,
            };
            if mine {
                return Ok(heard);
            }
            self.note(&heard);
        }
    }

    /// The next message.
    async fn hear(&mut self) -> io::Result<Value> {
        loop {
            let message = next(&mut self.socket).await;
            let message = message.ok_or(io::ErrorKind::ConnectionReset)?.map_err(io_error)?;
            match message {
                Message::Text(text) => {
                    if let Ok(value) = serde_json::from_str(&text) {
                        return Ok(value);
                    }
                }
                Message::Close(_) => return Err(io::ErrorKind::ConnectionReset.into()),
                Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => {}
            }
        }
    }

    /// Word of what became of a label, unasked.
    fn note(&mut self, heard: &Value) {
        let Some(id) = heard["taskID"].as_str() else { return };
        let documents = heard["printStatus"].as_array().map(Vec::as_slice).unwrap_or_default();
        let failed = documents.iter().find(|one| one["status"] == "failed");
        let end = match (heard["taskStatus"].as_str(), failed) {
            (_, Some(document)) => Some(Err(words(document))),
            (Some("failed"), None) => Some(Err(words(heard))),
            (Some("printed"), None) => Some(Ok(())),
            // "rendered", and what no document names.
            (Some(_) | None, None) => None,
        };
        self.end(id, end);
    }

    fn end(&mut self, id: &str, end: Option<End>) {
        if let Some(task) = self.tasks.iter_mut().find(|task| task.id == id) {
            task.end = task.end.take().or(end);
        }
    }

    async fn print(&mut self, name: &str, document: &[u8]) -> Result<(), Broken> {
        let Ok(document) = serde_json::from_slice::<Value>(document) else {
            let why = io::Error::new(io::ErrorKind::InvalidInput, "not a platform's label");
            return Err(Broken { sent: 0, why });
        };
        // A component takes a task of the same name for the same task, from any program.
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let id = format!("{name}-{:x}", now.as_nanos());
        let task = json!({
            "taskID": id,
            "preview": false,
            "printer": self.printer,
            "previewType": "pdf",
            "firstDocumentNumber": 1,
            "totalDocumentCount": 1,
            "documents": [document],
        });
        // Its end may come before its answer.
        self.tasks.push(Task { id: id.clone(), since: Instant::now(), end: None });
        let answer = match self.ask("print", json!({"task": task})).await {
            Ok(answer) => answer,
            Err(lost) => {
                self.tasks.retain(|task| task.id != id);
                let sent = if lost.left { document.to_string().len() } else { 0 };
                return Err(Broken { sent, why: lost.why });
            }
        };
        if answer["status"] == "failed" {
            self.tasks.retain(|task| task.id != id);
            return Err(Broken { sent: 0, why: io::Error::other(words(&answer)) });
        }
        Ok(())
    }

    /// Waits a moment for word of the labels inside, and asks if there is none.
    async fn follow(&mut self) -> io::Result<Option<Told>> {
        if self.tasks.is_empty() {
            self.look().await?;
        } else {
            self.listen().await?;
        }
        let mut open = Vec::new();
        for task in std::mem::take(&mut self.tasks) {
            match &task.end {
                Some(Ok(())) => {}
                Some(Err(said)) => return Err(io::Error::other(said.clone())),
                None if task.since.elapsed() > END_TIME_MAX => return Err(timed_out("print")),
                None => open.push(task),
            }
        }
        self.tasks = open;
        let waiting = u32::try_from(self.tasks.len()).ok();
        let standing = if self.tasks.is_empty() { Standing::Well } else { Standing::Printing };
        Ok(Some(Told { standing, waiting, words: String::new() }))
    }

    async fn listen(&mut self) -> io::Result<()> {
        let until = Instant::now() + PACE;
        while self.tasks.iter().all(|task| task.end.is_none()) {
            match timeout_at(until, self.hear()).await {
                Ok(heard) => {
                    let heard = heard?;
                    self.note(&heard);
                }
                Err(_) => break,
            }
        }
        let silent = self.tasks.iter().all(|task| task.end.is_none());
        if silent && self.asked_at.elapsed() >= ASK_EVERY {
            self.asked_at = Instant::now();
            let ids: Vec<&str> = self.tasks.iter().map(|task| task.id.as_str()).collect();
            let answer = self.ask("getTaskStatus", json!({ "taskID": ids })).await;
            match answer {
                Ok(answer) => self.statuses(&answer),
                // Not every maker's component knows the question; a connection that is gone does
                // not get past the next one.
                Err(lost) if lost.why.kind() == io::ErrorKind::TimedOut => {}
                Err(lost) => return Err(lost.why),
            }
        }
        Ok(())
    }

    fn statuses(&mut self, answer: &Value) {
        let tasks = answer["printStatus"].as_array().map(Vec::as_slice).unwrap_or_default();
        for task in tasks {
            let Some(id) = task["taskID"].as_str() else { continue };
            let details = task["detailStatus"].as_array().map(Vec::as_slice).unwrap_or_default();
            let failed = details.iter().find(|one| one["status"] == "failed");
            let all = !details.is_empty() && details.iter().all(|one| one["status"] == "success");
            let end = failed.map(|one| Err(words(one))).or(all.then_some(Ok(())));
            self.end(id, end);
        }
    }
}

/// A question without an answer.
struct Lost {
    /// Whether it may have reached the component.
    left: bool,
    why: io::Error,
}

/// A component's own words.
fn words(said: &Value) -> String {
    let text = |name: &str| said[name].as_str().unwrap_or_default().trim().to_owned();
    let both = [text("msg"), text("detail")];
    let said: Vec<&str> = both.iter().map(String::as_str).filter(|one| !one.is_empty()).collect();
    let all = if said.is_empty() { "failed".to_owned() } else { said.join(": ") };
    all.chars().take(WORDS_CHARS_MAX).collect()
}

fn timed_out(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, what.to_owned())
}

fn io_error(why: Error) -> io::Error {
    match why {
        Error::Io(why) => why,
        Error::ConnectionClosed | Error::AlreadyClosed => io::ErrorKind::ConnectionReset.into(),
        other => io::Error::other(other.to_string()),
    }
}

async fn send(socket: &mut WebSocketStream<TcpStream>, text: String) -> Result<(), Error> {
    use futures_util::SinkExt;
    socket.send(Message::text(text)).await
}

async fn next(socket: &mut WebSocketStream<TcpStream>) -> Option<Result<Message, Error>> {
    use futures_util::StreamExt;
    socket.next().await
}

impl Port for ComponentPort {
    fn write_label<'a>(
        &'a mut self,
        name: &'a str,
        bytes: &'a [u8],
    ) -> Later<'a, Result<(), Broken>> {
        Box::pin(self.print(name, bytes))
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
