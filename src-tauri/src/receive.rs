//! The port on which carriers tell of parcels by themselves: off unless the settings name it. It
//! reads bounded bodies from bounded connections and hands them to the station; whose they are and
//! what they mean is the station's.

use http_body_util::{BodyExt, Full, Limited};
use hyper::{
    Method, Request, Response, StatusCode,
    body::{Bytes, Incoming},
    header::{CONTENT_TYPE, HeaderValue},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use station::{HeardAnswer, Station, config::Receive};
use std::{io, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    task::JoinSet,
    time::timeout,
};

/// A push of a hundred long traces is about 1 MB.
const BODY_BYTES_MAX: usize = 2 << 20;
/// Carriers push one after another; more are strangers.
const CONNECTIONS_MAX: usize = 16;
/// Head and body of one request must be here within this: slow senders hold nobody up.
const REQUEST_TIME: Duration = Duration::from_secs(15);
/// A connection that stays longer is closed, whatever it does.
const CONNECTION_TIME: Duration = Duration::from_secs(120);
/// After a connection could not be accepted (no descriptors left) before the next is tried.
const AFTER_FAILURE: Duration = Duration::from_secs(1);

/// Takes the port.
///
/// # Errors
/// Another program has it, or the address is not of this computer.
pub fn listen(wanted: &Receive) -> io::Result<TcpListener> {
    let listener = std::net::TcpListener::bind(wanted.at)?;
    listener.set_nonblocking(true)?;
    TcpListener::from_std(listener)
}

/// Hears pushes until it is dropped.
///
/// # Errors
/// The receiver itself gave up.
pub async fn serve(
    listener: TcpListener,
    station: Arc<Station>,
    wanted: Receive,
) -> io::Result<()> {
    welcome(listener, station, wanted.path.into()).await
}

async fn welcome(listener: TcpListener, station: Arc<Station>, path: Arc<str>) -> io::Result<()> {
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let mut open = JoinSet::new();
    loop {
        while open.try_join_next().is_some() {}
        let place = Arc::clone(&places).acquire_owned().await.map_err(io::Error::other)?;
        match listener.accept().await {
            Ok((stream, _)) => {
                let (station, path) = (Arc::clone(&station), Arc::clone(&path));
                open.spawn(async move {
                    drop(timeout(CONNECTION_TIME, talk(stream, station, path)).await);
                    drop(place);
                });
            }
            Err(error) => {
                tracing::warn!(%error, "a push could not be received");
                tokio::time::sleep(AFTER_FAILURE).await;
            }
        }
    }
}

async fn talk(stream: TcpStream, station: Arc<Station>, path: Arc<str>) {
    let service =
        service_fn(move |request| answer(request, Arc::clone(&station), Arc::clone(&path)));
    // The sender closing the connection is no news.
    drop(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(REQUEST_TIME)
            .serve_connection(TokioIo::new(stream), service)
            .await,
    );
}

async fn answer(
    request: Request<Incoming>,
    station: Arc<Station>,
    path: Arc<str>,
) -> io::Result<Response<Full<Bytes>>> {
    let Some(token) = token(request.uri().path(), &path).map(str::to_owned) else {
        return nothing(404);
    };
    // Before anything of a stranger's is read.
    if !station.opens(&token) {
        return nothing(404);
    }
    if request.method() != Method::POST {
        return nothing(405);
    }
    let body = Limited::new(request.into_body(), BODY_BYTES_MAX).collect();
    match timeout(REQUEST_TIME, body).await {
        Err(_) => nothing(408),
        Ok(Err(_)) => nothing(413),
        Ok(Ok(body)) => said(station.hear_at(&token, &body.to_bytes()).await),
    }
}

/// What follows the receiver's path: the secret part of an address, or nothing. `None`: another
/// address.
fn token<'a>(asked: &'a str, path: &str) -> Option<&'a str> {
    match asked.strip_prefix(path.trim_end_matches('/'))? {
        "" => Some(""),
        rest => rest.strip_prefix('/'),
    }
}

fn nothing(status: u16) -> io::Result<Response<Full<Bytes>>> {
    said(HeardAnswer { status, body: String::new() })
}

fn said(heard: HeardAnswer) -> io::Result<Response<Full<Bytes>>> {
    let kind = HeaderValue::from_static(heard.content_type());
    let mut response = Response::new(Full::new(Bytes::from(heard.body)));
    *response.status_mut() = StatusCode::from_u16(heard.status).map_err(io::Error::other)?;
    response.headers_mut().insert(CONTENT_TYPE, kind);
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;
    use practice::carrier::{Desk, Options};
    use station::config;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    /// The whole answer to a request, as it came over the wire.
    async fn told(at: std::net::SocketAddr, head: &str, body: &[u8]) -> String {
        let mut stream = TcpStream::connect(at).await.expect("listens");
        let head = format!("{head} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
        let head = format!("{head}Content-Length: {}\r\n\r\n", body.len());
        stream.write_all(head.as_bytes()).await.expect("written");
        // A body that is too long is not read to its end.
        drop(stream.write_all(body).await);
        let mut answer = Vec::new();
        drop(stream.read_to_end(&mut answer).await);
        String::from_utf8_lossy(&answer).into_owned()
    }

    #[tokio::test]
    async fn pushes_are_heard_on_their_path_alone_and_answered_as_the_carrier_wants() {
        let home = tempfile::tempdir().expect("a folder");
        config::write_practice(home.path()).expect("settings");
        let station = Station::open(home.path(), crate::outside::real(None)).await.expect("opens");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let at = listener.local_addr().expect("an address");
        let serving = tokio::spawn(welcome(listener, station, "/push".into()));
        let desk = Desk::open(&Options::default()).expect("no journal");
        let push = desk.push("test1000000", "102", &[]);

        let heard = told(at, "POST /push", &push).await;
        assert!(heard.starts_with("HTTP/1.1 200") && heard.contains("\"Success\":true"), "{heard}");
        let bent = String::from_utf8_lossy(&push).replace("Count", "Mount");
        let heard = told(at, "POST /push", bent.as_bytes()).await;
        assert!(
            heard.starts_with("HTTP/1.1 200") && heard.contains("\"Success\":false"),
            "{heard}"
        );
        for (head, body, status) in [
            ("POST /push", b"nobody's".to_vec(), "404"),
            ("POST /other", push.clone(), "404"),
            ("GET /push", Vec::new(), "405"),
            ("POST /push", vec![b'x'; BODY_BYTES_MAX + 1], "413"),
        ] {
            let answer = told(at, head, &body).await;
            assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{head}: {answer:.60}");
        }
        serving.abort();
    }

    const SETTINGS: &str = r#"
[sender]
name = "拾光家居"
phone = "0571-88001234"
province = "浙江省"
city = "杭州市"
detail = "仓前街道文一西路 969 号"
[[carrier]]
name = "顺丰"
kind = "sf"
partner_id = "PBTEST01"
checkword = "file:key"
push_token = "file:token"
[[printer]]
name = "热敏 1 号"
address = "tcp://127.0.0.1:9"
language = "zpl"
dots_per_mm = 8
"#;

    #[tokio::test]
    async fn what_no_signature_proves_is_heard_at_a_secret_address_alone() {
        let home = tempfile::tempdir().expect("a folder");
        let token = "token-of-nobody-0001";
        for (file, text) in [("station.toml", SETTINGS), ("key", "key-of-nobody"), ("token", token)]
        {
            let path = home.path().join(file);
            std::fs::write(&path, text).expect("written");
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                let own = std::fs::Permissions::from_mode(0o600);
                std::fs::set_permissions(&path, own).expect("ours");
            }
        }
        let station = Station::open(home.path(), crate::outside::real(None)).await.expect("opens");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let at = listener.local_addr().expect("an address");
        let serving = tokio::spawn(welcome(listener, station, "/push".into()));
        let route = r#"{"id":"1","mailno":"SF0000000000001","acceptTime":"2026-11-20 10:00:00",
            "remark":"已收取","opCode":"50"}"#;
        let json = format!(r#"{{"Body":{{"WaybillRoute":[{route}]}}}}"#);
        let own = format!("POST /push/{token}");

        let heard = told(at, &own, json.as_bytes()).await;
        assert!(heard.starts_with("HTTP/1.1 200") && heard.contains("application/json"), "{heard}");
        assert!(heard.ends_with(r#"{"return_code":"0000","return_msg":"成功"}"#), "{heard}");
        let xml = "content=%3CRequest%20service%3D%22RoutePushService%22%3E%3CBody%3E\
            %3CWaybillRoute%20mailno%3D%22SF1%22%20acceptTime%3D%222026-11-20%2010%3A00%3A00%22\
            %2F%3E%3C%2FBody%3E%3C%2FRequest%3E";
        let heard = told(at, &own, xml.as_bytes()).await;
        let ok = "<Response service=\"RoutePushService\"><Head>OK</Head></Response>";
        assert!(heard.contains("text/xml") && heard.ends_with(ok), "{heard}");
        for head in ["POST /push", "POST /push/", "POST /pushtoken-of-nobody-0001"] {
            let heard = told(at, head, json.as_bytes()).await;
            assert!(heard.starts_with("HTTP/1.1 404"), "{head}: {heard}");
        }
        // Answered before anything of it came.
        let mut stream = TcpStream::connect(at).await.expect("listens");
        let head = "POST /push/token-of-nobody-0002 HTTP/1.1\r\nHost: x\r\n\
            Content-Length: 100000\r\n\r\n";
        stream.write_all(head.as_bytes()).await.expect("written");
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).await.expect("an answer");
        assert_eq!(&answer, b"HTTP/1.1 404");
        serving.abort();
    }
}
