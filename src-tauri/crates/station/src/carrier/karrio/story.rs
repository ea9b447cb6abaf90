//! What is asked in which order, and what may then be asked again; see the head of the folder.

use super::{Karrio, answer, codes, map, wire};
use crate::{
    carrier::{
        CarrierError, Fix, Template, Waybill,
        reading::{self, unknown},
        track::{TrackAsk, Tracked},
    },
    outside::Http,
};
use std::time::Duration;

/// A look-up and a label may take so long.
pub const LOOK_UP: Duration = Duration::from_secs(10);
/// A draft may take so long: the gateway asks its carriers for their prices meanwhile. With the
/// look-up, the label and one more look-up it stays within the minute by which a lease outlives the
/// purchase itself.
pub const DRAFTING: Duration = Duration::from_secs(25);
/// After so long no purchase is still under way: the gateway's workers are stopped long before.
pub const SETTLED_MS: i64 = 5 * 60_000;
impl Karrio {
    pub(super) async fn create(
        &self,
        http: &dyn Http,
        stored: &str,
    ) -> Result<Waybill, CarrierError> {
        let asked: wire::StoredDraft = reading::stored(stored, "Karrio")?;
        let reference = asked.reference.as_str();
        let known = self.of_reference(http, reference).await.map_err(nothing_yet)?;
        if let Some(bought) = known.iter().find(|one| answer::is_bought(one)) {
            self.open().remove(reference);
            return self.with_label(http, bought, reference).await;
        }
        if known.iter().any(|draft| self.may_be_being_bought(draft)) {
            return Err(unknown("a purchase of an earlier attempt may be under way"));
        }
        let draft = self.draft(http, stored).await.map_err(nothing_yet)?;
        answer::of_this_world(self.account(), &draft)?;
        let rate = answer::chosen(self.account(), &draft)?;
        self.buy(http, &draft, &rate.id, &asked).await
    }

    /// All there is under a reference.
    async fn of_reference(
        &self,
        http: &dyn Http,
        reference: &str,
    ) -> Result<Vec<wire::Shipment>, CarrierError> {
        let url = self.door.url_of_reference(reference);
        answer::of_reference(self.door.get(http, url, LOOK_UP).await?, reference)
    }

    /// A draft of ours that another call made a moment ago. This run knows of its own calls which
    /// were sent; of other runs nothing is known.
    fn may_be_being_bought(&self, draft: &wire::Shipment) -> bool {
        let Some(mark) = draft.metadata.as_ref().filter(|_| draft.status == codes::DRAFT) else {
            return false;
        };
        let Ok(asked_ms) = mark.packbench_asked_ms.parse::<i64>() else { return false };
        // A clock that was set back makes drafts of the future: as good as of now.
        let is_fresh = (self.now_ms)() - asked_ms < SETTLED_MS;
        let is_open = mark.packbench_run != self.run || self.open().contains(&draft.reference);
        is_fresh && is_open
    }

    /// A new draft from the stored text, marked with when and by whom.
    async fn draft(&self, http: &dyn Http, stored: &str) -> Result<wire::Shipment, CarrierError> {
        let mark = wire::Mark {
            packbench_asked_ms: (self.now_ms)().to_string(),
            packbench_run: &self.run,
        };
        let mark = serde_json::to_string(&mark).expect("three texts always serialise");
        // The stored text itself, byte for byte, with one more field at its end.
        let body = format!("{},\"metadata\":{mark}}}", stored.strip_suffix('}').unwrap_or(stored));
        let body = match serde_json::from_str::<serde_json::Value>(&body) {
            Ok(_) => body,
            Err(_) => return Err(unknown("the stored request cannot be marked")),
        };
        let draft: wire::Shipment = self.door.post(http, "/v1/shipments", body, DRAFTING).await?;
        match draft.id.as_str() {
            "" => Err(unknown("a draft without an id")),
            _ => Ok(draft),
        }
    }

    /// Buys a draft that this very call made.
    async fn buy(
        &self,
        http: &dyn Http,
        draft: &wire::Shipment,
        rate_id: &str,
        asked: &wire::StoredDraft,
    ) -> Result<Waybill, CarrierError> {
        let reference = asked.reference.as_str();
        let path = format!("/v1/shipments/{}/purchase", draft.id);
        let body = map::purchase(rate_id, &asked.label_type);
        let time = Duration::from_millis(self.account().timeout_ms);
        self.open().insert(reference.to_owned());
        let said = self.door.knock(http, &path, body, time).await;
        let bought: Result<wire::Shipment, CarrierError> = match said {
            Ok(answer) if answer.status == codes::CONFLICT => {
                let url = self.door.url_of("/v1/shipments", &draft.id);
                self.door.get(http, url, LOOK_UP).await.map_err(|why| unknown(why.to_string()))
            }
            Ok(answer) => answer::read(&answer),
            Err(error) => Err(error),
        };
        if !matches!(bought, Err(CarrierError::Unknown { .. })) {
            self.open().remove(reference);
        }
        self.with_label(http, &bought?, reference).await
    }

    /// The number, with its label where that is wanted. The number stands whatever becomes of the
    /// label.
    async fn with_label(
        &self,
        http: &dyn Http,
        bought: &wire::Shipment,
        reference: &str,
    ) -> Result<Waybill, CarrierError> {
        let mut issued = answer::waybill(bought, reference)?;
        if self.account().carrier_draws {
            issued.template = self.label(http, bought).await.unwrap_or_else(|why| {
                tracing::warn!(%why, "the gateway gave no label");
                Template::Missing
            });
        }
        Ok(issued)
    }

    async fn label(
        &self,
        http: &dyn Http,
        bought: &wire::Shipment,
    ) -> Result<Template, CarrierError> {
        let documents = &bought.shipping_documents;
        let came = documents.iter().find(|one| one.category == "label" && !one.base64.is_empty());
        if let Some(document) = came {
            return Ok(answer::label(self.account(), &document.base64));
        }
        // Look-ups leave it out; it is fetched by itself, from older gateways as a file.
        let path = format!("/v1/shipments/{}/documents/label", bought.id);
        let asked = self.door.post(http, &path, String::new(), LOOK_UP).await;
        match asked {
            Ok(wire::Document { base64, .. }) if !base64.is_empty() => {
                Ok(answer::label(self.account(), &base64))
            }
            Ok(_) | Err(_) if !bought.label_url.is_empty() => {
                let bytes = self.door.fetch(http, &bought.label_url, LOOK_UP).await?;
                Ok(Template::Here(bytes))
            }
            Ok(_) => Ok(Template::Missing),
            Err(why) => Err(why),
        }
    }

    pub(super) async fn void(&self, http: &dyn Http, stored: &str) -> Result<(), CarrierError> {
        let asked: wire::StoredVoid = reading::stored(stored, "Karrio")?;
        let known = self.of_reference(http, &asked.reference).await.map_err(nothing_yet)?;
        let ours = known.into_iter().find(|one| one.tracking_number == asked.tracking_number);
        let Some(ours) = ours else {
            return Err(CarrierError::Refused {
                code: "not_found".to_owned(),
                said: asked.tracking_number,
                fix: Fix::AskCarrier,
            });
        };
        if ours.status == codes::CANCELLED {
            // Our own cancel of a moment ago, whose answer was lost.
            return Ok(());
        }
        let path = format!("/v1/shipments/{}/cancel", ours.id);
        let time = Duration::from_millis(self.account().timeout_ms);
        answer::cancelled(&self.door.post(http, &path, String::new(), time).await?)
    }

    /// Where one parcel is: its tracker's word, or its shipment's where the carrier has no tracker.
    pub(super) async fn where_is(
        &self,
        http: &dyn Http,
        ask: &TrackAsk,
    ) -> Result<Option<Tracked>, CarrierError> {
        let url = self.door.url_of("/v1/trackers", &ask.no);
        match self.door.get(http, url, LOOK_UP).await {
            Ok(tracker) => return answer::tracked(&ask.no, tracker).map(Some),
            Err(CarrierError::Refused { code, .. }) if code == "not_found" => {}
            Err(error) => return Err(error),
        }
        if ask.order_key.is_empty() {
            return Ok(None);
        }
        let known = self.of_reference(http, &ask.order_key).await?;
        let ours = known.into_iter().find(|one| one.tracking_number == ask.no);
        Ok(ours.map(|ours| Tracked {
            no: ask.no.clone(),
            events: Vec::new(),
            stage: codes::stage_of_shipment(&ours.status),
        }))
    }
}

/// Looking up and drafting buy nothing, however unclear the way they ended.
fn nothing_yet(error: CarrierError) -> CarrierError {
    match error {
        CarrierError::Unknown { why } => CarrierError::NotSent { why },
        same @ (CarrierError::NotSent { .. }
        | CarrierError::Busy { .. }
        | CarrierError::Refused { .. }) => same,
    }
}
