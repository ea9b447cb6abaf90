//! The one binary: the command line, and the window when no subcommand is given. It decides
//! nothing about orders; every rule is in `station`.

mod cli;
#[cfg(feature = "window")]
mod commands;
mod home;
mod outside;
mod playing;
mod quit;
mod receive;
mod session;
#[cfg(feature = "window")]
mod window;

use clap::{CommandFactory, FromArgMatches};
use cli::{Args, Exit, words::Words};
use std::process::ExitCode;

fn main() -> ExitCode {
    let words = Words::new(cli::words::wanted_lang());
    let command = cli::help::localised(Args::command(), &words);
    let matches = command.get_matches();
    let args = match Args::from_arg_matches(&matches) {
        Ok(args) => args,
        Err(e) => e.exit(),
    };
    let words = args.lang.map_or(words, Words::new);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(e) => {
            eprintln!("{}", words.say("cli.no_runtime", &[("why", e.to_string())]));
            return Exit::Cannot.into();
        }
    };
    station::fonts::use_the_systems();
    let home = home::choose(args.home.clone());
    let exit = match args.command {
        Some(command) => runtime.block_on(cli::run(command, &home, args.json, &words)),
        None => open_window(&runtime, home, &words),
    };
    // Blocking reads of a dead printer or terminal must not hold the process.
    runtime.shutdown_timeout(std::time::Duration::from_millis(300));
    exit.into()
}

#[cfg(feature = "window")]
fn open_window(runtime: &tokio::runtime::Runtime, home: std::path::PathBuf, words: &Words) -> Exit {
    match window::open(runtime, home) {
        Ok(()) => Exit::Done,
        Err(window::NoWindow::Display) => {
            eprintln!("{}", words.say("cli.no_display", &[]));
            Exit::Cannot
        }
        Err(window::NoWindow::InUse(trouble)) => {
            eprintln!("{}", words.trouble(&trouble));
            Exit::Cannot
        }
        Err(window::NoWindow::System(why)) => {
            eprintln!("{}", words.say("cli.no_window", &[("why", why)]));
            Exit::Cannot
        }
    }
}

#[cfg(not(feature = "window"))]
fn open_window(_: &tokio::runtime::Runtime, _: std::path::PathBuf, words: &Words) -> Exit {
    eprintln!("{}", words.say("cli.headless", &[]));
    Exit::Use
}
