//! What Kuaidi100 does besides numbers: traces, prices, times, whose a number is.

use super::{Kuaidi100, answer, codes, map, sign, wire};
use crate::{
    carrier::{
        CarrierError,
        access::{FOLLOW_UP, fetch},
        offers::{Estimates, Eta, Owner, Quote, Quotes, Recognises, Way},
        reading::document,
        track::{Allowance, TrackAsk, Tracked, Tracks, one_by_one},
        writing::form,
    },
    outside::{Http, Later},
};

impl Tracks for Kuaidi100 {
    /// One number a call, not oftener than every half hour; the calls that were bought are the
    /// account's own affair.
    fn allowance(&self) -> Allowance {
        Allowance::UNDOCUMENTED
    }

    fn track<'a>(
        &'a self,
        http: &'a dyn Http,
        asks: &'a [TrackAsk],
    ) -> Later<'a, Result<Vec<Tracked>, CarrierError>> {
        Box::pin(one_by_one(asks, move |ask| async move {
            let param = map::query(&self.account, ask);
            let customer = &self.account.customer;
            let sign = sign::query(&param, self.account.key.expose(), customer);
            let fields = [("customer", customer.as_str()), ("sign", &sign), ("param", &param)];
            let body = form(&fields);
            let answer: wire::Traced = self.ask(http, codes::QUERY, body, FOLLOW_UP).await?;
            answer::traced(answer, &ask.no)
        }))
    }
}

impl Quotes for Kuaidi100 {
    fn quote<'a>(
        &'a self,
        http: &'a dyn Http,
        way: &'a Way,
    ) -> Later<'a, Result<Vec<Quote>, CarrierError>> {
        Box::pin(async move {
            if self.account.compare.is_empty() {
                let param = map::price(&self.account, way);
                let envelope = self.call(http, codes::LABEL, "price", &param, FOLLOW_UP).await?;
                return answer::priced(envelope, &self.account.com);
            }
            let param = map::batch_price(&self.account, way);
            let envelope = self.call(http, self.courier(), "batchPrice", &param, FOLLOW_UP).await?;
            answer::compared(envelope)
        })
    }
}

impl Estimates for Kuaidi100 {
    fn estimate<'a>(
        &'a self,
        http: &'a dyn Http,
        way: &'a Way,
        leaves_at_ms: i64,
    ) -> Later<'a, Result<Eta, CarrierError>> {
        Box::pin(async move {
            let param = map::time(&self.account, way, leaves_at_ms);
            let envelope = self.call(http, codes::LABEL, "time", &param, FOLLOW_UP).await?;
            answer::arrival(envelope)
        })
    }
}

impl Recognises for Kuaidi100 {
    fn recognise<'a>(
        &'a self,
        http: &'a dyn Http,
        no: &'a str,
    ) -> Later<'a, Result<Vec<Owner>, CarrierError>> {
        Box::pin(async move {
            let (host, path) = codes::AUTO;
            let fields = [("num", no), ("key", self.account.key.expose())];
            let query = serde_urlencoded::to_string(fields).expect("pairs of texts always encode");
            let url = self.account.access.url(host, host, &format!("{path}?{query}"));
            answer::owners(document(&fetch(http, url).await?)?)
        })
    }
}
