//! What goes to the terminal: one JSON document, or lines and tables; and the exit code.

use super::words::Words;
use jiff::{Timestamp, tz::TimeZone};
use station::trouble::{Code, Trouble};
use std::{
    io::{self, IsTerminal, Write},
    process::ExitCode,
};

/// "01-31 18:20", for [`local`].
pub const DAY: &str = "%m-%d %H:%M";

/// A moment, ms UTC, by this computer's clock in a form of `strftime`.
pub fn local(at_ms: i64, form: &str) -> String {
    let at = Timestamp::from_millisecond(at_ms).unwrap_or_default();
    at.to_zoned(TimeZone::system()).strftime(form).to_string()
}

/// "2026-01-31 18:20" by this computer's clock.
pub fn moment(at_ms: i64) -> String {
    local(at_ms, "%Y-%m-%d %H:%M")
}

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done,
    /// Something needs a person.
    Person,
    /// Wrong use.
    Use,
    /// Cannot work: settings, disk, lock.
    Cannot,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Person => 1,
            Exit::Use => 2,
            Exit::Cannot => 3,
        })
    }
}

/// The outcome of a subcommand, in both forms.
pub struct Reply {
    /// For `--json`.
    pub json: serde_json::Value,
    /// For people; goes to stdout, since it is the answer.
    pub lines: Vec<String>,
    /// How the program ends.
    pub exit: Exit,
}

impl Reply {
    /// A reply that is a view of the station and some lines.
    pub fn new(view: &impl serde::Serialize, lines: Vec<String>, exit: Exit) -> Self {
        // Views are plain data with text keys, which JSON always takes.
        Self { json: serde_json::to_value(view).unwrap_or_default(), lines, exit }
    }

    /// Writes it; one document or the lines.
    pub fn give(&self, json: bool) {
        let mut out = io::stdout().lock();
        let written = match json {
            true => writeln!(out, "{}", self.json),
            false => self.lines.iter().try_for_each(|line| writeln!(out, "{line}")),
        };
        // A reader that went away (`| head`) has what it wanted.
        drop(written.and_then(|()| out.flush()));
    }
}

/// How the program ends when a trouble stopped a command.
pub fn exit_of(trouble: &Trouble) -> Exit {
    match trouble.code {
        Code::NoAccount | Code::NoPrinter | Code::NoOrder | Code::ReasonMissing => Exit::Use,
        Code::ScanUnknown | Code::ScanAmbiguous | Code::ImportUnreadable => Exit::Use,
        Code::HomeLocked | Code::DatabaseNewer | Code::PracticeMixed => Exit::Cannot,
        Code::BadConfig | Code::NoConfig | Code::Storage | Code::Internal => Exit::Cannot,
        Code::FormRefused => Exit::Use,
        Code::FormUnusable => Exit::Cannot,
        Code::PrinterAway | Code::CarrierAway | Code::TrackingRefused => Exit::Cannot,
        Code::SettingsRefused | Code::NothingBefore | Code::BadAddress => Exit::Use,
        Code::CannotCalibrate => Exit::Use,
        Code::PrinterBusy | Code::PlatformOnly | Code::PrinterWaitedFor | Code::StationBusy => {
            Exit::Cannot
        }
        Code::NoSender | Code::SenderWaitedFor => Exit::Use,
        Code::AccountWaitedFor | Code::AccountRouted | Code::AccountOff => Exit::Use,
        Code::SecretUnkept | Code::PortTaken => Exit::Cannot,
        Code::OrderHeld | Code::HeldByPerson | Code::OnHold => Exit::Person,
        Code::CarrierRefused => Exit::Person,
        Code::WaybillUnknown | Code::WaybillOnlyOnce | Code::VoidUnknown | Code::VoidRefused => {
            Exit::Person
        }
        Code::LabelUnknown | Code::LabelUndrawable | Code::TwoWaybills => Exit::Person,
        Code::NoWaybill | Code::WrongState | Code::ImportColumnMissing => Exit::Person,
        Code::PartsDiffer | Code::SlipMissing => Exit::Person,
        Code::PassReasonMissing | Code::VerifyOrderFirst | Code::VerifyNone => Exit::Use,
        Code::VerifyScanIt | Code::VerifyFirst => Exit::Person,
        Code::ScanParcelLabel | Code::ScanIsSlip | Code::ScanVoided | Code::WeighNone => Exit::Use,
        Code::ManifestNone | Code::ManifestEmpty | Code::ManifestVoided => Exit::Use,
        Code::NoAccountYet | Code::NoPrinterYet => Exit::Use,
        Code::NoOffer
        | Code::OrderKnown
        | Code::NoPickup
        | Code::ApplicationOpen
        | Code::NoApplication
        | Code::PickupTooLate => Exit::Use,
        Code::PickupFailed | Code::PickupUnknown => Exit::Person,
        Code::OperatorRefused | Code::BackupUnusable => Exit::Use,
        Code::BackupFailed | Code::NumbersUnwritten => Exit::Cannot,
        Code::NumbersNone | Code::NumbersPractice | Code::TellingNone => Exit::Use,
        Code::NotAllowed | Code::Locked | Code::WhoUnknown => Exit::Person,
    }
}

/// A trouble as the reply: `{"trouble": …}`; its sentence goes to stderr.
pub fn trouble(trouble: &Trouble, words: &Words) -> Reply {
    eprintln!("{}", words.trouble(trouble));
    let json = serde_json::json!({ "trouble": trouble });
    Reply { json, lines: Vec::new(), exit: exit_of(trouble) }
}

/// A table with aligned columns. The last column is not padded.
pub fn table(head: &[String], rows: &[Vec<String>]) -> Vec<String> {
    let all = || std::iter::once(head).chain(rows.iter().map(Vec::as_slice));
    let width = |column: usize| all().filter_map(|row| row.get(column)).map(|it| cells(it)).max();
    let widths: Vec<usize> = (0..head.len()).map(|column| width(column).unwrap_or(0)).collect();
    all()
        .map(|row| {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                line.push_str(cell);
                line.push_str(&" ".repeat(width.saturating_sub(cells(cell)) + 2));
            }
            line.trim_end().to_owned()
        })
        .collect()
}

/// Cells a terminal needs for a text: two for Han, kana, Hangul and full-width forms.
fn cells(text: &str) -> usize {
    let wide = |c: char| {
        matches!(u32::from(c), 0x1100..=0x115f | 0x2e80..=0xa4cf
        | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe6f | 0xff00..=0xff60
        | 0xffe0..=0xffe6 | 0x20000..=0x3fffd)
    };
    text.chars().map(|c| if wide(c) { 2 } else { 1 }).sum()
}

/// Progress for a person who watches; silent when nobody does.
pub fn progress(text: &str) {
    let mut out = io::stderr().lock();
    if out.is_terminal() {
        drop(write!(out, "\r\x1b[K{text}").and_then(|()| out.flush()));
    }
}

/// Takes the progress line away.
pub fn progress_end() {
    progress("");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_align_in_cells_not_characters() {
        let head = ["a".to_owned(), "b".to_owned()];
        let rows =
            [vec!["圆通".to_owned(), "1".to_owned()], vec!["YTO".to_owned(), "2".to_owned()]];
        assert_eq!(table(&head, &rows), ["a     b", "圆通  1", "YTO   2"]);
    }
}
