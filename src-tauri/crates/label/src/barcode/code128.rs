//! Code 128 (ISO/IEC 15417): the shortest row of modules for a text, over sets A, B and C with
//! latches and shifts. Module counts only; the form chooses dots.

/// Empty modules the standard wants on either side.
pub const QUIET: i32 = 10;

/// Longer texts would not fit any label; the limit bounds the search.
const LENGTH_MAX: usize = 80;

const SHIFT: u8 = 98;
const STOP: u8 = 106;

/// Bars and spaces of each code word, in modules.
#[rustfmt::skip]
const WIDTHS: [&[u8]; 107] = [
    b"212222", b"222122", b"222221", b"121223", b"121322", b"131222", b"122213", b"122312",
    b"132212", b"221213", b"221312", b"231212", b"112232", b"122132", b"122231", b"113222",
    b"123122", b"123221", b"223211", b"221132", b"221231", b"213212", b"223112", b"312131",
    b"311222", b"321122", b"321221", b"312212", b"322112", b"322211", b"212123", b"212321",
    b"232121", b"111323", b"131123", b"131321", b"112313", b"132113", b"132311", b"211313",
    b"231113", b"231311", b"112133", b"112331", b"132131", b"113123", b"113321", b"133121",
    b"313121", b"211331", b"231131", b"213113", b"213311", b"213131", b"311123", b"311321",
    b"331121", b"312113", b"312311", b"332111", b"314111", b"221411", b"431111", b"111224",
    b"111422", b"121124", b"121421", b"141122", b"141221", b"112214", b"112412", b"122114",
    b"122411", b"142112", b"142211", b"241211", b"221114", b"413111", b"241112", b"134111",
    b"111242", b"121142", b"121241", b"114212", b"124112", b"124211", b"411212", b"421112",
    b"421211", b"212141", b"214121", b"412121", b"111143", b"111341", b"131141", b"114113",
    b"114311", b"411113", b"411311", b"113141", b"114131", b"311141", b"411131", b"211412",
    b"211214", b"211232", b"2331112",
];

/// A set of characters. The numbers index tables here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Set {
    A = 0,
    B = 1,
    C = 2,
}

const SETS: [Set; 3] = [Set::A, Set::B, Set::C];

impl Set {
    fn start(self) -> u8 {
        103 + self as u8
    }

    /// The code word that latches to this set; 99 to C, 100 to B, 101 to A, from either other set.
    fn latch(self) -> u8 {
        101 - self as u8
    }

    /// The code word for the next one (A, B) or two (C) characters, and how many it takes.
    fn word(self, rest: &[u8]) -> Option<(u8, usize)> {
        let first = *rest.first()?;
        match self {
            Self::A if first < 32 => Some((first + 64, 1)),
            Self::A if first < 96 => Some((first - 32, 1)),
            Self::B if (32..128).contains(&first) => Some((first - 32, 1)),
            Self::C => match rest {
                [a @ b'0'..=b'9', b @ b'0'..=b'9', ..] => Some(((a - b'0') * 10 + (b - b'0'), 2)),
                _ => None,
            },
            Self::A | Self::B => None,
        }
    }

    /// The set that SHIFT lends one character of.
    fn shifted(self) -> Option<Self> {
        match self {
            Self::A => Some(Self::B),
            Self::B => Some(Self::A),
            Self::C => None,
        }
    }
}

/// The best way from one place in the text to its end.
#[derive(Clone, Copy)]
struct Step {
    /// Code words still needed from here.
    cost: usize,
    /// Up to two words said here (a latch or SHIFT before a character counts as one).
    words: [Option<u8>; 2],
    /// Characters taken.
    taken: usize,
    /// The set afterwards.
    then: Set,
}

/// Bars and spaces by turns, in modules, a bar first and last; `None` if `text` is empty, longer
/// than 80 characters or not ASCII.
pub fn encode(text: &str) -> Option<Vec<u8>> {
    symbol(&words(text)?)
}

/// The same of code words as they are: a start (103 to 105) and data; `None` for other words, or
/// more than a label holds. For symbols whose sets and functions others have chosen.
pub fn symbol(words: &[u8]) -> Option<Vec<u8>> {
    let (start, data) = words.split_first()?;
    let fits = (1..=2 * LENGTH_MAX).contains(&data.len());
    if !fits || !(103..=105).contains(start) || data.iter().any(|&word| word > 102) {
        return None;
    }
    let check =
        words.iter().zip(0u32..).fold(0, |sum, (&word, at)| sum + u32::from(word) * at.max(1))
            % 103;
    let symbols = words.iter().copied().chain([u8::try_from(check).ok()?, STOP]);
    Some(symbols.flat_map(|word| WIDTHS[usize::from(word)]).map(|digit| digit - b'0').collect())
}

/// The sum of `runs`: 11 for every code word and 13 for the stop.
pub fn modules(runs: &[u8]) -> i32 {
    runs.iter().map(|&run| i32::from(run)).sum()
}

/// Start and data words of the shortest symbol.
fn words(text: &str) -> Option<Vec<u8>> {
    let text = text.as_bytes();
    if text.is_empty() || text.len() > LENGTH_MAX || !text.is_ascii() {
        return None;
    }
    let steps = best_steps(text);
    let start = SETS.into_iter().min_by_key(|&set| steps[0][set as usize].cost)?;
    let mut words = vec![start.start()];
    let (mut at, mut set) = (0, start);
    while at < text.len() {
        let step = steps[at][set as usize];
        words.extend(step.words.into_iter().flatten());
        (at, set) = (at + step.taken, step.then);
    }
    Some(words)
}

/// For every place and set the cheapest next step, found from the end backwards.
fn best_steps(text: &[u8]) -> Vec<[Step; 3]> {
    let far = usize::MAX / 2;
    let none = |set| Step { cost: far, words: [None; 2], taken: 0, then: set };
    let mut steps = vec![SETS.map(none); text.len() + 1];
    steps[text.len()] = SETS.map(|set| Step { cost: 0, ..none(set) });
    for at in (0..text.len()).rev() {
        let mut here = SETS.map(none);
        for set in SETS {
            if let Some((word, taken)) = set.word(&text[at..]) {
                let cost = steps[at + taken][set as usize].cost + 1;
                here[set as usize] = Step { cost, words: [Some(word), None], taken, then: set };
            }
            let lent = set.shifted().and_then(|other| other.word(&text[at..]));
            if let Some((word, _)) = lent {
                let cost = steps[at + 1][set as usize].cost + 2;
                if cost < here[set as usize].cost {
                    let words = [Some(SHIFT), Some(word)];
                    here[set as usize] = Step { cost, words, taken: 1, then: set };
                }
            }
        }
        // A latch costs one word and takes nothing; one round is enough, as no latch leads on to
        // another latch in a shortest symbol.
        let direct = here;
        for (set, to) in SETS.into_iter().flat_map(|a| SETS.map(|b| (a, b))) {
            let cost = direct[to as usize].cost + 1;
            if set != to && cost < here[set as usize].cost {
                here[set as usize] =
                    Step { cost, words: [Some(to.latch()), None], taken: 0, then: to };
            }
        }
        steps[at] = here;
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn length(text: &str) -> i32 {
        modules(&encode(text).unwrap())
    }

    #[test]
    fn a_waybill_of_two_letters_and_thirteen_digits_has_145_modules() {
        assert_eq!(length("YT1234567890123"), 145);
        assert_eq!(length("SF1234567890128"), 145);
    }

    #[test]
    fn the_shortest_symbol_is_found() {
        // Words: start + data + check, 11 modules each, and 13 for the stop.
        let cases = [
            ("12", 1),
            ("1234", 2),
            ("123", 3), // B alone, or C and a latch: three either way
            ("JDVB01234567", 4 + 1 + 4),
            ("A1234B", 6), // two latches would cost more than two digits save
            ("A123456B", 1 + 1 + 3 + 1 + 1),
            ("a\u{1}b", 4),        // SHIFT, not two latches
            ("\u{1}\u{2}", 2),     // set A
            ("75312345678901", 7), // digits only
        ];
        for (text, data) in cases {
            assert_eq!(length(text), 11 * (data + 2) + 13, "{text:?}");
        }
    }

    #[test]
    fn what_it_cannot_say_is_none() {
        assert_eq!(encode(""), None);
        assert_eq!(encode("运单"), None);
        assert_eq!(encode(&"1".repeat(81)), None);
    }
}
