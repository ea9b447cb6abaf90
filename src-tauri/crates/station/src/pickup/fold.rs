//! What is known of a booking from all that was said of it, in whatever order it was heard. The
//! same lines in another order, or twice, give the same. Pure.

use crate::carrier::{
    offers::Window,
    pickup::{Courier, Fees, PickupStage, PickupTold, Settles},
};

/// How far the lines bring it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Far {
    /// The carrier has it.
    Booked,
    /// It was fetched.
    Collected,
    /// It has arrived.
    Delivered,
    /// Nobody comes.
    Failed,
}

/// What is known; empty where nothing was said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// `None`: no line says anything that is understood.
    pub far: Option<Far>,
    /// The carrier's key.
    pub carrier_key: String,
    /// Who fetches.
    pub carrier: String,
    /// The number.
    pub no: String,
    /// Who comes.
    pub courier: Option<Courier>,
    /// When, if it was said anew.
    pub window: Option<Window>,
    /// What was charged.
    pub fees: Option<Fees>,
    /// The newest line's word.
    pub word: String,
    /// The newest sentence.
    pub said: String,
}

/// Folds the lines in the order of their own time. Within one moment what ends it comes last.
pub fn fold(lines: &[PickupTold]) -> Known {
    let mut lines: Vec<&PickupTold> = lines.iter().collect();
    lines.sort_by_cached_key(|line| {
        let text = serde_json::to_string(line).unwrap_or_default();
        (line.at_ms, rank(line.stage), text)
    });
    let mut known = Known::default();
    // What was charged bit by bit, beside what was said to be the whole.
    let mut bits: Option<Fees> = None;
    for line in lines {
        known.far = further(known.far, line.stage);
        if !line.carrier.is_empty() && line.carrier != known.carrier {
            // Given to another carrier: whoever was to come does not, and the number is void.
            if !known.carrier.is_empty() {
                known.courier = None;
                known.no.clear();
            }
            known.carrier.clone_from(&line.carrier);
        }
        put(&mut known.carrier_key, &line.carrier_key);
        put(&mut known.no, &line.no);
        put(&mut known.word, &line.word);
        put(&mut known.said, &line.said);
        known.courier = line.courier.clone().or(known.courier);
        known.window = line.window.or(known.window);
        if let Some(fees) = line.fees {
            bits = match (line.settles, bits) {
                (Settles::Whole, bits) => bits,
                (Settles::More, Some(before)) => Some(before.plus(fees)),
                (Settles::More, None) | (Settles::Anew, _) => Some(fees),
            };
            known.fees = if line.settles == Settles::Whole { Some(fees) } else { bits };
        }
    }
    known
}

fn put(known: &mut String, said: &str) {
    if !said.is_empty() {
        said.clone_into(known);
    }
}

fn rank(stage: PickupStage) -> u8 {
    match stage {
        PickupStage::Other => 0,
        PickupStage::Told => 1,
        PickupStage::Accepted => 2,
        PickupStage::Assigned => 3,
        PickupStage::Collected => 4,
        PickupStage::Ended => 5,
        PickupStage::Delivered => 6,
    }
}

/// Never back, but for an end: that overrides all but the arrival. A parcel that was fetched after
/// an end was fetched.
fn further(far: Option<Far>, stage: PickupStage) -> Option<Far> {
    match (far, stage) {
        (Some(Far::Delivered), _) | (_, PickupStage::Delivered) => Some(Far::Delivered),
        (_, PickupStage::Ended) => Some(Far::Failed),
        (_, PickupStage::Collected) => Some(Far::Collected),
        (None, PickupStage::Accepted | PickupStage::Assigned | PickupStage::Told) => {
            Some(Far::Booked)
        }
        (far, _) => far,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(at_ms: i64, stage: PickupStage, word: &str) -> PickupTold {
        PickupTold {
            order_key: "K".into(),
            carrier_key: String::new(),
            at_ms,
            stage,
            word: word.into(),
            said: String::new(),
            carrier: String::new(),
            no: String::new(),
            courier: None,
            window: None,
            fees: None,
            settles: Settles::Whole,
        }
    }

    #[test]
    fn what_is_charged_bit_by_bit_adds_up_until_it_is_put_right() {
        let charged = |lines: &[(i64, i64, Settles)]| {
            let line = |&(at_ms, fen, settles): &(i64, i64, Settles)| PickupTold {
                fees: Some(Fees { total_fen: fen, other_fen: fen, ..Fees::default() }),
                settles,
                ..line(at_ms, PickupStage::Collected, &at_ms.to_string())
            };
            let lines: Vec<PickupTold> = lines.iter().map(line).collect();
            let whole = fold(&lines).fees;
            for order in orders(&lines) {
                assert_eq!(fold(&order).fees, whole);
            }
            whole.map(|fees| fees.total_fen)
        };
        use Settles::{Anew, More, Whole};
        for (lines, want) in [
            (&[(1, 900, More)][..], 900),
            (&[(1, 900, More), (2, 200, More)], 1_100),
            // A question that was answered with the sum so far neither adds nor is added to.
            (&[(1, 900, Whole), (2, 900, More), (3, 200, More)], 1_100),
            (&[(1, 900, More), (2, 1_100, Whole), (3, 200, More)], 1_100),
            // One bit was never heard: the whole is what was answered last.
            (&[(1, 900, More), (2, 1_100, Whole)], 1_100),
            (&[(1, 900, More), (2, 200, More), (3, 800, Anew)], 800),
            (&[(1, 900, More), (2, 800, Anew), (3, 50, More)], 850),
        ] {
            assert_eq!(charged(lines), Some(want), "{lines:?}");
        }
        assert_eq!(charged(&[]), None);
    }

    /// All orders of up to five lines.
    fn orders(lines: &[PickupTold]) -> Vec<Vec<PickupTold>> {
        if lines.len() < 2 {
            return vec![lines.to_vec()];
        }
        let mut all = Vec::new();
        for at in 0..lines.len() {
            let mut rest = lines.to_vec();
            let first = rest.remove(at);
            for mut order in orders(&rest) {
                order.insert(0, first.clone());
                all.push(order);
            }
        }
        all
    }

    #[test]
    fn any_order_and_any_repeat_say_the_same() {
        use PickupStage as S;
        let lines = [
            PickupTold { carrier: "YTO".into(), ..line(1, S::Accepted, "102") },
            PickupTold {
                no: "YT1".into(),
                courier: Some(Courier { name: "王五".into(), ..Courier::default() }),
                ..line(2, S::Assigned, "103")
            },
            PickupTold { carrier: "STO".into(), no: "77".into(), ..line(3, S::Accepted, "109") },
            line(4, S::Collected, "104"),
            PickupTold {
                fees: Some(Fees { total_fen: 1_650, ..Fees::default() }),
                ..line(4, S::Collected, "301")
            },
        ];
        let whole = fold(&lines);
        assert_eq!(whole.far, Some(Far::Collected));
        assert_eq!((whole.carrier.as_str(), whole.no.as_str()), ("STO", "77"));
        assert_eq!(whole.courier, None, "the first carrier's courier does not come");
        assert_eq!(whole.fees.map(|fees| fees.total_fen), Some(1_650));
        for mut order in orders(&lines) {
            assert_eq!(fold(&order), whole);
            order.push(order[0].clone());
            assert_eq!(fold(&order), whole);
        }
    }

    #[test]
    fn an_end_overrides_and_what_is_unknown_moves_nothing() {
        use PickupStage as S;
        let far = |lines: &[(i64, S)]| {
            let lines: Vec<_> = lines.iter().map(|(at, stage)| line(*at, *stage, "x")).collect();
            fold(&lines).far
        };
        for (lines, want) in [
            (&[][..], None),
            (&[(1, S::Other)], None),
            (&[(1, S::Told)], Some(Far::Booked)),
            (&[(1, S::Assigned), (2, S::Other)], Some(Far::Booked)),
            (&[(1, S::Assigned), (2, S::Ended)], Some(Far::Failed)),
            (&[(1, S::Ended), (2, S::Assigned)], Some(Far::Failed)),
            (&[(1, S::Assigned), (1, S::Ended)], Some(Far::Failed)),
            (&[(1, S::Collected), (2, S::Ended)], Some(Far::Failed)),
            (&[(1, S::Ended), (2, S::Collected)], Some(Far::Collected)),
            (&[(1, S::Collected), (2, S::Assigned)], Some(Far::Collected)),
            (&[(3, S::Delivered), (4, S::Ended)], Some(Far::Delivered)),
        ] {
            assert_eq!(far(lines), want, "{lines:?}");
        }
    }
}
