//! Figures as a table that can be put into the README, and the machine they come from.

use std::{fs, path::Path, time::Duration};

/// One line of the table.
pub struct Figure {
    what: String,
    seen: String,
    goal: &'static str,
}

/// The table.
#[derive(Default)]
pub struct Figures(Vec<Figure>);

impl Figures {
    /// Adds a line and says it at once: some take minutes.
    pub fn add(&mut self, what: impl Into<String>, seen: impl Into<String>, goal: &'static str) {
        let figure = Figure { what: what.into(), seen: seen.into(), goal };
        eprintln!("{}: {}", figure.what, figure.seen);
        self.0.push(figure);
    }

    /// Prints it as Markdown.
    pub fn print(&self, folder: &Path) {
        println!("\n{}\n", machine(folder));
        println!("| what | seen | goal |\n|---|---|---|");
        for Figure { what, seen, goal } in &self.0 {
            println!("| {what} | {seen} | {goal} |");
        }
    }
}

/// Durations, sorted when read.
#[derive(Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// Adds one.
    pub fn add(&mut self, took: Duration) {
        self.0.push(took);
    }

    /// The duration that so many percent stay at or below.
    pub fn percentile(&mut self, percent: usize) -> Duration {
        self.0.sort_unstable();
        let place = (self.0.len() * percent).div_ceil(100).max(1) - 1;
        self.0[place]
    }

    /// "p50 3.1 ms, p99 7.9 ms".
    pub fn say(&mut self) -> String {
        let [middle, late] = [50, 99].map(|percent| ms(self.percentile(percent)));
        format!("p50 {middle}, p99 {late}")
    }
}

/// "3.1 ms".
pub fn ms(took: Duration) -> String {
    format!("{:.1} ms", took.as_secs_f64() * 1e3)
}

fn machine(folder: &Path) -> String {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let after = |text: &str, key: &str| {
        let line = text.lines().find(|line| line.starts_with(key)).unwrap_or_default();
        line.split_once(':').map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    };
    let model = after(&read("/proc/cpuinfo"), "model name");
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let memory_kib: u64 = after(&read("/proc/meminfo"), "MemTotal")
        .trim_end_matches(" kB")
        .parse()
        .unwrap_or_default();
    let load = read("/proc/loadavg");
    let load = load.split(' ').next().unwrap_or_default();
    let gib = memory_kib.div_ceil(1 << 20);
    let disk = disk(folder);
    format!("{model}, {cores} cores, {gib} GiB, {disk}; load {load} at the end of the run")
}

/// The file system of a folder: the longest mount point above it.
fn disk(folder: &Path) -> String {
    let mounts = fs::read_to_string("/proc/mounts").unwrap_or_default();
    let mut above: Vec<(&str, &str)> = mounts
        .lines()
        .filter_map(|line| {
            let mut words = line.split(' ').skip(1);
            words.next().zip(words.next())
        })
        .filter(|(point, _)| folder.starts_with(point))
        .collect();
    above.sort_by_key(|(point, _)| point.len());
    above.last().map_or_else(|| "unknown disk".to_owned(), |(_, kind)| (*kind).to_owned())
}

/// Half of a flush of 8 KiB to the disk takes no longer than this: what a commit costs at least.
pub fn flush(folder: &Path) -> Times {
    use std::{io::Write, time::Instant};
    let mut file = tempfile::tempfile_in(folder).expect("a temporary file");
    let mut times = Times::default();
    for _ in 0..200 {
        file.write_all(&[1; 8_192]).expect("written");
        let begun = Instant::now();
        file.sync_data().expect("flushed");
        times.add(begun.elapsed());
    }
    times
}
