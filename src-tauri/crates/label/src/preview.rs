//! A bitmap as a PNG for the screen, one bit a dot, as the printer gets it. Written by hand: it is
//! three chunks (PNG specification, W3C, parts 5 and 11), and the usual crate writes eight bits
//! a dot and brings 25 others.

use crate::raster::Bitmap;
use flate2::{Compress, Compression, Crc, FlushCompress};

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The picture of `bitmap`: greyscale of one bit, black as printed.
pub fn png(bitmap: &Bitmap) -> Vec<u8> {
    let mut head = Vec::with_capacity(13);
    head.extend(bitmap.width.to_be_bytes());
    head.extend(bitmap.height.to_be_bytes());
    // Depth 1, greyscale, deflate, adaptive filters, not interlaced.
    head.extend([1, 0, 0, 0, 0]);

    let stride = bitmap.stride_bytes as usize;
    let mut rows = Vec::with_capacity(bitmap.bits.len() + bitmap.height as usize);
    for row in bitmap.bits.chunks_exact(stride.max(1)) {
        rows.push(0); // no filter
        rows.extend(row.iter().map(|byte| !byte));
    }

    let mut out = SIGNATURE.to_vec();
    chunk(&mut out, b"IHDR", &head);
    chunk(&mut out, b"IDAT", &zlib(&rows, 6));
    chunk(&mut out, b"IEND", &[]);
    out
}

/// Length, kind, data and their CRC.
fn chunk(out: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    out.extend((data.len() as u32).to_be_bytes());
    out.extend(kind);
    out.extend(data);
    let mut crc = Crc::new();
    crc.update(kind);
    crc.update(data);
    out.extend(crc.sum().to_be_bytes());
}

/// `data` as one zlib stream.
pub(crate) fn zlib(data: &[u8], level: u32) -> Vec<u8> {
    // Room for the worst case (stored blocks), so one call ends the stream.
    let mut out = Vec::with_capacity(data.len() + data.len() / 1000 + 64);
    Compress::new(Compression::new(level), true)
        .compress_vec(data, &mut out, FlushCompress::Finish)
        .expect("deflating into memory with enough room cannot fail");
    out
}
