//! Sentences for the terminal, from the window's own language files and the terminal's.

use station::{config::ConfigFault, trouble::Trouble};
use std::{collections::BTreeMap, env};

/// A language the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Lang {
    /// 简体中文.
    Zh,
    /// English.
    En,
}

/// All sentences of one language, by key.
pub struct Words(BTreeMap<String, String>);

/// The language asked for by `--lang`, else by the system. Needed before the arguments are read,
/// because their help is in it too.
pub fn wanted_lang() -> Lang {
    let arguments: Vec<String> = env::args_os().map(|it| it.to_string_lossy().into()).collect();
    let next = arguments.iter().skip(1).map(String::as_str).chain([""]);
    let asked = arguments.iter().map(String::as_str).zip(next).find_map(|(name, value)| {
        let value = if name == "--lang" { value } else { name.strip_prefix("--lang=")? };
        Some(value.to_owned())
    });
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let system = || names.iter().find_map(|name| env::var(name).ok().filter(|it| !it.is_empty()));
    match asked.or_else(system) {
        Some(lang) if lang.starts_with("zh") => Lang::Zh,
        Some(_) | None => Lang::En,
    }
}

impl Words {
    /// The words of a language.
    pub fn new(lang: Lang) -> Self {
        let files = match lang {
            Lang::Zh => [
                include_str!("../../../ui/src/lib/i18n/zh.json"),
                include_str!("../../../ui/src/lib/i18n/cli.zh.json"),
            ],
            Lang::En => [
                include_str!("../../../ui/src/lib/i18n/en.json"),
                include_str!("../../../ui/src/lib/i18n/cli.en.json"),
            ],
        };
        let mut words = BTreeMap::new();
        for file in files {
            let table: BTreeMap<String, String> =
                serde_json::from_str(file).expect("a test reads all language files");
            words.extend(table);
        }
        Self(words)
    }

    /// Whether there is a sentence of that key.
    pub fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// The sentence of a key, with `{name}` replaced by the field of that name; the key itself if
    /// there is none.
    pub fn say(&self, key: &str, fields: &[(&str, String)]) -> String {
        let mut said = self.0.get(key).cloned().unwrap_or_else(|| key.to_owned());
        for (name, value) in fields {
            said = said.replace(&format!("{{{name}}}"), value);
        }
        said
    }

    /// A trouble as a sentence.
    pub fn trouble(&self, trouble: &Trouble) -> String {
        let said = |(name, value): (&String, &String)| {
            let value = match name.as_str() {
                "state" | "column" | "field" | "right" => self.word(name, value),
                "faults" => value.lines().map(|line| format!("\n  {}", self.fault(line))).collect(),
                "why" => self.way(value),
                _ => value.clone(),
            };
            (name.clone(), value)
        };
        let fields: Vec<(String, String)> = trouble.fields.iter().map(said).collect();
        let fields: Vec<(&str, String)> =
            fields.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        self.say(&format!("trouble.{}", word_of(&trouble.code)), &fields)
    }

    /// A word of ours, in the language; a word that is none of ours as it stands.
    pub fn word(&self, kind: &str, word: &str) -> String {
        let key = format!("{kind}.{word}");
        if self.has(&key) { self.say(&key, &[]) } else { word.to_owned() }
    }

    /// Why nothing was sent: where it begins with a word of ours, that word as a sentence.
    fn way(&self, why: &str) -> String {
        match why.split_once(": ") {
            Some((word, rest)) if self.has(&format!("net.{word}")) => {
                format!("{} ({rest})", self.word("net", word))
            }
            _ => why.to_owned(),
        }
    }

    /// A fault of the settings, from the line a trouble carries: `line|key|why|what`.
    fn fault(&self, line: &str) -> String {
        match *line.splitn(4, '|').collect::<Vec<&str>>().as_slice() {
            [number, key, why, what] => self.config_fault(number, key, why, what),
            _ => line.to_owned(),
        }
    }

    /// A fault of the settings.
    pub fn of_fault(&self, fault: &ConfigFault) -> String {
        self.config_fault(&fault.line.to_string(), &fault.key, fault.why.word(), &fault.what)
    }

    fn config_fault(&self, line: &str, key: &str, why: &str, what: &str) -> String {
        let why = self.say(&format!("config.{why}"), &[("what", what.to_owned())]);
        let fields = [("line", line.to_owned()), ("key", key.to_owned()), ("why", why)];
        self.say("cli.config_fault", &fields)
    }
}

/// The word by which a plain enum is written in JSON.
pub fn word_of(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(_) | Err(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use station::trouble::{Action, Code};

    #[test]
    fn both_languages_have_the_same_keys_and_fields() {
        let (zh, en) = (Words::new(Lang::Zh).0, Words::new(Lang::En).0);
        let marks = |text: &str| {
            let mut marks: Vec<String> = text
                .split('{')
                .skip(1)
                .filter_map(|it| Some(it.split_once('}')?.0.into()))
                .collect();
            marks.sort();
            marks.dedup();
            marks
        };
        assert_eq!(zh.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
        for (key, sentence) in zh.iter().filter(|(key, _)| key.starts_with("cli.")) {
            assert_eq!(marks(sentence), marks(&en[key]), "{key}");
            assert!(!sentence.trim().is_empty() && !en[key].trim().is_empty(), "{key}");
        }
    }

    #[test]
    fn faults_of_the_settings_are_told_one_a_line() {
        let words = Words::new(Lang::En);
        let text = "practice = 1\n[sender]\nname = \"x\"";
        let faults = station::config::parse(text).unwrap_err();
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        for (fault, line) in faults.iter().zip(&lines) {
            assert_eq!(words.fault(line), words.of_fault(fault));
            assert!(!words.of_fault(fault).contains("config."), "{line}");
        }
        let syntax = &station::config::parse("a = ").unwrap_err()[0];
        assert!(!words.fault(&syntax.to_string()).contains('|'));
        let fields = [("path", "p".to_owned()), ("faults", lines.join("\n"))];
        let trouble = Trouble::new(Code::BadConfig, Action::None, fields);
        assert_eq!(words.trouble(&trouble).matches("\n  ").count(), faults.len());
    }
}
