//! Real TLS on this machine: servers with certificates of an authority made here, good and bad.
//! Whatever is wrong with one, nothing of a request leaves, and the reason is told apart.

use super::*;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd,
};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use tokio_rustls::TlsAcceptor;

type Authority = CertifiedIssuer<'static, KeyPair>;

fn authority() -> Authority {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, "Packbench test authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// How a server is.
struct Shape {
    name: &'static str,
    from_year: i32,
    to_year: i32,
    alpn: &'static [&'static [u8]],
}

const GOOD: Shape =
    Shape { name: "localhost", from_year: 2020, to_year: 2120, alpn: &[b"http/1.1"] };

/// A server; its address, what it heard, and how many connections it saw.
struct Server {
    url: String,
    heard: Arc<AtomicUsize>,
    connections: Arc<AtomicUsize>,
    spoken: tokio::sync::mpsc::UnboundedReceiver<Option<Vec<u8>>>,
}

async fn server(authority: &Authority, shape: &Shape) -> Server {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(vec![shape.name.to_owned()]).unwrap();
    params.not_before = date_time_ymd(shape.from_year, 1, 1);
    params.not_after = date_time_ymd(shape.to_year, 1, 1);
    let certificate = params.signed_by(&key, authority).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    config.alpn_protocols = shape.alpn.iter().map(|name| name.to_vec()).collect();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://localhost:{}/api", listener.local_addr().unwrap().port());
    let (heard, connections) = (Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default());
    let (speak, spoken) = tokio::sync::mpsc::unbounded_channel();
    let (hears, counts) = (Arc::clone(&heard), Arc::clone(&connections));
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            counts.fetch_add(1, Ordering::SeqCst);
            let (acceptor, hears, speak) = (acceptor.clone(), Arc::clone(&hears), speak.clone());
            tokio::spawn(async move {
                let Ok(mut socket) = acceptor.accept(socket).await else { return };
                let _ = speak.send(socket.get_ref().1.alpn_protocol().map(<[u8]>::to_vec));
                let mut bytes = [0; 4096];
                while let Ok(read @ 1..) = socket.read(&mut bytes).await {
                    hears.fetch_add(read, Ordering::SeqCst);
                    let said = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
                    let _ = socket.write_all(said).await;
                    let _ = socket.flush().await;
                }
            });
        }
    });
    Server { url, heard, connections, spoken }
}

/// The door, on a computer that trusts this authority beside those of its system.
fn trusting(authority: Option<&Authority>) -> RealHttp {
    let certificates = authority
        .map(|it| reqwest::Certificate::from_der(it.der()).unwrap())
        .into_iter()
        .collect::<Vec<_>>();
    let near = build(move |builder| builder.no_proxy().tls_certs_merge(certificates.clone()));
    RealHttp { near: near.into(), far: OnceLock::new() }
}

async fn post(http: &RealHttp, url: &str) -> Result<Answer, HttpError> {
    let request = Request {
        method: Method::Post,
        url: url.to_owned(),
        content_type: "text/plain",
        headers: Vec::new(),
        body: b"a=1".to_vec(),
        timeout: Duration::from_secs(20),
    };
    http.send(request).await
}

async fn refused(shape: Shape, trust: bool) -> String {
    let authority = authority();
    let server = server(&authority, &shape).await;
    let http = trusting(trust.then_some(&authority));
    let error = post(&http, &server.url).await.unwrap_err();
    assert_eq!(server.heard.load(Ordering::SeqCst), 0, "nothing left this computer");
    match error {
        HttpError::NotSent(why) => why.split(": ").next().unwrap_or_default().to_owned(),
        HttpError::Unknown(why) => panic!("unknown: {why}"),
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_certificate_is_told_apart_and_nothing_is_sent() {
    assert_eq!(refused(GOOD, false).await, "untrusted");
    assert_eq!(refused(Shape { to_year: 2021, ..GOOD }, true).await, "expired");
    assert_eq!(refused(Shape { from_year: 2110, ..GOOD }, true).await, "not_yet");
    assert_eq!(refused(Shape { name: "other.example", ..GOOD }, true).await, "wrong_host");
}

#[tokio::test]
async fn a_server_without_tls_is_told_and_nothing_is_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://localhost:{}/", listener.local_addr().unwrap().port());
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let _ = socket.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        }
    });
    let error = post(&trusting(None), &url).await.unwrap_err();
    assert!(matches!(&error, HttpError::NotSent(why) if why.starts_with("tls: ")), "{error}");
}

#[tokio::test]
async fn a_good_server_is_asked_again_on_the_connection_that_is_there() {
    let authority = authority();
    let server = server(&authority, &GOOD).await;
    let http = trusting(Some(&authority));
    for _ in 0..3 {
        assert_eq!(post(&http, &server.url).await.unwrap().body, b"{}");
    }
    assert_eq!(server.connections.load(Ordering::SeqCst), 1);
}

/// The handshake alone says which HTTP is spoken; what follows here is no HTTP/2.
#[tokio::test]
async fn http_2_is_spoken_where_it_is_served() {
    let authority = authority();
    let shape = Shape { alpn: &[b"h2", b"http/1.1"], ..GOOD };
    let mut server = server(&authority, &shape).await;
    let http = trusting(Some(&authority));
    let _ = post(&http, &server.url).await;
    assert_eq!(server.spoken.recv().await.flatten().as_deref(), Some(b"h2".as_slice()));
}
