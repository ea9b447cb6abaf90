//! The bytes of one small label in every language, read by a person against the vendors' manuals;
//! and answers of printers nobody has met.

use label::{
    language::{Finish, Graphics, Language, Media, Method, Options},
    raster::Bitmap,
};
use std::num::NonZeroU16;

/// Sixteen dots by three: `####...........#`, blank, `#.#.#.#.........`.
fn small() -> Bitmap {
    let mut page = Bitmap::blank(16, 3);
    page.bits.copy_from_slice(&[0xf0, 0x01, 0x00, 0x00, 0xaa, 0x00]);
    page
}

/// Every option that says something.
fn all_said() -> Options {
    Options {
        darkness: Some(8),
        speed: Some(4),
        graphics: Graphics::Acs,
        media: Some(Media::Mark { length_um: 3_000 }),
        finish: Some(Finish::Cut { every: NonZeroU16::new(2).unwrap() }),
        method: Some(Method::Transfer),
        copies: NonZeroU16::new(3).unwrap(),
        ..Options::default()
    }
}

fn is(language: Language, options: &Options, want: &[u8]) {
    let got = language.encode(&small(), options);
    assert_eq!(got, want, "{language:?}\n{}\n{}", got.escape_ascii(), want.escape_ascii());
}

#[test]
fn the_bytes_of_a_label_are_these() {
    let plain = Options::default();
    let acs = Options { graphics: Graphics::Acs, ..plain };
    is(
        Language::Zpl,
        &acs,
        b"^XA^JZY^PW16^LL3^LH0,0^PON^LRN^FO0,0^GFA,6,6,2,FH01,HA,^FS^PQ1^XZ\r\n",
    );
    let binary = Options { graphics: Graphics::Binary, ..plain };
    is(
        Language::Zpl,
        &binary,
        b"^XA^JZY^PW16^LL3^LH0,0^PON^LRN^FO0,0^GFB,6,6,2,\xf0\x01\x00\x00\xaa\x00^FS^PQ1^XZ\r\n",
    );
    // 0 is black.
    is(
        Language::Tspl,
        &plain,
        b"SIZE 2.0 mm,0.4 mm\r\nGAP 2.0 mm,0 mm\r\nDIRECTION 1,0\r\nREFERENCE 0,0\r\n\
          SET REPRINT ON\r\nCLS\r\nBITMAP 0,0,2,3,0,\x0f\xfe\xff\xff\x55\xff\r\nPRINT 1,1\r\n",
    );
    // 1 is black.
    is(
        Language::Cpcl,
        &plain,
        b"! 0 200 200 3 1\r\nPAGE-WIDTH 16\r\nCG 2 3 0 0 \xf0\x01\x00\x00\xaa\x00\r\n\
          FORM\r\nPRINT\r\n",
    );
    // 0 is black.
    is(
        Language::Epl,
        &plain,
        b"\nN\nq16\nQ3,16\nZT\nR0,0\nGW0,0,2,3,\x0f\xfe\xff\xff\x55\xff\nP1\n",
    );
    // 1 is black; the last row is short by its blank byte, or the whole would be longer.
    is(
        Language::EscPos,
        &plain,
        b"\x1b@\x1dv0\x00\x02\x00\x03\x00\xf0\x01\x00\x00\xaa\x00\x1bd\x03",
    );
}

#[test]
fn options_are_said_in_each_languages_words() {
    let all = all_said();
    is(
        Language::Zpl,
        &all,
        b"~SD08^XA^JZY^PW16^LL3^LH0,0^PON^LRN^PR4^MNM^MTT^MMC\
          ^FO0,0^GFA,6,6,2,FH01,HA,^FS^PQ3,2,0,Y^XZ\r\n",
    );
    is(
        Language::Tspl,
        &all,
        b"SIZE 2.0 mm,0.4 mm\r\nBLINE 3.0 mm,0 mm\r\nDIRECTION 1,0\r\nREFERENCE 0,0\r\n\
          SET REPRINT ON\r\nDENSITY 8\r\nSPEED 4\r\nSET RIBBON ON\r\nSET PEEL OFF\r\n\
          SET CUTTER 2\r\nCLS\r\nBITMAP 0,0,2,3,0,\x0f\xfe\xff\xff\x55\xff\r\nPRINT 1,3\r\n",
    );
    is(
        Language::Cpcl,
        &all,
        b"! 0 200 200 3 3\r\nPAGE-WIDTH 16\r\nBAR-SENSE\r\nTONE 8\r\nSPEED 4\r\n\
          CG 2 3 0 0 \xf0\x01\x00\x00\xaa\x00\r\nCUT\r\nFORM\r\nPRINT\r\n",
    );
    is(
        Language::Epl,
        &all,
        b"\nN\nq16\nQ3,B24\nD8\nS4\nZT\nR0,0\nOC2\n\
          GW0,0,2,3,\x0f\xfe\xff\xff\x55\xff\nP3\n",
    );
    let row = b"\x1dv0\x00\x02\x00\x03\x00\xf0\x01\x00\x00\xaa\x00";
    let mut escpos = b"\x1b@\x1d(K\x02\x00\x31\x02\x1d(K\x02\x00\x32\x04".to_vec();
    escpos.extend(
        [&row[..], b"\x1d\x0c", row, b"\x1d\x0c\x1dVB\x00", row, b"\x1d\x0c\x1dVB\x00"].concat(),
    );
    is(Language::EscPos, &all, &escpos);
    let peeled = Options { finish: Some(Finish::Peel), method: Some(Method::Direct), ..all };
    let has = |language: Language, part: &[u8]| {
        let bytes = language.encode(&small(), &peeled);
        assert!(bytes.windows(part.len()).any(|at| at == part), "{}", bytes.escape_ascii());
    };
    has(Language::Zpl, b"^MTD^MMP");
    has(Language::Tspl, b"SET RIBBON OFF\r\nSET CUTTER OFF\r\nSET PEEL ON\r\n");
    has(Language::Epl, b"OP,D\n");
}

#[test]
fn a_label_that_stays_on_the_strip_runs_no_cutter() {
    let every = NonZeroU16::MIN;
    let bytes = |language: Language, finish| {
        let options = Options { finish: Some(finish), ..Options::default() };
        language.encode(&small(), &options)
    };
    let has = |bytes: &[u8], part: &[u8]| bytes.windows(part.len()).any(|at| at == part);
    let words: [(Language, &[u8], &[u8]); 5] = [
        (Language::Zpl, b"^MMC", b"^MMT"),
        (Language::Tspl, b"SET CUTTER 1\r\n", b"SET CUTTER OFF\r\n"),
        (Language::Cpcl, b"CUT\r\n", b"PRINT\r\n"),
        (Language::Epl, b"OC1,D\n", b"OD\n"),
        // Nothing is fed between two labels of a strip.
        (Language::EscPos, b"\x1dVB\x00", b"\x1bd\x00"),
    ];
    for (language, cuts, stays) in words {
        let (cut, uncut) = (bytes(language, Finish::Cut { every }), bytes(language, Finish::Uncut));
        assert!(has(&cut, cuts), "{language:?} {}", cut.escape_ascii());
        assert!(has(&uncut, stays), "{language:?} {}", uncut.escape_ascii());
        assert!(!has(&uncut, cuts), "{language:?} {}", uncut.escape_ascii());
    }
}

#[test]
fn data_that_look_like_the_drawer_are_announced() {
    let mut page = small();
    page.bits[..2].copy_from_slice(&[0x10, 0x14]);
    let bytes = Language::EscPos.encode(&page, &Options::default());
    assert!(bytes.starts_with(b"\x1b@\x1d(D\x05\x00\x14\x01\x00\x02\x00\x1dv0"));
}

/// Numbers that look random and are the same every day.
fn dice(seed: u64) -> impl FnMut(u64) -> u64 {
    let mut state = seed;
    move |sides| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (state ^ state >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ mixed >> 31) % sides
    }
}

/// What answers are made of, so that random ones come near to true ones.
const PIECES: [&[u8]; 18] = [
    b"\x02030,0,0,1040,000,0,0,0,000,0,0,0\x03\r\n",
    b"\x02001,0,0,0,1,2,6,0,00000000,1,000\x03\r\n",
    b"\x021234,0\x03\r\n",
    b"ERRORS: 1 00000000 00000001\r\n",
    b"WARNINGS: 0 00000000 00000000\r\n\x03",
    b"\"1234\"",
    b"\x02@@@@\x03\r\n",
    b"00\r\n",
    b"07,11\r\n",
    b"\x06",
    b"\x15",
    b"\x37\x220001\x00",
    b"\x12\x12\x12\x12",
    b"99999999999999999999",
    b"\x02",
    b"\x03",
    b",",
    b"\xe5\x9b\xbd\xff",
];

#[test]
fn no_answer_of_any_printer_breaks_a_reader() {
    let mut roll = dice(47);
    let mut read = [0; Language::ALL.len()];
    for _ in 0..40_000 {
        let mut answer = Vec::new();
        for _ in 0..roll(8) {
            if roll(3) == 0 {
                answer.extend((0..roll(12)).map(|_| roll(256) as u8));
            } else {
                let at = roll(PIECES.len() as u64) as usize;
                let run = if roll(2) == 0 { &PIECES[at..] } else { &PIECES[at..=at] };
                let run = run.iter().take(3).copied().collect::<Vec<_>>().concat();
                let cut = if roll(3) == 0 { roll(run.len() as u64) as usize } else { 0 };
                answer.extend(&run[..run.len() - cut]);
            }
        }
        for (count, language) in read.iter_mut().zip(Language::ALL) {
            let status = language.read_status(&answer);
            *count += usize::from(status.is_some());
            // What is whole is read; a lone byte of TSPL and receipts of EPL2 are read, too.
            assert!(
                !language.status_whole(&answer) || status.is_some() || language != Language::Epl
            );
            let _ = language.fallback_check()(&answer);
        }
        let id = roll(65_536) as u16;
        assert!(!Language::is_proof(&answer, id) || Language::proof_whole(&answer));
        let _ = Language::read_odometer(&answer);
    }
    assert!(read.iter().all(|&count| count > 100), "too few were answers: {read:?}");
}
