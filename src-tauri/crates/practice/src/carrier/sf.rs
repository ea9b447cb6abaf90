//! SF's side of the practice carrier: one gateway address, services behind it, tokens, and labels
//! that can be fetched. Written from the facts collected of SF's documents in 2026-11 and from
//! nothing of the station's client.

mod charge;
mod push;

pub use push::is_taken;

use super::{
    Options,
    book::{Book, Extent, Further, Given},
    faults::Wrong,
    journey::Journeys,
    marks::Place,
    pdf, promise,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use md5::{Digest, Md5};
use serde_json::{Value, json};
use sha2::Sha256;
use std::collections::{HashMap, HashSet};

/// How this SF behaves where its documents leave more than one way.
#[derive(Debug, Clone)]
pub struct Manner {
    /// The digest is of the text as it is, not of its URL-encoded form.
    pub plain: bool,
    /// An order asked for again gets its number again; else it is refused as a duplicate.
    pub gives_again: bool,
    /// Requests that a token is good for.
    pub token_uses: u32,
    /// Label requests for a number that come too early.
    pub draws_after: u32,
}

impl Default for Manner {
    fn default() -> Self {
        Self { plain: false, gives_again: false, token_uses: 1_000, draws_after: 1 }
    }
}

/// What the gateway remembers beside the book.
#[derive(Debug)]
pub struct Gate {
    manner: Manner,
    checkword: String,
    seen: HashSet<String>,
    tokens: HashMap<String, u32>,
    told: u32,
    asked_for_label: HashMap<String, u32>,
}

/// A request that was let through.
#[derive(Debug)]
pub struct Ask {
    pub service: String,
    text: String,
    pub data: Value,
}

/// The gateway's own "no": code and words.
pub type No = (&'static str, &'static str);

impl Gate {
    pub fn new(options: &Options) -> Self {
        Self {
            manner: options.sf.clone(),
            checkword: options.api_key.clone(),
            seen: HashSet::new(),
            tokens: HashMap::new(),
            told: 0,
            asked_for_label: HashMap::new(),
        }
    }

    /// Reads a request to `/std/service` and checks whose it is.
    pub fn read(&mut self, body: &[u8]) -> Result<Ask, No> {
        let form: HashMap<String, String> =
            serde_urlencoded::from_bytes(body).map_err(|_| ("A1001", "必传参数不可为空"))?;
        let field = |name: &str| match form.get(name).map(String::as_str) {
            None | Some("") => Err(("A1001", "必传参数不可为空")),
            Some(value) => Ok(value.to_owned()),
        };
        field("partnerID")?;
        let (text, stamp, service) =
            (field("msgData")?, field("timestamp")?, field("serviceCode")?);
        if stamp.len() != 13 || !stamp.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(("A1002", "请求时效已过期"));
        }
        if !self.seen.insert(field("requestID")?) {
            return Err(("A1007", "重复请求"));
        }
        match form.get("accessToken") {
            Some(token) => self.use_token(token)?,
            None if field("msgDigest")? == self.digest(&format!("{text}{stamp}")) => {}
            None => return Err(("A1006", "数字签名无效")),
        }
        let data: Value = serde_json::from_str(&text)
            .ok()
            .filter(Value::is_object)
            .ok_or(("A1099", "msgData 不是 JSON 对象"))?;
        Ok(Ask { service, text, data })
    }

    fn digest(&self, text: &str) -> String {
        let text = format!("{text}{}", self.checkword);
        let text = if self.manner.plain { text } else { java_encoded(&text) };
        STANDARD.encode(Md5::digest(text))
    }

    fn use_token(&mut self, token: &str) -> Result<(), No> {
        match self.tokens.get_mut(token) {
            Some(left) if *left > 0 => {
                *left -= 1;
                Ok(())
            }
            _ => Err(("A1011", "OAuth2 认证失败")),
        }
    }

    /// Answers `/oauth2/accessToken`.
    pub fn token(&mut self, body: &[u8]) -> Value {
        let form: HashMap<String, String> = serde_urlencoded::from_bytes(body).unwrap_or_default();
        let is = |name: &str, value: &str| form.get(name).is_some_and(|it| it == value);
        let known = form.contains_key("partnerID") && is("grantType", "password");
        if !known || !is("secret", &self.checkword) {
            return json!({"apiResultCode": "A1011", "apiErrorMsg": "OAuth2 认证失败"});
        }
        self.told += 1;
        let token = format!("{:032x}", super::faults::mix(&format!("token {}", self.told)));
        self.tokens.insert(token.clone(), self.manner.token_uses);
        json!({"apiResultCode": "A1000", "accessToken": token, "expiresIn": 7_200})
    }

    /// Does what was asked and answers as the service would, `host` being where labels lie.
    pub fn act(
        &mut self,
        book: &mut Book,
        journeys: &Journeys,
        ask: &Ask,
        wrong: &Wrong,
        host: &str,
    ) -> Value {
        let said = match ask.service.as_str() {
            "EXP_RECE_CREATE_ORDER" => self.create(book, ask, wrong, journeys.now_ms()),
            "EXP_RECE_SEARCH_ROUTES" if wrong.no_quota => {
                return gateway("A1005", "接口调用次数超过每日上限");
            }
            "EXP_RECE_SEARCH_ROUTES" => journeys.routes(book, &ask.data, wrong),
            "EXP_RECE_QUERY_DELIVERTM" => promise::answer(&ask.data, journeys.now_ms()),
            "EXP_RECE_SEARCH_ORDER_RESP" => {
                let order = book.order(text(&ask.data, "orderId"));
                order
                    .map(|(order, further)| yes(&shape(order, &further)))
                    .ok_or(("8018", "未获取到订单信息"))
            }
            "EXP_RECE_QUERY_SFWAYBILL" => charge::answer(book, journeys.trips(), &ask.data),
            "EXP_RECE_UPDATE_ORDER" => cancel(book, &ask.data, wrong),
            "COM_RECE_CLOUD_PRINT_WAYBILLS" => self.draw(book, &ask.data, wrong, host),
            _ => return gateway("A1004", "无对应服务权限"),
        };
        passed(&said.unwrap_or_else(
            |(code, words)| json!({"success": false, "errorCode": code, "errorMsg": words}),
        ))
    }

    fn create(&self, book: &mut Book, ask: &Ask, wrong: &Wrong, now_ms: i64) -> Result<Value, No> {
        check_create(&ask.data)?;
        let key = text(&ask.data, "orderId");
        if !book.knows(key) && wrong.refuse {
            let order = json!({"orderId": key, "filterResult": 3, "waybillNoInfoList": null});
            return Ok(yes(&order));
        }
        let [from, to] = [1, 2].map(|kind| place(contact(&ask.data, kind)));
        let sha: String =
            Sha256::digest(&ask.text).iter().map(|byte| format!("{byte:02x}")).collect();
        let extent = Extent {
            parcels: ask.data["parcelQty"].as_u64().unwrap_or(1),
            at_ms: now_ms,
            slip: ask.data["isSignBack"] == 1,
        };
        let given = book.give(key, "SF", &sha, &from, &to, extent);
        match given.map_err(|_| ("8000", "练习顺丰的账本写不进去"))? {
            Given::New(..) if wrong.bare => Err(("8016", "重复下单")),
            Given::New(order, further) => {
                let mut further = further;
                if wrong.few_parcels {
                    further.children.pop();
                }
                Ok(yes(&shape(&order, &further)))
            }
            Given::Again(order, further) if self.manner.gives_again => {
                Ok(yes(&shape(&order, &further)))
            }
            Given::Again(..) | Given::Voided => Err(("8016", "重复下单")),
        }
    }

    /// A label is there some calls after its number.
    fn draw(&mut self, book: &Book, data: &Value, wrong: &Wrong, host: &str) -> Result<Value, No> {
        if text(data, "templateCode").is_empty() || text(data, "version") != "2.0" {
            return Err(("1001", "模板编码不能为空"));
        }
        let documents = data["documents"].as_array().map(Vec::as_slice).unwrap_or_default();
        if documents.is_empty() || documents.len() > 20 {
            return Err(("1001", "documents 数量不对"));
        }
        let mut files = Vec::new();
        for (seq, document) in (1..).zip(documents) {
            // The further number where there is one; the mother's must be known all the same.
            let mother = text(document, "masterWaybillNo");
            let further = ["branchWaybillNo", "backWaybillNo"].map(|name| text(document, name));
            let no = further.into_iter().find(|no| !no.is_empty()).unwrap_or(mother);
            let order = book.by_number(no).ok_or(("8018", "未获取到订单信息"))?;
            if text(order, "LogisticCode") != mother {
                return Err(("8017", "订单号与运单号不匹配"));
            }
            let asked = self.asked_for_label.entry(no.to_owned()).or_default();
            *asked += 1;
            if *asked <= self.manner.draws_after || wrong.no_template {
                continue;
            }
            let tail = if wrong.wrong_template { "0" } else { "" };
            files.push(json!({
                "url": format!("{host}/label/{no}{tail}"),
                "token": format!("AUTH_{}", super::faults::mix(no)),
                "waybillNo": no,
                "seqNo": seq,
                "pageNo": 1,
            }));
        }
        Ok(
            json!({"success": true, "requestId": "practice", "obj": {"fileType": "pdf", "files": files}}),
        )
    }

    /// The file of a label, for whoever has its token.
    pub fn label(&self, book: &Book, path: &str, token: Option<&str>) -> Option<Vec<u8>> {
        let no = path.strip_prefix("/label/")?.to_ascii_uppercase();
        let own = [no.as_str(), no.strip_suffix('0').unwrap_or_default()];
        let mine = own.into_iter().find(|no| book.by_number(no).is_some())?;
        if token != Some(format!("AUTH_{}", super::faults::mix(mine)).as_str()) {
            return None;
        }
        let order = book.by_number(mine)?;
        pdf::label(&no, text(&order["ShipperInfo"], "DestRouteLabel"))
    }
}

/// The gateway's answer around a service's.
fn passed(said: &Value) -> Value {
    let mut answer = gateway("A1000", "");
    answer["apiResultData"] = said.to_string().into();
    answer
}

/// The gateway's answer without a service behind it.
pub fn gateway(code: &str, words: &str) -> Value {
    json!({
        "apiErrorMsg": words,
        "apiResponseID": "000180A0000000000000000000000000",
        "apiResultCode": code,
    })
}

fn yes(order: &Value) -> Value {
    json!({"success": true, "errorCode": "S0000", "errorMsg": null, "msgData": order})
}

/// An order of the book as SF tells it.
fn shape(order: &Value, further: &Further) -> Value {
    let route = &order["ShipperInfo"];
    let mut numbers = vec![json!({"waybillType": 1, "waybillNo": order["LogisticCode"]})];
    let of_kind = |kind: u8| move |no: &String| json!({"waybillType": kind, "waybillNo": no});
    numbers.extend(further.children.iter().map(of_kind(2)));
    numbers.extend(further.slip.iter().map(of_kind(3)));
    json!({
        "orderId": order["OrderCode"],
        "originCode": order["OriginCode"],
        "destCode": order["DestinatioCode"],
        "filterResult": 2,
        "remark": "",
        "waybillNoInfoList": numbers,
        "routeLabelInfo": [{"code": "1000", "routeLabelData": {
            "waybillNo": order["LogisticCode"],
            "proCode": route["ProCode"],
            "destRouteLabel": route["DestRouteLabel"],
            "twoDimensionCode": route["TwoDimensionCode"],
            "codingMapping": route["CodingMapping"],
        }}],
    })
}

fn cancel(book: &mut Book, data: &Value, wrong: &Wrong) -> Result<Value, No> {
    if data["dealType"] != 2 {
        return Err(("8024", "订单操作类型不正确"));
    }
    if wrong.refuse {
        return Err(("8252", "订单已确认"));
    }
    let (key, no) = (text(data, "orderId"), text(&data["waybillNoInfoList"][0], "waybillNo"));
    let done = json!({"orderId": key, "resStatus": 2});
    match book.void(key, no) {
        Ok(Some(true)) => Ok(yes(&done)),
        Ok(Some(false)) if wrong.revoid_refuse => Err(("8037", "订单已消单")),
        Ok(Some(false)) => Ok(yes(&done)),
        Ok(None) if book.knows(key) => Ok(yes(&json!({"orderId": key, "resStatus": 1}))),
        Ok(None) => Err(("8018", "未获取到订单信息")),
        Err(_) => Err(("8000", "练习顺丰的账本写不进去")),
    }
}

fn check_create(data: &Value) -> Result<(), No> {
    let key = text(data, "orderId");
    if key.is_empty() || key.len() > 64 || text(data, "language").is_empty() {
        return Err(("1001", "必填参数为空"));
    }
    let goods = data["cargoDetails"].as_array().map(Vec::as_slice).unwrap_or_default();
    if goods.is_empty() || goods.iter().any(|one| text(one, "name").is_empty()) {
        return Err(("1023", "托寄物名称不能为空"));
    }
    for kind in [1, 2] {
        let contact = contact(data, kind);
        let phones = [text(contact, "tel"), text(contact, "mobile")];
        for (code, words, there) in [
            ("1010", "地址不能为空", !text(contact, "address").is_empty()),
            ("1011", "联系人不能为空", !text(contact, "contact").is_empty()),
            ("1012", "电话不能为空", phones.iter().any(|phone| !phone.is_empty())),
            ("1014", "城市不能为空", !text(contact, "city").is_empty()),
        ] {
            if !there {
                return Err((code, words));
            }
        }
    }
    if !matches!(data["parcelQty"].as_u64(), None | Some(1..=307)) {
        return Err(("1001", "包裹数不对"));
    }
    match (data["payMethod"].as_u64(), data["expressTypeId"].as_u64()) {
        (Some(1..=3), Some(1..)) => Ok(()),
        _ => Err(("1001", "必填参数为空")),
    }
}

fn contact(data: &Value, kind: u64) -> &Value {
    let all = data["contactInfoList"].as_array().map(Vec::as_slice).unwrap_or_default();
    all.iter().find(|one| one["contactType"] == kind).unwrap_or(&Value::Null)
}

fn place(contact: &Value) -> Place<'_> {
    Place {
        province: text(contact, "province"),
        city: text(contact, "city"),
        district: text(contact, "county"),
        detail: text(contact, "address"),
    }
}

fn text<'a>(data: &'a Value, name: &str) -> &'a str {
    data[name].as_str().unwrap_or_default()
}

/// Letters, digits and four signs stay; a blank is a plus; the rest is bytes in capitals.
fn java_encoded(text: &str) -> String {
    let one = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'*' | b'_' => {
            char::from(byte).to_string()
        }
        b' ' => "+".to_owned(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The facts' second vector of each formula.
    #[test]
    fn the_known_digests_are_asked_for() {
        for (plain, sign) in
            [(false, "ltR6J324wgevtYBzw6Gv/A=="), (true, "Wi49xYDymj/qnbbXTPLNJg==")]
        {
            let options = Options {
                api_key: "CHECKWORD_EXAMPLE_0123456789ABCDEF".to_owned(),
                sf: Manner { plain, ..Manner::default() },
                ..Options::default()
            };
            let gate = Gate::new(&options);
            let text = concat!(r#"{"orderId":"SHIP 1*~张三"}"#, "1700000000000");
            assert_eq!(gate.digest(text), sign);
        }
    }
}
