//! The socket: one sender at a time, as the real ones; others wait in the system's queue.

use super::{
    answers,
    machine::Machine,
    reader::{Item, Reader},
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
pub(super) async fn serve(
    listener: TcpListener,
    machine: Arc<Machine>,
    mut reader: Reader,
    dots_per_mm: u32,
) {
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(_) => {
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        machine.change(|state| {
            state.drop_unasked();
            state.tell(Event::Connected);
        });
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
        let count = tokio::select! {
            unasked = machine.until(State::take_unasked) => {
                timeout(ANSWER_TIME, stream.write_all(&unasked)).await??;
                continue;
            }
            count = stream.read(&mut chunk) => count?,
        };
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
        let question = question.filter(|question| !state.silent_to(*question))?;
        Some(answers::answer(question, state, dots_per_mm))
    })
}
