//! A printer on USB without a driver of the system in between, through crate `nusb`: the printer
//! class of USB 1.1, one bulk pipe out and, on most, one in. On Linux the kernel's `usblp` is asked
//! to let go and gets the printer back afterwards; on Windows only devices with the WinUSB driver
//! can be had, so that a queue is the usual way there.

use super::{
    Address, Standing,
    device::{Device, DevicePort},
};
use nusb::{
    Endpoint, Interface, MaybeFuture,
    descriptors::TransferType,
    transfer::{Bulk, ControlIn, ControlType, Direction, In, Out, Recipient, TransferError},
};
use std::{io, time::Duration};

/// The interface class of printers.
const PRINTER_CLASS: u8 = 7;
/// Bytes of one transfer: its end is what is known to have arrived.
const CHUNK_BYTES: usize = 4 << 10;
/// Longest wait for an answer on the control pipe.
const CONTROL_TIME_MAX: Duration = Duration::from_millis(500);
/// `GET_DEVICE_ID` and `GET_PORT_STATUS` of the class definition 1.1, 4.2.
const GET_DEVICE_ID: u8 = 0;
const GET_PORT_STATUS: u8 = 1;

/// An open printer interface.
pub struct UsbDevice {
    interface: Interface,
    number: u8,
    alternate: u8,
    out: Endpoint<Bulk, Out>,
    back: Option<Endpoint<Bulk, In>>,
}

/// Opens the printer interface of a device; writes nothing.
///
/// # Errors
/// `NotFound` if there is none; what the system said, with the device's numbers.
pub async fn open(
    vendor: u16,
    product: u16,
    serial: Option<String>,
) -> io::Result<DevicePort<UsbDevice>> {
    let named = move |why: io::Error| {
        io::Error::new(why.kind(), format!("usb:{vendor:04x}:{product:04x}: {why}"))
    };
    DevicePort::open(move || {
        let mut all = nusb::list_devices().wait().map_err(io::Error::from)?;
        let wanted = |one: &nusb::DeviceInfo| {
            (one.vendor_id(), one.product_id()) == (vendor, product)
                && (serial.is_none() || one.serial_number() == serial.as_deref())
        };
        let absent = || io::Error::from(io::ErrorKind::NotFound);
        let device = all.find(wanted).ok_or_else(absent)?.open().wait()?;
        UsbDevice::claim(&device)
    })
    .await
    .map_err(named)
}

/// The printers on USB and what they call themselves. None of them is opened.
pub(super) fn list() -> io::Result<Vec<(Address, String)>> {
    let all = nusb::list_devices().wait().map_err(io::Error::from)?;
    let printers = all.filter(|one| {
        one.class() == PRINTER_CLASS || one.interfaces().any(|it| it.class() == PRINTER_CLASS)
    });
    let found = printers.map(|one| {
        let names = [one.manufacturer_string(), one.product_string()];
        let serial = one.serial_number().filter(|serial| !serial.is_empty()).map(str::to_owned);
        let (vendor, product) = (one.vendor_id(), one.product_id());
        let model = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
        (Address::Usb { vendor, product, serial }, model)
    });
    Ok(found.collect())
}

/// What a bulk interface of a printer offers: interface, alternate setting, pipe out, pipe in.
type Pipes = (u8, u8, u8, Option<u8>);

/// Both ways before one way; the packet protocol 1284.4 (3) is not spoken here.
fn pipes(device: &nusb::Device) -> Option<Pipes> {
    let configuration = device.active_configuration().ok()?;
    let settings = configuration.interface_alt_settings();
    let printers = settings.filter(|one| one.class() == PRINTER_CLASS && one.protocol() <= 2);
    let found = printers.filter_map(|one| {
        let bulk = |way| {
            let mut all = one.endpoints();
            all.find(|end| end.transfer_type() == TransferType::Bulk && end.direction() == way)
        };
        let out = bulk(Direction::Out)?.address();
        let back = bulk(Direction::In).map(|end| end.address());
        Some((one.interface_number(), one.alternate_setting(), out, back))
    });
    found.max_by_key(|(_, _, _, back)| back.is_some())
}

impl UsbDevice {
    fn claim(device: &nusb::Device) -> io::Result<Self> {
        let none = || io::Error::new(io::ErrorKind::Unsupported, "no printer interface");
        let (number, alternate, out, back) = pipes(device).ok_or_else(none)?;
        let interface = device.detach_and_claim_interface(number).wait()?;
        if alternate != 0 {
            interface.set_alt_setting(alternate).wait()?;
        }
        let out = interface.endpoint::<Bulk, Out>(out)?;
        let back = back.map(|back| interface.endpoint::<Bulk, In>(back)).transpose()?;
        Ok(Self { interface, number, alternate, out, back })
    }

    fn control(&self, request: u8, index: u16, length: u16) -> io::Result<Vec<u8>> {
        let question = ControlIn {
            control_type: ControlType::Class,
            recipient: Recipient::Interface,
            request,
            value: 0,
            index,
            length,
        };
        self.interface.control_in(question, CONTROL_TIME_MAX).wait().map_err(io::Error::from)
    }

    /// The IEEE-1284 device id: `MFG:…;MDL:…;CMD:…;`.
    fn device_id(&self) -> io::Result<String> {
        let index = u16::from(self.number) << 8 | u16::from(self.alternate);
        let answer = self.control(GET_DEVICE_ID, index, 1_024)?;
        // Two bytes of length, the highest first, which some makers get wrong.
        Ok(String::from_utf8_lossy(answer.get(2..).unwrap_or_default()).into_owned())
    }
}

/// The port status byte: bit 3 no error, bit 4 selected, bit 5 paper empty.
fn standing(status: u8) -> Standing {
    match status {
        _ if status & 0x20 != 0 => Standing::PaperOut,
        _ if status & 0x08 == 0 => Standing::Fault,
        _ if status & 0x10 == 0 => Standing::Paused,
        _ => Standing::Well,
    }
}

impl Device for UsbDevice {
    fn write(&mut self, bytes: &[u8], limit: Duration) -> io::Result<usize> {
        let chunk = bytes[..bytes.len().min(CHUNK_BYTES)].to_vec();
        let done = self.out.transfer_blocking(chunk.into(), limit);
        match done.status {
            Ok(()) => Ok(done.actual_len),
            // Given up in the middle: what arrived, arrived.
            Err(_) if done.actual_len > 0 => Ok(done.actual_len),
            Err(TransferError::Cancelled) => {
                Err(io::Error::new(io::ErrorKind::TimedOut, "stalled"))
            }
            Err(TransferError::Stall) => {
                self.out.clear_halt().wait()?;
                Err(TransferError::Stall.into())
            }
            Err(why) => Err(why.into()),
        }
    }

    /// A transfer that ended has arrived.
    fn finish(&mut self, _limit: Duration) -> io::Result<()> {
        Ok(())
    }

    fn read(&mut self, into: &mut [u8], limit: Duration) -> io::Result<usize> {
        let Some(back) = &mut self.back else {
            std::thread::sleep(limit);
            return Ok(0);
        };
        let packet = back.max_packet_size();
        let wanted = (into.len() / packet).max(1) * packet;
        let done = back.transfer_blocking(nusb::transfer::Buffer::new(wanted), limit);
        let count = done.actual_len.min(into.len());
        into[..count].copy_from_slice(&done.buffer[..count]);
        match done.status {
            Ok(()) | Err(TransferError::Cancelled) => Ok(count),
            Err(_) if count > 0 => Ok(count),
            Err(why) => Err(why.into()),
        }
    }

    fn id(&mut self) -> Option<String> {
        self.device_id().ok()
    }

    fn standing(&mut self) -> io::Result<Option<Standing>> {
        // Not every printer answers it; those that do not say nothing.
        let answer = self.control(GET_PORT_STATUS, u16::from(self.number), 1);
        Ok(answer.ok().and_then(|answer| answer.first().copied()).map(standing))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_status_is_read_as_the_class_says() {
        assert_eq!(standing(0x18), Standing::Well);
        assert_eq!(standing(0x38), Standing::PaperOut);
        assert_eq!(standing(0x30), Standing::PaperOut);
        assert_eq!(standing(0x10), Standing::Fault);
        assert_eq!(standing(0x08), Standing::Paused);
    }
}
