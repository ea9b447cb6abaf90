//! Messages to receivers: a person's wish becomes rows, the worker of their account sends each
//! once. They cost money and tell a phone number to somebody, so none goes by itself, and a message
//! of which nobody knows whether it was sent is not sent again unless a person says so.

mod kept;
mod turn;

use crate::{
    Account, Station,
    carrier::message::Messages,
    intake::{self, StoredOrder},
    order::{Person, SmsWord, read_phone},
    shipment::{
        self, ShipmentError,
        waybill::{self, LiveWaybill},
    },
    trouble::{Action, Code, Trouble},
    view::{SmsAsked, SmsBy, SmsLeft, SmsState, SmsView, SmsWhy, State},
};
pub(crate) use kept::{blank, open_with, restored};
use rusqlite::Connection;
use std::sync::Arc;
pub(crate) use turn::recover;

/// Messages of one wish: more than a shop ships in a day is a slip of the hand.
const REQUEST_MAX: usize = 2_000;
/// Messages in one transaction: a carrier's answer never waits long to be recorded.
const CHUNK: usize = 25;
/// Messages listed.
const SHOWN_MAX: u32 = 200;

/// An account that sends messages.
type Sends<'a> = (&'a Account, &'a dyn Messages);

/// A message that could go.
struct Made {
    shipment_id: i64,
    waybill_id: i64,
    account: String,
    template: u32,
    body: String,
}

impl Station {
    /// What a wish for messages to the receivers of these shipments would come to. Nothing is
    /// written or sent.
    ///
    /// # Errors
    /// [`Code::NoOffer`] if no account sends any; [`Code::NoOrder`]; the database.
    pub fn sms_look(&self, ids: &[i64], again: bool) -> Result<SmsAsked, Trouble> {
        let sends = self.messenger()?;
        let ids: Vec<i64> = ids.iter().copied().take(REQUEST_MAX).collect();
        let made = self.db.read(|db| -> Result<Vec<_>, ShipmentError> {
            ids.iter().map(|id| self.make_sms(db, *id, sends, again)).collect()
        })?;
        Ok(summed(made.into_iter().map(|one| one.map(|made| (made.account, made.template)))))
    }

    /// Has messages sent to the receivers of these shipments: one each, by the account that gave
    /// its number if that sends any. `again`: to those too who got one or may have got one. Returns
    /// at once; the workers do the rest.
    ///
    /// # Errors
    /// As [`Station::sms_look`].
    pub async fn send_sms(self: &Arc<Self>, ids: &[i64], again: bool) -> Result<SmsAsked, Trouble> {
        self.messenger()?;
        let now_ms = self.now_ms();
        let ids: Vec<i64> = ids.iter().copied().take(REQUEST_MAX).collect();
        let mut all = Vec::new();
        for chunk in ids.chunks(CHUNK) {
            let (station, chunk) = (Arc::clone(self), chunk.to_vec());
            let made = self.db.write(move |db| -> Result<Vec<_>, ShipmentError> {
                // Settings do not change under a station: it is there still.
                let Ok(sends) = station.messenger() else { return Ok(Vec::new()) };
                let keep = |id: &i64| station.keep_sms(db, *id, sends, again, now_ms);
                chunk.iter().map(keep).collect()
            });
            all.extend(made.await?);
        }
        self.accounts.iter().for_each(|account| account.messenger.notify_one());
        self.touch();
        Ok(summed(all.into_iter()))
    }

    /// A person lets it stand that nobody knows whether a message was sent.
    ///
    /// # Errors
    /// [`Code::NoOrder`] if there is no such doubt; the database.
    pub async fn settle_sms(&self, id: i64) -> Result<(), Trouble> {
        if !self.db.write(move |db| kept::settle(db, id)).await? {
            return Err(Trouble::new(Code::NoOrder, Action::None, [("id", id.to_string())]));
        }
        self.touch();
        Ok(())
    }

    /// The newest messages, newest first.
    ///
    /// # Errors
    /// The database.
    pub fn messages(&self) -> Result<Vec<SmsView>, Trouble> {
        Ok(self.db.read(|db| kept::newest(db, SHOWN_MAX))?)
    }

    /// Those of a shipment, newest first.
    ///
    /// # Errors
    /// The database.
    pub fn messages_of(&self, shipment_id: i64) -> Result<Vec<SmsView>, Trouble> {
        Ok(self.db.read(|db| kept::of_shipment(db, shipment_id))?)
    }

    /// Whether any account sends messages.
    pub(crate) fn sends_messages(&self) -> bool {
        self.accounts.iter().any(|account| sends(account).is_some())
    }

    /// The accounts that send messages.
    pub(crate) fn message_senders(&self) -> Vec<String> {
        let all = self.accounts.iter().filter_map(sends);
        all.map(|(account, _)| account.config.name.clone()).collect()
    }

    /// The account that tells of numbers whose own account sends nothing: the first that does, one
    /// that is switched off last.
    fn messenger(&self) -> Result<Sends<'_>, Trouble> {
        let on = self.accounts.iter().filter(|account| !account.config.off);
        let found = on.chain(&self.accounts).find_map(sends);
        found.ok_or_else(|| Trouble::new(Code::NoOffer, Action::EditAccount, []))
    }

    fn keep_sms(
        &self,
        db: &Connection,
        id: i64,
        sends: Sends<'_>,
        again: bool,
        now_ms: i64,
    ) -> Result<Result<(String, u32), SmsLeft>, ShipmentError> {
        let made = match self.make_sms(db, id, sends, again)? {
            Ok(made) => made,
            Err(left) => return Ok(Err(left)),
        };
        let new = kept::New {
            shipment_id: made.shipment_id,
            waybill_id: made.waybill_id,
            account: &made.account,
            template: made.template,
            body: &made.body,
        };
        kept::insert(db, &new, now_ms)?;
        shipment::tell(db, id, "sms_asked", &made.account, now_ms)?;
        Ok(Ok((made.account, made.template)))
    }

    /// The message of a shipment, by the account of its number if that sends any; or why there is
    /// none.
    fn make_sms(
        &self,
        db: &Connection,
        id: i64,
        others: Sends<'_>,
        again: bool,
    ) -> Result<Result<Made, SmsLeft>, ShipmentError> {
        let order = intake::order_of(db, id)?;
        let left = |why| Ok(Err(SmsLeft { id, order_no: order.number.clone(), why }));
        if order.back {
            return left(SmsWhy::Back);
        }
        let has_number = matches!(shipment::state(db, id)?, State::Waybilled | State::Printed);
        let live = if has_number { waybill::live(db, id)? } else { None };
        let Some(live) = live else { return left(SmsWhy::NoNumber) };
        let mobile = match mobile(&order.receiver) {
            Ok(mobile) => mobile,
            Err(why) => return left(why),
        };
        let own = self.accounts.iter().find(|account| account.config.name == live.account);
        let (account, messages) = own.and_then(sends).unwrap_or(others);
        let template = messages.template();
        if let Some(why) = doubled(&kept::counting(db, id, template)?, again) {
            return left(why);
        }
        let tells = |word| self.tells(&order, &live, word);
        let Ok(body) = messages.message_request(&mobile, &tells) else {
            return left(SmsWhy::Hole);
        };
        let (account, waybill_id) = (account.config.name.clone(), live.id);
        Ok(Ok(Made { shipment_id: id, waybill_id, account, template, body }))
    }

    /// What a placeholder is told.
    fn tells(&self, order: &StoredOrder, live: &LiveWaybill, word: SmsWord) -> String {
        let carrier = || {
            let found = self.accounts.iter().find(|it| it.config.name == live.account);
            found.map(|it| it.carrier.label_name().to_owned()).unwrap_or_default()
        };
        match word {
            SmsWord::Order => order.number.clone(),
            SmsWord::Number => live.waybill.no.clone(),
            SmsWord::Carrier => carrier(),
            SmsWord::Shop => order.shop.clone(),
            SmsWord::Receiver => order.receiver.name.clone(),
            SmsWord::Goods => order.goods.clone(),
        }
    }
}

fn sends(account: &Account) -> Option<Sends<'_>> {
    Some((account, account.carrier.messages()?))
}

/// The receiver's own mobile; or why a message does not reach them.
fn mobile(receiver: &Person) -> Result<String, SmsWhy> {
    if receiver.address.is_abroad() {
        return Err(SmsWhy::Abroad);
    }
    match read_phone(&receiver.phone) {
        None if receiver.phone.contains('*') => Err(SmsWhy::Hidden),
        None => Err(SmsWhy::NoMobile),
        Some(phone) if !phone.mobile => Err(SmsWhy::NoMobile),
        Some(phone) if !phone.extension.is_empty() => Err(SmsWhy::Virtual),
        Some(phone) => Ok(phone.number),
    }
}

/// Why there is no other one; what waits for its turn is not asked for twice, whatever is said.
fn doubled(counting: &[SmsState], again: bool) -> Option<SmsWhy> {
    if counting.contains(&SmsState::Asked) {
        return Some(SmsWhy::Already);
    }
    match counting.first()? {
        _ if again => None,
        SmsState::Unknown => Some(SmsWhy::Doubt),
        SmsState::Asked | SmsState::Sent | SmsState::Refused | SmsState::Withdrawn => {
            Some(SmsWhy::Already)
        }
    }
}

fn summed(all: impl Iterator<Item = Result<(String, u32), SmsLeft>>) -> SmsAsked {
    let mut sum = SmsAsked { asked: 0, by: Vec::new(), left: Vec::new() };
    for one in all {
        match one {
            Ok((account, template)) => {
                sum.asked += 1;
                let same = |by: &&mut SmsBy| by.account == account && by.template == template;
                match sum.by.iter_mut().find(same) {
                    Some(by) => by.n += 1,
                    None => sum.by.push(SmsBy { account, template, n: 1 }),
                }
            }
            Err(left) => sum.left.push(left),
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::order::Address;

    fn receiver(phone: &str, country: &str) -> Person {
        let address = Address { country: country.into(), ..Address::default() };
        Person { phone: phone.into(), address, ..Person::default() }
    }

    #[test]
    fn only_a_mobile_of_their_own_is_reached() {
        for (phone, country, want) in [
            ("138 0000 0001", "", Ok("13800000001".to_owned())),
            ("+8613800000001", "CN", Ok("13800000001".to_owned())),
            ("13800000001", "US", Err(SmsWhy::Abroad)),
            ("0571-88001234", "", Err(SmsWhy::NoMobile)),
            ("400-820-8820", "", Err(SmsWhy::NoMobile)),
            ("", "", Err(SmsWhy::NoMobile)),
            ("17000000001-1234", "", Err(SmsWhy::Virtual)),
            ("138****0001", "", Err(SmsWhy::Hidden)),
        ] {
            assert_eq!(mobile(&receiver(phone, country)), want, "{phone}");
        }
    }

    #[test]
    fn one_a_template_unless_a_person_says_again() {
        use SmsState::{Asked, Sent, Unknown};
        for (counting, plain, again) in [
            (&[][..], None, None),
            (&[Sent], Some(SmsWhy::Already), None),
            (&[Unknown], Some(SmsWhy::Doubt), None),
            (&[Asked], Some(SmsWhy::Already), Some(SmsWhy::Already)),
            (&[Sent, Asked], Some(SmsWhy::Already), Some(SmsWhy::Already)),
        ] {
            assert_eq!(doubled(counting, false), plain, "{counting:?}");
            assert_eq!(doubled(counting, true), again, "{counting:?}");
        }
    }
}
