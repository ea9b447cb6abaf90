//! Unknown printers asked what they are, over a real socket: what is understood of makers' answers,
//! and that nothing of a question stays behind to be printed.

#![allow(clippy::unwrap_used, reason = "a test; clippy sees only the functions marked so")]

use station::{
    print::{open::open, probe::probe},
    view::{ProbeView, Proof},
};
use std::sync::{Arc, Mutex};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

/// What a make answers, question by question, as its manual has it. A question without an answer
/// is understood all the same.
type Make = &'static [(&'static [u8], &'static [u8])];

const RESET: (&[u8], &[u8]) = (b"\x1b@\r\n", b"");

/// A Link-OS Zebra.
const ZEBRA: Make = &[
    (b"~HI", b"\x02ZD421-203dpi ZPL,V93.21.15Z,8,8192KB,X\x03\r\n"),
    (
        b"~HS",
        b"\x02030,0,0,1040,000,0,0,0,000,0,0,0\x03\r\n\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n",
    ),
    (b"! U1 getvar \"odometer.total_label_count\"\r\n", b"\"10437\""),
    (b"\x1bh", b"\x00"),
];
/// An older Zebra, which knows no `odometer`.
const OLD_ZEBRA: Make = &[
    (b"~HI", b"\x02LP2844-Z-200dpi,V45.11.7ZA,12,512KB\x03\r\n"),
    (b"~HS", ZEBRA[1].1),
    (b"! U1 getvar \"odometer.total_label_count\"\r\n", b"\"?\""),
];
/// A TSC.
const TSC: Make =
    &[(b"\x1b!?", b"\x00"), (b"\x1b!S", b"\x02@@@@\x03\r\n"), (b"~!T\r\n", b"TTP-244 Pro\r")];
/// A printer that reads TSPL and answers one question only.
const CLONE: Make = &[(b"\x1b!?", b"\x04")];
/// An Epson.
const EPSON: Make = &[
    (b"\x10\x04\x01", b"\x16"),
    (b"\x1dI\x43", b"_TM-T88VI\0"),
    (b"\x1d(H\x06\x0000PACK", b"\x37\x22PACK\0"),
    RESET,
];
/// A receipt printer of another maker: its state and no more.
const RECEIPT: Make = &[(b"\x10\x04\x01", b"\x12"), RESET];
/// A printer that takes everything and says nothing.
const MUTE: Make = &[RESET];

/// A printer of a make; gives what it was asked that it does not know.
async fn printer(make: Make) -> (String, Arc<Mutex<Vec<u8>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("tcp://{}", listener.local_addr().unwrap());
    let left = Arc::new(Mutex::new(Vec::new()));
    let line = Arc::clone(&left);
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut chunk = [0; 1_024];
        while let Ok(count @ 1..) = stream.read(&mut chunk).await {
            let mut answer = Vec::new();
            {
                let mut line = line.lock().unwrap();
                line.extend_from_slice(&chunk[..count]);
                // Each question comes alone: its answer is waited for.
                if let Some((question, said)) = make.iter().find(|(one, _)| line.ends_with(one)) {
                    let rest = line.len() - question.len();
                    // A reset empties the line that would be printed.
                    line.truncate(if *question == RESET.0 { 0 } else { rest });
                    answer.extend_from_slice(said);
                }
            }
            stream.write_all(&answer).await.unwrap();
        }
    });
    (address, left)
}

async fn probed(make: Make) -> (ProbeView, Vec<u8>) {
    let (address, left) = printer(make).await;
    let mut port = open(address.parse().unwrap(), None).await.unwrap();
    let view = probe(&address, &mut *port, None).await.unwrap();
    // The last question may still be on its way.
    drop(port);
    let left = left.lock().unwrap().clone();
    (view, left)
}

/// A make, its model, its languages, the dots of its head, and what it proves.
type Case = (Make, &'static str, &'static [&'static str], Option<u32>, Proof);

#[tokio::test]
async fn makes_are_known_by_their_answers() {
    let cases: [Case; 7] = [
        (ZEBRA, "ZD421-203dpi ZPL", &["zpl", "cpcl"], Some(8_000), Proof::Paper),
        (OLD_ZEBRA, "LP2844-Z-200dpi", &["zpl"], Some(11_811), Proof::State),
        (TSC, "TTP-244 Pro", &["tspl"], None, Proof::State),
        (CLONE, "", &["tspl"], None, Proof::State),
        (EPSON, "TM-T88VI", &["escpos"], None, Proof::Paper),
        (RECEIPT, "", &["escpos"], None, Proof::State),
        (MUTE, "", &[], None, Proof::Silent),
    ];
    let asked = cases.map(|(make, model, languages, dots, proof)| {
        tokio::spawn(async move {
            let (view, _) = probed(make).await;
            assert_eq!(view.model, model);
            assert_eq!(view.languages, languages, "{model}");
            assert_eq!((view.head_dots_per_m, view.proof), (dots, proof), "{model}");
            assert!(!view.heard.is_empty());
        })
    });
    for one in asked {
        one.await.unwrap();
    }
}

#[tokio::test]
async fn nothing_is_left_to_be_printed() {
    // It knows no question but the reset: what stays in its line is what it would print.
    let (_, left) = probed(MUTE).await;
    assert!(left.is_empty(), "{left:?}");
    let (_, left) = probed(EPSON).await;
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test]
async fn the_practice_printer_is_known() {
    use practice::printer::{Options, Printer};
    let printer = Printer::start(Options::default()).await.unwrap();
    let address = format!("tcp://127.0.0.1:{}", printer.port());
    let mut port = open(address.parse().unwrap(), None).await.unwrap();
    let view = probe(&address, &mut *port, None).await.unwrap();
    assert!(view.languages.contains(&"zpl".to_owned()), "{view:?}");
    assert!(view.proof >= Proof::State, "{view:?}");
    assert_eq!(view.head_dots_per_m, Some(8_000));
    assert_eq!(printer.total(), 0, "nothing printed");
}
