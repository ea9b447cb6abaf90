//! `init`: a home to begin with.

use super::{Bench, show::Exit, show::Reply};
use crate::session::storage;
use serde_json::json;
use station::{config, trouble::Trouble};

/// Writes settings to fill in, or those of practice mode. Settings that are there stay.
pub fn init(bench: &Bench<'_>, practice: bool) -> Result<Reply, Trouble> {
    let path = bench.home.join(config::FILE_NAME);
    let written = match practice {
        true => config::write_practice(bench.home),
        false => config::write_template(bench.home).map(|_| ()),
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
