//! Printers that announce themselves, heard over real multicast on the loopback.

#![allow(clippy::unwrap_used, reason = "a test; clippy sees only the functions marked so")]

use mdns_sd::{IfKind, ServiceDaemon, ServiceInfo};
use station::{
    print::{Address, find},
    view::Way,
};

#[test]
fn what_announces_itself_is_found() {
    let printers = ServiceDaemon::new().unwrap();
    printers.enable_interface(IfKind::LoopbackV4).unwrap();
    let announce = |kind: &str, name: &str, port, text: &[(&str, &str)]| {
        let service =
            ServiceInfo::new(kind, name, "packbench-test.local.", "127.0.0.1", port, text).unwrap();
        printers.register(service).unwrap();
    };
    let tsc: [(&str, &str); 3] =
        [("ty", "TSC TTP-244 Pro"), ("usb_MFG", "TSC"), ("usb_CMD", "TSPL2")];
    announce("_pdl-datastream._tcp.local.", "Packbench test raw", 19_100, &tsc);
    let ipp: [(&str, &str); 4] =
        [("rp", "ipp/print"), ("usb_MFG", "Zebra"), ("usb_MDL", "ZD421"), ("usb_CMD", "ZPL")];
    announce("_ipp._tcp.local.", "Packbench test ipp", 8_633, &ipp);
    // What somebody announces is read as an address, not believed.
    announce("_ipp._tcp.local.", "Packbench test bad", 8_634, &[("rp", "a b\" #")]);
    let heard = find::heard(&[IfKind::LoopbackV4]).unwrap();
    drop(printers.shutdown());
    let ours = |port: &str| heard.iter().find(|one| one.address.contains(port));
    let raw = ours(":19100").unwrap_or_else(|| panic!("{heard:?}"));
    assert_eq!((raw.way, raw.model.as_str()), (Way::Network, "TSC TTP-244 Pro"));
    assert_eq!(raw.languages, ["tspl"]);
    assert!(matches!(raw.address.parse(), Ok(Address::Tcp(_))), "{raw:?}");
    let ipp = ours(":8633").unwrap_or_else(|| panic!("{heard:?}"));
    assert_eq!((ipp.model.as_str(), &ipp.languages[..]), ("Zebra ZD421", &["zpl".to_owned()][..]));
    assert!(ipp.address.ends_with(":8633/ipp/print"), "{ipp:?}");
    assert!(ours(":8634").is_none(), "{heard:?}");
}

#[tokio::test]
async fn looking_here_never_fails_as_a_whole() {
    let found = find::find(false).await;
    for one in &found.printers {
        let read: Address = one.address.parse().unwrap();
        assert_eq!(read.to_string(), one.address);
    }
    assert!(found.failed.iter().all(|one| !one.why.is_empty()), "{found:?}");
}
