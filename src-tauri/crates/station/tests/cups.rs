//! A real cupsd takes our labels: byte for byte, with its own words when it does not, and without
//! leaving them where others can read. The project's set-up installs cups; without it this fails.
//!
//! libcups reads `CUPS_SERVER` from the environment of the whole process, so the part that prints
//! runs in a process of its own: this test again, told so by `PACKBENCH_CUPS`.

#![allow(clippy::unwrap_used, reason = "a test; clippy sees only the functions marked so")]

use station::print::{
    Address, Port, Standing, Told,
    open::open,
    queue::{QueuePort, list_queues, sweep_stale},
};
use std::{
    env, fs, io,
    io::Read,
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// Its presence says that this is the second process.
const SECOND: &str = "PACKBENCH_CUPS";
/// A spooler that needs longer is broken.
const LONG: Duration = Duration::from_secs(30);

/// A running spooler with its folder.
struct Spooler {
    child: Child,
    port: u16,
    _root: tempfile::TempDir,
    root: PathBuf,
}

impl Drop for Spooler {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port()
}

impl Spooler {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().to_owned();
        let port = free_port();
        let script = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../../tests/support/cups/start-cupsd.sh");
        let log = fs::File::create(root.join("stdout")).unwrap();
        let child = Command::new("sh")
            .args([script.as_os_str(), root.as_os_str()])
            .arg(port.to_string())
            .stdin(Stdio::null())
            .stderr(log.try_clone().unwrap())
            .stdout(log)
            .spawn()
            .unwrap();
        let mut spooler = Self { child, port, _root: folder, root };
        let until = Instant::now() + LONG;
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            let ended = spooler.child.try_wait().unwrap();
            let said = || fs::read_to_string(spooler.root.join("stdout")).unwrap_or_default();
            assert!(ended.is_none(), "no cupsd ({ended:?}): run `make setup`\n{}", said());
            assert!(Instant::now() < until, "cupsd does not listen\n{}", said());
            thread::yield_now();
        }
        spooler
    }

    fn run(&self, program: &str, args: &[&str]) {
        let path = format!("{}:/usr/sbin", env::var("PATH").unwrap_or_default());
        let done = Command::new(program)
            .args(args)
            .env("PATH", path)
            .env("CUPS_SERVER", format!("127.0.0.1:{}", self.port))
            .output()
            .unwrap_or_else(|why| panic!("no {program} ({why}): run `make setup`"));
        assert!(done.status.success(), "{program} {args:?}: {done:?}");
    }
}

/// A label with every byte in it, longer than a network packet.
fn label() -> Vec<u8> {
    (0..50_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect()
}

#[test]
fn a_real_cupsd_takes_labels_and_leaves_nothing() {
    if env::var_os(SECOND).is_some() {
        return second_process();
    }
    let spooler = Spooler::start();
    let printer = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let device =
        format!("socket://127.0.0.1:{}/?waiteof=false", printer.local_addr().unwrap().port());
    let policy = "printer-error-policy=stop-printer";
    spooler.run("lpadmin", &["-p", "labels", "-E", "-v", &device, "-m", "raw", "-o", policy]);
    spooler.run("lpadmin", &["-p", "closed", "-E", "-v", &device, "-m", "raw"]);
    spooler.run("cupsreject", &["-r", "moved to hall two", "closed"]);
    // A printer that is off: the spooler gives up at once where it is told to, and by itself never.
    let off = format!("socket://127.0.0.1:{}/?contimeout=1", free_port());
    spooler.run("lpadmin", &["-p", "off", "-E", "-v", &off, "-m", "raw", "-o", policy]);
    let ever = format!("socket://127.0.0.1:{}/", free_port());
    spooler.run("lpadmin", &["-p", "ever", "-E", "-v", &ever, "-m", "raw"]);
    spooler.run("lpadmin", &["-p", "held", "-E", "-v", &device, "-m", "raw"]);
    spooler.run("cupsdisable", &["-r", "roll is being changed", "held"]);
    let temporary = tempfile::tempdir().unwrap();
    let done = Command::new(env::current_exe().unwrap())
        .args(["--exact", "a_real_cupsd_takes_labels_and_leaves_nothing", "--nocapture"])
        .env("CUPS_SERVER", format!("127.0.0.1:{}", spooler.port))
        .env("TMPDIR", temporary.path())
        .env(SECOND, "here")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout) + String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
    printer.set_nonblocking(true).unwrap();
    let until = Instant::now() + LONG;
    let mut job = loop {
        match printer.accept() {
            Ok((job, _)) => break job,
            Err(why) => assert_eq!(why.kind(), io::ErrorKind::WouldBlock),
        }
        assert!(Instant::now() < until, "no job came out of cupsd");
        thread::yield_now();
    };
    job.set_nonblocking(false).unwrap();
    job.set_read_timeout(Some(LONG)).unwrap();
    let mut got = Vec::new();
    job.read_to_end(&mut got).unwrap();
    assert!(got == label(), "{} bytes, not the label", got.len());
}

/// Asks until the queue says so; the test is ended from outside if it never does.
async fn told(port: &mut dyn Port, wanted: impl Fn(&Told) -> bool) -> Told {
    loop {
        let told = port.told().await.unwrap().unwrap();
        if wanted(&told) {
            return told;
        }
        tokio::task::yield_now().await;
    }
}

/// Here `CUPS_SERVER` and `TMPDIR` are set from the first instruction on.
fn second_process() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let queues = list_queues().unwrap();
    let names: Vec<&str> = queues.iter().map(|queue| queue.name.as_str()).collect();
    assert_eq!(names, ["closed", "ever", "held", "labels", "off"]);
    assert_eq!((queues[3].state, queues[3].reasons.as_slice()), ("ready", &["none".into()][..]));

    // A run that was killed: its folder is unlocked. Somebody's file of another name stays.
    let stale = env::temp_dir().join("packbench-print-dead");
    fs::create_dir(&stale).unwrap();
    fs::write(stale.join("label"), b"a name and a phone").unwrap();
    let alive = env::temp_dir().join("packbench-print-alive");
    fs::create_dir(&alive).unwrap();
    let lock = fs::File::open(&alive).unwrap();
    lock.lock().unwrap();
    sweep_stale();
    assert!(!stale.exists() && alive.exists());
    drop(lock);
    sweep_stale();
    assert!(!alive.exists());

    runtime.block_on(async {
        let why = QueuePort::open("nowhere").await.unwrap_err();
        assert_eq!(why.kind(), io::ErrorKind::NotFound);
        assert!(why.to_string().contains("nowhere"), "{why}");

        let mut closed = open(Address::Queue("closed".to_owned()), None).await.unwrap();
        let broken = closed.write_label("YT0000000000001", b"^XA^XZ").await.unwrap_err();
        assert_eq!(broken.sent, 0, "{broken}");
        assert!(broken.why.to_string().contains("moved to hall two"), "{broken}");

        let mut port = open(Address::Queue("labels".to_owned()), None).await.unwrap();
        assert!(!port.answers());
        port.write_label("YT0000000000002", &label()).await.unwrap();

        // Why a queue stands still, in the system's words.
        let mut held = open(Address::Queue("held".to_owned()), None).await.unwrap();
        assert!(held.tells() && !held.follows());
        let why = told(&mut *held, |told| told.standing == Standing::Paused).await;
        assert!(why.words.contains("roll is being changed"), "{why:?}");
        let gone = "may not exist or is unavailable";
        for (name, standing, words) in
            [("off", Standing::Paused, "not responding"), ("ever", Standing::Printing, gone)]
        {
            let mut port = open(Address::Queue(name.to_owned()), None).await.unwrap();
            port.write_label("YT0000000000003", b"^XA^XZ").await.unwrap();
            let says = |told: &Told| told.standing == standing && told.words.contains(words);
            told(&mut *port, says).await;
        }
    });
    let left: Vec<_> = fs::read_dir(env::temp_dir()).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}
