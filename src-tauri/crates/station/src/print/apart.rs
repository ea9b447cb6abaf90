//! Work on foreign bytes that may take longer than a printer can wait: on a thread of its own, with
//! an end. Bytes are bounded before they are drawn; this is for what those bounds overlook, so that
//! a label costs itself and never the station.

use std::{
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};

/// Some thousand times longer than a label takes on a slow PC.
pub const LIMIT: Duration = Duration::from_secs(10);
/// Threads that were given up and still run. With so many, nothing more is tried: a thread cannot
/// be ended from outside, and each of them keeps a processor busy.
const GIVEN_UP_MAX: usize = 2;

static GIVEN_UP: AtomicUsize = AtomicUsize::new(0);

/// What `work` comes to; `None` if it takes longer than `limit`, ends in a panic, or is not even
/// begun, because others never ended.
pub fn within<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    if GIVEN_UP.load(Ordering::SeqCst) >= GIVEN_UP_MAX {
        return None;
    }
    // Without a place in between: a result is either taken, or its sender learns that nobody will.
    let (tell, told) = mpsc::sync_channel(0);
    let worker = move || {
        let result = work();
        if tell.send(result).is_err() {
            // Nobody waits any more: it was counted as given up.
            GIVEN_UP.fetch_sub(1, Ordering::SeqCst);
        }
    };
    thread::Builder::new().name("foreign".into()).spawn(worker).ok()?;
    match told.recv_timeout(limit) {
        Ok(result) => Some(result),
        Err(mpsc::RecvTimeoutError::Timeout) => {
            GIVEN_UP.fetch_add(1, Ordering::SeqCst);
            // It may have ended in between; then nobody else will count it off.
            match told.try_recv() {
                Ok(result) => {
                    GIVEN_UP.fetch_sub(1, Ordering::SeqCst);
                    Some(result)
                }
                Err(_) => {
                    tracing::error!("a carrier's label took too long and was given up");
                    None
                }
            }
        }
        Err(mpsc::RecvTimeoutError::Disconnected) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_never_ends_is_given_up_and_not_begun_too_often() {
        assert_eq!(within(LIMIT, || 7), Some(7));
        assert_eq!(within::<u32>(LIMIT, || panic!("a fault in a reader")), None);
        let mut ends = Vec::new();
        for _ in 0..GIVEN_UP_MAX {
            let (end, ended) = mpsc::channel::<()>();
            let got = within(Duration::from_millis(20), move || ended.recv().is_ok());
            assert_eq!(got, None);
            ends.push(end);
        }
        assert_eq!(within(LIMIT, || 7), None, "two are enough");
        drop(ends);
        while GIVEN_UP.load(Ordering::SeqCst) > 0 {
            thread::yield_now();
        }
        assert_eq!(within(LIMIT, || 7), Some(7), "and when they end, it goes on");
    }
}
