//! The real binary, killed with SIGKILL at random moments of a 300-order run against a practice
//! carrier and a practice printer in processes of their own; then the numbers and labels on the
//! other side are counted.

use std::{
    collections::{BTreeMap, HashMap},
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

const ORDERS: usize = 300;
/// Moments of death, ms after the start; a run that ends before is one without a death.
const DEATHS_MS: [u64; 10] = [180, 350, 90, 720, 1_400, 260, 2_100, 510, 950, 3_300];
/// Runs after the deaths; each must bring the day further.
const RUNS_MAX: usize = 20;

/// A process that does not outlive the test.
struct Helper(Child);

impl Drop for Helper {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn binary() -> PathBuf {
    let test = std::env::current_exe().expect("this test's own path");
    let folder = test.parent().and_then(Path::parent).expect("target/debug/deps");
    let path = std::env::var_os("PACKBENCH_BIN").map_or_else(
        || folder.join(format!("packbench{}", std::env::consts::EXE_SUFFIX)),
        PathBuf::from,
    );
    assert!(
        path.is_file(),
        "{} is missing: cargo build -p packbench --no-default-features",
        path.display()
    );
    path
}

/// Starts a stand-in and reads where it listens from its first line.
fn stand_in(kind: &str, words: &[String]) -> (Helper, String) {
    let mut child = Command::new(binary())
        .args(["practice", kind])
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("starts");
    let out = child.stdout.take().expect("piped");
    let mut lines = BufReader::new(out).lines();
    let first = lines.next().expect("a first line").expect("readable");
    // The rest is read away, or the pipe would fill and stop the stand-in.
    std::thread::spawn(move || lines.for_each(drop));
    let at = first.strip_prefix("listening ").expect("listening").trim().to_owned();
    (Helper(child), at)
}

fn packbench(home: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(binary());
    command.arg("--home").arg(home).arg("--json").args(args);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

fn json(home: &Path, args: &[&str]) -> serde_json::Value {
    let out = packbench(home, args).output().expect("runs");
    let text = String::from_utf8_lossy(&out.stdout);

    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{args:?}: {e}: {text:?}"))
}

fn write_home(home: &Path, carrier: &str, printer: &str) {
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
name = "圆通"
kind = "kdniao"
shipper_code = "YTO"
business_id = "test1777000"
api_key = "file:key"
endpoint = "{carrier}"
customer_name = "K00000000"
month_code = "x"
calls_per_s = 100
timeout_ms = 2000
[[printer]]
name = "热敏 1 号"
address = "tcp://127.0.0.1:{printer}"
language = "tspl"
dots_per_mm = 8
paper = "76x130"
confirm = "status"
[[routing]]
carrier = "圆通"
"#
    );
    fs::write(home.join("station.toml"), toml).expect("written");
    let key = home.join("key");
    fs::write(&key, "practice").expect("written");
    fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o600)).expect("0600");
}

/// The Code 128 of every label picture in a folder.
fn labels(folder: &Path) -> Vec<String> {
    let mut read = Vec::new();
    for entry in fs::read_dir(folder).expect("the printer's folder").flatten() {
        let picture = image::open(entry.path()).expect("a PNG").into_luma8();
        let number = scene::number_in(picture.as_raw(), picture.width());
        read.push(number.unwrap_or_else(|| panic!("{}: unreadable", entry.path().display())));
    }
    read
}

/// Live numbers by order key, as the carrier wrote them down.
fn live_numbers(journal: &Path) -> BTreeMap<String, Vec<String>> {
    let mut live: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in fs::read_to_string(journal).expect("the carrier's journal").lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("a whole line");
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        if line["issued"].is_object() {
            let key = text(&line["issued"]["order_key"]);
            live.entry(key).or_default().push(text(&line["issued"]["waybill_no"]));
        } else {
            live.remove(&text(&line["voided"]["order_key"]));
        }
    }
    live
}

/// A packer looks at the paper and answers every question about a label truthfully.
fn answer_doubts(home: &Path, folder: &Path) {
    let mut out: HashMap<String, usize> = HashMap::new();
    for number in labels(folder) {
        *out.entry(number).or_default() += 1;
    }
    let listed = json(home, &["orders", "--state", "attention", "--limit", "500"]);
    for row in listed["rows"].as_array().expect("rows") {
        if row["trouble"]["code"] == "label_unknown" {
            let number = row["waybillNo"].as_str().expect("has a number");
            let copies = row["copies"].as_u64().unwrap_or(0) as usize;
            let is_out = out.get(number).copied().unwrap_or(0) > copies;
            json(home, &["confirm", number, if is_out { "--yes" } else { "--no" }]);
        }
    }
}

#[test]
fn killed_at_random_nothing_is_lost_or_doubled() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (home, paper) = (folder.path().join("home"), folder.path().join("paper"));
    fs::create_dir_all(&home).expect("made");
    let journal = folder.path().join("journal");
    let faults = ["lose_after_commit=0.03", "http_502=0.03", "cut_json=0.02", "seed=7"];
    let mut words: Vec<String> = faults.iter().map(ToString::to_string).collect();
    words.push(format!("journal={}", journal.display()));
    words.push("delay_ms=20".into());
    let (_carrier, carrier_at) = stand_in("carrier", &words);
    let (_printer, printer_at) = stand_in("printer", &[format!("folder={}", paper.display())]);
    write_home(&home, &carrier_at, &printer_at);
    let csv = folder.path().join("orders.csv");
    fs::write(&csv, scene::orders_csv(ORDERS)).expect("written");
    assert_eq!(json(&home, &["import", &csv.to_string_lossy()])["added"], ORDERS);

    let mut deaths = 0;
    for after_ms in DEATHS_MS {
        let mut child = packbench(&home, &["ship", "--all"]).spawn().expect("starts");
        std::thread::sleep(Duration::from_millis(after_ms));
        if child.try_wait().expect("waits").is_none() {
            child.kill().expect("killed");
            deaths += 1;
        }
        child.wait().expect("gone");
    }
    assert!(deaths >= 5, "only {deaths} deaths: the run is too quick for its moments");

    for _ in 0..RUNS_MAX {
        packbench(&home, &["ship", "--all"]).output().expect("runs");
        answer_doubts(&home, &paper);
        let counts = &json(&home, &["status"])["counts"];
        if counts["printed"] == ORDERS {
            break;
        }
    }
    let status = json(&home, &["status"]);
    assert_eq!(status["counts"]["printed"], ORDERS, "{status}");
    let live = live_numbers(&journal);
    assert_eq!(live.len(), ORDERS, "one key an order");
    assert!(live.values().all(|numbers| numbers.len() == 1), "one number a key");
    let mut out = labels(&paper);
    out.sort();
    let mut issued: Vec<String> = live.into_values().flatten().collect();
    issued.sort();
    assert_eq!(out, issued, "every number on paper once, and nothing else");
}
