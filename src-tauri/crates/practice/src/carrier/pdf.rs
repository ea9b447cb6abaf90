//! The label as SF's cloud print would draw it: a PDF page of 76 × 130 mm with a picture of bars
//! and a line of text.

use super::template;
use std::fmt::Write;

/// 76 and 130 mm in points.
const PAGE: (f32, f32) = (215.43, 368.50);

/// The file; `None` if the number cannot be bars.
pub fn label(no: &str, mark: &str) -> Option<Vec<u8>> {
    let bars = template::bars(no)?;
    let (width, height) = bars.dimensions();
    // Two dots of a head with 8 dots a millimetre for each module.
    let points = width as f32 * 2.0 / 8.0 * 72.0 / 25.4;
    let mark: String = mark.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let draw = format!(
        "q {points:.3} 0 0 56.69 {left:.3} 170 cm /Bars Do Q\n\
         BT /F1 11 Tf 60 154 Td ({no}) Tj ET\nBT /F1 26 Tf 14 320 Td ({mark}) Tj ET\n",
        left = (PAGE.0 - points) / 2.0,
    );
    let (page_width, page_height) = PAGE;
    let parts: [Vec<u8>; 6] = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {page_width} {page_height}]/Contents 4 0 R\
             /Resources<</XObject<</Bars 5 0 R>>/Font<</F1 6 0 R>>>>>>"
        )
        .into_bytes(),
        stream(&format!("<</Length {}>>", draw.len()), draw.as_bytes()),
        stream(
            &format!(
                "<</Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 8\
                 /ColorSpace/DeviceGray/Length {}>>",
                bars.as_raw().len()
            ),
            bars.as_raw(),
        ),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold>>".to_vec(),
    ];
    Some(file(&parts))
}

fn stream(head: &str, body: &[u8]) -> Vec<u8> {
    [head.as_bytes(), b"\nstream\n", body, b"\nendstream"].concat()
}

/// Objects 1, 2, … with their table.
fn file(parts: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", parts.len() + 1);
    for (nth, part) in parts.iter().enumerate() {
        // Writing to a text cannot fail.
        let _ = writeln!(table, "{:010} 00000 n ", out.len());
        out.extend(format!("{} 0 obj\n", nth + 1).into_bytes());
        out.extend(part);
        out.extend(b"\nendobj\n");
    }
    let at = out.len();
    let size = parts.len() + 1;
    out.extend(
        format!("{table}trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n").bytes(),
    );
    out
}
