//! The practice printer as a server of its own: one line out for each thing that happens, one line
//! in for each thing to switch. The lines are for programs; nothing here is a sentence.

use super::{Event, Options, Printer, RunningPrinter};
use std::io;
use tokio::{
    io::{AsyncBufRead, AsyncBufReadExt},
    sync::broadcast::error::RecvError,
};

/// Runs a printer until the line `quit` or a lost port. `tell` gets `listening PORT` first, then
/// one line an event. `orders` may hold `name=value` faults, `refill`, `unknown` and `quit`; its
/// end changes nothing.
///
/// # Errors
/// The port cannot be had.
pub async fn serve(
    options: Options,
    orders: impl AsyncBufRead + Unpin,
    mut tell: impl FnMut(&str),
) -> io::Result<()> {
    let printer = Printer::start(options).await?;
    let mut events = printer.events();
    tell(&format!("listening {}", printer.port()));
    let mut orders = Some(orders.lines());
    loop {
        let order = async {
            match &mut orders {
                Some(lines) => lines.next_line().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            event = events.recv() => match event {
                Ok(event) => tell(&line(&event)),
                Err(RecvError::Lagged(count)) => tell(&format!("missed {count}")),
                Err(RecvError::Closed) => break,
            },
            order = order => match order.unwrap_or_default().as_deref().map(str::trim) {
                None => orders = None,
                Some("quit") => break,
                Some(order) => tell(&obey(&printer, order)),
            },
        }
    }
    printer.stop().await;
    Ok(())
}

fn obey(printer: &RunningPrinter, order: &str) -> String {
    match order {
        "refill" => printer.refill(),
        "unknown" => return format!("unknown {:?}", printer.unknown()),
        fault => {
            let mut faults = printer.faults();
            if faults.apply(fault).is_err() {
                return format!("refused {fault}");
            }
            printer.set(faults);
        }
    }
    format!("done {order}")
}

fn line(event: &Event) -> String {
    match event {
        Event::Connected => "connected".to_owned(),
        Event::Closed => "closed".to_owned(),
        Event::Accepted { copies } => format!("accepted copies={copies}"),
        Event::Asked { question, answered } => {
            format!("asked question={question:?} answered={answered}")
        }
        Event::Printed { seq } => format!("printed seq={seq}"),
        Event::PaperOut => "paper_out".to_owned(),
        Event::Interrupted { again } => format!("interrupted again={again}"),
        Event::Cancelled => "cancelled".to_owned(),
        Event::Reset => "reset".to_owned(),
        Event::BadGraphic => "bad_graphic".to_owned(),
        Event::Unknown { name } => format!("unknown name={name:?}"),
        Event::Measured => "measured".to_owned(),
        Event::FileFailed { why } => format!("file_failed why={why:?}"),
    }
}
