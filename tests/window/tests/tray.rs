//! The sign in the tray, over a real bus of its own: a stand-in for the desktop's list of signs,
//! after the StatusNotifierItem pages of freedesktop.org, reads what it shows and chooses from its
//! menu as a desktop does (com.canonical.dbusmenu).

use bench::{Bench, Result};
use std::{
    collections::HashMap,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    time::Duration,
};
use thirtyfour::Key;
use tokio::sync::mpsc;
use zbus::{
    Connection, Proxy, connection, interface,
    zvariant::{OwnedValue, Value},
};

const WATCHER: &str = "org.kde.StatusNotifierWatcher";
/// How long a busy machine may take for what a person sees at once.
const SEEN_MAX: Duration = Duration::from_secs(30);

/// The desktop's list of signs.
struct Watcher(mpsc::UnboundedSender<String>);

#[interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(
        &self,
        service: String,
        #[zbus(header)] header: zbus::message::Header<'_>,
    ) {
        // A path alone is that of whoever says it.
        let sender = header.sender().map(ToString::to_string).unwrap_or_default();
        drop(self.0.send(if service.starts_with('/') { sender } else { service }));
    }

    fn register_status_notifier_host(&self, _service: String) {}

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}

/// A bus that nobody else is on.
struct Bus(Child, String);

impl Bus {
    fn start() -> Result<Self> {
        let mut daemon = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--nopidfile", "--print-address=1"])
            .stdout(Stdio::piped())
            .spawn()?;
        let mut address = String::new();
        let out = daemon.stdout.take().ok_or("a bus says its address")?;
        BufReader::new(out).read_line(&mut address)?;
        Ok(Self(daemon, address.trim().to_owned()))
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// A line of its menu: number, words, whether it can be chosen.
type Line = (i32, String, bool);

/// One node of a menu as dbusmenu has it: number, properties, what is below.
type Layout = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

struct Sign<'a> {
    item: Proxy<'a>,
    menu: Proxy<'a>,
}

impl Sign<'_> {
    async fn of(bus: &Connection, service: String) -> Result<Self> {
        let interface = "org.kde.StatusNotifierItem";
        let item = Proxy::new(bus, service.clone(), "/StatusNotifierItem", interface).await?;
        let path: zbus::zvariant::OwnedObjectPath = item.get_property("Menu").await?;
        let menu = Proxy::new(bus, service, path, "com.canonical.dbusmenu").await?;
        Ok(Self { item, menu })
    }

    async fn lines(&self) -> Result<Vec<Line>> {
        let asked = (0_i32, -1_i32, Vec::<String>::new());
        let (_, root): (u32, Layout) = self.menu.call("GetLayout", &asked).await?;
        let mut lines = Vec::new();
        for below in root.2 {
            let (id, told, _): Layout = Value::from(below).try_into()?;
            let label = told.get("label").and_then(|it| String::try_from(it.clone()).ok());
            let on = told.get("enabled").is_none_or(|it| bool::try_from(it) != Ok(false));
            lines.extend(label.map(|label| (id, label, on)));
        }
        Ok(lines)
    }

    /// Looks until the menu is as wanted; the line it wants.
    async fn see(&self, wanted: impl Fn(&Line) -> bool) -> Result<Line> {
        let looked = async {
            loop {
                if let Some(line) = self.lines().await?.into_iter().find(&wanted) {
                    return Ok(line);
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        };
        match tokio::time::timeout(SEEN_MAX, looked).await {
            Ok(line) => line,
            Err(_) => Err(format!("never in the menu; it has {:?}", self.lines().await?).into()),
        }
    }

    async fn choose(&self, line: &Line) -> Result<()> {
        let event = (line.0, "clicked", Value::from(0_i32), 0_u32);
        Ok(self.menu.call("Event", &event).await?)
    }
}

#[tokio::test]
async fn the_tray_shows_what_waits_and_ends_the_program() -> Result<()> {
    let bus = Bus::start()?;
    let (tell, mut told) = mpsc::unbounded_channel();
    let desktop = connection::Builder::address(bus.1.as_str())?
        .serve_at("/StatusNotifierWatcher", Watcher(tell))?
        .name(WATCHER)?
        .build()
        .await?;
    let bench = Bench::start_beside(&[("DBUS_SESSION_BUS_ADDRESS", &bus.1)]).await?;
    bench.see("document.querySelector('button.begin')").await?;
    bench.press(Key::Enter).await?;
    let service = tokio::time::timeout(SEEN_MAX, told.recv()).await?.ok_or("no sign")?;
    let sign = Sign::of(&desktop, service).await?;
    let id: String = sign.item.get_property("Id").await?;
    assert_eq!(id, "packbench");
    let pictures: Vec<(i32, i32, Vec<u8>)> = sign.item.get_property("IconPixmap").await?;
    let (width, height, dots) = pictures.first().ok_or("no picture")?;
    assert_eq!(dots.len(), 4 * usize::try_from(width * height)?);
    assert!(dots.chunks(4).any(|dot| dot[0] == 255 && dot[1] != dot[3]), "colours, not empty");

    // It says the number that the list says, and says it anew when that changes.
    let pending = r#"Number(document.querySelector('[data-tab="pending"] b')?.textContent)"#;
    let before = bench.see(&format!("({pending}) > 3 && {pending}")).await?;
    let says = |n: &serde_json::Value| format!("待发货 {n} ");
    let head = sign.see(|line| line.1.contains(&says(&before))).await?;
    assert!(!head.2, "it is read, not chosen");
    bench.press(Key::F9).await?;
    let after = bench.see(&format!("({pending}) < {before} && {pending}")).await?;
    sign.see(|line| line.1.contains(&says(&after))).await?;
    bench.press_ctrl('l').await?;
    bench.see("document.documentElement.lang === 'en'").await?;
    sign.see(|line| line.1.contains(" to ship")).await?;

    let quit = sign.see(|line| line.1 == "Quit").await?;
    sign.choose(&quit).await?;
    let gone = async {
        while zbus::fdo::DBusProxy::new(&desktop)
            .await?
            .list_names()
            .await?
            .iter()
            .any(|name| name.as_str().starts_with("org.kde.StatusNotifierItem"))
        {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        zbus::Result::Ok(())
    };
    tokio::time::timeout(SEEN_MAX, gone).await??;
    // The window went with it.
    drop(bench.close().await);
    Ok(())
}
