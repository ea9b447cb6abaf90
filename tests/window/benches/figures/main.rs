//! What the real window takes with 100,000 waiting orders: to start, in memory, for a filter, a
//! search, a scroll and a scan. By hand, on a quiet machine, with a release build:
//! `make bench-window`. The driver types; the page's own clock measures up to what was painted.

mod memory;

use bench::{Bench, KEY, Result, binary, new_home, settings};
use practice::{
    carrier::{self, Carrier},
    printer::{self, Printer},
};
use serde_json::Value;
use std::{
    fmt::Write as _,
    fs,
    path::Path,
    process::Command,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use tempfile::TempDir;
use thirtyfour::Key;

/// Orders that wait.
const ORDERS: usize = 100_000;
/// Starts; the first is cold and not counted.
const STARTS: usize = 11;
/// Filters on and off, and searches.
const LOOKS: usize = 20;
/// Scans of waiting orders.
const SCANS: usize = 240;
/// How long the list is scrolled, ms.
const SCROLL_MS: u64 = 6_000;
/// A frame at 60 a second takes no longer, ms; half a millisecond for the clock.
const FRAME_MS: f64 = 17.2;
/// Between two letters of a person, who is no scanner.
const LETTER: Duration = Duration::from_millis(120);
/// Presses of the key that goes down: so often so many in one go.
const PRESSES: (usize, usize) = (6, 30);

#[tokio::main]
async fn main() -> Result<()> {
    // `cargo test --benches` asks for nothing to be measured.
    if !std::env::args().any(|word| word == "--bench") {
        return Ok(());
    }
    let options = carrier::Options { api_key: KEY.into(), ..carrier::Options::default() };
    let carrier = Carrier::start(options).await?;
    let printer = Printer::start(printer::Options::default()).await?;
    let text = settings(&carrier.url(), printer.port()).replace("gap_ms = 100", "gap_ms = 45");
    let home = new_home(&text)?;
    fill(home.path())?;
    println!("| what | seen |\n|---|---|");
    starts(&home).await?;
    memory::at_rest(home.path()).await?;
    let bench = Bench::try_start(Arc::clone(&home)).await?;
    list_is_there(&bench).await?;
    looks(&bench).await?;
    scrolls(&bench).await?;
    memory::after_work(home.path());
    scans(&bench).await?;
    printer.await_labels(SCANS as u64).await;
    bench.close().await
}

/// 100,000 orders, by the command line.
fn fill(home: &Path) -> Result<()> {
    const PLACES: [&str; 4] = [
        "浙江省,杭州市,余杭区",
        "广东省,深圳市,南山区",
        "四川省,成都市,武侯区",
        "江苏省,苏州市,昆山市",
    ];
    const GOODS: [&str; 3] = ["保温杯 480ml", "机械键盘 87 键", "手冲壶 600ml"];
    let mut csv = String::from("订单号,店铺,收件人,手机,省,市,区,详细地址,商品,数量,重量(克)\n");
    for n in 1..=ORDERS {
        let (place, goods) = (PLACES[n % PLACES.len()], GOODS[n % GOODS.len()]);
        let pieces = 1 + n % 4 / 3;
        writeln!(csv, "P-{n},样例店,测试{n},138{n:08},{place},样例路 {n} 号,{goods},{pieces},400")?;
    }
    let path = home.join("orders.csv");
    fs::write(&path, csv)?;
    let mut import = Command::new(binary());
    let done = import.env("PACKBENCH_HOME", home).arg("import").arg(&path).output()?;
    fs::remove_file(path)?;
    match done.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&done.stderr).into_owned().into()),
    }
}

/// Waits, frame by frame, until the list has been painted; when that was, ms UTC.
async fn list_is_there(bench: &Bench) -> Result<f64> {
    let script = "const done = arguments[0];\
        const look = () => document.querySelectorAll('.line').length > 5\
          ? requestAnimationFrame(() => done(Date.now())) : requestAnimationFrame(look);\
        look();";
    let at = bench.window.execute_async(script, Vec::new()).await?;
    Ok(at.json().as_f64().unwrap_or_default())
}

/// From the start of the process to the painted list, and to the first key it answered.
async fn starts(home: &Arc<TempDir>) -> Result<()> {
    let (mut shown, mut usable) = (Vec::new(), Vec::new());
    for nth in 0..STARTS {
        let bench = Bench::try_start(Arc::clone(home)).await?;
        let painted = list_is_there(&bench).await?;
        let begun = memory::begun_ms(home.path()).ok_or("the program is not there")?;
        arm(&bench, "document.querySelector('.row.focused')?.ariaRowIndex === '3'").await?;
        bench.press(Key::Down).await?;
        took(&bench).await?;
        let reacted = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs_f64() * 1e3;
        bench.close().await?;
        memory::gone(home.path()).await;
        if nth > 0 {
            shown.push(painted - begun);
            usable.push(reacted - begun);
        }
    }
    let of = format!("{} starts, warm, {ORDERS} orders", STARTS - 1);
    say(&format!("start of the process to the painted list, {of}"), &mut shown);
    say("the same to the answer to a key, as the driver saw it", &mut usable);
    Ok(())
}

/// Sets the page's watch: from the last key to the end of the first frame that shows it.
async fn arm(bench: &Bench, seen: &str) -> Result<()> {
    let script = format!(
        "const watch = (window.watch = {{ from: undefined, took: undefined }});\
         const key = (event) => (watch.from = event.timeStamp);\
         addEventListener('keydown', key, {{ capture: true }});\
         window.painted = (then) => {{\
           const port = new MessageChannel();\
           port.port1.onmessage = () => then(performance.now() - watch.from);\
           port.port2.postMessage(0);\
         }};\
         const took = (ms) => {{\
           watch.took = ms;\
           removeEventListener('keydown', key, {{ capture: true }});\
         }};\
         const look = () => watch.from !== undefined && ({seen})\
           ? painted(took) : requestAnimationFrame(look);\
         requestAnimationFrame(look);"
    );
    bench.window.execute(script, Vec::new()).await?;
    Ok(())
}

/// What the watch says, ms.
async fn took(bench: &Bench) -> Result<f64> {
    let ms = bench.see("window.watch.took + 0.0001").await?;
    Ok(ms.as_f64().unwrap_or_default())
}

async fn looks(bench: &Bench) -> Result<()> {
    let rows = "document.querySelector('[role=grid]')?.ariaRowCount";
    let drawn = "document.querySelectorAll('.line').length > 0";
    let all = format!("{rows} === '{}' && {drawn}", ORDERS + 1);
    let single = format!("{rows} === '{}' && {drawn}", ORDERS - ORDERS / 4 + 1);
    let mut filter = Vec::new();
    for _ in 0..LOOKS {
        for seen in [&single, &all] {
            arm(bench, seen).await?;
            bench.press('i').await?;
            filter.push(took(bench).await?);
        }
    }
    say("key of a filter to its list painted (60 ms of it: is it a scan?)", &mut filter);
    let mut search = Vec::new();
    for nth in 0..LOOKS {
        let order = format!("P-{}", ORDERS * 3 / 4 + nth);
        arm(
            bench,
            &format!(
                "{rows} === '2' && {drawn} && document.querySelector('.line b')\
            ?.textContent.includes('{order}')"
            ),
        )
        .await?;
        bench.press(Key::F2).await?;
        for letter in order.chars() {
            tokio::time::sleep(LETTER).await;
            bench.press(letter).await?;
        }
        search.push(took(bench).await?);
        bench.press(Key::Escape).await?;
        bench.see(&all).await?;
    }
    say("last letter of a search to its list painted (65 ms of it: is it a scan?)", &mut search);
    Ok(())
}

/// Frames while something scrolls: their lengths, and how many showed a row that was not there yet.
const RECORD: &str = "const frames = (window.frames = { gaps: [], bare: 0, on: true });\
    let last;\
    const frame = (now) => {\
      if (last !== undefined) frames.gaps.push(now - last);\
      last = now;\
      if (document.querySelector('.coming')) frames.bare += 1;\
      if (frames.step) frames.step();\
      if (frames.on) requestAnimationFrame(frame);\
    };\
    requestAnimationFrame(frame);";

async fn scrolls(bench: &Bench) -> Result<()> {
    bench.window.execute(RECORD, Vec::new()).await?;
    let (times, presses) = PRESSES;
    for _ in 0..times {
        bench.press(Key::Down.value().to_string().repeat(presses)).await?;
    }
    frames(bench, "the focus going down by key, as fast as the driver types").await?;
    let step = "document.querySelector('[role=grid]').scrollTop += 40";
    bench.window.execute(RECORD, Vec::new()).await?;
    bench.window.execute(format!("window.frames.step = () => {{ {step} }}"), vec![]).await?;
    tokio::time::sleep(Duration::from_millis(SCROLL_MS)).await;
    frames(bench, "a steady scroll of 40 px a frame").await?;
    let step = "document.querySelector('[role=grid]').scrollTop += 4000";
    bench.window.execute(RECORD, Vec::new()).await?;
    bench.window.execute(format!("window.frames.step = () => {{ {step} }}"), vec![]).await?;
    tokio::time::sleep(Duration::from_millis(SCROLL_MS)).await;
    frames(bench, "a flick of 4,000 px a frame").await
}

async fn frames(bench: &Bench, what: &str) -> Result<()> {
    let script = "window.frames.on = false; return window.frames";
    let seen = bench.window.execute(script, Vec::new()).await?.json().clone();
    let gaps: Vec<f64> =
        seen["gaps"].as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    let late = gaps.iter().filter(|gap| **gap > FRAME_MS).count();
    let share = 100.0 * late as f64 / gaps.len().max(1) as f64;
    let bare = 100.0 * seen["bare"].as_f64().unwrap_or_default() / gaps.len().max(1) as f64;
    let mut gaps = gaps;
    let [half, most] = [percentile(&mut gaps, 50), percentile(&mut gaps, 99)];
    println!(
        "| frames in {what}: p50 · p99 · over {FRAME_MS} ms · with rows not there yet | \
         {half:.1} ms · {most:.1} ms · {share:.1} % of {} · {bare:.1} % |",
        gaps.len()
    );
    Ok(())
}

/// From the end of the burst to the picture of the scan, and to the picture of its answer.
async fn scans(bench: &Bench) -> Result<()> {
    bench.press_ctrl('2').await?;
    bench.see("document.querySelector('.modes')").await?;
    let (mut seen, mut answered) = (Vec::new(), Vec::new());
    for nth in 0..SCANS {
        let order = format!("P-{}", 1_000 + nth);
        let shown = "document.querySelector('main.bench section[data-mood]')";
        // The picture of a scan whose answer is on its way bears its code; that of its answer more.
        let read = format!("{shown}?.textContent.includes('{order}')");
        arm(bench, &read).await?;
        let other = format!(
            "document.querySelector('main.bench .order')?.textContent\
            .includes('{order}')"
        );
        let script = format!(
            "const watch = window.watch;\
             const look = () => ({other})\
               ? painted((ms) => (watch.answer = ms)) : requestAnimationFrame(look);\
             requestAnimationFrame(look);"
        );
        bench.window.execute(script, Vec::new()).await?;
        // What the driver typed too slowly was no scan, and is typed again.
        bench.scan(&order, "window.watch.took && window.watch.answer").await?;
        seen.push(took(bench).await?);
        let ms = bench.see("window.watch.answer + 0.0001").await?;
        answered.push(ms.as_f64().unwrap_or_default());
    }
    say(&format!("end of a scan to its picture, {SCANS} scans, each shipping an order"), &mut seen);
    say("the same to the picture of its answer", &mut answered);
    Ok(())
}

fn percentile(all: &mut [f64], percent: usize) -> f64 {
    all.sort_by(f64::total_cmp);
    let place = (all.len() * percent).div_ceil(100).max(1) - 1;
    all.get(place).copied().unwrap_or_default()
}

fn say(what: &str, all: &mut [f64]) {
    let [half, late, most] = [50, 99, 100].map(|percent| percentile(all, percent));
    println!("| {what} | {half:.0} ms, p99 {late:.0} ms, longest {most:.0} ms |");
}
