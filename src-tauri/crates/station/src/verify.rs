//! Counting an order's goods into its box, by their codes, before its label. The counts are kept
//! piece by piece: whatever dies in the middle, the packer goes on where the box stands.

mod count;
mod kept;
mod picture;
mod shown;

pub(crate) use kept::blank;

use crate::{
    Station,
    bench::{is_unknown, keep_meta, meta},
    intake,
    scan::Named,
    shipment::{self, ShipmentError},
    trouble::{Action, Code, Trouble},
    view::{CountSaid, Right, ScanMode, ScanView, State, VerifyView},
};
use count::Counted;
use rusqlite::Connection;
use std::sync::Arc;

/// Where the order whose goods are being counted stands in `meta`.
const VERIFYING: &str = "verifying";
/// A reason is a line.
const REASON_CHARS_MAX: usize = 60;
/// No order has more of one kind.
const PIECES_MAX: u32 = 9_999;

impl Station {
    /// Whether an order's label waits until its goods are counted.
    pub(crate) fn awaits_count(&self, db: &Connection, id: i64) -> Result<bool, ShipmentError> {
        let waits = self.config.verify.before_label && !kept::stand(db, id)?.done;
        // What comes back is in no box of ours.
        Ok(waits && !intake::order_of(db, id)?.back)
    }

    /// Understands a scan while goods are counted: the goods of the order at hand first, then an
    /// order to begin with. An order of which something is in the box and something is missing is
    /// not left by a scan.
    pub(crate) async fn scan_to_verify(
        self: &Arc<Self>,
        text: &str,
        times: u32,
    ) -> Result<ScanView, Trouble> {
        let pieces = times.clamp(1, PIECES_MAX);
        let current = self.current()?;
        if let Some(id) = current {
            let counted = self.count_code(id, text, pieces).await?;
            if counted.said != CountSaid::Wrong {
                return self.counted(id, counted, text).await;
            }
        }
        match (self.named(text), current) {
            (Ok(Named { id, .. }), Some(now)) if id == now => {
                let said = if self.stand(id)?.done { CountSaid::Already } else { CountSaid::Under };
                self.verify_view(id, said, None, text)
            }
            (Ok(_), Some(now)) if self.is_half(now)? => {
                self.verify_view(now, CountSaid::Under, None, text)
            }
            (Ok(Named { id, .. }), _) => self.begin_count(id, text).await,
            (Err(unknown), Some(now)) if is_unknown(&unknown) => {
                self.verify_view(now, CountSaid::Wrong, None, text)
            }
            (Err(unknown), None) if is_unknown(&unknown) => {
                let goods = self.db.read(|db| intake::products(db, text.trim()))?;
                let Some(goods) = goods.into_iter().next() else {
                    return Ok(ScanView::Unknown(unknown));
                };
                let fields = [("code", text.trim().to_owned()), ("title", goods.title)];
                let trouble = Trouble::new(Code::VerifyOrderFirst, Action::None, fields);
                Ok(ScanView::Unknown(trouble))
            }
            (Err(trouble), _) => Err(trouble),
        }
    }

    /// Begins, or goes on, with the goods of an order.
    pub(crate) async fn begin_count(
        self: &Arc<Self>,
        id: i64,
        text: &str,
    ) -> Result<ScanView, Trouble> {
        let row = self.row(id)?;
        match row.state {
            State::Held | State::Refused => return Ok(ScanView::Attention(Box::new(row))),
            State::Voiding => return Ok(ScanView::InWork(Box::new(row))),
            _ if row.trouble.is_some() => return Ok(ScanView::Attention(Box::new(row))),
            State::Ready | State::Requested | State::Waybilled | State::Printed => {}
        }
        if self.stand(id)?.done {
            self.print_counted(id).await?;
            return self.verify_view(id, CountSaid::Already, None, text);
        }
        let now_ms = self.now_ms();
        self.db
            .write(move |db| -> Result<(), ShipmentError> {
                kept::begin(db, id, now_ms)?;
                Ok(keep_meta(db, VERIFYING, Some(&id.to_string()))?)
            })
            .await?;
        self.set_mode(ScanMode::Verify).await?;
        self.verify_view(id, CountSaid::Begun, None, text)
    }

    /// Counts what a code names in an order.
    async fn count_code(&self, id: i64, text: &str, pieces: u32) -> Result<Counted, Trouble> {
        let (code, now_ms) = (text.trim().to_owned(), self.now_ms());
        let count = move |db: &Connection| -> Result<Counted, ShipmentError> {
            let mut lines = shown::lines(db, id)?;
            if kept::stand(db, id)?.done {
                return Ok(Counted { said: CountSaid::Wrong, at: None });
            }
            let names = intake::products(db, &code)?.into_iter();
            let mut names: Vec<_> = names.flat_map(|known| [known.sku, known.barcode]).collect();
            names.retain(|name| !name.is_empty());
            names.push(code);
            let counted = count::count(&mut lines, &names, pieces);
            if let (Some(at), CountSaid::Counted | CountSaid::Done) = (counted.at, counted.said) {
                kept::set(db, id, lines[at].line, lines[at].counted)?;
            }
            if counted.said == CountSaid::Done {
                finish(db, id, "", now_ms)?;
            }
            Ok(counted)
        };
        Ok(self.db.write(count).await?)
    }

    /// What a count came to; the last piece prints the label.
    async fn counted(
        self: &Arc<Self>,
        id: i64,
        Counted { said, at }: Counted,
        text: &str,
    ) -> Result<ScanView, Trouble> {
        if said == CountSaid::Done {
            self.print_counted(id).await?;
        }
        self.touch();
        self.verify_view(id, said, at.and_then(|at| u32::try_from(at).ok()), text)
    }

    /// Counts goods on which nothing stands that could be scanned, or takes goods out again.
    ///
    /// # Errors
    /// [`Code::VerifyScanIt`] for goods that have a code; [`Code::VerifyNone`] if this order is not
    /// being counted or has no such line; the database.
    pub async fn count_by_hand(
        self: &Arc<Self>,
        id: i64,
        line: u32,
        pieces: i32,
    ) -> Result<VerifyView, Trouble> {
        let now_ms = self.now_ms();
        let count = move |db: &Connection| -> Result<Option<CountSaid>, ShipmentError> {
            let mut lines = shown::lines(db, id)?;
            let stand = kept::stand(db, id)?;
            let at = usize::try_from(line).unwrap_or(usize::MAX);
            let Some(one) = lines.get_mut(at).filter(|_| stand.begun && !stand.done) else {
                return Ok(None);
            };
            if pieces > 0 && !one.by_hand {
                return Ok(Some(CountSaid::Wrong));
            }
            let counted = one.counted.saturating_add_signed(pieces);
            if counted > one.wanted {
                return Ok(Some(CountSaid::Over));
            }
            one.counted = counted;
            kept::set(db, id, one.line, counted)?;
            if pieces < 0 {
                return Ok(Some(CountSaid::TakenBack));
            }
            if !count::complete(&lines) {
                return Ok(Some(CountSaid::Counted));
            }
            finish(db, id, "", now_ms)?;
            Ok(Some(CountSaid::Done))
        };
        match self.db.write(count).await? {
            None => Err(none(id)),
            Some(CountSaid::Wrong) => {
                let fields = [("order", self.row(id)?.order_no)];
                Err(Trouble::new(Code::VerifyScanIt, Action::None, fields))
            }
            Some(said) => {
                if said == CountSaid::Done {
                    self.print_counted(id).await?;
                }
                self.touch();
                self.shown(id, said, Some(line), "")
            }
        }
    }

    /// Puts the order at hand aside; what was counted stays counted.
    ///
    /// # Errors
    /// The database.
    pub async fn put_aside(&self) -> Result<(), Trouble> {
        self.db.write(|db| keep_meta(db, VERIFYING, None)).await?;
        self.touch();
        Ok(())
    }

    /// Lets an order pass as it lies in its box. Who does so says why; both are in its history.
    ///
    /// # Errors
    /// [`Code::PassReasonMissing`]; [`Code::VerifyNone`] if nobody counts it; the right to do so;
    /// the database.
    pub async fn pass_count(self: &Arc<Self>, id: i64, why: &str) -> Result<VerifyView, Trouble> {
        self.may(Right::Force)?;
        let why: String = why.trim().chars().take(REASON_CHARS_MAX).collect();
        if why.is_empty() {
            return Err(Trouble::new(Code::PassReasonMissing, Action::None, []));
        }
        let stand = self.stand(id)?;
        if !stand.begun || stand.done {
            return Err(none(id));
        }
        let now_ms = self.now_ms();
        self.db.write(move |db| finish(db, id, &why, now_ms)).await?;
        self.print_counted(id).await?;
        self.touch();
        self.shown(id, CountSaid::Passed, None, "")
    }

    /// The order whose goods are being counted on this PC.
    pub(crate) fn verifying(&self) -> Result<Option<VerifyView>, Trouble> {
        let Some(id) = self.current()? else { return Ok(None) };
        self.shown(id, CountSaid::Begun, None, "").map(Some)
    }

    fn current(&self) -> Result<Option<i64>, Trouble> {
        let kept = self.db.read(|db| meta(db, VERIFYING))?;
        Ok(kept.and_then(|id| id.parse().ok()))
    }

    fn stand(&self, id: i64) -> Result<kept::Stand, Trouble> {
        Ok(self.db.read(|db| kept::stand(db, id))?)
    }

    /// Whether some of its goods are in the box and some are not.
    fn is_half(&self, id: i64) -> Result<bool, Trouble> {
        let lines = self.db.read(|db| shown::lines(db, id))?;
        let begun = lines.iter().any(|line| line.counted > 0);
        Ok(begun && !count::complete(&lines) && !self.stand(id)?.done)
    }

    /// The label of an order that is whole, if it shall print by itself.
    async fn print_counted(self: &Arc<Self>, id: i64) -> Result<(), Trouble> {
        let due = match self.row(id)?.state {
            State::Ready => true,
            State::Waybilled => self.lacks_labels(id)?,
            State::Held | State::Requested | State::Refused | State::Printed | State::Voiding => {
                false
            }
        };
        if self.config.verify.print && due { self.ship_now(id).await } else { Ok(()) }
    }

    fn verify_view(
        &self,
        id: i64,
        said: CountSaid,
        line: Option<u32>,
        code: &str,
    ) -> Result<ScanView, Trouble> {
        Ok(ScanView::Verifying(Box::new(self.shown(id, said, line, code)?)))
    }
}

/// Ends a count and clears the bench for the next.
fn finish(db: &Connection, id: i64, why: &str, now_ms: i64) -> Result<(), ShipmentError> {
    kept::end(db, id, why, now_ms)?;
    let at_hand = meta(db, VERIFYING)?;
    if at_hand.and_then(|kept| kept.parse().ok()) == Some(id) {
        keep_meta(db, VERIFYING, None)?;
    }
    let lines = shown::lines(db, id)?;
    let (counted, wanted) = shown::sums(&lines);
    let (event, note) = match why {
        "" => ("verified", counted.to_string()),
        why => ("verify_passed", format!("{counted}/{wanted} · {why}")),
    };
    shipment::tell(db, id, event, &note, now_ms)
}

fn none(id: i64) -> Trouble {
    Trouble::new(Code::VerifyNone, Action::None, [("id", id.to_string())])
}
