//! What accounts say of a way before a number is taken: prices, reach, times. Asked by a person, of
//! every account that offers it; one that fails says so beside the others.

mod choice;
mod sent;

use crate::{
    Station,
    accounts::Paced,
    carrier::{
        CarrierError,
        offers::{Quote, Way},
    },
    intake::{self, StoredOrder},
    place,
    trouble::{Action, Code, Trouble},
    view::{Rate, Rates, SplitView, WayOf, Ways},
};

/// What is asked for an order that was not weighed.
const UNWEIGHED_G: u32 = 1_000;

impl Station {
    /// The prices for an order's way, cheapest first, of every account that says them.
    ///
    /// # Errors
    /// [`Code::NoOffer`] if no account does; no such order; the database.
    pub async fn rates(&self, id: i64) -> Result<Rates, Trouble> {
        let way = self.way_of(&self.db.read(|db| intake::order_of(db, id))?);
        let mut all = Rates { weight_g: way.weight_g, rates: Vec::new(), failed: Vec::new() };
        let mut asked = false;
        for account in self.accounts.iter().filter(|account| !account.config.off) {
            let Some(quotes) = account.carrier.quotes() else { continue };
            asked = true;
            let name = &account.config.name;
            match quotes.quote(&Paced::aside(self, account), &way).await {
                Ok(quotes) => all.rates.extend(quotes.into_iter().map(|quote| rate(name, quote))),
                Err(error) => all.failed.push(trouble(name, &error)),
            }
        }
        // Sums of other currencies are not compared; they stand together.
        all.rates.sort_by(|a, b| {
            (&a.currency, a.total_minor, &a.carrier).cmp(&(&b.currency, b.total_minor, &b.carrier))
        });
        if asked { Ok(all) } else { Err(no_offer()) }
    }

    /// Whether each account goes an order's way, and how long it takes from now.
    ///
    /// # Errors
    /// As [`Station::rates`].
    pub async fn ways(&self, id: i64) -> Result<Ways, Trouble> {
        let way = self.way_of(&self.db.read(|db| intake::order_of(db, id))?);
        let mut all = Ways { ways: Vec::new(), failed: Vec::new() };
        let mut asked = false;
        for account in self.accounts.iter().filter(|account| !account.config.off) {
            let name = &account.config.name;
            let mut of = WayOf { account: name.clone(), ..WayOf::default() };
            if let Some(reaches) = account.carrier.reaches() {
                asked = true;
                match reaches.reach(&Paced::aside(self, account), &way).await {
                    Ok(reach) => (of.yes, of.said) = (Some(reach.yes), reach.said),
                    Err(error) => all.failed.push(trouble(name, &error)),
                }
            }
            if let Some(estimates) = account.carrier.estimates() {
                asked = true;
                match estimates.estimate(&Paced::aside(self, account), &way, self.now_ms()).await {
                    Ok(eta) => (of.when, of.hours) = (eta.when, eta.hours),
                    Err(error) => all.failed.push(trouble(name, &error)),
                }
            }
            if of.yes.is_some() || !of.when.is_empty() || of.hours.is_some() {
                all.ways.push(of);
            }
        }
        if asked { Ok(all) } else { Err(no_offer()) }
    }

    /// Accounts that take texts apart, by their names.
    pub fn splitters(&self) -> Vec<String> {
        let on = self.accounts.iter().filter(|account| !account.config.off);
        let can = on.filter(|account| account.carrier.splits().is_some());
        can.map(|account| account.config.name.clone()).collect()
    }

    /// Has an account take a text apart that names somebody and where they live. The text is sent
    /// to it: only when a person asks for it.
    ///
    /// # Errors
    /// [`Code::NoAccount`], [`Code::NoOffer`]; the carrier's answer as a trouble.
    pub async fn split_address(&self, account: &str, text: &str) -> Result<SplitView, Trouble> {
        let asked = self.account(account)?;
        let splits = asked.carrier.splits().ok_or_else(no_offer)?;
        let found = splits.split(&Paced::aside(self, asked), text).await;
        let person = found.map_err(|error| trouble(account, &error))?.person;
        let at = place::normalise(&person.address);
        Ok(SplitView {
            name: person.name,
            phone: person.phone,
            province: at.province,
            city: at.city,
            district: at.district,
            detail: at.detail,
        })
    }

    fn way_of(&self, order: &StoredOrder) -> Way {
        let (from, to) = self.places(order);
        Way {
            from,
            to,
            weight_g: order.weight_g.filter(|grams| *grams > 0).unwrap_or(UNWEIGHED_G),
            insured_fen: order.services.insured_fen,
        }
    }
}

fn rate(account: &str, quote: Quote) -> Rate {
    Rate {
        account: account.to_owned(),
        carrier: quote.carrier,
        product: quote.product,
        total_minor: quote.total_minor,
        currency: quote.currency,
        days: quote.days,
    }
}

fn trouble(account: &str, error: &CarrierError) -> Trouble {
    Trouble::of_carrier(Code::CarrierAway, account, error)
}

fn no_offer() -> Trouble {
    Trouble::new(Code::NoOffer, Action::EditAccount, [])
}
