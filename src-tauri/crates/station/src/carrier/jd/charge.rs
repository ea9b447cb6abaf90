//! What JD charged, by `orders/actualfee/query`: exact after delivery, for what goes by the month;
//! before it is settled there may be JD's guess. Source: JD's page of it and four clients; of the
//! weight, which stands in the order's details, there is one.

use super::{
    Jd, answer, codes, map,
    wire::{Data, Envelope},
};
use crate::{
    carrier::{
        CarrierError,
        access::FOLLOW_UP,
        charge::{Charge, ChargeAsk, ChargeLine, Charges},
        reading::{fen, grams, said, unknown},
    },
    outside::{Http, Later},
};

impl Charges for Jd {
    fn charge<'a>(
        &'a self,
        http: &'a dyn Http,
        ask: &'a ChargeAsk,
    ) -> Later<'a, Result<Option<Charge>, CarrierError>> {
        Box::pin(async move {
            // As a trace is asked for: number, origin, customer.
            let body = map::trace(&self.account, &ask.no);
            let answer = self.ask(http, codes::FEE, &body, FOLLOW_UP).await?;
            let Some(charge) = read(answer)? else { return Ok(None) };
            // The weight is a second question; the sum does not depend on it.
            let body = map::details(&self.account, &ask.order_key);
            let weighed = self.ask(http, codes::DETAILS, &body, FOLLOW_UP).await;
            let weighed = weighed.and_then(answer::data).ok().flatten();
            Ok(Some(Charge { weight_g: weighed.and_then(|data| weight(&data)), ..charge }))
        })
    }
}

/// The sum; JD's guess as long as that is nothing.
fn read(envelope: Envelope) -> Result<Option<Charge>, CarrierError> {
    let Some(data) = answer::data(envelope)? else { return Ok(None) };
    let sum = |yuan: &str| match yuan {
        "" => Ok(0),
        yuan => fen(yuan).ok_or_else(|| unknown("a sum that is none")),
    };
    let (settled, guessed) = (sum(&data.sum_money)?, sum(&data.estimate_sum_money)?);
    let (total_fen, estimated) = if settled == 0 { (guessed, true) } else { (settled, false) };
    if total_fen == 0 {
        return Ok(None);
    }
    let mut lines = Vec::new();
    for fee in data.common_actual_fee_info_details {
        let name = said(codes::fee(&fee.fee_type));
        lines.push(ChargeLine { name, fen: sum(&fee.money)? });
    }
    lines.retain(|line| line.fen != 0);
    Ok(Some(Charge { total_fen, lines, weight_g: None, estimated }))
}

/// What was weighed anew, or the volume where that counts for more.
fn weight(data: &Data) -> Option<u32> {
    let cargo = data.cargoes.first()?;
    let volume_cm3: f64 = cargo.again_volume.parse().unwrap_or(0.0);
    let by_volume = grams(&(volume_cm3 / codes::CM3_A_KG).to_string());
    grams(&cargo.again_weight).max(by_volume)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::carrier::sample::heard;

    const CHARGED: &str = r#"{"success":true,"code":0,"data":{"sumMoney":12.5,
        "estimateSumMoney":"11","commonActualFeeInfoDetails":[{"feeType":"QIPSF","money":"10.00"},
        {"feeType":"QLBJ","money":2.5},{"feeType":"later","money":null}]}}"#;

    fn charged(body: &str) -> Result<Option<Charge>, CarrierError> {
        heard(body).and_then(read)
    }

    #[test]
    fn the_settled_sum_comes_before_the_guess() {
        let charge = charged(CHARGED).expect("read").expect("settled");
        assert_eq!((charge.total_fen, charge.estimated), (1_250, false));
        let lines: Vec<_> = charge.lines.iter().map(|one| (one.name.as_str(), one.fen)).collect();
        assert_eq!(lines, [("快递运费", 1_000), ("保价", 250)]);
        for unsettled in ["null", "0", "\"0.00\"", "\"\""] {
            let body = CHARGED.replace("12.5", unsettled);
            let charge = charged(&body).expect("read").expect("guessed");
            assert_eq!((charge.total_fen, charge.estimated), (1_100, true), "{unsettled}");
        }
        let nothing = r#"{"success":true,"code":0,"data":{"sumMoney":null}}"#;
        assert_eq!(charged(nothing), Ok(None));
        assert_eq!(charged(r#"{"success":true,"code":0,"data":null}"#), Ok(None));
    }

    #[test]
    fn a_sum_that_is_none_is_unknown_and_a_no_is_a_no() {
        for odd in ["12.345", "\"12元\""] {
            let charge = charged(&CHARGED.replace("12.5", odd));
            assert!(matches!(charge, Err(CarrierError::Unknown { .. })), "{odd}: {charge:?}");
        }
        let bent = charged(&CHARGED.replace("10.00", "10.001"));
        assert!(matches!(bent, Err(CarrierError::Unknown { .. })), "{bent:?}");
        let no = charged(r#"{"success":false,"code":2012,"msg":"订单不存在"}"#);
        assert!(matches!(no, Err(CarrierError::Refused { .. })), "{no:?}");
    }

    #[test]
    fn the_weight_is_the_greater_of_scale_and_volume() {
        let of = |weight: &str, volume: &str| {
            let body = format!(
                r#"{{"success":true,"code":0,"data":{{"cargoes":[{{"againWeight":{weight},
                    "againVolume":{volume}}}]}}}}"#
            );
            let data = heard(&body).and_then(answer::data).expect("yes").expect("data");
            super::weight(&data)
        };
        assert_eq!(of("\"1.20\"", "\"8000\""), Some(1_200));
        assert_eq!(of("1.2", "24000"), Some(3_000));
        assert_eq!(of("1.2", "null"), Some(1_200));
        assert_eq!(of("null", "null"), None);
    }
}
