//! Labels through a platform's print component, over a real WebSocket: what comes out, and what is
//! said of those that may have.

#![allow(clippy::unwrap_used, reason = "a test; clippy sees only the functions marked so")]

use practice::component::{Component, Options, Wrong};
use station::print::{
    Address, Port, Standing,
    component::{self, Maker},
    open::open,
};
use std::{io, time::Duration};

const PRINTER: &str = "热敏 1 号";
const LABEL: &str = r#"{"encryptedData":"AES:bm90aGluZw==","signature":"MD:c2lnbg==",
    "templateURL":"http://cloudprint.cainiao.com/template/standard/101","ver":"v1"}"#;

async fn within<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(30), what).await.expect("in time")
}

async fn running(pinduoduo: bool) -> (Component, Address) {
    let options = Options { printers: vec![PRINTER.to_owned()], pinduoduo, port: 0 };
    let component = Component::start(options).await.unwrap();
    let maker = if pinduoduo { Maker::Pinduoduo } else { Maker::Cainiao };
    let address = format!("component:{maker}@{}/{PRINTER}", component.at());
    (component, address.parse().unwrap())
}

fn document() -> Vec<u8> {
    component::label(LABEL.as_bytes(), "YT8812000033910", 1).unwrap()
}

/// Looks until no label is inside, or something is wrong.
async fn end(port: &mut dyn Port) -> io::Result<()> {
    loop {
        let told = within(port.told()).await?.unwrap();
        match told.waiting {
            Some(0) => return Ok(()),
            _ => assert_eq!(told.standing, Standing::Printing),
        }
    }
}

#[tokio::test]
async fn a_label_comes_out_and_is_known_to_be() {
    for pinduoduo in [false, true] {
        let (component, address) = running(pinduoduo).await;
        let mut port = within(open(address, None)).await.unwrap();
        assert!(port.follows());
        for nth in 1..=3 {
            within(port.write_label(&format!("packbench-{nth}"), &document())).await.unwrap();
            end(&mut *port).await.unwrap();
            let printed = component.printed();
            assert_eq!(printed.len(), nth);
            assert_eq!(printed[nth - 1].document, "YT8812000033910-1");
            let given: serde_json::Value = serde_json::from_str(LABEL).unwrap();
            assert_eq!(printed[nth - 1].contents, serde_json::json!([given]));
        }
    }
}

#[tokio::test]
async fn the_same_job_sent_by_two_stations_is_two_tasks() {
    let (component, address) = running(false).await;
    for _ in 0..2 {
        let mut port = within(open(address.clone(), None)).await.unwrap();
        within(port.write_label("packbench-1", &document())).await.unwrap();
        end(&mut *port).await.unwrap();
    }
    assert_eq!(component.printed().len(), 2);
}

#[tokio::test]
async fn turned_down_is_certainly_not_printed() {
    let (component, address) = running(false).await;
    let mut port = within(open(address, None)).await.unwrap();
    component.set_wrong(Wrong::Refuses);
    let broken = within(port.write_label("packbench-1", &document())).await.unwrap_err();
    assert_eq!((broken.sent, broken.why.to_string().as_str()), (0, "打印机脱机"));
    let broken = within(port.write_label("packbench-2", b"^XA^XZ")).await.unwrap_err();
    assert_eq!(broken.sent, 0);
    component.set_wrong(Wrong::Nothing);
    within(port.write_label("packbench-3", &document())).await.unwrap();
    end(&mut *port).await.unwrap();
    assert_eq!(component.printed().len(), 1);
}

#[tokio::test]
async fn a_connection_that_closes_leaves_doubt() {
    for (wrong, out) in [(Wrong::ClosesBefore, 0), (Wrong::ClosesAfter, 1)] {
        let (component, address) = running(false).await;
        let mut port = within(open(address, None)).await.unwrap();
        component.set_wrong(wrong);
        let broken = within(port.write_label("packbench-1", &document())).await.unwrap_err();
        assert!(broken.sent > 0, "{wrong:?}");
        assert_eq!(component.printed().len(), out);
    }
}

#[tokio::test]
async fn a_silent_component_is_asked() {
    let (component, address) = running(false).await;
    let mut port = within(open(address, None)).await.unwrap();
    component.set_wrong(Wrong::Silent);
    within(port.write_label("packbench-1", &document())).await.unwrap();
    end(&mut *port).await.unwrap();
    assert_eq!(component.printed().len(), 1);
}

#[tokio::test]
async fn a_label_that_came_to_nothing_says_why() {
    let (component, address) = running(false).await;
    let mut port = within(open(address, None)).await.unwrap();
    component.set_wrong(Wrong::Fails);
    within(port.write_label("packbench-1", &document())).await.unwrap();
    let why = end(&mut *port).await.unwrap_err();
    assert_eq!(why.to_string(), "模板下载失败");
}

#[tokio::test]
async fn a_rendered_label_is_not_taken_for_a_printed_one() {
    let (component, address) = running(false).await;
    let mut port = within(open(address, None)).await.unwrap();
    component.set_wrong(Wrong::Stuck);
    within(port.write_label("packbench-1", &document())).await.unwrap();
    for _ in 0..8 {
        let told = within(port.told()).await.unwrap().unwrap();
        assert_eq!((told.waiting, told.standing), (Some(1), Standing::Printing));
    }
}

#[tokio::test]
async fn who_is_not_there_is_said_before_anything_is_sent() {
    let (component, _) = running(false).await;
    let other = format!("component:cainiao@{}/另一台", component.at());
    let refused = within(open(other.parse().unwrap(), None)).await.err().unwrap();
    assert_eq!(refused.kind(), io::ErrorKind::NotFound);
    let found = within(component::printers(Maker::Cainiao, &component.at())).await.unwrap();
    assert_eq!(found, [PRINTER]);
    let address: Address = format!("component:douyin@{}/x", component.at()).parse().unwrap();
    drop(component);
    assert!(within(open(address, None)).await.is_err());
}
