//! Whether there is a newer program: one address, asked once a day over a real socket, told nothing
//! of this house, and never obeyed.

use scene::{Home, Scene, World};
use station::{
    carrier::http::RealHttp,
    config,
    outside::{Answer, Http, HttpError, Later, Outside, Request},
    view::UpdateView,
};
use std::{
    fs,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// The program that asks.
const PRESENT: &str = "0.9.10";
const DAY_MS: i64 = 86_400_000;
/// The settings that practice begins with.
const PRACTICE: &str = include_str!("../../src-tauri/crates/station/data/station.practice.toml");
/// What waits for the slow answer here; the station itself gives it longer.
const PATIENCE: Duration = Duration::from_millis(300);
/// No request of ours is longer, in bytes.
const REQUEST_BYTES_MAX: usize = 4_096;

/// What the stand-in does with whoever comes.
#[derive(Clone)]
enum Manner {
    /// Says this and closes.
    Says(Vec<u8>),
    /// Takes the request and stays silent.
    Waits,
    /// Begins an answer and goes on with it, a byte now and then, without an end.
    Trickles,
}

/// Somebody at the address.
struct Place {
    url: String,
    manner: Arc<Mutex<Manner>>,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Place {
    async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/packbench.json", listener.local_addr().expect("bound"));
        let manner = Arc::new(Mutex::new(Manner::Waits));
        let heard = Arc::default();
        let place = Self { url, manner, heard };
        let (manner, heard) = (Arc::clone(&place.manner), Arc::clone(&place.heard));
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let manner = manner.lock().expect("whole").clone();
                tokio::spawn(answer(socket, manner, Arc::clone(&heard)));
            }
        });
        place
    }

    fn set(&self, manner: Manner) {
        *self.manner.lock().expect("whole") = manner;
    }

    fn says(&self, head: &str, body: &[u8]) {
        let mut text = format!("HTTP/1.1 {head}\r\ncontent-length: {}\r\n\r\n", body.len());
        text.push_str(&String::from_utf8_lossy(body));
        self.set(Manner::Says(text.into_bytes()));
    }

    fn offers(&self, version: &str) {
        let url = "https://example.test/packbench";
        let body = format!(r#"{{"version":"{version}","url":"{url}","notes":"更快"}}"#);
        self.says("200 OK", body.as_bytes());
    }

    fn asked(&self) -> usize {
        self.heard.lock().expect("whole").len()
    }
}

async fn answer(mut socket: TcpStream, manner: Manner, heard: Arc<Mutex<Vec<String>>>) {
    let mut request = Vec::new();
    let mut some = [0; REQUEST_BYTES_MAX];
    while !request.ends_with(b"\r\n\r\n") && request.len() < REQUEST_BYTES_MAX {
        match socket.read(&mut some).await {
            Ok(0) | Err(_) => return,
            Ok(count) => request.extend_from_slice(&some[..count]),
        }
    }
    heard.lock().expect("whole").push(String::from_utf8_lossy(&request).into_owned());
    match manner {
        // Whoever asked may have gone: that is what is tried here.
        Manner::Says(text) => drop(socket.write_all(&text).await),
        Manner::Waits => drop(socket.read(&mut some).await),
        Manner::Trickles => {
            let begin: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 99999\r\n\r\n";
            let mut sent = socket.write_all(begin).await;
            while sent.is_ok() {
                tokio::time::sleep(PATIENCE / 10).await;
                sent = socket.write_all(b" ").await;
            }
        }
    }
}

/// The real network, with a shorter patience than the station's.
struct Hasty(RealHttp);

impl Http for Hasty {
    fn send(&self, request: Request) -> Later<'_, Result<Answer, HttpError>> {
        assert!(request.timeout <= Duration::from_secs(10), "{request:?}");
        self.0.send(Request { timeout: PATIENCE, ..request })
    }
}

fn home(settings: &str) -> Home {
    let home = Home::new("none");
    let path = home.folder.path().join("station.toml");
    let text = fs::read_to_string(path).expect("settings");
    config::replace(home.folder.path(), &format!("{text}\n{settings}")).expect("written");
    home
}

fn asks_at(url: &str) -> Home {
    home(&format!("[update]\nurl = \"{url}\"\n"))
}

async fn open(home: &Home) -> Scene {
    let http = Arc::new(Hasty(RealHttp::new()));
    let outside = Outside { http, ..World::outside(&home.world) };
    home.open_in(outside).await.expect("opens")
}

async fn version(scene: &Scene) -> Option<String> {
    scene.station.newer(PRESENT).await.map(|news| news.version)
}

#[tokio::test]
async fn only_a_newer_one_is_told() {
    let place = Place::open().await;
    let home = asks_at(&place.url);
    let scene = open(&home).await;
    let versions =
        [("0.9.10", false), ("0.9.9", false), ("v0.10", true), ("0.9.10.0", false), ("1.0", true)];
    for (at, (said, newer)) in versions.into_iter().enumerate() {
        place.offers(said);
        assert_eq!(version(&scene).await, newer.then(|| said.to_owned()), "{said}");
        assert_eq!(place.asked(), at + 1);
        home.world.tick(DAY_MS);
    }
    let news = scene.station.newer(PRESENT).await.expect("kept");
    let url = "https://example.test/packbench".to_owned();
    assert_eq!(news, UpdateView { version: "1.0".into(), url, notes: "更快".into() });
}

#[tokio::test]
async fn nothing_of_this_house_is_in_the_request() {
    let place = Place::open().await;
    place.offers("1.0");
    let home = asks_at(&place.url);
    let scene = open(&home).await;
    assert_eq!(version(&scene).await.as_deref(), Some("1.0"));
    let host = place.url.trim_start_matches("http://").trim_end_matches("/packbench.json");
    let whole = format!("GET /packbench.json HTTP/1.1\r\naccept: */*\r\nhost: {host}\r\n\r\n");
    assert_eq!(*place.heard.lock().expect("whole"), [whole]);
}

#[tokio::test]
async fn it_is_asked_once_a_day_whoever_asks_how_often() {
    let place = Place::open().await;
    place.offers("1.0");
    let home = asks_at(&place.url);
    let scene = open(&home).await;
    for _ in 0..3 {
        assert_eq!(version(&scene).await.as_deref(), Some("1.0"));
    }
    drop(scene);
    // Another start on the same day; then the newer one was installed.
    let scene = open_again(&home).await;
    assert_eq!(version(&scene).await.as_deref(), Some("1.0"));
    assert_eq!(scene.station.newer("1.0.0").await, None);
    assert_eq!(place.asked(), 1);
    home.world.tick(DAY_MS);
    place.offers("1.1");
    assert_eq!(version(&scene).await.as_deref(), Some("1.1"));
    assert_eq!(place.asked(), 2);
    // Whoever took its word back is heard, too.
    home.world.tick(DAY_MS);
    place.offers(PRESENT);
    assert_eq!(version(&scene).await, None);
}

/// The dead station's database thread may still hold the lock for a moment.
async fn open_again(home: &Home) -> Scene {
    drop(home.reopen().await);
    loop {
        let http = Arc::new(Hasty(RealHttp::new()));
        let outside = Outside { http, ..World::outside(&home.world) };
        match home.open_in(outside).await {
            Ok(scene) => return scene,
            Err(_) => tokio::task::yield_now().await,
        }
    }
}

#[tokio::test]
async fn a_bad_answer_changes_nothing() {
    let place = Place::open().await;
    let elsewhere = Place::open().await;
    elsewhere.offers("9.9");
    let home = asks_at(&place.url);
    let scene = open(&home).await;
    let status = serde_json::to_value(scene.status()).expect("status");
    let away = format!("302 Found\r\nlocation: {}", elsewhere.url);
    let huge = vec![b' '; 5 << 20];
    let bad: [(&str, &[u8]); 9] = [
        ("200 OK", b"<html>Welcome</html>"),
        ("200 OK", b""),
        ("200 OK", b"[1, 2]"),
        ("200 OK", br#"{"version": 7}"#),
        ("200 OK", br#"{"version": "soon"}"#),
        ("200 OK", &huge),
        ("404 Not Found", br#"{"version": "9.9"}"#),
        ("500 Oops", br#"{"version": "9.9"}"#),
        (&away, br#"{"version": "9.9"}"#),
    ];
    for known in [None, Some("1.0")] {
        if let Some(version) = known {
            place.offers(version);
            home.world.tick(DAY_MS);
            drop(scene.station.newer(PRESENT).await);
        }
        for (head, body) in bad {
            place.says(head, body);
            home.world.tick(DAY_MS);
            assert_eq!(version(&scene).await.as_deref(), known, "{head} {} bytes", body.len());
        }
        for manner in [Manner::Waits, Manner::Trickles, Manner::Says(Vec::new())] {
            place.set(manner);
            home.world.tick(DAY_MS);
            assert_eq!(version(&scene).await.as_deref(), known);
        }
    }
    assert_eq!(place.asked(), 2 * (bad.len() + 3) + 1, "each once");
    assert_eq!(elsewhere.asked(), 0, "nobody is sent on");
    assert_eq!(serde_json::to_value(scene.status()).expect("status"), status);
}

#[tokio::test]
async fn what_is_said_is_shown_as_words_alone() {
    let place = Place::open().await;
    let home = asks_at(&place.url);
    let scene = open(&home).await;
    let notes = "a\\u0007\\nb".to_owned() + &"长".repeat(5_000);
    for url in ["http://example.test/", "javascript:alert(1)", "https://example.test/ x", ""] {
        let body = format!(r#"{{"version":" 1.0\n","url":"{url}","notes":"{notes}","run":"x"}}"#);
        place.says("200 OK", body.as_bytes());
        home.world.tick(DAY_MS);
        let news = scene.station.newer(PRESENT).await.expect("newer");
        assert_eq!((news.version.as_str(), news.url.as_str()), ("1.0", ""), "{url}");
        assert!(news.notes.starts_with("ab长") && news.notes.chars().count() == 200);
    }
}

#[tokio::test]
async fn nobody_at_the_address_is_asked_again() {
    let place = Place::open().await;
    let nobody = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = nobody.local_addr().expect("bound");
    drop(nobody);
    let home = asks_at(&format!("http://{address}/packbench.json"));
    let scene = open(&home).await;
    assert_eq!(version(&scene).await, None);
    // The same day: somebody is there now.
    let listener = TcpListener::bind(address).await.expect("free still");
    place.offers("1.0");
    let manner = place.manner.lock().expect("whole").clone();
    let heard = Arc::clone(&place.heard);
    tokio::spawn(async move {
        let (socket, _) = listener.accept().await.expect("comes");
        answer(socket, manner, heard).await;
    });
    assert_eq!(version(&scene).await.as_deref(), Some("1.0"));
}

#[tokio::test]
async fn off_and_in_practice_nobody_is_asked() {
    let place = Place::open().await;
    place.offers("1.0");
    for settings in ["", "[update]\n"] {
        let home = home(settings);
        assert_eq!(version(&open(&home).await).await, None);
    }
    let practice = Home::new("none");
    let text = format!("{PRACTICE}\n[update]\nurl = \"{}\"\n", place.url);
    config::replace(practice.folder.path(), &text).expect("written");
    let practice_url = Some("http://127.0.0.1:9".to_owned());
    let http = Arc::new(Hasty(RealHttp::new()));
    let outside = Outside { http, practice_url, ..World::outside(&practice.world) };
    let scene = practice.open_in(outside).await.expect("opens");
    assert!(scene.status().practice);
    assert_eq!(version(&scene).await, None);
    assert_eq!(place.asked(), 0);
}
