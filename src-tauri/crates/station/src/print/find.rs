//! Looking for printers: the system's queues, printer devices, USB, serial ports, and on request
//! what announces itself on the own network. No printer is opened and none is asked; that is
//! `probe`. Platforms' print components are asked for the names they know.

use super::{
    Address, Flow,
    component::{self, Maker},
    platform,
    probe::{languages_of_id, model_of_id},
    queue, usb,
};
use crate::view::{FailedWay, FoundPrinter, FoundPrinters, Way};
use mdns_sd::{IfKind, ServiceDaemon, ServiceEvent};
use std::{
    collections::BTreeMap,
    io,
    time::{Duration, Instant},
};

/// What a line is usually set to when it leaves the maker.
const USUAL_BAUD: u32 = 9_600;
/// How long the network is listened to. Devices answer within a second, sleepy ones within two.
const LISTEN: Duration = Duration::from_millis(2_500);
/// How printers announce themselves: raw ports, IPP, and LPD, whose hosts often have a raw port.
const SERVICES: [&str; 3] =
    ["_pdl-datastream._tcp.local.", "_ipp._tcp.local.", "_printer._tcp.local."];
/// More printers than this are no small network's.
const FOUND_MAX: usize = 200;

/// One way of looking; it may block.
type Look = fn() -> io::Result<Vec<FoundPrinter>>;

/// Looks for printers here, and on the network if `network` says so.
pub async fn find(network: bool) -> FoundPrinters {
    let looks: [(Way, Look); 4] =
        [(Way::Queue, queues), (Way::Lp, devices), (Way::Usb, usbs), (Way::Serial, serials)];
    let listen: (Way, Look) = (Way::Network, || heard(&[]));
    let mut found = FoundPrinters { printers: Vec::new(), failed: Vec::new() };
    for (way, look) in looks.into_iter().chain(network.then_some(listen)) {
        // Crates that look here panic where a system lacks what they look at.
        let looked = tokio::task::spawn_blocking(look).await;
        match looked.unwrap_or_else(|panic| Err(io::Error::other(panic))) {
            Ok(printers) => found.printers.extend(printers),
            Err(why) => found.failed.push(FailedWay { way, why: why.to_string() }),
        }
    }
    found.printers.extend(components().await);
    found
}

/// Printers behind the platforms' components that run on this PC. One that does not run is no
/// failure: hardly anybody has all four.
async fn components() -> Vec<FoundPrinter> {
    let mut found = Vec::new();
    for maker in Maker::ALL {
        let Ok(names) = component::printers(maker, maker.usual_at()).await else { continue };
        found.extend(names.into_iter().take(FOUND_MAX).map(|printer| FoundPrinter {
            model: printer.clone(),
            address: Address::Component { maker, at: None, printer }.to_string(),
            way: Way::Component,
            languages: Vec::new(),
            words: String::new(),
        }));
    }
    found
}

fn queues() -> io::Result<Vec<FoundPrinter>> {
    let found = queue::list_queues()?.into_iter().map(|one| {
        let reasons = one.reasons.iter().filter(|reason| *reason != "none");
        let words: Vec<&str> =
            std::iter::once(one.state).chain(reasons.map(String::as_str)).collect();
        FoundPrinter {
            address: Address::Queue(one.name).to_string(),
            way: Way::Queue,
            model: one.info,
            languages: Vec::new(),
            words: words.join(", "),
        }
    });
    Ok(found.collect())
}

fn devices() -> io::Result<Vec<FoundPrinter>> {
    let found = platform::list_lp()?.into_iter().map(|(path, id)| FoundPrinter {
        address: Address::Lp(path).to_string(),
        way: Way::Lp,
        model: model_of_id(&id),
        languages: languages_of_id(&id),
        words: id,
    });
    Ok(found.collect())
}

fn usbs() -> io::Result<Vec<FoundPrinter>> {
    let found = usb::list()?.into_iter().map(|(address, model)| FoundPrinter {
        words: String::new(),
        address: address.to_string(),
        way: Way::Usb,
        model,
        languages: Vec::new(),
    });
    Ok(found.collect())
}

fn serials() -> io::Result<Vec<FoundPrinter>> {
    let ports = serialport::available_ports().map_err(io::Error::from)?;
    let mut found: Vec<FoundPrinter> = ports.into_iter().map(serial).collect();
    found.sort_by(|one, other| one.address.cmp(&other.address));
    Ok(found)
}

fn serial(port: serialport::SerialPortInfo) -> FoundPrinter {
    use serialport::SerialPortType;
    let (model, words) = match port.port_type {
        SerialPortType::UsbPort(usb) => {
            let names = [usb.manufacturer, usb.product].into_iter().flatten();
            let model = names.collect::<Vec<String>>().join(" ");
            (model, format!("usb:{:04x}:{:04x}", usb.vid, usb.pid))
        }
        SerialPortType::BluetoothPort => (String::new(), "bluetooth".to_owned()),
        SerialPortType::PciPort | SerialPortType::Unknown => Default::default(),
    };
    let address = Address::Serial { port: port.port_name, baud: USUAL_BAUD, flow: Flow::None };
    FoundPrinter {
        address: address.to_string(),
        way: Way::Serial,
        model,
        languages: Vec::new(),
        words,
    }
}

/// What announces itself within [`LISTEN`]; `more` are interfaces that are not listened on usually.
pub fn heard(more: &[IfKind]) -> io::Result<Vec<FoundPrinter>> {
    let daemon = ServiceDaemon::new().map_err(io::Error::other)?;
    for one in more {
        daemon.enable_interface(one.clone()).map_err(io::Error::other)?;
    }
    let listened = listen(&daemon);
    // It ends by itself with the last of us; a failure to say goodbye changes nothing.
    drop(daemon.shutdown());
    listened
}

fn listen(daemon: &ServiceDaemon) -> io::Result<Vec<FoundPrinter>> {
    let mut browsers = Vec::new();
    for service in SERVICES {
        browsers.push(daemon.browse(service).map_err(io::Error::other)?);
    }
    let until = Instant::now() + LISTEN;
    let mut found = BTreeMap::new();
    for events in browsers {
        while let Ok(event) = events.recv_deadline(until) {
            if let ServiceEvent::ServiceResolved(service) = event
                && let Some(printer) = announced(&service)
                && found.len() < FOUND_MAX
            {
                // By its address, since one printer may announce itself on several networks.
                found.insert(printer.address.clone(), printer);
            }
        }
    }
    Ok(found.into_values().collect())
}

/// Names in TXT are those of Bonjour printing 1.2.1: `ty`, `rp`, `usb_MFG`, `usb_CMD`, `note`.
fn announced(service: &mdns_sd::ResolvedService) -> Option<FoundPrinter> {
    let text = |key: &str| service.get_property_val_str(key).unwrap_or_default().trim().to_owned();
    let mut hosts: Vec<String> =
        service.get_addresses_v4().iter().map(ToString::to_string).collect();
    hosts.sort();
    let host = hosts.into_iter().next()?;
    let address = if service.ty_domain.starts_with("_ipp.") {
        format!("ipp://{host}:{}/{}", service.get_port(), text("rp").trim_start_matches('/'))
    } else if service.ty_domain.starts_with("_pdl-datastream.") {
        format!("tcp://{host}:{}", service.get_port())
    } else {
        // LPD is not spoken here; a host that has it usually has a raw port, too.
        format!("tcp://{host}:9100")
    };
    // What others say of themselves is read as an address before it is passed on.
    let address: Address = address.parse().ok()?;
    let id = format!("MFG:{};MDL:{};CMD:{};", text("usb_MFG"), text("usb_MDL"), text("usb_CMD"));
    let model = Some(text("ty")).filter(|ty| !ty.is_empty()).unwrap_or_else(|| model_of_id(&id));
    Some(FoundPrinter {
        address: address.to_string(),
        way: Way::Network,
        model,
        languages: languages_of_id(&id),
        words: text("note"),
    })
}
