//! A printer on TCP, usually port 9100: bytes go in, answers come back. What was handed to the
//! system may have left; the count of it is what tells "send again" from "ask a person".

use super::{Broken, Port};
use crate::outside::Later;
use std::{
    io::{self, Read},
    net::SocketAddr,
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream, lookup_host},
    time::{Instant, timeout, timeout_at},
};

/// Bytes handed to the system at once.
const CHUNK_BYTES: usize = 16 << 10;
/// What the system may hold unsent: small, so that the count of sent bytes is near the truth and a
/// printer that stalls is felt. 16 KiB in flight still fill a LAN.
const SEND_BUFFER_BYTES: u32 = 16 << 10;
/// Longest answer listened to; a status answer has under 200 bytes.
const ANSWER_BYTES_MAX: usize = 64 << 10;

/// How long to be patient.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// For the name, and for every address of it, together.
    pub connect: Duration,
    /// Without a single byte taken. A printer out of paper takes no bytes for as long as the roll
    /// takes to change; its buffer holds a label or two, so ten seconds mean something is wrong.
    pub stall: Duration,
}

impl Limits {
    /// What the station uses.
    pub const USUAL: Self =
        Self { connect: Duration::from_secs(2), stall: Duration::from_secs(10) };
}

/// An open connection to a printer.
#[derive(Debug)]
pub struct TcpPort {
    stream: TcpStream,
    /// The same socket, for reading what already waits without tokio's readiness in between.
    now: std::net::TcpStream,
    limits: Limits,
}

impl TcpPort {
    /// Connects to `HOST:PORT`; writes nothing.
    ///
    /// # Errors
    /// What the system said, or `TimedOut`.
    pub async fn connect(at: &str, limits: Limits) -> io::Result<Self> {
        let late = |_| io::Error::new(io::ErrorKind::TimedOut, format!("{at}: connect"));
        let connected = timeout(limits.connect, connect_any(at)).await.map_err(late)?;
        let stream = connected?.into_std()?;
        let now = stream.try_clone()?;
        Ok(Self { stream: TcpStream::from_std(stream)?, now, limits })
    }

    /// Fails if the printer has hung up meanwhile: then certainly nothing of what follows arrives.
    fn still_there(&self) -> io::Result<()> {
        match self.now.peek(&mut [0]) {
            Ok(0) => Err(io::ErrorKind::ConnectionAborted.into()),
            Ok(_) => Ok(()),
            Err(why) if why.kind() == io::ErrorKind::WouldBlock => Ok(()),
            Err(why) => Err(why),
        }
    }

    /// Writes everything, or says how much the system took.
    async fn write_counted(&mut self, bytes: &[u8]) -> Result<(), Broken> {
        self.still_there().map_err(|why| Broken { sent: 0, why })?;
        let mut sent = 0;
        while sent < bytes.len() {
            let chunk = &bytes[sent..bytes.len().min(sent + CHUNK_BYTES)];
            // A write that is given up has taken nothing: tokio promises that.
            let why = match timeout(self.limits.stall, self.stream.write(chunk)).await {
                Ok(Ok(0)) => io::ErrorKind::WriteZero.into(),
                Ok(Ok(count)) => {
                    sent += count;
                    continue;
                }
                Ok(Err(why)) => why,
                Err(_) => io::Error::new(io::ErrorKind::TimedOut, "stalled"),
            };
            return Err(Broken { sent, why });
        }
        Ok(())
    }

    /// Throws away an answer that came too late for its question.
    fn drop_stale(&mut self) -> io::Result<()> {
        let mut bin = [0; 1_024];
        for _ in 0..ANSWER_BYTES_MAX / bin.len() {
            match (&self.now).read(&mut bin) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(_) => {}
                Err(why) if why.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                Err(why) => return Err(why),
            }
        }
        Err(io::Error::new(io::ErrorKind::InvalidData, "never silent"))
    }

    async fn ask_within(
        &mut self,
        question: &[u8],
        wait: Duration,
        enough: fn(&[u8]) -> bool,
    ) -> io::Result<Vec<u8>> {
        self.drop_stale()?;
        self.answer_to(question, wait, enough).await
    }

    async fn answer_to(
        &mut self,
        question: &[u8],
        wait: Duration,
        enough: fn(&[u8]) -> bool,
    ) -> io::Result<Vec<u8>> {
        let until = Instant::now() + wait;
        match timeout_at(until, self.stream.write_all(question)).await {
            Ok(written) => written?,
            // A printer that takes no question gives no answer.
            Err(_) => return Ok(Vec::new()),
        }
        let mut answer = Vec::new();
        let mut chunk = [0; 1_024];
        while !enough(&answer) && answer.len() < ANSWER_BYTES_MAX {
            match timeout_at(until, self.stream.read(&mut chunk)).await {
                Ok(Ok(0)) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(Ok(count)) => answer.extend_from_slice(&chunk[..count]),
                Ok(Err(why)) => return Err(why),
                Err(_) => break,
            }
        }
        Ok(answer)
    }
}

async fn connect_any(at: &str) -> io::Result<TcpStream> {
    let mut last = io::Error::new(io::ErrorKind::NotFound, format!("{at}: no address"));
    for address in lookup_host(at).await? {
        match connect_one(address).await {
            Ok(stream) => return Ok(stream),
            Err(why) => last = io::Error::new(why.kind(), format!("{address}: {why}")),
        }
    }
    Err(last)
}

async fn connect_one(address: SocketAddr) -> io::Result<TcpStream> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4()?,
        SocketAddr::V6(_) => TcpSocket::new_v6()?,
    };
    socket.set_keepalive(true)?;
    socket.set_nodelay(true)?;
    socket.set_send_buffer_size(SEND_BUFFER_BYTES)?;
    socket.connect(address).await
}

impl Port for TcpPort {
    fn write_label<'a>(
        &'a mut self,
        _name: &'a str,
        bytes: &'a [u8],
    ) -> Later<'a, Result<(), Broken>> {
        Box::pin(self.write_counted(bytes))
    }

    fn ask<'a>(
        &'a mut self,
        question: &'a [u8],
        wait: Duration,
        enough: fn(&[u8]) -> bool,
    ) -> Later<'a, io::Result<Vec<u8>>> {
        Box::pin(self.ask_within(question, wait, enough))
    }

    fn ask_on<'a>(
        &'a mut self,
        question: &'a [u8],
        wait: Duration,
        enough: fn(&[u8]) -> bool,
    ) -> Later<'a, io::Result<Vec<u8>>> {
        Box::pin(self.answer_to(question, wait, enough))
    }

    fn answers(&self) -> bool {
        true
    }
}
