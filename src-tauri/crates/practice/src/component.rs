//! A practice print component: a WebSocket server that speaks 菜鸟's protocol and its sisters', keeps
//! what it printed, and makes the mistakes it is told to make. Written from the facts collected of
//! the documents in 2026-11 and from nothing of the station's client.

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::{
    collections::HashSet,
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::{
    net::{TcpListener, TcpStream},
    task::{JoinHandle, JoinSet},
};
use tokio_tungstenite::{WebSocketStream, accept_async, tungstenite::Message};

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wrong {
    /// Nothing.
    #[default]
    Nothing,
    /// A task is turned down at once.
    Refuses,
    /// The connection closes on a task, which is not printed.
    ClosesBefore,
    /// The label comes out, and the connection closes before the answer.
    ClosesAfter,
    /// The label comes out; its end is told only to who asks.
    Silent,
    /// The label comes to nothing, and the component says so.
    Fails,
    /// The label is rendered and stays in the printer's queue.
    Stuck,
}

/// How a component behaves.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Port on the loopback address; 0 takes any free one.
    pub port: u16,
    /// Printers it knows.
    pub printers: Vec<String>,
    /// 拼多多's: results come under another name, and without the request's number.
    pub pinduoduo: bool,
}

/// What came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// The task.
    pub task: String,
    /// The document's own name.
    pub document: String,
    /// Its contents, as they came.
    pub contents: Value,
}

#[derive(Debug, Default)]
struct Desk {
    options: Options,
    wrong: Wrong,
    printed: Vec<Printed>,
    tasks: HashSet<String>,
}

/// A component at work; it stops when dropped.
#[derive(Debug)]
pub struct Component {
    address: SocketAddr,
    desk: Arc<Mutex<Desk>>,
    server: JoinHandle<()>,
}

impl Component {
    /// Listens.
    ///
    /// # Errors
    /// The port is taken.
    pub async fn start(options: Options) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
        let address = listener.local_addr()?;
        let desk = Arc::new(Mutex::new(Desk { options, ..Desk::default() }));
        let server = tokio::spawn(serve(listener, Arc::clone(&desk)));
        Ok(Self { address, desk, server })
    }

    /// `HOST:PORT`.
    pub fn at(&self) -> String {
        self.address.to_string()
    }

    /// From now on this goes wrong.
    pub fn set_wrong(&self, wrong: Wrong) {
        lock(&self.desk).wrong = wrong;
    }

    /// Everything that came out.
    pub fn printed(&self) -> Vec<Printed> {
        lock(&self.desk).printed.clone()
    }
}

impl Drop for Component {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn lock(desk: &Mutex<Desk>) -> MutexGuard<'_, Desk> {
    desk.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn serve(listener: TcpListener, desk: Arc<Mutex<Desk>>) {
    let mut open = JoinSet::new();
    loop {
        tokio::select! {
            Some(_) = open.join_next() => {}
            accepted = listener.accept() => {
                if let Ok((stream, _)) = accepted {
                    open.spawn(talk(stream, Arc::clone(&desk)));
                }
            }
        }
    }
}

/// What follows a message: answers, in their order, and whether the connection goes on.
struct Said {
    messages: Vec<Value>,
    goes_on: bool,
}

async fn talk(stream: TcpStream, desk: Arc<Mutex<Desk>>) {
    let Ok(mut socket) = accept_async(stream).await else { return };
    while let Some(Ok(message)) = socket.next().await {
        let Message::Text(text) = message else { continue };
        let Ok(asked) = serde_json::from_str::<Value>(&text) else { continue };
        let said = lock(&desk).hear(&asked);
        for message in said.messages {
            if tell(&mut socket, &message).await.is_err() {
                return;
            }
        }
        if !said.goes_on {
            return;
        }
    }
}

async fn tell(socket: &mut WebSocketStream<TcpStream>, message: &Value) -> Result<(), ()> {
    socket.send(Message::text(message.to_string())).await.map_err(drop)
}

impl Desk {
    fn hear(&mut self, asked: &Value) -> Said {
        let cmd = asked["cmd"].as_str().unwrap_or_default();
        // Every request has these three.
        if asked["requestID"].as_str().unwrap_or_default().is_empty() || asked["version"] != "1.0" {
            return one(json!({"cmd": cmd, "status": "failed", "msg": "requestID/version 缺失"}));
        }
        let mut answer = match cmd {
            "getPrinters" => {
                let all: Vec<Value> =
                    self.options.printers.iter().map(|name| json!({ "name": name })).collect();
                json!({"defaultPrinter": self.options.printers.first(), "printers": all})
            }
            "getPrinterConfig" => self.config(asked),
            "getAgentInfo" => json!({"version": "1.5.3.0"}),
            "print" => return self.print(asked),
            "getTaskStatus" => self.statuses(asked),
            _ => json!({"status": "failed", "msg": format!("未知命令 {cmd}")}),
        };
        self.sign(&mut answer, asked);
        one(answer)
    }

    /// The command and the request's number come back with every answer.
    fn sign(&self, answer: &mut Value, asked: &Value) {
        answer["cmd"] = asked["cmd"].clone();
        if !self.options.pinduoduo {
            answer["requestID"] = asked["requestID"].clone();
        }
    }

    fn config(&self, asked: &Value) -> Value {
        let name = asked["printer"].as_str().unwrap_or_default();
        if !self.options.printers.iter().any(|one| one == name) {
            return json!({"status": "failed", "msg": "打印机不存在"});
        }
        let size = json!({"width": 76, "height": 130});
        json!({"status": "success", "printer": {"name": name, "needTopLogo": false,
            "needBottomLogo": false, "horizontalOffset": 0, "verticalOffset": 0, "paperSize": size}})
    }

    fn print(&mut self, asked: &Value) -> Said {
        let task = &asked["task"];
        let id = task["taskID"].as_str().unwrap_or_default().to_owned();
        let mut answer = json!({"taskID": id, "status": "success"});
        self.sign(&mut answer, asked);
        let fault = self.fault(task, &id);
        if let Some(why) = fault {
            answer["status"] = "failed".into();
            answer["msg"] = why.into();
            return one(answer);
        }
        if self.wrong == Wrong::ClosesBefore {
            return Said { messages: Vec::new(), goes_on: false };
        }
        self.tasks.insert(id.clone());
        let document = &task["documents"][0];
        let name = document["documentID"].as_str().unwrap_or_default().to_owned();
        let comes_out = !matches!(self.wrong, Wrong::Fails | Wrong::Stuck);
        if comes_out {
            let contents = document["contents"].clone();
            let printed = Printed { task: id.clone(), document: name.clone(), contents };
            self.printed.push(printed);
        }
        let rendered = self.result(&id, &name, task, "rendered", "success");
        let end = match self.wrong {
            Wrong::ClosesAfter => return Said { messages: Vec::new(), goes_on: false },
            Wrong::Silent => return one(answer),
            Wrong::Stuck => return Said { messages: vec![answer, rendered], goes_on: true },
            Wrong::Fails => self.result(&id, &name, task, "failed", "failed"),
            Wrong::Nothing | Wrong::Refuses | Wrong::ClosesBefore => {
                self.result(&id, &name, task, "printed", "success")
            }
        };
        Said { messages: vec![answer, rendered, end], goes_on: true }
    }

    /// Why a task is turned down.
    fn fault(&self, task: &Value, id: &str) -> Option<&'static str> {
        let text = |value: &Value| value.as_str().is_some_and(|text| !text.is_empty());
        let documents = task["documents"].as_array().map(Vec::as_slice).unwrap_or_default();
        let whole = |contents: &Value| {
            let all = contents.as_array().map(Vec::as_slice).unwrap_or_default();
            !all.is_empty() && all.iter().all(|one| text(&one["templateURL"]))
        };
        let signed = |contents: &Value| {
            let one = &contents[0];
            one["data"].is_object() || text(&one["encryptedData"]) && text(&one["signature"])
        };
        let printer = task["printer"].as_str().unwrap_or_default();
        match () {
            () if self.wrong == Wrong::Refuses => Some("打印机脱机"),
            () if id.is_empty() => Some("taskID 不能为空"),
            () if self.tasks.contains(id) => Some("任务已存在"),
            () if !self.options.printers.iter().any(|one| one == printer) => Some("打印机不存在"),
            () if documents.is_empty() || task["totalDocumentCount"] != documents.len() => {
                Some("文档数不符")
            }
            () if !documents.iter().all(|one| text(&one["documentID"])) => {
                Some("documentID 不能为空")
            }
            () if !documents.iter().all(|one| whole(&one["contents"])) => Some("contents 不完整"),
            () if !documents.iter().all(|one| signed(&one["contents"])) => Some("验签失败"),
            () => None,
        }
    }

    fn result(&self, id: &str, document: &str, task: &Value, how: &str, status: &str) -> Value {
        let cmd = if self.options.pinduoduo { "PrintResultNotify" } else { "notifyPrintResult" };
        let msg = if status == "failed" { "模板下载失败" } else { "" };
        let one = json!({"documentID": document, "status": status, "msg": msg, "detail": ""});
        let (printer, all) = (&task["printer"], [one]);
        json!({"cmd": cmd, "requestID": "", "printer": printer, "taskID": id, "taskStatus": how,
            "printStatus": all})
    }

    fn statuses(&self, asked: &Value) -> Value {
        let ids = asked["taskID"].as_array().map(Vec::as_slice).unwrap_or_default();
        let one = |id: &Value| {
            let of = self.printed.iter().find(|printed| *id == printed.task.as_str());
            let status = if of.is_some() { "success" } else { "pending" };
            let document = of.map(|printed| printed.document.as_str());
            json!({"taskID": id, "detailStatus": [{"documentID": document, "status": status,
                "msg": "", "printer": self.options.printers.first()}]})
        };
        json!({"printStatus": ids.iter().map(one).collect::<Vec<Value>>()})
    }
}

fn one(message: Value) -> Said {
    Said { messages: vec![message], goes_on: true }
}
