//! Orders typed in at the bench: pasted, looked at, kept once, shipped like any other.

use scene::{Home, orders_csv};
use station::{
    first,
    trouble::Code,
    view::{GoodsLine, OrderDraft, State},
};

const CHAT: &str = "收货人：李思雨\n手机号码：13800000921\n所在地区：浙江省 杭州市 余杭区\n\
    详细地址：文一西路 969 号 3 号仓\n备注：放门口";

fn goods(title: &str, quantity: u32) -> Vec<GoodsLine> {
    vec![GoodsLine { title: title.to_owned(), quantity }]
}

#[tokio::test]
async fn a_pasted_order_is_kept_once_and_shipped() {
    let home = Home::new("none");
    let mut scene = home.open().await.expect("opens");
    let pasted = first::pasted(CHAT);
    assert!(pasted.certain && pasted.left.is_empty(), "{pasted:?}");
    assert_eq!(scene.station.known_before("").expect("reads").receivers, [], "nothing is kept yet");

    let draft = |number: &str| OrderDraft {
        number: number.to_owned(),
        edit: pasted.edit.clone(),
        goods: goods("保温杯", 2),
        ..OrderDraft::default()
    };
    let first = scene.station.add_order(draft("")).await.expect("kept").row;
    assert_eq!((first.state, first.note.as_str()), (State::Ready, "放门口"));
    assert_eq!((first.goods.as_str(), first.pieces), ("保温杯 ×2", 2));
    // Two at once have two numbers, also when both are asked for at the same time.
    let (second, third) =
        tokio::join!(scene.station.add_order(draft("")), scene.station.add_order(draft("")));
    let mut numbers = [first.order_no.clone(), second.expect("kept").row.order_no];
    numbers.sort();
    let third = third.expect("kept").row.order_no;
    assert!(numbers[0] < numbers[1] && !numbers.contains(&third), "{numbers:?} {third}");

    // A number that is typed twice is one order; nothing of the first changes.
    scene.station.add_order(draft("MINE-1")).await.expect("kept");
    let again = OrderDraft { goods: goods("杯刷", 9), ..draft("MINE-1") };
    let known = scene.station.add_order(again).await.expect_err("known");
    assert_eq!((known.code, known.fields["order"].as_str()), (Code::OrderKnown, "MINE-1"));
    assert_eq!(scene.row("MINE-1").goods, "保温杯 ×2");

    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    for order in [&first.order_no, &third, "MINE-1"] {
        assert_eq!(scene.row(order).state, State::Printed, "{order}");
    }
    assert_eq!(home.world.issued().len(), 4, "one number each");
}

#[tokio::test]
async fn what_is_missing_holds_an_order_like_one_of_a_file() {
    let home = Home::new("none");
    let scene = home.open().await.expect("opens");
    let edit = first::pasted("李思雨 13800000921").edit;
    let draft = OrderDraft { edit, goods: goods("保温杯", 1), ..OrderDraft::default() };
    let kept = scene.station.add_order(draft).await.expect("kept").row;
    assert_eq!(kept.state, State::Held);
    assert!(kept.faults.iter().any(|fault| fault.field == "province"), "{:?}", kept.faults);
}

#[tokio::test]
async fn who_was_sent_to_before_is_offered_newest_first() {
    let home = Home::new("none");
    let scene = home.open().await.expect("opens");
    scene.import(&orders_csv(3)).await.expect("imports");
    let edit = first::pasted(CHAT).edit;
    let draft = OrderDraft { edit, goods: goods("杯刷", 1), ..OrderDraft::default() };
    scene.station.add_order(draft.clone()).await.expect("kept");
    scene.station.add_order(draft).await.expect("kept");

    let all = scene.station.known_before("").expect("reads");
    assert_eq!(all.receivers[0].name, "李思雨", "newest first, and once");
    assert_eq!(all.receivers.iter().filter(|one| one.name == "李思雨").count(), 1);
    assert_eq!(all.receivers[0].shown_phone, "138****0921");
    assert_eq!(all.goods[0], "杯刷");
    let found = scene.station.known_before("0921").expect("reads");
    assert_eq!(found.receivers.len(), 1);
    assert_eq!(found.receivers[0].detail, "文一西路 969 号 3 号仓");
    assert!(scene.station.known_before("100%").expect("reads").receivers.is_empty());
}
