//! Orders that leave China: who carries them, and what keeps them; and what keeps any order. What
//! customs ask is decided in `order::abroad`.

use crate::{
    Account, Station, check,
    intake::StoredOrder,
    order::{Fault, FaultCode, Item, Needs, NewOrder, Person, abroad},
    sender::Sends,
};

impl Station {
    /// The account an order goes to: the one asked for, or the first rule's; abroad, the first that
    /// goes there.
    pub(crate) fn routed_for(&self, receiver: &Person, asked: Option<&str>) -> String {
        if asked.is_some() || !receiver.address.is_abroad() {
            return self.routed(asked);
        }
        self.routed_abroad()
    }

    /// The account an order goes to: the one a person chose, if there still is one of that name, or
    /// the rules'.
    pub(crate) fn account_of(&self, order: &StoredOrder) -> String {
        match self.account(&order.wanted) {
            Ok(account) if !account.config.off => order.wanted.clone(),
            Ok(_) | Err(_) => self.routed_for(&order.receiver, None),
        }
    }

    /// The account that orders abroad go to; the first rule's if none goes there.
    pub(crate) fn routed_abroad(&self) -> String {
        let usual = self.routed(None);
        let goes = |account: &&Account| account.carrier.goes_abroad() && !account.config.off;
        let other = || self.accounts.iter().find(goes);
        let other = match self.account(&usual) {
            Ok(account) if goes(&account) => None,
            Ok(_) | Err(_) => other(),
        };
        other.map_or(usual, |account| account.config.name.clone())
    }

    /// Everything that keeps a stored order from being sent through an account.
    pub(crate) fn faults_at(&self, account: &Account, order: &StoredOrder) -> Vec<Fault> {
        let mut faults = self.all_faults(&Asked {
            account: Some(account),
            receiver: &order.receiver,
            items: &order.items,
            weight_g: order.weight_g,
            note: &order.note,
            sender: self.who_sends(&order.sender, &order.shop, &account.config.name),
        });
        if order.back {
            faults.extend(not_back(account, &order.receiver));
        }
        faults
    }

    /// The same of a new order, for the account it would go to.
    pub(crate) fn faults_of_new(&self, order: &NewOrder) -> Vec<Fault> {
        let account = self.account(&self.routed_for(&order.receiver, None)).ok();
        let name = account.map(|account| account.config.name.as_str()).unwrap_or_default();
        self.all_faults(&Asked {
            account,
            receiver: &order.receiver,
            items: &order.items,
            weight_g: order.weight_g,
            note: &order.note,
            sender: self.who_sends(&order.sender, &order.shop, name),
        })
    }

    fn all_faults(&self, asked: &Asked<'_>) -> Vec<Fault> {
        let Asked { account, receiver, items, weight_g, note, sender } = *asked;
        let needs = account.map_or_else(Needs::default, |account| account.carrier.needs());
        let missing = &crate::ship::missing;
        let mut faults = check::check(receiver, items, weight_g, note, needs, missing);
        if let Sends::Nobody(profile) = sender {
            let (code, field) = (FaultCode::SenderUnknown, "sender".to_owned());
            faults.push(Fault { code, field, what: profile.to_owned() });
        }
        if !receiver.address.is_abroad() {
            return faults;
        }
        match account {
            Some(account) if account.carrier.goes_abroad() => {
                faults.extend(abroad::faults(self.in_english(sender), receiver, items));
            }
            Some(_) | None => {
                let (field, what) = ("country".to_owned(), receiver.address.country.clone());
                faults.push(Fault { code: FaultCode::NotAbroad, field, what });
            }
        }
        faults
    }
}

/// What is checked of an order.
struct Asked<'a> {
    account: Option<&'a Account>,
    receiver: &'a Person,
    items: &'a [Item],
    weight_g: Option<u32>,
    note: &'a str,
    sender: Sends<'a>,
}

/// What keeps a parcel from coming back through an account.
fn not_back(account: &Account, buyer: &Person) -> Option<Fault> {
    let abroad = buyer.address.is_abroad();
    let (code, field) = (FaultCode::NotBack, "carrier".to_owned());
    (abroad || !account.carrier.brings_back()).then(|| Fault { code, field, what: String::new() })
}
