//! What a scanner sent, read: the text without what scanners put around it, and what a GS1 code
//! says inside. Pure; which of its names is known here is `scan`'s to find out.

use crate::view::{CodePart, CodeView};

/// What scanners type for FNC1 between the elements of a GS1 code.
const GS: char = '\u{1d}';
/// Symbology identifiers (AIM) of codes that are GS1: GS1-128, DataMatrix, QR, DataBar.
const GS1_IDS: [&str; 4] = ["]C1", "]d2", "]Q3", "]e0"];
/// Application identifiers of fixed length, by their beginning: digits of the identifier and of its
/// value. Source: GS1 General Specifications, 7.8.5 and the list of identifiers in 3.2.
const FIXED: [(&str, usize, usize); 20] = [
    ("00", 2, 18),
    ("01", 2, 14),
    ("02", 2, 14),
    ("11", 2, 6),
    ("12", 2, 6),
    ("13", 2, 6),
    ("15", 2, 6),
    ("16", 2, 6),
    ("17", 2, 6),
    ("20", 2, 2),
    ("31", 4, 6),
    ("32", 4, 6),
    ("33", 4, 6),
    ("34", 4, 6),
    ("35", 4, 6),
    ("36", 4, 6),
    ("41", 3, 13),
    ("402", 3, 17),
    ("7003", 4, 10),
    ("7001", 4, 13),
];
/// Identifiers whose value names a parcel, goods or an order, the better first: SSCC, GTIN, the
/// buyer's order number, the carrier's numbers.
const NAMES: [&str; 6] = ["00", "01", "02", "400", "401", "402"];

/// Reads what a scanner sent. `prefix` and `suffix` are what this one is set to put around.
pub fn read(sent: &str, prefix: &str, suffix: &str) -> CodeView {
    let kept = |c: char| c != GS && (c.is_control() || c.is_whitespace());
    let mut text = sent.trim_matches(kept);
    if !prefix.is_empty() {
        text = text.strip_prefix(prefix).unwrap_or(text);
    }
    if !suffix.is_empty() {
        text = text.strip_suffix(suffix).unwrap_or(text);
    }
    let (symbology, text) = match text.char_indices().nth(3) {
        Some((at, _)) if is_aim(text) => text.split_at(at),
        _ => ("", text),
    };
    let bare = text.trim_start_matches(GS);
    let says_gs1 = GS1_IDS.contains(&symbology) || bare.len() < text.len();
    let parts = if bare.starts_with('(') {
        in_brackets(bare)
    } else if says_gs1 || bare.contains(GS) {
        elements(bare)
    } else {
        None
    };
    CodeView {
        text: bare.replace(GS, " ").trim().to_owned(),
        symbology: symbology.to_owned(),
        parts: parts.unwrap_or_default(),
    }
}

/// What the code may be known by, the likeliest first.
pub fn names(code: &CodeView) -> Vec<String> {
    let mut names = vec![code.text.clone()];
    for wanted in NAMES {
        for part in code.parts.iter().filter(|part| part.id == wanted) {
            names.push(part.value.clone());
            // Carriers write an SSCC with its identifier, too.
            if wanted == "00" {
                names.push(format!("00{}", part.value));
            }
        }
    }
    names
}

/// `]C1`: a bracket, a letter, a character.
fn is_aim(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next() == Some(']')
        && chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && chars.next().is_some_and(|c| c.is_ascii_alphanumeric())
}

/// "(01)06901234567892(10)A1", as some scanners are set to write it.
fn in_brackets(text: &str) -> Option<Vec<CodePart>> {
    let mut parts = Vec::new();
    for piece in text.split('(').skip(1) {
        let (id, value) = piece.split_once(')')?;
        parts.push(part(id, value)?);
    }
    Some(parts)
}

fn elements(text: &str) -> Option<Vec<CodePart>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let fixed = FIXED.iter().find(|(begin, ..)| rest.starts_with(begin));
        let (id_length, value) = match fixed {
            Some(&(_, id_length, length)) => (id_length, rest.get(id_length..id_length + length)?),
            None => {
                let id_length = id_length(rest);
                let value = rest.get(id_length..)?;
                (id_length, value.split(GS).next().unwrap_or(value))
            }
        };
        let id = rest.get(..id_length)?;
        parts.push(part(id, value)?);
        rest = rest[id.len() + value.len()..].trim_start_matches(GS);
    }
    Some(parts)
}

/// Digits of an identifier whose value ends with the code or with FNC1.
fn id_length(text: &str) -> usize {
    match text.as_bytes() {
        [b'2', b'3' | b'4' | b'5', ..] | [b'4', ..] | [b'7', b'1', ..] => 3,
        [b'7' | b'8', ..] | [b'3', b'9', ..] => 4,
        _ => 2,
    }
}

fn part(id: &str, value: &str) -> Option<CodePart> {
    let good = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    (good && !value.is_empty()).then(|| CodePart { id: id.to_owned(), value: value.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(sent: &str) -> (String, Vec<(String, String)>) {
        let code = read(sent, "", "");
        (code.text, code.parts.into_iter().map(|part| (part.id, part.value)).collect())
    }

    #[test]
    fn what_scanners_put_around_is_taken_away() {
        for (sent, prefix, suffix, text) in [
            ("YT8812000033391\r\n", "", "", "YT8812000033391"),
            ("\u{2}YT8812000033391\u{3}", "", "", "YT8812000033391"),
            ("~YT88#", "~", "#", "YT88"),
            ("YT88", "~", "#", "YT88"),
            ("]C0YT8812000033391", "", "", "YT8812000033391"),
            ("~]E06901234567892", "~", "", "6901234567892"),
            ("*PB-NEXT*", "", "", "*PB-NEXT*"),
            ("]", "", "", "]"),
            ("]运单", "", "", "]运单"),
        ] {
            assert_eq!(read(sent, prefix, suffix).text, text, "{sent:?}");
        }
    }

    #[test]
    fn gs1_codes_say_what_they_hold() {
        let pair = |id: &str, value: &str| (id.to_owned(), value.to_owned());
        // The examples of the GS1 General Specifications' kind: SSCC alone; GTIN, date, batch.
        assert_eq!(of("]C100106141411234567897").1, [pair("00", "106141411234567897")]);
        let (_, parts) = of("]d2010690123456789217271231\u{1d}10AB-7\u{1d}21S9");
        assert_eq!(
            parts,
            [
                pair("01", "06901234567892"),
                pair("17", "271231"),
                pair("10", "AB-7"),
                pair("21", "S9")
            ]
        );
        assert_eq!(of("(01)06901234567892(10)AB7").1[0], pair("01", "06901234567892"));
        assert_eq!(of("\u{1d}400WC-20937").1, [pair("400", "WC-20937")]);
        assert_eq!(of("3103001085").1, [], "without a mark it is a number like any other");
        assert_eq!(of("]C13103001085").1, [pair("3103", "001085")]);
        // Cut off, or not of the form: the text alone.
        for odd in ["]C1011234", "]C1AB", "(01", "(0x)12", "]C10"] {
            assert_eq!(of(odd).1, [], "{odd}");
        }
    }

    #[test]
    fn names_are_tried_in_their_order() {
        let code = read("]C100106141411234567897", "", "");
        let sscc = "106141411234567897";
        assert_eq!(names(&code), [format!("00{sscc}"), sscc.to_owned(), format!("00{sscc}")]);
        let goods = read("]d20106901234567892\u{1d}21S9", "", "");
        assert!(names(&goods).contains(&"06901234567892".to_owned()));
    }
}
