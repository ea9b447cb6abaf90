//! Kuaidi100's couriers (商家寄件): booked by `bOrder`, called off by `cancel`, asked after by
//! `detail`, and told of by callbacks. Source: carrier list of 2026-11, part 3.2.
//!
//! Our key (`thirdOrderId`) books once for 48 hours; an older booking is not sent again. Neither
//! callbacks nor `detail` say when something was: it is of the moment it is heard. What `detail`
//! answers was not seen; what reads like a callback is taken.

mod charge;
mod map;
mod wire;

use super::{
    Kuaidi100, SAME_NUMBER_MS, answer,
    codes::{self, DONE},
};
use crate::{
    carrier::{
        CarrierError,
        offers::{Booked, PicksUp, PickupAsk},
        pickup::{Courier, Fees, PickupStage, PickupTold, Settles},
        reading::{is_waybill_no, unknown},
    },
    order::Fault,
    outside::{Http, Later},
};
use wire::{Booking, Callback, Comes};

/// Names and codes there are shorter.
const WORD_CHARS_MAX: usize = 40;

impl PicksUp for Kuaidi100 {
    fn pickup_request(&self, ask: &PickupAsk) -> Result<String, Vec<Fault>> {
        map::book(&self.account, ask, (self.now_ms)())
    }

    fn book<'a>(
        &'a self,
        http: &'a dyn Http,
        stored: &'a str,
    ) -> Later<'a, Result<Booked, CarrierError>> {
        Box::pin(async move {
            let param = due(stored, (self.now_ms)())?;
            let patience = self.account.access.patience();
            let envelope = self.call(http, self.courier(), "bOrder", &param, patience).await?;
            let (carrier_key, no) = answer::booked(envelope)?;
            Ok(Booked { carrier_key, no })
        })
    }

    fn call_off<'a>(
        &'a self,
        http: &'a dyn Http,
        _: &'a str,
        carrier_key: &'a str,
        why: &'a str,
    ) -> Later<'a, Result<(), CarrierError>> {
        Box::pin(async move {
            let param = map::call_off(carrier_key, why);
            let patience = self.account.access.patience();
            let envelope = self.call(http, self.courier(), "cancel", &param, patience).await?;
            answer::data(envelope).map(|_| ())
        })
    }

    fn can_ask_after(&self) -> bool {
        true
    }

    fn ask_after<'a>(
        &'a self,
        http: &'a dyn Http,
        order_key: &'a str,
        carrier_key: &'a str,
    ) -> Later<'a, Result<Vec<PickupTold>, CarrierError>> {
        Box::pin(async move {
            let told = self.detail(http, order_key, carrier_key).await?.and_then(answered);
            let mine = |told: &PickupTold| {
                let named = !told.carrier_key.is_empty() && !carrier_key.is_empty();
                let of_ours = told.order_key.is_empty() || told.order_key == order_key;
                of_ours && (!named || told.carrier_key == carrier_key)
            };
            Ok(told.into_iter().filter(mine).collect())
        })
    }
}

impl Kuaidi100 {
    /// What became of a courier; nothing where no object, or one of another form, is answered.
    async fn detail(
        &self,
        http: &dyn Http,
        order_key: &str,
        carrier_key: &str,
    ) -> Result<Option<Comes>, CarrierError> {
        let param = map::detail(order_key, carrier_key);
        let patience = self.account.access.patience();
        let envelope = self.call(http, self.courier(), "detail", &param, patience).await?;
        Ok(serde_json::from_value(answer::data(envelope)?).ok())
    }

    /// Where couriers are asked for, and prices of several carriers.
    pub(super) fn courier(&self) -> (&'static str, &'static str) {
        if self.account.access.sandbox { codes::COURIER_TRIAL } else { codes::COURIER }
    }
}

/// The text of a kept booking as it is sent now.
fn due(stored: &str, now_ms: i64) -> Result<String, CarrierError> {
    let not_ours = || {
        let why = "the stored booking is not one for Kuaidi100".to_owned();
        CarrierError::NotSent { why }
    };
    let kept: Booking = serde_json::from_str(stored).map_err(|_| not_ours())?;
    if now_ms - kept.made_at_ms > SAME_NUMBER_MS {
        return Err(unknown("asked more than 48 h ago: it might book a second courier"));
    }
    map::booking(&kept, now_ms).ok_or_else(not_ours)
}

/// What a callback says; `task` stands beside it. `None`: it is about no courier. Number and keys
/// may stand within or beside what is said, where 200 is no state but a yes. Only what is taken off
/// (15) is a charge there, each time a further one, until a ticket puts it right (155).
pub(super) fn called(param: &str, task: &str) -> Option<PickupTold> {
    let call: Callback = serde_json::from_str(param).ok()?;
    let said = call.data?;
    let or = |one: String, other: String| if one.is_empty() { other } else { one };
    let said = Comes {
        task_id: or(said.task_id, or(task.to_owned(), call.task_id)),
        order_id: or(said.order_id, call.order_id),
        kuaidicom: or(said.kuaidicom, call.kuaidicom),
        kuaidinum: or(said.kuaidinum, call.kuaidinum),
        status: or(said.status, Some(call.status).filter(|it| it != DONE).unwrap_or_default()),
        ..said
    };
    let settles = codes::settles(&said.status);
    let fees = settles.and_then(|_| charge::fees(&said));
    told(said, fees, settles.unwrap_or_default())
}

/// What the answer to `detail` says: with the whole charge, once somebody has come.
fn answered(said: Comes) -> Option<PickupTold> {
    let fetched =
        matches!(codes::pickup(&said.status), PickupStage::Collected | PickupStage::Delivered);
    let fees = if fetched { charge::fees(&said) } else { None };
    told(said, fees, Settles::Whole)
}

/// Of which booking, and what; `None` if it does not say both.
fn told(said: Comes, fees: Option<Fees>, settles: Settles) -> Option<PickupTold> {
    let known = !said.third_order_id.is_empty() || !said.task_id.is_empty();
    if said.status.is_empty() || !known {
        return None;
    }
    let carrier_key = match (said.task_id.as_str(), said.order_id.as_str()) {
        ("", _) | (_, "") => String::new(),
        (task, order) => format!("{}/{}", short(task), short(order)),
    };
    let courier = Courier {
        name: short(&said.courier_name),
        phone: short(&said.courier_mobile),
        ..Courier::default()
    };
    Some(PickupTold {
        order_key: short(&said.third_order_id),
        carrier_key,
        at_ms: 0,
        stage: codes::pickup(&said.status),
        word: short(&said.status),
        said: String::new(),
        carrier: codes::carrier(&short(&said.kuaidicom)).0.to_owned(),
        no: Some(said.kuaidinum).filter(|no| is_waybill_no(no)).unwrap_or_default(),
        courier: Some(courier).filter(|courier| !courier.is_nobody()),
        window: None,
        fees,
        settles,
    })
}

fn short(text: &str) -> String {
    text.chars().take(WORD_CHARS_MAX).collect()
}

#[cfg(test)]
mod tests;
