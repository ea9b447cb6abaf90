//! Where practice parcels have been: each number goes its way from the moment it was issued, by a
//! plan that the number alone decides. Every carrier tells it in its own words.

use super::{Options, ask::text, book::Book, faults::mix, journey::Clock};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Collected,
    Sent,
    AtHub,
    AtOutlet,
    Out,
    InLocker,
    Fetched,
    Signed,
    Unreachable,
    OutAgain,
    Refused,
    Returning,
    Returned,
    /// Something no document names.
    Odd,
}

/// One thing that will happen: when (thousandths of the way), what, at the destination or not yet,
/// and the sentence behind the place.
struct Step(i64, What, bool, &'static str);

const COMMON: [Step; 4] = [
    Step(60, What::Collected, false, "快件已揽收"),
    Step(150, What::Sent, false, "快件已发往转运中心"),
    Step(350, What::AtHub, false, "快件已到达转运中心"),
    Step(700, What::AtOutlet, true, "快件已到达派件网点"),
];
const TO_THE_DOOR: [Step; 2] = [
    Step(850, What::Out, true, "派送中，派件员 练习员，电话 13700000000"),
    Step(1_000, What::Signed, true, "已签收，签收人：本人"),
];
const TO_A_LOCKER: [Step; 3] = [
    Step(850, What::Out, true, "派送中，派件员 练习员，电话 13700000000"),
    Step(900, What::InLocker, true, "快件已放入练习快递柜，请凭取件码取件"),
    Step(1_300, What::Fetched, true, "已从快递柜取出"),
];
const LATE: [Step; 3] = [
    Step(850, What::Unreachable, true, "收件人电话无法接通，改日再派"),
    Step(1_200, What::OutAgain, true, "再次派送中"),
    Step(1_300, What::Signed, true, "已签收，签收人：前台"),
];
const BACK: [Step; 3] = [
    Step(850, What::Refused, true, "收件人拒收"),
    Step(950, What::Returning, true, "快件退回中"),
    Step(1_600, What::Returned, false, "退回件已签收"),
];

/// All ways of all parcels.
#[derive(Debug, Clone)]
pub struct Trips {
    whole_ms: i64,
    clock: Clock,
}

/// What has happened to one number.
pub struct Told {
    pub at_ms: i64,
    pub what: What,
    pub place: String,
    pub words: &'static str,
}

impl Told {
    /// When, as carriers write it.
    pub fn at(&self) -> String {
        china_time(self.at_ms)
    }

    /// The sentence with its place.
    pub fn sentence(&self) -> String {
        format!("【{}】{}", self.place, self.words)
    }
}

impl Trips {
    pub fn new(options: &Options) -> Self {
        Self { whole_ms: options.journey_ms.max(1), clock: options.clock.clone() }
    }

    /// How long a parcel is on its way, ms.
    pub fn whole_ms(&self) -> i64 {
        self.whole_ms
    }

    pub fn now_ms(&self) -> i64 {
        (self.clock.0)()
    }

    /// What has happened to a number so far, oldest first; `odd`: the newest is something that no
    /// document names.
    pub fn so_far(&self, book: &Book, no: &str, odd: bool) -> Vec<Told> {
        let Some((order, born_ms)) = book.alive(no) else { return Vec::new() };
        let (from, to) = (text(order, "OriginName"), text(order, "DestinatioName"));
        self.of(no, born_ms, (from, to), odd)
    }

    /// The same of a number that stands in another book.
    pub fn of(&self, no: &str, born_ms: i64, (from, to): (&str, &str), odd: bool) -> Vec<Told> {
        let ending = match mix(no) % 16 {
            0 => &BACK[..],
            1 | 2 => &LATE[..],
            3..=5 => &TO_A_LOCKER[..],
            _ => &TO_THE_DOOR[..],
        };
        let now_ms = self.now_ms();
        let when = |thousandths: i64| born_ms + self.whole_ms * thousandths / 1_000;
        let happened = COMMON.iter().chain(ending).filter(|step| when(step.0) <= now_ms);
        let mut told: Vec<Told> = happened
            .map(|&Step(thousandths, what, arrived, words)| {
                let place = if arrived { to } else { from };
                let place = match place.is_ascii() {
                    true => place.to_owned(),
                    false => format!("{}市", place.trim_end_matches('市')),
                };
                Told { at_ms: when(thousandths), what, place, words }
            })
            .collect();
        if let Some(newest) = told.last_mut().filter(|_| odd) {
            newest.what = What::Odd;
        }
        told
    }
}

/// "2026-01-31 18:20:11", China's time.
pub fn china_time(at_ms: i64) -> String {
    let seconds = (at_ms + 8 * 3_600_000).div_euclid(1_000);
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // Days since 1970 to a date, by eras of 400 years that begin on the first of March.
    let day = days + 719_468;
    let (era, of_era) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let date = of_year - (153 * month + 2) / 5 + 1;
    let (month, late) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    format!(
        "{:04}-{month:02}-{date:02} {:02}:{:02}:{:02}",
        year + era * 400 + late,
        second / 3_600,
        second / 60 % 60,
        second % 60
    )
}

#[cfg(test)]
mod tests {
    use super::china_time;

    #[test]
    fn moments_are_written_in_chinas_time() {
        for (at_ms, written) in [
            (1_767_262_811_000, "2026-01-01 18:20:11"),
            (0, "1970-01-01 08:00:00"),
            (1_709_164_799_999, "2024-02-29 07:59:59"),
            (1_709_222_400_000, "2024-03-01 00:00:00"),
        ] {
            assert_eq!(china_time(at_ms), written);
        }
    }
}
