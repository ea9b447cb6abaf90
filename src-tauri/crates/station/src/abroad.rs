//! Orders that leave China: who carries them, who sends them, and what keeps them. What customs ask
//! is decided in `order::abroad`.

use crate::{
    Account, Station, check,
    intake::StoredOrder,
    order::{Fault, FaultCode, Item, Needs, NewOrder, Person, abroad},
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

    /// Who sends a parcel: in English where it leaves China by a carrier that goes there.
    pub(crate) fn sender_to(&self, account: &Account, receiver: &Person) -> Person {
        let config = &self.config;
        let english = config.sender_abroad.as_ref();
        english
            .filter(|_| account.carrier.goes_abroad() && receiver.address.is_abroad())
            .unwrap_or(&config.sender)
            .clone()
    }

    /// Everything that keeps a stored order from being sent through an account.
    pub(crate) fn faults_at(&self, account: &Account, order: &StoredOrder) -> Vec<Fault> {
        let (receiver, items) = (&order.receiver, &order.items);
        self.all_faults(Some(account), receiver, items, order.weight_g, &order.note)
    }

    /// The same of a new order, for the account it would go to.
    pub(crate) fn faults_of_new(&self, order: &NewOrder) -> Vec<Fault> {
        let (receiver, items) = (&order.receiver, &order.items);
        let account = self.account(&self.routed_for(receiver, None)).ok();
        self.all_faults(account, receiver, items, order.weight_g, &order.note)
    }

    fn all_faults(
        &self,
        account: Option<&Account>,
        receiver: &Person,
        items: &[Item],
        weight_g: Option<u32>,
        note: &str,
    ) -> Vec<Fault> {
        let needs = account.map_or_else(Needs::default, |account| account.carrier.needs());
        let missing = &crate::ship::missing;
        let mut faults = check::check(receiver, items, weight_g, note, needs, missing);
        if !receiver.address.is_abroad() {
            return faults;
        }
        match account {
            Some(account) if account.carrier.goes_abroad() => {
                faults.extend(abroad::faults(self.config.sender_abroad.as_ref(), receiver, items));
            }
            Some(_) | None => {
                let (field, what) = ("country".to_owned(), receiver.address.country.clone());
                faults.push(Fault { code: FaultCode::NotAbroad, field, what });
            }
        }
        faults
    }
}
