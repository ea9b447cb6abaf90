//! Price lists as they are copied out of a spreadsheet or a chat: 省份, 首重, 续重, or prices up to
//! weights, or both. What is not plainly one of these is told with its line, never guessed.

use crate::{
    import::{half_width, measured},
    place,
    view::{TariffFault, TariffPaste, TariffRow, TariffStep, TariffWhy},
};

/// No price list is longer, bytes.
const TEXT_BYTES_MAX: usize = 256 * 1024;
/// 首重 and 续重 where no heading says otherwise, grams.
const USUAL_G: u32 = 1_000;
/// What all provinces are called that are not named.
const REST: [&str; 14] = [
    "其余",
    "其他",
    "其它",
    "其余省份",
    "其他省份",
    "其它省份",
    "其余地区",
    "其他地区",
    "其它地区",
    "剩余省份",
    "全国",
    "默认",
    "rest",
    "other",
];
/// What stands where a price does not apply.
const NONE: [&str; 8] = ["", "-", "--", "—", "/", "无", "不限", "\\"];
const WEIGHTS: [(&str, u64); 7] = [
    ("千克", 1_000),
    ("公斤", 1_000),
    ("kg", 1_000),
    ("㎏", 1_000),
    ("斤", 500),
    ("克", 1),
    ("g", 1),
];

/// Whether a text stands for all provinces that are not named.
pub(super) fn is_rest(text: &str) -> bool {
    REST.contains(&text.trim().to_lowercase().as_str())
}

/// What a column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    Place,
    /// A fixed price up to so many grams.
    Upto(u32),
    /// The price of 首重, of so many grams if the heading says so.
    First(Option<u32>),
    /// The price of 续重.
    Next(Option<u32>),
    /// The weight of 首重; its unit in grams.
    FirstG(u64),
    /// The weight of 续重.
    NextG(u64),
    Nothing,
}

/// Reads a pasted table.
pub fn read(text: &str) -> TariffPaste {
    let mut found = TariffPaste::default();
    if text.len() > TEXT_BYTES_MAX {
        found.faults.push(fault(1, TariffWhy::TooLong, ""));
        return found;
    }
    let mut columns: Option<Vec<Says>> = None;
    for (line, cells) in table(text) {
        let place = place_of(&cells);
        if place.is_none()
            && let Some(says) = headings(&cells, &mut found.unread)
        {
            columns = Some(says);
            continue;
        }
        let priced = cells.iter().skip(1).any(|cell| money(cell).is_ok_and(|sum| sum.is_some()));
        if columns.is_none() && place.is_none() && !priced {
            // A title.
            continue;
        }
        let Some(says) = columns.clone().or_else(|| usual(&cells, place.unwrap_or(0))) else {
            found.faults.push(fault(line, TariffWhy::Columns, ""));
            continue;
        };
        match row(&cells, &says) {
            Ok(row) => add(&mut found.rows, row),
            Err((why, what)) => found.faults.push(fault(line, why, &what)),
        }
    }
    if found.rows.is_empty() && found.faults.is_empty() {
        found.faults.push(fault(1, TariffWhy::Columns, ""));
    }
    found
}

fn fault(line: u32, why: TariffWhy, what: &str) -> TariffFault {
    TariffFault { line, why, what: what.to_owned() }
}

/// All lines that say anything, with their numbers.
fn table(text: &str) -> Vec<(u32, Vec<String>)> {
    let delimiter = if text.contains('\t') { Some(b'\t') } else { None };
    let delimiter = delimiter.or_else(|| text.contains(',').then_some(b','));
    let said = |cells: &Vec<String>| cells.iter().any(|cell| !cell.is_empty());
    let Some(delimiter) = delimiter else {
        let cells = |line: &str| line.split_whitespace().map(half_width).collect::<Vec<_>>();
        let lines = (1..).zip(text.lines().map(cells));
        return lines.filter(|(_, cells)| said(cells)).collect();
    };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut lines = Vec::new();
    for record in reader.records().map_while(Result::ok) {
        let line = record.position().map_or(0, csv::Position::line);
        // A cell of several lines is one text.
        let cells: Vec<String> = record.iter().map(|cell| half_width(&joined(cell))).collect();
        if said(&cells) {
            lines.push((u32::try_from(line).unwrap_or(u32::MAX), cells));
        }
    }
    lines
}

fn joined(cell: &str) -> String {
    cell.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first cell that names provinces, or the rest.
fn place_of(cells: &[String]) -> Option<usize> {
    let names = |cell: &String| {
        !cell.is_empty()
            && (is_rest(cell) || place::provinces_in(cell).is_ok_and(|it| !it.is_empty()))
    };
    cells.iter().position(names)
}

/// Without headings: the place, 首重, 续重, and nothing else.
fn usual(cells: &[String], place: usize) -> Option<Vec<Says>> {
    let mut says = vec![Says::Nothing; place];
    says.extend([Says::Place, Says::First(None), Says::Next(None)]);
    let more = cells.iter().skip(says.len()).any(|cell| !cell.is_empty());
    (!more).then_some(says)
}

/// What the columns say; `None` if these are no headings.
fn headings(cells: &[String], unread: &mut Vec<String>) -> Option<Vec<Says>> {
    let words: Vec<String> =
        cells.iter().map(|cell| cell.to_lowercase().replace(' ', "")).collect();
    if words.iter().filter(|word| !word.is_empty()).count() < 2 {
        return None;
    }
    let mut says: Vec<Says> = words.iter().map(|word| heading(word)).collect();
    let priced = |it: &Says| matches!(it, Says::Upto(_) | Says::First(_));
    if !says.iter().any(|it| priced(it) || matches!(it, Says::FirstG(_))) {
        return None;
    }
    // "首重(kg)" beside "首费" is a weight; alone it is the price of a kilogram.
    let has = |says: &[Says], kind: fn(&Says) -> bool| says.iter().any(kind);
    if !has(&says, |it| matches!(it, Says::First(_))) {
        swap(&mut says, |it| match it {
            Says::FirstG(unit_g) => Says::First(u32::try_from(unit_g).ok()),
            other => other,
        });
    }
    if !has(&says, |it| matches!(it, Says::Next(_))) {
        swap(&mut says, |it| match it {
            Says::NextG(unit_g) => Says::Next(u32::try_from(unit_g).ok()),
            other => other,
        });
    }
    // Of "区域" and "省份" the second names provinces.
    let mut places = (0..says.len()).filter(|at| says[*at] == Says::Place);
    let best = places.clone().find(|at| words[*at].contains('省')).or_else(|| places.next_back());
    let best = best.unwrap_or(0);
    for at in 0..says.len() {
        if at == best {
            says[at] = Says::Place;
        } else if says[at] == Says::Place {
            says[at] = Says::Nothing;
        }
        if says[at] == Says::Nothing && !cells[at].is_empty() {
            unread.push(cells[at].clone());
        }
    }
    Some(says)
}

fn swap(says: &mut [Says], with: impl Fn(Says) -> Says) {
    for one in says {
        *one = with(*one);
    }
}

/// One heading, without blanks, in small letters.
fn heading(word: &str) -> Says {
    let word = &word.replace("weight", "重量");
    const PLACES: [&str; 8] = ["省", "地区", "区域", "目的", "到达", "province", "region", "zone"];
    const MONEY: [&str; 6] = ["费", "价", "元", "¥", "price", "fee"];
    let any = |words: &[&str]| words.iter().any(|it| word.contains(it));
    let (first, next) = (any(&["首", "first"]), any(&["续", "next", "additional"]));
    let weight = weight_in(word);
    let bare =
        |unit_g: u64| !any(&MONEY) && !word.contains(|c: char| c.is_ascii_digit()) && unit_g > 0;
    let unit_g = unit_of(word).or(word.contains("重量").then_some(1_000)).unwrap_or(0);
    match (first, next) {
        (true, false) if bare(unit_g) => Says::FirstG(unit_g),
        (false, true) if bare(unit_g) && !word.contains('/') => Says::NextG(unit_g),
        (true, false) => Says::First(weight),
        (false, true) => Says::Next(weight.or(u32::try_from(unit_g).ok().filter(|it| *it > 0))),
        (true, true) => Says::Nothing,
        (false, false) if any(&PLACES) => Says::Place,
        (false, false) if any(&["以上", "起", ">", "≥", "+"]) => Says::Nothing,
        (false, false) => {
            let ranged = word.contains(['-', '~', '–', '—', '至', '≤', '<', '内', '下']);
            let named = ranged || unit_of(word).is_some();
            weight.filter(|grams| named && *grams > 0).map_or(Says::Nothing, Says::Upto)
        }
    }
}

/// The last weight that a heading names, grams; a kilogram if it has no unit: "0-0.5kg", "首重3公斤".
fn weight_in(word: &str) -> Option<u32> {
    let number = |c: char| c.is_ascii_digit() || c == '.';
    let end = word.rfind(|c: char| c.is_ascii_digit())? + 1;
    let start = word[..end]
        .rfind(|c: char| !number(c))
        .map_or(0, |at| at + word[at..].chars().next().map_or(1, char::len_utf8));
    let unit = WEIGHTS.iter().find(|(unit, _)| word[end..].starts_with(unit));
    let text = format!("{}{}", &word[start..end], unit.map_or("kg", |(unit, _)| unit));
    u32::try_from(measured(&text, &WEIGHTS, 1_000)?).ok()
}

/// Grams of the unit that a heading names.
fn unit_of(word: &str) -> Option<u64> {
    WEIGHTS.iter().find(|(unit, _)| word.contains(unit)).map(|(_, grams)| *grams)
}

/// One line of prices.
fn row(cells: &[String], says: &[Says]) -> Result<TariffRow, (TariffWhy, String)> {
    let mut row = TariffRow::default();
    let (mut first_g, mut next_g) = (None, None);
    let mut named = false;
    for (cell, says) in cells.iter().zip(says) {
        match *says {
            Says::Place => {
                row.provinces = provinces(cell)?;
                named = true;
            }
            Says::Upto(upto_g) => {
                let step = |fen| TariffStep { upto_g, fen };
                row.steps.extend(money(cell)?.map(step));
            }
            Says::First(grams) => {
                row.first_fen = money(cell)?;
                first_g = first_g.or(grams);
            }
            Says::Next(grams) => {
                row.next_fen = money(cell)?;
                next_g = next_g.or(grams);
            }
            Says::FirstG(unit_g) => first_g = Some(weight(cell, unit_g)?),
            Says::NextG(unit_g) => next_g = Some(weight(cell, unit_g)?),
            Says::Nothing => {}
        }
    }
    row.steps.sort_by_key(|step| step.upto_g);
    let begun = row.first_fen.is_some() != row.next_fen.is_some();
    let nothing = row.first_fen.is_none() && row.steps.is_empty();
    if begun || nothing || !named {
        return Err((TariffWhy::Missing, cells.first().cloned().unwrap_or_default()));
    }
    if row.first_fen.is_some() {
        row.first_g = Some(first_g.unwrap_or(USUAL_G));
        row.next_g = Some(next_g.unwrap_or(USUAL_G));
    }
    Ok(row)
}

/// By their short names; none for the rest.
fn provinces(cell: &str) -> Result<Vec<String>, (TariffWhy, String)> {
    if is_rest(cell) {
        return Ok(Vec::new());
    }
    let wrong = |piece: &str| match place::nearest_province(piece) {
        Some(near) => (TariffWhy::Province, format!("{piece} ≈ {near}")),
        None => (TariffWhy::Province, piece.to_owned()),
    };
    let names = place::provinces_in(cell).map_err(|piece| wrong(&piece))?;
    if names.is_empty() {
        return Err(wrong(cell));
    }
    Ok(names.into_iter().map(|name| place::short_province(name).to_owned()).collect())
}

/// Fen: "3.5", "¥3.50", "3.5元/kg"; none where a dash stands.
fn money(cell: &str) -> Result<Option<u32>, (TariffWhy, String)> {
    let text = cell.trim_start_matches(['¥', '￥']);
    let text = text.split_once('/').map_or(text, |(sum, _)| sum).trim_end_matches('元').trim();
    if NONE.contains(&text) {
        return Ok(None);
    }
    let fen = measured(text, &[], 100).and_then(|fen| u32::try_from(fen).ok());
    fen.map(Some).ok_or_else(|| (TariffWhy::Money, cell.to_owned()))
}

/// Grams, at least one.
fn weight(cell: &str, unit_g: u64) -> Result<u32, (TariffWhy, String)> {
    let grams = measured(cell, &WEIGHTS, unit_g).and_then(|grams| u32::try_from(grams).ok());
    grams.filter(|it| *it > 0).ok_or_else(|| (TariffWhy::Weight, cell.to_owned()))
}

/// Provinces of one price stand in one row.
fn add(rows: &mut Vec<TariffRow>, row: TariffRow) {
    let bare = |it: &TariffRow| TariffRow { provinces: Vec::new(), ..it.clone() };
    let same = |it: &&mut TariffRow| {
        !it.provinces.is_empty() && !row.provinces.is_empty() && bare(it) == bare(&row)
    };
    match rows.iter_mut().find(same) {
        Some(there) => there.provinces.extend(row.provinces),
        None => rows.push(row),
    }
}

#[cfg(test)]
mod tests;
