//! Where a printer is, as one line of text. What is written is what is read: `Display` and
//! `FromStr` are each other's reverse.

use super::component::Maker;
use std::{fmt, path::PathBuf, str::FromStr};

/// Where a printer listens.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Address {
    /// `tcp://HOST:PORT`: a raw port, usually 9100. Answers questions.
    Tcp(String),
    /// `ipp://HOST[:PORT]/PATH`: an IPP printer; the port is 631 if none is said. Tells its state
    /// and what became of each label by itself.
    Ipp {
        /// `HOST:PORT`.
        at: String,
        /// Begins with `/`.
        path: String,
    },
    /// `usb:VENDOR:PRODUCT[:SERIAL]`, both as four hex digits: a USB printer without a driver of
    /// the system in between. Answers questions.
    Usb {
        /// Of the maker.
        vendor: u16,
        /// Of the model.
        product: u16,
        /// Tells two of a model apart; `None` is the first found.
        serial: Option<String>,
    },
    /// `lp:/dev/usb/lp0`: a printer through Linux' `usblp`. Answers questions.
    Lp(PathBuf),
    /// `serial:PORT@BAUD[,rtscts|,xonxoff]`: a serial port, Bluetooth's too. Answers questions.
    Serial {
        /// `/dev/ttyUSB0`, `COM3`.
        port: String,
        /// Bits a second, 1,200–3,000,000.
        baud: u32,
        /// How the printer says "wait".
        flow: Flow,
    },
    /// `component:MAKER[@HOST:PORT]/PRINTER`: a printer behind a platform's print component, which
    /// prints that platform's labels only. Tells what became of each label by itself.
    Component {
        /// Whose component.
        maker: Maker,
        /// `HOST:PORT`; `None` is where it usually listens, on this PC.
        at: Option<String>,
        /// The printer's name there.
        printer: String,
    },
    /// `queue:NAME`: a queue of the operating system. Never answers.
    Queue(String),
    /// `dir:PATH`: one file a label, for those who print elsewhere. Never answers.
    Dir(PathBuf),
    /// `practice`: the practice printer inside the program.
    Practice,
}

/// How a printer on a serial line says that its buffer is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Flow {
    /// It does not.
    #[default]
    None,
    /// By a wire.
    RtsCts,
    /// By a byte (XOFF); answers that hold such a byte lose it.
    XonXoff,
}

/// A printer address that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{text}\" is not {form}")]
pub struct BadAddress {
    /// What was written.
    pub text: String,
    /// How an address of its kind looks, or all kinds if it is of none.
    pub form: &'static str,
}

const TCP: &str = "tcp://HOST:PORT";
const IPP: &str = "ipp://HOST:PORT/PATH";
const USB: &str = "usb:VENDOR:PRODUCT[:SERIAL] (0a5f:00d3)";
const LP: &str = "lp:/dev/usb/lp0";
const SERIAL: &str = "serial:PORT@BAUD[,rtscts|,xonxoff] (1200-3000000)";
const COMPONENT: &str = "component:cainiao|douyin|pinduoduo|kuaishou[@HOST:PORT]/PRINTER";
const QUEUE: &str = "queue:NAME";
const DIR: &str = "dir:PATH";
const ANY: &str = "tcp://HOST:PORT, ipp://HOST/PATH, usb:VENDOR:PRODUCT, lp:/dev/usb/lp0, \
                   serial:PORT@BAUD, queue:NAME, component:cainiao/NAME, dir:PATH, practice";
/// IPP's own port.
const IPP_PORT: u16 = 631;
/// Slower than any printer's slowest, and faster than any serial chip's fastest.
const BAUD: std::ops::RangeInclusive<u32> = 1_200..=3_000_000;

impl FromStr for Address {
    type Err = BadAddress;
    fn from_str(text: &str) -> Result<Self, BadAddress> {
        let bad = |form| BadAddress { text: text.to_owned(), form };
        if text == "practice" {
            return Ok(Self::Practice);
        }
        let (kind, rest) = text.split_once(':').ok_or_else(|| bad(ANY))?;
        if text.chars().any(char::is_control) {
            return Err(bad(ANY));
        }
        let full = |rest: &str| (!rest.is_empty()).then(|| rest.to_owned());
        let (read, form) = match kind {
            "tcp" => (tcp(rest), TCP),
            "ipp" => (ipp(rest), IPP),
            "usb" => (usb(rest), USB),
            "lp" => (full(rest).map(|path| Self::Lp(path.into())), LP),
            "serial" => (serial(rest), SERIAL),
            "component" => (component(rest), COMPONENT),
            "queue" => (full(rest).map(Self::Queue), QUEUE),
            "dir" => (full(rest).map(|path| Self::Dir(path.into())), DIR),
            _ => (None, ANY),
        };
        read.ok_or_else(|| bad(form))
    }
}

fn tcp(rest: &str) -> Option<Address> {
    let at = rest.strip_prefix("//")?.trim_end_matches('/');
    host_port(at, None).map(Address::Tcp)
}

fn ipp(rest: &str) -> Option<Address> {
    let rest = rest.strip_prefix("//")?;
    let (at, path) = rest.split_once('/').unwrap_or((rest, ""));
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '#' | '"' | '<' | '>');
    let path = path.chars().all(plain).then(|| format!("/{path}"))?;
    Some(Address::Ipp { at: host_port(at, Some(IPP_PORT))?, path })
}

/// `HOST:PORT`; an IPv6 address stands in brackets.
fn host_port(at: &str, usual: Option<u16>) -> Option<String> {
    let (host, port) = match at.rsplit_once(':').filter(|(_, port)| !port.ends_with(']')) {
        Some((host, port)) => (host, port.parse().ok()?),
        None => (at, usual?),
    };
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let fits = match bare {
        Some(v6) => v6.parse::<std::net::Ipv6Addr>().is_ok(),
        None => !host.is_empty() && !host.contains(['/', ':', '@', ' ', '[', ']', '?', '#']),
    };
    (fits && port != 0).then(|| format!("{host}:{port}"))
}

fn usb(rest: &str) -> Option<Address> {
    let mut parts = rest.splitn(3, ':');
    let mut id = || {
        let digits = parts.next().filter(|text| text.len() == 4)?;
        let hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        hex.then(|| u16::from_str_radix(digits, 16).ok())?
    };
    let (vendor, product) = (id()?, id()?);
    let serial = parts.next().map(str::to_owned);
    let fits = serial.as_deref() != Some("");
    fits.then_some(Address::Usb { vendor, product, serial })
}

fn serial(rest: &str) -> Option<Address> {
    let (port, how) = rest.rsplit_once('@').filter(|(port, _)| !port.is_empty())?;
    let (baud, flow) = how.split_once(',').unwrap_or((how, ""));
    let baud = baud.parse().ok().filter(|baud| BAUD.contains(baud))?;
    let flow = match flow {
        "" if !how.contains(',') => Flow::None,
        "rtscts" => Flow::RtsCts,
        "xonxoff" => Flow::XonXoff,
        _ => return None,
    };
    Some(Address::Serial { port: port.to_owned(), baud, flow })
}

fn component(rest: &str) -> Option<Address> {
    let (of, printer) = rest.split_once('/').filter(|(_, printer)| !printer.is_empty())?;
    let (word, at) = match of.split_once('@') {
        Some((word, at)) => (word, Some(host_port(at, None)?)),
        None => (of, None),
    };
    let maker = Maker::ALL.into_iter().find(|maker| maker.word() == word)?;
    Some(Address::Component { maker, at, printer: printer.to_owned() })
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(at) => write!(f, "tcp://{at}"),
            Self::Ipp { at, path } => write!(f, "ipp://{at}{path}"),
            Self::Usb { vendor, product, serial } => {
                write!(f, "usb:{vendor:04x}:{product:04x}")?;
                serial.iter().try_for_each(|serial| write!(f, ":{serial}"))
            }
            Self::Lp(path) => write!(f, "lp:{}", path.display()),
            Self::Serial { port, baud, flow } => {
                let flow = match flow {
                    Flow::None => "",
                    Flow::RtsCts => ",rtscts",
                    Flow::XonXoff => ",xonxoff",
                };
                write!(f, "serial:{port}@{baud}{flow}")
            }
            Self::Component { maker, at, printer } => {
                write!(f, "component:{maker}")?;
                at.iter().try_for_each(|at| write!(f, "@{at}"))?;
                write!(f, "/{printer}")
            }
            Self::Queue(name) => write!(f, "queue:{name}"),
            Self::Dir(path) => write!(f, "dir:{}", path.display()),
            Self::Practice => f.write_str("practice"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_what_is_read() {
        for text in [
            "tcp://192.168.1.50:9100",
            "tcp://printer.lan:9100",
            "tcp://[fe80::1]:9100",
            "ipp://192.168.1.50:631/ipp/print",
            "ipp://[::1]:8632/",
            "usb:0a5f:00d3",
            "usb:1203:0272:A1:B 2",
            "lp:/dev/usb/lp0",
            "serial:/dev/ttyUSB0@115200",
            "serial:COM3@9600,rtscts",
            "serial:/dev/rfcomm0@19200,xonxoff",
            "queue:标签 一号",
            "component:cainiao/KM-300S (面单)/2",
            "component:kuaishou@127.0.0.1:16999/热敏",
            "dir:/srv/labels",
            "practice",
        ] {
            let read: Address = text.parse().unwrap_or_else(|bad| panic!("{bad}"));
            assert_eq!(read.to_string(), text);
            assert_eq!(read.to_string().parse::<Address>().as_ref(), Ok(&read));
        }
        let short: Address = "ipp://printer.lan".parse().expect("an address");
        assert_eq!(short.to_string(), "ipp://printer.lan:631/");
        let shouted: Address = "usb:0A5F:00D3".parse().expect("an address");
        assert_eq!(shouted.to_string(), "usb:0a5f:00d3");
    }

    #[test]
    fn what_is_no_address_is_told_its_form() {
        for (text, form) in [
            ("", ANY),
            ("127.0.0.1:9100", ANY),
            ("COM3", ANY),
            ("lp", ANY),
            ("http://printer/ipp", ANY),
            ("ipps://printer/ipp", ANY),
            ("queue:a\nb", ANY),
            ("tcp:printer:9100", TCP),
            ("tcp://printer", TCP),
            ("tcp://printer:0", TCP),
            ("tcp://:9100", TCP),
            ("tcp://a:b:9100", TCP),
            ("tcp://user@printer:9100", TCP),
            ("tcp://printer:91000", TCP),
            ("ipp:printer", IPP),
            ("ipp://printer:x/ipp", IPP),
            ("ipp://[printer]/ipp", IPP),
            ("ipp://printer/a b", IPP),
            ("usb:0a5f", USB),
            ("usb:a5f:00d3", USB),
            ("usb:0a5f:00d3:", USB),
            ("usb:0x5f:00d3", USB),
            ("usb:+a5f:00d3", USB),
            ("lp:", LP),
            ("serial:COM3", SERIAL),
            ("serial:@9600", SERIAL),
            ("serial:COM3@300", SERIAL),
            ("serial:COM3@9600,", SERIAL),
            ("serial:COM3@9600,dtr", SERIAL),
            ("component:cainiao", COMPONENT),
            ("component:cainiao/", COMPONENT),
            ("component:taobao/x", COMPONENT),
            ("component:douyin@host/x", COMPONENT),
            ("queue:", QUEUE),
            ("dir:", DIR),
        ] {
            let bad = text.parse::<Address>().expect_err(text);
            assert_eq!((bad.text.as_str(), bad.form), (text, form));
        }
    }
}
