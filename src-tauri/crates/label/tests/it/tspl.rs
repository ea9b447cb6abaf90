//! Reads the TSPL this project writes: lines, and `BITMAP` by its counts. Panics on anything else.

use label::raster::Bitmap;

/// The dots of the one label in `bytes`.
pub fn decode(bytes: &[u8], width: u32, height: u32) -> Bitmap {
    let mut page = Bitmap::blank(width as i32, height as i32);
    let (mut rest, mut printed) = (bytes, 0);
    while !rest.is_empty() {
        if let Some(field) = rest.strip_prefix(b"BITMAP ") {
            rest = lay(&mut page, field);
            continue;
        }
        let end = rest.windows(2).position(|two| two == b"\r\n").expect("a whole line");
        let line = std::str::from_utf8(&rest[..end]).unwrap();
        rest = &rest[end + 2..];
        match line.split(' ').next().unwrap() {
            "PRINT" => {
                assert_eq!(line, "PRINT 1,1");
                printed += 1;
            }
            "SIZE" | "GAP" | "DIRECTION" | "REFERENCE" | "SET" | "DENSITY" | "SPEED" | "CLS" => {}
            other => panic!("command {other}"),
        }
    }
    assert_eq!(printed, 1);
    page
}

fn lay<'a>(page: &mut Bitmap, field: &'a [u8]) -> &'a [u8] {
    let mut parts = field.splitn(6, |&byte| byte == b',');
    let mut number = || {
        let part = std::str::from_utf8(parts.next().unwrap()).unwrap();
        part.parse::<usize>().unwrap()
    };
    let (x, y, width, height, mode) = (number(), number(), number(), number(), number());
    assert_eq!((x % 8, mode), (0, 0));
    let (data, rest) = parts.next().unwrap().split_at(width * height);
    for (row, bytes) in data.chunks_exact(width).enumerate() {
        for (column, byte) in bytes.iter().enumerate() {
            page.bits[(y + row) * page.stride_bytes as usize + x / 8 + column] = !byte;
        }
    }
    rest.strip_prefix(b"\r\n").expect("the line ends after its data")
}
