//! From an address to an open port: the printers of the real [`crate::outside::Outside`].

use super::{
    Address, Port,
    component::ComponentPort,
    folder::FolderPort,
    ipp::IppPort,
    platform,
    queue::QueuePort,
    serial,
    tcp::{Limits, TcpPort},
    usb,
};
use crate::outside::Later;
use std::io;

/// Opens a printer. `practice_port` is where the practice printer inside the program listens.
/// Files of `dir:` end with `prn`; who knows the language opens [`FolderPort`] itself.
///
/// # Errors
/// What the system said; `NotFound` for an unknown queue or a practice printer that does not run.
pub fn open(
    address: Address,
    practice_port: Option<u16>,
) -> Later<'static, io::Result<Box<dyn Port>>> {
    Box::pin(async move {
        let port: Box<dyn Port> = match address {
            Address::Tcp(at) => Box::new(TcpPort::connect(&at, Limits::USUAL).await?),
            Address::Ipp { at, path } => Box::new(IppPort::open(&at, &path).await?),
            Address::Usb { vendor, product, serial } => {
                Box::new(usb::open(vendor, product, serial).await?)
            }
            Address::Lp(path) => Box::new(platform::open_lp(path).await?),
            Address::Serial { port, baud, flow } => Box::new(serial::open(port, baud, flow).await?),
            Address::Component { maker, at, printer } => {
                let at = at.as_deref().unwrap_or(maker.usual_at());
                Box::new(ComponentPort::open(maker, at, &printer).await?)
            }
            Address::Queue(name) => Box::new(QueuePort::open(&name).await?),
            Address::Dir(folder) => {
                let open = move || FolderPort::open(&folder, "prn");
                let done = tokio::task::spawn_blocking(open).await;
                Box::new(done.unwrap_or_else(|panic| Err(io::Error::other(panic)))?)
            }
            Address::Practice => {
                let port = practice_port
                    .ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "practice"))?;
                Box::new(TcpPort::connect(&format!("127.0.0.1:{port}"), Limits::USUAL).await?)
            }
        };
        Ok(port)
    })
}
