//! Under whose name a parcel goes out: what a person or a file chose, else the first profile of
//! the settings that names its shop or account, else the house itself. Decided in
//! [`Station::who_sends`] alone, and frozen with the request: what a label shows never changes with
//! the settings.

mod plan;

use crate::{
    Account, Station,
    config::{OWN_SENDER, SenderProfile, sender_for},
    intake::StoredOrder,
    order::{Address, Person},
    shipment::waybill::LiveWaybill,
    trouble::{Action, Code, Trouble},
    view::OrderSender,
};

/// Who sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sends<'a> {
    /// The house itself: `[sender]`.
    House,
    /// Somebody else.
    Profile(&'a SenderProfile),
    /// Somebody whom the settings do not know (any more).
    Nobody(&'a str),
}

/// The two ends of a parcel's way, as a carrier is told.
pub(crate) struct Ends {
    /// Who sends.
    pub sender: Person,
    /// Who receives.
    pub receiver: Person,
}

impl Station {
    /// Who sends what somebody chose this for, of a shop, by an account.
    pub(crate) fn who_sends<'a>(&'a self, chosen: &'a str, shop: &str, account: &str) -> Sends<'a> {
        let named = |name: &str| self.config.senders.iter().find(|it| it.profile == name);
        match chosen {
            "" => {
                sender_for(&self.config.senders, shop, account).map_or(Sends::House, Sends::Profile)
            }
            OWN_SENDER => Sends::House,
            name => named(name).map_or(Sends::Nobody(name), Sends::Profile),
        }
    }

    /// Who sends, as China reads it. Nobody is told of whom the settings do not know: the check
    /// holds such orders.
    pub(crate) fn at_home<'a>(&'a self, sends: Sends<'a>) -> &'a Person {
        match sends {
            Sends::Profile(profile) => &profile.person,
            Sends::House | Sends::Nobody(_) => &self.config.sender,
        }
    }

    /// Who sends, in English, if the settings say so.
    pub(crate) fn in_english<'a>(&'a self, sends: Sends<'a>) -> Option<&'a Person> {
        match sends {
            Sends::Profile(profile) => profile.abroad.as_ref(),
            Sends::House | Sends::Nobody(_) => self.config.sender_abroad.as_ref(),
        }
    }

    /// Both ends of an order's way: in English where it leaves China by a carrier that goes there;
    /// the other way round where it comes back.
    pub(crate) fn ends(&self, account: &Account, order: &StoredOrder) -> Ends {
        let sends = self.who_sends(&order.sender, &order.shop, &account.config.name);
        let (home, buyer) = (self.at_home(sends), order.receiver.clone());
        if order.back {
            return Ends { sender: buyer, receiver: home.clone() };
        }
        let leaves = account.carrier.goes_abroad() && buyer.address.is_abroad();
        let english = self.in_english(sends).filter(|_| leaves);
        Ends { sender: english.unwrap_or(home).clone(), receiver: buyer }
    }

    /// Where an order's way begins and ends, before an account is chosen.
    pub(crate) fn places(&self, order: &StoredOrder) -> (Address, Address) {
        let sends = self.who_sends(&order.sender, &order.shop, &self.account_of(order));
        let (home, buyer) = (self.at_home(sends).address.clone(), order.receiver.address.clone());
        if order.back { (buyer, home) } else { (home, buyer) }
    }

    /// The name of who sends an order, by the account it goes to; empty: the house itself.
    pub(crate) fn sender_name(&self, order: &StoredOrder, account: &str) -> String {
        self.sender_shown(&order.sender, &order.shop, account)
    }

    /// The same of a line.
    pub(crate) fn sender_shown(&self, chosen: &str, shop: &str, account: &str) -> String {
        match self.who_sends(chosen, shop, account) {
            Sends::House => String::new(),
            Sends::Profile(profile) => profile.profile.clone(),
            Sends::Nobody(name) => name.to_owned(),
        }
    }

    /// Who sends an order, for whoever opened it: as its number was asked for, else as it would be
    /// now.
    pub(crate) fn sender_of(&self, order: &StoredOrder, live: Option<&LiveWaybill>) -> OrderSender {
        let chosen = !order.sender.is_empty();
        if let Some(live) = live {
            let facts = &live.facts;
            let person = if order.back { &facts.receiver } else { &facts.sender };
            let profile = facts.sender_profile.clone();
            return shown(profile, person, Fixed { chosen, frozen: true });
        }
        let account = self.account_of(order);
        let sends = self.who_sends(&order.sender, &order.shop, &account);
        let leaves = order.receiver.address.is_abroad();
        let english = self.in_english(sends).filter(|_| leaves && !order.back);
        let person = english.unwrap_or_else(|| self.at_home(sends));
        let profile = self.sender_name(order, &account);
        shown(profile, person, Fixed { chosen, frozen: false })
    }

    /// What a file or a person typed for a sender, as it is kept: a profile's name, or the name of
    /// the person it stands for. Where there are no profiles files may say what they like.
    pub(crate) fn sender_typed(&self, typed: &str) -> String {
        let typed = typed.trim();
        let profiles = &self.config.senders;
        if typed.is_empty() || profiles.is_empty() {
            return String::new();
        }
        if typed == OWN_SENDER || profiles.iter().any(|it| it.profile == typed) {
            return typed.to_owned();
        }
        if typed == self.config.sender.name {
            return OWN_SENDER.to_owned();
        }
        let mut of_name = profiles.iter().filter(|it| it.person.name == typed);
        match (of_name.next(), of_name.next()) {
            (Some(only), None) => only.profile.clone(),
            _ => typed.to_owned(),
        }
    }

    /// Whether somebody may be chosen as sender.
    ///
    /// # Errors
    /// [`Code::NoSender`].
    pub(crate) fn is_sender(&self, profile: &str) -> Result<(), Trouble> {
        match self.who_sends(profile, "", "") {
            Sends::House | Sends::Profile(_) => Ok(()),
            Sends::Nobody(name) => {
                Err(Trouble::new(Code::NoSender, Action::None, [("name", name.to_owned())]))
            }
        }
    }
}

/// How an order came by its sender.
struct Fixed {
    chosen: bool,
    frozen: bool,
}

fn shown(profile: String, person: &Person, fixed: Fixed) -> OrderSender {
    let at = &person.address;
    let place = [&at.province, &at.city, &at.district, &at.detail].map(String::as_str);
    OrderSender {
        profile,
        chosen: fixed.chosen,
        frozen: fixed.frozen,
        name: person.name.clone(),
        phone: person.phone.clone(),
        place: place.concat(),
    }
}
