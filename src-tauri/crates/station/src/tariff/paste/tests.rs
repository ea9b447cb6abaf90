//! Price lists as outlets send them; all prices invented.

use super::*;

/// Provinces, then steps as "300:230", then 首重 and 续重 as "1000:300+1000:100".
fn told(found: &TariffPaste) -> Vec<String> {
    let line = |row: &TariffRow| {
        let mut words = vec![row.provinces.join(" ")];
        words.extend(row.steps.iter().map(|it| format!("{}:{}", it.upto_g, it.fen)));
        let all = row.first_g.zip(row.first_fen).zip(row.next_g.zip(row.next_fen));
        words.extend(all.map(|((g, fen), (more_g, more))| format!("{g}:{fen}+{more_g}:{more}")));
        words.join(" | ")
    };
    found.rows.iter().map(line).collect()
}

fn reads(text: &str) -> Vec<String> {
    let found = read(text);
    assert_eq!(found.faults, [], "{text}");
    told(&found)
}

#[test]
fn first_and_next_weight_out_of_a_spreadsheet() {
    let text = "省份\t首重\t续重\n浙江\t3\t1\n江苏\t3.00\t1\n上海市\t¥3\t1元\n新疆\t15\t12.5\n\
                其余\t3.5\t1.2\n";
    let want = [
        "浙江 江苏 上海 | 1000:300+1000:100",
        "新疆 | 1000:1500+1000:1250",
        " | 1000:350+1000:120",
    ];
    assert_eq!(reads(text), want);
    let bare = text.split_once('\n').map(|(_, rest)| rest).unwrap_or_default();
    assert_eq!(reads(bare), want, "without headings");
    assert_eq!(reads(&bare.replace('\t', ",")), want, "with commas");
    assert_eq!(reads(&bare.replace('\t', "  ")), want, "with blanks, out of a chat");
    assert_eq!(reads(&format!("2026 圆通价格表\t\t\n{text}")), want, "under a title");
}

#[test]
fn headings_say_how_much_a_price_is_for() {
    for (heads, want) in [
        ("省份\t首重1kg\t续重0.5kg", "1000:300+500:100"),
        ("目的省\t首重(3公斤)\t续重/kg", "3000:300+1000:100"),
        ("省份\t首重500g\t续重500克", "500:300+500:100"),
        ("地区\t首重（1KG）元\t续重（1KG）元", "1000:300+1000:100"),
        ("省份\t首重(kg)\t续重(kg)", "1000:300+1000:100"),
        ("省份\t首费(元)\t续费(元/斤)", "1000:300+500:100"),
    ] {
        let got = reads(&format!("{heads}\n浙江\t3\t1\n"));
        assert_eq!(got, [format!("浙江 | {want}")], "{heads}");
    }
    let shop = "运送到\t首重(kg)\t首费(元)\t续重(kg)\t续费(元)\n江浙沪\t1\t3\t0.5\t0.8\n";
    assert_eq!(reads(shop), ["江苏 浙江 上海 | 1000:300+500:80"], "a shop's form");
}

#[test]
fn fixed_prices_stand_before_first_and_next() {
    let text = "区域\t省份\t0-0.3kg\t0.3-0.5kg\t0.5-1\t首重\t续重\n\
                一区\t江苏、浙江\t2.3\t2.6\t3\t3\t1\n二区\t\"京 津\n冀\"\t2.5\t2.8\t-\t3.2\t1.5\n";
    let found = read(text);
    assert_eq!(
        (found.faults.as_slice(), found.unread.as_slice()),
        (&[][..], &["区域".to_owned()][..])
    );
    assert_eq!(
        told(&found),
        [
            "江苏 浙江 | 300:230 | 500:260 | 1000:300 | 1000:300+1000:100",
            "北京 天津 河北 | 300:250 | 500:280 | 1000:320+1000:150",
        ]
    );
    let words = "省份,500g以内,1公斤以内,3kg以上,时效\n西藏,12,20,加收,7天\n";
    let found = read(words);
    assert_eq!(told(&found), ["西藏 | 500:1200 | 1000:2000"]);
    assert_eq!(found.unread, ["3kg以上", "时效"]);
}

#[test]
fn what_cannot_be_read_is_told_with_its_line() {
    let text = "省份\t首重\t续重\n浙红\t3\t1\n江苏\t三块\t1\n安徽\t3\t\n\t3\t1\n上海\t3\t1\n";
    let found = read(text);
    assert_eq!(told(&found), ["上海 | 1000:300+1000:100"]);
    let faults: Vec<_> =
        found.faults.iter().map(|it| (it.line, it.why, it.what.as_str())).collect();
    assert_eq!(
        faults,
        [
            (2, TariffWhy::Province, "浙红 ≈ 浙江省"),
            (3, TariffWhy::Money, "三块"),
            (4, TariffWhy::Missing, "安徽"),
            (5, TariffWhy::Province, ""),
        ]
    );
    for nothing in ["", "hello", "随便写点什么\n没有价格"] {
        assert_eq!(read(nothing).faults[0].why, TariffWhy::Columns, "{nothing}");
    }
    let long = "浙江\t3\t1\n".repeat(30_000);
    assert_eq!(read(&long).faults[0].why, TariffWhy::TooLong);
}
