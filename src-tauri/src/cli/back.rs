//! `return` and `exchange`: what was sent comes back under a number of its own, and what is sent
//! for it. Both begin, get their numbers and labels, and are waited for.

use super::{
    Bench,
    ship::{self, By},
    show::{Exit, Reply},
    words::word_of,
};
use crate::session::Session;
use clap::{Args, ValueEnum};
use station::{
    trouble::Trouble,
    view::{ActDone, ExchangeAsk, Payer, ReturnAsk},
};

/// Who pays for the way back.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum Pay {
    #[default]
    Usual,
    Sender,
    Receiver,
    Monthly,
}

/// What was typed for a return.
#[derive(Debug, Args)]
pub struct Return {
    order: String,
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[arg(long, value_name = "N,N", value_delimiter = ',')]
    pieces: Vec<u32>,
    #[arg(long, value_name = "WHO", value_enum, default_value_t)]
    pay: Pay,
    #[arg(long, value_name = "ACCOUNT")]
    carrier: Option<String>,
    #[arg(long, value_name = "GRAMS")]
    weight: Option<u32>,
    #[arg(long, value_name = "NAME")]
    printer: Option<String>,
    #[arg(long)]
    later: bool,
}

/// What was typed for an exchange.
#[derive(Debug, Args)]
pub struct Exchange {
    #[command(flatten)]
    back: Return,
    #[arg(long, value_name = "N,N", value_delimiter = ',')]
    send: Vec<u32>,
    #[arg(long, value_name = "GRAMS")]
    send_weight: Option<u32>,
}

/// Lets an order come back.
pub async fn bring_back(bench: &Bench<'_>, typed: Return) -> Result<Reply, Trouble> {
    let session = bench.work().await?;
    let begun = async {
        let (ask, then) = read(&typed, session.station.resolve(&typed.order)?);
        Ok((session.station.bring_back(ask).await?, then))
    }
    .await;
    go_on(bench, session, begun).await
}

/// Lets an order come back, and sends something for it.
pub async fn exchange(bench: &Bench<'_>, typed: Exchange) -> Result<Reply, Trouble> {
    let session = bench.work().await?;
    let begun = async {
        let (back, then) = read(&typed.back, session.station.resolve(&typed.back.order)?);
        let ask = ExchangeAsk { back, pieces: typed.send, weight_g: typed.send_weight };
        Ok((session.station.exchange(ask).await?, then))
    }
    .await;
    go_on(bench, session, begun).await
}

/// What happens with what began: nothing yet, or numbers and labels from this printer.
type Then = Option<Option<String>>;

fn read(typed: &Return, id: i64) -> (ReturnAsk, Then) {
    let ask = ReturnAsk {
        id,
        pieces: typed.pieces.clone(),
        payer: match typed.pay {
            Pay::Usual => Payer::Usual,
            Pay::Sender => Payer::Sender,
            Pay::Receiver => Payer::Receiver,
            Pay::Monthly => Payer::Monthly,
        },
        account: typed.carrier.clone(),
        weight_g: typed.weight,
        reason: typed.reason.clone(),
    };
    (ask, (!typed.later).then(|| typed.printer.clone()))
}

async fn go_on(
    bench: &Bench<'_>,
    mut session: Session,
    begun: Result<(ActDone, Then), Trouble>,
) -> Result<Reply, Trouble> {
    match begun {
        Ok((ActDone { done: 1.., ids, .. }, Some(printer))) => {
            ship::ship_these(bench, session, ids, By { printer, ..By::default() }).await
        }
        begun => {
            session.halt().await;
            let (done, _) = begun?;
            let left = done.left.first().map(|left| bench.words.word("left", &word_of(&left.why)));
            let began = done.done > 0;
            let key = if began { "cli.return.waits" } else { "cli.return.not" };
            let line = bench.say(key, &[("why", left.unwrap_or_default())]);
            let exit = if began { Exit::Done } else { Exit::Person };
            Ok(Reply::new(&done, vec![line], exit))
        }
    }
}
