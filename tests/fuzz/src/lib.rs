//! Everything that reads bytes of other hands, one target each: printers' and carriers' answers,
//! labels others drew, order files, settings. A target takes any bytes and panics where a rule is
//! broken; [`Target::run`] counts its memory as well.
//!
//! `tests/corpora.rs` bends the kept inputs blindly, in every `make test`; `make fuzz` hands the
//! same targets to libFuzzer, which sees what it has covered (`guided.rs`, `scripts/fuzz.sh`).

pub mod bend;
pub mod effort;
mod targets;

use effort::Effort;
use targets::{answers, carrier, direct, drawn, orders, others, questions, settings, track};

/// Something that reads foreign bytes.
pub struct Target {
    /// Its word, and its folder in `corpus`.
    pub name: &'static str,
    /// Reads the bytes and panics where a rule is broken.
    pub read: fn(&[u8]),
    /// What may be on the heap at once on its behalf, bytes.
    pub heap_bytes_max: usize,
    /// What it may ask of the heap in all, bytes: a measure of its work that no clock disturbs.
    pub asked_bytes_max: usize,
    /// Bent inputs in one `make test`.
    pub rounds: u32,
}

const MIB: usize = 1 << 20;

const fn target(
    name: &'static str,
    read: fn(&[u8]),
    limits_mib: [usize; 2],
    rounds: u32,
) -> Target {
    let [heap, asked] = limits_mib;
    Target { name, read, heap_bytes_max: heap * MIB, asked_bytes_max: asked * MIB, rounds }
}

/// All of them.
pub static TARGETS: &[Target] = &[
    target("status", answers::status, [1, 16], 60_000),
    target("probe", answers::probe, [1, 16], 5_000),
    target("ipp", answers::ipp, [4, 32], 20_000),
    target("kdniao", carrier::kdniao, [16, 64], 10_000),
    target("direct", direct::direct, [16, 64], 10_000),
    target("others", others::others, [16, 64], 10_000),
    target("track", track::track, [16, 64], 10_000),
    target("questions", questions::questions, [16, 64], 10_000),
    target("commands", drawn::commands, [4, 64], 10_000),
    target("practice", drawn::practice, [64, 512], 10_000),
    target("html", drawn::html, [64, 512], 600),
    target("pdf", drawn::pdf, [256, 2_048], 300),
    target("picture", drawn::picture, [256, 1_024], 300),
    target("csv", orders::csv, [64, 512], 3_000),
    target("xlsx", orders::xlsx, [64, 512], 3_000),
    target("settings", settings::settings, [16, 256], 3_000),
];

impl Target {
    /// Reads the bytes under a count, and says what it took.
    ///
    /// # Panics
    /// A rule is broken, or it took more than it may.
    pub fn run(&self, bytes: &[u8]) -> Effort {
        let ((), effort) = effort::of(|| (self.read)(bytes));
        let Effort { heap_bytes, asked_bytes } = effort;
        let name = self.name;
        assert!(heap_bytes <= self.heap_bytes_max, "{name}: {heap_bytes} bytes at once");
        assert!(asked_bytes <= self.asked_bytes_max, "{name}: {asked_bytes} bytes in all");
        effort
    }
}
