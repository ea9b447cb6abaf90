//! What a courier of Kuaidi100's cost: `freight`, and what `feeDetails` add to it. Whether
//! `freight` holds the `FREIGHT` among them is not documented: it is counted once. Source: the
//! vendor's list of `feeType`s, and its words on `payStatus` as a public client quotes them.

use super::{
    super::{Kuaidi100, codes},
    wire::{Comes, Fee},
};
use crate::{
    carrier::{
        CarrierError,
        charge::{Charge, ChargeAsk, ChargeLine, Charges},
        pickup::{Fees, PickupStage},
        reading::{fen, grams, said, unknown},
    },
    outside::{Http, Later},
};

/// The carriage among the details.
const FREIGHT: &str = "FREIGHT";
/// Its name where nobody says one.
const FREIGHT_NAME: &str = "运费";

impl Charges for Kuaidi100 {
    /// A number without a courier is settled with the outlet, not with Kuaidi100.
    fn knows(&self, ask: &ChargeAsk) -> bool {
        !ask.booking.is_empty()
    }

    fn charge<'a>(
        &'a self,
        http: &'a dyn Http,
        ask: &'a ChargeAsk,
    ) -> Later<'a, Result<Option<Charge>, CarrierError>> {
        Box::pin(async move {
            let Some(comes) = self.detail(http, &ask.order_key, &ask.booking).await? else {
                return Err(unknown("yes, without a courier"));
            };
            let stage = codes::pickup(&comes.status);
            // What is held back before anybody came is no charge.
            if !matches!(stage, PickupStage::Collected | PickupStage::Delivered) {
                return Ok(None);
            }
            if !comes.kuaidinum.is_empty() && comes.kuaidinum != ask.no {
                return Err(unknown("charges of another number"));
            }
            charge(&comes)
        })
    }
}

/// Its parts by their names. A sum that is none makes the whole unknown.
fn charge(comes: &Comes) -> Result<Option<Charge>, CarrierError> {
    let parts = parts(comes).ok_or_else(|| unknown("a sum that is none"))?;
    let total_fen = parts.iter().map(|part| part.1).sum();
    let line = |(fee, fen): (Option<&Fee>, i64)| {
        let names = fee.map_or([""; 2], |fee| [&*fee.fee_desc, &*fee.fee_type]);
        let name = names.into_iter().find(|name| !name.is_empty()).unwrap_or(FREIGHT_NAME);
        ChargeLine { name: said(name), fen }
    };
    let lines: Vec<ChargeLine> = parts.into_iter().map(line).collect();
    let weight_g = grams(&comes.weight);
    let charge = Charge { total_fen, lines, weight_g, estimated: false };
    Ok(Some(charge).filter(|charge| !charge.lines.is_empty()))
}

/// The same by what each is for.
pub fn fees(comes: &Comes) -> Option<Fees> {
    let parts = parts(comes).filter(|parts| !parts.is_empty())?;
    let mut fees = Fees { weight_g: grams(&comes.weight), ..Fees::default() };
    for (fee, fen) in parts {
        fees.total_fen += fen;
        match fee.map_or(FREIGHT, |fee| &fee.fee_type) {
            FREIGHT => {
                fees.carriage_fen += fen;
                fees.first_fen += fen;
            }
            "INSURANCEFEE" => fees.insured_fen += fen,
            "PACKAGINGFEE" => fees.packing_fen += fen,
            "OVERLENGTHOVERWEIGHTFEE" => fees.oversize_fen += fen,
            _ => fees.other_fen += fen,
        }
    }
    Some(fees)
}

/// What is charged, each with its detail if there is one; nothing that was given back or need not
/// be paid. `None`: a sum is none.
fn parts(comes: &Comes) -> Option<Vec<(Option<&Fee>, i64)>> {
    let sum = |yuan: &str| if yuan.is_empty() { Some(0) } else { fen(yuan) };
    let carriage = comes.fee_details.iter().find(|fee| fee.fee_type == FREIGHT);
    let counts = |fee: &&Fee| !matches!(fee.pay_status.as_str(), "2" | "3");
    let mut parts = vec![(carriage, sum(&comes.freight)?)];
    if parts[0].1 == 0
        && let Some(fee) = carriage.filter(counts)
    {
        parts[0].1 = sum(&fee.amount)?;
    }
    for fee in comes.fee_details.iter().filter(|fee| fee.fee_type != FREIGHT).filter(counts) {
        parts.push((Some(fee), sum(&fee.amount)?));
    }
    parts.retain(|part| part.1 != 0);
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comes(freight: &str, details: &str) -> Comes {
        let text = format!(
            r#"{{"status":15,"kuaidinum":"YT1","weight":"1.50","freight":{freight},
                "feeDetails":[{details}]}}"#
        );
        serde_json::from_str(&text).expect("an object")
    }

    const MORE: &str = r#"{"feeType":"FREIGHT","feeDesc":"运费","amount":"9.50","payStatus":1},
        {"feeType":"INSURANCEFEE","feeDesc":"保价费","amount":"1.00","payStatus":1},
        {"feeType":"PACKAGINGFEE","feeDesc":"","amount":2,"payStatus":0},
        {"feeType":"OTHERFEE","feeDesc":"其他","amount":"3.00","payStatus":3},
        {"feeType":"SURCHARGE","feeDesc":"附加费","amount":"4.00","payStatus":"2"}"#;

    #[test]
    fn details_add_to_the_freight_and_what_was_given_back_does_not() {
        let comes = comes("\"9.50\"", MORE);
        let charge = charge(&comes).expect("sums").expect("charged");
        let lines: Vec<_> = charge.lines.iter().map(|one| (one.name.as_str(), one.fen)).collect();
        assert_eq!(lines, [("运费", 950), ("保价费", 100), ("PACKAGINGFEE", 200)]);
        assert_eq!((charge.total_fen, charge.weight_g), (1_250, Some(1_500)));
        let fees = fees(&comes).expect("charged");
        assert_eq!((fees.total_fen, fees.insured_fen, fees.packing_fen), (1_250, 100, 200));
        assert!(fees.adds_up());
    }

    #[test]
    fn the_freight_among_the_details_counts_where_no_other_is_said() {
        for none in ["null", "\"\"", "0"] {
            assert_eq!(fees(&comes(none, MORE)).map(|fees| fees.total_fen), Some(1_250), "{none}");
        }
        assert_eq!(fees(&comes("8.5", "")).map(|fees| fees.total_fen), Some(850));
        assert_eq!(fees(&comes("0", "")), None);
    }

    #[test]
    fn a_sum_that_is_none_charges_nothing() {
        for odd in ["9.505", "\"free\""] {
            assert_eq!(fees(&comes(odd, "")), None, "{odd}");
            assert!(matches!(charge(&comes(odd, "")), Err(CarrierError::Unknown { .. })), "{odd}");
        }
        let bent = MORE.replace("1.00", "1.005");
        assert_eq!(fees(&comes("9.5", &bent)), None);
    }
}
