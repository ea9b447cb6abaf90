//! What goes to a printer past its queue: test labels, sheets, questions, calibration. Many
//! printers serve one connection, so the queue lets go of its own first and waits meanwhile: the
//! two never meet inside a printer.

use super::spool::Spool;
use crate::{
    Printer, Station,
    config::PrinterConfig,
    print::draw,
    trouble::{Action, Code, Trouble},
};
use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};
use tokio::sync::{Mutex, watch};

/// How long the labels inside a printer are waited for. Two labels need four seconds; a printer
/// that needs longer stands still.
const ASIDE_WAIT: Duration = Duration::from_secs(20);
/// How often a way that follows the job by itself is asked about it, at its own pace.
const LOOKS_MAX: usize = 50;

/// Who has the way to a printer.
#[derive(Default)]
pub(crate) struct Way {
    /// Those who wait for the way, or have it, past the queue.
    aside: AtomicU32,
    /// Held by the queue for one turn.
    pub(super) turn: Mutex<()>,
    /// Whether the queue has the way, or labels inside.
    taken: watch::Sender<bool>,
}

impl Way {
    /// Whether somebody wants the way past the queue.
    pub(super) fn is_wanted(&self) -> bool {
        self.aside.load(Ordering::SeqCst) > 0
    }

    /// Notes after a turn what the queue keeps.
    pub(super) fn note(&self, spool: &Spool) {
        self.taken.send_replace(spool.port.is_some() || spool.holds_labels());
    }

    /// The queue has stopped.
    pub(crate) fn let_go(&self) {
        self.taken.send_replace(false);
    }
}

/// The way is somebody's until this is dropped.
pub(crate) struct Aside<'a>(&'a Printer);

impl Drop for Aside<'_> {
    fn drop(&mut self) {
        self.0.way.aside.fetch_sub(1, Ordering::SeqCst);
        self.0.wake.notify_one();
    }
}

impl Station {
    /// The way to a printer, past its queue.
    ///
    /// # Errors
    /// [`Code::PrinterBusy`] if the labels inside it do not come out; [`Code::PlatformOnly`].
    pub(crate) async fn aside<'a>(&self, printer: &'a Printer) -> Result<Aside<'a>, Trouble> {
        if draw::is_component(&printer.config) {
            let fields = [("printer", printer.config.name.clone())];
            return Err(Trouble::new(Code::PlatformOnly, Action::None, fields));
        }
        printer.way.aside.fetch_add(1, Ordering::SeqCst);
        let aside = Aside(printer);
        printer.wake.notify_one();
        // A turn that began before it could see us is over when this is ours.
        drop(printer.way.turn.lock().await);
        let mut taken = printer.way.taken.subscribe();
        let free = tokio::time::timeout(ASIDE_WAIT, taken.wait_for(|taken| !taken)).await;
        if free.is_ok() {
            return Ok(aside);
        }
        let name = printer.config.name.clone();
        let fields = [("printer", name), ("count", "1".to_owned())];
        Err(Trouble::new(Code::PrinterBusy, Action::Wait, fields))
    }

    /// Sends bytes past the queue.
    pub(crate) async fn send_aside(
        &self,
        printer: &Printer,
        job: &str,
        bytes: &[u8],
    ) -> Result<(), Trouble> {
        let _aside = self.aside(printer).await?;
        self.send_held(&printer.config, job, bytes).await
    }

    /// The same for whoever has the way already.
    pub(crate) async fn send_held(
        &self,
        config: &PrinterConfig,
        job: &str,
        bytes: &[u8],
    ) -> Result<(), Trouble> {
        let away = |why: String| {
            let fields = [("printer", config.name.clone()), ("why", why)];
            Trouble::new(Code::PrinterAway, Action::MindPrinter, fields)
        };
        let mut port = (self.outside.open_printer)(config.address.clone())
            .await
            .map_err(|why| away(why.to_string()))?;
        port.labels_are(draw::format(config));
        port.write_label(job, bytes).await.map_err(|why| away(why.to_string()))?;
        // Where the way follows a label, what became of it is the answer; where it hangs, why.
        for _ in 0..LOOKS_MAX {
            let told = port.told().await.map_err(|why| away(why.to_string()))?;
            match told {
                Some(told) if told.standing.is_blocked() => return Err(away(told.words)),
                Some(told) if told.waiting.is_some_and(|waiting| waiting > 0) => {}
                Some(_) | None => break,
            }
        }
        Ok(())
    }
}
