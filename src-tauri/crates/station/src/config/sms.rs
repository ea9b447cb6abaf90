//! Which messages a KDNiao account sends to receivers: its template, and what that is told.

use super::{ConfigWhy, section::Section};
use crate::order::SmsWord;
use toml_edit::{Item, Value};

/// Instead of words: the template has no placeholder.
const NO_WORDS: &str = "-";
/// Longer names of placeholders are none; no document says it.
const NAME_CHARS_MAX: usize = 20;
/// Placeholders of one text.
const WORDS_MAX: usize = 12;
/// What a word looks like, for faults.
const FORM: &str = "NAME=order | number | carrier | shop | receiver | goods";
const TEMPLATE_FORM: &str = "7001";

/// A template of KDNiao's console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KdniaoSms {
    /// Its number there.
    pub template: u32,
    /// Its placeholders, each with what it is told; none for a text without any.
    pub words: Vec<(String, SmsWord)>,
}

impl KdniaoSms {
    /// `None`: no messages. Words without a template are a fault, and so is a template of which
    /// nobody said what it is told: a message that was paid for would have holes.
    pub(super) fn read(section: &Section<'_>) -> Option<Self> {
        let there = section.item("sms_template").is_some();
        let template = template(section);
        let words = texts(section);
        match (there, words) {
            (false, None) => None,
            (false, Some(_)) => {
                section.note("sms_template", ConfigWhy::Missing, "");
                None
            }
            (true, None) => {
                section.note("sms_words", ConfigWhy::Missing, "");
                None
            }
            (true, Some(texts)) => {
                Some(Self { template: template?, words: words_of(section, texts) })
            }
        }
    }
}

/// A number, also as text: a form writes what was typed.
fn template(section: &Section<'_>) -> Option<u32> {
    let item = section.item("sms_template")?;
    let whole = item.as_integer().or_else(|| item.as_str()?.trim().parse().ok());
    let number = whole.and_then(|whole| u32::try_from(whole).ok()).filter(|number| *number > 0);
    if number.is_none() {
        section.note("sms_template", ConfigWhy::WrongType, TEMPLATE_FORM);
    }
    number
}

/// A list, or one text with commas.
fn texts(section: &Section<'_>) -> Option<Vec<String>> {
    let item = section.item("sms_words")?;
    if let Item::Value(Value::String(text)) = item {
        let apart = text.value().split([',', '，']).map(|part| part.trim().to_owned());
        let all: Vec<String> = apart.filter(|part| !part.is_empty()).collect();
        if all.is_empty() {
            section.note("sms_words", ConfigWhy::Empty, "");
        }
        return Some(if all == [NO_WORDS] { Vec::new() } else { all });
    }
    Some(section.texts("sms_words"))
}

fn words_of(section: &Section<'_>, texts: Vec<String>) -> Vec<(String, SmsWord)> {
    if texts.len() > WORDS_MAX {
        section.note("sms_words", ConfigWhy::OutOfRange, format!("0–{WORDS_MAX}"));
    }
    let mut words: Vec<(String, SmsWord)> = Vec::new();
    for text in texts {
        let Some((name, word)) = pair(&text) else {
            section.note("sms_words", ConfigWhy::NotOneOf, format!("{FORM} ({text})"));
            continue;
        };
        if words.iter().any(|(known, _)| *known == name) {
            section.note("sms_words", ConfigWhy::Duplicate, name);
            continue;
        }
        words.push((name, word));
    }
    words
}

/// "Code=number".
fn pair(text: &str) -> Option<(String, SmsWord)> {
    let (name, field) = text.split_once('=')?;
    let name = name.trim();
    let plain = |c: char| c.is_alphanumeric() || c == '_';
    let fits = !name.is_empty() && name.chars().count() <= NAME_CHARS_MAX;
    (fits && name.chars().all(plain)).then_some(())?;
    Some((name.to_owned(), SmsWord::named(field.trim())?))
}

#[cfg(test)]
mod tests {
    use crate::{
        config::{ConfigWhy, Speaks, parse},
        order::SmsWord,
    };

    const HOUSE: &str = "[sender]\nname = '甲'\nphone = '1'\nprovince = '甲'\ncity = '乙'\n\
        detail = '丙'\n[[printer]]\nname = 'p'\naddress = 'tcp://h:1'\nlanguage = 'zpl'\n\
        dots_per_mm = 8\n[[carrier]]\nname = 'a'\nkind = 'kdniao'\nbusiness_id = '1'\n\
        api_key = 'env:X'\nshipper_code = 'YTO'\n";

    /// Template and words; or key, line and fault.
    type Read = Result<Option<(u32, Vec<(String, SmsWord)>)>, Vec<(String, u32, ConfigWhy)>>;

    fn read(lines: &str) -> Read {
        let config = parse(&format!("{HOUSE}{lines}"));
        let config = config.map_err(|faults| {
            faults.into_iter().map(|fault| (fault.key, fault.line, fault.why)).collect::<Vec<_>>()
        })?;
        let Speaks::Kdniao(kdniao) = &config.carriers[0].speaks else { panic!("kdniao") };
        Ok(kdniao.sms.clone().map(|sms| (sms.template, sms.words)))
    }

    #[test]
    fn a_template_is_told_what_the_settings_say() {
        let both = vec![("Code".to_owned(), SmsWord::Number), ("Shop".to_owned(), SmsWord::Shop)];
        for lines in [
            "sms_template = 7001\nsms_words = ['Code=number', 'Shop=shop']",
            "sms_template = '7001'\nsms_words = 'Code=number， Shop = shop'",
        ] {
            assert_eq!(read(lines), Ok(Some((7001, both.clone()))), "{lines}");
        }
        for none in ["[]", "'-'"] {
            let lines = format!("sms_template = 7\nsms_words = {none}");
            assert_eq!(read(&lines), Ok(Some((7, Vec::new()))), "{lines}");
        }
        assert_eq!(read(""), Ok(None));
    }

    #[test]
    fn a_fault_names_its_place() {
        let (template, words) = ("carrier[1].sms_template", "carrier[1].sms_words");
        for (lines, key, line, why) in [
            ("sms_template = 7001", words, 12, ConfigWhy::Missing),
            ("sms_words = ['Code=number']", template, 12, ConfigWhy::Missing),
            ("sms_template = 0\nsms_words = []", template, 18, ConfigWhy::WrongType),
            ("sms_template = 'x'\nsms_words = []", template, 18, ConfigWhy::WrongType),
            ("sms_template = 1\nsms_words = ['Code=phone']", words, 19, ConfigWhy::NotOneOf),
            ("sms_template = 1\nsms_words = ['Code']", words, 19, ConfigWhy::NotOneOf),
            ("sms_template = 1\nsms_words = ['{C}=shop']", words, 19, ConfigWhy::NotOneOf),
            ("sms_template = 1\nsms_words = 'A=shop,A=order'", words, 19, ConfigWhy::Duplicate),
            ("sms_template = 1\nsms_words = ' '", words, 19, ConfigWhy::Empty),
            ("sms_template = 1\nsms_words = 3", words, 19, ConfigWhy::WrongType),
        ] {
            let faults = read(lines).expect_err(lines);
            assert_eq!(faults, [(key.to_owned(), line, why)], "{lines}");
        }
    }
}
