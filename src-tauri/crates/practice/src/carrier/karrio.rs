//! A Karrio gateway as the practice carrier plays it: drafts with rates, purchases, labels,
//! trackers. Written from what karrio-server 2026.1.32 with its offline carrier answered when it
//! was asked, and from nothing of the station's client. Like the real one it takes a reference as
//! often as it comes.

use super::{
    Options,
    book::Issued,
    desk::Knock,
    faults::Wrong,
    marks, pdf, template,
    trip::{Told, Trips, What},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The connection that it has.
const CONNECTION: &str = "practice_abroad";
/// What its two services cost, US dollars.
const SERVICES: [(&str, f64, u8); 2] = [("economy", 12.5, 12), ("express", 31.0, 4)];
/// Characters of a line and of a place at most.
const LINE_MAX: usize = 100;
const PLACE_MAX: usize = 50;

/// Everything a gateway keeps.
#[derive(Debug)]
pub struct Gateway {
    token: String,
    trips: Trips,
    kept: Vec<Kept>,
}

#[derive(Debug)]
struct Kept {
    id: String,
    reference: String,
    sent: Value,
    sha: String,
    status: &'static str,
    no: String,
    /// When its number was given, ms UTC.
    born_ms: i64,
    service: &'static str,
    /// Drafts of this reference before.
    nth: u32,
}

/// What is asked, and about which reference.
#[derive(Debug)]
pub struct Ask {
    pub call: &'static str,
    pub reference: String,
    id: String,
    data: Value,
    allowed: bool,
}

/// Status and answer.
pub type Said = (u16, Value);

impl Gateway {
    pub fn new(options: &Options) -> Self {
        let (token, trips) = (options.api_key.clone(), Trips::new(options));
        Self { token, trips, kept: Vec::new() }
    }

    /// Every number it ever gave.
    pub fn issued(&self) -> impl Iterator<Item = Issued> + '_ {
        self.kept.iter().filter(|kept| !kept.no.is_empty()).map(|kept| Issued {
            order_key: kept.reference.clone(),
            shipper_code: "KARRIO".to_owned(),
            waybill_no: kept.no.clone(),
            request_sha: kept.sha.clone(),
            voided: kept.status == "cancelled",
            asked: kept.nth,
            altered: 0,
            children: Vec::new(),
            slip: None,
        })
    }

    /// Reads a call; nothing is done yet.
    pub fn read(&self, knock: &Knock<'_>) -> Ask {
        let header = knock.headers.iter().find(|one| one.0.eq_ignore_ascii_case("authorization"));
        let allowed = header.is_some_and(|one| one.1 == format!("Token {}", self.token));
        let data: Value = serde_json::from_slice(knock.body).unwrap_or_default();
        let path: Vec<&str> = knock.path.trim_start_matches("/v1/").split('/').collect();
        let query: Vec<(String, String)> =
            serde_urlencoded::from_str(knock.query).unwrap_or_default();
        let asked = query.iter().find(|pair| pair.0 == "reference");
        let (call, id) = match (knock.method, path.as_slice()) {
            ("GET", ["shipments"]) => ("find", ""),
            ("POST", ["shipments"]) => ("draft", ""),
            ("GET", ["shipments", id]) => ("shipment", *id),
            ("POST", ["shipments", id, "purchase"]) => ("purchase", *id),
            ("POST", ["shipments", id, "cancel"]) => ("cancel", *id),
            ("POST", ["shipments", id, "documents", "label"]) => ("label", *id),
            ("GET", ["trackers", no]) => ("tracker", *no),
            ("GET", ["connections"]) => ("connections", ""),
            ("POST", ["proxy", "rates"]) => ("rates", ""),
            _ => ("nothing", ""),
        };
        let reference = match (call, self.kept.iter().find(|kept| kept.id == id)) {
            ("find", _) => asked.map(|pair| pair.1.clone()).unwrap_or_default(),
            ("draft", _) => text(&data, "reference").to_owned(),
            (_, Some(kept)) => kept.reference.clone(),
            (_, None) => String::new(),
        };
        Ask { call, reference, id: id.to_owned(), data, allowed }
    }

    /// Does what was asked and answers.
    pub fn act(&mut self, ask: &Ask, wrong: &Wrong) -> Said {
        if !ask.allowed {
            return no(401, "invalid_token", "Given token not valid for any token type");
        }
        if wrong.refuse_rate {
            return no(429, "throttled", "Request was throttled.");
        }
        let at = self.kept.iter().position(|kept| kept.id == ask.id);
        match (ask.call, at) {
            ("find", _) => self.find(&ask.reference),
            ("draft", _) => self.draft(ask),
            ("connections", _) => page(vec![json!({
                "object_type": "carrier-connection", "carrier_name": "generic",
                "carrier_id": CONNECTION, "active": true, "test_mode": true,
            })]),
            ("rates", _) => match complaint(&ask.data, false) {
                Some(words) => no(400, "validation", &words),
                None => (200, json!({"messages": [], "rates": rates("0")})),
            },
            ("tracker", _) => self.tracker(&ask.id, wrong),
            ("shipment", Some(at)) => (200, self.kept[at].shown(false)),
            ("purchase", Some(at)) => self.purchase(at, ask, wrong),
            ("cancel", Some(at)) => self.cancel(at, wrong),
            ("label", Some(at)) => match self.kept[at].label() {
                Some(zpl) if !wrong.no_template => (
                    200,
                    json!({"category": "label", "format": self.kept[at].format(), "base64": zpl}),
                ),
                Some(_) | None => no(404, "not_found", "Shipment not found or has no label"),
            },
            ("nothing", _) => no(404, "not_found", "Not Found"),
            (_, _) => no(404, "not_found", "Shipment not found"),
        }
    }

    /// Parts of a reference in any case, as the real one looks for them.
    fn find(&self, reference: &str) -> Said {
        let wanted = reference.to_lowercase();
        let fits = |kept: &&Kept| kept.reference.to_lowercase().contains(&wanted);
        page(self.kept.iter().rev().filter(fits).map(|kept| kept.shown(false)).collect())
    }

    fn draft(&mut self, ask: &Ask) -> Said {
        if let Some(words) = complaint(&ask.data, true) {
            return no(400, "validation", &words);
        }
        let listed = ask.data["carrier_ids"].as_array().map(Vec::as_slice).unwrap_or_default();
        if listed.iter().any(|id| id != CONNECTION) {
            let words = "No active carrier connection found to process the request";
            return no(404, "not_found", words);
        }
        let earlier = self.kept.iter().filter(|kept| kept.reference == ask.reference).count();
        let nth = u32::try_from(earlier).unwrap_or(u32::MAX);
        let mix = super::faults::mix(&format!("{}/{nth}", ask.reference));
        let sha = Sha256::digest(ask.data.to_string()).iter().map(|b| format!("{b:02x}")).collect();
        self.kept.push(Kept {
            id: format!("shp_{mix:032x}"),
            reference: ask.reference.clone(),
            sent: ask.data.clone(),
            sha,
            status: "draft",
            no: String::new(),
            born_ms: 0,
            service: "",
            nth,
        });
        (201, self.kept[self.kept.len() - 1].shown(false))
    }

    fn purchase(&mut self, at: usize, ask: &Ask, wrong: &Wrong) -> Said {
        let kept = &self.kept[at];
        match kept.status {
            "draft" => {}
            "cancelled" => {
                let words = "Shipment is cancelled and cannot be updated anymore...";
                return no(409, "state_error", words);
            }
            status => {
                let words = format!("The shipment is '{status}' and cannot be purchased again");
                return no(409, "state_error", &words);
            }
        }
        let rate = text(&ask.data, "selected_rate_id");
        let service = SERVICES.iter().find(|one| rate == rate_id(&kept.id, one.0));
        let Some((service, ..)) = service.copied() else {
            let words = "The service you selected is not available for this shipment.";
            return no(400, "service_unavailable", words);
        };
        if wrong.refuse {
            return carrier_no("9001", "The destination address is not serviced");
        }
        let given: Vec<&str> = self.kept.iter().map(|kept| kept.no.as_str()).collect();
        let no = marks::number("PBX", &kept.id, |no| given.contains(&no));
        let born_ms = self.trips.now_ms();
        let kept = &mut self.kept[at];
        (kept.no, kept.status, kept.service) = (no, "created", service);
        kept.born_ms = born_ms;
        if wrong.bare {
            // Its worker was stopped while it wrote the answer.
            return self::no(500, "error", "Internal Server Error");
        }
        (200, self.kept[at].shown(!wrong.no_template))
    }

    fn cancel(&mut self, at: usize, wrong: &Wrong) -> Said {
        let kept = &mut self.kept[at];
        if kept.status == "cancelled" {
            return (202, kept.shown(false));
        }
        if wrong.refuse {
            return carrier_no("9002", "The shipment was handed over already");
        }
        kept.status = "cancelled";
        (200, kept.shown(false))
    }

    /// Newest first, as its carriers tell it.
    fn tracker(&self, no: &str, wrong: &Wrong) -> Said {
        let mine = |kept: &&Kept| kept.status == "created" && kept.no.eq_ignore_ascii_case(no);
        let Some(kept) = self.kept.iter().find(mine) else {
            return self::no(404, "not_found", "Tracking not found");
        };
        let (from, to) =
            (text(&kept.sent["shipper"], "city"), text(&kept.sent["recipient"], "city"));
        let told = self.trips.of(&kept.no, kept.born_ms, (from, to), wrong.odd_word);
        let status = told.last().map_or("pending", |it| status(it.what));
        let events: Vec<Value> = told.iter().rev().map(happened).collect();
        (
            200,
            json!({"object_type": "tracker", "tracking_number": kept.no, "status": status,
                   "delivered": status == "delivered", "events": events}),
        )
    }
}

impl Kept {
    /// The shipment as it is told; `whole`: with its label.
    fn shown(&self, whole: bool) -> Value {
        let mut told = self.sent.clone();
        let bought = !self.no.is_empty();
        told["id"] = self.id.clone().into();
        told["object_type"] = "shipment".into();
        told["status"] = self.status.into();
        told["rates"] = rates(&self.id);
        told["messages"] = json!([]);
        told["test_mode"] = true.into();
        told["tracking_number"] = if bought { self.no.clone().into() } else { Value::Null };
        told["selected_rate_id"] = match bought {
            true => rate_id(&self.id, self.service).into(),
            false => Value::Null,
        };
        let url = format!("/v1/shipments/{}/label.{}", self.id, self.format().to_lowercase());
        told["label_url"] = if bought && whole { url.into() } else { Value::Null };
        let documents = self
            .label()
            .filter(|_| whole)
            .map(|drawn| json!({"category": "label", "format": self.format(), "base64": drawn}));
        told["shipping_documents"] = documents.into_iter().collect();
        told
    }

    fn is_pdf(&self) -> bool {
        text(&self.sent, "label_type") == "PDF"
    }

    /// What its label is written in.
    fn format(&self) -> &'static str {
        if self.is_pdf() { "PDF" } else { "ZPL" }
    }

    /// In base64.
    fn label(&self) -> Option<String> {
        let country = text(&self.sent["recipient"], "country_code");
        if self.is_pdf() && !self.no.is_empty() {
            return pdf::label(&self.no, country).map(|pdf| STANDARD.encode(pdf));
        }
        let order = json!({"LogisticCode": self.no, "MarkDestination": country});
        (!self.no.is_empty()).then(|| template::zpl(&order))
    }
}

/// One of a tracker's events.
fn happened(it: &Told) -> Value {
    let (date, time) = (&it.at()[..10], &it.at()[11..16]);
    json!({"date": date, "time": time, "timestamp": format!("{date}T{}+08:00", &it.at()[11..]),
           "code": "", "status": status(it.what), "description": it.words,
           "location": it.place})
}

/// Its status of what happened.
fn status(what: What) -> &'static str {
    match what {
        What::Collected => "picked_up",
        What::Sent | What::AtHub | What::AtOutlet => "in_transit",
        What::Out | What::OutAgain => "out_for_delivery",
        What::InLocker => "ready_for_pickup",
        What::Fetched | What::Signed => "delivered",
        What::Unreachable => "delivery_delayed",
        What::Refused => "delivery_failed",
        What::Returning | What::Returned => "return_to_sender",
        What::Odd => "teleported",
    }
}

fn rates(of: &str) -> Value {
    let one = |(service, charge, days): &(&str, f64, u8)| {
        json!({"id": rate_id(of, service), "object_type": "rate", "carrier_name": "practice",
               "carrier_id": CONNECTION, "currency": "USD", "service": service,
               "total_charge": charge, "transit_days": days, "test_mode": true})
    };
    SERVICES.iter().map(one).collect()
}

fn rate_id(of: &str, service: &str) -> String {
    format!("rat_{:032x}", super::faults::mix(&format!("{of}/{service}")))
}

fn page(results: Vec<Value>) -> Said {
    (200, json!({"count": results.len(), "next": null, "previous": null, "results": results}))
}

fn no(status: u16, code: &str, words: &str) -> Said {
    (status, json!({"errors": [{"code": code, "level": "error", "message": words}]}))
}

/// What a carrier behind the gateway says.
fn carrier_no(code: &str, words: &str) -> Said {
    let message = json!({"code": code, "message": words, "level": "error",
                         "carrier_id": CONNECTION, "carrier_name": "practice"});
    (424, json!({"messages": [message]}))
}

/// The first thing that is wrong with a shipment, `whole` or for its price alone.
fn complaint(data: &Value, whole: bool) -> Option<String> {
    for side in ["recipient", "shipper"] {
        let party = &data[side];
        if !party.is_object() {
            return Some(format!("{side}: This field is required."));
        }
        let country = text(party, "country_code");
        if country.len() != 2 || country == "XX" || !country.bytes().all(|b| b.is_ascii_uppercase())
        {
            return Some(format!("{side}.country_code: \"{country}\" is not a valid choice."));
        }
        let longest = [("address_line1", LINE_MAX), ("person_name", LINE_MAX), ("city", PLACE_MAX)];
        for (field, max) in longest.into_iter().chain([("state_code", PLACE_MAX)]) {
            if text(party, field).chars().count() > max {
                let words = format!("Ensure this field has no more than {max} characters.");
                return Some(format!("{side}.{field}: {words}"));
            }
        }
        let code = text(party, "postal_code");
        if country == "US" && !(code.len() == 5 && code.bytes().all(|b| b.is_ascii_digit())) {
            let words = "The American postal code must match 12345 or 12345-6789";
            return Some(format!("{side}.postal_code: {words}"));
        }
    }
    let parcels = data["parcels"].as_array().map(Vec::as_slice).unwrap_or_default();
    if parcels.is_empty() {
        return Some("parcels: This field is required.".to_owned());
    }
    if parcels.iter().any(|one| !one["weight"].is_number() || text(one, "weight_unit").is_empty()) {
        return Some("parcels.0.weight: This field is required.".to_owned());
    }
    let goods = data["customs"]["commodities"].as_array().map(Vec::as_slice).unwrap_or_default();
    let bad = goods.iter().find(|one| text(one, "value_currency").len() != 3);
    if let Some(one) = bad.filter(|_| whole) {
        let currency = text(one, "value_currency");
        return Some(format!("customs.commodities: \"{currency}\" is not a valid choice."));
    }
    None
}

fn text<'a>(data: &'a Value, name: &str) -> &'a str {
    data[name].as_str().unwrap_or_default()
}
