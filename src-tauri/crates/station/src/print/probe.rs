//! Asking an unknown printer what it is, without printing anything. Questions that no printer takes
//! for text come first; those that a mute receipt printer would print are taken back by `ESC @`,
//! which empties its line. The answers are documented, but makers differ: what is not understood is
//! shown as it came.

use super::Port;
use crate::view::{HeardView, ProbeView, Proof};
use label::language::Language;
use std::{io, time::Duration};

/// How long one answer is waited for; Bluetooth needs half of it.
const ANSWER_WAIT: Duration = Duration::from_secs(1);
/// How long a printer is given to empty its line.
const RESET_WAIT: Duration = Duration::from_millis(100);
/// Longest answer shown.
const SHOWN_BYTES_MAX: usize = 200;

/// One question.
struct Question {
    /// As the manuals write it.
    name: &'static str,
    bytes: &'static [u8],
    /// Whether the answer is whole.
    whole: fn(&[u8]) -> bool,
}

/// TSC: one byte, answered even while printing. An ESC/POS printer takes it for a type style.
const TSPL_BYTE: Question = Question { name: "ESC !?", bytes: b"\x1b!?", whole: any };
/// Epson: one byte of a fixed pattern.
const ESCPOS_STATE: Question = Question { name: "DLE EOT 1", bytes: b"\x10\x04\x01", whole: any };
/// Zebra: `STX model,version,dots/mm,memory,options ETX`.
const ZPL_MODEL: Question = Question { name: "~HI", bytes: b"~HI", whole: ends_etx };
/// Zebra mobile: one byte of five bits.
const CPCL_STATE: Question = Question { name: "ESC h", bytes: b"\x1bh", whole: any };
/// TSC: the model's name and CR.
const TSPL_MODEL: Question = Question { name: "~!T", bytes: b"~!T\r\n", whole: ends_line };
/// TSC, newer: eight bytes.
const TSPL_STATE: Question = Question { name: "ESC !S", bytes: b"\x1b!S", whole: ends_line };
/// Eltron: error codes and the end of the line. Only for printers that are known to read EPL2: a
/// mute receipt printer would print it.
const EPL_STATE: Question = Question { name: "^ee", bytes: b"\n^ee\n", whole: ends_line };
/// Zebra: three lines.
const ZPL_STATE: Question = Question { name: "~HS", bytes: b"~HS", whole: three_etx };
/// Zebra, Link-OS: the count of all labels, in quotation marks.
fn zpl_odometer() -> Question {
    let bytes = Language::Zpl.odometer_question().unwrap_or_default();
    Question { name: "odometer.total_label_count", bytes, whole: quoted }
}
/// Epson: `_`, the model's name, NUL.
const ESCPOS_MODEL: Question = Question { name: "GS I 67", bytes: b"\x1dI\x43", whole: ends_nul };
/// Epson: the number given comes back when everything before it is printed.
const ESCPOS_ECHO: Question =
    Question { name: "GS ( H", bytes: b"\x1d(H\x06\x0000PACK", whole: ends_nul };

fn any(answer: &[u8]) -> bool {
    !answer.is_empty()
}

fn ends_etx(answer: &[u8]) -> bool {
    answer.contains(&0x03)
}

fn three_etx(answer: &[u8]) -> bool {
    answer.iter().filter(|byte| **byte == 0x03).count() >= 3
}

fn ends_line(answer: &[u8]) -> bool {
    answer.ends_with(b"\r") || answer.ends_with(b"\n")
}

fn ends_nul(answer: &[u8]) -> bool {
    answer.ends_with(b"\0")
}

fn quoted(answer: &[u8]) -> bool {
    answer.iter().filter(|byte| **byte == b'"').count() >= 2
}

/// What the questions have shown so far.
struct Asked<'a> {
    port: &'a mut dyn Port,
    view: ProbeView,
}

/// Asks what there is to ask. Writes nothing that prints. `language`: what it is known to read.
///
/// # Errors
/// The way broke; what was heard before is lost, since nobody knows who said it.
pub async fn probe(
    address: &str,
    port: &mut dyn Port,
    language: Option<Language>,
) -> io::Result<ProbeView> {
    let id = port.identity().await.unwrap_or_default();
    let epl = language == Some(Language::Epl) || languages_of_id(&id).iter().any(|it| it == "epl");
    let view = ProbeView {
        address: address.to_owned(),
        model: model_of_id(&id),
        languages: Vec::new(),
        head_dots_per_m: None,
        proof: Proof::Silent,
        heard: Vec::new(),
    };
    let mut asked = Asked { port, view };
    if !id.is_empty() {
        asked.heard("IEEE-1284", id.as_bytes());
    }
    if asked.port.answers() {
        asked.questions().await?;
        if epl && asked.view.proof == Proof::Silent {
            asked.epl().await?;
        }
    } else if asked.port.tells() {
        asked.told().await?;
    }
    let Asked { mut view, .. } = asked;
    for claimed in languages_of_id(&id) {
        if !view.languages.contains(&claimed) {
            view.languages.push(claimed);
        }
    }
    Ok(view)
}

impl Asked<'_> {
    async fn questions(&mut self) -> io::Result<()> {
        let tspl = self.ask(&TSPL_BYTE).await?;
        let tspl = matches!(tspl[..], [byte] if is_tspl_byte(byte));
        if !tspl {
            let answer = self.ask(&ESCPOS_STATE).await?;
            if matches!(answer[..], [byte] if byte & 0x93 == 0x12) {
                return self.escpos().await;
            }
        }
        let zpl = read_hi(&self.ask(&ZPL_MODEL).await?);
        let cpcl = self.ask(&CPCL_STATE).await?;
        let cpcl = matches!(cpcl[..], [byte] if byte & 0xe0 == 0);
        self.take_back().await?;
        // Text with the end of its line: only for who is known to be no receipt printer.
        let model = match tspl || zpl.is_some() {
            true => read_line(&self.ask(&TSPL_MODEL).await?),
            false => None,
        };
        if tspl || model.is_some() {
            self.speaks("tspl");
            self.prove(if tspl { Proof::State } else { Proof::Silent });
            self.ask(&TSPL_STATE).await?;
        }
        if let Some(hi) = zpl {
            self.zpl(hi).await?;
        }
        if cpcl {
            self.speaks("cpcl");
            self.prove(Proof::State);
        }
        if let Some(model) = model {
            self.view.model = model;
        } else if let Some(at) = self.view.languages.iter().position(|one| one == "zpl") {
            // A TSC tells its model when asked in its own language; who does not is no TSC.
            self.view.languages[..=at].rotate_right(1);
        }
        Ok(())
    }

    async fn zpl(&mut self, hi: Hi) -> io::Result<()> {
        self.speaks("zpl");
        self.view.model = hi.model;
        self.view.head_dots_per_m = hi.head_dots_per_m;
        if three_etx(&self.ask(&ZPL_STATE).await?) {
            self.prove(Proof::State);
        }
        let odometer = self.ask(&zpl_odometer()).await?;
        if Language::read_odometer(&odometer).is_some() {
            self.prove(Proof::Paper);
        }
        Ok(())
    }

    /// That it reports each label that is out can only be seen when one is.
    async fn epl(&mut self) -> io::Result<()> {
        let answer = self.ask(&EPL_STATE).await?;
        if Language::Epl.read_status(&answer).is_some() {
            self.speaks("epl");
            self.prove(Proof::State);
        }
        Ok(())
    }

    async fn escpos(&mut self) -> io::Result<()> {
        self.speaks("escpos");
        self.prove(Proof::State);
        let model = self.ask(&ESCPOS_MODEL).await?;
        if let Some(model) = model.strip_prefix(b"_").and_then(|rest| rest.strip_suffix(b"\0")) {
            self.view.model = String::from_utf8_lossy(model).trim().to_owned();
        }
        if self.ask(&ESCPOS_ECHO).await? == b"\x37\x22PACK\0" {
            self.prove(Proof::Paper);
        }
        self.take_back().await
    }

    /// Empties a line that a receipt printer would print, then ends it, so that a printer of
    /// commands in lines does not read the next one together with what it did not understand. The
    /// most that comes of it is an empty line of paper.
    async fn take_back(&mut self) -> io::Result<()> {
        self.port.ask(b"\x1b@\r\n", RESET_WAIT, |_| false).await.map(drop)
    }

    /// A way that tells by itself: an IPP printer's own word is its state.
    async fn told(&mut self) -> io::Result<()> {
        if let Some(told) = self.port.told().await? {
            let said = format!("{:?} {}", told.standing, told.words).to_lowercase();
            self.heard("IPP", said.trim().as_bytes());
            if self.port.follows() {
                self.prove(Proof::State);
            }
        }
        Ok(())
    }

    async fn ask(&mut self, question: &Question) -> io::Result<Vec<u8>> {
        let answer = self.port.ask(question.bytes, ANSWER_WAIT, question.whole).await?;
        self.heard(question.name, &answer);
        Ok(answer)
    }

    fn heard(&mut self, question: &str, answer: &[u8]) {
        tracing::info!(question, answer = %shown(answer), "probe");
        let heard = HeardView { question: question.to_owned(), answer: shown(answer) };
        self.view.heard.push(heard);
    }

    fn speaks(&mut self, language: &str) {
        self.view.languages.push(language.to_owned());
    }

    fn prove(&mut self, proof: Proof) {
        self.view.proof = self.view.proof.max(proof);
    }
}

/// The values of the manual: bits for head, jam, paper and ribbon, or paused, printing, other.
fn is_tspl_byte(byte: u8) -> bool {
    matches!(byte, 0x00..=0x05 | 0x08..=0x0d | 0x10 | 0x20 | 0x80)
}

struct Hi {
    model: String,
    head_dots_per_m: Option<u32>,
}

/// `STX model,version,dots/mm,memory,options ETX`; the model's name may end with the resolution.
fn read_hi(answer: &[u8]) -> Option<Hi> {
    let from = answer.iter().position(|byte| *byte == 0x02)? + 1;
    let rest = &answer[from..];
    let text = String::from_utf8_lossy(&rest[..rest.iter().position(|byte| *byte == 0x03)?]);
    let mut parts = text.split(',').map(str::trim);
    let model = parts.next().filter(|model| !model.is_empty())?.to_owned();
    let head_dots_per_m = match parts.nth(1)? {
        "6" => Some(6_000),
        "8" => Some(8_000),
        // Zebra's 300 dpi heads say 12 and have 11.81; TSC's have 12 and say so, too.
        "12" => Some(11_811),
        "24" => Some(23_622),
        _ => None,
    };
    Some(Hi { model, head_dots_per_m })
}

/// A line of printable text.
fn read_line(answer: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(answer).trim().to_owned();
    let plain = text.chars().all(|c| c.is_ascii_graphic() || c == ' ');
    (plain && !text.is_empty()).then_some(text)
}

/// Bytes for people: what is not printable ASCII as `<1b>`.
fn shown(bytes: &[u8]) -> String {
    let one = |byte: &u8| match byte {
        b' '..=b'~' => char::from(*byte).to_string(),
        _ => format!("<{byte:02x}>"),
    };
    bytes.iter().take(SHOWN_BYTES_MAX).map(one).collect()
}

/// One field of an IEEE-1284 device id, by any of its names.
fn field<'a>(id: &'a str, names: &[&str]) -> Option<&'a str> {
    id.split(';').filter_map(|part| part.split_once(':')).find_map(|(name, value)| {
        let ours = names.iter().any(|one| name.trim().eq_ignore_ascii_case(one));
        ours.then(|| value.trim()).filter(|value| !value.is_empty())
    })
}

/// Maker and model of an IEEE-1284 device id; empty if it has neither.
pub(super) fn model_of_id(id: &str) -> String {
    let maker = field(id, &["MFG", "MANUFACTURER"]).unwrap_or_default();
    let model = field(id, &["MDL", "MODEL"]).unwrap_or_default();
    match model.starts_with(maker) {
        true => model.to_owned(),
        false => format!("{maker} {model}").trim().to_owned(),
    }
}

/// The languages an IEEE-1284 device id claims, in the settings' words.
pub(super) fn languages_of_id(id: &str) -> Vec<String> {
    let claimed = field(id, &["CMD", "COMMAND SET"]).unwrap_or_default().to_ascii_uppercase();
    let mut found: Vec<String> = Vec::new();
    for one in claimed.split([',', ' ']) {
        let word = match one.trim() {
            "ZPL" | "ZPLII" | "ZPL-II" | "ZPL2" => "zpl",
            "TSPL" | "TSPL2" | "TSPL-EZ" | "TSPL-EZD" => "tspl",
            "CPCL" => "cpcl",
            "EPL" | "EPL2" => "epl",
            "ESC/POS" | "ESCPOS" | "EPSON" | "ESCPOS-CN" => "escpos",
            _ => continue,
        };
        if !found.iter().any(|known| known == word) {
            found.push(word.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_id_tells_model_and_languages() {
        let id = "MFG:Zebra Technologies;CMD:EPL,ZPL;MDL:LP2844-Z;CLS:PRINTER;";
        assert_eq!(model_of_id(id), "Zebra Technologies LP2844-Z");
        assert_eq!(languages_of_id(id), ["epl", "zpl"]);
        let id = "MANUFACTURER:TSC;COMMAND SET:TSPL2;MODEL:TSC TTP-244 Pro;";
        assert_eq!(
            (model_of_id(id), languages_of_id(id)),
            ("TSC TTP-244 Pro".into(), vec!["tspl".into()])
        );
        assert!(model_of_id("").is_empty() && languages_of_id("CMD:PCL").is_empty());
    }

    #[test]
    fn a_model_line_is_read_with_its_dots() {
        let hi = read_hi(b"\x02ZD421-203dpi ZPL,V93.21.15Z,8,8192KB,X\x03").expect("a model");
        assert_eq!((hi.model.as_str(), hi.head_dots_per_m), ("ZD421-203dpi ZPL", Some(8_000)));
        assert!(read_hi(b"~HI").is_none() && read_hi(b"\x02,,\x03").is_none());
        assert!(read_hi(b"\x02only\x03").is_none());
    }

    #[test]
    fn answers_are_shown_as_they_came() {
        assert_eq!(shown(b"\x02A b\r\n\xff"), "<02>A b<0d><0a><ff>");
        assert_eq!(read_line(b"TTP-244\r\n").as_deref(), Some("TTP-244"));
        assert_eq!(read_line(b"\x00"), None);
    }
}
