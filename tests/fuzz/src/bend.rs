//! Inputs bent blindly, the same way every day.

/// Numbers that look random: SplitMix64 (Steele, Lea, Flood 2014).
pub struct Dice(u64);

impl Dice {
    /// Dice that fall as the seed says.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// One of `sides` numbers from 0; 0 where there are none.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ mixed >> 31) % (sides as u64).max(1)) as usize
    }
}

/// Bytes and numbers at which readers stumble.
const ODD: [&[u8]; 16] = [
    b"",
    b"\0",
    b"\xff",
    b"\x7f",
    b"\x80",
    b"\r\n",
    b"\"",
    b",",
    b"-1",
    b"65536",
    b"4294967295",
    b"99999999999999999999",
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
    b"1e308",
    b"\xe5\xbc",
];
/// Inputs grow no further.
const BYTES_MAX: usize = 1 << 16;

/// One of the corpus bent a few times, once in a while with a piece of another one.
pub fn bent(corpus: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = corpus.get(dice.roll(corpus.len())).cloned().unwrap_or_default();
    let times = 1 + dice.roll(4) * dice.roll(4);
    for _ in 0..times {
        once(&mut bytes, corpus, dice);
        bytes.truncate(BYTES_MAX);
    }
    bytes
}

fn once(bytes: &mut Vec<u8>, corpus: &[Vec<u8>], dice: &mut Dice) {
    let at = dice.roll(bytes.len() + 1);
    match dice.roll(8) {
        0 => bytes.truncate(at),
        1 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << dice.roll(8);
            }
        }
        2 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = dice.roll(256) as u8;
            }
        }
        3 => splice(bytes, at, 0, ODD[dice.roll(ODD.len())]),
        4 => {
            let word = ODD[dice.roll(ODD.len())];
            splice(bytes, at, word.len(), word);
        }
        5 => {
            let long = 1 + dice.roll(32);
            splice(bytes, at, long, b"");
        }
        6 => {
            let long = dice.roll(64);
            let piece = bytes[at..bytes.len().min(at + long)].to_vec();
            let to = dice.roll(bytes.len() + 1);
            splice(bytes, to, 0, &piece);
        }
        _ => {
            let other = corpus.get(dice.roll(corpus.len())).map_or(&[][..], Vec::as_slice);
            let from = dice.roll(other.len() + 1);
            let piece = &other[from..other.len().min(from + dice.roll(200))];
            splice(bytes, at, dice.roll(piece.len() + 1), piece);
        }
    }
}

/// Puts `new` in the place of `long` bytes from `at` on.
fn splice(bytes: &mut Vec<u8>, at: usize, long: usize, new: &[u8]) {
    let end = bytes.len().min(at + long);
    bytes.splice(at..end, new.iter().copied());
}
