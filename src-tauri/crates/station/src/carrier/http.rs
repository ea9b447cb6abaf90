//! The only door to the network for carriers. It alone decides between "nothing was sent" and
//! "unknown". It reads no answer for its meaning: that is each carrier's own business.

use super::{ANSWER_BYTES_MAX, CarrierError};
use crate::outside::{Answer, Http, HttpError, Later, Method, NoWay, Request};
use reqwest::{Client, ClientBuilder, Url, header, redirect};
use std::{error::Error, io, net::IpAddr, sync::OnceLock, time::Duration};

/// A dead network is noticed while nothing has been sent yet, well before the whole call's limit
/// (30 s in KDNiao's demo): such a call ends as "not sent" and may be repeated blind.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(8);

/// Kept connections are dropped before the other side is likely to drop them: a connection that
/// closes under our hands leaves an unknown outcome behind.
const IDLE_TIMEOUT: Duration = Duration::from_secs(15);

impl From<HttpError> for CarrierError {
    fn from(error: HttpError) -> Self {
        match error {
            HttpError::NotSent(why) => Self::NotSent { why },
            HttpError::Unknown(why) => Self::Unknown { why },
        }
    }
}

/// The real network, on reqwest and rustls with the certificates the system trusts.
///
/// Redirects are never followed, proxies are the system's, and loopback never goes through one.
#[derive(Debug, Default)]
pub struct RealHttp {
    /// For this machine: no proxy.
    near: OnceLock<Result<Client, String>>,
    /// For everything else.
    far: OnceLock<Result<Client, String>>,
}

impl RealHttp {
    /// Opens nothing yet; the connections are made, and then kept, when first needed.
    pub fn new() -> Self {
        Self::default()
    }

    fn client(&self, url: &Url) -> Result<&Client, HttpError> {
        let built = match is_loopback(url) {
            true => self.near.get_or_init(|| {
                // A machine without any trusted certificates can still talk to itself.
                build(|builder| builder.no_proxy())
                    .or_else(|_| build(|builder| builder.no_proxy().tls_certs_only([])))
            }),
            false => self.far.get_or_init(|| build(|builder| builder)),
        };
        built.as_ref().map_err(|why| HttpError::NotSent(why.clone()))
    }

    async fn exchange(&self, request: Request) -> Result<Answer, HttpError> {
        let url = Url::parse(&request.url)
            .map_err(|why| HttpError::NotSent(format!("the URL cannot be read: {why}")))?;
        let client = self.client(&url)?;
        let asked = match request.method {
            Method::Get => client.get(url),
            Method::Post => client
                .post(url)
                .header(header::CONTENT_TYPE, request.content_type)
                .body(request.body),
        };
        let asked = request
            .headers
            .into_iter()
            .fold(asked, |asked, (name, value)| asked.header(name, value));
        let mut answer = asked.timeout(request.timeout).send().await.map_err(before_an_answer)?;
        let status = answer.status().as_u16();
        let announced = answer.content_length().unwrap_or(0);
        let mut body = Vec::new();
        loop {
            if announced > ANSWER_BYTES_MAX as u64 || body.len() > ANSWER_BYTES_MAX {
                return Err(HttpError::Unknown(format!(
                    "HTTP {status}, answer over {ANSWER_BYTES_MAX} bytes"
                )));
            }
            let read = answer.chunk().await;
            match read
                .map_err(|why| HttpError::Unknown(format!("HTTP {status}, {}", chain(&why))))?
            {
                Some(bytes) => body.extend_from_slice(&bytes),
                None => return Ok(Answer { status, body }),
            }
        }
    }
}

impl Http for RealHttp {
    fn send(&self, request: Request) -> Later<'_, Result<Answer, HttpError>> {
        Box::pin(self.exchange(request))
    }
}

fn build(shape: impl Fn(ClientBuilder) -> ClientBuilder) -> Result<Client, String> {
    // Somebody else in this process may have installed the same provider: that is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    shape(Client::builder())
        .redirect(redirect::Policy::none())
        .connect_timeout(CONNECT_TIMEOUT)
        .pool_idle_timeout(IDLE_TIMEOUT)
        .build()
        .map_err(|why| chain(&why))
}

/// Why a connection did not come up, as far as the layers below say it.
fn no_way(why: &(dyn Error + 'static)) -> NoWay {
    let mut cause = Some(why);
    let mut way = NoWay::Unreachable;
    while let Some(one) = cause {
        if let Some(tls) = tls_error(one) {
            return of_tls(tls);
        }
        // The resolver's error has no type of its own, only this word.
        if one.to_string().starts_with("dns error") {
            way = NoWay::Name;
        }
        cause = one.source();
    }
    way
}

/// The error of rustls, which travels inside one of the system's, or inside two.
fn tls_error<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a rustls::Error> {
    let mut inner = error;
    loop {
        if let Some(tls) = inner.downcast_ref::<rustls::Error>() {
            return Some(tls);
        }
        inner = inner.downcast_ref::<io::Error>()?.get_ref()?;
    }
}

fn of_tls(error: &rustls::Error) -> NoWay {
    use rustls::CertificateError::{
        Expired, ExpiredContext, NotValidForName, NotValidForNameContext, NotValidYet,
        NotValidYetContext,
    };
    let rustls::Error::InvalidCertificate(certificate) = error else { return NoWay::Tls };
    match certificate {
        Expired | ExpiredContext { .. } => NoWay::Expired,
        NotValidYet | NotValidYetContext { .. } => NoWay::NotYet,
        NotValidForName | NotValidForNameContext { .. } => NoWay::WrongHost,
        // Unknown issuers, revoked ones, wrong uses, and whatever rustls will tell one day.
        _ => NoWay::Untrusted,
    }
}

/// Only two kinds of failure are certain to have sent nothing: a request that could not even be
/// built, and a connection (name, TCP, proxy tunnel, TLS) that never came up.
fn before_an_answer(why: reqwest::Error) -> HttpError {
    let said = chain(&why);
    if why.is_connect() {
        HttpError::NotSent(no_way(&why).because(&said))
    } else if why.is_builder() {
        HttpError::NotSent(said)
    } else if why.is_timeout() {
        HttpError::Unknown(format!("time-out: {said}"))
    } else {
        HttpError::Unknown(said)
    }
}

/// An error with its causes on one line. The URL is left out; no part of the body ever is in it.
fn chain(why: &reqwest::Error) -> String {
    let mut said = match why.source() {
        Some(_) => String::new(),
        None => why.to_string(),
    };
    let mut cause = why.source();
    while let Some(one) = cause {
        let text = one.to_string();
        if !said.ends_with(&text) {
            said = if said.is_empty() { text } else { format!("{said}: {text}") };
        }
        cause = one.source();
    }
    said
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    match host.parse::<IpAddr>() {
        Ok(ip) => ip.is_loopback(),
        Err(_) => host == "localhost" || host.ends_with(".localhost"),
    }
}

#[cfg(test)]
mod certificates;

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::Future;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::{TcpListener, TcpStream},
    };

    /// A server for one connection; returns its URL.
    async fn server<F>(talk: impl FnOnce(TcpStream) -> F + Send + 'static) -> String
    where
        F: Future<Output = ()> + Send,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/api", listener.local_addr().unwrap());
        tokio::spawn(async move {
            let (socket, _) = listener.accept().await.unwrap();
            talk(socket).await;
        });
        url
    }

    /// A server that reads the request, says `text` and closes.
    async fn saying(text: &'static str) -> String {
        server(move |mut socket| async move {
            let mut request = [0; 4096];
            let _ = socket.read(&mut request).await;
            let _ = socket.write_all(text.as_bytes()).await;
        })
        .await
    }

    async fn post(url: &str) -> Result<Answer, HttpError> {
        post_within(url, Duration::from_secs(20)).await
    }

    async fn post_within(url: &str, timeout: Duration) -> Result<Answer, HttpError> {
        let (url, body) = (url.to_owned(), b"a=1".to_vec());
        let (method, headers) = (Method::Post, Vec::new());
        let content_type = "text/plain";
        let request = Request { method, url, content_type, headers, body, timeout };
        RealHttp::new().send(request).await
    }

    #[tokio::test]
    async fn an_answer_comes_back_whole_whatever_its_status() {
        let url = saying("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 4\r\n\r\n<p/>").await;
        let answer = post(&url).await.unwrap();
        assert_eq!((answer.status, answer.body.as_slice()), (502, b"<p/>".as_slice()));
    }

    #[tokio::test]
    async fn a_redirect_is_not_followed() {
        let url = saying(
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
        )
        .await;
        assert_eq!(post(&url).await.unwrap().status, 302);
    }

    #[tokio::test]
    async fn a_refused_connection_sent_nothing() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        drop(listener);
        let error = post(&url).await.unwrap_err();
        assert!(matches!(&error, HttpError::NotSent(why) if why.starts_with("unreachable: ")));
    }

    #[tokio::test]
    async fn a_name_nobody_has_sent_nothing() {
        let http = RealHttp { near: OnceLock::new(), far: build(|b| b.no_proxy()).into() };
        let (method, headers, body) = (Method::Get, Vec::new(), Vec::new());
        let (timeout, content_type) = (Duration::from_secs(20), "");
        // Names under .invalid never exist (RFC 2606).
        let url = "http://carrier.invalid/".to_owned();
        let request = Request { method, url, content_type, headers, body, timeout };
        let error = http.send(request).await.unwrap_err();
        assert!(matches!(&error, HttpError::NotSent(why) if why.starts_with("name: ")), "{error}");
    }

    #[tokio::test]
    async fn a_url_that_is_none_sent_nothing() {
        for url in ["", "api.kdniao.com", "ftp://127.0.0.1/x", "http://"] {
            let error = post(url).await.unwrap_err();
            assert!(matches!(error, HttpError::NotSent(_)), "{url}: {error}");
        }
    }

    #[tokio::test]
    async fn a_failed_tls_handshake_sent_nothing() {
        let url = saying("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n").await;
        let error = post(&url.replace("http:", "https:")).await.unwrap_err();
        assert!(matches!(error, HttpError::NotSent(_)), "{error}");
    }

    #[tokio::test]
    async fn a_connection_closed_without_a_word_is_unknown() {
        let url = saying("").await;
        let error = post(&url).await.unwrap_err();
        assert!(matches!(error, HttpError::Unknown(_)), "{error}");
    }

    #[tokio::test]
    async fn a_cut_body_is_unknown() {
        let url = saying("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"Success\":tr").await;
        let error = post(&url).await.unwrap_err();
        assert!(matches!(error, HttpError::Unknown(_)), "{error}");
    }

    #[tokio::test]
    async fn silence_is_unknown_when_the_time_is_over() {
        let (quiet, end) = tokio::sync::oneshot::channel::<()>();
        let url = server(|socket| async move {
            let _ = end.await;
            drop(socket);
        })
        .await;
        let error = post_within(&url, Duration::from_millis(60)).await.unwrap_err();
        assert!(matches!(&error, HttpError::Unknown(why) if why.contains("time-out")), "{error}");
        drop(quiet);
    }

    #[tokio::test]
    async fn an_oversized_answer_is_unknown_announced_or_not() {
        let announced = saying("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n{").await;
        let endless = server(|mut socket| async move {
            let mut request = [0; 4096];
            let _ = socket.read(&mut request).await;
            let _ = socket.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n").await;
            while socket.write_all(&[b'x'; 65_536]).await.is_ok() {}
        })
        .await;
        for url in [announced, endless] {
            let error = post(&url).await.unwrap_err();
            assert!(matches!(&error, HttpError::Unknown(why) if why.contains("over")), "{error}");
        }
    }

    #[test]
    fn this_machine_is_told_from_others() {
        for (url, near) in [
            ("http://127.0.0.1:18777/api", true),
            ("http://127.8.0.1/", true),
            ("http://[::1]:80/", true),
            ("https://localhost/", true),
            ("https://api.kdniao.com/api", false),
            ("http://192.168.1.9/", false),
            ("http://localhost.example/", false),
        ] {
            assert_eq!(is_loopback(&Url::parse(url).unwrap()), near, "{url}");
        }
    }
}
