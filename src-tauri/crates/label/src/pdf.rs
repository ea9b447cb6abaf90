//! Bitmaps as a PDF for office printers and for sending: every page is one picture of one bit a
//! dot, as large on paper as on its head, so that the paper shows the dots of the preview. Written
//! by hand: it is four kinds of object (ISO 32000-1, 7.5 and 8.9.5), all of them here.

use crate::{preview::zlib, raster::Bitmap, units::Head};
use std::io::Write as _;

/// Points (1/72 inch) in ten thousandths of a length in dots.
fn points(dots: u32, head: Head) -> String {
    // 254 ten thousandths of a metre an inch; rounded to the nearest.
    let halves = u64::from(dots) * 7_200_000_000 / (u64::from(head.dots_per_m) * 127);
    let ten_thousandths = halves.div_ceil(2);
    format!("{}.{:04}", ten_thousandths / 10_000, ten_thousandths % 10_000)
}

/// A file being written, and where its objects start.
struct File {
    bytes: Vec<u8>,
    starts: Vec<usize>,
}

impl File {
    fn put(&mut self, text: &str) {
        self.bytes.extend(text.as_bytes());
    }

    /// The next object; they are numbered from 1 in the order of writing.
    fn object(&mut self, body: &str) {
        self.starts.push(self.bytes.len());
        let number = self.starts.len();
        self.put(&format!("{number} 0 obj\n{body}\nendobj\n"));
    }

    fn stream(&mut self, entries: &str, data: &[u8]) {
        self.starts.push(self.bytes.len());
        let (number, length) = (self.starts.len(), data.len());
        self.put(&format!("{number} 0 obj\n<< {entries} /Length {length} >>\nstream\n"));
        self.bytes.extend(data);
        self.put("\nendstream\nendobj\n");
    }
}

/// One PDF of `pages`, all drawn for `head`.
///
/// # Panics
/// Never: writing into memory cannot fail.
pub fn pdf(pages: &[Bitmap], head: Head) -> Vec<u8> {
    // The second line's high bytes tell programs that this is not text (7.5.2).
    let mut file = File { bytes: b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n".to_vec(), starts: Vec::new() };
    file.object("<< /Type /Catalog /Pages 2 0 R >>");
    // A page, its drawing and its picture follow each other.
    let kids: Vec<String> = (0..pages.len()).map(|at| format!("{} 0 R", 3 + 3 * at)).collect();
    let count = pages.len();
    file.object(&format!("<< /Type /Pages /Kids [{}] /Count {count} >>", kids.join(" ")));
    for (at, page) in pages.iter().enumerate() {
        let (drawing, picture) = (4 + 3 * at, 5 + 3 * at);
        let (width, height) = (points(page.width, head), points(page.height, head));
        file.object(&format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] \
             /Resources << /XObject << /Dots {picture} 0 R >> >> /Contents {drawing} 0 R >>"
        ));
        file.stream("", format!("{width} 0 0 {height} 0 0 cm /Dots Do").as_bytes());
        // 1 is black in a bitmap and white in DeviceGray: /Decode turns it.
        let entries = format!(
            "/Type /XObject /Subtype /Image /Width {} /Height {} /ColorSpace /DeviceGray \
             /BitsPerComponent 1 /Decode [1 0] /Interpolate false /Filter /FlateDecode",
            page.width, page.height
        );
        file.stream(&entries, &zlib(&page.bits, 6));
    }
    let (start, size) = (file.bytes.len(), file.starts.len() + 1);
    file.put(&format!("xref\n0 {size}\n0000000000 65535 f \n"));
    for start in std::mem::take(&mut file.starts) {
        writeln!(file.bytes, "{start:010} 00000 n ").expect("memory takes everything");
    }
    file.put(&format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"));
    file.bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_of_the_paper() {
        // 76 mm and 210 mm are 215.4331 and 595.2756 points.
        assert_eq!(points(608, Head::DPMM_8), "215.4331");
        assert_eq!(points(912, Head::DPMM_12), "215.4331");
        assert_eq!(points(1_680, Head::DPMM_8), "595.2756");
    }
}
