//! The little CSS that label templates use: rules, declarations and lengths. What would change the
//! picture and is not followed is an error with its name.

use crate::Refused;
use scraper::{ElementRef, Selector};

/// One declaration, lower case.
pub type Declaration = (String, String);

/// A rule of a style sheet.
pub struct Rule {
    selector: Selector,
    weight: u32,
    declarations: Vec<Declaration>,
}

/// Rules of one document; nobody writes more for a label.
const RULES_MAX: usize = 1_000;

/// Reads a style sheet.
///
/// # Errors
/// [`Refused::Network`] for anything from elsewhere, [`Refused::UnknownLayout`] for selectors that
/// cannot be read.
pub fn sheet(text: &str, rules: &mut Vec<Rule>) -> Result<(), Refused> {
    let text = without_comments(text);
    let mut rest = text.as_str();
    while let Some(open) = rest.find('{') {
        let head = rest[..open].trim();
        let head = head.rsplit(';').next().unwrap_or(head).trim();
        if rest[..open].contains("@import") {
            return Err(Refused::Network("@import"));
        }
        let close = closing(&rest[open..]).ok_or(Refused::Broken("css"))? + open;
        let body = &rest[open + 1..close];
        if let Some(at) = head.strip_prefix('@') {
            let at = at.to_ascii_lowercase();
            let for_print = !at.contains("screen") || at.contains("print");
            // Of `@font-face` nothing is taken: the letters are ours.
            if at.starts_with("media") && for_print {
                sheet(body, rules)?;
            }
        } else {
            let declarations = declarations(body)?;
            for one in head.split(',').map(str::trim).filter(|one| !one.is_empty()) {
                let unknown = || Refused::UnknownLayout(format!("selector {one}"));
                let (one, declarations) = match before_pseudo(one) {
                    Some(element) => (element, vec![holds(&declarations).ok_or_else(unknown)?]),
                    None => (one, declarations.clone()),
                };
                let selector = Selector::parse(one).map_err(|_| unknown())?;
                rules.push(Rule { selector, weight: weight(one), declarations });
            }
        }
        if rules.len() > RULES_MAX {
            return Err(Refused::TooLarge("css"));
        }
        rest = &rest[close + 1..];
    }
    rules.sort_by_key(|rule| rule.weight);
    Ok(())
}

/// Says that an element reaches around what floats in it.
pub const HOLDS_FLOATS: &str = "-holds-floats";

/// `.row` of `.row::after`.
fn before_pseudo(selector: &str) -> Option<&str> {
    let names = ["::after", ":after", "::before", ":before"];
    names.iter().find_map(|name| selector.strip_suffix(name))
}

/// What a `::after` means that only makes its element reach around what floats in it, or nothing;
/// `None` if it may be more.
fn holds(declarations: &[Declaration]) -> Option<Declaration> {
    const PLAIN: [&str; 10] = [
        "content",
        "display",
        "clear",
        "height",
        "visibility",
        "font-size",
        "line-height",
        "overflow",
        "width",
        "zoom",
    ];
    let said = |name: &str| declarations.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
    let is_plain = declarations.iter().all(|(name, _)| PLAIN.contains(&name.as_str()));
    let is_empty =
        matches!(said("content"), None | Some("\"\"" | "''" | "none" | "\".\"" | "\" \""));
    // A point that nobody shall see is written with a height of 0.
    let is_seen = said("content") == Some("\".\"") && said("height") != Some("0");
    let holds = said("clear").is_some_and(|side| side != "none");
    (is_plain && is_empty && !is_seen)
        .then(|| (HOLDS_FLOATS.to_owned(), if holds { "yes" } else { "no" }.to_owned()))
}

/// Declarations for an element, weakest first: those of its rules, then its own.
pub fn of(element: ElementRef<'_>, rules: &[Rule]) -> Result<Vec<Declaration>, Refused> {
    let matching = rules.iter().filter(|rule| rule.selector.matches(&element));
    let mut all: Vec<Declaration> =
        matching.flat_map(|rule| rule.declarations.iter().cloned()).collect();
    if let Some(own) = element.value().attr("style") {
        all.extend(declarations(own)?);
    }
    Ok(all)
}

/// `name: value; …` without comments.
fn declarations(text: &str) -> Result<Vec<Declaration>, Refused> {
    let text = without_comments(text);
    let mut all = Vec::new();
    // A data URL has a semicolon of its own.
    for part in text.replace(";base64", "\u{1}base64").split(';') {
        let Some((name, value)) = part.split_once(':') else { continue };
        let name = name.trim().to_ascii_lowercase();
        let value = value.trim().to_ascii_lowercase();
        let value = value.trim_end_matches("!important").trim().to_owned();
        if value.contains("url(") {
            let is_data = value.contains("url(data:")
                || value.contains("url('data:")
                || value.contains("url(\"data:");
            return Err(match is_data {
                true => Refused::UnknownLayout(format!("{name}: url(data:)")),
                false => Refused::Network("css"),
            });
        }
        if value.contains("expression(") || value.contains("javascript:") {
            return Err(Refused::UnknownLayout("expression".to_owned()));
        }
        all.push((name, value));
    }
    Ok(all)
}

fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("/*") {
        out.push_str(&rest[..start]);
        rest = rest[start + 2..].find("*/").map_or("", |end| &rest[start + 2 + end + 2..]);
    }
    out.push_str(rest);
    out.replace("<!--", "").replace("-->", "")
}

/// Where the brace that opens `text` closes.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// How strong a selector is: ids, then classes, then names (CSS Selectors 4, part 17, roughly).
fn weight(selector: &str) -> u32 {
    let count = |c: char| selector.matches(c).count() as u32;
    let names = selector
        .split([' ', '>', '+', '~'])
        .filter(|part| part.starts_with(|c: char| c.is_ascii_alphabetic()))
        .count() as u32;
    count('#') * 10_000 + (count('.') + count('[') + count(':')) * 100 + names
}

/// A length in µm. `em_um`: the font's size. `whole_um`: what 100 % are, if that is known.
pub fn length(value: &str, em_um: i32, whole_um: Option<i32>) -> Option<i32> {
    if value == "0" || value == "0.0" {
        return Some(0);
    }
    let end = value.find(|c: char| c.is_ascii_alphabetic() || c == '%')?;
    let number: f64 = value[..end].trim().parse().ok()?;
    let unit = match &value[end..] {
        "px" => 25_400.0 / 96.0,
        "pt" => 25_400.0 / 72.0,
        "mm" => 1_000.0,
        "cm" => 10_000.0,
        "in" => 25_400.0,
        "pc" => 25_400.0 / 6.0,
        "em" | "rem" => f64::from(em_um),
        "%" => f64::from(whole_um?) / 100.0,
        _ => return None,
    };
    let um = (number * unit).round();
    // Ten metres: anything beyond is nonsense and would only overflow.
    (um.abs() < 1e7).then_some(um as i32)
}
