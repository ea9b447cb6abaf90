//! What printers answer: their state, who they are, and IPP.

use super::{at_once, has};
use label::language::{DeviceStatus, Language};
use station::{
    outside::Later,
    print::{Broken, Port, Standing, ipp, probe},
    view::Proof,
};
use std::{collections::BTreeSet, io, time::Duration};

/// No printer that is asked who it is hears more questions.
const QUESTIONS_MAX: usize = 20;
/// The longest answer a way keeps.
const ANSWER_BYTES_MAX: usize = 4_096;

/// The first byte chooses the language, the rest is the answer to the question for the state.
pub fn status(bytes: &[u8]) {
    let Some((&first, answer)) = bytes.split_first() else { return };
    let language = Language::ALL[usize::from(first) % Language::ALL.len()];
    let read = language.read_status(answer);
    // ZPL's is whole by its frame alone.
    if language != Language::Zpl && language.status_whole(answer) {
        assert!(read.is_some(), "{language:?}: whole and not readable");
    }
    if let Some(status) = read {
        believed(language, answer, &status);
    }
    let odometer = Language::read_odometer(answer);
    if let Some(count) = odometer {
        assert!(has(answer, count.to_string().as_bytes()), "{count} was never said");
    }
    let id = u16::from(first) << 8 | u16::from(answer.first().copied().unwrap_or_default());
    if Language::is_proof(answer, id) {
        assert!(Language::proof_whole(answer));
        let echoed = Language::EscPos.proof_question(id).expect("it has one");
        assert!(has(answer, &echoed[echoed.len() - 4..]), "process {id} was never echoed");
    }
}

/// "All out" is said in so many words, or it is not said.
fn believed(language: Language, answer: &[u8], status: &DeviceStatus) {
    let count = |wanted: u8| answer.iter().filter(|&&byte| byte == wanted).count();
    let receipts = if language == Language::Epl { count(0x06) } else { 0 };
    assert_eq!(status.receipts as usize, receipts, "{language:?}");
    if status.waiting == Some(0) {
        match language {
            // Three whole strings, both counts in them.
            Language::Zpl => {
                assert!(count(0x02) >= 3 && count(0x03) >= 3 && count(b',') >= 19);
                assert!(count(b'0') >= 2, "labels left are counted, not guessed");
            }
            Language::Tspl => {
                let long = answer.windows(3).any(|part| part[..2] == *b"\x02@");
                assert!(answer == [0] || long, "neither answer says ready");
            }
            Language::Cpcl => assert!(answer.last().is_some_and(|byte| byte & 0xe7 == 0)),
            Language::Epl | Language::EscPos => panic!("{language:?} counts nothing"),
        }
    }
    if status.waiting == Some(0) && language != Language::Zpl {
        assert!(!status.is_blocked() && !status.busy, "{language:?}: {status:?}");
    }
}

/// A printer that answers each question with the next part of the bytes.
struct Script<'a> {
    parts: std::vec::IntoIter<&'a [u8]>,
    asked: usize,
}

impl Port for Script<'_> {
    fn write_label<'a>(&'a mut self, _: &'a str, _: &'a [u8]) -> Later<'a, Result<(), Broken>> {
        panic!("who only asks prints nothing");
    }

    fn ask<'a>(
        &'a mut self,
        question: &'a [u8],
        _: Duration,
        _: fn(&[u8]) -> bool,
    ) -> Later<'a, io::Result<Vec<u8>>> {
        self.asked += 1;
        assert!(self.asked <= QUESTIONS_MAX && !question.is_empty());
        let answer = self.parts.next().unwrap_or_default();
        Box::pin(async move { Ok(answer[..answer.len().min(ANSWER_BYTES_MAX)].to_vec()) })
    }

    fn answers(&self) -> bool {
        true
    }

    fn identity(&mut self) -> Later<'_, Option<String>> {
        let id = self.parts.next().unwrap_or_default();
        Box::pin(async move { Some(String::from_utf8_lossy(id).into_owned()) })
    }
}

/// A device id and the answers to whatever is asked, each ended by 0xff.
pub fn probe(bytes: &[u8]) {
    let parts: Vec<&[u8]> = bytes.split(|&byte| byte == 0xff).collect();
    let mut script = Script { parts: parts.into_iter(), asked: 0 };
    let view =
        at_once(probe::probe("tcp://127.0.0.1:9100", &mut script, None)).expect("it answers");
    let known = ["zpl", "tspl", "cpcl", "epl", "escpos"];
    assert!(view.languages.iter().all(|word| known.contains(&word.as_str())));
    let distinct: BTreeSet<&String> = view.languages.iter().collect();
    assert_eq!(distinct.len(), view.languages.len(), "{:?}", view.languages);
    if view.proof == Proof::Paper {
        let counted = view.heard.iter().any(|one| one.answer.matches('"').count() >= 2);
        let echoed = view.heard.iter().any(|one| one.answer.ends_with("PACK<00>"));
        assert!(counted || echoed, "nothing that moves paper was heard: {:?}", view.heard);
    }
    for heard in &view.heard {
        assert!(heard.answer.chars().all(|c| c.is_ascii_graphic() || c == ' '), "{heard:?}");
        assert!(heard.answer.len() <= 4 * 200 + 200, "{} shown", heard.answer.len());
    }
}

/// An answer to Get-Printer-Attributes or Get-Job-Attributes.
pub fn ipp(bytes: &[u8]) {
    if let Some(state) = ipp::read_state(bytes) {
        assert!(state.words.chars().count() <= 400);
        // A name that carries the reasons, or a number: nobody is well whose reasons say not so.
        if state.standing == Standing::PaperOut {
            assert!(has(bytes, b"printer-state-reasons") && has(bytes, b"media-"));
        }
    }
    match ipp::read_job_end(bytes) {
        None | Some(Ok(false)) => {}
        Some(Ok(true)) => {
            // "Done" is the enumeration's nine under its own name, in an answer that grants.
            assert!(has(bytes, b"job-state\0\x04\0\0\0\x09"), "nobody said done");
            assert!(bytes[2] == 0, "a refusal is no end");
        }
        Some(Err(why)) => assert!(!why.to_string().is_empty()),
    }
}
