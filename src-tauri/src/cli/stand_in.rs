//! `practice carrier` and `practice printer`: the stand-ins as servers of their own, for trying
//! things out and for tests. They tell programs, one line an event, what happens.

use super::{Bench, show::Exit};
use crate::quit;
use clap::{Args, Subcommand};
use practice::{carrier, printer};
use std::io::{self, Write};
use tokio::io::{AsyncBufRead, AsyncBufReadExt, BufReader};

#[derive(Debug, Subcommand)]
pub enum StandIn {
    Carrier(Where),
    Printer(Where),
}

#[derive(Debug, Args)]
pub struct Where {
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,
    #[arg(value_name = "NAME=VALUE")]
    faults: Vec<String>,
}

/// Serves until it is told to stop. With `--json` the first line is the one document, and what
/// happens goes to stderr.
pub async fn run(stand_in: StandIn, bench: &Bench<'_>, json: bool) -> Exit {
    let orders = BufReader::new(tokio::io::stdin());
    let tell = |line: &str| tell(line, json);
    let served = match stand_in {
        StandIn::Printer(wanted) => {
            let mut options = printer::Options { port: wanted.port, ..Default::default() };
            for word in &wanted.faults {
                if options.apply(word).is_err() {
                    return refused(bench, word);
                }
            }
            tokio::select! {
                served = printer::serve(options, orders, tell) => served,
                () = quit::asked() => Ok(()),
            }
        }
        StandIn::Carrier(wanted) => {
            let mut options = carrier::Options { port: wanted.port, ..Default::default() };
            let mut faults = Vec::new();
            for word in &wanted.faults {
                match set(&mut options, word) {
                    Some(true) => {}
                    Some(false) => faults.push(word),
                    None => return refused(bench, word),
                }
            }
            options.faults = match carrier::Faults::from_args(&faults) {
                Ok(faults) => faults,
                Err(carrier::BadFault(word)) => return refused(bench, &word),
            };
            tokio::select! {
                served = serve_carrier(options, orders, tell) => served,
                () = quit::asked() => Ok(()),
            }
        }
    };
    match served {
        Ok(()) => Exit::Done,
        Err(e) => {
            eprintln!("{}", bench.say("cli.stand_in.failed", &[("why", e.to_string())]));
            Exit::Cannot
        }
    }
}

/// Sets what a word of the practice carrier's own settings names; `Some(false)` if it is none of
/// them and may be a fault, `None` if its value cannot be read.
fn set(options: &mut carrier::Options, word: &str) -> Option<bool> {
    let Some((name, value)) = word.split_once('=') else { return Some(false) };
    match name {
        "journal" => options.journal = Some(value.into()),
        "api_key" => options.api_key = value.to_owned(),
        "delay_ms" => options.delay_ms = value.parse().ok()?,
        "balance" => options.balance = value.parse().ok()?,
        "account_fields" => options.account_fields = value.parse().ok()?,
        "sf_plain" => options.sf.plain = value.parse().ok()?,
        "sf_gives_again" => options.sf.gives_again = value.parse().ok()?,
        "sf_token_uses" => options.sf.token_uses = value.parse().ok()?,
        "sf_draws_after" => options.sf.draws_after = value.parse().ok()?,
        _ => return Some(false),
    }
    Some(true)
}

/// Runs a carrier until the line `quit`. Tells `listening URL` first. `orders` may hold faults, all
/// of them on one line, `issued` and `quit`; its end changes nothing.
async fn serve_carrier(
    options: carrier::Options,
    orders: impl AsyncBufRead + Unpin,
    tell: impl Fn(&str),
) -> io::Result<()> {
    let carrier = carrier::Carrier::start(options).await?;
    tell(&format!("listening {}", carrier.url()));
    let mut lines = orders.lines();
    while let Ok(Some(line)) = lines.next_line().await {
        match line.trim() {
            "quit" => {
                carrier.stop().await;
                return Ok(());
            }
            "issued" => tell(&format!("issued {}", carrier.issued().len())),
            faults => {
                let words: Vec<&str> = faults.split_whitespace().collect();
                match carrier::Faults::from_args(&words) {
                    Ok(faults) => {
                        carrier.faults().set(faults);
                        tell(&format!("done {line}"));
                    }
                    Err(_) => tell(&format!("refused {line}")),
                }
            }
        }
    }
    std::future::pending().await
}

fn refused(bench: &Bench<'_>, word: &str) -> Exit {
    eprintln!("{}", bench.say("cli.stand_in.refused", &[("word", word.to_owned())]));
    Exit::Use
}

fn tell(line: &str, json: bool) {
    let at = line.strip_prefix("listening ");
    // Whoever reads may have gone; serving goes on.
    drop(match (json, at) {
        (true, Some(at)) => {
            let at = serde_json::json!({ "listening": at });
            writeln!(io::stdout(), "{at}").and_then(|()| io::stdout().flush())
        }
        (true, None) => writeln!(io::stderr(), "{line}"),
        (false, _) => writeln!(io::stdout(), "{line}").and_then(|()| io::stdout().flush()),
    });
}
