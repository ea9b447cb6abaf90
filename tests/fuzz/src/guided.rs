//! One target under libFuzzer: `PACKBENCH_FUZZ=TARGET guided CORPUS…`, see `scripts/fuzz.sh`.

#![no_main]

use fuzz::{TARGETS, Target};
use std::sync::LazyLock;

static TARGET: LazyLock<&Target> = LazyLock::new(|| {
    // libfuzzer-sys ends the process at every panic, also at those that are caught on purpose; one
    // that is not caught still ends it.
    std::panic::set_hook(Box::new(|why| eprintln!("{why}")));
    let name = std::env::var("PACKBENCH_FUZZ").unwrap_or_default();
    let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
    let found = TARGETS.iter().find(|target| target.name == name);
    found.unwrap_or_else(|| panic!("PACKBENCH_FUZZ is one of {names:?}"))
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    TARGET.run(bytes);
});
