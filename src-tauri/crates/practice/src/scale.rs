//! A practice scale on a socket: it sends what lies on it ten times a second, as indicators with a
//! network port do ("ST,GS,+  1.085kg"), and says for a moment that it moves when that changes.

use std::{
    io,
    net::Ipv4Addr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    io::AsyncWriteExt,
    net::{TcpListener, TcpStream},
    task::JoinHandle,
    time,
};

/// Between two lines.
const EVERY: Duration = Duration::from_millis(100);
/// Lines that say "it moves" after a change.
const MOVING_LINES: u32 = 3;

#[derive(Default)]
struct Load {
    weight_g: i64,
    moving: u32,
}

/// A scale that listens on this computer.
pub struct Scale {
    load: Arc<Mutex<Load>>,
    port: u16,
    serving: JoinHandle<()>,
}

impl Scale {
    /// Starts with nothing on it.
    ///
    /// # Errors
    /// No port.
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let port = listener.local_addr()?.port();
        let load = Arc::new(Mutex::new(Load::default()));
        let shown = Arc::clone(&load);
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // One reader at a time, as a serial line has.
                drop(send(stream, &shown).await);
            }
        });
        Ok(Self { load, port, serving })
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Lays so many grams on it instead of what lay there.
    pub fn lay(&self, weight_g: i64) {
        let mut load = self.load.lock().unwrap_or_else(PoisonError::into_inner);
        *load = Load { weight_g, moving: MOVING_LINES };
    }

    /// Pulls its plug.
    pub async fn stop(self) {
        self.serving.abort();
        // Aborted on purpose; its connection is closed by then.
        drop(self.serving.await);
    }
}

async fn send(mut stream: TcpStream, load: &Mutex<Load>) -> io::Result<()> {
    let mut every = time::interval(EVERY);
    loop {
        every.tick().await;
        let line = {
            let mut load = load.lock().unwrap_or_else(PoisonError::into_inner);
            let header = if load.moving > 0 { "US" } else { "ST" };
            load.moving = load.moving.saturating_sub(1);
            let sign = if load.weight_g < 0 { '-' } else { '+' };
            let (kg, g) = (load.weight_g.abs() / 1_000, load.weight_g.abs() % 1_000);
            format!("{header},GS,{sign}{kg:>3}.{g:03}kg\r\n")
        };
        stream.write_all(line.as_bytes()).await?;
    }
}
