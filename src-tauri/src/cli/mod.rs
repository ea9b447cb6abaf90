//! The command line: the same station without a window. What it prints and how it ends is a
//! contract; see README.

mod apply;
mod back;
mod by_hand;
mod check;
pub mod help;
mod house;
mod init;
mod label;
mod numbers;
mod offers;
mod orders;
mod pickup;
mod printers;
mod record;
mod sheet;
mod ship;
mod show;
mod sms;
mod stand_in;
mod track;
pub mod words;

#[cfg(feature = "window")]
pub use house::write_bundle;
#[cfg(feature = "window")]
pub use orders::sample;
pub use show::Exit;

use crate::session::Session;
use by_hand::Typed;
use clap::{ArgGroup, Parser, Subcommand};
use show::Reply;
use station::{
    sheet::{Paper, SheetKind},
    trouble::Trouble,
    view::GoodsLine,
};
use std::path::{Path, PathBuf};
use words::{Lang, Words};

/// What was typed. The sentences of the help are in the language files.
#[derive(Debug, Parser)]
#[command(name = "packbench", version, disable_help_subcommand = true)]
pub struct Args {
    #[arg(long, global = true, env = "PACKBENCH_HOME", value_name = "DIR")]
    pub home: Option<PathBuf>,
    #[arg(long, global = true)]
    pub json: bool,
    #[arg(long, global = true, value_enum)]
    pub lang: Option<Lang>,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    #[command(flatten)]
    Work(Work),
    #[command(subcommand)]
    Practice(stand_in::StandIn),
}

/// What works on a home and ends with one answer.
#[derive(Debug, Subcommand)]
pub enum Work {
    Init {
        #[arg(long)]
        practice: bool,
        #[arg(long, value_name = "TEXT", conflicts_with = "practice")]
        sender: Option<String>,
    },
    Import {
        #[arg(value_name = "FILE", required_unless_present = "sample")]
        file: Option<PathBuf>,
        #[arg(long, value_name = "NAME")]
        shop: Option<String>,
        #[arg(long, conflicts_with = "file")]
        sample: bool,
    },
    Orders {
        #[arg(long, value_name = "S", value_parser = orders::which)]
        state: Option<orders::Which>,
        #[arg(long, value_name = "N", default_value_t = 50)]
        limit: u32,
    },
    Order {
        text: String,
        #[arg(long, value_name = "TITLE*N", required = true, value_parser = by_hand::goods)]
        goods: Vec<GoodsLine>,
        #[arg(long, value_name = "NAME")]
        shop: Option<String>,
        #[arg(long, value_name = "NUMBER")]
        number: Option<String>,
        #[arg(long, value_name = "GRAMS")]
        weight: Option<u32>,
        #[arg(long, value_name = "NAME")]
        sender: Option<String>,
    },
    Ship {
        #[arg(long, conflicts_with = "orders")]
        all: bool,
        #[arg(value_name = "ORDER", required_unless_present = "all")]
        orders: Vec<String>,
        #[arg(long, value_name = "ACCOUNT")]
        carrier: Option<String>,
        #[arg(long, value_name = "NAME")]
        printer: Option<String>,
        #[arg(long, value_name = "NAME")]
        sender: Option<String>,
    },
    Return(back::Return),
    Exchange(back::Exchange),
    Numbers(numbers::Numbers),
    Sms(sms::Sms),
    Reprint {
        code: String,
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    #[command(group = ArgGroup::new("answer").required(true).args(["yes", "no"]))]
    Confirm {
        code: String,
        #[arg(long)]
        yes: bool,
        #[arg(long)]
        no: bool,
    },
    Void {
        code: String,
    },
    Status,
    Track {
        #[arg(value_name = "ORDER")]
        code: Option<String>,
        #[arg(long, requires = "code")]
        now: bool,
        #[arg(long, requires = "code")]
        eta: bool,
        #[arg(long, requires = "code", conflicts_with = "eta")]
        map: bool,
        #[arg(long, requires = "code", conflicts_with_all = ["now", "eta", "map"])]
        charge: bool,
        #[arg(long, value_name = "NUMBER", conflicts_with_all = ["code", "others"])]
        add: Option<String>,
        #[arg(long, value_name = "PHONE", requires = "add", default_value = "")]
        phone: String,
        #[arg(long, value_name = "ACCOUNT", requires = "add")]
        account: Option<String>,
        #[arg(long, value_name = "CODE", requires = "add")]
        carrier: Option<String>,
        #[arg(long, conflicts_with = "code")]
        others: bool,
    },
    #[command(group = ArgGroup::new("act").args(["off", "again", "comes", "nobody"]))]
    Pickup {
        #[arg(
            value_name = "ORDER",
            required_unless_present = "windows",
            conflicts_with = "windows"
        )]
        orders: Vec<String>,
        #[arg(long)]
        back: bool,
        #[arg(long, value_name = "ACCOUNT", conflicts_with = "act")]
        account: Option<String>,
        #[arg(long, value_name = "CODE", conflicts_with = "act", default_value = "")]
        carrier: String,
        #[arg(long, value_name = "N", conflicts_with = "act", default_value_t = 1)]
        window: usize,
        #[arg(long)]
        windows: bool,
        #[arg(long, value_name = "WHY")]
        off: Option<String>,
        #[arg(long)]
        again: bool,
        #[arg(long)]
        comes: bool,
        #[arg(long)]
        nobody: bool,
    },
    Outlets {
        order: String,
        #[arg(long, value_name = "ACCOUNT")]
        ask: String,
        #[arg(long)]
        ours: bool,
    },
    Apply(apply::Apply),
    Printers {
        #[arg(long, conflicts_with = "probe")]
        find: bool,
        #[arg(long, requires = "find")]
        network: bool,
        #[arg(long, value_name = "NAME")]
        probe: Option<String>,
        #[arg(long, value_name = "NAME", requires = "to", conflicts_with_all = ["find", "probe"])]
        divert: Option<String>,
        #[arg(long, value_name = "NAME", requires = "divert")]
        to: Option<String>,
    },
    Record {
        #[arg(required_unless_present_any = ["kept", "show"])]
        account: Option<String>,
        #[arg(long, value_name = "N", default_value_t = 10)]
        minutes: u32,
        #[arg(long, conflicts_with_all = ["account", "show"])]
        kept: bool,
        #[arg(long, value_name = "ID", conflicts_with = "account")]
        show: Option<i64>,
    },
    TestLabel {
        printer: String,
    },
    #[command(group = ArgGroup::new("to").required(true).multiple(true).args(["png", "bytes"]))]
    Label {
        code: String,
        #[arg(long, value_name = "FILE")]
        png: Option<PathBuf>,
        #[arg(long, value_name = "FILE")]
        bytes: Option<PathBuf>,
        #[arg(long, value_name = "NAME")]
        printer: Option<String>,
    },
    #[command(group = ArgGroup::new("out").required(true).multiple(true)
        .args(["pdf", "print", "printer"]))]
    Sheet {
        #[arg(value_parser = sheet::kind)]
        kind: SheetKind,
        #[arg(value_name = "ORDER", required_if_eq_any(OF_ORDERS))]
        orders: Vec<String>,
        #[arg(long, value_name = "FILE", conflicts_with_all = ["print", "printer"])]
        pdf: Option<PathBuf>,
        #[arg(long)]
        print: bool,
        #[arg(long, value_name = "NAME")]
        printer: Option<String>,
        #[arg(long, default_value = "A4", value_parser = sheet::paper)]
        #[arg(conflicts_with_all = ["print", "printer"])]
        paper: Paper,
    },
    Rates {
        order: String,
    },
    Reach {
        order: String,
    },
    Address {
        text: String,
        #[arg(long, value_name = "ACCOUNT")]
        ask: String,
    },
    Backup,
    Restore {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[arg(long)]
        yes: bool,
    },
    Diagnose,
    Check,
}

/// Sheets that are about orders.
const OF_ORDERS: [(&str, &str); 4] =
    [("kind", "picking"), ("kind", "packing"), ("kind", "handover"), ("kind", "return")];

/// What every subcommand works with.
pub struct Bench<'a> {
    home: &'a Path,
    words: &'a Words,
}

impl Bench<'_> {
    /// The station, for looking only.
    async fn open(&self) -> Result<Session, Trouble> {
        Session::open(self.home).await
    }

    /// The station at work.
    async fn work(&self) -> Result<Session, Trouble> {
        let mut session = self.open().await?;
        session.run();
        if let Some(deaf) = session.deaf() {
            eprintln!("{}", self.words.trouble(deaf));
        }
        Ok(session)
    }

    fn say(&self, key: &str, fields: &[(&str, String)]) -> String {
        self.words.say(key, fields)
    }
}

/// Does what was typed, says how it went, and says how the program ends.
pub async fn run(command: Command, home: &Path, json: bool, words: &Words) -> Exit {
    let bench = Bench { home, words };
    let reply = match command {
        Command::Practice(stand_in) => return stand_in::run(stand_in, &bench, json).await,
        Command::Work(work) => answer(work, &bench).await,
    };
    let reply = reply.unwrap_or_else(|trouble| show::trouble(&trouble, words));
    reply.give(json);
    reply.exit
}

async fn answer(work: Work, bench: &Bench<'_>) -> Result<Reply, Trouble> {
    match work {
        Work::Init { practice, sender } => init::init(bench, practice, sender.as_deref()),
        Work::Import { file, shop, .. } => orders::import(bench, file.as_deref(), shop).await,
        Work::Orders { state, limit } => orders::list(bench, state, limit).await,
        Work::Order { text, goods, shop, number, weight: weight_g, sender } => {
            by_hand::order(bench, &text, Typed { goods, shop, number, weight_g, sender }).await
        }
        Work::Ship { orders, carrier, printer, sender, .. } => {
            ship::ship(bench, &orders, ship::By { account: carrier, printer, sender }).await
        }
        Work::Return(ask) => back::bring_back(bench, ask).await,
        Work::Exchange(ask) => back::exchange(bench, ask).await,
        Work::Numbers(typed) => numbers::numbers(bench, typed).await,
        Work::Sms(typed) => sms::sms(bench, typed).await,
        Work::Reprint { code, reason } => label::reprint(bench, &code, &reason).await,
        Work::Confirm { code, yes, .. } => label::confirm(bench, &code, yes).await,
        Work::Void { code } => ship::void(bench, &code).await,
        Work::Status => orders::status(bench).await,
        Work::Track { add: Some(no), phone, account, carrier, .. } => {
            track::add(bench, &no, &phone, account.as_deref(), carrier.as_deref()).await
        }
        Work::Track { others: true, .. } => track::others(bench).await,
        Work::Track { code: Some(code), now, eta, map, charge, .. } => {
            track::one(bench, &code, track::Ask { now, eta, map, charge }).await
        }
        Work::Track { code: None, .. } => track::plan(bench).await,
        Work::Pickup { windows: true, .. } => pickup::windows(bench).await,
        Work::Pickup { orders, back, off, again, comes, nobody, .. }
            if off.is_some() || again || comes || nobody =>
        {
            let act = pickup::Act::of(off, again, comes);
            pickup::act(bench, &orders, back, &act).await
        }
        Work::Pickup { orders, back, account, carrier, window, .. } => {
            pickup::book(bench, &orders, pickup::Ask { back, account, carrier, window }).await
        }
        Work::Outlets { order, ask, ours } => offers::outlets(bench, &order, &ask, ours).await,
        Work::Apply(asked) => apply::apply(bench, asked).await,
        Work::Printers { divert: Some(from), to: Some(to), .. } => {
            printers::divert(bench, &from, &to).await
        }
        Work::Printers { find, network, probe, .. } => {
            printers::printers(bench, printers::Ask { find, network, probe }).await
        }
        Work::Record { show: Some(id), .. } => record::show(bench, id).await,
        Work::Record { account: Some(account), minutes, .. } => {
            record::record(bench, &account, minutes)
        }
        Work::Record { account: None, .. } => record::kept(bench).await,
        Work::TestLabel { printer } => label::test(bench, &printer).await,
        Work::Label { code, png, bytes, printer } => {
            label::save(bench, &code, &label::To { png, bytes }, printer.as_deref()).await
        }
        Work::Sheet { kind, orders, pdf: Some(pdf), paper, .. } => {
            sheet::save(bench, kind, &orders, &pdf, paper).await
        }
        Work::Sheet { kind, orders, printer, .. } => {
            sheet::print(bench, kind, &orders, printer.as_deref()).await
        }
        Work::Rates { order } => offers::rates(bench, &order).await,
        Work::Reach { order } => offers::reach(bench, &order).await,
        Work::Address { text, ask } => offers::address(bench, &text, &ask).await,
        Work::Backup => house::back_up(bench).await,
        Work::Restore { file, yes } => house::restore(bench, &file, yes),
        Work::Diagnose => house::diagnose(bench),
        Work::Check => check::check(bench).await,
    }
}
