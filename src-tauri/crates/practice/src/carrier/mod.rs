//! The practice carrier: an HTTP server on this machine that speaks the protocols of all carriers
//! that the station does, each at its own addresses (`counter`), keeps a book of the numbers it
//! issued, and makes the mistakes it is told to make. The station cannot tell it from the real
//! ones. It is written from their manuals and shares no code with the station's clients.

mod abroad;
mod applications;
mod ask;
mod book;
mod cainiao;
mod counter;
mod desk;
mod faults;
mod further;
mod jd;
mod journey;
mod jtexpress;
mod karrio;
mod kuaidi100;
mod marks;
mod pdf;
mod pickups;
mod promise;
mod pushing;
mod sf;
mod sms;
mod sto;
mod template;
mod trip;
mod ways;
mod yto;
mod yunda;
mod zto;

pub use applications::is_taken as application_push_has_taken;
pub use book::Issued;
pub use desk::{Call, Desk, Knock, Reply};
pub use faults::{BadFault, Faults};
pub use journey::Clock;
pub use pushing::PushTo;
pub use sf::{Manner as SfManner, is_taken as sf_has_taken};
pub use sms::Message;

use http_body_util::{BodyExt, Full, Limited};
use hyper::{
    Method, Request, Response, StatusCode,
    body::{Bytes, Incoming},
    header::CONTENT_TYPE,
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    sync::watch,
    task::{JoinHandle, JoinSet},
};

/// No request is read past this size; real ones are a few KB.
const REQUEST_BYTES_MAX: usize = 1 << 20;
/// Connections waiting to be accepted: more than any station opens at once.
const WAITING_MAX: u32 = 256;

/// How to run a practice carrier.
#[derive(Debug, Clone)]
pub struct Options {
    /// Port on the loopback address; 0 takes any free one.
    pub port: u16,
    /// File in which issued numbers survive the program; `None` forgets them.
    pub journal: Option<PathBuf>,
    /// How long every answer takes, ms.
    pub delay_ms: u64,
    /// What goes wrong.
    pub faults: Faults,
    /// The key requests must be signed with; SF's check word.
    pub api_key: String,
    /// Waybill numbers that can be taken before it refuses.
    pub balance: u64,
    /// Whether an order without its carrier's account fields (YTO: CustomerName, MonthCode …) is
    /// refused.
    pub account_fields: bool,
    /// What SF does where its documents leave a choice.
    pub sf: SfManner,
    /// How long a parcel is on its way, ms.
    pub journey_ms: i64,
    /// What time it is.
    pub clock: Clock,
    /// Where it tells what became of applications.
    pub push_to: PushTo,
    /// Carriers whose documents do not say: an order asked for again gets its number again; else
    /// it is refused.
    pub gives_again: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            journal: None,
            delay_ms: 0,
            faults: Faults::default(),
            api_key: "practice".to_owned(),
            balance: 1_000_000,
            account_fields: false,
            sf: SfManner::default(),
            journey_ms: 3 * 86_400_000,
            clock: Clock::default(),
            push_to: PushTo::default(),
            gives_again: true,
        }
    }
}

/// Starts practice carriers.
#[derive(Debug)]
pub struct Carrier;

impl Carrier {
    /// Opens the book and listens. Fails when the port is taken or the journal cannot be read.
    pub async fn start(options: Options) -> io::Result<RunningCarrier> {
        let desk = Arc::new(Mutex::new(Desk::open(&options)?));
        let delay = Duration::from_millis(options.delay_ms);
        let asked_for = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
        let socket = bind(asked_for)?;
        let address = socket.local_addr()?;
        let door = match options.faults.away {
            true => Door::Shut(socket),
            // Before anybody is told the address, so that the first call finds it open.
            false => Door::Open(socket.listen(WAITING_MAX)?),
        };
        let (away, told) = watch::channel(options.faults.away);
        let server = tokio::spawn(serve(
            door,
            address,
            told,
            Hall { desk: desk.clone(), delay, push_to: options.push_to.clone() },
        ));
        Ok(RunningCarrier { address, desk, away, server })
    }
}

/// A practice carrier at work; it stops when dropped.
#[derive(Debug)]
pub struct RunningCarrier {
    address: SocketAddr,
    desk: Arc<Mutex<Desk>>,
    away: watch::Sender<bool>,
    server: JoinHandle<()>,
}

impl RunningCarrier {
    /// Scheme, host and port: what the station's setting `endpoint` wants.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Every number it ever issued, with its order and how often it was asked for.
    pub fn issued(&self) -> Vec<Issued> {
        lock(&self.desk).issued()
    }

    /// Every message that it sent, oldest first.
    pub fn messages(&self) -> Vec<Message> {
        lock(&self.desk).messages()
    }

    /// Changes what goes wrong, from any thread, while it runs.
    pub fn faults(&self) -> FaultsHandle {
        FaultsHandle { desk: self.desk.clone(), away: self.away.clone() }
    }

    /// Closes every connection and the port.
    pub async fn stop(mut self) {
        self.server.abort();
        // An aborted task ends with an error; that it ended is all we want to know.
        let _ = (&mut self.server).await;
    }
}

impl Drop for RunningCarrier {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// Changes the faults of a running practice carrier.
#[derive(Debug, Clone)]
pub struct FaultsHandle {
    desk: Arc<Mutex<Desk>>,
    away: watch::Sender<bool>,
}

impl FaultsHandle {
    /// What goes wrong now.
    pub fn get(&self) -> Faults {
        lock(&self.desk).faults.clone()
    }

    /// From now on these go wrong. Going away closes the connections that are open.
    pub fn set(&self, faults: Faults) {
        let away = faults.away;
        lock(&self.desk).faults = faults;
        self.away.send_replace(away);
    }
}

/// What a connection needs to be served.
#[derive(Clone)]
struct Hall {
    desk: Arc<Mutex<Desk>>,
    delay: Duration,
    push_to: PushTo,
}

fn lock(desk: &Mutex<Desk>) -> MutexGuard<'_, Desk> {
    desk.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes the port without listening yet: until `listen`, connections are refused.
fn bind(address: SocketAddr) -> io::Result<TcpSocket> {
    let socket = TcpSocket::new_v4()?;
    // Lets a restarted carrier have its port back at once. On Windows the same option would let
    // two programs share it, and the port is free at once anyhow.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(socket)
}

/// The port, open or kept closed.
enum Door {
    Open(TcpListener),
    Shut(TcpSocket),
}

async fn serve(mut door: Door, address: SocketAddr, mut away: watch::Receiver<bool>, hall: Hall) {
    loop {
        let listener = match door {
            Door::Open(listener) => listener,
            Door::Shut(socket) => {
                if away.wait_for(|away| !away).await.is_err() {
                    return;
                }
                let Ok(listener) = socket.listen(WAITING_MAX) else { return };
                listener
            }
        };
        welcome(listener, &mut away, &hall).await;
        let Ok(socket) = bind(address) else { return };
        door = Door::Shut(socket);
    }
}

/// Serves until told to go away; then the listener and all connections close.
async fn welcome(listener: TcpListener, away: &mut watch::Receiver<bool>, hall: &Hall) {
    let mut open = JoinSet::new();
    loop {
        tokio::select! {
            told = away.wait_for(|away| *away) => {
                let _ = told;
                return;
            }
            Some(_) = open.join_next() => {}
            accepted = listener.accept() => {
                if let Ok((stream, _)) = accepted {
                    open.spawn(talk(stream, hall.clone()));
                }
            }
        }
    }
}

async fn talk(stream: TcpStream, hall: Hall) {
    let service = service_fn(|request| answer(request, hall.clone()));
    // The client closing, or us closing on purpose, ends the connection with an error: no news.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

/// An error closes the connection without an answer.
async fn answer(request: Request<Incoming>, hall: Hall) -> io::Result<Response<Full<Bytes>>> {
    let path = request.uri().path().to_owned();
    let query = request.uri().query().unwrap_or_default().to_owned();
    // A label of SF's, but also the beginning of an address that is posted to.
    let is_file = path.starts_with("/label/") && path != "/label/order"
        || path.starts_with("/drawn/")
        || path.starts_with("/autonumber/");
    let wanted = if is_file { Method::GET } else { Method::POST };
    let method = request.method().clone();
    // Karrio's addresses say by their method what is asked.
    if method != wanted && !path.starts_with("/v1/") {
        return plain(405, "text/plain", wanted.as_str().into());
    }
    let header = |name: &str| {
        request.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
    };
    let host = format!("http://{}", header("host").unwrap_or_default());
    let headers: Vec<(String, String)> = request
        .headers()
        .iter()
        .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.into())))
        .collect();
    let body = Limited::new(request.into_body(), REQUEST_BYTES_MAX);
    let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
    let (host, path, query) = (&*host, &*path, &*query);
    let method = method.as_str();
    let knock = Knock { host, path, query, headers: &headers, body: &body, method };
    let call = lock(&hall.desk).hear(knock);
    let wait = hall.delay + Duration::from_millis(call.slow_ms());
    if !wait.is_zero() {
        tokio::time::sleep(wait).await;
    }
    let (reply, told) = {
        let mut desk = lock(&hall.desk);
        (desk.answer(call), desk.take_untold())
    };
    for (business_id, body) in told {
        tokio::spawn(pushing::push(hall.push_to.clone(), business_id, body));
    }
    match reply {
        Reply::Http(status, kind, bytes) => plain(status, kind, bytes),
        Reply::Lost => Err(io::Error::other("lost on purpose")),
    }
}

fn plain(status: u16, kind: &'static str, bytes: Vec<u8>) -> io::Result<Response<Full<Bytes>>> {
    let mut response = Response::new(Full::new(Bytes::from(bytes)));
    *response.status_mut() = StatusCode::from_u16(status).map_err(io::Error::other)?;
    response.headers_mut().insert(CONTENT_TYPE, hyper::header::HeaderValue::from_static(kind));
    Ok(response)
}

#[cfg(test)]
mod tests;
