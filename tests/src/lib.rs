//! A station in a temporary home with a world around it that tests can tell what to do: a clock
//! that moves when told, the practice carrier's clerk without a socket, a printer that keeps what
//! came out. Not for speed and not for sockets: `process` tests those.

pub mod grade;
pub mod ipp;
mod kill;
mod push;
mod read;
mod sms;
mod speech;
mod world;

pub use kill::{Killed, kill_after};
pub use read::{number_in, waybill_on};
pub use speech::Speech;
pub use world::{API_KEY, Paper, PrinterFault, World};

use station::{
    ImportAsk, Ran, Spool, Station,
    outside::Outside,
    trouble::{Code, Trouble},
    view::{ImportReport, ListQuery, Row, ShipRequest, State, Status, Tab},
};
use std::{
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicBool},
    time::{SystemTime, UNIX_EPOCH},
};

/// The account of the stories.
pub const ACCOUNT: &str = "圆通";
/// The printer of the stories.
pub const PRINTER: &str = "热敏 1 号";
/// Turns after which a story that does not come to rest has failed.
const TURNS_MAX: usize = 20_000;

/// A station at work in a told world.
pub struct Scene {
    /// The world; shared with every station that is opened on this home.
    pub world: Arc<World>,
    /// The station.
    pub station: Arc<Station>,
    spool: Spool,
    home: PathBuf,
}

/// A home that outlives the stations in it.
pub struct Home {
    /// Removed at the end.
    pub folder: tempfile::TempDir,
    /// What the stations in it see.
    pub world: Arc<World>,
}

impl Home {
    /// A home with one carrier account and one printer; `confirm` as in `station.toml`.
    pub fn new(confirm: &str) -> Self {
        Self::with_seed(confirm, 1)
    }

    /// The same with another seed for the world's faults.
    pub fn with_seed(confirm: &str, seed: u64) -> Self {
        Self::written(confirm, "tcp://127.0.0.1:9", "zpl", seed)
    }

    /// A home whose printer is a real address and confirms by its status.
    pub fn on_printer(address: &str, language: &str) -> Self {
        Self::written("status", address, language, 1)
    }

    /// The same with an account that speaks another carrier's protocol.
    pub fn speaking(speech: Speech, confirm: &str, seed: u64) -> Self {
        let address = match speech {
            Speech::Cainiao => "component:cainiao/热敏",
            _ => "tcp://127.0.0.1:9",
        };
        Self::of(speech, confirm, address, "zpl", seed)
    }

    fn written(confirm: &str, address: &str, language: &str, seed: u64) -> Self {
        Self::of(Speech::Kdniao, confirm, address, language, seed)
    }

    fn of(speech: Speech, confirm: &str, address: &str, language: &str, seed: u64) -> Self {
        let carrier = speech.settings();
        let folder = tempfile::tempdir().expect("a temporary folder");
        let toml = format!(
            r#"
[sender]
name = "拾光家居"
phone = "0571-88001234"
province = "浙江省"
city = "杭州市"
district = "余杭区"
detail = "仓前街道文一西路 969 号"
[[carrier]]
name = "{ACCOUNT}"
endpoint = "http://127.0.0.1:9"
calls_per_s = 200
{carrier}
[[printer]]
name = "{PRINTER}"
address = "{address}"
language = "{language}"
dots_per_mm = 8
paper = "76x130"
confirm = "{confirm}"
[[routing]]
carrier = "{ACCOUNT}"
"#
        );
        write_private(&folder.path().join("station.toml"), &toml);
        write_private(&folder.path().join("key"), world::API_KEY);
        Self { folder, world: Arc::new(World::with_sf(seed, speech.manner())) }
    }

    /// Opens the station, as a start of the program does.
    ///
    /// # Errors
    /// What the station says.
    pub async fn open(&self) -> Result<Scene, Trouble> {
        self.open_in(World::outside(&self.world)).await
    }

    /// Opens it after a kill: the dead station's database thread may still finish a commit before
    /// the lock is free.
    ///
    /// # Panics
    /// When the station says anything else.
    pub async fn reopen(&self) -> Scene {
        loop {
            match self.open().await {
                Ok(scene) => return scene,
                Err(trouble) if trouble.code == Code::HomeLocked => tokio::task::yield_now().await,
                Err(trouble) => panic!("{trouble:?}"),
            }
        }
    }

    /// Opens it with the real clock and real ways to printers; the carrier stays the world's.
    ///
    /// # Errors
    /// What the station says.
    pub async fn open_real(&self) -> Result<Scene, Trouble> {
        let outside = Outside {
            now_ms: Arc::new(|| {
                let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                i64::try_from(now.as_millis()).unwrap_or(i64::MAX)
            }),
            open_printer: Arc::new(|address| station::print::open::open(address, None)),
            ..World::outside(&self.world)
        };
        self.open_in(outside).await
    }

    /// Opens it in a world that was changed.
    ///
    /// # Errors
    /// What the station says.
    pub async fn open_in(&self, outside: Outside) -> Result<Scene, Trouble> {
        let station = Station::open(self.folder.path(), outside).await?;
        Ok(Scene {
            world: Arc::clone(&self.world),
            station,
            spool: Spool::default(),
            home: self.folder.path().to_owned(),
        })
    }
}

fn write_private(path: &Path, text: &str) {
    use std::{io::Write, os::unix::fs::OpenOptionsExt};
    let mut options = std::fs::OpenOptions::new();
    let mut file = options.create_new(true).write(true).mode(0o600).open(path).expect("a new file");
    file.write_all(text.as_bytes()).expect("written");
}

/// A CSV with `count` good orders `P-1` … in list order.
pub fn orders_csv(count: usize) -> String {
    let mut csv = String::from(
        "order_no,shop,paid_at,name,phone,province,city,district,detail,goods,qty,weight_g,note\n",
    );
    for n in 1..=count {
        csv.push_str(&format!(
            "P-{n},抖店,2026-11-20 10:{:02}:{:02},李思{n},138{n:08},浙江省,杭州市,余杭区,\
             文一西路 {n} 号,保温杯,1,400,\n",
            n / 60 % 60,
            n % 60
        ));
    }
    csv
}

impl Scene {
    /// Imports a CSV.
    ///
    /// # Errors
    /// What the station says.
    pub async fn import(&self, csv: &str) -> Result<ImportReport, Trouble> {
        let path = self.home.join("orders.csv");
        std::fs::write(&path, csv).expect("written");
        let ask = ImportAsk { path, file: "orders.csv".into(), mapping: None, shop: None };
        let stop = Arc::new(AtomicBool::new(false));
        self.station.import_run(ask, Arc::new(|_| ()), stop).await
    }

    /// Ships everything that waits, in list order.
    ///
    /// # Errors
    /// What the station says.
    pub async fn ship_all(&self) -> Result<Vec<i64>, Trouble> {
        let ids = self.station.list_ids(&query(Some(Tab::Pending)))?;
        let request = ShipRequest { ids: ids.clone(), account: None, printer: None, print: true };
        self.station.ship(request).await?;
        Ok(ids)
    }

    /// One turn of every worker; the next moment at which one wants to go on, if none did anything.
    ///
    /// # Errors
    /// What the station says.
    pub async fn turn(&mut self) -> Result<Ran, Trouble> {
        let asked = self.station.ask_once(ACCOUNT).await?;
        let printed = self.station.print_once(PRINTER, &mut self.spool).await?;
        Ok(match (asked, printed) {
            (Ran::Did, _) | (_, Ran::Did) => Ran::Did,
            (Ran::Idle { until_ms: a }, Ran::Idle { until_ms: b }) => {
                Ran::Idle { until_ms: [a, b].into_iter().flatten().min() }
            }
        })
    }

    /// Lets the workers go on, the clock with them, until nothing moves by itself any more.
    ///
    /// # Errors
    /// What the station says.
    pub async fn settle(&mut self) -> Result<(), Trouble> {
        for _ in 0..TURNS_MAX {
            match self.turn().await? {
                Ran::Did => self.world.tick(1),
                Ran::Idle { until_ms } => {
                    if self.at_rest()? {
                        return Ok(());
                    }
                    let Some(until_ms) = until_ms else { return Ok(()) };
                    self.world.until(until_ms);
                }
            }
        }
        panic!("does not come to rest: {:?}", self.status());
    }

    /// Lets the tracker go on for so long, the clock with it.
    ///
    /// # Errors
    /// What the station says.
    pub async fn track_for(&self, ms: i64) -> Result<(), Trouble> {
        let end_ms = self.world.now_ms() + ms;
        loop {
            match self.station.track_once(ACCOUNT).await? {
                Ran::Idle { until_ms: Some(until_ms) } if until_ms < end_ms => {
                    self.world.until(until_ms);
                }
                Ran::Idle { .. } => break,
                Ran::Did => {}
            }
        }
        self.world.until(end_ms);
        Ok(())
    }

    /// Nothing owed that goes on by itself.
    fn at_rest(&self) -> Result<bool, Trouble> {
        let owed = self.moving()?;
        let status = self.station.status()?;
        let spooled: u32 = status.printers.iter().map(|printer| printer.waiting).sum();
        Ok(owed == 0 && spooled == 0 && !self.spool.holds_labels())
    }

    /// Outbox entries that go on by themselves.
    fn moving(&self) -> Result<u32, Trouble> {
        let path = self.home.join("station.sqlite");
        let db = rusqlite::Connection::open(path).expect("the station's database");
        let sql = "SELECT count(*) FROM outbox WHERE done_at_ms IS NULL AND parked = 0";
        Ok(db.query_row(sql, [], |row| row.get(0)).expect("outbox"))
    }

    /// The chain at a glance.
    ///
    /// # Panics
    /// When the database cannot be read.
    pub fn status(&self) -> Status {
        self.station.status().expect("status")
    }

    /// All shipments, in list order.
    ///
    /// # Panics
    /// When the database cannot be read.
    pub fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        loop {
            let offset = u32::try_from(rows.len()).expect("a story");
            let page = self.station.list(&ListQuery { offset, ..query(None) }).expect("list").rows;
            if page.is_empty() {
                return rows;
            }
            rows.extend(page);
        }
    }

    /// One shipment by order number or waybill number.
    ///
    /// # Panics
    /// When there is none.
    pub fn row(&self, code: &str) -> Row {
        let id = self.station.resolve(code).expect("known");
        self.station.detail(id).expect("detail").row
    }

    /// What must hold at every moment, whatever went wrong:
    /// at most one live number an order at the carrier, every label out shows the number of its
    /// own shipment, no order lost.
    ///
    /// # Panics
    /// When one does not.
    pub fn check(&self, orders: usize) {
        let rows = self.rows();
        assert_eq!(rows.len(), orders, "orders lost or doubled");
        self.world.check_one_live_number_an_order();
        for row in rows.iter().filter(|row| row.state != State::Voiding) {
            if let Some(no) = &row.waybill_no {
                assert!(self.world.has_live(no), "{no} is not live at the carrier");
            }
        }
    }
}

/// A query for a whole list.
pub fn query(tab: Option<Tab>) -> ListQuery {
    ListQuery { tab, limit: 500, ..ListQuery::default() }
}
