//! What the practice printer answers to each question, byte for byte as the manuals say.

use super::{reader::Question, state::State};

/// The answer to a question.
pub(super) fn answer(question: Question, state: &State, dots_per_mm: u32) -> Vec<u8> {
    match question {
        Question::ZplState => zpl_state(state),
        Question::ZplModel => format!("\x02PRACTICE,V1.0,{dots_per_mm},8192KB,\x03\r\n").into(),
        Question::ZplErrors => zpl_errors(state),
        Question::Odometer => format!("\"{}\"", state.total).into(),
        Question::TsplState => tspl_state(state),
        Question::TsplByte => vec![tspl_byte(state)],
        Question::TsplModel => b"PRACTICE\r\n".to_vec(),
        Question::CpclByte => vec![cpcl_byte(state)],
        Question::EplErrors => epl_errors(state),
        Question::EscPosRealTime(n) => vec![escpos_byte(state, n)],
    }
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

/// `~HQES`: flag, nibbles 16 to 9, nibbles 8 to 1.
fn zpl_errors(state: &State) -> Vec<u8> {
    let (paper, head) = (u32::from(state.paper_out()), u32::from(state.faults().head_open));
    let errors = paper | head << 2 | u32::from(state.paused()) << 16;
    let flag = u8::from(errors != 0);
    format!(
        "\x02\r\n  PRINTER STATUS\r\n   ERRORS:         {flag} 00000000 {errors:08X}\r\n   \
         WARNINGS:       0 00000000 00000000\r\n\x03"
    )
    .into()
}

/// `ESC h`: busy, paper out, latch open; CPCL manual.
fn cpcl_byte(state: &State) -> u8 {
    let (paper, head) = (u8::from(state.paper_out()), u8::from(state.faults().head_open));
    u8::from(busy(state)) | paper << 1 | head << 2
}

/// `^ee`: codes with commas between, CR LF; EPL2 manual.
fn epl_errors(state: &State) -> Vec<u8> {
    let errors =
        [(state.faults().head_open, "11"), (state.paper_out(), "07"), (state.paused(), "12")];
    let codes: Vec<&str> = errors.iter().filter(|(on, _)| *on).map(|(_, code)| *code).collect();
    let codes = if codes.is_empty() { "00".to_owned() } else { codes.join(",") };
    format!("{codes}\r\n").into()
}

/// `DLE EOT n`: printer, cause of offline, error, paper; ESC/POS reference.
fn escpos_byte(state: &State, n: u8) -> u8 {
    let (paper, head) = (state.paper_out(), state.faults().head_open);
    let bit = |on: bool, mask: u8| if on { mask } else { 0 };
    let bits = match n {
        1 => bit(paper || head, 0x08) | bit(state.paused(), 0x20),
        2 => bit(head, 0x04) | bit(paper, 0x20),
        4 => bit(paper, 0x60),
        _ => 0,
    };
    0x12 | bits
}

fn busy(state: &State) -> bool {
    state.formats_waiting() > 0 || state.labels_left() > 0
}
