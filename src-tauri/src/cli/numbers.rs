//! `numbers`: files of waybill numbers for the shops; which there are, once more, taken back.

use super::{
    Bench,
    show::{Exit, Reply, moment, table},
};
use clap::Args;
use station::{
    trouble::{Action, Code, Trouble},
    view::{NumbersView, TellingState, TellingView},
};
use std::path::PathBuf;

/// What was typed.
#[derive(Debug, Args)]
pub struct Numbers {
    #[arg(long, value_name = "NAME")]
    shop: Option<String>,
    #[arg(long, value_name = "FILE", requires = "shop")]
    file: Option<PathBuf>,
    #[arg(long, conflicts_with_all = ["shop", "again", "back", "settled"])]
    list: bool,
    #[arg(long, value_name = "ID", conflicts_with_all = ["shop", "back", "settled"])]
    again: Option<i64>,
    #[arg(long, value_name = "ID", conflicts_with_all = ["shop", "settled"])]
    back: Option<i64>,
    #[arg(long, value_name = "NUMBER", conflicts_with = "shop")]
    settled: Option<String>,
}

/// Does one of them.
pub async fn numbers(bench: &Bench<'_>, typed: Numbers) -> Result<Reply, Trouble> {
    let mut session = bench.open().await?;
    let done = act(bench, &session.station, typed).await;
    session.halt().await;
    done
}

type Station = std::sync::Arc<station::Station>;

async fn act(bench: &Bench<'_>, station: &Station, typed: Numbers) -> Result<Reply, Trouble> {
    match typed {
        Numbers { list: true, .. } => Ok(list(bench, &station.numbers()?)),
        Numbers { again: Some(id), .. } => {
            let written = station.tell_again(id).await?;
            let line = bench.say("cli.numbers.again", &[("path", written.path.clone())]);
            Ok(Reply::new(&written, vec![line], Exit::Done))
        }
        Numbers { back: Some(id), .. } => {
            station.tell_back(id).await?;
            Ok(list(bench, &station.numbers()?))
        }
        Numbers { settled: Some(no), .. } => {
            let known = station.numbers()?.stale.into_iter().find(|it| it.no == no);
            let unknown = || Trouble::new(Code::ScanUnknown, Action::None, [("code", no.clone())]);
            station.settle_number(known.ok_or_else(unknown)?.id, &no).await?;
            Ok(list(bench, &station.numbers()?))
        }
        Numbers { shop: Some(shop), file, .. } => {
            let written = station.tell_shop(&shop, file.as_deref()).await?;
            Ok(wrote(bench, &[written]))
        }
        Numbers { .. } => Ok(wrote(bench, &station.tell_shops().await?)),
    }
}

fn wrote(bench: &Bench<'_>, written: &[TellingView]) -> Reply {
    let line = |one: &TellingView| {
        let shop = shop(bench, &one.shop);
        let fields = [("shop", shop), ("n", one.n.to_string()), ("path", one.path.clone())];
        bench.say("cli.numbers.written", &fields)
    };
    let mut lines: Vec<String> = written.iter().map(line).collect();
    if lines.is_empty() {
        lines.push(bench.say("cli.numbers.none", &[]));
    }
    Reply::new(&written, lines, Exit::Done)
}

fn list(bench: &Bench<'_>, view: &NumbersView) -> Reply {
    let say = |key: &str| bench.say(key, &[]);
    let head = ["cli.numbers.shop", "cli.numbers.waiting", "cli.numbers.since"].map(say);
    let rows: Vec<Vec<String>> = view
        .shops
        .iter()
        .map(|it| {
            let since = it.oldest_at_ms.map(moment).unwrap_or_default();
            vec![shop(bench, &it.shop), it.n.to_string(), since]
        })
        .collect();
    let mut lines = table(&head, &rows);
    if rows.is_empty() {
        lines =
            vec![say(if view.practice { "trouble.numbers_practice" } else { "cli.numbers.none" })];
    }
    let head = ["cli.numbers.id", "cli.numbers.at", "cli.numbers.shop", "cli.numbers.rows"];
    let head = [head.as_slice(), &["cli.numbers.state", "cli.numbers.file"]].concat();
    let head: Vec<String> = head.into_iter().map(say).collect();
    let rows: Vec<Vec<String>> = view.tellings.iter().map(|it| telling(bench, it)).collect();
    if !rows.is_empty() {
        lines.push(String::new());
        lines.extend(table(&head, &rows));
    }
    for one in &view.stale {
        let key =
            if one.new_no.is_empty() { "cli.numbers.stale_none" } else { "cli.numbers.stale" };
        let order = one.order_no.clone();
        let fields = [("order", order), ("old", one.no.clone()), ("new", one.new_no.clone())];
        lines.push(bench.say(key, &fields));
    }
    let wrong = !view.stale.is_empty() || view.failed.is_some();
    Reply::new(view, lines, if wrong { Exit::Person } else { Exit::Done })
}

fn telling(bench: &Bench<'_>, one: &TellingView) -> Vec<String> {
    let state = match one.state {
        TellingState::Owed => "telling.owed",
        TellingState::Written => "telling.written",
        TellingState::Back => "telling.back",
    };
    vec![
        one.id.to_string(),
        moment(one.at_ms),
        shop(bench, &one.shop),
        one.n.to_string(),
        bench.say(state, &[]),
        one.path.clone(),
    ]
}

fn shop(bench: &Bench<'_>, name: &str) -> String {
    if name.is_empty() { bench.say("numbers.no_shop", &[]) } else { name.to_owned() }
}
