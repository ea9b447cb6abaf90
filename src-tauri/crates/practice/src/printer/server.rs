//! The socket: one sender at a time, as the real ones; others wait in the system's queue.

use super::{
    machine::Machine,
    reader::{Item, Question, Reader},
    state::{Event, State},
};
use std::{io, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::timeout,
};

/// Bytes taken from the socket at once.
const CHUNK_BYTES: usize = 4_096;
/// A sender that does not take its answer for so long does not get it.
const ANSWER_TIME: Duration = Duration::from_secs(2);
/// After a failed `accept` (out of file handles) the next try waits.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Serves sender after sender for ever.
pub(super) async fn serve(listener: TcpListener, machine: Arc<Machine>, dots_per_mm: u32) {
    let mut reader = Reader::new(dots_per_mm);
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(_) => {
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        machine.change(|state| state.tell(Event::Connected));
        // A sender that breaks off is everyday business; what it left unfinished is forgotten.
        let _ = one_sender(stream, &machine, &mut reader, dots_per_mm).await;
        reader.forget_unfinished();
        machine.change(|state| {
            state.partial = false;
            state.tell(Event::Closed);
        });
    }
}

async fn one_sender(
    mut stream: TcpStream,
    machine: &Machine,
    reader: &mut Reader,
    dots_per_mm: u32,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut chunk = [0; CHUNK_BYTES];
    loop {
        machine.until(|state| (!state.faults().stall).then_some(())).await;
        let count = stream.read(&mut chunk).await?;
        if count == 0 {
            return Ok(());
        }
        // A stall that began while waiting for these bytes holds them back, too.
        machine.until(|state| (!state.faults().stall).then_some(())).await;
        let (count, reset) = machine.change(|state| state.take_bytes(count));
        reader.push(&chunk[..count]);
        while let Some(item) = reader.next() {
            if let Some(answer) = take(machine, reader, item, dots_per_mm).await {
                timeout(ANSWER_TIME, stream.write_all(answer.as_slice())).await??;
            }
        }
        machine.change(|state| state.partial = reader.partial());
        if reset {
            stream.set_zero_linger()?;
            return Ok(());
        }
    }
}

/// Does one thing and says what to answer. A full queue holds everything behind it back.
async fn take(machine: &Machine, reader: &Reader, item: Item, dots_per_mm: u32) -> Option<Vec<u8>> {
    if matches!(item, Item::Format { .. }) {
        machine.until(|state| (!state.full()).then_some(())).await;
    }
    let question = if let Item::Ask(question) = &item { Some(*question) } else { None };
    machine.change(|state| {
        state.length_dots = reader.length_dots();
        state.partial = reader.partial();
        state.handle(item);
        let question = question.filter(|_| !state.silent())?;
        Some(match question {
            Question::ZplState => zpl_state(state),
            Question::ZplModel => format!("\x02PRACTICE,V1.0,{dots_per_mm},8192KB,\x03\r\n").into(),
            Question::TsplState => tspl_state(state),
            Question::TsplByte => vec![tspl_byte(state)],
        })
    })
}

/// `~HS`: three lines, ZPL II manual.
fn zpl_state(state: &State) -> Vec<u8> {
    let bit = u8::from;
    let (paper, pause, full) = (bit(state.paper_out()), bit(state.paused()), bit(state.full()));
    let (length, waiting) = (state.length_dots.min(9_999), state.formats_waiting().min(999));
    let (partial, head) = (bit(state.partial), bit(state.faults().head_open));
    let left = state.labels_left();
    format!(
        "\x02030,{paper},{pause},{length:04},{waiting:03},{full},0,{partial},000,0,0,0\x03\r\n\
         \x02001,0,{head},0,0,2,4,0,{left:08},1,000\x03\r\n\x020000,0\x03\r\n"
    )
    .into()
}

/// `ESC !S`: STX, four letters, ETX CR LF; TSC TTP-244 manual.
fn tspl_state(state: &State) -> Vec<u8> {
    let head = state.faults().head_open;
    let message = if state.paper_out() || head {
        b'E'
    } else if state.paused() {
        b'`'
    } else if busy(state) {
        b'P'
    } else {
        b'@'
    };
    let warning = if state.full() { b'H' } else { b'@' };
    let errors = b'@' | u8::from(state.paper_out()) | u8::from(head) << 5;
    vec![0x02, message, warning, b'@', errors, 0x03, b'\r', b'\n']
}

/// `ESC !?`: one byte; TSPL manual.
fn tspl_byte(state: &State) -> u8 {
    let blocked = u8::from(state.faults().head_open) | u8::from(state.paper_out()) << 2;
    if blocked != 0 {
        blocked
    } else if state.paused() {
        0x10
    } else if busy(state) {
        0x20
    } else {
        0
    }
}

fn busy(state: &State) -> bool {
    state.formats_waiting() > 0 || state.labels_left() > 0
}
