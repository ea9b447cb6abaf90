//! A printer on a serial line: RS-232, a USB adapter, or Bluetooth's serial profile. Eight bits, no
//! parity, one stop bit. Most are set to RTS/CTS or XON/XOFF; without either, a label longer than
//! the printer's buffer loses bytes.

use super::{
    Flow,
    device::{Device, DevicePort},
};
use serialport::{ClearBuffer, FlowControl, SerialPort};
use std::{
    io::{self, Read, Write},
    time::{Duration, Instant},
};

/// Bytes handed to the system at once. It says "ready" with room for 256, and takes more only by
/// waiting without limit.
const CHUNK_BYTES: usize = 256;
/// How often to look whether everything has left; the system has no signal with a time limit.
const DRAIN_LOOK: Duration = Duration::from_millis(5);

/// An open serial port.
pub struct SerialDevice(Box<dyn SerialPort>);

/// Opens a serial port; writes nothing.
///
/// # Errors
/// What the system said, with the port's name.
pub async fn open(port: String, baud: u32, flow: Flow) -> io::Result<DevicePort<SerialDevice>> {
    DevicePort::open(move || {
        let flow = match flow {
            Flow::None => FlowControl::None,
            Flow::RtsCts => FlowControl::Hardware,
            Flow::XonXoff => FlowControl::Software,
        };
        let opened = serialport::new(&port, baud)
            .flow_control(flow)
            .dtr_on_open(true)
            .open()
            .map_err(io::Error::from)
            .and_then(|line| {
                // What was said to whoever had the line before us is not for us.
                line.clear(ClearBuffer::Input)?;
                Ok(SerialDevice(line))
            });
        opened.map_err(|why| io::Error::new(why.kind(), format!("{port}: {why}")))
    })
    .await
}

impl SerialDevice {
    fn limit(&mut self, limit: Duration) -> io::Result<()> {
        // No time at all means "for ever" to some drivers.
        self.0.set_timeout(limit.max(Duration::from_millis(1))).map_err(io::Error::from)
    }
}

impl Device for SerialDevice {
    fn write(&mut self, bytes: &[u8], limit: Duration) -> io::Result<usize> {
        self.limit(limit)?;
        self.0.write(&bytes[..bytes.len().min(CHUNK_BYTES)])
    }

    fn finish(&mut self, limit: Duration) -> io::Result<()> {
        let mut last = self.0.bytes_to_write()?;
        let mut moved = Instant::now();
        while last > 0 {
            std::thread::sleep(DRAIN_LOOK);
            let left = self.0.bytes_to_write()?;
            if left < last {
                moved = Instant::now();
            } else if moved.elapsed() >= limit {
                return Err(io::Error::new(io::ErrorKind::TimedOut, "stalled"));
            }
            last = left;
        }
        Ok(())
    }

    fn read(&mut self, into: &mut [u8], limit: Duration) -> io::Result<usize> {
        self.limit(limit)?;
        match self.0.read(into) {
            Err(why) if why.kind() == io::ErrorKind::TimedOut => Ok(0),
            // A line that says "ready" and has nothing has been hung up.
            Ok(0) => Err(io::ErrorKind::UnexpectedEof.into()),
            done => done,
        }
    }
}
