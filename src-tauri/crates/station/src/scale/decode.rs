//! Bytes as they come off the wire → readings. What is cut off waits for its rest; what is none of
//! the protocol is passed over.

use super::{Reading, frames, hid, lines};

/// No line or frame of any protocol here is longer.
const PENDING_BYTES_MAX: usize = 256;

/// How a scale speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// "ST,GS,+  1.085kg": most indicators, A&D, CAS.
    Lines,
    /// Mettler-Toledo's SICS; it is asked.
    Sics,
    /// OHAUS; it is asked, or sends by itself.
    Ohaus,
    /// Toledo's continuous output.
    Toledo,
    /// Yaohua XK3190: frames, or lines of the A12.
    Yaohua,
    /// `=` and the number from behind.
    Reversed,
    /// USB.
    Hid,
}

impl Protocol {
    /// Those that the settings may name, with their words; the first is meant without one.
    pub const WORDS: [(&'static str, Self); 6] = [
        ("lines", Self::Lines),
        ("sics", Self::Sics),
        ("ohaus", Self::Ohaus),
        ("toledo", Self::Toledo),
        ("xk3190", Self::Yaohua),
        ("reversed", Self::Reversed),
    ];

    /// What a scale is asked with that does not speak by itself.
    pub fn question(self) -> &'static [u8] {
        match self {
            Self::Sics => b"SI\r\n",
            Self::Ohaus => b"IP\r\n",
            Self::Lines | Self::Toledo | Self::Yaohua | Self::Reversed | Self::Hid => b"",
        }
    }
}

/// Readings out of a stream.
#[derive(Debug)]
pub struct Decoder {
    protocol: Protocol,
    pending: Vec<u8>,
}

impl Decoder {
    /// Of one scale.
    pub fn new(protocol: Protocol) -> Self {
        Self { protocol, pending: Vec::new() }
    }

    /// Takes what came and gives the readings that it completes, oldest first.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Reading> {
        if self.protocol == Protocol::Hid {
            return hid::report(bytes).into_iter().collect();
        }
        // Scales with seven bits and parity are read with eight: the eighth is theirs.
        self.pending.extend(bytes.iter().map(|byte| byte & 0x7f));
        let mut readings = Vec::new();
        while let Some(taken) = self.next(&mut readings) {
            self.pending.drain(..taken);
        }
        let over = self.pending.len().saturating_sub(PENDING_BYTES_MAX);
        self.pending.drain(..over);
        readings
    }

    /// Reads the first line or frame; how many bytes it took, or `None` while it is not whole.
    fn next(&self, readings: &mut Vec<Reading>) -> Option<usize> {
        let bytes = &self.pending;
        match self.protocol {
            Protocol::Lines => line(bytes, lines::headed, readings),
            Protocol::Sics => line(bytes, lines::sics, readings),
            Protocol::Ohaus => line(bytes, lines::ohaus, readings),
            Protocol::Hid => None,
            Protocol::Toledo => {
                let start = bytes.iter().position(|byte| *byte == frames::STX);
                let Some(start) = start else { return (!bytes.is_empty()).then_some(bytes.len()) };
                let rest = &bytes[start..];
                let end = rest.iter().position(|byte| *byte == b'\r')? + 1;
                // A checksum behind the CR is passed over with what comes before the next STX.
                if matches!(end, frames::TOLEDO_LONG | frames::TOLEDO_SHORT) {
                    readings.extend(frames::toledo(&rest[..end]));
                }
                Some(start + end)
            }
            Protocol::Yaohua => {
                if bytes.contains(&b'w') {
                    return line(bytes, lines::yaohua, readings);
                }
                let start = bytes.iter().position(|byte| *byte == frames::STX);
                let Some(start) = start else { return (!bytes.is_empty()).then_some(bytes.len()) };
                let frame = bytes.get(start..start + frames::YAOHUA)?;
                match frames::yaohua(frame) {
                    Some(reading) => {
                        readings.push(reading);
                        Some(start + frames::YAOHUA)
                    }
                    // Begun in the middle of a frame: the next STX is another's.
                    None => Some(start + 1),
                }
            }
            Protocol::Reversed => {
                let start = bytes.iter().position(|byte| *byte == b'=')?;
                let end = start + 1 + bytes[start + 1..].iter().position(|byte| *byte == b'=')?;
                let chars: Vec<u8> =
                    bytes[start + 1..end].iter().copied().filter(u8::is_ascii_graphic).collect();
                if frames::REVERSED.contains(&chars.len()) {
                    readings.extend(frames::reversed(&chars));
                }
                Some(end)
            }
        }
    }
}

fn line(
    bytes: &[u8],
    read: fn(&str) -> Option<Reading>,
    readings: &mut Vec<Reading>,
) -> Option<usize> {
    let end = bytes.iter().position(|byte| matches!(byte, b'\r' | b'\n'))?;
    // A lamp byte may be anything; it stands between commas.
    let text = String::from_utf8_lossy(&bytes[..end]);
    readings.extend(read(text.trim_matches(|c: char| c.is_whitespace() || c.is_control())));
    Some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scale::Motion::{self, Moving, Over, Stable, Under, Untold};
    use Protocol::{Lines, Ohaus, Reversed, Sics, Toledo, Yaohua};

    #[test]
    fn what_scales_send() {
        #[rustfmt::skip]
        let cases: &[(Protocol, &[u8], i64, Motion)] = &[
            // A&D GX-300 manual, 10-8.
            (Lines, b"ST,+00001.27  g\r\n", 1_270, Stable),
            (Lines, b"US,-00183.69  g\r\n", -183_690, Moving),
            (Lines, b"OL,+9999999E+19\r\n", 0, Over),
            // CAS CI-400: 18 bytes, and 22 with device and lamps; 13.5 kg as its manual shows it.
            (Lines, b"ST,GS,000013.5kg\r\n", 13_500_000, Stable),
            (Lines, b"US,NT,1,\xc4,000013.5 kg\r\n", 13_500_000, Moving),
            (Lines, b"ST,GS,+  1.085kg\r\n", 1_085_000, Stable),
            // Seven bits with parity.
            (Lines, &[0x53, 0xd4, 0xac, 0x47, 0x53, 0xac, 0x2b, 0x30, 0xb1, 0x2e, 0x35, 0x6b, 0xe7,
                      0x8d, 0x0a], 1_500_000, Stable),
            // MT-SICS reference manual.
            (Sics, b"S S     100.00 g\r\n", 100_000, Stable),
            (Sics, b"S D      99.87 g\r\n", 99_870, Moving),
            (Sics, b"S +\r\n", 0, Over),
            (Sics, b"S -\r\n", 0, Under),
            // OHAUS RS232 interface.
            (Ohaus, b"       12.73 g    ?\r\n", 12_730, Moving),
            (Ohaus, b"       12.72 g\r\n", 12_720, Stable),
            (Ohaus, b"       0.211 kg ?\r\n", 211_000, Moving),
            (Ohaus, b"-       0.05 kg      G\r\n", -50_000, Stable),
            // Wildcat, tables 6-8 to 6-11: A = three decimals, B = kg.
            (Toledo, b"\x02\x2d\x30\x20001085000000\r", 1_085_000, Stable),
            (Toledo, b"\x02\x2d\x38\x20001085000000\r", 1_085_000, Moving),
            (Toledo, b"\x02\x2d\x32\x20000050000000\r", -50_000, Stable),
            (Toledo, b"\x02\x2d\x34\x20000000000000\r", 0, Over),
            (Toledo, b"\x02\x2c\x20\x20  0150\r", 680_389, Stable),
            // Frames quoted of an XK3190: 1560 kg, and empty.
            (Yaohua, b"\x02+001560019\x03", 1_560_000_000, Untold),
            (Yaohua, b"\x02+00000001B\x03", 0, Untold),
            (Yaohua, b"\x02+00000001;\x03", 0, Untold),
            (Yaohua, b"wn0003.17kg\r\n", 3_170_000, Untold),
            (Yaohua, b"wn-003.17kg\r\n", -3_170_000, Untold),
            (Reversed, b"=580.1000=", 1_085_000, Untold),
            (Reversed, b"=50.000-=", -50_000, Untold),
        ];
        for (protocol, bytes, mass_mg, motion) in cases {
            let want = [Reading { mass_mg: *mass_mg, motion: *motion }];
            let text = String::from_utf8_lossy(bytes);
            assert_eq!(Decoder::new(*protocol).push(bytes), want, "{protocol:?} {text}");
            // Byte by byte, behind the rest of another.
            let mut decoder = Decoder::new(*protocol);
            assert_eq!(decoder.push(b"085kg\r\n"), [], "{protocol:?}");
            let read: Vec<_> = bytes.iter().flat_map(|byte| decoder.push(&[*byte])).collect();
            assert_eq!(read, want, "{protocol:?} {text}");
        }
    }

    #[test]
    fn noise_is_no_weight_and_takes_no_memory() {
        for (_, protocol) in Protocol::WORDS {
            let mut decoder = Decoder::new(protocol);
            for byte in 0..=255_u8 {
                let noise = [byte, byte.wrapping_mul(37), b'\r', 0x02, byte ^ 0x55, b'=', 0x03];
                let read = decoder.push(&noise.repeat(20));
                assert_eq!(read, [], "{protocol:?} {byte}");
                assert!(decoder.pending.len() <= PENDING_BYTES_MAX);
            }
        }
    }

    #[test]
    fn a_broken_checksum_is_no_weight() {
        assert_eq!(Decoder::new(Yaohua).push(b"\x02+001561019\x03\x02+001560019\x03").len(), 1);
    }
}
