//! One HTTP request to an IPP printer or to the print system of this computer: a connection each,
//! as printers like it, and the three outcomes told apart: nothing left, refused, no answer.

use http_body_util::{BodyExt, Full, Limited};
use hyper::{Method, Request, StatusCode, body::Bytes, client::conn::http1, header};
use hyper_util::rt::TokioIo;
use std::{io, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    time::timeout,
};

/// Longest wait for a connection.
const CONNECT_TIME_MAX: Duration = Duration::from_secs(2);
/// Longest answer read; all attributes of a printer have under 64 KiB.
const ANSWER_BYTES_MAX: usize = 1 << 20;

/// Who listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Server {
    /// `HOST:PORT`.
    Tcp(String),
    /// A socket in the file system: the print system of this computer.
    #[cfg(unix)]
    Socket(std::path::PathBuf),
}

impl std::fmt::Display for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Tcp(at) => f.write_str(at),
            #[cfg(unix)]
            Self::Socket(path) => write!(f, "{}", path.display()),
        }
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum NoAnswer {
    /// Nothing left this computer, or the server refused before it looked at what came.
    NotTaken(io::Error),
    /// Something left; what became of it is not known.
    Unknown(io::Error),
}

impl NoAnswer {
    /// The system's or the server's words.
    pub fn into_why(self) -> io::Error {
        match self {
            Self::NotTaken(why) | Self::Unknown(why) => why,
        }
    }
}

/// Posts a body and reads the whole answer within `limit`.
pub(crate) async fn post(
    server: &Server,
    path: &str,
    body: Vec<u8>,
    limit: Duration,
) -> Result<Vec<u8>, NoAnswer> {
    let late = |what: &str| io::Error::new(io::ErrorKind::TimedOut, format!("{server}: {what}"));
    let named =
        |why: io::Error| NoAnswer::NotTaken(io::Error::new(why.kind(), format!("{server}: {why}")));
    match server {
        Server::Tcp(at) => {
            let connected = timeout(CONNECT_TIME_MAX, TcpStream::connect(at.as_str())).await;
            let stream =
                connected.map_err(|_| NoAnswer::NotTaken(late("connect")))?.map_err(named)?;
            // Without it the system waits for more to send; nothing else depends on it.
            drop(stream.set_nodelay(true));
            let asked = timeout(limit, over(stream, at, path, body)).await;
            asked.unwrap_or_else(|_| Err(NoAnswer::Unknown(late("answer"))))
        }
        #[cfg(unix)]
        Server::Socket(socket) => {
            let connected =
                timeout(CONNECT_TIME_MAX, tokio::net::UnixStream::connect(socket)).await;
            let stream =
                connected.map_err(|_| NoAnswer::NotTaken(late("connect")))?.map_err(named)?;
            let asked = timeout(limit, over(stream, "localhost", path, body)).await;
            asked.unwrap_or_else(|_| Err(NoAnswer::Unknown(late("answer"))))
        }
    }
}

async fn over(
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    host: &str,
    path: &str,
    body: Vec<u8>,
) -> Result<Vec<u8>, NoAnswer> {
    let unknown = |why: String| NoAnswer::Unknown(io::Error::other(why));
    let not_taken = |why: String| NoAnswer::NotTaken(io::Error::other(why));
    let request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header(header::HOST, host)
        .header(header::CONTENT_TYPE, "application/ipp")
        .header(header::CONNECTION, "close")
        .body(Full::new(Bytes::from(body)))
        .map_err(|why| not_taken(why.to_string()))?;
    let (mut sender, connection) =
        http1::handshake(TokioIo::new(stream)).await.map_err(|why| not_taken(why.to_string()))?;
    let driven = tokio::spawn(connection);
    let answered = async {
        let answer = sender.send_request(request).await.map_err(|why| unknown(why.to_string()))?;
        let status = answer.status();
        if status.is_client_error() || status == StatusCode::SERVICE_UNAVAILABLE {
            // Not even given to the printing part of the printer.
            return Err(not_taken(format!("HTTP {status}")));
        }
        if !status.is_success() {
            return Err(unknown(format!("HTTP {status}")));
        }
        let body = Limited::new(answer.into_body(), ANSWER_BYTES_MAX).collect().await;
        Ok(body.map_err(|why| unknown(why.to_string()))?.to_bytes().to_vec())
    };
    let answered = answered.await;
    driven.abort();
    answered
}
