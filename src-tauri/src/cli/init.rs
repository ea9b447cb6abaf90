//! `init`: a home to begin with.

use super::{Bench, show::Exit, show::Reply, words::word_of};
use crate::session::storage;
use serde_json::json;
use station::{config, first, order::Fault, trouble::Trouble};

/// Writes settings to fill in, those of practice mode, or those of a sender alone. Settings that
/// are there stay.
pub fn init(bench: &Bench<'_>, practice: bool, sender: Option<&str>) -> Result<Reply, Trouble> {
    let path = bench.home.join(config::FILE_NAME);
    let written = match (practice, sender) {
        (true, _) => config::write_practice(bench.home),
        (false, None) => config::write_template(bench.home).map(|_| ()),
        (false, Some(text)) => {
            let (sender, faults) = first::checked_sender(&first::pasted_sender(text));
            if !faults.is_empty() {
                let said = |fault: &Fault| {
                    let key = format!("fault.{}", word_of(&fault.code));
                    bench.say(&key, &[("what", fault.what.clone())])
                };
                let lines = faults.iter().map(said).collect();
                let view = json!({ "sender": sender, "faults": faults });
                return Ok(Reply::new(&view, lines, Exit::Use));
            }
            first::write_first(bench.home, &sender)
        }
    };
    let there = matches!(&written, Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists);
    if !there {
        written.map_err(storage)?;
    }
    let path = path.display().to_string();
    let key = match (there, practice) {
        (true, _) => "cli.init.there",
        (false, true) => "cli.init.practice",
        (false, false) => "cli.init.template",
    };
    let line = bench.say(key, &[("path", path.clone())]);
    let view = json!({ "settings": path, "written": !there, "practice": practice });
    Ok(Reply::new(&view, vec![line], if there { Exit::Cannot } else { Exit::Done }))
}
