//! `printers`: those of the settings, those that are there, and what one of them is.

use super::{
    Bench,
    show::{self, Exit, Reply},
    words::word_of,
};
use station::{
    trouble::Trouble,
    view::{FoundPrinter, PrinterStatus, Proof},
};

/// Which question about printers.
pub struct Ask {
    /// Look for printers.
    pub find: bool,
    /// On the network, too.
    pub network: bool,
    /// Ask this one, by name or address.
    pub probe: Option<String>,
}

/// Answers one of the three.
pub async fn printers(bench: &Bench<'_>, ask: Ask) -> Result<Reply, Trouble> {
    match ask {
        Ask { probe: Some(name), .. } => probe(bench, &name).await,
        Ask { find: true, network, .. } => Ok(find(bench, network).await),
        Ask { .. } => list(bench).await,
    }
}

async fn list(bench: &Bench<'_>) -> Result<Reply, Trouble> {
    let session = bench.open().await?;
    let printers = session.station.status()?.printers;
    let head = head(bench, &["printer", "address", "state", "waiting", "unknown"]);
    let row = |printer: &PrinterStatus| {
        vec![
            printer.name.clone(),
            printer.address.clone(),
            bench.words.word("cli.printer", &word_of(&printer.state)),
            printer.waiting.to_string(),
            printer.unknown.to_string(),
        ]
    };
    let rows: Vec<Vec<String>> = printers.iter().map(row).collect();
    Ok(Reply::new(&printers, show::table(&head, &rows), Exit::Done))
}

async fn find(bench: &Bench<'_>, network: bool) -> Reply {
    let found = station::find_printers(network).await;
    let head = head(bench, &["address", "way", "model", "language", "words"]);
    let row = |printer: &FoundPrinter| {
        vec![
            printer.address.clone(),
            bench.say(&format!("cli.way.{}", word_of(&printer.way)), &[]),
            printer.model.clone(),
            printer.languages.join(" "),
            printer.words.clone(),
        ]
    };
    let rows: Vec<Vec<String>> = found.printers.iter().map(row).collect();
    let mut lines = show::table(&head, &rows);
    for failed in &found.failed {
        let way = bench.say(&format!("cli.way.{}", word_of(&failed.way)), &[]);
        lines.push(bench.say("cli.find.failed", &[("way", way), ("why", failed.why.clone())]));
    }
    Reply::new(&found, lines, Exit::Done)
}

async fn probe(bench: &Bench<'_>, name: &str) -> Result<Reply, Trouble> {
    let mut session = bench.open().await?;
    let probed = session.station.probe_printer(name).await;
    session.halt().await;
    let probed = probed?;
    let silence = || bench.say("cli.probe.silence", &[]);
    let mut lines: Vec<String> = Vec::new();
    for heard in &probed.heard {
        let answer = Some(heard.answer.clone()).filter(|answer| !answer.is_empty());
        lines.push(format!("{}: {}", heard.question, answer.unwrap_or_else(silence)));
    }
    let dots = probed.head_dots_per_m.map(|dots| format!("{:.1}", f64::from(dots) / 1000.0));
    let fields = [
        ("model", probed.model.clone()),
        ("languages", probed.languages.join(" ")),
        ("dots", dots.unwrap_or_else(|| "?".to_owned())),
    ];
    lines.push(bench.say("cli.probe.is", &fields));
    let proof = format!("cli.proof.{}", word_of(&probed.proof));
    lines.push(bench.say(&proof, &[]));
    let exit = if probed.proof == Proof::Silent { Exit::Person } else { Exit::Done };
    Ok(Reply::new(&probed, lines, exit))
}

/// Sends the labels that wait for a printer to another one.
pub async fn divert(bench: &Bench<'_>, from: &str, to: &str) -> Result<Reply, Trouble> {
    let session = bench.open().await?;
    let diverted = session.station.divert_labels(from, to).await?;
    let fields = [
        ("from", diverted.from.clone()),
        ("to", diverted.to.clone()),
        ("labels", diverted.labels.to_string()),
        ("to_come", diverted.to_come.to_string()),
        ("stay", diverted.stay.to_string()),
    ];
    let exit = if diverted.stay > 0 { Exit::Person } else { Exit::Done };
    Ok(Reply::new(&diverted, vec![bench.say("cli.divert", &fields)], exit))
}

fn head<const N: usize>(bench: &Bench<'_>, words: &[&str; N]) -> [String; N] {
    words.map(|word| bench.say(&format!("cli.column.{word}"), &[]))
}
