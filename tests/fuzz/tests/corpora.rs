//! Every target reads its kept corpus, and bent copies of it, with the same dice every day.

use fuzz::{
    TARGETS,
    bend::{Dice, bent},
    effort::Effort,
};
use rustix::time::{ClockId, clock_gettime};
use std::{
    fs,
    path::{Path, PathBuf},
    process,
    sync::{Mutex, PoisonError},
    thread,
    time::Duration,
};

/// Processor time of all threads within which one input is read; the slowest takes a second.
const CPU_S_MAX: i64 = 120;

/// How many times as many bent inputs, by other dice: for a long run by hand.
const TIMES: &str = "PACKBENCH_BENT_TIMES";

/// What is being read: when it began, in processor time, its number, and the bytes.
type Reading = Mutex<Option<(i64, Vec<u8>)>>;

fn cpu_s() -> i64 {
    clock_gettime(ClockId::ProcessCPUTime).tv_sec
}

fn corpus(name: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name);
    let entries = fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    files.into_iter().map(|path| (path.clone(), fs::read(path).expect("readable"))).collect()
}

/// Reads, and leaves the bytes that broke it beside the built test.
fn read(target: &fuzz::Target, bytes: Vec<u8>, what: &str, now: &Reading) -> Effort {
    let slot = || now.lock().unwrap_or_else(PoisonError::into_inner);
    *slot() = Some((cpu_s(), bytes.clone()));
    let effort = std::panic::catch_unwind(|| target.run(&bytes)).unwrap_or_else(|_| {
        panic!("{}: {what} breaks it: {}", target.name, kept(target.name, &bytes))
    });
    *slot() = None;
    effort
}

fn kept(name: &str, bytes: &[u8]) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("broken-{name}"));
    let written = fs::write(&path, bytes);
    written.map_or_else(|_| format!("{:?}", bytes.escape_ascii()), |()| path.display().to_string())
}

fn bends(name: &str) {
    let target = TARGETS.iter().find(|target| target.name == name).expect("a target");
    let files = corpus(name);
    assert!(!files.is_empty(), "{name} has no corpus");
    let now = Reading::default();
    let most = thread::scope(|scope| {
        let worker = scope.spawn(|| {
            let mut most = Effort::default();
            let mut more = |one: Effort| {
                most.heap_bytes = most.heap_bytes.max(one.heap_bytes);
                most.asked_bytes = most.asked_bytes.max(one.asked_bytes);
            };
            for (path, bytes) in &files {
                more(read(target, bytes.clone(), &path.display().to_string(), &now));
            }
            let inputs: Vec<Vec<u8>> = files.iter().map(|(_, bytes)| bytes.clone()).collect();
            let times: u32 =
                std::env::var(TIMES).map_or(1, |times| times.parse().expect("a number"));
            let mut dice = Dice::new(2025 + u64::from(times));
            for round in 0..target.rounds * times {
                more(read(target, bent(&inputs, &mut dice), &format!("round {round}"), &now));
            }
            most
        });
        // Processor time, not the clock: a busy machine is no hang.
        while !worker.is_finished() {
            thread::park_timeout(Duration::from_millis(50));
            let slot = now.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((began, bytes)) = slot.as_ref()
                && cpu_s() - began > CPU_S_MAX
            {
                eprintln!("{name} hangs: {}", kept(name, bytes));
                process::abort();
            }
        }
        worker.join().unwrap_or_else(|why| std::panic::resume_unwind(why))
    });
    println!("{name}: {} kept, {} bent, at most {most:?}", files.len(), target.rounds);
}

macro_rules! targets {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            bends(stringify!($name));
        })*

        #[test]
        fn no_target_is_left_out() {
            let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
            assert_eq!(names, [$(stringify!($name)),*]);
        }
    };
}

targets!(status probe ipp kdniao direct others track questions commands practice html pdf picture
    csv xlsx settings);
