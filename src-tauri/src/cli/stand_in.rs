//! `practice carrier` and `practice printer`: the stand-ins as servers of their own, for trying
//! things out and for tests. They tell programs, one line an event, what happens.

use super::{Bench, show::Exit};
use crate::quit;
use clap::{Args, Subcommand};
use practice::{carrier, printer};
use std::io::{self, Write};
use tokio::io::BufReader;

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
            for word in &wanted.faults {
                if options.apply(word).is_err() {
                    return refused(bench, word);
                }
            }
            tokio::select! {
                served = carrier::serve(options, orders, tell) => served,
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
