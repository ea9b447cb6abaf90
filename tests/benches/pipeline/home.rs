//! Homes on a real disk, and the instant world around them: the practice carrier's clerk without a
//! socket, and printers that swallow bytes and tell when the first one came.

use scene::World;
use station::{
    ImportAsk, Running, Station,
    outside::{Later, Outside},
    print::{Address, Broken, Port},
    view::{ListQuery, Tab},
};
use std::{
    fmt::Write as _,
    fs, io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicBool},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use tokio::sync::watch;

/// A label that has not left after this never will.
const LABEL_WAIT: Duration = Duration::from_secs(30);

/// Where homes are made: the build folder, which is on a disk even where `/tmp` is not.
pub fn folder() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
}

/// What stands in `station.toml`.
pub struct Settings<'a> {
    /// Carrier accounts, `账号 1` and so on.
    pub accounts: usize,
    /// Calls a second of each.
    pub calls_per_s: u32,
    /// Calls in flight of each; `None` follows the answers.
    pub in_flight: Option<u32>,
    /// Where they listen.
    pub endpoint: &'a str,
    /// Addresses of the printers, `打印机 1` and so on.
    pub printers: &'a [String],
    /// How they confirm.
    pub confirm: &'a str,
}

impl Settings<'_> {
    /// No carrier slower than it must be, printers that answer nothing.
    pub fn instant(printers: &[String]) -> Settings<'_> {
        Settings {
            accounts: 4,
            calls_per_s: 200,
            in_flight: Some(8),
            endpoint: "http://127.0.0.1:9",
            printers,
            confirm: "none",
        }
    }

    fn toml(&self) -> String {
        let mut text = String::from(
            "[sender]\nname = \"拾光家居\"\nphone = \"0571-88001234\"\nprovince = \"浙江省\"\n\
             city = \"杭州市\"\ndistrict = \"余杭区\"\ndetail = \"仓前街道文一西路 969 号\"\n",
        );
        for nth in 1..=self.accounts {
            writeln!(
                text,
                "[[carrier]]\nname = \"{}\"\nkind = \"kdniao\"\nshipper_code = \"YTO\"\n\
                 business_id = \"test1777000\"\napi_key = \"file:key\"\nendpoint = \"{}\"\n\
                 customer_name = \"K00000000\"\nmonth_code = \"x\"\ncalls_per_s = {}",
                account(nth),
                self.endpoint,
                self.calls_per_s,
            )
            .expect("a String takes everything");
            if let Some(in_flight) = self.in_flight {
                writeln!(text, "in_flight = {in_flight}").expect("a String takes everything");
            }
        }
        for (nth, address) in (1..).zip(self.printers) {
            writeln!(
                text,
                "[[printer]]\nname = \"{}\"\naddress = \"{address}\"\nlanguage = \"zpl\"\n\
                 dots_per_mm = 8\npaper = \"76x130\"\nconfirm = \"{}\"",
                printer(nth),
                self.confirm
            )
            .expect("a String takes everything");
        }
        writeln!(text, "[[routing]]\ncarrier = \"{}\"", account(1))
            .expect("a String takes everything");
        text
    }
}

/// Name of an account.
pub fn account(nth: usize) -> String {
    format!("账号 {nth}")
}

/// Name of a printer.
pub fn printer(nth: usize) -> String {
    format!("打印机 {nth}")
}

/// A home that is removed at the end.
pub struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    /// A new one.
    pub fn new(settings: &Settings<'_>) -> Self {
        let folder = tempfile::tempdir_in(folder()).expect("a folder on the disk");
        fs::write(folder.path().join("station.toml"), settings.toml()).expect("written");
        let key = folder.path().join("key");
        fs::write(&key, scene::API_KEY).expect("written");
        fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).expect("made private");
        Self { folder }
    }

    /// A file in it.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Opens the station in it.
    pub async fn open(&self, outside: Outside) -> Arc<Station> {
        Station::open(self.folder.path(), outside).await.expect("a station")
    }

    /// Imports `count` orders; returns what it took and the ids of all that wait, in list order.
    pub async fn import(&self, station: &Arc<Station>, count: usize) -> (Duration, Vec<i64>) {
        let path = self.file("orders.csv");
        fs::write(&path, orders_csv(count)).expect("written");
        let ask = ImportAsk { path, file: "orders.csv".into(), mapping: None, shop: None };
        let begun = Instant::now();
        let stop = Arc::new(AtomicBool::new(false));
        let report = station.import_run(ask, Arc::new(|_| ()), stop).await.expect("imported");
        let took = begun.elapsed();
        assert_eq!((report.added as usize, report.held), (count, 0), "{report:?}");
        (took, station.list_ids(&query(Some(Tab::Pending))).expect("a list"))
    }
}

/// A query for a whole list, a screenful of it.
pub fn query(tab: Option<Tab>) -> ListQuery {
    ListQuery { limit: 100, ..scene::query(tab) }
}

#[rustfmt::skip]
const PLACES: [[&str; 3]; 8] = [
    ["浙江省", "杭州市", "余杭区"], ["浙江省", "金华市", "义乌市"], ["上海", "上海市", "浦东新区"],
    ["广东省", "深圳市", "南山区"], ["四川省", "成都市", "武侯区"], ["江苏省", "苏州市", "昆山市"],
    ["湖北省", "武汉市", "洪山区"], ["新疆维吾尔自治区", "乌鲁木齐市", "天山区"],
];
const GOODS: [&str; 4] = ["蓝牙耳机 Pro", "保温杯 480ml 雾蓝", "机械键盘 87 键", "挂耳咖啡 30 包"];

/// A file of invented orders `P-1` and so on.
fn orders_csv(count: usize) -> String {
    let mut text = String::from(
        "订单号,店铺,支付时间,收货人,手机,省,市,区,详细地址,商品,数量,重量(克),备注\n",
    );
    for nth in 1..=count {
        let [province, city, district] = PLACES[nth % PLACES.len()];
        writeln!(
            text,
            "P-{nth},抖店,2026-11-{:02} {:02}:04:05,试收人{nth},138{nth:08},{province},{city},\
             {district},文一西路 {} 号 {} 幢 {} 室,{},{},{},{}",
            10 + nth / 24_000,
            nth / 1_000 % 24,
            1 + nth % 1_999,
            1 + nth % 40,
            101 + nth % 3_000,
            GOODS[nth % GOODS.len()],
            1 + nth % 3,
            60 + nth % 900,
            if nth % 10 == 0 { "请轻放" } else { "" },
        )
        .expect("a String takes everything");
    }
    text
}

/// What came to the printers so far.
#[derive(Clone)]
pub struct Arrivals(watch::Sender<(u64, Instant)>);

impl Arrivals {
    /// Nothing yet.
    pub fn new() -> Self {
        Self(watch::Sender::new((0, Instant::now())))
    }

    /// Labels so far.
    pub fn count(&self) -> u64 {
        self.0.borrow().0
    }

    /// Waits for label number `count`; says when its first byte came.
    pub async fn wait_for(&self, count: u64) -> Instant {
        let mut seen = self.0.subscribe();
        let wait = seen.wait_for(|(so_far, _)| *so_far >= count);
        let seen = tokio::time::timeout(LABEL_WAIT, wait).await.expect("the label never left");
        seen.expect("we hold the sender").1
    }

    fn first_byte(&self) {
        self.0.send_modify(|(count, at)| {
            *count += 1;
            *at = Instant::now();
        });
    }
}

/// The real clock; the carrier and the printers answer at once.
pub fn instant_world(arrivals: &Arrivals) -> Outside {
    let arrivals = arrivals.clone();
    real_world(Arc::new(move |_| {
        let arrivals = arrivals.clone();
        Box::pin(async move { Ok(Box::new(Watched { arrivals, port: None }) as Box<dyn Port>) })
    }))
}

/// The real clock and ways to printers on TCP, with their first bytes watched.
pub fn tcp_world(arrivals: &Arrivals) -> Outside {
    let arrivals = arrivals.clone();
    real_world(Arc::new(move |address: Address| {
        let arrivals = arrivals.clone();
        Box::pin(async move {
            let port = Some(station::print::open::open(address, None).await?);
            Ok(Box::new(Watched { arrivals, port }) as Box<dyn Port>)
        })
    }))
}

fn real_world(open_printer: Arc<station::outside::OpenPrinter>) -> Outside {
    Outside {
        now_ms: Arc::new(|| {
            let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            i64::try_from(now.as_millis()).unwrap_or(i64::MAX)
        }),
        open_printer,
        open_device: Arc::new(|_| Box::pin(async { Err(std::io::ErrorKind::NotFound.into()) })),
        ..World::outside(&Arc::new(World::new(1)))
    }
}

/// Notes when a label's first byte leaves; without a port behind it, swallows the rest.
struct Watched {
    arrivals: Arrivals,
    port: Option<Box<dyn Port>>,
}

impl Port for Watched {
    fn write_label<'a>(
        &'a mut self,
        name: &'a str,
        bytes: &'a [u8],
    ) -> Later<'a, Result<(), Broken>> {
        self.arrivals.first_byte();
        match &mut self.port {
            Some(port) => port.write_label(name, bytes),
            None => Box::pin(async { Ok(()) }),
        }
    }

    fn ask<'a>(
        &'a mut self,
        question: &'a [u8],
        wait: Duration,
        enough: fn(&[u8]) -> bool,
    ) -> Later<'a, io::Result<Vec<u8>>> {
        match &mut self.port {
            Some(port) => port.ask(question, wait, enough),
            None => Box::pin(async { Ok(Vec::new()) }),
        }
    }

    fn answers(&self) -> bool {
        self.port.is_some()
    }
}

/// A station at work.
pub struct AtWork {
    /// The station.
    pub station: Arc<Station>,
    running: Running,
}

impl AtWork {
    /// Starts its workers.
    pub fn start(station: Arc<Station>) -> Self {
        Self { running: station.run(), station }
    }

    /// Stops them, and waits until the database is closed.
    pub async fn stop(self) {
        self.running.stop().await;
    }
}
