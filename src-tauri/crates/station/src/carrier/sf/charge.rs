//! What SF charged, by `EXP_RECE_QUERY_SFWAYBILL` (清单运费查询), asked by our key: so only of our own
//! orders. Nothing is there before the parcel was fetched and counted. Source: the field names of
//! SF's page as five clients have them; no answer of it was seen.

use super::{
    Sf, answer, codes,
    wire::{AskCharge, Order},
};
use crate::{
    carrier::{
        CarrierError,
        charge::{Charge, ChargeAsk, ChargeLine, Charges},
        reading::{fen, grams, said, unknown},
    },
    outside::{Http, Later},
};

impl Charges for Sf {
    fn charge<'a>(
        &'a self,
        http: &'a dyn Http,
        ask: &'a ChargeAsk,
    ) -> Later<'a, Result<Option<Charge>, CarrierError>> {
        Box::pin(async move {
            let asked = AskCharge { tracking_type: "1", tracking_num: &ask.order_key };
            let asked = serde_json::to_string(&asked).expect("texts always serialise");
            let answer = self.door.ask_soon(http, codes::CHARGE, &asked).await;
            match answer.and_then(answer::service)?.msg_data {
                Some(found) => read(found, &ask.no),
                None => Ok(None),
            }
        })
    }
}

/// A part without a sum is not settled yet; a sum that is none makes the whole unknown.
fn read(found: Order, no: &str) -> Result<Option<Charge>, CarrierError> {
    let about = found.waybill_info;
    let weight_g = match about {
        Some(about) if !about.waybill_no.is_empty() && about.waybill_no != no => {
            return Err(unknown("charges of another number"));
        }
        about => about.and_then(|about| grams(&about.meterage_weight_qty)),
    };
    let mut charge = Charge { weight_g, ..Charge::default() };
    for fee in found.waybill_fee_list {
        if fee.value.is_empty() {
            continue;
        }
        let Some(fen) = fen(&fee.value) else { return Err(unknown("a sum that is none")) };
        let name = if fee.name.is_empty() { fee.kind } else { fee.name };
        charge.total_fen += fen;
        charge.lines.push(ChargeLine { name: said(&name), fen });
    }
    Ok(Some(charge).filter(|charge| !charge.lines.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::carrier::{reading::document, sf::wire::Envelope};
    use crate::outside::Answer;

    const CHARGED: &str = include_str!("fixtures/charged.json");
    const NO: &str = "SF0000000000001";

    fn charged(body: &str) -> Result<Option<Charge>, CarrierError> {
        let answer = Answer { status: 200, body: body.as_bytes().to_vec() };
        let envelope: Envelope = document(&answer)?;
        match answer::service(envelope)?.msg_data {
            Some(found) => read(found, NO),
            None => Ok(None),
        }
    }

    #[test]
    fn a_charge_is_its_parts_to_the_fen() {
        let charge = charged(CHARGED).expect("read").expect("settled");
        assert_eq!((charge.total_fen, charge.weight_g), (2_350, Some(1_500)));
        let lines: Vec<_> = charge.lines.iter().map(|one| (one.name.as_str(), one.fen)).collect();
        assert_eq!(lines, [("运费", 2_300), ("保价", 200), ("8", -150)]);
        assert!(!charge.estimated);
    }

    #[test]
    fn what_is_not_settled_or_no_sum_is_no_charge() {
        let none = r#"{"apiResultCode":"A1000","apiResultData":"{\"success\":true,\"errorCode\":\"S0000\",\"msgData\":{\"waybillFeeList\":[]}}"}"#;
        assert_eq!(charged(none), Ok(None));
        assert_eq!(charged(&none.replace("[]", "[{\\\"type\\\":1,\\\"value\\\":null}]")), Ok(None));
        for odd in ["\\\"23.005\\\"", "\\\"free\\\""] {
            let bent = CHARGED.replace("23.0", odd);
            assert_ne!(bent, CHARGED);
            assert!(matches!(charged(&bent), Err(CarrierError::Unknown { .. })), "{odd}");
        }
        let other = CHARGED.replace(NO, "SF0000000000009");
        assert!(matches!(charged(&other), Err(CarrierError::Unknown { .. })));
    }
}
