//! IPP printers over real sockets: what becomes of a label is asked, never guessed, and a label
//! whose end is not known is never sent again.

use scene::{
    Home,
    ipp::{IppPrinter, Plan},
    orders_csv,
};
use station::{
    print::{Address, Port, Standing, ipp::IppPort, open::open},
    view::{JobState, PrinterState},
};
use std::{io, time::Duration};

const LONG: Duration = Duration::from_secs(30);
const ZPL: &str = "application/vnd.zebra-zpl";

async fn within<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(LONG, what).await.expect("in time")
}

async fn port(printer: &IppPrinter) -> Box<dyn Port> {
    let address: Address = printer.address().parse().expect("an address");
    let mut port = within(open(address, None)).await.expect("opens");
    port.labels_are(ZPL);
    port
}

fn label() -> Vec<u8> {
    (0..50_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect()
}

#[tokio::test]
async fn a_label_is_followed_to_its_end() {
    let printer = IppPrinter::start().expect("up");
    let mut port = port(&printer).await;
    assert!(port.tells() && port.follows() && !port.answers());
    printer.mood().job = (5, vec!["job-printing"], "");
    within(port.write_label("packbench-1", &label())).await.expect("taken");
    let arrived = printer.arrived();
    assert_eq!(arrived.len(), 1);
    assert_eq!((arrived[0].name.as_str(), arrived[0].format.as_str()), ("packbench-1", ZPL));
    assert!(arrived[0].bytes == label());
    let told = within(port.told()).await.expect("answers").expect("tells");
    assert_eq!((told.standing, told.waiting), (Standing::Well, Some(1)));
    printer.mood().job = (6, vec!["printer-stopped"], "");
    printer.mood().printer = (5, vec!["media-empty-error", "paused"], "load labels");
    let told = within(port.told()).await.expect("answers").expect("tells");
    assert_eq!((told.standing, told.waiting), (Standing::PaperOut, Some(1)));
    assert_eq!(told.words, "load labels (media-empty-error, paused)");
    printer.mood().job = (9, vec!["job-completed-successfully"], "");
    printer.mood().printer = (3, vec!["media-low-warning"], "");
    let told = within(port.told()).await.expect("answers").expect("tells");
    assert_eq!((told.standing, told.waiting), (Standing::Well, Some(0)));
}

#[tokio::test]
async fn a_label_that_came_to_nothing_is_told_in_the_printers_words() {
    for (state, reasons, message, words) in [
        (8, vec!["document-format-error"], "line 3", "aborted: line 3 (document-format-error)"),
        (7, vec!["job-canceled-at-device"], "", "canceled: job-canceled-at-device"),
        (9, vec!["job-completed-with-errors"], "", "job-completed-with-errors"),
    ] {
        let printer = IppPrinter::start().expect("up");
        let mut port = port(&printer).await;
        printer.mood().job = (state, reasons, message);
        within(port.write_label("l", b"^XA^XZ")).await.expect("taken");
        let why = within(port.told()).await.expect_err("came to nothing");
        assert_eq!(why.to_string(), words);
    }
}

#[tokio::test]
async fn what_was_refused_was_not_sent_and_what_was_cut_may_have_been() {
    let printer = IppPrinter::start().expect("up");
    let mut port = port(&printer).await;
    let cases = [
        (Plan::Refuse(0x040a), 0, "not now (client-error-document-format-not-supported)"),
        (Plan::Refuse(0x0506), 0, "not now (server-error-not-accepting-jobs)"),
        (Plan::Forbid, 0, "HTTP 403 Forbidden"),
        (Plan::Cut, label().len(), ""),
    ];
    for (plan, sent, words) in cases {
        printer.mood().plan = [plan].into();
        let broken = within(port.write_label("l", &label())).await.expect_err("broken");
        assert_eq!(broken.sent, sent, "{plan:?}: {broken}");
        assert!(broken.why.to_string().contains(words), "{plan:?}: {broken}");
    }
    // Busy is asked again at once, since it took nothing.
    printer.mood().plan = [Plan::Refuse(0x0507), Plan::Refuse(0x0507), Plan::Take].into();
    within(port.write_label("l", &label())).await.expect("taken at last");
}

#[tokio::test]
async fn a_label_without_an_answer_is_given_up_and_not_sent_again() {
    let printer = IppPrinter::start().expect("up");
    let address = printer.address();
    let (at, path) = address[6..].split_at(address[6..].find('/').expect("a path"));
    let port = within(IppPort::open(at, path)).await.expect("opens");
    let mut port = port.patient(Duration::from_millis(300));
    printer.mood().plan = [Plan::Silence].into();
    let broken = within(port.write_label("l", &label())).await.expect_err("no answer");
    assert_eq!((broken.sent, broken.why.kind()), (label().len(), io::ErrorKind::TimedOut));
    assert_eq!(printer.arrived().len(), 1);
}

#[tokio::test]
async fn an_ipp_printer_that_is_none_is_named() {
    let (host, path) = ("ipp://127.0.0.1:1", "/ipp/print");
    let address: Address = format!("{host}{path}").parse().expect("an address");
    let why = within(open(address, None)).await.err().expect("nobody listens");
    assert!(why.to_string().contains("127.0.0.1:1"), "{why}");
}

#[tokio::test]
async fn a_day_with_an_ipp_printer() {
    let printer = IppPrinter::start().expect("up");
    printer.mood().formats = vec![ZPL];
    let home = Home::on_printer(&printer.address(), "zpl");
    let scene = home.open_real().await.expect("opens");
    printer.mood().printer = (5, vec!["cover-open-error"], "");
    let running = scene.station.run();
    scene.import(&orders_csv(2)).await.expect("imports");
    let ids = scene.ship_all().await.expect("ships");
    let told = async |state| {
        let mut changed = scene.station.changed();
        while scene.status().printers[0].state != state {
            within(changed.changed()).await.expect("the station runs");
        }
    };
    told(PrinterState::HeadOpen).await;
    assert_eq!(scene.status().printers[0].error, "cover-open-error");
    assert_eq!(printer.arrived().len(), 0, "nothing for a printer that stands still");
    printer.mood().job = (8, vec!["aborted-by-system"], "");
    printer.mood().printer = (3, vec!["none"], "");
    within(printer.await_arrived(2)).await;
    within(scene.station.settled(&ids, true)).await.expect("settles");
    assert_eq!(printer.arrived().len(), 2, "each once, and never again by itself");
    for id in ids {
        let job = &scene.station.detail(id).expect("detail").jobs[0];
        assert_eq!(job.state, JobState::Unknown);
        assert!(job.error.contains("aborted: aborted-by-system"), "{}", job.error);
    }
    running.stop().await;
}
