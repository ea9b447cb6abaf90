//! By which account an order goes, with what each says of the way: prices, reach and times, all
//! accounts asked at once. A person asks for it, because some carriers charge for the question.

use super::{rate, trouble};
use crate::{
    Account, Station,
    accounts::Paced,
    carrier::offers::{Quote, Way},
    intake::{self, StoredOrder},
    outside::Later,
    trouble::Trouble,
    view::{AccountWay, Offer, Offers, Price, Rate},
};
use std::{future::poll_fn, task::Poll};

/// Hours that are told as one day more.
const DAY_HOURS: u16 = 24;

impl Station {
    /// Every account that is switched on, with what it says of an order's way. One for which the
    /// order lacks something is not asked.
    ///
    /// # Errors
    /// No such order; the database. What a carrier says instead stands in its offer.
    pub async fn offers(&self, id: i64) -> Result<Offers, Trouble> {
        let order = self.db.read(|db| intake::order_of(db, id))?;
        let (way, now) = (self.way_of(&order), self.row(id)?.account);
        let questions: Vec<Later<'_, (Offer, Vec<Rate>)>> = self
            .account_ways(&order)
            .into_iter()
            .map(|(account, of)| -> Later<'_, (Offer, Vec<Rate>)> {
                Box::pin(self.offer(account, of, &way, &order, &now))
            })
            .collect();
        let (mut offers, others): (Vec<Offer>, Vec<Vec<Rate>>) =
            together(questions).await.into_iter().unzip();
        offers.sort_by_key(place);
        let mut others: Vec<Rate> = others.into_iter().flatten().collect();
        others.sort_by(|a, b| (&a.currency, a.total_minor).cmp(&(&b.currency, b.total_minor)));
        Ok(Offers { weight_g: way.weight_g, offers, others })
    }

    /// What one account says, and the prices it said of others.
    async fn offer(
        &self,
        account: &Account,
        of: AccountWay,
        way: &Way,
        order: &StoredOrder,
        now: &str,
    ) -> (Offer, Vec<Rate>) {
        let name = &account.config.name;
        let fits = of.faults.is_empty() && of.lacks.is_empty();
        let mut offer = Offer {
            usual: name == now,
            way: of,
            price: None,
            tariff_fen: self.estimate(order, name),
            days: None,
            when: String::new(),
            reaches: None,
            said: String::new(),
            failed: None,
        };
        let mut others = Vec::new();
        if !fits {
            return (offer, others);
        }
        let carrier = &account.carrier;
        let http = Paced::aside(self, account);
        if let Some(reaches) = carrier.reaches() {
            match reaches.reach(&http, way).await {
                Ok(reach) => (offer.reaches, offer.said) = (Some(reach.yes), reach.said),
                Err(error) => offer.failed = Some(trouble(name, &error)),
            }
        }
        if let Some(quotes) = carrier.quotes() {
            match quotes.quote(&http, way).await {
                Ok(all) => {
                    let (own, rest): (Vec<Quote>, Vec<Quote>) =
                        all.into_iter().partition(|quote| carrier.buys(quote));
                    others.extend(rest.into_iter().map(|quote| rate(name, quote)));
                    if let Some(own) = own.into_iter().min_by_key(|quote| quote.total_minor) {
                        offer.days = own.days;
                        let Quote { total_minor, currency, product, .. } = own;
                        offer.price = Some(Price { total_minor, currency, product });
                    }
                }
                Err(error) => offer.failed = Some(trouble(name, &error)),
            }
        }
        if let Some(estimates) = carrier.estimates() {
            match estimates.estimate(&http, way, self.now_ms()).await {
                Ok(eta) => {
                    offer.when = eta.when;
                    offer.days =
                        offer.days.or_else(|| eta.hours.map(|hours| hours.div_ceil(DAY_HOURS)));
                }
                Err(error) => offer.failed = Some(trouble(name, &error)),
            }
        }
        (offer, others)
    }
}

/// Those by which the order can go first, by price; of other currencies apart.
fn place(offer: &Offer) -> (bool, bool, Option<(String, i64)>) {
    let cannot = !offer.way.faults.is_empty() || !offer.way.lacks.is_empty();
    let unreached = cannot || offer.reaches == Some(false);
    let asked = offer.price.as_ref().map(|price| (price.currency.clone(), price.total_minor));
    // What was agreed with the outlet is what is paid, whatever the carrier says to everybody.
    let agreed = offer.tariff_fen.map(|fen| ("CNY".to_owned(), i64::from(fen)));
    let price = agreed.or(asked);
    (unreached, price.is_none(), price)
}

/// All answers, in the order of the questions; nobody waits for another's.
async fn together<T>(mut questions: Vec<Later<'_, T>>) -> Vec<T> {
    let mut answers: Vec<Option<T>> = questions.iter().map(|_| None).collect();
    poll_fn(|context| {
        for (question, answer) in questions.iter_mut().zip(&mut answers) {
            if answer.is_none()
                && let Poll::Ready(said) = question.as_mut().poll(context)
            {
                *answer = Some(said);
            }
        }
        match answers.iter().all(Option::is_some) {
            true => Poll::Ready(()),
            false => Poll::Pending,
        }
    })
    .await;
    answers.into_iter().flatten().collect()
}
