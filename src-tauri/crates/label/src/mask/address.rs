//! Unit and room numbers in an address (单元户室号), which become as many "*". Street and
//! building numbers stay: the courier needs them. In doubt a number is hidden, unless something
//! after it says that it is a street, a building, a floor or the like.

/// Ends a number that must be hidden, whatever stands before it.
const HIDDEN_BEFORE: [&str; 9] = ["单元", "室", "户", "房", "号房", "号室", "号单元", "门", "号门"];
/// Ends a number that stays readable.
const KEPT_BEFORE: &str =
    "号弄巷路街道栋幢座楼层期组队村米区段园院线环桥庄社市里坊站店铺厂届年月日元";
/// A number right after one of these is a room.
const HIDDEN_AFTER: &str = "栋幢座楼层元号单室";
/// A last number after one of these is a street number.
const KEPT_AFTER: &str = "路街道巷弄线";
/// Digits of a room number that follows nothing telling.
const BARE_DIGITS_MIN: usize = 3;
/// Han numerals and names of units ("三单元", "甲单元", "东户").
const HAN_NUMERALS: &str = "〇零一二三四五六七八九十百两甲乙丙丁戊己庚辛东西中南北";

/// `address` with "*" for every letter or digit of a unit or room number.
pub fn detail(address: &str) -> String {
    let mut chars: Vec<char> = address.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        if is_part(chars[at]) {
            let end = at + chars[at..].iter().take_while(|&&c| is_part(c) || is_joint(c)).count();
            let end = at + trim_joints(&chars[at..end]);
            hide_run(&mut chars, at, end);
            at = end;
        } else if HAN_NUMERALS.contains(chars[at]) {
            let end = at + chars[at..].iter().take_while(|&&c| HAN_NUMERALS.contains(c)).count();
            if ["单元", "室", "户", "号房"].iter().any(|mark| starts(&chars[end..], mark)) {
                chars[at..end].fill('*');
            }
            at = end;
        } else {
            at += 1;
        }
    }
    chars.into_iter().collect()
}

/// Hides what of the run `at..end` is unit or room.
fn hide_run(chars: &mut [char], at: usize, end: usize) {
    let run = &chars[at..end];
    if !run.iter().any(|&c| digit(c)) && !starts(&chars[end..], "单元") {
        return;
    }
    let gap = chars[end..].iter().take_while(|&&c| c == ' ').count();
    let after = &chars[end + gap..];
    let before = chars[..at].iter().rev().find(|&&c| c != ' ').copied();
    let follows = |marks: &str| before.is_some_and(|c| marks.contains(c));

    let marked = HIDDEN_BEFORE.iter().any(|mark| starts(after, mark));
    let kept = !marked && after.first().is_some_and(|&c| KEPT_BEFORE.contains(c));
    let last = after.first().is_none_or(|c| !c.is_alphanumeric());
    let joints = run.iter().filter(|&&c| is_joint(c)).count();
    let digits = run.iter().filter(|&&c| digit(c)).count();
    let bare = joints > 0 || last && digits >= BARE_DIGITS_MIN && !follows(KEPT_AFTER);

    let inside = follows(HIDDEN_AFTER);
    if kept || !(marked || inside || bare) {
        return;
    }
    // "3-2-501" after a name is building, unit, room: the building stays.
    let from = if joints > 0 && !inside {
        at + 1 + run.iter().position(|&c| is_joint(c)).unwrap_or(0)
    } else {
        at
    };
    for c in chars[from..end].iter_mut().filter(|c| is_part(**c)) {
        *c = '*';
    }
}

fn is_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

fn digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９')
}

fn is_joint(c: char) -> bool {
    matches!(c, '-' | '－' | '—' | '–' | '#' | '＃' | '/')
}

/// The length of `run` without joints at its end.
fn trim_joints(run: &[char]) -> usize {
    run.iter().rposition(|&c| is_part(c)).map_or(0, |last| last + 1)
}

fn starts(chars: &[char], mark: &str) -> bool {
    let mut rest = chars.iter();
    mark.chars().all(|c| rest.next() == Some(&c))
}

#[cfg(test)]
mod tests {
    use super::detail;

    #[test]
    fn unit_and_room_are_hidden_and_the_way_there_stays() {
        let cases = [
            ("天府大道中段1388号美年广场A座902", "天府大道中段1388号美年广场A座***"),
            ("文一西路969号3栋2单元501室", "文一西路969号3栋*单元***室"),
            ("铂金时代公寓5栋1203", "铂金时代公寓5栋****"),
            ("阳光小区3-2-501", "阳光小区3-*-***"),
            ("阳光小区3#2-501", "阳光小区3#*-***"),
            ("阳光小区12号楼1单元 1101 室", "阳光小区12号楼*单元 **** 室"),
            ("幸福里1203（放门口）", "幸福里****（放门口）"),
            ("世纪大道100号", "世纪大道100号"),
            ("世纪大道100号2801室", "世纪大道100号****室"),
            ("世纪大道100", "世纪大道100"),
            ("文三路478弄12号302", "文三路478弄12号***"),
            ("望京街10号院2号楼3层", "望京街10号院2号楼3层"),
            ("科技园B区5楼", "科技园B区5楼"),
            ("科技园B区5楼503", "科技园B区5楼***"),
            ("幸福村三单元五零二室", "幸福村*单元***室"),
            ("甲1号楼甲单元东户", "甲1号楼*单元*户"),
            ("A单元B101", "*单元****"),
            ("第一人民医院住院部", "第一人民医院住院部"),
            ("十里铺镇二七路办公室", "十里铺镇二七路办公室"),
            ("龙湖１２栋３０２", "龙湖１２栋***"),
            ("G60科创云廊8幢1901房", "G60科创云廊8幢****房"),
            ("7天酒店前台", "7天酒店前台"),
            ("315国道旁", "315国道旁"),
            ("", ""),
        ];
        for (whole, masked) in cases {
            assert_eq!(detail(whole), masked, "{whole}");
        }
    }

    #[test]
    fn length_stays_and_twice_is_once() {
        for address in ["3栋2单元501室", "B座18F-1803", "１号楼-2—3 / 4", "-#-", "室户单元"]
        {
            let once = detail(address);
            assert_eq!(once.chars().count(), address.chars().count());
            assert_eq!(detail(&once), once);
        }
    }
}
