//! `order`: an order typed in, its receiver pasted as one text.

use super::{
    Bench, orders,
    show::{Exit, Reply},
};
use station::{
    first,
    trouble::Trouble,
    view::{GoodsLine, OrderDraft},
};

/// What was typed besides the text.
pub struct Typed {
    pub goods: Vec<GoodsLine>,
    pub shop: Option<String>,
    pub number: Option<String>,
    pub weight_g: Option<u32>,
    pub sender: Option<String>,
}

/// Reads "保温杯*2", "保温杯×2" or "保温杯".
pub fn goods(word: &str) -> Result<GoodsLine, String> {
    let (title, quantity) = match word.rsplit_once(['*', '×']) {
        Some((title, count)) => (title, count.trim().parse().map_err(|_| word.to_owned())?),
        None => (word, 1),
    };
    let title = title.trim().to_owned();
    if title.is_empty() || quantity == 0 {
        return Err(word.to_owned());
    }
    Ok(GoodsLine { title, quantity })
}

/// Keeps the order; what is wrong with it is said, and it waits for a person.
pub async fn order(bench: &Bench<'_>, text: &str, typed: Typed) -> Result<Reply, Trouble> {
    let session = bench.open().await?;
    let pasted = first::pasted(text);
    let mut edit = pasted.edit;
    edit.weight_g = typed.weight_g;
    let draft = OrderDraft {
        shop: typed.shop.unwrap_or_default(),
        number: typed.number.unwrap_or_default(),
        edit,
        goods: typed.goods,
        sender: typed.sender,
    };
    let kept = session.station.add_order(draft).await?;
    let row = &kept.row;
    let receiver = format!("{} {} {}", row.name, row.phone, row.place);
    let fields = [("order", row.order_no.clone()), ("receiver", receiver)];
    let mut lines = vec![bench.say("cli.order.kept", &fields)];
    if !pasted.left.is_empty() {
        lines.push(bench.say("cli.order.left", &[("left", pasted.left)]));
    }
    lines.extend(Some(orders::why(bench, row)).filter(|why| !why.is_empty()));
    let exit = if row.faults.is_empty() { Exit::Done } else { Exit::Person };
    Ok(Reply::new(&kept.row, lines, exit))
}
