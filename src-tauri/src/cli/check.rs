//! `check`: whether everything is there to work with, one line each. Asks nothing that costs.

use super::{
    Bench,
    show::{Exit, Reply},
};
use crate::{outside, session::Session};
use serde::Serialize;
use station::{
    config::{self, Config, ConfigError},
    form::Forms,
    trouble::Trouble,
};

/// One thing looked at.
#[derive(Debug, Serialize)]
struct Line {
    /// `fonts`, `settings`, `secrets`, `form`, `database`, `carrier`, `printer`.
    name: &'static str,
    /// Which carrier or printer; empty for the others.
    of: String,
    ok: bool,
    /// What was found, or what is wrong, in the language of the user.
    said: String,
}

/// Looks at fonts, settings, secrets, forms, database, carriers and printers.
pub async fn check(bench: &Bench<'_>) -> Result<Reply, Trouble> {
    let mut lines = Vec::new();
    lines.push(fonts(bench));
    if let Some(config) = settings(bench, &mut lines) {
        secrets(bench, &config, &mut lines);
        forms(bench, &config, &mut lines);
        station(bench, &config, &mut lines).await;
    }
    let ok = lines.iter().all(|line| line.ok);
    let cannot = lines.iter().any(|line| !line.ok && line.of.is_empty());
    let exit = match (ok, cannot) {
        (true, _) => Exit::Done,
        (false, true) => Exit::Cannot,
        (false, false) => Exit::Person,
    };
    let shown = lines.iter().map(|line| {
        let fields = [
            ("what", bench.say(&format!("cli.check.{}", line.name), &[])),
            ("of", line.of.clone()),
            ("said", line.said.clone()),
        ];
        let key = if line.ok { "cli.check.ok" } else { "cli.check.bad" };
        bench.say(key, &fields)
    });
    let shown = shown.collect();
    Ok(Reply::new(&serde_json::json!({ "ok": ok, "checks": lines }), shown, exit))
}

/// What our fonts lack for every label is a fault; what this machine's add is told, because a label
/// with such letters is another one on the next machine.
fn fonts(bench: &Bench<'_>) -> Line {
    let line = |ok, said| Line { name: "fonts", of: String::new(), ok, said };
    let gaps: String = station::font_gaps().into_iter().collect();
    if !gaps.is_empty() {
        return line(false, gaps);
    }
    let said = match station::fonts::the_systems().extent() {
        (0, _) => String::new(),
        (fonts, letters) => {
            let fields = [("fonts", fonts.to_string()), ("letters", letters.to_string())];
            bench.say("cli.check.system_fonts", &fields)
        }
    };
    line(true, said)
}

fn settings(bench: &Bench<'_>, lines: &mut Vec<Line>) -> Option<Config> {
    let mut line = |ok, said| lines.push(Line { name: "settings", of: String::new(), ok, said });
    match config::read(bench.home) {
        Ok(config) => {
            line(true, bench.home.join(config::FILE_NAME).display().to_string());
            Some(config)
        }
        Err(ConfigError::Absent(path)) => {
            let fields = [("path", path.display().to_string())];
            line(false, bench.say("trouble.no_config", &fields));
            None
        }
        Err(ConfigError::Unreadable(path, e)) => {
            line(false, format!("{}: {e}", path.display()));
            None
        }
        Err(ConfigError::Faults(_, faults)) => {
            for fault in faults {
                line(false, bench.words.of_fault(&fault));
            }
            None
        }
    }
}

fn secrets(bench: &Bench<'_>, config: &Config, lines: &mut Vec<Line>) {
    let keyring = outside::real(None).keyring;
    let all = config.carriers.iter().flat_map(|carrier| carrier.secrets());
    let faults: Vec<String> = all
        .filter_map(|secret| config::resolve(secret, bench.home, &*keyring).err())
        .map(|fault| bench.words.of_fault(&fault))
        .collect();
    let mut line = |ok, said| lines.push(Line { name: "secrets", of: String::new(), ok, said });
    if faults.is_empty() {
        line(true, String::new());
    }
    faults.into_iter().for_each(|fault| line(false, fault));
}

/// The shops' own forms that the settings name.
fn forms(bench: &Bench<'_>, config: &Config, lines: &mut Vec<Line>) {
    for (name, faults) in Forms::load(bench.home, config).judged() {
        if faults.is_empty() {
            lines.push(Line { name: "form", of: name.clone(), ok: true, said: String::new() });
        }
        lines.extend(faults.iter().map(|fault| Line {
            name: "form",
            of: name.clone(),
            ok: false,
            said: bench.words.of_fault(fault),
        }));
    }
}

async fn station(bench: &Bench<'_>, config: &Config, lines: &mut Vec<Line>) {
    let mut line = |name, of: &str, ok, said| {
        lines.push(Line { name, of: of.to_owned(), ok, said });
    };
    let mut session = match Session::open(bench.home).await {
        Ok(session) => session,
        Err(trouble) => return line("database", "", false, bench.words.trouble(&trouble)),
    };
    line("database", "", true, String::new());
    for carrier in &config.carriers {
        match session.station.balance(&carrier.name).await {
            Ok(left) => {
                let said = match left {
                    Some(left) => bench.say("cli.check.balance", &[("left", left.to_string())]),
                    None => bench.say("cli.check.account", &[]),
                };
                line("carrier", &carrier.name, true, said);
            }
            Err(trouble) => {
                line("carrier", &carrier.name, false, bench.words.trouble(&trouble));
            }
        }
    }
    let world = outside::real(session.playing());
    for printer in &config.printers {
        match (world.open_printer)(printer.address.clone()).await {
            Ok(_) => line("printer", &printer.name, true, printer.address.to_string()),
            Err(e) => line("printer", &printer.name, false, format!("{}: {e}", printer.address)),
        }
    }
    session.halt().await;
}
