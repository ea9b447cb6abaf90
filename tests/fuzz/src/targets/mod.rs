//! What reads foreign bytes, with the rules that hold whatever they are.

pub mod answers;
pub mod carrier;
pub mod direct;
pub mod drawn;
pub mod orders;
pub mod others;
pub mod questions;
pub mod settings;
pub mod track;

use std::{future::Future, sync::LazyLock};
use tokio::runtime::{Builder, Runtime};

/// Runs what never waits: everything the targets give answers at once.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
        Builder::new_current_thread().enable_time().build().expect("a clock is all it needs")
    });
    RUNTIME.block_on(future)
}

/// Whether `bytes` have `part` anywhere.
fn has(bytes: &[u8], part: &[u8]) -> bool {
    part.is_empty() || bytes.windows(part.len()).any(|at| at == part)
}
