//! One text that somebody copied out of a chat, taken apart into who, phone and where. Pure; what
//! is not sure stays empty or is handed back as unused, and a person sees it before it is kept.

use crate::{
    order::read_phone,
    place::{self, Split},
};

/// A text taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pasted {
    /// Who receives; empty if no part of the text looks like a name.
    pub name: String,
    /// As it was written, without blanks around it.
    pub phone: String,
    /// Where, as far as it was found.
    pub address: crate::order::Address,
    /// Whether the place is known down to its district.
    pub certain: bool,
    /// What was called a remark.
    pub note: String,
    /// Words that found no place.
    pub left: String,
}

/// What a word before a colon says of the words after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Name,
    Phone,
    Region,
    Address,
    Postcode,
    Note,
}

/// Longer words before those they contain.
const LABELS: [(&str, Field); 37] = [
    ("收件人姓名", Field::Name),
    ("收货人姓名", Field::Name),
    ("收件人电话", Field::Phone),
    ("收货人电话", Field::Phone),
    ("收件人手机", Field::Phone),
    ("收货人手机", Field::Phone),
    ("收件人地址", Field::Address),
    ("收货人地址", Field::Address),
    ("收件人", Field::Name),
    ("收货人", Field::Name),
    ("联系人", Field::Name),
    ("姓名", Field::Name),
    ("名字", Field::Name),
    ("recipient", Field::Name),
    ("name", Field::Name),
    ("联系电话", Field::Phone),
    ("联系方式", Field::Phone),
    ("手机号码", Field::Phone),
    ("手机号", Field::Phone),
    ("手机", Field::Phone),
    ("电话", Field::Phone),
    ("mobile", Field::Phone),
    ("phone", Field::Phone),
    ("tel", Field::Phone),
    ("所在地区", Field::Region),
    ("所在区域", Field::Region),
    ("省市区", Field::Region),
    ("地区", Field::Region),
    ("收货地址", Field::Address),
    ("收件地址", Field::Address),
    ("详细地址", Field::Address),
    ("地址", Field::Address),
    ("address", Field::Address),
    ("邮政编码", Field::Postcode),
    ("邮编", Field::Postcode),
    ("买家留言", Field::Note),
    ("备注", Field::Note),
];

/// No name in a chat is longer, in characters; "欧阳建国先生" has six.
const NAME_CHARS_MAX: usize = 12;
/// A name of Han characters alone, without a title.
const HAN_NAME_CHARS: std::ops::RangeInclusive<usize> = 2..=4;
/// No phone with its extension takes more characters.
const PHONE_CHARS_MAX: usize = 28;
/// Ends of words that are no people.
const NOT_NAMES: &str =
    "省市区县旗镇乡村路街道巷弄号楼栋幢室层座院园城苑厦场店站库仓校厂司部门组坊里";
const TITLES: [&str; 8] = ["先生", "女士", "小姐", "老师", "老板", "经理", "同学", "师傅"];
/// The commonest family names; a last word of an address is taken for a name only with one of them.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶\
     程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金贾韦夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万\
     覃武钱戴严莫孔向常汤欧司上诸夏";

/// Takes a text apart.
#[must_use]
pub fn read(text: &str) -> Pasted {
    let text = text.replace('\u{a0}', " ").replace(['\r', '\t'], "\n");
    let (phone, text) = take_phone(&text);
    let mut pasted = Pasted { phone, ..Pasted::default() };
    let (mut region, mut address, mut loose) = (String::new(), String::new(), Vec::new());
    for (field, words) in labelled(&text) {
        let words = words.trim_matches(is_between);
        match field {
            _ if words.is_empty() => {}
            Some(Field::Name) if pasted.name.is_empty() => {
                // "收件人：李思雨，浙江省…": the name ends where something else begins.
                let (name, rest) = words.split_once(is_break).unwrap_or((words, ""));
                pasted.name = name.trim().to_owned();
                loose.push(rest);
            }
            Some(Field::Region) if region.is_empty() => words.clone_into(&mut region),
            Some(Field::Address) if address.is_empty() => words.clone_into(&mut address),
            Some(Field::Note) => words.clone_into(&mut pasted.note),
            Some(Field::Postcode) => words.clone_into(&mut pasted.address.postcode),
            _ => loose.push(words),
        }
    }
    let loose = loose.join("\n");
    let mut tokens: Vec<&str> =
        loose.split(is_between).map(str::trim).filter(|token| !token.is_empty()).collect();
    if address.is_empty() && region.is_empty() {
        address = take_address(&mut tokens, pasted.name.is_empty());
    } else if !region.is_empty() && !address.starts_with(&region) {
        address = format!("{region} {address}");
    }
    if pasted.name.is_empty() {
        let at = tokens.iter().position(|token| is_name(token));
        pasted.name = at.map(|at| tokens.remove(at).to_owned()).unwrap_or_default();
    }
    let postcode = std::mem::take(&mut pasted.address.postcode);
    let Split { address, certain } = place::split(&one_line(&address));
    pasted.certain = certain;
    pasted.address = address;
    if !postcode.is_empty() {
        pasted.address.postcode = postcode;
    }
    pasted.left = tokens.join(" ");
    pasted
}

/// Ends a part of a text for certain; `\u{1}` stands where the phone was.
fn is_break(c: char) -> bool {
    matches!(c, '\n' | ',' | '，' | ';' | '；' | '|' | '\u{1}')
}

fn is_between(c: char) -> bool {
    is_break(c) || c.is_whitespace() || matches!(c, '、' | '。')
}

fn one_line(text: &str) -> String {
    text.split(is_break)
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The parts of a text, each behind the word that names it; what stands before the first has none.
fn labelled(text: &str) -> Vec<(Option<Field>, &str)> {
    let mut parts = Vec::new();
    let (mut field, mut from) = (None, 0);
    let mut at = 0;
    while at < text.len() {
        if let Some((next, length)) = label_at(text, at) {
            let end = text[..at].trim_end_matches(['【', '[', '「']).len();
            parts.push((field, &text[from.min(end)..end]));
            (field, from) = (Some(next), at + length);
            at = from;
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    parts.push((field, &text[from..]));
    parts
}

/// A label that begins here, and its length with the colon.
fn label_at(text: &str, at: usize) -> Option<(Field, usize)> {
    let rest = &text[at..];
    let before = text[..at].chars().next_back();
    // "张女士 name": a Latin word must stand alone.
    let alone = before.is_none_or(|c| !c.is_ascii_alphanumeric());
    LABELS.iter().find_map(|(word, field)| {
        let head = rest.get(..word.len())?;
        let same = head == *word || alone && head.eq_ignore_ascii_case(word);
        let after = rest.get(word.len()..)?;
        let blanks = after.len() - after.trim_start_matches(' ').len();
        let colon = after[blanks..].chars().next()?;
        (same && matches!(colon, ':' | '：' | '】' | ']' | '」' | '='))
            .then(|| (*field, word.len() + blanks + colon.len_utf8()))
    })
}

/// The first phone of the text: mobiles before landlines. Where it stood stands a break.
fn take_phone(text: &str) -> (String, String) {
    let starts = text.char_indices().filter(|(at, c)| {
        let before = text[..*at].chars().next_back();
        (c.is_ascii_digit() || *c == '+') && before.is_none_or(|b| !b.is_ascii_alphanumeric())
    });
    let mut found: Option<(bool, usize, usize)> = None;
    for (at, _) in starts {
        if let Some((end, mobile)) = phone_at(text, at)
            && found.is_none_or(|(was_mobile, ..)| mobile && !was_mobile)
        {
            found = Some((mobile, at, end));
        }
    }
    let Some((_, from, end)) = found else { return (String::new(), text.to_owned()) };
    let rest = format!("{}\u{1}{}", &text[..from], &text[end..]);
    (text[from..end].trim().to_owned(), rest)
}

/// The longest phone that begins here: its end, and whether it is a mobile.
fn phone_at(text: &str, at: usize) -> Option<(usize, bool)> {
    let belongs = |c: char| c.is_ascii_digit() || "+-() 转#*".contains(c) || "extEXT.".contains(c);
    let ends = text[at..].char_indices().take(PHONE_CHARS_MAX).take_while(|(_, c)| belongs(*c));
    let mut best = None;
    for (place, c) in ends.filter(|(_, c)| c.is_ascii_digit()) {
        let end = at + place + c.len_utf8();
        if text[end..].starts_with(|next: char| next.is_ascii_digit()) {
            continue;
        }
        let phone = read_phone(&text[at..end]);
        // Two numbers side by side are two: "13800000001 13900000002".
        let blanks = text[at..end].matches(' ').count();
        if let Some(phone) = phone.filter(|phone| phone.extension.is_empty() || blanks == 0) {
            best = Some((end, phone.mobile));
        }
    }
    best
}

/// The words that are the address, in one piece: from where a place begins to the last word that is
/// no name.
fn take_address(tokens: &mut Vec<&str>, wants_name: bool) -> String {
    let score = |from: usize| {
        let Split { address, certain } = place::split(&tokens[from..].join(" "));
        let known = [&address.province, &address.city, &address.district];
        (known.iter().filter(|part| !part.is_empty()).count(), certain)
    };
    let mut best = None;
    for from in 0..tokens.len() {
        let found = score(from);
        if found.0 > 0 && best.is_none_or(|(_, was)| found > was) {
            best = Some((from, found));
        }
    }
    // Without a place, the longest words with a number in them: "文一西路 969 号".
    let from = best.map(|(from, _)| from).or_else(|| {
        tokens.iter().position(|token| {
            token.ends_with(['号', '室', '楼', '店'])
                || token.contains("路")
                || token.contains("街")
        })
    });
    let Some(from) = from else { return String::new() };
    let before_is_name = tokens[..from].iter().any(|token| is_name(token));
    let mut end = tokens.len();
    if wants_name && !before_is_name {
        // The name comes last: "…969 号 李思雨".
        let last = (from + 1..tokens.len()).rev().find(|at| is_surely_name(tokens[*at]));
        end = last.unwrap_or(end);
    }
    let after = tokens.split_off(end);
    let address = tokens.split_off(from).join(" ");
    tokens.extend(after);
    address
}

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c) || ('\u{20000}'..='\u{323af}').contains(&c)
}

/// Whether a word may be a person's name.
fn is_name(word: &str) -> bool {
    let bare = word.split(['[', '（', '(']).next().unwrap_or(word);
    let count = bare.chars().count();
    if bare.is_empty() || count > NAME_CHARS_MAX || bare.chars().any(|c| c.is_ascii_digit()) {
        return false;
    }
    if TITLES.iter().any(|title| bare.ends_with(title)) {
        return true;
    }
    if bare.chars().all(|c| is_han(c) || c == '·' || c == '*') {
        let long = bare.contains('·');
        return (long || HAN_NAME_CHARS.contains(&count))
            && !bare.ends_with(|c| NOT_NAMES.contains(c));
    }
    bare.chars().all(|c| c.is_alphabetic() || " .'-".contains(c)) && count > 1
}

/// Whether it can hardly be anything else.
fn is_surely_name(word: &str) -> bool {
    is_name(word)
        && (TITLES.iter().any(|title| word.ends_with(title))
            || word.starts_with(|c| SURNAMES.contains(c)))
}

#[cfg(test)]
mod tests {
    use super::{Pasted, read};

    /// Name, phone, province, city, district, street.
    fn parts(text: &str) -> [String; 6] {
        let Pasted { name, phone, address, .. } = read(text);
        [name, phone, address.province, address.city, address.district, address.detail]
    }

    const LI: [&str; 6] =
        ["李思雨", "13800000921", "浙江省", "杭州市", "余杭区", "文一西路 969 号 3 号仓"];

    #[test]
    fn what_people_paste_is_understood() {
        for text in [
            "李思雨 13800000921 浙江省杭州市余杭区文一西路 969 号 3 号仓",
            "李思雨，13800000921，浙江省杭州市余杭区文一西路 969 号 3 号仓",
            "浙江省杭州市余杭区文一西路 969 号 3 号仓 李思雨 13800000921",
            "13800000921 李思雨\n浙江省 杭州市 余杭区 文一西路 969 号 3 号仓",
            "李思雨13800000921浙江省杭州市余杭区文一西路 969 号 3 号仓",
            "收货人：李思雨\n手机号码：13800000921\n所在地区：浙江省 杭州市 余杭区\n详细地址：文一西路 969 号 3 号仓",
            "收件人: 李思雨 电话: 13800000921 地址: 浙江省杭州市余杭区文一西路 969 号 3 号仓",
            "【收货人】李思雨\n【手机】13800000921\n【地址】浙江省杭州市余杭区文一西路 969 号 3 号仓",
            "姓名：李思雨，浙江杭州余杭区文一西路 969 号 3 号仓，13800000921",
        ] {
            assert_eq!(parts(text), LI, "{text}");
        }
    }

    #[test]
    fn phones_are_found_as_they_are_written() {
        for (text, phone) in [
            ("王磊 138 0000 0001 北京市朝阳区望京街 1 号", "138 0000 0001"),
            ("王磊 +86 13800000001 北京市朝阳区望京街 1 号", "+86 13800000001"),
            ("王磊 17000000001-1234 北京市朝阳区望京街 1 号", "17000000001-1234"),
            ("王磊 17000000001转1234 北京市朝阳区望京街 1 号", "17000000001转1234"),
            ("王磊 010-88001234 北京市朝阳区望京街 1 号", "010-88001234"),
            ("王磊 010-88001234 13800000001 北京市朝阳区望京街 1 号", "13800000001"),
            ("北京市朝阳区望京街 1 号 1702 13800000001 王磊", "13800000001"),
            ("北京市朝阳区望京街 1 号楼 1702 室 王磊", ""),
        ] {
            let read = read(text);
            assert_eq!((read.phone.as_str(), read.name.as_str()), (phone, "王磊"), "{text}");
            assert_eq!(read.address.district, "朝阳区", "{text}");
        }
    }

    #[test]
    fn what_is_not_sure_stays_with_the_person() {
        // A last word that is a building stays with the street.
        let read_it = read("13800000001 上海市浦东新区世纪大道 1 号 环球大厦");
        assert_eq!(read_it.name, "");
        assert_eq!(read_it.address.detail, "世纪大道 1 号 环球大厦");
        // A place that fits several is not guessed.
        let two = read("赵敏 13800000001 朝阳区 1 号");
        assert_eq!((two.name.as_str(), two.certain), ("赵敏", false));
        // What was not used is not lost.
        let more = read(
            "收件人：赵敏\n手机：13800000001\n地址：上海市浦东新区世纪大道 1 号\n备注：放门口",
        );
        assert_eq!((more.note.as_str(), more.left.as_str()), ("放门口", ""));
        let second = read("赵敏 13800000001 13900000002 上海市浦东新区世纪大道 1 号");
        assert_eq!((second.phone.as_str(), second.left.as_str()), ("13800000001", "13900000002"));
        assert_eq!(read("  \n "), Pasted::default());
    }

    #[test]
    fn names_of_all_peoples() {
        for name in ["欧阳建国", "买买提·吐尔逊", "王先生", "Anna", "李思雨[1234]", "李**"]
        {
            let text = format!("{name} 13800000001 广东省东莞市南城街道 8 号");
            let read = read(&text);
            assert_eq!(
                (read.name.as_str(), read.address.city.as_str()),
                (name, "东莞市"),
                "{text}"
            );
        }
    }

    /// Whatever is pasted, nothing panics and no phone is made up.
    #[test]
    fn anything_may_be_pasted() {
        let whole: Vec<char> =
            "收件人：李思雨 +86 138 0000 0921 转12【地址】浙江省杭州市余杭区路 9 号 a=é\n"
                .chars()
                .collect();
        // A generator of Lehmer's kind: the same texts each run.
        let mut seed = 48_271_u64;
        let mut next = |below: usize| {
            seed = seed * 48_271 % 2_147_483_647;
            usize::try_from(seed).unwrap_or(0) % below
        };
        for _ in 0..20_000 {
            let length = 1 + next(30);
            let text: String = (0..length).map(|_| whole[next(whole.len())]).collect();
            let read = read(&text);
            assert!(text.contains(&read.phone), "{text:?} {read:?}");
        }
    }
}
