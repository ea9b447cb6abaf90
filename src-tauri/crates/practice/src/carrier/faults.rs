//! What the practice carrier does wrong on purpose. Every decision is a function of the seed, the
//! order and how often it was asked for: the same run goes wrong in the same places, whatever the
//! order in which calls arrive.

/// What stands in front of a carrier says when it is broken.
pub(super) const GATEWAY_PAGE: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n\
    <center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n";

/// How often what goes wrong: probabilities a call, 0.0 never, 1.0 always.
#[derive(Debug, Clone, PartialEq)]
pub struct Faults {
    /// The connection closes before anything was done.
    pub lose_before: f64,
    /// The waybill is issued (or taken back), then the connection closes without an answer.
    pub lose_after_commit: f64,
    /// A gateway's page; half of these calls were carried out behind it.
    pub http_502: f64,
    /// HTTP 429, nothing done.
    pub http_429: f64,
    /// Carried out, but the answer's JSON stops in the middle.
    pub cut_json: f64,
    /// A create is carried out, but the answer is a 106 without the order.
    pub bare_106: f64,
    /// "Too many calls" in the carrier's words, nothing done.
    pub refuse_rate: f64,
    /// The carrier declines in its own words, nothing done.
    pub refuse: f64,
    /// A void asked a second time is declined instead of confirmed.
    pub revoid_refuse: f64,
    /// The label that was asked for is not in the answer.
    pub no_template: f64,
    /// The label in the answer is of another number.
    pub wrong_template: f64,
    /// The label comes as commands of a ZPL printer of 8 dots/mm, in base64.
    pub zpl_template: f64,
    /// The same in TSPL, as it is.
    pub tspl_template: f64,
    /// A parcel's newest event bears a code that stands in no manual.
    pub odd_word: f64,
    /// Nobody may ask after parcels any more today.
    pub no_quota: f64,
    /// Of several parcels the last one gets no number.
    pub few_parcels: f64,
    /// The further parcels' numbers, and their drawings, come as JSON text, as in old answers.
    pub text_parcels: f64,
    /// The answer takes `slow_ms` longer.
    pub slow: f64,
    /// How much longer a slow answer takes, ms.
    pub slow_ms: u64,
    /// Nobody listens: connections are refused.
    pub away: bool,
    /// Only the first so many askings of each order go wrong; 0 means any may.
    pub first_asks: u32,
    /// Decides which calls go wrong.
    pub seed: u64,
}

impl Default for Faults {
    fn default() -> Self {
        Self {
            lose_before: 0.0,
            lose_after_commit: 0.0,
            http_502: 0.0,
            http_429: 0.0,
            cut_json: 0.0,
            bare_106: 0.0,
            refuse_rate: 0.0,
            refuse: 0.0,
            revoid_refuse: 0.0,
            no_template: 0.0,
            wrong_template: 0.0,
            zpl_template: 0.0,
            tspl_template: 0.0,
            odd_word: 0.0,
            no_quota: 0.0,
            few_parcels: 0.0,
            text_parcels: 0.0,
            slow: 0.0,
            slow_ms: 3_000,
            away: false,
            first_asks: 0,
            seed: 1,
        }
    }
}

/// A fault on the command line that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not NAME=PROBABILITY with one of {names}", names = Faults::NAMES.join(", "))]
pub struct BadFault(pub String);

impl Faults {
    /// Names that [`Faults::from_args`] knows.
    pub const NAMES: [&str; 22] = [
        "lose_before",
        "lose_after_commit",
        "http_502",
        "http_429",
        "cut_json",
        "bare_106",
        "refuse_rate",
        "refuse",
        "revoid_refuse",
        "no_template",
        "wrong_template",
        "zpl_template",
        "tspl_template",
        "odd_word",
        "no_quota",
        "few_parcels",
        "text_parcels",
        "slow",
        "slow_ms",
        "away",
        "first_asks",
        "seed",
    ];

    /// Reads `name=value` texts: a probability, `slow_ms=3000`, `away=1`, `first_asks=2`, `seed=7`.
    pub fn from_args<S: AsRef<str>>(args: &[S]) -> Result<Self, BadFault> {
        let mut faults = Self::default();
        for arg in args.iter().map(AsRef::as_ref) {
            faults.set(arg).ok_or_else(|| BadFault(arg.to_owned()))?;
        }
        Ok(faults)
    }

    fn set(&mut self, arg: &str) -> Option<()> {
        let (name, value) = arg.split_once('=')?;
        let probability = match name {
            "slow_ms" => return value.parse().ok().map(|ms| self.slow_ms = ms),
            "first_asks" => return value.parse().ok().map(|asks| self.first_asks = asks),
            "seed" => return value.parse().ok().map(|seed| self.seed = seed),
            "away" => {
                self.away = match value {
                    "1" | "true" => true,
                    "0" | "false" => false,
                    _ => return None,
                };
                return Some(());
            }
            "lose_before" => &mut self.lose_before,
            "lose_after_commit" => &mut self.lose_after_commit,
            "http_502" => &mut self.http_502,
            "http_429" => &mut self.http_429,
            "cut_json" => &mut self.cut_json,
            "bare_106" => &mut self.bare_106,
            "refuse_rate" => &mut self.refuse_rate,
            "refuse" => &mut self.refuse,
            "revoid_refuse" => &mut self.revoid_refuse,
            "no_template" => &mut self.no_template,
            "wrong_template" => &mut self.wrong_template,
            "zpl_template" => &mut self.zpl_template,
            "tspl_template" => &mut self.tspl_template,
            "odd_word" => &mut self.odd_word,
            "no_quota" => &mut self.no_quota,
            "few_parcels" => &mut self.few_parcels,
            "text_parcels" => &mut self.text_parcels,
            "slow" => &mut self.slow,
            _ => return None,
        };
        *probability = value.parse().ok().filter(|p| (0.0..=1.0).contains(p))?;
        Some(())
    }

    /// What goes wrong with one call: the `asked`-th (from 1) of `request_type` for `key`.
    pub(super) fn of_call(&self, request_type: &str, key: &str, asked: u32) -> Wrong {
        if self.first_asks > 0 && asked > self.first_asks {
            return Wrong::default();
        }
        let falls = |name: &str, probability: f64| {
            chance(&format!("{}/{name}/{request_type}/{key}/{asked}", self.seed)) < probability
        };
        let page = falls("http_502", self.http_502);
        let behind = falls("behind", 0.5);
        Wrong {
            slow_ms: if falls("slow", self.slow) { self.slow_ms } else { 0 },
            lose_before: falls("lose_before", self.lose_before),
            too_many: falls("http_429", self.http_429),
            page_before: page && !behind,
            refuse_rate: falls("refuse_rate", self.refuse_rate),
            refuse: falls("refuse", self.refuse),
            revoid_refuse: falls("revoid_refuse", self.revoid_refuse),
            no_template: falls("no_template", self.no_template),
            wrong_template: falls("wrong_template", self.wrong_template),
            zpl_template: falls("zpl_template", self.zpl_template),
            tspl_template: falls("tspl_template", self.tspl_template),
            odd_word: falls("odd_word", self.odd_word),
            no_quota: falls("no_quota", self.no_quota),
            few_parcels: falls("few_parcels", self.few_parcels),
            text_parcels: falls("text_parcels", self.text_parcels),
            page_after: page && behind,
            lose_after: falls("lose_after_commit", self.lose_after_commit),
            cut: falls("cut_json", self.cut_json),
            bare: falls("bare_106", self.bare_106),
        }
    }
}

/// What goes wrong with one call, in the order in which it would.
#[derive(Debug, Default)]
pub(super) struct Wrong {
    pub slow_ms: u64,
    pub lose_before: bool,
    pub too_many: bool,
    pub page_before: bool,
    pub refuse_rate: bool,
    pub refuse: bool,
    pub revoid_refuse: bool,
    pub no_template: bool,
    pub wrong_template: bool,
    pub zpl_template: bool,
    pub tspl_template: bool,
    pub odd_word: bool,
    pub no_quota: bool,
    pub few_parcels: bool,
    pub text_parcels: bool,
    pub page_after: bool,
    pub lose_after: bool,
    pub cut: bool,
    pub bare: bool,
}

/// A number from 0 to below 1 that is always the same for the same text.
fn chance(text: &str) -> f64 {
    (mix(text) >> 11) as f64 / (1u64 << 53) as f64
}

/// A well-mixed 64-bit number of a text: FNV-1a, then the finaliser of splitmix64.
pub(super) fn mix(text: &str) -> u64 {
    let mut hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_read_from_the_command_line() {
        let faults = Faults::from_args(&[
            "lose_after_commit=0.25",
            "slow=1",
            "slow_ms=9",
            "away=1",
            "seed=7",
        ]);
        let want = Faults {
            lose_after_commit: 0.25,
            slow: 1.0,
            slow_ms: 9,
            away: true,
            seed: 7,
            ..Faults::default()
        };
        assert_eq!(faults, Ok(want));
        for bad in ["slow", "slow=2", "slow=-0.1", "nonsense=1", "seed=x", "away=maybe", "=1"] {
            assert_eq!(Faults::from_args(&[bad]), Err(BadFault(bad.to_owned())), "{bad}");
        }
        for name in Faults::NAMES {
            assert!(Faults::from_args(&[format!("{name}=1")]).is_ok(), "{name}");
        }
    }

    #[test]
    fn a_probability_is_kept_and_repeatable() {
        let faults = Faults { refuse: 0.3, ..Faults::default() };
        let refused = |seed: u64| {
            let faults = Faults { seed, ..faults.clone() };
            let fell = |key: &u32| faults.of_call("1007", &format!("K{key}"), 1).refuse;
            (0..10_000).filter(fell).collect::<Vec<_>>()
        };
        assert!((2_800..3_200).contains(&refused(1).len()), "{}", refused(1).len());
        assert_eq!(refused(1), refused(1));
        assert_ne!(refused(1), refused(2));
    }

    #[test]
    fn only_the_first_askings_go_wrong_when_told_so() {
        let faults = Faults { lose_before: 1.0, first_asks: 2, ..Faults::default() };
        let lost = [1, 2, 3].map(|asked| faults.of_call("1007", "K", asked).lose_before);
        assert_eq!(lost, [true, true, false]);
    }
}
