//! Emoji as words. Those that tell a courier something become a Chinese word in brackets; hearts,
//! stars and signs become the plain sign that the fonts have; the rest say nothing on paper.

/// What stands for pictures of one kind.
const WORDS: [(&str, &str); 52] = [
    ("❤♥💓💕💖💗💘💙💚💛💜💞💟🖤🤍🤎🧡🩷🩵🩶❣💝", "♥"),
    ("⭐🌟", "★"),
    ("✅☑✔", "√"),
    ("❌❎✖✗✘", "×"),
    ("❗❕‼", "！"),
    ("❓❔⁉", "？"),
    ("➕", "+"),
    ("➖", "-"),
    ("➗", "÷"),
    ("➡⏩", "→"),
    ("⬅⏪", "←"),
    ("⬆", "↑"),
    ("⬇", "↓"),
    ("🔟", "10"),
    ("💯", "100"),
    ("🎁", "[礼物]"),
    ("🎂🍰🧁", "[蛋糕]"),
    ("📦", "[包裹]"),
    ("✉📧📨📩💌", "[信]"),
    ("📄📃📑", "[文件]"),
    ("📞☎", "[电话]"),
    ("📱📲", "[手机]"),
    ("🏠🏡", "[家]"),
    ("🏢🏬", "[楼]"),
    ("🏫", "[学校]"),
    ("🏥", "[医院]"),
    ("🏨", "[酒店]"),
    ("🏪", "[便利店]"),
    ("🏭", "[工厂]"),
    ("🚪", "[门]"),
    ("🔑🗝", "[钥匙]"),
    ("🔔🛎", "[按铃]"),
    ("🔕🤫🤐", "[勿响铃]"),
    ("⚠", "[注意]"),
    ("🚫⛔", "[禁止]"),
    ("🍷🥂🍾🍸", "[酒杯]"),
    ("❄🧊", "[冷]"),
    ("🔥", "[火]"),
    ("💧💦☔🌧", "[水]"),
    ("🌹🌸💐🌷🌺🌻", "[花]"),
    ("🌱🌿🪴", "[植物]"),
    ("🍎🍏", "[苹果]"),
    ("🍊", "[橙]"),
    ("🥚", "[蛋]"),
    ("🍵", "[茶]"),
    ("💊", "[药]"),
    ("🔋", "[电池]"),
    ("👶🍼", "[宝宝]"),
    ("🐶🐕", "[狗]"),
    ("🐱🐈", "[猫]"),
    ("🐟🐠", "[鱼]"),
    ("🙏", "[谢谢]"),
];

/// What stands for the picture `c`, if anything does.
pub(super) fn word(c: char) -> Option<String> {
    if let Some(letter) = letter(c) {
        return Some(letter.to_string());
    }
    WORDS.iter().find(|(kind, _)| kind.contains(c)).map(|(_, word)| (*word).to_owned())
}

/// The letter in a box, circle or flag.
fn letter(c: char) -> Option<char> {
    let first = match c {
        '\u{1f130}'..='\u{1f149}' => '\u{1f130}',
        '\u{1f150}'..='\u{1f169}' => '\u{1f150}',
        '\u{1f170}'..='\u{1f189}' => '\u{1f170}',
        '\u{1f1e6}'..='\u{1f1ff}' => '\u{1f1e6}',
        _ => return None,
    };
    char::from_u32('A' as u32 + (c as u32 - first as u32))
}

/// The colours of a skin, which say nothing by themselves.
pub(super) fn is_skin(c: char) -> bool {
    matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
}
