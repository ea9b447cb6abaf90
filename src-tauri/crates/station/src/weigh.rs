//! Weighing printed parcels on their way out: what the scale shows is kept with the parcel if it is
//! a weight, and about what was expected; else a person says why.

mod kept;
mod stand;
mod watch;

pub use stand::Scale;

use crate::{
    Station,
    bench::is_unknown,
    carrier::parts,
    scale::Heard,
    scan::Named,
    shipment::{self, ShipmentError, waybill},
    trouble::{Action, Code, Trouble},
    view::{Right, Row, ScaleView, ScanView, State, WeighSaid, WeighView},
};
use kept::Weighing;
pub(crate) use kept::blank;

/// A reason is a line.
const REASON_CHARS_MAX: usize = 60;

/// A parcel on the bench.
#[derive(Debug, Clone)]
pub(crate) struct AtHand {
    /// Its shipment.
    pub row: Row,
    /// Its number's row.
    pub waybill_id: i64,
    /// Which of its parcels.
    pub part: u32,
    /// The number on its label.
    pub no: String,
    /// Grams it should weigh, if somebody said so.
    pub expected_g: Option<u32>,
}

impl Station {
    /// The printed parcel that a code names, or what is to be said instead.
    pub(crate) fn parcel_at_hand(
        &self,
        text: &str,
    ) -> Result<Result<AtHand, Box<ScanView>>, Trouble> {
        let Named { id, part } = match self.named(text) {
            Ok(named) => named,
            Err(unknown) if is_unknown(&unknown) => {
                return Ok(Err(ScanView::Unknown(unknown).into()));
            }
            Err(trouble) => return Err(trouble),
        };
        let row = self.row(id)?;
        let said = |view: fn(Box<Row>) -> ScanView| Ok(Err(view(Box::new(row.clone())).into()));
        match row.state {
            _ if row.trouble.is_some() => return said(ScanView::Attention),
            State::Held | State::Refused => return said(ScanView::Attention),
            State::Ready => return said(ScanView::Waiting),
            State::Requested | State::Waybilled | State::Voiding => return said(ScanView::InWork),
            State::Printed => {}
        }
        let Some(live) = self.db.read(|db| waybill::live(db, id))? else {
            return said(ScanView::InWork);
        };
        let refused = |code| {
            let fields = [("order", row.order_no.clone()), ("code", text.trim().to_owned())];
            Ok(Err(ScanView::Unknown(Trouble::new(code, Action::None, fields)).into()))
        };
        let parcels = (parts::FIRST..=live.waybill.labels())
            .filter(|part| !live.waybill.is_slip(*part))
            .count();
        let part = match part {
            None if parcels > 1 => return refused(Code::ScanParcelLabel),
            None => parts::FIRST,
            Some(part) if live.waybill.is_slip(part) => return refused(Code::ScanIsSlip),
            // A number that was taken back is on a label that must not leave.
            Some(part) if live.waybill.no_of(part) != Some(text.trim()) => {
                return refused(Code::ScanVoided);
            }
            Some(part) => part,
        };
        let no = live.waybill.no_of(part).unwrap_or_default().to_owned();
        let expected_g = if parcels == 1 { row.weight_g } else { None };
        Ok(Ok(AtHand { row, waybill_id: live.id, part, no, expected_g }))
    }

    /// Understands a scan while parcels are weighed.
    pub(crate) async fn scan_to_weigh(&self, text: &str) -> Result<ScanView, Trouble> {
        let parcel = match self.parcel_at_hand(text)? {
            Ok(parcel) => parcel,
            Err(said) => return Ok(*said),
        };
        let before = self.db.read(|db| kept::last(db, parcel.waybill_id, parcel.part))?;
        let Some(scale) = &self.scale else {
            return Ok(self.weighed(parcel, WeighSaid::NoScale, before));
        };
        let weight_g = match scale.heard(self.now_ms()) {
            Heard::Weight(weight_g) => weight_g,
            Heard::Stale if scale.is_away() => {
                return Ok(self.weighed(parcel, WeighSaid::Away, before));
            }
            Heard::Stale => return Ok(self.weighed(parcel, WeighSaid::Stale, before)),
            Heard::Moving => return Ok(self.weighed(parcel, WeighSaid::Moving, before)),
            Heard::Negative => return Ok(self.weighed(parcel, WeighSaid::Negative, before)),
            Heard::Zero => return Ok(self.weighed(parcel, WeighSaid::Zero, before)),
            Heard::Over => return Ok(self.weighed(parcel, WeighSaid::Over, before)),
        };
        if scale.is_taken_by_another(&parcel.no) {
            return Ok(self.weighed(parcel, WeighSaid::NotEmptied, before));
        }
        let band = parcel.expected_g.map(|expected_g| self.band(expected_g));
        if band.is_some_and(|(low_g, high_g)| !(low_g..=high_g).contains(&weight_g)) {
            scale.set_asked(&parcel.no, weight_g, self.now_ms());
            return Ok(self.weighed(parcel, WeighSaid::Outside, Some(weight_g)));
        }
        self.keep_weighing(parcel, weight_g, "", self.now_ms()).await
    }

    /// Keeps a weight that is not what was expected, as it was when it was asked about.
    ///
    /// # Errors
    /// [`Code::PassReasonMissing`]; [`Code::WeighNone`] if nothing is asked about for that parcel;
    /// the right to do so; the database.
    pub async fn keep_weight(&self, code: &str, why: &str) -> Result<ScanView, Trouble> {
        self.may(Right::Force)?;
        let why: String = why.trim().chars().take(REASON_CHARS_MAX).collect();
        if why.is_empty() {
            return Err(Trouble::new(Code::PassReasonMissing, Action::None, []));
        }
        let parcel = match self.parcel_at_hand(code)? {
            Ok(parcel) => parcel,
            Err(said) => return Ok(*said),
        };
        let asked = self.scale.as_ref().and_then(|scale| scale.asked(&parcel.no));
        let Some((weight_g, at_ms)) = asked else {
            let fields = [("order", parcel.row.order_no)];
            return Err(Trouble::new(Code::WeighNone, Action::None, fields));
        };
        self.keep_weighing(parcel, weight_g, &why, at_ms).await
    }

    async fn keep_weighing(
        &self,
        parcel: AtHand,
        weight_g: u32,
        why: &str,
        at_ms: i64,
    ) -> Result<ScanView, Trouble> {
        let Some(scale) = &self.scale else {
            return Ok(self.weighed(parcel, WeighSaid::NoScale, None));
        };
        let weighing = Weighing {
            waybill_id: parcel.waybill_id,
            part: parcel.part,
            weight_g,
            expected_g: parcel.expected_g,
            device: scale.device(),
            at_ms,
            who: self.people()?.current.unwrap_or_default(),
            why: why.to_owned(),
        };
        let (id, why) = (parcel.row.id, why.to_owned());
        self.db
            .write(move |db| -> Result<(), ShipmentError> {
                kept::keep(db, &weighing)?;
                let note = if why.is_empty() {
                    format!("{weight_g} g")
                } else {
                    format!("{weight_g} g · {why}")
                };
                shipment::tell(db, id, "weighed", &note, at_ms)
            })
            .await?;
        scale.take(&parcel.no);
        self.touch();
        Ok(self.weighed(parcel, WeighSaid::Kept, Some(weight_g)))
    }

    /// The least and the most that a parcel may weigh, grams.
    fn band(&self, expected_g: u32) -> (u32, u32) {
        let wide = self.config.weigh;
        let part_g = u64::from(expected_g) * u64::from(wide.band_percent) / 100;
        let wide_g = u32::try_from(part_g).unwrap_or(u32::MAX).max(wide.band_g);
        (expected_g.saturating_sub(wide_g), expected_g.saturating_add(wide_g))
    }

    fn weighed(&self, parcel: AtHand, said: WeighSaid, weight_g: Option<u32>) -> ScanView {
        let band = parcel.expected_g.map(|expected_g| self.band(expected_g));
        ScanView::Weighed(Box::new(WeighView {
            row: Row { waybill_no: Some(parcel.no), ..parcel.row },
            said,
            weight_g,
            expected_g: parcel.expected_g,
            low_g: band.map(|(low_g, _)| low_g),
            high_g: band.map(|(_, high_g)| high_g),
        }))
    }

    /// What the scale shows now; `None` without one.
    pub fn scale_view(&self) -> Option<ScaleView> {
        self.scale.as_ref().map(|scale| scale.view(self.now_ms()))
    }

    /// Bytes that came from the scale, as its wire gave them.
    pub fn hear_scale(&self, bytes: &[u8]) {
        if let Some(scale) = &self.scale {
            scale.hear(bytes, self.now_ms());
        }
    }

    /// Lays so much on the practice scale of the window. Real scales are not told what they weigh.
    pub fn lay_on_scale(&self, weight_g: u32) {
        if let Some(scale) = &self.scale {
            scale.lay(weight_g, self.now_ms());
        }
    }
}
