//! The world of a story: one clock, one carrier's clerk, one printer, all told what to do.

use base64::{Engine, engine::general_purpose::STANDARD};
use md5::{Digest, Md5};
use practice::{
    carrier::{Clock, Desk, Faults, Issued, Knock, Options, Reply, SfManner},
    printer::{self, Bitmap},
};
use station::{
    outside::{Answer, Http, HttpError, Later, Method, Outside, Request},
    print::{Broken, Port},
};
use std::{
    collections::HashMap,
    io,
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
    time::Duration,
};

/// Signs what the stories ask; invented.
pub const API_KEY: &str = "11111111-2222-3333-4444-555555555555";
/// When every story begins: 2026-11-21 02:00 UTC.
const BEGIN_MS: i64 = 1_795_226_400_000;

/// What goes wrong with the next label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrinterFault {
    /// The connection is refused.
    Refused,
    /// It breaks before the first byte.
    BreaksAtOnce,
    /// It breaks in the middle; nothing comes out.
    BreaksInside,
    /// The label comes out, and then the connection breaks.
    BreaksAfter,
    /// It accepts and says nothing any more until told.
    Silent,
}

/// What came out of the printer.
#[derive(Default)]
pub struct Paper {
    /// Every label, oldest first.
    pub labels: Vec<Bitmap>,
    /// Every label that a platform's component was handed, by its document's name.
    pub documents: Vec<String>,
    /// The bytes of the last label that was sent.
    pub last_bytes: Vec<u8>,
    /// What goes wrong with the next labels, first one first; `None` is a good one.
    pub plan: Vec<Option<PrinterFault>>,
    /// No paper: labels wait inside.
    pub empty: bool,
    /// No answers.
    pub silent: bool,
    inside: Vec<Bitmap>,
}

/// All of it.
pub struct World {
    now_ms: Arc<AtomicI64>,
    away: AtomicBool,
    unsigned: AtomicBool,
    refused_calls: AtomicI64,
    desk: Mutex<Desk>,
    paper: Mutex<Paper>,
    /// The requests of waybills, newest last.
    pub requests: Mutex<Vec<serde_json::Value>>,
    /// Numbers read off the labels so far, in order: reading takes longer than printing.
    pub read_labels: Mutex<Vec<String>>,
}

impl World {
    /// A world in which nothing goes wrong yet.
    pub fn new(seed: u64) -> Self {
        Self::with_sf(seed, SfManner::default())
    }

    /// The same, with SF in a manner of its own.
    pub fn with_sf(seed: u64, sf: SfManner) -> Self {
        let now_ms = Arc::new(AtomicI64::new(BEGIN_MS));
        let clock = Arc::clone(&now_ms);
        let options = Options {
            api_key: API_KEY.into(),
            faults: Faults { seed, ..Faults::default() },
            sf,
            clock: Clock(Arc::new(move || clock.load(Ordering::SeqCst))),
            ..Options::default()
        };
        Self {
            now_ms,
            away: AtomicBool::new(false),
            unsigned: AtomicBool::new(false),
            refused_calls: AtomicI64::new(0),
            desk: Mutex::new(Desk::open(&options).expect("no journal to open")),
            paper: Mutex::new(Paper::default()),
            requests: Mutex::new(Vec::new()),
            read_labels: Mutex::new(Vec::new()),
        }
    }

    /// The station's view of it.
    pub fn outside(world: &Arc<Self>) -> Outside {
        let clock = Arc::clone(world);
        let printer = Arc::clone(world);
        Outside {
            now_ms: Arc::new(move || clock.now_ms.load(Ordering::SeqCst)),
            http: Arc::new(Door(Arc::clone(world))),
            open_printer: Arc::new(move |_| {
                let world = Arc::clone(&printer);
                Box::pin(async move { open(world) })
            }),
            open_device: Arc::new(|_| Box::pin(async { Err(std::io::ErrorKind::NotFound.into()) })),
            keyring: Arc::new(|_| Err("no keyring in a story".into())),
            keep_secret: Arc::new(|_, _| Err("no keyring in a story".into())),
            practice_url: None,
        }
    }

    /// What the clock shows, ms UTC.
    pub fn now_ms(&self) -> i64 {
        self.now_ms.load(Ordering::SeqCst)
    }

    /// Moves the clock.
    pub fn tick(&self, ms: i64) {
        self.now_ms.fetch_add(ms, Ordering::SeqCst);
    }

    /// Moves the clock to a moment, never back.
    pub fn until(&self, at_ms: i64) {
        self.now_ms.fetch_max(at_ms, Ordering::SeqCst);
    }

    /// Cuts or mends the network to the carrier.
    pub fn set_away(&self, away: bool) {
        self.away.store(away, Ordering::SeqCst);
    }

    /// From now on every request is refused as wrongly signed, or no longer.
    pub fn refuse_signatures(&self, refuse: bool) {
        self.unsigned.store(refuse, Ordering::SeqCst);
    }

    /// Calls that found the network away.
    pub fn refused_calls(&self) -> i64 {
        self.refused_calls.load(Ordering::SeqCst)
    }

    /// What the carrier does wrong from now on.
    pub fn set_faults(&self, faults: Faults) {
        self.desk().faults = faults;
    }

    /// What the carrier sends as every label from now on.
    pub fn set_label(&self, label: Vec<u8>) {
        self.desk().label = Some(label);
    }

    /// How many numbers the carrier gives in all, those it gave included.
    pub fn set_balance(&self, numbers: u64) {
        self.desk().balance = numbers;
    }

    /// The printer.
    pub fn paper(&self) -> MutexGuard<'_, Paper> {
        self.paper.lock().expect("no test panics while it prints")
    }

    /// Puts new paper in: what is inside comes out.
    pub fn refill(&self) {
        let mut paper = self.paper();
        paper.empty = false;
        let inside = std::mem::take(&mut paper.inside);
        paper.labels.extend(inside);
    }

    /// What was asked of the carrier last for an order of the stories' shop.
    pub fn last_request(&self, order_no: &str) -> Option<serde_json::Value> {
        let requests = self.requests.lock().expect("no test panics while it asks");
        let letters: String = order_no.chars().filter(char::is_ascii_alphanumeric).collect();
        let is_of = |request: &&serde_json::Value| {
            // As KDNiao calls it, and as SF does.
            let key = request["OrderCode"].as_str().or_else(|| request["orderId"].as_str());
            let key = key.and_then(|key| key.split('-').next());
            key == Some(letters.as_str())
        };
        requests.iter().rev().find(is_of).cloned()
    }

    pub(crate) fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().expect("no test panics while it asks")
    }

    /// Every number the carrier ever gave.
    pub fn issued(&self) -> Vec<Issued> {
        self.desk().issued()
    }

    /// Somebody takes a number back in the carrier's own console.
    pub fn take_back(&self, no: &str) {
        let body = format!(r#"{{"cpCode":"YTO","waybillCode":"{no}"}}"#);
        let digest = STANDARD.encode(Md5::digest(format!("{body}{API_KEY}")));
        let fields = [
            ("msg_type", "TMS_WAYBILL_DISCARD"),
            ("logistic_provider_id", "console"),
            ("data_digest", &digest),
            ("logistics_interface", &body),
        ];
        let body = serde_urlencoded::to_string(fields).expect("pairs of texts");
        let knock = Knock { path: "/gateway/link.do", body: body.as_bytes(), ..Knock::default() };
        let mut desk = self.desk();
        let call = desk.hear(knock);
        desk.answer(call);
    }

    /// Whether the carrier has this number and has not taken it back.
    pub fn has_live(&self, no: &str) -> bool {
        self.issued().iter().any(|issued| issued.waybill_no == no && !issued.voided)
    }

    /// The carrier's side of promise 1: its keys begin with order and shipment, only the letter at
    /// the end counts generations.
    ///
    /// # Panics
    /// When an order has two live numbers.
    pub fn check_one_live_number_an_order(&self) {
        let mut live: HashMap<String, String> = HashMap::new();
        for issued in self.issued().into_iter().filter(|issued| !issued.voided) {
            let order = issued.order_key.trim_end_matches(|c: char| c.is_ascii_uppercase());
            if let Some(other) = live.insert(order.to_owned(), issued.waybill_no.clone()) {
                panic!("{order} has {other} and {}", issued.waybill_no);
            }
        }
    }
}

struct Door(Arc<World>);

impl Http for Door {
    fn send(&self, request: Request) -> Later<'_, Result<Answer, HttpError>> {
        Box::pin(async move {
            // A kill may come before the request leaves, and again before its answer is read.
            tokio::task::yield_now().await;
            if self.0.away.load(Ordering::SeqCst) {
                self.0.refused_calls.fetch_add(1, Ordering::SeqCst);
                return Err(HttpError::NotSent("network is unreachable".into()));
            }
            if self.0.unsigned.load(Ordering::SeqCst) {
                let body = r#"{"Success":false,"ResultCode":"102","Reason":"签名错误"}"#.into();
                return Ok(Answer { status: 200, body });
            }
            if let Some(data) = request_data(&request.body) {
                self.0.requests.lock().expect("no test panics while it asks").push(data);
            }
            let reply = {
                let mut desk = self.0.desk();
                let begin = request.url.find("://").map_or(0, |at| at + 3);
                let at = request.url[begin..].find('/').map_or(request.url.len(), |at| begin + at);
                let (host, path) = request.url.split_at(at);
                let (path, query) = path.split_once('?').unwrap_or((path, ""));
                let headers: Vec<(String, String)> = request
                    .headers
                    .iter()
                    .map(|(name, value)| ((*name).into(), value.clone()))
                    .collect();
                let method = if request.method == Method::Get { "GET" } else { "POST" };
                let body = request.body.as_slice();
                let call = desk.hear(Knock { host, path, query, headers: &headers, body, method });
                desk.answer(call)
            };
            tokio::task::yield_now().await;
            match reply {
                Reply::Http(status, _, body) => Ok(Answer { status, body }),
                Reply::Lost => Err(HttpError::Unknown("connection reset".into())),
            }
        })
    }
}

/// The text of a form that is asked: KDNiao's `RequestData`, SF's `msgData`.
fn request_data(body: &[u8]) -> Option<serde_json::Value> {
    let fields: Vec<(String, String)> = serde_urlencoded::from_bytes(body).ok()?;
    let is_asked = |(name, _): &&(String, String)| name == "RequestData" || name == "msgData";
    fields.iter().find(is_asked).and_then(|(_, text)| serde_json::from_str(text).ok())
}

fn open(world: Arc<World>) -> io::Result<Box<dyn Port>> {
    let refused = {
        let mut paper = world.paper();
        let refused = paper.plan.first() == Some(&Some(PrinterFault::Refused));
        if refused {
            paper.plan.remove(0);
        }
        refused
    };
    if refused {
        return Err(io::Error::from(io::ErrorKind::ConnectionRefused));
    }
    Ok(Box::new(Wire(world)))
}

struct Wire(Arc<World>);

impl Port for Wire {
    fn write_label<'a>(
        &'a mut self,
        _name: &'a str,
        bytes: &'a [u8],
    ) -> Later<'a, Result<(), Broken>> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            let fault = {
                let mut paper = self.0.paper();
                if paper.plan.is_empty() { None } else { paper.plan.remove(0) }
            };
            let broken = |sent: usize| {
                Err(Broken { sent, why: io::Error::from(io::ErrorKind::ConnectionReset) })
            };
            match fault {
                Some(PrinterFault::Refused | PrinterFault::BreaksAtOnce) => return broken(0),
                Some(PrinterFault::BreaksInside) => return broken(bytes.len() / 2),
                Some(PrinterFault::Silent) => self.0.paper().silent = true,
                Some(PrinterFault::BreaksAfter) | None => {}
            }
            bytes.clone_into(&mut self.0.paper().last_bytes);
            if let Ok(document) = serde_json::from_slice::<serde_json::Value>(bytes) {
                let name = document["documentID"].as_str().expect("a document").to_owned();
                self.0.paper().documents.push(name);
                tokio::task::yield_now().await;
                return if fault == Some(PrinterFault::BreaksAfter) {
                    broken(bytes.len())
                } else {
                    Ok(())
                };
            }
            let labels = printer::decode(bytes, 8);
            assert_eq!(labels.len(), 1, "one job, one label");
            {
                let mut paper = self.0.paper();
                if paper.empty {
                    paper.inside.extend(labels);
                } else {
                    paper.labels.extend(labels);
                }
            }
            // A kill may come after the last byte and before we know it.
            tokio::task::yield_now().await;
            if fault == Some(PrinterFault::BreaksAfter) {
                return broken(bytes.len());
            }
            Ok(())
        })
    }

    fn ask<'a>(
        &'a mut self,
        _question: &'a [u8],
        _wait: Duration,
        _enough: fn(&[u8]) -> bool,
    ) -> Later<'a, io::Result<Vec<u8>>> {
        Box::pin(async move {
            let (silent, empty, inside) = {
                let paper = self.0.paper();
                (paper.silent, paper.empty, paper.inside.len())
            };
            if silent {
                self.0.tick(2_000);
                return Ok(Vec::new());
            }
            let paper_out = u8::from(empty);
            Ok(format!(
                "\x02030,{paper_out},0,1040,{inside:03},0,0,0,000,0,0,0\x03\r\n\
                 \x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n"
            )
            .into_bytes())
        })
    }

    fn answers(&self) -> bool {
        true
    }
}
