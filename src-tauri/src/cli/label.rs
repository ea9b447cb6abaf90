//! `reprint`, `confirm`, `test-label`, `label`: paper.

use super::{
    Bench, orders,
    show::{Exit, Reply},
    words::word_of,
};
use crate::{quit, session::storage};
use serde_json::json;
use station::{
    trouble::Trouble,
    view::{JobState, JobView},
};
use std::{fs, path::PathBuf};

/// Where a label goes as a file.
pub struct To {
    /// As a picture.
    pub png: Option<PathBuf>,
    /// As the bytes a printer gets.
    pub bytes: Option<PathBuf>,
}

/// Prints a label once more and waits until it is out, or not.
pub async fn reprint(bench: &Bench<'_>, code: &str, reason: &str) -> Result<Reply, Trouble> {
    let mut session = bench.work().await?;
    let station = &session.station;
    let done: Result<JobView, Trouble> = async {
        let id = station.resolve(code)?;
        let ids = [id];
        let asked = station.reprint(code, reason).await?;
        tokio::select! {
            done = station.settled(&ids, true) => done?,
            () = quit::asked() => {}
        }
        let jobs = station.detail(id)?.jobs;
        Ok(jobs.into_iter().find(|job| job.id == asked.id).unwrap_or(asked))
    }
    .await;
    session.halt().await;
    let job = done?;
    let fields = [
        ("copy", job.copy.to_string()),
        ("printer", job.printer.clone()),
        ("state", bench.words.word("cli.job", &word_of(&job.state))),
        ("error", job.error.clone()),
    ];
    let exit = if job.state == JobState::Confirmed { Exit::Done } else { Exit::Person };
    Ok(Reply::new(&job, vec![bench.say("cli.reprint", &fields)], exit))
}

/// Says whether a label in doubt came out.
pub async fn confirm(bench: &Bench<'_>, code: &str, came_out: bool) -> Result<Reply, Trouble> {
    let session = bench.open().await?;
    let row = session.station.confirm(code, came_out).await?;
    let line = orders::line(bench, &row).join("  ");
    Ok(Reply::new(&row, vec![line.trim_end().to_owned()], Exit::Done))
}

/// Prints the test page.
pub async fn test(bench: &Bench<'_>, printer: &str) -> Result<Reply, Trouble> {
    let mut session = bench.open().await?;
    let done = session.station.test_label(printer).await;
    session.halt().await;
    done?;
    let line = bench.say("cli.test_label", &[("printer", printer.to_owned())]);
    Ok(Reply::new(&json!({ "printer": printer, "sent": true }), vec![line], Exit::Done))
}

/// Draws a label into files.
pub async fn save(
    bench: &Bench<'_>,
    code: &str,
    to: &To,
    printer: Option<&str>,
) -> Result<Reply, Trouble> {
    let session = bench.open().await?;
    let station = &session.station;
    let id = station.resolve(code)?;
    let mut lines = Vec::new();
    let mut put = |path: &PathBuf, bytes: Vec<u8>| {
        fs::write(path, bytes).map_err(storage)?;
        lines.push(path.display().to_string());
        Ok::<(), Trouble>(())
    };
    if let Some(path) = &to.png {
        put(path, station.label_png_of(code)?)?;
    }
    if let Some(path) = &to.bytes {
        put(path, station.label_bytes_of(code, printer)?)?;
    }
    let view = json!({ "id": id, "png": to.png, "bytes": to.bytes });
    Ok(Reply::new(&view, lines, Exit::Done))
}
