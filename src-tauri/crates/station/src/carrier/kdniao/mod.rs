//! KDNiao 快递鸟, an aggregator: one protocol to some forty carriers. E-waybills (RequestType 1007,
//! 1147, 1127), where they are (`track`: 1002, 8001, 8002; 7101 abroad) and couriers (`pickup`).
//! Source: its demos and manual as collected in 2026-11.
//!
//! The story: the request text is made once (`map`), stored by the caller, and signed (`sign`)
//! each time it is sent; what comes back is read leniently (`wire`) and judged strictly (`answer`).
//! KDNiao knows an order by its `OrderCode` for ever: asked again it answers 106 with the first
//! waybill, and after a void it refuses that `OrderCode` for good.

mod answer;
mod apply;
mod codes;
mod drawn;
mod expect;
mod further;
mod hear;
mod map;
mod message;
mod offers;
mod pickup;
mod recognise;
mod sign;
mod subscribe;
mod text;
mod track;
mod wire;

pub use codes::{SHIPPERS, Shipper, shipper};
pub use further::Further;
pub use message::Sms;

use super::offers::{
    Estimates, EstimatesSent, EtasTold, Outlets, PicksUp, Quotes, Reaches, Routes, RoutesTold,
    Splits,
};
use super::reading::{self, document};
use super::{
    About, Balance, Carrier, CarrierError, Consignment, Limit, Resend, Secret, Waybill,
    apply::Applies, hear::Hears, message::Messages, offers::Recognises, track::Subscribes,
    track::Tracks,
};
use crate::{
    order::{Fault, Needs, PARCELS_MAX, Services},
    outside::{Http, Later, Method, Request},
};
use std::{collections::BTreeMap, time::Duration};

/// KDNiao's demo waits so long: 1007 waits for the carrier behind it.
pub const TIMEOUT_MS: u64 = 30_000;

/// Which KDNiao is asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Environment {
    /// Real waybills.
    #[default]
    Production,
    /// KDNiao's sandbox: account ids `test1…`, one URL for everything.
    Sandbox,
}

/// Which of KDNiao's questions says where parcels are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrackBy {
    /// 1002 即时查询: free, whole states only.
    Free,
    /// 8001 在途监控: paid by the number, with places and finer states.
    Watch,
    /// 8002 快递查询: paid by the call, needs no carrier.
    Query,
}

/// One carrier behind one KDNiao account, as the settings say it. Empty means "not set".
#[derive(Debug, Clone)]
pub struct Account {
    /// What the station calls this account: "圆通-快递鸟". KDNiao never hears it.
    pub name: String,
    /// KDNiao's code of the carrier: "YTO".
    pub shipper_code: String,
    /// `EBusinessID`.
    pub business_id: String,
    /// Signs every request.
    pub api_key: Secret,
    /// Scheme, host and port instead of KDNiao's; the documented paths stay.
    pub endpoint: Option<String>,
    /// Production or sandbox.
    pub environment: Environment,
    /// Whole URLs by RequestType ("1007"); stronger than all else.
    pub endpoints: BTreeMap<String, String>,
    /// The account with the carrier.
    pub customer_name: String,
    /// Its password or key.
    pub customer_pwd: Secret,
    /// The carrier's outlet.
    pub send_site: String,
    /// The carrier's staff.
    pub send_staff: String,
    /// Month card; YTO keeps its key here.
    pub month_code: Secret,
    /// JD's warehouse.
    pub warehouse_id: String,
    /// 1 sender pays, 2 receiver pays, 3 monthly, 4 third party; else the carrier's usual one.
    pub pay_type: Option<u8>,
    /// Product of the carrier; else its standard one.
    pub exp_type: String,
    /// Label size as the carrier numbers it. We draw labels ourselves; some carriers still ask.
    pub template_size: String,
    /// `CustomerID` of 代收货款: to whom the collected money goes.
    pub cod_customer: String,
    /// Whether the carrier hides the people on its side too (`SafeMail`).
    pub privacy: bool,
    /// What else 1007 may be told.
    pub further: Further,
    /// Whether there is a contract for fetching: prices (1815) and reach (1814) are asked under it.
    pub pickup: bool,
    /// Whether questions paid for by the call may be asked: times (6004, 6006), outlets (6002),
    /// addresses (6001).
    pub queries: bool,
    /// Whether routes are told by pushes (8005), which is paid for by the number.
    pub map_pushes: bool,
    /// Whether times of arrival are told by pushes (6016).
    pub eta_pushes: bool,
    /// Whether numbers of carriers abroad are asked after by 7101, a package of its own.
    pub track_abroad: bool,
    /// Messages to receivers (8101), paid by the message; `None`: none are sent.
    pub sms: Option<Sms>,
    /// Whether KDNiao is asked for the label as it draws it.
    pub carrier_draws: bool,
    /// How parcels are asked after; `None`: not at all.
    pub track: Option<TrackBy>,
    /// How long to wait for a whole answer.
    pub timeout_ms: u64,
}

impl Account {
    /// An account with nothing set but what KDNiao itself wants.
    pub fn new(
        name: &str,
        shipper_code: &str,
        business_id: &str,
        api_key: impl Into<Secret>,
    ) -> Self {
        Self {
            name: name.to_owned(),
            shipper_code: shipper_code.to_owned(),
            business_id: business_id.to_owned(),
            api_key: api_key.into(),
            endpoint: None,
            environment: Environment::Production,
            endpoints: BTreeMap::new(),
            customer_name: String::new(),
            customer_pwd: Secret::default(),
            send_site: String::new(),
            send_staff: String::new(),
            month_code: Secret::default(),
            warehouse_id: String::new(),
            pay_type: None,
            exp_type: String::new(),
            template_size: String::new(),
            cod_customer: String::new(),
            privacy: false,
            further: Further::default(),
            pickup: false,
            queries: false,
            map_pushes: false,
            eta_pushes: false,
            track_abroad: false,
            sms: None,
            carrier_draws: false,
            track: None,
            timeout_ms: TIMEOUT_MS,
        }
    }

    /// Settings this carrier wants and this account lacks, by their names in `station.toml`.
    pub fn missing(&self) -> Vec<&'static str> {
        let is_set = |setting: &str| match setting {
            "customer_name" => !self.customer_name.is_empty(),
            "customer_pwd" => !self.customer_pwd.is_empty(),
            "send_site" => !self.send_site.is_empty(),
            "send_staff" => !self.send_staff.is_empty(),
            "month_code" => !self.month_code.is_empty(),
            "warehouse_id" => !self.warehouse_id.is_empty(),
            _ => true,
        };
        let wanted = codes::shipper(&self.shipper_code).settings;
        wanted.iter().copied().filter(|setting| !is_set(setting)).collect()
    }
}

/// A carrier reached through KDNiao.
#[derive(Debug, Clone)]
pub struct Kdniao {
    account: Account,
    label_name: String,
}

impl Kdniao {
    /// Opens nothing.
    pub fn new(account: Account) -> Self {
        let label_name = match codes::shipper(&account.shipper_code).name {
            "" => account.shipper_code.clone(),
            name => name.to_owned(),
        };
        Self { account, label_name }
    }

    async fn call<T: serde::de::DeserializeOwned>(
        &self,
        http: &dyn Http,
        request_type: &str,
        request_data: &str,
    ) -> Result<T, CarrierError> {
        let (id, key) = (&self.account.business_id, self.account.api_key.expose());
        let request = Request {
            method: Method::Post,
            headers: Vec::new(),
            url: codes::url(&self.account, request_type),
            content_type: sign::CONTENT_TYPE,
            body: sign::form(request_data, id, request_type, key),
            timeout: Duration::from_millis(self.account.timeout_ms),
        };
        document(&http.send(request).await?)
    }

    async fn create(&self, http: &dyn Http, stored: &str) -> Result<Waybill, CarrierError> {
        let asked: wire::Stored = reading::stored(stored, "KDNiao")?;
        let answer = self.call(http, codes::CREATE, stored).await?;
        answer::waybill(answer, &asked)
    }
}

impl Carrier for Kdniao {
    fn resend(&self) -> Resend {
        Resend::SameWaybill
    }

    fn needs(&self) -> Needs {
        Needs { weight: codes::shipper(&self.account.shipper_code).weight }
    }

    fn code(&self) -> &str {
        &self.account.shipper_code
    }

    fn label_name(&self) -> &str {
        &self.label_name
    }

    fn services(&self, asked: Services) -> Services {
        map::services(&self.account, asked)
    }

    fn parcels_max(&self) -> u32 {
        PARCELS_MAX
    }

    fn brings_slips(&self) -> bool {
        true
    }

    fn create_request(&self, ask: &Consignment) -> Result<String, Vec<Fault>> {
        map::create(&self.account, ask)
    }

    fn create_waybill<'a>(
        &'a self,
        http: &'a dyn Http,
        stored: &'a str,
    ) -> Later<'a, Result<Waybill, CarrierError>> {
        Box::pin(self.create(http, stored))
    }

    fn void_request(&self, order_key: &str, waybill_no: &str) -> String {
        map::void(&self.account, order_key, waybill_no)
    }

    fn void_waybill<'a>(
        &'a self,
        http: &'a dyn Http,
        stored: &'a str,
    ) -> Later<'a, Result<(), CarrierError>> {
        Box::pin(async { answer::voided(self.call(http, codes::VOID, stored).await?) })
    }

    fn quotes(&self) -> Option<&dyn Quotes> {
        self.account.pickup.then_some(self as &dyn Quotes)
    }

    fn reaches(&self) -> Option<&dyn Reaches> {
        self.account.pickup.then_some(self as &dyn Reaches)
    }

    fn picks_up(&self) -> Option<&dyn PicksUp> {
        self.account.pickup.then_some(self as &dyn PicksUp)
    }

    fn estimates(&self) -> Option<&dyn Estimates> {
        self.account.queries.then_some(self as &dyn Estimates)
    }

    fn estimates_sent(&self) -> Option<&dyn EstimatesSent> {
        self.account.queries.then_some(self as &dyn EstimatesSent)
    }

    fn tells_etas(&self) -> Option<&dyn EtasTold> {
        self.account.eta_pushes.then_some(self as &dyn EtasTold)
    }

    fn routes(&self) -> Option<&dyn Routes> {
        self.account.queries.then_some(self as &dyn Routes)
    }

    fn tells_routes(&self) -> Option<&dyn RoutesTold> {
        self.account.map_pushes.then_some(self as &dyn RoutesTold)
    }

    fn outlets(&self) -> Option<&dyn Outlets> {
        self.account.queries.then_some(self as &dyn Outlets)
    }

    fn splits(&self) -> Option<&dyn Splits> {
        self.account.queries.then_some(self as &dyn Splits)
    }

    fn balance<'a>(
        &'a self,
        http: &'a dyn Http,
    ) -> Later<'a, Result<Option<Balance>, CarrierError>> {
        Box::pin(async {
            let asked = map::balance(&self.account);
            answer::balance(self.call(http, codes::BALANCE, &asked).await?).map(Some)
        })
    }

    fn draws(&self) -> bool {
        true
    }

    fn prepaid(&self) -> bool {
        true
    }

    fn limits(&self) -> &'static [Limit] {
        codes::LIMITS
    }

    fn unseen(&self) -> &'static [(&'static str, &'static str)] {
        codes::UNSEEN
    }

    fn lacks(&self) -> Vec<&'static str> {
        self.account.missing()
    }

    fn about(&self, code: &str) -> About {
        codes::about(code)
    }

    fn messages(&self) -> Option<&dyn Messages> {
        self.account.sms.as_ref().map(|_| self as &dyn Messages)
    }

    fn hears(&self) -> Option<&dyn Hears> {
        Some(self)
    }

    fn applies(&self) -> Option<&dyn Applies> {
        Some(self)
    }

    fn subscribes(&self) -> Option<&dyn Subscribes> {
        self.subscription().map(|_| self as &dyn Subscribes)
    }

    fn recognises(&self) -> Option<&dyn Recognises> {
        Some(self)
    }

    fn tracks(&self) -> Option<&dyn Tracks> {
        self.account.track.map(|_| self as &dyn Tracks)
    }
}

#[cfg(test)]
mod tests;
