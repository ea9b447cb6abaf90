//! Telling by itself: what the practice carrier pushes goes to the station's port over a socket of
//! its own, and comes again until it is answered as KDNiao wants.

use super::applications;
use std::{fmt, io, net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{sleep, timeout},
};

/// An outlet of practice thinks so long.
const FIRST: Duration = Duration::from_secs(2);
/// After a push that was not answered.
const AGAIN: Duration = Duration::from_secs(3);
/// Somebody may set the port while it waits.
const TIMES_MAX: u32 = 200;
/// The whole of one push.
const PUSH_TIME: Duration = Duration::from_secs(10);
/// No answer to a push is longer.
const ANSWER_BYTES_MAX: u64 = 64 << 10;

/// Where the station hears pushes now: address and path; nowhere, unless it says so.
#[derive(Clone)]
pub struct PushTo(pub Arc<dyn Fn() -> Option<(SocketAddr, String)> + Send + Sync>);

impl Default for PushTo {
    fn default() -> Self {
        Self(Arc::new(|| None))
    }
}

impl fmt::Debug for PushTo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PushTo")
    }
}

/// Pushes until it was heard.
pub async fn push(to: PushTo, business_id: String, body: Vec<u8>) {
    sleep(FIRST).await;
    for _ in 0..TIMES_MAX {
        if let Some((at, path)) = (to.0)() {
            let said = timeout(PUSH_TIME, post(at, &path, &body)).await;
            if let Ok(Ok((status, answer))) = said
                && applications::is_taken(&business_id, status, &answer)
            {
                return;
            }
        }
        sleep(AGAIN).await;
    }
}

async fn post(at: SocketAddr, path: &str, body: &[u8]) -> io::Result<(u16, String)> {
    let mut stream = TcpStream::connect(at).await?;
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\nContent-Length: {}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body).await?;
    let mut answer = Vec::new();
    stream.take(ANSWER_BYTES_MAX).read_to_end(&mut answer).await?;
    let answer = String::from_utf8_lossy(&answer);
    let status = answer.split(' ').nth(1).and_then(|word| word.parse().ok()).unwrap_or(0);
    let body = answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned());
    Ok((status, body.unwrap_or_default()))
}
