//! Sender profiles on the settings screen: each change in its place in the file, nothing that
//! orders wait for taken away.

use super::{DEER, home, put, scene, send_as, told, toml};
use scene::{Home, Scene};
use station::{
    order::FaultCode,
    trouble::Code,
    view::{SenderAbroadForm, SenderChange, SenderProfileForm, SettingsChange, State},
};

fn form(profile: &str) -> SenderProfileForm {
    SenderProfileForm {
        profile: profile.into(),
        name: "海豚文具".into(),
        phone: "0571-88000000".into(),
        province: "浙江".into(),
        city: "杭州".into(),
        district: "余杭区".into(),
        detail: "样例路 3 号".into(),
        shops: vec!["海豚店".into()],
        ..SenderProfileForm::default()
    }
}

async fn change(home: &Home, scene: Scene, change: &SenderChange) -> Scene {
    let text = scene.station.plan_senders(change).expect("allowed");
    put(home, &text);
    drop(scene);
    home.reopen().await
}

#[tokio::test]
async fn profiles_come_change_and_go_in_their_place_in_the_file() {
    let home = home("none", DEER);
    let was = toml(&home);
    let scene = scene(&home).await;
    let scene = change(&home, scene, &SenderChange::Add { form: form("海豚") }).await;
    assert!(toml(&home).starts_with(&was), "every other letter is where it was");
    let setups = scene.station.sender_setups().expect("setups");
    assert_eq!(
        setups.profiles.iter().map(|it| &*it.form.profile).collect::<Vec<_>>(),
        ["小鹿", "海豚"]
    );
    assert_eq!((setups.house.as_str(), setups.can_undo), ("拾光家居", true));
    assert_eq!(setups.profiles[1].form.province, "浙江省", "places in full");
    let english = SenderAbroadForm {
        name: "Dolphin Paper".into(),
        phone: "+86 571 88000000".into(),
        street: "3 Example Road".into(),
        city: "Hangzhou".into(),
        state: "Zhejiang".into(),
        postcode: "311121".into(),
    };
    let with = SenderProfileForm { abroad: english.clone(), ..form("海豚") };
    let scene =
        change(&home, scene, &SenderChange::Set { profile: "海豚".into(), form: with }).await;
    let kept = scene.station.sender_setups().expect("setups").profiles[1].form.clone();
    assert_eq!((kept.abroad, kept.shops), (english, vec!["海豚店".to_owned()]));
    let scene = change(&home, scene, &SenderChange::First { profile: "海豚".into() }).await;
    assert_eq!(scene.station.facets().expect("facets").senders, ["海豚", "小鹿"]);
    let scene = change(&home, scene, &SenderChange::Remove { profile: "海豚".into() }).await;
    assert_eq!(toml(&home), was);
    drop(scene);
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_its_place() {
    let home = home("none", DEER);
    let was = toml(&home);
    let scene = scene(&home).await;
    let refused = |form: SenderProfileForm| {
        let refused = scene.station.plan_senders(&SenderChange::Add { form }).expect_err("refused");
        assert_eq!(refused.code, Code::SettingsRefused, "{refused:?}");
        refused.fields["faults"].clone()
    };
    for (form, line) in [
        (form("小鹿"), "sender_profile[2].profile|duplicate|小鹿"),
        (form("-"), "sender_profile[2].profile|not_one_of|"),
        (SenderProfileForm { phone: " ".into(), ..form("二") }, "sender_profile[2].phone|empty|"),
        (
            SenderProfileForm { carriers: vec!["中通".into()], ..form("二") },
            "sender_profile[2].carriers|unknown_carrier|中通",
        ),
        (
            SenderProfileForm {
                abroad: SenderAbroadForm { name: "Two".into(), ..SenderAbroadForm::default() },
                ..form("二")
            },
            "sender_profile[2].abroad.street|missing|",
        ),
    ] {
        let faults = refused(form);
        assert!(faults.contains(line), "{line}: {faults}");
    }
    // Somebody chose it for an order that waits: it stays, by whatever way it should go.
    send_as(&scene, vec![scene.row("S-3").id], Some("小鹿")).await;
    let gone = SenderChange::Remove { profile: "小鹿".into() };
    let renamed = SenderChange::Set { profile: "小鹿".into(), form: form("小鹿二") };
    let import = SettingsChange::Import { text: was.replace("\"小鹿\"", "\"小鹿二\"") };
    for trouble in [
        scene.station.plan_senders(&gone).unwrap_err(),
        scene.station.plan_senders(&renamed).unwrap_err(),
        scene.station.plan_settings(&import).unwrap_err(),
    ] {
        assert_eq!(trouble.code, Code::SenderWaitedFor);
        assert_eq!((&*trouble.fields["sender"], &*trouble.fields["count"]), ("小鹿", "1"));
    }
    assert_eq!(toml(&home), was, "nothing was written");
    drop(scene);
    // Taken out of the file by hand, the order is held before anybody is asked.
    put(&home, was.split("[[sender_profile]]").next().unwrap_or_default());
    let mut scene = home.reopen().await;
    scene.ship_all().await.expect("ships");
    scene.settle().await.expect("settles");
    let held = scene.row("S-3");
    assert_eq!((held.state, held.faults[0].code), (State::Held, FaultCode::SenderUnknown));
    assert!(home.world.last_request("S-3").is_none());
    assert_eq!(told(&home, "S-1").0, "拾光家居", "nobody had chosen it for this one");
}
