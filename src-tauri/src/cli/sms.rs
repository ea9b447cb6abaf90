//! `sms`: messages to the receivers of shipped orders; which there were; a doubt that may stand.

use super::{
    Bench,
    show::{Exit, Reply, moment, table},
};
use clap::Args;
use station::{
    trouble::{Action, Code, Trouble},
    view::{SmsAsked, SmsState, SmsView, SmsWhy},
};

/// What was typed.
#[derive(Debug, Args)]
pub struct Sms {
    #[arg(value_name = "CODE", required_unless_present_any = ["list", "settle"])]
    codes: Vec<String>,
    #[arg(long, requires = "codes")]
    again: bool,
    #[arg(long, requires = "codes")]
    look: bool,
    #[arg(long, conflicts_with_all = ["codes", "settle"])]
    list: bool,
    #[arg(long, value_name = "ID", conflicts_with = "codes")]
    settle: Option<i64>,
}

/// Does one of them.
pub async fn sms(bench: &Bench<'_>, typed: Sms) -> Result<Reply, Trouble> {
    let sends = !typed.codes.is_empty() && !typed.look;
    let mut session = if sends { bench.work().await? } else { bench.open().await? };
    let done = act(bench, &session.station, typed).await;
    session.halt().await;
    done
}

type Station = std::sync::Arc<station::Station>;

async fn act(bench: &Bench<'_>, station: &Station, typed: Sms) -> Result<Reply, Trouble> {
    if let Some(id) = typed.settle {
        station.settle_sms(id).await?;
        return Ok(list(bench, &station.messages()?));
    }
    if typed.list {
        return Ok(list(bench, &station.messages()?));
    }
    let ids: Result<Vec<i64>, Trouble> =
        typed.codes.iter().map(|code| station.resolve(code)).collect();
    let ids = ids?;
    if typed.look {
        return Ok(asked(bench, "cli.sms.would", &station.sms_look(&ids, typed.again)?, &[]));
    }
    let wish = station.send_sms(&ids, typed.again).await?;
    if wish.asked == 0 {
        return Ok(asked(bench, "cli.sms.asked", &wish, &[]));
    }
    let went = wait(station, &ids).await?;
    Ok(asked(bench, "cli.sms.asked", &wish, &went))
}

/// The newest message of each, once none waits for its turn.
async fn wait(station: &Station, ids: &[i64]) -> Result<Vec<SmsView>, Trouble> {
    let mut changed = station.changed();
    loop {
        let mut newest = Vec::new();
        for id in ids {
            newest.extend(station.messages_of(*id)?.into_iter().next());
        }
        if newest.iter().all(|it| it.state != SmsState::Asked) {
            return Ok(newest);
        }
        let closed = |_| Trouble::new(Code::StationBusy, Action::Retry, []);
        changed.changed().await.map_err(closed)?;
    }
}

fn asked(bench: &Bench<'_>, key: &str, wish: &SmsAsked, went: &[SmsView]) -> Reply {
    let line = |by: &station::view::SmsBy| {
        let (account, template) = (by.account.clone(), by.template.to_string());
        let fields = [("n", by.n.to_string()), ("account", account), ("template", template)];
        bench.say(key, &fields)
    };
    let mut lines: Vec<String> = wish.by.iter().map(line).collect();
    if lines.is_empty() {
        lines.push(bench.say("cli.sms.none", &[]));
    }
    lines.extend(wish.left.iter().map(|left| {
        let fields = [("order", left.order_no.clone()), ("why", bench.say(why(left.why), &[]))];
        bench.say("cli.sms.left", &fields)
    }));
    if !went.is_empty() {
        lines.push(String::new());
        lines.extend(rows(bench, went));
    }
    let exit = if went.iter().any(needs_somebody) { Exit::Person } else { Exit::Done };
    let told = serde_json::json!({"asked": wish.asked, "by": wish.by, "left": wish.left,
                                  "messages": went});
    Reply::new(&told, lines, exit)
}

fn list(bench: &Bench<'_>, all: &[SmsView]) -> Reply {
    let lines = match all {
        [] => vec![bench.say("cli.sms.none_yet", &[])],
        all => rows(bench, all),
    };
    let exit = if all.iter().any(needs_somebody) { Exit::Person } else { Exit::Done };
    Reply::new(&all, lines, exit)
}

fn needs_somebody(message: &SmsView) -> bool {
    message.state == SmsState::Refused || message.state == SmsState::Unknown && !message.settled
}

fn rows(bench: &Bench<'_>, all: &[SmsView]) -> Vec<String> {
    let head = ["cli.sms.id", "cli.sms.order", "cli.sms.at", "cli.sms.template", "cli.sms.state"];
    let mut head: Vec<String> = head.iter().map(|key| bench.say(key, &[])).collect();
    head.push(bench.say("cli.sms.said", &[]));
    let row = |it: &SmsView| {
        let said = if it.key.is_empty() { it.said.clone() } else { it.key.clone() };
        vec![
            it.id.to_string(),
            it.order_no.clone(),
            moment(it.ended_at_ms.unwrap_or(it.asked_at_ms)),
            it.template.to_string(),
            bench.say(state(it), &[]),
            said,
        ]
    };
    table(&head, &all.iter().map(row).collect::<Vec<_>>())
}

fn state(message: &SmsView) -> &'static str {
    match message.state {
        SmsState::Asked => "sms_state.asked",
        SmsState::Sent => "sms_state.sent",
        SmsState::Refused => "sms_state.refused",
        SmsState::Unknown if message.settled => "sms_state.settled",
        SmsState::Unknown => "sms_state.unknown",
        SmsState::Withdrawn => "sms_state.withdrawn",
    }
}

fn why(why: SmsWhy) -> &'static str {
    match why {
        SmsWhy::NoNumber => "sms_why.no_number",
        SmsWhy::Back => "sms_why.back",
        SmsWhy::NoMobile => "sms_why.no_mobile",
        SmsWhy::Virtual => "sms_why.virtual",
        SmsWhy::Hidden => "sms_why.hidden",
        SmsWhy::Abroad => "sms_why.abroad",
        SmsWhy::Hole => "sms_why.hole",
        SmsWhy::Already => "sms_why.already",
        SmsWhy::Doubt => "sms_why.doubt",
    }
}
