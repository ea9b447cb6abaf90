//! The clerk: one call in, one answer out, by KDNiao's rules and the faults it was told to make.

use super::{
    Options,
    applications::Applications,
    ask::{self, Ask, No, text},
    book::{Book, Extent, Given, Issued},
    cainiao,
    counter::{self, Counter, Heard, Said},
    faults::{self, Faults, Wrong},
    further,
    journey::Journeys,
    karrio,
    marks::Place,
    pickups::Pickups,
    sf,
    sms::Message,
    template, ways,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{collections::HashMap, io};

/// What goes back to the client.
pub enum Reply {
    /// Status, content type, body.
    Http(u16, &'static str, Vec<u8>),
    /// The connection closes without a word.
    Lost,
}

/// An HTTP request, as far as a carrier looks at it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Knock<'a> {
    /// Scheme, host and port it came by.
    pub host: &'a str,
    /// The path; letters of either case.
    pub path: &'a str,
    /// What follows the `?`.
    pub query: &'a str,
    /// All headers; names in either case.
    pub headers: &'a [(String, String)],
    /// The body.
    pub body: &'a [u8],
    /// "GET" or "POST".
    pub method: &'a str,
}

/// A call that came in, and what will go wrong with it.
pub struct Call {
    ask: Asked,
    host: String,
    wrong: Wrong,
}

/// Whose protocol it is in, and what it asks.
enum Asked {
    Kdniao(Result<Ask, No>),
    Sf(Result<sf::Ask, sf::No>),
    SfToken(Vec<u8>),
    SfLabel(String, Option<String>),
    Cainiao(Result<cainiao::Ask, cainiao::No>),
    /// At one of the other counters.
    At(usize, Heard),
    Karrio(karrio::Ask),
    Nothing,
}

impl Call {
    /// How long its answer takes beyond the usual, ms.
    pub fn slow_ms(&self) -> u64 {
        self.wrong.slow_ms
    }
}

/// RequestTypes of e-waybills.
const E_ORDERS: [&str; 4] = ["1007", "1147", "1127", "1107"];

/// Everything a practice carrier knows.
#[derive(Debug)]
pub struct Desk {
    pub(super) book: Book,
    sf: sf::Gate,
    counters: Vec<Box<dyn Counter>>,
    karrio: karrio::Gateway,
    /// What it does wrong from now on.
    pub faults: Faults,
    /// What it sends in place of every label that KDNiao's protocol asks for; `{no}` in it becomes
    /// the waybill number.
    pub label: Option<Vec<u8>>,
    pub(super) api_key: String,
    account_fields: bool,
    /// Numbers that can be taken before it refuses.
    pub balance: u64,
    pub(super) journeys: Journeys,
    pub(super) pickups: Pickups,
    pub(super) messages: Vec<Message>,
    pub(super) applications: Applications,
    /// How often each order was asked about, by RequestType and key.
    asked: HashMap<(String, String), u32>,
}

impl Desk {
    /// A clerk with the book that the options name.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub fn open(options: &Options) -> io::Result<Self> {
        Ok(Self {
            book: Book::open(options.journal.as_deref())?,
            sf: sf::Gate::new(options),
            counters: counter::all(options),
            karrio: karrio::Gateway::new(options),
            faults: options.faults.clone(),
            label: None,
            api_key: options.api_key.clone(),
            account_fields: options.account_fields,
            balance: options.balance,
            journeys: Journeys::new(options),
            pickups: Pickups::default(),
            messages: Vec::new(),
            applications: Applications::default(),
            asked: HashMap::new(),
        })
    }

    /// Every number it ever gave.
    pub fn issued(&self) -> Vec<Issued> {
        let abroad = self.karrio.issued();
        self.book.issued().into_iter().chain(abroad).collect()
    }

    /// Reads a call and decides its fate; nothing is done yet.
    pub fn hear(&mut self, knock: Knock<'_>) -> Call {
        let path = knock.path.to_ascii_lowercase();
        let mut about = (String::new(), String::new());
        let mut counters = self.counters.iter_mut().enumerate();
        let heard = counters.find_map(|(at, one)| Some((at, one.hear(&knock)?)));
        let ask = match path.as_str() {
            _ if let Some((at, mut heard)) = heard => {
                heard.at_ms = self.journeys.now_ms();
                about = (heard.call.clone(), heard.key.clone());
                Asked::At(at, heard)
            }
            "/api/eorderservice"
            | "/api/dist"
            | "/api/track/packet"
            | "/api/oorderservice"
            | "/ebusiness/ebusinessorderhandle.aspx"
            | "/kdniaosandbox/gateway/exterfaceinvoke.json" => {
                let ask = ask::read(knock.body, &self.api_key);
                if let Ok(ask) = &ask {
                    let names = ["OrderCode", "LogisticCode", "StationCode"];
                    let mut keys = names.into_iter().map(|name| text(&ask.data, name));
                    let key = keys.find(|key| !key.is_empty()).unwrap_or_default();
                    about = (ask.request_type.clone(), key.to_owned());
                }
                // E-waybills are taken at their own address; the trial world has one for all.
                // So are parcels abroad, whose address takes nothing else.
                let one_for_all = path.contains("sandbox");
                let here = |ask: &Ask| match ask.request_type.as_str() {
                    e_order if E_ORDERS.contains(&e_order) => path == "/api/eorderservice",
                    "7101" | "7108" => path == "/api/track/packet",
                    _ => path != "/api/track/packet",
                };
                match &ask {
                    Ok(ask) if !one_for_all && !here(ask) => Asked::Nothing,
                    Ok(_) | Err(_) => Asked::Kdniao(ask),
                }
            }
            "/std/service" => {
                let ask = self.sf.read(knock.body);
                if let Ok(ask) = &ask {
                    about = (ask.service.clone(), text(&ask.data, "orderId").to_owned());
                }
                Asked::Sf(ask)
            }
            "/gateway/link.do" => {
                let ask = cainiao::read(knock.body, &self.api_key);
                if let Ok(ask) = &ask {
                    about = (ask.msg_type.clone(), cainiao::key(ask).to_owned());
                }
                Asked::Cainiao(ask)
            }
            "/oauth2/accesstoken" => Asked::SfToken(knock.body.to_vec()),
            karrio if karrio.starts_with("/v1/") => {
                let ask = self.karrio.read(&knock);
                about = (ask.call.to_owned(), ask.reference.clone());
                Asked::Karrio(ask)
            }
            label if label.starts_with("/label/") => {
                let token = counter::header(&knock, "x-auth-token");
                Asked::SfLabel(label.to_owned(), Some(token.to_owned()))
            }
            _ => Asked::Nothing,
        };
        let (kind, key) = about;
        let asked = self.asked.entry((kind.clone(), key.clone())).or_default();
        *asked += 1;
        let wrong = self.faults.of_call(&kind, &key, *asked);
        Call { ask, host: knock.host.to_owned(), wrong }
    }

    /// Does what was asked, if it is done at all, and answers, if at all.
    pub fn answer(&mut self, call: Call) -> Reply {
        let wrong = call.wrong;
        if wrong.lose_before {
            return Reply::Lost;
        }
        if wrong.too_many {
            return Reply::Http(429, "text/plain", b"too many requests".to_vec());
        }
        if wrong.page_before {
            return page();
        }
        let mut status = 200;
        let answer = match call.ask {
            Asked::Kdniao(Ok(ask)) => self.act(&ask, &wrong).unwrap_or_else(no),
            Asked::Kdniao(Err(why)) => no(why),
            Asked::Sf(Ok(_)) if wrong.refuse_rate => sf::gateway("A1005", "请求频率超限"),
            Asked::Sf(Ok(ask)) => {
                let journeys = &self.journeys;
                self.sf.act(&mut self.book, journeys, &ask, &wrong, &call.host)
            }
            Asked::Sf(Err((code, words))) => sf::gateway(code, words),
            Asked::Cainiao(Ok(ask)) => {
                let left = self.balance.saturating_sub(self.book.count());
                cainiao::act(&mut self.book, &ask, &wrong, left, self.journeys.now_ms())
            }
            Asked::Cainiao(Err(why)) => cainiao::no(why),
            Asked::SfToken(body) => self.sf.token(&body),
            Asked::SfLabel(path, token) => {
                return match self.sf.label(&self.book, &path, token.as_deref()) {
                    Some(pdf) => Reply::Http(200, "application/pdf", pdf),
                    None => Reply::Http(403, "text/plain", b"no".to_vec()),
                };
            }
            Asked::At(at, heard) => {
                match self.counters[at].act(&mut self.book, &heard, &wrong, &call.host) {
                    Said::Json(answer) => answer,
                    Said::File(kind, bytes) => return Reply::Http(200, kind, bytes),
                    Said::Busy => return Reply::Http(429, "text/plain", b"too many".to_vec()),
                }
            }
            Asked::Karrio(ask) => {
                let (said, answer) = self.karrio.act(&ask, &wrong);
                status = said;
                answer
            }
            Asked::Nothing => {
                let page = b"<html><h1>404 Not Found</h1></html>".to_vec();
                return Reply::Http(404, "text/html", page);
            }
        };
        if wrong.lose_after {
            return Reply::Lost;
        }
        if wrong.page_after {
            return page();
        }
        let mut bytes = answer.to_string().into_bytes();
        if wrong.cut {
            bytes.truncate(bytes.len() / 2);
        }
        // KDNiao's answers do not always say that they are JSON.
        Reply::Http(status, "text/html; charset=utf-8", bytes)
    }

    fn act(&mut self, ask: &Ask, wrong: &Wrong) -> Result<Value, No> {
        if wrong.refuse_rate {
            return Err(("105", "请求过于频繁，请稍后再试".to_owned()));
        }
        match ask.request_type.as_str() {
            "1007" => self.create(ask, wrong),
            "1147" => self.void(ask, wrong),
            "1127" => Ok(self.left()),
            "1107" => self.applications.take(ask, wrong.refuse),
            "1002" | "8001" | "8002" => Ok(self.journeys.tell(&self.book, ask, wrong)),
            "7101" | "7108" => Ok(self.journeys.abroad(ask, wrong)),
            "8101" => self.message(ask, wrong),
            "2002" => self.journeys.recognise(&self.book, ask),
            other => {
                let Self { pickups, book, journeys, .. } = self;
                ways::answer(other, &ask.data)
                    .or_else(|| further::answer(other, &ask.data))
                    .or_else(|| pickups.answer(book, journeys, ask, wrong))
                    .unwrap_or_else(|| Err(("105", format!("练习快递不支持接口指令 {other}"))))
            }
        }
    }

    fn create(&mut self, ask: &Ask, wrong: &Wrong) -> Result<Value, No> {
        let data = &ask.data;
        ask::check_create(data, self.account_fields)?;
        let key = text(data, "OrderCode");
        let parcels = data["Quantity"].as_u64().unwrap_or(1);
        let slip = data["IsReturnSignBill"] == 1;
        let extent = Extent { parcels, slip, at_ms: self.journeys.now_ms() };
        if !self.book.knows(key) {
            if wrong.refuse {
                return Err(("105", "收件地址不在派送范围内".to_owned()));
            }
            if self.book.count() + parcels > self.balance {
                return Err(("105", "电子面单余额不足，请充值".to_owned()));
            }
        }
        let sha: String =
            Sha256::digest(&ask.text).iter().map(|byte| format!("{byte:02x}")).collect();
        let (from, to) = (place(&data["Sender"]), place(&data["Receiver"]));
        let given = self.book.give(key, text(data, "ShipperCode"), &sha, &from, &to, extent);
        let (code, reason, order, further) = match given.map_err(ask::disk)? {
            Given::New(order, further) => ("100", "成功", order, further),
            Given::Again(order, further) => ("106", "该订单号已下单成功", order, further),
            Given::Voided => {
                return Err(("105", "该订单号已取消，不能再次使用".to_owned()));
            }
        };
        if wrong.bare {
            return Ok(json!({"EBusinessID": "practice", "ResultCode": "106"}));
        }
        let mut answer = yes(code, reason);
        answer["PrintTemplate"] = match &self.label {
            Some(label) => STANDARD.encode(numbered(label, text(&order, "LogisticCode"))).into(),
            None => template::drawn(data, &order, wrong).into(),
        };
        answer["Order"] = order;
        template::tell_further(&mut answer, data, further, wrong);
        Ok(answer)
    }

    fn void(&mut self, ask: &Ask, wrong: &Wrong) -> Result<Value, No> {
        if wrong.refuse {
            return Err(("105", "该单号已揽收，不能取消".to_owned()));
        }
        for field in ["ShipperCode", "OrderCode", "ExpNo"] {
            if text(&ask.data, field).is_empty() {
                return Err(("101", format!("缺少必要参数: {field}")));
            }
        }
        match self.book.void(text(&ask.data, "OrderCode"), text(&ask.data, "ExpNo")) {
            Ok(Some(true)) => Ok(yes("100", "成功")),
            Ok(Some(false)) if wrong.revoid_refuse => Err(("105", "该单号已取消".to_owned())),
            Ok(Some(false)) => Ok(yes("100", "成功")),
            Ok(None) => Err(("105", "订单不存在".to_owned())),
            Err(why) => Err(ask::disk(why)),
        }
    }

    fn left(&self) -> Value {
        let mut answer = yes("100", "成功");
        answer["EorderBalance"] = json!({
            "AvailableNum": self.balance.saturating_sub(self.book.count()),
            // As text: KDNiao does both.
            "TotalNum": self.balance.to_string(),
        });
        answer
    }
}

/// A label with the number in its place.
fn numbered(label: &[u8], no: &str) -> Vec<u8> {
    let (mut out, mut rest, mark) = (Vec::with_capacity(label.len()), label, b"{no}");
    while let Some(at) = rest.windows(mark.len()).position(|part| part == mark) {
        out.extend([&rest[..at], no.as_bytes()].concat());
        rest = &rest[at + mark.len()..];
    }
    out.extend(rest);
    out
}

pub(super) fn place(party: &Value) -> Place<'_> {
    Place {
        province: text(party, "ProvinceName"),
        city: text(party, "CityName"),
        district: text(party, "ExpAreaName"),
        detail: text(party, "Address"),
    }
}

fn yes(code: &str, reason: &str) -> Value {
    json!({"EBusinessID": "practice", "Success": true, "ResultCode": code, "Reason": reason})
}

fn no((code, reason): No) -> Value {
    json!({"EBusinessID": "practice", "Success": false, "ResultCode": code, "Reason": reason})
}

fn page() -> Reply {
    Reply::Http(502, "text/html", faults::GATEWAY_PAGE.into())
}
