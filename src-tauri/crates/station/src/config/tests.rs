//! Every fault of the settings, one row each; and that valid settings mean what they say.

use super::ConfigWhy::*;
use super::*;
use std::path::Path;

mod abroad;
mod direct;
mod takes;

/// Valid settings; line numbers of the table below count in it.
const GOOD: &str = r#"practice = false
[sender]
name = "拾光家居"
phone = "0571-88001234"
province = "浙江省"
city = "杭州市"
district = "余杭区"
detail = "仓前街道文一西路 969 号"
[[carrier]]
name = "圆通-快递鸟"
kind = "kdniao"
shipper_code = "YTO"
business_id = "test1777000"
api_key = "env:KDN_KEY"
endpoint = "http://127.0.0.1:18777"
customer_name = "K00000000"
month_code = "x"
calls_per_s = 20
in_flight = 8
timeout_ms = 30000
[[printer]]
name = "热敏 1 号"
address = "tcp://127.0.0.1:19100"
language = "zpl"
dots_per_mm = 8
paper = "76x130"
confirm = "status"
[[routing]]
carrier = "圆通-快递鸟"
"#;

/// The template's printer names what it takes, and needs another one for the rest.
const REST: &str = "[[printer]]\nname = \"x\"\naddress = \"queue:x\"\nlanguage = \"zpl\"\n\
                    dots_per_mm = 8\n";

fn faults(text: &str) -> Vec<(u32, String, ConfigWhy)> {
    match parse(text) {
        Ok(_) => Vec::new(),
        Err(found) => found.into_iter().map(|f| (f.line, f.key, f.why)).collect(),
    }
}

/// The same with SF itself.
fn with_sf(settings: &str) -> String {
    let (start, rest) = GOOD.split_once("kind = \"kdniao\"").unwrap();
    let (_, end) = rest.split_once("month_code = \"x\"").unwrap();
    format!("{start}kind = \"sf\"\n{settings}{end}")
}

#[test]
fn sf_has_settings_of_its_own_and_none_of_kdniao() {
    let text = with_sf(
        "partner_id = \"PB01\"\ncheckword = \"keyring:sf\"\nproof = \"token\"\npay_method = 3\n\
         monthly_card = \"7551234567\"\nexpress_type = 2",
    );
    let config = parse(&text).unwrap();
    let Speaks::Sf(own) = &config.carriers[0].speaks else { panic!("{config:?}") };
    assert_eq!((own.partner_id.as_str(), own.proof), ("PB01", SfProof::Token));
    assert_eq!((own.pay_method, own.express_type), (Some(3), Some(2)));
    let bad = with_sf("checkword = \"plain\"\nshipper_code = \"SF\"\npay_method = 4");
    assert_eq!(
        faults(&bad),
        [
            (9, "carrier[1].partner_id".into(), Missing),
            (12, "carrier[1].checkword".into(), SecretPlain),
            (13, "carrier[1].shipper_code".into(), UnknownKey),
            (14, "carrier[1].pay_method".into(), OutOfRange),
        ]
    );
}

#[test]
fn the_contract_s_example_is_read_as_it_stands() {
    let config = parse(GOOD).unwrap();
    assert!(!config.practice);
    assert_eq!(config.sender.address.district, "余杭区");
    let carrier = &config.carriers[0];
    assert_eq!((carrier.practice, carrier.environment), (false, Environment::Production));
    assert_eq!(carrier.endpoint.as_deref(), Some("http://127.0.0.1:18777"));
    assert_eq!((carrier.calls_per_s, carrier.in_flight), (Some(20), Some(8)));
    assert_eq!((carrier.calls_a_day, carrier.timeout_ms), (None, 30_000));
    let Speaks::Kdniao(own) = &carrier.speaks else { panic!("{carrier:?}") };
    assert_eq!((own.pay_type, own.exp_type.as_str()), (None, ""));
    assert_eq!(own.api_key.from, SecretFrom::Env("KDN_KEY".into()));
    assert_eq!(
        config.printers,
        [PrinterConfig {
            name: "热敏 1 号".into(),
            address: Address::Tcp("127.0.0.1:19100".into()),
            language: PrinterLanguage::Zpl,
            head_dots_per_m: 8_000,
            paper_width_um: 76_000,
            paper_height_um: 130_000,
            confirm: Confirm::Status,
            darkness: None,
            speed: None,
            graphics: Graphics::Acs,
            how: How::default(),
            takes: Takes::default(),
        }]
    );
    assert_eq!(config.routing, [Rule { carrier: "圆通-快递鸟".into() }]);
}

/// What is replaced by what, and the one fault that must come of it.
const ONE_FAULT: &[(&str, &str, u32, &str, ConfigWhy)] = &[
    ("practice = false", "practice = 1", 1, "practice", WrongType),
    ("practice = false", "practise = false", 1, "practise", UnknownKey),
    ("practice = false", "practice = ", 1, "", Syntax),
    ("phone = \"0571-88001234\"", "", 2, "sender.phone", Missing),
    ("phone = \"0571-88001234\"", "phone = \" \"", 4, "sender.phone", Empty),
    ("phone = \"0571-88001234\"", "phone = 5718800", 4, "sender.phone", WrongType),
    ("city = \"杭州市\"", "city = \"杭州市\"\ntown = \"x\"", 7, "sender.town", UnknownKey),
    ("kind = \"kdniao\"", "kind = \"ups\"", 11, "carrier[1].kind", NotOneOf),
    ("kind = \"kdniao\"", "", 9, "carrier[1].kind", Missing),
    ("kind = \"kdniao\"", "kind = \"practice\"", 11, "carrier[1].kind", PracticeOnly),
    ("practice = false", "practice = true", 11, "carrier[1].kind", NotPractice),
    ("shipper_code = \"YTO\"", "shipper_code = \"圆通\"", 12, "carrier[1].shipper_code", NotOneOf),
    ("shipper_code = \"YTO\"", "", 9, "carrier[1].shipper_code", Missing),
    ("business_id = \"test1777000\"", "", 9, "carrier[1].business_id", Missing),
    ("api_key = \"env:KDN_KEY\"", "", 9, "carrier[1].api_key", Missing),
    ("api_key = \"env:KDN_KEY\"", "api_key = \"0b1c-22\"", 14, "carrier[1].api_key", SecretPlain),
    ("api_key = \"env:KDN_KEY\"", "api_key = \"env:\"", 14, "carrier[1].api_key", SecretPlain),
    ("month_code", "customer_pwd = \"a\"\nmonth_code", 17, "carrier[1].customer_pwd", SecretPlain),
    ("http://127.0.0.1:18777", "127.0.0.1:18777", 15, "carrier[1].endpoint", BadUrl),
    ("http://127.0.0.1:18777", "ftp://kdniao.example", 15, "carrier[1].endpoint", BadUrl),
    ("http://127.0.0.1:18777", "http://h/api/dist", 15, "carrier[1].endpoint", BadUrl),
    ("http://127.0.0.1:18777", "http://me:pw@h", 15, "carrier[1].endpoint", BadUrl),
    ("in_flight = 8", "in_flight = 0", 19, "carrier[1].in_flight", OutOfRange),
    ("in_flight = 8", "in_flight = \"8\"", 19, "carrier[1].in_flight", WrongType),
    ("calls_per_s = 20", "calls_per_s = 201", 18, "carrier[1].calls_per_s", OutOfRange),
    ("timeout_ms = 30000", "timeout_ms = 99", 20, "carrier[1].timeout_ms", OutOfRange),
    ("timeout_ms = 30000", "pay_type = 5", 20, "carrier[1].pay_type", OutOfRange),
    ("timeout_ms = 30000", "environment = \"test\"", 20, "carrier[1].environment", NotOneOf),
    (
        "timeout_ms = 30000",
        "[carrier.endpoints]\n1007 = \"x\"",
        21,
        "carrier[1].endpoints.1007",
        BadUrl,
    ),
    (
        "timeout_ms = 30000",
        "[carrier.endpoints]\nbuy = \"http://h/x\"",
        21,
        "carrier[1].endpoints.buy",
        BadRequestType,
    ),
    ("timeout_ms = 30000", "endpoints = 3", 20, "carrier[1].endpoints", WrongType),
    ("[[printer]]", "[printer]", 21, "printer", WrongType),
    ("tcp://127.0.0.1:19100", "127.0.0.1:19100", 23, "printer[1].address", BadAddress),
    ("tcp://127.0.0.1:19100", "practice", 23, "printer[1].address", PracticeOnly),
    ("tcp://127.0.0.1:19100", "queue:label", 27, "printer[1].confirm", ConfirmSilent),
    ("tcp://127.0.0.1:19100", "dir:out", 27, "printer[1].confirm", ConfirmSilent),
    ("language = \"zpl\"", "language = \"dpl\"", 24, "printer[1].language", NotOneOf),
    ("language = \"zpl\"", "", 21, "printer[1].language", Missing),
    ("dots_per_mm = 8", "dots_per_mm = 9", 25, "printer[1].dots_per_mm", NotOneOf),
    ("dots_per_mm = 8", "", 21, "printer[1].dots_per_mm", Missing),
    ("76x130", "76", 26, "printer[1].paper", BadPaper),
    ("76x130", "0x130", 26, "printer[1].paper", BadPaper),
    ("76x130", "76x1300", 26, "printer[1].paper", BadPaper),
    ("confirm = \"status\"", "confirm = \"yes\"", 27, "printer[1].confirm", NotOneOf),
    ("confirm = \"status\"", "darkness = 31", 27, "printer[1].darkness", OutOfRange),
    ("confirm = \"status\"", "speed = 0", 27, "printer[1].speed", OutOfRange),
    ("confirm = \"status\"", "graphics = \"png\"", 27, "printer[1].graphics", NotOneOf),
    ("confirm = \"status\"", "offset_x = 17", 27, "printer[1].offset_x", OutOfRange),
    ("confirm = \"status\"", "offset_y = 1.5", 27, "printer[1].offset_y", WrongType),
    ("confirm = \"status\"", "media = \"fold\"", 27, "printer[1].media", NotOneOf),
    ("confirm = \"status\"", "gap_mm = 2", 21, "printer[1].media", NotOneOf),
    (
        "confirm = \"status\"",
        "media = \"mark\"\nmark_mm = 300",
        28,
        "printer[1].mark_mm",
        OutOfRange,
    ),
    ("confirm = \"status\"", "finish = \"bite\"", 27, "printer[1].finish", NotOneOf),
    ("confirm = \"status\"", "method = \"laser\"", 27, "printer[1].method", NotOneOf),
    ("confirm = \"status\"", "upside_down = 1", 27, "printer[1].upside_down", WrongType),
    (
        "[[routing]]\ncarrier = \"圆通-快递鸟\"",
        "[[routing]]\ncarrier = \"中通\"",
        29,
        "routing[1].carrier",
        UnknownCarrier,
    ),
    (
        "[[routing]]\ncarrier = \"圆通-快递鸟\"",
        "[[routing]]\nto = \"中通\"\ncarrier = \"圆通-快递鸟\"",
        29,
        "routing[1].to",
        UnknownKey,
    ),
];

#[test]
fn each_fault_is_named_with_its_line_and_key() {
    for (old, new, line, key, why) in ONE_FAULT {
        assert_eq!(GOOD.matches(old).count(), 1, "{old} must stand once in GOOD");
        let found = faults(&GOOD.replace(old, new));
        assert_eq!(found, [(*line, (*key).to_owned(), *why)], "{old} → {new}");
    }
}

#[test]
fn a_file_without_anything_lacks_a_sender_and_may_have_no_account_and_no_printer() {
    assert_eq!(faults(""), [(1, "sender".to_owned(), Missing)]);
    let alone = parse(&GOOD[..GOOD.find("[[carrier]]").unwrap()]).unwrap();
    assert!(alone.carriers.is_empty() && alone.printers.is_empty() && alone.routing.is_empty());
}

#[test]
fn two_of_a_name_are_refused_and_two_accounts_need_a_rule() {
    let from = GOOD.find("[[carrier]]").unwrap();
    let (carrier, routing) = (GOOD.find("[[printer]]").unwrap(), GOOD.find("[[routing]]").unwrap());
    let doubled = format!("{GOOD}{}", &GOOD[from..carrier]);
    assert_eq!(faults(&doubled), [(31, "carrier[2].name".to_owned(), Duplicate)]);
    let doubled = format!("{GOOD}{}", &GOOD[carrier..routing]);
    assert_eq!(faults(&doubled), [(31, "printer[2].name".to_owned(), Duplicate)]);

    let second = GOOD[from..carrier].replace("name = \"圆通", "name = \"中通");
    let unruled = format!("{}{second}", &GOOD[..routing]);
    assert_eq!(faults(&unruled), [(1, "routing".to_owned(), Missing)]);
    let alone = parse(&GOOD[..routing]).unwrap();
    assert_eq!(alone.routing, [Rule { carrier: "圆通-快递鸟".into() }]);
}

#[test]
fn all_faults_come_at_once_in_the_order_of_the_file() {
    let text = GOOD
        .replace("practice = false", "color = 1")
        .replace("in_flight = 8", "in_flight = 300")
        .replace("zpl", "dpl");
    let lines: Vec<u32> = faults(&text).into_iter().map(|fault| fault.0).collect();
    assert_eq!(lines, [1, 19, 24]);
}

#[test]
fn no_fault_repeats_a_secret() {
    let text = GOOD.replace("env:KDN_KEY", "11111111-2222-3333");
    let found = parse(&text).unwrap_err();
    assert!(!format!("{found:?} {}", found[0]).contains("1111"), "{found:?}");
    assert_eq!(found[0].to_string().split('|').nth(2), Some("secret_plain"));
}

#[test]
fn heads_and_papers() {
    let head = |dots: &str| {
        let text = GOOD.replace("dots_per_mm = 8", &format!("dots_per_mm = {dots}"));
        parse(&text).unwrap().printers[0].head_dots_per_m
    };
    assert_eq!(
        [head("8"), head("11.8"), head("12"), head("12.0")],
        [8_000, 11_811, 12_000, 12_000]
    );
    let printer = &parse(&GOOD.replace("76x130", "76.5×130")).unwrap().printers[0];
    assert_eq!((printer.paper_width_um, printer.paper_height_um), (76_500, 130_000));
}

#[test]
fn the_shipped_files_are_valid() {
    let practice = parse(include_str!("../../data/station.practice.toml")).unwrap();
    assert!(practice.practice);
    assert!(practice.carriers[0].practice);
    assert_eq!(practice.printers[0].address, Address::Practice);
    assert!(!parse(&template()).unwrap().practice);
    // Every key that is only a comment in the template is a key.
    let all: String = template()
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(rest) if rest.contains(" = ") || rest.starts_with('[') => rest,
            Some(_) | None => line,
        })
        .map(|line| format!("{line}\n"))
        .collect();
    let all = parse(&format!("{all}{REST}")).unwrap();
    let Speaks::Kdniao(own) = &all.carriers[0].speaks else { panic!("{all:?}") };
    assert_eq!((own.endpoints.len(), all.printers[0].speed), (1, Some(4)));
}

fn secret(from: SecretFrom) -> SecretRef {
    SecretRef { line: 14, key: "carrier[1].api_key".into(), from }
}

#[test]
fn secrets_come_from_their_places() {
    let home = tempfile::tempdir().unwrap();
    let keyring = |name: &str| match name {
        "kdn" => Ok(" k3y\n".to_owned()),
        _ => Err("NoEntry".to_owned()),
    };
    let get = |from| resolve(&secret(from), home.path(), &keyring);
    let why = |from| get(from).unwrap_err().why;
    assert_eq!(get(SecretFrom::Keyring("kdn".into())).unwrap().reveal(), "k3y");
    assert_eq!(why(SecretFrom::Keyring("other".into())), SecretStore);
    assert_eq!(why(SecretFrom::Env("PACKBENCH_NO_SUCH_VARIABLE".into())), SecretMissing);
    assert!(!get(SecretFrom::Env("PATH".into())).unwrap().reveal().is_empty());
    assert_eq!(why(SecretFrom::File("absent".into())), SecretMissing);
    let fault = get(SecretFrom::File("absent".into())).unwrap_err();
    assert!(fault.to_string().starts_with("14|carrier[1].api_key|secret_missing|file:"));
    assert_eq!(format!("{:?}", Secret::from("k3y")), "Secret(…)");
    assert_eq!(format!("{:?}", SecretFrom::Plain("k3y".into())), "…");
}

#[cfg(unix)]
#[test]
fn a_secret_s_file_must_be_private() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("kdn.key");
    let keyring = |_: &str| Err(String::new());
    let get = || resolve(&secret(SecretFrom::File("kdn.key".into())), home.path(), &keyring);
    let mode = |mode| fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    fs::write(&path, "k3y\n").unwrap();
    mode(0o640);
    assert_eq!(get().unwrap_err().why, SecretOpen);
    for private in [0o600, 0o400] {
        mode(private);
        assert_eq!(get().unwrap().reveal(), "k3y");
    }
    fs::remove_file(&path).unwrap();
    fs::write(&path, " \n").unwrap();
    mode(0o600);
    assert_eq!(get().unwrap_err().why, SecretMissing);
}

#[test]
fn reading_a_home_says_what_is_there() {
    let home = tempfile::tempdir().unwrap();
    assert!(matches!(read(home.path()), Err(ConfigError::Absent(_))));
    let inner = home.path().join("new").join("home");
    write_practice(&inner).unwrap();
    assert!(read(&inner).unwrap().practice);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(inner.join(FILE_NAME)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let again = write_template(&inner).unwrap_err();
    assert_eq!(again.kind(), io::ErrorKind::AlreadyExists, "settings are never replaced");
    fs::write(inner.join(FILE_NAME), "color = 1").unwrap();
    assert!(matches!(read(&inner), Err(ConfigError::Faults(_, found)) if found.len() == 2));
    fs::write(inner.join(FILE_NAME), [0xff, 0xfe]).unwrap();
    assert!(matches!(read(Path::new(&inner)), Err(ConfigError::Unreadable(..))));
}

#[test]
fn how_a_printer_handles_its_paper_is_read() {
    let printer = |keys: &str| {
        let text = GOOD.replace("confirm = \"status\"", &format!("confirm = \"status\"\n{keys}"));
        parse(&text).map(|config| config.printers[0].how)
    };
    let keys = "offset_x = -16\noffset_y = 3\nupside_down = true\nmedia = \"mark\"\n\
                mark_mm = 2.5\nfinish = \"cut\"\nmethod = \"transfer\"";
    let want = How {
        offset: (-16, 3),
        upside_down: true,
        media: Some(Media::Mark(2_500)),
        finish: Some(Finish::Cut { every: 1 }),
        method: Some(Method::Transfer),
    };
    assert_eq!(printer(keys), Ok(want));
    let media = |keys| printer(keys).map(|how| how.media);
    assert_eq!(media("media = \"gap\""), Ok(Some(Media::Gap(2_000))));
    assert_eq!(media("media = \"gap\"\ngap_mm = 3"), Ok(Some(Media::Gap(3_000))));
    assert_eq!(media("media = \"continuous\""), Ok(Some(Media::Continuous)));
    assert!(media("media = \"continuous\"\ngap_mm = 3").is_err());
    let finish = |keys| printer(keys).map(|how| how.finish);
    let strip = Ok(Some(Finish::Cut { every: 10 }));
    assert_eq!(finish("finish = \"cut\"\ncut_every = 10"), strip);
    assert!(finish("finish = \"tear\"\ncut_every = 10").is_err());
    assert!(finish("cut_every = 10").is_err());
}

#[test]
fn every_key_the_template_shows_is_a_key() {
    let text = template();
    let (before, after) = text.split_once("[[printer]]").unwrap();
    let (block, after) = after.split_once("[[routing]]").unwrap();
    let shown = |line: &str| line.strip_prefix("# ").unwrap_or(line).to_owned();
    let keys =
        block.lines().map(|line| if line.contains(" = ") { shown(line) } else { line.into() });
    let block = keys.collect::<Vec<_>>().join("\n");
    let whole = format!("{before}[[printer]]{block}\n{REST}[[routing]]{after}");
    let faults = |text: &str| parse(text).err().unwrap_or_default();
    assert_eq!(faults(&whole), faults(&text), "{whole}");
    assert!(block.contains("\nupside_down = false"));
}
