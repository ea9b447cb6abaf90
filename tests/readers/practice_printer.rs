//! Any picture survives the way to paper: the practice printer, which shares no code with the
//! encoders, reads every byte of every language and comes to the same dots.

use crate::drawing::{WAYS, Way};
use label::{
    language::{Finish, Language, Media, Method, Options},
    raster::Bitmap,
    units::Head,
};
use practice::printer::{self, decode_strictly};
use std::num::NonZeroU16;

/// Numbers that look random and are the same every day.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ mixed >> 31) % sides
    }

    fn within(&mut self, most: i32) -> i32 {
        self.roll(2 * most as u64 + 1) as i32 - most
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.roll(all.len() as u64) as usize]
    }

    /// A picture of one of the kinds labels are made of, and of those that break encoders.
    fn picture(&mut self, width: i32, height: i32) -> Bitmap {
        let mut page = Bitmap::blank(width, height);
        let (stride, kind) = (page.stride_bytes as usize, self.roll(8));
        let (right, bottom) = (width as usize - 1, height as usize - 1);
        let dot = |page: &mut Bitmap, x: usize, y: usize| {
            page.bits[y * stride + x / 8] |= 0x80 >> (x % 8);
        };
        match kind {
            0 => {}
            1 => page.bits.fill(0xff),
            2 => {
                for (x, y) in [(0, 0), (right, 0), (0, bottom), (right, bottom)] {
                    dot(&mut page, x, y);
                }
            }
            3 => {
                for x in (0..=right).step_by(1 + self.roll(9) as usize) {
                    (0..=bottom).for_each(|y| dot(&mut page, x, y));
                }
            }
            4 => {
                for _ in 0..1 + self.roll(4) {
                    let (x, y) = (self.roll(width as u64), self.roll(height as u64));
                    dot(&mut page, x as usize, y as usize);
                }
            }
            5 => page.bits.iter_mut().for_each(|byte| *byte = self.roll(256) as u8),
            // What commands are made of, and what a printer may take for a question.
            6 => {
                let traps: [&[u8]; 6] = [
                    b"\x10\x04\x01",
                    b"\x10\x14\x02",
                    b"^XZ~JA",
                    b"\r\nPRINT\r\n",
                    b"\nP1\n",
                    b"\x1b@",
                ];
                for at in (0..page.bits.len()).step_by(7 + self.roll(9) as usize) {
                    let trap = self.one_of(&traps);
                    page.bits[at..].iter_mut().zip(trap).for_each(|(byte, trap)| *byte = *trap);
                }
            }
            _ => {
                for _ in 0..self.roll(40) {
                    let (x, y) =
                        (self.roll(width as u64) as usize, self.roll(height as u64) as usize);
                    let right = (x + self.roll(60) as usize).min(right);
                    for y in y..(y + self.roll(12) as usize).min(bottom + 1) {
                        (x..=right).for_each(|x| dot(&mut page, x, y));
                    }
                }
            }
        }
        let last = 0xff_u8 << (stride * 8 - width as usize);
        page.bits.chunks_exact_mut(stride).for_each(|row| row[stride - 1] &= last);
        page
    }

    fn options(&mut self, head: Head, way: Way) -> Options {
        let some = self.roll(2) == 0;
        let length_um = 1_000 + self.roll(5_000) as u32;
        let every = NonZeroU16::new(1 + self.roll(3) as u16).unwrap();
        Options {
            darkness: some.then(|| self.roll(256) as u8),
            speed: (!some).then(|| self.roll(256) as u8),
            head,
            graphics: way.graphics,
            offset: if some { (0, 0) } else { (self.within(20), self.within(20)) },
            upside_down: self.roll(3) == 0,
            media: self.one_of(&[
                None,
                Some(Media::Gap { length_um }),
                Some(Media::Mark { length_um }),
                Some(Media::Continuous),
            ]),
            finish: self.one_of(&[
                None,
                Some(Finish::Tear),
                Some(Finish::Peel),
                Some(Finish::Cut { every }),
                Some(Finish::Uncut),
            ]),
            method: self.one_of(&[None, Some(Method::Direct), Some(Method::Transfer)]),
            copies: NonZeroU16::new(1 + self.roll(3) as u16).unwrap(),
        }
    }
}

fn theirs(language: Language) -> printer::Language {
    match language {
        Language::Zpl => printer::Language::Zpl,
        Language::Tspl => printer::Language::Tspl,
        Language::Cpcl => printer::Language::Cpcl,
        Language::Epl => printer::Language::Epl,
        Language::EscPos => printer::Language::EscPos,
    }
}

/// Dot by dot; the paper may be wider than the picture, and is white there.
fn same(paper: &printer::Bitmap, ours: &Bitmap, language: Language) -> Result<(), String> {
    let wider = language == Language::EscPos && paper.width > ours.width;
    if (paper.width != ours.width && !wider) || paper.height != ours.height {
        return Err(format!("paper of {} × {}", paper.width, paper.height));
    }
    for y in 0..paper.height {
        if let Some(x) = (0..paper.width).find(|&x| paper.black(x, y) != ours.is_black(x, y)) {
            return Err(format!("another dot at {x}, {y}"));
        }
    }
    Ok(())
}

fn survives(dice: &mut Dice, head: Head, (width, height): (i32, i32), way: Way) {
    let (bitmap, options) = (dice.picture(width, height), dice.options(head, way));
    let bytes = way.language.encode(&bitmap, &options);
    let told = format!("{way:?} {width} × {height} {options:?}");
    let dots_per_mm = head.dots_per_m / 1_000;
    let labels = decode_strictly(&bytes, dots_per_mm, theirs(way.language))
        .unwrap_or_else(|faults| panic!("{told}: {faults:?}"));
    assert_eq!(labels.len(), usize::from(options.copies.get()), "{told}");
    let placed = options.placed(&bitmap);
    for label in &labels {
        same(label, &placed, way.language).unwrap_or_else(|why| panic!("{told}: {why}"));
    }
    // Told apart by its bytes alone, it is the same.
    assert!(printer::decode(&bytes, dots_per_mm) == labels, "{told}: taken for another language");
}

#[test]
fn any_picture_survives_in_every_language_with_every_option() {
    let mut dice = Dice(31);
    for round in 0..120 {
        // TSPL names its paper in tenths of a millimetre, which at 12 dots are not whole dots.
        let size = (1 + dice.roll(300) as i32, 1 + dice.roll(400) as i32);
        for way in WAYS {
            if round % 4 == 0 {
                survives(
                    &mut dice,
                    Head::DPMM_12,
                    (size.0 % 200 * 6 + 6, size.1 % 250 * 6 + 6),
                    way,
                );
            } else {
                survives(&mut dice, Head::DPMM_8, size, way);
            }
        }
    }
}

#[test]
fn the_largest_waybill_survives_full_of_ink() {
    let mut dice = Dice(37);
    for way in WAYS {
        for (head, size) in [(Head::DPMM_8, (800, 1_440)), (Head::DPMM_12, (1_200, 2_160))] {
            (0..3).for_each(|_| survives(&mut dice, head, size, way));
        }
    }
}

#[test]
fn a_printer_of_another_language_prints_nothing() {
    let bitmap = Dice(41).picture(160, 90);
    for way in WAYS {
        let bytes = way.language.encode(&bitmap, &Options::default());
        for other in Language::ALL.into_iter().filter(|other| *other != way.language) {
            let read = decode_strictly(&bytes, 8, theirs(other));
            assert!(read.is_err(), "{way:?} on a printer of {other:?}");
        }
    }
}

#[test]
fn what_a_printer_would_not_print_is_refused() {
    let bitmap = Dice(43).picture(160, 90);
    let encode = |language: Language| language.encode(&bitmap, &Options::default());
    let mut crc = encode(Language::Zpl);
    let end = crc.windows(3).rposition(|part| part == b"^FS").unwrap();
    crc[end - 4..end].fill(b'0');
    assert_eq!(
        decode_strictly(&crc, 8, printer::Language::Zpl),
        Err(vec!["graphic".to_owned()]),
        "a wrong CRC"
    );
    for language in Language::ALL {
        let bytes = encode(language);
        for cut in [bytes.len() / 3, bytes.len() / 2, bytes.len() - 12] {
            let read = decode_strictly(&bytes[..cut], 8, theirs(language));
            let printed = read.is_ok_and(|labels| !labels.is_empty());
            assert!(!printed, "{language:?} broken off at {cut} of {}", bytes.len());
        }
    }
}
