//! What differs from one operating system to the next, and nothing else: the system's print queues
//! and Linux' printer devices. Each system gives the same names.

#[cfg(unix)]
mod unix;
#[cfg(unix)]
pub(super) use unix::*;

#[cfg(windows)]
mod windows;
#[cfg(windows)]
pub(super) use windows::*;
