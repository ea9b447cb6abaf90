//! What an outlet's price list says of a parcel: pure sums of whole fen. An estimate: what was
//! weighed and measured at the carrier's, and what it adds for remote places, stands in its bill.

use crate::{
    config::{Step, Tariff},
    place,
};
use std::collections::HashMap;

/// What goes under one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// Grams of all of it.
    pub weight_g: Option<u32>,
    /// Cubic centimetres of all of it.
    pub volume_cm3: Option<u32>,
    /// In how many parcels. Each is priced by itself, as if all weighed the same: carriers weigh
    /// each, and nobody says here which is the heavy one.
    pub parcels: u32,
}

/// Why there is no price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unpriced {
    /// The settings have none for the account and the province.
    NoTariff,
    /// Nobody knows what it weighs.
    NoWeight,
    /// The list ends below its weight.
    TooHeavy,
}

/// All price lists at hand, by account and province.
#[derive(Debug, Default)]
pub struct Book<'a> {
    accounts: HashMap<&'a str, HashMap<&'a str, &'a Tariff>>,
}

impl<'a> Book<'a> {
    /// The lists of the settings.
    pub fn new(tariffs: &'a [Tariff]) -> Self {
        let mut accounts: HashMap<&str, HashMap<&str, &Tariff>> = HashMap::new();
        for tariff in tariffs {
            let here = accounts.entry(&tariff.account).or_default();
            for province in &tariff.provinces {
                here.insert(province, tariff);
            }
        }
        for rest in tariffs.iter().filter(|it| it.provinces.is_empty()) {
            let here = accounts.entry(&rest.account).or_default();
            for province in place::mainland() {
                here.entry(province).or_insert(rest);
            }
        }
        Self { accounts }
    }

    /// Whether nobody wrote any.
    pub fn is_empty(&self) -> bool {
        self.accounts.is_empty()
    }

    /// What a load costs to a province (in full) by an account, fen.
    ///
    /// # Errors
    /// [`Unpriced`].
    pub fn price(&self, account: &str, province: &str, load: Load) -> Result<u32, Unpriced> {
        let list = self.accounts.get(account).and_then(|here| here.get(province));
        price(list.ok_or(Unpriced::NoTariff)?, load)
    }
}

/// What a load costs by a list, fen.
///
/// # Errors
/// [`Unpriced::NoWeight`], [`Unpriced::TooHeavy`].
pub fn price(tariff: &Tariff, load: Load) -> Result<u32, Unpriced> {
    let weight_g = load.weight_g.filter(|grams| *grams > 0).ok_or(Unpriced::NoWeight)?;
    let parcels = load.parcels.max(1);
    let size_g = tariff.volume_divisor.zip(load.volume_cm3).map_or(0, |(divisor, volume_cm3)| {
        let volume_cm3 = u64::from(volume_cm3.div_ceil(parcels));
        (volume_cm3 * 1_000).div_ceil(u64::from(divisor.max(1)))
    });
    let charged_g = u64::from(weight_g.div_ceil(parcels)).max(size_g);
    let each_fen = of_weight(tariff, charged_g).ok_or(Unpriced::TooHeavy)?;
    Ok(u32::try_from(each_fen.saturating_mul(u64::from(parcels))).unwrap_or(u32::MAX))
}

/// One parcel, fen; `None` above the last price. What is heavier never costs less: where 首重 and
/// 续重 begin below the last fixed price, that one stands.
fn of_weight(tariff: &Tariff, charged_g: u64) -> Option<u64> {
    let fits = |step: &&Step| charged_g <= u64::from(step.upto_g);
    if let Some(step) = tariff.steps.iter().find(fits) {
        return Some(u64::from(step.fen));
    }
    let beyond = tariff.beyond?;
    let more_g = charged_g.saturating_sub(u64::from(beyond.first_g));
    let begun = more_g.div_ceil(u64::from(beyond.next_g.max(1)));
    let sum_fen = begun
        .saturating_mul(u64::from(beyond.next_fen))
        .saturating_add(u64::from(beyond.first_fen));
    Some(sum_fen.max(tariff.steps.last().map_or(0, |step| u64::from(step.fen))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Beyond;

    fn beyond(first_g: u32, first_fen: u32, next_g: u32, next_fen: u32) -> Option<Beyond> {
        Some(Beyond { first_g, first_fen, next_g, next_fen })
    }

    fn list(steps: &[(u32, u32)], beyond: Option<Beyond>) -> Tariff {
        Tariff {
            account: "圆通".into(),
            provinces: Vec::new(),
            steps: steps.iter().map(|&(upto_g, fen)| Step { upto_g, fen }).collect(),
            beyond,
            volume_divisor: None,
        }
    }

    fn grams(weight_g: u32) -> Load {
        Load { weight_g: Some(weight_g), volume_cm3: None, parcels: 1 }
    }

    #[test]
    fn each_begun_step_counts_and_borders_belong_to_the_lighter() {
        let list = list(&[(300, 230), (500, 260)], beyond(1_000, 300, 1_000, 100));
        for (weight_g, fen) in [
            (1, 230),
            (300, 230),
            (301, 260),
            (500, 260),
            (501, 300),
            (1_000, 300),
            (1_001, 400),
            (2_000, 400),
            (2_001, 500),
        ] {
            assert_eq!(price(&list, grams(weight_g)), Ok(fen), "{weight_g} g");
        }
    }

    #[test]
    fn what_has_no_price_says_why() {
        let short = list(&[(500, 260)], None);
        assert_eq!(price(&short, grams(501)), Err(Unpriced::TooHeavy));
        assert_eq!(price(&short, grams(0)), Err(Unpriced::NoWeight));
        let nothing = Load { weight_g: None, ..grams(1) };
        assert_eq!(price(&short, nothing), Err(Unpriced::NoWeight));
        let lists = [short];
        let book = Book::new(&lists);
        assert_eq!(book.price("圆通", "浙江省", grams(1)), Ok(260));
        for (account, province) in [("申通", "浙江省"), ("圆通", ""), ("圆通", "香港特别行政区")]
        {
            let got = book.price(account, province, grams(1));
            assert_eq!(got, Err(Unpriced::NoTariff), "{account} {province}");
        }
        assert!(Book::new(&[]).is_empty() && !book.is_empty());
    }

    #[test]
    fn a_named_province_goes_before_the_rest_wherever_they_stand() {
        let named = |provinces: &[&'static str], fen| Tariff {
            provinces: provinces.to_vec(),
            ..list(&[(500, fen)], None)
        };
        let lists = [named(&[], 100), named(&["浙江省", "香港特别行政区"], 50)];
        let book = Book::new(&lists);
        let of = |province| book.price("圆通", province, grams(1));
        assert_eq!((of("浙江省"), of("新疆维吾尔自治区")), (Ok(50), Ok(100)));
        assert_eq!((of("香港特别行政区"), of("台湾省")), (Ok(50), Err(Unpriced::NoTariff)));
    }

    #[test]
    fn the_larger_of_scale_and_size_counts() {
        let list =
            Tariff { volume_divisor: Some(8_000), ..list(&[], beyond(1_000, 300, 1_000, 100)) };
        let sized =
            |volume_cm3, parcels| Load { volume_cm3: Some(volume_cm3), parcels, ..grams(900) };
        assert_eq!(price(&list, sized(8_000, 1)), Ok(300));
        assert_eq!(price(&list, sized(8_001, 1)), Ok(400), "a gram more");
        assert_eq!(price(&list, sized(16_000, 2)), Ok(600), "each by itself");
        assert_eq!(price(&list, Load { weight_g: None, ..sized(9, 1) }), Err(Unpriced::NoWeight));
    }

    #[test]
    fn every_parcel_is_at_least_a_first_weight() {
        let list = list(&[], beyond(1_000, 300, 1_000, 100));
        let parted = |weight_g, parcels| Load { parcels, ..grams(weight_g) };
        assert_eq!(price(&list, parted(900, 3)), Ok(900));
        assert_eq!(price(&list, parted(3_001, 2)), Ok(800), "1.5 kg and a gram each");
        assert_eq!(price(&list, parted(900, 0)), Ok(300));
    }

    /// 50 lists and every pair of neighbouring weights around their borders and far beyond.
    #[test]
    fn what_is_heavier_never_costs_less_and_nothing_overflows() {
        let mut seed = 7_u32;
        let mut next = |below: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) % below
        };
        for _ in 0..50 {
            let (mut upto_g, mut fen) = (0, 0);
            let steps: Vec<(u32, u32)> = (0..next(5))
                .map(|_| {
                    upto_g += 1 + next(900);
                    fen += next(300);
                    (upto_g, fen)
                })
                .collect();
            let beyond = beyond(1 + next(3_000), next(900), 1 + next(1_500), next(400));
            let divisor = Some(1_000 + next(9_000)).filter(|_| next(2) == 0);
            let list = Tariff { volume_divisor: divisor, ..list(&steps, beyond) };
            let (volume_cm3, parcels) = (Some(next(50_000)), 1 + next(4));
            let of = |weight_g| price(&list, Load { volume_cm3, parcels, ..grams(weight_g) });
            let mut last = 0;
            for weight_g in (1..6_000).chain([1 << 20, u32::MAX - 1, u32::MAX]) {
                let now = of(weight_g).expect("has a price");
                assert!(now >= last, "{list:?}: {weight_g} g");
                last = now;
            }
        }
        let dear = list(&[], beyond(1, 10_000_000, 1, 10_000_000));
        let silly =
            Load { weight_g: Some(u32::MAX), volume_cm3: Some(u32::MAX), parcels: u32::MAX };
        assert_eq!(price(&dear, silly), Ok(u32::MAX));
        let by_size = Tariff { volume_divisor: Some(1_000), ..dear };
        assert_eq!(price(&by_size, silly), Ok(u32::MAX));
    }
}
