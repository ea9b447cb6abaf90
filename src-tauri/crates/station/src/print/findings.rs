//! What was done with the codes of a carrier's drawing, as the history tells it.

use foreign::codes::{Done, Finding, Symbology};

/// What was done with the codes, "Code 128 2.64 → 3 · QR 4.60 → 4"; `None` if all stayed.
pub fn told(findings: &[Finding]) -> Option<String> {
    let one = |code: &Finding| {
        let name = match code.symbology {
            Symbology::Code128 => "Code 128",
            Symbology::OtherBars => "1D",
            Symbology::Qr => "QR",
            Symbology::OtherMatrix => "2D",
        };
        let (whole, part) = (code.module_milli / 1_000, code.module_milli % 1_000 / 10);
        match code.done {
            Done::Kept | Done::Unmeasured => None,
            Done::Redrawn { module } => Some(format!("{name} {whole}.{part:02} → {module}")),
            Done::NoRoom | Done::NotOurs => Some(format!("{name} {whole}.{part:02}")),
        }
    };
    let all: Vec<String> = findings.iter().filter_map(one).collect();
    (!all.is_empty()).then(|| all.join(" · "))
}
